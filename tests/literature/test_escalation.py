"""Published results on escalation as a random process, and on retaliation in proportion.

The ladder is the gambler's ruin [KemenySnell1960]: up with probability p, down with q = 1 - p, peace at the foot
and war at the top; or without a peace at the foot, where play stays with probability q.  In the chain of
retaliation each act begins the war with probability h, and is else answered with probability u.  Formulas are
compared as rational functions; where p = q, the formula for p != q is 0/0 and the limit of its own is compared.
Retaliation in proportion: [Richardson1960].
"""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

import deterrence as dt
from deterrence.algebra.region import Region
from deterrence.algebra.surface import from_sympy
from deterrence.algebra.value import Value, compare, number, variable
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.long_run import ending, rounds_to_end
from deterrence.solve.process import process

p, h, u = variable("p"), variable("h"), variable("u")
q = number(1) - p
HALF = {"p": Fraction(1, 2)}
RUNGS = [(k, top) for top in range(2, 9) for k in range(1, top)]


def ladder(top: int, foot: dict[str, str] | None = None) -> StochasticGame:
    steps = {f"r{k}": {"to": {f"r{k + 1}": "p", f"r{k - 1}": "1 - p"}} for k in range(1, top)}
    ends = {"r0": {"absorbing": True} if foot is None else {"to": foot}, f"r{top}": {"absorbing": True}}
    return StochasticGame.build([], {**steps, **ends}, assumptions=["0 < p < 1"])


# -- the ladder ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("k", "top"), RUNGS)
def test_risk_of_war_on_a_ladder(k, top):
    risk = dt.first_passage(ladder(top), f"r{top}", f"r{k}").probability
    assert risk == (number(1) - (q / p) ** k) / (number(1) - (q / p) ** top)
    assert risk.at(HALF) == Fraction(k, top)
    peace = dt.first_passage(ladder(top), "r0", f"r{k}").probability
    assert risk + peace == number(1)


@pytest.mark.parametrize(("k", "top"), RUNGS)
def test_steps_until_a_ladder_ends(k, top):
    walk = process(ladder(top), {})
    steps = rounds_to_end(walk, (f"r{k}", ()))
    risk = ending(walk, f"r{top}", (f"r{k}", ()))
    assert steps == (number(k) - number(top) * risk) / (q - p)
    assert steps.at(HALF) == k * (top - k)


@pytest.mark.parametrize("top", range(1, 9))
def test_time_to_war_without_peace_at_the_foot(top):
    game = ladder(top, {"r1": "p", "r0": "1 - p"})
    found = dt.first_passage(game, f"r{top}", "r0")
    assert found.probability == number(1)
    apart = p - q
    assert found.rounds == number(top) / apart - q * (number(1) - (q / p) ** top) / apart**2
    assert found.rounds.at(HALF) == top * (top + 1)


@pytest.mark.parametrize("top", [1, 3, 5])
def test_a_forced_first_step_is_another_ladder(top):
    """Forced up from the foot, equal chances: N^2 steps [KemenySnell1960], and not N(N + 1)."""
    found = dt.first_passage(ladder(top, {"r1": "1"}), f"r{top}", "r0")
    assert found.rounds is not None and found.rounds.at(HALF) == top**2


@pytest.mark.parametrize(("k", "top"), [(1, 3), (2, 5), (3, 8)])
def test_a_ladder_against_its_fundamental_matrix(k, top):
    """The absorbing chain worked out by another program: (I - Q)^-1 times the exits, and times ones."""
    x = sympy.Symbol("p")
    size = top - 1
    inner = sympy.Matrix(size, size, lambda i, j: x if j == i + 1 else 1 - x if j == i - 1 else 0)
    fundamental = (sympy.eye(size) - inner).inv()
    risk = sympy.cancel(fundamental[k - 1, size - 1] * x)
    steps = sympy.cancel(sum(fundamental[k - 1, :]))
    walk = process(ladder(top), {})
    assert ending(walk, f"r{top}", (f"r{k}", ())) == from_sympy(risk)
    assert rounds_to_end(walk, (f"r{k}", ())) == from_sympy(steps)


def test_certain_steps_belong_to_the_ladder_too():
    """With p from 0 to 1, ends included: always down is peace, always up is war, and one formula says so."""
    steps = {f"r{k}": {"to": {f"r{k + 1}": "p", f"r{k - 1}": "1 - p"}} for k in (1, 2)}
    ends = {"r0": {"absorbing": True}, "r3": {"absorbing": True}}
    game = StochasticGame.build([], {**steps, **ends}, assumptions=["0 <= p <= 1"])
    risk = dt.first_passage(game, "r3", "r1").probability
    assert [risk.at({"p": Fraction(v)}) for v in (0, 1)] == [0, 1]


# -- the chain of retaliation ---------------------------------------------------------------------------------
ENDS = {"war": {"absorbing": True}, "peace": {"absorbing": True}}
ODD = ["0 <= h <= 1", "0 <= u <= 1", "(1 - h)*u < 1"]


def test_war_and_acts_in_a_chain_of_retaliation():
    act = {"to": {"war": "h", "act": "(1 - h)*u", "peace": "(1 - h)*(1 - u)"}}
    chain = StochasticGame.build([], {"act": act, **ENDS}, assumptions=ODD)
    walk = process(chain, {})
    assert ending(walk, "war") == h / (number(1) - (number(1) - h) * u)
    assert rounds_to_end(walk) == number(1) / (number(1) - (number(1) - h) * u)


