"""Two models side by side for people: what was paired with what, and where the equilibria part."""

from __future__ import annotations

from html import escape
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.verdicts import Proved, Refuted
from deterrence.show.html_parts import point_html, region_html, table_html
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import condition_text, point_text
from deterrence.show.sentences import verdict_sentence
from deterrence.study.compare import Apart, Comparison
from deterrence.study.relabelling import Relabelling


def comparison_page(found: Comparison) -> RenderableType:
    """The pairing, the verdict in a sentence, and each equilibrium that one model has and the other lacks."""
    parts: list[RenderableType] = [heading("Do the two models have the same equilibria?")]
    parts += [indented(line) for line in pairing_lines(found.how)]
    parts.append(Text(comparison_sentence(found)))
    if found.apart:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in ("equilibrium", "the other model lacks it", "for example"):
            table.add_column(name, overflow="fold")
        for a in found.apart:
            where = "everywhere" if a.region == EVERYWHERE else f"where {region_text(a.region)}"
            table.add_row(_named(a), where, point_text(a.witness) if a.witness else "")
        parts.append(table)
    return Group(*parts)


def pairing_lines(how: Relabelling) -> list[str]:
    """What stands for what, where that is more than a name for itself."""
    lines = [f"{one} is {two} in the second model" for one, two in how.places if one != two]
    for place, pairs in how.actions:
        lines += [f"{place}'s {one} is {two} in the second model" for one, two in pairs if one != two]
    lines += [f"the second model's {n} is {value_text(v)}" for n, v in how.parameters if str(v) != n]
    return lines


def comparison_sentence(found: Comparison) -> str:
    """Whether the equilibria are the same, and where, in words."""
    if isinstance(found.verdict, Proved):
        text = f"Yes, at all parameter values that both allow; proved ({found.verdict.method})."
    elif isinstance(found.verdict, Refuted):
        where = condition_text(found.same, prover(EVERYWHERE))
        text = "No, nowhere." if found.same == NOWHERE else f"Only where {where}."
        if found.verdict.witness:
            text += f" Not, for example, at {point_text(found.verdict.witness)}."
    else:
        text = verdict_sentence(found.verdict, EVERYWHERE)
    if found.beyond != NOWHERE:
        text += f" The second model says nothing where {region_text(found.beyond)}."
    return text


def comparison_html(found: Comparison) -> str:
    """The comparison as a sentence and a table."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in pairing_lines(found.how))
    text = (f"<ul>{lines}</ul>" if lines else "") + f"<p>{escape(comparison_sentence(found))}</p>"
    rows = [
        [
            escape(_named(a)),
            "everywhere" if a.region == EVERYWHERE else region_html(a.region),
            point_html(a.witness) if a.witness else "",
        ]
        for a in found.apart
    ]
    return text + (table_html(["equilibrium", "the other lacks it", "for example"], rows) if rows else "")


def comparison_json(found: Comparison) -> dict[str, Any]:
    """The comparison as plain data."""
    return {
        "pairing": {
            "players": dict(found.how.places),
            "actions": {place: dict(pairs) for place, pairs in found.how.actions},
            "parameters": {n: value_text(v) for n, v in found.how.parameters},
        },
        "verdict": found.verdict.word,
        "same": region_text(found.same),
        "beyond": region_text(found.beyond),
        "scope": found.scope or None,
        "apart": [
            {
                "of": a.of,
                "equilibrium": a.equilibrium,
                "region": region_text(a.region),
                "witness": None if a.witness is None else {n: str(v) for n, v in a.witness.items()},
            }
            for a in found.apart
        ],
    }


def _named(a: Apart) -> str:
    return f"{a.equilibrium} of the {a.of} model"
