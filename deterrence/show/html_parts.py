"""Bits of HTML that several displays share: tables, typeset values and regions, points, a profile.

Formulas stand between dollar signs, which Jupyter typesets; conditions are cut at their `and` and `or`, so
that a line can break there.  Rules are half transparent: they show on white and in the dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from types import MappingProxyType

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import Prover
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.algebra.value import Value, number
from deterrence.show.latex import condition_latex, name_latex, value_latex
from deterrence.solve.atlas import Equilibrium

MANY_EDGES = 12  # knife edges that are folded in a display
_HEAD = "padding:.35em .9em;text-align:left;vertical-align:bottom;border-bottom:2px solid currentColor"
_CELL = (
    "padding:.35em .9em;text-align:left;vertical-align:baseline;border-bottom:1px solid rgba(128,128,128,.4)"
)


def region_html(region: Region) -> str:
    """A region, typeset."""
    return condition_html(region_text(region))


def condition_html(text: str) -> str:
    """A condition in the model-file grammar, typeset part by part.

    >>> print(condition_html("h > 0 and (c > h or d < 1)"))
    $h > 0$ and $(c > h$ or $d &lt; 1)$
    """
    return _condition(parse_condition(text, play=True)).replace("<", "&lt;")


def _condition(tree: s.Condition, nested: bool = False) -> str:
    if not isinstance(tree, s.And | s.Or):
        return f"${condition_latex(tree)}$"
    word = " and " if isinstance(tree, s.And) else " or "
    joined = word.join(_condition(p, True) for p in tree.parts)
    return f"({joined})".replace("($", "$(").replace("$)", ")$") if nested else joined


def where_html(region: Region | None) -> str:
    """A region in a table of conditions: `everywhere`, `nowhere`, or typeset; None is not computed."""
    if region is None:
        return "not computed"
    if region == EVERYWHERE:
        return "everywhere"
    return "nowhere" if region == NOWHERE else region_html(region)


def value_html(v: Value, ask: Prover | None = None) -> str:
    """A value, typeset; with a prover, denominators of proved sign as in text."""
    return f"${value_latex(v, ask)}$".replace("<", "&lt;")


def fraction_html(exact: Fraction) -> str:
    """An exact number, typeset."""
    return value_html(number(exact))


def point_html(point: Mapping[str, Fraction]) -> str:
    """A point, typeset: `h = 4, m = 1/2`."""
    return ", ".join(f"${name_latex(n)} = {value_latex(number(v))}$" for n, v in point.items())


def profile_html(
    e: Equilibrium, ask: Prover | None = None, called: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Each place with what is played there, probabilities typeset; players by what they are `called`."""
    lines = []
    for place, strategy in e.profile:
        player = called.get(place, place)
        used = [(a, v) for a, v in strategy if not v.is_zero]
        if len(used) == 1:
            lines.append(f"{escape(player)}: <b>{escape(used[0][0])}</b>")
        else:
            mixed = ", ".join(f"{escape(a)} {value_html(v, ask)}" for a, v in used)
            lines.append(f"{escape(player)}: {mixed}")
    return "<br>".join(lines)


def folded(summary: str, html: str) -> str:
    """What is opened on demand."""
    return f"<details><summary>{escape(summary)}</summary>{html}</details>"


def table_html(head: Sequence[str], rows: Sequence[Sequence[str]], first: str = "td") -> str:
    """A table of cells that are HTML already; with `first="th"` each row begins with its own heading."""
    top = "".join(f'<th scope="col" style="{_HEAD}">{h}</th>' for h in head)
    body = "".join(f"<tr>{_row(row, first)}</tr>" for row in rows)
    inside = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
    table = f'<table style="border-collapse:collapse;margin:.5em 0">{inside}</table>'
    return f'<div style="overflow-x:auto">{table}</div>'


def _row(cells: Sequence[str], first: str) -> str:
    kinds = [first, *["td"] * (len(cells) - 1)]
    scope = {"th": ' scope="row"', "td": ""}
    return "".join(f'<{k}{scope[k]} style="{_CELL}">{c}</{k}>' for k, c in zip(kinds, cells, strict=True))
