"""Questions to model files, asked in tests, and their answers compared with regions written out by hand.

What a file expects of its own claims is not read here.  Regions are compared by proof, under the model's
assumptions and the premise that is named.
"""

from __future__ import annotations

from functools import cache

import deterrence as dt
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.region import EVERYWHERE, Region, all_of, complement
from deterrence.algebra.verdicts import holds_region
from deterrence.catalogue.models import atlas_of
from deterrence.solve.atlas import Atlas
from deterrence.study.play import PlayQuestion, decide_play


@cache
def atlas(name: str) -> Atlas:
    return atlas_of(name, cells=False)


def premise(name: str, given: str | None) -> Region:
    model = dt.load(name)
    own = EVERYWHERE if given is None else dt.condition(model.domain, given, definitions=model.definitions)
    return all_of((model.domain.given, own))


def found(name: str, given: str | None = None, among: str = "", **question: str) -> Region:
    """Where the answer to `some=…`, `every=…` or `holds=…` is yes; `profile=…, is_=…` and `chain=…` over time."""
    model = dt.load(name)
    if "profile" in question:
        assert model.repeated is not None
        verdict = decide_play(
            PlayQuestion(question["profile"], question["is_"], premise=premise(name, given)), model.repeated
        )
    elif "chain" in question:
        assert model.repeated is not None
        predicate = parse_condition(question["chain"], play=True)
        verdict = decide_play(PlayQuestion(predicate=predicate, premise=premise(name, given)), model.repeated)
    elif "holds" in question:
        verdict = dt.holds(model.domain, question["holds"], given, definitions=model.definitions)
    else:
        ((kind, text),) = question.items()
        ask = dt.every if kind == "every" else dt.some
        verdict = ask(atlas(name), text, given, among=among, definitions=model.definitions)
    region = holds_region(verdict)
    assert region is not None, f"{name}: {question} is {verdict}"
    return region


def same(name: str, region: Region, answer: str, given: str | None = None) -> None:
    """That a region is the answer, which neither holds nor fails everywhere unless it is `true` or `false`."""
    under, wanted = premise(name, given), dt.region(answer)
    verdict = dt.equal(region, wanted, under)
    assert verdict.word == "proved", f"{name}: {region} is not {answer}: {verdict}"
    if answer not in ("true", "false"):
        assert dt.is_empty(wanted, under).word == dt.is_empty(complement(wanted), under).word == "refuted"


def answers(name: str, answer: str, given: str | None = None, among: str = "", **question: str) -> None:
    same(name, found(name, given, among, **question), answer, given)
