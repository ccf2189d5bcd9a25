"""Questions in one line: shorthand from a model's definitions, and questions among refined equilibria.

The truth is that of unilateral deterrence with hidden types [ZagareKilgour2000]: its thresholds worked out by
hand for the printed payoffs, where D1 rejects deterrence, and the rate at which a soft challenger bluffs.
"""

from fractions import Fraction

import pytest

import deterrence as dt

NOBODY = "P(challenger = challenge) == 0"
BLUFFS = "0 < P(open[soft] = challenge) < 1"
PRINTED = {"cDC": 10, "cSQ": 6, "cDDh": 4, "cCD": 2, "cDDs": 0}
PRINTED |= {"dCD": 10, "dSQ": 8, "dDDh": 5, "dDC": 3, "dDDs": 0}  # so c_t = 7/10, d_1 = 1/2, d_2 = 2/3


@pytest.fixture(scope="module")
def model():
    return dt.load("unilateral-deterrence-incomplete")


@pytest.fixture(scope="module")
def atlas(model):
    return dt.solve(model, cells=False)


def at(model, p, q):
    return model.domain.point({**PRINTED, "p": p, "q": q})


def test_a_definition_stands_for_its_expression(model):
    below = dt.condition(model.domain, "q < d_1", definitions=model.definitions)
    assert below.contains(at(model, "3/10", "49/100"))
    assert not below.contains(at(model, "3/10", "1/2"))
    above = dt.condition(model.domain, "p > c_t", definitions=model.definitions)
    assert above.contains(at(model, "71/100", "1/4"))
    assert not above.contains(at(model, "7/10", "1/4"))


def test_definitions_in_predicate_and_premise(model, atlas):
    rate = "P(open[soft] = challenge) == p*(1 - c_t)/((1 - p)*c_t)"
    here = "p < c_t and q < d_1"
    assert dt.some(atlas, rate, here, definitions=model.definitions).word == "proved"
    doubled = rate.replace("p*", "2*p*", 1)
    verdict = dt.some(atlas, f"{BLUFFS} and {doubled}", here, definitions=model.definitions)
    assert verdict.word == "refuted"
    assert str(verdict.holds_where) == "false"
    assert dt.holds(model.domain, "d_1 < d_2", definitions=model.definitions).word == "proved"
    reverse = dt.holds(model.domain, "d_2 < d_1", "d_1 < d_2", definitions=model.definitions)
    assert reverse.word == "refuted"


def test_among_counts_only_what_the_refinement_keeps(model, atlas):
    assert dt.some(atlas, NOBODY).word == "proved"
    kept = dt.some(atlas, NOBODY, among="d1")
    assert kept.word == "refuted"
    published = dt.condition(model.domain, "q >= d_2", definitions=model.definitions)
    assert dt.equal(kept.holds_where, published, model.domain.given).word == "proved"
    off_the_borders = "p < c_t and q < d_1"
    assert dt.every(atlas, BLUFFS, off_the_borders, definitions=model.definitions).word == "refuted"
    alone = dt.every(atlas, BLUFFS, off_the_borders, among="d1", definitions=model.definitions)
    assert alone.word == "proved"


def test_unknown_names_are_refused(model, atlas):
    with pytest.raises(dt.DeterrenceError, match="no refinement named 'd2'; known: d1"):
        dt.some(atlas, NOBODY, among="d2")
    with pytest.raises(dt.DeterrenceError, match="no parameter named 'd_1'"):
        dt.some(atlas, NOBODY, "q < d_1")
    with pytest.raises(dt.DeterrenceError, match=r"no parameter named 'd_3'; known: p, q, .*d_1, d_2"):
        dt.holds(model.domain, "d_3 < 1", definitions=model.definitions)


def test_a_quantity_is_what_a_definition_says_at_each_point(model):
    c_t, d_1 = (dt.quantity(model.domain, name, definitions=model.definitions) for name in ("c_t", "d_1"))
    assert c_t.at(at(model, "1/2", "1/2")) == Fraction(7, 10)
    assert d_1.at(at(model, "1/2", "1/2")) == Fraction(1, 2)
    both = dt.quantity(model.domain, "p*(1 - c_t)/((1 - p)*c_t)", definitions=model.definitions)
    assert both.at(at(model, "3/10", "1/4")) == Fraction(9, 49)  # the printed rate of bluffs


def test_a_quantity_refuses_what_has_no_one_value(model):
    with pytest.raises(dt.DeterrenceError, match="x"):
        dt.quantity(model.domain, "p + x")
    with pytest.raises(dt.DeterrenceError, match="min, max or abs"):
        dt.quantity(model.domain, "max(p, q)")
    with pytest.raises(dt.DeterrenceError, match="zero"):
        dt.quantity(model.domain, "1/(p - q)")
