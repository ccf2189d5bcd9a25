"""The map of named 2x2 games, with a model's point on it or its way as one parameter changes.

A symmetric game has its place in the plane of T and S, the payoffs of attacking alone and of giving way
alone, where R is set to one and P to zero; its twelve areas are the twelve symmetric games.  Any other game
has its place in the table of 144, by the patterns of the row and the column player (see `positions`).
Sources: [RapoportGuyer1966], [RobinsonGoforth2005], [Bruns2015] for the names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING, Any

from deterrence.catalogue.models import Model
from deterrence.errors import GameError
from deterrence.games.normal import NormalForm
from deterrence.show.map_ground import PLANE, draw_plane, draw_table, key
from deterrence.show.map_path import Journey, Path, journey
from deterrence.show.plotting import INK, SOFT, at_words, new_axes, svg_text
from deterrence.study.positions import CONFLICT, NO_CONFLICT, Position, refinements

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Square = tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
Place = tuple[Fraction, Fraction]  # T and S
_BETWEEN = 60  # points of a way that are drawn between its ends
_ORDER = (*CONFLICT, *NO_CONFLICT)
_SIZES = {True: (9.2, 5.8), False: (10.4, 6.6)}  # inches, of the plane and of the table


def plot_map_2x2(
    game: NormalForm | Model,
    path: Path | None = None,
    point: Mapping[str, object] | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw the map of 2x2 games and where a game is on it; the axes that were drawn on.

    `path` is a parameter with the values at which to stop, such as `("T", [5, 6, 7])`: the way between them
    is drawn, and the legend has the exact stretch of each game on it.  Other parameters take the values of
    `point` or their examples.  The plane is drawn where all stops are symmetric games, the table of 144 games
    otherwise; there a game with ties has a hollow mark on each game that it borders on.  Without `axes` a new
    figure is made.

    Raises OutOfScope and GameError for what is no 2x2 game, and for a path on a border throughout;
    UnknownName, InexactNumber and DomainError for bad values.

    >>> from deterrence.catalogue.models import load
    >>> axes = plot_map_2x2(load("prisoners-dilemma"))
    >>> axes.get_title(loc="left")
    "Prisoner's Dilemma at R = 3, S = 0, T = 5, P = 1"
    """
    way = journey(game, path, point)
    flat = _is_flat(way)
    axes = new_axes(axes, *_SIZES[flat])
    if flat:
        draw_plane(axes)
        _way_in_plane(axes, way)
    else:
        draw_table(axes)
        _way_in_table(axes, way)
    fixed = at_words(way.fixed)
    if path is None:
        fixed = f"{' or '.join(p.name for p in _positions(way.games[0]))} {fixed}".strip()
    axes.set_title(fixed, fontsize=9, color=SOFT, loc="left")
    _legend(axes, way)
    return axes


def map_2x2_svg(
    game: NormalForm | Model, path: Path | None = None, point: Mapping[str, object] | None = None
) -> str:
    """The picture as SVG text, the same every time for the same game."""
    size = _SIZES[_is_flat(journey(game, path, point))]
    return svg_text(lambda axes: plot_map_2x2(game, path, point, axes), *size)


# -- the plane --------------------------------------------------------------------------------------------
def places(game: NormalForm) -> Place | None:
    """T and S of a symmetric 2x2 game in numbers where R is one and P zero; None for any other game.

    C is the action whose outcome, when both play it, is the better one; None also where both are worth the
    same.

    >>> one = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> [str(v) for v in places(one) or ()]
    ['2', '-1/2']
    """
    row, column = _squares(game)
    for swapped in (False, True):
        mine, other = row, column
        if swapped:  # the column player's actions in the other order
            mine, other = (
                ((row[0][1], row[0][0]), (row[1][1], row[1][0])),
                (
                    (column[0][1], column[0][0]),
                    (column[1][1], column[1][0]),
                ),
            )
        if mine == ((other[0][0], other[1][0]), (other[0][1], other[1][1])):
            (r, s), (t, p) = mine
            if r == p:
                return None
            if r < p:
                r, s, t, p = p, t, s, r
            return (t - p) / (r - p), (s - p) / (r - p)
    return None


def _squares(game: NormalForm) -> tuple[Square, Square]:
    rows, columns = (p.actions for p in game.players)

    def square(player: str) -> Square:
        (a, b), (c, d) = (tuple(game.payoff((x, y), player).at({}) for y in columns) for x in rows)
        return (a, b), (c, d)

    first, second = game.names
    return square(first), square(second)


