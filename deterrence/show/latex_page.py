"""A model in LaTeX: symbols, the payoff matrix or the tree, and every equilibrium with its region.

The document compiles as it is, with the packages that it names, and its parts can be pasted elsewhere.
Expressions stand as in the printed answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import Region
from deterrence.algebra.syntax import Arithmetic, Number
from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model, atlas_of
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm
from deterrence.show.html_latex import latex_of
from deterrence.show.latex import (
    condition_latex,
    expression_latex,
    name_latex,
    region_latex,
    value_latex,
)
from deterrence.show.matrix_html import matrix_html
from deterrence.show.phrases import labels
from deterrence.show.sentences import completeness_sentence
from deterrence.show.tree_pages import grouped
from deterrence.show.tree_sentences import as_drawn, filter_words, node_words, path_heading
from deterrence.show.tree_text import outcome_lines
from deterrence.show.tree_tikz import math, plain_latex, tree_tikz
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Atlas, Equilibrium, Path, Range
from deterrence.solve.closures import closed_region

_LONG = 60
MAX_EDGES = 12  # components on knife edges that a document lists; the command line has them all

_HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[a4paper, landscape, margin=15mm]{geometry}
\usepackage{amsmath, booktabs, longtable, array, tikz}
\setlength{\parindent}{0pt}
\begin{document}"""


def model_latex(model: Model) -> str:
    """The document for a model, solved for its own concept; OutOfScope for one that is no single game."""
    game = model.pieces[0][1] if model.pieces else None
    if not isinstance(game, NormalForm | ExtensiveForm):
        raise OutOfScope(
            f"{model.name} is of the kind {model.source.kind}; LaTeX is for normal forms and trees"
        )
    atlas = atlas_of(model, None, False)
    if isinstance(game, NormalForm):
        picture = latex_of(matrix_html(game, texts=model.source.payoff_texts))
    else:
        picture = tree_latex(model)
    title = plain_latex(model.source.title or model.name)
    parts = [_HEAD, rf"\section*{{{title}}}", "", symbols_latex(model), picture, ""]
    parts += [equilibria_latex(atlas), "", plain_latex(completeness_sentence(atlas))]
    return "\n".join([*parts, r"\end{document}", ""])


def symbols_latex(model: Model) -> str:
    """What the parameters mean and where they range, and the assumptions that tie them together."""
    lines = []
    if model.source.parameters:
        lines += [r"\begin{tabular}{@{}lll@{}}", r"\toprule", r"symbol & meaning & where \\", r"\midrule"]
        for p in model.source.parameters:
            where = f"${condition_latex(parse_condition(p.domain_text))}$" if p.domain_text else "any number"
            lines.append(rf"${name_latex(p.name)}$ & {plain_latex(p.meaning)} & {where} \\")
        lines += [r"\bottomrule", r"\end{tabular}\\[1ex]", ""]
    if model.source.assumption_texts:
        joint = "; ".join(f"${condition_latex(parse_condition(t))}$" for t in model.source.assumption_texts)
        lines += [rf"Assumed throughout: {joint}.\\[1ex]", ""]
    return "\n".join(lines)


def tree_latex(model: Model) -> str:
    """The picture, made smaller where the page is too narrow for it, and who has which types."""
    view = view_of(model)
    said = [f"Payoffs in the order {', '.join(plain_latex(p.shown) for p in view.players)}."]
    for p in view.players:
        if p.types:
            kinds = [
                f"{plain_latex(k)} with probability {math(v)}" if v else plain_latex(k) for k, v in p.types
            ]
            joined = ", ".join(kinds) if all(v for _, v in p.types) else " or ".join(kinds)
            said.append(f"{plain_latex(p.shown)} alone knows its own type: {joined}.")
    if view.draw:
        drawn = "; ".join(f"{plain_latex(k)} with probability {math(v)}" for k, v in view.draw)
        said.append(f"Types are drawn jointly: {drawn}.")
    labels = outcome_lines(view)
    if labels:
        said.append(f"Outcomes: {plain_latex('; '.join(labels))}.")
    return "\n".join(
        [
            " ".join(said) + r"\\[1ex]",
            r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%",
            tree_tikz(view) + "}",
        ]
    )


