"""The shape of a model file: which sections there are for each kind of model, and how many entries at most.

Pydantic models, one for each kind of model, and the JSON Schema made from them.  What the texts mean
(grammar, declared names, one payoff a profile) is checked in `checks`, `tree_checks` and `claims`.  Adding a
kind adds a subclass of `ModelFile` to `KINDS`; what stands in a section is in `entries`.  Source: the
file-format contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field, StrictInt, TypeAdapter

from deterrence.catalogue.entries import (
    MAX_ACTIONS,
    MAX_CELLS,
    MAX_NODES,
    MAX_OUTCOMES,
    MAX_PARAMETERS,
    MAX_PLAYERS,
    MAX_PRIOR,
    Label,
    ModelFile,
    NodeEntry,
    OutcomeEntry,
    PayoffEntry,
    PlayerEntry,
    PriorEntry,
    TreePlayerEntry,
)
from deterrence.catalogue.network_entries import GroupEntry, MemberParameterEntry
from deterrence.catalogue.repeated_entries import (
    MAX_GAME_STATES,
    MAX_PROFILES,
    MAX_ROUNDS,
    MAX_STRATEGIES,
    Discount,
    GameStateEntry,
    MonitoringEntry,
    NoiseEntry,
    ProfileEntry,
    RoleEntry,
    StrategyEntry,
)

CONCEPTS: Final[dict[str, tuple[str, ...]]] = {
    "normal-form": ("nash", "pure-nash"),
    "extensive-form": (
        "subgame-perfect",
        "backward-induction",
        "perfect-bayesian",
        "weak-perfect-bayesian",
        "nash",
    ),
    "repeated": ("subgame-perfect", "public-perfect", "nash"),
    "stochastic": ("markov-perfect", "subgame-perfect", "nash"),
    "network": ("pure-nash",),
    "statement": (),
}
PROFILE_CONCEPTS: Final = ("subgame-perfect", "public-perfect", "nash")  # of listed profiles
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


class StagePlayerEntry(TreePlayerEntry):
    """A player of a repeated game: a label, and its actions unless the stage is a tree or another file."""

    actions: Annotated[tuple[Label, ...], Field(max_length=MAX_ACTIONS)] = ()


class TimeFile(ModelFile):
    """What repeated and stochastic games have in common: strategies, profiles, errors, patience."""

    concept: Label | None = None
    discount: Discount | None = None
    roles: Annotated[dict[str, RoleEntry], Field(default_factory=dict, max_length=MAX_PLAYERS)]
    strategies: Annotated[dict[str, StrategyEntry], Field(default_factory=dict, max_length=MAX_STRATEGIES)]
    profiles: Annotated[tuple[ProfileEntry, ...], Field(max_length=MAX_PROFILES)] = ()
    noise: NoiseEntry | None = None


class RepeatedFile(TimeFile):
    """A stage game, named or written out, that is played again and again, and strategies for it."""

    kind: Literal["repeated"]
    stage: Label | None = None
    rounds: Annotated[StrictInt, Field(ge=1, le=MAX_ROUNDS)] | None = None
    players: Annotated[dict[str, StagePlayerEntry], Field(default_factory=dict, max_length=MAX_PLAYERS)]
    payoffs: Annotated[tuple[PayoffEntry, ...], Field(max_length=MAX_CELLS)] = ()
    nodes: Annotated[tuple[NodeEntry, ...], Field(max_length=MAX_NODES)] = ()
    outcomes: Annotated[dict[str, OutcomeEntry], Field(default_factory=dict, max_length=MAX_OUTCOMES)]
    monitoring: MonitoringEntry | None = None


class StochasticFile(TimeFile):
    """States of the world with moves, payoffs and what follows; a chain where there are no players."""

    kind: Literal["stochastic"]
    initial: Label
    players: Annotated[dict[str, PlayerEntry], Field(default_factory=dict, max_length=MAX_PLAYERS)]
    states: Annotated[dict[str, GameStateEntry], Field(max_length=MAX_GAME_STATES)]


class NetworkFile(ModelFile):
    """One kind of group, many members, and what each action pays by what the neighbours do."""

    kind: Literal["network"]
    concept: Label | None = None
    parameters: Annotated[  # type: ignore[assignment]
        dict[str, MemberParameterEntry], Field(default_factory=dict, max_length=MAX_PARAMETERS)
    ]
    players: Annotated[dict[str, GroupEntry], Field(max_length=1)]


class StatementFile(ModelFile):
    """No players: claims about parameters alone."""

    kind: Literal["statement"]


KINDS: Final[dict[str, type[ModelFile]]] = {
    "normal-form": NormalFormFile,
    "extensive-form": ExtensiveFormFile,
    "repeated": RepeatedFile,
    "stochastic": StochasticFile,
    "network": NetworkFile,
    "statement": StatementFile,
}


def entry_at(file: type[BaseModel], location: Sequence[int | str]) -> type[BaseModel]:
    """The table that holds what stands at a place of a file, such as ("players", "us", "label").

    >>> entry_at(ExtensiveFormFile, ("players", "us", "types")).__name__
    'TreePlayerEntry'
    >>> entry_at(NormalFormFile, ("claims", 0, "effect", "of")).__name__
    'EffectEntry'
    """
    here: Any = file
    for part in location[:-1]:
        if isinstance(here, type) and issubclass(here, BaseModel):
            found = next((f for n, f in here.model_fields.items() if part in (n, f.alias)), None)
            here = _table(found.annotation) if found else here
        else:
            here = _table(get_args(here)[-1] if get_origin(here) is dict else get_args(here)[0])
    return here if isinstance(here, type) and issubclass(here, BaseModel) else file


def _table(kind: Any) -> Any:
    """A type without what is wrapped around it: bounds, and `or None`."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(a for a in get_args(kind) if a is not type(None))
    return kind


def keys(entry: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a table may have, as they are written in the file.

    >>> keys(PlayerEntry)
    ('label', 'actions')
    """
    return tuple(field.alias or name for name, field in entry.model_fields.items())


def json_schema() -> dict[str, Any]:
    """The JSON Schema of model files, for editors that complete and check TOML.

    >>> sorted(json_schema()["discriminator"]["mapping"])
    ['extensive-form', 'network', 'normal-form', 'repeated', 'statement', 'stochastic']
    """
    file = Annotated[
        NormalFormFile | ExtensiveFormFile | RepeatedFile | StochasticFile | NetworkFile | StatementFile,
        Field(discriminator="kind"),
    ]
    schema: dict[str, Any] = TypeAdapter[Any](file).json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "deterrence model file"}
    return {**head, **schema}
