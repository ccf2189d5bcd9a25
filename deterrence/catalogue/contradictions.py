"""The fault of a model file whose assumptions contradict each other: which of them do."""

from __future__ import annotations

from deterrence.algebra.parameters import Domain
from deterrence.catalogue.source import ModelSource
from deterrence.errors import Problem
from deterrence.study.assumptions import Assumption, conflicts


def contradiction(source: ModelSource, domain: Domain) -> Problem:
    """The smallest sets of assumptions that contradict each other, or all of them if none could be found."""
    stated = [
        Assumption("domain", p.domain, text, p.name)
        for p, text in zip(domain.parameters, (p.domain_text for p in source.parameters), strict=True)
        if text
    ]
    stated += [
        Assumption("joint", region, text)
        for region, text in zip(domain.assumptions, source.assumption_texts, strict=True)
    ]
    clash = conflicts(stated) or (tuple(stated),)
    listed = "; also ".join(" against ".join(a.text for a in found) for found in clash)
    return Problem("assumptions", f"they contradict each other: {listed}", "drop or weaken one of them")
