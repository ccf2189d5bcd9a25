"""Best replies of a 2x2 game at an exact point: both curves, and every equilibrium where they meet.

The row player's probability goes up, the column player's across, each that of its first action.  The corners
of the curves and the equilibria are exact; floats place them on the page and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model
from deterrence.errors import GameError, OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.show.plotting import BLUE, INK, RED, SOFT, at_words, new_axes, number_text, svg_text
from deterrence.solve.atlas import Equilibrium
from deterrence.solve.nash import nash

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Span = tuple[Fraction, Fraction]
_SIZE = (5.6, 5.8)  # inches
_ZERO, _ONE = Fraction(0), Fraction(1)
_WHOLE = (_ZERO, _ONE)


@dataclass(frozen=True)
class Reply:
    """The best replies to the other's probabilities in a span: the probabilities of the first action."""

    against: Span
    replies: Span


@dataclass(frozen=True)
class Meeting:
    """An equilibrium, or a continuum of them: a span of probabilities for each player, row first."""

    id: str
    row: Span
    column: Span


def replies(game: NormalForm, player: str) -> tuple[Reply, ...]:
    """A player's best replies in a 2x2 game in numbers, from the other's probability zero to one.

    Indifference at one probability of the other is a reply against a span of no length.

    >>> us = NormalForm.from_arrays([[-1, -2], [-3, 0]], [[0, 0], [0, 0]])
    >>> for r in replies(us, "row"):
    ...     print(*map(str, r.against), "->", *map(str, r.replies))
    0 1/2 -> 0 0
    1/2 1/2 -> 0 1
    1/2 1 -> 1 1
    """
    at_one, at_zero = _advantages(game, player)
    if at_one == at_zero == 0:
        return (Reply(_WHOLE, _WHOLE),)
    even = at_zero / (at_zero - at_one) if at_one != at_zero else None
    if even is None or not 0 <= even <= 1:
        return (Reply(_WHOLE, _sure(at_one)),)
    listed = (
        Reply((_ZERO, even), _sure(at_zero)),
        Reply((even, even), _WHOLE),
        Reply((even, _ONE), _sure(at_one)),
    )
    return tuple(r for r in listed if r.against[0] < r.against[1] or r.replies == _WHOLE)


def _sure(advantage: Fraction) -> Span:
    return (_ONE, _ONE) if advantage > 0 else (_ZERO, _ZERO)


def _advantages(game: NormalForm, player: str) -> tuple[Fraction, Fraction]:
    """What the first action pays more than the second against the other's first, and its second, action."""
    at = game.names.index(player)
    own, other = game.players[at], game.players[1 - at]

    def pays(action: str, against: str) -> Fraction:
        profile = (action, against) if at == 0 else (against, action)
        return game.payoff(profile, player).at({})

    first, second = own.actions
    one, zero = (pays(first, b) - pays(second, b) for b in other.actions)
    return one, zero


def meetings(game: NormalForm, point: Mapping[str, object] | None = None) -> tuple[Meeting, ...]:
    """Every Nash equilibrium of a 2x2 game at an exact point, as spans of the first actions' probabilities.

    Raises GameError for a game of another size, and what `Domain.point` raises.
    """
    _check(game)
    exact = game.domain.point(point or {}, defaults=True)
    return tuple(_meeting(e, game) for e in nash(game, cells=False).at(exact))


def _meeting(e: Equilibrium, game: NormalForm) -> Meeting:
    free = {r.name: (_least(r.lower, max), _least(r.upper, min)) for r in e.free}

    def span(player: str, action: str) -> Span:
        v = e.strategy(player)[action]
        if not v.names:
            return (v.at({}), v.at({}))
        (name,) = v.names
        ends = sorted(v.at({name: end}) for end in free[name])
        return (ends[0], ends[1])

    row, column = (span(p.name, p.actions[0]) for p in game.players)
    return Meeting(e.id, row, column)


def _least(bounds: tuple[Value, ...], pick: Any) -> Fraction:
    found: Fraction = pick(v.at({}) for v in bounds)
    return found


