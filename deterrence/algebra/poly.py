"""Polynomials with whole-number coefficients in named variables: the arithmetic under every region.

A thin immutable wrapper over python-flint's `fmpz_mpoly`.  It adds what flint leaves to the caller:
operands over different variables are brought together, equality and hashing do not depend on which
variables a context happens to list, and points are evaluated in exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

from flint import Ordering, fmpz_mpoly_ctx

Monomial = tuple[tuple[str, int], ...]
Point = Mapping[str, Fraction]


@lru_cache(maxsize=4096)
def _context(names: tuple[str, ...]) -> Any:
    return fmpz_mpoly_ctx.get(names, Ordering.lex)


class Poly:
    """A polynomial such as `h*m - c`; build one from `Poly.constant`, `Poly.variable` and arithmetic.

    >>> h, m, c = (Poly.variable(n) for n in "hmc")
    >>> (h*m - c) == (m*h - c), (h*m - c).names
    (True, ('c', 'h', 'm'))
    """

    __slots__ = ("_hash", "_key", "_mp", "_order")

    def __init__(self, mp: Any, order: tuple[str, ...]) -> None:
        self._mp = mp
        self._order = order
        self._key: frozenset[tuple[Monomial, int]] | None = None
        self._hash: int | None = None

    # -- construction -------------------------------------------------------------------------
    @staticmethod
    def constant(value: int) -> Poly:
        """The constant polynomial `value`."""
        return Poly(_context(()).constant(value), ())

    @staticmethod
    @lru_cache(maxsize=4096)
    def variable(name: str) -> Poly:
        """The polynomial that is just the variable `name`."""
        return Poly(_context((name,)).gens()[0], (name,))

    @staticmethod
    def from_terms(terms: Iterable[tuple[Monomial, int]]) -> Poly:
        """The sum of `coefficient * product(name ** exponent)`."""
        listed = list(terms)
        order = tuple(sorted({name for monomial, _ in listed for name, _ in monomial}))
        place = {name: i for i, name in enumerate(order)}
        table: dict[tuple[int, ...], int] = {}
        for monomial, coefficient in listed:
            exponents = [0] * len(order)
            for name, exponent in monomial:
                exponents[place[name]] += exponent
            key = tuple(exponents)
            table[key] = table.get(key, 0) + coefficient
        return Poly(_context(order).from_dict(table), order)

    # -- arithmetic ---------------------------------------------------------------------------
    def _over(self, order: tuple[str, ...]) -> Any:
        return self._mp if order == self._order else self._mp.project_to_context(_context(order))

    def _join(self, other: Poly) -> tuple[Any, Any, tuple[str, ...]]:
        if self._order == other._order:
            return self._mp, other._mp, self._order
        order = tuple(sorted({*self._order, *other._order}))
        return self._over(order), other._over(order), order

    def __add__(self, other: Poly | int) -> Poly:
        if isinstance(other, int):
            return Poly(self._mp + other, self._order)
        a, b, order = self._join(other)
        return Poly(a + b, order)

    __radd__ = __add__

    def __neg__(self) -> Poly:
        return Poly(-self._mp, self._order)

    def __sub__(self, other: Poly | int) -> Poly:
        if isinstance(other, int):
            return Poly(self._mp - other, self._order)
        a, b, order = self._join(other)
        return Poly(a - b, order)

    def __rsub__(self, other: int) -> Poly:
        return Poly(other - self._mp, self._order)

    def __mul__(self, other: Poly | int) -> Poly:
        if isinstance(other, int):
            return Poly(self._mp * other, self._order)
        a, b, order = self._join(other)
        return Poly(a * b, order)

    __rmul__ = __mul__

    def __pow__(self, exponent: int) -> Poly:
        return Poly(self._mp**exponent, self._order)

    def exact_quotient(self, other: Poly | int) -> Poly:
        """`self / other` where the division leaves no remainder (not checked)."""
        if isinstance(other, int):
            other = Poly.constant(other)
        a, b, order = self._join(other)
        return Poly(divmod(a, b)[0], order)

    def divides(self, other: Poly) -> bool:
        """Whether `other` is a multiple of this polynomial."""
        a, b, _ = self._join(other)
        return bool(divmod(b, a)[1] == 0)

    def gcd(self, other: Poly) -> Poly:
        """The greatest common divisor, with positive leading coefficient."""
        a, b, order = self._join(other)
        return Poly(a.gcd(b), order)

    # -- structure ----------------------------------------------------------------------------
    @property
    def terms(self) -> frozenset[tuple[Monomial, int]]:
        """The nonzero terms as (monomial, coefficient) pairs, names in alphabetical order."""
        if self._key is None:
            order = self._order
            self._key = frozenset(
                (tuple((order[i], int(e)) for i, e in enumerate(exponents) if e), int(c))
                for exponents, c in self._mp.to_dict().items()
            )
        return self._key

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that occur, in alphabetical order."""
        return tuple(n for n, d in zip(self._order, self._mp.degrees(), strict=True) if d > 0)

    @property
    def is_zero(self) -> bool:
        """Whether this is the zero polynomial."""
        return bool(self._mp.is_zero())

    @property
    def is_one(self) -> bool:
        """Whether this is the constant one."""
        return bool(self._mp.is_one())

    @property
    def is_constant(self) -> bool:
        """Whether no variable occurs."""
        return bool(self._mp.is_constant())

    def constant_value(self) -> int:
        """The value of a constant polynomial."""
        return int(self._mp.leading_coefficient()) if not self._mp.is_zero() else 0

    @property
    def leading_sign(self) -> int:
        """The sign of the coefficient of the first monomial in the canonical order."""
        if self._mp.is_zero():
            return 0
        return 1 if int(self._mp.leading_coefficient()) > 0 else -1

    @property
    def total_degree(self) -> int:
        """The degree in all variables together (0 for constants)."""
        return max(0, int(self._mp.total_degree()))

    @property
    def size(self) -> int:
        """The number of terms."""
        return len(self._mp)

    def degree(self, name: str) -> int:
        """The degree in one variable."""
        if name not in self._order:
            return 0
        return max(0, int(self._mp.degrees()[self._order.index(name)]))

    def coefficients(self, name: str) -> tuple[Poly, ...]:
        """Coefficients in powers of `name`, constant term first.

        >>> x, y = Poly.variable("x"), Poly.variable("y")
        >>> [str(p) for p in (x*x*y + 3*x - y).coefficients("x")]
        ['-y', '3', 'y']
        """
        if name not in self._order:
            return (self,)
        at = self._order.index(name)
        rest = self._order[:at] + self._order[at + 1 :]
        groups: dict[int, dict[tuple[int, ...], Any]] = {}
        for exponents, c in self._mp.to_dict().items():
            groups.setdefault(int(exponents[at]), {})[exponents[:at] + exponents[at + 1 :]] = c
        context = _context(rest)
        top = max(groups, default=0)
        return tuple(Poly(context.from_dict(groups.get(k, {})), rest) for k in range(top + 1))

    def derivative(self, name: str) -> Poly:
        """The partial derivative."""
        if name not in self._order:
            return Poly.constant(0)
        return Poly(self._mp.derivative(self._order.index(name)), self._order)

    def factors(self) -> tuple[int, tuple[tuple[Poly, int], ...]]:
        """The content (with sign) and the irreducible factors with their multiplicities."""
        return _factors(self)

    @property
    def content(self) -> int:
        """The positive greatest common divisor of the coefficients (0 for the zero polynomial)."""
        return abs(int(self._mp.content())) if not self._mp.is_zero() else 0

    def primitive(self) -> Poly:
        """The polynomial divided by the positive greatest common divisor of its coefficients."""
        if self._mp.is_zero():
            return self
        content = self.content
        return self if content == 1 else Poly(divmod(self._mp, content)[0], self._order)

    # -- evaluation ---------------------------------------------------------------------------
    def at(self, point: Point) -> Fraction:
        """The exact value at a point that gives every variable of the polynomial."""
        total = Fraction(0)
        for monomial, coefficient in self.terms:
            value = Fraction(coefficient)
            for name, exponent in monomial:
                value *= point[name] ** exponent
            total += value
        return total

    def sign_at(self, point: Point) -> int:
        """The sign (-1, 0, 1) at a point, in whole numbers: all values over one denominator."""
        names = self.names
        scale = lcm(*(point[n].denominator for n in names))
        whole = {n: point[n].numerator * (scale // point[n].denominator) for n in names}
        degree = self.total_degree
        total = 0
        for monomial, coefficient in self.terms:
            used = 0
            for name, exponent in monomial:
                coefficient *= whole[name] ** exponent if exponent > 1 else whole[name]
                used += exponent
            total += coefficient * scale ** (degree - used) if scale != 1 else coefficient
        return (total > 0) - (total < 0)

    # -- identity -----------------------------------------------------------------------------
    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Poly):
            return NotImplemented
        if self._order == other._order:
            return bool(self._mp == other._mp)
        return self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(self.terms)
        return self._hash

    def __str__(self) -> str:
        return str(self._mp)

    def __repr__(self) -> str:
        return f"Poly({self._mp})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Poly.from_terms, (tuple(self.terms),)


@lru_cache(maxsize=20000)
def _factors(poly: Poly) -> tuple[int, tuple[tuple[Poly, int], ...]]:
    if poly.is_constant:
        return poly.constant_value(), ()
    content, found = poly._mp.factor()
    sign = int(content)
    out = []
    for mp, multiplicity in found:
        factor = Poly(mp, poly._order)
        factor = Poly(factor._over(factor.names), factor.names)
        if factor.leading_sign < 0:
            factor = -factor
            sign = -sign if multiplicity % 2 else sign
        out.append((factor, int(multiplicity)))
    out.sort(key=lambda item: (item[0].size, str(item[0])))
    return sign, tuple(out)
