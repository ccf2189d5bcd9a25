"""Two models side by side: against the sets of equilibria at points in fractions, and theorems on equivalence."""

from fractions import Fraction as F
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import nash, pure_nash
from deterrence.study.compare import compare, compare_answers, equivalences
from tests.oracles.bimatrix import extreme_equilibria

ENTRIES = (0, 1, "a", "b", "a + b", "a - b", "2*b", "1 - a")


def random_tables(rng):
    return [[[rng.choice(ENTRIES) for _ in "12"] for _ in "12"] for _ in "12"]


def solved(tables, **options):
    return nash(NormalForm.from_arrays(*tables, **options), cells=False)


def matrices(game, point):
    rows, columns = (p.actions for p in game.players)
    return [[[game.payoff((r, c), n).at(point) for c in columns] for r in rows] for n in game.names]


@pytest.mark.parametrize("seed", range(6))
def test_where_models_part_is_where_their_equilibria_differ(seed):
    """One payoff changed; the sets of all equilibria are equal exactly where the extreme ones are."""
    rng = Random(seed)
    tables = random_tables(rng)
    changed = [[list(row) for row in t] for t in tables]
    changed[rng.randrange(2)][rng.randrange(2)][rng.randrange(2)] = rng.choice(("a", "b", 1, "2 - b"))
    given = ["a + b == a + b", "a > -9", "b > -9"]
    one, two = solved(tables, assumptions=given), solved(changed, assumptions=given)
    found = compare(one, two)
    seen = set()
    for _ in range(80):
        point = {n: F(rng.randint(-3, 3)) for n in ("a", "b")}
        equal = extreme_equilibria(*matrices(one.game, point)) == extreme_equilibria(
            *matrices(two.game, point)
        )
        assert found.same.contains(point) == equal
        assert any(x.region.contains(point) for x in found.apart) == (not equal)
        seen.add(equal)
    assert True in seen
    assert isinstance(found.verdict, Proved if seen == {True} else Refuted)


@pytest.mark.parametrize("seed", range(4))
def test_payoffs_that_differ_by_scale_and_by_what_the_others_do_are_equivalent(seed):
    """Best replies, hence equilibria with all their ties, stay the same."""
    rng = Random(seed)
    A, B = random_tables(rng)
    scaled = [[f"3*({A[i][j]}) + {('a', 'b')[j]}" for j in (0, 1)] for i in (0, 1)]
    shifted = [[f"({B[i][j]})/2 - {(1, 'b')[i]}" for j in (0, 1)] for i in (0, 1)]
    given = ["a > -9", "b > -9"]
    found = dt.compare(solved([A, B], assumptions=given), solved([scaled, shifted], assumptions=given))
    assert isinstance(found.verdict, Proved)
    assert (found.apart, found.same, found.beyond, found.scope) == ((), EVERYWHERE, NOWHERE, "all")


def test_a_witness_tells_the_models_apart():
    one = solved([[["a", 0], [0, 1]]] * 2, assumptions=["a > 0"])
    two = solved([[["a", 0], [0, 2]]] * 2, assumptions=["a > 0"])
    found = compare(one, two)
    assert isinstance(found.verdict, Refuted)
    assert {(x.of, x.equilibrium) for x in found.apart} == {("first", "e3"), ("second", "e3")}
    for x in found.apart:
        assert x.witness is not None and x.region.contains(x.witness)
    assert found.same == NOWHERE


def test_names_swapped_between_the_models():
    """Parameters change all at once: a for b and b for a is no chain."""
    one = solved([[["a", 0], [0, "b"]]] * 2, assumptions=["a > 0", "b > 0"])
    two = solved([[["b", 0], [0, "a"]]] * 2, assumptions=["a > 0", "b > 0"])
    assert isinstance(compare(one, two, parameters={"a": "b", "b": "a"}).verdict, Proved)
    assert isinstance(compare(one, two).verdict, Refuted)
    assert isinstance(dt.equal(compare(one, two).same, dt.region("a == b"), one.domain.given), Proved)


def test_players_and_actions_under_other_names():
    one = solved(
        [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], players=["us", "them"], actions=[["C", "D"], ["c", "d"]]
    )
    two = solved(
        [[[1, 5], [0, 3]], [[1, 0], [5, 3]]], players=["them", "us"], actions=[["d", "c"], ["D", "C"]]
    )
    assert isinstance(compare(one, two).verdict, Proved)
    assert compare(one, two).how.is_plain
    other = solved([[[1, 5], [0, 3]], [[1, 0], [5, 3]]], players=["row", "column"])
    crossed = {"us": {"C": "row2", "D": "row1"}, "them": {"c": "column2", "d": "column1"}}
    assert isinstance(compare(one, other, actions=crossed).verdict, Proved)
    assert not compare(one, other, actions=crossed).how.is_plain
    assert isinstance(compare(one, other).verdict, Refuted)


