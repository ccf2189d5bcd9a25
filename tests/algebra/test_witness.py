"""Witnesses: every point returned is checked here by substitution, and one is found wherever one is known to be."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product
from math import floor
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deterrence.algebra.decide import prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of, atom
from deterrence.algebra.witness import find_point, fixed, simplest_between

X, Y, Z = (Poly.variable(n) for n in "xyz")
SEVENTHS = [F(n, 7) for n in (-9, -3, -1, 2, 5, 8, 20)]
POSITIVE = all_of((atom(X, ">"), atom(Y, ">"), atom(Z, ">")))


def test_a_known_point_means_that_a_point_is_found() -> None:
    """Conditions are made around a point with denominators of seven, which is not in any list of small numbers."""
    rng = Random(1)
    for _ in range(80):
        known = dict(zip("xyz", rng.choices(SEVENTHS, k=3), strict=True))
        parts = []
        for _ in range(rng.randint(1, 4)):
            poly = rng.choice([X, Y, Z, X * Y, X - Z, X + Y * Z, X * X]) * rng.choice(
                [1, 7, -3]
            ) + rng.randint(-6, 6)
            value = poly.at(known)
            parts.append(atom(poly, ">" if value > 0 else "<" if value < 0 else "=="))
        region = all_of(parts)
        point = find_point(region, EVERYWHERE, "xyz")
        assert point is not None, f"{region} holds at {known}"
        assert set(point) == {"x", "y", "z"} and region.contains(point)


def test_pinned_to_one_point() -> None:
    for known in ({"x": F(22, 7), "y": F(-13, 17)}, {"x": F(1, 1000), "y": F(12345, 2)}):
        region = all_of(fixed(n, v) for n, v in known.items())
        assert find_point(region, EVERYWHERE) == known
    thin = all_of((atom(1000 * X - 271, ">"), atom(1000 * X - 272, "<"), atom(X * Y - 1, "==")))
    point = find_point(thin, EVERYWHERE)
    assert point is not None and F(271, 1000) < point["x"] < F(272, 1000) and point["x"] * point["y"] == 1


def test_assumptions_and_asked_for_names_are_respected() -> None:
    point = find_point(atom(X - 2 * Y, ">"), POSITIVE, ["w"])
    assert point is not None and set(point) == {"w", "x", "y", "z"}
    assert point["x"] > 2 * point["y"] > 0 and point["z"] > 0
    assert all(isinstance(v, F) for v in point.values())


@pytest.mark.parametrize(
    ("region", "given_"),
    [
        (NOWHERE, EVERYWHERE),
        (atom(X, "<"), POSITIVE),
        (atom(X * X + 1, "<="), EVERYWHERE),
        (EVERYWHERE, all_of((atom(X, ">"), atom(X, "<")))),
        (atom(X * X - 2, "=="), EVERYWHERE),
    ],
    ids=str,
)
def test_no_point_is_invented(region: Region, given_: Region) -> None:
    """Empty, or, in the last case, irrational points only: the prover tells the two apart."""
    assert find_point(region, given_) is None
    assert prover(given_).satisfiable(region) is (region == atom(X * X - 2, "=="))


def test_rational_points_beside_irrational_ones() -> None:
    region = any_of((atom(X * X - 2, "=="), atom(7 * X - 3, "==")))
    assert find_point(region, EVERYWHERE) == {"x": F(3, 7)}
    around = all_of((atom(X * X - 2, "<"), atom(100 * X - 141, ">")))
    point = find_point(around, EVERYWHERE)
    assert point is not None and F(141, 100) < point["x"] and point["x"] ** 2 < 2


def test_the_point_at_hand_is_kept_where_it_fits() -> None:
    near = {"x": F(7, 3), "y": F(5, 11), "z": F(1)}
    assert find_point(atom(X - Y, ">"), POSITIVE, "xyz", near) == near
    moved = find_point(atom(X - 3, ">"), POSITIVE, "xyz", near)
    assert moved is not None and moved["x"] > 3 and (moved["y"], moved["z"]) == (near["y"], near["z"])


def test_points_have_small_numbers() -> None:
    rng = Random(2)
    for _ in range(30):
        region = all_of(atom(rng.choice([X - Y, X + Y - 2, Y - Z, X - 3, 1 - Z]), ">") for _ in range(2))
        point = find_point(region, POSITIVE, "xyz")
        if point is not None:
            assert all(abs(v.numerator) <= 10 and v.denominator <= 10 for v in point.values())


@given(st.fractions(-9, 9, max_denominator=60), st.fractions(-9, 9, max_denominator=60))
def test_simplest_between(one: F, two: F) -> None:
    """The smallest denominator that has a multiple strictly between, found here by trying each."""
    low, high = min(one, two), max(one, two)
    if low == high:
        return
    found = simplest_between(low, high)
    assert low < found < high
    smallest = next(d for d in range(1, 10**4) if floor(low * d) + 1 < high * d)
    assert found.denominator == smallest


def test_fixed_is_one_number() -> None:
    for value in (F(0), F(3), F(-2, 7)):
        region = fixed("x", value)
        assert [region.contains({"x": v}) for v in (value, value + 1, -value - 1)] == [True, False, False]


def test_points_of_every_piece() -> None:
    """A region of four separate corners: fixing the piece finds the point in it."""
    for sx, sy in product((1, -1), repeat=2):
        corner = all_of((atom(X * sx - 5, ">"), atom(Y * sy - 5, ">"), atom(X * X + Y * Y - 60, "<")))
        point = find_point(corner, EVERYWHERE)
        assert point is not None and corner.contains(point)
