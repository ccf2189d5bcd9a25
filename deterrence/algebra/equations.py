"""Equations that stand together, put as simply as sums, differences and substitution allow.

Two conditions that hold with equality often say together what neither says alone: tit-for-tat's two long
equations add up to `(d + 1)*(P + R - S - T) == 0`, so one of them is `P + R == S + T`.  Each step replaces
one equation by a shorter one that says the same beside the others, so the region stays what it was.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import Atom, Region, all_of, atom
from deterrence.algebra.value import from_poly, poly_at

MAX_EQUATIONS, MAX_TERMS, MAX_ASKED = 6, 200, 60


def simpler_equations(parts: Sequence[Region], ask: Prover) -> list[Region]:
    """The parts of a conjunction with their equations as short as the others make them.

    >>> from deterrence.algebra.decide import prover
    >>> from deterrence.algebra.region import EVERYWHERE
    >>> x, y, z = (Poly.variable(n) for n in "xyz")
    >>> two = [atom(x + y - z, "=="), atom(x - y - z, "==")]
    >>> [str(p) for p in simpler_equations(two, prover(EVERYWHERE))]
    ['y == 0', 'x == z']
    """
    found = [p.poly for p in parts if isinstance(p, Atom) and p.relation == "=="]
    if not 2 <= len(found) <= MAX_EQUATIONS or any(p.size > MAX_TERMS for p in found):
        return list(parts)
    rest = [p for p in parts if not (isinstance(p, Atom) and p.relation == "==")]
    where = all_of(rest)
    equations = found
    while (shorter := _step(equations, where, ask)) is not None:
        equations = shorter
    if equations == found:
        return list(parts)
    return [*(atom(p, "==") for p in sorted(equations, key=_weight)), *rest]


def _step(equations: list[Poly], where: Region, ask: Prover) -> list[Poly] | None:
    """The equations with one of them made shorter, or left out; None where nothing gets shorter."""
    for one, two in itertools.combinations(sorted(equations, key=_weight), 2):
        others = [p for p in equations if p not in (one, two)]
        for combined in (one + two, one - two, *_substituted(two, one)):
            short = _stripped(combined, two, where, ask)
            if short is not None and _weight(short)[:2] < _weight(two)[:2]:
                return [*others, one] if short.is_zero or short == one else [*others, one, short]
    return None


def _substituted(poly: Poly, equation: Poly) -> list[Poly]:
    """The polynomial with a parameter replaced by what the equation, linear in it, says that it is."""
    found = []
    for name in equation.names:
        coefficients = equation.coefficients(name)
        if len(coefficients) == 2 and coefficients[1].is_constant and name in poly.names:
            slope = coefficients[1].constant_value()
            if abs(slope) == 1:
                put = poly_at(poly, {name: from_poly(coefficients[0] * -slope)})
                found.append(put.a)
    return found


def _stripped(poly: Poly, longer: Poly, where: Region, ask: Prover) -> Poly | None:
    """The polynomial without factors that are zero nowhere; None where it could not get short enough."""
    if poly.is_zero:
        return poly
    factors = [f for f, _ in poly.factors()[1]]
    if min((f.size for f in factors), default=0) >= longer.size:
        return None
    kept = Poly.constant(1)
    for factor in factors:
        if factor.size > MAX_ASKED or ask.nonzero(factor, where) is not True:
            kept = kept * factor
    return None if kept.is_constant else kept.primitive()


def _weight(poly: Poly) -> tuple[int, int, tuple[str, ...], str]:
    return (poly.total_degree + poly.size, poly.size, poly.names, str(poly))