def two_sided(start: str = "ours") -> StochasticGame:
    sides = {
        "ours": {"to": {"war": "h", "theirs": "(1 - h)*u2", "peace": "(1 - h)*(1 - u2)"}},
        "theirs": {"to": {"war": "h", "ours": "(1 - h)*u1", "peace": "(1 - h)*(1 - u1)"}},
    }
    given = ["0 < h < 1", "0 <= u1 <= 1", "0 <= u2 <= 1"]
    return StochasticGame.build([], {**sides, **ENDS}, initial=start, assumptions=given)


def test_war_when_the_sides_answer_with_their_own_probabilities():
    """The first act is the first side's, so that the second answers with u2, then the first with u1."""
    u1, u2, on = variable("u1"), variable("u2"), number(1) - h
    expected = h * (number(1) + on * u2) / (number(1) - on**2 * u1 * u2)
    assert dt.first_passage(two_sided(), "war").probability == expected
    swapped = expected.substitute({"u1": u2, "u2": u1})
    assert dt.first_passage(two_sided("theirs"), "war").probability == swapped


def test_odds_of_war():
    act = {"to": {"war": "h", "act": "(1 - h)*u", "peace": "(1 - h)*(1 - u)"}}
    chain = StochasticGame.build([], {"act": act, **ENDS}, assumptions=["0 < h < 1", "0 <= u < 1"])
    war = ending(process(chain, {}), "war")
    assert war / (number(1) - war) == h / ((number(1) - h) * (number(1) - u))


def test_when_retaliation_raises_the_risk_of_war():
    """Two chains, of retaliation and of restraint: the risks compare as the odds do, exactly."""

    def risk(side: str) -> Value:
        hazard, again = f"h_{side}", f"u_{side}"
        act = {"to": {"war": hazard, "act": f"(1 - {hazard})*{again}", "peace": f"(1-{hazard})*(1-{again})"}}
        given = [f"0 < {hazard} < 1", f"0 <= {again} < 1"]
        chain = StochasticGame.build([], {"act": act, **ENDS}, assumptions=given)
        return dt.first_passage(chain, "war").probability

    given = dt.region("0 < h_s < 1 and 0 <= u_s < 1 and 0 < h_r < 1 and 0 <= u_r < 1")
    higher = compare(risk("s"), ">", risk("r"))
    odds = dt.region("h_s/((1 - h_s)*(1 - u_s)) > h_r/((1 - h_r)*(1 - u_r))")
    assert dt.equal(higher, odds, given).word == "proved"
    more_hazard = dt.region("h_s > h_r")
    assert (
        dt.implies(more_hazard, higher, given).word == "refuted"
    )  # restraint may invite enough further acts


def test_acts_that_may_never_end_are_refused_with_the_remedy():
    act = {"to": {"war": "h", "act": "(1 - h)*u", "peace": "(1 - h)*(1 - u)"}}
    chain = StochasticGame.build([], {"act": act, **ENDS}, assumptions=["0 <= h <= 1", "0 <= u <= 1"])
    with pytest.raises(dt.DeterrenceError, match="assume for instance"):
        dt.first_passage(chain, "war")


# -- retaliation in proportion ----------------------------------------------------------------------------------
K1, K2, A, B = (variable(n) for n in ("k1", "k2", "a", "b"))
POSITIVE = dt.region("k1 > 0 and k2 > 0 and a >= 0 and b >= 0")


def test_the_standstill_of_proportional_retaliation():
    """x = k1*y + a and y = k2*x + b have one solution where k1*k2 != 1; it is not negative exactly below one."""
    x, y = variable("x"), variable("y")
    still = compare(x, "==", K1 * y + A) & compare(y, "==", K2 * x + B)
    there = compare(x, "==", (A + K1 * B) / (number(1) - K1 * K2)) & compare(y, "==", K2 * x + B)
    assert dt.equal(still, there, POSITIVE & dt.region("k1*k2 != 1")).word == "proved"
    alive = dt.exists(still & dt.region("x >= 0"), ["x", "y"], POSITIVE & dt.region("a > 0"))
    assert dt.equal(alive, dt.region("k1*k2 < 1"), POSITIVE & dt.region("a > 0")).word == "proved"


def rates(matrix: list[list[Value]]) -> Region:
    """That the parameter `rate` is an eigenvalue of a matrix of two rows."""
    rate = variable("rate")
    (a, b), (c, d) = matrix
    return compare((rate - a) * (rate - d), "==", b * c)


def test_the_exchange_dies_down_exactly_where_the_product_is_below_one():
    """Both rates of growth, +-sqrt(k1*k2), lie between -1 and 1."""
    zero = number(0)
    inside = dt.region("-1 < rate and rate < 1")
    dies = dt.for_all(~rates([[zero, K1], [K2, zero]]) | inside, ["rate"], POSITIVE)
    assert dt.equal(dies, dt.region("k1*k2 < 1"), POSITIVE).word == "proved"


def test_an_arms_race_in_continuous_time_is_stable_where_restraint_exceeds_reaction():
    """dx = k*y - alpha*x + g, dy = l*x - beta*y + h: all rates below zero iff alpha*beta > k*l."""
    k, l_, alpha, beta = (variable(n) for n in ("k", "l", "alpha", "beta"))
    given = dt.region("k > 0 and l > 0 and alpha > 0 and beta > 0")
    falls = dt.for_all(~rates([[-alpha, k], [l_, -beta]]) | dt.region("rate < 0"), ["rate"], given)
    assert dt.equal(falls, dt.region("alpha*beta > k*l"), given).word == "proved"
    # both rates are real, so that real ones are all there are
    real = dt.region("(alpha - beta)**2 + 4*k*l > 0")
    assert dt.implies(given, real).word == "proved"
