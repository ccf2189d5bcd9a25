"""Processes of automata: what is refused, and what is right where a rate or a discount factor is at its end."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from deterrence.algebra.region import EVERYWHERE
from deterrence.algebra.value import number, variable
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.automata import OTHER, SIGNAL, Automaton, AutomatonState, Mixture, Rule, surely
from deterrence.games.monitoring import Monitoring, SignalCase
from deterrence.games.normal import NormalForm, entry, found_domain
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.games.stochastic import StochasticGame, repeated
from deterrence.games.strategies import Actions, grim, limited_retaliation, strategy, tit_for_tat
from deterrence.show.stability_sentences import failure_sentence
from deterrence.solve.process import process
from deterrence.solve.profiles import listed_profiles
from deterrence.solve.stability import one_shot, plans, where_all
from tests.literature.repeated_games import ACTIONS, game, only, solved

A = Actions("C", "D", "C", "D")
GRIM = grim(A)


def dilemma(*assumed: str, discount: str = "d") -> StochasticGame:
    stage = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    d = entry(discount)
    names = [[variable(n)] for n in "eq"]
    return repeated(stage, (d, d), found_domain([[d], *names], ["0 < d < 1", *assumed]))


def single(play: Mixture, *rules: Rule) -> Automaton:
    return Automaton(
        "single", "on", (AutomatonState("on", (("", play),), rules or (Rule((), surely("on")),)),)
    )


def both(one: Automaton, two: Automaton = GRIM) -> Mapping[str, Automaton]:
    return {"row": one, "column": two}


# -- what is refused ------------------------------------------------------------------------------------
def test_an_action_that_the_stage_lacks() -> None:
    with pytest.raises(GameError, match="row would play 'strike' in state stage, where its actions are C, D"):
        process(dilemma(), both(single(surely("strike"))))


def test_an_action_that_is_only_played_later() -> None:
    later = limited_retaliation(Actions("C", "strike", "C", "D"), 2, False)
    with pytest.raises(GameError, match="row would play 'strike' in state stage"):
        process(dilemma(), both(later))


def test_a_transition_that_is_not_defined_and_can_happen() -> None:
    half = single(surely("C"), Rule(((OTHER, "C"),), surely("on")))
    with pytest.raises(GameError, match=r"state on: no rule fits .*column = D; add a last rule without when"):
        process(dilemma(), both(half))


def test_rules_on_what_cannot_be_seen() -> None:
    for when, error, message in (
        ((OTHER, "cooperate"), UnknownName, "cooperate.*C, D"),
        (("colum", "C"), UnknownName, "column"),
        ((SIGNAL, "good"), GameError, "this game has none"),
        (("state", "war"), UnknownName, "stage"),
    ):
        odd = single(surely("C"), Rule((when,), surely("on")), Rule((), surely("on")))
        with pytest.raises(error, match=message):
            process(dilemma(), both(odd))
    half = entry("1/2")
    signal = Monitoring(("good", "bad"), (SignalCase((), (("good", half), ("bad", half))),))
    with pytest.raises(GameError, match="a rule looks at row, but with a public signal nobody sees"):
        process(dilemma(), both(GRIM), monitoring=signal)


@pytest.mark.parametrize(
    "play, message",
    [
        ((("C", number(2)), ("D", number(-1))), "2 is not proved to be <= 1, as the probability of C"),
        ((("C", entry("1/2")), ("D", entry("1/3"))), "sum to 5/6"),
        ((("C", variable("q")), ("D", number(1) - variable("q"))), "assume 0 <= q <= 1"),
    ],
)
def test_mixtures_that_are_none(play: Mixture, message: str) -> None:
    with pytest.raises(DomainError, match=message):
        process(dilemma(), both(single(play)))
    with pytest.raises(DomainError, match="strategy single, state on"):
        process(dilemma(), both(single(surely("C"), Rule((), tuple(("on", v) for _, v in play[:1])))))


def test_an_action_named_twice() -> None:
    with pytest.raises(GameError, match="a name twice"):
        process(dilemma(), both(single((("C", entry("1/2")), ("C", entry("1/2"))))))


def test_one_strategy_for_each_player() -> None:
    with pytest.raises(GameError, match="missing: column"):
        process(dilemma(), {"row": GRIM})
    with pytest.raises(GameError, match="unknown: we"):
        process(dilemma(), {"row": GRIM, "column": GRIM, "we": GRIM})


@pytest.mark.parametrize("rate, message", [("2", "<= 1"), ("-1/10", ">= 0"), ("e", "assume 0 <= e <= 1")])
def test_error_rates_that_are_none(rate: str, message: str) -> None:
    with pytest.raises(DomainError, match=f"the rate of implementation errors: .*{message}"):
        process(dilemma(), both(GRIM), entry(rate))
    with pytest.raises(DomainError, match=f"the rate of perception errors: .*{message}"):
        process(dilemma(), both(GRIM), misperception=entry(rate))


@pytest.mark.parametrize("discount", ["1", "3/2", "-1/2", "1 + d"])
def test_discount_factors_that_are_none(discount: str) -> None:
    with pytest.raises(DomainError, match="is not proved to lie between 0 and 1; assume 0 < delta < 1"):
        dilemma(discount=discount)


def test_too_many_joint_states() -> None:
    long, other = (limited_retaliation(A, k, False) for k in (50, 49))
    assert len(process(dilemma(), both(long, long)).states) == 51
    with pytest.raises(OutOfScope, match="more than 400 joint states; use automata with fewer states"):
        process(dilemma(), both(long, other))


def test_too_many_plans() -> None:
    """Against a clock of twenty hours whose hand any action moves, or stops, plans are a million."""
    clock = Automaton(
        "clock",
        "h0",
        tuple(
            AutomatonState(
                f"h{k}",
                (("", surely("C")),),
                (Rule(((OTHER, "C"),), surely(f"h{(k + 1) % 20}")), Rule((), surely(f"h{(k + 7) % 20}"))),
            )
            for k in range(20)
        ),
    )
    p = process(dilemma(), both(GRIM, clock))
    with pytest.raises(OutOfScope, match="row has more than 5000 plans against these strategies"):
        plans(p)
    noted = solved(game("dilemma", clock))
    assert noted.nash is None and "plans" in noted.notes[0]
    assert noted.subgame_perfect is not None


# -- the ends of ranges -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["grim", "tit-for-tat", "contrite-tit-for-tat", "win-stay-lose-shift"])
def test_with_errors_in_half_of_all_rounds_nothing_that_is_meant_matters(name: str) -> None:
    """What is done is a fair coin's, so all payoffs are the mean and everything is an equilibrium."""
    g = game("any", strategy(name, ACTIONS))
    half = number(Fraction(1, 2))
    p = process(g.game, dict(g.profiles[0].strategies), half)
    mean = entry("(R + S + T + P)/4") / (number(1) - variable("d"))
    assert set(p.values("row").values()) == {mean}
    assert all(c.region == EVERYWHERE for c in one_shot(p))


