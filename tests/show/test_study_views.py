"""How the study tools' results show themselves: words that say what was found, and texts that parse back."""

import json

import pytest

import deterrence as dt
from deterrence.show import html
from deterrence.show.compare_view import comparison_html, comparison_json, comparison_page
from deterrence.show.correlated_view import (
    correlated_html,
    correlated_json,
    correlated_page,
    range_html,
    range_json,
    range_page,
)
from deterrence.show.evolution_view import (
    dynamics_html,
    dynamics_json,
    dynamics_page,
    ess_html,
    ess_json,
    ess_page,
)
from deterrence.show.field import MARKS, field_svg, plot_field
from deterrence.show.paragraphs import to_text
from deterrence.show.quantal_view import (
    branch_html,
    branch_json,
    branch_page,
    effect_html,
    effect_json,
    effect_page,
)
from deterrence.show.selection_view import selection_html, selection_json, selection_page
from deterrence.show.taxonomy_view import taxonomy_html, taxonomy_json, taxonomy_page

GOLDEN = {"g": 3, "s": 8, "e": 1, "c": 1, "k": 1, "b": 4, "h": 5}


def words(page):
    return " ".join(to_text(page, 200).split())


def same(text, region, given):
    return dt.equal(dt.region(text), region, given).word == "proved"


def symmetric(A, assumptions=(), actions=None):
    size = range(len(A))
    mirrored = [[A[j][i] for j in size] for i in size]
    return dt.NormalForm.from_arrays(
        A, mirrored, actions=actions and [actions, actions], assumptions=assumptions
    )


@pytest.fixture(scope="module")
def inspection():
    return dt.load("inspection").game


@pytest.fixture(scope="module")
def stag_hunt():
    return symmetric([["R", "S"], ["T", "P"]], ["R > T", "T > P", "P > S"], ["hunt", "hare"])


@pytest.fixture(scope="module")
def fight():
    return symmetric([["(V - C)/2", "V"], [0, "V/2"]], ["V > 0", "C > 0"], ["hawk", "dove"])


# -- taxonomy ---------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def named():
    return dt.taxonomy(symmetric([[3, 0], ["T", 1]]))


def test_named_games_in_words(named):
    page = words(taxonomy_page(named))
    assert "Prisoner's Dilemma T > 3 T=4" in page
    assert "T == 3: between Prisoner's Dilemma and Stag Hunt" in page
    assert "cover the domain: proved (z3). No two of them overlap: proved (z3)." in page
    assert "its neighbours" not in page


def test_a_single_game_shows_its_neighbours_and_whose_numbers_these_are():
    page = words(taxonomy_page(dt.taxonomy(symmetric([[3, 0], [5, 1]]))))
    assert "layer TT, place (6, 6)" in page
    assert "row swaps its low two: Called Bluff" in page
    assert "numbered by this library" in page


def test_a_doubtful_name_says_so():
    found = dt.taxonomy(dt.NormalForm.from_arrays([[1, 2], [4, 3]], [[3, 4], [2, 1]]))
    assert "Big Bully (Compromise x Chicken; attributed, not checked" in words(taxonomy_page(found))


def test_named_games_as_data_and_html(named):
    data = json.loads(json.dumps(taxonomy_json(named, "x")))
    for entry, part in zip(data["parts"], named.parts, strict=True):
        assert same(entry["region"], part.region, named.game.domain.given)
        assert len(entry["neighbours"]) == 6
    assert {frozenset(b["between"]) for b in data["borders"]} >= {frozenset(("Assurance", "Stag Hunt"))}
    assert "Prisoner&#x27;s Dilemma" in taxonomy_html(named)


# -- selection --------------------------------------------------------------------------------------------
def test_picks_carry_their_criterion(stag_hunt):
    found = dt.select(dt.nash(stag_hunt))
    page = words(selection_page(found))
    assert "risk dominant e1: row plays hunt; column plays hunt R + S > P + T" in page
    assert "every equilibrium of the atlas remains one" in page
    data = selection_json(found, "x")
    for entry, label in zip(data["picks"], found.labels, strict=True):
        assert (entry["criterion"], entry["equilibrium"]) == (label.criterion, label.equilibrium)
        assert same(entry["region"], label.region, stag_hunt.domain.given)
    assert "risk dominant" in selection_html(found)


