"""A tree as text: box drawing, moves, players, information sets in braces, payoffs at the ends.

`▶` marks what is played on the path of an equilibrium and `▷` what is only planned off it.  Long branches go
on further below, so that 80 columns are enough; long trees are cut with a line that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from deterrence.show.tree_shape import Branch, TreeView, ViewEnd, ViewNode

MAX_LINES = 60
_DEEPEST = 36  # columns of indentation after which a branch goes on below
_CHAIN = 5  # moves to come after which a single continuing branch goes on below


def tree_text(view: TreeView, width: int = 80, limit: int | None = MAX_LINES) -> str:
    """The tree as lines of at most `width` columns, and at most about `limit` lines (None for all).

    >>> from deterrence.games.tree import ExtensiveForm
    >>> from deterrence.show.tree_view import tree_view
    >>> tree = ExtensiveForm.build(["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
    ...      "reply": {"player": "them", "moves": {"yield": "win", "fight": "war"}}},
    ...     {"SQ": [0, 0], "win": [1, -1], "war": ["-c", "-d"]})
    >>> print(tree_text(tree_view(tree)))
    open: us
    ├── wait → SQ: 0, 0
    └── act → reply: them
        ├── yield → win: 1, -1
        └── fight → war: -c, -d
    """
    lines: list[str] = []
    for line in _all_lines(view, width):
        if limit is not None and len(lines) >= limit:
            left = len(view.nodes)
            lines.append(f"… the tree goes on ({left} places to move in all); it is cut after {limit} lines")
            break
        lines.append(line)
    return "\n".join(lines)


def _all_lines(view: TreeView, width: int) -> Iterator[str]:
    heights = _heights(view)
    waiting = [view.root]
    while waiting:
        start = waiting.pop(0)
        yield node_title(view.nodes[start], view)
        later: list[str] = []
        yield from _branches(view.nodes[start], "", view, width, heights, later, start != view.root)
        waiting = later + waiting


def _heights(view: TreeView) -> dict[str, int]:
    """How many moves may follow from each node."""
    found: dict[str, int] = {}
    for identifier in reversed(list(view.nodes)):
        onward = [found[b.to] for b in view.nodes[identifier].branches if b.to in view.nodes]
        found[identifier] = 1 + max(onward, default=0)
    return found


def _branches(
    node: ViewNode,
    prefix: str,
    view: TreeView,
    width: int,
    heights: dict[str, int],
    later: list[str],
    goes_on: bool,
) -> Iterator[str]:
    onward = [b for b in node.branches if b.to in view.nodes]
    chain = len(onward) == 1 and (goes_on or heights[node.id] > _CHAIN)
    for branch in node.branches:
        last = branch is node.branches[-1]
        head = f"{prefix}{'└' if last else '├'}{_arrow(branch)} {_move(branch, node, view)} → "
        inside = prefix + ("    " if last else "│   ")
        if branch.to in view.ends:
            yield from _end_lines(head, inside, view.ends[branch.to], width)
            continue
        below = chain or len(inside) > _DEEPEST
        title = node_title(view.nodes[branch.to], view)
        yield f"{head}{title}{' (below)' if below else ''}"
        if below:
            later.append(branch.to)
        else:
            yield from _branches(view.nodes[branch.to], inside, view, width, heights, later, False)


def _arrow(branch: Branch) -> str:
    return "─▶" if branch.on_path else "─▷" if branch.planned else "──"


def _move(branch: Branch, node: ViewNode, view: TreeView) -> str:
    takers = branch.takers(view.kinds(node.player)) if node.player else branch.chance
    return f"{branch.action} ({takers})" if takers else branch.action


def node_title(node: ViewNode, view: TreeView) -> str:
    """`answer: Defender`, with the information set in braces where it has several nodes."""
    shared = f" {{{node.shared}}}" if node.shared else ""
    return f"{node.title}: {view.shown(node.player)}{shared}"


def payoffs_text(end: ViewEnd) -> list[str]:
    """The payoffs of an outcome, one text a player; several types as `(hard a, soft b)`."""
    return [
        pairs[0][1] if len(pairs) == 1 else "(" + ", ".join(f"{k} {text}" for k, text in pairs) + ")"
        for pairs in end.payoffs
    ]


def _end_lines(head: str, inside: str, end: ViewEnd, width: int) -> Iterator[str]:
    texts = payoffs_text(end)
    one = f"{head}{end.name}: {', '.join(texts)}"
    if len(one) <= width:
        yield one
        return
    yield f"{head}{end.name}:"
    room = max(width - len(inside), 24)
    whole = ", ".join(texts)
    pieces = [whole] if len(whole) <= room else [t + "," for t in texts[:-1]] + texts[-1:]
    for piece in pieces:
        for line in wrap(piece, room, subsequent_indent="  ", break_long_words=False):
            yield inside + line


def legend_lines(view: TreeView) -> list[str]:
    """Under the tree: whose payoff is which, who has which types, what marks and braces mean."""
    lines = [f"Payoffs in the order {', '.join(p.name for p in view.players)}"]
    renamed = [f"{p.name} is {p.shown}" for p in view.players if p.shown.lower() != p.name.lower()]
    if renamed:
        lines.append("; ".join(renamed))
    for player in view.players:
        if player.types and all(chance for _, chance in player.types):
            kinds = ", ".join(f"{kind} with probability {chance}" for kind, chance in player.types)
            lines.append(f"{player.shown} knows its own type: {kinds}")
        elif player.types:
            lines.append(f"{player.shown} knows its own type: {' or '.join(k for k, _ in player.types)}")
    if view.draw:
        lines.append(
            "Types are drawn jointly: " + "; ".join(f"{k} with probability {v}" for k, v in view.draw)
        )
    shared = dict.fromkeys(n.shared for n in view.nodes.values() if n.shared)
    if shared:
        names = ", ".join(f"{{{s}}}" for s in shared)
        lines.append(f"Places with the same name in braces cannot be told apart: {names}")
    if view.marked:
        off = any(b.planned for n in view.nodes.values() for b in n.branches)
        lines.append(f"▶ played in {view.marked}" + ("; ▷ planned in it, off the path" if off else ""))
    return lines


def outcome_lines(view: TreeView) -> list[str]:
    """The outcomes whose label says more than their name."""
    named = {end.name: end.label for end in view.ends.values() if end.label and end.label != end.name}
    return [f"{name}: {label}" for name, label in named.items()]
