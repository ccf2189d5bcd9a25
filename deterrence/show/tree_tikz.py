"""Game trees for LaTeX: a TikZ picture with the same places as the SVG one, for `\\usepackage{tikz}`.

Coordinates are computed (`tree_layout`), so no tree package is needed.  Chance is hollow, information sets
are dashed, an equilibrium's path is thick.
"""

from __future__ import annotations

import re
from itertools import pairwise

from deterrence.algebra.grammar import parse_expression
from deterrence.errors import DeterrenceError, OutOfScope
from deterrence.show.latex import expression_latex
from deterrence.show.tree_layout import FAN, Drawn, Edge, lay_out
from deterrence.show.tree_shape import TreeView, ViewEnd

MAX_PLACES = 300
_SCALE = "0.8pt"
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{ch: f"\\{ch}" for ch in "&%$#_{}"},
}


def plain_latex(text: str) -> str:
    r"""Words as LaTeX text, nothing in them being a command.

    >>> print(plain_latex("go_on & 50%"))
    go\_on \& 50\%
    """
    return re.sub(r"[\\~^&%$#_{}]", lambda m: _SPECIAL[m[0]], text)


def math(text: str) -> str:
    """An expression in the model-file grammar as inline mathematics; other words as text.

    >>> math("alpha/2")
    '$\\\\frac{\\\\alpha}{2}$'
    """
    try:
        return f"${expression_latex(parse_expression(text))}$"
    except DeterrenceError:
        return plain_latex(text)


def tree_tikz(view: TreeView) -> str:
    """The picture of a tree view, a `tikzpicture`; raises OutOfScope above 300 places to move."""
    if len(view.nodes) > MAX_PLACES:
        raise OutOfScope(
            f"the tree has {len(view.nodes)} places to move; pictures are drawn up to {MAX_PLACES}; "
            "export a smaller instance"
        )
    layout = lay_out(view)
    lines = [rf"\begin{{tikzpicture}}[x={_SCALE}, y=-{_SCALE}, font=\small]"]
    for edge in layout.edges:
        lines += _branch(view, edge)
    lines += _sets(view, layout.nodes)
    for drawn in layout.nodes:
        node = view.nodes[drawn.id]
        style = "fill=black" if node.player else "fill=white"
        lines.append(rf"\node[circle, draw, inner sep=1.6pt, {style}] at {_at(drawn.x, drawn.y)} {{}};")
        if node.player:
            who = plain_latex(view.shown(node.player))
            place = plain_latex(node.shared or node.title)
            label = rf"{who}\\\textit{{{place}}}"
            aside = ", xshift=-9pt" if node.shared else ""  # clear of the dashed line
            lines.append(rf"\node[below left{aside}, align=right] at {_at(drawn.x, drawn.y)} {{{label}}};")
    for drawn in layout.ends:
        lines.append(rf"\node[right] at {_at(drawn.x, drawn.y)} {{{_end(view.ends[drawn.id])}}};")
    return "\n".join([*lines, r"\end{tikzpicture}"])


def _branch(view: TreeView, edge: Edge) -> list[str]:
    start, end, branch = edge.start, edge.end, edge.branch
    corner = start.x + FAN
    style = "[very thick]" if branch.on_path else "[thick, densely dotted]" if branch.planned else ""
    way = f"{_at(start.x, start.y)} -- {_at(corner, end.y)} -- {_at(end.x, end.y)}"
    lines = [rf"\draw{style} {way};"]
    place = _at(corner, end.y)
    lines.append(rf"\node[above right, inner sep=1.5pt] at {place} {{{plain_latex(branch.action)}}};")
    takers = branch.takers(view.kinds(view.nodes[start.id].player))
    below = math(branch.chance) if branch.chance else plain_latex(takers)
    if below:
        lines.append(rf"\node[below right, inner sep=1.5pt] at {place} {{{below}}};")
    return lines


def _sets(view: TreeView, nodes: tuple[Drawn, ...]) -> list[str]:
    """A dashed line from node to node of each information set of several."""
    members: dict[str, list[Drawn]] = {}
    for drawn in nodes:
        if view.nodes[drawn.id].shared:
            members.setdefault(view.nodes[drawn.id].shared, []).append(drawn)
    return [
        rf"\draw[dashed] {_at(one.x, one.y)} to[bend right=18] {_at(two.x, two.y)};"
        for listed in members.values()
        for one, two in pairwise(sorted(listed, key=lambda d: d.y))
    ]


def _end(end: ViewEnd) -> str:
    paid = [
        math(pairs[0][1])
        if len(pairs) == 1
        else ", ".join(f"{plain_latex(kind)}: {math(text)}" for kind, text in pairs)
        for pairs in end.payoffs
    ]
    return rf"\textbf{{{plain_latex(end.name)}}}\enspace {'; '.join(paid)}"


def _at(x: float, y: float) -> str:
    return f"({x:.1f},{y:.1f})"