def test_criteria_that_do_not_apply_are_named():
    three = symmetric([[3, 0, 0], [0, 2, 0], [0, 0, 1]])
    found = dt.select(dt.nash(three, cells=False))
    assert "risk dominant: not applied; defined here for" in words(selection_page(found))
    assert "not applied" in selection_html(found)
    assert len(selection_json(found, "x")["left_out"]) == 2


# -- correlated equilibria --------------------------------------------------------------------------------
def test_correlated_equilibria():
    chicken = symmetric([[6, 2], [7, 0]], actions=["swerve", "drive"])
    conditions = dt.correlated(chicken)
    assert "row told swerve gains nothing by drive: q_swerve_swerve - 2*q_swerve_drive <= 0" in words(
        correlated_page(conditions)
    )
    assert len(correlated_json(conditions, "x")["obedience"]) == 4
    assert correlated_html(conditions).count("≤ 0") == 4
    found = dt.correlated_range(chicken, {"row": 1, "column": 1})
    page = words(range_page(found, "both together"))
    assert "Over all correlated equilibria: both together at most 21/2 (about 10.5)" in page
    assert "swerve, swerve with probability 1/2" in page
    data = range_json(found)
    assert (data["best"]["value"], data["worst"]["value"]) == ("21/2", "36/5")
    assert "21/2" in range_html(found)


# -- quantal response -------------------------------------------------------------------------------------
def test_numbers_are_labelled_as_numbers(inspection):
    branch = dt.logit_branch(inspection, [0, 10], GOLDEN)
    page = words(branch_page(branch))
    assert "Logit quantal response (numbers)" in page
    assert "of exactly one equilibrium, proved in interval arithmetic" in page
    assert "is not proved" in page
    assert [row["rationality"] for row in branch_json(branch)] == ["0", "10"]
    assert "0.500000" in branch_html(branch)


def test_statements_are_labelled_as_proved_or_open(inspection):
    effect = dt.logit_effect(inspection, "s", "militia", "attack")
    page = words(effect_page(effect))
    assert "Proved (z3): in every logit equilibrium, at every rationality above zero" in page
    assert (
        "militia plays attack falls strictly as s grows, the others fixed, within the assumptions. There is one"
        in page
    )
    assert effect_json(effect)["direction"] == "falls"
    assert "falls strictly" in effect_html(effect)
    level = dt.logit_effect(inspection, "h", "militia", "attack")
    assert "does not change as h grows, the others fixed" in words(effect_page(level))
    coordination = symmetric([["a", 0], [0, 1]], ["a > 0"])
    open_one = dt.logit_effect(coordination, "a", "row", "row1")
    assert words(effect_page(open_one)).startswith("Undecided: how the probability")
    assert effect_json(open_one)["direction"] is None


# -- evolution --------------------------------------------------------------------------------------------
def test_stable_strategies(fight):
    found = dt.ess(fight)
    page = words(ess_page(found, fight.domain.given))
    assert "all hawk: where V >= C" in page and "hawk V/C, dove (C - V)/C: where C > V" in page
    assert ess_json(found)[1]["region"] == "C > V"
    assert ess_html(found).count("<tr>") == 3
    assert "none" in words(ess_page(()))


def test_dynamics_of_one_population(fight):
    found = dt.replicator(fight)
    page = words(dynamics_page(found))
    assert "all hawk everywhere attracting where V >= C" in page
    data = json.loads(json.dumps(dynamics_json(found, "x")))
    assert data["conserved"] is None and data["rest_points"][0]["determinant"] is None
    for entry, p in zip(data["rest_points"], found.points, strict=True):
        assert same(entry["region"], p.region, fight.domain.given)
    assert "attracting" in dynamics_html(found)


def test_dynamics_of_two_populations_and_what_closes_the_orbits(inspection):
    found = dt.replicator(inspection, 2)
    page = words(dynamics_page(found))
    assert "centre of the linearisation" in page
    assert "Closed orbits around the inner state of rest everywhere: the motion leaves" in page
    assert "(proved (by algebra))" in page
    assert dynamics_json(found, "x")["conserved"]["closed"] == "true"
    assert "Closed orbits" in dynamics_html(found)


