"""SymPy at the surface: expressions in, expressions and conditions out.

Only ready-made SymPy objects are read, never text, because SymPy's own parsers execute what they read.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import AllOf, AnyOf, Atom, Region
from deterrence.algebra.value import Value, number, value, variable
from deterrence.errors import InexactNumber, OutOfScope


def from_sympy(expression: Any) -> Value:
    """A SymPy expression, whole number or Fraction as an exact value.

    Raises InexactNumber for floats and OutOfScope for functions outside the grammar.

    >>> x = sympy.Symbol("x")
    >>> str(from_sympy((x**2 - 1) / (x - 1)))
    'x + 1'
    """
    if isinstance(expression, float):
        raise InexactNumber("a payoff", expression)
    if isinstance(expression, int | Fraction):
        return number(expression)
    if not isinstance(expression, sympy.Expr):
        raise OutOfScope(f"{expression!r} is not an exact number or a SymPy expression")
    if isinstance(expression, sympy.Float):
        raise InexactNumber("a payoff", float(expression))
    if isinstance(expression, sympy.Rational):
        return number(Fraction(int(expression.p), int(expression.q)))
    if isinstance(expression, sympy.Symbol):
        return variable(expression.name)
    if isinstance(expression, sympy.Add):
        total = number(0)
        for term in expression.args:
            total = total + from_sympy(term)
        return total
    if isinstance(expression, sympy.Mul):
        product = number(1)
        for factor in expression.args:
            product = product * from_sympy(factor)
        return product
    if isinstance(expression, sympy.Pow):
        base, exponent = expression.args
        if isinstance(exponent, sympy.Integer) and abs(int(exponent)) <= 64:
            return from_sympy(base) ** int(exponent)
        if exponent == sympy.Rational(1, 2):
            inner = from_sympy(base)
            if inner.is_rational and inner.c.is_constant:
                zero, one = Poly.constant(0), Poly.constant(1)
                return value(zero, one, inner.a * inner.c, inner.c)
    raise OutOfScope(f"{expression} is outside the exact algebra; use + - * /, whole powers and parameters")


def poly_to_sympy(poly: Poly) -> Any:
    """A polynomial as a SymPy expression."""
    return sympy.Add(
        *(
            sympy.Mul(sympy.Integer(c), *(sympy.Symbol(n) ** e for n, e in monomial))
            for monomial, c in sorted(poly.terms)
        )
    )


def to_sympy(v: Value) -> Any:
    """A value as a SymPy expression."""
    root = sympy.sqrt(poly_to_sympy(v.d))
    top = poly_to_sympy(v.a) + poly_to_sympy(v.b) * root
    return top / (poly_to_sympy(v.c) + poly_to_sympy(v.e) * root)


def to_sympy_condition(region: Region) -> Any:
    """A region as a SymPy condition."""
    if isinstance(region, Atom):
        left = poly_to_sympy(region.poly)
        make = {">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne}[region.relation]
        return make(left, 0)
    if isinstance(region, AllOf):
        return sympy.And(*(to_sympy_condition(p) for p in region.parts))
    assert isinstance(region, AnyOf)
    return sympy.Or(*(to_sympy_condition(p) for p in region.parts))
