"""Strips of the rounds after one wrong action: a row for each player, a column for each round.

Actions are in colour and in letters, and a cell is divided where play is mixed.  Where roles tell which
actions cooperate and which defect, peace is pale and conflict strong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle
from typing import TYPE_CHECKING, Any

from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.repeated import RepeatedGame
from deterrence.games.stochastic import STAGE
from deterrence.show.plotting import GREEN, GREY, INK, ORANGE, PINK, RED, SKY, SOFT, YELLOW
from deterrence.solve.long_run import recovery
from deterrence.solve.profiles import process_of
from deterrence.solve.round_by_round import Round, Spot, round_by_round

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_PEACE, _WAR = "#DCEFFB", RED
_BETWEEN = 0.9  # strips, in rows
_WRITTEN = Fraction(11, 20)  # the share from which on a part of a cell has room for words
_Shares = Sequence[tuple[str, Fraction]]


@dataclass(frozen=True)
class Strip:
    """A profile after a slip (who, what): its rounds, the spots that play comes by, how it comes back."""

    id: str
    slip: tuple[str, str]
    rounds: tuple[Round, ...]
    spots: tuple[Spot, ...]
    words: str


def strip_of(
    game: RepeatedGame,
    profile: str,
    slip: Mapping[str, str] | None,
    rounds: int,
    point: Mapping[str, object] | None,
) -> Strip:
    """A profile after the slip given, or after the first that can happen in the round that play begins with.

    Raises GameError for several slips at once, and as `round_by_round`.
    """
    if slip is None:
        slip = _first_slip(game, profile)
    elif len(slip) != 1:
        raise GameError(f"one slip is one player's one action, such as {{'us': 'strike'}}; got {dict(slip)}")
    ((who, what),) = slip.items()
    found = round_by_round(game, profile, rounds, slip=slip, point=point)
    visited = {spot for one in found for spot, _ in one.shares}
    listed = [(s.name, player) for s in game.game.states for player in s.movers]
    spots = sorted((s for s in listed if s in visited), key=lambda spot: game.names.index(spot[1]))
    return Strip(profile, (who, what), found, tuple(spots), _back(game, profile, who, point))


def _first_slip(game: RepeatedGame, profile: str) -> dict[str, str]:
    p = process_of(game, profile)
    todo = [p.start]
    while todo:
        here = todo.pop(0)
        state, meant = p.game.state(here[0]), p.intended(here)
        for player, actions in state.actions:
            for action in actions:
                if all(action != a or v.is_zero for a, v in meant[player]):
                    return {player: action}
        if state.instant:
            todo += [to for to, _ in p.move(here).to]
    raise OutOfScope(f"nobody can err in the first round of {profile}; say who errs with `slip`")


def _back(game: RepeatedGame, profile: str, who: str, point: Mapping[str, object] | None) -> str:
    """How long it takes to be back on the path after an error of one player, in words."""
    try:
        back = recovery(process_of(game, profile), who)
    except (OutOfScope, UnknownName):
        return ""
    if back is None:
        return "never back on its path"
    time = back.at(game.domain.point(point or {}, defaults=True))
    if time == 0:
        return "back on its path at once"
    return f"back on its path after {time} {'round' if time == 1 else 'rounds'}"


def strips_size(strips: Sequence[Strip]) -> tuple[float, float]:
    """The inches that the picture of some strips had best have."""
    return 9.0, 1.1 + 0.29 * sum(len(s.spots) + _BETWEEN for s in strips)


def _letters(game: RepeatedGame) -> dict[str, str]:
    """A short sign for each action, different for each: as few letters as it takes."""
    actions = list(dict.fromkeys(a for s in game.game.states for _, known in s.actions for a in known))
    signs = {}
    for action in actions:
        length = next(
            n
            for n in range(1, len(action) + 1)
            if sum(a.startswith(action[:n]) for a in actions) == 1 or n == len(action)
        )
        signs[action] = action[:length].capitalize()
    return signs


def _looks(game: RepeatedGame) -> dict[str, dict[str, Any]]:
    """How each action is drawn: peace pale and conflict strong where roles tell, else a colour each."""
    cooperating = {c for _, c, _ in game.roles}
    defecting = {d for _, _, d in game.roles}
    looks: dict[str, dict[str, Any]] = {}
    spare = cycle((SKY, ORANGE, GREEN, YELLOW, PINK, GREY))
    for action in sorted(_letters(game), key=lambda a: (a in defecting) - (a in cooperating)):
        if action in defecting and action not in cooperating:
            looks[action] = {"facecolor": _WAR, "ink": "white"}
        elif action in cooperating and action not in defecting:
            looks[action] = {"facecolor": _PEACE, "ink": INK}
        else:
            looks[action] = {"facecolor": next(spare), "ink": INK}
    return looks


def draw_strips(axes: Axes, game: RepeatedGame, strips: Sequence[Strip]) -> None:
    """Draw the strips below each other, each with its profile's name and how it comes back."""
    letters, looks = _letters(game), _looks(game)
    ticks: list[tuple[float, str]] = []
    length = len(strips[0].rounds)
    top = 0.0
    for strip in strips:
        framed = next((s for s in strip.spots if _slips_at(strip, s)), None)
        for k, spot in enumerate(strip.spots):
            ticks.append((top + k + 0.5, _who(game, spot)))
            for n, one in enumerate(strip.rounds):
                _cell(axes, n, top + k, dict(one.shares).get(spot, ()), letters, looks)
            if spot == framed:
                _frame(axes, top + k)
        style: dict[str, Any] = {"va": "bottom", "color": INK}
        axes.text(0.04, top - 0.08, strip.id, fontsize=9.5, fontweight="bold", **style)
        style["color"] = SOFT
        axes.text(length - 0.04, top - 0.08, strip.words, fontsize=8.5, ha="right", **style)
        top += len(strip.spots) + _BETWEEN
    axes.set_xlim(-0.05, length + 0.05)
    axes.set_ylim(top - _BETWEEN, -0.85)
    axes.set_yticks([at for at, _ in ticks], [said for _, said in ticks], fontsize=8.5)
    axes.set_xticks([n + 0.5 for n in range(length)], [str(n + 1) for n in range(length)], fontsize=8.5)
    axes.tick_params(length=0)
    axes.set_xlabel("round")
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_title(_title(game, strips), fontsize=9.5, color=SOFT, loc="left", pad=6)
    _legend(axes, letters, looks)


