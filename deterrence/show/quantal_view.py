"""Logit equilibria for people: the branch in numbers with its tolerance, and responses to parameters."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import value_text
from deterrence.algebra.verdicts import Proved, Undecided
from deterrence.show.html_parts import table_html, value_html
from deterrence.show.paragraphs import heading, indented
from deterrence.solve.quantal import QuantalResponse
from deterrence.study.quantal_effect import LogitEffect

_MOVES = {"falls": "falls", "rises": "rises", "none": "does not change"}


def branch_page(branch: Sequence[QuantalResponse]) -> RenderableType:
    """The probabilities by rationality, labelled as numbers with their tolerance."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in _head(branch):
        table.add_column(name, overflow="fold")
    for q in branch:
        table.add_row(*_row(q))
    return Group(heading("Logit quantal response (numbers)"), table, Text(tolerance_sentence(branch)))


def tolerance_sentence(branch: Sequence[QuantalResponse]) -> str:
    """What the numbers are good for."""
    if all(q.proved for q in branch):
        within = _rounded(max(q.tolerance for q in branch))
        return (
            f"Each row is within {within} of exactly one equilibrium, proved in interval arithmetic; that "
            "all rows lie on the branch from rationality zero is not proved."
        )
    return (
        "Rows marked * are approximations: the probabilities differ from those that they call for by up to "
        f"{_rounded(max(q.tolerance for q in branch if not q.proved))}, and no box was shown to hold an "
        "equilibrium."
    )


def effect_sentence(effect: LogitEffect) -> str:
    """The response in one sentence, labelled proved or undecided."""
    subject = f"the probability that {effect.player} plays {effect.action}"
    if isinstance(effect.verdict, Undecided):
        return f"Undecided: how {subject} moves with {effect.parameter}; {effect.verdict.reason}."
    assert isinstance(effect.verdict, Proved)
    strictly = "" if effect.direction == "none" else " strictly"
    text = (
        f"Proved ({effect.verdict.method}): in every logit equilibrium, at every rationality above zero, "
        f"{subject} {_MOVES[effect.direction]}{strictly} as {effect.parameter} grows, the others fixed, "
        "within the assumptions."
    )
    if isinstance(effect.unique, Proved):
        text += f" There is one such equilibrium at each parameter value ({effect.unique.method})."
    return text


def effect_page(effect: LogitEffect) -> RenderableType:
    """The sentence, and the response as a formula in the probabilities."""
    ask = prover(effect.game.domain.given)
    top, below = (value_text(v, ask) for v in (effect.top, effect.below))
    return Group(
        Text(effect_sentence(effect)),
        indented(Text(f"the response is ({top})/({below})", style="dim")),
    )


def branch_html(branch: Sequence[QuantalResponse]) -> str:
    """The branch as a table."""
    rows = [[escape(cell) for cell in _row(q)] for q in branch]
    head = [escape(name) for name in _head(branch)]
    return f"{table_html(head, rows)}<p><i>{escape(tolerance_sentence(branch))}</i></p>"


def effect_html(effect: LogitEffect) -> str:
    """The response as a sentence, the formula typeset."""
    formula = f"{value_html(effect.top)} / ({value_html(effect.below)})"
    return f"<p>{escape(effect_sentence(effect))}</p><p>The response is {formula}.</p>"


def branch_json(branch: Sequence[QuantalResponse]) -> list[dict[str, Any]]:
    """The branch as plain data; these are floats, each with the half-width of its box."""
    return [
        {
            "rationality": str(q.rationality),
            "profile": {
                player: {a: {"middle": e.middle, "radius": e.radius} for a, e in strategy}
                for player, strategy in q.profile
            },
            "tolerance": q.tolerance,
            "proved": q.proved,
        }
        for q in branch
    ]


def effect_json(effect: LogitEffect) -> dict[str, Any]:
    """The response as plain data."""
    ask = prover(effect.game.domain.given)
    return {
        "parameter": effect.parameter,
        "player": effect.player,
        "action": effect.action,
        "direction": effect.direction or None,
        "verdict": effect.verdict.word,
        "unique": effect.unique.word,
        "names": list(effect.names),
        "response": {"top": value_text(effect.top, ask), "below": value_text(effect.below, ask)},
    }


def _head(branch: Sequence[QuantalResponse]) -> list[str]:
    return ["rationality", *(f"{p}: {a}" for q in branch[:1] for p, s in q.profile for a, _ in s)]


def _row(q: QuantalResponse) -> list[str]:
    mark = "" if q.proved else " *"
    return [f"{q.rationality}{mark}", *(f"{e.middle:.6f}" for _, s in q.profile for _, e in s)]


def _rounded(tolerance: float) -> str:
    return f"{max(tolerance, 1e-15) * 1.05:.1e}"
