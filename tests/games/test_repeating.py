"""Repeated games in a few words: what `repeat` and `stability` refuse, and strategies that watch one of three."""

from __future__ import annotations

from typing import Any

import pytest

import deterrence as dt

STAGE = dt.NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"stage": [[3, 0], [5, 1]]}, "the stage is .*; give a NormalForm or an ExtensiveForm"),
    ({"profiles": {"one": 3}}, "profile one: row plays 3; give an Automaton or a name of the library"),
    ({"profiles": {"one": {"row": "grim"}}}, "profile one: no strategy for column"),
    ({"discount": {"row": "d"}}, "no discount factor for column"),
    ({"discount": 1}, "the discount factor 1 of row is not proved to lie between 0 and 1"),
    ({"discount": "3/2"}, "the discount factor 3/2 of row"),
    ({"roles": ["C", "X"]}, "no action of row named 'X'; known: C, D"),
    ({"noise": "e", "noise_kind": "fog"}, "noise of kind 'fog'; write implementation or perception"),
]


@pytest.mark.parametrize("given, message", REFUSED)
def test_what_is_refused(given: dict[str, Any], message: str) -> None:
    asked: dict[str, Any] = {"stage": STAGE, "discount": "d", "profiles": {"one": "grim"}, **given}
    with pytest.raises(dt.DeterrenceError, match=message):
        dt.repeat(asked.pop("stage"), asked.pop("discount"), asked.pop("profiles"), **asked)


@pytest.mark.parametrize("rounds", [0, -1, 101, True])
def test_numbers_of_rounds_that_are_none(rounds: int) -> None:
    with pytest.raises(dt.DeterrenceError, match="write a whole number from 1 to 100"):
        dt.listed_profiles(dt.repeat(STAGE, "d", {"one": "grim"}, rounds=rounds))


def test_a_chain_has_no_profiles_to_test() -> None:
    with pytest.raises(dt.DeterrenceError, match="nobody moves in this chain"):
        dt.stability("ladder-of-chance")


def test_of_three_players_one_is_watched() -> None:
    """Grim in a ring: whoever defects earns 3, then 1 while one neighbour has not heard of it, then nothing."""
    rows = [[[2, 0], [0, -1]], [[3, 1], [1, 0]]]  # of the first: by defection always one more
    other = [[[2, 0], [3, 1]], [[0, -1], [1, 0]]]
    third = [[[2, 3], [0, 1]], [[0, 1], [-1, 0]]]
    stage = dt.NormalForm.from_arrays(rows, other, third, actions=[["C", "D"]] * 3)
    with pytest.raises(
        dt.DeterrenceError, match=r"could be player2, player3; .* watching\(strategy, player\)"
    ):
        dt.listed_profiles(dt.repeat(stage, "d", {"grim": "grim"}))
    grim = dt.strategy("grim", dt.Actions("C", "D", "C", "D"))
    nxt = {"player1": "player2", "player2": "player3", "player3": "player1"}
    game = dt.repeat(stage, "d", {"ring": {p: dt.watching(grim, q) for p, q in nxt.items()}})
    found = dt.listed_profiles(game)["ring"]
    assert [(p, str(v)) for p, v in found.payoffs] == [(p, "2") for p in nxt]
    assert found.nash is not None  # 3 + d for who defects, against 2/(1 - d)
    assert dt.equal(found.nash, dt.region("d**2 + 2*d >= 1"), game.domain.given).word == "proved"
