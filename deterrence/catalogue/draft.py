"""What can be used of a file with faults in its shape, so that one reading finds all its faults.

Each entry is read on its own, without its faulty keys; an entry of which too little is left is None, which
means "declared, but not to be judged any further".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from deterrence.catalogue.entries import (
    MAX_ASSUMPTIONS,
    MAX_CELLS,
    MAX_CLAIMS,
    MAX_DEFINITIONS,
    MAX_NODES,
    MAX_OUTCOMES,
    MAX_PARAMETERS,
    MAX_PLAYERS,
    MAX_PRIOR,
    ClaimEntry,
    NodeEntry,
    OutcomeEntry,
    ParameterEntry,
    PayoffEntry,
    PlayerEntry,
    PriorEntry,
    TreePlayerEntry,
    as_text,
)
from deterrence.catalogue.faults import claim_places, node_places

_Entry = TypeVar("_Entry", bound=BaseModel)


@dataclass(frozen=True)
class Draft:
    """The sections of a file; those in `broken` are of the wrong type or too long, and empty here."""

    parameters: Mapping[str, ParameterEntry | None]
    definitions: Mapping[str, str | None]
    assumptions: tuple[str | None, ...]
    players: Mapping[str, PlayerEntry | None]
    payoffs: tuple[PayoffEntry | None, ...]
    claims: tuple[ClaimEntry | None, ...]
    claim_places: tuple[str, ...]
    faulty_claims: frozenset[int]
    broken: frozenset[str]
    tree_players: Mapping[str, TreePlayerEntry | None]
    nodes: tuple[NodeEntry | None, ...]
    outcomes: Mapping[str, OutcomeEntry | None]
    prior: tuple[PriorEntry | None, ...]
    node_places: tuple[str, ...]


def draft(raw: Mapping[str, Any]) -> Draft:
    """The usable part of a file as TOML gives it; raises nothing, since faults of shape are noted elsewhere.

    >>> sorted(draft({"players": {"us": {"actions": ["strike"]}, "them": 3}}).players)
    ['them', 'us']
    """
    broken: set[str] = set()

    def tables(section: str, limit: int) -> Mapping[str, Any]:
        value = raw.get(section, {})
        if isinstance(value, dict) and len(value) <= limit:
            return value
        broken.add(section)
        return {}

    def entries(section: str, limit: int) -> list[Any]:
        value = raw.get(section, [])
        if isinstance(value, list) and len(value) <= limit:
            return value
        broken.add(section)
        return []

    claims = entries("claims", MAX_CLAIMS)
    players = tables("players", MAX_PLAYERS)
    nodes = tuple(_sound(NodeEntry, v) for v in entries("nodes", MAX_NODES))
    outcomes = {k: _sound(OutcomeEntry, v) for k, v in tables("outcomes", MAX_OUTCOMES).items()}
    prior = tuple(_sound(PriorEntry, v) for v in entries("prior", MAX_PRIOR))
    return Draft(
        {k: _sound(ParameterEntry, v) for k, v in tables("parameters", MAX_PARAMETERS).items()},
        {k: _text(v) for k, v in tables("definitions", MAX_DEFINITIONS).items()},
        tuple(_text(v) for v in entries("assumptions", MAX_ASSUMPTIONS)),
        {k: _sound(PlayerEntry, v) for k, v in players.items()},
        tuple(_sound(PayoffEntry, v) for v in entries("payoffs", MAX_CELLS)),
        tuple(_sound(ClaimEntry, v) for v in claims),
        tuple(claim_places(raw)),
        frozenset(n for n, v in enumerate(claims) if not _whole(ClaimEntry, v)),
        frozenset(broken),
        {k: _sound(TreePlayerEntry, v) for k, v in players.items()},
        nodes,
        outcomes,
        prior,
        tuple(node_places(raw)),
    )


def characters(part: Draft) -> int:
    """How many characters the expressions and conditions have in all.

    >>> characters(draft({"assumptions": ["m < 1", "h > 0"]}))
    10
    """
    texts: list[str | None] = [*part.definitions.values(), *part.assumptions]
    for parameter in filter(None, part.parameters.values()):
        texts += [parameter.domain, parameter.example, *(parameter.range or ())]
    for payoff in filter(None, part.payoffs):
        texts += payoff.worth.values()
    for player in filter(None, part.tree_players.values()):
        texts += player.types.values() if isinstance(player.types, dict) else ()
    for node in filter(None, part.nodes):
        texts += (node.probabilities or {}).values()
    for outcome in filter(None, part.outcomes.values()):
        for worth in outcome.worth.values():
            texts += worth.values() if isinstance(worth, dict) else [worth]
    texts += [entry.probability for entry in part.prior if entry]
    for claim in filter(None, part.claims):
        texts += [claim.given, claim.every, claim.some, claim.holds, claim.expect]
        texts += [claim.effect.on] if claim.effect else []
    return sum(len(text) for text in texts if text)


def _text(value: object) -> str | None:
    try:
        return as_text(value)
    except PydanticCustomError:
        return None


def _sound(entry: type[_Entry], raw: object) -> _Entry | None:
    """The entry without its faulty keys, or None where a key that must be there is among them."""
    try:
        return entry.model_validate(raw)
    except ValidationError as error:
        faulty = {found["loc"][0] for found in error.errors(include_url=False) if found["loc"]}
    if not isinstance(raw, dict):
        return None
    try:
        return entry.model_validate({k: v for k, v in raw.items() if k not in faulty})
    except ValidationError:
        return None


def _whole(entry: type[BaseModel], raw: object) -> bool:
    try:
        entry.model_validate(raw)
    except ValidationError:
        return False
    return True
