"""Logit equilibria against mpmath at fifty digits and against published limits; floats here, boxes proved."""

from fractions import Fraction as F
from random import Random

import mpmath
import numpy as np
import pytest
from flint import arb

import deterrence as dt
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.enclosure import enclosed
from deterrence.solve.quantal import logit, logit_branch

GOLDEN = {"g": 3, "s": 8, "e": 1, "c": 1, "k": 1, "b": 4, "h": 5}


def precise(A, B, rationality, x, y):
    """The equilibrium of a 2x2 game near (x, y), by mpmath's root finder at fifty digits."""

    def share(gain):
        return 1 / (1 + mpmath.exp(-rationality * gain))

    def gap(x, y):
        row = (A[0][0] - A[1][0]) * y + (A[0][1] - A[1][1]) * (1 - y)
        column = (B[0][0] - B[0][1]) * x + (B[1][0] - B[1][1]) * (1 - x)
        return x - share(row), y - share(column)

    with mpmath.workdps(50):
        return tuple(mpmath.findroot(gap, (mpmath.mpf(x), mpmath.mpf(y))))


def within(enclosure, exact):
    with mpmath.workdps(50):
        return abs(mpmath.mpf(enclosure.middle) - exact) <= mpmath.mpf(enclosure.radius)


def test_boxes_hold_the_equilibrium():
    rng = Random(11)
    for _ in range(12):
        A, B = ([[rng.randint(-3, 3) for _ in "12"] for _ in "12"] for _ in "12")
        rationality = F(rng.randint(1, 30), 10)
        try:
            found = logit(NormalForm.from_arrays(A, B), rationality)
        except OutOfScope:
            continue
        assert found.proved and found.tolerance < 1e-12
        x, y = found.chance("row", "row1"), found.chance("column", "column1")
        exact = precise(A, B, mpmath.mpf(rationality.numerator) / rationality.denominator, x.middle, y.middle)
        assert within(x, exact[0]) and within(y, exact[1])


def test_probabilities_add_up_and_answer_each_other():
    """Three players and three actions: the shares that the payoffs call for are those that are played."""
    rng = Random(2)
    sizes = (3, 2, 2)
    tables = [rng.choices(range(-2, 4), k=12) for _ in sizes]
    game = NormalForm.from_profiles(
        {f"p{i}": [f"p{i}a{k}" for k in range(n)] for i, n in enumerate(sizes)},
        {
            tuple(f"p{i}a{k}" for i, k in enumerate(index)): [t[j] for t in tables]
            for j, index in enumerate(np.ndindex(*sizes))
        },
    )
    found = logit(game, "3/4")
    assert found.proved
    chances = [np.array([e.middle for _, e in s]) for _, s in found.profile]
    for i, own in enumerate(chances):
        assert abs(own.sum() - 1) < 1e-12
        payoffs = np.array(tables[i], dtype=float).reshape(sizes)
        for j in reversed(range(3)):
            if j != i:
                payoffs = np.tensordot(payoffs, chances[j], axes=(j, 0))
        called = np.exp(0.75 * payoffs)
        assert np.abs(called / called.sum() - own).max() < 1e-12


def test_rationality_zero_tosses_a_fair_coin():
    found = logit(NormalForm.from_arrays([[5, 0, 1], [7, 2, 1]], [[0, 0, 1], [0, 3, 0]]), 0)
    assert [round(e.middle, 12) for _, s in found.profile for _, e in s] == [0.5, 0.5] + [
        round(1 / 3, 12)
    ] * 3


def test_the_inspection_game_comes_near_its_nash_equilibrium():
    """[McKelveyPalfrey1995]: as rationality grows, attacks go to 2/5 and strikes to 3/7."""
    game = dt.load("inspection").game
    far = logit_branch(game, [10, 100, 1000], GOLDEN)
    gaps = [abs(q.chance("militia", "attack").middle - 2 / 5) for q in far]
    assert gaps[0] > gaps[1] > gaps[2] and gaps[2] < 1e-4
    assert abs(far[-1].chance("us", "strike").middle - 3 / 7) < 1e-4


def test_a_coordination_game_goes_to_the_risk_dominant_side():
    game = NormalForm.from_arrays([[4, 0], [3, 2]], [[4, 3], [0, 2]])  # 2 x 2 pays less and risk-dominates
    assert logit(game, 20).chance("row", "row2").middle > 0.99


def test_where_the_branch_splits_it_stops():
    """Pure coordination: 1/2 is the only equilibrium up to rationality two, where two more come off it."""
    game = NormalForm.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    assert logit(game, "19/10").chance("row", "row1").contains(0.5)
    with pytest.raises(OutOfScope, match="past rationality"):
        logit(game, "21/10")


def test_rationalities_come_back_in_the_order_asked():
    game = NormalForm.from_arrays([[1, 0], [0, 0]], [[1, 0], [0, 0]])
    assert [q.rationality for q in logit_branch(game, [4, "1/2", 1])] == [4, F(1, 2), 1]


def test_boxes_of_other_systems():
    """The square root of two, and no box around a double zero."""

    def square(v):
        return [v[0] * v[0] - 2], [[2 * v[0]]]

    (box,) = enclosed(square, [1.4])
    with mpmath.workdps(50):
        assert within(box, mpmath.sqrt(2))
    assert enclosed(lambda v: ([v[0] * v[0]], [[2 * v[0]]]), [1e-9]) is None
    assert enclosed(lambda v: ([v[0] * v[0] + 1], [[2 * v[0]]]), [0.3]) is None
    assert enclosed(lambda v: ([arb(1), arb(1)], [[arb(1), arb(1)], [arb(1), arb(1)]]), [0.0, 0.0]) is None


def test_bad_questions():
    game = dt.load("inspection").game
    with pytest.raises(GameError, match="from zero up"):
        logit(game, -1, GOLDEN)
    with pytest.raises(TypeError, match="float"):
        logit(game, 0.5, GOLDEN)
    with pytest.raises(DomainError):
        logit(game, 1, {**GOLDEN, "s": 1})
    found = dt.logit(game, 1, GOLDEN)
    with pytest.raises(UnknownName, match="known: attack, halt"):
        found.chance("militia", "strike")
    with pytest.raises(UnknownName, match="no player"):
        found.chance("them", "strike")
    with pytest.raises(UnknownName):
        logit(NormalForm.from_arrays([[1, 0]], [[0, 1]]), 1, {"a": 1})
