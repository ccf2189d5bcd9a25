"""The shape of a model file: which sections there are for each kind of model, and how many entries at most.

Pydantic models, one for each kind of model, and the JSON Schema made from them.  What the texts mean
(grammar, declared names, one payoff a profile) is checked in `checks`, `tree_checks` and `claims`.  Adding a
kind adds a subclass of `ModelFile` to `KINDS`; what stands in a section is in `entries`.  Source: the
file-format contract.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, TypeAdapter

from deterrence.catalogue.entries import (
    MAX_CELLS,
    MAX_NODES,
    MAX_OUTCOMES,
    MAX_PLAYERS,
    MAX_PRIOR,
    ClaimEntry,
    Label,
    ModelFile,
    NodeEntry,
    OutcomeEntry,
    ParameterEntry,
    PayoffEntry,
    PlayerEntry,
    PriorEntry,
    SourceEntry,
    TreePlayerEntry,
)

PLANNED_KINDS: Final = ("repeated", "stochastic", "network")
CONCEPTS: Final[dict[str, tuple[str, ...]]] = {
    "normal-form": ("nash", "pure-nash"),
    "extensive-form": (
        "subgame-perfect",
        "backward-induction",
        "perfect-bayesian",
        "weak-perfect-bayesian",
        "nash",
    ),
    "statement": (),
}
REFINEMENTS: Final = ("d1", "intuitive")
REFINED: Final = ("perfect-bayesian", "weak-perfect-bayesian")  # the concepts that refinements label
VERDICTS: Final = ("proved", "refuted", "undecided")
CHANGES: Final = ("falls", "rises", "none")


class NormalFormFile(ModelFile):
    """Players who choose at once, and a payoff for each action profile."""

    kind: Literal["normal-form"]
    concept: Label | None = None
    players: Annotated[dict[str, PlayerEntry], Field(max_length=MAX_PLAYERS)]
    payoffs: Annotated[tuple[PayoffEntry, ...], Field(max_length=MAX_CELLS)]


class ExtensiveFormFile(ModelFile):
    """Players who move in turn: nodes, the first of which is the root, and outcomes with payoffs."""

    kind: Literal["extensive-form"]
    concept: Label | None = None
    players: Annotated[dict[str, TreePlayerEntry], Field(max_length=MAX_PLAYERS)]
    prior: Annotated[tuple[PriorEntry, ...], Field(max_length=MAX_PRIOR)] = ()
    nodes: Annotated[tuple[NodeEntry, ...], Field(max_length=MAX_NODES)]
    outcomes: Annotated[dict[str, OutcomeEntry], Field(max_length=MAX_OUTCOMES)]


class StatementFile(ModelFile):
    """No players: claims about parameters alone."""

    kind: Literal["statement"]


KINDS: Final[dict[str, type[ModelFile]]] = {
    "normal-form": NormalFormFile,
    "extensive-form": ExtensiveFormFile,
    "statement": StatementFile,
}
SECTIONS: Final[dict[str, type[BaseModel]]] = {
    "sources": SourceEntry,
    "parameters": ParameterEntry,
    "players": PlayerEntry,
    "payoffs": PayoffEntry,
    "claims": ClaimEntry,
    "prior": PriorEntry,
    "nodes": NodeEntry,
    "outcomes": OutcomeEntry,
}


def entry_of(section: str, file: type[BaseModel]) -> type[BaseModel]:
    """What an entry of a section is in a file of this kind.

    >>> entry_of("players", ExtensiveFormFile).__name__
    'TreePlayerEntry'
    """
    if section == "players" and file is ExtensiveFormFile:
        return TreePlayerEntry
    return SECTIONS[section]


def keys(entry: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a table may have, as they are written in the file.

    >>> keys(PlayerEntry)
    ('label', 'actions')
    """
    return tuple(field.alias or name for name, field in entry.model_fields.items())


def json_schema() -> dict[str, Any]:
    """The JSON Schema of model files, for editors that complete and check TOML.

    >>> sorted(json_schema()["discriminator"]["mapping"])
    ['extensive-form', 'normal-form', 'statement']
    """
    file = Annotated[NormalFormFile | ExtensiveFormFile | StatementFile, Field(discriminator="kind")]
    schema: dict[str, Any] = TypeAdapter[Any](file).json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "deterrence model file"}
    return {**head, **schema}
