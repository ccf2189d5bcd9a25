"""Load-bearing assumptions on planted cases whose answers were worked out by hand.

Three cases with known answers, a model that contradicts itself, one that cannot do without an assumption, and
entry deterrence that never deters.  Regions are proved equal to those worked out, and numeric games are
solved by brute force at random points on either side of what is relaxed.
"""

from fractions import Fraction
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.region import all_of
from deterrence.catalogue.load_bearing import load_bearing
from deterrence.errors import DeterrenceError, ExpressionError, GameError, UnknownName
from deterrence.study.assumptions import conflicts, conjuncts
from tests.oracles.bimatrix import extreme_equilibria


def same(region, text, given="true"):
    return dt.equal(region, dt.region(text), dt.region(given)).word == "proved"


def by_text(found):
    return {w.assumption.text: w for w in found.support.without}


def texts(assumptions):
    return {a.text for a in assumptions}


# -- first case: numbers, where one assumption implies another ----------------------------------------
@pytest.fixture(scope="module")
def numbers():
    domain = Domain(
        (Parameter("a", domain=dt.region("a > 0")), Parameter("b", domain=dt.region("b > 0"))),
        (dt.region("a < b"),),
    )
    return load_bearing(domain, holds="a < 2*b")


def test_each_assumption_gets_its_own_answer(numbers):
    assert numbers.verdict.word == "proved"
    found = by_text(numbers)
    assert {t: w.status for t, w in found.items()} == {
        "a > 0": "can be dropped",
        "b > 0": "redundant",
        "b > a": "load-bearing",
    }
    assert same(found["b > a"].weakest, "a < 2*b", "a > 0 and b > 0")
    assert not found["b > a"].tight


def test_either_of_two_assumptions_will_do_beside_the_third(numbers):
    assert {frozenset(texts(s)) for s in numbers.support.sufficient} == {
        frozenset({"b > a", "b > 0"}),
        frozenset({"b > a", "a > 0"}),
    }
    assert numbers.support.minimal and not numbers.support.only


# -- second case: a game, with relaxations in one parameter -------------------------------------------
STRIKES = """
name = "strikes"
title = "Strikes that do not pay"
summary = "A strike averts a share of the harm of an attack and costs more than all of it."
kind = "normal-form"
assumptions = ["m < 1", "c > h"]
[parameters.h]
meaning = "harm"
domain = "h > 0"
[parameters.m]
meaning = "share averted"
domain = "m > 0"
[parameters.c]
meaning = "cost"
[players.us]
actions = ["strike", "restrain"]
[players.them]
actions = ["attack", "halt"]
[[payoffs]]
when = { us = "strike", them = "attack" }
us = "-h*(1 - m) - c"
them = "1"
[[payoffs]]
when = { us = "strike", them = "halt" }
us = "-c"
them = "0"
[[payoffs]]
when = { us = "restrain", them = "attack" }
us = "-h"
them = "1"
[[payoffs]]
when = { us = "restrain", them = "halt" }
us = "0"
them = "0"
[[claims]]
id = "restraint"
text = "Nobody ever strikes."
every = "P(us = strike) == 0"
[[claims]]
id = "guarded"
text = "Nobody strikes where that costs more than it averts."
given = "c > h*m"
every = "P(us = strike) == 0"
"""


@pytest.fixture(scope="module")
def strikes():
    return dt.from_text(STRIKES)


def test_what_restraint_rests_on(strikes):
    # attack dominates, so nobody strikes exactly where c > h*m
    found = by_text(load_bearing(strikes, "restraint"))
    assert {t: w.status for t, w in found.items()} == {
        "h > 0": "load-bearing",  # with h < 0 the cost may lie between h and h*m
        "m > 0": "can be dropped",  # then c > 0 >= h*m
        "m < 1": "load-bearing",
        "c > h": "load-bearing",
    }
    others = {
        "h > 0": "0 < m < 1 and c > h",
        "m < 1": "h > 0 and m > 0 and c > h",
        "c > h": "h > 0 and 0 < m < 1",
    }
    alone = {"h > 0": "h >= 0", "m < 1": "m <= 1", "c > h": "c >= h"}
    for text, rest in others.items():
        assert same(found[text].weakest, "c > h*m", rest)
        own = {"h > 0": "true", "m < 1": "m > 0", "c > h": "h > 0"}[text]
        assert same(found[text].alone, alone[text], own), text


