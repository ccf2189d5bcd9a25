"""Iterated elimination against brute force: an action goes when it is a best reply to no belief.

That is strict dominance by a mixture, seen from the other side (Pearce 1984, lemma 3), so this truth shares
nothing with the code: beliefs are the vertices of the polyhedron of the oracle, in plain fractions.
"""

import itertools
from collections.abc import Sequence
from fractions import Fraction as F
from functools import cache
from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, all_of, any_of, complement
from deterrence.errors import DomainError, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.best_replies import best_reply_to_mixture
from deterrence.solve.elimination import Round, Survivors, iterated_elimination, rationalisable, restricted
from tests.oracles.bimatrix import vertices

Rows = Sequence[Sequence[F]]
Truth = tuple[tuple[tuple[str, ...], ...], tuple[frozenset[tuple[str, str]], ...]]


# -- the truth ------------------------------------------------------------------------------------
def never_best(rows: Rows) -> list[int]:
    """The rows that are a best reply to no belief about the columns."""
    columns = tuple(zip(*rows, strict=True))
    best: set[int] = set()
    for belief in vertices(columns):
        earned = [sum(a * b for a, b in zip(row, belief, strict=True)) for row in rows]
        best |= {i for i, e in enumerate(earned) if e == max(earned)}
    return [i for i in range(len(rows)) if i not in best]


def seen_by(game: NormalForm, kept: Sequence[Sequence[str]], at: int) -> list[list[F]]:
    others = list(itertools.product(*(k for i, k in enumerate(kept) if i != at)))
    name = game.names[at]
    return [[game.payoff((*o[:at], a, *o[at:]), name).at({}) for o in others] for a in kept[at]]


def eliminated(game: NormalForm) -> Truth:
    """What survives in a numeric game, and what goes in each round."""
    kept = tuple(p.actions for p in game.players)
    rounds = []
    while True:
        gone = frozenset(
            (game.names[at], actions[i])
            for at, actions in enumerate(kept)
            for i in never_best(seen_by(game, kept, at))
        )
        if not gone:
            return kept, tuple(rounds)
        rounds.append(gone)
        kept = tuple(tuple(a for a in k if (n, a) not in gone) for n, k in zip(game.names, kept, strict=True))


def as_truth(case: Survivors) -> Truth:
    return tuple(kept for _, kept in case.actions), tuple(frozenset(r) for r in case.rounds)


def random_game(rng: Random, sizes: Sequence[int], entries: Sequence[object]) -> NormalForm:
    players = {f"p{i}": [f"p{i}a{k}" for k in range(size)] for i, size in enumerate(sizes)}
    profiles = itertools.product(*players.values())
    return NormalForm.from_profiles(players, {o: [rng.choice(entries) for _ in sizes] for o in profiles})


# -- numbers --------------------------------------------------------------------------------------
@pytest.mark.parametrize("sizes", [(2, 2), (3, 3), (4, 3), (2, 2, 2), (3, 2, 2)], ids=str)
def test_numeric_games_full_of_ties(sizes: tuple[int, ...]) -> None:
    rng = Random(str(sizes))
    lengths = set()
    for _ in range(100):
        game = random_game(rng, sizes, rng.choice([(0, 1), (0, 1, 2), (0, 1, 2, 3, 4, 5)]))
        cases = iterated_elimination(game)
        assert [c.region for c in cases] == [EVERYWHERE]
        truth = eliminated(game)
        assert as_truth(cases[0]) == truth
        assert cases[0].solves == all(len(kept) == 1 for kept in truth[0])
        lengths.add(len(truth[1]))
    assert {0, 1} <= lengths and max(lengths) >= 2


# -- symbols --------------------------------------------------------------------------------------
@cache
def article_game() -> NormalForm:
    """The retaliator may strike, sanction or do neither; the militia continues or halts."""
    return NormalForm.from_arrays(
        [["h - c", "-c"], ["n*h - e", "-e"], [0, 0]],
        [["g - s", 0], ["g - z", 0], ["g", 0]],
        players=["us", "militia"],
        actions=[["strike", "sanction", "neither"], ["continue", "halt"]],
        assumptions=["h > 0", "c > 0", "e > 0", "n > 0", "n < 1", "s > z", "z > 0"],
    )


