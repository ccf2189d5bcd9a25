"""Ladders as pictures: rungs with names, who moves on each, what leads up, down or off, where play ends.

The way that an equilibrium takes is thick, what it plans elsewhere half as thick, and all else thin; a star
marks where its play leaves the ladder.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill
from typing import TYPE_CHECKING, Any

from deterrence.show.ladder_parts import OPEN, PATH, PLAN, UNSAID, Ladder, Way
from deterrence.show.ladder_shape import Laddered, ladder
from deterrence.show.plotting import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PINK,
    RED,
    SOFT,
    at_words,
    new_axes,
    svg_text,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = (BLUE, RED, GREEN, PINK, ORANGE)
_WIDE = {PATH: 3.4, PLAN: 1.9, OPEN: 0.9, UNSAID: 1.2}
_UP, _DOWN, _RIGHT, _OFF = 0.25, 1.2, 2.1, 2.35  # where ways go up, down and off, and bars end
_CLOSE = 8  # rungs from which on they are drawn closer together


def plot_ladder(
    game: Laddered,
    mark: str | None = None,
    point: Mapping[str, object] | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw an escalation ladder and an equilibrium's play on it, or a strategy as one; the axes drawn on.

    `game` is a tree or a model in which at each place one move at most leads on; a stochastic game or model
    of moves in turn, or a chain without players; or a strategy (an `Automaton`).  `mark` names the
    equilibrium, the first at the point if it is left out; `point` gives parameters, the others take their
    examples.  Without `axes` a new figure is made.  Errors are those of `ladder`.

    >>> from deterrence.catalogue.models import load
    >>> axes = plot_ladder(load("escalation-ladder-4"))
    >>> [t.get_text() for t in axes.texts if t.get_text().startswith("rung")]
    ['rung0', 'rung1', 'rung2', 'rung3']
    """
    found = ladder(game, mark, point)
    axes = new_axes(axes, *_size(found))
    _draw(axes, found)
    return axes


def ladder_svg(game: Laddered, mark: str | None = None, point: Mapping[str, object] | None = None) -> str:
    """The picture as SVG text, the same every time for the same game."""
    found = ladder(game, mark, point)
    return svg_text(lambda axes: _draw(axes, found), *_size(found))


def _size(found: Ladder) -> tuple[float, float]:
    count = len(found.rungs)
    return 9.0, 1.0 + count * (0.8 if count <= _CLOSE else 0.55)


def _draw(axes: Axes, found: Ladder) -> None:
    for k, rung in enumerate(found.rungs):
        known = rung.who in found.players
        colour = _COLOURS[found.players.index(rung.who) % len(_COLOURS)] if known else SOFT
        look: dict[str, Any] = {"color": colour, "linewidth": 5, "solid_capstyle": "round"}
        if rung.top:
            look = {"color": INK, "linewidth": 2, "linestyle": ":"}
        axes.plot([0, 2], [k, k], **look)
        name: dict[str, Any] = {"ha": "right", "va": "center_baseline", "color": INK}
        if rung.who:
            name["va"] = "bottom"
            axes.text(-0.08, k, fill(rung.who, 34), ha="right", va="top", fontsize=8.5, color=colour)
        axes.text(-0.08, k, fill(rung.name, 24), fontsize=9.5, fontweight="bold", **name)
        lowest = _off(axes, [w for w in found.ways if w.start == k and w.to is None])
        notes = [f"stays: {w.label}" for w in found.ways if w.start == w.to == k]
        notes += [fill(rung.note, 52)] if rung.note else []
        lower = 0.04 if any(w.start == w.to == k for w in found.ways) else -0.1
        x, y = (_RIGHT, k - lower) if lowest is None else (_OFF + 0.04, lowest - 0.13)
        axes.text(x, y, "\n".join(notes), va="top", fontsize=8.5, color=SOFT)
    columns = _around(axes, found)
    for w in found.ways:
        if w.to in (w.start + 1, w.start - 1):
            _beside(axes, w)
    axes.set_xlim(-1.5, max(4.6, _RIGHT + 1.1 * columns + 1.2))
    axes.set_ylim(-0.6, len(found.rungs) - 0.4)
    axes.axis("off")
    axes.set_title(at_words(dict(found.point), 100), fontsize=9, color=SOFT, loc="left")
    _legend(axes, found)


def _off(axes: Axes, ways: list[Way]) -> float | None:
    """Draw what leads off the ladder from one rung, to the right; the height of the lowest."""
    y = None
    for i, w in enumerate(ways):
        y = w.start + ((len(ways) - 1) / 2 - i) * 0.3
        _arrow(axes, [(2.02, w.start), (_OFF, y)], w)
        said = f"{'★ ' if w.taken == PATH else ''}{w.label}: {w.end}"
        weight = "bold" if w.taken == PATH else "normal"
        axes.text(_OFF + 0.04, y, fill(said, 46), va="center", fontsize=8.5, color=INK, fontweight=weight)
    return y


def _beside(axes: Axes, w: Way) -> None:
    """What leads to the next rung, up or down."""
    to = _end(w)
    x, step = (_UP, 1) if to > w.start else (_DOWN, -1)
    _arrow(axes, [(x, w.start + 0.07 * step), (x, to - 0.07 * step)], w)
    _say(axes, x + 0.06, (w.start + to) / 2, w)


def _around(axes: Axes, found: Ladder) -> int:
    """What leads more than one rung away, each in a column of its own to the right; the number of columns."""
    far = [w for w in found.ways if w.to is not None and abs(w.to - w.start) > 1]
    columns: list[list[tuple[int, int]]] = []
    for w in sorted(far, key=lambda w: abs(_end(w) - w.start)):
        low, high = sorted((w.start, _end(w)))
        free = (c for c, taken in enumerate(columns) if all(high <= a or b <= low for a, b in taken))
        c = next(free, len(columns))
        if c == len(columns):
            columns.append([])
        columns[c].append((low, high))
        x, lean = _RIGHT + 0.15 + 1.1 * c, 0.08 if _end(w) < w.start else -0.08
        corners = [(2.02, w.start - lean), (x, w.start - lean), (x, _end(w) + lean), (2.02, _end(w) + lean)]
        _arrow(axes, corners, w)
        _say(axes, x + 0.06, (w.start + _end(w)) / 2, w)
    return len(columns)


def _end(w: Way) -> int:
    assert w.to is not None
    return w.to


def _say(axes: Axes, x: float, y: float, w: Way) -> None:
    weight = "bold" if w.taken == PATH else "normal"
    axes.text(x, y, fill(w.label, 24), va="center", fontsize=8.5, color=INK, fontweight=weight)


def _arrow(axes: Axes, corners: list[tuple[float, float]], w: Way) -> None:
    """A line through corners with a head at its end."""
    look: dict[str, Any] = {"color": GREY if w.taken == OPEN else INK, "linewidth": _WIDE[w.taken]}
    if len(corners) > 2:
        axes.plot(*zip(*corners, strict=True), **look)
    head = {**look, "arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", corners[-1], corners[-2], arrowprops=head, zorder=2)


def _legend(axes: Axes, found: Ladder) -> None:
    from matplotlib.lines import Line2D

    if not found.marked:
        return
    handles = [Line2D([], [], color=INK, linewidth=_WIDE[PATH], label=f"{found.marked}; ★ where play stops")]
    if any(w.taken == PLAN for w in found.ways):
        handles.append(Line2D([], [], color=INK, linewidth=_WIDE[PLAN], label="planned, off the path"))
    axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        ncols=2,
        frameon=False,
        fontsize=9,
        handlelength=2.6,
    )
