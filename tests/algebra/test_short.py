"""Conditions on long expressions: the same points as before, whatever is left out, and a point that is one."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of, atom
from deterrence.algebra.short import MAX_TERMS, is_long, remark, settled_sign, tidy_short, tried_point
from deterrence.algebra.value import fraction, sign_region, value

X, Y, Z = (Poly.variable(n) for n in "xyz")
GRID = [
    dict(zip("xyz", map(Fraction, p), strict=True)) for p in product(("-1", "0", "1/2", "1", "2"), repeat=3)
]
BOX = dt.region("x > 0 and y > 0 and z > 0 and x < 3")
RELATIONS = ("<", "<=", ">", ">=", "==", "!=")


def random_poly(rng: Random, terms: int, degree: int = 2) -> Poly:
    total = Poly.constant(0)
    for _ in range(terms):
        part = Poly.constant(rng.choice((-3, -2, -1, 1, 2, 3)))
        for v in (X, Y, Z):
            part = part * v ** rng.randint(0, degree)
        total = total + part
    return total


def same(one: Region, other: Region, given: Region) -> None:
    for point in GRID:
        if given.contains(point):
            assert one.contains(point) == other.contains(point), point


@pytest.mark.parametrize("seed", range(30))
def test_signs_without_denominators(seed: int) -> None:
    """Whether the denominator's sign is proved or not, and whether it is zero somewhere or not."""
    rng = Random(seed)
    for given in (BOX, EVERYWHERE, dt.region("x*y > 1")):
        v = fraction(random_poly(rng, 3), rng.choice((X + Y, X * Y + 1, X - Y, random_poly(rng, 2))))
        for relation in RELATIONS:
            same(settled_sign(v, relation, given), sign_region(v, relation), given)


def test_a_denominator_known_not_to_vanish_has_one_sign_on_a_convex_set() -> None:
    """x + y - 1 has no zero where x > 1 and y > 0, and x*y - 1 none where both are above one."""
    one = settled_sign(fraction(Z - 1, X + Y - 1), ">", dt.region("x > 1 and y > 0"), defined=True)
    two = settled_sign(fraction(Z - 1, 1 - X * Y), ">", dt.region("x > 1 and y > 1"), defined=True)
    assert one == atom(Z - 1, ">") and two == atom(1 - Z, ">")


def test_on_two_pieces_the_sign_at_one_point_is_not_enough() -> None:
    """x vanishes nowhere where x**2 > 1/2, and has both signs there."""
    given = dt.region("x**2 > 1/2")
    region = settled_sign(fraction(Y, X), ">", given, defined=True)
    same(region, dt.region("x*y > 0"), given)


def test_a_root_is_left_as_it_is() -> None:
    surd = value(Y, Poly.constant(1), X, X + 1)
    assert settled_sign(surd, ">=", BOX) == sign_region(surd, ">=")


@pytest.mark.parametrize("seed", range(6))
def test_long_regions_keep_their_points(seed: int) -> None:
    rng = Random(f"long {seed}")
    positive, unsettled = X + Y, random_poly(rng, 4)
    big = random_poly(rng, 400, 9)
    parts = [
        atom(big * positive, ">="),
        atom(unsettled * positive, rng.choice(RELATIONS)),
        atom(positive, ">"),
        atom(unsettled * (X + 1) ** 2, rng.choice((">", ">="))),
    ]
    region = all_of(parts) if seed % 2 else any_of(parts)
    assert is_long(region)
    short = tidy_short(region, BOX)
    same(short, region, BOX)
    if seed % 2:
        assert all(atom(positive, ">") != p for p in getattr(short, "parts", ()))


def test_factors_of_proved_sign_can_make_a_long_region_short() -> None:
    longish = (X + Y + Z + 1) ** 9
    assert longish.size < MAX_TERMS < (longish * (Y + 2 * Z + 3) ** 3).size
    region = atom((X - Y) * longish * (Y + 2 * Z + 3) ** 3, ">=")
    assert is_long(region)
    assert str(tidy_short(region, BOX)) in ("x >= y", "y <= x")


@pytest.mark.parametrize("power", [1, 2, 3])
def test_factors_of_negative_sign_turn_conditions_round_when_their_powers_are_odd(power: int) -> None:
    big = random_poly(Random(3), 400, 9)
    region = atom(big * (X - 4) ** power, ">")
    short = tidy_short(region, BOX)
    same(short, region, BOX)
    assert short == atom(big if power == 2 else -big, ">")


def test_a_contradiction_in_a_long_region_is_seen() -> None:
    big = atom(random_poly(Random(1), 400, 9), ">=")
    assert tidy_short(all_of((big, atom(X + Y, "<"))), BOX) == NOWHERE


def test_short_regions_are_tidied() -> None:
    region = dt.region("x*(x - y) >= 0 and x - y + 1 > 0")
    assert tidy_short(region, BOX) == dt.tidy(region, BOX)


def test_points_are_points() -> None:
    for text in ("x - y == 1", "x*y*z == 1 and x > y", "x > 1 and y < 1/10"):
        region = dt.region(text)
        point = tried_point(region, BOX)
        assert point is not None
        assert region.contains(point) and BOX.contains(point)
    free = tried_point(dt.region("x > y and w == 1/2*x"), BOX)  # of w nothing is assumed
    assert free is not None and free["w"] == free["x"] / 2 and free["x"] > free["y"]
    assert tried_point(dt.region("x**2 == 2"), BOX) is None
    assert tried_point(dt.region("x > 4"), BOX) is None
    assert tried_point(dt.region("x > 0"), dt.region("x > 0 and x < 0")) is None


def test_remarks() -> None:
    assert remark(dt.region("x > 1"), BOX) == ""
    long = random_poly(Random(2), 400, 9)
    said = remark(atom(long, ">"), BOX)
    assert said.startswith("too long to be tidied") and "for example at x = " in said
    shown = dict(item.split(" = ") for item in said.rsplit(" at ", 1)[1].split(", "))
    point = {n: Fraction(v) for n, v in shown.items()}
    assert BOX.contains(point) and long.at(point) > 0
    never = remark(atom(-(long**2) - 1, ">"), BOX)
    assert never.endswith("no point of it was found by trying")
