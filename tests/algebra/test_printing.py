"""What is printed is read back as the same thing, and reads as the texts agreed on.

The way back goes through the grammar and the reader; conditions solved for a parameter, which contain fractions
and roots, are instead valued here from their syntax trees, in exact numbers, and compared at points.
"""

from __future__ import annotations

import operator
from fractions import Fraction as F
from itertools import product
from random import Random
from typing import Any

import pytest

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.isolate import isolate, solved_text
from deterrence.algebra.poly import Poly
from deterrence.algebra.printing import atom_text, poly_text, region_text, value_text
from deterrence.algebra.reading import Reading, read_region, read_value
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Atom, Region, all_of, any_of, atom
from deterrence.algebra.value import fraction, number, value
from tests.oracles.surd import Surd

X, Y, Z = (Poly.variable(n) for n in "xyz")
NUMBERS = [F(-2), F(-1), F(-1, 2), F(0), F(1, 2), F(1), F(3)]
GRID = [dict(zip("xyz", p, strict=True)) for p in product(NUMBERS, repeat=3)]
ONE, ZERO = Poly.constant(1), Poly.constant(0)
RELATIONS = [">", ">=", "<", "<=", "==", "!="]


def random_poly(rng: Random) -> Poly:
    total = Poly.constant(rng.choice([-3, -1, 0, 0, 1, 2, 4]))
    for _ in range(rng.randint(0, 4)):
        term = Poly.constant(rng.choice([-4, -2, -1, -1, 1, 1, 2, 3, 6]))
        for name in (X, Y, Z):
            term = term * name ** rng.choice([0, 0, 0, 1, 1, 2])
        total = total + term
    return total * rng.choice([ONE, ONE, ONE, X - Y, -ONE, 2 * Z + 1, -ONE * 3])


def random_region(rng: Random, depth: int) -> Region:
    if depth == 0 or rng.random() < 0.3:
        return atom(random_poly(rng), rng.choice(RELATIONS))
    return rng.choice([all_of, any_of])([random_region(rng, depth - 1) for _ in range(rng.randint(2, 3))])


# -- there and back --------------------------------------------------------------------------------------------
def test_polynomials_are_read_back() -> None:
    rng = Random(1)
    for _ in range(400):
        p = random_poly(rng)
        back = read_value(parse_expression(poly_text(p)), Reading())
        assert back.a == p and back.c == ONE and back.is_rational, poly_text(p)


def test_fractions_are_read_back() -> None:
    rng = Random(2)
    for _ in range(300):
        top, below = random_poly(rng), random_poly(rng)
        if below.is_zero:
            continue
        v = fraction(top, below)
        given = atom(below, "!=")
        for text in (str(v), value_text(v, prover(given)), value_text(v, flip=True)):
            assert read_value(parse_expression(text), Reading(given)) == v, text


def test_roots_are_read_back() -> None:
    rng = Random(3)
    for _ in range(200):
        a, b, d, c = (random_poly(rng) for _ in range(4))
        if c.is_zero or b.is_zero or d.is_constant:
            continue
        v = value(a, b, d, c)
        given = atom(c, "!=")
        for text in (str(v), value_text(v, flip=True)):
            assert read_value(parse_expression(text), Reading(given, lenient=True)) == v, text


def test_regions_are_read_back() -> None:
    rng = Random(4)
    for _ in range(300):
        region = random_region(rng, 3)
        text = region_text(region)
        assert str(region) == text
        assert read_region(parse_condition(text), Reading()) == region, text
    assert read_region(parse_condition(region_text(EVERYWHERE)), Reading()) == EVERYWHERE
    assert read_region(parse_condition(region_text(NOWHERE)), Reading()) == NOWHERE


def test_nesting_needs_its_brackets() -> None:
    a, b, c = atom(X, ">"), atom(Y, ">"), atom(Z, ">")
    assert region_text(a & (b | c)) == "x > 0 and (y > 0 or z > 0)"
    assert region_text(a | (b & c)) == "x > 0 or (y > 0 and z > 0)"
    assert region_text(EVERYWHERE) == "true" and region_text(NOWHERE) == "false"


# -- solved for a parameter ------------------------------------------------------------------------------------
class NotDefined(Exception):
    pass


