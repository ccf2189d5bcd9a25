"""The literature, reproduced: the rows of `deterrence.canon` as a page, formulas in MathML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

import deterrence as dt
from _site.pictures import math
from deterrence.catalogue.canon import CanonRow
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import standing
from deterrence.show.canon_view import abbreviations, asked, tally_sentence, where

_INTRODUCTION = """\
(literature)=
# The literature, reproduced

Published results, and what becomes of each when the library decides it. A row says in our words what is
published, how close the model is to its source, exactly what is asked, and where that is true. "In the spirit
of" means a small version made for teaching; "not checked against the source" means that the publication was
not at hand. No row says more about a publication than that. Where it says "exactly where", the condition that
the model file expects was proved to be the one that the library found.
[Lesson 13](lessons/13_the_literature.ipynb) takes some of them apart; `deterrence canon` prints them.
"""


def pages() -> dict[str, str]:
    """File names under `generated/` with their texts."""
    return {"literature.md": page(dt.canon())}


def page(rows: Sequence[CanonRow]) -> str:
    """The page of these rows, a section a part."""
    return "\n".join([_INTRODUCTION, tally_sentence(rows) + "\n", *_sections(rows)])


def _sections(rows: Sequence[CanonRow]) -> Iterator[str]:
    for title, group in groupby(rows, lambda r: r.published.part):
        yield f"## {title}\n"
        for row in group:
            source = f"{{cite:t}}`{row.published.source}`" if row.published.source else "Textbook"
            yield f"**{row.published.text}** {source} ({row.tag}):\n"
            yield "```{raw} html\n" + "\n".join(_claim(r) for r in row.results) + "\n```\n"


def _claim(r: Result) -> str:
    words, condition, after = asked(r.claim)
    place, region = where(r)
    given = f"given {math(r.claim.given_text, condition=True)}," if r.claim.given_text else ""
    what = [given, escape(words), _formula(condition), escape(after)]
    shown = math(region, condition=True) if region else ""
    place = f"<b>{place if region else place + '.'}</b> {shown}".rstrip()
    short = "; ".join(f"{math(n)} = {_formula(t)}" for n, t in abbreviations(r))
    with_short = f" <span class='fine'>With {short}.</span>" if short else ""
    verdict = "as expected" if r.as_expected else "NOT AS EXPECTED"
    model = f"<a href='models/{r.model.name}.html'>{escape(r.model.source.title or r.model.name)}</a>"
    said = f"{' '.join(w for w in what if w)} &#8212; {place}{with_short}"
    beside = f"<span class='fine'>&#8195;{verdict}, in {model}</span>"
    return f"<div class='claim {standing(r.verdict)}'><p>{said}{beside}</p></div>"


def _formula(text: str) -> str:
    """An expression or a condition, whichever it is."""
    if not text:
        return ""
    shown = math(text)
    return math(text, condition=True) if shown.startswith("<code") else shown
