"""The decision procedure against brute force.

Assumptions that hold x and y to the numbers 0, 1, 2 make every question a finite one, so each answer can be
checked both ways by counting.  Without them, an answer "empty" is held against a grid and an answer "not empty"
against an exact point.
"""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product
from random import Random

import pytest
import z3

from deterrence.algebra.decide import Prover, generic, prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of, atom
from deterrence.algebra.smt import smtlib, smtlib_projection
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, holds_region
from deterrence.algebra.witness import find_point

X, Y, Z = (Poly.variable(n) for n in "xyz")
THREE = [F(0), F(1), F(2)]
FINITE = [{"x": x, "y": y} for x, y in product(THREE, THREE)]
HELD = all_of((atom(X * (X - 1) * (X - 2), "=="), atom(Y * (Y - 1) * (Y - 2), "==")))
HALVES = [F(n, 2) for n in range(-4, 5)]
GRID = [{"x": x, "y": y} for x, y in product(HALVES, HALVES)]


def random_poly(rng: Random) -> Poly:
    terms = [X, Y, X * Y, X * X, Y * Y, Poly.constant(1)]
    return sum((rng.choice([-2, -1, 0, 0, 1, 1, 3]) * t for t in terms), Poly.constant(0))


def random_region(rng: Random, depth: int = 2) -> Region:
    if depth == 0 or rng.random() < 0.3:
        return atom(random_poly(rng), rng.choice([">", ">=", "==", "!=", "<", "<="]))
    join = rng.choice([all_of, any_of, all_of])
    return join([random_region(rng, depth - 1) for _ in range(rng.randint(2, 3))])


def test_answers_over_finitely_many_points() -> None:
    ask, rng = prover(HELD), Random(1)
    answers = set()
    for _ in range(150):
        one, two = random_region(rng), random_region(rng)
        here = {i for i, p in enumerate(FINITE) if one.contains(p)}
        there = {i for i, p in enumerate(FINITE) if two.contains(p)}
        assert ask.satisfiable(one) == bool(here), one
        assert ask.implies(one, two) == (here <= there), f"{one} implies {two}"
        assert ask.equivalent(one, two) == (here == there), f"{one} equivalent {two}"
        assert ask.holds(one) == (len(here) == len(FINITE)), one
        answers |= {("sat", bool(here)), ("implies", here <= there), ("holds", len(here) == len(FINITE))}
        poly = random_poly(rng)
        signs = {poly.sign_at(FINITE[i]) for i in here}
        assert ask.sign(poly, one) == signs or (poly.is_constant and not here)
        assert ask.nonzero(poly, one) == (0 not in signs) or (poly.is_constant and not here)
    assert len(answers) == 6, "both answers occur to each kind of question"


def test_equal_regions_written_differently_are_equivalent() -> None:
    ask = prover(EVERYWHERE)
    square = atom(X * X - 2 * X * Y + Y * Y, ">")
    assert ask.equivalent(square, atom(X - Y, "!=")) is True
    assert ask.equivalent(square, atom(X - Y, ">")) is False
    assert ask.equivalent(atom(X * Y, ">"), atom(X, ">") & atom(Y, ">") | atom(X, "<") & atom(Y, "<")) is True


@pytest.mark.parametrize(
    "given",
    [
        EVERYWHERE,
        all_of((atom(X, ">"), atom(Y, ">"))),
        all_of((atom(X, ">="), atom(X - Y, "<="), atom(Y - 1, "<"))),
    ],
    ids=str,
)
def test_empty_means_no_grid_point_and_not_empty_means_a_point(given: Region) -> None:
    ask, rng = prover(given), Random(2)
    found = dict.fromkeys((True, False, None), 0)
    for _ in range(120):
        region = random_region(rng)
        answer = ask.satisfiable(region)
        found[answer] += 1
        if answer is False:
            assert not any(given.contains(p) and region.contains(p) for p in GRID), f"{region} under {given}"
            assert ask.implies(region, NOWHERE) is True
        elif answer is True:
            point = find_point(region, given, ["x", "y"])
            if point is not None:
                assert given.contains(point) and region.contains(point)
            else:  # only irrational points: some equation must be to blame
                assert "==" in str(region) or ">=" in str(region) or "<=" in str(region)
    assert found[None] == 0 and found[True] > 50 and found[False] > 5


def test_linear_conditions_with_points_have_rational_ones() -> None:
    ask, rng = prover(EVERYWHERE), Random(3)
    for _ in range(80):
        region = all_of(
            atom(
                rng.randint(-3, 3) * X + rng.randint(-3, 3) * Y + rng.randint(-5, 5),
                rng.choice([">", ">=", "=="]),
            )
            for _ in range(rng.randint(2, 4))
        )
        point = find_point(region, EVERYWHERE, ["x", "y"])
        assert (point is not None) == ask.satisfiable(region), region
        assert point is None or region.contains(point)


def test_the_order_of_questions_does_not_matter() -> None:
    """A prover learns points as it goes; a fresh one, asked in another order, says the same."""
    rng = Random(4)
    given = all_of((atom(X, ">"), atom(Y, ">=")))
    regions = [random_region(rng) for _ in range(60)]
    first, second = Prover(given), Prover(given)
    one = [first.satisfiable(r) for r in regions]
    two = [second.satisfiable(r) for r in reversed(regions)]
    assert one == two[::-1] and one == [first.satisfiable(r) for r in regions]


