"""Evolutionarily stable strategies against local superiority in fractions, and published games."""

from fractions import Fraction as F
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.region import EVERYWHERE
from deterrence.algebra.verdicts import Proved
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.evolution import ess
from tests.oracles.bimatrix import extreme_equilibria
from tests.oracles.dynamics import resists


def symmetric(A, assumptions=(), actions=None):
    size = range(len(A))
    return NormalForm.from_arrays(
        A,
        [[A[j][i] for j in size] for i in size],
        actions=actions and [actions, actions],
        assumptions=assumptions,
    )


def stable_at(found, point):
    table = {n: F(v) for n, v in point.items()}
    return {tuple(v.at(table) for _, v in s.strategy) for s in found if s.region.contains(table)}


def by_definition(A):
    """Symmetric equilibria that resist; with ties, only extreme ones are candidates, since others are not alone."""
    transposed = [list(row) for row in zip(*A, strict=True)]
    candidates = {x for x, y in extreme_equilibria(A, transposed) if x == y}
    return {x for x in candidates if resists(A, x)}


@pytest.mark.parametrize("size", [2, 3])
def test_numbers_by_definition(size):
    rng = Random(size)
    counts = set()
    for _ in range(120 if size == 2 else 40):
        A = [[F(rng.randint(-2, 2)) for _ in range(size)] for _ in range(size)]
        found = ess(symmetric(A))
        assert all(s.region == EVERYWHERE for s in found)
        expected = by_definition(A)
        assert {tuple(v.at({}) for _, v in s.strategy) for s in found} == expected
        counts.add(len(expected))
    assert counts >= {0, 1, 2}


@pytest.mark.parametrize("seed", range(3))
def test_symbols_by_definition_at_points(seed):
    rng = Random(seed)
    entries = (0, 1, "a", "b", "a + b", "a - b", "2*b", "1 - a")
    game = symmetric([[rng.choice(entries) for _ in "123"] for _ in "123"])
    found = ess(game)
    for _ in range(25):
        point = {n: F(rng.randint(-3, 3)) for n in game.domain.names}
        A = [[game.payoff((f"row{i}", f"column{j}"), "row").at(point) for j in (1, 2, 3)] for i in (1, 2, 3)]
        assert stable_at(found, point) == by_definition(A)


def test_hawk_and_dove():
    """[MaynardSmithPrice1973]: hawks with probability V/C where fights cost more than they win, else all hawks."""
    game = symmetric([["(V - C)/2", "V"], [0, "V/2"]], ["V > 0", "C > 0"], ["hawk", "dove"])
    hawks, mixed = dt.ess(game)
    given = game.domain.given
    assert hawks.support == ("hawk",)
    assert isinstance(dt.equal(hawks.region, dt.region("V >= C"), given), Proved)
    assert isinstance(dt.equal(mixed.region, dt.region("V < C"), given), Proved)
    assert str(dict(mixed.strategy)["hawk"]) == "V/C"


def test_both_conventions_of_the_stag_hunt_and_no_mixture():
    game = symmetric([["R", "S"], ["T", "P"]], ["R > T", "T >= P", "P > S"])
    assert [s.support for s in ess(game)] == [("row1",), ("row2",)]
    assert all(s.region == EVERYWHERE for s in ess(game))


def test_rock_paper_scissors():
    """[HofbauerSigmund1998]: with win b and loss -a the even mixture is stable exactly where b > a."""
    game = symmetric([[0, "-a", "b"], ["b", 0, "-a"], ["-a", "b", 0]], ["a > 0", "b > 0"])
    (found,) = ess(game)
    assert {str(v) for _, v in found.strategy} == {"1/3"}
    assert isinstance(dt.equal(found.region, dt.region("b > a"), game.domain.given), Proved)


def test_two_actions_where_the_gain_ties():
    """At a tie with the resident a mutant is kept out by what it earns against itself."""
    game = symmetric([[1, "b"], [1, 0]])
    first = next(s for s in ess(game) if s.support == ("row1",))
    assert isinstance(dt.equal(first.region, dt.region("b > 0")), Proved)


def test_what_is_not_symmetric_or_too_large():
    with pytest.raises(OutOfScope, match="not symmetric: row gets"):
        ess(NormalForm.from_arrays([[1, 2], [3, 4]], [[1, 2], [3, 4]]))
    with pytest.raises(OutOfScope, match="same number of actions"):
        ess(NormalForm.from_arrays([[1, 2]], [[1, 2]]))
    with pytest.raises(OutOfScope, match="has 4"):
        ess(symmetric([[int(i == j) for j in range(4)] for i in range(4)]))
    level = NormalForm.from_arrays([["a", 0], [0, 1]], [["b", 0], [0, 1]], assumptions=["a == b"])
    assert [s.support for s in ess(level)] == [("row1",), ("row2",)]
