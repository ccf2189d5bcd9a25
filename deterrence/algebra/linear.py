"""Linear equations whose coefficients are polynomials in the parameters: every case, each with its guard.

Cases are told apart by which minors vanish: the first non-vanishing minor (largest size first) gives the
solution by Cramer's rule, with the other unknowns free; the guards exclude each other and together cover
everything.  A case is dropped only when it is proved empty.  Source: the classical theory of determinants;
comprehensive case splitting as in [Sit1992].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, atom

_ZERO = Poly.constant(0)


@dataclass(frozen=True)
class Equation:
    """`sum(coefficient * unknown) + constant == 0`, one coefficient an unknown, in order."""

    coefficients: tuple[Poly, ...]
    constant: Poly


@dataclass(frozen=True)
class Solution:
    """One case: where it applies, the determined unknowns as `tops[name] / minor`, the names left free."""

    guard: Region
    tops: dict[str, Poly]
    minor: Poly
    free: tuple[str, ...]


def determinant(rows: Sequence[Sequence[Poly]]) -> Poly:
    """The determinant of a square matrix by Laplace expansion along sparse rows (sizes up to four).

    >>> a, b, c, d = (Poly.variable(n) for n in "abcd")
    >>> str(determinant([[a, b], [c, d]]))
    'a*d - b*c'
    """
    size = len(rows)
    if size == 0:
        return Poly.constant(1)
    if size == 1:
        return rows[0][0]
    if size == 2:
        return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]
    total = _ZERO
    for j, head in enumerate(rows[0]):
        if not head.is_zero:
            minor = determinant([[*row[:j], *row[j + 1 :]] for row in rows[1:]])
            total = total + head * minor if j % 2 == 0 else total - head * minor
    return total


def solve_cases(
    equations: Sequence[Equation],
    unknowns: Sequence[str],
    also: Region,
    ask: Prover,
    emptied: list[Region] | None = None,
) -> list[Solution]:
    """Every case of a linear system; cases that contradict the equations and `also` are dropped.

    `also` is a condition on parameters and unknowns that solutions must satisfy anyway; it prunes.
    What was proved empty is added to `emptied`.
    """
    system = all_of((also, *(as_region(e, unknowns) for e in equations)))
    guard: Region = EVERYWHERE
    found: list[Solution] = []
    count = len(unknowns)
    for size in range(min(len(equations), count), -1, -1):
        for rows in combinations(range(len(equations)), size):
            for columns in combinations(range(count), size):
                minor = determinant([[equations[i].coefficients[j] for j in columns] for i in rows])
                if minor.is_zero:
                    continue
                case = all_of((guard, atom(minor, "!=")))
                if case != NOWHERE and not _proved_empty(all_of((case, system)), ask, emptied):
                    solution = _by_cramer(equations, unknowns, rows, columns, minor, case)
                    if solution is not None:
                        found.append(solution)
                guard = all_of((guard, atom(minor, "==")))
                if guard == NOWHERE or _proved_empty(all_of((guard, system)), ask, emptied):
                    return found
    return found


def _proved_empty(region: Region, ask: Prover, emptied: list[Region] | None) -> bool:
    empty = ask.satisfiable(region) is False
    if empty and emptied is not None and region != NOWHERE:
        emptied.append(region)
    return empty


def as_region(equation: Equation, unknowns: Sequence[str]) -> Region:
    """An equation as a region over parameters and unknowns."""
    total = equation.constant
    for coefficient, name in zip(equation.coefficients, unknowns, strict=True):
        total = total + coefficient * Poly.variable(name)
    return atom(total, "==")


def _by_cramer(
    equations: Sequence[Equation],
    unknowns: Sequence[str],
    rows: tuple[int, ...],
    columns: tuple[int, ...],
    minor: Poly,
    case: Region,
) -> Solution | None:
    free = tuple(n for j, n in enumerate(unknowns) if j not in columns)
    right = []
    for i in rows:
        side = -equations[i].constant
        for j, name in enumerate(unknowns):
            if j not in columns:
                side = side - equations[i].coefficients[j] * Poly.variable(name)
        right.append(side)
    tops: dict[str, Poly] = {}
    for k, j in enumerate(columns):
        top = determinant(
            [
                [right[r] if c == k else equations[i].coefficients[jj] for c, jj in enumerate(columns)]
                for r, i in enumerate(rows)
            ]
        )
        tops[unknowns[j]] = top
    consistent = []
    for i in range(len(equations)):
        if i in rows:
            continue
        # smaller minors only come after all larger ones are zero, so no free name is left in the residue
        bordered = [
            [*(equations[r].coefficients[c] for c in columns), equations[r].constant] for r in (*rows, i)
        ]
        residue = determinant(bordered)
        consistent.append(atom(residue, "=="))
    where = all_of((case, *consistent))
    return None if where == NOWHERE else Solution(where, tops, minor, free)
