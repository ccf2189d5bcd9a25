"""Load-bearing assumptions as a terminal page, as HTML for notebooks and as data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.isolate import solved_text
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, names_of
from deterrence.algebra.verdicts import Refuted, Undecided
from deterrence.show.html_parts import table_html
from deterrence.show.paragraphs import heading, indented
from deterrence.show.sentences import verdict_sentence
from deterrence.study.assumptions import Assumption, Without, joined
from deterrence.study.load_bearing import LoadBearing
from deterrence.study.never import Change, Obstacle
from deterrence.study.tree_deviations import TreeDeviation

_KINDS = {"domain": "domain", "joint": "assumption", "premise": "premise of the claim"}


def without_words(one: Without, found: LoadBearing) -> str:
    """What dropping one assumption does, in words, with how far it can be relaxed."""
    if one.status == "redundant":
        return "redundant: the others imply it"
    if one.status == "can be dropped":
        return "can be dropped: the claim stays proved"
    if one.status == "part of the model":
        return f"part of the model: {one.reason}"
    if one.status == "undecided":
        return f"undecided without it: {one.reason}"
    text = "load-bearing"
    if one.tight:
        return f"{text}, and it cannot be relaxed at all"
    if one.weakest is None:
        return text
    relaxed = _solved(one.weakest, one.assumption, found)
    text += f"; it can be relaxed to {relaxed}, which is the weakest given the others"
    if one.alone not in (None, one.weakest) and names_of(one.assumption.region):
        alone = region_text(one.alone) if one.alone is not None else ""
        own = ", ".join(sorted(names_of(one.assumption.region)))
        text += f"; whatever the rest, to {alone}" if alone != "false" else f"; in {own} alone, not at all"
    return text


def _solved(region: Region, dropped: Assumption, found: LoadBearing) -> str:
    """The region, solved for the parameters of the assumption that it stands in for."""
    rest = joined(a for a in found.assumptions if a is not dropped)
    wanted = (
        [dropped.about] if dropped.about else [n for n in found.domain.names if n in names_of(dropped.region)]
    )
    return solved_text(region, wanted, prover(rest))


def change_words(change: Change) -> str:
    """A deviation that pays, in words."""
    gain = value_text(change.gain)
    if isinstance(change, TreeDeviation):
        where = f" at {change.place}" + ("" if change.on_path else ", off the path")
        return f"{change.player} gains {gain} by {change.instead} instead of {change.action}{where}"
    return f"{change.player} gains {gain} by {change.instead} instead of {change.action}"


def obstacle_words(obstacle: Obstacle) -> str:
    """Why one pure profile is no equilibrium at any parameter value."""
    played = ", ".join(f"{place}: {action}" for place, action in obstacle.profile)
    reasons = [change_words(c) for c in obstacle.changes]
    if obstacle.jointly:
        return f"With {played}, at each parameter value one of these pays: {'; '.join(reasons)}."
    return f"With {played}, {' and '.join(reasons)}, whatever the parameters."


def sentences(found: LoadBearing) -> list[str]:
    """What is found beside the table of assumptions, one sentence each."""
    lines = [f"These contradict each other: {', '.join(a.text for a in clash)}." for clash in found.conflicts]
    if found.support is not None:
        lines += _support_sentences(found)
    if isinstance(found.verdict, Undecided):
        lines.append("Nothing is said of assumptions or premises, since the claim itself is undecided.")
    if found.extra is not None:
        lines += _extra_sentences(found)
    if found.never is not None:
        lines += [obstacle_words(o) for o in found.never.obstacles]
        lines += [
            f"{name} breaks it {'everywhere' if where == EVERYWHERE else 'where ' + region_text(where)}."
            for name, where in found.never.breakers
        ]
    return lines


def _support_sentences(found: LoadBearing) -> list[str]:
    assert found.support is not None
    sets = [", ".join(a.text for a in kept) or "no assumption at all" for kept in found.support.sufficient]
    if found.support.only:
        return [f"Enough to prove it, and each is needed: {sets[0]}."]
    spare = "with none to spare" if found.support.minimal else "perhaps with some to spare"
    return [f"Enough to prove it, {spare}: {'; or '.join(sets)}."]


def _extra_sentences(found: LoadBearing) -> list[str]:
    extra = found.extra
    assert extra is not None
    lines = []
    if extra.simple:
        listed = "; or ".join(region_text(r) for r in extra.simple)
        lines.append(f"Simple premises that make it true, none of them weaker than another: {listed}.")
    if extra.weakest and extra.weakest != extra.simple:
        lines.append(f"The weakest of all that were tried: {'; or '.join(map(region_text, extra.weakest))}.")
    if not extra.weakest:
        what = "single or in pairs" if extra.exhaustive else "single, or in the pairs that were tried"
        lines.append(f"None of the {extra.tried} candidates makes it true, {what}.")
    if extra.undecided:
        lines.append(f"{len(extra.undecided)} candidates stayed undecided.")
    return lines


def load_bearing_page(found: LoadBearing) -> RenderableType:
    """The verdict, then what each assumption does or what is lacking."""
    parts: list[RenderableType] = [heading(found.claim)]
    parts.append(indented(verdict_sentence(found.verdict, joined(found.assumptions))))
    if found.support is not None:
        parts.append(heading("Each assumption dropped on its own"))
        for one in found.support.without:
            label = f"{one.assumption.text} ({_KINDS[one.assumption.kind]})"
            parts.append(indented(Text.assemble((label, "bold"), f": {without_words(one, found)}")))
    if (
        found.never is not None
        and isinstance(found.verdict, Refuted)
        and found.verdict.holds_where == NOWHERE
    ):
        parts.append(heading("Why it holds nowhere"))
    parts += [indented(text) for text in sentences(found)]
    return Group(*parts)


def load_bearing_html(found: LoadBearing) -> str:
    """The same as a table and sentences."""
    text = f"<p><b>{escape(found.claim)}</b></p>"
    text += f"<p>{escape(verdict_sentence(found.verdict, joined(found.assumptions)))}</p>"
    if found.support is not None:
        rows = [
            [
                f"<code>{escape(w.assumption.text)}</code>",
                _KINDS[w.assumption.kind],
                escape(without_words(w, found)),
            ]
            for w in found.support.without
        ]
        text += table_html(["assumption", "", "dropped on its own"], rows)
    return text + "".join(f"<p>{escape(line)}</p>" for line in sentences(found))


def load_bearing_json(found: LoadBearing) -> dict[str, Any]:
    """The same as data; conditions and values are texts that parse back."""
    holds = found.verdict.holds_where if isinstance(found.verdict, Refuted) else None
    support, extra, never = found.support, found.extra, found.never
    return {
        "claim": found.claim,
        "verdict": found.verdict.word,
        "holds_where": _condition(holds),
        "assumptions": [{"text": a.text, "kind": a.kind, "about": a.about} for a in found.assumptions],
        "conflicts": [_texts(clash) for clash in found.conflicts],
        "without": None if support is None else [_without(w) for w in support.without],
        "sufficient": None if support is None else [_texts(kept) for kept in support.sufficient],
        "only_sufficient": None if support is None else support.only,
        "sufficient_are_minimal": None if support is None else support.minimal,
        "extra_premise": None
        if extra is None
        else {
            "weakest": [region_text(r) for r in extra.weakest],
            "simple": [region_text(r) for r in extra.simple],
            "tried": extra.tried,
            "undecided": [region_text(r) for r in extra.undecided],
            "exhaustive": extra.exhaustive,
        },
        "never": None
        if never is None
        else {
            "obstacles": [_obstacle(o) for o in never.obstacles],
            "breakers": [{"equilibrium": name, "where": region_text(r)} for name, r in never.breakers],
        },
    }


def _texts(assumptions: Sequence[Assumption]) -> list[str]:
    return [a.text for a in assumptions]


def _condition(region: Region | None) -> str | None:
    return None if region is None else region_text(region)


def _without(one: Without) -> dict[str, Any]:
    return {
        "assumption": one.assumption.text,
        "kind": one.assumption.kind,
        "status": one.status,
        "verdict": one.verdict.word,
        "weakest": _condition(one.weakest),
        "alone": _condition(one.alone),
        "tight": one.tight,
        "reason": one.reason,
    }


def _obstacle(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "profile": dict(obstacle.profile),
        "jointly": obstacle.jointly,
        "changes": [
            {
                "player": c.player,
                "place": c.place if isinstance(c, TreeDeviation) else None,
                "action": c.action,
                "instead": c.instead,
                "gain": value_text(c.gain),
            }
            for c in obstacle.changes
        ],
    }
