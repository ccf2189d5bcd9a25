"""Correlated equilibria for people: their conditions, and how well and how badly they can do."""

from __future__ import annotations

from html import escape
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.show.html_parts import table_html, value_html
from deterrence.show.paragraphs import heading, indented
from deterrence.solve.correlated import Correlated
from deterrence.solve.correlated_values import CorrelatedRange, Extreme

MEANING = (
    "A referee draws a joint play and tells each player its own action only; these are the draws from which "
    "nobody gains by disobeying."
)


def correlated_page(found: Correlated) -> RenderableType:
    """The name of each profile's probability, and what each way to disobey gains, which is at most zero."""
    ask = prover(found.game.domain.given)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("drawn")
    table.add_column("with probability")
    for profile, name in found.chances:
        table.add_row(", ".join(profile), name)
    parts: list[RenderableType] = [heading("Correlated equilibria"), Text(MEANING), table]
    parts.append(Text("These are not negative and sum to one, and:"))
    for o in found.obedience:
        line = f"{o.player} told {o.told} gains nothing by {o.instead}: {value_text(o.gain, ask)} <= 0"
        parts.append(indented(line))
    return Group(*parts)


def range_page(found: CorrelatedRange, title: str = "") -> RenderableType:
    """The largest and the smallest value, each with a lottery that reaches it and what proves it."""
    parts: list[RenderableType] = [heading(f"Over all correlated equilibria{title and ': '}{title}")]
    for word, extreme in (("at most", found.best), ("at least", found.worst)):
        parts.append(Text(f"{word} {_number(extreme)}"))
        drawn = "; ".join(f"{', '.join(p)} with probability {q}" for p, q in extreme.lottery)
        parts.append(indented(f"reached by {drawn}"))
        parts.append(indented(Text(_proof(extreme), style="dim")))
    return Group(*parts)


def correlated_html(found: Correlated) -> str:
    """The conditions as a table, gains typeset."""
    rows = [
        [escape(o.player), escape(o.told), escape(o.instead), f"{value_html(o.gain)} ≤ 0"]
        for o in found.obedience
    ]
    return f"<p>{escape(MEANING)}</p>" + table_html(["player", "told", "does", "gain"], rows)


def range_html(found: CorrelatedRange) -> str:
    """Best and worst as a table."""
    rows = [
        [
            word,
            str(extreme.value),
            "<br>".join(f"{escape(', '.join(p))}: {q}" for p, q in extreme.lottery),
            escape(_proof(extreme)),
        ]
        for word, extreme in (("best", found.best), ("worst", found.worst))
    ]
    return table_html(["", "value", "a lottery that reaches it", "why none goes further"], rows)


def correlated_json(found: Correlated, name: str) -> dict[str, Any]:
    """The conditions as plain data."""
    ask = prover(found.game.domain.given)
    return {
        "model": name,
        "chances": [{"profile": list(p), "name": q} for p, q in found.chances],
        "obedience": [
            {"player": o.player, "told": o.told, "instead": o.instead, "gain": value_text(o.gain, ask)}
            for o in found.obedience
        ],
        "region": region_text(found.region),
    }


def range_json(found: CorrelatedRange) -> dict[str, Any]:
    """Best and worst as plain data, numbers as exact text."""
    return {"best": _extreme(found.best), "worst": _extreme(found.worst)}


def _extreme(extreme: Extreme) -> dict[str, Any]:
    return {
        "value": str(extreme.value),
        "lottery": [{"profile": list(p), "chance": str(q)} for p, q in extreme.lottery],
        "multipliers": [
            {"player": p, "told": told, "instead": instead, "weight": str(w)}
            for (p, told, instead), w in extreme.multipliers
        ],
    }


def _number(extreme: Extreme) -> str:
    value = extreme.value
    return str(value) if value.denominator == 1 else f"{value} (about {float(value):.4g})"


def _proof(extreme: Extreme) -> str:
    if not extreme.multipliers:
        return "no outcome of the game goes further"
    listed = ", ".join(f"{p} {told} to {instead} times {w}" for (p, told, instead), w in extreme.multipliers)
    return f"at every outcome the excess is at most these gains from disobeying: {listed}"
