"""A report on a model to read, print or paste: what it says, its equilibria, a picture, claims, sources.

As HTML, one file that loads nothing, with conditions typeset; or as Markdown with pictures left out.  As
LaTeX it is `report_latex`'s, as PDF `report_pdf`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.printing import value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.algebra.verdicts import Refuted
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import standing
from deterrence.catalogue.models import Model, solve
from deterrence.games.normal import NormalForm
from deterrence.show.explorer import LIMITS, html_page
from deterrence.show.explorer_data import explorable, main_axes
from deterrence.show.html import html_of
from deterrence.show.html_markdown import markdown_of
from deterrence.show.latex import condition_latex
from deterrence.show.ledger_pages import claims_markdown
from deterrence.show.ledger_text import WORDS
from deterrence.show.mathml import condition_mathml, expression_mathml, premise_mathml
from deterrence.show.matrix_html import matrix_html
from deterrence.show.models_html import parameters_html
from deterrence.show.papers import game_markdown
from deterrence.show.paragraphs import to_text
from deterrence.show.phase_plot import phase_svg
from deterrence.show.phrases import condition_text, labels, point_text
from deterrence.show.sentences import after_label, completeness_sentence, profile_sentence, verdict_sentence
from deterrence.show.source_words import source_words
from deterrence.show.stability_sentences import patience, profile_words
from deterrence.show.text import game_outline
from deterrence.show.tree_svg import tree_svg
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.closures import closed_region
from deterrence.solve.profiles import ProfileAtlas

_STYLE = """
figure svg { max-width: 100%; height: auto; background: #fff; }
td { max-width: 32rem; }
.best { border-bottom: .12em solid currentColor; padding-bottom: .1em; }
tbody th { background: none; }
"""


def report_html(model: Model, results: Sequence[Result]) -> str:
    """The report as the text of an HTML file; `results` are the model's claims with their verdicts."""
    s = model.source
    title = escape(s.title or s.name)
    parts = [f"<h1>{title}</h1>", f"<p>{escape(s.summary)}</p>", _parameters(model)]
    if model.source.nodes and model.repeated is None:
        parts.append(f"<h2>The game</h2><figure>{tree_svg(model)}</figure>")
    elif s.players:
        parts.append(f"<h2>The game</h2>{_game(model)}")
    parts += _equilibria(model)
    parts += _picture(model)
    if results:
        rows = "".join(_claim(r) for r in results)
        head = "<tr><th>claim</th><th>verdict</th><th>exactly where</th></tr>"
        parts.append(f"<h2>Claims</h2><div class='scroll'><table>{head}{rows}</table></div>")
    if s.sources:
        listed = "".join(f"<li>{escape(source_words(r))}</li>" for r in s.sources)
        parts.append(f"<h2>Sources</h2><ul>{listed}</ul>")
    parts.append(f"<p class='soft'>{LIMITS}</p>")
    return html_page(title, "\n".join(parts), style=_STYLE)


def _game(model: Model) -> str:
    """The payoff table typeset; what is no table as in the terminal."""
    game = model.pieces[0][1] if model.pieces and model.network is None else None
    if not isinstance(game, NormalForm):
        return f"<pre>{escape(to_text(game_outline(model), 100))}</pre>"
    return matrix_html(game, texts=model.source.payoff_texts, typeset=_mathml)


def _mathml(text: str, underlined: bool = False) -> str:
    set_ = condition_mathml(text) if "==" in text else expression_mathml(text)
    return f"<span class='best'>{set_}</span>" if underlined else set_


def _parameters(model: Model) -> str:
    rows = "".join(
        f"<tr><td>{expression_mathml(p.name)}</td><td>{escape(p.meaning)}</td>"
        f"<td>{condition_mathml(p.domain_text) if p.domain_text else 'any number'}</td></tr>"
        for p in model.source.parameters
    )
    if not rows:
        return ""
    assumed = "".join(f"<li>{condition_mathml(t)}</li>" for t in model.source.assumption_texts)
    joint = f"<p>Assumed throughout:</p><ul>{assumed}</ul>" if assumed else ""
    return f"<h2>Parameters</h2><div class='scroll'><table>{rows}</table></div>{joint}"


def _equilibria(model: Model) -> list[str]:
    if not explorable(model):
        return []
    answer = solve(model, None, False)
    ask = prover(model.domain.given)
    if isinstance(answer, ProfileAtlas):
        names = patience(answer.game)
        perfect = "perfect public" if answer.game.monitoring is not None else "subgame perfect"
        rows = "".join(
            f"<tr><td><b>{escape(t.id)}</b><br>{escape(profile_words(t.profile, answer.game))}</td>"
            f"<td>{_where(t.nash, names, model)}</td><td>{_where(t.subgame_perfect, names, model)}</td></tr>"
            for t in answer.tested
        )
        head = f"<tr><th>profile</th><th>Nash</th><th>{perfect}</th></tr>"
        return [f"<h2>Listed profiles</h2><div class='scroll'><table>{head}{rows}</table></div>"]
    shown = [e for e in answer.equilibria if e.generic and e.projected]
    called = labels(answer.game)
    rows = ""
    for e in shown:
        amounts = {called[p]: expression_mathml(value_text(v, ask)) for p, v in e.payoffs}
        paid = "<br>".join(f"{escape(player)} {amount}" for player, amount in amounts.items())
        rows += (
            f"<tr><td>{e.id}</td><td>{_play(e, answer, ask)}</td>"
            f"<td>{_where(closed_region(e, ask), (), model)}</td><td>{paid}</td></tr>"
        )
    head = "<tr><th></th><th>equilibrium</th><th>exactly where</th><th>payoffs</th></tr>"
    edges = len(answer.equilibria) - len(shown)
    more = f"<p class='soft'>{edges} more exist on knife edges only.</p>" if edges else ""
    said = escape(completeness_sentence(answer))
    table = f"<div class='scroll'><table>{head}{rows}</table></div>"
    return [f"<h2>Equilibria</h2>{table}{more}<p><i>{said}</i></p>"]


def _play(e: Equilibrium, answer: Atlas, ask: Prover) -> str:
    """Who plays what, probabilities typeset; in a tree and in a stochastic game in a sentence."""
    if not isinstance(answer.game, NormalForm):
        return escape(profile_sentence(e, answer.game, ask))
    lines = []
    for player in answer.game.players:
        used = [(a, v) for a, v in e.strategy(player.name).items() if not v.is_zero]
        how = ", ".join(
            f"<b>{escape(a)}</b>" + ("" if len(used) == 1 else f" {expression_mathml(value_text(v, ask))}")
            for a, v in used
        )
        lines.append(f"{escape(player.shown)}: {how}")
    return "<br>".join(lines)


def _where(region: Region | None, names: Sequence[str], model: Model) -> str:
    if region is None:
        return "not computed"
    if region in (EVERYWHERE, NOWHERE):
        return "everywhere" if region == EVERYWHERE else "nowhere"
    return condition_mathml(condition_text(region, prover(model.domain.given), names))


def _picture(model: Model) -> list[str]:
    """The phase diagram over the two parameters that matter most, where there is one."""
    if not explorable(model) or len(model.domain.names) < 2:
        return []
    if len(model.domain.example) < len(model.domain.names):
        return []
    answer: Atlas | ProfileAtlas = solve(model, None, False)
    svg = phase_svg(answer, *main_axes(model))
    return [f"<h2>Which exist where</h2><figure>{svg[svg.index('<svg') :]}</figure>"]


def _claim(r: Result) -> str:
    word = standing(r.verdict)
    verdict = r.verdict
    if isinstance(verdict, Refuted) and verdict.holds_where is not None:
        where = _where(verdict.holds_where, (), r.model)
        if verdict.witness is not None:
            where += f"<br><small>fails at {escape(point_text(verdict.witness))}</small>"
    else:
        said = after_label(verdict_sentence(verdict, r.model.domain.given), verdict.word).lstrip(": ")
        where = escape(said.removeprefix("(").removesuffix(").") if said.startswith("(") else said)
    if r.claim.given_text:
        where = f"<small>given {premise_mathml(r.claim.given_text)}</small><br>{where}"
    label = f"<td class='{word}'>{WORDS.get(word, word)}</td>"
    return f"<tr><td>{escape(r.claim.text)}</td>{label}<td>{where}</td></tr>"


def report_markdown(model: Model, results: Sequence[Result]) -> str:
    """The report as Markdown: symbols, the game and equilibria typeset in tables, claims, sources."""
    s = model.source
    parts = [f"# {s.title or s.name}", s.summary]
    if s.parameters:
        assumed = [f"- ${condition_latex(parse_condition(t))}$" for t in s.assumption_texts]
        parts += ["## Parameters", markdown_of(parameters_html(model.domain.parameters))]
        parts += ["Assumed throughout:", "\n".join(assumed)] if assumed else []
    if s.players:
        parts += ["## The game", game_markdown(model)]
    if explorable(model):
        answer = solve(model, None, False)
        parts += ["## Listed profiles" if isinstance(answer, ProfileAtlas) else "## Equilibria"]
        parts.append(markdown_of(html_of(answer) or ""))
    if results:
        parts += ["## Claims", "\n".join(claims_markdown(results))]
    if s.sources:
        parts += ["## Sources", "\n".join(f"- {source_words(r)}" for r in s.sources)]
    return "\n\n".join([*parts, f"*{LIMITS}*"])
