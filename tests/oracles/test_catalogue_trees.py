"""Every tree of the catalogue against the definition, at exact points, many of them on ties.

Perfect Bayesian models: what the atlas holds at a point is sequentially rational with beliefs that follow
Bayes' rule and are consistent; behaviour on a grid that some beliefs support is in the atlas, other behaviour
is not.  Models of subgame perfection: the same with every subgame.  The points come from the models' domains.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import prod
from random import Random

import pytest
from hypothesis import given, settings

from deterrence.catalogue.models import atlas_of, catalogue, load
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, at_point, exists_at
from deterrence.testing import points
from tests.oracles.assessments import tree_at
from tests.oracles.test_perfect_bayesian import complete, sound
from tests.solve.trees_at_points import behaviour, holding, plain, samples

Point = Mapping[str, Fraction]
TREES = [n for n in catalogue() if load(n).source.kind == "extensive-form" and len(load(n).pieces) == 1]
HIDDEN = [n for n in TREES if load(n).source.concept == "perfect-bayesian"]
SEEN = [n for n in TREES if load(n).source.concept in ("subgame-perfect", "backward-induction")]


def drawn(name: str, count: int) -> list[Point]:
    found: list[Point] = []

    @settings(max_examples=count, database=None)
    @given(points(name))
    def collect(point: Point) -> None:
        found.append(point)

    collect()
    return found


@cache
def solved(name: str) -> tuple[ExtensiveForm, Atlas]:
    atlas = atlas_of(load(name), None, False)
    assert isinstance(atlas, Atlas) and isinstance(atlas.game, ExtensiveForm)
    assert atlas.complete.verdict == "proved"
    return atlas.game, atlas


def test_every_tree_is_among_them() -> None:
    assert set(HIDDEN) | set(SEEN) == set(TREES)
    assert len(HIDDEN) >= 8 and len(SEEN) >= 8


@pytest.mark.parametrize("name", HIDDEN)
def test_perfect_bayesian_models(name: str) -> None:
    game, atlas = solved(name)
    rng = Random(name)
    tally: Counter[str] = Counter()
    for point in drawn(name, 3):
        tree, found = tree_at(game, point), atlas.at(point)
        try:
            tally["sampled"] += sound(tree, found, "sequential", rng)
            tally += complete(tree, found, "sequential", 2, rng, most=25)
        except AssertionError as problem:
            raise AssertionError(f"{name} at {point}: {problem}") from problem
    assert tally["sampled"] >= 3


@pytest.mark.parametrize("name", SEEN)
def test_subgame_perfect_models(name: str) -> None:
    game, atlas = solved(name)
    rng = Random(name)
    held = compared = 0
    few = prod(len(h.actions) for h in game.information) <= 300
    for point in drawn(name, 4):
        oracle = plain(game, point)
        for e in atlas:
            if exists_at(e, point):
                for free in samples(at_point(e, point), rng):
                    assert oracle.is_subgame_perfect(behaviour(at_point(e, point), free)), (point, e.id, free)
                    held += 1
        for profile in oracle.pure_profiles() if few else ():
            wanted = oracle.is_subgame_perfect(profile)
            assert len(holding(atlas, point, profile)) == wanted, (point, profile)
            compared += wanted
    assert held >= 4 and (compared > 0) is few
