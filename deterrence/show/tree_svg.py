"""Game trees as pictures: SVG that needs neither LaTeX nor any program, for notebooks, pages and print.

Players have the colours of [OkabeIto2008], chance is hollow, information sets are dashed, an equilibrium's
path is thick and what it plans off the path half as thick.  The picture brings its own background, so that
it reads in light and dark notebooks, and the tree as text for those who cannot see it.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise

from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.games.tree import ExtensiveForm
from deterrence.show.tree_layout import (
    BESIDE,
    FAN,
    LINE,
    SIZE,
    Drawn,
    Edge,
    Layout,
    branch_label,
    end_lines,
    lay_out,
    node_label,
    payoff_texts,
    side_by_side,
    text_width,
    typeset,
)
from deterrence.show.tree_shape import TreeView
from deterrence.show.tree_text import tree_text
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Equilibrium

MAX_PLACES = 300
_FILLS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
_INKS = ("#005A8D", "#A84400", "#006B4E", "#93386B", "#7A5300", "#1F6A94")  # dark enough for text
_INK, _SOFT, _LINE_COLOUR = "#1F2430", "#5A6270", "#8A93A3"
_MARGIN = 22.0
_FACE = "Helvetica, Arial, 'DejaVu Sans', sans-serif"


def tree_svg(
    tree: ExtensiveForm | Model, marks: Equilibrium | None = None, *, full: bool = False, title: str = ""
) -> str:
    """The picture of a tree, or of a model that is one, as the text of an SVG file.

    `marks` is an equilibrium whose path is drawn thick.  Hidden types are folded, as in the model file,
    unless `full`.  Raises OutOfScope for other games and for trees of more than 300 places to move.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": ["u"], "y": [0]})
    >>> tree_svg(tree).startswith("<svg")
    True
    """
    if isinstance(tree, Model):
        title = title or tree.source.title or tree.name
    view = view_of(tree, marks, full=full)
    return view_svg(view, title)


def view_svg(view: TreeView, title: str = "") -> str:
    """The picture of a tree view; raises OutOfScope above 300 places to move."""
    if len(view.nodes) > MAX_PLACES:
        raise OutOfScope(
            f"the tree has {len(view.nodes)} places to move; pictures are drawn up to {MAX_PLACES}; "
            "draw a smaller instance, or show it as text"
        )
    layout = lay_out(view)
    head, head_width, top = _head(view, title)
    width = max(layout.width, head_width) + 2 * _MARGIN
    height = top + layout.height + _MARGIN
    body = [*_sets(view, layout), *_edges(view, layout), *_nodes(view, layout), *_ends(view, layout)]
    name = escape(title or "Game tree", quote=True)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" '
            f'aria-label="{name}" font-family="{_FACE}" font-size="{SIZE:.0f}">',
            f"<title>{name}</title>",
            f"<desc>{escape(tree_text(view, limit=None))}</desc>",
            f'<rect x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1:.0f}" rx="8" fill="#FFFFFF" '
            'stroke="#D5DAE2"/>',
            *head,
            f'<g transform="translate({_MARGIN:.0f},{top:.0f})">',
            *body,
            "</g>",
            "</svg>",
        ]
    )


def _text(x: float, y: float, text: str, fill: str = _INK, anchor: str = "start", more: str = "") -> str:
    end = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}"{end}{more}>{escape(text)}</text>'


def _colours(view: TreeView, player: str) -> tuple[str, str]:
    """The fill and the ink of a player."""
    at = [p.name for p in view.players].index(player)
    return _FILLS[at % len(_FILLS)], _INKS[at % len(_INKS)]


# -- the legend -----------------------------------------------------------------------------------
def _head(view: TreeView, title: str) -> tuple[list[str], float, float]:
    """The legend, how wide it is and where it ends."""
    x, y = _MARGIN, _MARGIN + 12
    parts: list[str] = []
    widest = 0.0
    if title:
        parts.append(_text(x, y, title, more=' font-size="17" font-weight="bold"'))
        widest = text_width(title, 18)
        y += 28
    for player in view.players:
        fill, ink = _colours(view, player.name)
        kinds = ", ".join(f"{k} with probability {typeset(v)}" if v else k for k, v in player.types)
        said = f"{player.shown}: {kinds}" if kinds else player.shown
        parts.append(f'<circle cx="{x + 7:.1f}" cy="{y - 5:.1f}" r="7" fill="{fill}"/>')
        parts.append(_text(x + 22, y, said, ink))
        widest = max(widest, 22 + text_width(said))
        y += 21
    notes = [("", "payoffs in the order " + ", ".join(p.shown for p in view.players))]
    if view.draw:
        notes.append(("", "types: " + "; ".join(f"{k} {typeset(v)}" for k, v in view.draw)))
    if any(n.shared for n in view.nodes.values()):
        notes.append((f'stroke="{_SOFT}" stroke-width="1.8" stroke-dasharray="5 4"', "cannot be told apart"))
    if view.marked:
        notes.append((f'stroke="{_INK}" stroke-width="5"', f"played in {view.marked}"))
        if any(b.planned for n in view.nodes.values() for b in n.branches):
            notes.append((f'stroke="{_INK}" stroke-width="2.4"', "planned in it, off the path"))
    for stroke, note in notes:
        shift = 0.0
        if stroke:
            parts.append(f'<line x1="{x:.1f}" y1="{y - 5:.1f}" x2="{x + 30:.1f}" y2="{y - 5:.1f}" {stroke}/>')
            shift = 40.0
        parts.append(_text(x + shift, y, note, _SOFT))
        widest = max(widest, shift + text_width(note))
        y += 21
    return parts, widest, y + 4


# -- the tree -------------------------------------------------------------------------------------
def _edges(view: TreeView, layout: Layout) -> list[str]:
    """Thin branches first, so that the path lies on top; then what is written along them."""
    parts = []
    for edge in sorted(layout.edges, key=lambda e: (e.branch.on_path, e.branch.planned)):
        wide, colour = ("5", _INK) if edge.branch.on_path else ("2.4", _INK)
        if not edge.branch.marks:
            wide, colour = "1.5", _LINE_COLOUR
        start, end = edge.start, edge.end
        points = f"{start.x:.1f},{start.y:.1f} {start.x + FAN:.1f},{end.y:.1f} {end.x:.1f},{end.y:.1f}"
        parts.append(
            f'<polyline data-edge="{escape(edge_name(start.id, edge.branch.action), quote=True)}" '
            f'points="{points}" fill="none" stroke="{colour}" stroke-width="{wide}" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )
    return parts + [label for edge in layout.edges for label in _edge_labels(view, edge)]


def edge_name(node: str, action: str) -> str:
    """What a branch is called in a picture, for scripts that light up paths."""
    return f"{node}/{action}"


def _edge_labels(view: TreeView, edge: Edge) -> list[str]:
    node = view.nodes[edge.start.id]
    over, under = branch_label(edge.branch, view.kinds(node.player), not node.player)
    x = edge.start.x + FAN + 2
    weight = ' font-weight="bold"' if edge.branch.on_path else ""
    parts = [_text(x, edge.end.y - 6, over, more=weight)]
    if under:
        parts.append(_text(x, edge.end.y + 15, under, _SOFT, more=f' font-size="{SIZE - 2:.0f}"'))
    return parts


def _nodes(view: TreeView, layout: Layout) -> list[str]:
    parts = []
    for drawn in layout.nodes:
        node = view.nodes[drawn.id]
        if not node.player:
            parts.append(
                f'<circle cx="{drawn.x:.1f}" cy="{drawn.y:.1f}" r="6" fill="#FFFFFF" stroke="{_INK}" '
                'stroke-width="1.8"><title>chance</title></circle>'
            )
            continue
        fill, ink = _colours(view, node.player)
        who, place = node_label(view, drawn.id)
        parts.append(
            f'<circle cx="{drawn.x:.1f}" cy="{drawn.y:.1f}" r="8" fill="{fill}">'
            f"<title>{escape(place)}: {escape(who)}</title></circle>"
        )
        x = drawn.x - (8 + BESIDE if node.shared else 8)
        parts.append(_text(x, drawn.y + 22, who, ink, "end"))
        style = f' font-size="{SIZE - 2:.0f}" font-style="italic"'
        parts.append(_text(x, drawn.y + 37, place, _SOFT, "end", style))
    return parts


def _ends(view: TreeView, layout: Layout) -> list[str]:
    parts = []
    for drawn in layout.ends:
        end = view.ends[drawn.id]
        x = drawn.x + 8
        y = drawn.y + 5 - (end_lines(end) - 1) * LINE / 2
        name = f'<tspan font-weight="bold">{escape(end.name)}</tspan>'
        if end.label and end.label != end.name:
            name += f' <tspan dx="4" fill="{_SOFT}">{escape(end.label)}</tspan>'
        texts = [
            f'<tspan fill="{_colours(view, p.name)[1]}">{escape(text)}</tspan>'
            for p, text in zip(view.players, payoff_texts(end), strict=True)
        ]
        parts.append(f'<circle cx="{drawn.x:.1f}" cy="{drawn.y:.1f}" r="2.5" fill="{_INK}"/>')
        lines = [name, *texts]
        if side_by_side(end):
            joined = ", ".join(texts)
            lines = [name, joined] if end_lines(end) == 2 else [f'{name} <tspan dx="6">{joined}</tspan>']
        for k, line in enumerate(lines):
            parts.append(f'<text x="{x:.1f}" y="{y + k * LINE:.1f}" fill="{_INK}">{line}</text>')
    return parts


# -- information sets -----------------------------------------------------------------------------
def _sets(view: TreeView, layout: Layout) -> list[str]:
    members: dict[str, list[Drawn]] = {}
    for drawn in layout.nodes:
        shared = view.nodes[drawn.id].shared
        if shared:
            members.setdefault(shared, []).append(drawn)
    parts = []
    for k, nodes in enumerate(members.values()):
        fill, _ = _colours(view, view.nodes[nodes[0].id].player)
        style = f'fill="none" stroke="{fill}" stroke-width="1.8" stroke-dasharray="5 4"'
        nodes.sort(key=lambda d: d.y)
        first, last = nodes[0], nodes[-1]
        if _alone(nodes, layout):
            parts.append(
                f'<rect x="{first.x - 14:.1f}" y="{first.y - 14:.1f}" width="28" '
                f'height="{last.y - first.y + 28:.1f}" rx="14" {style}/>'
            )
            continue
        side = 12.0 + 5 * (k % 3)  # left of the column, where only branches are crossed
        for one, two in pairwise(nodes):
            x = min(one.x, two.x) - side
            parts.append(
                f'<path d="M {one.x:.1f} {one.y:.1f} Q {x:.1f} {one.y + 4:.1f} {x:.1f} {one.y + 22:.1f} '
                f'V {two.y - 22:.1f} Q {x:.1f} {two.y - 4:.1f} {two.x:.1f} {two.y:.1f}" {style}/>'
            )
    return parts


def _alone(nodes: list[Drawn], layout: Layout) -> bool:
    """Whether the nodes share a column in which nothing else stands between them."""
    first, last = nodes[0], nodes[-1]
    own = {d.key for d in nodes}
    return all(d.x == first.x for d in nodes) and not any(
        d.x == first.x and first.y < d.y < last.y and d.key not in own for d in (*layout.nodes, *layout.ends)
    )
