"""Equations made shorter beside each other: the same points, and the short forms that people know."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.decide import prover
from deterrence.algebra.equations import simpler_equations
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, Atom, Region, all_of, atom, atoms_of, polys_of
from deterrence.games.strategies import tit_for_tat
from tests.literature.repeated_games import ACTIONS, game, solved

X, Y, Z = (Poly.variable(n) for n in "xyz")
VALUES = [Fraction(v) for v in ("-2", "-1", "-1/2", "0", "1/2", "1", "2", "3")]
GRID = [dict(zip("xyz", p, strict=True)) for p in product(VALUES, repeat=3)]
BOX = dt.region("x > 0 and y > 0 and z > 0")
FACTORS = [X, Y, Z, X + Y, X - Y, Y - Z, X + Y - Z, X * Y - 1, X + 1, X - 2 * Z, X * X + Y * Y + 1]


def weight(parts: list[Region]) -> int:
    return sum(a.poly.size + a.poly.total_degree for p in parts for a in atoms_of(p))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("given", [EVERYWHERE, BOX], ids=["anywhere", "positive"])
def test_the_points_stay_the_same(seed: int, given: Region) -> None:
    """Equations with common points on purpose: sums of products of a few factors."""
    rng = Random(seed)
    base = [rng.choice(FACTORS) * rng.choice(FACTORS) for _ in range(2)]
    equations = [base[0]]
    for _ in range(rng.randint(1, 3)):
        one, two = rng.choice(FACTORS), rng.choice((-1, 1, 2))
        equations.append(base[1] * one + base[0] * two)
    parts: list[Region] = [atom(p, "==") for p in equations if not p.is_constant]
    if rng.random() < 0.5:
        parts.append(atom(X - Y, rng.choice((">", "!="))))
    shorter = simpler_equations(parts, prover(given))
    for point in GRID:
        if given.contains(point):
            assert all_of(parts).contains(point) == all_of(shorter).contains(point), point
    assert weight(shorter) <= weight(parts)


def test_sums_and_differences() -> None:
    parts = [atom(X + Y - Z, "=="), atom(X - Y - Z, "==")]
    assert simpler_equations(parts, prover(EVERYWHERE)) == [atom(Y, "=="), atom(X - Z, "==")]


def test_factors_that_vanish_nowhere_are_left_out() -> None:
    """(x + y)(x - z) and (x + y)(x - z) + (y + 1)(x - y): with positive x and y they say x == y == z."""
    first = (X + Y) * (X - Z)
    parts = [atom(first, "=="), atom(first + (Y + 1) * (X - Y), "==")]
    found = {p.poly for p in simpler_equations(parts, prover(BOX)) if isinstance(p, Atom)}
    assert (X - Y) in found
    kept = simpler_equations(parts, prover(EVERYWHERE))
    assert {a.poly for p in kept for a in atoms_of(p)} != found


def test_a_factor_may_be_settled_by_what_stands_beside() -> None:
    first = Z * Z - Y
    parts = [atom(first, "=="), atom(first + X * (Y - Z), "=="), atom(X, ">")]
    shorter = simpler_equations(parts, prover(EVERYWHERE))
    assert atom(X, ">") in shorter and atom(Y - Z, "==") in shorter
    assert atom(Y - Z, "==") not in simpler_equations(parts[:2], prover(EVERYWHERE))


def test_one_equation_and_very_many_are_left_alone() -> None:
    one = [atom(X * Y - X, "=="), atom(Z, ">")]
    assert simpler_equations(one, prover(EVERYWHERE)) == one
    many = [atom(X + k * Y - k, "==") for k in range(1, 9)]
    assert simpler_equations(many, prover(EVERYWHERE)) == many


def test_equations_that_say_the_same_are_said_once() -> None:
    parts = [atom(X - Y, "=="), atom((X - Y) * (X + Y), "=="), atom(X + Y, ">")]
    assert simpler_equations(parts, prover(EVERYWHERE))[0] == atom(X - Y, "==")
    assert len([p for p in simpler_equations(parts, prover(EVERYWHERE)) if p != parts[2]]) == 1


@pytest.mark.parametrize("error", ["", "e"])
def test_what_tit_for_tat_asks_is_said_in_two_short_equations(error: str) -> None:
    """T - R = P - S is one of them, with errors too, where the conditions as they come have fifty terms."""
    found = solved(game("dilemma", tit_for_tat(ACTIONS), given=["0 < e < 1/2"] if error else [], error=error))
    assert found.subgame_perfect is not None
    polys = polys_of(found.subgame_perfect)
    assert len(polys) == 2 and dt.region("T - R == P - S").poly in polys  # type: ignore[attr-defined]
    assert max(p.size for p in polys) <= 6
