"""Linear programmes in exact fractions: the maximum of a linear function, with a certificate.

The simplex method in two phases with Bland's rule, which cannot cycle [Bland1977].  What comes back can be
checked by anyone: the point is within the conditions, and the multipliers bound the objective by the same
value from above, so no point does better [Schrijver1986].

Scope: small problems in numbers (tens of unknowns); unknowns are not negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Row = tuple[Fraction, ...]
_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Condition:
    """`sum(coefficient * unknown) <= bound`, or `== bound` where `equal`."""

    coefficients: Row
    bound: Fraction
    equal: bool = False


@dataclass(frozen=True)
class Optimum:
    """The largest value, a point where it is reached, and a multiplier for each condition.

    Multipliers of inequalities are not negative; the conditions times them add up to at least the objective
    in every unknown, and their bounds to the value.
    """

    value: Fraction
    point: Row
    multipliers: Row


def maximise(objective: Row, conditions: Sequence[Condition]) -> Optimum | None:
    """The maximum over unknowns that are not negative; None where no point meets the conditions.

    Raises ValueError where the objective has no bound.

    >>> two = [Condition((_ONE, Fraction(2)), Fraction(4)), Condition((Fraction(3), _ONE), Fraction(6))]
    >>> found = maximise((_ONE, _ONE), two)
    >>> str(found.value), [str(x) for x in found.point], [str(y) for y in found.multipliers]
    ('14/5', ['8/5', '6/5'], ['2/5', '1/5'])
    """
    table = _Table(len(objective), conditions)
    if not table.feasible():
        return None
    table.improve(objective)
    return table.optimum(objective)


def certified(objective: Row, conditions: Sequence[Condition], found: Optimum) -> bool:
    """Whether point and multipliers prove the optimum, by substitution alone."""
    meets = all(x >= 0 for x in found.point)
    for c in conditions:
        left = _dot(c.coefficients, found.point)
        meets = meets and (left == c.bound if c.equal else left <= c.bound)
    signs = all(c.equal or y >= 0 for c, y in zip(conditions, found.multipliers, strict=True))
    covered = all(
        sum((y * c.coefficients[j] for c, y in zip(conditions, found.multipliers, strict=True)), _ZERO)
        >= wanted
        for j, wanted in enumerate(objective)
    )
    bound = sum((y * c.bound for c, y in zip(conditions, found.multipliers, strict=True)), _ZERO)
    return meets and signs and covered and bound == found.value == _dot(objective, found.point)


class _Table:
    """The simplex table: unknowns, a slack for each inequality, and an artificial unknown for each row."""

    def __init__(self, unknowns: int, conditions: Sequence[Condition]) -> None:
        self.unknowns = unknowns
        self.flipped = [c.bound < 0 for c in conditions]
        slacks = [i for i, c in enumerate(conditions) if not c.equal]
        self.artificial = unknowns + len(slacks)
        self.rows: list[list[Fraction]] = []
        for i, c in enumerate(conditions):
            row = [*c.coefficients, *(_ONE if i == s else _ZERO for s in slacks), c.bound]
            if self.flipped[i]:
                row = [-x for x in row]
            row[-1:-1] = [_ONE if i == k else _ZERO for k in range(len(conditions))]
            self.rows.append(row)
        self.basis = [self.artificial + i for i in range(len(conditions))]
        self.costs: list[Fraction] = []

    def feasible(self) -> bool:
        """Phase one: drive the artificial unknowns to zero; whether that is possible."""
        width = self.artificial + len(self.rows)
        self._price([_ZERO] * self.artificial + [-_ONE] * len(self.rows))
        self._run(width)
        if self.costs[-1] != 0:
            return False
        for i, column in enumerate(self.basis):  # an artificial unknown left in the basis is zero
            if column >= self.artificial:
                entering = next((j for j in range(self.artificial) if self.rows[i][j] != 0), None)
                if entering is not None:
                    self._pivot(i, entering)
        return True

    def improve(self, objective: Row) -> None:
        """Phase two: the objective itself, from a point that meets the conditions."""
        self._price([*objective, *[_ZERO] * (self.artificial + len(self.rows) - self.unknowns)])
        self._run(self.artificial)

    def optimum(self, objective: Row) -> Optimum:
        """The point and multipliers that the finished table holds."""
        point = [_ZERO] * self.unknowns
        for row, column in zip(self.rows, self.basis, strict=True):
            if column < self.unknowns:
                point[column] = row[-1]
        # an artificial unknown has the column of the unit matrix, so its price is the row's multiplier
        prices = self.costs[self.artificial : -1]
        multipliers = tuple(-p if flip else p for p, flip in zip(prices, self.flipped, strict=True))
        return Optimum(_dot(objective, point), tuple(point), multipliers)

    def _price(self, objective: Sequence[Fraction]) -> None:
        """Costs of leaving the basis: what each column would lose, the value so far at the end."""
        self.costs = [-c for c in objective] + [_ZERO]
        for row, column in zip(self.rows, self.basis, strict=True):
            weight = objective[column]
            if weight:
                self.costs = [c + weight * r for c, r in zip(self.costs, row, strict=True)]

    def _run(self, width: int) -> None:
        while True:
            entering = next((j for j in range(width) if self.costs[j] < 0), None)
            if entering is None:
                return
            ratios = [
                (row[-1] / row[entering], self.basis[i], i)
                for i, row in enumerate(self.rows)
                if row[entering] > 0
            ]
            if not ratios:
                raise ValueError("the objective has no bound under these conditions")
            self._pivot(min(ratios)[2], entering)

    def _pivot(self, leaving: int, entering: int) -> None:
        lead = self.rows[leaving][entering]
        self.rows[leaving] = chosen = [x / lead for x in self.rows[leaving]]
        for i, row in enumerate(self.rows):
            if i != leaving and row[entering]:
                self.rows[i] = _minus(row, row[entering], chosen)
        if self.costs[entering]:
            self.costs = _minus(self.costs, self.costs[entering], chosen)
        self.basis[leaving] = entering


def _minus(row: Sequence[Fraction], factor: Fraction, other: Sequence[Fraction]) -> list[Fraction]:
    return [a - factor * b if b else a for a, b in zip(row, other, strict=True)]


def _dot(left: Sequence[Fraction], right: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(left, right, strict=True)), _ZERO)
