"""Two-player games by definition, in plain fractions: the oracle that the solvers are compared with.

Defines what a Nash equilibrium of a numeric bimatrix game is, and finds the extreme ones by brute force.
Scope: up to 4x4, ties and all; nothing here imports the library, SymPy or numpy.

For a player, the pairs (mixed strategy, best payoff that the opponent can get against it) form a
polyhedron.  Its vertices are found by solving every square subsystem of its constraints.  A pair of
vertices, one of each player, is an equilibrium exactly when every action is unused or a best reply; these
pairs are the extreme equilibria, and the set of all equilibria is the union, over the pairs of vertex sets
that are fully matched with each other, of the products of their convex hulls.

Source: Mangasarian (1964), "Equilibrium points of bimatrix games"; Winkels (1979); the conventions are
those of Nashpy and Gambit: A is the row player's matrix, B the column player's, both indexed [row][column].
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

Matrix = Sequence[Sequence[Fraction | int]]
Point = tuple[Fraction, ...]


def matrix(rows: Sequence[Sequence[Fraction | int | str]]) -> tuple[Point, ...]:
    """A matrix of exact fractions.

    >>> matrix([["1/2", 3]])
    ((Fraction(1, 2), Fraction(3, 1)),)
    """
    return tuple(tuple(Fraction(entry) for entry in row) for row in rows)


def is_nash(A: Matrix, B: Matrix, x: Sequence[Fraction], y: Sequence[Fraction]) -> bool:
    """Whether neither player gains by any pure, hence by any, deviation from the mixed profile (x, y)."""
    rows, columns = range(len(A)), range(len(A[0]))
    if len(x) != len(rows) or len(y) != len(columns):
        raise ValueError(f"the game is {len(rows)}x{len(columns)}, the profile {len(x)}x{len(y)}")
    for probabilities in (x, y):
        if min(probabilities) < 0 or sum(probabilities) != 1:
            return False
    row_gets = [sum(A[i][j] * y[j] for j in columns) for i in rows]
    column_gets = [sum(B[i][j] * x[i] for i in rows) for j in columns]
    row_value = sum(x[i] * row_gets[i] for i in rows)
    column_value = sum(y[j] * column_gets[j] for j in columns)
    return max(row_gets) <= row_value and max(column_gets) <= column_value


def extreme_equilibria(A: Matrix, B: Matrix) -> list[tuple[Point, Point]]:
    """All equilibria that are a vertex of each player's polyhedron, sorted.

    Every equilibrium is a convex mixture of some of these, and an equilibrium that is isolated is one of
    them.  A game without ties has no others.

    >>> extreme_equilibria([[1, 0], [0, 1]], [[1, 0], [0, 1]])[1]
    ((Fraction(1, 2), Fraction(1, 2)), (Fraction(1, 2), Fraction(1, 2)))
    """
    transposed = tuple(zip(*A, strict=True))
    return [
        (x, y)
        for x in vertices(B)
        for y in vertices(transposed)
        if _all_used_are_best(A, x, y) and _all_used_are_best(tuple(zip(*B, strict=True)), y, x)
    ]


def _all_used_are_best(own: Matrix, mine: Point, other: Point) -> bool:
    """Whether each action with positive weight in `mine` earns the most against `other`."""
    earned = [sum(a * b for a, b in zip(row, other, strict=True)) for row in own]
    return all(e == max(earned) for e, weight in zip(earned, mine, strict=True) if weight > 0)


def vertices(payoff: Matrix) -> list[Point]:
    """The mixed strategies x at vertices of {(x, v): x in the simplex, (x payoff)_j <= v for all j}.

    `payoff[i][j]` is what the opponent's action j earns against x's action i.  In the unknowns
    (x_1, ..., x_m, v) a vertex makes sum x = 1 and some m independent inequalities equalities.
    """
    own, other = len(payoff), len(payoff[0])
    scale = lcm(
        *(Fraction(entry).denominator for row in payoff for entry in row)
    )  # whole numbers are quicker
    whole = [1] * own + [0]
    unused = [[int(k == i) for k in range(own + 1)] for i in range(own)]
    best = [[int(scale * payoff[i][j]) for i in range(own)] + [-1] for j in range(other)]
    found = set()
    for tight in itertools.combinations(unused + best, own):
        solution = solve_square([whole, *tight], [1] + [0] * own)
        if solution is None:
            continue
        x, v = solution[:-1], solution[-1]
        if min(x) >= 0 and all(sum(a * b for a, b in zip(row, x, strict=False)) <= v for row in best):
            found.add(x)
    return sorted(found)


def solve_square(rows: Sequence[Sequence[int]], right: Sequence[int]) -> Point | None:
    """The solution of a square linear system in whole numbers, or None where it is not unique.

    Fraction-free elimination (Bareiss 1968): every division but the last leaves no remainder.

    >>> solve_square([[2, 0], [1, 1]], [1, 3])
    (Fraction(1, 2), Fraction(5, 2))
    """
    work = [[*row, r] for row, r in zip(rows, right, strict=True)]
    size, previous = len(work), 1
    for column in range(size):
        pivot = next((r for r in range(column, size) if work[r][column]), None)
        if pivot is None:
            return None
        work[column], work[pivot] = work[pivot], work[column]
        lead, scale = work[column], work[column][column]
        for r in range(size):
            if r != column:
                factor = work[r][column]
                work[r] = [(scale * a - factor * b) // previous for a, b in zip(work[r], lead, strict=True)]
        previous = scale
    return tuple(Fraction(row[-1], previous) for row in work)


def grid(n: int, k: int) -> Iterator[Point]:
    """All points of the simplex with `n` coordinates that are multiples of 1/k.

    >>> [tuple(str(c) for c in p) for p in grid(2, 2)]
    [('0', '1'), ('1/2', '1/2'), ('1', '0')]
    """
    for bars in itertools.combinations(range(k + n - 1), n - 1):
        ends = (-1, *bars, k + n - 1)
        yield tuple(Fraction(b - a - 1, k) for a, b in itertools.pairwise(ends))


def mix(points: Sequence[Point], weights: Sequence[Fraction]) -> Point:
    """The convex mixture of the points, weights summing to one."""
    return tuple(
        sum((w * c for w, c in zip(weights, coordinate, strict=True)), Fraction(0))
        for coordinate in zip(*points, strict=True)
    )
