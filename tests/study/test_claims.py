"""Claims whose truth is worked out by hand: effects, quantifiers, scopes, and what must be refused."""

from fractions import Fraction

import pytest
import sympy

import deterrence as dt
from deterrence.algebra.decide import prover
from deterrence.catalogue.checking import check
from deterrence.errors import DeterrenceError, DomainError, GameError

HEAD = """
name = "a-test"
title = "A test"
summary = "A test."
kind = "{kind}"
assumptions = [{assumptions}]
"""


def model(parameters, payoffs=None, claims=(), assumptions=()):
    """A 2x2 model (or a statement) from bare texts; payoffs in the order a1b1, a1b2, a2b1, a2b2."""
    kind = "normal-form" if payoffs else "statement"
    text = HEAD.format(kind=kind, assumptions=", ".join(f'"{a}"' for a in assumptions))
    for name, domain in parameters.items():
        text += f'[parameters.{name}]\nmeaning = "{name}"\n' + (f'domain = "{domain}"\n' if domain else "")
    if payoffs:
        text += '[players.us]\nactions = ["a1", "a2"]\n[players.them]\nactions = ["b1", "b2"]\n'
        cells = [(a, b) for a in ("a1", "a2") for b in ("b1", "b2")]
        for (a, b), (us, them) in zip(cells, payoffs, strict=True):
            text += f'[[payoffs]]\nwhen = {{ us = "{a}", them = "{b}" }}\nus = "{us}"\nthem = "{them}"\n'
    for i, claim in enumerate(claims):
        text += f'[[claims]]\nid = "c{i}"\ntext = "A claim."\n{claim}\n'
    return dt.from_text(text)


def verdicts(*args, **options):
    return [r.verdict for r in check(model(*args, **options))]


def same(region, text, given):
    return prover(given).equivalent(region, dt.region(text)) is True


PENNIES = [("s", "-1"), ("0", "1"), ("0", "1"), ("1", "-s")]
ALONE = [("{}", "0"), ("{}", "0"), ("-9", "0"), ("-9", "0")]


def effect(of, on, change, extra=""):
    return f'effect = {{ of = "{of}", on = "{on}", is = "{change}"{extra} }}'


@pytest.mark.parametrize("change", ["rises", "falls", "none"])
def test_an_effect_with_nothing_to_compare_is_vacuous(change):
    claim = effect("s", "P(us = a1)", change)
    assert verdicts({"s": "s == 1"}, PENNIES, [claim])[0].word == "vacuous"
    assert verdicts({"s": "s > 0"}, PENNIES, [f'given = "s == 2"\n{claim}'])[0].word == "vacuous"
    fixed = verdicts({"s": "s > 0", "t": "t > 0"}, PENNIES, [claim], assumptions=["s + t == 1"])
    assert fixed[0].word == "vacuous"


def test_an_effect_compares_across_the_cases_of_min_and_max():
    gap = {"assumptions": ["s < 1 or s > 2"]}
    wave = "max(s - 2, min(s, 2 - s))"  # 9/10 at s = 9/10 and 1/10 at s = 21/10
    (one,) = verdicts({"s": "s > 0"}, PENNIES, [effect("s", wave, "rises")], **gap)
    assert one.word == "refuted"
    paid = [(us.format(wave), them) for us, them in ALONE]
    (two,) = verdicts({"s": "s > 0"}, paid, [effect("s", "payoff(us)", "rises")], **gap)
    assert two.word == "refuted"
    step = "min(max(s, 1), 2)"  # constant on each part, 1 and 2
    (three,) = verdicts({"s": "s > 0"}, PENNIES, [effect("s", step, "none")], **gap)
    assert three.word == "refuted"


def test_an_effect_is_not_confused_by_a_parameter_with_the_name_of_the_copy():
    parameters = {"s": "0 < s < 9", "s_later": "s_later > 0"}
    m = model(parameters, PENNIES, [effect("s", "s*(s_later - 3)", "rises")])
    (found,) = check(m)
    assert same(found.verdict.holds_where, "s_later > 3", m.domain.given)


def test_effects_of_continua_compare_the_sets_of_values():
    tie = [("0", "1"), ("0", "0"), ("0", "1"), ("0", "s - 1")]  # us is indifferent; b1 unless a2 and s > 2
    claims = [effect("s", "P(us = a1)", change, ", across = true") for change in ("none", "falls", "rises")]
    none, falls, rises = verdicts({"s": "0 < s < 2"}, tie, claims)
    assert (none.word, falls.word, rises.word) == ("proved", "refuted", "refuted")


