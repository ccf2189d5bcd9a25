"""Responses of logit equilibria: E2 of the inspection game proved, formulas by SymPy, signs by high precision."""

from random import Random

import mpmath
import pytest
import sympy

import deterrence as dt
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.study.quantal_effect import logit_effect
from tests.solve.test_quantal import GOLDEN, precise

INSPECTION = dt.load("inspection").game


def test_attacks_fall_strictly_in_severity():
    """Unlike at Nash, where severity leaves the attack rate alone [McKelveyPalfrey1995]."""
    found = dt.logit_effect(INSPECTION, "s", "militia", "attack")
    assert (found.direction, found.verdict.word, found.unique.word) == ("falls", "proved", "proved")


def test_the_response_is_the_one_worked_out_by_hand():
    """x' * (1/(x(1 - x)) + r**2 (s - e)(b + k) y(1 - y)) = -r y, with x attacks and y strikes."""
    found = logit_effect(INSPECTION, "s", "militia", "attack")
    r, y, x = sympy.symbols(found.names)
    s, e, b, k = sympy.symbols("s e b k")
    response = sympy.sympify(str(found.top)) / sympy.sympify(str(found.below))
    weight = 1 / (x * (1 - x)) + r**2 * (s - e) * (b + k) * y * (1 - y)
    assert sympy.simplify(response * weight + r * y) == 0


def golden(parameter, amount):
    v = {n: mpmath.mpf(x) for n, x in GOLDEN.items()}
    v[parameter] += amount
    us = [[-v["h"] + v["b"] - v["c"], -v["c"] - v["k"]], [-v["h"], mpmath.mpf(0)]]
    militia = [[v["g"] - v["s"], -v["e"]], [v["g"], mpmath.mpf(0)]]
    return us, militia


@pytest.mark.parametrize("parameter", ["g", "s", "e", "b", "c", "k", "h"])
def test_signs_and_sizes_against_differences_at_fifty_digits(parameter):
    with mpmath.workdps(50):
        step = mpmath.mpf(2) ** -60
        strikes, attacks = precise(*golden(parameter, 0), 1, 0.49, 0.39)
        then = precise(*golden(parameter, step), 1, 0.49, 0.39)
        slopes = [(b - a) / step for a, b in zip((strikes, attacks), then, strict=True)]
    for (player, action), slope in zip((("us", "strike"), ("militia", "attack")), slopes, strict=True):
        found = logit_effect(INSPECTION, parameter, player, action)
        assert found.verdict.word == "proved"
        sign = 0 if abs(slope) < 1e-12 else (1 if slope > 0 else -1)
        assert found.direction == {1: "rises", -1: "falls", 0: "none"}[sign]
        names = sympy.symbols((*GOLDEN, *found.names))
        point = dict(zip(names, (*GOLDEN.values(), 1, float(strikes), float(attacks)), strict=True))
        response = (sympy.sympify(str(found.top)) / sympy.sympify(str(found.below))).subs(point)
        assert abs(float(response) - float(slope)) < 1e-9


def test_the_other_action_moves_the_other_way():
    assert logit_effect(INSPECTION, "s", "militia", "halt").direction == "rises"


def test_where_equilibria_split_nothing_is_claimed():
    """In coordination games several logit equilibria exist, and some move the wrong way."""
    game = NormalForm.from_arrays([["a", 0], [0, 1]], [["a", 0], [0, 1]], assumptions=["a > 0"])
    found = logit_effect(game, "a", "row", "row1")
    assert (found.direction, found.verdict.word, found.unique.word) == ("", "undecided", "undecided")


def test_random_zero_sum_like_games_are_unique_and_follow_the_formula():
    """Where one player's gain rises in the other's chance and the other's falls, the answer is proved or open."""
    rng = Random(6)
    words = set()
    for _ in range(6):
        A = [["a", rng.randint(-2, 0)], [0, rng.randint(1, 3)]]
        B = [[0, "1 + a"], [rng.randint(1, 2), 0]]
        game = NormalForm.from_arrays(A, B, assumptions=["a > 0"])
        found = logit_effect(game, "a", "row", "row1")
        assert found.unique.word == "proved"
        words.add(found.direction)
    assert words <= {"falls", "rises", ""}


def test_bad_questions():
    with pytest.raises(UnknownName, match="parameter"):
        logit_effect(INSPECTION, "z", "us", "strike")
    with pytest.raises(UnknownName, match="action of us"):
        logit_effect(INSPECTION, "s", "us", "attack")
    with pytest.raises(GameError, match="two actions"):
        logit_effect(NormalForm.from_arrays([[1, 2, "a"]], [[1, 2, 3]]), "a", "row", "row1")
