"""Comparative statics as a terminal page, as HTML for notebooks and as data."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of
from deterrence.algebra.value import Value
from deterrence.algebra.verdicts import Refuted, Undecided
from deterrence.show.html_parts import region_html, table_html, value_html, where_html
from deterrence.show.paragraphs import heading, indented, labelled
from deterrence.show.phrases import condition_text, point_text
from deterrence.study.movement import STATEMENTS, Pair, Trend
from deterrence.study.statics import Statics, Within

_SUBJECT = {
    "every": "whichever equilibria are played before and after",
    "some": "for some equilibrium before and some after",
    "lowest": "the lowest value over all equilibria",
    "highest": "the highest value over all equilibria",
}
_WORDS = {"constant": "stays the same"}
_CHOICE = {
    "rises": "can rise",
    "falls": "can fall",
    "constant": "can stay the same",
    "never falls": "need not fall",
    "never rises": "need not rise",
}


def trend_words(trend: Trend) -> str:
    """What is proved of a quantity in a reading, in words: `never rises`, `can fall, need not rise`."""
    if not trend.words:
        return "it depends" if trend.word == "depends" else trend.word
    table = _CHOICE if trend.reading == "some" else _WORDS
    return ", ".join(table.get(w, w) for w in trend.words)


def pair_words(pair: Pair, of: str) -> str:
    """A pair of points in words: what each equilibrium gives before and after."""
    rest = {n: v for n, v in pair.before.items() if n != of}
    where = f" at {point_text(rest)}" if rest else ""
    sides = [", ".join(f"{_value(v)} in {e}" for e, v in side) for side in (pair.now, pair.later)]
    return f"from {of}={pair.before[of]} to {of}={pair.after[of]}{where}: first {sides[0]}, then {sides[1]}"


def _value(v: Value) -> str:
    return value_text(v) if v.is_constant else f"{value_text(v)} ({', '.join(sorted(v.names))} free)"


def evidence(trend: Trend, of: str) -> Iterator[str]:
    """Sentences on what stands against the strongest statements: pairs that move, or reasons for doubt."""
    for statement, label in (
        ("never falls", "It falls"),
        ("never rises", "It rises"),
        ("constant", "It moves"),
    ):
        verdict = trend.verdicts[statement]
        settled = statement == "constant" and {"never falls", "never rises"} & set(trend.pairs)
        if statement in trend.pairs and not settled:
            yield f"{label} {pair_words(trend.pairs[statement], of)}."
        elif isinstance(verdict, Undecided):
            yield f"Whether it {statement} is undecided: {verdict.reason}."
            return


def within_words(within: Within, ask: Prover) -> str:
    """How the quantity moves within one component, with where it rises and falls if that differs."""
    text = trend_words(within.trend)
    if within.trend.word in ("depends", "never falls", "never rises") and within.rises_where is not None:
        parts = [
            f"{word} exactly where {condition_text(region, ask)}"
            for word, region in (("rises", within.rises_where), ("falls", within.falls_where))
            if region not in (None, NOWHERE, EVERYWHERE)
        ]
        text = "; ".join([text, *parts])
    return text


def statics_page(found: Statics, knife_edges: bool = False) -> RenderableType:
    """The page: within each equilibrium, then across all; knife-edge components on request."""
    ask = prover(all_of((found.domain.given, found.premise)))
    parts: list[RenderableType] = [heading(f"How {found.on} moves as {found.of} rises, all else the same")]
    if found.premise != EVERYWHERE:
        parts.append(indented(f"Given {region_text(found.premise)}:"))
    parts.append(heading("Within each equilibrium"))
    hidden = 0
    for within in found.within:
        if not within.generic and not knife_edges:
            hidden += 1
            continue
        values = " or ".join(dict.fromkeys(value_text(v, ask) for _, v in within.cases))
        parts.append(labelled(", ".join(within.equilibria), f"{values}: {within_words(within, ask)}"))
        if within.trend.word == "depends":
            parts += [indented(Text(t, style="dim"), 6) for t in evidence(within.trend, found.of)]
    if hidden:
        parts.append(indented(Text(f"({hidden} knife-edge components are not shown)", style="dim")))
    parts.append(heading("Across equilibria, where those that exist may change"))
    for trend in found.across:
        subject = _SUBJECT[trend.reading]
        parts.append(indented(Text.assemble(f"{subject}: ", (trend_words(trend), "bold"))))
        parts += [indented(Text(t, style="dim"), 6) for t in evidence(trend, found.of)]
    return Group(*parts)


def statics_html(found: Statics) -> str:
    """Two tables: within each equilibrium, and across all."""
    ask = prover(all_of((found.domain.given, found.premise)))
    given = "" if found.premise == EVERYWHERE else f" given {region_html(found.premise)}"
    head = f"<p>How {escape(found.on)} moves as <b>{escape(found.of)}</b> rises{given}</p>"
    rows = [
        [
            escape(", ".join(w.equilibria)),
            "<br>".join(dict.fromkeys(value_html(v) for _, v in w.cases)),
            escape(within_words(w, ask)),
            _signs(w),
        ]
        for w in found.within
        if w.generic
    ]
    across = [
        [escape(_SUBJECT[t.reading]), f"<b>{escape(trend_words(t))}</b>", _lines(evidence(t, found.of))]
        for t in found.across
    ]
    return (
        head
        + table_html(["within", "value", "as the parameter rises", "exactly where"], rows)
        + table_html(["across equilibria", "it", "because"], across)
    )


def _signs(within: Within) -> str:
    signs = (("rises", within.rises_where), ("falls", within.falls_where), ("level", within.level_where))
    return "<br>".join(f"{word}: {where_html(r)}" for word, r in signs if r not in (None, NOWHERE))


def _lines(texts: Iterator[str]) -> str:
    return "<br>".join(escape(t) for t in texts)


def statics_json(found: Statics) -> dict[str, Any]:
    """The same as data; conditions and values are texts that parse back."""
    ask = prover(all_of((found.domain.given, found.premise)))
    return {
        "of": found.of,
        "on": found.on,
        "given": region_text(found.premise),
        "within": [
            {
                "equilibria": list(w.equilibria),
                "generic": w.generic,
                "values": [{"where": region_text(g), "value": value_text(v, ask)} for g, v in w.cases],
                "rises_where": _condition(w.rises_where),
                "falls_where": _condition(w.falls_where),
                "level_where": _condition(w.level_where),
            }
            | _trend(w.trend)
            for w in found.within
        ],
        "across": [_trend(t) for t in found.across],
    }


def _condition(region: Region | None) -> str | None:
    return None if region is None else region_text(region)


def _trend(trend: Trend) -> dict[str, Any]:
    statements: dict[str, Any] = {}
    for word in STATEMENTS:
        verdict = trend.verdicts[word]
        entry: dict[str, Any] = {"verdict": verdict.word}
        if isinstance(verdict, Undecided):
            entry["reason"] = verdict.reason
        if isinstance(verdict, Refuted):
            entry["pair"] = _pair(trend.pairs[word]) if word in trend.pairs else None
        statements[word] = entry
    return {"reading": trend.reading, "word": trend.word, "statements": statements}


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "before": {n: str(v) for n, v in pair.before.items()},
        "after": {n: str(v) for n, v in pair.after.items()},
        "values_before": [[e, value_text(v)] for e, v in pair.now],
        "values_after": [[e, value_text(v)] for e, v in pair.later],
    }
