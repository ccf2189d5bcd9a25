"""A payoff table in HTML, best replies underlined, and a line on which parameter values these are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import product

from deterrence.algebra.grammar import parse_expression
from deterrence.algebra.printing import value_text
from deterrence.games.normal import NormalForm
from deterrence.show.html_parts import point_html, table_html
from deterrence.show.latex import expression_latex
from deterrence.study.marked_replies import MarkedReplies, marked_replies

Texts = Mapping[tuple[str, ...], Sequence[str]]


def matrix_html(
    game: NormalForm, point: Mapping[str, object] | None = None, texts: Texts | None = None
) -> str:
    """The payoffs, a table for each combination of third players' actions; `texts` in the words of a file.

    Best replies are underlined: at `point`, at the example values where the game has them, or everywhere.
    """
    marks = marked_replies(game, point)
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
            body = [[escape(a), _cell(game, (a,), shown, marks)] for a in rows.actions]
            parts.append(table_html([escape(rows.shown), "payoff"], body, "th"))
            continue
        corner = f"{escape(rows.shown)} \\ {escape(game.players[1].shown)}"
        body = [
            [escape(a), *(_cell(game, (a, b, *rest), shown, marks) for b in columns)] for a in rows.actions
        ]
        parts.append(table_html([corner, *map(escape, columns)], body, "th"))
    return "".join(parts) + f"<p><small>{_note(game, marks)}</small></p>"


def _cell(game: NormalForm, profile: tuple[str, ...], shown: Texts, marks: MarkedReplies | None) -> str:
    entries = []
    for name, text in zip(game.names, shown[profile], strict=True):
        typeset = expression_latex(parse_expression(text))
        best = marks is not None and (profile, name) in marks
        entries.append(rf"$\underline{{{typeset}}}$" if best else f"${typeset}$")
    return ",&ensp;".join(entries)


def _note(game: NormalForm, marks: MarkedReplies | None) -> str:
    """Whose payoff comes first, and where the underlined replies are best."""
    order = f"Payoffs in the order {escape(', '.join(p.shown for p in game.players))}."
    order = order if len(game.players) > 1 else ""
    if marks is None:
        return order
    if marks.at is not None:
        said = f"Underlined: best replies at {point_html(marks.at)}; elsewhere others may be."
    elif not game.domain.names:
        said = "Underlined: best replies."
    elif marks.always:
        said = "Underlined: best replies, the same at all parameter values."
    elif marks.entries:
        said = "Underlined: best replies at all parameter values; the others depend on the parameters."
    else:
        said = "Which replies are best depends on the parameters."
    return f"{order} {said}".strip()