def test_quantified_names_range_over_domain_and_joint_assumptions_not_the_premise():
    loose = {"x": "", "y": ""}
    claims = ['given = "x > 1"\nevery = "forall x: x > 0"', 'given = "x > y"\nevery = "exists x: x < y"']
    for_all, exists = verdicts(loose, PENNIES and [("0", "0")] * 4, claims)
    assert (for_all.word, exists.word) == ("refuted", "proved")


def test_nested_and_joint_quantifiers_agree():
    parameters = {"a": "a > 0", "b": "b > 0", "c": "c > 0"}
    claims = ['holds = "exists a: exists b: a > c"', 'holds = "exists a, b: a > c"']
    nested, joint = verdicts(parameters, None, claims, assumptions=["a < b"])
    assert nested.word == joint.word == "proved"


def test_a_parameter_that_decides_play_cannot_be_quantified():
    game = [("x", "0"), ("0", "x"), ("0", "1"), ("1", "0")]
    (found,) = verdicts({"x": "x > 0"}, game, ['every = "exists x: P(them = b1) == 1/2"'])
    assert found.word == "undecided" and "quantified" in found.reason


def test_a_root_of_what_may_be_negative_is_refused():
    (found,) = verdicts({"s": "s > 0", "t": "t > 0"}, None, ['holds = "not (sqrt(s - t) < 0)"'])
    assert found.word == "undecided" and "square root" in found.reason
    (fine,) = verdicts({"s": "s > 0"}, None, ['holds = "sqrt(s**2 + 1) > s"'])
    assert fine.word == "proved"


def test_counterexamples_on_a_hyperbola_are_found():
    verdict = dt.holds(dt.Domain((dt.Parameter("a"), dt.Parameter("b"))), "a**2 != b**2 + 1")
    point = verdict.witness
    assert point is not None and point["a"] ** 2 == point["b"] ** 2 + 1


def test_payoffs_must_be_defined_all_over_the_domain():
    x = sympy.Symbol("x")
    with pytest.raises(DomainError, match="denominator"):
        dt.nash(dt.NormalForm.from_arrays([[1 / x, 0], [0, 1]], [[1, 0], [0, 1]]))
    fine = dt.NormalForm.from_arrays([["1/x", 0], [0, 1]], [[1, 0], [0, 1]], assumptions="x > 0")
    assert dt.nash(fine).complete.verdict == "proved"


def test_what_symbols_say_of_themselves_is_assumed():
    y = sympy.Symbol("y", positive=True)
    game = dt.NormalForm.from_arrays([[y, 0], [0, 1]], [[1, 0], [0, 1]])
    assert str(game.domain.given) == "y > 0"
    with pytest.raises(GameError, match="name a parameter"):
        dt.NormalForm.from_arrays([[sympy.Symbol("min"), 0], [0, 1]], [[1, 0], [0, 1]])


def test_a_regime_that_takes_one_of_two_values_is_not_a_knife_edge():
    game = dt.NormalForm.from_arrays(
        [["x - 2*w", "x - 2*w"], [0, 0]], [[1, 0], [1, 0]], assumptions=["w == 0 or w == 1", "x > 0"]
    )
    atlas = dt.nash(game)
    labels = {e.support[0]: e.generic for e in atlas.equilibria}
    assert labels == {("row1",): True, ("row2",): True, ("row1", "row2"): False}
    assert sum(c.full_dimensional for c in atlas.cells) == 2


def test_pure_equilibria_alone_do_not_settle_claims_about_all():
    tables = [[[[0, 0], [0, 0]], [[1, 1], [1, 1]], [["s", "s"], ["s", "s"]]]] * 3
    game = dt.NormalForm.from_arrays(*tables)
    atlas = dt.nash(game)
    assert atlas.complete.scope == "pure"
    verdict = dt.every(atlas, "player1 = player12")
    assert verdict.word == "refuted" and verdict.holds_where is None
    assert dt.every(dt.pure_nash(game), "player1 = player12").holds_where is not None


@pytest.mark.parametrize("raw", ["1e99999", "1e400000000", "1_000", "nan", "9" * 40, "1/0", 10**50])
def test_points_take_plain_exact_numbers_only(raw):
    atlas = dt.solve("inspection")
    with pytest.raises(DeterrenceError):
        atlas.at({**atlas.domain.example, "h": raw})


def test_slips_get_a_sentence():
    for slip in (lambda: dt.is_empty("x > 0"), lambda: dt.solve(3), lambda: dt.point_in(Fraction(1))):
        with pytest.raises(GameError):
            slip()


def test_names_of_free_variables_differ_between_players():
    zeros = [[0, 0], [0, 0]]
    game = dt.NormalForm.from_arrays(
        zeros, zeros, players=["us", "them"], actions=[["strike", "wait"], ["us_strike", "strike"]]
    )
    for e in dt.nash(game).equilibria:
        names = [r.name for r in e.free]
        assert len(set(names)) == len(names)
