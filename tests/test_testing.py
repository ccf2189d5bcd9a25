"""The helpers for students' own tests: every point is in the domain, failures are small and are sentences.

The domain is checked against the texts of the model files, evaluated as plain Python on fractions, which
shares nothing with the regions that the points are drawn from.
"""

import itertools
import subprocess
import sys
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import deterrence
from deterrence.catalogue.models import Model, catalogue, from_text, load
from deterrence.errors import DomainError, ExpressionError, GameError, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import nash
from deterrence.testing import assert_at, assert_claim, games, points

MODELS = sorted(catalogue())
QUICK = settings(max_examples=40, database=None)
EXAMPLE = {"h": 4, "m": "1/2", "c": 1, "k": 1, "g": 1, "d": 5, "r": 1}
Point = dict[str, Fraction]


def true(text: str, point: Point) -> bool:
    """A condition of ours as Python reads it; texts of our own files only."""
    return bool(eval(text, {"__builtins__": {}, "min": min, "max": max}, dict(point)))


def domain_texts(model: Model) -> list[str]:
    source = model.source
    return [p.domain_text for p in source.parameters if p.domain_text] + list(source.assumption_texts)


def choice(*assumptions: str) -> NormalForm:
    """One player and the parameters x and y, under the assumptions."""
    return NormalForm.from_profiles(
        {"one": ["left", "right"]}, {("left",): ["x"], ("right",): ["y"]}, assumptions=assumptions
    )


def size(value: Fraction) -> int:
    return max(abs(value.numerator), value.denominator)


# -- points ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("borders", [True, False])
@pytest.mark.parametrize("name", MODELS)
def test_points_of_every_model_satisfy_its_assumptions_with_small_numbers(name: str, borders: bool) -> None:
    model = load(name)
    texts = domain_texts(model)

    @QUICK
    @given(points(name, borders=borders))
    def check(point: Point) -> None:
        assert tuple(point) == model.domain.names
        assert all(type(v) is Fraction for v in point.values())
        assert [t for t in texts if not true(t, point)] == []
        assert max(map(size, point.values())) <= 200

    check()


def test_points_of_the_catalogue_are_constructed_not_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(*_: object) -> None:
        raise AssertionError("the prover was asked for a point")

    monkeypatch.setattr("deterrence.testing._pool", search)
    for name in MODELS:
        settings(max_examples=10, database=None)(given(points(name))(lambda point: None))()


@pytest.mark.parametrize(
    "assumptions",
    [
        ("x == y",),
        ("x == 2*y + 1", "0 < y < 1"),
        ("x == y**2",),
        ("y == x**2", "x < 0"),
        ("x*y == 1",),
        ("x + y == 1", "x >= 0", "y >= 0"),
        ("x**2 + y**2 == 1",),
        ("x**3 + y**3 == 9", "x > 0"),
        ("x**3 < y", "y < 2"),
        ("0 < x < 1/1000", "999/1000 < y < 1"),
        ("x > 1000", "y < -1000"),
        ("x**2 < 2", "x > 141/100", "y > x"),
        ("(x > 3 or x < -3) and x**2 < 10", "y != 0"),
        ("x != 1", "x != 2", "1 <= x <= 2", "y == 3"),
        ("x >= 1", "x <= 1"),
    ],
)
@pytest.mark.parametrize("borders", [True, False])
def test_points_of_awkward_domains(assumptions: tuple[str, ...], borders: bool) -> None:
    @settings(max_examples=15, database=None)
    @given(points(choice(*assumptions), borders=borders))
    def check(point: Point) -> None:
        exact = [
            a.replace("1/1000", "Fraction(1, 1000)").replace("999/1000", "Fraction(999, 1000)")
            for a in assumptions
        ]
        assert [a for a in exact if not eval(a, {"Fraction": Fraction}, dict(point))] == []

    check()


def drawn(name: str, borders: bool = True, count: int = 300) -> list[Point]:
    found: list[Point] = []

    @settings(max_examples=count, database=None)
    @given(points(name, borders=borders))
    def collect(point: Point) -> None:
        found.append(point)

    collect()
    return found


def tied(p: Point) -> tuple[bool, bool]:
    """Whether the retaliator, facing attacks, and the militia, facing strikes, are indifferent."""
    return p["c"] == p["h"] * p["m"], p["d"] == 2 * (p["g"] * (1 - p["m"]) + p["r"])


