"""Subgame perfection against the definition: nothing returned fails it, and nothing that meets it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from deterrence.errors import OutOfScope
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas
from deterrence.solve.subgame_perfect import subgame_perfect
from tests.oracles.subgames import Behaviour, Tree
from tests.solve.trees_at_points import behaviour, holding, plain, random_point, random_tree, samples


def coarse(oracle: Tree) -> Iterator[Behaviour]:
    """Every behaviour with probabilities 0, 1/2 and 1, or thirds for three actions."""
    rows = {2: [(1, 0), (0, 1), (F(1, 2), F(1, 2))], 1: [(1,)]}
    rows[3] = [p for p in product((F(0), F(1, 3), F(1, 2), F(1)), repeat=3) if sum(p) == 1]
    sets = oracle.actions(oracle.root)
    for chosen in product(*(rows[len(actions)] for actions in sets.values())):
        yield {
            h: dict(zip(actions, map(F, row), strict=True))
            for (h, actions), row in zip(sets.items(), chosen, strict=True)
        }


def agrees(atlas: Atlas, tree: ExtensiveForm, point: dict[str, F], rng: Random) -> int:
    """Check an atlas at a point by definition, both ways; the number of equilibria that were compared."""
    oracle = plain(tree, point)
    for e in atlas.at(point):
        for free in samples(e, rng):
            assert oracle.is_subgame_perfect(behaviour(e, free)), (e.id, point, free)
    found = 0
    for wanted in coarse(oracle):
        if oracle.is_subgame_perfect(wanted):
            assert len(holding(atlas, point, wanted)) == 1, (point, wanted)
            found += 1
    return found


@pytest.mark.parametrize("seed", range(12))
def test_ties_and_chance_under_perfect_information(seed: int) -> None:
    rng = Random(100 + seed)
    tree = random_tree(rng, 2)
    while not 2 <= len(tree.information) <= 4:
        tree = random_tree(rng, 2)
    atlas = subgame_perfect(tree, cells=False)
    assert (atlas.complete.scope, atlas.complete.verdict) == ("all", "proved")
    assert sum(agrees(atlas, tree, random_point(rng, tree), rng) for _ in range(4)) >= 4


@pytest.mark.parametrize("seed", range(12))
def test_moves_at_the_same_time_inside(seed: int) -> None:
    rng = Random(200 + seed)
    payoffs = ("0", "1", "2", "a") if seed % 2 else ("0", "1", "a")
    tree = random_tree(rng, 3, payoffs=payoffs, hidden=0.5)
    while not (3 <= len(tree.information) <= 5 and any(len(h.nodes) > 1 for h in tree.information)):
        tree = random_tree(rng, 3, payoffs=payoffs, hidden=0.5)
    atlas = subgame_perfect(tree, cells=False)
    assert atlas.complete.scope == "all"
    for _ in range(4):
        agrees(atlas, tree, random_point(rng, tree), rng)