def _is_flat(way: Journey) -> bool:
    return all(places(g) is not None for g in way.games)


def _way_in_plane(axes: Axes, way: Journey) -> None:
    """Points at the stops, and the way between the outermost of them, broken where R and P change places."""
    if len(way.stops) > 1:
        low, high = min(way.stops), max(way.stops)
        at = {low + (high - low) * Fraction(k, _BETWEEN) for k in range(_BETWEEN + 1)} | set(way.stops)
        found = [_put(way.at(v)) for v in sorted(at)]
        for one, two in pairwise(found):
            if one and two and abs(one[0] - two[0]) + abs(one[1] - two[1]) < 1:
                axes.plot(*zip(one, two, strict=True), color=INK, linewidth=2.2, zorder=4)
    spots = [spot for spot in map(_put, way.games) if spot]
    for k, spot in enumerate(spots):
        axes.plot(*spot, marker="o", markersize=8, color=INK, markeredgecolor="white", zorder=6)
        if way.name and k in (0, len(spots) - 1):
            other = spots[-1 if k == 0 else 0]
            right = spot[0] > other[0] or (spot[0] == other[0] and k > 0)
            _say(axes, spot, f"{way.name} = {way.stops[k]}", right)


def _put(game: NormalForm) -> tuple[float, float] | None:
    place = places(game)
    return None if place is None else PLANE.put(float(place[0]), float(place[1]))


def _say(axes: Axes, spot: tuple[float, float], text: str, right: bool) -> None:
    axes.annotate(
        text,
        spot,
        textcoords="offset points",
        xytext=(8, 5) if right else (-8, -13),
        ha="left" if right else "right",
        fontsize=9,
        color=INK,
        bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "alpha": 0.85, "edgecolor": "none"},
        zorder=7,
    )


# -- the table --------------------------------------------------------------------------------------------
def _way_in_table(axes: Axes, way: Journey) -> None:
    """The cells of the games in turn, with arrows between them; without a path that of the game."""
    if not way.name:
        found = _positions(way.games[0])
        for position in found:
            _dot(axes, position, "", hollow=len(found) > 1)
        return
    if not way.legs:
        raise GameError("payoffs tie all along the path, so the game is on a border of the map throughout")
    visited = [leg.position for leg in way.legs]
    for k, (one, two) in enumerate(pairwise(visited)):
        look = {"arrowstyle": "-|>", "color": INK, "linewidth": 2, "shrinkA": 9, "shrinkB": 9}
        bend = f"arc3,rad={0.12 if k % 2 else -0.12}"
        axes.annotate("", _cell(two), _cell(one), arrowprops={**look, "connectionstyle": bend}, zorder=5)
    for position in dict.fromkeys(visited):
        turns = [str(k) for k, p in enumerate(visited, start=1) if p == position]
        _dot(axes, position, ",".join(turns))


def _dot(axes: Axes, position: Position, text: str, hollow: bool = False) -> None:
    look = {"boxstyle": "circle,pad=0.25", "facecolor": INK, "edgecolor": "white"}
    if hollow:
        look |= {"facecolor": "white", "edgecolor": INK}
    style: dict[str, Any] = {"fontsize": 9, "fontweight": "bold", "ha": "center", "va": "center"}
    axes.text(*_cell(position), text or "  ", color="white", bbox=look, zorder=6, **style)


def _cell(position: Position) -> tuple[float, float]:
    return float(_ORDER.index(position.column)), float(_ORDER.index(position.row))


def _positions(game: NormalForm) -> tuple[Position, ...]:
    """The game's place, or those that it borders on where payoffs tie."""
    (row, column) = _squares(game)
    return refinements(_whole(row), _whole(column))


def _whole(square: Square) -> tuple[tuple[int, int], tuple[int, int]]:
    """The payoffs as whole numbers in the same order, equal where they are equal."""
    order = sorted({*square[0], *square[1]})
    (a, b), (c, d) = square
    return (order.index(a), order.index(b)), (order.index(c), order.index(d))


# -- what is said -----------------------------------------------------------------------------------------
def _legend(axes: Axes, way: Journey) -> None:
    handles: list[Any] = key()
    axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(1.02, 1),
        borderaxespad=0,
        frameon=False,
        fontsize=8.5,
    )
    if way.legs:
        axes.text(
            1.02,
            0.62,
            _listed([leg.words(way.name) for leg in way.legs]),
            transform=axes.transAxes,
            fontsize=9,
            va="top",
            color=INK,
        )


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(fill(f"{k}  {line}", 42, subsequent_indent="    ") for k, line in enumerate(lines, 1))
