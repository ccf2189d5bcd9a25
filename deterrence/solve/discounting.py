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
        inside = {s: k for k, s in enumerate(group)}
        rows: list[list[Value]] = []
        right: list[Value] = []
        for s in group:
            row = [_ZERO] * len(group)
            row[inside[s]] = _ONE
            fixed = payoffs[s]
            for nxt, chance in to[s]:
                weight = patience[s] * chance
                if nxt in inside:
                    row[inside[nxt]] = row[inside[nxt]] - weight
                else:
                    fixed = fixed + weight * found[nxt]
            rows.append(row)
            right.append(fixed)
        inverse = inverted(rows)
        for s, row in zip(group, inverse, strict=True):
            total = _ZERO
            for share, worth in zip(row, right, strict=True):
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
