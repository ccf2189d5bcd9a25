"""All sections on time of a repeated or stochastic model file, read in the order in which they depend.

`repeated_checks` has the game, `strategy_checks` the strategies and profiles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deterrence.catalogue.entries import ModelFile
from deterrence.catalogue.faults import Faults
from deterrence.catalogue.repeated_checks import (
    Places,
    read_discounts,
    read_monitoring,
    read_noise,
    read_states,
)
from deterrence.catalogue.repeated_entries import texts_of
from deterrence.catalogue.repeated_source import GameStateSource, RepeatedSource
from deterrence.catalogue.schema import RepeatedFile, StochasticFile, TimeFile
from deterrence.catalogue.source import PlayerSource
from deterrence.catalogue.strategy_checks import read_profiles, read_roles, read_strategies
from deterrence.catalogue.texts import Scope, TimeScope
from deterrence.catalogue.tree_checks import Tree

_TIMED = ("discount", "roles", "strategies", "profiles", "noise", "monitoring", "states")


def time_characters(file: ModelFile | None) -> int:
    """How many characters the sections on time have in all."""
    if not isinstance(file, TimeFile):
        return 0
    return sum(len(t) for name in _TIMED for t in texts_of(getattr(file, name, None)))


def read_time(file: TimeFile, scope: Scope, form: Tree, faults: Faults) -> RepeatedSource:
    """Discount factors, states, strategies, profiles, noise and monitoring; faults are noted."""
    discounts, discount_texts = read_discounts(file.discount, scope, faults)
    states: tuple[GameStateSource, ...] = ()
    initial = ""
    monitoring = None
    if isinstance(file, StochasticFile):
        initial = file.initial
        states = read_states(file.states, initial, scope, faults)
        moves: Mapping[str, Mapping[str, tuple[str, ...]]] = {s.name: dict(s.actions) for s in states}
    else:
        moves = _stage_moves(scope, form)
        assert isinstance(file, RepeatedFile)
        monitoring = read_monitoring(file.monitoring, scope, faults)
    noise = read_noise(file.noise, scope, faults)
    places = Places(moves, monitoring.signals if monitoring else ())
    if monitoring and places.several:
        faults.add("monitoring", "signals are for stages in which all choose at once", "leave it out")
    roles = read_roles(file.roles, places, scope, faults)
    profiles = read_profiles(file.profiles, file.strategies, scope, faults)
    strategies = read_strategies(file.strategies, profiles, roles, places, scope, faults)
    return RepeatedSource(
        stage=getattr(file, "stage", None) or "",
        discounts=discounts,
        discount_texts=discount_texts,
        rounds=getattr(file, "rounds", None),
        initial=initial,
        states=states,
        roles=roles,
        strategies=strategies,
        profiles=profiles,
        noise=noise,
        monitoring=monitoring,
    )


def _stage_moves(scope: Scope, form: Tree) -> dict[str, Mapping[str, tuple[str, ...]]]:
    """Where players move in the stage of a repeated game."""
    if not form.nodes:
        return {"": {p: actions or () for p, actions in scope.players.items()}}
    moves: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for n in form.nodes:
        own = tuple(a for a, _ in n.moves)
        moves[n.information or n.id] = {} if n.player == "chance" else {n.player: own}
    return moves | {o.id: {} for o in form.outcomes}


def time_scope(time: RepeatedSource | None, form: Tree, players: Sequence[PlayerSource]) -> TimeScope | None:
    """What claims may mention."""
    if time is None:
        return None
    if time.states:
        moves: Mapping[str, Mapping[str, tuple[str, ...]]] = {s.name: dict(s.actions) for s in time.states}
    else:
        known = Scope((), players={p.name: p.actions for p in (form.players or players)})
        moves = _stage_moves(known, form)
    absorbing = tuple(s.name for s in time.states if s.absorbing)
    return TimeScope(moves, absorbing, tuple(p.id for p in time.profiles), time.monitoring is not None)
