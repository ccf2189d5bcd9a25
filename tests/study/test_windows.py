"""Windows against published bounds, and against brute force on numeric games."""

from fractions import Fraction
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.parameters import positive
from deterrence.algebra.value import compare, variable
from deterrence.errors import ExpressionError, GameError, OutOfScope, UnknownName
from deterrence.study.windows import window
from tests.oracles.bimatrix import extreme_equilibria

SEVERITY = "rho*s >= g and alpha*s <= K and gamma*s*(1 - delta) <= delta*l"


def same(region, text, given, model=None):
    other = dt.condition(model.domain, text, definitions=model.definitions) if model else dt.region(text)
    return dt.equal(region, other, given).word == "proved"


@pytest.fixture(scope="module")
def severity():
    shares = dt.Parameter("delta", domain=dt.region("0 < delta and delta < 1"))
    domain = dt.Domain((*positive(["s", "g", "rho", "alpha", "K", "gamma", "l"]).parameters, shares))
    return window(domain, "s", holds=SEVERITY)


def test_severity_that_deters_and_does_not_escalate(severity):
    expected = "g*alpha <= rho*K and g*gamma*(1 - delta) <= rho*delta*l"
    assert same(severity.nonempty, expected, severity.others)
    assert same(severity.empty, f"not ({expected})", severity.others)
    assert severity.checked and str(severity.always) == "false"
    (one,) = severity.intervals
    assert [str(e.value) for e in one.lower] == ["g/rho"]
    assert all(e.closed for e in (*one.lower, *one.upper))
    given = severity.domain.given
    for end, text in zip(one.upper, ("delta*l/(gamma*(1 - delta))", "K/alpha"), strict=True):
        assert dt.equal(_at("s", end.value), dt.region(f"s == {text}"), given).word == "proved"
    point = severity.open.witness
    assert not dt.region(expected).contains(point) and "s" not in point
    assert {(str(a.value), str(b.value)) for a, b in severity.meets} == {
        ("g/rho", str(one.upper[0].value)),
        ("g/rho", str(one.upper[1].value)),
    }


def _at(name, value):
    """Where a parameter has a value."""
    return compare(variable(name), "==", value)


@pytest.fixture(scope="module")
def risk():
    return dt.load("risk-threat")


@pytest.mark.parametrize("asked", ["some", "holds"])
def test_risk_that_is_effective_and_acceptable(risk, asked):
    goals = {
        "some": "P(start = threaten) == 1 and P(answer[soft] = comply) == 1",
        "holds": "-w >= (1 - r)*g - r*D and (1 - p)*v + p*(-r*U - (1 - r)*l) >= -l",
    }
    found = window(dt.solve(risk, cells=False), "r", **{asked: goals[asked]}, definitions=risk.definitions)
    assert same(found.nonempty, "r_min <= min(1, r_max)", found.others, risk)
    assert same(found.goal, "r_min <= r <= r_max", risk.domain.given, risk)
    (one,) = found.intervals
    lowest, highest = dt.region("r == (g + w)/(g + D)"), dt.region("r == (1 - p)*(v + l)/(p*(U - l))")
    (low,), (top, high) = one.lower, one.upper
    assert low.closed and high.closed and not top.closed and str(top.value) == "1"
    assert dt.equal(_at("r", low.value), lowest, risk.domain.given).word == "proved"
    assert dt.equal(_at("r", high.value), highest, risk.domain.given).word == "proved"


def test_for_every_equilibrium_the_ends_are_left_out(risk):
    atlas = dt.solve(risk, cells=False)
    found = window(atlas, "r", every="P(start = threaten) == 1", definitions=risk.definitions)
    assert not any(e.closed for e in (*found.intervals[0].lower, *found.intervals[0].upper))
    assert same(found.nonempty, "r_min < r_max", found.others, risk)


def test_goals_are_met_together():
    atlas = dt.solve("strike-restrain", cells=False)
    found = window(atlas, "h", every="P(militia = continue) < 1", holds="h <= 4*c")
    assert same(found.goal, "c < h*m and d > 2*(g*(1 - m) + r) and h <= 4*c", atlas.domain.given)
    assert same(found.nonempty, "m > 1/4 and d > 2*(g*(1 - m) + r)", found.others)


def test_a_goal_that_no_value_reaches_and_one_that_all_reach():
    atlas = dt.solve("strike-restrain", cells=False)
    never = window(atlas, "d", some="militia = halt")
    assert str(never.nonempty) == "false" and str(never.empty) == "true" and never.intervals == ()
    assert never.open.word == "refuted" and str(never.open.holds_where) == "false"
    sure = window(atlas, "d", every="payoff(us) >= -h - c")
    assert str(sure.always) == str(sure.nonempty) == "true" and sure.open.word == "proved"