def test_who_always_errs_does_the_contrary() -> None:
    """At a rate of one, unconditional restraint is unconditional attack."""
    g = game("any", strategy("always-cooperate", ACTIONS), strategy("always-defect", ACTIONS))
    kind, harsh = (dict(p.strategies) for p in g.profiles)
    wrong, right = process(g.game, kind, number(1)), process(g.game, harsh)
    assert wrong.values("row")[wrong.start] == right.values("row")[right.start]


def test_a_discount_factor_of_zero_leaves_the_stage() -> None:
    """Where only this round counts, what is an equilibrium is one of the stage in every state."""
    g = game("any", strategy("always-defect", ACTIONS))
    stage = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    now = repeated(stage, (number(0), number(0)))
    for name, fine in (("always-defect", True), ("grim", False)):
        p = process(now, both(strategy(name, ACTIONS), strategy(name, ACTIONS)))
        assert all(c.region == EVERYWHERE for c in one_shot(p)) is fine
    assert g.names == ("row", "column")


def test_a_mixture_that_may_be_pure_need_not_make_indifferent_there() -> None:
    """To defect for ever is an equilibrium of the dilemma, and to cooperate at times is none, however rarely."""
    q = variable("q")
    mostly = single((("C", q), ("D", number(1) - q)))
    for assumed, where in (("0 <= q <= 1", "q == 0"), ("0 < q <= 1", "false"), ("0 <= q < 1", "q == 0")):
        p = process(dilemma(assumed), both(mostly, mostly))
        for conditions in (one_shot(p), plans(p)):
            assert str(where_all(p, conditions)) == where