def test_the_assumptions_that_bear_load_suffice(strikes):
    report = load_bearing(strikes, "restraint")
    assert [texts(s) for s in report.support.sufficient] == [{"h > 0", "m < 1", "c > h"}]
    assert report.support.only
    assert texts(report.of_status("can be dropped")) == {"m > 0"}


def test_a_premise_is_dropped_like_an_assumption(strikes):
    found = by_text(load_bearing(strikes, "guarded"))
    assert found["c > h*m"].assumption.kind == "premise"
    assert found["c > h*m"].status == "redundant"
    loose = dt.from_text(STRIKES.replace(', "c > h"', ""))
    (premise,) = [w for w in load_bearing(loose, "guarded").support.without if w.assumption.kind == "premise"]
    assert premise.status == "load-bearing" and premise.tight


@pytest.mark.parametrize("dropped", ["h > 0", "m < 1", "c > h"])
def test_the_weakest_replacement_is_that_of_brute_force(strikes, dropped):
    report = load_bearing(strikes, "restraint")
    weakest = by_text(report)[dropped].weakest
    rest = all_of(a.region for a in report.assumptions if a.text != dropped)
    rng = Random(dropped)
    seen = []
    while len(seen) < 60:
        point = {n: Fraction(rng.randint(-8, 12), rng.choice((1, 2, 4))) for n in "hmc"}
        if not rest.contains(point):
            continue
        h, m, c = (point[n] for n in "hmc")
        A = [[-h * (1 - m) - c, -c], [-h, Fraction(0)]]
        B = [[Fraction(1), Fraction(0)]] * 2
        restrained = all(x[0] == 0 for x, _ in extreme_equilibria(A, B))
        assert weakest.contains(point) == restrained, point
        seen.append(restrained)
    assert set(seen) == {True, False}


def test_a_game_from_python_gives_the_same(strikes):
    game = strikes.game
    for source in (game, dt.nash(game)):
        found = by_text(load_bearing(source, every="P(us = strike) == 0"))
        assert {w.status for w in found.values()} == {"load-bearing", "can be dropped"}
        assert same(found["m < 1"].weakest, "c > h*m", "h > 0 and m > 0 and c > h")


def test_what_there_is_no_time_for_is_undecided(strikes):
    report = load_bearing(strikes, "restraint", seconds=0)
    assert report.verdict.word == "proved"
    assert {w.status for w in report.support.without} == {"undecided"}
    assert all("0 seconds" in w.reason for w in report.support.without)
    assert [texts(s) for s in report.support.sufficient] == [texts(report.assumptions)]
    assert not report.support.only and not report.support.minimal


# -- third case: what the model cannot do without, and what contradicts ---------------------------------
def test_an_assumption_that_keeps_payoffs_defined_is_part_of_the_model():
    text = STRIKES.replace('us = "-c"', 'us = "-c/k"').replace(
        "[players.us]", '[parameters.k]\nmeaning = "scale"\ndomain = "k > 0"\n[players.us]'
    )
    found = by_text(load_bearing(dt.from_text(text), every="P(them = attack) == 1"))
    assert found["k > 0"].status == "part of the model"
    assert "denominator k" in found["k > 0"].reason
    assert {w.status for t, w in found.items() if t != "k > 0"} == {"can be dropped"}
    report = load_bearing(dt.from_text(text), every="P(them = attack) == 1")
    assert [texts(s) for s in report.support.sufficient] == [{"k > 0"}]


