"""Pareto comparison against the definition, and payoff dominance between equilibria."""

import itertools
from fractions import Fraction as F
from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, all_of, complement
from deterrence.errors import DomainError, GameError, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import nash
from deterrence.solve.pareto import efficient, pareto_dominates, payoff_dominates

ENTRIES = (0, 1, "a", "b", "a + b", "2*a - b", "a*b", "1 - a", "b/2")
VALUES = (F(0), F(1), F(-1), F(1, 2), F(2), F(-3, 2))


def random_game(rng: Random, sizes: tuple[int, ...]) -> NormalForm:
    players = {f"p{i}": [f"p{i}a{k}" for k in range(size)] for i, size in enumerate(sizes)}
    profiles = itertools.product(*players.values())
    return NormalForm.from_profiles(players, {o: [rng.choice(ENTRIES) for _ in sizes] for o in profiles})


def dominates(one: list[F], other: list[F], strict: bool) -> bool:
    pairs = list(zip(one, other, strict=True))
    if strict:
        return all(v > w for v, w in pairs)
    return all(v >= w for v, w in pairs) and any(v > w for v, w in pairs)


@pytest.mark.parametrize("sizes", [(2, 2), (3, 3), (2, 2, 2), (4,)], ids=str)
def test_pure_profiles_by_definition(sizes: tuple[int, ...]) -> None:
    rng = Random(str(sizes))
    seen = set()
    for _ in range(4):
        game = random_game(rng, sizes)
        profiles = list(game.profiles())
        one, other = rng.sample(profiles, 2)
        some = rng.sample(profiles, min(3, len(profiles)))
        for strict in (False, True):
            better = pareto_dominates(game, one, other, strict=strict)
            good = {o: efficient(game, o, strict=strict) for o in some}
            for _ in range(40):
                point = {n: rng.choice(VALUES) for n in game.domain.names}
                pays = {o: [game.payoff(o, n).at(point) for n in game.names] for o in profiles}
                truth = dominates(pays[one], pays[other], strict)
                assert better.contains(point) == truth
                for o in some:
                    best = not any(dominates(pays[q], pays[o], strict) for q in profiles)
                    assert good[o].contains(point) == best
                    seen.add((strict, truth, best))
    assert len(seen) >= 7


def test_dominance_is_a_strict_order() -> None:
    game = random_game(Random(5), (2, 2))
    ask = prover(game.domain.given)
    one, two, three, _ = game.profiles()
    assert pareto_dominates(game, one, one) == NOWHERE
    first, second = pareto_dominates(game, one, two), pareto_dominates(game, two, three)
    assert ask.satisfiable(all_of((first, pareto_dominates(game, two, one)))) is False
    assert ask.implies(all_of((first, second)), pareto_dominates(game, one, three)) is True
    assert ask.implies(pareto_dominates(game, one, two, strict=True), first) is True


def test_the_dilemma() -> None:
    """Only mutual defection is inefficient in the prisoner's dilemma, whatever the numbers."""
    game = NormalForm.from_arrays(
        [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], assumptions=["T > R", "R > P", "P > S"]
    )
    cooperate, sucker, tempt, defect = game.profiles()
    assert [efficient(game, o) for o in (cooperate, sucker, tempt, defect)] == [EVERYWHERE] * 3 + [NOWHERE]
    assert pareto_dominates(game, cooperate, defect, strict=True) == EVERYWHERE
    assert pareto_dominates(game, tempt, sucker) == NOWHERE


def test_chicken_equilibria_are_not_ranked_and_those_of_the_stag_hunt_are() -> None:
    chicken = NormalForm.from_arrays(
        [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], assumptions=["T > R", "R > S", "S > P"]
    )
    for one, other in itertools.permutations([e for e in nash(chicken) if e.is_pure], 2):
        assert payoff_dominates(one, other, given=chicken.domain.given) == NOWHERE
    stag = NormalForm.from_arrays(
        [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], assumptions=["R > T", "T > P", "P > S"]
    )
    given = stag.domain.given
    hunt, hare, mixed = nash(stag)
    assert payoff_dominates(hunt, hare, given=given) == EVERYWHERE
    assert payoff_dominates(hare, hunt, given=given) == NOWHERE
    assert payoff_dominates(hunt, mixed, given=given) == EVERYWHERE  # Harsanyi and Selten (1988)


