"""Terminal output: matrices, atlases, phase diagrams, verdicts and the ledger, for 80 columns and up.

Builds rich renderables; `to_text` renders any of them as plain text, which is what pipes and tests see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.value import number
from deterrence.catalogue.models import Model
from deterrence.catalogue.source import ModelSource
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm, Player
from deterrence.games.strategic import StrategicForm
from deterrence.games.tree import ExtensiveForm
from deterrence.show.network_text import network_block
from deterrence.show.paragraphs import heading as heading
from deterrence.show.paragraphs import indented as indented
from deterrence.show.paragraphs import labelled as labelled
from deterrence.show.paragraphs import to_text as to_text
from deterrence.show.phrases import condition_text, free_conditions, payoff_words, point_text, value_words
from deterrence.show.repeated_text import stage_lines, time_lines
from deterrence.show.sentences import (
    completeness_sentence,
    never_sure,
    profile_sentence,
    region_sentence,
)
from deterrence.show.tree_choice import chosen_path
from deterrence.show.tree_pages import (
    marked,
    outcomes_page,
    plans_line,
    tree_block,
    tree_equilibria,
    tree_point_lines,
)
from deterrence.solve.atlas import Atlas, Equilibrium, Game
from deterrence.study.deviations import Deviation

_SHOWN_KNIFE_EDGES = 8


# -- games ----------------------------------------------------------------------------------------
def matrix(game: NormalForm, texts: Mapping[tuple[str, ...], Sequence[str]] | None = None) -> RenderableType:
    """The payoff matrix; three and more players as one table a combination of the others' actions."""
    shown = texts or {
        profile: [value_text(v) for v in row]
        for profile, row in zip(game.profiles(), game.payoffs, strict=True)
    }
    if len(game.players) == 1:
        return _one_player(game, shown)
    if len(game.players) == 2:
        return _bimatrix(game, shown, ())
    if len(game.players) == 3:
        slices: list[RenderableType] = []
        for action in game.players[2].actions:
            slices.append(Text(f"{game.players[2].shown} plays {action}", style="italic"))
            slices.append(_bimatrix(game, shown, (action,)))
        return Group(*slices)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for p in game.players:
        table.add_column(p.shown)
    table.add_column("payoffs", overflow="fold")
    for profile, row in shown.items():
        table.add_row(*profile, ", ".join(row))
    return table


