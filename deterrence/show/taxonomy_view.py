"""The taxonomy of a 2x2 game for people: terminal page, HTML and JSON; positions with their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.verdicts import Verdict
from deterrence.show.html_parts import point_html, region_html, table_html
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import condition_text, point_text
from deterrence.show.sentences import verdict_sentence
from deterrence.study.partition import Border, Taxonomy
from deterrence.study.positions import Position, neighbours

_NUMBERS = "Layers and places are numbered by this library: places along the cycles of low and middle swaps."


def taxonomy_page(found: Taxonomy, solve_for: str | Sequence[str] | None = None) -> RenderableType:
    """The named games with their regions, the borders between them, and the check; neighbours where one."""
    ask = prover(found.game.domain.given)
    parts: list[RenderableType] = [heading("Which 2x2 game is this?")]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("game", "exactly where", "for example"):
        table.add_column(name, overflow="fold")
    for part in found.parts:
        where = _where(part.region, condition_text(part.region, ask, solve_for))
        table.add_row(_titled(part.position), where, _point(part.witness))
    if found.parts:
        parts.append(table)
    if found.borders:
        parts.append(heading("On the borders, where payoffs tie"))
        for border in found.borders:
            where = _where(border.region, condition_text(border.region, ask, solve_for))
            parts.append(indented(f"{where}: {_between(border)}"))
    parts.append(Text(check_sentence(found), style="italic"))
    if len(found.parts) == 1 and found.parts[0].region == EVERYWHERE:
        parts += _around(found.parts[0].position)
    return Group(*parts)


def _around(here: Position) -> list[RenderableType]:
    lines: list[RenderableType] = [heading(f"{here.name}: {place_words(here)}; its neighbours")]
    lines += [indented(f"{n.player} swaps its {n.swap} two: {n.position.name}") for n in neighbours(here)]
    return [*lines, Text(_NUMBERS, style="dim")]


def place_words(here: Position) -> str:
    """Where a position stands.

    >>> place_words(Position("Chicken", "Deadlock"))
    'patterns Chicken x Deadlock, layer TT, place (1, 5)'
    """
    return f"patterns {here.row} x {here.column}, layer {here.layer}, place {here.place}"


def check_sentence(found: Taxonomy) -> str:
    """What the check of the partition showed, in one sentence."""
    covers, disjoint = (_word(v) for v in (found.covers, found.disjoint))
    return f"The parts and borders cover the domain: {covers}. No two of them overlap: {disjoint}."


def taxonomy_html(found: Taxonomy) -> str:
    """The named games and the borders as tables, conditions typeset."""
    rows = [
        [
            escape(_titled(p.position)),
            _where(p.region, region_html(p.region)),
            point_html(p.witness) if p.witness else "",
        ]
        for p in found.parts
    ]
    text = table_html(["game", "exactly where", "for example"], rows) if rows else ""
    if found.borders:
        rows = [[_where(b.region, region_html(b.region)), escape(_between(b))] for b in found.borders]
        text += table_html(["where payoffs tie", ""], rows)
    return f"{text}<p><i>{escape(check_sentence(found))}</i></p>"


def taxonomy_json(found: Taxonomy, name: str) -> dict[str, Any]:
    """The partition as plain data."""
    return {
        "model": name,
        "parameters": list(found.game.domain.names),
        "assumptions": region_text(found.game.domain.given),
        "parts": [
            position_json(p.position) | {"region": region_text(p.region), "witness": _numbers(p.witness)}
            for p in found.parts
        ],
        "borders": [
            {
                "between": [p.name for p in b.between],
                "region": region_text(b.region),
                "witness": _numbers(b.witness),
            }
            for b in found.borders
        ],
        "covers": found.covers.word,
        "disjoint": found.disjoint.word,
    }


def position_json(here: Position) -> dict[str, Any]:
    """A position with its six neighbours."""
    return {
        "name": here.name,
        "status": here.status,
        "row": here.row,
        "column": here.column,
        "layer": here.layer,
        "place": list(here.place),
        "neighbours": [
            {"player": n.player, "swap": n.swap, "name": n.position.name} for n in neighbours(here)
        ],
    }


def _titled(here: Position) -> str:
    """The name, with the patterns where it is a name for a pair, and a doubt where there is one."""
    if here.row == here.column or not here.status:
        return here.name
    doubt = "" if here.status == "standard" else f"; {here.status}"
    return f"{here.name} ({here.row} x {here.column}{doubt})"


def _between(border: Border) -> str:
    if not border.between:
        return "between the named games (too many ties to list apart)"
    return "between " + " and ".join(p.name for p in border.between)


def _where(region: Region, text: str) -> str:
    return "everywhere" if region == EVERYWHERE else text


def _word(verdict: Verdict) -> str:
    return verdict_sentence(verdict, EVERYWHERE).rstrip(".").lower()


def _point(point: Mapping[str, Fraction] | None) -> str:
    return point_text(point) if point else ""


def _numbers(point: Mapping[str, Fraction] | None) -> dict[str, str] | None:
    return None if point is None else {n: str(v) for n, v in point.items()}
