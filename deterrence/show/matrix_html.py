"""A payoff table in HTML, best replies underlined, and a line on which parameter values these are for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import product

from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.printing import value_text
from deterrence.games.normal import NormalForm
from deterrence.show.html_parts import table_html
from deterrence.show.latex import condition_latex, expression_latex
from deterrence.study.marked_replies import MarkedReplies, marked_replies

Texts = Mapping[tuple[str, ...], Sequence[str]]
Typeset = Callable[[str, bool], str]  # an expression or an equation, and whether to underline it


def matrix_html(
    game: NormalForm,
    point: Mapping[str, object] | None = None,
    texts: Texts | None = None,
    typeset: Typeset | None = None,
) -> str:
    """The payoffs, a table for each combination of third players' actions; `texts` in the words of a file.

    Best replies are underlined: at `point`, at the example values where the game has them, or everywhere.
    Formulas are set by `typeset`, which also underlines; without it as LaTeX between dollar signs.
    """
    marks = marked_replies(game, point)
    form = typeset or _dollars
    shown = texts or {
        profile: [value_text(v) for v in row]
        for profile, row in zip(game.profiles(), game.payoffs, strict=True)
    }
    rows = game.players[0]
    columns = game.players[1].actions if len(game.players) > 1 else ()
    parts = []
    for rest in product(*(p.actions for p in game.players[2:])):
        if rest:
            chosen = zip(game.players[2:], rest, strict=True)
            parts.append(f"<p><i>{escape(', '.join(f'{p.shown} plays {a}' for p, a in chosen))}</i></p>")
        if not columns:
            body = [[escape(a), _cell(game, (a,), shown, marks, form)] for a in rows.actions]
            parts.append(table_html([escape(rows.shown), "payoff"], body, "th"))
            continue
        corner = f"{escape(rows.shown)} \\ {escape(game.players[1].shown)}"
        body = [
            [escape(a), *(_cell(game, (a, b, *rest), shown, marks, form) for b in columns)]
            for a in rows.actions
        ]
        parts.append(table_html([corner, *map(escape, columns)], body, "th"))
    return "".join(parts) + f"<p><small>{_note(game, marks, form)}</small></p>"


def _dollars(text: str, underlined: bool) -> str:
    typeset = (
        condition_latex(parse_condition(text)) if "==" in text else expression_latex(parse_expression(text))
    )
    return rf"$\underline{{{typeset}}}$" if underlined else f"${typeset}$"


def _cell(
    game: NormalForm, profile: tuple[str, ...], shown: Texts, marks: MarkedReplies | None, form: Typeset
) -> str:
    return ",&ensp;".join(
        form(text, marks is not None and (profile, name) in marks)
        for name, text in zip(game.names, shown[profile], strict=True)
    )


def _note(game: NormalForm, marks: MarkedReplies | None, form: Typeset) -> str:
    """Whose payoff comes first, and where the underlined replies are best."""
    order = f"Payoffs in the order {escape(', '.join(p.shown for p in game.players))}."
    order = order if len(game.players) > 1 else ""
    if marks is None:
        return order
    if marks.at is not None:
        values = ", ".join(form(f"{name} == {v}", False) for name, v in marks.at.items())
        said = f"Underlined: best replies at {values}; elsewhere others may be."
    elif not game.domain.names:
        said = "Underlined: best replies."
    elif marks.always:
        said = "Underlined: best replies, the same at all parameter values."
    elif marks.entries:
        said = "Underlined: best replies at all parameter values; the others depend on the parameters."
    else:
        said = "Which replies are best depends on the parameters."
    return f"{order} {said}".strip()
