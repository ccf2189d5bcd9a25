"""Credible and incredible threats side by side: a line for each Nash equilibrium in plans, and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import NOWHERE
from deterrence.show.paragraphs import heading, indented, labelled
from deterrence.show.phrases import condition_text
from deterrence.solve.atlas import Atlas
from deterrence.study.credibility import Credible

_WORDS = {"subgame-perfect": "subgame-perfect", "perfect-bayesian": "perfect Bayesian"}


def credibility_page(
    nash: Atlas,
    found: Sequence[Credible],
    concept: str,
    solve_for: str | None = None,
    everything: bool = False,
) -> RenderableType:
    """Where each pure equilibrium in plans is perfect, `concept` being what it was compared with."""
    ask = prover(nash.domain.given)
    name = _WORDS.get(concept, concept)
    parts: list[RenderableType] = [heading(f"Credible or not: which of them are {name}")]
    left_out = 0
    for one in found:
        e = nash[one.id]
        if not everything and not e.generic:
            continue
        if one.region is None:
            left_out += 1
        elif one.region == NOWHERE:
            parts.append(labelled(one.id, "nowhere: it rests on a move that would not be made"))
        elif ask.implies(e.region, one.region) is True:
            parts.append(labelled(one.id, "wherever it exists"))
        else:
            parts.append(labelled(one.id, f"exactly where {condition_text(one.region, ask, solve_for)}"))
    if left_out:
        parts.append(indented(f"{left_out} in mixtures of plans are not compared"))
    return Group(*parts)


def credibility_json(found: Sequence[Credible], concept: str) -> dict[str, Any]:
    """By equilibrium, the condition on which it is perfect; null where that was not compared."""
    return {
        "credible": {
            "concept": concept,
            "where": {c.id: None if c.region is None else region_text(c.region) for c in found},
        }
    }
