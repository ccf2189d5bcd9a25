"""Best replies against the definition, in plain fractions, with as many ties as there may be."""

import itertools
from fractions import Fraction as F
from random import Random

import pytest
from sympy import Symbol

from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import NOWHERE, Region, names_of
from deterrence.errors import DomainError, GameError, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.best_replies import best_reply_region, best_reply_to_mixture, mixture_region
from tests.oracles.bimatrix import grid

ENTRIES = ("0", "1", "a", "b", "a + b", "2*a - b", "a*b", "1 - a", "b/2")
VALUES = (F(0), F(1), F(-1), F(1, 2), F(2), F(-3, 2))


def region(text: str) -> Region:
    return read_region(parse_condition(text), Reading())


def random_game(rng: Random, sizes: tuple[int, ...]) -> NormalForm:
    players = {f"p{i}": [f"p{i}a{k}" for k in range(size)] for i, size in enumerate(sizes)}
    profiles = itertools.product(*players.values())
    return NormalForm.from_profiles(players, {o: [rng.choice(ENTRIES) for _ in sizes] for o in profiles})


def random_point(rng: Random, game: NormalForm) -> dict[str, F]:
    return {name: rng.choice(VALUES) for name in game.domain.names}


@pytest.mark.parametrize("sizes", [(2, 2), (3, 3), (4, 2), (2, 2, 2), (2, 3, 2)])
def test_against_pure_actions(sizes: tuple[int, ...]) -> None:
    rng = Random(str(sizes))
    seen = set()
    for _ in range(12):
        game = random_game(rng, sizes)
        for at, player in enumerate(game.players):
            profile = rng.choice(list(game.profiles()))
            against = {n: a for n, a in zip(game.names, profile, strict=True) if n != player.name}
            found = {a: best_reply_region(game, player.name, a, against) for a in player.actions}
            for _ in range(10):
                point = random_point(rng, game)
                earned = {
                    a: game.payoff((*profile[:at], a, *profile[at + 1 :]), player.name).at(point)
                    for a in player.actions
                }
                for action, where in found.items():
                    is_best = earned[action] == max(earned.values())
                    assert where.contains(point) == is_best
                    seen.add((is_best, list(earned.values()).count(max(earned.values())) > 1))
    assert len(seen) == (4 if max(sizes) > 2 else 3)  # best and not, with ties and without


@pytest.mark.parametrize("sizes", [(2, 2), (3, 3), (2, 4), (2, 2, 2), (2, 3, 2)])
def test_against_mixtures(sizes: tuple[int, ...]) -> None:
    rng = Random(str(sizes))
    mixtures = {n: list(grid(n, 4)) for n in (2, 3, 4)}
    seen = set()
    for _ in range(5):
        game = random_game(rng, sizes)
        player = rng.choice(game.players)
        others = [p for p in game.players if p is not player]
        found = {a: best_reply_to_mixture(game, player.name, a) for a in player.actions}
        for _ in range(25):
            point = random_point(rng, game)
            chosen = {
                p.name: dict(zip(p.actions, rng.choice(mixtures[len(p.actions)]), strict=True))
                for p in others
            }
            named = {f"p_{a}": x for p in others for a, x in list(chosen[p.name].items())[:-1]}
            earned = dict.fromkeys(player.actions, F(0))
            for profile in game.profiles():
                weight = F(1)
                for name, action in zip(game.names, profile, strict=True):
                    weight *= chosen.get(name, {}).get(action, F(1))
                own = profile[game.names.index(player.name)]
                earned[own] += weight * game.payoff(profile, player.name).at(point)
            assert mixture_region(game, player.name).contains({**point, **named})
            for action, where in found.items():
                is_best = earned[action] == max(earned.values())
                assert where.contains({**point, **named}) == is_best
                seen.add(is_best)
    assert seen == {True, False}


def test_probabilities_out_of_range_are_outside() -> None:
    game = NormalForm.from_arrays(
        [[1, 1], [0, 0]], [[0, 0], [0, 0]], actions=[["up", "down"], ["left", "right"]]
    )
    up = best_reply_to_mixture(game, "row", "up")
    assert up.contains({"p_left": F(0)}) and up.contains({"p_left": F(1)})
    assert not up.contains({"p_left": F(-1)}) and not up.contains({"p_left": F(2)})
    assert best_reply_to_mixture(game, "row", "down") == NOWHERE


def test_strike_or_restrain_reads_as_the_issue_says() -> None:
    """The retaliator strikes at a sure attack iff c <= h*m, and at attack rate q iff q*(h*m + k) >= c + k."""
    game = NormalForm.from_arrays(
        [["-h*(1-m)-c", "-c-k"], ["-h", 0]],
        [[0, 0], [0, 0]],
        actions=[["strike", "restrain"], ["continue", "halt"]],
        assumptions=["h > 0", "c > 0", "k > 0", "m > 0", "m < 1"],
    )
    assert best_reply_region(game, "row", "strike", {"column": "continue"}) == region("c <= h*m")
    assert best_reply_region(game, "row", "strike", {"column": "halt"}) == NOWHERE
    found = best_reply_to_mixture(game, "row", "strike")
    assert names_of(found) == {"c", "h", "k", "m", "p_continue"}
    rng = Random(1)
    for _ in range(200):
        h, c, k = (F(rng.randint(1, 9), rng.randint(1, 4)) for _ in range(3))
        m, q = (F(rng.randint(1, 7), 8) for _ in range(2))
        point = {"h": h, "c": c, "k": k, "m": m, "p_continue": q}
        assert found.contains(point) == (q * (h * m + k) >= c + k)


def test_a_denominator_of_either_sign() -> None:
    x = Symbol("x")
    table = [[1 / x, 0], [0, 0]]
    game = NormalForm.from_arrays(table, [[0, 0], [0, 0]], assumptions=["x != 0"])
    up, down = (best_reply_region(game, "row", r, {"column": "column1"}) for r in ("row1", "row2"))
    assert [up.contains({"x": F(n)}) for n in (-1, 1)] == [False, True]
    assert [down.contains({"x": F(n)}) for n in (-1, 1)] == [True, False]
    with pytest.raises(DomainError, match="may be zero"):
        best_reply_region(NormalForm.from_arrays(table, table), "row", "row1", {"column": "column1"})


def test_names_are_checked() -> None:
    game = random_game(Random(3), (2, 2, 2))
    with pytest.raises(UnknownName, match=r"no action of p0 named 'p0a9'; known: p0a0, p0a1"):
        best_reply_region(game, "p0", "p0a9", {"p1": "p1a0", "p2": "p2a0"})
    with pytest.raises(UnknownName, match="no player named 'us'"):
        best_reply_to_mixture(game, "us", "p0a0")
    with pytest.raises(UnknownName, match="no action of p2"):
        best_reply_region(game, "p0", "p0a0", {"p1": "p1a0", "p2": "p1a0"})
    for against in ({"p1": "p1a0"}, {"p0": "p0a0", "p1": "p1a0", "p2": "p2a0"}):
        with pytest.raises(GameError, match="one action of each other player, p1, p2"):
            best_reply_region(game, "p0", "p0a0", against)
    impossible = NormalForm.from_arrays([["a", 0]], [[0, 0]], assumptions=["a > 0", "a < 0"])
    with pytest.raises(DomainError, match="contradict"):
        best_reply_to_mixture(impossible, "row", "row1")
