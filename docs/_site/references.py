"""A model's sources, each tied to its entry in the bibliography."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deterrence.catalogue.source import Reference


def reference_lines(sources: Sequence[Reference]) -> Iterator[str]:
    """A line a source: who and when, the place in the work, how the model relates to it."""
    for s in sources:
        locus = f", {s.locus}" if s.locus else ""
        status = f" ({s.status})" if s.status else ""
        yield f"- {{cite:t}}`{s.key}`{locus}{status}"