def test_names_that_the_assumptions_do_not_mention() -> None:
    ask = Prover(atom(X, ">"))
    assert ask.satisfiable(atom(Z - X, "==")) is True and ask.satisfiable(atom(Z * Z + X, "<=")) is False
    assert ask.implies(atom(Z - X, ">"), atom(Z, ">")) is True
    assert ask.implies(atom(Z, ">"), atom(Z - X, ">")) is False
    assert ask.sign(Z) == {-1, 0, 1} and ask.sign(X + Z * Z) == {1}
    assert ask.sign(Z - X, atom(Z, "==")) == {-1}


def test_no_real_number_has_a_negative_square() -> None:
    ask = prover(EVERYWHERE)
    assert ask.satisfiable(atom(X * X + 1, "==")) is False
    assert ask.satisfiable(atom(X * X - 2, "==")) is True, "irrational points count"
    assert ask.sign(X * X - 2 * X * Y + Y * Y) == {0, 1}
    assert ask.nonzero(X * X + Y * Y + 1) is True and ask.nonzero(X * X + Y * Y) is False
    assert ask.sign(X * X + X + 1) == {1} and ask.sign(-X * X - 1) == {-1}


def test_contradictory_assumptions_imply_anything() -> None:
    ask = prover(all_of((atom(X, ">"), atom(X + Y * Y, "<="))))
    assert ask.satisfiable(EVERYWHERE) is False
    assert ask.satisfiable(atom(Y, ">")) is False
    assert ask.holds(NOWHERE) is True and ask.holds(atom(Y, ">")) is True
    assert ask.implies(EVERYWHERE, NOWHERE) is True and ask.equivalent(atom(X, ">"), atom(Y, ">")) is True
    assert not ask.sign(X - Y)
    assert ask.sample_signs(EVERYWHERE, [X]) is None


def test_sampled_signs_are_those_of_a_point() -> None:
    rng = Random(5)
    for given in (EVERYWHERE, HELD, atom(X * X - 2, "==")):
        ask = Prover(given)
        for _ in range(40):
            region, polys = random_region(rng), [random_poly(rng) for _ in range(2)]
            signs = ask.sample_signs(region, polys)
            assert (signs is not None) == ask.satisfiable(region)
            if signs is not None:
                facts = [atom(p, {1: ">", 0: "==", -1: "<"}[s]) for p, s in signs.items()]
                assert ask.satisfiable(all_of((region, *facts))) is True


def test_signs_at_an_irrational_point() -> None:
    ask = Prover(EVERYWHERE)
    root_two = all_of((atom(X * X - 2, "=="), atom(X, ">")))
    signs = ask.sample_signs(root_two, [X * X - 2, X - 1, 2 * X - 3, X * X * X - 2 * X])
    assert signs == {X * X - 2: 0, X - 1: 1, 2 * X - 3: -1, X * X * X - 2 * X: 0}


def test_generic_points_lie_on_no_border() -> None:
    rng = Random(6)
    for given in (EVERYWHERE, all_of((atom(X, ">"), atom(Y - X, ">=")))):
        for _ in range(30):
            region = random_region(rng)
            inner = generic(region, given)
            for p in GRID:
                if not given.contains(p) or not inner.contains(p):
                    continue
                assert region.contains(p)
                near = [{"x": p["x"] + dx, "y": p["y"] + dy} for dx in TINY for dy in TINY]
                assert all(region.contains(q) and given.contains(q) for q in near), f"{region} around {p}"


TINY = [F(-1, 10**6), F(0), F(1, 10**6)]


def test_what_is_pinned_by_the_assumptions_does_not_make_a_region_thin() -> None:
    given = atom(X - Y, "==")
    assert prover(given).satisfiable(generic(atom(X, ">"), given)) is True
    assert prover(given).satisfiable(generic(atom(X, "=="), given)) is False


# -- the same questions for other solvers ----------------------------------------------------------------------
def test_exported_questions_have_the_same_answer() -> None:
    rng = Random(7)
    for given in (EVERYWHERE, HELD):
        for _ in range(40):
            region = random_region(rng)
            text = smtlib([given, region], "is there a point")
            solver = z3.Solver()
            solver.add(z3.parse_smt2_string(text))
            assert (solver.check() == z3.sat) == prover(given).satisfiable(region), text


def test_exported_projections_have_the_same_answer() -> None:
    claim = smtlib_projection([atom(Y, ">=")], ["x"], atom(X * X - Y, "=="), "every y >= 0 is a square")
    wrong = smtlib_projection([atom(Y + 1, ">=")], ["x"], atom(X * X - Y, "=="), "so is every y >= -1")
    for text, expected in ((claim, z3.unsat), (wrong, z3.sat)):
        solver = z3.Solver()
        solver.add(z3.parse_smt2_string(text))
        assert solver.check() == expected


def test_verdicts_have_no_truth_value() -> None:
    region = atom(X, ">")
    for verdict in (Proved("z3"), Refuted({"x": F(0)}, region), Vacuous("…"), Undecided("…")):
        with pytest.raises(TypeError):
            bool(verdict)
    assert [holds_region(v) for v in (Proved("z3"), Vacuous("…"), Undecided("…"))] == [
        EVERYWHERE,
        EVERYWHERE,
        None,
    ]
    assert holds_region(Refuted(None, region)) == region