@cache
def tied_game() -> NormalForm:
    return NormalForm.from_arrays(
        [["a", 1, 0], [1, "b", 1], [0, 2, "a"]], [[1, "b", 0], ["a", 1, 2], [0, 1, "a*b"]]
    )


@cache
def trio() -> NormalForm:
    return random_game(Random(23), (2, 2, 2), (0, 1, "a", "b", "a - b", "a + 1"))


@pytest.mark.parametrize("make", [article_game, tied_game, trio], ids=lambda f: f.__name__)
def test_each_point_lies_in_one_case_and_it_is_the_right_one(make) -> None:  # type: ignore[no-untyped-def]
    game = make()
    cases = iterated_elimination(game)
    assert len({as_truth(c) for c in cases}) == len(cases)
    names = game.domain.names
    rationalised = {(p.name, a): rationalisable(game, p.name, a) for p in game.players for a in p.actions}
    rng = Random(2)
    met, tried = set(), 0
    while tried < 250:
        values = [F(n, 2) for n in range(-3, 7)] if tried % 2 else [F(1, 3), F(1, 2), F(1), F(2), F(3)]
        point = {n: rng.choice(values) for n in names}
        if not game.domain.given.contains(point):
            continue
        tried += 1
        here = [c for c in cases if c.region.contains(point)]
        truth = eliminated(game.at(point))
        assert [as_truth(c) for c in here] == [truth]
        met.add(here[0].rounds)
        for (player, action), region in rationalised.items():
            assert region.contains(point) == (action in truth[0][game.names.index(player)])
    assert len(met) >= 4


@pytest.mark.parametrize("make", [article_game, tied_game, trio], ids=lambda f: f.__name__)
def test_the_cases_are_proved_to_be_a_partition(make) -> None:  # type: ignore[no-untyped-def]
    game = make()
    ask = prover(game.domain.given)
    cases = iterated_elimination(game)
    assert ask.holds(any_of(c.region for c in cases)) is True
    for one, other in itertools.combinations(cases, 2):
        assert ask.satisfiable(all_of((one.region, other.region))) is False
    generic = [c.generic for c in cases]
    assert generic == sorted(generic, reverse=True) and generic[0]


def test_pure_dominators_only() -> None:
    rows = [[3, 0], [0, 3], ["c", "c"]]
    game = NormalForm.from_arrays(rows, [[1, 0], [0, 1], [0, 0]], assumptions=["c > 0", "c < 3"])
    assert [c.rounds for c in iterated_elimination(game, by="pure")] == [()]
    assert {str(c.region): c.rounds for c in iterated_elimination(game)} == {
        "c >= 3/2": (),
        "c < 3/2": ((("row", "row3"),),),
    }


def test_an_action_that_only_ties_stays() -> None:
    game = NormalForm.from_arrays([["a", 1], [0, 1]], [[0, 0], [0, 0]], assumptions=["a >= 0"])
    assert [(c.region, c.rounds) for c in iterated_elimination(game)] == [(EVERYWHERE, ())]


# -- published examples ---------------------------------------------------------------------------
def rounds_of(game: NormalForm) -> tuple[Round, ...]:
    (case,) = iterated_elimination(game)
    return case.rounds


def test_prisoners_dilemma_and_deadlock_are_solved_in_one_round() -> None:
    for order in (["T > R", "R > P", "P > S"], ["T > P", "P > R", "R > S"]):
        game = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], assumptions=order)
        assert rounds_of(game) == ((("row", "row1"), ("column", "column1")),)
        assert rationalisable(game, "row", "row1") == NOWHERE


