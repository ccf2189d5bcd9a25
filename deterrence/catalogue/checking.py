"""Checking a model's claims against its own expectations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from deterrence.algebra.decide import prover
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, atoms_of
from deterrence.algebra.verdicts import Refuted, Undecided, Verdict, holds_region
from deterrence.catalogue.models import (
    Model,
    asks_about_play,
    atlas_of,
    load,
    play_question,
    question,
)
from deterrence.catalogue.source import ClaimSource
from deterrence.errors import DeterrenceError, expect
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

    def __repr__(self) -> str:
        expected = "as expected" if self.as_expected else f"NOT as expected: {self.remark}"
        return f"Result({self.model.name}/{self.claim.id}: {self.verdict.word}, {expected})"


def check(model: Model | str | Path) -> tuple[Result, ...]:
    """The verdict on every claim of a model (or of a name or path), in the order of the file."""
    expect("check", model, Model, str, Path)
    if not isinstance(model, Model):
        model = load(model)
    return tuple(check_claim(model, claim) for claim in model.source.claims)


def check_claim(model: Model, claim: ClaimSource) -> Result:
    """The verdict on one claim, compared with what the file expects."""
    try:
        verdict = decided(model, claim)
    except DeterrenceError as fault:
        verdict = Undecided(str(fault))
    return compared(model, claim, verdict)


def decided(model: Model, claim: ClaimSource) -> Verdict:
    """The verdict on one claim; raises DeterrenceError where the question cannot be asked of the model."""
    if model.repeated is not None and asks_about_play(model, claim):
        return decide_play(play_question(model, claim), model.repeated)
    atlas = None if claim.question == "holds" else atlas_of(model, claim.concept, cells=False)
    return decide_claim(question(model, claim), model.domain.given, atlas)


def compared(model: Model, claim: ClaimSource, verdict: Verdict) -> Result:
    """A verdict with what the file expects of it, and why it is not that where it is not.

    Where the region found is proved equal to the one that is expected, the shorter of the two is shown.
    """
    expected = claim.expect
    if expected is None:
        return Result(model, claim, verdict, True, "no expectation stated")
    if expected == "refuted" and isinstance(verdict, Refuted):
        if verdict.holds_where in (None, NOWHERE):
            return Result(model, claim, verdict, True)
        remark = f"it is true on a part: expect that region, {verdict.holds_where}"
        return Result(model, claim, verdict, False, remark)
    if isinstance(expected, str):
        same = verdict.word == expected
        return Result(model, claim, verdict, same, "" if same else f"it is {verdict.word}")
    reading = Reading(given=model.domain.given, definitions=model.definitions)
    premise = EVERYWHERE if claim.given is None else read_region(claim.given, reading)
    given = all_of((model.domain.given, premise))
    region = read_region(expected, replace(reading, given=given, ranges=model.domain.given))
    found = holds_region(verdict)
    if found is None:
        return Result(model, claim, verdict, False, f"it is {verdict.word}")
    equal = prover(given).equivalent(found, region)
    if equal is None:
        return Result(model, claim, verdict, False, "equality with the expected region could not be decided")
    if equal and isinstance(verdict, Refuted) and _length(region) < _length(found):
        verdict = replace(verdict, holds_where=region)
    where = {EVERYWHERE: "everywhere", NOWHERE: "nowhere"}.get(found, f"where {found}")
    return Result(model, claim, verdict, equal, "" if equal else f"it holds {where}")


def _length(region: Region) -> int:
    return sum(a.poly.size for a in atoms_of(region))


def article_order(label: str | None) -> tuple[int, str]:
    """A1, A2, … A16 in their own order."""
    digits = "".join(ch for ch in label or "" if ch.isdigit())
    return (int(digits) if digits else 999, label or "")
