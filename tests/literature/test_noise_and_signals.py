"""Published results on errors and on public signals: long-run shares, ways back, punishment that must happen.

Errors of implementation at a rate e: [Molander1985], [Boyd1989], [NowakSigmund1993], [WuAxelrod1995].  A public
signal that is good with probability p when both cooperate and r < p when one deviates: [GreenPorter1984],
[AbreuPearceStacchetti1990], [MailathSamuelson2006].  One-sided conciliation: [Osgood1962].  All formulas are
compared as rational functions, or as regions by proof.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

import deterrence as dt
from deterrence.algebra.value import Value, compare, number, variable
from deterrence.algebra.virtual import substituted
from deterrence.games.automata import OTHER, OWN, SIGNAL, Automaton, AutomatonState, surely
from deterrence.games.monitoring import Monitoring, SignalCase
from deterrence.games.normal import entry
from deterrence.games.repeated import RepeatedGame
from deterrence.games.stochastic import StochasticGame
from deterrence.games.strategies import (
    always_defect,
    contrite_tit_for_tat,
    generous_tit_for_tat,
    grim,
    limited_retaliation,
    tit_for_tat,
    win_stay_lose_shift,
)
from deterrence.solve.long_run import action_shares, limit, occupation, recovery
from deterrence.solve.process import Process, process
from deterrence.solve.stability import one_shot, where_all
from tests.literature.repeated_games import ACTIONS, game, only, same, solved, state

CC, CD, DC, DD = ((("row", a), ("column", b)) for a in "CD" for b in "CD")


# -- errors of implementation -------------------------------------------------------------------------------
def forgetful_grim() -> Automaton:
    """Cooperates exactly after a round in which both did."""
    rules = (({OWN: "C", OTHER: "C"}, "peace"), ({}, "war"))
    return Automaton("forgetful", "peace", (state("peace", "C", *rules), state("war", "D", *rules)))


def erring(*strategies: Automaton, given: tuple[str, ...] = ()) -> Process:
    g = game("dilemma", *strategies[:1], given=("0 < e < 1/2", *given), error="e")
    if len(strategies) == 1:
        return only(g)
    return process(g.game, dict(zip(g.names, strategies, strict=True)), g.error)


@cache
def shares(name: str) -> dict[object, Value]:
    made: dict[str, Callable[[], Process]] = {
        "tit-for-tat": lambda: erring(tit_for_tat(ACTIONS)),
        "forgetful": lambda: erring(forgetful_grim()),
        "grim": lambda: erring(grim(ACTIONS)),
        "pavlov": lambda: erring(win_stay_lose_shift(ACTIONS)),
        "contrite": lambda: erring(contrite_tit_for_tat(ACTIONS)),
        "generous": lambda: erring(generous_tit_for_tat(ACTIONS, variable("q")), given=("0 < q < 1",)),
    }
    return dict(action_shares(made[name]()))


def test_tit_for_tat_spends_a_quarter_everywhere_however_rare_errors_are() -> None:
    assert [shares("tit-for-tat")[key] for key in (CC, CD, DC, DD)] == [entry("1/4")] * 4


@pytest.mark.parametrize(
    "name, formula, rare",
    [
        ("forgetful", "e/2", "0"),
        ("grim", "e**2", "0"),
        ("pavlov", "(1 - e)*(1 - 3*e + 4*e**2)", "1"),
        ("contrite", "(1 - e)*(1 - e + 2*e**2)/(1 + 2*e)", "1"),
        ("generous", "((e + q - 2*e*q)/(2*e + q - 2*e*q))**2", "1"),
    ],
)
def test_share_of_peace(name: str, formula: str, rare: str) -> None:
    found = shares(name)
    assert found[CC] == entry(formula)
    assert limit(found[CC], "e", dt.region("q > 0")) == entry(rare)  # at q = 0 it is tit-for-tat
    total = number(0)
    for share in found.values():
        total = total + share
    assert total == number(1)
    assert found[CD] == found[DC]


@pytest.mark.parametrize("name", ["pavlov", "contrite"])
def test_peace_loses_four_times_the_error_rate_at_first(name: str) -> None:
    """1 - 4e + O(e**2): the loss over the rate tends to 4."""
    lost = (number(1) - shares(name)[CC]) / variable("e")
    assert limit(lost, "e") == number(4)


def test_forgiving_late_never_loses_all_peace() -> None:
    """Without forgiveness the generous formula is tit-for-tat's quarter: the two limits do not commute."""
    at_no_forgiveness = shares("generous")[CC].substitute({"q": number(0)})
    assert at_no_forgiveness == entry("1/4")


