"""Stable strategies and replicator dynamics for people: terminal pages, HTML and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.show.html_parts import region_html, table_html, value_html
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import condition_text
from deterrence.show.sentences import verdict_sentence
from deterrence.solve.evolution import StableStrategy
from deterrence.solve.rest_points import Dynamics, RestPoint


def ess_page(found: Sequence[StableStrategy], given: Region = EVERYWHERE) -> RenderableType:
    """The evolutionarily stable strategies with their regions; `given` are the game's assumptions."""
    ask = prover(given)
    parts: list[RenderableType] = [heading("Evolutionarily stable strategies")]
    for s in found:
        where = _where(s.region, condition_text(s.region, ask))
        parts.append(indented(f"{_mixture(s.strategy, ask)}: {where}"))
    return Group(*parts, *([] if found else [indented("none")]))


def ess_html(found: Sequence[StableStrategy]) -> str:
    """The stable strategies as a table, conditions typeset."""
    rows = [
        [
            ", ".join(f"{escape(a)} {value_html(v)}" for a, v in s.strategy if not v.is_zero),
            _where(s.region, region_html(s.region)),
        ]
        for s in found
    ]
    return table_html(["evolutionarily stable", "exactly"], rows)


def ess_json(found: Sequence[StableStrategy]) -> list[dict[str, Any]]:
    """The stable strategies as plain data."""
    return [
        {"strategy": {a: value_text(v) for a, v in s.strategy}, "region": region_text(s.region)}
        for s in found
    ]


def dynamics_page(found: Dynamics) -> RenderableType:
    """The rest points and their kinds, continua, and what the constant of motion proves."""
    ask = prover(found.game.domain.given)
    what = "one population" if found.populations == 1 else "two populations"
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("state of rest", "exists", "nearby states"):
        table.add_column(name, overflow="fold")
    for p in found.points:
        kinds = "\n".join(_kind(word, region, p, ask) for word, region in p.kinds)
        table.add_row(_state(p, ask), _where(p.region, condition_text(p.region, ask)), kinds)
    parts: list[RenderableType] = [heading(f"Replicator dynamics, {what}"), table]
    parts += [
        indented(f"{c.face}: at rest {_where(c.region, condition_text(c.region, ask))}")
        for c in found.continua
    ]
    sentence = orbits_sentence(found)
    return Group(*parts, *([Text(sentence, style="italic")] if sentence else []))


def orbits_sentence(found: Dynamics) -> str:
    """What the constant of motion proves beyond the linear part, or nothing."""
    if found.conserved is None or found.conserved.closed == NOWHERE:
        return ""
    ask = prover(found.game.domain.given)
    where = _where(found.conserved.closed, condition_text(found.conserved.closed, ask))
    terms = " + ".join(
        f"({value_text(w, ask)})*log(share of {player}'s {action})"
        for player, action, w in found.conserved.weights
    )
    return (
        f"Closed orbits around the inner state of rest {where}: the motion leaves {terms} unchanged "
        f"({verdict_sentence(found.conserved.verdict, EVERYWHERE).rstrip('.').lower()}), and its levels are "
        "closed curves."
    )


def dynamics_html(found: Dynamics) -> str:
    """The rest points as a table, conditions typeset."""
    rows = []
    for p in found.points:
        state = "<br>".join(
            f"{escape(player)}: "
            + ", ".join(f"{escape(a)} {value_html(v)}" for a, v in strategy if not v.is_zero)
            for player, strategy in p.state
        )
        kinds = "<br>".join(f"{word}: {_where(region, region_html(region))}" for word, region in p.kinds)
        rows.append([state, _where(p.region, region_html(p.region)), kinds])
    text = table_html(["state of rest", "exists", "nearby states"], rows)
    for c in found.continua:
        text += f"<p>{escape(c.face)}: at rest {_where(c.region, region_html(c.region))}</p>"
    sentence = orbits_sentence(found)
    return text + (f"<p><i>{escape(sentence)}</i></p>" if sentence else "")


def dynamics_json(found: Dynamics, name: str) -> dict[str, Any]:
    """The dynamics as plain data."""
    ask = prover(found.game.domain.given)
    conserved = found.conserved
    return {
        "model": name,
        "populations": found.populations,
        "rest_points": [
            {
                "state": {player: {a: value_text(v, ask) for a, v in s} for player, s in p.state},
                "region": region_text(p.region),
                "kinds": {word: region_text(region) for word, region in p.kinds},
                "trace": value_text(p.trace, ask),
                "determinant": None if p.determinant is None else value_text(p.determinant, ask),
            }
            for p in found.points
        ],
        "continua": [{"face": c.face, "region": region_text(c.region)} for c in found.continua],
        "conserved": conserved
        and {
            "weights": [
                {"player": p, "action": a, "weight": value_text(w, ask)} for p, a, w in conserved.weights
            ],
            "verdict": conserved.verdict.word,
            "closed": region_text(conserved.closed),
        },
    }


def _kind(word: str, region: Region, p: RestPoint, ask: Prover) -> str:
    if region == p.region:
        return word
    return f"{word} {_where(region, condition_text(region, ask))}"


def _state(p: RestPoint, ask: Prover) -> str:
    return "; ".join(
        (f"{player}: " if len(p.state) > 1 else "") + _mixture(strategy, ask) for player, strategy in p.state
    )


def _mixture(strategy: Sequence[tuple[str, Any]], ask: Prover) -> str:
    used = [(a, v) for a, v in strategy if not v.is_zero]
    if len(used) == 1:
        return f"all {used[0][0]}"
    return ", ".join(f"{a} {value_text(v, ask)}" for a, v in used)


def _where(region: Region, text: str) -> str:
    return "everywhere" if region == EVERYWHERE else f"where {text}"
