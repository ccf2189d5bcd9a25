"""Long-run behaviour of processes: shares, ways back, ends, with time that stands still and players who mix."""

from __future__ import annotations

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.algebra.value import number, variable
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.automata import Automaton, AutomatonState, Rule, surely
from deterrence.games.repeated import IMPLEMENTATION, Noise, Profile, RepeatedGame
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.long_run import chain, ending, limit, occupation, recovery, rounds_to_end, rounds_until
from deterrence.solve.markov import markov_process
from deterrence.solve.process import process

p, u = variable("p"), variable("u")
ONE = number(1)


def walk(states: dict, *given: str, initial: str | None = None):
    return process(StochasticGame.build([], states, assumptions=given, initial=initial), {})


# -- shares of time -------------------------------------------------------------------------------------------
def test_two_states_share_time_by_the_odds_of_leaving():
    """The stationary distribution of a chain of two states [KemenySnell1960]."""
    w = walk(
        {"a": {"to": {"a": "1 - p", "b": "p"}}, "b": {"to": {"b": "1 - u", "a": "u"}}},
        "0 < p < 1",
        "0 < u < 1",
    )
    found = {s: v for (s, _), v in occupation(w).items()}
    assert found == {"a": u / (p + u), "b": p / (p + u)}


def test_shares_of_classes_are_weighted_by_how_play_comes_to_them():
    states = {
        "start": {"to": {"left": "p", "right": "1 - p"}},
        "left": {"to": "left2"},
        "left2": {"to": "left"},
        "right": {"to": "right"},
    }
    found = {s: v for (s, _), v in occupation(walk(states, "0 < p < 1")).items()}
    assert found == {"left": p / number(2), "left2": p / number(2), "right": ONE - p}


def test_shares_differ_where_a_transition_is_impossible_so_that_is_refused():
    states = {"a": {"to": {"a": "1 - p", "b": "p"}}, "b": {"to": "b"}}
    with pytest.raises(OutOfScope, match="from a to b is not proved to be above zero"):
        occupation(walk(states, "0 <= p < 1"))


def test_transitions_that_the_assumptions_exclude_are_left_out():
    states = {"a": {"to": {"a": "1 - p", "b": "p"}}, "b": {"absorbing": True}}
    w = walk(states, "p == 0")
    assert chain(w) == {w.start: ((w.start, ONE - p),)}
    assert dt.first_passage(w, "b").probability == number(0)


# -- ends -----------------------------------------------------------------------------------------------------
def test_instant_states_take_no_time():
    states = {
        "quiet": {"to": "news"},
        "news": {"to": {"quiet": "1 - p", "end": "p"}, "instant": True},
        "end": {"absorbing": True},
    }
    assert rounds_to_end(walk(states, "0 < p <= 1")) == ONE / p
    assert rounds_to_end(walk(states, "0 < p <= 1", initial="news")) == (ONE - p) / p


def test_play_that_may_go_on_for_ever_has_no_expected_end():
    states = {
        "a": {"to": {"end": "p", "loop": "1 - p"}},
        "loop": {"to": "loop"},
        "end": {"absorbing": True},
    }
    w = walk(states, "0 < p < 1")
    assert ending(w, "end") == p
    assert rounds_to_end(w) is None
    surely_once = rounds_to_end(walk(states, "p == 1"))
    assert surely_once is not None and surely_once.at({"p": Fraction(1)}) == 1
    with pytest.raises(OutOfScope, match=r"assume 1 - p > 0 or 1 - p == 0"):
        rounds_to_end(walk(states, "0 < p <= 1"))


def test_only_absorbing_states_end_play():
    w = walk({"a": {"to": "end"}, "end": {"absorbing": True}})
    with pytest.raises(UnknownName, match="no absorbing state named 'a'; known: end"):
        ending(w, "a")
    with pytest.raises(UnknownName, match="no state named 'b'"):
        dt.first_passage(w, "b")
    assert dt.first_passage(w, "a").probability == ONE  # where play begins
    assert rounds_until(w, w.start, {w.start}) == number(0)


def test_a_start_of_ones_own():
    states = {
        "a": {"to": {"a": "1/2", "b": "1/2"}},
        "b": {"to": {"a": "1/3", "end": "2/3"}},
        "end": {"absorbing": True},
        "island": {"to": "b"},
    }
    game = StochasticGame.build([], states)
    times = [dt.first_passage(game, "end", s).rounds for s in ("a", "b", "island", "end")]
    assert [t.at({}) for t in times] == [Fraction(9, 2), Fraction(5, 2), Fraction(7, 2), 0]


