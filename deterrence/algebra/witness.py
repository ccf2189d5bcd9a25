"""Exact points of a region with small numbers, found one parameter at a time.

Each parameter in turn is tried at small whole numbers and simple fractions; the first value that leaves
the region non-empty is kept.  Every point returned was checked by exact substitution.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import z3

from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import NOWHERE, Region, all_of, atom, names_of
from deterrence.algebra.smt import z3_real, z3_region

_TRIES = 300
_SMALL = (
    *map(Fraction, ("1", "2", "1/2", "3", "0", "4", "1/3", "2/3", "1/4", "3/4")),
    *map(Fraction, ("5", "3/2", "-1", "6", "1/5", "8", "10", "1/10", "-2", "-1/2")),
)


def find_point(
    region: Region, given: Region, names: Sequence[str] = (), near: Mapping[str, Fraction] | None = None
) -> Witness | None:
    """An exact point of `region` under `given`, with a value for each of `names` too, or None.

    None means that no rational point was found; ask the prover whether the region is empty.  Values of
    `near` are tried first where they fit.

    >>> x, y = Poly.variable("x"), Poly.variable("y")
    >>> find_point(atom(x - 2 * y, ">"), atom(y, ">"))
    {'x': Fraction(2, 1), 'y': Fraction(1, 2)}
    """
    ask = prover(given)
    if region == NOWHERE or ask.satisfiable(region) is False:
        return None
    wanted = sorted({*names_of(region), *names_of(given), *names}, reverse=True)
    if near and set(near) >= names_of(given):
        ask.know(near)
    listed = [p for p in ask.pool_points(region) if set(wanted) <= set(p)]
    if listed:
        best = min(listed, key=lambda p: _plainness(p, wanted, near or {}))
        return _plainer({n: best[n] for n in sorted(wanted)}, all_of((given, region)), near or {})
    left = [_TRIES]
    point = _descend(region, wanted, {}, given, near or {}, left)
    if point is None:
        return None
    point = {n: point[n] for n in sorted(point)}
    return point if region.contains(point) and given.contains(point) else None


def _descend(
    region: Region,
    wanted: Sequence[str],
    point: Witness,
    given: Region,
    near: Mapping[str, Fraction],
    left: list[int],
) -> Witness | None:
    """Values for the names still wanted, trying the plainest first and going back where none fits."""
    if not wanted:
        return point
    for choice in _choices(region, wanted[0], given, near.get(wanted[0])):
        if left[0] <= 0:
            return None
        left[0] -= 1
        narrowed = all_of((region, fixed(wanted[0], choice)))
        if prover(given).satisfiable(narrowed) is True:
            found = _descend(narrowed, wanted[1:], {**point, wanted[0]: choice}, given, near, left)
            if found is not None:
                return found
    return None


def _plainness(
    point: Mapping[str, Fraction], names: Sequence[str], near: Mapping[str, Fraction]
) -> tuple[int, int]:
    """How many parameters differ from the point asked for, then how large the numbers are."""
    differs = sum(1 for n in names if n in near and point[n] != near[n])
    return differs, sum(abs(point[n].numerator) + point[n].denominator for n in names)


def _plainer(point: Witness, region: Region, near: Mapping[str, Fraction]) -> Witness:
    """The point with each value in turn made as plain as the others allow, by substitution alone."""
    for name in point:
        for candidate in (near[name], *_SMALL) if name in near else _SMALL:
            if candidate == point[name]:
                break
            moved = {**point, name: candidate}
            if region.contains(moved):
                point = moved
                break
    return point


def fixed(name: str, number: Fraction) -> Region:
    """The region where a parameter has this value."""
    return atom(Poly.variable(name) * number.denominator - number.numerator, "==")


def _choices(region: Region, name: str, given: Region, near: Fraction | None) -> Iterator[Fraction]:
    """Plain values first, then the plainest ever nearer to one that the solver names."""
    if near is not None:
        yield near
    yield from _SMALL
    around = _model_value(region, name, given)
    if around is not None:
        for width in map(Fraction, ("1", "1/2", "1/8", "1/64", "1e-4", "1e-8")):
            yield simplest_between(around - width, around + width)
        yield around


def _model_value(region: Region, name: str, given: Region) -> Fraction | None:
    solver = z3.Solver()
    solver.set("timeout", 1000)
    solver.add(z3_region(given), z3_region(region))
    if solver.check() != z3.sat:
        return None
    number: Any = solver.model().eval(z3_real(name), model_completion=True)
    if z3.is_algebraic_value(number):
        number = number.approx(20)
    return Fraction(number.numerator_as_long(), number.denominator_as_long())


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the smallest denominator in the open interval (Stern-Brocot).

    >>> simplest_between(Fraction(3, 10), Fraction(2, 5))
    Fraction(1, 3)
    """
    if low < 0 < high:
        return Fraction(0)
    if high <= 0:
        return -simplest_between(-high, -low)
    whole = low.numerator // low.denominator
    if whole + 1 < high:
        return Fraction(whole + 1)
    if low == whole:
        inverse = 1 / (high - whole)
        return whole + Fraction(1, inverse.numerator // inverse.denominator + 1)
    return whole + 1 / simplest_between(1 / (high - whole), 1 / (low - whole))