def test_ties_between_actions_are_frequent_alone_and_together() -> None:
    both = [tied(p) for p in drawn("strike-restrain")]
    assert sum(a for a, _ in both) >= 20
    assert sum(b for _, b in both) >= 10
    assert sum(a and b for a, b in both) >= 3
    assert sum(not a and not b for a, b in both) >= 60


def test_without_borders_there_are_no_ties_and_no_domain_ends() -> None:
    assert not any(any(tied(p)) for p in drawn("strike-restrain", borders=False))
    assert not any(p["e"] == 0 or p["k"] == 0 for p in drawn("inspection", borders=False))
    assert any(p["e"] == 0 for p in drawn("inspection"))


def test_both_sides_of_every_condition_are_drawn() -> None:
    found = drawn("strike-restrain")
    sides = {(p["c"] > p["h"] * p["m"], p["d"] > 2 * (p["g"] * (1 - p["m"]) + p["r"])) for p in found}
    assert len(sides) == 4


def test_a_premise_confines_the_points_and_its_ends_are_drawn() -> None:
    found: list[Point] = []

    @settings(max_examples=300, database=None)
    @given(points("inspection", given="s >= 3*g and c*k > 2"))
    def collect(point: Point) -> None:
        found.append(point)

    collect()
    texts = [*domain_texts(load("inspection")), "s >= 3*g", "c*k > 2"]
    assert [p for p in found if not all(true(t, p) for t in texts)] == []
    assert sum(p["s"] == 3 * p["g"] for p in found) >= 20


def test_a_premise_may_use_definitions_of_the_model() -> None:
    p = find(points("risk-threat", given="r < r_min"), lambda p: True)
    assert p["r"] < (p["g"] + p["w"]) / (p["D"] + p["g"])


def test_a_premise_that_nothing_satisfies_or_that_names_nothing_is_refused() -> None:
    with pytest.raises(DomainError, match="no point satisfies"):
        points("inspection", given="s < g")
    with pytest.raises(UnknownName):
        points("inspection", given="severity > 1")


@pytest.mark.parametrize("assumptions", [("x > 0", "x < 0"), ("x**2 < 0",)])
def test_a_domain_without_points_is_refused(assumptions: tuple[str, ...]) -> None:
    with pytest.raises(DomainError, match="no point satisfies"):
        points(choice(*assumptions))


def test_a_domain_of_irrational_points_is_refused_when_drawn_from() -> None:
    with pytest.raises(DomainError, match="rational"):
        find(points(choice("x**2 == 2")), lambda p: True)


# -- shrinking ------------------------------------------------------------------------------------
def test_the_simplest_point_is_all_ones() -> None:
    point = find(points("strike-restrain"), lambda p: True)
    assert point.pop("m") == Fraction(1, 2)
    assert set(point.values()) == {1}


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("strike-restrain", "c == h*m"),
        ("strike-restrain", "c < h*m and d > 2*(g*(1 - m) + r)"),
        ("strike-restrain", "c == h*m and d == 2*(g*(1 - m) + r)"),
        ("inspection", "b > 2*c + k"),
        ("prisoners-dilemma", "2*R < T + S"),
        ("target-allocation", "p == 1"),
        ("chicken", "S - P == T - R"),
        ("chicken", "R > 2"),
    ],
)
def test_what_is_found_shrinks_to_numbers_of_one_digit(name: str, condition: str) -> None:
    point = find(points(name), lambda p: true(condition, p))
    assert max(map(size, point.values())) <= 9


def failure(name: str, predicate: str) -> str:
    """What a property test with a false predicate reports in the end."""

    @settings(max_examples=200, database=None)
    @given(points(name))
    def claim(point: Point) -> None:
        assert_at(name, predicate, point)

    with pytest.raises(AssertionError) as caught:
        claim()
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "predicate", "ending"),
    [
        (
            "chicken",
            "P(row = cooperate) == 1/2",
            "The equilibria there: Row plays cooperate; Column plays defect | "
            "Row plays defect; Column plays cooperate | Row plays cooperate with probability ",
        ),
        (
            "strike-restrain",
            "P(militia = continue) == 1",
            "The equilibria there: United States plays strike",
        ),
    ],
)
def test_a_false_claim_fails_at_a_small_point_and_says_so_in_a_sentence(
    name: str, predicate: str, ending: str
) -> None:
    text = failure(name, predicate)
    start, _, rest = text.partition(": ")
    assert rest.startswith(f"in every equilibrium of {name}, {predicate}. {ending}")
    numbers = [Fraction(part.partition("=")[2]) for part in start.removeprefix("False at ").split()]
    assert len(numbers) == len(load(name).domain.names)
    assert max(map(size, numbers)) <= 9


