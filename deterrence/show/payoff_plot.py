"""A picture of what equilibria of a repeated two-player game can pay, beside what is feasible and rational.

Hatched so that the sets can be told apart in print; floats are for drawing only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deterrence.errors import expect
from deterrence.show.plotting import BLUE, GREY, SKY, new_axes, svg_text
from deterrence.solve.payoff_set import PayoffSet
from deterrence.solve.polygon import Polygon

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FEASIBLE, _RATIONAL, _EQUILIBRIUM = GREY, SKY, BLUE


def plot_payoff_set(found: PayoffSet, axes: Axes | None = None) -> Axes:
    """Draw feasible, individually rational and equilibrium payoffs; the axes that were drawn on.

    Without `axes` a new figure is made.  Where only bounds are known, the outer one is drawn dashed.
    """
    expect("plot_payoff_set", found, PayoffSet)
    axes = new_axes(axes, 7.5, 5)
    _draw(axes, found.feasible, "feasible", facecolor=_FEASIBLE, alpha=0.35, edgecolor="#777777")
    _draw(
        axes,
        found.rational,
        "individually rational",
        facecolor=_RATIONAL,
        alpha=0.35,
        edgecolor=_RATIONAL,
        hatch="//",
    )
    inner = "equilibrium payoffs" if found.verdict != "bounds" else "equilibrium payoffs, at least these"
    _draw(axes, found.inner, inner, facecolor=_EQUILIBRIUM, alpha=0.8, edgecolor="black")
    if found.verdict == "bounds":
        _draw(
            axes, found.outer, "no equilibrium payoff outside", fill=False, edgecolor="black", linestyle="--"
        )
    x, y = (float(v) for v in found.minmax)
    axes.axvline(x, color="#999999", linewidth=0.8, linestyle=":")
    axes.axhline(y, color="#999999", linewidth=0.8, linestyle=":")
    axes.annotate("minmax", (x, y), textcoords="offset points", xytext=(-4, -12), ha="right", fontsize=8)
    axes.set_xlabel(f"average payoff of {found.players[0]}")
    axes.set_ylabel(f"average payoff of {found.players[1]}")
    title = {
        "exact": "What equilibria can pay",
        "bounds": "What equilibria can pay, between bounds",
        "empty": "No equilibrium in pure strategies",
    }[found.verdict]
    axes.set_title(f"{title} at discount factor {found.discount}")
    axes.margins(0.08)
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
    return axes


def payoff_set_svg(found: PayoffSet) -> str:
    """The picture as SVG text, the same every time for the same set."""
    return svg_text(lambda axes: plot_payoff_set(found, axes), 7.5, 5)


def _draw(axes: Axes, polygon: Polygon, label: str, **style: Any) -> None:
    """A polygon; a segment as a line and a point as a dot."""
    from matplotlib.patches import Polygon as Patch

    corners = [(float(x), float(y)) for x, y in polygon.vertices]
    if not corners:
        return
    if len(corners) > 2:
        axes.add_patch(Patch(corners, closed=True, label=label, **style))
        axes.plot(*zip(*corners, strict=True), linestyle="none")  # for the limits of the axes
        return
    color = style.get("facecolor", style.get("edgecolor"))
    marker = "o" if len(corners) == 1 else ""
    axes.plot(*zip(*corners, strict=True), color=color, marker=marker, linewidth=4, label=label)
