"""Claims about all parameter values, decided on an atlas: proved, refuted with a point, or undecided.

`every` and `some` ask about all equilibria or at least one, `effect` how a quantity moves with a parameter,
`holds` about a plain condition.  A claim that is not proved comes with the exact region where it does hold
and a counterexample with small numbers, checked by substitution.  Predicates are syntax trees of the
model-file grammar; `P(player = action)` is read off the equilibrium.
"""

from __future__ import annotations

from dataclasses import replace

from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.equalities import with_equalities
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import Region, all_of, any_of, complement, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import number
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.algebra.witness import find_point
from deterrence.errors import OutOfScope
from deterrence.solve.atlas import Atlas
from deterrence.study.effects import decide_effect
from deterrence.study.questions import Question, holds_where, scope_note, where_played


def decide_claim(question: Question, given: Region, atlas: Atlas | None = None) -> Verdict:
    """The verdict on a claim under the assumptions `given`; `every` and `some` need the atlas.

    Raises UnknownName for a player or action that the game lacks.
    """
    premises = all_of((given, question.premise))
    if prover(given).satisfiable(question.premise) is False:
        return Vacuous("the assumptions and the claim's premise contradict each other")
    try:
        if question.kind == "effect":
            assert atlas is not None
            return decide_effect(question, premises, atlas)
        good = good_region(question, given, atlas)
    except OutOfScope as stop:
        return Undecided(str(stop))
    if question.kind == "holds" or atlas is None:
        return _settle(good, premises, question)
    note = scope_note(question.kind, atlas)
    verdict = _settle(good, premises, question, atlas)
    if not note:
        among = "" if atlas.complete.scope == "all" else f", among {atlas.complete.scope} equilibria"
        return replace(verdict, method=verdict.method + among) if isinstance(verdict, Proved) else verdict
    if isinstance(verdict, Refuted) and question.kind == "every":
        return replace(verdict, holds_where=None, note=note)  # the counterexample stands, the region not
    settled = Proved if question.kind == "every" else Refuted
    return Undecided(note) if isinstance(verdict, settled) else verdict


def good_region(question: Question, given: Region, atlas: Atlas | None = None) -> Region:
    """The exact set where a `holds`, `every` or `some` claim is true, under its premise; not tidied.

    Raises OutOfScope when free variables cannot be eliminated.
    """
    assert question.predicate is not None
    if question.kind == "holds" or atlas is None:
        return read_region(question.predicate, Reading(given=given, definitions=question.definitions))
    return region_of(question, all_of((given, question.premise)), atlas)


def region_of(question: Question, premises: Region, atlas: Atlas) -> Region:
    """The exact set of parameters where an `every` or `some` claim holds, not tidied."""
    assert question.predicate is not None
    pieces = []
    for e in atlas.equilibria:
        predicate = holds_where(question.predicate, e, question, premises, atlas)
        wanted = predicate if question.kind == "some" else complement(predicate)
        pieces.append(exists(all_of((where_played(e, question), wanted)), [r.name for r in e.free], premises))
    found = any_of(pieces)
    return found if question.kind == "some" else complement(found)


def settle(good: Region, premises: Region, domain: Domain | None = None) -> Verdict:
    """The verdict on a statement that is true on a region, under premises: whether that is everywhere.

    `domain` orders the parameters of the counterexample and has the example point it stays near.
    """
    return _settle(good, premises, Question("holds"), None, domain)


def _settle(
    good: Region,
    premises: Region,
    question: Question,
    atlas: Atlas | None = None,
    domain: Domain | None = None,
) -> Verdict:
    domain = atlas.domain if atlas else domain
    ask = prover(premises)
    bad = ask.satisfiable(complement(good), patient=True)
    if bad is False:
        return Proved("z3" if names_of(good) else "by construction")
    if bad is None:
        return Undecided("the solver ran out of time on this claim")
    where = tidy(with_equalities(good, premises), premises)
    witness: Witness | None = None
    play: dict[str, dict[str, str]] = {}
    if atlas is not None and question.kind == "every":
        witness, play = _counterexample(question, premises, atlas)
    if witness is None:
        names, near = (domain.names, domain.example) if domain else ((), None)
        witness = find_point(complement(good), premises, names, near)
    note = "" if witness is not None else "no point with rational coordinates was found where it fails"
    return Refuted(witness, where, note, play)


def _counterexample(
    question: Question, premises: Region, atlas: Atlas
) -> tuple[Witness | None, dict[str, dict[str, str]]]:
    """A point and an equilibrium there that breaks an `every` claim, generic ones first."""
    assert question.predicate is not None
    for e in sorted(atlas.equilibria, key=lambda e: not e.generic):
        good = holds_where(question.predicate, e, question, premises, atlas)
        broken = complement(good)
        point = find_point(
            all_of((where_played(e, question), broken)), premises, atlas.domain.names, atlas.domain.example
        )
        if point is not None:
            table = {n: number(v) for n, v in point.items()}
            play = {p: {a: str(v.substitute(table)) for a, v in st} for p, st in e.profile}
            free = {r.name for r in e.free}
            return {n: v for n, v in point.items() if n not in free}, play
    return None, {}