def test_a_definition_that_the_claim_does_not_use_holds_nothing_up(strikes):
    text = STRIKES.replace("[players.us]", '[definitions]\nratio = "c/h"\n[players.us]')
    found = by_text(load_bearing(dt.from_text(text), every="P(them = attack) == 1"))
    assert found["h > 0"].status == "can be dropped"
    inside = by_text(load_bearing(dt.from_text(text), every="P(us = strike) == 0 or ratio <= m"))
    assert inside["h > 0"].status == "part of the model"


def test_assumptions_that_contradict_each_other_are_named():
    given = "x > 0 and x < y and z > 1 and y < z and z < x"
    (clash,) = conflicts(conjuncts(dt.region(given), "joint"))
    assert texts(clash) == {"y > x", "z > y", "x > z"}
    pairs = conflicts(conjuncts(dt.region("x > 0 and x < 0 and y > 0 and y == -1 and x < y"), "joint"))
    assert {frozenset(texts(p)) for p in pairs} == {
        frozenset({"x > 0", "x < 0"}),
        frozenset({"y > 0", "y == -1"}),
    }
    assert conflicts(conjuncts(dt.region("x > 0 and x < y"), "joint")) == ()
    with pytest.raises(dt.ModelError, match="m > 0 against m < 0; also m < 0 against m > 1/2"):
        dt.from_text(STRIKES.replace('"m < 1"', '"m < 0", "m > 1/2"'))


def test_a_premise_against_the_assumptions_is_a_conflict(strikes):
    found = load_bearing(strikes, every="P(us = strike) == 0", given="m > 2")
    assert found.verdict.word == "vacuous"
    assert [texts(c) for c in found.conflicts] == [{"m < 1", "m > 2"}]


# -- claims that fail ---------------------------------------------------------------------------------
def test_the_weakest_extra_premise(strikes):
    loose = dt.from_text(STRIKES.replace(', "c > h"', ""))
    found = load_bearing(loose, "restraint")
    assert same(found.verdict.holds_where, "c > h*m", "h > 0 and 0 < m < 1")
    assert [str(r) for r in found.extra.weakest] == ["c > h*m"]
    assert [str(r) for r in found.extra.simple] == ["c >= h"]  # weaker than c > h, and enough since m < 1


def test_named_conditions_are_the_only_candidates(strikes):
    loose = dt.from_text(STRIKES.replace(', "c > h"', ""))
    found = load_bearing(loose, "restraint", conditions=["c > 2*h", "c > 3*h", "m < 1/2"])
    assert [str(r) for r in found.extra.weakest] == ["c > 2*h"] and found.extra.tried == 3
    together = load_bearing(loose, "restraint", conditions=["c > h/2", "c > h/3", "m < 1/2", "m < 1/4"])
    expected = [dt.region(t) for t in ("c > h/2 and m < 1/2", "c > h/3 and m < 1/4")]
    assert len(together.extra.weakest) == 2
    for region in expected:
        assert any(
            dt.equal(region, r, dt.region("h > 0 and m > 0")).word == "proved" for r in together.extra.weakest
        )


def test_an_impossible_premise_is_none(strikes):
    loose = dt.from_text(STRIKES.replace(', "c > h"', ""))
    found = load_bearing(loose, "restraint", conditions=["m > 2", "h < 0", "c > 0"])
    assert found.extra.weakest == () and found.extra.tried == 1


def test_the_attack_rate_goes_on_where_the_catalogue_says():
    found = load_bearing("strike-restrain", "attacks-go-on")
    assert {str(r) for r in found.extra.simple} == {"c >= h", "r >= d"}
    given = dt.load("strike-restrain").domain.given
    union = found.extra.weakest[0] | found.extra.weakest[1]
    assert dt.equal(union, found.verdict.holds_where, given).word == "proved"
    for premise in (*found.extra.weakest, *found.extra.simple):
        assert dt.implies(premise, found.verdict.holds_where, given).word == "proved"


