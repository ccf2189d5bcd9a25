"""What `why` says of a pure profile of a tree: a table of one-shot deviations, and where none pays."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.games.behaviour import Behaviour
from deterrence.games.tree import ExtensiveForm
from deterrence.show.paragraphs import heading
from deterrence.show.phrases import condition_text, value_words
from deterrence.show.tree_sentences import node_words
from deterrence.study.tree_deviations import TreeDeviation, rational_region, tree_deviations

Point = Mapping[str, Fraction]


def why_tree_page(tree: ExtensiveForm, behaviour: Behaviour, point: Point | None) -> RenderableType:
    """Every one-shot deviation with its gain, whether it pays, and the region where none does."""
    ask = prover(tree.domain.given)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("at", "instead of", "plays", "gains", "deterred where"):
        table.add_column(name, overflow="fold")
    listed = tree_deviations(tree, behaviour)
    for d in listed:
        row = [_place(d, tree), d.action, d.instead, value_words(d.gain, ask)]
        where = condition_text(d.deterred_where, ask)
        if point is not None:
            amount = d.gain.at(point)
            row[3] += f" = {amount}"
            where += ": yes" if amount <= 0 else ": NO, it pays"
        table.add_row(*(Text(cell) for cell in (*row, where)))  # brackets are no markup
    return Group(
        heading("Leaving the profile once, at one information set at a time"),
        table,
        Text(rational_sentence(tree, behaviour, listed)),
    )


def _place(d: TreeDeviation, tree: ExtensiveForm) -> str:
    player = tree.player(d.player).shown
    if d.node:
        believed = node_words(tree, tree.information_set(d.place), d.node)
        return f"{d.place}: {player} (off the path), if {believed}"
    return f"{d.place}: {player}" + ("" if d.on_path else " (off the path)")


def rational_sentence(tree: ExtensiveForm, behaviour: Behaviour, listed: tuple[TreeDeviation, ...]) -> str:
    """Where no deviation pays, and what that makes of the profile."""
    region = rational_region(tree, behaviour)
    loose = list(dict.fromkeys(d.place for d in listed if d.node))
    if region == EVERYWHERE:
        where = "everywhere"
    elif region == NOWHERE:
        where = "nowhere"
    else:
        where = f"exactly where {region_text(region)}"
    if tree.has_perfect_information:
        return f"The profile is a subgame-perfect equilibrium {where}."
    if not loose:
        return f"No one-shot deviation pays, with beliefs by Bayes' rule, {where}."
    return (
        f"No one-shot deviation pays, with some belief at {', '.join(loose)}, {where}. Beliefs off the "
        "path are chosen one set at a time here; solve shows the equilibria with consistent ones."
    )


def why_tree_json(tree: ExtensiveForm, behaviour: Behaviour, point: Point | None) -> dict[str, Any]:
    """The same as data; `node` is null where beliefs follow Bayes' rule or the set is a single node."""
    rows = []
    for d in tree_deviations(tree, behaviour):
        row: dict[str, Any] = {
            "player": d.player,
            "place": d.place,
            "on_path": d.on_path,
            "node": d.node or None,
            "action": d.action,
            "instead": d.instead,
            "gain": value_text(d.gain),
            "deterred_where": region_text(d.deterred_where),
        }
        if point is not None:
            row["gain_at_point"] = str(d.gain.at(point))
        rows.append(row)
    return {
        "profile": {h: next(a for a, v in s.items() if not v.is_zero) for h, s in behaviour.items()},
        "region": region_text(rational_region(tree, behaviour)),
        "point": None if point is None else {n: str(v) for n, v in point.items()},
        "deviations": rows,
    }