# -- games ----------------------------------------------------------------------------------------
def ties_of(game: NormalForm) -> list[int]:
    """For each player, how many pairs of its actions pay the same against the same actions of the others."""
    counts = []
    for i, player in enumerate(game.players):
        table = {p: v.at({}) for p, v in game.table(player.name).items()}
        against = product(*(p.actions for p in game.players if p is not player))
        columns = [[table[(*a[:i], own, *a[i:])] for own in player.actions] for a in against]
        counts.append(sum(v == w for column in columns for v, w in combinations(column, 2)))
    return counts


@pytest.mark.parametrize("actions", [(2, 2), (3, 3), (2, 4), (1, 2), (2, 2, 2), (3,)])
@pytest.mark.parametrize("ties", ["none", "some", "many"])
def test_games_have_the_shape_the_range_and_the_ties_asked_for(actions: tuple[int, ...], ties: str) -> None:
    if ties == "many" and min(actions) == 1:
        with pytest.raises(GameError):
            games(actions, ties="many")
        return

    @QUICK
    @given(games(actions, ties=ties, low=-4, high=2))  # type: ignore[arg-type]
    def check(game: NormalForm) -> None:
        assert tuple(len(p.actions) for p in game.players) == actions
        assert all(-4 <= v.at({}) <= 2 for row in game.payoffs for v in row)
        counts = ties_of(game)
        assert (max(counts) == 0) if ties == "none" else ties == "some" or min(counts) >= 1

    check()


def test_names_are_those_of_arrays() -> None:
    game = find(games(), lambda g: True)
    assert game.players == NormalForm.from_arrays([[0, 0], [0, 0]], [[0, 0], [0, 0]]).players


@pytest.mark.parametrize(
    "arguments",
    [
        {"actions": ()},
        {"actions": (0, 2)},
        {"low": 1, "high": 0},
        {"actions": (9, 2), "ties": "none"},
        {"ties": "few"},
    ],
)
def test_games_that_cannot_be_are_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(GameError, match="no game has"):
        games(**arguments)  # type: ignore[arg-type]


@QUICK
@given(games(ties="none"))
def test_a_2x2_game_without_ties_has_one_or_three_isolated_equilibria(game: NormalForm) -> None:
    """Wilson (1971): a generic game has an odd number of equilibria."""
    found = nash(game, cells=False).equilibria
    assert len(found) in (1, 3)
    assert not any(e.free for e in found)


@QUICK
@given(st.data())
def test_many_ties_bring_continua(data: st.DataObject) -> None:
    """A sampler that avoids ties would not show a single one."""
    drawn_games = [data.draw(games(ties="many")) for _ in range(20)]
    assert any(e.free for game in drawn_games for e in nash(game, cells=False))


# -- claims for all parameter values --------------------------------------------------------------
def sentence(*arguments: object, **named: object) -> str:
    with pytest.raises(AssertionError) as caught:
        assert_claim(*arguments, **named)  # type: ignore[arg-type]
    return str(caught.value)


def test_proved_claims_pass_in_silence() -> None:
    assert_claim("inspection", "severity-leaves-attack-rate")
    assert_claim("inspection", every="P(militia = attack) == (c + k)/(b + k)")
    assert_claim("strike-restrain", some="us = restrain", given="c >= h*m")
    assert_claim("strike-restrain", holds="h*m < h")
    assert_claim("strike-restrain", "attacks-go-on", given="c >= h*m")
    assert_claim(load("chicken"), some="row = defect and column = cooperate")
    assert_claim(
        NormalForm.from_arrays([["a"], ["b"]], [[0], [0]], assumptions=["a > b"]), every="row = row1"
    )


def test_a_refuted_claim_gives_the_point_and_the_play() -> None:
    assert sentence("strike-restrain", every="militia = halt") == (
        "Not proved: in every equilibrium of strike-restrain, militia = halt. Refuted: it holds nowhere. "
        "It fails at c=1 d=1 g=1 h=4 k=1 m=1/2 r=1. "
        "There, in one equilibrium, us plays strike; militia plays continue."
    )