def plot_best_replies(
    game: NormalForm | Model, point: Mapping[str, object] | None = None, axes: Axes | None = None
) -> Axes:
    """Draw both best-reply curves of a 2x2 game and all its equilibria at an exact point; the axes drawn on.

    Parameters that are not given take their example.  Where a model's payoffs split into cases, the case of
    the point is drawn.  Without `axes` a new figure is made.  Raises OutOfScope for a model that is no normal
    form, GameError for a game that is not 2x2; UnknownName, InexactNumber and DomainError for bad values.

    >>> from deterrence.catalogue.models import load
    >>> axes = plot_best_replies(load("inspection"))
    >>> axes.get_ylabel()
    'probability that United States plays strike'
    """
    form = _form(game, point)
    exact = form.domain.point(point or {}, defaults=True)
    numeric = form.at(exact)
    row, column = form.players
    axes = new_axes(axes, *_SIZE)
    for at, (player, colour, style) in enumerate(((row, BLUE, "-"), (column, RED, "--"))):
        options: dict[str, Any] = {"color": colour, "linestyle": style, "linewidth": 3 - at, "zorder": 3 + at}
        _curve(axes, replies(numeric, player.name), at == 1, f"best replies of {player.shown}", options)
    found = [_mark(axes, m) for m in meetings(form, point)]
    if not all(found):
        axes.plot([], [], color=INK, linewidth=7, alpha=0.6, label="equilibria, a continuum")
    if any(found):
        axes.plot([], [], "o", color=INK, markersize=8, label=_words(sum(found)))
    axes.set(xlim=(-0.04, 1.04), ylim=(-0.04, 1.04))
    axes.set_box_aspect(1)
    axes.set_xlabel(f"probability that {column.shown} plays {column.actions[0]}")
    axes.set_ylabel(f"probability that {row.shown} plays {row.actions[0]}")
    _breaks(axes, numeric)
    axes.set_title(
        at_words(exact, 70),
        fontsize=9,
        color=SOFT,
        loc="left",
        pad=10 + 15 * (3 + (0 in found and 1 in found)),
    )
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.01),
        borderaxespad=0,
        borderpad=0,
        frameon=False,
        fontsize=9,
        handlelength=3,
    )
    return axes


def best_replies_svg(game: NormalForm | Model, point: Mapping[str, object] | None = None) -> str:
    """The picture as SVG text, the same every time for the same game."""
    return svg_text(lambda axes: plot_best_replies(game, point, axes), *_SIZE)


def _form(game: NormalForm | Model, point: Mapping[str, object] | None) -> NormalForm:
    expect("plot_best_replies", game, NormalForm, Model)
    if isinstance(game, Model):
        exact = game.domain.point(point or {}, defaults=True)
        found = next((g for guard, g in game.pieces if guard.contains(exact)), None)
        if not isinstance(found, NormalForm):
            raise OutOfScope(
                f"{game.name} is of the kind {game.source.kind}; best replies are drawn for tables of two "
                "players with two actions each"
            )
        game = found
    _check(game)
    return game


def _check(game: NormalForm) -> None:
    sizes = [len(p.actions) for p in game.players]
    if sizes != [2, 2]:
        raise GameError(
            f"the game is {'x'.join(map(str, sizes))}; best replies are drawn for two players with two "
            "actions each"
        )


def _curve(
    axes: Axes, found: tuple[Reply, ...], across: bool, label: str, options: Mapping[str, Any]
) -> None:
    """The graph of one player's best replies; a shaded square where it is always indifferent."""
    if found[0] == Reply(_WHOLE, _WHOLE):
        look = {"hatch": "//" if across else "\\\\", "edgecolor": options["color"], "facecolor": "none"}
        axes.fill([0, 1, 1, 0], [0, 0, 1, 1], label=label, alpha=0.5, linewidth=0, **look)
        return
    places: list[tuple[float, float]] = []
    for r in found:
        start, end = r.against
        first, last = r.replies
        if first != last and places and places[-1][1] == 1:
            first, last = last, first
        places += [(float(start), float(first)), (float(end), float(last))]
    x, y = zip(*places, strict=True)
    axes.plot(*((y, x) if across else (x, y)), label=label, clip_on=False, **options)


def _mark(axes: Axes, m: Meeting) -> bool:
    """Draw an equilibrium as a point, or a continuum as a line or an area; whether it is a point."""
    (left, right), (low, high) = m.column, m.row
    x, y = [float(left), float(right)], [float(low), float(high)]
    if left < right and low < high:
        axes.fill_between(x, y[0], y[1], color=INK, alpha=0.3, linewidth=0, zorder=5)
    elif left < right or low < high:
        axes.plot(x, y, color=INK, linewidth=7, alpha=0.6, solid_capstyle="butt", clip_on=False, zorder=5)
    else:
        axes.plot(
            x[:1], y[:1], "o", color=INK, markersize=10, markeredgecolor="white", clip_on=False, zorder=6
        )
    return left == right and low == high


def _words(count: int) -> str:
    return "equilibrium" if count == 1 else f"equilibria ({count} points)"


def _breaks(axes: Axes, numeric: NormalForm) -> None:
    """Marks with action names at the ends, and where the other player is indifferent."""
    row, column = numeric.players
    for player, other in ((column, row), (row, column)):
        inside = {r.against[0] for r in replies(numeric, other.name) if r.against[0] == r.against[1]}
        ticks = sorted({_ZERO, _ONE, *inside})
        first, second = player.actions
        names = {_ZERO: second, _ONE: first}
        if player is column:
            words = [f"{number_text(t)}\n{names.get(t, '')}" for t in ticks]
            axes.set_xticks([float(t) for t in ticks], words)
        else:
            words = [f"{names.get(t, '')}  {number_text(t)}".strip() for t in ticks]
            axes.set_yticks([float(t) for t in ticks], words)
