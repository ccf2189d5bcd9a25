"""Markov perfect equilibria of random stochastic games against brute force, in both directions, ties included."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from deterrence.games.stochastic import StochasticGame
from deterrence.solve.markov_perfect import markov_perfect
from tests.oracles.markov import Game, State, by_definition, one_shot
from tests.oracles.random_markov import Drawn, draw

ASSUMPTIONS = ("0 <= d < 1", "0 <= p <= 1")
CHOICES = {
    "a": (-1, 0, 0, 1, 2, Fraction(1, 2)),
    "b": (-1, 0, 0, 1, 1, Fraction(-1, 3)),
    "p": (0, 1, Fraction(1, 2), Fraction(1, 3), Fraction(4, 5)),
    "d": (0, Fraction(1, 2), Fraction(1, 3), Fraction(9, 10), Fraction(2, 3)),
}


def test_the_oracle_knows_a_game_that_is_easy_by_hand():
    """One player may stay with 1 a round or leave for 3 once and for all: leaving pays up to a half plus a sixth."""
    for discount, best in ((Fraction(1, 2), "leave"), (Fraction(3, 4), "stay")):
        stay = ((Fraction(1),), {0: Fraction(1)})
        leave = ((Fraction(3),), {1: Fraction(1)})
        home = State((0,), (("stay", "leave"),), {("stay",): stay, ("leave",): leave})
        end = State((), (), {(): ((Fraction(0),), {})})
        found = one_shot(Game((home, end), (discount,)))
        assert found == {((best,), ()): (max(Fraction(3), 1 / (1 - discount)),)}


def test_the_oracle_finds_what_the_definition_says():
    rng = Random(11)
    seen = 0
    for _ in range(60):
        game = draw(rng, symbols=False, largest=3).at({})
        found = set(one_shot(game))
        assert found == by_definition(game)
        seen += len(found)
    assert seen > 60


def answers(drawn: Drawn, atlas, point) -> dict:
    """The atlas at a point in the words of the oracle."""
    found = {}
    for e in atlas.at(point):
        assert e.is_pure
        played = {place: next(a for a, v in strategy if not v.is_zero) for place, strategy in e.profile}
        plan = tuple(
            tuple(played[f"s{k}" if len(who) == 1 else f"s{k}[{drawn.players[i]}]"] for i in who)
            for k, who in enumerate(drawn.movers)
        )
        assert plan not in found
        found[plan] = tuple(v.at({}) for _, v in e.payoffs)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_numeric_games(seed):
    rng = Random(100 + seed)
    counts = []
    for _ in range(60):
        drawn = draw(rng, symbols=False)
        atlas = markov_perfect(StochasticGame.build(**drawn.table()), cells=False)
        assert atlas.complete.verdict == "proved"
        found = answers(drawn, atlas, {})
        assert found == one_shot(drawn.at({}))
        counts.append(len(found))
    assert max(counts) > 1  # there were ties


@pytest.mark.parametrize("seed", range(12))
def test_symbolic_games_at_random_points(seed):
    rng = Random(200 + seed)
    for _ in range(4):
        drawn = draw(rng, symbols=True, largest=3)
        game = StochasticGame.build(**drawn.table(), assumptions=ASSUMPTIONS)
        atlas = markov_perfect(game, cells=False)
        assert atlas.complete.verdict == "proved"
        for _ in range(12):
            point = {name: Fraction(rng.choice(values)) for name, values in CHOICES.items()}
            own = {name: v for name, v in point.items() if name in game.domain.names}
            assert answers(drawn, atlas, own) == one_shot(drawn.at(point))
