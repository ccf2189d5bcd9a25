"""Polynomials against plain arithmetic on their terms and against SymPy."""

from __future__ import annotations

import pickle
from fractions import Fraction as F
from math import gcd, prod

import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from deterrence.algebra.poly import Poly

NAMES = ("m", "h", "c")  # not in alphabetical order: the library sorts, the tests do not
Raw = dict[tuple[int, int, int], int]

raws = st.dictionaries(st.tuples(*[st.integers(0, 3)] * 3), st.integers(-6, 6), max_size=5)
small = st.dictionaries(st.tuples(*[st.integers(0, 2)] * 3), st.integers(-3, 3), min_size=1, max_size=3)
numbers = st.fractions(min_value=-4, max_value=4, max_denominator=6)
points = st.fixed_dictionaries({name: numbers for name in NAMES})


def poly(raw: Raw) -> Poly:
    return Poly.from_terms((tuple(zip(NAMES, powers, strict=True)), c) for powers, c in raw.items())


def plain(raw: Raw, point: dict[str, F]) -> F:
    """The value by definition."""
    return sum((c * prod(point[n] ** e for n, e in zip(NAMES, p, strict=True)) for p, c in raw.items()), F(0))


def symbolic(raw: Raw) -> sympy.Expr:
    return sympy.Add(
        *(
            c * sympy.Mul(*(sympy.Symbol(n) ** e for n, e in zip(NAMES, p, strict=True)))
            for p, c in raw.items()
        )
    )


def same(ours: Poly, theirs: sympy.Expr) -> bool:
    """Term by term, through SymPy's own expansion."""
    table = {
        tuple(sorted((str(n), int(e)) for n, e in term.as_powers_dict().items() if n.is_Symbol)): int(c)
        for term, c in sympy.expand(theirs).as_coefficients_dict().items()
        if c
    }
    return dict(ours.terms) == table


@given(raws, raws, points)
def test_ring_operations_are_those_of_the_values(one: Raw, two: Raw, point: dict[str, F]) -> None:
    p, q, u, v = poly(one), poly(two), plain(one, point), plain(two, point)
    assert (p + q).at(point) == u + v
    assert (p - q).at(point) == u - v
    assert (p * q).at(point) == u * v
    assert (-p).at(point) == -u
    assert (p**3).at(point) == u**3 and (p**0).at(point) == 1
    assert (3 + p).at(point) == (p + 3).at(point) == u + 3
    assert (2 - p).at(point) == -(p - 2).at(point) == 2 - u
    assert (-5 * p).at(point) == (p * -5).at(point) == -5 * u
    assert p.sign_at(point) == (u > 0) - (u < 0)


@given(small, small)
def test_expansion_agrees_with_sympy(one: Raw, two: Raw) -> None:
    p, q = poly(one), poly(two)
    assert same(p * q - p, symbolic(one) * symbolic(two) - symbolic(one))
    assert same(p**2, symbolic(one) ** 2)


@given(raws, small)
def test_equality_looks_at_the_terms_only(one: Raw, two: Raw) -> None:
    """Passing through a polynomial over more variables changes neither equality nor hash nor names."""
    p, q = poly(one), poly(two)
    back = p + q + Poly.variable("z") - q - Poly.variable("z")
    assert back == p and hash(back) == hash(p) and back.names == p.names
    assert (p == q) == ({k: v for k, v in one.items() if v} == {k: v for k, v in two.items() if v})
    assert pickle.loads(pickle.dumps(p)) == p
    assert p != 3 and p.is_zero == (not any(one.values()))


@given(raws)
def test_structure(raw: Raw) -> None:
    p, raw = poly(raw), {k: v for k, v in raw.items() if v}
    assert p.size == len(raw)
    assert p.names == tuple(sorted(n for i, n in enumerate(NAMES) if any(k[i] for k in raw)))
    assert p.total_degree == max((sum(k) for k in raw), default=0)
    assert p.is_constant == all(not any(k) for k in raw)
    if p.is_constant:
        assert p.constant_value() == sum(raw.values())
    assert (p.leading_sign == 0) == p.is_zero and (-p).leading_sign == -p.leading_sign
    for i, name in enumerate(NAMES):
        assert p.degree(name) == max((k[i] for k in raw), default=0)
    assert p.degree("nowhere") == 0


