"""Bits of HTML that several displays share: tables, typeset values and regions, a profile."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from deterrence.algebra.region import Region
from deterrence.algebra.value import Value
from deterrence.show.latex import region_latex, value_latex
from deterrence.solve.atlas import Equilibrium

_CELL = "padding:.3em .8em;text-align:left;vertical-align:top;border:1px solid currentColor"


def region_html(region: Region) -> str:
    """A region, typeset."""
    return f"${region_latex(region)}$"


def value_html(v: Value) -> str:
    """A value, typeset."""
    return f"${value_latex(v)}$"


def profile_html(e: Equilibrium) -> str:
    """Each place with what is played there, probabilities typeset."""
    lines = []
    for player, strategy in e.profile:
        used = [(a, v) for a, v in strategy if not v.is_zero]
        if len(used) == 1:
            lines.append(f"{escape(player)}: <b>{escape(used[0][0])}</b>")
        else:
            lines.append(f"{escape(player)}: " + ", ".join(f"{escape(a)} {value_html(v)}" for a, v in used))
    return "<br>".join(lines)


def table_html(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    top = "".join(f'<th style="{_CELL}">{h}</th>' for h in head)
    body = "".join("<tr>" + "".join(f'<td style="{_CELL}">{c}</td>' for c in row) + "</tr>" for row in rows)
    return (
        f'<table style="border-collapse:collapse"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    )
