"""Subgames: the parts of a tree that are games of their own, and the tree cut at them.

A subgame begins at a node that is alone in its information set (or at a chance node) and holds everything
after it, and no information set reaches out of it.  A stage is what is left of a subgame once the smaller
subgames inside it are taken away: solved from the last to the first, stages give the subgame-perfect
equilibria.  Everything here is linear in the size of the tree.  Source: [Selten1975].
"""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.errors import GameError, expect
from deterrence.games.tree import ExtensiveForm, InformationSet


@dataclass(frozen=True)
class Stage:
    """A subgame without the smaller subgames inside it.

    `nodes` are its own nodes, each after the one before it, `sets` the information sets among them, and
    `exits` the roots of the smaller subgames that its moves lead to.
    """

    root: str
    nodes: tuple[str, ...]
    sets: tuple[InformationSet, ...]
    exits: tuple[str, ...]


def subgame_roots(tree: ExtensiveForm) -> tuple[str, ...]:
    """The nodes where a subgame begins, each after the one before it; the root of the tree is the first.

    >>> tree = ExtensiveForm.build(
    ...     ["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "ours"}},
    ...      "ours": {"player": "us", "moves": {"a": "theirs_a", "b": "theirs_b"}},
    ...      "theirs_a": {"player": "them", "moves": {"c": "x", "d": "y"}, "information": "theirs"},
    ...      "theirs_b": {"player": "them", "moves": {"c": "y", "d": "x"}, "information": "theirs"}},
    ...     {"SQ": [0, 0], "x": [1, -1], "y": [-1, 1]})
    >>> subgame_roots(tree)
    ('open', 'ours')
    """
    expect("subgame_roots", tree, ExtensiveForm)
    order = tree.order
    children = _children(tree)
    size: dict[str, int] = {}
    for identifier in reversed(order):
        size[identifier] = 1 + sum(size[c] for c in children[identifier])
    place = {tree.root.id: 0}  # depth first, so that a subtree is an interval
    for identifier in order:
        at = place[identifier] + 1
        for child in children[identifier]:
            place[child] = at
            at += size[child]
    low, high = dict(place), dict(place)  # the interval that the information sets of a subtree span
    for h in tree.information:
        if len(h.nodes) > 1:
            first, last = min(place[n] for n in h.nodes), max(place[n] for n in h.nodes)
            for n in h.nodes:
                low[n], high[n] = first, last
    for identifier in reversed(order):
        for child in children[identifier]:
            low[identifier] = min(low[identifier], low[child])
            high[identifier] = max(high[identifier], high[child])
    return tuple(n for n in order if low[n] >= place[n] and high[n] < place[n] + size[n])


def subgame(tree: ExtensiveForm, node: str) -> ExtensiveForm:
    """The subgame that begins at a node, as a tree with the same players and parameters.

    Raises UnknownName for an unknown node, GameError where no subgame begins, naming an information set that
    would be cut.
    """
    expect("subgame", tree, ExtensiveForm)
    children = _children(tree)
    found = [tree.node(node).id]
    for identifier in found:
        found += children[identifier]
    inside = set(found)
    for h in tree.information:
        within = sum(n in inside for n in h.nodes)
        if 0 < within < len(h.nodes):
            raise GameError(
                f"no subgame begins at {node}: the information set {h.name} has nodes inside and outside it "
                f"({', '.join(h.nodes[:6])}); subgames begin at {', '.join(subgame_roots(tree)[:20])}"
            )
    ends = {to for n in found for _, to in tree.node(n).moves}
    return ExtensiveForm(
        tree.players,
        tuple(tree.node(n) for n in found),
        tuple(o for o in tree.outcomes if o.id in ends),
        tree.domain,
    )


def stages(tree: ExtensiveForm) -> tuple[Stage, ...]:
    """The stages of the tree, the last first: each comes after all those that its exits name."""
    roots = set(subgame_roots(tree))
    home: dict[str, str] = {}
    nodes: dict[str, list[str]] = {}
    exits: dict[str, list[str]] = {}
    children = _children(tree)
    for identifier in tree.order:
        if identifier in roots:
            home[identifier] = identifier
            nodes[identifier], exits[identifier] = [], []
        root = home[identifier]
        nodes[root].append(identifier)
        for child in children[identifier]:
            home[child] = root
            if child in roots:
                exits[root].append(child)
    sets: dict[str, list[InformationSet]] = {root: [] for root in nodes}
    for h in tree.information:
        sets[home[h.nodes[0]]].append(h)
    return tuple(
        Stage(root, tuple(nodes[root]), tuple(sets[root]), tuple(exits[root])) for root in reversed(nodes)
    )


def _children(tree: ExtensiveForm) -> dict[str, list[str]]:
    return {n.id: [to for _, to in n.moves if not tree.is_end(to)] for n in tree.nodes}
