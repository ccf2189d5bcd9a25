"""Terminal pages for trees: the tree with a path marked, equilibria grouped by play, what happens where."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import Prover
from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.games.strategic import StrategicForm
from deterrence.games.tree import ExtensiveForm
from deterrence.show.paragraphs import heading, indented, labelled
from deterrence.show.phrases import condition_text, free_conditions, payoff_words, value_words
from deterrence.show.sentences import region_sentence
from deterrence.show.tree_choice import chosen_path
from deterrence.show.tree_sentences import (
    behaviour_sentence,
    belief_sentences,
    path_heading,
    path_sentences,
    projection_sentence,
    range_sentences,
    refinement_sentences,
)
from deterrence.show.tree_text import legend_lines, outcome_lines, tree_text
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Atlas, Equilibrium, Path
from deterrence.study.outcomes import Happening, outcomes, outcomes_of

_SHOWN_TIES = 8


def tree_block(subject: ExtensiveForm | Model, marks: Equilibrium | None = None) -> RenderableType:
    """The tree in the words of the file, who is who, the outcomes; the path of `marks` is marked."""
    view = view_of(subject, marks)
    parts: list[RenderableType] = [
        Text(tree_text(view), no_wrap=True, overflow="fold"),
        Text(". ".join(legend_lines(view)) + ".", style="dim"),
    ]
    labels = outcome_lines(view)
    if labels:
        parts.append(Text("Outcomes: " + "; ".join(labels) + ".", style="dim"))
    return Group(*parts)


def marked(atlas: Atlas, identifier: str | None = None) -> Equilibrium | None:
    """The equilibrium to mark in the tree: the one asked for, else that of `chosen_path`.

    Raises UnknownName for an equilibrium that the atlas lacks.
    """
    if not isinstance(atlas.game, ExtensiveForm):
        if identifier is not None:
            raise OutOfScope(f"--mark is for equilibria of trees; this is a {atlas.concept} of plans")
        return None
    if identifier is not None:
        return atlas[identifier]
    return chosen_path(atlas)[0]


def plans_line(form: StrategicForm) -> str:
    """How the names of plans are to be read: the information sets that they name the moves at, in order."""
    parts = [
        f"{form.tree.player(name).shown} at {', '.join(h.name for h in form.tree.owned_by(name))}"
        for name in form.names
        if len(form.tree.owned_by(name)) > 1
    ]
    return f"Plans name moves in this order, as far as they matter: {'; '.join(parts)}." if parts else ""


# -- equilibria -----------------------------------------------------------------------------------
def tree_equilibria(
    atlas: Atlas, tree: ExtensiveForm, ask: Prover, solve_for: str | None, everything: bool
) -> list[RenderableType]:
    """The equilibria, grouped by play on the path where the atlas has groups; ties come last."""
    groups = grouped(atlas)
    main = [(path, members) for path, members in groups if any(e.generic for e in members)]
    ties = [(path, members) for path, members in groups if not any(e.generic for e in members)]
    how = ", by what is played on the path" if atlas.paths else ""
    parts: list[RenderableType] = [
        heading(f"Equilibria ({atlas.concept}){how}, each with the exact region where it exists")
    ]
    for path, members in main:
        shown_now = members if everything else [e for e in members if e.generic]
        parts += _group_lines(path, shown_now, tree, ask, solve_for)
        if len(shown_now) < len(members):
            left = len(members) - len(shown_now)
            parts.append(indented(f"and {left} only on a knife edge: --all shows them", 10))
    if ties:
        shown = ties if everything else ties[:_SHOWN_TIES]
        parts.append(heading("Ties: components that exist only on a knife edge"))
        for path, members in shown:
            parts += _group_lines(path, members, tree, ask, solve_for)
        if len(shown) < len(ties):
            parts.append(indented(f"and {len(ties) - len(shown)} more: --all shows them"))
    return parts


def grouped(atlas: Atlas) -> list[tuple[Path | None, list[Equilibrium]]]:
    """The equilibria by play on the path; each on its own where the atlas has no groups."""
    if not atlas.paths:
        return [(None, [e]) for e in atlas.equilibria]
    inside = {name for path in atlas.paths for name in path.members}
    found: list[tuple[Path | None, list[Equilibrium]]] = [
        (path, [atlas[name] for name in path.members]) for path in atlas.paths if path.members
    ]
    return found + [(None, [e]) for e in atlas.equilibria if e.id not in inside]


def _group_lines(
    path: Path | None,
    members: Sequence[Equilibrium],
    tree: ExtensiveForm,
    ask: Prover,
    solve_for: str | None,
) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if path is not None:
        parts.append(labelled(path.id, path_heading(members[0], tree)))
        if len(members) > 1 or path.every != path.some:
            parts += [indented(Text(t, style="green"), 6) for t in path_sentences(path, ask, solve_for)]
    by = 0 if path is None else 4
    for e in members:
        parts += tree_equilibrium_lines(e, tree, ask, solve_for, by)
    return parts


def tree_equilibrium_lines(
    e: Equilibrium, tree: ExtensiveForm, ask: Prover, solve_for: str | None = None, by: int = 0
) -> list[RenderableType]:
    """One equilibrium: behaviour, region, beliefs, refinements, payoffs."""
    where = region_sentence(e, ask, solve_for) if e.projected else projection_sentence(e, ask)
    played = behaviour_sentence(e, tree, ask)
    believed = belief_sentences(e, tree, ask)
    lines: list[RenderableType] = [
        _inside(labelled(e.id, played), by),
        indented(Text(where, style="green" if e.generic else "yellow"), 6 + by),
    ]
    extra = free_conditions(e, ask) if e.projected else ""
    if extra:
        lines.append(indented(f"for {', '.join(r.name for r in e.free)} with {extra}", 6 + by))
    ranges = range_sentences(e, ask, " ".join([played, *believed])) if e.projected else []
    lines += [indented(t, 6 + by) for t in (*ranges, *believed)]
    lines += [indented(Text(t, style="cyan"), 6 + by) for t in refinement_sentences(e, ask, solve_for)]
    paid = payoff_words(e.payoffs, tree, ask)
    lines.append(indented(Text(f"payoffs: {paid}", style="dim"), 6 + by))
    return lines


def _inside(item: Table, by: int) -> RenderableType:
    return Padding(item, (0, 0, 0, by)) if by else item


def tree_point_lines(e: Equilibrium, tree: ExtensiveForm, ask: Prover) -> list[RenderableType]:
    """One equilibrium at a point: behaviour, beliefs, outcomes and payoffs with decimals beside."""
    played = behaviour_sentence(e, tree, ask, True)
    believed = belief_sentences(e, tree, ask, True)
    lines: list[RenderableType] = [labelled(e.id, played)]
    extra = free_conditions(e, ask)
    if extra:
        lines.append(indented(f"for {', '.join(r.name for r in e.free)} with {extra}", 6))
    lines += [
        indented(t, 6) for t in (*range_sentences(e, ask, " ".join([played, *believed]), True), *believed)
    ]
    happens = ", ".join(_chance(name, value_words(v, ask, True)) for name, v in outcomes_of(e, tree))
    lines.append(indented(f"what happens: {happens}", 6))
    paid = payoff_words(e.payoffs, tree, ask, True)
    lines.append(indented(Text(f"payoffs: {paid}", style="dim"), 6))
    return lines


# -- outcomes -------------------------------------------------------------------------------------
def outcomes_page(atlas: Atlas, ask: Prover, solve_for: str | None, everything: bool) -> list[RenderableType]:
    """The table of what happens where; knife-edge rows only when asked for."""
    if not isinstance(atlas.game, ExtensiveForm | StrategicForm):
        return []
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("where", overflow="fold", ratio=4)
    table.add_column("in", overflow="fold", ratio=1)
    table.add_column("outcomes with their probabilities", overflow="fold", ratio=4)
    rows = outcomes(atlas)
    if not rows:
        return []
    for row in rows:
        if not everything and not row.full_dimensional:
            continue
        where = condition_text(row.region, ask, solve_for)
        label = "everywhere" if where == "true" else where
        label = label if row.full_dimensional else f"(edge) {label}"
        if not row.happenings:
            table.add_row(label, "none", "")
        for k, happening in enumerate(row.happenings):
            table.add_row("" if k else label, " ".join(happening.equilibria), happening_words(happening, ask))
    hidden = 0 if everything else sum(not row.full_dimensional for row in rows)
    parts: list[RenderableType] = [heading("What happens: the outcomes"), table]
    if hidden:
        parts.append(indented(f"and {hidden} knife-edge rows: --all shows them"))
    return parts


def happening_words(happening: Happening, ask: Prover) -> str:
    """The outcomes and probabilities of one entry, such as `SQ for sure` or `SQ p, DD 1 - p`."""
    words = ", ".join(_chance(name, value_words(v, ask)) for name, v in happening.chances)
    return f"{words} (for any {', '.join(happening.free)} in its range)" if happening.free else words


def _chance(name: str, text: str) -> str:
    return f"{name} for sure" if text == "1" else f"{name} {text}"