def test_a_claim_true_on_a_part_gives_the_region() -> None:
    text = sentence("strike-restrain", "attacks-go-on")
    assert text.startswith(
        'Not proved: claim attacks-go-on of strike-restrain, "The militia continues for sure in every '
        'equilibrium". It holds exactly where c >= h*m or d < 2*(g*(1 - m) + r). It fails at '
    )
    assert "There, in one equilibrium, us plays strike with probability 2/3" in text


def test_premises_of_the_file_and_of_the_call_are_both_said() -> None:
    assert ", given d > g, given c < h*m. Refuted" in sentence(
        "strike-restrain", "damage-deters", given="c < h*m"
    )


def test_a_claim_about_some_equilibrium_lists_those_at_the_point() -> None:
    text = sentence("strike-restrain", some="militia = halt")
    assert "Refuted: it holds nowhere." in text
    assert (
        "The equilibria there: United States plays strike with probability 2/3 (about 0.6667), else" in text
    )


def test_a_condition_has_a_point_and_no_play() -> None:
    text = sentence("strike-restrain", holds="c < h*m")
    assert text.startswith(
        "Not proved: c < h*m, in strike-restrain. It holds exactly where c < h*m. It fails at "
    )
    assert "plays" not in text


def test_statements_and_effects() -> None:
    assert "It holds exactly where a + k >= 0 and c + k >= 0." in sentence(
        "strike-and-sanction-meanings", "c1-dominance"
    )
    wrong = load("inspection").source.text.replace(
        'on = "P(us = strike)", is = "falls"', 'on = "P(us = strike)", is = "rises"'
    )
    text = sentence(from_text(wrong), "severity-spares-strikes")
    assert "compare with s_later in place of s" in text.lower()


def test_a_vacuous_claim_says_why() -> None:
    assert sentence("strike-restrain", every="militia = halt", given="c < h*m and c > h") == (
        "Not proved: in every equilibrium of strike-restrain, militia = halt, given c < h*m and c > h. "
        "Vacuous: the assumptions and the claim's premise contradict each other."
    )


def test_an_undecided_claim_says_why() -> None:
    """Three players with more than two actions: only pure equilibria are searched."""
    text = 'name = "large"\ntitle = "Large"\nsummary = "Large."\nkind = "normal-form"\n'
    actions = {"a": ["x", "y", "z"], "b": ["x", "y"], "c": ["x", "y"]}
    for player, names in actions.items():
        text += f"[players.{player}]\nactions = {names}\n".replace("'", '"')
    for a, b, c in itertools.product(*actions.values()):
        text += f'[[payoffs]]\nwhen = {{ a = "{a}", b = "{b}", c = "{c}" }}\n'
        text += f'a = "{int(a == "x")}"\nb = "0"\nc = "0"\n'
    assert sentence(from_text(text), every="a = x").endswith(
        "Undecided: only pure equilibria were searched, so a claim about every equilibrium stays open."
    )


