"""Scores of so many rounds, against all histories tried one by one, and against sums of independent rounds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

import deterrence as dt
from deterrence.errors import GameError, UnknownName
from deterrence.solve.scores import scores

HALF, SLY = Fraction(1, 2), Fraction(1, 10)
PAY = {"CC": (3, 3), "CD": (0, 5), "DC": (5, 0), "DD": (1, 1)}
# the chance of cooperating after the other's moves so far, as the tournament describes the programs
PROGRAMS: dict[str, Callable[[str], Fraction]] = {
    "tit-for-tat": lambda other: Fraction(not other.endswith("D")),
    "friedman": lambda other: Fraction("D" not in other),
    "joss": lambda other: 1 - SLY if other.endswith("C") else Fraction(not other),
    "random": lambda other: HALF,
}


def by_all_histories(first: str, second: str, rounds: int) -> tuple[Fraction, Fraction, Fraction]:
    """Mean and variance of the first program's total, and the mean of the second's."""
    means, square = [Fraction(0), Fraction(0)], Fraction(0)
    for history in product(PAY, repeat=rounds):
        chance = Fraction(1)
        for k, both in enumerate(history):
            for i, program in enumerate((first, second)):
                cooperates = PROGRAMS[program]("".join(pair[1 - i] for pair in history[:k]))
                chance *= cooperates if both[i] == "C" else 1 - cooperates
        total = [sum(PAY[both][i] for both in history) for i in (0, 1)]
        means = [m + chance * t for m, t in zip(means, total, strict=True)]
        square += chance * total[0] ** 2
    return means[0], square - means[0] ** 2, means[1]


@pytest.mark.parametrize(("first", "second"), list(product(PROGRAMS, repeat=2)))
def test_scores_of_four_rounds_by_all_histories(first: str, second: str) -> None:
    game = dt.load("first-tournament").repeated
    mine, other = scores(game, f"{first}-{second}", 4)
    assert (mine.mean, mine.variance, other.mean) == by_all_histories(first, second, 4)


def test_rounds_that_hang_on_nothing_add_their_variances() -> None:
    # each of 3, 0, 5, 1 with a quarter: mean 9/4, mean square 35/4
    mine, _ = scores(dt.load("first-tournament").repeated, "random-random", 30)
    assert (mine.mean, mine.variance) == (30 * Fraction(9, 4), 30 * (Fraction(35, 4) - Fraction(81, 16)))
    assert mine.deviation**2 == pytest.approx(float(mine.variance))


def test_a_round_with_moves_in_turn_counts_once() -> None:
    # twenty entrants come in and share: g to them, a to the chain store, each time
    entrant, chain = scores(dt.load("chain-store-for-ever").repeated, "give-way", 20, {"g": 3, "a": 2})
    assert (entrant.mean, chain.mean, chain.variance) == (60, 40, 0)


def test_a_game_that_ends_in_war_earns_nothing_afterwards() -> None:
    # attack and strike in turn; each strike starts the war that ends the game with probability h
    model = dt.load("enforcement-war-risk")
    point = {"h": "1/4", "g": 5, "s": 3, "c": 2, "l": 4, "W_M": 13, "W_R": 42}
    found = {n: {s.player: s.mean for s in scores(model.repeated, "exchange", n, point)} for n in (1, 2)}
    assert set(found[1]) == set(model.repeated.names)
    first = {p: found[1][p] for p in found[1]}
    for player, value in found[2].items():
        assert value == first[player] * (1 + Fraction(3, 4))


def test_bad_input() -> None:
    game = dt.load("first-tournament").repeated
    with pytest.raises(GameError, match="from 1 to"):
        scores(game, "joss-joss", 0)
    with pytest.raises(UnknownName):
        scores(game, "joss", 3)
