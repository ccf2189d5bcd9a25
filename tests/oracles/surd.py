"""Exact numbers a + b*sqrt(d): what the fully mixed equilibria of a 2x2x2 game are made of.

Defines ordered-field arithmetic on `Surd`, enough to check an equilibrium by definition without rounding.
Scope: real quadratic fields over the rationals: d > 0 is no square, numbers of one computation share it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from math import isqrt, sqrt

Exact = Fraction | int


@total_ordering
@dataclass(frozen=True, eq=False)
class Surd:
    """a + b*sqrt(d); comparisons and equality are of values.

    >>> golden = Surd(Fraction(1, 2), Fraction(1, 2), 5)
    >>> golden * golden == golden + 1, golden > Fraction(8, 5)
    (True, True)
    """

    a: Fraction
    b: Fraction
    d: Fraction | int

    def sign(self) -> int:
        """-1, 0 or 1, by comparing squares."""
        rational, radical = _sign(self.a), _sign(self.b)
        if rational * radical >= 0:
            return rational or radical
        return rational * _sign(self.a**2 - self.b**2 * self.d)

    def _lift(self, other: Surd | Exact) -> Surd:
        if isinstance(other, Surd):
            if other.d != self.d:
                raise ValueError(f"numbers over sqrt({self.d}) and sqrt({other.d}) are not mixed here")
            return other
        return Surd(Fraction(other), Fraction(0), self.d)

    def __add__(self, other: Surd | Exact) -> Surd:
        o = self._lift(other)
        return Surd(self.a + o.a, self.b + o.b, self.d)

    def __mul__(self, other: Surd | Exact) -> Surd:
        o = self._lift(other)
        return Surd(self.a * o.a + self.b * o.b * self.d, self.a * o.b + self.b * o.a, self.d)

    def __neg__(self) -> Surd:
        return Surd(-self.a, -self.b, self.d)

    def __sub__(self, other: Surd | Exact) -> Surd:
        return self + -self._lift(other)

    def __rsub__(self, other: Exact) -> Surd:
        return -self + other

    def __truediv__(self, other: Surd | Exact) -> Surd:
        o = self._lift(other)
        norm = o.a**2 - o.b**2 * o.d
        return self * Surd(o.a / norm, -o.b / norm, self.d)

    def __rtruediv__(self, other: Exact) -> Surd:
        return self._lift(other) / self

    __radd__ = __add__
    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Surd | Fraction | int) and (self - other).sign() == 0

    def __lt__(self, other: Surd | Exact) -> bool:
        return (self - other).sign() < 0

    def __hash__(self) -> int:
        return hash(self.a) if self.b == 0 else hash((self.a, self.b, self.d))

    def __float__(self) -> float:
        return float(self.a) + float(self.b) * sqrt(self.d)


def _sign(value: Exact) -> int:
    return (value > 0) - (value < 0)


def square_root(value: Fraction) -> Fraction | None:
    """The root of a square of a fraction, else None.

    >>> square_root(Fraction(9, 4))
    Fraction(3, 2)
    """
    if value < 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if Fraction(top, bottom) ** 2 == value else None


def quadratic_roots(a: Fraction, b: Fraction, c: Fraction) -> list[Fraction | Surd]:
    """The distinct real roots of a*x^2 + b*x + c, not all zero; fractions where they are rational."""
    if a == 0:
        return [-c / b] if b != 0 else []
    discriminant = b * b - 4 * a * c
    if discriminant < 0:
        return []
    root = square_root(discriminant)
    if root is None:
        return [Surd(-b / (2 * a), s / (2 * a), discriminant) for s in (Fraction(-1), Fraction(1))]
    return sorted({(-b - root) / (2 * a), (-b + root) / (2 * a)})
