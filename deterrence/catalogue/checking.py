"""Checking a model's claims against its own expectations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from deterrence.algebra.decide import prover
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.catalogue.models import (
    Model,
    asks_about_play,
    atlas_of,
    load,
    play_question,
    question,
)
from deterrence.catalogue.source import ClaimSource
from deterrence.errors import DeterrenceError
from deterrence.study.claims import decide_claim
from deterrence.study.play import decide_play


@dataclass(frozen=True)
class Result:
    """A claim with its verdict, whether that is what the file expects, and why not where it is not."""

    model: Model
    claim: ClaimSource
    verdict: Verdict
    as_expected: bool
    remark: str = ""


def check(model: Model | str | Path) -> tuple[Result, ...]:
    """The verdict on every claim of a model (or of a name or path), in the order of the file."""
    if not isinstance(model, Model):
        model = load(model)
    return tuple(check_claim(model, claim) for claim in model.source.claims)


def check_claim(model: Model, claim: ClaimSource) -> Result:
    """The verdict on one claim, compared with what the file expects."""
    try:
        verdict = decided(model, claim)
    except DeterrenceError as fault:
        verdict = Undecided(str(fault))
    return Result(model, claim, verdict, *met(model, claim, verdict))


def decided(model: Model, claim: ClaimSource) -> Verdict:
    """The verdict on one claim; raises DeterrenceError where the question cannot be asked of the model."""
    if model.repeated is not None and asks_about_play(model, claim):
        return decide_play(play_question(model, claim), model.repeated)
    atlas = None if claim.question == "holds" else atlas_of(model, claim.concept, cells=False)
    return decide_claim(question(model, claim), model.domain.given, atlas)


def met(model: Model, claim: ClaimSource, verdict: Verdict) -> tuple[bool, str]:
    """Whether a verdict is what the file expects, and why not where it is not."""
    expected = claim.expect
    if expected is None:
        return True, "no expectation stated"
    if expected == "refuted":
        if not isinstance(verdict, Refuted):
            return False, f"it is {verdict.word}"
        if verdict.holds_where not in (None, NOWHERE):
            return False, f"it is true on a part: expect that region, {verdict.holds_where}"
        return True, ""
    if isinstance(expected, str):
        return verdict.word == expected, "" if verdict.word == expected else f"it is {verdict.word}"
    reading = Reading(given=model.domain.given, definitions=model.definitions)
    premise = EVERYWHERE if claim.given is None else read_region(claim.given, reading)
    given = all_of((model.domain.given, premise))
    region = read_region(expected, replace(reading, given=given, ranges=model.domain.given))
    found = _region_of(verdict)
    if found is None:
        return False, f"it is {verdict.word}"
    same = prover(given).equivalent(found, region)
    if same is None:
        return False, "equality with the expected region could not be decided"
    return same, "" if same else f"it holds where {found}"


def _region_of(verdict: Verdict) -> Region | None:
    if isinstance(verdict, Proved | Vacuous):
        return all_of(())
    return verdict.holds_where if isinstance(verdict, Refuted) else None


def article_order(label: str | None) -> tuple[int, str]:
    """A1, A2, … A16 in their own order."""
    digits = "".join(ch for ch in label or "" if ch.isdigit())
    return (int(digits) if digits else 999, label or "")
