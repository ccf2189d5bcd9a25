"""Best replies and their meetings: against the definitions on games full of ties, and as they are drawn."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

import deterrence as dt
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.show.best_reply_plot import best_replies_svg, meetings, plot_best_replies, replies

Table = list[list[int]]


def drawn_game(seed: int) -> tuple[Table, Table]:
    rng = Random(seed)
    return tuple([[rng.randint(0, 2) for _ in range(2)] for _ in range(2)] for _ in range(2))


def pays(table: Table, p: Fraction, q: Fraction) -> Fraction:
    return sum(
        (x * y * table[i][j] for i, x in enumerate((p, 1 - p)) for j, y in enumerate((q, 1 - q))), Fraction(0)
    )


def best(tables: tuple[Table, Table], player: int, p: Fraction, q: Fraction) -> bool:
    """By definition: neither action pays more than what is played."""
    table = tables[player]
    own = [pays(table, Fraction(a), q) if player == 0 else pays(table, p, Fraction(a)) for a in (0, 1)]
    return pays(table, p, q) >= max(own)


GRID = sorted({Fraction(a, b) for b in (1, 2, 3, 4, 5) for a in range(b + 1)})


@pytest.mark.parametrize("seed", range(60))
def test_replies_and_meetings_are_those_of_the_definition(seed):
    tables = drawn_game(seed)
    game = dt.NormalForm.from_arrays(*tables)
    curves = [replies(game, name) for name in ("row", "column")]
    met = meetings(game)
    for p, q in product(GRID, GRID):
        for player, (own, other) in enumerate(((p, q), (q, p))):
            on = any(
                r.against[0] <= other <= r.against[1] and r.replies[0] <= own <= r.replies[1]
                for r in curves[player]
            )
            assert on is best(tables, player, p, q)
        there = any(m.row[0] <= p <= m.row[1] and m.column[0] <= q <= m.column[1] for m in met)
        assert there is (best(tables, 0, p, q) and best(tables, 1, p, q))


def test_the_marks_are_the_equilibria():
    """Chicken with 7, 6, 2, 0: two pure ones, and both cooperate with (S - P)/(S - P + T - R) = 2/3."""
    axes = plot_best_replies(dt.load("chicken"), axes=Figure().subplots())
    marks = {
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes.lines
        if line.get_marker() == "o" and len(line.get_xdata())
    }
    assert marks == {(0, 1), (1, 0), (float(Fraction(2, 3)), float(Fraction(2, 3)))}
    row, column = axes.lines[:2]
    two = pytest.approx(2 / 3)
    assert list(zip(row.get_xdata(), row.get_ydata(), strict=True))[1:3] == [(two, 1), (two, 1)]
    assert 0.0 in row.get_ydata() and row.get_linestyle() != column.get_linestyle()
    assert "equilibria (3 points)" in [t.get_text() for t in axes.get_legend().get_texts()]
    assert [t.get_text() for t in axes.get_xticklabels()] == ["0\ndefect", "2/3\n", "1\ncooperate"]


def test_a_continuum_is_a_line():
    game = dt.NormalForm.from_arrays([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    axes = plot_best_replies(game, axes=Figure().subplots())
    thick = [line for line in axes.lines if line.get_linewidth() == 7 and len(line.get_xdata())]
    assert {(tuple(t.get_xdata()), tuple(t.get_ydata())) for t in thick} == {
        ((0, 1), (1, 1)),
        ((1, 1), (0, 1)),
    }


def test_other_values_give_other_marks():
    """`strike-restrain` with m = 1/3, h = 6: the marks are what the atlas says there."""
    atlas = dt.solve("strike-restrain")
    point = {"h": 6, "m": "1/3"}
    axes = plot_best_replies(dt.load("strike-restrain"), point, axes=Figure().subplots())
    found = atlas.at({**atlas.domain.example, "h": Fraction(6), "m": Fraction(1, 3)})
    expected = {
        tuple(float(e.strategy(p.name)[p.actions[0]].at({})) for p in reversed(atlas.game.players))
        for e in found
    }
    marks = {
        (line.get_xdata()[0], line.get_ydata()[0])
        for line in axes.lines
        if line.get_marker() == "o" and len(line.get_xdata())
    }
    assert marks == expected


def test_the_file_is_svg_and_the_same_every_time():
    text = best_replies_svg(dt.load("inspection"))
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert text == best_replies_svg(dt.load("inspection"))


def test_bad_arguments_are_refused():
    with pytest.raises(OutOfScope, match="extensive-form"):
        plot_best_replies(dt.load("proxy-tree"))
    with pytest.raises(GameError, match="3x3"):
        plot_best_replies(dt.load("target-allocation"))
    with pytest.raises(UnknownName, match="parameter"):
        plot_best_replies(dt.load("chicken"), {"Q": 1})
