"""Phase diagrams: what is drawn is what exists, the borders have their formulas, and the file is sound SVG."""

from __future__ import annotations

import warnings
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

import deterrence as dt
from deterrence.errors import GameError, UnknownName
from deterrence.show.explorer_data import main_axes
from deterrence.show.grids import region_grid, value_grid
from deterrence.show.phase_plot import phase_svg, plot_phase
from deterrence.show.thinning import thin

matplotlib.use("Agg")
MODEL = dt.load("strike-restrain")
ATLAS = dt.solve(MODEL, None, False)


def test_grids_agree_with_exact_points():
    """Points of small fractions, on borders too: the float grid says what exact substitution says."""
    rng = np.random.default_rng(3)
    names = MODEL.domain.names
    points = [
        {n: Fraction(int(rng.integers(1, 9)), int(rng.integers(1, 5))) for n in names} for _ in range(300)
    ]
    grid = {n: np.array([float(p[n]) for p in points]) for n in names}
    for e in ATLAS.equilibria:
        exact = [e.region.contains(p) for p in points]
        assert np.broadcast_to(region_grid(e.region, grid), (300,)).tolist() == exact
        for _, v in e.payoffs:
            if not v.names & {r.name for r in e.free}:
                found = np.broadcast_to(value_grid(v, grid), (300,))
                for p, number, there in zip(points, found, exact, strict=True):
                    assert not there or abs(number - float(v.at(p))) < 1e-9


def test_areas_and_borders_are_named():
    axes = plot_phase(ATLAS, "h", "m", names={"e3": "nobody strikes", "e5": "both mix"})
    labels = {t.get_text() for t in axes.get_legend().get_texts()}
    assert labels == {"nobody strikes", "both mix"}
    assert "m = c/h" in {t.get_text() for t in axes.texts}
    assert axes.get_xlabel() == "h: harm that an attack does to the retaliator"


def test_the_file_is_svg_and_the_same_every_time():
    text = phase_svg(ATLAS, "h", "m", {"c": 2})
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert text == phase_svg(ATLAS, "h", "m", {"c": 2})


def test_listed_profiles_have_diagrams_too():
    axes = plot_phase(dt.solve("enforcement"), "delta", "c")
    assert axes.get_legend() is not None


@pytest.mark.parametrize(
    "name", ["repeated-prisoners-dilemma", "repeated-prisoners-dilemma-noise", "leading-group"]
)
def test_labels_keep_clear_of_each_other_and_of_the_legend(name):
    model = dt.load(name)
    figure = Figure(figsize=(9, 8), layout="constrained")
    axes = plot_phase(dt.solve(model, None, False), *main_axes(model), axes=figure.subplots())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()
    boxes = [t.get_window_extent() for t in axes.texts]
    assert len(boxes) >= 4
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    field = axes.get_window_extent()
    for box in boxes:
        assert field.x0 <= box.x0 and box.x1 <= field.x1 and field.y0 <= box.y0 and box.y1 <= field.y1


def test_names_are_joined_by_plus_and_never_broken():
    answer = dt.solve("repeated-prisoners-dilemma")
    axes = plot_phase(answer, "delta", "R", names={"grim": "grim, the trigger", "attack": "war, always"})
    labels = [t.get_text() for t in axes.get_legend().get_texts()]
    assert "grim, the trigger + war, always" in labels
    for label in labels:
        for line in label.splitlines():
            assert "trigger" not in line or "grim, the trigger" in line
    assert axes.get_legend().get_title().get_text() == "subgame perfect there"


def test_a_letter_on_a_border_stands_for_a_formula_in_the_legend():
    """Three rounds of punishment in the dilemma: T - R <= (R - P)(delta + delta^2 + delta^3)."""
    axes = plot_phase(dt.solve("repeated-prisoners-dilemma"), "delta", "R")
    letters = [t.get_text() for t in axes.texts if len(t.get_text()) == 1]
    said = [t.get_text() for t in axes.get_legend().get_texts()]
    assert letters and all(any(line.startswith(f"{letter}:") for line in said) for letter in letters)
    three = "R = (P*delta*(delta*(delta + 1) + 1) + T)/((delta + 1)*(delta**2 + 1))"
    assert any(three in " ".join(line.split()) for line in said)


@pytest.mark.parametrize("name", ["repeated-prisoners-dilemma-noise", "repeated-chicken-noise"])
def test_no_warning_reaches_who_asks_for_a_picture(name):
    model = dt.load(name)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plot_phase(dt.solve(model), *main_axes(model)).figure.canvas.draw()
        assert phase_svg(dt.solve(model), *main_axes(model)).count("<svg") == 1


def test_bad_axes_are_refused():
    with pytest.raises(UnknownName, match="parameter"):
        plot_phase(ATLAS, "hh", "m")
    with pytest.raises(GameError, match="two parameters"):
        plot_phase(ATLAS, "m", "m")


def test_a_border_ends_where_nothing_changes_across_it():
    """The sponsor escalates beyond s = K/alpha = 6 only, so what the war costs the militia counts only there."""
    axes = plot_phase(
        dt.solve("response-and-escalation"), "s", "rho", {"W": 4, "g": 2, "alpha": "1/2", "K": 3}
    )
    level = [x for line in axes.lines for x, y in line.get_xydata() if abs(y - 0.5) < 1e-6]
    assert len(level) > 50 and min(level) > 5.9


def test_outlines_keep_their_corners_and_lose_what_lies_between_them():
    _, axes = plt.subplots()
    grid = np.zeros((60, 80))
    grid[10:40, 20:50] = 1
    grid[20:30, 30:45] = 0  # a hole
    plain = axes.contourf(grid, levels=[0.5, 1.5])
    inside = [p for p in np.argwhere(np.ones_like(grid))[:, ::-1] if grid[p[1], p[0]]]
    before = [path.contains_points(inside).sum() for path in plain.get_paths()]
    thin(plain)
    (path,) = plain.get_paths()
    assert [path.contains_points(inside).sum()] == before
    assert len(path) == 18  # two rings of four sides and four cut corners, and their ends
    plt.close("all")
