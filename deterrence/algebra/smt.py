"""Regions for z3, and as SMT-LIB 2 text for any other solver.

Regions hold polynomials only, so nothing here divides: z3 takes `x/0` to be an arbitrary number, and a
formula that divided could be proved wrongly.  Engine: [deMouraBjorner2008], [JovanovicDeMoura2012].
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

import z3

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import AllOf, AnyOf, Atom, Region, names_of


@lru_cache(maxsize=10000)
def z3_real(name: str) -> Any:
    """The z3 real constant for a parameter."""
    return z3.Real(name)


@lru_cache(maxsize=50000)
def z3_poly(poly: Poly) -> Any:
    """A polynomial as a z3 term."""
    summands = []
    for monomial, coefficient in sorted(poly.terms):
        parts = [z3_real(name) for name, exponent in monomial for _ in range(exponent)]
        if coefficient != 1 or not parts:
            parts.insert(0, z3.RealVal(coefficient))
        summands.append(parts[0] if len(parts) == 1 else z3.Product(*parts))
    if not summands:
        return z3.RealVal(0)
    return summands[0] if len(summands) == 1 else z3.Sum(*summands)


@lru_cache(maxsize=50000)
def z3_region(region: Region) -> Any:
    """A region as a z3 formula."""
    if isinstance(region, Atom):
        left = z3_poly(region.poly)
        if region.relation == ">":
            return left > 0
        if region.relation == ">=":
            return left >= 0
        return left == 0 if region.relation == "==" else left != 0
    if isinstance(region, AllOf):
        return z3.And(*(z3_region(p) for p in region.parts))
    assert isinstance(region, AnyOf)
    return z3.Or(*(z3_region(p) for p in region.parts))


def z3_parts(region: Region) -> list[Any]:
    """A region as formulas to assert one by one, which keeps the parts shared between questions."""
    parts = region.parts if isinstance(region, AllOf) else (region,)
    return [z3_region(p) for p in parts]


def exact(term: Any) -> Fraction | None:
    """A z3 number as a fraction, or None when it is an irrational algebraic number."""
    if z3.is_rational_value(term):
        return Fraction(term.numerator_as_long(), term.denominator_as_long())
    return None


def smtlib(regions: Iterable[Region], comment: str) -> str:
    """SMT-LIB 2 text that asserts the regions together and asks whether a point exists.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.region import atom
    >>> print(smtlib([atom(Poly.variable("x"), ">")], "x can be positive: expect sat"))
    ; x can be positive: expect sat
    (set-logic QF_NRA)
    (declare-const x Real)
    (assert (> x 0))
    (check-sat)
    """
    listed = list(regions)
    names = sorted(frozenset().union(*(names_of(r) for r in listed))) if listed else []
    lines = [f"; {line}" for line in comment.splitlines()]
    lines.append("(set-logic QF_NRA)")
    lines += [f"(declare-const {name} Real)" for name in names]
    lines += [f"(assert {_smt_region(r)})" for r in listed]
    lines.append("(check-sat)")
    return "\n".join(lines)


def _smt_region(region: Region) -> str:
    if isinstance(region, Atom):
        left = _smt_poly(region.poly)
        if region.relation == "!=":
            return f"(not (= {left} 0))"
        return f"({'=' if region.relation == '==' else region.relation} {left} 0)"
    if isinstance(region, AllOf):
        return f"(and {' '.join(map(_smt_region, region.parts))})" if region.parts else "true"
    assert isinstance(region, AnyOf)
    return f"(or {' '.join(map(_smt_region, region.parts))})" if region.parts else "false"


def _smt_poly(poly: Poly) -> str:
    summands = []
    for monomial, coefficient in sorted(poly.terms):
        parts = [name for name, exponent in monomial for _ in range(exponent)]
        if coefficient != 1 or not parts:
            parts.insert(0, str(coefficient) if coefficient >= 0 else f"(- {-coefficient})")
        summands.append(parts[0] if len(parts) == 1 else f"(* {' '.join(parts)})")
    if not summands:
        return "0"
    return summands[0] if len(summands) == 1 else f"(+ {' '.join(summands)})"


def smtlib_projection(regions: Iterable[Region], names: Iterable[str], inside: Region, comment: str) -> str:
    """SMT-LIB 2 text that asserts the regions and that no values of `names` satisfy `inside`.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.region import atom
    >>> x, a = Poly.variable("x"), Poly.variable("a")
    >>> print(smtlib_projection([atom(a, ">")], ["x"], atom(x * x - a, "=="), "expect unsat"))
    ; expect unsat
    (set-logic NRA)
    (declare-const a Real)
    (assert (> a 0))
    (assert (not (exists ((x Real)) (= (+ a (* (- 1) x x)) 0))))
    (check-sat)
    """
    bound = sorted(set(names) & names_of(inside))
    listed = list(regions)
    free = sorted((frozenset().union(*(names_of(r) for r in listed), names_of(inside))) - set(bound))
    body = _smt_region(inside)
    if bound:
        body = f"(exists ({' '.join(f'({n} Real)' for n in bound)}) {body})"
    lines = [f"; {line}" for line in comment.splitlines()]
    lines.append("(set-logic NRA)" if bound else "(set-logic QF_NRA)")
    lines += [f"(declare-const {name} Real)" for name in free]
    lines += [f"(assert {_smt_region(r)})" for r in listed]
    lines += [f"(assert (not {body}))", "(check-sat)"]
    return "\n".join(lines)
