"""Values against numbers: every operation and comparison is done again, exactly, at points, zeros included.

Numbers are fractions, or a + b*sqrt(d) with d free of squares, from `tests/oracles/surd.py`.  Expressions are
built twice from one recipe, as a value and as a number, so the recipe says what is defined where.
"""

from __future__ import annotations

import operator
from fractions import Fraction as F
from itertools import product
from random import Random
from typing import Any

import pytest
import sympy

from deterrence.algebra.poly import Poly
from deterrence.algebra.surface import from_sympy, to_sympy
from deterrence.algebra.value import (
    Value,
    compare,
    exact_sqrt,
    fraction,
    from_poly,
    number,
    poly_at,
    sign_region,
    value,
    variable,
)
from deterrence.errors import DomainError, OutOfScope
from tests.oracles.surd import Surd

X, Y = Poly.variable("x"), Poly.variable("y")
ZERO, ONE = Poly.constant(0), Poly.constant(1)
HALVES = [F(n, 2) for n in range(-4, 5)]
GRID = [{"x": x, "y": y} for x, y in product(HALVES, HALVES)]
RELATIONS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
Number = F | Surd


class NotDefined(Exception):
    """The expression has no real value here."""


def root_of(q: F) -> Number:
    """The square root, over the square-free part, so that equal numbers look equal."""
    if q < 0:
        raise NotDefined
    inside, outside, k = q.numerator * q.denominator, F(1, q.denominator), 2
    while k * k <= inside:
        while inside % (k * k) == 0:
            inside //= k * k
            outside *= k
        k += 1
    return outside * inside if inside <= 1 else Surd(F(0), outside, inside)


def plus(u: Number, v: Number) -> Number:
    return v + u if isinstance(u, F) else u + v


def times(u: Number, v: Number) -> Number:
    return v * u if isinstance(u, F) else u * v


def quotient(u: Number, v: Number) -> Number:
    if v == 0:
        raise NotDefined
    return Surd(u, F(0), v.d) / v if isinstance(u, F) and isinstance(v, Surd) else u / v


def exact(v: Value, point: dict[str, F]) -> Number:
    """What a value stands for, by its own fields."""
    a, b, d, c, e = (p.at(point) for p in (v.a, v.b, v.d, v.c, v.e))
    if v.is_rational:
        return quotient(a, c)
    root = root_of(d)
    return quotient(plus(a, times(b, root)), plus(c, times(e, root)))


# -- recipes: one description, read as a value and as a number -------------------------------------------------
Recipe = tuple[Any, ...]


def recipe(rng: Random, depth: int, leaves: list[Recipe]) -> Recipe:
    if depth == 0 or rng.random() < 0.2:
        return rng.choice(leaves)
    op = rng.choice("+-*/*+")
    return op, recipe(rng, depth - 1, leaves), recipe(rng, depth - 1, leaves)