# -- effects --------------------------------------------------------------------------------------------
def test_of_an_effect_the_load_is_told_but_no_region():
    found = load_bearing("strike-restrain", "damage-spares-strikes")
    assert found.verdict.word == "proved"
    bearing = [w for w in found.support.without if w.status == "load-bearing"]
    assert bearing and all(w.weakest is None for w in bearing)
    # where both mix, strikes occur at the rate (g + r)/(d/2 + g*m); outside the premise at a constant one
    assert {"c < h*m", "d > 2*(g*(1 - m) + r)", "g > 0", "r > 0"} <= {w.assumption.text for w in bearing}


# -- entry deterrence -----------------------------------------------------------------------------------
def test_entry_deterrence_never_deters_and_it_says_why():
    found = load_bearing("entry-deterrence", "deterred")
    assert found.verdict.word == "refuted" and str(found.verdict.holds_where) == "false"
    assert found.extra is None
    said = {
        (dict(o.profile)["reply"], c.player, c.action, c.instead, str(c.gain))
        for o in found.never.obstacles
        for c in o.changes
    }
    assert said == {
        ("fight", "incumbent", "fight", "share", "a - b"),  # off the path: the threat is empty
        ("share", "entrant", "stay_out", "enter", "g"),
    }
    assert not any(o.jointly for o in found.never.obstacles)


def test_with_empty_threats_allowed_staying_out_rests_on_what_a_fight_costs():
    found = load_bearing("entry-deterrence", "empty-threat")
    assert texts(found.of_status("load-bearing")) == {"w > 0"}
    assert same(by_text(found)["w > 0"].weakest, "w >= 0")


def test_halting_for_sure_never_happens_and_two_deviations_see_to_it():
    found = load_bearing("strike-restrain", "sure-halt")
    said = {(dict(o.profile)["us"], str(c.gain)) for o in found.never.obstacles for c in o.changes}
    assert said == {("strike", "c + k"), ("restrain", "g + r")}


def test_where_no_single_deviation_always_pays_they_are_named_together():
    game = dt.NormalForm.from_arrays([[0, 0], ["x", "x"], ["1 - x", "1 - x"]], [[0, 0]] * 3)
    obstacles = load_bearing(game, some="P(row = row1) == 1").never.obstacles
    assert len(obstacles) == 2  # one for each action of an idle other player
    for found in obstacles:
        assert found.jointly and {c.instead for c in found.changes} == {"row2", "row3"}


def test_a_goal_of_every_equilibrium_is_broken_by_some():
    game = dt.NormalForm.from_arrays([["b", 0], [0, 1]], [["b", 0], [0, 1]], assumptions=["b > 0"])
    found = load_bearing(game, every="row = row1")
    ids = {e.id for e in dt.nash(game) if e.support[0] != ("row1",)}
    assert {i for i, _ in found.never.breakers} == ids and not found.never.obstacles
    assert all(str(where) == "true" for _, where in found.never.breakers)


# -- what is refused --------------------------------------------------------------------------------------
def test_questions_that_cannot_be_asked(strikes):
    with pytest.raises(GameError, match="ask one thing"):
        load_bearing(strikes)
    with pytest.raises(GameError, match="ask one thing"):
        load_bearing(strikes, "restraint", every="us = strike")
    with pytest.raises(UnknownName, match="no claim named 'restrain'; known: restraint, guarded"):
        load_bearing(strikes, "restrain")
    with pytest.raises(GameError, match="ids"):
        load_bearing(strikes.game, "restraint")
    with pytest.raises(GameError, match="give an atlas"):
        load_bearing(strikes.domain, every="us = strike")
    with pytest.raises(UnknownName, match="'z'"):
        load_bearing(strikes, holds="z > 0")
    with pytest.raises(ExpressionError):
        load_bearing(strikes, holds="c >")
    cases = dt.from_text(STRIKES.replace('us = "0"', 'us = "min(0, c - 1)"'))
    with pytest.raises(GameError, match="ask the model"):
        load_bearing(dt.solve(cases), every="us = restrain")
    with pytest.raises(DeterrenceError):
        load_bearing(3, holds="c > 0")
