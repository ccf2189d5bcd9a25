"""Selected equilibria for people: terminal page, HTML and JSON; each pick under the name of its criterion."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.show.html_parts import profile_html, region_html, table_html
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import condition_text
from deterrence.show.sentences import profile_sentence
from deterrence.study.selection import Selection

CAVEAT = (
    "Each line is what one criterion picks. The criteria are arguments for an equilibrium, not parts of its "
    "definition: every equilibrium of the atlas remains one."
)


def selection_page(found: Selection, solve_for: str | Sequence[str] | None = None) -> RenderableType:
    """The picks by criterion, who plays what in each, and where."""
    ask = prover(found.atlas.domain.given)
    parts: list[RenderableType] = [heading("What selection criteria pick")]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("criterion", "equilibrium", "where"):
        table.add_column(name, overflow="fold")
    for label in found.labels:
        e = found.atlas[label.equilibrium]
        played = f"{e.id}: {profile_sentence(e, found.atlas.game, ask)}"
        table.add_row(label.criterion, played, _where(label.region, ask, solve_for))
    parts.append(table if found.labels else indented("none of them picks anything"))
    parts += [indented(Text(f"{c}: not applied; {why}", style="dim")) for c, why in found.left_out]
    return Group(*parts, Text(CAVEAT, style="italic"))


def selection_html(found: Selection) -> str:
    """The picks as a table, conditions typeset."""
    rows = [
        [
            escape(label.criterion),
            profile_html(found.atlas[label.equilibrium]),
            "everywhere" if label.region == EVERYWHERE else region_html(label.region),
        ]
        for label in found.labels
    ]
    left = "".join(f"<p>{escape(c)}: not applied; {escape(why)}</p>" for c, why in found.left_out)
    table = table_html(["criterion", "equilibrium", "where"], rows)
    return f"{table}{left}<p><i>{escape(CAVEAT)}</i></p>"


def selection_json(found: Selection, name: str) -> dict[str, Any]:
    """The picks as plain data; equilibria by the ids of `solve --json`."""
    return {
        "model": name,
        "picks": [
            {
                "criterion": label.criterion,
                "equilibrium": label.equilibrium,
                "region": region_text(label.region),
            }
            for label in found.labels
        ],
        "left_out": [{"criterion": c, "reason": why} for c, why in found.left_out],
    }


def _where(region: Region, ask: Prover, solve_for: str | Sequence[str] | None) -> str:
    return "everywhere" if region == EVERYWHERE else condition_text(region, ask, solve_for)
