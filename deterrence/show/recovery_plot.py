"""What one wrong action leads to, round after round, and how much peace is left where errors go on.

A strip for each profile after a single slip (see `recovery_strips`); or, under errors at a rate, a line for
each profile: the probability that a round is peaceful.  Shares are exact; floats are for drawing only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model
from deterrence.errors import GameError, OutOfScope, UnknownName, expect
from deterrence.games.normal import entry
from deterrence.games.repeated import PERCEPTION, RepeatedGame
from deterrence.show.plotting import BLUE, GREEN, INK, ORANGE, PINK, RED, SOFT, new_axes, svg_text
from deterrence.show.recovery_strips import draw_strips, strip_of, strips_size
from deterrence.solve.round_by_round import round_by_round, with_errors
from deterrence.solve.rounds import peaceful, round_share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Game = Model | RepeatedGame
_CURVES = (8.5, 4.6)  # inches
_LINES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)), (0, (1, 1)))
_STROKES = (BLUE, RED, GREEN, PINK, ORANGE, INK)


def plot_recovery(
    game: Game,
    profiles: str | Sequence[str] | None = None,
    *,
    slip: Mapping[str, str] | None = None,
    errors: object = None,
    rounds: int | None = None,
    point: Mapping[str, object] | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw the rounds after one slip or, with `errors`, the share of peace under errors; the axes drawn on.

    `profiles` are ids, all if none are given.  `slip` has who does what by mistake in the first round;
    without it that is the first player who can err.  `errors` is a rate such as "1/20", or an expression such
    as the model's own `e`.  There are 12 rounds after a slip and 40 under errors unless `rounds` says
    otherwise; other parameters take the values of `point` or their examples.  Without `axes` a new figure is
    made.

    Raises OutOfScope for a model without profiles, and under errors for one whose roles do not tell peace
    from conflict; UnknownName, GameError, InexactNumber and DomainError for bad values.

    >>> from deterrence.catalogue.models import load
    >>> axes = plot_recovery(load("repeated-chicken"), ["tit-for-tat", "contrite"])
    >>> [t.get_text() for t in axes.texts if "path" in t.get_text()]
    ['never back on its path', 'back on its path after 1 round']
    """
    played, ids = _played(game), _ids(game, profiles)
    if errors is not None:
        axes = new_axes(axes, *_CURVES)
        _curves(axes, played, ids, _rate(played, errors, point), rounds or 40, point)
        return axes
    strips = [strip_of(played, i, slip, rounds or 12, point) for i in ids]
    axes = new_axes(axes, *strips_size(strips))
    draw_strips(axes, played, strips)
    return axes


def recovery_svg(
    game: Game,
    profiles: str | Sequence[str] | None = None,
    *,
    slip: Mapping[str, str] | None = None,
    errors: object = None,
    rounds: int | None = None,
    point: Mapping[str, object] | None = None,
) -> str:
    """The picture as SVG text, the same every time."""
    if errors is not None:
        return svg_text(
            lambda axes: plot_recovery(game, profiles, errors=errors, rounds=rounds, point=point, axes=axes),
            *_CURVES,
        )
    played = _played(game)
    strips = [strip_of(played, i, slip, rounds or 12, point) for i in _ids(game, profiles)]
    return svg_text(lambda axes: draw_strips(axes, played, strips), *strips_size(strips))


def _played(game: Game) -> RepeatedGame:
    expect("plot_recovery", game, Model, RepeatedGame)
    played = game.repeated if isinstance(game, Model) else game
    if not isinstance(played, RepeatedGame) or not played.profiles:
        what = game.name if isinstance(game, Model) else "this game"
        raise OutOfScope(
            f"{what} lists no profiles of strategies over time, so there is nothing to recover from"
        )
    return played


def _ids(game: Game, profiles: str | Sequence[str] | None) -> list[str]:
    played = _played(game)
    if profiles is None:
        return [p.id for p in played.profiles]
    ids = [profiles] if isinstance(profiles, str) else list(profiles)
    if not ids:
        raise GameError("no profiles are named; leave `profiles` out for all of them")
    return [played.profile(i).id for i in ids]


def _rate(game: RepeatedGame, errors: object, point: Mapping[str, object] | None) -> Fraction:
    value = errors if isinstance(errors, Value) else entry(errors)
    unknown = sorted(value.names - set(game.domain.names))
    if unknown:
        raise UnknownName("parameter", unknown[0], game.domain.names, "errors")
    return value.at(game.domain.point(point or {}, defaults=True))


def _curves(
    axes: Axes,
    game: RepeatedGame,
    ids: Sequence[str],
    rate: Fraction,
    rounds: int,
    point: Mapping[str, object] | None,
) -> None:
    if not game.roles:
        raise OutOfScope(
            "no roles tell peace from conflict here; name for each player what cooperates and defects"
        )
    kind = peaceful(game.roles)
    exact = game.domain.point(point or {}, defaults=True)
    for k, i in enumerate(ids):
        found = round_by_round(game, i, rounds, errors=rate, point=point)
        label = i
        try:
            level = round_share(with_errors(game, i, rate), kind).at(exact)
            label = f"{i}: {float(level):.2f} in the long run"
        except OutOfScope:
            pass
        axes.plot(
            range(1, rounds + 1),
            [float(r.peace or 0) for r in found],
            color=_STROKES[k % len(_STROKES)],
            linestyle=_LINES[(k + k // len(_STROKES)) % len(_LINES)],
            linewidth=2,
            label=label,
        )
    axes.set_ylim(0, 1.02)
    axes.set_xlim(1, rounds)
    axes.set_xlabel("round")
    axes.set_ylabel("probability that the round is peaceful")
    what = (
        "takes the other's action for another one"
        if game.noise is not None and game.noise.kind == PERCEPTION
        else "does what it does not mean to"
    )
    axes.set_title(
        f"In every round each side {what} with probability {rate}", fontsize=9.5, color=SOFT, loc="left"
    )
    axes.grid(color="#E3E6EB", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9, handlelength=3.2)
