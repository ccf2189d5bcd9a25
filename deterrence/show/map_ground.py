"""The ground of the maps of 2x2 games: the plane of T and S, and the table of 144 games, shaded by kind.

The shading tells what kind of equilibria a game has; names are those of `taxonomy` and `positions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.show.plotting import GREEN, INK, ORANGE, SKY, SOFT
from deterrence.study.positions import CONFLICT, NO_CONFLICT, Position
from deterrence.study.taxonomy import (
    OrdinalGame,
    ordinal,
    pure_equilibria,
    symmetric_name,
    unique_equilibrium_is_pareto_inferior,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Corner = tuple[Fraction, Fraction]
_KINDS: dict[str, dict[str, Any]] = {
    "one equilibrium": {"facecolor": "white"},
    "one, and both prefer another outcome": {"facecolor": "#F8DDC8", "hatch": "...", "edgecolor": ORANGE},
    "two pure equilibria": {"facecolor": "#DCEFFB", "hatch": "///", "edgecolor": SKY},
    "no pure equilibrium": {"facecolor": "#D5EFE6", "hatch": "xxx", "edgecolor": GREEN},
}


def kind_of(game: OrdinalGame) -> str:
    """What equilibria a strict game has, in words.

    >>> kind_of(Position("Prisoner's Dilemma", "Prisoner's Dilemma").game)
    'one, and both prefer another outcome'
    """
    count = len(pure_equilibria(game))
    if count == 1:
        inferior = unique_equilibrium_is_pareto_inferior(game)
        return "one, and both prefer another outcome" if inferior else "one equilibrium"
    return "two pure equilibria" if count else "no pure equilibrium"


def key() -> list[Any]:
    """Patches for a legend of the kinds."""
    from matplotlib.patches import Patch

    return [Patch(label=kind, linewidth=0.5, **{"edgecolor": SOFT, **look}) for kind, look in _KINDS.items()]


# -- the plane --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Plane:
    """The part of the plane that is drawn true to scale; what lies beyond is drawn closer and closer."""

    low: float
    high: float
    rim: float

    def put(self, t: float, s: float) -> tuple[float, float]:
        """Where a point of the plane is drawn."""
        return self._squeezed(t), self._squeezed(s)

    def _squeezed(self, v: float) -> float:
        if v > self.high:
            return self.high + self.rim * (1 - 1 / (1 + v - self.high))
        if v < self.low:
            return self.low - self.rim * (1 - 1 / (1 + self.low - v))
        return v


PLANE = Plane(-1.0, 2.0, 0.4)
_LOW, _HIGH = Fraction(-7, 5), Fraction(12, 5)  # the plane with its rim


def areas() -> list[tuple[str, tuple[Corner, ...]]]:
    """The twelve symmetric games with the corners of their areas in the plane of (T, S), rim included.

    >>> len({name for name, _ in areas()})
    12
    """
    cuts = [_LOW, Fraction(0), Fraction(1), _HIGH]
    found: list[tuple[Corner, ...]] = []
    for i in range(3):
        for j in range(3):
            (left, right), (low, high) = (cuts[i], cuts[i + 1]), (cuts[j], cuts[j + 1])
            if i == j:
                found.append(((left, low), (right, low), (right, high)))
                found.append(((left, low), (left, high), (right, high)))
            else:
                found.append(((left, low), (right, low), (right, high), (left, high)))
    return [(_named(corners), corners) for corners in found]


def _middle(corners: tuple[Corner, ...]) -> Corner:
    count = len(corners)
    return sum((t for t, _ in corners), Fraction(0)) / count, sum(
        (s for _, s in corners), Fraction(0)
    ) / count


def _named(corners: tuple[Corner, ...]) -> str:
    t, s = _middle(corners)
    name = symmetric_name(R=Fraction(1), S=s, T=t, P=Fraction(0))
    assert name is not None
    return name


def draw_plane(axes: Axes) -> None:
    """The twelve areas with their names; T across, S up."""
    from matplotlib.patches import Polygon

    for name, corners in areas():
        t, s = _middle(corners)
        look = {"edgecolor": "none", **_KINDS[kind_of(ordinal(((1, s), (t, 0)), ((1, t), (s, 0))))]}
        axes.add_patch(Polygon([(float(x), float(y)) for x, y in corners], closed=True, linewidth=0, **look))
        axes.text(
            float(t),
            float(s),
            name.replace(" ", "\n"),
            ha="center",
            va="center",
            fontsize=8.5,
            color=INK,
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "alpha": 0.8, "edgecolor": "none"},
            zorder=5,
        )
    for v in (0, 1):
        axes.axvline(v, color=SOFT, linewidth=1, zorder=1)
        axes.axhline(v, color=SOFT, linewidth=1, zorder=1)
    low, high = float(_LOW), float(_HIGH)
    axes.plot([low, high], [low, high], color=SOFT, linewidth=1, linestyle="--", zorder=1)
    axes.set(xlim=(low, high), ylim=(low, high))
    axes.set_box_aspect(1)
    ticks = [(-1.0, "-1"), (0.0, "0 = P"), (1.0, "1 = R"), (2.0, "2")]
    axes.set_xticks([at for at, _ in ticks], [said for _, said in ticks])
    axes.set_yticks([at for at, _ in ticks], [said for _, said in ticks])
    axes.set_xlabel("T: payoff of defecting alone, as (T − P)/(R − P)")
    axes.set_ylabel("S: payoff of cooperating alone, as (S − P)/(R − P)")


# -- the table --------------------------------------------------------------------------------------------
def draw_table(axes: Axes) -> None:
    """A cell for each pair of patterns, the row player's down and the column player's across."""
    from matplotlib.patches import Rectangle

    names = (*CONFLICT, *NO_CONFLICT)
    for i, row in enumerate(names):
        for j, column in enumerate(names):
            look = {"edgecolor": "none", **_KINDS[kind_of(Position(row, column).game)]}
            axes.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, linewidth=0, **look))
    for v in range(13):
        wide = 1.8 if v == 6 else 0.5
        axes.axhline(v - 0.5, color="#AEB6C2", linewidth=wide)
        axes.axvline(v - 0.5, color="#AEB6C2", linewidth=wide)
    axes.set(xlim=(-0.5, 11.5), ylim=(11.5, -0.5))
    axes.set_box_aspect(1)
    axes.set_xticks(range(12), names, rotation=50, ha="right", rotation_mode="anchor", fontsize=8.5)
    axes.set_yticks(range(12), names, fontsize=8.5)
    axes.tick_params(length=0)
    axes.set_xlabel("how the column player ranks the outcomes")
    axes.set_ylabel("how the row player ranks the outcomes")