def _one_player(game: NormalForm, shown: Mapping[tuple[str, ...], Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(game.players[0].shown)
    table.add_column("payoff")
    for profile, row in shown.items():
        table.add_row(profile[0], row[0])
    return table


def _bimatrix(
    game: NormalForm, shown: Mapping[tuple[str, ...], Sequence[str]], rest: tuple[str, ...]
) -> Table:
    rows, columns = game.players[0], game.players[1]
    table = Table(box=box.SQUARE, show_lines=True)
    table.add_column(f"{rows.name} \\ {columns.name}", style="bold")
    for action in columns.actions:
        table.add_column(action, justify="center", overflow="fold")
    for own in rows.actions:
        cells = []
        for other in columns.actions:
            entries = shown[(own, other, *rest)]
            joined = ", ".join(entries)
            cells.append(joined if len(joined) <= 26 else ",\n".join(entries))
        table.add_row(own, *cells)
    return table


def parameters_table(source: ModelSource, point: Mapping[str, Fraction] | None = None) -> Table:
    """The parameters with meanings, domains and values."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("symbol", style="bold", no_wrap=True)
    table.add_column("meaning", overflow="fold")
    table.add_column("domain", overflow="fold")
    table.add_column("example", justify="right", no_wrap=True)
    for p in source.parameters:
        table.add_row(
            p.name, p.meaning, p.domain_text or "any number", "" if p.example is None else str(p.example)
        )
    return table


def model_page(model: Model) -> RenderableType:
    """What `show` prints: title, summary, parameters, game, claims, sources."""
    s = model.source
    parts: list[RenderableType] = [title_line(s), Text(s.summary), heading("Parameters"), parameters_table(s)]
    if s.assumption_texts:
        parts += [heading("Assumed throughout"), *(indented(t) for t in s.assumption_texts)]
    if s.definition_texts:
        parts += [heading("Short for"), *(indented(f"{n} = {t}") for n, t in s.definition_texts)]
    if s.repeated is not None:
        parts += [heading("States" if s.repeated.states else "The stage"), stage_block(model)]
        parts += time_lines(model)
    elif s.network is not None:
        parts += [heading("The network"), network_block(model)]
    elif s.nodes:
        parts += [heading("The tree"), tree_block(model)]
    elif s.players:
        parts += [heading("Payoffs"), payoff_matrix(model)]
    if s.claims:
        parts.append(heading("Claims"))
        for c in s.claims:
            tag = f" [{c.article}]" if c.article else ""
            parts.append(indented(Text.assemble((c.id, "bold"), f"{tag}  {c.text}")))
    if s.sources:
        parts.append(heading("Sources"))
        parts += [
            indented(f"{r.key}, {r.locus} ({r.status})" if r.locus else f"{r.key} ({r.status})")
            for r in s.sources
        ]
    return Group(*parts)


def title_line(source: ModelSource) -> Text:
    """The title and the name to type."""
    return Text.assemble((source.title or source.name, "bold underline"), f"   {source.name}")


def payoff_matrix(model: Model) -> RenderableType:
    """The payoff matrix in the words of the file, with who is who underneath.

    Raises OutOfScope for a model of another kind.
    """
    game = model.pieces[0][1] if model.pieces else None
    if not isinstance(game, NormalForm):
        raise OutOfScope(f"{model.name} has no payoff matrix; it is of the kind {model.source.kind}")
    who = [f"{p.name} is {p.label}" for p in game.players if p.shown.lower() != p.name]
    order = f"payoffs in the order {', '.join(game.names)}"
    return Group(matrix(game, model.source.payoff_texts), Text("; ".join([order, *who]), style="dim"))


def stage_block(model: Model) -> RenderableType:
    """The stage of a repeated model, its matrix or its states; OutOfScope for a model of another kind."""
    source = model.source
    if source.repeated is None:
        raise OutOfScope(f"{model.name} is of the kind {source.kind}, which has no stage")
    if source.repeated.states or source.nodes:
        return stage_lines(model, tree_outline(source) if source.nodes else None)
    players = tuple(Player(p.name, p.actions, p.label) for p in source.players)
    rows = tuple(tuple(number(0) for _ in players) for _ in source.payoffs)
    return stage_lines(model, matrix(NormalForm(players, rows), source.payoff_texts))


def tree_outline(source: ModelSource) -> RenderableType:
    """A stage in which players move in turn, one line a node."""
    lines = [
        indented(f"{n.id} ({n.player}): " + ", ".join(f"{a} leads to {to}" for a, to in n.moves))
        for n in source.nodes
    ]
    ends = [
        indented(
            f"{o.id}: "
            + ", ".join(f"{p.name} {t}" for p, t in zip(source.players, o.payoff_texts, strict=True))
        )
        for o in source.outcomes
    ]
    return Group(*lines, *ends)


def game_outline(model: Model) -> RenderableType:
    """The stage, the network or the matrix of a model that is no tree."""
    if model.source.repeated is not None:
        return stage_block(model)
    return network_block(model) if model.source.network is not None else payoff_matrix(model)


def game_block(model: Model, atlas: Atlas, mark: str | None = None) -> RenderableType:
    """What `solve` prints above the equilibria: the matrix, or the tree with an equilibrium marked."""
    if model.source.repeated is not None:
        if mark is not None:
            raise OutOfScope(f"{model.name} is no tree, so it has no path to mark; leave out --mark")
        return stage_block(model)
    if model.source.network is not None and mark is None:
        return network_block(model)
    if not model.source.nodes:
        if mark is not None:
            raise OutOfScope(f"{model.name} is no tree, so it has no path to mark; leave out --mark")
        return payoff_matrix(model)
    chosen = marked(atlas, mark)
    notes = []
    if isinstance(atlas.game, StrategicForm):
        notes = [plans_line(atlas.game)]
    elif mark is None:
        notes = [chosen_path(atlas)[1]]
    return Group(tree_block(model, chosen), *(Text(t, style="dim") for t in notes if t))


# -- atlases --------------------------------------------------------------------------------------
def equilibrium_lines(
    e: Equilibrium, game: Game, ask: Prover, solve_for: str | None = None
) -> list[RenderableType]:
    """One equilibrium: its sentence, its condition, its payoffs."""
    lines: list[RenderableType] = [
        labelled(e.id, profile_sentence(e, game, ask)),
        indented(Text(region_sentence(e, ask, solve_for), style="green" if e.generic else "yellow"), 6),
    ]
    extra = free_conditions(e, ask)
    if extra:
        lines.append(indented(f"for {', '.join(r.name for r in e.free)} with {extra}", 6))
    paid = payoff_words(e.payoffs, game, ask)
    lines.append(indented(Text(f"payoffs: {paid}", style="dim"), 6))
    return lines


def atlas_page(
    atlas: Atlas, source: ModelSource | None = None, solve_for: str | None = None, everything: bool = False
) -> RenderableType:
    """What `solve` prints below the matrix: equilibria, phase diagram, completeness."""
    ask = prover(atlas.domain.given)
    parts: list[RenderableType] = []
    if isinstance(atlas.game, ExtensiveForm):
        parts += tree_equilibria(atlas, atlas.game, ask, solve_for, everything)
    else:
        parts += _equilibria(atlas, ask, solve_for, everything)
    sentences = never_sure(atlas)
    if sentences:
        parts.append(Text(""))
        parts += [Text(t) for t in sentences]
    if atlas.cells:
        parts += [
            heading("Phase diagram: which equilibria exist where"),
            cells_table(atlas, ask, solve_for, everything),
        ]
    parts += outcomes_page(atlas, ask, solve_for, everything)
    parts += [Text(""), Text(completeness_sentence(atlas), style="italic")]
    return Group(*parts)


def _equilibria(atlas: Atlas, ask: Prover, solve_for: str | None, everything: bool) -> list[RenderableType]:
    generic = [e for e in atlas.equilibria if e.generic]
    edges = [e for e in atlas.equilibria if not e.generic]
    parts: list[RenderableType] = [
        heading(f"Equilibria ({atlas.concept}), each with the exact region where it exists")
    ]
    for e in generic:
        parts += equilibrium_lines(e, atlas.game, ask, solve_for)
    if edges:
        hidden = 0 if everything or len(edges) <= _SHOWN_KNIFE_EDGES else len(edges) - _SHOWN_KNIFE_EDGES
        parts.append(heading("Ties: components that exist only on a knife edge"))
        for e in edges[: len(edges) - hidden]:
            parts += equilibrium_lines(e, atlas.game, ask, solve_for)
        if hidden:
            parts.append(indented(f"and {hidden} more: --all shows them"))
    return parts


def cells_table(atlas: Atlas, ask: Prover, solve_for: str | None, everything: bool) -> RenderableType:
    """The cells of the phase diagram; knife-edge cells only when asked for."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    table.add_column("where", overflow="fold", ratio=5)
    table.add_column("equilibria", overflow="fold", ratio=1)
    table.add_column("for example", overflow="fold", ratio=3, style="dim")
    shown = [c for c in atlas.cells if everything or c.full_dimensional]
    for cell in shown:
        witness = "an irrational point" if cell.witness is None else point_text(cell.witness)
        where = condition_text(cell.region, ask, solve_for)
        label = "everywhere" if where == "true" else where
        table.add_row(
            label if cell.full_dimensional else f"(edge) {label}",
            " ".join(cell.equilibria) or "none",
            witness,
        )
    hidden = len(atlas.cells) - len(shown)
    if not hidden:
        return table
    return Group(table, indented(f"and {hidden} knife-edge cells: --all shows them"))


def point_page(atlas: Atlas, point: Mapping[str, Fraction], found: Sequence[Equilibrium]) -> RenderableType:
    """What `at` prints: the equilibria at one exact point, decimals beside."""
    ask = prover(atlas.domain.given)
    parts: list[RenderableType] = [heading(f"At {point_text(point)}")]
    tree = atlas.game.at(point) if isinstance(atlas.game, ExtensiveForm) else None
    for e in found:
        if tree is not None:
            parts += tree_point_lines(e, tree, ask)
            continue
        parts.append(labelled(e.id, profile_sentence(e, atlas.game, ask, True)))
        if any(not r.described for r in e.free):
            parts.append(indented(f"for {', '.join(r.name for r in e.free)} with {region_text(e.where)}", 6))
        paid = payoff_words(e.payoffs, atlas.game, ask, True)
        parts.append(indented(Text(f"payoffs: {paid}", style="dim"), 6))
    if not found:
        parts.append(indented(f"no equilibrium of the class searched ({atlas.complete.scope})"))
    return Group(*parts)


def why_page(
    game: NormalForm, profile: Sequence[str], found: Sequence[Deviation], point: Mapping[str, Fraction] | None
) -> RenderableType:
    """What `why` prints: every change of action, its gain, and whether it pays."""
    ask = prover(game.domain.given)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("player", "instead of", "plays", "gains"):
        table.add_column(name, overflow="fold")
    table.add_column("deterred where", overflow="fold")
    for d in found:
        row = [d.player, d.action, d.instead, value_words(d.gain, ask), condition_text(d.deterred_where, ask)]
        if point is not None:
            amount = d.gain.at(point)
            row[3] += f" = {amount}"
            row[4] += ": yes" if amount <= 0 else ": NO, it pays"
        table.add_row(*row)
    names = ", ".join(f"{p} {a}" for p, a in zip(game.names, profile, strict=True))
    return Group(heading(f"Leaving the profile {names}, one player at a time"), table)
