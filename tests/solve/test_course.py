"""The course of play after given errors, against the rules of the strategies played out by hand."""

from typing import Any

import pytest

import deterrence as dt
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.automata import Automaton
from deterrence.games.repeated import RepeatedGame

Errors = dict[str, Any]

ACTS = ["hold", "attack"]
STAGE = dt.NormalForm.from_arrays(
    [[3, 0], [5, 1]], [[3, 5], [0, 1]], players=["North", "South"], actions=[ACTS, ACTS]
)
BOTH = dt.Actions(*ACTS, *ACTS)


def played(strategy: str | Automaton, **errors: Any) -> str:
    """Two letters a round, North's first: h for hold, a for attack."""
    game = dt.repeat(STAGE, "delta", {"p": strategy})
    return " ".join(r["North"][0] + r["South"][0] for r in dt.course(game, "p", 9, **errors))


def repeated(name: str) -> RepeatedGame:
    """The repeated game of a model of the catalogue."""
    found = dt.load(name).repeated
    assert found is not None
    return found


SLIP = {"slips": {2: {"North": "attack"}}}
MISREAD = {"misreadings": {2: {"North": {"South": "attack"}}}}


def two_rounds(anew: bool) -> Automaton:
    return dt.strategy("limited-retaliation", BOTH, rounds=2, restart=anew)


# Each line by the strategy's description alone: who has seen an attack of whom, and what follows from that.
@pytest.mark.parametrize(
    ("strategy", "errors", "expected"),
    [
        ("tit-for-tat", SLIP, "hh ah ha ah ha ah ha ah ha"),
        ("tit-for-tat", MISREAD, "hh hh ah ha ah ha ah ha ah"),
        ("grim", SLIP, "hh ah aa aa aa aa aa aa aa"),
        ("grim", MISREAD, "hh hh ah aa aa aa aa aa aa"),
        ("contrite-tit-for-tat", SLIP, "hh ah ha hh hh hh hh hh hh"),
        ("contrite-tit-for-tat", MISREAD, "hh hh ah ha ah ha ah ha ah"),
        ("win-stay-lose-shift", SLIP, "hh ah aa hh hh hh hh hh hh"),
        ("win-stay-lose-shift", MISREAD, "hh hh ah aa hh hh hh hh hh"),
        (two_rounds(False), SLIP, "hh ah aa aa hh hh hh hh hh"),
        (two_rounds(False), MISREAD, "hh hh ah aa ha ah aa ha ah"),
        (two_rounds(True), MISREAD, "hh hh ah aa aa hh hh hh hh"),
        ("always-cooperate", SLIP, "hh ah hh hh hh hh hh hh hh"),
    ],
)
def test_one_error(strategy: str | Automaton, errors: Errors, expected: str) -> None:
    assert played(strategy, **errors) == expected


def test_without_errors_the_path_of_play() -> None:
    assert played("tit-for-tat") == " ".join(["hh"] * 9)
    assert played("suspicious-tit-for-tat") == " ".join(["aa"] * 9)


def test_a_second_slip_ends_the_echo() -> None:
    # In round 4 it is North's turn to attack again; it holds by mistake, and both hold from then on.
    assert (
        played("tit-for-tat", slips={2: {"North": "attack"}, 4: {"North": "hold"}})
        == "hh ah ha hh hh hh hh hh hh"
    )


def test_a_game_of_several_states_ends_where_it_is_absorbed() -> None:
    # The militia attacks and the retaliator gives way, which settles it: one visit each.
    game = repeated("escalation-game")
    with pytest.raises(OutOfScope, match="the game after round 1 is left to chance"):
        dt.course(game, "militia-climbs", 5)
    assert dt.course(game, "us-climbs", 5) == ({"militia": "give_way"},)


def test_what_is_left_to_chance_is_refused() -> None:
    generous = dt.strategy("generous-tit-for-tat", BOTH, forgive="1/3")
    assert played(generous) == " ".join(["hh"] * 9)  # forgiveness is never called for
    with pytest.raises(OutOfScope, match="South in round 3 is left to chance"):
        played(generous, **SLIP)
    with pytest.raises(OutOfScope, match="public signal"):
        dt.course(repeated("imperfect-monitoring"), "two-rounds", 3)


@pytest.mark.parametrize(
    ("errors", "fault", "says"),
    [
        ({"slips": {10: {"North": "attack"}}}, GameError, "the rounds 1 to 9"),
        ({"slips": {1: {"East": "attack"}}}, UnknownName, "East"),
        ({"slips": {1: {"North": "strike"}}}, UnknownName, "strike"),
        ({"misreadings": {1: {"East": {"North": "attack"}}}}, UnknownName, "East"),
        ({"misreadings": {1: {"North": {"South": "strike"}}}}, UnknownName, "strike"),
        ({"misreadings": {1: {"North": {"North": "attack"}}}}, GameError, "knows what it did itself"),
    ],
)
def test_errors_name_the_place_and_what_is_known(errors: Errors, fault: type[Exception], says: str) -> None:
    with pytest.raises(fault, match=says):
        played("tit-for-tat", **errors)


def test_at_least_one_round() -> None:
    game = dt.repeat(STAGE, "delta", {"p": "grim"})
    with pytest.raises(GameError, match="one or more"):
        dt.course(game, "p", 0)
