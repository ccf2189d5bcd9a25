"""How large an expression can become when it is multiplied out, bounded before anything is multiplied.

A short text can be a bomb, `((a + b + c + 1)**8)**8`, and so can a chain of short definitions.  From the
leaves up this bounds the number of terms, the total degree and the whole-number coefficients of numerator
and denominator, and the cases into which `min`, `max` and `abs` split.  A product of polynomials of
degree p and q in v names has at most as many terms as there are monomials, binomial(p + q + v, v); that and
the plain product of term counts are the two bounds used.

Limits: `MAX_TERMS` 5000, `MAX_DEGREE` 64, `MAX_BITS` 4000, `MAX_CASES` 64, for each expression and for each
single comparison of a condition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import comb, prod
from typing import Final

from deterrence.algebra.syntax import (
    Arithmetic,
    Call,
    Comparison,
    LongRun,
    Name,
    Negate,
    Number,
    PayoffOf,
    Power,
    Probability,
)
from deterrence.algebra.walks import Node, children, walk
from deterrence.errors import ExpressionError

MAX_TERMS: Final = 5000
MAX_DEGREE: Final = 64
MAX_BITS: Final = 4000
MAX_CASES: Final = 64


@dataclass(frozen=True)
class Size:
    """A bound on a polynomial: its terms, its total degree, the sum of its coefficients' absolute values."""

    terms: int = 1
    degree: int = 0
    norm: int = 1


@dataclass(frozen=True)
class Extent:
    """A bound on a quotient of polynomials in some names, split into cases."""

    names: frozenset[str] = frozenset()
    numerator: Size = Size()
    denominator: Size = Size()
    cases: int = 1


_ONE: Final = Size()
_NOTHING: Final = Extent()


def extent(node: Node, known: Mapping[str, Extent], text: str = "") -> Extent:
    """The bound for a whole tree, where `known` has the bounds of the names that are definitions.

    Raises `ExpressionError`, with the text given, as soon as a part of it is past a limit.

    >>> extent(Power(Arithmetic("+", Name("a"), Name("b")), 3), {}).numerator.terms
    4
    """
    found: dict[int, Extent] = {}
    for part in reversed(list(walk(node))):  # what is under a node comes before the node
        under = [found[id(child)] for child in children(part)]
        here = found[id(part)] = _combine(part, under, known)
        problem = _excess(here) if under else None
        if problem:
            position = getattr(part, "position", 0)
            raise ExpressionError(text, position, problem, "use smaller powers, fewer names or fewer cases")
    return found[id(node)]


def _excess(size: Extent) -> str | None:
    for polynomial in (size.numerator, size.denominator):
        for what, value, limit in (
            ("terms", polynomial.terms, MAX_TERMS),
            ("as its degree", polynomial.degree, MAX_DEGREE),
            ("bits in a number", polynomial.norm.bit_length(), MAX_BITS),
        ):
            if value > limit:
                return f"multiplied out it may have more than {limit} {what}"
    return f"min, max and abs make more than {MAX_CASES} cases" if size.cases > MAX_CASES else None


def _combine(node: Node, under: Sequence[Extent], known: Mapping[str, Extent]) -> Extent:
    match node:
        case Number(value):
            return Extent(numerator=Size(norm=abs(value.numerator)), denominator=Size(norm=value.denominator))
        case Name(name):
            return known.get(name) or _variable(name)
        case Negate():
            return under[0]
        case Arithmetic(op, _, _):
            return _arithmetic(op, *under)
        case Power(_, exponent):
            return _power(under[0], exponent)
        case (
            Probability(position=position)
            | PayoffOf(position=position)
            | LongRun(position=position)
            | Call("sqrt", _, position)
        ):
            names = frozenset().union({f"new quantity {position}"}, *(u.names for u in under))
            return Extent(names, Size(degree=1))
        case Call("diff"):
            return _derivative(under[0])
        case Call("abs"):
            return replace(under[0], cases=2 * under[0].cases)
        case Call():
            return replace(_largest(under), cases=len(under) * prod(u.cases for u in under))
        case Comparison():
            for first, second in [] if all(map(_small, under)) else pairwise(under):
                difference = _arithmetic("-", first, second)
                if _excess(difference):
                    return difference
            return _NOTHING
        case _:
            return _NOTHING


def _small(size: Extent) -> bool:
    """Whether the difference of two such is past no limit, which saves working it out."""
    both = (size.numerator, size.denominator)
    return size.cases <= 8 and all(s.terms <= 40 and s.degree <= 16 and s.norm < 2**900 for s in both)


@lru_cache(maxsize=1000)
def _variable(name: str) -> Extent:
    return Extent(frozenset({name}), Size(degree=1))


def _largest(under: Sequence[Extent]) -> Extent:
    def size(sizes: Sequence[Size]) -> Size:
        return Size(max(s.terms for s in sizes), max(s.degree for s in sizes), max(s.norm for s in sizes))

    names = frozenset().union(*(u.names for u in under))
    return Extent(names, size([u.numerator for u in under]), size([u.denominator for u in under]))


def _arithmetic(op: str, left: Extent, right: Extent) -> Extent:
    names = left.names | right.names
    v, cases = len(names), left.cases * right.cases
    if op == "/":
        right = replace(right, numerator=right.denominator, denominator=right.numerator)
    denominator = _times(left.denominator, right.denominator, v)
    if op in "*/":
        return Extent(names, _times(left.numerator, right.numerator, v), denominator, cases)
    first = _times(left.numerator, right.denominator, v)
    second = _times(right.numerator, left.denominator, v)
    return Extent(names, _plus(first, second, v), denominator, cases)


def _plus(left: Size, right: Size, v: int) -> Size:
    degree = max(left.degree, right.degree)
    return Size(min(left.terms + right.terms, comb(degree + v, v)), degree, left.norm + right.norm)


def _times(left: Size, right: Size, v: int) -> Size:
    if left == _ONE:
        return right
    degree = left.degree + right.degree
    terms = min(left.terms * right.terms, comb(degree + v, v))
    return Size(terms, degree, left.norm * right.norm)


def _power(base: Extent, exponent: int) -> Extent:
    v, n = len(base.names), abs(exponent)

    def raised(size: Size) -> Size:
        degree = size.degree * n
        terms = min(comb(size.terms + n - 1, n), comb(degree + v, v)) if n else 1
        return Size(terms, degree, size.norm**n)

    top, bottom = raised(base.numerator), raised(base.denominator)
    return replace(
        base, numerator=bottom if exponent < 0 else top, denominator=top if exponent < 0 else bottom
    )


def _derivative(size: Extent) -> Extent:
    """The quotient rule, (n'd - nd')/d**2; a derivative multiplies a coefficient by the degree at most."""
    v, (n, d) = len(size.names), (size.numerator, size.denominator)
    top = replace(_times(n, d, v), norm=max(1, n.degree + d.degree) * n.norm * d.norm)
    if d.degree:
        top = _plus(top, replace(top, norm=0), v)
    return replace(size, numerator=top, denominator=_times(d, d, v))