@pytest.mark.parametrize(
    "strategy, peace",
    [
        (tit_for_tat(ACTIONS), "1/4"),
        (contrite_tit_for_tat(ACTIONS), "1/4"),
        (win_stay_lose_shift(ACTIONS), "(1 - e)*(1 - 3*e + 4*e**2)"),
    ],
    ids=["tit-for-tat", "contrite", "pavlov"],
)
def test_errors_of_perception_are_another_model(strategy: Automaton, peace: str) -> None:
    """Contrition heals what one did by mistake; of what one saw wrongly the standings do not agree any more."""
    g = game("dilemma", strategy, given=["0 < e < 1/2"], error="e")
    p = process(g.game, dict(g.profiles[0].strategies), misperception=variable("e"))
    assert action_shares(p)[CC] == entry(peace)


def test_pavlov_is_exploited_every_other_round() -> None:
    g = game("dilemma")
    p = process(g.game, {"row": win_stay_lose_shift(ACTIONS), "column": always_defect(ACTIONS)})
    assert action_shares(p) == {CD: entry("1/2"), DD: entry("1/2")}


@pytest.mark.parametrize(
    "strategy, rounds",
    [
        (contrite_tit_for_tat(ACTIONS), "1/(1 - e)"),
        (win_stay_lose_shift(ACTIONS), "1/(1 - 2*e + 2*e**2)"),
        (tit_for_tat(ACTIONS), "(3 - 2*e)/(2*e*(1 - e))"),
        (limited_retaliation(ACTIONS, 1, False), "1"),
        (limited_retaliation(ACTIONS, 2, False), "2"),
        (limited_retaliation(ACTIONS, 5, False), "5"),
    ],
    ids=["contrite", "pavlov", "tit-for-tat", "one round", "two rounds", "five rounds"],
)
def test_expected_rounds_from_an_error_back_to_peace(strategy: Automaton, rounds: str) -> None:
    assert recovery(erring(strategy)) == entry(rounds)


def test_grim_never_comes_back_and_tit_for_tat_only_by_another_error() -> None:
    assert recovery(erring(grim(ACTIONS))) is None
    g = game("dilemma", tit_for_tat(ACTIONS))
    assert recovery(only(g)) is None


# -- a public signal ----------------------------------------------------------------------------------------
CHANCES = ("0 < r", "r < p", "p < 1")


def signal() -> Monitoring:
    def case(when: tuple[tuple[str, str], ...], good: Value) -> SignalCase:
        return SignalCase(when, (("good", good), ("bad", number(1) - good)))

    p, r = variable("p"), variable("r")
    return Monitoring(("good", "bad"), (case(CC, p), case(CD, r), case(DC, r), case((), r)))


def price_war(rounds: int | None) -> Automaton:
    """Cooperates until the signal is bad, then defects for some rounds or, with None, for ever."""
    peace = state("peace", "C", ({SIGNAL: "good"}, "peace"), ({}, "war1"))
    if rounds is None:
        return Automaton("price-war", "peace", (peace, state("war1", "D", ({}, "war1"))))
    wars = [
        state(f"war{k}", "D", ({}, "peace" if k == rounds else f"war{k + 1}")) for k in range(1, rounds + 1)
    ]
    return Automaton("price-war", "peace", (peace, *wars))


def watched(rounds: int | None) -> RepeatedGame:
    return game("dilemma", price_war(rounds), given=CHANCES, monitoring=signal())


def value(g: RepeatedGame) -> Value:
    return dict(solved(g).payoffs)["row"]


def test_permanent_reversion() -> None:
    """Feasible from delta = g/((p - r)(R - P) + g*p) on, with g = T - R."""
    g = watched(None)
    found = solved(g)
    same(found.subgame_perfect, "d*((p - r)*(R - P) + (T - R)*p) >= T - R", g)
    for _, critical in found.critical:
        assert critical is not None
        assert critical.bounds == (entry("(T - R)/((p - r)*(R - P) + (T - R)*p)"),)
    assert value(g) == entry("P + (1 - d)*(R - P)/(1 - d*p)")


