"""A model in LaTeX: the payoff matrix or the tree, and every equilibrium with its region, as one document.

The document compiles as it is and its parts can be pasted elsewhere; it needs the packages that it names.
Expressions stand as in the printed answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from deterrence.algebra.decide import Prover, prover
from deterrence.catalogue.models import Model, atlas_of
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.show.latex import name_latex, region_latex, value_latex
from deterrence.show.sentences import completeness_sentence
from deterrence.show.tree_tikz import math, plain_latex, tree_tikz
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Atlas, Equilibrium, Range
from deterrence.solve.closures import closed_region

_HEAD = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage[a4paper, landscape, margin=15mm]{geometry}
\usepackage{amsmath, booktabs, longtable, array, tikz}
\begin{document}"""


def model_latex(model: Model) -> str:
    """The document for a model, solved for its own concept; OutOfScope for a statement."""
    if not model.pieces:
        raise OutOfScope(f"{model.name} is a statement without players; there is no game to typeset")
    atlas = atlas_of(model, None, False)
    game = model.pieces[0][1]
    picture = matrix_latex(model, game) if isinstance(game, NormalForm) else _tree(model)
    title = plain_latex(model.source.title or model.name)
    parts = [_HEAD, rf"\section*{{{title}}}", "", r"\noindent", picture, ""]
    parts += [equilibria_latex(atlas), "", r"\noindent", plain_latex(completeness_sentence(atlas))]
    return "\n".join([*parts, r"\end{document}", ""])


def _tree(model: Model) -> str:
    """The picture, made smaller where the page is too narrow for it."""
    view = view_of(model)
    order = ", ".join(plain_latex(p.shown) for p in view.players)
    return "\n".join(
        [
            rf"Payoffs in the order {order}.\\[1ex]",
            r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%",
            tree_tikz(view) + "}",
        ]
    )


def matrix_latex(model: Model, game: NormalForm) -> str:
    """The payoffs in the words of the file: the first two players' matrix for each choice of the others."""
    rows = game.players[0]
    columns = game.players[1].actions if len(game.players) > 1 else ("",)
    order = ", ".join(plain_latex(p.shown) for p in game.players)
    lines = [rf"Payoffs in the order {order}.\\[1ex]"]
    for rest in product(*(p.actions for p in game.players[2:])):
        others = zip(game.players[2:], rest, strict=True)
        if rest:
            chosen = ", ".join(f"{plain_latex(p.shown)} plays {plain_latex(a)}" for p, a in others)
            lines.append(rf"{chosen}:\\")
        head = " & ".join(plain_latex(c) for c in columns)
        lines += [rf"\begin{{tabular}}{{l{'c' * len(columns)}}}", r"\toprule", rf" & {head} \\", r"\midrule"]
        for own in rows.actions:
            cells = [", ".join(map(math, _texts(model, (own, c, *rest) if c else (own,)))) for c in columns]
            lines.append(rf"{plain_latex(own)} & {' & '.join(cells)} \\")
        lines += [r"\bottomrule", r"\end{tabular}\\[1ex]"]
    return "\n".join(lines)


def _texts(model: Model, profile: tuple[str, ...]) -> Sequence[str]:
    return model.source.payoff_texts[profile]


def equilibria_latex(atlas: Atlas) -> str:
    """A table of the equilibria, those on knife edges last: what is played, where, and what it pays."""
    ask = prover(atlas.domain.given)
    lines = [
        r"\begin{longtable}{@{}l>{\raggedright}p{0.36\textwidth}>{\raggedright}p{0.32\textwidth}"
        r">{\raggedright\arraybackslash}p{0.2\textwidth}@{}}",
        r"\toprule",
        r" & play & exactly where & payoffs \\",
        r"\midrule",
        r"\endhead",
    ]
    for e in sorted(atlas.equilibria, key=lambda e: not e.generic):
        paid = "; ".join(f"{plain_latex(p)} ${value_latex(v)}$" for p, v in e.payoffs)
        lines.append(rf"{plain_latex(e.id)} & {_play(e)} & {_where(e, ask)} & {paid} \\[0.6ex]")
    return "\n".join([*lines, r"\bottomrule", r"\end{longtable}"])


def _play(e: Equilibrium) -> str:
    said = []
    for place, strategy in e.profile:
        used = [(a, v) for a, v in strategy if not v.is_zero]
        if len(used) == 1:
            words = plain_latex(used[0][0])
        else:
            words = ", ".join(f"{plain_latex(a)} ${value_latex(v)}$" for a, v in used)
        said.append(rf"\textit{{{plain_latex(place)}}}: {words}")
    return "; ".join(said + [_range(r) for r in e.free if r.described and r.lower and r.upper])


def _range(r: Range) -> str:
    low, high = (
        value_latex(vs[0]) if len(vs) == 1 else rf"\{name}\left({', '.join(map(value_latex, vs))}\right)"
        for name, vs in (("max", r.lower), ("min", r.upper))
    )
    return rf"${low} \le {name_latex(r.name)} \le {high}$"


def _where(e: Equilibrium, ask: Prover) -> str:
    if not e.projected:
        return "a system that was not projected to the parameters"
    text = rf"${region_latex(closed_region(e, ask))}$"
    return text if e.generic else f"{text} (knife edge)"
