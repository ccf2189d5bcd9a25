"""The map of 2x2 games: areas are the games they are named for, and a way goes where its payoffs say."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

import deterrence as dt
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.show.map_2x2 import map_2x2_svg, places, plot_map_2x2
from deterrence.show.map_ground import PLANE, areas
from deterrence.show.map_path import journey
from deterrence.solve.along import approximately
from deterrence.study.positions import locate
from deterrence.study.taxonomy import symmetric_name

SYMMETRIC = dt.NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]])


def test_every_point_of_an_area_is_the_game_of_its_name():
    rng = Random(7)
    for name, corners in areas():
        for _ in range(40):
            weights = [Fraction(rng.randint(1, 50)) for _ in corners]
            t, s = (
                sum((w * c[k] for w, c in zip(weights, corners, strict=True)), Fraction(0)) / sum(weights)
                for k in (0, 1)
            )
            assert symmetric_name(R=1, S=s, T=t, P=0) == name


def test_a_symmetric_game_has_its_place_however_its_actions_are_called():
    """T and S over R - P; whoever swaps the names of both players' actions, or of one's, is at the same place."""
    rows, columns = [[3, 0], [5, 1]], [[3, 5], [0, 1]]
    expected = (Fraction(4, 2), Fraction(-1, 2))
    assert places(dt.NormalForm.from_arrays(rows, columns)) == expected
    turned = dt.NormalForm.from_arrays([r[::-1] for r in rows[::-1]], [c[::-1] for c in columns[::-1]])
    assert places(turned) == expected
    half = dt.NormalForm.from_arrays([r[::-1] for r in rows], [c[::-1] for c in columns])
    assert places(half) == expected
    assert places(dt.NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 2]])) is None


@pytest.mark.parametrize("seed", range(12))
def test_the_legs_are_the_games_at_every_point_between(seed):
    """A game of eight payoffs, one of them moving: against the place of each game in numbers."""
    rng = Random(seed)
    model = dt.load("general-2x2")
    name = rng.choice("abcdefgh")
    ranks = [*rng.sample(range(7), 4), *rng.sample(range(7), 4)]
    point = {n: v for n, v in zip("abcdefgh", ranks, strict=True) if n != name}
    found = journey(model, (name, [-1, 7]), point)
    assert len(found.legs) == 4  # the moving payoff passes three others of its player
    for k in range(-13, 98):
        value = Fraction(k, 14)
        if not -1 < value < 7:
            continue
        legs = [
            g for g in found.legs if approximately(g.stretch.start) < value < approximately(g.stretch.end)
        ]
        game = found.at(value)
        square = [
            [game.payoff((x, y), p) for x in game.players[0].actions for y in game.players[1].actions]
            for p in game.names
        ]
        flat = [[v.at({}) for v in s] for s in square]
        if any(len(set(s)) < 4 for s in flat):
            assert legs == []
        else:
            (leg,) = legs
            assert leg.position == locate(*(((s[0], s[1]), (s[2], s[3])) for s in flat))


def test_the_way_in_the_plane_and_its_words():
    """T from 5/2 to 6 at R = 3, S = 2, P = 1: concord until T = R, then chicken."""
    axes = plot_map_2x2(SYMMETRIC, ("T", ["5/2", 4, 6]), {"R": 3, "S": 2, "P": 1}, Figure().subplots())
    dots = [(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines if line.get_marker() == "o"]
    squeezed = PLANE.put(5 / 2, 1 / 2)
    assert dots == [(3 / 4, 1 / 2), (3 / 2, 1 / 2), squeezed]
    said = "\n".join(t.get_text() for t in axes.texts)
    assert "1  Concord: T from 5/2 to 3\n2  Chicken: T from 3 to 6" in said
    assert "T = 5/2" in said and "T = 6" in said
    assert axes.get_title(loc="left") == "at P = 1, R = 3, S = 2"


def test_the_way_in_the_table():
    """Strike or restrain: the retaliator's ranking changes at h = 2 for the other examples."""
    axes = plot_map_2x2(dt.load("strike-restrain"), ("h", [1, 8]), axes=Figure().subplots())
    names = [t.get_text() for t in axes.get_yticklabels()]
    marked = {
        t.get_text(): names[round(t.get_position()[1])] for t in axes.texts if t.get_text() in ("1", "2")
    }
    assert marked == {"1": "Peace", "2": "Stag Hunt"}
    assert len(names) == 12
    text = next(t.get_text() for t in axes.texts if "from" in t.get_text())
    assert text.splitlines()[0] == "1  Peace x Chicken: h from 1 to 2"


def test_ties_are_marked_on_each_side():
    axes = plot_map_2x2(dt.load("inspection"), axes=Figure().subplots())
    assert axes.get_title(loc="left").startswith("Assurance x Chicken or Stag Hunt x Chicken at ")


def test_the_file_is_svg_and_the_same_every_time():
    text = map_2x2_svg(dt.load("chicken"))
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert text == map_2x2_svg(dt.load("chicken"))


def test_bad_arguments_are_refused():
    with pytest.raises(OutOfScope, match="extensive-form"):
        plot_map_2x2(dt.load("proxy-tree"))
    with pytest.raises(GameError, match="3x3"):
        plot_map_2x2(dt.load("target-allocation"))
    with pytest.raises(GameError, match="no values"):
        plot_map_2x2(dt.load("chicken"), ("T", []))
    with pytest.raises(UnknownName, match="parameter"):
        plot_map_2x2(dt.load("chicken"), ("Q", [1]))
    with pytest.raises(DomainError, match="outside"):
        plot_map_2x2(dt.load("chicken"), ("T", [1, 7]))
