"""First passage in a chain: where play leaves a set of states, with which probability, and after how long.

States are eliminated one after another: what leads into one is passed on to what it leads to, in proportion.
A divisor is the chance of leaving a state for another one, a sum that subtracts nothing.  The answers are
right at every point at which play surely leaves the set, also where some transition has probability zero;
that it does is proved, from transitions that are proved to be above zero or else divisor by divisor.
Sources: [KemenySnell1960], [GrassmannTaksarHeyman1985].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.value import Value, number, sign_region
from deterrence.errors import OutOfScope
from deterrence.solve.process import Joint

_ZERO, _ONE = number(0), number(1)
Chain = Mapping[Joint, Sequence[tuple[Joint, Value]]]


@dataclass(frozen=True)
class Passage:
    """The states by which play leaves, with probabilities, and the expected number of rounds until then."""

    exits: Mapping[Joint, Value]
    rounds: Value


def passage(
    to: Chain, start: Joint, inside: Set[Joint], given: Region, lasting: Mapping[Joint, Value] | None = None
) -> Passage:
    """How play from a state of the set `inside` leaves it; `lasting` has the rounds a state takes, if not 1.

    Raises OutOfScope where it is not proved that play leaves for sure.
    """
    ask = prover(given)
    here = reached(to, start, inside)
    soft = _soft(to, here, inside, ask)
    out: dict[Joint, dict[Joint, Value]] = {}
    into: dict[Joint, set[Joint]] = {s: set() for s in here}
    for s in here:
        out[s] = {}
        for nxt, chance in to[s]:
            out[s][nxt] = out[s][nxt] + chance if nxt in out[s] else chance
            if nxt in into:
                into[nxt].add(s)
    time = {s: _ONE if lasting is None else lasting[s] for s in here}
    left = [s for s in here if s != start]
    while left:
        s = min(left, key=lambda x: (len(into[x]) - (x in into[x])) * len(out[x]))
        left.remove(s)
        away = _away(s, out, soft, ask)
        for before in into.pop(s) - {s}:
            share = out[before].pop(s) / away
            time[before] = time[before] + share * time[s]
            for nxt, chance in out[s].items():
                if nxt != s:
                    known = out[before].get(nxt, _ZERO)
                    out[before][nxt] = known + share * chance
                    if nxt in into:
                        into[nxt].add(before)
        for nxt in out.pop(s):
            if nxt in into:
                into[nxt].discard(s)
    away = _away(start, out, soft, ask)
    exits = {nxt: chance / away for nxt, chance in out[start].items() if nxt != start}
    return Passage(exits, time[start] / away)


def _away(s: Joint, out: Mapping[Joint, Mapping[Joint, Value]], soft: Sequence[Value], ask: Prover) -> Value:
    """The chance of leaving a state for another one; proved not to be zero, where some transitions may be."""
    total = _ZERO
    for nxt, chance in out[s].items():
        if nxt != s:
            total = total + chance
    if soft and ask.holds(sign_region(total, ">")) is not True:
        raise OutOfScope(
            f"it is not proved that play leaves the state {s[0]} some time: that depends on whether "
            f"{' and '.join(map(str, soft))} can be zero; assume for instance {soft[0]} > 0"
        )
    return total


def _soft(to: Chain, here: Sequence[Joint], inside: Set[Joint], ask: Prover) -> list[Value]:
    """The chances that may be zero; none if the others lead out from everywhere anyway."""
    soft: dict[Value, None] = {}
    firm: dict[Joint, list[Joint]] = {s: [] for s in here}
    for s in here:
        for nxt, chance in to[s]:
            if ask.holds(sign_region(chance, ">")) is True:
                firm[s].append(nxt)
            else:
                soft[chance] = None
    out = {s for s in here if any(nxt not in inside for nxt in firm[s])}
    while True:
        more = {s for s in here if s not in out and any(nxt in out for nxt in firm[s])}
        if not more:
            return [] if len(out) == len(here) else list(soft)
        out |= more


def reaching(to: Chain, start: Joint, target: Set[Joint], given: Region = EVERYWHERE) -> Value:
    """The probability of ever coming to a set of states, from which it is not asked how play goes on.

    Raises OutOfScope where a transition that may have probability zero decides whether play comes anywhere.
    """
    if start in target:
        return _ONE
    inside = can_reach(to, target) - set(target)
    if start not in inside:
        return _ZERO
    total = _ZERO
    for s, chance in passage(to, start, inside, given).exits.items():
        if s in target:
            total = total + chance
    return total


def can_reach(to: Chain, target: Set[Joint]) -> set[Joint]:
    """The states from which some transitions lead to the target, with its own."""
    before: dict[Joint, list[Joint]] = {}
    for s, draw in to.items():
        for nxt, _ in draw:
            before.setdefault(nxt, []).append(s)
    found, todo = set(target), list(target)
    while todo:
        for s in before.get(todo.pop(), ()):
            if s not in found:
                found.add(s)
                todo.append(s)
    return found


def reached(to: Chain, start: Joint, inside: Set[Joint]) -> list[Joint]:
    """The states that play comes to from a start without leaving `inside`."""
    found, todo = {start: None}, [start]
    while todo:
        for nxt, _ in to[todo.pop()]:
            if nxt in inside and nxt not in found:
                found[nxt] = None
                todo.append(nxt)
    return list(found)