def test_risk_under_each_profile_of_a_list():
    """Who strikes after each attack runs the risk of war h again and again; who does so half the time, as well."""
    game = StochasticGame.build(
        ["us"],
        {
            "attacked": {
                "actions": {"us": ["strike", "bear"]},
                "cases": [
                    {"when": {"us": "strike"}, "to": {"attacked": "(1 - h)*u", "war": "h", "peace": "(1 - h)*(1 - u)"}},
                    {"to": {"attacked": "v", "peace": "1 - v"}},
                ],
            },
            "war": {"absorbing": True},
            "peace": {"absorbing": True},
        },
        discounts="delta",
        assumptions=["0 < delta < 1", "0 < h < 1", "0 <= u < 1", "0 <= v < 1", "0 <= m <= 1"],
    )  # fmt: skip

    def policy(name: str, mixture) -> Profile:
        mind = AutomatonState("one", (("attacked", mixture),), (Rule((), surely("one")),))
        return Profile(name, (("us", Automaton(name, "one", (mind,))),))

    m, h, v = variable("m"), variable("h"), variable("v")
    mixed = (("strike", m), ("bear", ONE - m))
    listed = RepeatedGame(
        game,
        (policy("always", surely("strike")), policy("never", surely("bear")), policy("mixed", mixed)),
        averaged=False,
    )
    risks = dict(dt.first_passages(listed, "war"))
    assert risks["always"].probability == h / (ONE - (ONE - h) * u)
    assert risks["never"].probability == number(0)
    assert risks["mixed"].probability == m * h / (ONE - m * (ONE - h) * u - (ONE - m) * v)
    with pytest.raises(OutOfScope, match="only a stochastic game has states"):
        dt.first_passages(dt.nash(dt.NormalForm.from_arrays([[1, 0]], [[0, 1]])), "war")


# -- ways back ------------------------------------------------------------------------------------------------
def remembering(name: str, start: str, action: dict[str, str], player: str, error_leads: int) -> Automaton:
    """Plays on in peace; after an unwanted action of a player it is angry for some rounds and then at peace."""
    back = [f"angry{k}" for k in range(error_leads)]
    follow = [*back[1:], "peace"]
    peace = AutomatonState(
        "peace",
        (("", surely(action["peace"])),),
        (Rule(((player, action["bad"]),), surely(back[0])), Rule((), surely("peace"))),
    )
    angry = [
        AutomatonState(b, (("", surely(action["peace"])),), (Rule((), surely(f)),))
        for b, f in zip(back, follow, strict=True)
    ]
    return Automaton(name, start, (peace, *angry))


def one_stage(actions: dict[str, list[str]], **more) -> StochasticGame:
    return StochasticGame.build(
        list(actions), {"s": {"actions": actions, "to": "s"}}, discounts="1/2", **more
    )


@pytest.mark.parametrize("rounds", [1, 3])
def test_an_error_takes_as_long_to_heal_as_the_anger_lasts(rounds):
    game = one_stage({"us": ["good", "bad"], "them": ["only"]})
    us = remembering("us", "peace", {"peace": "good", "bad": "bad"}, "us", rounds)
    them = Automaton("them", "x", (AutomatonState("x", (("", surely("only")),), (Rule((), surely("x")),)),))
    found = recovery(process(game, {"us": us, "them": them}))
    assert found == number(rounds)  # them, who has no other action, cannot err


def test_an_error_beside_a_player_who_mixes_is_averaged_over_what_that_one_does():
    """Their anger after our error lasts only if they had played `stern`, which they do with probability m."""
    game = one_stage({"us": ["good", "bad"], "them": ["mild", "stern"]})
    us = Automaton("us", "x", (AutomatonState("x", (("", surely("good")),), (Rule((), surely("x")),)),))
    m = variable("m")
    calm = AutomatonState(
        "calm",
        (("", (("mild", ONE - m), ("stern", m))),),
        (Rule((("us", "bad"), ("them", "stern")), surely("angry")), Rule((), surely("calm"))),
    )
    angry = AutomatonState("angry", (("", surely("mild")),), (Rule((), surely("calm")),))
    them = Automaton("them", "calm", (calm, angry))
    domain = dt.Domain((dt.Parameter("m"),), (dt.region("0 <= m and m <= 1"),))
    found = recovery(
        process(
            one_stage({"us": ["good", "bad"], "them": ["mild", "stern"]}, domain=domain),
            {"us": us, "them": them},
        )
    )
    assert found == m
    assert game.names == ("us", "them")


