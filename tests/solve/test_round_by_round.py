"""Shares round by round: against every pattern of errors followed by hand-written rules, and by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

import deterrence as dt
from deterrence.errors import DomainError, GameError, UnknownName
from deterrence.solve.round_by_round import round_by_round

CHICKEN = dt.load("repeated-chicken").repeated
MISREAD = dt.load("repeated-prisoners-dilemma-misperception").repeated
RATE = Fraction(1, 7)
C, D = "cooperate", "defect"
Past = list[tuple[str, str]]  # own action and the other's as one saw it


def tit_for_tat(past: Past) -> str:
    return past[-1][1] if past else C


def grim(past: Past) -> str:
    return C if all(pair == (C, C) for pair in past) else D


def pavlov(past: Past) -> str:
    return C if not past or past[-1][0] == past[-1][1] else D


RULES: dict[str, Callable[[Past], str]] = {"tit-for-tat": tit_for_tat, "grim": grim, "pavlov": pavlov}
OTHER = {C: D, D: C}


def brute(rule: Callable[[Past], str], rounds: int, misread: bool) -> list[dict[tuple[str, str], Fraction]]:
    """The chance of each pair of actions in each round, over all patterns of errors."""
    found: list[dict[tuple[str, str], Fraction]] = [{} for _ in range(rounds)]
    for pattern in product((False, True), repeat=2 * rounds):
        weight = Fraction(1)
        for wrong in pattern:
            weight *= RATE if wrong else 1 - RATE
        pasts: tuple[Past, Past] = ([], [])
        for k in range(rounds):
            wrong = pattern[2 * k : 2 * k + 2]
            meant = [rule(past) for past in pasts]
            done = [m if misread or not w else OTHER[m] for m, w in zip(meant, wrong, strict=True)]
            found[k][done[0], done[1]] = found[k].get((done[0], done[1]), Fraction(0)) + weight
            for i, past in enumerate(pasts):
                seen = done[1 - i]
                past.append((done[i], OTHER[seen] if misread and wrong[i] else seen))
    return found


@pytest.mark.parametrize("name", list(RULES))
@pytest.mark.parametrize("misread", [False, True], ids=["slips", "misreadings"])
def test_every_pattern_of_errors(name, misread):
    game = MISREAD if misread else CHICKEN
    expected = brute(RULES[name], 5, misread)
    for one, pairs in zip(round_by_round(game, name, 5, errors=RATE), expected, strict=True):
        assert one.peace == pairs.get((C, C), 0)
        for i, player in enumerate(("row", "column")):
            assert one.share("stage", player, D) == sum(v for pair, v in pairs.items() if pair[i] == D)


def test_forgiving_with_some_probability_by_hand():
    q = Fraction(1, 3)
    found = round_by_round(CHICKEN, "generous", 4, slip={"row": D}, point={"q": q})
    column = [r.share("stage", "column", C) for r in found]
    row = [r.share("stage", "row", C) for r in found]
    assert column == [1, q, 1, 1 - (1 - q) ** 3]  # three wars not forgiven in a row
    assert row == [0, 1, 1 - (1 - q) ** 2, 1]


def test_a_slip_under_two_old_strategies():
    """Tit-for-tat echoes for ever and grim never forgives; win-stay-lose-shift is back after one war."""
    echo = round_by_round(CHICKEN, "tit-for-tat", 6, slip={"row": D})
    assert [r.share("stage", "column", D) for r in echo] == [0, 1, 0, 1, 0, 1]
    assert [r.share("stage", "row", D) for r in echo] == [1, 0, 1, 0, 1, 0]
    assert [r.peace for r in round_by_round(CHICKEN, "grim", 4, slip={"row": D})] == [0] * 4
    assert [r.peace for r in round_by_round(CHICKEN, "pavlov", 4, slip={"row": D})] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "name", ["strikes-for-attacks", "enforcement", "enforcement-war-risk", "three-actors"]
)
def test_shares_add_up(name):
    game = dt.load(name).repeated
    for profile in game.profiles:
        found = round_by_round(game, profile.id, 6, errors=RATE)
        assert len(found) == 6
        for before, after in zip(found, found[1:], strict=False):
            assert 0 <= before.over <= after.over <= 1
        for r in found:
            for (state, _), shares in r.shares:
                assert 0 < sum(v for _, v in shares) <= 1 - r.over
                assert state in [s.name for s in game.game.states]


def test_bad_arguments_are_refused():
    with pytest.raises(GameError, match="rounds"):
        round_by_round(CHICKEN, "grim", 0)
    with pytest.raises(GameError, match="one of them"):
        round_by_round(CHICKEN, "grim", 2, slip={"row": D}, errors=RATE)
    with pytest.raises(DomainError, match="from 0 to 1"):
        round_by_round(CHICKEN, "grim", 2, errors=Fraction(2))
    with pytest.raises(UnknownName, match="player"):
        round_by_round(CHICKEN, "grim", 2, slip={"us": D})
    with pytest.raises(UnknownName, match="action"):
        round_by_round(CHICKEN, "grim", 2, slip={"row": "strike"})