def test_continua_are_said():
    tied = dt.NormalForm.from_arrays([[1, 0], [1, 2]], [["a", 0], [0, 0]], assumptions=["a > 0"])
    found = dt.replicator(tied, 2)
    assert "column plays column1: at rest everywhere" in words(dynamics_page(found))
    assert "row plays row2: at rest everywhere" in dynamics_html(found)


@pytest.mark.parametrize(
    ("kind", "populations", "point", "expected"),
    [
        ("inspection", 2, None, {"closed orbit", "saddle", "centre of the linearisation"}),
        ("fight", 1, {"V": 1, "C": 3}, {"attracting", "repelling"}),
        ("stag_hunt", 2, {"R": 3, "T": 2, "P": 1, "S": 0}, {"attracting", "repelling", "saddle"}),
        ("scissors", 1, {"a": 1, "b": 2}, {"attracting", "saddle"}),
    ],
)
def test_pictures_of_the_field(request, kind, populations, point, expected):
    from matplotlib.figure import Figure

    if kind == "scissors":
        game = symmetric([[0, "-a", "b"], ["b", 0, "-a"], ["-a", "b", 0]], ["a > 0", "b > 0"])
    else:
        game = request.getfixturevalue(kind)
    found = dt.replicator(game, populations)
    axes = plot_field(found, point, Figure().subplots())
    assert {text.get_text() for text in axes.get_legend().get_texts()} == expected
    assert field_svg(found, point) == field_svg(found, point)
    assert field_svg(found, point).startswith("<?xml")


def test_kinds_differ_in_shape_or_filling_not_in_colour_alone():
    assert len({(shape, inside == "white") for shape, _, inside in MARKS.values()}) == len(MARKS)


# -- comparison -------------------------------------------------------------------------------------------
def test_comparisons():
    one = dt.nash(symmetric([["a", 0], [0, 1]], ["a > 0"]))
    two = dt.nash(symmetric([["b", 0], [0, 2]], ["b > 1"]))
    found = dt.compare(one, two, parameters={"b": "2*a"}, actions={"row": {"row1": "row1"}})
    assert "Yes, at all parameter values that both allow" in words(comparison_page(found))
    assert "the second model's b is 2*a" in words(comparison_page(found))
    assert "The second model says nothing where a <= 1/2." in words(comparison_page(found))
    other = dt.compare(one, two, parameters={"b": "a"})
    page = words(comparison_page(other))
    assert "No, nowhere. Not, for example, at a=" in page
    assert "e3 of the first model everywhere" in page
    data = json.loads(json.dumps(comparison_json(other)))
    assert (data["verdict"], data["same"], data["scope"]) == ("refuted", "false", "all")
    assert "e3 of the second model" in comparison_html(other)


# -- notebooks --------------------------------------------------------------------------------------------
class Formatter:
    def __init__(self):
        self.named, self.typed = {}, {}

    def for_type_by_name(self, module, name, form):
        self.named[module, name] = form

    def for_type(self, kind, form):
        self.typed[kind] = form


class Shell:
    def __init__(self):
        self.formatter = Formatter()
        self.display_formatter = self
        self.formatters = {"text/html": self.formatter}


def test_notebooks_know_every_result(named, inspection, fight, stag_hunt):
    shell = Shell()
    html.install(shell)
    atlas = dt.nash(stag_hunt)
    results = [
        named,
        dt.select(atlas),
        dt.correlated(fight),
        dt.correlated_range(inspection, "us", GOLDEN),
        dt.logit(inspection, 1, GOLDEN),
        dt.logit_effect(inspection, "s", "militia", "attack"),
        dt.replicator(fight),
        dt.compare(atlas, atlas),
    ]
    for result in results:
        form = shell.formatter.named[type(result).__module__, type(result).__name__]
        assert form(result).startswith("<")
    as_tuple = shell.formatter.typed[tuple]
    for items in (dt.ess(fight), dt.logit_branch(inspection, [0, 1], GOLDEN), dt.equivalences(atlas, atlas)):
        assert as_tuple(items).startswith("<")
    assert as_tuple((1, 2)) is None and as_tuple(()) is None
