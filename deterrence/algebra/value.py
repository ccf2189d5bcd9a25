"""Values: the exact expressions that equilibria carry, `(a + b*sqrt(d)) / (c + e*sqrt(d))`.

Without the root a value is a fraction of polynomials, the usual case; the square root arises in games of
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
    """`(a + b*sqrt(d)) / (c + e*sqrt(d))`, reduced; make one with `fraction`, `number` or arithmetic.

    A root in a denominator stays there: clearing it would divide by something that can be zero where the
    denominator is not.

    >>> x = variable("x")
    >>> str((x - number(1)) / (x * x - number(1)))
    '1/(x + 1)'
    """

    a: Poly
    b: Poly
    d: Poly
    c: Poly
    e: Poly = _ZERO

    def __add__(self, other: Value) -> Value:
        if self.is_rational and other.is_rational:
            if self.a.is_zero:
                return other
            if other.a.is_zero:
                return self
            if self.c == other.c:
                return fraction(self.a + other.a, self.c)
            return fraction(self.a * other.c + other.a * self.c, self.c * other.c)
        d = _radicand(self, other)
        if self.c == other.c and self.e == other.e:
            return value(self.a + other.a, self.b + other.b, d, self.c, self.e)
        one = _times((self.a, self.b), (other.c, other.e), d)
        two = _times((other.a, other.b), (self.c, self.e), d)
        return value(one[0] + two[0], one[1] + two[1], d, *_times((self.c, self.e), (other.c, other.e), d))

    def __neg__(self) -> Value:
        return Value(-self.a, -self.b, self.d, self.c, self.e)

    def __sub__(self, other: Value) -> Value:
        return self + (-other)

    def __mul__(self, other: Value) -> Value:
        if self.is_rational and other.is_rational:
            if self.a.is_one and self.c.is_one:
                return other
            if other.a.is_one and other.c.is_one:
                return self
            return fraction(self.a * other.a, self.c * other.c)
        d = _radicand(self, other)
        top = _times((self.a, self.b), (other.a, other.b), d)
        return value(*top, d, *_times((self.c, self.e), (other.c, other.e), d))

    def __truediv__(self, other: Value) -> Value:
        """The quotient; the caller keeps `other != 0` in the region."""
        if self.is_rational and other.is_rational:
            return fraction(self.a * other.c, self.c * other.a)
        return self * Value(other.c, other.e, other.d, other.a, other.b)

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
        return self.b.is_zero and self.e.is_zero

    @property
    def is_zero(self) -> bool:
        """Whether this is the constant zero."""
        return self.a.is_zero and self.b.is_zero

    @property
    def is_constant(self) -> bool:
        """Whether no parameter occurs."""
        return all(p.is_constant for p in (self.a, self.b, self.d, self.c, self.e))

    @property
    def names(self) -> frozenset[str]:
        """The parameters that occur."""
        return frozenset(n for p in (self.a, self.b, self.d, self.c, self.e) for n in p.names)

    @property
    def denominator(self) -> Value:
        """What the value divides by."""
        return Value(self.c, self.e, self.d, _ONE)

    def derivative(self, name: str) -> Value:
        """The partial derivative of a fraction; OutOfScope for a value with a square root."""
        if not self.is_rational:
            raise OutOfScope("diff of an expression with a square root is not supported")
        return fraction(self.a.derivative(name) * self.c - self.a * self.c.derivative(name), self.c * self.c)

    def substitute(self, table: dict[str, Value]) -> Value:
        """The value with parameters replaced by values; the caller keeps denominators nonzero."""
        if not table or not (self.names & set(table)):
            return self
        if self.is_rational:
            return poly_at(self.a, table) / poly_at(self.c, table)
        d = poly_at(self.d, table)
        if not (d.is_rational and d.c.is_constant):
            raise OutOfScope("a square root of a fraction cannot be carried further")
        scale = d.c.constant_value()  # sqrt(n/s) = sqrt(n*s)/s
        root = value(_ZERO, _ONE, d.a * scale, d.c)
        top = poly_at(self.a, table) + poly_at(self.b, table) * root
        return top / (poly_at(self.c, table) + poly_at(self.e, table) * root)

    def at(self, point: Point) -> Fraction:
        """The exact value at a point; DomainError where undefined or irrational there."""
        root = Fraction(0)
        if not self.is_rational:
            found = exact_sqrt(self.d.at(point))
            if found is None:
                raise DomainError(f"{self} is not a fraction at this point")
            root = found
        below = self.c.at(point) + self.e.at(point) * root
        if below == 0:
            raise DomainError(f"the denominator of {self} is zero at this point")
        return (self.a.at(point) + self.b.at(point) * root) / below

    def decimal(self, point: Point) -> float:
        """The value at a point as a float, for display."""
        root = 0.0 if self.is_rational else float(self.d.at(point)) ** 0.5
        top = float(self.a.at(point)) + float(self.b.at(point)) * root
        return top / (float(self.c.at(point)) + float(self.e.at(point)) * root)

    def __str__(self) -> str:
        from deterrence.algebra.printing import value_text

        return value_text(self)

    def __repr__(self) -> str:
        return f"Value({self})"


def _times(one: tuple[Poly, Poly], two: tuple[Poly, Poly], d: Poly) -> tuple[Poly, Poly]:
    """`(a + b*sqrt(d)) * (a' + b'*sqrt(d))` as its two parts."""
    if one[1].is_zero and two[1].is_zero:
        return one[0] * two[0], _ZERO
    return one[0] * two[0] + one[1] * two[1] * d, one[0] * two[1] + one[1] * two[0]


def exact_sqrt(value: Fraction) -> Fraction | None:
    """The square root when it is a fraction, else None."""
    if value < 0:
        return None
    top, below = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and below * below == value.denominator:
        return Fraction(top, below)
    return None


def value(a: Poly, b: Poly, d: Poly, c: Poly, e: Poly = _ZERO) -> Value:
    """`(a + b*sqrt(d))/(c + e*sqrt(d))` reduced: common factors cancelled, squares taken out of the root."""
    if not (b.is_zero and e.is_zero):
        outside, d = _rooted(d)
        b, e = b * outside, e * outside
        if d.is_zero:
            b = e = _ZERO
        elif d == _ONE:
            a, b, c, e = a + b, _ZERO, c + e, _ZERO
    if not e.is_zero and all(p.is_constant for p in (c, e, d)):  # a constant denominator: clear the root
        top, below = _times((a, b), (c, -e), d), _times((c, e), (c, -e), d)
        if not below[0].is_zero:
            (a, b), c, e = top, below[0], _ZERO
    if b.is_zero and e.is_zero:
        d = _ZERO
    common = a.gcd(c)
    for p in (b, e):
        common = common if p.is_zero else common.gcd(p)
    if not common.is_constant or abs(common.constant_value()) > 1:
        a, c = a.exact_quotient(common), c.exact_quotient(common)
        b, e = (p if p.is_zero else p.exact_quotient(common) for p in (b, e))
    if (c.leading_sign or e.leading_sign) < 0:
        a, b, c, e = -a, -b, -c, -e
    return Value(a, b, d, c, e)


def _rooted(d: Poly) -> tuple[Poly, Poly]:
    """`outside * sqrt(inside) == sqrt(d)`, with square constants taken out.

    Powers of a polynomial f stay inside: the root of `f**2` is the absolute value of f, and that of
    `f**4 * g` is defined where f is zero whatever the sign of g.
    """
    if d.is_zero:
        return _ONE, d
    content = d.content
    square, rest = _square_part(content)
    return Poly.constant(square), d.exact_quotient(content) * rest


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
    if left.is_rational:
        return right.d
    if right.is_rational or left.d == right.d:
        return left.d
    raise OutOfScope("two different square roots in one expression are not supported")


def fraction(top: Poly, below: Poly) -> Value:
    """`top / below`, reduced; the caller keeps `below != 0` in the region."""
    if not below.is_one:
        common = top.gcd(below)
        if not (common.is_one or common.is_zero):
            top, below = top.exact_quotient(common), below.exact_quotient(common)
        if below.leading_sign < 0:
            top, below = -top, -below
    return Value(top, _ZERO, _ZERO, below)


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
    """Where `v relation 0`, for relation one of < <= > >= == !=, and `v` is defined.

    A nonzero denominator and a nonnegative radicand are part of the region, so it is right on its own.
    """
    if relation in ("<", "<="):
        return sign_region(-v, ">" if relation == "<" else ">=")
    defined = _surd_region(v.c, v.e, v.d, "!=")
    if relation in ("==", "!="):
        return all_of((defined, _surd_region(v.a, v.b, v.d, relation)))
    top = _times((v.a, v.b), (v.c, v.e), v.d)
    return all_of((defined, _surd_region(*top, v.d, relation)))


def _surd_region(a: Poly, b: Poly, d: Poly, relation: str) -> Region:
    """Where `a + b*sqrt(d) relation 0`, for relation one of > >= == !=, and the root is defined."""
    if b.is_zero:
        return all_of((atom(d, ">="), atom(a, relation)))
    norm = a * a - b * b * d
    if relation == "==":
        return all_of((atom(d, ">="), atom(norm, "=="), atom(a * b, "<=")))
    if relation == "!=":
        return all_of((atom(d, ">="), any_of((atom(norm, "!="), atom(a * b, ">")))))
    both = all_of((atom(a, relation), atom(norm, relation)))
    if relation == ">":
        rising = all_of((atom(b, ">"), any_of((atom(a, ">"), atom(norm, "<")))))
    else:
        rising = all_of((atom(b, ">="), atom(norm, "<=")))
    return all_of((atom(d, ">="), any_of((both, rising))))


def compare(left: Value, relation: str, right: Value) -> Region:
    """Where `left relation right` and both are defined, as a region without roots or fractions."""
    own = (sign_region(left.denominator, "!="), sign_region(right.denominator, "!="))
    return all_of((*own, sign_region(left - right, relation)))
