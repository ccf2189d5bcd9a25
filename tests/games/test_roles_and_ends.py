"""Roles of repeated games, strategies that are alike, plans by their path, and games that end, by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import pytest

import deterrence as dt
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.value import number, variable
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.automata import Automaton, AutomatonState, Rule, surely
from deterrence.games.monitoring import Monitoring, SignalCase
from deterrence.games.path_plans import path_plan
from deterrence.games.repeated import IMPLEMENTATION, Noise, Profile, RepeatedGame
from deterrence.games.roles import alike, in_role, is_symmetric
from deterrence.games.stochastic import Case, GameState, StochasticGame, repeated
from deterrence.games.strategies import (
    Actions,
    always_defect,
    generous_tit_for_tat,
    grim,
    strategy,
    tit_for_tat,
)
from deterrence.games.unrolled import END, MAX_ROUNDS, unrolled
from deterrence.solve.finite_horizon import finite_outcomes, finite_test, unravels
from deterrence.solve.invasion import invasions, neutrally_stable, uninvaded
from deterrence.solve.process import process
from deterrence.solve.repeated_risk import profile_risk_dominates

A = Actions("C", "D", "C", "D")
HALF = number(F(1, 2))


def dilemma(own: str = "3", discounts: tuple[object, object] = (HALF, HALF)) -> RepeatedGame:
    stage = dt.NormalForm.from_arrays([[own, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    return RepeatedGame(repeated(stage, discounts))  # type: ignore[arg-type]


def profile(identifier: str, automaton: Automaton) -> Profile:
    return Profile(identifier, (("row", automaton), ("column", automaton)))


# -- roles --------------------------------------------------------------------------------------------------
def test_what_makes_roles_alike() -> None:
    assert is_symmetric(dilemma())
    assert not is_symmetric(dilemma(own="4"))
    assert not is_symmetric(dilemma(discounts=(HALF, number(F(1, 3)))))
    trio = dt.NormalForm.from_profiles({n: ["a"] for n in "xyz"}, {("a", "a", "a"): [0, 0, 0]})
    assert not is_symmetric(RepeatedGame(repeated(trio, (HALF,) * 3)))


def test_roles_may_be_alike_under_the_assumptions_only() -> None:
    stage = dt.NormalForm.from_arrays(
        [["a", 0], [5, 1]], [["b", 5], [0, 1]], actions=[["C", "D"]] * 2, assumptions=["a == b"]
    )
    assert is_symmetric(RepeatedGame(repeated(stage, (HALF, HALF))))


def test_actions_of_other_names_are_other_roles() -> None:
    stage = dt.NormalForm.from_arrays(
        [[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"], ["halt", "attack"]]
    )
    assert not is_symmetric(RepeatedGame(repeated(stage, (HALF, HALF))))


def test_a_signal_that_tells_players_apart() -> None:
    def seen(row: str, column: str) -> Monitoring:
        case = (
            SignalCase((("row", "D"), ("column", "C")), surely(row)),
            SignalCase((("row", "C"), ("column", "D")), surely(column)),
            SignalCase((), surely("calm")),
        )
        return Monitoring(("calm", "noise", "shot"), case)

    assert is_symmetric(replace(dilemma(), monitoring=seen("shot", "shot")))
    assert not is_symmetric(replace(dilemma(), monitoring=seen("shot", "noise")))


def test_a_strategy_in_the_other_role_by_players_names() -> None:
    """Written with names for the row player: what `column` does to it, `row` does to the column player."""
    by_name = Automaton(
        "named",
        "calm",
        (
            AutomatonState(
                "calm",
                (("", surely("C")),),
                (Rule((("column", "C"),), surely("calm")), Rule((), surely("angry"))),
            ),
            AutomatonState(
                "angry",
                (("", surely("D")),),
                (Rule((("column", "C"),), surely("calm")), Rule((), surely("angry"))),
            ),
        ),
    )
    names = ["row", "column"]
    game = dilemma()
    assert alike(game, "row", by_name, tit_for_tat(A))
    assert alike(game, "column", in_role(by_name, "row", "column", names), tit_for_tat(A))
    assert not alike(game, "column", by_name, tit_for_tat(A))


def test_lotteries_that_are_listed_alike_are_alike() -> None:
    game = dilemma()
    q, r = (generous_tit_for_tat(A, number(F(1, n))) for n in (3, 4))
    assert alike(game, "row", q, generous_tit_for_tat(A, number(F(1, 3)))) and not alike(game, "row", q, r)
    drawn = Automaton(
        "drawn",
        "a",
        (
            AutomatonState("a", (("", surely("C")),), (Rule((), (("a", HALF), ("b", HALF))),)),
            AutomatonState("b", (("", surely("D")),), (Rule((), surely("a")),)),
        ),
    )
    sure = Automaton(
        "sure",
        "a",
        (
            AutomatonState("a", (("", surely("C")),), (Rule((), surely("b")),)),
            AutomatonState("b", (("", surely("D")),), (Rule((), surely("a")),)),
        ),
    )
    assert alike(game, "row", drawn, drawn) and not alike(game, "row", drawn, sure)


# -- lists --------------------------------------------------------------------------------------------------
def test_strategies_that_play_alike_count_once() -> None:
    """Grim triggered by the other alone differs from grim only after its own slip, so only errors tell them apart."""
    stay = (Rule((), surely("war")),)
    lenient = Automaton(
        "grim-towards-others",
        "peace",
        (
            AutomatonState("peace", (("", surely("C")),), (Rule((("other", "C"),), surely("peace")), *stay)),
            AutomatonState("war", (("", surely("D")),), stay),
        ),
    )
    listed = (profile("grim", grim(A)), profile("lenient", lenient), profile("war", always_defect(A)))
    quiet = replace(dilemma(), profiles=listed)
    assert [i.mutant for i in invasions(quiet, "grim")] == ["war"]
    noisy = replace(quiet, noise=Noise(IMPLEMENTATION, number(F(1, 10))))
    assert [i.mutant for i in invasions(noisy, "grim")] == ["lenient", "war"]


def test_neutral_stability_is_for_one_strategy_in_one_role() -> None:
    mixed = Profile("mixed", (("row", grim(A)), ("column", tit_for_tat(A))))
    game = replace(dilemma(), profiles=(mixed, profile("war", always_defect(A))))
    with pytest.raises(OutOfScope, match="mixed roles or strategies differ"):
        neutrally_stable(game, "mixed")
    assert uninvaded(game, "mixed") == NOWHERE  # grim against grim pays as much
    assert {(i.player, i.mutant) for i in invasions(game, "mixed")} == {
        ("row", "tit-for-tat"),
        ("row", "war"),
        ("column", "grim"),
        ("column", "war"),
    }
    with pytest.raises(UnknownName, match="did you mean 'mixed'"):
        uninvaded(game, "mixd")


def test_a_single_strategy_in_the_list_has_no_rival() -> None:
    game = replace(dilemma(), profiles=(profile("grim", grim(A)),))
    assert uninvaded(game, "grim") == EVERYWHERE and invasions(game, "grim") == ()


def test_risk_dominance_of_a_profile_over_itself() -> None:
    game = replace(dilemma(), profiles=(profile("grim", grim(A)),))
    with pytest.raises(GameError, match="compares two profiles; got grim twice"):
        profile_risk_dominates(game, "grim", "grim")


# -- plans by their path ------------------------------------------------------------------------------------
def test_a_path_and_what_follows_departures() -> None:
    stage = dt.NormalForm.from_arrays([[6, 2], [7, 0]], [[6, 7], [2, 0]], actions=[["C", "D"]] * 2)
    plan = path_plan("p", stage, [["C", "C"], ["C", "D"]], {"row": ["C", "D"], "column": ["D", "C"]})
    p = process(repeated(stage, (HALF, HALF)), dict(plan.strategies))
    on = p.step(p.start, {"row": "C", "column": "C"}).to
    assert on[0][0][1] == ("round2", "round2")
    assert p.step(on[0][0], {"row": "C", "column": "D"}).to == on  # the last profile goes on for ever
    for done, expected in ((("D", "C"), "punish_row"), (("C", "D"), "punish_column"), (("D", "D"), "round2")):
        ((to, _),) = p.step(p.start, dict(zip(("row", "column"), done, strict=True))).to
        assert to[1] == (expected, expected)
        if expected == "punish_row":
            assert {n: m[0][0] for n, m in p.intended(to).items()} == {"row": "C", "column": "D"}


def test_plans_that_are_not_well_formed() -> None:
    stage = dt.NormalForm.from_arrays([[6, 2], [7, 0]], [[6, 7], [2, 0]], actions=[["C", "D"]] * 2)
    both = {"row": ["C", "D"], "column": ["D", "C"]}
    with pytest.raises(GameError, match="one or more profiles"):
        path_plan("p", stage, [], both)
    with pytest.raises(GameError, match="departure of column"):
        path_plan("p", stage, [["C", "C"]], {"row": ["C", "D"]})
    with pytest.raises(UnknownName, match="no action of row named 'E'"):
        path_plan("p", stage, [["E", "C"]], both)
    with pytest.raises(UnknownName, match="no player named 'us'"):
        path_plan("p", stage, [["C", "C"]], {**both, "us": ["C", "C"]})


# -- games that end -----------------------------------------------------------------------------------------
def test_totals_of_a_finite_game_by_hand() -> None:
    """Three rounds of (3, 3) at one half: 3 + 3/2 + 3/4; undiscounted 9; and 5 + 1 after one departure in the second."""
    game = replace(dilemma(), profiles=(profile("grim", grim(A)),), rounds=3)
    assert process(unrolled(game).game, dict(unrolled(game).profiles[0].strategies)).values("row")[
        unrolled(game).game.initial, ("peace", "peace")
    ] == number(F(21, 4))
    plain = unrolled(game, undiscounted=True)
    p = process(plain.game, dict(plain.profiles[0].strategies))
    assert p.values("row")[p.start] == number(9)
    ((to, _),) = p.step(p.start, {"row": "C", "column": "C"}).to
    ((war, _),) = p.step(to, {"row": "D", "column": "C"}).to
    assert p.values("row")[war] == number(1)
    assert p.values("row")[END, ("war", "war")] == number(0)


def test_states_that_end_the_game_early_and_play_by_state() -> None:
    """An attack, a round later a strike, and then war, if the game lasts so long.  Play and rules name states."""
    d = variable("d")
    nothing = (number(0), number(0))
    quiet = GameState(
        "quiet",
        (("m", ("halt", "attack")),),
        (
            Case((("m", "halt"),), nothing, surely("quiet")),
            Case((), (number(2), number(-4)), surely("answer")),
        ),
    )
    answer = GameState(
        "answer",
        (("us", ("wait", "strike")),),
        (
            Case((("us", "wait"),), nothing, surely("quiet")),
            Case((), (number(-3), number(-1)), surely("war")),
        ),
    )
    war = GameState("war", (), (Case((), (number(-10), number(-10)), ()),), absorbing=True)
    domain = dt.NormalForm.from_arrays([["d"]], [[0]], assumptions=["0 < d", "d < 1"]).domain
    people = (dt.Player("m", ("halt", "attack")), dt.Player("us", ("wait", "strike")))
    game = StochasticGame(people, (quiet, answer, war), "quiet", (d, d), domain)
    on = (Rule((("state", "answer"),), surely("after")), Rule((), surely("first")))
    militia = Automaton(
        "once",
        "first",
        (
            AutomatonState("first", (("quiet", surely("attack")), ("answer", surely("halt"))), on),
            AutomatonState("after", (("", surely("halt")),), (Rule((), surely("after")),)),
        ),
    )
    us = Automaton(
        "strikes", "s", (AutomatonState("s", (("", surely("strike")),), (Rule((), surely("s")),)),)
    )
    listed = RepeatedGame(game, (Profile("p", (("m", militia), ("us", us))),))
    for rounds, expected in (
        (1, number(2)),
        (2, number(2) - number(3) * d),
        (3, number(2) + d * (number(-3) + d * number(-10))),
    ):
        made = unrolled(listed, rounds)
        p = process(made.game, dict(made.profiles[0].strategies))
        assert p.values("m")[p.start] == expected


@pytest.mark.parametrize("rounds", [0, -1, True, MAX_ROUNDS + 1, 2.0, None])
def test_numbers_of_rounds_that_are_none(rounds: object) -> None:
    game = replace(dilemma(), profiles=(profile("war", always_defect(A)),))
    with pytest.raises(GameError, match="write a whole number from 1"):
        unrolled(game, rounds)  # type: ignore[arg-type]
    with pytest.raises(GameError, match="write a whole number from 1"):
        finite_test(game, "war", rounds)  # type: ignore[arg-type]
    stage = dt.NormalForm.from_arrays([[1]], [[1]])
    if rounds != MAX_ROUNDS + 1:
        with pytest.raises(GameError, match="write a whole number from 1"):
            finite_outcomes(stage, rounds)  # type: ignore[arg-type]


def test_too_many_paths_and_games_not_searched_in_full() -> None:
    flat = dt.NormalForm.from_arrays([[0] * 4] * 4, [[0] * 4] * 4)
    with pytest.raises(OutOfScope, match="ask about fewer rounds"):
        finite_outcomes(flat, 4)
    large = dt.NormalForm.from_arrays([[0] * 5] * 5, [[0] * 5] * 5)
    with pytest.raises(OutOfScope, match="mixed ones included"):
        unravels(large)


def test_a_finite_game_with_errors_in_one_round() -> None:
    """In a single round errors change nothing about what is best in a dilemma."""
    listed = (profile("war", always_defect(A)), profile("peace", strategy("always-cooperate", A)))
    game = replace(dilemma(), profiles=listed, noise=Noise(IMPLEMENTATION, number(F(1, 10))))
    assert finite_test(game, "war", 1) == EVERYWHERE and finite_test(game, "peace", 1) == NOWHERE


def test_what_is_asked_of_a_game_that_ends_is_asked_round_by_round() -> None:
    """Grim in two rounds of 5, 3, 1, 0: it pays 3 + 3d against itself and 1d against a defector, who gets 5 + 1d
    against it, so defection invades where 5 + d > 3 + 3d: below one, everywhere.  Without end only up to 1/2."""
    d = variable("d")
    stage = dt.NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    made = dt.repeat(stage, d, {"grim": "grim", "war": "always-defect"})
    short = replace(made, rounds=2)
    assert str(uninvaded(made, "grim")) == "d > 1/2" and uninvaded(short, "grim") == NOWHERE
    assert dt.evolutionarily_stable(short, "war") == EVERYWHERE
    assert dt.profile_risk_dominates(short, "grim", "war") == NOWHERE
    assert (
        dt.renegotiation_proof(short, "war") == EVERYWHERE
        and dt.renegotiation_proof(short, "grim") == NOWHERE
    )
    assert dt.individually_rational(short, "war") == EVERYWHERE  # one a round, just what each can secure
    assert dt.individually_rational(short, "war", strict=True) == NOWHERE
    with pytest.raises(OutOfScope, match="roles or strategies differ"):
        neutrally_stable(
            replace(
                short,
                profiles=(
                    *short.profiles,
                    Profile("mixed", (("row", grim(A)), ("column", always_defect(A)))),
                ),
            ),
            "mixed",
        )
