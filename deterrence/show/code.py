"""Regions and values as code that computes with floats, for pages: in JavaScript.

Powers are written as products, because `-x**2` means two things.  Comparisons
go through `sign`, which takes what rounding leaves of a zero for zero, so weak conditions hold on borders.
Whoever runs the code defines it: -1, 0 or 1 for a number, with a tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, AllOf, AnyOf, Atom, Region
from deterrence.algebra.value import Value


@dataclass(frozen=True)
class Dialect:
    """How a language writes truth, and, or, and a square root; `name` puts a parameter's name into code."""

    true: str
    false: str
    both: str
    either: str
    root: str
    name: str = "{}"


JAVASCRIPT: Final = Dialect("true", "false", " && ", " || ", "Math.sqrt", "p.{}")


def poly_code(poly: Poly, dialect: Dialect) -> str:
    """A polynomial as a sum of products.

    >>> x, y = Poly.variable("x"), Poly.variable("y")
    >>> poly_code(2 * x * x - y, JAVASCRIPT)
    '2*p.x*p.x - p.y'
    """
    if poly.is_zero:
        return "0"
    terms = sorted(poly.terms, key=lambda t: (t[1] < 0, t[0]))
    text = ""
    for monomial, coefficient in terms:
        factors = [dialect.name.format(n) for n, e in monomial for _ in range(e)]
        size = abs(coefficient)
        if size != 1 or not factors:
            factors.insert(0, str(size))
        sign = "-" if coefficient < 0 else "+"
        lead = "-" if sign == "-" and not text else "" if not text else f" {sign} "
        text += lead + "*".join(factors)
    return text


def value_code(value: Value, dialect: Dialect) -> str:
    """A value as code; where it is undefined, that divides by zero."""
    top = _surd(value.a, value.b, value.d, dialect)
    if value.e.is_zero and value.c.is_constant and value.c.constant_value() == 1:
        return top
    return f"({top})/({_surd(value.c, value.e, value.d, dialect)})"


def _surd(a: Poly, b: Poly, d: Poly, dialect: Dialect) -> str:
    if b.is_zero:
        return poly_code(a, dialect)
    return f"{poly_code(a, dialect)} + ({poly_code(b, dialect)})*{dialect.root}({poly_code(d, dialect)})"


def region_code(region: Region, dialect: Dialect) -> str:
    """A region as a Boolean expression of `sign` of polynomials.

    >>> from deterrence.algebra.region import atom
    >>> region_code(atom(Poly.variable("x") - 1, ">="), JAVASCRIPT)
    'sign(p.x - 1) >= 0'
    """
    if region == EVERYWHERE:
        return dialect.true
    if region == NOWHERE:
        return dialect.false
    if isinstance(region, Atom):
        return f"sign({poly_code(region.poly, dialect)}) {region.relation} 0"
    assert isinstance(region, AllOf | AnyOf)
    word = dialect.both if isinstance(region, AllOf) else dialect.either
    return word.join(f"({region_code(p, dialect)})" for p in region.parts)
