"""Phase diagrams over two parameters: which equilibria coexist where, with borders named by their formula.

Drawn from the exact regions, the other parameters fixed at a point.  The grid is laid off the borders, so
that no knife edge is met along its length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import NOWHERE, Region
from deterrence.errors import GameError, UnknownName, expect
from deterrence.show.grids import Grid, region_grid
from deterrence.show.phase_borders import Border, Labels, borders, draw_borders
from deterrence.show.plotting import COLOURS, HATCHES, SOFT, at_words, axis_label, new_axes, span, svg_text
from deterrence.show.thinning import thin
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.profiles import ProfileAtlas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ACROSS, _UP = 480, 360
_SHARE = 0.001  # of the picture, below which a class is no area
_WIDTH = 36  # characters of a line of the legend
_LINE, _LETTER = 0.178, 0.078  # inches that a line and a letter of the legend take
_FIELD = (5.2, 4.4)  # inches of the diagram without its legend
_TALLEST = 9.0
_ENTRY = 0.35  # lines between two entries


@dataclass(frozen=True)
class Shown:
    """Something that exists in a region, under the name it goes by in the picture."""

    name: str
    region: Region


@dataclass(frozen=True)
class _Diagram:
    """All that is drawn: the classes of points, those shown as areas, the borders, and what stands where."""

    answer: Atlas | ProfileAtlas
    pair: tuple[str, str]
    exact: Mapping[str, Fraction]
    spans: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
    listed: tuple[Shown, ...]
    classes: Grid
    keys: tuple[int, ...]
    borders: tuple[Border, ...]

    @property
    def fixed(self) -> dict[str, float]:
        return {n: float(v) for n, v in self.exact.items()}

    @property
    def domain(self) -> Domain:
        return self.answer.domain


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
    found = _diagram(answer, x, y, point, names or {})
    if axes is None:
        axes = new_axes(None, *_size(found))
    _draw(axes, found)
    return axes


def phase_svg(answer: Atlas | ProfileAtlas, x: str, y: str, point: Mapping[str, object] | None = None) -> str:
    """The diagram as SVG text, the same every time for the same answer."""
    found = _diagram(answer, x, y, point, {})
    return svg_text(lambda axes: _draw(axes, found), *_size(found))


# -- what there is ----------------------------------------------------------------------------------------
def _diagram(
    answer: Atlas | ProfileAtlas,
    x: str,
    y: str,
    point: Mapping[str, object] | None,
    names: Mapping[str, str],
) -> _Diagram:
    expect("plot_phase", answer, Atlas, ProfileAtlas)
    domain = answer.domain
    for name in (x, y):
        if name not in domain.names:
            raise UnknownName("parameter", name, domain.names)
    if x == y:
        raise GameError(f"both axes are {x}; name two parameters")
    exact = domain.point(point or {}, defaults=True)
    fixed = {n: float(v) for n, v in exact.items()}
    across, up = span(domain, x), span(domain, y)
    grid = {**fixed, x: _axis(across, _ACROSS, 0.4142)[None, :], y: _axis(up, _UP, 0.618)[:, None]}
    listed = tuple(_listed(answer, names))
    classes, keys = _classes(listed, domain.given, grid)
    lines = borders([s.region for s in listed], classes, grid, (x, y))
    return _Diagram(answer, (x, y), exact, (across, up), listed, classes, tuple(keys), tuple(lines))


def _listed(answer: Atlas | ProfileAtlas, names: Mapping[str, str]) -> list[Shown]:
    """What has an area: generic equilibria, or profiles that are equilibria somewhere."""
    if isinstance(answer, ProfileAtlas):
        found = [(t.id, t.subgame_perfect) for t in answer.tested]
        return [Shown(names.get(i, i), r) for i, r in found if r is not None and r != NOWHERE]
    return [
        Shown(names.get(e.id, _named(e)), e.region) for e in answer.equilibria if e.generic and e.projected
    ]


def _named(e: Equilibrium) -> str:
    """An equilibrium with its play where few move: `e3 (restrain, halt)`."""
    if len(e.profile) > 3:
        return e.id
    played = (used[0] if len(used) == 1 else "mixes" for used in e.support)
    return f"{e.id} ({', '.join(played)})"


def _axis(ends: tuple[Fraction, Fraction], count: int, offset: float) -> Grid:
    low, high = map(float, ends)
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


def _label(found: _Diagram, key: int) -> str:
    """What exists in an area, names joined by `+` and never broken."""
    members = [s.name for k, s in enumerate(found.listed) if key >> k & 1]
    if not members:
        return "none of those listed"
    lines = [members[0]]
    for name in members[1:]:
        longer = f"{lines[-1]} + {name}"
        if len(longer) <= _WIDTH:
            lines[-1] = longer
        else:
            lines.append(f"+ {name}")
    return "\n".join(lines)


# -- the drawing ------------------------------------------------------------------------------------------
def _size(found: _Diagram) -> tuple[float, float]:
    """Inches of a figure in which the diagram and its legend have room."""
    labels = [_label(found, key) for key in found.keys]
    tall = sum(text.count("\n") + 1 + _ENTRY for text in labels) + 2 * min(len(found.borders), 8) + 4
    return _FIELD[0] + 1.0 + _LETTER * _longest(found), min(max(_FIELD[1] + 0.8, _LINE * tall), _TALLEST)


def _draw(axes: Axes, found: _Diagram) -> None:
    from matplotlib.patches import Patch

    (x, y), (across, up) = found.pair, found.spans
    handles: list[Any] = []
    xs, ys = _axis(across, _ACROSS, 0.5), _axis(up, _UP, 0.5)
    for n, key in enumerate(found.keys):
        hatch = HATCHES[(n + n // len(COLOURS)) % len(HATCHES)]
        colour = COLOURS[n % len(COLOURS)]
        options: dict[str, Any] = {"levels": [0.5, 1.5], "colors": [colour], "hatches": [hatch]}
        thin(axes.contourf(xs, ys, (found.classes == key).astype(float), alpha=0.75, **options))
        look: dict[str, Any] = {"facecolor": colour, "alpha": 0.75, "hatch": hatch, "edgecolor": "#444444"}
        handles.append(Patch(label=_label(found, key), **look))
    if np.mean(found.classes < 0) > 0.01:
        handles.append(Patch(facecolor="white", edgecolor="#444444", label="outside the assumptions"))
    ends = tuple((float(low), float(high)) for low, high in found.spans)
    wide, high = _inches(axes, found)
    labels = Labels((wide, high), (ends[0], ends[1]))
    labels.keep_clear((found.fixed[x], found.fixed[y]))
    handles += draw_borders(axes, found.borders, y, x, found.domain, labels, _WIDTH + 6)
    axes.plot(
        [found.fixed[x]],
        [found.fixed[y]],
        marker="o",
        color="black",
        markersize=6,
        markeredgecolor="white",
        zorder=5,
    )
    axes.set_xlim(*ends[0])
    axes.set_ylim(*ends[1])
    axes.set_xlabel(axis_label(found.domain, x, max(24, int(13 * wide))))
    axes.set_ylabel(axis_label(found.domain, y, max(24, int(12 * high))))
    others = {n: v for n, v in found.exact.items() if n not in (x, y)}
    axes.set_title(at_words(others, max(30, int(17 * wide))), fontsize=9, color=SOFT, loc="left")
    _legend(axes, found, handles)


def _inches(axes: Axes, found: _Diagram) -> tuple[float, float]:
    """About how large the axes will be beside their legend; the layout is not known before all is drawn."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    box = axes.get_position()
    width, height = figure.get_size_inches()
    return max(1.0, box.width * width - _LETTER * _longest(found) - 0.3), box.height * height


