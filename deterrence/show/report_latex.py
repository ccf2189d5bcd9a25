"""The report on a model as a LaTeX document: what it says, its equilibria, a picture, claims, sources."""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.catalogue.checking import Result
from deterrence.catalogue.models import Model, solve
from deterrence.games.normal import NormalForm
from deterrence.show.answers_html import claims_html
from deterrence.show.explorer import LIMITS
from deterrence.show.explorer_data import explorable
from deterrence.show.html_latex import latex_of
from deterrence.show.latex_page import equilibria_latex, symbols_latex, tree_latex
from deterrence.show.matrix_html import matrix_html
from deterrence.show.models_html import model_game_html
from deterrence.show.sentences import completeness_sentence
from deterrence.show.source_words import source_words
from deterrence.show.stability_html import profiles_html
from deterrence.show.tree_tikz import plain_latex
from deterrence.solve.profiles import ProfileAtlas

_HEAD = r"""\documentclass[10pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[a4paper, margin=22mm]{geometry}
\usepackage{amsmath, array, booktabs, graphicx, longtable, tikz}
\setlength{\parindent}{0pt}
\setlength{\parskip}{.6ex}
\setlength{\LTleft}{0pt}
\setlength{\emergencystretch}{3em}
\begin{document}"""


def report_latex(model: Model, results: Sequence[Result], picture: str | None = None) -> str:
    """The document; `results` are the model's claims with their verdicts, `picture` a file to include."""
    s = model.source
    parts = [_HEAD, rf"\section*{{{plain_latex(s.title or s.name)}}}", plain_latex(s.summary)]
    if s.parameters:
        parts += [r"\subsection*{Parameters}", symbols_latex(model)]
    if s.players:
        parts += [r"\subsection*{The game}", _game(model)]
    parts += _answers(model)
    if picture is not None:
        shown = rf"\includegraphics[width=\linewidth]{{{picture}}}"
        parts += [r"\subsection*{Which exist where}", shown]
    if results:
        parts += [r"\subsection*{Claims}", latex_of(claims_html(results))]
    if s.sources:
        listed = [rf"\item {plain_latex(source_words(r))}" for r in s.sources]
        parts += ["\n".join([r"\subsection*{Sources}", r"\begin{itemize}", *listed, r"\end{itemize}"])]
    return "\n\n".join([*parts, rf"\medskip{{\small {plain_latex(LIMITS)}}}", r"\end{document}"]) + "\n"


def _game(model: Model) -> str:
    if model.source.nodes and model.repeated is None:
        return tree_latex(model)
    game = model.pieces[0][1] if model.pieces and model.network is None else None
    if isinstance(game, NormalForm):
        return latex_of(matrix_html(game, texts=model.source.payoff_texts))
    return latex_of(model_game_html(model))


def _answers(model: Model) -> list[str]:
    if not explorable(model):
        return []
    answer = solve(model, None, False)
    if isinstance(answer, ProfileAtlas):
        return [r"\subsection*{Listed profiles}", latex_of(profiles_html(answer))]
    said = plain_latex(completeness_sentence(answer))
    return [r"\subsection*{Equilibria}", equilibria_latex(answer), rf"\emph{{{said}}}"]
