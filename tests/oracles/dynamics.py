"""Replicator fields and evolutionary stability in numbers, by definition, in exact fractions.

The derivative of a field is exact too: the fields are polynomials of degree four at most in any one direction,
for which the five-point difference has no error.  Nothing here imports the library.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from tests.oracles.bimatrix import grid

Matrix = Sequence[Sequence[Fraction]]
Field = Callable[[Sequence[Fraction]], list[Fraction]]


def payoff(A: Matrix, x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    return sum(
        (p * a * q for p, row in zip(x, A, strict=True) for a, q in zip(row, y, strict=True)), Fraction(0)
    )


def one_population(A: Matrix) -> Field:
    """The field in the shares of all actions but the last."""

    def field(shares: Sequence[Fraction]) -> list[Fraction]:
        x = [*shares, 1 - sum(shares)]
        mean = payoff(A, x, x)
        earned = [sum((a * q for a, q in zip(row, x, strict=True)), Fraction(0)) for row in A]
        return [p * (e - mean) for p, e in zip(x, earned, strict=True)][:-1]

    return field


def two_populations(A: Matrix, B: Matrix) -> Field:
    """The field in the shares of the first actions of two populations."""

    def field(shares: Sequence[Fraction]) -> list[Fraction]:
        x, y = ([s, 1 - s] for s in shares)
        transposed = list(zip(*B, strict=True))
        moves = []
        for own, M, other in ((x, A, y), (y, transposed, x)):
            earned = [sum((a * q for a, q in zip(row, other, strict=True)), Fraction(0)) for row in M]
            mean = own[0] * earned[0] + own[1] * earned[1]
            moves.append(own[0] * (earned[0] - mean))
        return moves

    return field


def jacobian(field: Field, at: Sequence[Fraction]) -> list[list[Fraction]]:
    """The exact derivative, by rows.

    >>> jacobian(lambda v: [v[0] ** 3], [Fraction(2)])
    [[Fraction(12, 1)]]
    """

    def shifted(j: int, by: int) -> list[Fraction]:
        return field([c + by if k == j else c for k, c in enumerate(at)])

    columns = []
    for j in range(len(at)):
        near = zip(shifted(j, 1), shifted(j, -1), shifted(j, 2), shifted(j, -2), strict=True)
        columns.append([(8 * (a - b) - (c - d)) / Fraction(12) for a, b, c, d in near])
    return [list(row) for row in zip(*columns, strict=True)]


def kind(J: list[list[Fraction]]) -> str:
    """The word for the linear part in one or two dimensions."""
    if len(J) == 1:
        return {1: "repelling", -1: "attracting", 0: "degenerate"}[(J[0][0] > 0) - (J[0][0] < 0)]
    trace = J[0][0] + J[1][1]
    determinant = J[0][0] * J[1][1] - J[0][1] * J[1][0]
    if determinant <= 0:
        return "saddle" if determinant else "degenerate"
    if trace == 0:
        return "centre of the linearisation"
    return "attracting" if trace < 0 else "repelling"


def resists(A: Matrix, x: Sequence[Fraction], fine: int = 24) -> bool:
    """Evolutionary stability as local superiority: x earns more against every y near it than y does.

    Directions towards the points of a grid are tried, at a distance so small that for payoffs of few digits
    nothing of higher order matters.
    """
    for z in grid(len(x), fine):
        if list(z) == list(x):
            continue
        y = [p + (q - p) / 10**4 for p, q in zip(x, z, strict=True)]
        if payoff(A, x, y) <= payoff(A, y, y):
            return False
    return True
