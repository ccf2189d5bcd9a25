"""The partial derivative of a value, square roots included.

`diff` of the model-file grammar refuses roots; comparative statics needs them, because equilibria of three
players have them.  The derivative of `sqrt(d)` is `d'/(2*d)*sqrt(d)`, which is defined where `d > 0`; where
the radicand is zero the result divides by zero, and `sign_region` leaves those points out.
"""

from __future__ import annotations

from deterrence.algebra.poly import Poly
from deterrence.algebra.value import Value, fraction, from_poly, value


def derivative(v: Value, name: str) -> Value:
    """The partial derivative by one parameter, where it is defined.

    >>> from deterrence.algebra.value import number, variable
    >>> str(derivative(variable("x") / (variable("x") + number(1)), "x"))
    '1/((x + 1)**2)'
    """
    if v.is_rational:
        return v.derivative(name)
    root = value(Poly.constant(0), Poly.constant(1), v.d, Poly.constant(1))
    moved = fraction(v.d.derivative(name), 2 * v.d) * root

    def sides(plain: Poly, with_root: Poly) -> tuple[Value, Value]:
        """`plain + with_root*root` and its derivative."""
        here = from_poly(plain) + from_poly(with_root) * root
        slope = from_poly(plain.derivative(name)) + from_poly(with_root.derivative(name)) * root
        return here, slope + from_poly(with_root) * moved

    top, top_slope = sides(v.a, v.b)
    below, below_slope = sides(v.c, v.e)
    return (top_slope * below - top * below_slope) / (below * below)