def _title(game: RepeatedGame, strips: Sequence[Strip]) -> str:
    slips = {s.slip for s in strips}
    if len(slips) > 1:
        return "In round 1 one action (framed) is a mistake; nobody errs after that"
    ((who, what),) = slips
    name = next(p.shown for p in game.game.players if p.name == who)
    return f"In round 1 {name} plays {what} by mistake (framed); nobody errs after that"


def _slips_at(strip: Strip, spot: Spot) -> bool:
    state, player = spot
    who, what = strip.slip
    return player == who and strip.rounds[0].share(state, who, what) > 0


def _who(game: RepeatedGame, spot: Spot) -> str:
    state, player = spot
    name = next(p.shown for p in game.game.players if p.name == player)
    return name if [s.name for s in game.game.states if s.actions] == [STAGE] else f"{name}, {state}"


def _cell(
    axes: Axes,
    n: int,
    row: float,
    shares: _Shares,
    letters: Mapping[str, str],
    looks: Mapping[str, Mapping[str, Any]],
) -> None:
    """One player in one round: a box filled in proportion to what is done, empty where play is elsewhere."""
    from matplotlib.patches import Rectangle

    bottom = row + 0.94
    for action, share in sorted(shares, key=lambda pair: list(looks).index(pair[0]), reverse=True):
        height = 0.88 * float(share)
        box: dict[str, Any] = {
            "facecolor": looks[action]["facecolor"],
            "edgecolor": "white",
            "linewidth": 0.4,
        }
        axes.add_patch(Rectangle((n + 0.04, bottom - height), 0.92, height, **box))
        middle = bottom - height / 2
        bottom -= height
        if share > _WRITTEN:
            said = letters[action] if share == 1 else f"{letters[action]} {float(100 * share):.0f}%"
            text: dict[str, Any] = {"ha": "center", "va": "center_baseline", "color": looks[action]["ink"]}
            axes.text(n + 0.5, middle, said, fontsize=9 if share == 1 else 6.5, **text)


def _frame(axes: Axes, row: float) -> None:
    from matplotlib.patches import Rectangle

    frame = Rectangle((0.04, row + 0.06), 0.92, 0.88, fill=False, edgecolor="black", linewidth=2.2, zorder=5)
    axes.add_patch(frame)


def _legend(axes: Axes, letters: Mapping[str, str], looks: Mapping[str, Mapping[str, Any]]) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(facecolor=looks[a]["facecolor"], edgecolor=SOFT, linewidth=0.5, label=f"{sign}: {a}")
        for a, sign in ((a, letters[a]) for a in looks)
    ]
    axes.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(1.01, 1),
        frameon=False,
        fontsize=9,
        handlelength=1.2,
    )
