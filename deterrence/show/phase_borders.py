"""Borders of phase diagrams: the lines along which what exists changes, each named by its formula.

Lines come from the exact conditions.  Short formulas stand on their line, where they are in nobody's way;
long ones go by a letter there and are written out in the legend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.algebra.decide import prover
from deterrence.algebra.isolate import isolate
from deterrence.algebra.parameters import Domain
from deterrence.algebra.poly import Poly
from deterrence.algebra.printing import atom_text
from deterrence.algebra.region import Atom, Region, atom, polys_of
from deterrence.show.grids import Grid, poly_grid
from deterrence.show.plotting import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Line = list[tuple[float, float]]
Box = tuple[float, float, float, float]  # left, low, right, high, as shares of the axes
_MOST, _SHORT = 8, 6  # borders that are named; points of a border that are none
_FITS, _READ = 30, 150  # characters that stand on a line; that anybody reads
_SIZE = 8  # points, of the letters
_BITS = 62  # borders that a code of sides tells apart


@dataclass(frozen=True)
class Border:
    """A polynomial whose zero line is a border, and the stretches of the line that are one, longest first."""

    poly: Poly
    runs: tuple[Line, ...]


def borders(
    regions: Sequence[Region], classes: Grid, grid: Mapping[str, Grid], pair: tuple[str, str]
) -> list[Border]:
    """The zero lines of the regions' conditions where what exists changes across them, long ones first."""
    from contourpy import contour_generator

    x, y = pair
    xs, ys = grid[x][0], grid[y][:, 0]
    polys: dict[Poly, None] = {}
    for region in regions:
        polys.update(dict.fromkeys(f for p in polys_of(region) for f, _ in p.factors()[1]))
    drawn = [poly for poly in polys if {x, y} & set(poly.names)]
    heights = [np.broadcast_to(poly_grid(poly, grid), classes.shape) for poly in drawn]
    sides = [(h > 0).astype(np.int64) << k for k, h in enumerate(heights[:_BITS])]
    found = []
    for k, poly in enumerate(drawn):
        others = np.sum([s for j, s in enumerate(sides) if j != k], axis=0, dtype=np.int64)
        field = _Field(classes, heights[k] > 0, np.broadcast_to(others, classes.shape), xs, ys)
        runs: list[Line] = []
        for line in contour_generator(xs, ys, heights[k]).lines(0.0):
            runs += _runs([(float(u), float(v)) for u, v in np.asarray(line)], field)
        if runs:
            found.append(Border(poly, tuple(sorted(runs, key=len, reverse=True))))
    return sorted(found, key=lambda b: len(b.runs[0]), reverse=True)


@dataclass(frozen=True)
class _Field:
    """What exists on the grid, on which side of a border each point lies, and a code of all other borders."""

    classes: Grid
    above: Grid
    others: Grid
    xs: Grid
    ys: Grid


def _runs(line: Line, field: _Field) -> list[Line]:
    """The stretches of a line along which what exists changes across it."""
    found: list[Line] = [[]]
    for at in line:
        if _changes(field, at):
            found[-1].append(at)
        elif found[-1]:
            found.append([])
    return [run for run in found if len(run) > _SHORT]


def _changes(field: _Field, at: Sequence[float]) -> bool:
    """Whether what exists differs across a border near a place, assumptions apart.

    Points on its two sides are compared that lie on the same side of every other border, if there are any:
    where another border passes, what exists changes there too, but not because of this one.
    """
    i, j = np.searchsorted(field.xs, at[0]), np.searchsorted(field.ys, at[1])
    near = slice(max(j - 2, 0), j + 2), slice(max(i - 2, 0), i + 2)
    sides: dict[int, tuple[set[int], set[int]]] = {}
    cells = zip(field.classes[near].flat, field.above[near].flat, field.others[near].flat, strict=True)
    for kind, above, code in cells:
        if kind >= 0:
            sides.setdefault(int(code), (set(), set()))[int(above)].add(int(kind))
    pairs = [pair for pair in sides.values() if all(pair)]
    if pairs:
        return any(below != above for below, above in pairs)
    return len(set().union(*(kinds for pair in sides.values() for kinds in pair))) > 1


def formula(poly: Poly, name: str, domain: Domain) -> str:
    """A border as people write it, solved for a parameter where possible."""
    border = atom(poly, "==")
    assert isinstance(border, Atom)
    bound = isolate(border, name, prover(domain.given))
    return str(bound).replace("==", "=") if bound else atom_text(border).replace("==", "=")


@dataclass
class Labels:
    """Where labels have been put on axes of so many inches, so that the next ones keep clear of them.

    `spans` has the lowest and the highest number on each axis.
    """

    inches: tuple[float, float]
    spans: tuple[tuple[float, float], tuple[float, float]]
    taken: list[Box] = made(default_factory=list)

    def keep_clear(self, at: tuple[float, float], share: float = 0.02) -> None:
        """Nothing is to be put on a place."""
        u, v = self._shares(at)
        self.taken.append((u - share, v - share, u + share, v + share))

    def place(self, text: str, runs: Sequence[Line]) -> tuple[float, float] | None:
        """A free place for a text on one of the lines, the middle of the first if it can be, or None."""
        from matplotlib.textpath import TextPath

        extent = TextPath((0, 0), text, size=_SIZE).get_extents()
        wide, high = (extent.width + 8) / 72 / self.inches[0], (_SIZE + 7) / 72 / self.inches[1]
        for run in runs if wide < 0.9 else ():
            for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88):
                u, v = self._shares(run[min(int(share * len(run)), len(run) - 1)])
                u = min(max(u, wide / 2 + 0.005), 1 - wide / 2 - 0.005)
                v = min(max(v, high / 2 + 0.005), 1 - high / 2 - 0.005)
                box = (u - wide / 2, v - high / 2, u + wide / 2, v + high / 2)
                if not any(_overlap(box, other) for other in self.taken):
                    self.taken.append(box)
                    return u, v
        return None

    def _shares(self, at: tuple[float, float]) -> tuple[float, float]:
        (left, right), (low, high) = self.spans
        return (at[0] - left) / (right - left), (at[1] - low) / (high - low)


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def draw_borders(
    axes: Axes, found: Sequence[Border], name: str, other: str, domain: Domain, labels: Labels, width: int
) -> list[Any]:
    """Draw the borders with their formulas, solved for `name` where it occurs; handles for the legend.

    The handles are of the formulas that go by a letter, on lines of so many characters.
    """
    from matplotlib.lines import Line2D

    handles: list[Any] = []
    for k, border in enumerate(found):
        for run in border.runs:
            axes.plot(*zip(*run, strict=True), color="black", linewidth=1.2)
        if k >= _MOST:
            continue
        said = formula(border.poly, name if name in border.poly.names else other, domain)
        at = labels.place(said, border.runs) if len(said) <= _FITS else None
        if at is None:
            letter = chr(ord("A") + len(handles))
            at = labels.place(letter, border.runs)
            if at is None:
                continue
            text = said if len(said) <= _READ else f"a long condition on {', '.join(border.poly.names)}"
            lines = fill(f"{letter}:  {text}", width, subsequent_indent="     ")
            handles.append(Line2D([], [], color="black", linewidth=1.2, label=lines))
            said = letter
        axes.text(
            *at,
            said,
            transform=axes.transAxes,
            fontsize=_SIZE,
            ha="center",
            va="center",
            color=INK,
            bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "alpha": 0.9, "edgecolor": "none"},
            zorder=4,
        )
    return handles
