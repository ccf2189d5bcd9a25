"""A picture of replicator dynamics at a point of the parameters: where states move, and which rest.

A line for two actions, a triangle for three, a square for two populations.  Rest points differ in shape as
well as in colour (Okabe and Ito), so that they can be told apart in print; floats are for drawing only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.errors import expect
from deterrence.show.phrases import point_text
from deterrence.show.plotting import new_axes, svg_text
from deterrence.solve.rest_points import Conserved, Dynamics

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARKS: dict[str, tuple[str, str, str]] = {  # shape, edge, inside
    "attracting": ("o", "black", "#0072B2"),
    "repelling": ("o", "#D55E00", "white"),
    "saddle": ("X", "black", "#E69F00"),
    "centre of the linearisation": ("D", "#009E73", "white"),
    "degenerate": ("s", "black", "#CC79A7"),
}
_THROUGH = (0.15, 0.35, 0.55, 0.75, 0.9)  # of the way from the inner state of rest to a border
_FLOW, _ORBIT = "#777777", "#56B4E9"
_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 3**0.5 / 2]])


def plot_field(found: Dynamics, point: Mapping[str, object] | None = None, axes: Axes | None = None) -> Axes:
    """Draw the dynamics at an exact point of the parameters; the axes that were drawn on.

    Parameters that are not given take their example.  Without `axes` a new figure is made.  Raises
    DomainError for a point that is missing or outside the domain.
    """
    expect("plot_field", found, Dynamics)
    exact = found.game.domain.point(point or {}, defaults=True)
    axes = new_axes(axes, 7.5, 5)
    tables = [
        np.array([float(v.at(exact)) for v in found.game.table(name).values()]) for name in found.game.names
    ]
    count = len(found.game.players[0].actions)
    A, B = (t.reshape(count, -1) for t in tables)
    if found.populations == 2:
        closed = found.conserved if found.conserved and found.conserved.closed.contains(exact) else None
        _square(axes, A, B, closed, exact, found)
    elif count == 2:
        _line(axes, A, found)
    else:
        _triangle(axes, A, found)
    _rest_points(axes, found, exact)
    axes.set_title("Replicator dynamics" + (f" at {point_text(exact)}" if exact else ""), fontsize=10)
    return axes


def field_svg(found: Dynamics, point: Mapping[str, object] | None = None) -> str:
    """The picture as SVG text, the same every time for the same dynamics."""
    return svg_text(lambda axes: plot_field(found, point, axes), 7.5, 5)


def _square(
    axes: Axes, A: Any, B: Any, closed: Conserved | None, exact: Mapping[str, Any], found: Dynamics
) -> None:
    """Two populations: arrows, and closed orbits as levels of the constant of motion where there are some."""
    side = np.linspace(0.02, 0.98, 15)
    x, y = np.meshgrid(side, side)
    dx = x * (1 - x) * ((A[0, 0] - A[1, 0]) * y + (A[0, 1] - A[1, 1]) * (1 - y))
    dy = y * (1 - y) * ((B[0, 0] - B[0, 1]) * x + (B[1, 0] - B[1, 1]) * (1 - x))
    if closed is not None:
        weights = [float(w.at(exact)) for _, _, w in closed.weights]

        def level(u: Any, v: Any) -> Any:
            logs = (np.log(u), np.log(1 - u), np.log(v), np.log(1 - v))
            return sum(w * log for w, log in zip(weights, logs, strict=True))

        u0, v0 = (float(strategy[0][1].at(exact)) for _, strategy in found.points[-1].state)
        wanted = sorted({float(level(u0 + t * (1 - u0), v0)) for t in _THROUGH})
        fine = np.linspace(0.005, 0.995, 240)
        u, v = np.meshgrid(fine, fine)
        axes.contour(u, v, level(u, v), levels=wanted, colors=_ORBIT, linewidths=1, linestyles="solid")
        axes.plot([], [], color=_ORBIT, label="closed orbit")
    _arrows(axes, x, y, dx, dy)
    one, two = found.game.players
    axes.set_xlabel(f"share of {one.shown} that plays {one.actions[0]}")
    axes.set_ylabel(f"share of {two.shown} that plays {two.actions[0]}")
    axes.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), aspect="equal")


def _line(axes: Axes, A: Any, found: Dynamics) -> None:
    """One population of two actions: the speed of the first action's share, and its direction on the axis."""
    x = np.linspace(0, 1, 201)
    speed = x * (1 - x) * ((A[0, 0] - A[1, 0]) * x + (A[0, 1] - A[1, 1]) * (1 - x))
    axes.plot(x, speed, color=_FLOW)
    axes.axhline(0, color="black", linewidth=0.8)
    middle = x[10::20]
    _arrows(axes, middle, 0 * middle, speed[10::20], 0 * middle)
    action = found.game.players[0].actions[0]
    axes.set_xlabel(f"share that plays {action}")
    axes.set_ylabel("its rate of change")


def _triangle(axes: Axes, A: Any, found: Dynamics) -> None:
    """One population of three actions: arrows in the triangle of mixtures, an action at each corner."""
    steps = 14
    shares = np.array(
        [
            (i + 1 / 3, j + 1 / 3, steps - i - j + 1 / 3)
            for i in range(steps + 1)
            for j in range(steps + 1 - i)
        ]
    ) / (steps + 1)
    earned = shares @ A.T
    moves = shares * (earned - (shares * earned).sum(axis=1, keepdims=True))
    at, to = shares @ _CORNERS, moves @ _CORNERS
    axes.plot(*np.vstack([_CORNERS, _CORNERS[:1]]).T, color="black", linewidth=0.8)
    _arrows(axes, at[:, 0], at[:, 1], to[:, 0], to[:, 1])
    for action, corner, shift in zip(
        found.game.players[0].actions, _CORNERS, ((0, -14), (0, -14), (0, 8)), strict=True
    ):
        axes.annotate(action, tuple(corner), textcoords="offset points", xytext=shift, ha="center")
    axes.set_aspect("equal")
    axes.axis("off")


def _arrows(axes: Axes, x: Any, y: Any, dx: Any, dy: Any) -> None:
    """Arrows of one length, since speeds differ too much to be seen."""
    length = np.hypot(dx, dy)
    shown = length > 1e-12
    scale = np.where(shown, length, 1)
    axes.quiver(
        x[shown],
        y[shown],
        (dx / scale)[shown],
        (dy / scale)[shown],
        color=_FLOW,
        angles="xy",
        scale=28,
        width=0.004,
        pivot="mid",
    )


def _rest_points(axes: Axes, found: Dynamics, exact: Mapping[str, Any]) -> None:
    drawn: dict[str, list[tuple[float, float]]] = {}
    for p in found.points:
        kind = p.kind_at(exact)
        if kind is not None:
            shares = [[float(v.at(exact)) for _, v in strategy] for _, strategy in p.state]
            drawn.setdefault(kind, []).append(_place(shares))
    for kind, (shape, edge, inside) in MARKS.items():
        if kind in drawn:
            x, y = zip(*drawn[kind], strict=True)
            axes.scatter(
                x,
                y,
                marker=shape,
                s=90,
                c=inside,
                edgecolors=edge,
                linewidths=1.6,
                zorder=5,
                label=kind,
                clip_on=False,
            )
    axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)


def _place(shares: list[list[float]]) -> tuple[float, float]:
    if len(shares) == 2:
        return shares[0][0], shares[1][0]
    if len(shares[0]) == 2:
        return shares[0][0], 0.0
    x, y = np.array(shares[0]) @ _CORNERS
    return float(x), float(y)