@given(raws, points)
def test_coefficients_put_together_again(raw: Raw, point: dict[str, F]) -> None:
    p = poly(raw)
    for name in NAMES:
        parts = p.coefficients(name)
        assert len(parts) == p.degree(name) + 1 and all(name not in c.names for c in parts)
        assert len(parts) == 1 or not parts[-1].is_zero
        assert sum((c.at(point) * point[name] ** k for k, c in enumerate(parts)), F(0)) == p.at(point)
    assert p.coefficients("nowhere") == (p,)


@given(raws)
def test_derivative_agrees_with_sympy(raw: Raw) -> None:
    for name in NAMES:
        assert same(poly(raw).derivative(name), sympy.diff(symbolic(raw), sympy.Symbol(name)))
    assert poly(raw).derivative("nowhere").is_zero


@given(small, small, st.integers(1, 3), st.sampled_from([-6, -1, 1, 4]))
def test_factors(one: Raw, two: Raw, power: int, scale: int) -> None:
    p = poly(one) ** power * poly(two) * scale
    content, factors = p.factors()
    product = Poly.constant(content)
    for factor, multiplicity in factors:
        product = product * factor**multiplicity
        assert factor.leading_sign > 0 and not factor.is_constant
    assert product == p
    if not p.is_zero:
        theirs = sympy.factor_list(scale * symbolic(one) ** power * symbolic(two))
        assert sorted(m for _, m in factors) == sorted(m for _, m in theirs[1])
        assert abs(content) == abs(theirs[0])


@given(small, small, small)
def test_greatest_common_divisor(one: Raw, two: Raw, three: Raw) -> None:
    p, q = poly(one) * poly(three), poly(two) * poly(three)
    common = p.gcd(q)
    expected = sympy.gcd(
        sympy.expand(symbolic(one) * symbolic(three)), sympy.expand(symbolic(two) * symbolic(three))
    )
    assert same(common, expected) or same(common, -expected)
    if not common.is_zero:
        assert common.leading_sign > 0
        assert common.divides(p) and common.divides(q)
        assert common.exact_quotient(common) == Poly.constant(1)
        assert p.exact_quotient(common) * common == p


@given(small, small)
def test_division(one: Raw, two: Raw) -> None:
    p, q = poly(one), poly(two)
    assume(not p.is_zero)
    assert p.divides(p * q) and (p * q).exact_quotient(p) == q
    assert (p * 4).exact_quotient(2) == p * 2
    _, rest = sympy.reduced(symbolic(two), [symbolic(one)], *map(sympy.Symbol, NAMES), domain="QQ")
    if not q.is_zero and rest != 0:
        assert not p.divides(q)


@given(raws)
def test_primitive_keeps_the_sign_and_drops_the_content(raw: Raw) -> None:
    p = poly(raw)
    whole = gcd(*(c for _, c in p.terms)) if not p.is_zero else 1
    assert p.primitive() * whole == p
    assert p.is_zero or gcd(*(c for _, c in p.primitive().terms)) == 1


def test_zero_and_constants() -> None:
    zero, seven = Poly.constant(0), Poly.constant(7)
    x = Poly.variable("x")
    assert zero.is_zero and zero.is_constant and zero.constant_value() == 0 and zero.leading_sign == 0
    assert x - x == zero and hash(x - x) == hash(zero) and (x - x).names == ()
    assert zero.coefficients("x") == (zero,) and zero.factors() == (0, ()) and zero.primitive() == zero
    assert seven.factors() == (7, ()) and (-seven).leading_sign == -1
    assert x * 0 == zero and (x + 1) - x == Poly.constant(1) and ((x + 1) - x).is_constant
    assert zero.gcd(x) == x and x.gcd(zero) == x