# -- claims of models -------------------------------------------------------------------------------------
def test_a_claim_about_a_profile_has_a_window_of_patience():
    found = dt.window("repeated-prisoners-dilemma", "delta", "grim")
    (one,) = found.intervals
    threshold = dt.region("delta == (T - R)/(T - P)")
    assert dt.equal(_at("delta", one.lower[0].value), threshold, found.others).word == "proved"
    assert one.lower[0].closed and found.open.word == "proved"


def test_a_premise_of_a_claim_narrows_its_window():
    # the published window at these numbers is from 1/5 to 1/4
    found = dt.window("enforcement-war-risk", "h", "window-benchmark")
    at = dt.point_in(found.premise & found.domain.given)
    inside = {
        h: found.goal.contains({**at, "h": Fraction(h)}) for h in ("1/5", "9/40", "1/4", "19/100", "51/200")
    }
    assert inside == {"1/5": True, "9/40": True, "1/4": True, "19/100": False, "51/200": False}


def test_a_model_lends_its_definitions_and_an_effect_has_no_window():
    found = dt.window("risk-threat", "r", holds="r_min <= r <= r_max")
    assert same(found.nonempty, "r_min <= min(1, r_max)", found.others, dt.load("risk-threat"))
    with pytest.raises(GameError, match="ask statics"):
        dt.window("risk-threat", "r", "no-more-than-needed")
    with pytest.raises(GameError, match="alone"):
        dt.window("risk-threat", "r", "threat-works", holds="r > 1/2")
    with pytest.raises(UnknownName, match="did you mean 'threat-works'"):
        dt.window("risk-threat", "r", "threat-work")


# -- brute force ----------------------------------------------------------------------------------
def least(A, B, point):
    """The least probability of the first row over all equilibria of the numeric game."""
    a, b = ([[x + y * point["s"] + z * point["t"] for x, y, z in row] for row in table] for table in (A, B))
    return min(x[0] for x, _ in extreme_equilibria(a, b))


@pytest.mark.parametrize("seed", range(12))
def test_windows_are_those_of_brute_force(seed):
    rng = Random(seed)
    A, B = (
        [
            [(rng.randint(-2, 2), rng.choice((0, 0, 1, -1)), rng.choice((0, 0, 1, -1))) for _ in "12"]
            for _ in "12"
        ]
        for _ in "AB"
    )
    tables = [[[f"{x} + ({y})*s + ({z})*t" for x, y, z in row] for row in table] for table in (A, B)]
    domain = dt.Domain(
        (
            dt.Parameter("s", domain=dt.region("0 <= s and s <= 3")),
            dt.Parameter("t", domain=dt.region("0 <= t and t <= 3")),
        )
    )
    game = dt.NormalForm.from_arrays(*tables, players=("row", "column"), domain=domain)
    found = window(dt.nash(game, cells=False), "s", every="P(row = row1) >= 1/2")
    for t in (Fraction(n, 4) for n in range(13)):
        for s in (Fraction(n, 4) for n in range(13)):
            point = {"s": s, "t": t}
            truth = least(A, B, point) >= Fraction(1, 2)
            assert found.goal.contains(point) == truth, point
            assert any(one.region.contains(point) for one in found.intervals) == truth, point
            assert found.nonempty.contains({"t": t}) or not truth
            assert truth or not found.always.contains({"t": t})
        if found.nonempty.contains({"t": t}):
            inside = dt.point_in(found.goal, dt.region(f"0 <= s and s <= 3 and t == {t}"))
            assert least(A, B, inside) >= Fraction(1, 2)


# -- what is refused ------------------------------------------------------------------------------
def test_a_power_that_cannot_be_solved_is_said_to_be_so():
    domain = positive(["s", "g"])
    found = window(domain, "s", holds="s**3 + s >= g")
    assert found.intervals is None and "degree 3" in found.note
    assert found.nonempty is None and found.open.word == "undecided" and found.empty is None


def test_questions_that_make_no_sense_are_refused(severity):
    domain = severity.domain
    with pytest.raises(GameError, match="needs a goal"):
        window(domain, "s")
    with pytest.raises(GameError, match="give an atlas"):
        window(domain, "s", every="us = strike")
    with pytest.raises(UnknownName, match="no parameter named 'z'"):
        window(domain, "z", holds="s > 1")
    with pytest.raises(UnknownName, match="no parameter named 'z'"):
        window(domain, "s", holds="z > 1")
    with pytest.raises(ExpressionError):
        window(domain, "s", holds="s >")
    with pytest.raises(GameError, match=r"'exists s'.* one value alone"):
        window(domain, "s", holds="exists s: s > 1")
    with pytest.raises(GameError, match="'exists s'"):
        dt.window("delicate-balance", "s", "severity-window")
    tables = [[[[0, 0], [0, 0]], [[1, 1], [1, 1]], [["s", "s"], ["s", "s"]]]] * 3
    with pytest.raises(OutOfScope, match="pure"):
        window(dt.nash(dt.NormalForm.from_arrays(*tables)), "s", every="player1 = player12")