def test_errors_that_nobody_can_make():
    w = walk({"a": {"to": "b"}, "b": {"absorbing": True}})
    with pytest.raises(OutOfScope, match="nobody can err in the first round of play, which begins in a"):
        recovery(w)
    game = one_stage({"us": ["good", "bad"]})
    behaviour = {"s": {"good": ONE, "bad": number(0)}}
    with pytest.raises(UnknownName, match="player who moves in the first round named 'them'; known: us"):
        recovery(markov_process(game, behaviour), "them")
    assert recovery(markov_process(game, behaviour), "us") == number(0)  # without memory one is back at once


def test_errors_go_on_while_play_comes_back():
    """One round of anger, in which an error of rate e starts it anew: 1/(1 - e) rounds on average."""
    game = one_stage({"us": ["good", "bad"]}, assumptions=["0 < e < 1/2"])
    rules = (Rule((("us", "bad"),), surely("angry")), Rule((), surely("peace")))
    minds = tuple(AutomatonState(n, (("", surely("good")),), rules) for n in ("peace", "angry"))
    us = Automaton("us", "peace", minds)
    noisy = RepeatedGame(game, (Profile("one", (("us", us),)),), Noise(IMPLEMENTATION, variable("e")))
    w = process(noisy.game, {"us": us}, noisy.error)
    assert recovery(w) == ONE / (ONE - variable("e"))


# -- one error, wherever it is made ------------------------------------------------------------------------
def in_turns(omitted: str) -> tuple[StochasticGame, dict[str, Automaton]]:
    """A round of two moves, us and then them; them, once they fail to answer, do as they like for ever."""
    game = StochasticGame.build(
        ["us", "them"],
        {
            "first": {"actions": {"us": ["good", "bad"]}, "instant": True, "to": "second"},
            "second": {"actions": {"them": ["answer", "omit"]}, "to": "first"},
        },
        discounts="1/2",
    )
    us = Automaton("us", "x", (AutomatonState("x", (("", surely("good")),), (Rule((), surely("x")),)),))
    rules = (Rule((("them", "omit"),), surely(omitted)), Rule((), surely("keep")))
    keep = AutomatonState("keep", (("", surely("answer")),), rules)
    minds = (keep,)
    if omitted != "keep":
        minds += (AutomatonState(omitted, (("", surely("omit")),), (Rule((), surely(omitted)),)),)
    return game, {"us": us, "them": Automaton("them", "keep", minds)}


def test_whoever_moves_later_in_the_round_may_err_too():
    game, strategies = in_turns("lapsed")
    p = process(game, strategies)
    assert recovery(p, "us") == number(0)  # nobody minds, and the round of the error is not counted
    assert recovery(p, "them") is None and recovery(p) is None
    again, kind = in_turns("keep")
    assert recovery(process(again, kind)) == number(0)


def test_a_path_that_leaves_its_start_can_be_come_back_to():
    """A first round that is never played again: one error in it sends play to three bad rounds, then to peace."""
    game = one_stage({"us": ["good", "bad"]})

    def mind(name: str, *rules: Rule) -> AutomatonState:
        return AutomatonState(name, (("", surely("good")),), rules)

    minds = (
        mind("opening", Rule((("us", "bad"),), surely("b1")), Rule((), surely("peace"))),
        mind("peace", Rule((), surely("peace"))),
        *(mind(f"b{k}", Rule((), surely(f"b{k + 1}" if k < 3 else "peace"))) for k in (1, 2, 3)),
    )
    assert recovery(process(game, {"us": Automaton("us", "opening", minds)})) == number(3)


def test_a_path_that_goes_in_a_circle_is_joined_anywhere():
    """Two states in turn, whatever is done: an error changes nothing, wherever in the circle it is made."""
    game = one_stage({"us": ["good", "bad"]})
    minds = tuple(
        AutomatonState(name, (("", surely("good")),), (Rule((), surely(other)),))
        for name, other in (("odd", "even"), ("even", "odd"))
    )
    assert recovery(process(game, {"us": Automaton("us", "odd", minds)})) == number(0)


def test_a_limit_that_depends_on_a_parameter_is_refused():
    """(e + q)/(2*e + q) goes to one, but to one half where q is zero."""
    e, q = variable("e"), variable("q")
    share = (e + q) / (e + e + q)
    with pytest.raises(OutOfScope, match="is another where q is zero"):
        limit(share, "e", dt.region("q >= 0"))
    assert limit(share, "e", dt.region("q > 0")) == ONE
