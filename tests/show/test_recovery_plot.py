"""Recovery: the cells show what old results say follows a slip, and the lines what errors leave of peace."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import deterrence as dt
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.show.recovery_plot import plot_recovery, recovery_svg

CHICKEN = dt.load("repeated-chicken")
PEACE, WAR = "#dceffb", "#d55e00"


def axes(model=CHICKEN, *args, **kwargs):
    return plot_recovery(model, *args, **kwargs, axes=Figure().subplots())


def cells(drawn) -> dict[tuple[int, int], list[tuple[str, float]]]:
    """By row from the top and column, the colours of a cell with the share that each fills."""
    tops = sorted({round(float(t), 3) for t in drawn.get_yticks()})
    found: dict[tuple[int, int], list[tuple[str, float]]] = {}
    for p in drawn.patches:
        if p.get_fill():
            row = int(np.argmin([abs(p.get_y() + p.get_height() / 2 - t) for t in tops]))
            place = (row, int(p.get_x()))
            found.setdefault(place, []).append((to_hex(p.get_facecolor()), p.get_height() / 0.88))
    return found


def test_tit_for_tat_echoes_and_contrition_ends_it():
    """Axelrod 1984 on echoes, Sugden 1986 on contrition: who attacks in which round, row and column."""
    drawn = axes(CHICKEN, ["tit-for-tat", "contrite"], rounds=6)
    shown = cells(drawn)
    war = [[int(shown[row, n] == [(WAR, 1.0)]) for n in range(6)] for row in range(4)]
    assert war[:2] == [[1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1]]
    assert war[2:] == [[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]]
    said = [t.get_text() for t in drawn.texts]
    assert said.count("D") == 6 + 2 and said.count("C") == 6 + 10
    assert "never back on its path" in said and "back on its path after 1 round" in said
    frames = [p for p in drawn.patches if not p.get_fill()]
    assert len(frames) == 2 and {int(p.get_x()) for p in frames} == {0}


def test_a_divided_cell_has_the_exact_shares():
    shown = cells(axes(CHICKEN, "generous", rounds=3, point={"q": Fraction(1, 4)}))
    assert dict(shown[1, 1]) == pytest.approx({PEACE: 1 / 4, WAR: 3 / 4})
    assert dict(shown[0, 2]) == pytest.approx({PEACE: 1 - 9 / 16, WAR: 9 / 16})


def test_the_lines_are_the_exact_shares_and_their_limit():
    """Two who play tit-for-tat with errors come to peace in a quarter of rounds; grim to none."""
    drawn = axes(CHICKEN, ["tit-for-tat", "grim"], errors="1/10", rounds=60)
    tat, grim = (line.get_ydata() for line in drawn.lines)
    assert tat[0] == pytest.approx(0.81) and tat[-1] == pytest.approx(0.25, abs=1e-3)
    # grim: peace needs that nobody has erred yet; after that both attack, and 1 in 100 rounds is peaceful
    stays = [0.81 ** (k + 1) + (1 - 0.81**k) * 0.01 for k in range(60)]
    assert grim == pytest.approx(stays)
    labels = [t.get_text() for t in drawn.get_legend().get_texts()]
    assert labels == ["tit-for-tat: 0.25 in the long run", "grim: 0.01 in the long run"]


def test_the_models_own_rate_may_be_named():
    model = dt.load("repeated-prisoners-dilemma-misperception")
    drawn = axes(model, "pavlov", errors="e", rounds=2)
    assert drawn.get_title(loc="left").endswith(
        "takes the other's action for another one with probability 1/20"
    )
    assert list(drawn.lines[0].get_ydata()) == [1.0, pytest.approx((19 / 20) ** 2)]


def test_each_profile_slips_from_what_it_means():
    drawn = axes(dt.load("enforcement"), ["enforce", "attacks"])
    assert drawn.get_title(loc="left").startswith("In round 1 one action (framed) is a mistake")
    labels = [t.get_text() for t in drawn.get_yticklabels()]
    assert labels[:2] == ["Militia, round", "United States, attacked"]


def test_the_file_is_svg_and_the_same_every_time():
    for options in ({}, {"errors": "1/20"}):
        text = recovery_svg(CHICKEN, "grim", **options)
        assert ElementTree.fromstring(text).tag.endswith("svg")
        assert text == recovery_svg(CHICKEN, "grim", **options)


def test_bad_arguments_are_refused():
    with pytest.raises(OutOfScope, match="chicken lists no profiles"):
        plot_recovery(dt.load("chicken"))
    with pytest.raises(UnknownName, match="profile"):
        plot_recovery(CHICKEN, "forgive")
    with pytest.raises(UnknownName, match="parameter"):
        plot_recovery(CHICKEN, errors="rate")
    with pytest.raises(GameError, match="one slip"):
        plot_recovery(CHICKEN, "grim", slip={"row": "defect", "column": "defect"})
    with pytest.raises(OutOfScope, match="roles"):
        plot_recovery(dt.load("three-actors"), errors="1/20")
