"""A model's game as HTML: the payoff matrix in MathML, the tree as SVG, the rest as the terminal shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import product

from rich.console import Console, Group, RenderableType

from deterrence.catalogue.models import Model
from deterrence.errors import DeterrenceError
from deterrence.show.mathml import condition_mathml, expression_mathml
from deterrence.show.network_text import network_block
from deterrence.show.repeated_text import time_lines
from deterrence.show.text import stage_block
from deterrence.show.tree_html import tree_html


def math(text: str, condition: bool = False) -> str:
    """An expression or a condition typeset; as code where it is beyond the grammar, such as a predicate."""
    try:
        return _broken(text) if condition else expression_mathml(text)
    except DeterrenceError:
        return f"<code>{escape(text)}</code>"


def _broken(text: str) -> str:
    """A condition with each part a formula of its own, so that long ones break between lines."""
    if ":" in text:  # a quantifier, which has no MathML and reaches to the end
        return f"<code>{escape(text)}</code>"
    for word in (" or ", " and "):
        parts = _split(text, word)
        if len(parts) > 1:
            return word.join(_broken(p) for p in parts)
    inside = text[1:-1]
    if (
        text.startswith("(")
        and text.endswith(")")
        and _is_whole(inside)
        and (" and " in inside or " or " in inside)
    ):
        return f"({_broken(inside)})"
    return condition_mathml(text)


def _split(text: str, word: str) -> list[str]:
    """The parts between a word where it stands outside all brackets."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if depth == 0 and text.startswith(word, i):
            parts.append(text[start:i])
            start = i + len(word)
    return [*parts, text[start:]]


def _is_whole(inside: str) -> bool:
    """Whether the brackets within close among themselves."""
    depth = 0
    for c in inside:
        depth += (c == "(") - (c == ")")
        if depth < 0:
            return False
    return depth == 0


def game_html(model: Model) -> str:
    """Whatever the kind of model has to show; nothing for a statement."""
    match model.source.kind:
        case "statement":
            return ""
        case "normal-form":
            return _matrices(model)
        case "extensive-form":
            return f"<div class='picture'>{tree_html(model)}</div>"
        case "repeated" | "stochastic":
            return _terminal(Group(stage_block(model), *time_lines(model)))
        case _:
            return _terminal(network_block(model))


def _matrices(model: Model) -> str:
    """A table for each combination of what third players do."""
    players = model.source.players
    if len(players) == 1:
        head = f"<tr><th>{escape(players[0].label)}</th><th>payoff</th></tr>"
        rows = [
            f"<tr><th>{escape(a)}</th><td>{math(model.source.payoff_texts[(a,)][0])}</td></tr>"
            for a in players[0].actions
        ]
        return f"<div class='wide'><table class='matrix'>{head}{''.join(rows)}</table></div>"
    tables = []
    for rest in product(*(p.actions for p in players[2:])):
        label = ", ".join(f"{p.label}: {a}" for p, a in zip(players[2:], rest, strict=True))
        tables.append((f"<p><b>{escape(label)}</b></p>" if label else "") + _matrix(model, rest))
    order = ", ".join(p.label for p in players)
    return "\n".join(tables) + f"<p class='fine'>Payoffs in the order {escape(order)}.</p>"


def _matrix(model: Model, rest: tuple[str, ...]) -> str:
    rows, columns = model.source.players[:2]
    head = "".join(f"<th scope='col'>{escape(b)}</th>" for b in columns.actions)
    lines = [f"<tr><th>{escape(rows.label)} \\ {escape(columns.label)}</th>{head}</tr>"]
    for a in rows.actions:
        cells = []
        for b in columns.actions:
            texts = model.source.payoff_texts[(a, b, *rest)]
            cells.append("<td>" + " ".join(_payoffs(texts)) + "</td>")
        lines.append(f"<tr><th scope='row'>{escape(a)}</th>{''.join(cells)}</tr>")
    return f"<div class='wide'><table class='matrix'>{''.join(lines)}</table></div>"


def _payoffs(texts: Sequence[str]) -> Iterator[str]:
    """Each payoff with its comma, so that a narrow cell breaks between them."""
    for i, text in enumerate(texts, start=1):
        yield f"<span class='pay'>{math(text)}{',' if i < len(texts) else ''}</span>"


def _terminal(shown: RenderableType) -> str:
    """What the command line prints, without colours."""
    console = Console(width=78, color_system=None, force_terminal=False)
    with console.capture() as captured:
        console.print(shown)
    lines = [escape(line.rstrip()) for line in captured.get().splitlines()]
    return f"<pre class='terminal'>{chr(10).join(lines).strip()}</pre>"
