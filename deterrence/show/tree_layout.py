"""Where everything of a tree's picture goes: columns by moves, rows by ends, sizes by the texts.

Left to right.  Nodes of one information set share a column.  Every end has rows of its own and a node stands
midway between its first and last branch, so labels never meet, whatever their length.  Widths of texts are
estimated from the widths of characters in a common sans-serif face.  Source of the rule for parents:
[ReingoldTilford1981].
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deterrence.show.tree_shape import Branch, TreeView, ViewEnd

SIZE = 14.0  # of text, in pixels
LINE = 18.0  # from one line of text to the next
FAN = 34.0  # from a node to where its branches run level
BESIDE = 20.0  # from a node to its label where a dashed line runs between
_GAP = 16.0  # beside labels
_ROW = 46.0  # at least from one end to the next
_ONE_LINE = 230.0  # payoffs wider than this get a line a player
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "lambda": "λ",
}  # fmt: skip
_NARROW, _WIDE = frozenset("iljtfrI.,:;|!'()[]/ -"), frozenset("mwMW@—→")


@dataclass(frozen=True)
class Drawn:
    """A node, or an end of the game, at its place; `key` tells ends of the same outcome apart."""

    key: str
    id: str
    x: float
    y: float


@dataclass(frozen=True)
class Edge:
    """A branch between two of them."""

    start: Drawn
    end: Drawn
    branch: Branch


@dataclass(frozen=True)
class Layout:
    """Nodes and ends with their places, the branches, and the size of the whole."""

    nodes: tuple[Drawn, ...]
    ends: tuple[Drawn, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float


def text_width(text: str, size: float = SIZE) -> float:
    """An estimate, on the safe side, of how wide a text is.

    >>> text_width("ill") < text_width("www")
    True
    """
    widths = (0.36 if ch in _NARROW else 0.9 if ch in _WIDE else 0.72 if ch.isupper() else 0.6 for ch in text)
    return size * sum(widths)


def typeset(text: str) -> str:
    """An expression for a picture: Greek letters, a true minus sign, a dot for products.

    >>> typeset("alpha*h**2 - 1")
    'α·h^2 − 1'
    """
    text = re.sub(r"(?<![A-Za-z0-9])[a-z]+(?![A-Za-z0-9])", lambda m: _GREEK.get(m[0], m[0]), text)
    return text.replace("**", "^").replace("*", "·").replace("-", "−")


def payoff_texts(end: ViewEnd) -> list[str]:
    """A payoff for each player as one text; several types as `hard: a, soft: b`."""
    return [
        typeset(pairs[0][1])
        if len(pairs) == 1
        else ", ".join(f"{kind}: {typeset(text)}" for kind, text in pairs)
        for pairs in end.payoffs
    ]


def side_by_side(end: ViewEnd) -> bool:
    """Whether the payoffs share a line, so that none is long or depends on types."""
    typed = any(len(pairs) > 1 for pairs in end.payoffs)
    return not typed and text_width(", ".join(payoff_texts(end))) <= _ONE_LINE


def end_lines(end: ViewEnd) -> int:
    """How many lines of text stand at an end of the game."""
    labelled = bool(end.label) and end.label != end.name
    return 1 + labelled if side_by_side(end) else 1 + len(end.payoffs)


def branch_label(branch: Branch, kinds: tuple[str, ...], is_chance: bool) -> tuple[str, str]:
    """What stands above a branch and what below it: the move, and its probability or who takes it."""
    return branch.action, typeset(branch.chance) if is_chance else branch.takers(kinds)


def lay_out(view: TreeView) -> Layout:
    """The places of everything in the picture of a tree."""
    level = _levels(view)
    wide = _column_widths(view, level)
    across = [_root_margin(view)]
    for width in wide:
        across.append(across[-1] + width)
    nodes: list[Drawn] = []
    ends: list[Drawn] = []
    edges: list[Edge] = []
    below = 0.0

    def place(identifier: str) -> Drawn:
        """Ends are stacked; a node comes midway between its first and last branch."""
        nonlocal below
        node = view.nodes[identifier]
        targets = []
        for branch in node.branches:
            if branch.to in view.ends:
                half = _end_height(view.ends[branch.to]) / 2
                x = across[level[identifier] + 1]
                targets.append(Drawn(f"{identifier} {branch.action}", branch.to, x, below + half))
                ends.append(targets[-1])
                below += 2 * half
            else:
                targets.append(place(branch.to))
        if len(node.branches) == 1:
            below += LINE  # room for the label under a node that has no second branch
        middle = (targets[0].y + targets[-1].y) / 2
        own = Drawn(identifier, identifier, across[level[identifier]], middle)
        nodes.append(own)
        edges.extend(Edge(own, t, b) for t, b in zip(targets, node.branches, strict=True))
        return own

    place(view.root)
    right = max((e.x + _end_width(view.ends[e.id]) for e in ends), default=across[-1])
    return Layout(tuple(nodes), tuple(ends), tuple(edges), right + _GAP, below)


def _levels(view: TreeView) -> dict[str, int]:
    """The column of each node: after the node before it, and the same within an information set."""
    level = dict.fromkeys(view.nodes, 0)
    sets: dict[str, list[str]] = {}
    for node in view.nodes.values():
        sets.setdefault(node.shared or f"{node.id} ", []).append(node.id)
    for _ in range(len(view.nodes)):
        before = dict(level)
        for node in view.nodes.values():
            for branch in node.branches:
                if branch.to in level:
                    level[branch.to] = max(level[branch.to], level[node.id] + 1)
        for members in sets.values():
            furthest = max(level[m] for m in members)
            level.update(dict.fromkeys(members, furthest))
        if level == before:
            return level
        if max(level.values()) > len(view.nodes):
            break
    return _depths(view)  # information sets that cross: each node by its own depth


def _depths(view: TreeView) -> dict[str, int]:
    depth = {view.root: 0}
    waiting = [view.root]
    for identifier in waiting:
        for branch in view.nodes[identifier].branches:
            if branch.to in view.nodes:
                depth[branch.to] = depth[identifier] + 1
                waiting.append(branch.to)
    return depth


def node_label(view: TreeView, identifier: str) -> tuple[str, str]:
    """The player, and the name that sentences have for the place; nothing where chance moves."""
    node = view.nodes[identifier]
    return (view.shown(node.player), node.shared or node.title) if node.player else ("", "")


def _column_widths(view: TreeView, level: dict[str, int]) -> list[float]:
    """How far each column is from the next: room for the moves above and for who moves next below."""
    wide = [60.0] * (max(level.values()) + 1)
    for identifier, node in view.nodes.items():
        for branch in node.branches:
            over, under = branch_label(branch, view.kinds(node.player), not node.player)
            after = ""
            if branch.to in view.nodes:
                after = max(node_label(view, branch.to), key=text_width)
            room = _GAP + BESIDE if after and view.nodes[branch.to].shared else _GAP
            below = text_width(under, SIZE - 2) + (text_width(after) + room if after else 0)
            need = FAN + max(text_width(over), below) + _GAP
            wide[level[identifier]] = max(wide[level[identifier]], need)
    return wide


def _root_margin(view: TreeView) -> float:
    return max(text_width(t) for t in node_label(view, view.root)) + _GAP


def _end_height(end: ViewEnd) -> float:
    return max(_ROW, end_lines(end) * LINE + 14)


def _end_width(end: ViewEnd) -> float:
    head = text_width(end.name) * 1.1 + (text_width(end.label) + _GAP if end.label != end.name else 0)
    texts = payoff_texts(end)
    if end_lines(end) == 1:
        return head + text_width(", ".join(texts)) + 2 * _GAP
    return (
        max(head, text_width(", ".join(texts)) if side_by_side(end) else max(map(text_width, texts)))
        + 2 * _GAP
    )