# -- equilibria -----------------------------------------------------------------------------------
def equilibria_latex(atlas: Atlas, edges: int | None = MAX_EDGES) -> str:
    """A table of the equilibria: what is played and believed, where, and what it pays.

    Trees are grouped by play on the path.  Components on knife edges come last, at most `edges` of them.
    """
    ask = prover(atlas.domain.given)
    lines = [
        r"\begin{longtable}{@{}l>{\raggedright}p{0.37\textwidth}>{\raggedright}p{0.28\textwidth}"
        r">{\raggedright\arraybackslash}p{0.22\textwidth}@{}}",
        r"\toprule",
        r" & play & exactly where & payoffs \\",
        r"\midrule",
        r"\endhead",
    ]
    left = edges
    for generic in (True, False):
        kept = [(path, [e for e in members if e.generic is generic]) for path, members in grouped(atlas)]
        if not generic and any(members for _, members in kept):
            lines += [r"\midrule", r"\multicolumn{4}{@{}l}{\emph{Only on knife edges}} \\", r"\midrule"]
        for path, members in kept:
            shown = members if generic or left is None else members[:left]
            left = left if generic or left is None else left - len(shown)
            told = path is not None and (len(path.members) > 1 or path.every != path.some)
            if path is not None and told and shown and isinstance(atlas.game, ExtensiveForm):
                lines.append(_heading(path, shown[0], atlas.game))
            lines += [_row(e, atlas, ask) for e in shown]
    hidden = 0 if edges is None else max(0, sum(not e.generic for e in atlas.equilibria) - edges)
    if hidden:
        lines.append(rf"\multicolumn{{4}}{{@{{}}l}}{{and {hidden} more on knife edges}} \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{longtable}"])


def _heading(path: Path, first: Equilibrium, tree: ExtensiveForm) -> str:
    """The play on the path, where some and where every rational behaviour off it supports it, and filters."""
    where = [f"supported by some behaviour off the path: {_known(path.some)}"]
    if path.every is not None and path.every != path.some:
        where.append(f"by every rational one: {_known(path.every)}")
    where += [
        f"by some that survives {filter_words([name])}: {_known(region)}"
        for name, region in path.refined
        if region != path.some
    ]
    lines = [rf"\textbf{{{plain_latex(path.id)}}} {plain_latex(path_heading(first, tree))}", *where]
    said = r"\newline ".join(lines)
    return rf"\multicolumn{{4}}{{@{{}}>{{\raggedright\arraybackslash}}p{{\textwidth}}@{{}}}}{{{said}}} \\*"


def _known(region: Region | None) -> str:
    return "not computed" if region is None else f"${region_latex(region)}$"


def _row(e: Equilibrium, atlas: Atlas, ask: Prover) -> str:
    called = labels(atlas.game)
    paid = "; ".join(f"{plain_latex(called[p])} ${_breakable(v, ask)}$" for p, v in e.payoffs)
    places = called if isinstance(atlas.game, NormalForm) else {}
    play = "; ".join([*_play(e, ask, places), *_believed(e, atlas, ask), *_ranges(e, ask)])
    return rf"{plain_latex(e.id)} & {play} & {_where(e, ask)} & {paid} \\ \addlinespace"


def _breakable(v: Value, ask: Prover) -> str:
    """A value; a long fraction with a stroke, so that a line can break inside."""
    text = value_latex(v, ask)
    tree = parse_expression(value_text(v, ask))
    if len(text) <= _LONG or not isinstance(tree, Arithmetic) or tree.op != "/":
        return text
    below = expression_latex(tree.right)
    return f"({expression_latex(tree.left)}) / {below if isinstance(tree.right, Number) else f'({below})'}"


def _play(e: Equilibrium, ask: Prover, called: Mapping[str, str]) -> list[str]:
    said = []
    for place, strategy in e.profile:
        used = [(a, v) for a, v in strategy if not v.is_zero]
        words = ", ".join(
            plain_latex(a) if len(used) == 1 else f"{plain_latex(a)} ${value_latex(v, ask)}$" for a, v in used
        )
        said.append(rf"\textit{{{plain_latex(called.get(place, place))}}}: {words}")
    return said


def _believed(e: Equilibrium, atlas: Atlas, ask: Prover) -> list[str]:
    """What is believed at sets of several nodes, places that believe the same together."""
    tree = atlas.game
    if not isinstance(tree, ExtensiveForm):
        return []
    places: dict[str, list[str]] = {}
    for name, belief in e.beliefs:
        if not as_drawn(belief, tree):
            held = [(n, v) for n, v in belief if not v.is_zero]
            said = ", ".join(
                f"{plain_latex(node_words(tree, tree.information_set(name), n))} "
                + ("for sure" if len(held) == 1 else f"${value_latex(v, ask)}$")
                for n, v in held
            )
            places.setdefault(said, []).append(rf"\textit{{{plain_latex(name)}}}")
    return [f"believed at {', '.join(where)}: {said}" for said, where in places.items()]


def _ranges(e: Equilibrium, ask: Prover) -> list[str]:
    return [_range(r, ask) for r in e.free if r.described and r.lower and r.upper]


def _range(r: Range, ask: Prover) -> str:
    low, high = (
        value_latex(vs[0], ask)
        if len(vs) == 1
        else rf"\{name}\left({', '.join(value_latex(v, ask) for v in vs)}\right)"
        for name, vs in (("max", r.lower), ("min", r.upper))
    )
    return rf"${low} \le {name_latex(r.name)} \le {high}$"


def _where(e: Equilibrium, ask: Prover) -> str:
    if not e.projected:
        return f"a system that was not projected to the parameters: {_cut(region_text(e.where))}"
    return f"${region_latex(closed_region(e, ask))}$"


def _cut(system: str) -> str:
    return plain_latex(system if len(system) <= 300 else f"{system[:300]} ...")
