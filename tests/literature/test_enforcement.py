"""Costly retaliation as a stochastic game: when the threat to strike after every attack lasts, with war risk too.

In each round the militia attacks (gain g, harm l to the retaliator) or halts; after an attack the retaliator
strikes (cost c, damage s) or not.  A strike may start a war that ends the game, with probability h and losses W_M
and W_R.  The strategy of enforcement strikes after every attack until a strike is omitted for once; then there are
attacks and no strikes for ever.  The conditions were worked out by hand: with V = -l/(1 - delta) for the
retaliator once enforcement has lapsed.
"""

from __future__ import annotations

from fractions import Fraction

import deterrence as dt
from deterrence.algebra.region import Region
from deterrence.algebra.value import number, variable
from deterrence.games.automata import STATE, Automaton, AutomatonState, Rule, surely
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.process import Process, process
from deterrence.solve.profiles import listed_profiles
from deterrence.solve.stability import one_shot, plans, where_all

BASE = ["g > 0", "l > 0", "s > 0", "c > 0", "0 < delta < 1", "0 < delta_m < 1"]
RISK = [*BASE, "0 < h < 1", "W_M > s", "W_R > c"]


def enforcement(war: bool) -> StochasticGame:
    strike = {
        "when": {"us": "strike"},
        "payoffs": {"us": "-(1 - h)*c - h*W_R", "militia": "-(1 - h)*s - h*W_M"},
        "to": {"quiet": "1 - h", "war": "h"},
    }
    if not war:
        strike |= {"payoffs": {"us": "-c", "militia": "-s"}, "to": "quiet"}
    attack = {"when": {"militia": "attack"}, "payoffs": {"us": "-l", "militia": "g"}, "to": "attacked"}
    states = {
        "quiet": {
            "actions": {"militia": ["attack", "halt"]},
            "cases": [attack, {"to": "rest"}],
            "instant": True,
        },
        "rest": {"to": "quiet"},
        "attacked": {"actions": {"us": ["strike", "restrain"]}, "cases": [strike, {"to": "quiet"}]},
    }
    if war:
        states["war"] = {"absorbing": True}
    return StochasticGame.build(
        {"us": "United States", "militia": "Militia"},
        states,
        discounts={"us": "delta", "militia": "delta_m"},
        assumptions=RISK if war else BASE,
    )


def until_lapse(player: str, place: str, keep: str, lapsed: str) -> Automaton:
    """Plays one action until a strike is omitted, and another ever after."""
    omitted = Rule(((STATE, "attacked"), ("us", "restrain")), surely("lapsed"))
    stay = AutomatonState("keep", ((place, surely(keep)),), (omitted, Rule((), surely("keep"))))
    gone = AutomatonState("lapsed", ((place, surely(lapsed)),), (Rule((), surely("lapsed")),))
    return Automaton(player, "keep", (stay, gone))


ENFORCE = {
    "us": until_lapse("us", "attacked", "strike", "restrain"),
    "militia": until_lapse("militia", "quiet", "halt", "attack"),
}


def played(war: bool) -> Process:
    return process(enforcement(war), ENFORCE)


def same(found: Region, expected: str, given: Region) -> None:
    verdict = dt.equal(found, dt.region(expected), given)
    assert verdict.word == "proved", f"{found} is not {expected}: {verdict}"


# -- without war ----------------------------------------------------------------------------------------------
def test_enforcement_is_subgame_perfect_exactly_where_strikes_hurt_and_the_future_counts():
    p = played(False)
    same(where_all(p, one_shot(p)), "s >= g and delta >= c/(c + l)", p.game.domain.given)


def test_the_threshold_of_patience_is_the_retaliators_own():
    game = enforcement(False)
    listed = RepeatedGame(game, (Profile("enforce", tuple(ENFORCE.items())),), averaged=False)
    (t,) = listed_profiles(listed).tested
    critical = dict(t.critical)
    assert [str(b) for b in critical["us"].bounds] == ["c/(c + l)"]
    golden = {"g": 2, "s": 3, "c": 2, "l": 4}
    (bound,) = critical["us"].bounds
    assert bound.at({k: Fraction(v) for k, v in golden.items()}) == Fraction(1, 3)
    assert dict(t.payoffs) == {"us": number(0), "militia": number(0)}


def test_nash_needs_no_credibility():
    """On the path no strike is carried out, so that only the militia must be deterred."""
    p = played(False)
    same(where_all(p, plans(p)), "s >= g", p.game.domain.given)