def test_errors_do_not_count_where_the_future_does_not() -> None:
    """Grim in a stage in which peace pays best, errors included: at d = 0 nobody asks about war, where it fails.

    In war to cooperate would pay one more, so grim is subgame perfect nowhere; while d is above zero war comes
    by error and counts, and at d = 0 only peace does, which is strictly best.
    """
    stage = NormalForm.from_arrays([[3, 1], [2, 0]], [[3, 2], [1, 0]], actions=[["C", "D"]] * 2)
    d = variable("d")
    for assumed, nash in (("0 <= d < 1/10", "d == 0"), ("0 < d < 1/10", "false")):
        now = repeated(stage, (d, d), found_domain([[d]], [assumed]))
        p = process(now, both(GRIM), number(Fraction(1, 10)))
        assert str(where_all(p, plans(p))) == nash
        assert str(where_all(p, one_shot(p))) == "false"


def test_errors_do_not_bring_about_what_chance_excludes() -> None:
    """With chance h a state comes in which the strategy errs: at h = 0 that is off the path for good."""
    game = StochasticGame.build(
        ["us"],
        {
            "calm": {"actions": {"us": ["good", "bad"]}, "cases": [
                {"when": {"us": "good"}, "payoffs": {"us": 1}, "to": {"calm": "1 - h", "storm": "h"}},
                {"to": {"calm": "1 - h", "storm": "h"}}]},
            "storm": {"actions": {"us": ["good", "bad"]}, "cases": [
                {"when": {"us": "good"}, "payoffs": {"us": 1}, "to": "storm"}, {"to": "storm"}]},
        },
        discounts="1/2", assumptions=["0 <= h <= 1"],
    )  # fmt: skip
    mind = AutomatonState(
        "on", (("calm", surely("good")), ("storm", surely("bad"))), (Rule((), surely("on")),)
    )
    p = process(game, {"us": Automaton("us", "on", (mind,))}, number(Fraction(1, 10)))
    assert str(where_all(p, plans(p))) == "h == 0"
    assert str(where_all(p, one_shot(p))) == "false"


def test_values_add_up_round_by_round() -> None:
    """Grim in peace: R/(1 - d); after a defection: P/(1 - d)."""
    p = only(game("dilemma", GRIM))
    worth = {here[1]: v for here, v in p.values("row").items()}
    assert worth[("peace", "peace")] == entry("R/(1 - d)")
    assert worth[("war", "war")] == entry("P/(1 - d)")
    assert set(worth) == {("peace", "peace"), ("war", "war")}


def test_the_first_failure_names_player_and_state() -> None:
    """Tit-for-tat in chicken: whoever is to hit back alone would rather not, in war most plainly."""
    g = game("chicken", tit_for_tat(A))
    fails = solved(g).fails_at
    assert fails is not None
    assert (fails.player, fails.state[1], fails.action) == ("row", ("war", "war"), "C")


def test_conditions_that_contradict_each_other_have_a_first_failure_too() -> None:
    """Tit-for-tat at 5, 3, 1, 0: peace needs d >= 2/3, and returning to war after an attack d <= 1/4."""
    stage = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    d = variable("d")
    g = RepeatedGame(
        repeated(stage, (d, d), found_domain([[d]], ["0 < d < 1"])),
        (Profile("both", tuple(both(tit_for_tat(A), tit_for_tat(A)).items())),),
    )
    (found,) = listed_profiles(g).tested
    fails = found.fails_at
    assert str(found.subgame_perfect) == "false" and fails is not None

    assert (fails.player, fails.action) == ("row", "C") and fails.state[1] == ("war", "war")
    assert failure_sentence(fails, g) == (
        "It fails at every parameter value: where no deviation before it gains, row gains by C when row's "
        "strategy is in war; column's strategy is in war."
    )


def test_perception_errors_leave_no_subgames() -> None:
    from dataclasses import replace

    from deterrence.games.repeated import PERCEPTION, Noise

    g = replace(
        game("dilemma", tit_for_tat(A), given=["0 < e < 1/2"]), noise=Noise(PERCEPTION, entry("1/10"))
    )
    (found,) = listed_profiles(g).tested
    assert found.nash is None and found.subgame_perfect is None
    assert any("private" in note for note in found.notes)


def test_values_are_reduced() -> None:
    """Equal values are equal objects, so the two symmetric players' values coincide."""
    p = only(game("dilemma", tit_for_tat(A)))

    def swapped(here: tuple[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]]:
        return here[0], here[1][::-1]

    row = p.values("row")
    assert all(row[here] == p.values("column")[swapped(here)] for here in p.states)
