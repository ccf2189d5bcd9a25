"""A bar for each listed profile: for which discount factors it is an equilibrium, the rest at exact values.

Solid where it is subgame perfect, hatched where it is a Nash equilibrium only.  The ends of the bars are the
exact ends of the regions, roots included; floats place them on the page and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.algebra.region import Region, all_of, complement, names_of
from deterrence.errors import DomainError, GameError, expect
from deterrence.show.plotting import (
    BLUE,
    GREY,
    INK,
    SKY,
    SOFT,
    at_words,
    axis_label,
    new_axes,
    number_text,
    others_at,
    parameter,
    span,
    svg_text,
)
from deterrence.show.stability_sentences import patience
from deterrence.solve.along import Stretch, along, approximately
from deterrence.solve.isolation import Root
from deterrence.solve.profiles import ProfileAtlas, Tested

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 0.56  # of a bar, in rows
_CHARACTER = 0.0135  # about what one takes of the width
_PALE: dict[str, Any] = {"facecolor": "#DCEFFB", "edgecolor": SKY, "hatch": "////"}


@dataclass(frozen=True)
class Bar:
    """A profile with the stretches where it is subgame perfect and where it is Nash and not that.

    None stands for a region that is not known.
    """

    id: str
    perfect: tuple[Stretch, ...] | None
    nash_only: tuple[Stretch, ...] | None

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """All stretches in order, of either kind."""
        found = (*(self.perfect or ()), *(self.nash_only or ()))
        return tuple(sorted(found, key=lambda s: approximately(s.start)))


def discount_bars(
    answer: ProfileAtlas, name: str | None = None, point: Mapping[str, object] | None = None
) -> tuple[Bar, ...]:
    """The stretches of a discount factor for each listed profile, those that need least patience first.

    `name` is the parameter, without it the first discount factor that matters; the others take the values
    of `point` or their examples.  Raises GameError where no discount factor is a parameter, UnknownName,
    InexactNumber and DomainError for bad values.

    >>> from deterrence.catalogue.models import load, solve
    >>> bars = discount_bars(solve(load("repeated-chicken")))
    >>> [(b.id, str(b.perfect[0].start)) for b in bars[:3]]
    [('attack-restraint', '0'), ('reversion', '1/5'), ('contrite', '1/4')]
    """
    expect("discount_bars", answer, ProfileAtlas)
    name = _chosen(answer, name)
    exact = others_at(answer.domain, name, point or {})
    low, high = _ends(answer, name)
    given = answer.domain.given
    if not along(given, name, exact, low, high):
        raise DomainError(f"no {name} fits the assumptions {at_words(exact)}; they are {given}")

    def found(region: Region) -> tuple[Stretch, ...]:
        return along(all_of((region, given)), name, exact, low, high)

    bars = []
    for t in answer.tested:
        perfect = None if t.subgame_perfect is None else found(t.subgame_perfect)
        nash = None if t.nash is None else found(_only(t))
        bars.append(Bar(t.id, perfect, nash))
    return tuple(sorted(bars, key=_order))


def plot_discount_bars(
    answer: ProfileAtlas,
    name: str | None = None,
    point: Mapping[str, object] | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw for which discount factors each listed profile is an equilibrium; the axes that were drawn on.

    Arguments and errors are those of `discount_bars`.  The number at an edge is the critical discount factor;
    a hollow end does not belong to the bar.  Without `axes` a new figure is made.

    >>> from deterrence.catalogue.models import load, solve
    >>> axes = plot_discount_bars(solve(load("repeated-prisoners-dilemma")), point={"T": 4})
    >>> axes.get_xlabel()
    'delta: patience: what the next round is worth, as a share of this one'
    """
    expect("plot_discount_bars", answer, ProfileAtlas)
    name = _chosen(answer, name)
    bars = discount_bars(answer, name, point)
    low, high = (float(v) for v in _ends(answer, name))
    axes = new_axes(axes, 8, 1.3 + 0.32 * len(bars))
    axes.set_xlim(low, high)
    for row, bar in enumerate(bars):
        _draw(axes, bar, row, (low, high))
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_yticks(range(len(bars)), [b.id for b in bars])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(axis_label(answer.domain, name, 80))
    axes.grid(axis="x", color="#E3E6EB", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    where = at_words(others_at(answer.domain, name, point or {}))
    axes.set_title(where, fontsize=9, color=SOFT, loc="left", pad=24)
    _legend(axes, bars, answer)
    return axes


def discount_bars_svg(
    answer: ProfileAtlas, name: str | None = None, point: Mapping[str, object] | None = None
) -> str:
    """The picture as SVG text, the same every time for the same answer."""
    return svg_text(
        lambda axes: plot_discount_bars(answer, name, point, axes), 8, 1.3 + 0.32 * len(answer.tested)
    )


def _chosen(answer: ProfileAtlas, name: str | None) -> str:
    if name is not None:
        return parameter(answer.domain, name).name
    known = patience(answer.game)
    if not known:
        factors = ", ".join(str(v) for v in answer.game.game.discounts)
        raise GameError(
            f"no discount factor is a parameter here (they are {factors}); name the parameter to draw bars "
            f"over, one of {', '.join(answer.domain.names) or 'none'}"
        )
    regions = [r for t in answer.tested for r in (t.nash, t.subgame_perfect) if r is not None]
    used = {n for r in regions for n in names_of(r)}
    return next((n for n in known if n in used), known[0])


def _ends(answer: ProfileAtlas, name: str) -> tuple[Fraction, Fraction]:
    """The whole of a discount factor; of another parameter what its axis shows."""
    if name in patience(answer.game):
        return Fraction(0), Fraction(1)
    return span(answer.domain, name)


def _only(t: Tested) -> Region:
    """Where it is a Nash equilibrium and, as far as is known, not subgame perfect."""
    assert t.nash is not None
    return t.nash if t.subgame_perfect is None else all_of((t.nash, complement(t.subgame_perfect)))


def _order(bar: Bar) -> tuple[int, float]:
    """Subgame perfect ones first, by where they begin to be so; then Nash; then those that are neither."""
    for rank, found in enumerate((bar.perfect, bar.nash_only)):
        if found:
            return rank, min(approximately(s.start) for s in found)
    return 2 if bar.perfect is not None and bar.nash_only is not None else 3, 0.0


def _draw(axes: Axes, bar: Bar, row: int, ends: tuple[float, float]) -> None:
    low, high = ends
    for solid, found in ((True, bar.perfect or ()), (False, bar.nash_only or ())):
        style: dict[str, Any] = {"facecolor": BLUE} if solid else _PALE
        for s in found:
            start, end = approximately(s.start), approximately(s.end)
            if start == end:
                colour = BLUE if solid else "white"
                axes.plot(start, row, marker="D", markersize=6, color=colour, markeredgecolor=BLUE)
            else:
                axes.barh(row, end - start, left=start, height=_HEIGHT, linewidth=0, **style)
    if not bar.stretches:
        unknown = bar.perfect is None or bar.nash_only is None
        said = "not computed" if unknown else "never an equilibrium"
        axes.plot([low, high], [row, row], color=GREY, linewidth=1, linestyle=":", zorder=1)
        axes.text(
            low + 0.01 * (high - low),
            row,
            said,
            va="center",
            fontsize=8,
            color=SOFT,
            backgroundcolor="white",
            zorder=2,
        )
        return
    _edges(axes, bar, row, ends)


def _edges(axes: Axes, bar: Bar, row: int, ends: tuple[float, float]) -> None:
    """The number at each edge, to the left of what begins there or to the right of what ends."""
    low, high = ends
    unit = _CHARACTER * (high - low)
    perfect = {s.start for s in bar.perfect or ()} | {s.end for s in bar.perfect or ()}
    places: dict[Fraction | Root, None] = dict.fromkeys(e for s in bar.stretches for e in (s.start, s.end))
    for end in places:
        at = approximately(end)
        if at in (low, high):
            continue
        left, right = _beside(bar, end)
        if left is not None and right is not None and end in perfect:
            held = any(end in (s.start, s.end) and _holds(s, end) for s in bar.perfect or ())
        else:
            s = right or left
            assert s is not None
            held = _holds(s, end)
        face = INK if held else "white"
        axes.plot(at, row, marker="o", markersize=4, color=face, markeredgecolor=INK, zorder=4)
        room = at - (approximately(left.start) if left is not None else _before(bar, end, low))
        exact, rough = number_text(end), f"≈ {at:.3f}"
        text = next((t for t in (exact, rough) if unit * (len(t) + 1) <= room), "")
        to_left = right is not None and bool(text)
        text = text or min(exact, rough, key=len)
        shift = -unit * 0.7 if to_left else unit * 0.7
        on_solid = not to_left and right is not None and right in (bar.perfect or ())
        box = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"}
        axes.text(
            at + shift,
            row,
            text,
            ha="right" if to_left else "left",
            va="center",
            fontsize=8.5,
            color="white" if on_solid else INK,
            bbox=None if on_solid else box,
            zorder=5,
        )


def _holds(s: Stretch, end: Fraction | Root) -> bool:
    return s.has_start if end == s.start else s.has_end


def _beside(bar: Bar, end: Fraction | Root) -> tuple[Stretch | None, Stretch | None]:
    """The stretches that end and that begin at an edge."""
    left = next((s for s in bar.stretches if s.end == end and s.start != end), None)
    right = next((s for s in bar.stretches if s.start == end), None)
    return left, right


def _before(bar: Bar, end: Fraction | Root, low: float) -> float:
    """Where the empty part to the left of an edge begins."""
    ended = [approximately(s.end) for s in bar.stretches]
    return max((e for e in ended if e < approximately(end)), default=low)


def _legend(axes: Axes, bars: tuple[Bar, ...], answer: ProfileAtlas) -> None:
    from matplotlib.patches import Patch

    perfect = "perfect public equilibrium" if answer.game.monitoring is not None else "subgame perfect"
    handles = []
    if any(b.perfect for b in bars):
        handles.append(Patch(facecolor=BLUE, label=perfect))
    if any(b.nash_only for b in bars):
        handles.append(
            Patch(
                facecolor="#DCEFFB",
                edgecolor=SKY,
                hatch="////",
                label="Nash only: a threat off the path fails",
            )
        )
    if handles:
        axes.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0, 1),
            borderaxespad=0.2,
            borderpad=0,
            ncols=2,
            frameon=False,
            fontsize=9,
        )