@pytest.mark.parametrize(
    ("named", "error", "message"),
    [
        ({"claim": "sure-hall"}, UnknownName, "did you mean 'sure-halt'"),
        ({}, GameError, "name one thing"),
        ({"claim": "sure-halt", "every": "militia = halt"}, GameError, "name one thing"),
        ({"every": "militia = halt", "some": "militia = halt"}, GameError, "name one thing"),
        ({"every": "militia = stop"}, UnknownName, "stop"),
        ({"every": "P(militia = halt) > q"}, UnknownName, "q"),
        ({"every": "militia = halt", "given": "q > 1"}, UnknownName, "q"),
        ({"holds": "militia = halt"}, ExpressionError, "compare"),
    ],
)
def test_a_claim_that_cannot_be_read_is_no_assertion_error(
    named: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        assert_claim("strike-restrain", **named)  # type: ignore[arg-type]


# -- one point ------------------------------------------------------------------------------------
def test_one_point() -> None:
    assert_at("strike-restrain", "P(us = strike) == 2/3", EXAMPLE)
    assert_at("strike-restrain", "P(militia = continue) == (c + k)/(h*m + k)", EXAMPLE)
    assert_at("strike-restrain", "us = restrain", {**EXAMPLE, "c": 2}, among="some")
    assert_at("strike-restrain", "payoff(us) >= -h", EXAMPLE)


def test_a_continuum_at_a_tie_is_searched_inside() -> None:
    """At c = h*m every strike probability from 0 to 2/3 is an equilibrium."""
    tie = {**EXAMPLE, "c": 2}
    assert_at("strike-restrain", "P(us = strike) <= 2/3", tie)
    assert_at("strike-restrain", "P(us = strike) == 1/7", tie, among="some")
    with pytest.raises(AssertionError, match="False at h=4 m=1/2 c=2"):
        assert_at("strike-restrain", "P(us = strike) < 2/3", tie)


def test_some_equilibrium_at_one_point() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_at("strike-restrain", "militia = halt", EXAMPLE, among="some")
    assert str(caught.value).startswith(
        "False at h=4 m=1/2 c=1 k=1 g=1 d=5 r=1: in some equilibrium of strike-restrain, militia = halt. "
        "The equilibria there: United States plays strike with probability 2/3 (about 0.6667), else restrain"
    )


CASES = """
name = "cases"
kind = "normal-form"
definitions = { net = "max(b - c, 0)" }
[parameters]
b = {}
c = {}
[players.us]
actions = ["strike", "wait"]
[players.other]
actions = ["watch"]
[[payoffs]]
when = { us = "strike", other = "watch" }
us = "min(b, 3) - c"
other = "0"
[[payoffs]]
when = { us = "wait", other = "watch" }
us = "0"
other = "0"
"""


@QUICK
@given(points(from_text(CASES)))
def test_definitions_and_cases_at_a_point(point: Point) -> None:
    model = from_text(CASES)
    assert_at(model, "payoff(us) <= net", point)
    assert_at(model, f"payoff(us) == {max(min(point['b'], 3) - point['c'], 0)}", point)


def test_a_statement_at_a_point() -> None:
    model = load("strike-and-sanction-meanings")
    assert_at(model, "k >= 1 and forall c: c > 0", model.domain.example)
    with pytest.raises(AssertionError, match=r"^False at a=2 .*: k > 1, in strike-and-sanction-meanings\.$"):
        assert_at(model, "k > 1", model.domain.example)


def test_a_point_outside_is_an_error_not_a_failure() -> None:
    with pytest.raises(DomainError, match="m < 1"):
        assert_at("strike-restrain", "us = strike", {**EXAMPLE, "m": 2})


# -- without hypothesis ---------------------------------------------------------------------------
def test_claims_need_no_hypothesis() -> None:
    code = "import sys, deterrence.testing as t; t.assert_claim('chicken', some='row = defect')"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print('hypothesis' in sys.modules)"],
        capture_output=True,
        text=True,
        cwd=Path(deterrence.__file__).parent.parent,
    )
    assert done.stdout.strip() == "False", done.stderr


# -- trees ----------------------------------------------------------------------------------------
def test_claims_about_trees() -> None:
    """The strike of the proxy tree is credible exactly where b >= c: that is the retaliator's last word."""
    assert_claim("proxy-tree", every="reply_f = strike", given="b > c")
    text = sentence("proxy-tree", every="reply_f = strike")
    assert "It holds exactly where b > c." in text
    assert "in one equilibrium, " in text and "reply_f plays " in text
    bluff = "P(open[soft] = challenge) == 9/49"
    here = {"cDC": 10, "cSQ": 6, "cDDh": 4, "cCD": 2, "cDDs": 0, "p": "3/10", "q": "1/4"}
    here |= {"dCD": 10, "dSQ": 8, "dDDh": 5, "dDC": 3, "dDDs": 0}
    assert_at("unilateral-deterrence-incomplete", bluff, here, among="some")
    with pytest.raises(AssertionError, match="The equilibria there: Challenger plays wait at open"):
        assert_at("unilateral-deterrence-incomplete", bluff, here)


def test_points_of_trees_hit_the_ties_between_outcomes() -> None:
    """In the proxy tree the retaliator is indifferent where b = c, and the militia where s is its gain."""
    found = drawn("proxy-tree")
    assert sum(p["b"] == p["c"] for p in found) > 20
    assert sum(p["s"] in (p["gF"], p["gW"]) for p in found) > 20
    assert not any(p["b"] == p["c"] for p in drawn("proxy-tree", borders=False, count=60))
