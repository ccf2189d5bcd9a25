"""The meaning of a file's sections on time: discount factors, states and cases, noise, monitoring.

Strategies and profiles are in `strategy_checks`.  These sections are judged once the file's shape is sound;
every check notes its faults and goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from deterrence.algebra.grammar import parse_expression
from deterrence.algebra.syntax import Expression
from deterrence.catalogue.faults import Faults, allowed, check_name, place, show, within
from deterrence.catalogue.repeated_entries import CaseEntry, GameStateEntry, MonitoringEntry, NoiseEntry
from deterrence.catalogue.repeated_source import (
    CaseSource,
    DrawSource,
    GameStateSource,
    MonitoringSource,
    NoiseSource,
    WhenSource,
)
from deterrence.catalogue.texts import Scope, read_expression
from deterrence.games.repeated import IMPLEMENTATION, PERCEPTION

ONE = parse_expression("1")
ZERO = parse_expression("0")


@dataclass(frozen=True)
class Places:
    """Where players move: by state, who may do what.  A repeated normal form has one state, ""."""

    moves: Mapping[str, Mapping[str, tuple[str, ...]]]
    signals: tuple[str, ...] = ()

    @property
    def several(self) -> bool:
        """Whether there are states to be told apart."""
        return set(self.moves) != {""}

    def actions(self, player: str) -> tuple[str, ...]:
        """All actions of a player, in any state."""
        return tuple(dict.fromkeys(a for movers in self.moves.values() for a in movers.get(player, ())))


def read_discounts(
    written: str | Mapping[str, str] | None, scope: Scope, faults: Faults
) -> tuple[tuple[Expression, ...], tuple[str, ...]]:
    """A discount factor for each player, in their order; one text serves all."""
    players = tuple(scope.players)
    if written is None:
        if players:
            faults.add("discount", "is missing", 'add discount = "delta", or { player = "delta", … }')
        return (), ()
    if isinstance(written, str):
        texts = dict.fromkeys(players, written)
        tree = read_expression(written, "discount", scope, faults)
        return (tree,) * len(players) if tree else (), tuple(texts.values())
    for name in written:
        if name not in players:
            faults.add(place("discount", name), f"{show(name)} is not a player", allowed(name, players))
    trees, shown = [], []
    for name in players:
        if name not in written:
            faults.add("discount", f"that of {name} is missing", f'add it: {name} = "…"')
            continue
        found = read_expression(written[name], place("discount", name), scope, faults)
        if found is not None:
            trees.append(found)
            shown.append(written[name])
    return tuple(trees), tuple(shown)


def read_draw(
    written: str | Mapping[str, str],
    where: str,
    known: Sequence[str],
    what: str,
    scope: Scope,
    faults: Faults,
) -> DrawSource:
    """A name for sure, or names with their probabilities; names that are not known are faults."""
    table = {written: None} if isinstance(written, str) else written
    found = []
    if not table:
        faults.add(where, "the table is empty", f"name {what}")
    for name, text in table.items():
        there = where if text is None else within(where, name)
        if name not in known:
            faults.add(there, f"{show(name)} is not {what}", allowed(name, known))
            continue
        tree = ONE if text is None else read_expression(text, there, scope, faults)
        if tree is not None:
            found.append((name, tree))
    return tuple(found)


def draw_text(written: str | Mapping[str, str]) -> str:
    """A draw as people write it."""
    return written if isinstance(written, str) else ", ".join(f"{n} with {p}" for n, p in written.items())


def read_when(
    written: Mapping[str, str], where: str, movers: Mapping[str, Sequence[str]], faults: Faults
) -> WhenSource:
    """Movers with an action each."""
    for player, action in written.items():
        if player not in movers:
            faults.add(where, f"{show(player)} does not move here", allowed(player, movers))
        elif action not in movers[player]:
            faults.add(
                where, f"{show(action)} is not an action of {player} here", allowed(action, movers[player])
            )
    return tuple(written.items())


# -- states of stochastic games ---------------------------------------------------------------------------
def read_states(
    states: Mapping[str, GameStateEntry], initial: str, scope: Scope, faults: Faults
) -> tuple[GameStateSource, ...]:
    """The states with their cases; every combination of actions must fit a case."""
    if not states:
        faults.add("states", "there are none", "add [states.NAME]")
    if states and initial not in states:
        faults.add("initial", f"{show(initial)} is not a state", allowed(initial, states))
    found = []
    for name, entry in states.items():
        where = place("states", name)
        check_name(name, where, "state", faults)
        if name in scope.players:
            faults.add(where, f"{show(name)} is also a player", "rename one of them")
        actions = _movers(entry, where, scope, faults)
        if entry.absorbing:
            found.append(_absorbing(name, entry, where, scope, faults))
            continue
        for key in entry.worth:
            faults.add(
                within(where, key),
                f"{show(key)} is no key of a state",
                "payoffs stand in the cases, unless the state is absorbing",
            )
        cases = tuple(
            _case(c, within(where, "cases", n), dict(actions), tuple(states), scope, faults)
            for n, c in enumerate(entry.cases)
        )
        _note_gaps(cases, actions, where, faults)
        found.append(GameStateSource(name, entry.label, actions, cases, entry.instant, False))
    return tuple(found)


def _movers(
    entry: GameStateEntry, where: str, scope: Scope, faults: Faults
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for player in dict.fromkeys((*entry.movers, *entry.actions)):
        if player not in scope.players:
            faults.add(f"{where}.movers", f"{show(player)} is not a player", allowed(player, scope.players))
            continue
        everything = scope.players[player] or ()
        own = entry.actions.get(player, everything)
        for action in own:
            if action not in everything:
                there = f"{where}.actions"
                faults.add(there, f"{show(action)} is not an action of {player}", allowed(action, everything))
        found.append((player, own))
    return tuple(found)


def _absorbing(name: str, entry: GameStateEntry, where: str, scope: Scope, faults: Faults) -> GameStateSource:
    if entry.movers or entry.actions or entry.cases or entry.instant:
        faults.add(where, "it is absorbing, so nothing follows", "leave out movers, cases and instant")
    payoffs, texts = _payoffs(entry.worth, where, scope, faults)
    return GameStateSource(name, entry.label, (), (CaseSource((), payoffs, texts, (), ""),), False, True)


def _payoffs(
    worth: Mapping[str, str], where: str, scope: Scope, faults: Faults
) -> tuple[tuple[Expression, ...], tuple[str, ...]]:
    """A payoff for each player, zero where none is written."""
    for key in worth:
        if key not in scope.players:
            faults.add(within(where, key), f"unknown key {show(key)}", allowed(key, scope.players))
    texts = tuple(worth.get(p, "0") for p in scope.players)
    trees = [
        read_expression(t, within(where, p), scope, faults) for p, t in zip(scope.players, texts, strict=True)
    ]
    return tuple(t or ZERO for t in trees), texts


def _case(
    entry: CaseEntry,
    where: str,
    movers: Mapping[str, tuple[str, ...]],
    states: Sequence[str],
    scope: Scope,
    faults: Faults,
) -> CaseSource:
    when = read_when(entry.when, f"{where}.when", movers, faults)
    payoffs, texts = _payoffs(entry.worth, where, scope, faults)
    to = read_draw(entry.to, f"{where}.to", states, "a state", scope, faults)
    return CaseSource(when, payoffs, texts, to, draw_text(entry.to))


def _note_gaps(
    cases: Sequence[CaseSource], actions: Sequence[tuple[str, tuple[str, ...]]], where: str, faults: Faults
) -> None:
    if any(not c.when for c in cases):
        return
    for chosen in product(*(own for _, own in actions)):
        played = dict(zip((p for p, _ in actions), chosen, strict=True))
        if not any(all(played.get(p) == a for p, a in c.when) for c in cases):
            shown = ", ".join(f"{p} = {a}" for p, a in played.items()) or "when nobody moves"
            remedy = "add one, or a last case without when"
            faults.add(f"{where}.cases", f"no case fits {shown}", remedy)
            return


# -- errors and signals -----------------------------------------------------------------------------------
def read_noise(entry: NoiseEntry | None, scope: Scope, faults: Faults) -> NoiseSource | None:
    """The kind and the rate of errors."""
    if entry is None:
        return None
    kinds = (IMPLEMENTATION, PERCEPTION)
    if entry.kind not in kinds:
        faults.add("noise.kind", f"{show(entry.kind)} is not a kind of noise", allowed(entry.kind, kinds))
    rate = read_expression(entry.rate, "noise.rate", scope, faults)
    return None if rate is None else NoiseSource(entry.kind, rate, entry.rate)


def read_monitoring(entry: MonitoringEntry | None, scope: Scope, faults: Faults) -> MonitoringSource | None:
    """Public signals with their chances after every combination of actions."""
    if entry is None:
        return None
    if entry.kind != "public":
        faults.add("monitoring.kind", f"{show(entry.kind)} is not a kind of monitoring", "allowed: public")
    for name in dict.fromkeys(entry.signals):
        check_name(name, "monitoring.signals", "signal", faults)
        if entry.signals.count(name) > 1:
            faults.add("monitoring.signals", f"the signal {show(name)} is listed twice", "name it once")
    movers = {p: a or () for p, a in scope.players.items()}
    cases = []
    for n, case in enumerate(entry.cases):
        where = place("monitoring", "cases", n)
        when = read_when(case.when, f"{where}.when", movers, faults)
        signal = read_draw(case.signal, f"{where}.signal", entry.signals, "a signal", scope, faults)
        cases.append((when, signal))
    if not any(not when for when, _ in cases):
        for chosen in product(*movers.values()):
            played = dict(zip(movers, chosen, strict=True))
            if not any(all(played.get(p) == a for p, a in when) for when, _ in cases):
                shown = ", ".join(f"{p} = {a}" for p, a in played.items())
                faults.add(
                    "monitoring.cases", f"no case fits {shown}", "add one, or a last case without when"
                )
                break
    return MonitoringSource(entry.signals, tuple(cases))
