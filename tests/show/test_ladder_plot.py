"""Ladders: play stops where backward induction by hand says, chances are the gambler's ruin, and no false ladders."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure

import deterrence as dt
from deterrence.errors import DomainError, OutOfScope, UnknownName
from deterrence.games.strategies import Actions
from deterrence.show.ladder_plot import ladder_svg, plot_ladder
from deterrence.show.ladder_shape import ladder

ACTIONS = Actions("halt", "attack", "halt", "attack")


@pytest.mark.parametrize("count", [2, 3, 4, 8])
def test_play_stops_where_backward_induction_does(count):
    """The mover on the last rung stops (L < D), the one below escalates (G > eps - L), and so on down."""
    found = ladder(dt.load(f"escalation-ladder-{count}"))
    climbs = [(count - 1 - k) % 2 == 1 for k in range(count)]
    played = {w.start: w.label for w in found.ways if w.taken in ("path", "plan")}
    assert played == {k: "escalate" if climb else "stop" for k, climb in enumerate(climbs)}
    (last,) = [w for w in found.ways if w.taken == "path" and w.to is None]
    assert last.start == climbs.index(False)
    assert [r.who for r in found.rungs[:-1]] == [("First mover", "Second mover")[k % 2] for k in range(count)]
    assert found.rungs[-1].top


def test_it_draws_the_path_thick_with_a_star_at_its_end():
    axes = plot_ladder(dt.load("escalation-ladder-4"), axes=Figure().subplots())
    said = [t.get_text().replace("\n", " ") for t in axes.texts]
    stars = [s for s in said if s.startswith("★")]
    assert stars == ["★ stop: The second mover stops on rung 1 (3,\N{NO-BREAK SPACE}-2)"]
    bold = [t.get_text() for t in axes.texts if t.get_text() == "escalate" and t.get_fontweight() == "bold"]
    assert len(bold) == 1
    assert axes.get_title(loc="left") == "at G = 4, L = 2, D = 10, eps = 1"


def test_the_chances_are_those_of_the_gamblers_ruin():
    """From rung k of four with up 2/5: war with (1 - r**k)/(1 - r**5), r = 3/2."""
    found = ladder(dt.load("ladder-of-chance"))
    r = Fraction(3, 2)
    for k, rung in enumerate(found.rungs, start=1):
        war = (1 - r**k) / (1 - r**5)
        assert rung.note == f"peace in the end: {1 - war}; war in the end: {war}"
    ups = [w for w in found.ways if w.to is not None and w.to > w.start]
    assert [w.label for w in ups] == ["2/5"] * 3
    assert [(w.start, w.end) for w in found.ways if w.to is None] == [(0, "peace"), (3, "war")]


def test_a_game_in_turn_and_its_equilibria():
    """Where a step is cheap (h = 1/40), both climb until there is war: h*D <= L*(1 - delta*(1 - h))."""
    model = dt.load("escalation-game")
    found = ladder(model)
    assert [r.name for r in found.rungs] == [
        "militia_turn",
        "us_turn",
    ] and "one of 2 equilibria" in found.marked
    point = {"h": "1/40", "delta": "1/2", "delta_m": "1/2"}
    both = next(
        e.id
        for e in dt.markov_perfect(model.repeated.game).at({**model.domain.example, **point})
        if all(e.strategy(place)["escalate"].at({}) == 1 for place in ("militia_turn", "us_turn"))
    )
    climb = ladder(model, both, point)
    assert {w.label for w in climb.ways if w.taken == "path"} == {"escalate (39/40)", "escalate (1/40)"}
    assert {w.end for w in climb.ways if w.taken == "path"} == {"", "war"}


def test_graduated_retaliation_is_a_ladder():
    """The k-th offence in a row brings k rounds of attacks; a peaceful round leads a level down."""
    found = ladder(dt.strategy("graduated-retaliation", ACTIONS, levels=2))
    names = [r.name for r in found.rungs]
    assert names == ["calm0", "level1_1", "calm1", "level2_1", "level2_2", "calm2"]
    assert [r.who for r in found.rungs] == ["halt", "attack", "halt", "attack", "attack", "halt"]
    ways = {(names[w.start], names[w.to], w.label) for w in found.ways}
    assert {
        ("calm2", "calm1", "both halt"),
        ("calm2", "level2_1", "otherwise"),
        ("calm0", "calm0", "both halt"),
    } <= ways
    axes = plot_ladder(dt.strategy("graduated-retaliation", ACTIONS, levels=2), axes=Figure().subplots())
    assert "stays: both halt" in [t.get_text() for t in axes.texts]


def test_what_is_no_ladder_is_refused():
    with pytest.raises(OutOfScope, match="draw it as a tree"):
        ladder(dt.load("proxy-tree"))
    with pytest.raises(OutOfScope, match="contrite"):
        ladder(dt.strategy("contrite-tit-for-tat", ACTIONS))
    with pytest.raises(OutOfScope, match="skip a rung"):
        ladder(dt.load("retaliation-or-restraint"))
    with pytest.raises(OutOfScope, match="in turn"):
        ladder(dt.load("repeated-chicken"))
    with pytest.raises(OutOfScope, match="no ladder"):
        ladder(dt.load("chicken"))
    with pytest.raises(UnknownName, match="e9"):
        ladder(dt.load("escalation-ladder-4"), "e9")
    with pytest.raises(DomainError, match="outside"):
        ladder(dt.load("escalation-ladder-4"), point={"D": 1})


def test_the_file_is_svg_and_the_same_every_time():
    text = ladder_svg(dt.load("escalation-ladder-4"))
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert text == ladder_svg(dt.load("escalation-ladder-4"))
