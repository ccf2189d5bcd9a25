"""Windows as a terminal page, as HTML for notebooks and as data."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.intervals import End, Interval
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of
from deterrence.algebra.verdicts import Refuted, Undecided
from deterrence.show.html_parts import region_html
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import point_text
from deterrence.study.windows import Window


def interval_text(one: Interval, ask: Prover) -> str:
    """An interval as inequalities: `g/rho <= s <= min(K/alpha, d)`, with its condition if it has one."""
    parts = []
    low, high = _sides(one.lower, ask, "max"), _sides(one.upper, ask, "min")
    same = one.lower == one.upper and len(one.lower) == 1 and one.lower[0].closed
    if same:
        parts.append(f"{one.name} == {value_text(one.lower[0].value, ask)}")
    elif len(low) <= 1 and len(high) <= 1 and (low or high):
        left = f"{low[0][0]} {low[0][1]} " if low else ""
        right = f" {high[0][1]} {high[0][0]}" if high else ""
        parts.append(f"{left}{one.name}{right}")
    else:
        flip = {"<": ">", "<=": ">="}
        parts += [f"{one.name} {flip[relation]} {text}" for text, relation in low]
        parts += [f"{one.name} {relation} {text}" for text, relation in high]
    parts += [f"{one.name} != {value_text(v, ask)}" for v in one.excluded]
    if one.where != EVERYWHERE:
        parts.append(region_text(one.where))
    return " and ".join(parts) if parts else f"any {one.name}"


def _sides(ends: Sequence[End], ask: Prover, function: str) -> list[tuple[str, str]]:
    """The ends of one side, those with the same relation together."""
    found = []
    for closed in (True, False):
        texts = [value_text(e.value, ask) for e in ends if e.closed == closed]
        if texts:
            text = texts[0] if len(texts) == 1 else f"{function}({', '.join(texts)})"
            found.append((text, "<=" if closed else "<"))
    return found


def open_text(window: Window, ask: Prover) -> str:
    """When the window is open: by its ends where that says it all, else the exact condition."""
    assert window.nonempty is not None
    if window.nonempty in (EVERYWHERE, NOWHERE) or not window.meets:
        return region_text(window.nonempty)
    parts = []
    for low, high in window.meets:
        relation = "<=" if low.closed and high.closed else "<"
        parts.append(f"{value_text(low.value, ask)} {relation} {value_text(high.value, ask)}")
    where = window.intervals[0].where if window.intervals else EVERYWHERE
    return " and ".join([*parts, *([] if where == EVERYWHERE else [region_text(where)])])


def sentences(window: Window) -> list[str]:
    """What is found of a window, one sentence each."""
    ask = prover(window.others)
    found = []
    if window.nonempty is None:
        assert isinstance(window.open, Undecided)
        found.append(f"Whether any value of {window.instrument} does is undecided: {window.open.reason}.")
    elif window.nonempty == NOWHERE:
        found.append(f"No value of {window.instrument} reaches the goal, whatever the other parameters.")
    elif window.nonempty == EVERYWHERE:
        found.append(f"Some value of {window.instrument} does, whatever the other parameters.")
    else:
        found.append(f"Some value of {window.instrument} does exactly where {open_text(window, ask)}.")
        if isinstance(window.open, Refuted) and window.open.witness:
            found.append(f"None does, for example, at {point_text(window.open.witness)}.")
    if window.always is not None and window.always not in (NOWHERE, EVERYWHERE):
        found.append(f"Every allowed value does exactly where {region_text(window.always)}.")
    elif window.always == EVERYWHERE:
        found.append("Every allowed value does.")
    return found


def window_page(window: Window) -> RenderableType:
    """The intervals of the instrument, and when there are any."""
    ask = prover(window.others)
    parts: list[RenderableType] = [heading(f"For which {window.instrument} the goal is reached")]
    if window.premise != EVERYWHERE:
        parts.append(indented(f"Given {region_text(window.premise)}:"))
    if window.intervals is None:
        parts.append(indented(f"where {region_text(window.goal)}"))
        parts.append(indented(Text(f"(no bounds: {window.note})", style="dim")))
    for i, one in enumerate(window.intervals or ()):
        parts.append(indented(f"{'or ' if i else ''}{interval_text(one, ask)}"))
    parts += [indented(text) for text in sentences(window)]
    return Group(*parts)


def window_html(window: Window) -> str:
    """The same with the exact regions typeset."""
    ask = prover(window.others)
    lines = [f"For which <b>{escape(window.instrument)}</b> the goal is reached"]
    if window.premise != EVERYWHERE:
        lines.append(f"given {region_html(window.premise)}")
    if window.intervals is None:
        lines.append(region_html(window.goal))
    lines += [f"<code>{escape(interval_text(one, ask))}</code>" for one in window.intervals or ()]
    lines += [escape(text) for text in sentences(window)]
    return "".join(f"<p>{line}</p>" for line in lines)


def window_json(window: Window) -> dict[str, Any]:
    """The same as data; conditions and values are texts that parse back."""
    ask = prover(all_of((window.others,)))
    witness = window.open.witness if isinstance(window.open, Refuted) else None
    return {
        "instrument": window.instrument,
        "given": region_text(window.premise),
        "goal": region_text(window.goal),
        "intervals": None
        if window.intervals is None
        else [
            {
                "lower": [_end(e, ask) for e in one.lower],
                "upper": [_end(e, ask) for e in one.upper],
                "excluded": [value_text(v, ask) for v in one.excluded],
                "where": region_text(one.where),
                "text": interval_text(one, ask),
            }
            for one in window.intervals
        ],
        "nonempty": _condition(window.nonempty),
        "empty": _condition(window.empty),
        "always": _condition(window.always),
        "open": window.open.word,
        "closed_at": None if witness is None else {n: str(v) for n, v in witness.items()},
        "checked_by_second_method": window.checked,
        "note": window.note,
    }


def _end(end: End, ask: Prover) -> dict[str, Any]:
    return {"value": value_text(end.value, ask), "closed": end.closed}


def _condition(region: Region | None) -> str | None:
    return None if region is None else region_text(region)
