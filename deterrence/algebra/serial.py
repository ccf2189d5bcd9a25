"""Regions as plain data and back, exactly as they stand: for caches; `printing` is for people."""

from __future__ import annotations

from typing import Any

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import AllOf, AnyOf, Atom, Region
from deterrence.errors import GameError


def region_data(region: Region) -> dict[str, Any]:
    """A region as nested dicts and lists, whole numbers as text.

    >>> from deterrence.algebra.region import atom
    >>> x = Poly.variable("x")
    >>> region_of_data(region_data(atom(x - 1, ">"))) == atom(x - 1, ">")
    True
    """
    if isinstance(region, Atom):
        terms = sorted((list(map(list, m)), str(c)) for m, c in region.poly.terms)
        return {"poly": [list(t) for t in terms], "relation": region.relation}
    assert isinstance(region, AllOf | AnyOf)
    word = "all" if isinstance(region, AllOf) else "any"
    return {word: [region_data(p) for p in region.parts]}


def region_of_data(data: Any) -> Region:
    """The region that `region_data` made the data from; GameError for anything else."""
    try:
        if "poly" in data:
            terms = [(tuple((str(n), int(e)) for n, e in m), int(c)) for m, c in data["poly"]]
            return Atom(Poly.from_terms(terms), str(data["relation"]))
        word = "all" if "all" in data else "any"
        parts = tuple(region_of_data(p) for p in data[word])
    except (KeyError, TypeError, ValueError) as fault:
        raise GameError(f"this is no region: {str(data)[:60]}") from fault
    return AllOf(parts) if word == "all" else AnyOf(parts)