def test_all_equivalences_of_chicken():
    """Symmetric with two mirrored pure equilibria: itself, and with players changed; nothing else."""
    table = [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]]
    chicken = solved(table, assumptions=["T > R", "R > S", "S > P"], actions=[["C", "D"], ["C", "D"]])
    found = equivalences(chicken, chicken)
    assert {(c.how.places, c.how.actions[0][1][0]) for c in found} == {
        ((("row", "row"), ("column", "column")), ("C", "C")),
        ((("row", "column"), ("column", "row")), ("C", "C")),
    }


def test_matching_pennies_is_itself_in_many_ways():
    """The equilibrium mixes all evenly, so every relabelling of players and actions keeps it."""
    pennies = solved([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    assert len(equivalences(pennies, pennies)) == 8


def test_continua_are_compared_member_by_member():
    """Row is indifferent throughout; after row2 so is the column player in the first model only."""
    one = solved([[[1, 0], [1, 0]], [["a", 0], [0, 0]]], assumptions=["a > 0"])
    two = solved([[[2, 5], [2, 5]], [["2*a", 1], [0, 1]]], assumptions=["a > 0"])
    found = compare(one, two)
    assert any(e.free for e in one)
    assert isinstance(found.verdict, Refuted)
    point = {"a": F(1)}
    assert not found.same.contains(point)
    assert isinstance(compare(one, one).verdict, Proved)


def test_assumptions_of_the_second_model():
    one = solved([[["a", 0], [0, 1]]] * 2, assumptions=["a > 0"])
    two = solved([[["a", 0], [0, 1]]] * 2, assumptions=["a > 2"])
    found = compare(one, two)
    assert isinstance(found.verdict, Proved)
    assert isinstance(dt.equal(found.beyond, dt.region("a <= 2"), one.domain.given), Proved)
    never = solved([[["a", 0], [0, 1]]] * 2, assumptions=["a < 0"])
    assert isinstance(compare(one, never).verdict, Vacuous)


def test_lists_that_are_not_of_one_class_decide_nothing():
    game = NormalForm.from_arrays([["a", 0], [0, 1]], [["a", 0], [0, 1]], assumptions=["a > 0"])
    assert isinstance(compare(nash(game), pure_nash(game)).verdict, Undecided)
    found = compare(pure_nash(game), pure_nash(game))
    assert isinstance(found.verdict, Proved) and "pure" in found.verdict.method


def test_answers_agree_where_equilibria_do_not():
    """Severity changes how often strikes are needed, and not whether attacks stop."""
    mild = dt.solve(dt.load("inspection"), cells=False)
    harsh = {"s": "2*s", "g": "g", "e": "e", "h": "h", "b": "b", "c": "c", "k": "k"}
    assert isinstance(compare(mild, mild, parameters=harsh).verdict, Refuted)
    rate = "P(militia = attack) == (c + k)/(b + k)"
    assert isinstance(compare_answers("every", mild, rate, mild, parameters=harsh), Proved)
    strikes = "P(us = strike) > 1/4"
    verdict = compare_answers("every", mild, strikes, mild, parameters=harsh)
    assert isinstance(verdict, Refuted)
    expected = dt.region("4*g <= s - e or 4*g > 2*s - e")
    assert isinstance(dt.equal(verdict.holds_where, expected, mild.domain.given), Proved)


def test_bad_questions():
    one = solved([[["a", 0], [0, 1]]] * 2, assumptions=["a > 0"])
    other = solved([[["z", 0], [0, 1]]] * 2)
    three = solved([[[1, 2, 3], [4, 5, 6]]] * 2)
    with pytest.raises(GameError, match="say what it is"):
        compare(one, other)
    with pytest.raises(UnknownName, match="parameter of the first model"):
        compare(one, other, parameters={"z": "q + 1"})
    with pytest.raises(UnknownName, match="parameter of the second model"):
        compare(one, other, parameters={"y": 1})
    with pytest.raises(GameError, match="cannot be paired"):
        compare(one, three)
    with pytest.raises(GameError, match="no relabelling fits"):
        equivalences(one, three)
    with pytest.raises(UnknownName):
        compare(one, one, players={"us": "row"})
    with pytest.raises(UnknownName):
        compare(one, one, actions={"us": {}})
    with pytest.raises(GameError, match="stand for one"):
        compare(one, one, actions={"row": {"row1": "row1", "row2": "row1"}})
    many = NormalForm.from_arrays([[int(i == j) for j in range(5)] for i in range(5)])
    with pytest.raises(OutOfScope, match="only pure equilibria"):
        compare_answers("every", nash(many, cells=False), "P(row = row1) == 1", nash(many, cells=False))
    with pytest.raises(GameError, match="every or some"):
        compare_answers("all", one, "P(row = row1) == 1", one)
    big = solved([[[int(i == j) for j in range(4)] for i in range(4)]] * 2)
    with pytest.raises(OutOfScope, match="relabellings to try"):
        equivalences(big, big)
