"""The sources of a model in words: who wrote what and when, where in it, and how the model relates to it."""

from __future__ import annotations

from deterrence.catalogue.bibliography import work
from deterrence.catalogue.source import Reference
from deterrence.errors import UnknownName


def source_words(reference: Reference) -> str:
    """`Schelling 1966, Arms and Influence, ch. 2 (in the spirit of)`; the key where the work is not listed.

    >>> source_words(Reference("Selten1978", "", "textbook standard"))
    'Selten 1978, The Chain Store Paradox (textbook standard)'
    """
    try:
        found = work(reference.key)
        named = f"{found.short}, {found.title}" if found.authors else found.title
    except UnknownName:
        named = reference.key
    place = f", {reference.locus}" if reference.locus else ""
    return f"{named}{place} ({reference.status})"