def test_comparing_takes_both_equilibria_to_exist() -> None:
    game = NormalForm.from_arrays([["a", 0], [0, "b"]], [["a", 0], [0, "b"]])
    atlas = nash(game)
    first, second = (
        next(e for e in atlas if e.support == s)
        for s in ((("row1",), ("column1",)), (("row2",), ("column2",)))
    )
    better = payoff_dominates(first, second)
    for a, b in itertools.product(VALUES, repeat=2):
        point = {"a": a, "b": b}
        both = first.region.contains(point) and second.region.contains(point)
        assert better.contains(point) == (both and a > b)
        assert payoff_dominates(first, second, strict=False).contains(point) == (both and a > b)


def test_a_continuum_must_be_better_as_a_whole() -> None:
    """With row indifferent at the first column, row mixes freely and column's payoff moves with it."""
    game = NormalForm.from_arrays([["a", 0], ["a", 0]], [[2, 0], [1, 0]], assumptions=["a > 0"])
    atlas = nash(game)
    top, bottom = (next(e for e in atlas if e.support == ((r,), ("column1",))) for r in ("row1", "row2"))
    between = next(e for e in atlas if e.free)
    given = game.domain.given
    assert payoff_dominates(top, bottom, strict=False, given=given) == EVERYWHERE
    assert payoff_dominates(top, bottom, given=given) == NOWHERE  # row gets the same
    assert payoff_dominates(top, between, strict=False, given=given) == EVERYWHERE
    assert payoff_dominates(between, bottom, strict=False, given=given) == EVERYWHERE
    assert payoff_dominates(between, top, strict=False, given=given) == NOWHERE
    assert payoff_dominates(between, between, strict=False, given=given) == NOWHERE  # not each against each


def test_two_continua_keep_their_variables_apart() -> None:
    """The same action mixes freely in both columns; one column pays 2 to 3 more than the other, or not."""
    game = NormalForm.from_arrays([[1, 0], [1, 0]], [["d", 0], ["d + 1", 0]], assumptions=["d > 0"])
    lower = next(e for e in nash(game) if e.free)
    other = NormalForm.from_arrays([[2, 0], [2, 0]], [["c", 0], ["c + 1", 0]], assumptions=["c > 0"])
    upper = next(e for e in nash(other) if e.free)
    assert [r.name for r in lower.free] == [r.name for r in upper.free]
    given = all_of((game.domain.given, other.domain.given))
    better = payoff_dominates(upper, lower, given=given)
    for c, d in itertools.product([F(n, 4) for n in range(1, 12)], repeat=2):
        assert better.contains({"c": c, "d": d}) == (
            c >= d + 1
        )  # open ends: c + x > d + y for x, y in (0, 1)
    assert complement(better) != EVERYWHERE


def test_refusals() -> None:
    game = random_game(Random(1), (2, 2))
    with pytest.raises(UnknownName, match="no action of p1 named 'p0a0'"):
        pareto_dominates(game, ("p0a0", "p0a0"), ("p0a0", "p1a0"))
    with pytest.raises(GameError, match="a profile names 2 actions"):
        efficient(game, ("p0a0",))
    one_cell = NormalForm.from_arrays([[1]], [[1]])
    with pytest.raises(UnknownName):
        efficient(one_cell, ("row1", "column9"))
    with pytest.raises(DomainError, match="contradict"):
        efficient(NormalForm.from_arrays([["a"]], [[0]], assumptions=["a > 0", "a < 0"]), ("row1", "column1"))
    elsewhere = NormalForm.from_arrays([[1]], [[1]], players=["us", "them"])
    with pytest.raises(GameError, match="different players"):
        payoff_dominates(nash(one_cell)["e1"], nash(elsewhere)["e1"])