def as_value(r: Recipe) -> Value:
    if r[0] == "poly":
        return from_poly(r[1])
    if r[0] == "root":
        return value(ZERO, ONE, r[1], ONE)
    left, right = as_value(r[1]), as_value(r[2])
    return {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[r[0]](left, right)


def as_number(r: Recipe, point: dict[str, F]) -> Number:
    if r[0] == "poly":
        return r[1].at(point)
    if r[0] == "root":
        return root_of(r[1].at(point))
    left, right = as_number(r[1], point), as_number(r[2], point)
    if r[0] == "/":
        return quotient(left, right)
    return times(left, right) if r[0] == "*" else plus(left, right if r[0] == "+" else times(F(-1), right))


def as_sympy(r: Recipe) -> sympy.Expr:
    if r[0] == "poly":
        return to_sympy(from_poly(r[1]))
    left, right = as_sympy(r[1]), as_sympy(r[2])
    return {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[r[0]](left, right)


PLAIN: list[Recipe] = [
    ("poly", p) for p in (X, Y, X + 1, X - Y, Poly.constant(2), Poly.constant(-1), Y * Y - X)
]


def divides_by_zero(r: Recipe) -> bool:
    """Whether some denominator is zero for all x and y."""
    if r[0] in ("poly", "root"):
        return False
    if divides_by_zero(r[1]) or divides_by_zero(r[2]):
        return True
    return r[0] == "/" and sympy.cancel(as_sympy(r[2])) == 0


# -- fractions -------------------------------------------------------------------------------------------------
def test_fractions_agree_with_numbers_and_with_sympy() -> None:
    rng = Random(1)
    for _ in range(150):
        r = recipe(rng, 3, PLAIN)
        if divides_by_zero(r):
            continue
        v = as_value(r)
        assert v.is_rational
        assert sympy.cancel(to_sympy(v) - as_sympy(r)) == 0
        top, below = sympy.fraction(sympy.cancel(as_sympy(r)))
        assert v.c.total_degree == sympy.Poly(below, *sympy.symbols("x y")).total_degree(), "reduced"
        assert abs(v.a.gcd(v.c).constant_value()) == 1 and v.c.leading_sign > 0
        for point in rng.sample(GRID, 6):
            try:
                expected = as_number(r, point)
            except NotDefined:
                continue
            assert v.at(point) == expected == exact(v, point)


def test_equal_fractions_are_equal_objects() -> None:
    """Reduced, with one sign convention, so equality of expressions is equality of values."""
    rng = Random(2)
    for _ in range(60):
        p, q, k = (rng.choice([X, Y, X - Y, X + 1, 2 * X + Y, X * Y - 3]) for _ in range(3))
        scale = rng.choice([-6, -1, 2, 5])
        assert fraction(p * k * scale, q * k * scale) == fraction(p, q)
        assert hash(fraction(p * k * scale, q * k * scale)) == hash(fraction(p, q))
    x = variable("x")
    assert number(1) / (number(1) - x) == -(number(1) / (x - number(1))) == number(-1) / (x - number(1))
    assert x / (number(-2) * x * x) == number(F(-1, 2)) / x
    assert number(F(2, -4)) == number(F(-1, 2)) and fraction(Poly.constant(4), Poly.constant(-8)) == number(
        F(-1, 2)
    )


def test_there_and_back_through_sympy() -> None:
    rng = Random(3)
    for _ in range(60):
        r = recipe(rng, 3, PLAIN)
        if not divides_by_zero(r):
            assert from_sympy(to_sympy(as_value(r))) == as_value(r)
    x = sympy.Symbol("x")
    for raw in (sympy.sqrt(x), (1 - sympy.sqrt(x + 2)) / x, sympy.sqrt(sympy.Rational(1, 2))):
        assert sympy.simplify(to_sympy(from_sympy(raw)) - raw) == 0


# -- square roots ----------------------------------------------------------------------------------------------
RADICANDS = [
    X,
    Y + 1,
    X * X - Y,
    4 * X,
    X * X,
    12 * Y,
    X * Y,
    Poly.constant(2),
    Poly.constant(18),
    Poly.constant(9),
]


@pytest.mark.parametrize("radicand", RADICANDS, ids=str)
def test_sums_and_products_with_a_root(radicand: Poly) -> None:
    rng = Random(str(radicand))
    leaves = [*PLAIN, ("root", radicand), ("root", radicand)]
    compared = 0
    for _ in range(40):
        r = undivided(recipe(rng, 3, leaves))
        v = as_value(r)
        for point in rng.sample(GRID, 10):
            try:
                expected = as_number(r, point)
            except NotDefined:
                continue
            assert exact(v, point) == expected, f"{v} at {point}"
            compared += 1
    assert compared > 50


def undivided(r: Recipe) -> Recipe:
    """The recipe with products for quotients."""
    return r if r[0] in ("poly", "root") else ("*" if r[0] == "/" else r[0], undivided(r[1]), undivided(r[2]))


@pytest.mark.parametrize("radicand", [X, X * X - Y, 4 * X * X * Y, Poly.constant(2)], ids=str)
def test_a_quotient_is_right_wherever_it_says_it_is_defined(radicand: Poly) -> None:
    rng = Random(f"quotient {radicand}")
    leaves = [*PLAIN, ("root", radicand), ("root", radicand)]
    compared = 0
    for _ in range(60):
        r = recipe(rng, 2, leaves)
        if any(d.is_zero for d in _norms(r)):
            continue
        v = as_value(r)
        for point in rng.sample(GRID, 10):
            try:
                expected, found = as_number(r, point), exact(v, point)
            except NotDefined:
                continue
            assert found == expected, f"{v} at {point}"
            compared += 1
    assert compared > 60


def _norms(r: Recipe) -> list[Poly]:
    """For each division, the numerator's norm of what is divided by: zero where there is nothing to divide by."""
    if r[0] in ("poly", "root"):
        return []
    below = [*_norms(r[1]), *_norms(r[2])]
    if r[0] == "/" and not any(d.is_zero for d in below):
        v = as_value(r[2])
        below.append(v.a * v.a - v.b * v.b * v.d)
    return below


@pytest.mark.parametrize("radicand", [X**4 * Y, 9 * X**4 * (Y - 1), X**6, X**2 * Y**5], ids=str)
def test_taking_a_factor_out_of_a_root_loses_no_point(radicand: Poly) -> None:
    """sqrt(x**4*y) is zero at x = 0, whatever y is; x**2*sqrt(y) is nothing there for y < 0."""
    v = value(ZERO, ONE, radicand, ONE)
    for point in GRID:
        inside = radicand.at(point)
        if inside < 0:
            continue
        assert v.d.at(point) >= 0 or v.is_rational, f"sqrt({radicand}) became {v}, not defined at {point}"
        assert exact(v, point) == root_of(inside)
        assert sign_region(v, ">=").contains(point)


def test_what_a_root_is_refused() -> None:
    with pytest.raises(OutOfScope):
        value(ZERO, ONE, X, ONE) + value(ZERO, ONE, Y, ONE)
    with pytest.raises(OutOfScope):
        compare(value(ZERO, ONE, X, ONE), ">", value(ZERO, ONE, Y, ONE))
    with pytest.raises(OutOfScope):
        value(ZERO, ONE, X, ONE).derivative("x")


# -- signs and comparisons -------------------------------------------------------------------------------------
PARTS = [ZERO, ONE, -ONE, X, -Y, X + 1, X - Y, X * Y, 2 - X * X]


def random_value(rng: Random, radicand: Poly | None) -> Value:
    a, b = rng.choice(PARTS), rng.choice(PARTS) if radicand is not None else ZERO
    c = rng.choice([ONE, ONE, Y, X - 1, -X, Y * Y - 1, -ONE * 2])
    return value(a, b, radicand if radicand is not None else ZERO, c)


def number_at(v: Value, point: dict[str, F]) -> Number | None:
    try:
        return exact(v, point)
    except NotDefined:
        return None


@pytest.mark.parametrize("radicand", [None, X, Y - X, X * X - Y, Poly.constant(2), X * X], ids=str)
def test_signs_are_the_signs_of_the_numbers(radicand: Poly | None) -> None:
    rng = Random(f"sign {radicand}")
    for _ in range(40):
        v = random_value(rng, radicand)
        regions = {relation: sign_region(v, relation) for relation in RELATIONS}
        for point in GRID:
            exactly = number_at(v, point)
            for relation, holds in RELATIONS.items():
                expected = exactly is not None and holds(exactly, 0)
                assert regions[relation].contains(point) == expected, f"{v} {relation} 0 at {point}"


@pytest.mark.parametrize("radicand", [None, X, Y - X, Poly.constant(3)], ids=str)
def test_comparisons_are_those_of_the_numbers(radicand: Poly | None) -> None:
    """Right at every point, and nowhere that a side is not defined."""
    rng = Random(f"compare {radicand}")
    for _ in range(40):
        left, right = random_value(rng, radicand), random_value(rng, rng.choice([None, radicand]))
        relation = rng.choice(list(RELATIONS))
        region = compare(left, relation, right)
        for point in GRID:
            u, v = number_at(left, point), number_at(right, point)
            expected = u is not None and v is not None and RELATIONS[relation](plus(u, times(F(-1), v)), 0)
            assert region.contains(point) == expected, f"{left} {relation} {right} at {point}: {region}"


def test_roots_that_cancel_still_have_to_be_defined() -> None:
    root = value(ZERO, ONE, X, ONE)
    assert not compare(root, "==", root).contains({"x": F(-1)})
    assert not compare(root + number(1), ">", root).contains({"x": F(-1)})
    assert compare(root + number(1), ">", root).contains({"x": F(0)})


# -- the rest --------------------------------------------------------------------------------------------------
def test_values_at_points() -> None:
    x = variable("x")
    golden = value(ONE, ONE, X, Poly.constant(2))  # (1 + sqrt(x))/2
    assert golden.at({"x": F(9, 4)}) == F(5, 4)
    assert golden.decimal({"x": F(5)}) == pytest.approx((1 + 5**0.5) / 2)
    with pytest.raises(DomainError, match="not a fraction"):
        golden.at({"x": F(5)})
    with pytest.raises(DomainError, match="zero"):
        (number(1) / x).at({"x": F(0)})
    assert (x**-2).at({"x": F(-2)}) == F(1, 4) and (x**0) == number(1)
    assert exact_sqrt(F(-1)) is None and exact_sqrt(F(2)) is None and exact_sqrt(F(9, 16)) == F(3, 4)


def test_substitution_agrees_with_evaluation() -> None:
    rng = Random(7)
    for _ in range(60):
        poly = rng.choice([X * X * Y - X + 2, X**3 - Y, X * Y + Y * Y, X - Y])
        table = {"x": random_value(rng, None), "y": random_value(rng, None)}
        put = poly_at(poly, {"x": table["x"]})
        both = fraction(poly, Y).substitute(table) if not table["y"].a.is_zero else None
        for point in rng.sample(GRID, 8):
            u, v = number_at(table["x"], point), number_at(table["y"], point)
            if u is None or v is None:
                continue
            assert exact(put, point) == poly.at({**point, "x": u})
            if both is not None and v != 0:
                assert exact(both, point) == poly.at({"x": u, "y": v}) / v
    root = value(X, ONE, X + Y, Y)
    for point in GRID:
        if point["y"] != 0 and (inside := point["y"] / 2 + point["y"]) >= 0:
            expected = quotient(plus(point["y"] / 2, root_of(inside)), point["y"])
            assert exact(root.substitute({"x": fraction(Y, Poly.constant(2))}), point) == expected


def test_derivatives_agree_with_sympy() -> None:
    rng = Random(8)
    for _ in range(40):
        r = recipe(rng, 2, PLAIN)
        if not divides_by_zero(r):
            ours = to_sympy(as_value(r).derivative("x"))
            assert sympy.cancel(ours - sympy.diff(as_sympy(r), sympy.Symbol("x"))) == 0
