"""Conditions in one line, for the representation of results at a Python prompt."""

from __future__ import annotations

from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, polys_of

MOST_TERMS = 60  # of which the text is made quickly
MOST = 160  # characters


def brief(region: Region | None) -> str:
    """`where …`, `everywhere`, `nowhere`, or how long a condition is that nobody would read in one line.

    >>> from deterrence.algebra.value import compare, variable
    >>> brief(compare(variable("h"), ">", variable("c"))), brief(None)
    ('where h > c', 'not computed')
    """
    if region is None:
        return "not computed"
    if region in (EVERYWHERE, NOWHERE):
        return "everywhere" if region == EVERYWHERE else "nowhere"
    terms = sum(p.size for p in polys_of(region))
    text = str(region) if terms <= MOST_TERMS else ""
    return f"where {text}" if text and len(text) <= MOST else f"where a condition of {terms} terms holds"