def test_what_a_signal_costs() -> None:
    """The best symmetric payoff is V = R - (1 - p)g/(p - r): punishments occur though nobody ever deviates.

    No price war pays more wherever it is an equilibrium, and at the least discount factor it pays just that.
    """
    g = watched(None)
    perfect, worth = solved(g).subgame_perfect, value(g)
    best = entry("R - (1 - p)*(T - R)/(p - r)")
    assert perfect is not None
    assert dt.implies(perfect, compare(worth, "<=", best), g.domain.given).word == "proved"
    critical = entry("(T - R)/((p - r)*(R - P) + (T - R)*p)")
    assert worth.substitute({"d": critical}) == best
    ratio = entry("(1 - r)/(1 - p)")
    assert best == entry("R") - entry("T - R") / (ratio - number(1))


@pytest.mark.parametrize("rounds", [1, 2, 3, 5])
def test_reversion_for_some_rounds(rounds: int) -> None:
    g = watched(rounds)
    stays = f"1 - d*p - (1 - p)*d**{rounds + 1}"
    same(
        solved(g).subgame_perfect,
        f"d*(p - r)*(1 - d**{rounds})*(R - P) >= (T - R)*({stays})",
        g,
    )
    assert value(g) == entry(f"P + (1 - d)*(R - P)/({stays})")
    war = number(0)
    for here, share in occupation(only(g)).items():
        if here[1][0] != "peace":
            war = war + share
    assert war == entry(f"{rounds}/({rounds} + 1/(1 - p))")


def test_a_signal_that_tells_all_brings_back_grim() -> None:
    g = watched(None)
    perfect = solved(g).subgame_perfect
    assert perfect is not None
    clear = substituted(substituted(perfect, "p", number(1)), "r", number(0))
    same(clear, "d*(T - P) >= T - R", game("dilemma"))


def test_the_golden_numbers() -> None:
    """R = 2, P = 0, a gain of 1, p = 9/10, r = 1/2: worth 7/4, from a discount factor of 10/17 on."""
    point = {"R": 2, "P": 0, "T": 3, "S": -1, "p": entry("9/10"), "r": entry("1/2")}
    at = {k: number(v) if isinstance(v, int) else v for k, v in point.items()}
    found = solved(watched(None))
    (critical, _) = (c for _, c in found.critical)
    assert critical is not None and len(critical.bounds) == 1
    least = critical.bounds[0].substitute(at)
    assert least == entry("10/17")
    assert dict(found.payoffs)["row"].substitute({**at, "d": least}) == entry("7/4")


# -- one-sided conciliation ---------------------------------------------------------------------------------
def conflict(first_step: str) -> StochasticGame:
    """In conflict one side may concede once; it is answered for ever with probability rho, else all is as before."""
    return StochasticGame.build(
        ["us"],
        {
            "conflict": {
                "actions": {"us": ["hold", "concede"]},
                "cases": [
                    {
                        "when": {"us": "concede"},
                        "payoffs": {"us": first_step},
                        "to": {"peace": "rho", "conflict": "1 - rho"},
                    },
                    {"payoffs": {"us": "P"}, "to": "conflict"},
                ],
            },
            "peace": {"payoffs": {"us": "R"}, "to": "peace"},
        },
        discounts="d",
        assumptions=["R > P", "P > S", "0 < d < 1", "0 < rho < 1", "0 < alpha < 1"],
    )


@pytest.mark.parametrize("first_step, stake", [("S", "1"), ("P - alpha*(P - S)", "alpha")])
def test_a_first_step_pays_where_trust_is_enough(first_step: str, stake: str) -> None:
    """rho >= (1 - d)(P - S)/(d(R - P)); at a fraction alpha of the stakes, that fraction of it."""
    g = conflict(first_step)
    concede, hold = (
        Automaton(
            a, "always", (AutomatonState("always", (("", surely(a)),), state("x", a, ({}, "always")).rules),)
        )
        for a in ("concede", "hold")
    )
    enough = f"rho*d*(R - P) {{}} {stake}*(1 - d)*(P - S)"
    for strategy, relation in ((concede, ">="), (hold, "<=")):
        p = process(g, {"us": strategy})
        found = where_all(p, one_shot(p))
        assert dt.equal(found, dt.region(enough.format(relation)), g.domain.given).word == "proved"
