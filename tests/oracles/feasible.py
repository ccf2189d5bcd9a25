"""Systems of linear inequalities in fractions: a solution, or multipliers that show that there is none.

Defines `feasible`, the first phase of the simplex method with Bland's rule, which cannot cycle.  Either answer
is checked before it is given: a solution by substitution, its absence by Farkas' lemma.  Also `left_nullspace`.
Imports nothing of the library.  Source: [Schrijver1986].
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

Row = tuple[Sequence[Fraction | int], str, Fraction | int]  # coefficients, ">=" or "==", right-hand side
ZERO, ONE = Fraction(0), Fraction(1)


def feasible(rows: Sequence[Row], size: int) -> tuple[Fraction, ...] | None:
    """Some x >= 0 of `size` numbers that satisfies every row, or None where there is proved to be none.

    >>> feasible([((1, 1), "==", 1), ((1, -1), ">=", Fraction(1, 2))], 2)
    (Fraction(3, 4), Fraction(1, 4))
    >>> feasible([((1,), ">=", 1), ((-1,), ">=", 0)], 1)
    """
    extra = [i for i, (_, relation, _) in enumerate(rows) if relation == ">="]
    table, right = [], []
    for i, (coefficients, _, bound) in enumerate(rows):
        surplus = [-ONE if i == j else ZERO for j in extra]
        line = [*map(Fraction, coefficients), *surplus]
        sign = -1 if Fraction(bound) < 0 else 1
        table.append([sign * v for v in line])
        right.append(sign * Fraction(bound))
    x, multipliers = _first_phase(table, right)
    if multipliers is None:
        for coefficients, relation, bound in rows:
            got = sum((Fraction(c) * v for c, v in zip(coefficients, x, strict=False)), ZERO)
            assert got == Fraction(bound) if relation == "==" else got >= Fraction(bound)
        assert min(x, default=ZERO) >= 0
        return tuple(x[:size])
    columns = list(zip(*table, strict=True))
    assert all(sum(y * v for y, v in zip(multipliers, column, strict=True)) <= 0 for column in columns)
    assert sum(y * b for y, b in zip(multipliers, right, strict=True)) > 0
    return None


def _first_phase(
    table: list[list[Fraction]], right: list[Fraction]
) -> tuple[list[Fraction], list[Fraction] | None]:
    """Minimise the sum of one artificial unknown a row: the solution, or Farkas' multipliers."""
    count, width = len(table), len(table[0]) if table else 0
    work = [
        [*line, *(ONE if i == j else ZERO for j in range(count)), b]
        for i, (line, b) in enumerate(zip(table, right, strict=True))
    ]
    basis = [width + i for i in range(count)]
    cost = [-sum((row[j] for row in work), ZERO) if j < width else ZERO for j in range(width + count)]
    cost.append(-sum((row[-1] for row in work), ZERO))
    while True:
        enter = next((j for j in range(width + count) if cost[j] < 0), None)
        if enter is None:
            break
        ratios = [(row[-1] / row[enter], basis[i], i) for i, row in enumerate(work) if row[enter] > 0]
        leave = min(ratios)[2]
        pivot = work[leave][enter]
        work[leave] = [v / pivot for v in work[leave]]
        for line in (*(row for i, row in enumerate(work) if i != leave), cost):
            if line[enter]:
                factor = line[enter]
                line[:] = [a - factor * b for a, b in zip(line, work[leave], strict=True)]
        basis[leave] = enter
    if cost[-1] < 0:  # the artificial unknowns cannot all vanish
        return [], [ONE - cost[width + i] for i in range(count)]
    x = [ZERO] * (width + count)
    for i, j in enumerate(basis):
        x[j] = work[i][-1]
    return x[:width], None


def left_nullspace(matrix: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Whole-number vectors y that span the solutions of y matrix = 0.

    >>> left_nullspace([(1, 0), (2, 0), (0, 1)])
    [(-2, 1, 0)]
    """
    count = len(matrix)
    work = [
        [*map(Fraction, row), *(ONE if i == j else ZERO for j in range(count))]
        for i, row in enumerate(matrix)
    ]
    width = len(matrix[0]) if matrix else 0
    done = 0
    for column in range(width):
        pivot = next((i for i in range(done, count) if work[i][column]), None)
        if pivot is None:
            continue
        work[done], work[pivot] = work[pivot], work[done]
        for i in range(done + 1, count):
            factor = work[i][column] / work[done][column]
            work[i] = [a - factor * b for a, b in zip(work[i], work[done], strict=True)]
        done += 1
    found = []
    for row in work[done:]:
        y = row[width:]
        scale = lcm(*(v.denominator for v in y))
        whole = tuple(int(v * scale) for v in y)
        assert not any(sum(a * row[j] for a, row in zip(whole, matrix, strict=True)) for j in range(width))
        found.append(whole)
    return found
