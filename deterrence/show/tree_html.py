"""Trees and their equilibria in Jupyter: the picture inline, equilibria grouped by play on the path."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from deterrence.algebra.decide import Prover, prover
from deterrence.catalogue.models import Model
from deterrence.games.tree import ExtensiveForm
from deterrence.show.html_parts import (
    MANY_EDGES,
    folded,
    point_html,
    profile_html,
    table_html,
    value_html,
    where_html,
)
from deterrence.show.sentences import completeness_sentence
from deterrence.show.tree_pages import grouped, marked
from deterrence.show.tree_sentences import (
    behaviour_sentence,
    belief_sentences,
    path_heading,
    projection_sentence,
    range_sentences,
    refinement_sentences,
)
from deterrence.show.tree_shape import TreeView
from deterrence.show.tree_svg import MAX_PLACES, view_svg
from deterrence.show.tree_text import tree_text
from deterrence.show.tree_view import tree_of, view_of
from deterrence.solve.atlas import Atlas, Equilibrium, Path
from deterrence.solve.closures import closed_region
from deterrence.study.outcomes import OutcomeRow, outcomes

_MOST_NODES = 5000


_ROWS = 24  # of a table in which knife edges are listed, too


def tree_html(subject: ExtensiveForm | Model, marks: Equilibrium | None = None) -> str:
    """The picture of a tree, which scrolls where it is wide; very large trees as text, cut."""
    nodes = len(tree_of(subject).nodes)
    if nodes > _MOST_NODES:
        return f"<p>A tree of {nodes} nodes, too many to draw.</p>"
    title = (subject.source.title or subject.name) if isinstance(subject, Model) else ""
    return _picture(view_of(subject, marks), title)


def _picture(view: TreeView, title: str) -> str:
    if len(view.nodes) > MAX_PLACES:
        return f"<pre>{escape(tree_text(view))}</pre>"
    return f'<div style="overflow-x:auto">{view_svg(view, title)}</div>'


def tree_atlas_html(atlas: Atlas, tree: ExtensiveForm) -> str:
    """The tree, the equilibria grouped by play on the path, what happens where, and completeness."""
    ask = prover(atlas.domain.given)
    head = ["", "equilibrium", "exactly where", "believed", "payoffs"]
    rows: dict[bool, list[list[str]]] = {True: [], False: []}
    for path, members in grouped(atlas):
        there = rows[any(e.generic for e in members)]
        if path is not None:
            there.append([f"<b>{path.id}</b>", *_path_row(path, members[0], tree)])
        there += [_row(e, tree, ask) for e in members]
    if not any(row[3] for group in rows.values() for row in group):
        head = [*head[:3], head[4]]
        rows = {generic: [[*row[:3], row[4]] for row in group] for generic, group in rows.items()}
    many = len(rows[False]) > MANY_EDGES
    parts = [tree_html(tree, marked(atlas)), table_html(head, rows[True] + ([] if many else rows[False]))]
    if many:
        parts.append(folded(f"{len(rows[False])} more on knife edges", table_html(head, rows[False])))
    rows_shown = [row for row in outcomes(atlas) if row.full_dimensional and row.happenings]
    if rows_shown:
        parts.append(outcomes_html(rows_shown))
    parts.append(f"<p><i>{escape(completeness_sentence(atlas))}</i></p>")
    return "".join(parts)


def outcomes_html(rows: Sequence[OutcomeRow]) -> str:
    """What happens where, a line for each group of equilibria; knife edges are marked, or counted if many."""
    edges = [row for row in rows if not row.full_dimensional]
    many = len(rows) > _ROWS
    lines = [
        [
            where_html(row.region) if row.full_dimensional else f"knife edge: {where_html(row.region)}",
            " ".join(h.equilibria),
            "<br>".join(f"{escape(name)} {value_html(v)}" for name, v in h.chances),
            "" if row.witness is None else point_html(row.witness),
        ]
        for row in rows
        for h in row.happenings
        if row.full_dimensional or not many
    ]
    left = f"<p>and {len(edges)} knife edges</p>" if many and edges else ""
    return table_html(["where", "in", "what happens", "for example"], lines) + left


def _path_row(path: Path, first: Equilibrium, tree: ExtensiveForm) -> list[str]:
    where = f"some behaviour off the path: {where_html(path.some)}"
    if path.every is not None:
        where += f"<br>every rational one: {where_html(path.every)}"
    kept = [f"{escape(name)}: {where_html(region)}" for name, region in path.refined]
    return [f"<b>{escape(path_heading(first, tree))}</b>", where, "<br>".join(kept), ""]


def _row(e: Equilibrium, tree: ExtensiveForm, ask: Prover) -> list[str]:
    played, believed = behaviour_sentence(e, tree, ask), belief_sentences(e, tree, ask)
    if e.projected:
        where = where_html(closed_region(e, ask))
        said = [*range_sentences(e, ask, " ".join([played, *believed])), *believed]
    else:
        where, said = escape(projection_sentence(e, ask)), believed
    said += refinement_sentences(e, ask)
    paid = "<br>".join(f"{escape(tree.player(p).shown)} {value_html(v, ask)}" for p, v in e.payoffs)
    label = where if e.generic else f"knife edge: {where}"
    return [e.id, profile_html(e, ask), label, "<br>".join(map(escape, said)), paid]