def valued(tree: Any, point: dict[str, F]) -> F | Surd:
    match tree:
        case s.Number(exactly):
            return exactly
        case s.Name(name):
            return point[name]
        case s.Negate(body):
            return valued(body, point) * F(-1)
        case s.Power(base, exponent):
            result: F | Surd = F(1)
            for _ in range(exponent):
                result = valued(base, point) * result
            return result
        case s.Call("sqrt", (body,)):
            return root_of(valued(body, point))
        case s.Arithmetic(op, left, right):
            u, v = valued(left, point), valued(right, point)
            if op == "/" and v == 0:
                raise NotDefined
            if isinstance(v, Surd) and isinstance(u, F):
                u = Surd(u, F(0), v.d)
            return {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[op](u, v)
    raise AssertionError(tree)


def root_of(q: F | Surd) -> F | Surd:
    assert isinstance(q, F)
    if q < 0:
        raise NotDefined
    inside, outside, k = q.numerator * q.denominator, F(1, q.denominator), 2
    while k * k <= inside:
        while inside % (k * k) == 0:
            inside //= k * k
            outside *= k
        k += 1
    return outside * inside if inside <= 1 else Surd(F(0), outside, inside)


COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def true_at(tree: Any, point: dict[str, F]) -> bool | None:
    """Whether the condition holds; None where that hangs on something undefined."""
    match tree:
        case s.Truth(truth):
            return truth
        case s.Comparison((left, right), (relation,)):
            try:
                return COMPARE[relation](valued(left, point), valued(right, point))
            except NotDefined:
                return None
        case s.And(parts):
            values = [true_at(p, point) for p in parts]
            return False if False in values else None if None in values else True
        case s.Or(parts):
            values = [true_at(p, point) for p in parts]
            return True if True in values else None if None in values else False
    raise AssertionError(tree)


POSITIVE = all_of((atom(X, ">"), atom(Y, ">"), atom(Z, ">")))
ORDERED = all_of((atom(X - Y, ">"), atom(Y - Z, ">"), atom(Z, ">=")))
UNIT = all_of((atom(X, ">"), atom(1 - X, ">"), atom(Y, ">"), atom(Z - Y, ">=")))


@pytest.mark.parametrize("given", [EVERYWHERE, POSITIVE, ORDERED, UNIT], ids=str)
@pytest.mark.parametrize("name", ["x", "y"])
def test_solving_for_a_parameter_moves_no_point(given: Region, name: str) -> None:
    rng, ask = Random(f"{name} {given}"), prover(given)
    inside = [p for p in GRID if given.contains(p)] or GRID
    solved = 0
    for _ in range(60):
        region = random_region(rng, rng.choice([0, 1, 2]))
        text = solved_text(region, name, ask)
        tree = parse_condition(text)
        solved += "/" in text or "sqrt" in text
        for point in rng.sample(inside, min(20, len(inside))):
            if given.contains(point):
                assert true_at(tree, point) == region.contains(point), (
                    f"{region} under {given} as {text} at {point}"
                )
    assert solved > 3


QUADRATIC = [
    (X * X - Y, POSITIVE),
    (X * X - 2 * X * Y - Z, POSITIVE),
    (X * X + Y * X - Z, POSITIVE),
    (Y - X * X, POSITIVE),
    (2 * X * X - 3 * X + Y - Z * Z, POSITIVE & atom(X - 1, ">=")),
    (Z * X * X - Y * X, POSITIVE),
    (X * X - Y, all_of((atom(X, "<"), atom(Y, ">=")))),
    (Y * X * X - X - Z, POSITIVE),
    (Y - X + X * X, UNIT & atom(2 * X - 1, "<")),
]


@pytest.mark.parametrize(("poly", "given"), QUADRATIC, ids=[f"{p} under {g}" for p, g in QUADRATIC])
def test_roots_of_quadratics_are_the_right_ones(poly: Poly, given: Region) -> None:
    ask = prover(given)
    for relation in (">", ">=", "<", "<=", "=="):
        region = atom(poly, relation)
        assert isinstance(region, Atom)
        bound = isolate(region, "x", ask)
        text = solved_text(region, "x", ask)
        assert (bound is not None) == (text != atom_text(region))
        for x, y, z in product(
            [F(n, 4) for n in range(-8, 17, 2)], [F(1, 4), F(1), F(2), F(9, 4)], [F(1, 2), F(1), F(6)]
        ):
            point = {"x": x, "y": y, "z": z}
            if given.contains(point):
                assert true_at(parse_condition(text), point) == region.contains(point), f"{text} at {point}"


def test_square_root_bounds_are_printed() -> None:
    assert solved_text(atom(X * X - Y, ">="), "x", prover(POSITIVE)) == "x >= sqrt(y)"
    bound = isolate(atom(X * X + Y * X - Z, ">"), "x", prover(POSITIVE))
    assert bound is not None and bound.relation == ">"
    assert bound.value.decimal({"y": F(1), "z": F(6)}) == pytest.approx(2)


def test_roots_are_divided_by_what_is_positive() -> None:
    """(P - R)*delta**2 + (P - S) <= 0 where R > P > S, whose divisor P - R is negative."""
    given = all_of((atom(R - P, ">"), atom(P - S, ">"), atom(delta, ">")))
    shown = solved_text(atom((R - P) * delta * delta - (P - S), ">="), "delta", prover(given))
    left, relation, right = shown.partition(" >= ")
    assert (left, relation) == ("delta", " >= ")
    divisor = right.rpartition("/")[2]
    tree = parse_condition(f"{divisor} > 0")
    for point in ({"R": F(3), "P": F(1), "S": F(0)}, {"R": F(-1), "P": F(-2), "S": F(-9, 2)}):
        assert true_at(tree, point)


def test_what_cannot_be_solved_by_one_bound_stays() -> None:
    ask = prover(EVERYWHERE)
    for part in (atom(X * Y - 1, ">"), atom(X * X - Y, ">="), atom(X**3 - Y, ">")):
        assert isolate(part, "x", ask) is None and solved_text(part, "x", ask) == atom_text(part)


# -- texts agreed on -------------------------------------------------------------------------------------------
c, d, g, h, k, m, r, s_, e = (Poly.variable(n) for n in "cdghkmrse")
T, R, P, S = (Poly.variable(n) for n in "TRPS")
delta = Poly.variable("delta")


def test_the_article_s_conditions_read_as_in_the_issue() -> None:
    strike = all_of((atom(h * m - c, ">="), atom(2 * (g * (1 - m) + r) - d, ">=")))
    assert str(strike) == "c <= h*m and d <= 2*(g*(1 - m) + r)"
    assert str(atom(c - h * m, ">=")) == "c >= h*m"
    mixed = all_of((atom(h * m - c, ">"), atom(d - 2 * (g * (1 - m) + r), ">")))
    assert str(mixed) == "c < h*m and d > 2*(g*(1 - m) + r)"
    assert str(atom(c - h * m, "==")) == "c == h*m"


def test_the_article_s_probabilities_read_as_in_the_issue() -> None:
    assert str(fraction(2 * (g + r), d + 2 * g * m)) == "2*(g + r)/(d + 2*g*m)"
    assert str(fraction(c + k, h * m + k)) == "(c + k)/(h*m + k)"
    ask = prover(all_of((atom(g, ">"), atom(s_ - e, ">"))))
    assert value_text(fraction(g, s_ - e), ask) == value_text(fraction(-g, e - s_), ask) == "g/(s - e)"
    assert str(number(F(-1, 2))) == "-1/2" and str(number(0)) == "0"


def test_the_repeated_dilemma_s_threshold_reads_as_in_the_textbook() -> None:
    given = all_of(
        (atom(T - R, ">"), atom(R - P, ">"), atom(P - S, ">"), atom(delta, ">"), atom(1 - delta, ">"))
    )
    grim = atom(delta * (T - P) - (T - R), ">=")
    assert solved_text(grim, "delta", prover(given)) == "delta >= (T - R)/(T - P)"
    assert str(atom(R + S - T - P, ">=")) == "R + S >= P + T"


READABLE = [
    (2 * g * (1 - m) + 2 * r, "2*(g*(1 - m) + r)"),
    (-X - Y, "-(x + y)"),
    (X * X - Y, "x**2 - y"),
    (1 - X, "1 - x"),
    (-3 * X, "-3*x"),
    (ZERO, "0"),
]


@pytest.mark.parametrize(("poly", "text"), READABLE, ids=[t for _, t in READABLE])
def test_polynomials_as_people_write_them(poly: Poly, text: str) -> None:
    assert poly_text(poly) == text


def test_a_difference_takes_up_the_sign_of_a_product() -> None:
    """`(y - x)*z` rather than `-(x - y)*z`; `1 - z` is left as it is, and so is a sum."""
    ask = prover(all_of((atom(Y - X, ">"), atom(1 - Z, ">"))))
    assert value_text(fraction(Z, (Y - X) * (1 - Z)), ask) == "z/((y - x)*(1 - z))"
    assert value_text(fraction(-(X - Y) * (1 - Z), ONE)) in ("(y - x)*(1 - z)", "(1 - z)*(y - x)")
    assert value_text(fraction(-(X + Y) * (1 - Z), ONE)) == "-(x + y)*(1 - z)"
