"""Phase diagrams over two parameters: which equilibria coexist where, with borders named by their formula.

Drawn from the exact regions, the other parameters fixed at a point.  The grid is laid off the borders, so
that no knife edge is met along its length.  Colours of Okabe and Ito, hatched for print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.algebra.decide import prover
from deterrence.algebra.isolate import isolate
from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.poly import Poly
from deterrence.algebra.printing import atom_text
from deterrence.algebra.region import NOWHERE, Atom, Region, atom, polys_of
from deterrence.errors import GameError, UnknownName
from deterrence.show.grids import Grid, poly_grid, region_grid
from deterrence.solve.atlas import Atlas
from deterrence.solve.profiles import ProfileAtlas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#56B4E9", "#E69F00", "#009E73", "#F0E442", "#CC79A7", "#0072B2", "#D55E00", "#BBBBBB")
HATCHES = ("", "//", "..", "\\\\", "xx", "--", "++", "||")
_ACROSS, _UP = 480, 360
_LABELS, _SHORT = 8, 6  # borders with formulas at most; points of a border that are none
_BITS = 62  # borders that a code of sides tells apart
_SHARE = 0.001  # of the picture, below which a class is no area


@dataclass(frozen=True)
class Shown:
    """Something that exists in a region, under the name it goes by in the picture."""

    name: str
    region: Region


def plot_phase(
    answer: Atlas | ProfileAtlas,
    x: str,
    y: str,
    point: Mapping[str, object] | None = None,
    axes: Axes | None = None,
    names: Mapping[str, str] | None = None,
) -> Axes:
    """Draw which equilibria (or listed profiles, subgame perfect) exist over two parameters; the axes.

    `point` gives the other parameters, which else take their examples; `names` renames equilibria by id.
    Without `axes` a new figure is made.  Raises UnknownName, InexactNumber and DomainError for bad values.
    """
    import matplotlib.pyplot as plt

    domain = answer.domain
    for name in (x, y):
        if name not in domain.names:
            raise UnknownName("parameter", name, domain.names)
    if x == y:
        raise GameError(f"both axes are {x}; name two parameters")
    if axes is None:
        _, axes = plt.subplots(figsize=(7, 5), layout="constrained")
    fixed = {n: float(v) for n, v in domain.point(point or {}, defaults=True).items()}
    spans = {n: _span(domain, n) for n in (x, y)}
    grid = {**fixed, x: _axis(spans[x], _ACROSS, 0.4142)[None, :], y: _axis(spans[y], _UP, 0.618)[:, None]}
    listed = _listed(answer, names or {})
    classes, keys = _classes(listed, domain.given, grid)
    _fill(axes, classes, keys, listed, spans[x], spans[y])
    _borders(axes, listed, domain, classes, grid, (x, y), fixed)
    axes.plot([fixed[x]], [fixed[y]], marker="o", color="black", markersize=5, markeredgecolor="white")
    axes.set_xlim(*map(float, spans[x]))
    axes.set_ylim(*map(float, spans[y]))
    axes.set_xlabel(_label(domain, x))
    axes.set_ylabel(_label(domain, y))
    others = ", ".join(f"{n} = {v:g}" for n, v in fixed.items() if n not in (x, y))
    if others:
        axes.set_title(f"at {others}" if len(others) < 90 else "the other parameters as given", fontsize=9)
    return axes


def phase_svg(answer: Atlas | ProfileAtlas, x: str, y: str, point: Mapping[str, object] | None = None) -> str:
    """The diagram as SVG text, the same every time for the same answer."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "deterrence", "svg.fonttype": "none"}):
        figure = Figure(figsize=(8.5, 5.2), layout="constrained")
        plot_phase(answer, x, y, point, figure.subplots())
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue().rstrip()


def _listed(answer: Atlas | ProfileAtlas, names: Mapping[str, str]) -> list[Shown]:
    """What has an area: generic equilibria, or profiles that are equilibria somewhere."""
    if isinstance(answer, ProfileAtlas):
        found = [(t.id, t.subgame_perfect) for t in answer.tested]
        return [Shown(names.get(i, i), r) for i, r in found if r is not None and r != NOWHERE]
    return [Shown(names.get(e.id, e.id), e.region) for e in answer.equilibria if e.generic and e.projected]


def _span(domain: Domain, name: str) -> tuple[Fraction, Fraction]:
    """What an axis shows: the parameter's range, or one around its example."""
    p: Parameter = next(q for q in domain.parameters if q.name == name)
    if p.range is not None:
        return p.range
    top = Fraction(1) if p.example is None or p.example < 1 else 2 * p.example
    return (Fraction(0), top) if p.example is None or p.example >= 0 else (2 * p.example, Fraction(0))


def _axis(span: tuple[Fraction, Fraction], count: int, offset: float) -> Grid:
    low, high = map(float, span)
    return low + (np.arange(count) + offset) / count * (high - low)


