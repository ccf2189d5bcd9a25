"""Discounted sums on a graph of states: `v = u + discount * P v`, exactly.

Component by component in reverse order, each by elimination whose pivots are nonzero because every circle of
states lets time pass.  Sources: [KemenySnell1960]; [Tarjan1972] for the components.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from deterrence.algebra.value import Value, number

State = TypeVar("State", bound=Hashable)
_ZERO, _ONE = number(0), number(1)


def discounted(
    to: Mapping[State, Sequence[tuple[State, Value]]],
    payoffs: Mapping[State, Value],
    patience: Mapping[State, Value],
) -> dict[State, Value]:
    """The values that solve `v(s) = payoffs(s) + patience(s) * sum of chance * v(next)`."""
    found: dict[State, Value] = {}
    for group in components(to):
        inside = set(group)
        fixed: dict[State, Value] = {}
        ahead: dict[State, dict[State, Value]] = {}
        for s in group:
            fixed[s], ahead[s] = payoffs[s], {}
            for nxt, chance in to[s]:
                weight = patience[s] * chance
                if nxt in inside:
                    ahead[s][nxt] = ahead[s][nxt] + weight if nxt in ahead[s] else weight
                else:
                    fixed[s] = fixed[s] + weight * found[nxt]
        if not any(ahead.values()):
            found.update(fixed)
        elif all(len(a) == 1 for a in ahead.values()):
            found.update(_around(fixed, ahead))
        else:
            found.update(_solved(fixed, ahead))
    return found


def _around(fixed: Mapping[State, Value], ahead: Mapping[State, Mapping[State, Value]]) -> dict[State, Value]:
    """The values on a circle of states, `v(s) = fixed(s) + weight * v(next)`: once around gives the first."""
    start = next(iter(fixed))
    way: list[tuple[State, Value]] = []
    total, product, here = _ZERO, _ONE, start
    while not way or here != start:
        ((nxt, weight),) = ahead[here].items()
        total = total + product * fixed[here]
        product = product * weight
        way.append((here, weight))
        here = nxt
    worth = total / (_ONE - product)
    found = {start: worth}
    for s, weight in reversed(way[1:]):
        worth = fixed[s] + weight * worth
        found[s] = worth
    return found


def _solved(fixed: Mapping[State, Value], ahead: Mapping[State, Mapping[State, Value]]) -> dict[State, Value]:
    """The values on states of which each may lead to several, by elimination.

    Payoffs are put in last, so that what is inverted holds discount factors and chances alone.
    """
    at = {s: k for k, s in enumerate(fixed)}
    rows = []
    for s, k in at.items():
        row = [_ZERO] * len(at)
        row[k] = _ONE
        for nxt, weight in ahead[s].items():
            row[at[nxt]] = row[at[nxt]] - weight
        rows.append(row)
    found = {}
    for s, shares in zip(at, inverted(rows), strict=True):
        total = _ZERO
        for share, worth in zip(shares, fixed.values(), strict=True):
            if not share.is_zero:
                total = total + share * worth
        found[s] = total
    return found


def components(to: Mapping[State, Sequence[tuple[State, Value]]]) -> list[list[State]]:
    """The strongly connected components, each after those that it leads to (Tarjan, without recursion)."""
    index: dict[State, int] = {}
    low: dict[State, int] = {}
    stack: list[State] = []
    waiting: set[State] = set()
    found: list[list[State]] = []
    for start in to:
        if start in index:
            continue
        work: list[tuple[State, Iterator[tuple[State, Value]]]] = []

        def enter(s: State, work: list[tuple[State, Iterator[tuple[State, Value]]]] = work) -> None:
            index[s] = low[s] = len(index)
            stack.append(s)
            waiting.add(s)
            work.append((s, iter(to[s])))

        enter(start)
        while work:
            s, ahead = work[-1]
            step = next(ahead, None)
            if step is not None:
                nxt = step[0]
                if nxt not in index:
                    enter(nxt)
                elif nxt in waiting:
                    low[s] = min(low[s], index[nxt])
                continue
            work.pop()
            if work:
                low[work[-1][0]] = min(low[work[-1][0]], low[s])
            if low[s] == index[s]:
                group: list[State] = []
                while not group or group[-1] != s:
                    group.append(stack.pop())
                    waiting.discard(group[-1])
                found.append(group)
    return found


def inverted(rows: Sequence[Sequence[Value]]) -> list[list[Value]]:
    """The inverse of a matrix `1 - patience * P`, by Gauss-Jordan; its pivots are nonzero as they stand."""
    size = len(rows)
    table = [[*row, *(_ONE if i == j else _ZERO for j in range(size))] for i, row in enumerate(rows)]
    for k in range(size):
        pivot = table[k][k]
        table[k] = [v / pivot if not v.is_zero else v for v in table[k]]
        for i in range(size):
            factor = table[i][k]
            if i != k and not factor.is_zero:
                table[i] = [
                    v - factor * w if not w.is_zero else v for v, w in zip(table[i], table[k], strict=True)
                ]
    return [row[size:] for row in table]