def test_without_memory_no_strike_is_worth_its_cost():
    atlas = dt.markov_perfect(enforcement(False))
    (e,) = atlas.equilibria
    assert dict(zip((place for place, _ in e.profile), e.support, strict=True)) == {
        "quiet": ("attack",),
        "attacked": ("restrain",),
    }
    assert str(e.region) == "true"
    assert e.payoff("us") == -variable("l") / (number(1) - variable("delta"))
    assert e.payoff("militia") == variable("g") / (number(1) - variable("delta_m"))


# -- with war ---------------------------------------------------------------------------------------------------
DETERRED = "h >= (g - s)/(W_M - s)"
CREDIBLE = "h*(W_R - c) <= delta*l/(1 - delta) - c"
NO_WISH_FOR_WAR = "h*delta*l <= (1 - delta)*(h*W_R + (1 - h)*c)"


def test_enforcement_with_war_risk_has_exactly_this_window():
    p = played(True)
    found = where_all(p, one_shot(p))
    same(found, f"{DETERRED} and {CREDIBLE} and {NO_WISH_FOR_WAR}", p.game.domain.given)


def test_where_war_is_bad_enough_the_window_is_an_interval_of_risk():
    p = played(True)
    given = p.game.domain.given & dt.region("W_R >= delta*l/(1 - delta)")
    found = where_all(p, one_shot(p))
    same(found, f"{DETERRED} and h <= (delta*l/(1 - delta) - c)/(W_R - c)", given)


def test_the_third_condition_is_needed():
    """Once enforcement has lapsed, a strike that may end the game in war can be better than attacks for ever."""
    p = played(True)
    numbers = dict.fromkeys(["W_R", "g", "s"], 1) | dict.fromkeys(["delta", "h", "c", "delta_m"], "1/2")
    point = p.game.domain.point({**numbers, "l": 2, "W_M": 2})
    assert dt.region(f"{DETERRED} and {CREDIBLE}").contains(point)
    assert not dt.region(NO_WISH_FOR_WAR).contains(point)
    assert not where_all(p, one_shot(p)).contains(point)
    failing = [c for c in one_shot(p) if not c.region.contains(point)]
    assert [(c.player, c.action, c.state[0], c.state[1]) for c in failing] == [
        ("us", "strike", "attacked", ("lapsed", "lapsed"))
    ]


def test_golden_window():
    p = played(True)
    found = where_all(p, one_shot(p))
    numbers = dict(g=5, s=3, c=2, l=4, delta="3/4", W_M=13, W_R=42, delta_m="1/2")
    for risk in ("1/5", "9/40", "1/4"):
        assert found.contains(p.game.domain.point({**numbers, "h": risk}))
    for risk in ("199/1000", "251/1000"):
        assert not found.contains(p.game.domain.point({**numbers, "h": risk}))


def test_markov_perfect_equilibria_with_war_risk():
    """Without memory strikes come only where an end in war is wished for; halting would then make them a mere
    cost, so where such strikes deter there is no pure equilibrium."""
    game = enforcement(True)
    given = game.domain.given
    atlas = dt.markov_perfect(game)
    assert (atlas.complete.verdict, atlas.complete.scope) == ("proved", "pure")
    found = {e.support: e.region for e in atlas.equilibria}
    assert set(found) == {(("attack",), ("restrain",)), (("attack",), ("strike",))}
    same(found[("attack",), ("restrain",)], NO_WISH_FOR_WAR, given)
    wished, pays = NO_WISH_FOR_WAR.replace("<=", ">="), "g >= (1 - h)*s + h*W_M"
    same(found[("attack",), ("strike",)], f"{wished} and {pays}", given)
    (empty,) = [c for c in atlas.cells if not c.equilibria]
    same(empty.region, f"not ({NO_WISH_FOR_WAR}) and not ({pays})", given)
    assert empty.full_dimensional


def test_war_comes_for_sure_where_strikes_go_on_and_never_where_they_are_omitted():
    atlas = dt.markov_perfect(enforcement(True), cells=False)
    risks = dict(dt.first_passages(atlas, "war"))
    seen = set()
    for e in atlas.equilibria:
        strikes = ("strike",) in e.support
        seen.add(strikes)
        assert risks[e.id].probability == number(int(strikes))
        assert risks[e.id].rounds == (number(1) / variable("h") if strikes else None)
    assert seen == {True, False}


def test_deterred_attacks_bring_no_war():
    p = played(True)
    found = dt.first_passage(p, "war")
    assert found.probability == number(0)
    assert found.rounds is None and found.note == "play may never come there"
