"""The partition by named game, against ranking the payoffs at points; it covers the domain, proved."""

from fractions import Fraction as F
from itertools import pairwise
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.verdicts import Proved
from deterrence.errors import DomainError, GameError
from deterrence.games.normal import NormalForm
from deterrence.study.partition import Part, taxonomy
from deterrence.study.positions import Position, position, refinements
from deterrence.study.taxonomy import SYMMETRIC_ORDERS, OrdinalGame

SYMMETRIC = [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]]


@pytest.fixture(scope="module")
def twelve():
    return taxonomy(NormalForm.from_arrays(*SYMMETRIC))


def ranked(square):
    flat = [x for line in square for x in line]
    ranks = [1 + sum(y < x for y in flat) for x in flat]
    return (ranks[0], ranks[1]), (ranks[2], ranks[3])


def payoffs_at(game, point):
    squares = []
    for name in game.names:
        flat = [v.at(point) for v in game.table(name).values()]
        squares.append(((flat[0], flat[1]), (flat[2], flat[3])))
    return squares


def checked(found, points):
    """Each point is in exactly one part or border, the one that ranking the numbers there gives."""
    kinds = set()
    for point in points:
        at = [p for p in (*found.parts, *found.borders) if p.region.contains(point)]
        assert len(at) == 1
        squares = [ranked(s) for s in payoffs_at(found.game, point)]
        if all(len({x for line in s for x in line}) == 4 for s in squares):
            assert isinstance(at[0], Part)
            assert at[0].position == position(OrdinalGame(*squares))
        else:
            assert not isinstance(at[0], Part)
            assert set(at[0].between) <= set(refinements(*squares))
        kinds.add(type(at[0]).__name__)
    return kinds


def test_the_symmetric_game_is_cut_into_the_twelve(twelve):
    assert {p.position for p in twelve.parts} == {Position(n, n) for n in SYMMETRIC_ORDERS}
    assert isinstance(twelve.covers, Proved)
    assert isinstance(twelve.disjoint, Proved)


def test_each_name_holds_where_its_order_or_the_relabelled_one_does(twelve):
    other = str.maketrans("RSTP", "PTSR")
    for part in twelve.parts:
        order = SYMMETRIC_ORDERS[part.position.row]
        chains = [" and ".join(f"{a} > {b}" for a, b in pairwise(o)) for o in (order, order.translate(other))]
        expected = dt.region(f"({chains[0]}) or ({chains[1]})")
        assert isinstance(dt.equal(part.region, expected), Proved)


def test_borders_of_the_symmetric_game_are_where_two_payoffs_tie(twelve):
    somewhere = dt.region("R == S or R == T or R == P or S == T or S == P or T == P")
    joined = twelve.borders[0].region
    for border in twelve.borders[1:]:
        joined = joined | border.region
    assert isinstance(dt.equal(joined, somewhere), Proved)
    meeting = {frozenset(p.name for p in b.between): b for b in twelve.borders}
    cliff = meeting[frozenset(("Prisoner's Dilemma", "Chicken"))]
    one, two = dt.region("T > R and R > P and P == S"), dt.region("S > P and P > R and R == T")
    assert isinstance(dt.equal(cliff.region, one | two), Proved)


def test_points_of_the_symmetric_game(twelve):
    rng = Random(5)
    points = [{n: F(rng.randint(-2, 3)) for n in "RSTP"} for _ in range(300)]
    assert checked(twelve, points) == {"Part", "Border"}


@pytest.mark.parametrize("seed", range(6))
def test_random_symbolic_games(seed):
    rng = Random(seed)
    entries = (0, 1, 2, "a", "b", "a + b", "2*a - b", "a*b", "1 - a", "b/2")
    tables = [[[rng.choice(entries) for _ in "12"] for _ in "12"] for _ in "12"]
    found = taxonomy(NormalForm.from_arrays(*tables, assumptions=["b > 0"]))
    assert (found.covers.word, found.disjoint.word) == ("proved", "proved")
    points = [{"a": F(rng.randint(-6, 6), 2), "b": F(rng.randint(1, 6), 2)} for _ in range(120)]
    checked(found, [{n: p[n] for n in found.game.domain.names} for p in points])


def test_a_model_of_the_catalogue():
    game = dt.load("strike-restrain").game
    found = taxonomy(game)
    assert (found.covers.word, found.disjoint.word) == ("proved", "proved")
    rng = Random(2)
    points = []
    while len(points) < 60:
        point = {n: F(rng.randint(0, 8), rng.randint(1, 4)) for n in game.domain.names}
        if game.domain.given.contains(point):
            points.append(point)
    checked(found, points)


def test_numbers_have_one_part_or_one_border():
    found = taxonomy(NormalForm.from_arrays([[7, 2], [9, 3]], [[7, 9], [2, 3]]))
    assert [p.position.name for p in found.parts] == ["Prisoner's Dilemma"]
    assert found.borders == ()
    assert found.at().position.name == "Prisoner's Dilemma"
    tied = taxonomy(NormalForm.from_arrays([[7, 3], [9, 3]], [[7, 9], [3, 3]]))
    assert tied.parts == ()
    assert {p.name for p in tied.borders[0].between} == {"Prisoner's Dilemma", "Chicken", "Called Bluff"}


def test_public_name_and_points():
    found = dt.taxonomy(dt.NormalForm.from_arrays(*SYMMETRIC, assumptions=["T > R", "R > P", "P > S"]))
    assert found.at(T=5, R=3, P=1, S=0).position.name == "Prisoner's Dilemma"
    with pytest.raises(DomainError):
        found.at(T=1, R=3, P=1, S=0)


def test_what_is_no_2x2_game():
    with pytest.raises(GameError, match="2x3"):
        taxonomy(NormalForm.from_arrays([[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [4, 5, 6]]))
