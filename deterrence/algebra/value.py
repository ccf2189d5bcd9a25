"""Values: the exact expressions that equilibria carry, `(a + b*sqrt(d)) / c` in the parameters.

With b = 0 a value is a fraction of polynomials, the usual case; the square root arises in games of
three players and as the substitute for a quadratic unknown.  A value means something only where its
denominator is not zero and its radicand not negative; whoever makes one keeps that in the region
beside it.  `compare` turns a relation between values into a region without roots or fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from deterrence.algebra.poly import Point, Poly
from deterrence.algebra.region import Region, all_of, any_of, atom
from deterrence.errors import DomainError, OutOfScope

_ZERO = Poly.constant(0)
_ONE = Poly.constant(1)


@dataclass(frozen=True)
class Value:
    """`(a + b*sqrt(d)) / c`, reduced; make one with `value`, `fraction`, `number` or arithmetic.

    >>> x = variable("x")
    >>> str((x - number(1)) / (x * x - number(1)))
    '1/(x + 1)'
    """

    a: Poly
    b: Poly
    d: Poly
    c: Poly

    def __add__(self, other: Value) -> Value:
        d = _radicand(self, other)
        if self.c == other.c:
            return value(self.a + other.a, self.b + other.b, d, self.c)
        return value(
            self.a * other.c + other.a * self.c, self.b * other.c + other.b * self.c, d, self.c * other.c
        )

    def __neg__(self) -> Value:
        return Value(-self.a, -self.b, self.d, self.c)

    def __sub__(self, other: Value) -> Value:
        return self + (-other)

    def __mul__(self, other: Value) -> Value:
        d = _radicand(self, other)
        return value(
            self.a * other.a + self.b * other.b * d,
            self.a * other.b + self.b * other.a,
            d,
            self.c * other.c,
        )

    def __truediv__(self, other: Value) -> Value:
        """The quotient; the caller keeps `other != 0` in the region."""
        if other.b.is_zero:
            return value(self.a * other.c, self.b * other.c, self.d, self.c * other.a)
        conjugate = Value(other.a, -other.b, other.d, _ONE)
        norm = other.a * other.a - other.b * other.b * other.d
        top = self * conjugate
        return value(top.a * other.c, top.b * other.c, top.d, top.c * norm)

    def __pow__(self, exponent: int) -> Value:
        if exponent < 0:
            return number(1) / self ** (-exponent)
        result = number(1)
        for _ in range(exponent):
            result = result * self
        return result

    @property
    def is_rational(self) -> bool:
        """Whether no square root occurs."""
        return self.b.is_zero

    @property
    def is_constant(self) -> bool:
        """Whether no parameter occurs."""
        return all(p.is_constant for p in (self.a, self.b, self.d, self.c))

    @property
    def names(self) -> frozenset[str]:
        """The parameters that occur."""
        return frozenset(n for p in (self.a, self.b, self.d, self.c) for n in p.names)

    def derivative(self, name: str) -> Value:
        """The partial derivative of a fraction; OutOfScope for a value with a square root."""
        if not self.is_rational:
            raise OutOfScope("diff of an expression with a square root is not supported")
        return fraction(self.a.derivative(name) * self.c - self.a * self.c.derivative(name), self.c * self.c)

    def substitute(self, table: dict[str, Value]) -> Value:
        """The value with parameters replaced by values; the caller keeps denominators nonzero."""
        if not table or not (self.names & set(table)):
            return self
        if not self.is_rational:
            d = poly_at(self.d, table)
            if not (d.is_rational and d.c.is_constant):
                raise OutOfScope("a square root of a fraction cannot be carried further")
            scale = d.c.constant_value()  # sqrt(n/s) = sqrt(n*s)/s
            root = value(_ZERO, _ONE, d.a * scale, d.c)
            return (poly_at(self.a, table) + poly_at(self.b, table) * root) / poly_at(self.c, table)
        return poly_at(self.a, table) / poly_at(self.c, table)

    def at(self, point: Point) -> Fraction:
        """The exact value at a point; DomainError where undefined or irrational there."""
        below = self.c.at(point)
        if below == 0:
            raise DomainError(f"the denominator of {self} is zero at this point")
        if self.is_rational:
            return self.a.at(point) / below
        root = exact_sqrt(self.d.at(point))
        if root is None:
            raise DomainError(f"{self} is not a fraction at this point")
        return (self.a.at(point) + self.b.at(point) * root) / below

    def decimal(self, point: Point) -> float:
        """The value at a point as a float, for display."""
        top = float(self.a.at(point))
        if not self.is_rational:
            top += float(self.b.at(point)) * float(self.d.at(point)) ** 0.5
        return top / float(self.c.at(point))

    def __str__(self) -> str:
        from deterrence.algebra.printing import value_text

        return value_text(self)


def exact_sqrt(value: Fraction) -> Fraction | None:
    """The square root when it is a fraction, else None."""
    if value < 0:
        return None
    top, below = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and below * below == value.denominator:
        return Fraction(top, below)
    return None


def value(a: Poly, b: Poly, d: Poly, c: Poly) -> Value:
    """`(a + b*sqrt(d))/c` reduced: common factors cancelled, perfect squares taken out of the root."""
    if not b.is_zero:
        if d.is_zero:
            b = _ZERO
        else:
            content, factors = d.factors()
            inside = Poly.constant(1)
            for factor, multiplicity in factors:
                if multiplicity % 2:
                    inside = inside * factor
            square, rest = _square_part(abs(content))
            outside = Poly.constant(square)
            even = [(f, m // 2) for f, m in factors if m >= 2]
            # sqrt(f**2) is |f|: only constants and even powers of f leave the root safely
            for factor, half in even:
                if half % 2 == 0:
                    outside = outside * factor**half
                else:
                    outside = outside * factor ** (half - 1)
                    inside = inside * factor * factor
            sign = 1 if content > 0 else -1
            b, d = b * outside, inside * (rest * sign)
            if d == _ONE:
                a, b = a + b, _ZERO
    if b.is_zero:
        d = _ZERO
    common = a.gcd(c) if b.is_zero else a.gcd(b).gcd(c)
    if not common.is_constant or abs(common.constant_value()) > 1:
        a, c = a.exact_quotient(common), c.exact_quotient(common)
        b = b if b.is_zero else b.exact_quotient(common)
    if c.leading_sign < 0:
        a, b, c = -a, -b, -c
    return Value(a, b, d, c)


def _square_part(n: int) -> tuple[int, int]:
    square, rest, k = 1, n, 2
    while k * k <= rest and k < 1000:
        while rest % (k * k) == 0:
            rest //= k * k
            square *= k
        k += 1
    root = isqrt(rest)
    return (square * root, 1) if root * root == rest else (square, rest)


def _radicand(left: Value, right: Value) -> Poly:
    if left.b.is_zero:
        return right.d
    if right.b.is_zero or left.d == right.d:
        return left.d
    raise OutOfScope("two different square roots in one expression are not supported")


def fraction(top: Poly, below: Poly) -> Value:
    """`top / below`, reduced; the caller keeps `below != 0` in the region."""
    return value(top, _ZERO, _ZERO, below)


def number(exact: int | Fraction) -> Value:
    """A constant."""
    exact = Fraction(exact)
    return Value(Poly.constant(exact.numerator), _ZERO, _ZERO, Poly.constant(exact.denominator))


def variable(name: str) -> Value:
    """A parameter as a value."""
    return Value(Poly.variable(name), _ZERO, _ZERO, _ONE)


def from_poly(poly: Poly) -> Value:
    """A polynomial as a value."""
    return Value(poly, _ZERO, _ZERO, _ONE)


def poly_at(poly: Poly, table: dict[str, Value]) -> Value:
    """A polynomial with some of its variables replaced by values (Horner in each)."""
    for name in poly.names:
        if name in table:
            result = number(0)
            for coefficient in reversed(poly.coefficients(name)):
                result = result * table[name] + poly_at(coefficient, table)
            return result
    return from_poly(poly)


def sign_region(v: Value, relation: str) -> Region:
    """Where `v relation 0`, for relation one of < <= > >= == !=, given that `v` is defined.

    The conditions `c != 0` and `d >= 0` are included, so the region is right on its own.
    """
    if relation in ("<", "<="):
        return sign_region(-v, ">" if relation == "<" else ">=")
    defined = atom(v.c, "!=")
    top, below = v.a, v.c
    if v.b.is_zero:
        if relation in ("==", "!="):
            return all_of((defined, atom(top, relation)))
        return all_of((defined, atom(top * below, relation)))
    defined = all_of((defined, atom(v.d, ">=")))
    a, b = (v.a, v.b) if relation in ("==", "!=") else (v.a * below, v.b * below)
    norm = a * a - b * b * v.d
    if relation == "==":
        return all_of((defined, atom(norm, "=="), atom(a * b, "<=")))
    if relation == "!=":
        return all_of((defined, any_of((atom(norm, "!="), atom(a * b, ">")))))
    if relation == ">":
        inside = any_of(
            (
                all_of((atom(a, ">"), atom(norm, ">"))),
                all_of((atom(b, ">"), any_of((atom(a, ">"), atom(norm, "<"))))),
            )
        )
    else:
        inside = any_of(
            (all_of((atom(a, ">="), atom(norm, ">="))), all_of((atom(b, ">="), atom(norm, "<="))))
        )
    return all_of((defined, inside))


def compare(left: Value, relation: str, right: Value) -> Region:
    """Where `left relation right` and both are defined, as a region without roots or fractions."""
    if left.b.is_zero or right.b.is_zero or left.d == right.d:
        own = (atom(left.c, "!="), atom(right.c, "!="))
        return all_of((*own, sign_region(left - right, relation)))
    raise OutOfScope("two different square roots in one comparison are not supported")