def _longest(found: _Diagram) -> int:
    """The characters of the longest line of the legend."""
    lines = (line for key in found.keys for line in _label(found, key).splitlines())
    wrapped = any(len(str(b.poly)) > 20 for b in found.borders)
    return max(*map(len, lines), _WIDTH if wrapped else 22, 22)


def _legend(axes: Axes, found: _Diagram, handles: list[Any]) -> None:
    """What each colour means, to the right, as much of it as the figure has room for."""
    from matplotlib.lines import Line2D

    figure = axes.get_figure(root=True)
    assert figure is not None
    room = figure.get_size_inches()[1] / _LINE - 2
    kept: list[Any] = []
    for handle in handles:
        room -= handle.get_label().count("\n") + 1 + _ENTRY
        if room < 0:
            left = len(handles) - len(kept)
            kept.append(Line2D([], [], linestyle="none", label=f"and {left} more"))
            break
        kept.append(handle)
    perfect = isinstance(found.answer, ProfileAtlas)
    axes.legend(
        handles=kept,
        title="subgame perfect there" if perfect else "equilibria that exist there",
        title_fontsize=9,
        alignment="left",
        loc="upper left",
        bbox_to_anchor=(1.01, 1),
        borderaxespad=0,
        frameon=False,
        fontsize=9,
    )
