"""How a chain spends its time in the long run, by the definition, in plain fractions.

From a start, with probabilities that are numbers: the classes that are never left, the chance of ending in each,
and the shares within one, each from a linear system.  Imports nothing of the library.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import TypeVar

from tests.oracles.machines import ONE, ZERO, solved

State = TypeVar("State", bound=Hashable)
Chain = Mapping[State, Mapping[State, Fraction]]


def reached(chain: Chain[State], start: State) -> set[State]:
    """The states that play may come to."""
    found, todo = {start}, [start]
    while todo:
        for to, chance in chain[todo.pop()].items():
            if chance and to not in found:
                found.add(to)
                todo.append(to)
    return found


def classes(chain: Chain[State], start: State) -> list[set[State]]:
    """The sets of states that are never left, each of whose states leads to all of it."""
    found: list[set[State]] = []
    for s in reached(chain, start):
        ahead = reached(chain, s)
        if all(s in reached(chain, t) for t in ahead) and ahead not in found:
            found.append(ahead)
    return found


def chance_of(chain: Chain[State], start: State, target: set[State]) -> Fraction:
    """The probability of coming to a class; zero from states that cannot."""
    states = [s for s in reached(chain, start) if target & reached(chain, s) and s not in target]
    if start in target:
        return ONE
    if start not in states:
        return ZERO
    rows = []
    for s in states:
        row = [(ONE if s == t else ZERO) - chain[s].get(t, ZERO) for t in states]
        rows.append([*row, sum((chain[s].get(t, ZERO) for t in target), ZERO)])
    return solved(rows)[states.index(start)]


def shares_in(chain: Chain[State], group: set[State]) -> dict[State, Fraction]:
    """What is left as it is by one step and sums to one: the last balance equation follows from the others."""
    states = list(group)
    rows = [[chain[s].get(t, ZERO) - (ONE if s == t else ZERO) for s in states] + [ZERO] for t in states[:-1]]
    return dict(zip(states, solved([[ONE] * (len(states) + 1), *rows]), strict=True))


def long_run(chain: Chain[State], start: State) -> dict[State, Fraction]:
    """The long-run share of each state; states that are left for ever have none."""
    found: dict[State, Fraction] = {}
    for group in classes(chain, start):
        weight = chance_of(chain, start, group)
        for s, share in shares_in(chain, group).items():
            found[s] = weight * share
    return found