def _classes(listed: Sequence[Shown], given: Region, grid: Mapping[str, Grid]) -> tuple[Grid, list[int]]:
    """A number for each point: which of the list exist there; -1 outside the assumptions."""
    shape = (_UP, _ACROSS)
    found = np.zeros(shape, dtype=np.int64)
    for k, shown in enumerate(listed[:60]):
        found |= np.broadcast_to(region_grid(shown.region, grid), shape).astype(np.int64) << k
    found = np.where(np.broadcast_to(region_grid(given, grid), shape), found, -1)
    keys, counts = np.unique(found, return_counts=True)
    order = sorted(zip(counts.tolist(), keys.tolist(), strict=True), reverse=True)
    return found, [key for count, key in order if key >= 0 and count > _SHARE * found.size]


def _fill(
    axes: Axes,
    classes: Grid,
    keys: Sequence[int],
    listed: Sequence[Shown],
    across: tuple[Fraction, Fraction],
    up: tuple[Fraction, Fraction],
) -> None:
    from matplotlib.patches import Patch

    handles = []
    xs, ys = _axis(across, _ACROSS, 0.5), _axis(up, _UP, 0.5)
    for n, key in enumerate(keys):
        colour, hatch = COLOURS[n % len(COLOURS)], HATCHES[n % len(HATCHES)]
        mask = (classes == key).astype(float)
        options: dict[str, Any] = {"levels": [0.5, 1.5], "colors": [colour], "hatches": [hatch]}
        axes.contourf(xs, ys, mask, alpha=0.75, **options)
        members = [s.name for k, s in enumerate(listed) if key >> k & 1]
        handles.append(
            Patch(
                facecolor=colour,
                alpha=0.75,
                hatch=hatch,
                edgecolor="#444444",
                label=fill(", ".join(members) or "none", 34),
            )
        )
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=9)


def _borders(
    axes: Axes,
    listed: Sequence[Shown],
    domain: Domain,
    classes: Grid,
    grid: Mapping[str, Grid],
    pair: tuple[str, str],
    fixed: Mapping[str, float],
) -> None:
    """The zero lines of the conditions where what exists changes, each with its formula."""
    from contourpy import contour_generator

    x, y = pair
    xs, ys = grid[x][0], grid[y][:, 0]
    polys: dict[Poly, None] = {}
    for shown in listed:
        polys.update(dict.fromkeys(f for p in polys_of(shown.region) for f, _ in p.factors()[1]))
    drawn = [poly for poly in polys if {x, y} & set(poly.names)]
    heights = [np.broadcast_to(poly_grid(poly, grid), classes.shape) for poly in drawn]
    sides = [(h > 0).astype(np.int64) << k for k, h in enumerate(heights[:_BITS])]
    labelled = 0
    for k, poly in enumerate(drawn):
        others = np.sum([s for j, s in enumerate(sides) if j != k], axis=0, dtype=np.int64)
        field = _Field(classes, heights[k] > 0, np.broadcast_to(others, classes.shape), xs, ys)
        runs: list[list[tuple[float, float]]] = []
        for line in contour_generator(xs, ys, heights[k]).lines(0.0):
            runs += _runs([(float(u), float(v)) for u, v in np.asarray(line)], field)
        for run in runs:
            axes.plot(*zip(*run, strict=True), color="black", linewidth=1.2)
        if runs:
            longest = max(runs, key=len)
            if labelled < _LABELS:
                axes.annotate(
                    _formula(poly, y if y in poly.names else x, domain),
                    longest[len(longest) * (3 + labelled % 3) // 6],
                    fontsize=8,
                    ha="center",
                    bbox={
                        "boxstyle": "round,pad=0.2",
                        "facecolor": "white",
                        "alpha": 0.85,
                        "edgecolor": "none",
                    },
                )
                labelled += 1


@dataclass(frozen=True)
class _Field:
    """What exists on the grid, on which side of a border each point lies, and a code of all other borders."""

    classes: Grid
    above: Grid
    others: Grid
    xs: Grid
    ys: Grid


def _runs(line: Sequence[tuple[float, float]], field: _Field) -> list[list[tuple[float, float]]]:
    """The stretches of a line along which what exists changes across it."""
    found: list[list[tuple[float, float]]] = [[]]
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


def _formula(poly: Poly, name: str, domain: Domain) -> str:
    """A border as people write it, solved for a parameter where possible."""
    border = atom(poly, "==")
    assert isinstance(border, Atom)
    bound = isolate(border, name, prover(domain.given))
    return str(bound).replace("==", "=") if bound else atom_text(border).replace("==", "=")


def _label(domain: Domain, name: str) -> str:
    meaning = next(p.meaning for p in domain.parameters if p.name == name)
    return f"{name}: {meaning}" if meaning and len(meaning) < 60 else name
