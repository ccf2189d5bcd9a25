"""Correlated equilibria of small games in numbers by definition: every vertex of their polytope, in fractions.

A lottery over the profiles is an equilibrium when no player gains by a rule that changes one recommendation.
A linear objective has its largest and smallest values at vertices, which are found by making every set of
inequalities tight that determines a point.  Nothing here imports the library.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from tests.oracles.bimatrix import Point, solve_square

Tables = Sequence[dict[tuple[int, ...], Fraction]]


def profiles(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    return list(itertools.product(*(range(n) for n in sizes)))


def rules(sizes: Sequence[int]) -> list[tuple[int, int, int]]:
    """Each player, the action it is told, and the one it takes instead."""
    return [(i, a, b) for i, n in enumerate(sizes) for a in range(n) for b in range(n) if a != b]


def gain(tables: Tables, sizes: Sequence[int], rule: tuple[int, int, int]) -> list[Fraction]:
    """What following a rule gains at each profile."""
    i, told, instead = rule
    return [
        tables[i][(*p[:i], instead, *p[i + 1 :])] - tables[i][p] if p[i] == told else Fraction(0)
        for p in profiles(sizes)
    ]


def is_equilibrium(tables: Tables, sizes: Sequence[int], lottery: Sequence[Fraction]) -> bool:
    """Whether nobody gains by any rule.

    >>> chicken = {(0, 0): 6, (0, 1): 2, (1, 0): 7, (1, 1): 0}
    >>> mirrored = {(j, i): v for (i, j), v in chicken.items()}
    >>> is_equilibrium([chicken, mirrored], (2, 2), [Fraction(1, 3)] * 3 + [Fraction(0)])
    True
    """
    if min(lottery) < 0 or sum(lottery) != 1:
        return False
    gains = (gain(tables, sizes, rule) for rule in rules(sizes))
    return all(sum(g * q for g, q in zip(row, lottery, strict=True)) <= 0 for row in gains)


def vertices(tables: Tables, sizes: Sequence[int]) -> set[Point]:
    """Every vertex of the polytope of equilibria."""
    count = len(profiles(sizes))
    scale = lcm(*(Fraction(v).denominator for table in tables for v in table.values()))
    tight = [[int(scale * g) for g in gain(tables, sizes, rule)] for rule in rules(sizes)]
    tight += [[int(k == j) for k in range(count)] for j in range(count)]
    found = set()
    for rows in itertools.combinations(tight, count - 1):
        point = solve_square([[1] * count, *rows], [1] + [0] * (count - 1))
        if point is not None and is_equilibrium(tables, sizes, point):
            found.add(point)
    return found
