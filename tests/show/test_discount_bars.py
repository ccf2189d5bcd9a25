"""Bars over the discount factor: edges at published thresholds, and drawn where the profile is an equilibrium."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import deterrence as dt
from deterrence.algebra.value import compare, number, variable
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.show.discount_bars import Bar, discount_bars, discount_bars_svg, plot_discount_bars
from deterrence.show.plotting import BLUE, number_text
from deterrence.solve.along import along
from deterrence.solve.isolation import Root

CHICKEN = dt.solve("repeated-chicken")
DILEMMA = dt.solve("repeated-prisoners-dilemma")


def bar(bars: tuple[Bar, ...], name: str) -> Bar:
    return next(b for b in bars if b.id == name)


def drawn(axes: object, perfect: bool) -> dict[str, list[tuple[float, float]]]:
    """The solid, or the pale, rectangles of each row by its label."""
    labels = [t.get_text() for t in axes.get_yticklabels()]
    found: dict[str, list[tuple[float, float]]] = {}
    for p in axes.patches:
        row = labels[round(p.get_y() + p.get_height() / 2)]
        if (to_hex(p.get_facecolor()) == BLUE.lower()) is perfect:
            found.setdefault(row, []).append((p.get_x(), p.get_x() + p.get_width()))
    return found


def test_edges_are_the_published_thresholds():
    """The catalogue's payoffs 7, 6, 2, 0 (Abreu 1988, Friedman 1971, Sugden 1986): by hand."""
    bars = discount_bars(CHICKEN)
    assert bar(bars, "reversion").perfect[0].start == Fraction(1, 5)
    assert bar(bars, "contrite").perfect[0].start == Fraction(1, 4)
    assert bar(bars, "pavlov").perfect[0].start == Fraction(1, 3)
    assert bar(bars, "grim").perfect == ()
    assert bar(bars, "grim").nash_only[0].start == Fraction(1, 5)
    root = bar(bars, "two-rounds-anew").perfect[0].start
    assert isinstance(root, Root) and 3 * root.low**2 < 1 < 3 * root.high**2
    assert bar(bars, "suspicious").stretches == ()
    grim = bar(discount_bars(DILEMMA, point={"T": 7, "R": 4, "P": 1}), "grim")
    assert grim.perfect[0].start == Fraction(7 - 4, 7 - 1) and grim.nash_only == ()


@pytest.mark.parametrize("answer", [CHICKEN, DILEMMA], ids=["chicken", "dilemma"])
def test_what_is_drawn_is_where_it_holds(answer):
    axes = plot_discount_bars(answer, axes=Figure().subplots())
    solid, pale = drawn(axes, True), drawn(axes, False)
    rest = {n: v for n, v in answer.domain.example.items() if n != "delta"}
    for t in answer.tested:
        for k in range(1, 200):
            at = {**rest, "delta": Fraction(k, 199 + 2)}
            inside, outside = (
                any(a <= float(at["delta"]) <= b for a, b in found.get(t.id, [])) for found in (solid, pale)
            )
            assert inside is t.subgame_perfect.contains(at)
            assert (inside or outside) is t.nash.contains(at)


def test_it_says_the_numbers_and_what_was_fixed():
    axes = plot_discount_bars(CHICKEN, axes=Figure().subplots())
    said = [t.get_text() for t in axes.texts]
    assert {"1/5", "1/4", "1/3", "5/16", "√3/3 ≈ 0.577"} <= set(said)
    assert axes.get_title(loc="left") == "at R = 6, S = 2, T = 7, P = 0, q = 1/5"
    assert axes.get_xlabel() == "delta: patience: what the next round is worth, as a share of this one"
    assert axes.get_legend().get_texts()[0].get_text() == "subgame perfect"


def test_bars_may_be_over_another_parameter():
    """Contrite tit-for-tat in chicken needs delta >= (T - R)/(R - S), here T <= 6 + 3/4 * (6 - 2)."""
    found = bar(discount_bars(CHICKEN, "T", {"delta": Fraction(3, 4)}), "contrite")
    assert [s.end for s in found.perfect] == [9]


def test_surds_as_people_write_them():
    x = variable("x")

    def root(a: int, b: int, c: int) -> str:
        where = compare(number(a) * x * x + number(b) * x + number(c), ">=", number(0))
        ends = along(where, "x", {}, Fraction(0), Fraction(3))
        return number_text(ends[-1].start)

    assert root(3, 0, -1) == "√3/3 ≈ 0.577"
    assert root(1, 1, -1) == "(√5 − 1)/2 ≈ 0.618"
    assert root(1, -2, -1) == "1 + √2 ≈ 2.414"
    assert root(1, -3, 1) == "(3 + √5)/2 ≈ 2.618"
    assert root(2, 4, -1) == "(√6 − 2)/2 ≈ 0.225"


def test_the_file_is_svg_and_the_same_every_time():
    text = discount_bars_svg(DILEMMA)
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert text == discount_bars_svg(DILEMMA)


def test_bad_arguments_are_refused():
    with pytest.raises(UnknownName, match="parameter"):
        discount_bars(CHICKEN, "beta")
    with pytest.raises(DomainError, match="assumptions"):
        discount_bars(CHICKEN, point={"T": 1})
    stage = dt.NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    with pytest.raises(GameError, match="1/2"):
        discount_bars(dt.listed_profiles(dt.repeat(stage, "1/2", {"grim": "grim"})))


def test_a_model_over_time_in_the_wrong_place_is_told_where_to_go():
    model = dt.load("repeated-chicken")
    with pytest.raises(
        GameError,
        match=r"plot_discount_bars takes a ProfileAtlas, and repeated-chicken is a Model; dt\.solve",
    ):
        plot_discount_bars(model)
    with pytest.raises(OutOfScope, match="is a game over time"):
        _ = model.game