def test_the_example_of_gibbons_1992() -> None:
    """Right, then Down, then Left go; (Up, Middle) is left."""
    game = NormalForm.from_arrays(
        [[1, 1, 0], [0, 0, 2]],
        [[0, 2, 1], [3, 1, 0]],
        actions=[["Up", "Down"], ["Left", "Middle", "Right"]],
    )
    assert rounds_of(game) == ((("column", "Right"),), (("row", "Down"),), (("column", "Left"),))


def test_the_example_of_bernheim_1984() -> None:
    """b4 is dominated by half b1 and half b3 only; then a4 goes; a cycle keeps the other six."""
    game = NormalForm.from_arrays(
        [[0, 2, 7, 0], [5, 3, 5, 0], [7, 2, 0, 0], [0, 0, 0, 10]],
        [[7, 5, 0, 1], [2, 3, 2, 1], [0, 5, 7, 1], [0, -2, 0, -1]],
        actions=[["a1", "a2", "a3", "a4"], ["b1", "b2", "b3", "b4"]],
    )
    assert rounds_of(game) == ((("column", "b4"),), (("row", "a4"),))
    (pure,) = iterated_elimination(game, by="pure")
    assert pure.rounds == ()
    assert rationalisable(game, "row", "a4") == NOWHERE
    assert rationalisable(game, "row", "a1") == EVERYWHERE


def test_three_players_may_have_correlated_conjectures() -> None:
    """The common-interest example of Osborne and Rubinstein (1994): M2 needs a correlated conjecture."""
    tables = {"M1": [[8, 0], [0, 0]], "M2": [[4, 0], [0, 4]], "M3": [[0, 0], [0, 8]], "M4": [[3, 3], [3, 3]]}
    players = {"one": ["U", "D"], "two": ["L", "R"], "three": list(tables)}
    payoffs = {
        (u, v, m): [tables[m]["UD".index(u)]["LR".index(v)]] * 3
        for u, v, m in itertools.product(*players.values())
    }
    game = NormalForm.from_profiles(players, payoffs)
    assert rationalisable(game, "three", "M2") == EVERYWHERE
    assert best_reply_to_mixture(game, "three", "M2") == NOWHERE  # against independent mixtures


def test_what_survives_does_not_depend_on_the_order() -> None:
    """Eliminating one action at a time, in any order, ends where eliminating all at once does."""
    rng = Random(4)
    for _ in range(30):
        game = random_game(rng, (3, 3), (0, 1, 2, 3))
        kept = tuple(p.actions for p in game.players)
        while gone := [(at, kept[at][i]) for at in range(2) for i in never_best(seen_by(game, kept, at))]:
            at, action = rng.choice(gone)
            kept = tuple(tuple(a for a in k if (i, a) != (at, action)) for i, k in enumerate(kept))
        assert kept == tuple(k for _, k in iterated_elimination(game)[0].actions)


# -- the rest -------------------------------------------------------------------------------------
def test_restricted_games_keep_payoffs_labels_and_domain() -> None:
    game = article_game()
    part = restricted(game, (("strike", "neither"), ("halt",)))
    assert part.domain == game.domain
    assert [p.actions for p in part.players] == [("strike", "neither"), ("halt",)]
    assert all(part.payoff(o, n) == game.payoff(o, n) for o in part.profiles() for n in part.names)


def test_refusals() -> None:
    game = article_game()
    with pytest.raises(UnknownName, match="no action of us named 'bomb'"):
        rationalisable(game, "us", "bomb")
    with pytest.raises(UnknownName, match="no player named 'them'"):
        iterated_elimination(game)[0].of("them")
    with pytest.raises(DomainError, match="contradict"):
        iterated_elimination(NormalForm.from_arrays([["a"]], [[0]], assumptions=["a > 0", "a < 0"]))


def test_regions_are_complements_of_those_where_an_action_goes() -> None:
    game = article_game()
    ask = prover(game.domain.given)
    gone = any_of(c.region for c in iterated_elimination(game) if "strike" not in c.of("us"))
    assert ask.equivalent(rationalisable(game, "us", "strike"), complement(gone)) is True
