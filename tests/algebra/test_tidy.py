"""Tidying must not move a border: membership before and after, at grid points and at points on the borders."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Atom, Region, all_of, any_of, atom, atoms_of
from deterrence.algebra.tidy import _cover, plain_atom, tidy

X, Y, Z = (Poly.variable(n) for n in "xyz")
NAMES = ("x", "y", "z")
NUMBERS = [F(-2), F(-1), F(-1, 2), F(0), F(1, 2), F(1), F(2), F(3)]
GRID = [dict(zip(NAMES, p, strict=True)) for p in product(NUMBERS, repeat=3)]
GIVEN = [
    EVERYWHERE,
    all_of((atom(X, ">"), atom(Y, ">"), atom(Z, ">"))),
    all_of((atom(X, ">="), atom(Y, ">"), atom(1 - Y, ">"))),
    all_of((atom(X - Y, ">="), atom(Y - Z, ">"))),
]
FACTORS = [X, Y, Z, X - Y, X + Y, Y - 1, X * Z - Y, 2 * X - Z, X + 1, Y * Y + 1, X - 2 * Y * Z]
RELATIONS = [">", ">=", "<", "<=", ">", ">=", "==", "!="]


def random_atom(rng: Random) -> Region:
    poly = Poly.constant(rng.choice([1, -1, 2]))
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
        poly = poly * rng.choice(FACTORS)
    return atom(poly, rng.choice(RELATIONS))


def conjunction(rng: Random) -> Region:
    return all_of(random_atom(rng) for _ in range(rng.randint(1, 4)))


def mixture(rng: Random, depth: int = 2) -> Region:
    if depth == 0:
        return random_atom(rng)
    join = rng.choice([all_of, any_of])
    return join(
        mixture(rng, depth - 1) if rng.random() < 0.6 else random_atom(rng) for _ in range(rng.randint(2, 3))
    )


def border_points(region: Region, rng: Random, count: int) -> list[dict[str, F]]:
    """Points at which some polynomial of the region is zero: one name solved for, the others drawn."""
    found: list[dict[str, F]] = []
    polys = [f for a in atoms_of(region) for f, _ in a.poly.factors()[1]]
    for _ in range(8 * count):
        if not polys or len(found) >= count:
            break
        poly, point = rng.choice(polys), {n: rng.choice(NUMBERS) for n in NAMES}
        linear = [n for n in poly.names if poly.degree(n) == 1]
        if not linear:
            continue
        name = rng.choice(linear)
        constant, slope = (c.at(point) for c in poly.coefficients(name))
        if slope:
            point[name] = -constant / slope
            assert poly.at(point) == 0
            found.append(point)
    return found


def length(region: Region) -> int:
    return sum(1 for _ in atoms_of(region))


def same_points(before: Region, after: Region, given: Region, rng: Random) -> int:
    points = [*rng.sample(GRID, 150), *border_points(before, rng, 60), *border_points(after, rng, 30)]
    inside = [p for p in points if given.contains(p)]
    for p in inside:
        assert before.contains(p) == after.contains(p), (
            f"{before} under {given} became {after}: differs at {p}"
        )
    return len(inside)


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_conjunctions_of_products(given: Region) -> None:
    rng, checked = Random(f"and {given}"), 0
    for _ in range(60):
        region = conjunction(rng)
        after = tidy(region, given)
        checked += same_points(region, after, given, rng)
        assert tidy(after, given) == after, f"{region} became {after}, then {tidy(after, given)}"
    assert checked > 300


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_conjunctions_of_simple_conditions_never_grow(given: Region) -> None:
    rng = Random(f"simple {given}")
    for _ in range(60):
        region = all_of(atom(rng.choice(FACTORS), rng.choice(RELATIONS)) for _ in range(rng.randint(1, 5)))
        after = tidy(region, given)
        same_points(region, after, given, rng)
        assert length(after) <= length(region), f"{region} grew to {after}"
        assert tidy(after, given) == after


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_mixtures(given: Region) -> None:
    rng, checked = Random(f"or {given}"), 0
    for _ in range(20):
        region = mixture(rng)
        after = tidy(region, given)
        checked += same_points(region, after, given, rng)
        again = tidy(after, given)
        same_points(region, again, given, rng)
        assert length(again) <= length(after), f"{region}: {after} grew to {again}"
    assert checked > 200


@pytest.mark.parametrize("given", GIVEN, ids=str)
def test_single_conditions(given: Region) -> None:
    """Factors of settled sign go, even powers are treated with care, and nothing moves."""
    rng = Random(f"atom {given}")
    for _ in range(60):
        poly = rng.choice(FACTORS) ** rng.choice([1, 2, 3]) * rng.choice(FACTORS) ** rng.choice([1, 1, 2])
        region = atom(poly * rng.choice([-1, 1]), rng.choice(RELATIONS))
        for part in atoms_of(region):
            same_points(part, plain_atom(part, prover(given)), given, rng)


def test_everywhere_and_nowhere() -> None:
    positive = GIVEN[1]
    assert tidy(atom(X + Y, ">"), positive) == EVERYWHERE and tidy(atom(X * Y, "<"), positive) == NOWHERE
    assert tidy(atom(X - Y, ">") | atom(X - Y, "<="), EVERYWHERE) == EVERYWHERE
    assert (
        tidy(atom(X * X, "<"), EVERYWHERE) == NOWHERE
        and tidy(atom(X * X + 1, ">="), EVERYWHERE) == EVERYWHERE
    )
    assert tidy(EVERYWHERE, positive) == EVERYWHERE and tidy(NOWHERE, positive) == NOWHERE


AS_A_PERSON_WOULD = [
    ("x*(x*z - y) >= 0", X * (X * Z - Y), ">=", "y <= x*z"),
    ("x*y*z*(x - y)**2 > 0", X * Y * Z * (X - Y) ** 2, ">", "x != y"),
    ("(x - y)**3*z <= 0", (X - Y) ** 3 * Z, "<=", "y >= x"),
    ("x**2*y - x*y**2 == 0", X * X * Y - X * Y * Y, "==", "x == y"),
]


@pytest.mark.parametrize(
    ("text", "poly", "relation", "expected"), AS_A_PERSON_WOULD, ids=[a[0] for a in AS_A_PERSON_WOULD]
)
def test_factors_of_known_sign_go(text: str, poly: Poly, relation: str, expected: str) -> None:
    assert region_text(tidy(atom(poly, relation), GIVEN[1])) == expected


def test_what_the_rest_implies_goes() -> None:
    parts = [atom(X - Y, ">="), atom(X - Y, "!="), atom(X - Y + Z, ">"), atom(X + Y, ">=")]
    assert tidy(all_of(parts), GIVEN[1]) == atom(X - Y, ">")
    squeezed = tidy(all_of((atom(X - Y, ">="), atom(Y - X, ">="))), EVERYWHERE)
    assert squeezed == atom(X - Y, "==")
    pieces = any_of((atom(X - Y, ">"), all_of((atom(X - Y, "=="), atom(Z, ">"))), atom(X - Y, "==")))
    assert tidy(pieces, EVERYWHERE) == atom(X - Y, ">=")


def test_contradictory_assumptions_leave_nothing() -> None:
    given = all_of((atom(X, ">"), atom(X, "<")))
    assert tidy(atom(Y, ">"), given) in (NOWHERE, EVERYWHERE)


def test_a_region_found_empty_only_late_is_nowhere() -> None:
    """`tidy` covers a region whose emptiness was undecided; by then the same question may be answered."""
    ask = prover(GIVEN[1])
    assert _cover(all_of((atom(X - Y, ">"), atom(Y - X, ">"))), ask) == NOWHERE


def test_a_factor_too_long_to_be_asked_about_stays() -> None:
    """A sum of squares with 153 terms plus one is positive, which is not asked; the short factor goes."""
    many = [Poly.variable(f"v{i}") for i in range(16)]
    total = sum(many, Poly.constant(0))
    long = total * total + sum((v * v for v in many), Poly.constant(0)) + sum(many, Poly.constant(1))
    assert long.size > 150
    assert plain_atom(Atom(X * long, ">"), prover(GIVEN[1])) == atom(long, ">")


@pytest.mark.parametrize("join", [all_of, any_of])
def test_a_region_of_many_conditions_that_comes_down_to_two_of_them(join):
    two = join((atom(X - Y, ">"), atom(Z, ">=")))
    many = [X + n * Y - Z for n in range(2, 32)]  # more than are covered sign by sign
    padded = all_of(any_of((two, atom(p, r))) for p in many for r in (">", "<="))
    assert len({a.poly for a in atoms_of(padded)}) > 30
    short = tidy(padded, EVERYWHERE)
    assert len(list(atoms_of(short))) == 2
    assert all(short.contains(p) == two.contains(p) for p in GRID)
