"""Subgames as Gambit lists them, and subgame perfection on the same games, judged by definition."""

from __future__ import annotations

import json
from math import prod
from pathlib import Path
from random import Random

import pytest

from deterrence.catalogue.gambit_read import read_efg
from deterrence.games.subgames import subgame_roots
from deterrence.solve.atlas import at_point
from deterrence.solve.subgame_perfect import subgame_perfect
from tests.solve.trees_at_points import behaviour, holding, plain, samples

GAMES = json.loads((Path(__file__).parent / "gambit" / "games.json").read_text(encoding="utf-8"))["games"]


def test_subgames_begin_where_gambit_says() -> None:
    proper = 0
    for game in GAMES:
        tree = read_efg(game["efg"])
        expected = set()
        for way in game["subgames"]:
            at = tree.root.id
            for k in way:
                at = tree.node(at).moves[k][1]
            expected.add(at)
        assert set(subgame_roots(tree)) == expected
        proper += len(expected) > 1
    assert proper > 50


@pytest.mark.parametrize("first", range(0, 300, 60))
def test_what_is_found_is_subgame_perfect_and_no_pure_profile_is_missing(first: int) -> None:
    rng = Random(first)
    compared = 0
    for game in GAMES[first : first + 60 : 6]:
        tree = read_efg(game["efg"])
        atlas = subgame_perfect(tree, cells=False)
        oracle = plain(tree, {})
        for e in atlas:
            for free in samples(at_point(e, {}), rng):
                assert oracle.is_subgame_perfect(behaviour(e, free)), (game["name"], e.id, free)
        if prod(len(h.actions) for h in tree.information) > 150:
            continue
        for profile in oracle.pure_profiles():
            if oracle.is_subgame_perfect(profile):
                assert len(holding(atlas, {}, profile)) == 1, (game["name"], profile)
                compared += 1
    assert compared > 0
