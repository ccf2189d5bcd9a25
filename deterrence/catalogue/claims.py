"""The claims of a model file: one question each, its premise, and the answer that is expected.

A claim that would check nothing is a fault: a `holds` whose `expect` is the same condition again.
"""

from __future__ import annotations

from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.syntax import Condition
from deterrence.algebra.walks import same_tree
from deterrence.catalogue.draft import Draft
from deterrence.catalogue.entries import ClaimEntry, EffectEntry
from deterrence.catalogue.faults import Faults, allowed, check_kebab, show
from deterrence.catalogue.schema import (
    CONCEPTS,
    KINDS,
    REFINED,
    REFINEMENTS,
    VERDICTS,
    TimeFile,
)
from deterrence.catalogue.source import ClaimSource, EffectSource
from deterrence.catalogue.texts import Scope, explain, read_condition, read_expression
from deterrence.errors import ExpressionError
from deterrence.games.repeated import EQUILIBRIA

_QUESTIONS = {"every": "every", "some": "some", "effect": "effect", "holds": "holds", "is_": "is"}


def read_claims(
    draft: Draft, kind: str, concept: object, scope: Scope, faults: Faults
) -> tuple[ClaimSource, ...]:
    """The claims, each with its trees and its texts; `concept` is the model's own."""
    found, seen = [], set()
    for number, entry in enumerate(draft.claims):
        if entry is None:
            continue
        where = draft.claim_places[number]
        check_kebab(entry.id, f"{where}.id", faults)
        if entry.id in seen:
            faults.add(f"{where}.id", f"{show(entry.id)} is the id of an earlier claim", "give it its own id")
        seen.add(entry.id)
        if number not in draft.faulty_claims:
            _check_question(entry, where, faults)
        _check_among(entry, entry.concept or concept, f"{where}.among", faults)
        _check_time(entry, kind, where, scope, faults)
        if not entry_fits_kind(entry, kind, where, scope, faults):
            continue
        found.append(_claim(entry, where, scope, faults))
    return tuple(found)


def _check_question(entry: ClaimEntry, where: str, faults: Faults) -> None:
    asked = [word for name, word in _QUESTIONS.items() if getattr(entry, name) is not None]
    known = ", ".join(_QUESTIONS.values())
    if not asked:
        faults.add(where, "it asks nothing", f"add one of {known}")
    elif len(asked) > 1:
        problem = f"it asks several things at once: {', '.join(asked)}"
        faults.add(where, problem, f"keep one of {known}, and make a claim of each other")


def _check_time(entry: ClaimEntry, kind: str, where: str, scope: Scope, faults: Faults) -> None:
    """Note keys about profiles and the course of play that do not fit the model or each other."""
    time = scope.time
    if time is None:
        if issubclass(KINDS[kind], TimeFile):
            return  # the sections on time have faults of their own
        for key, given in (
            ("is", entry.is_ is not None),
            ("profile", entry.profile is not None),
            ("noise", not entry.noise),
            ("start", entry.start is not None),
        ):
            if given:
                remedy = f"leave {key} out"
                faults.add(f"{where}.{key}", "it is for models of kind repeated and stochastic", remedy)
        return
    if entry.profile is not None and entry.profile not in time.profiles:
        problem = f"{show(entry.profile)} is not the id of a profile"
        faults.add(f"{where}.profile", problem, allowed(entry.profile, time.profiles))
    if entry.start is not None and entry.start not in time.moves:
        problem = f"{show(entry.start)} is not a state"
        faults.add(f"{where}.start", problem, allowed(entry.start, time.moves))
    if entry.is_ is None:
        return
    if entry.is_ not in EQUILIBRIA:
        problem = f"{show(entry.is_)} is nothing that a profile can be"
        faults.add(f"{where}.is", problem, allowed(entry.is_, EQUILIBRIA))
    if entry.profile is None:
        faults.add(where, "it does not say which profile", 'add profile = "…" with the id of a profile')


def _check_among(entry: ClaimEntry, concept: object, where: str, faults: Faults) -> None:
    """Note a refinement that is unknown, or that nothing here is refined by."""
    if entry.among is None:
        return
    if entry.holds is not None:
        faults.add(where, "holds is not about equilibria, so there are none to refine", "leave among out")
    elif concept not in REFINED:
        problem = f"the equilibria of concept {show(concept)} have no refinements"
        faults.add(where, problem, f"leave among out, or let concept be one of {', '.join(REFINED)}")
    elif entry.among not in REFINEMENTS:
        faults.add(where, f"{show(entry.among)} is not a refinement", allowed(entry.among, REFINEMENTS))


def check_concept(concept: str | None, kind: str, where: str, faults: Faults) -> None:
    """Note a solution concept that models of this kind do not have."""
    if concept is not None and concept not in CONCEPTS[kind]:
        problem = f"{show(concept)} is not a solution concept of kind {kind}"
        faults.add(where, problem, allowed(concept, CONCEPTS[kind]))


def entry_fits_kind(entry: ClaimEntry, kind: str, where: str, scope: Scope, faults: Faults) -> bool:
    """Whether a model of this kind can answer the claim; notes a fault where it cannot."""
    check_concept(entry.concept, kind, f"{where}.concept", faults)
    fits = True
    for name in ("every", "some", "effect"):
        if getattr(entry, name) is None:
            continue
        if kind == "statement" or (kind == "stochastic" and not scope.players):
            faults.add(f"{where}.{name}", "there are no players and no equilibria here", "ask with holds")
            fits = False
        elif kind == "repeated" or (kind == "stochastic" and entry.profile is not None):
            problem = "a repeated game has more equilibria than can be listed"
            if kind == "stochastic":
                problem = "it asks about equilibria, and names a profile"
            faults.add(f"{where}.{name}", problem, "ask about a profile with is or holds")
            fits = False
    return fits


def _claim(entry: ClaimEntry, where: str, scope: Scope, faults: Faults) -> ClaimSource:
    timed = entry.profile is not None or (scope.time is not None and not scope.players)

    def condition(name: str, play: bool = False) -> Condition | None:
        text = getattr(entry, name)
        return None if text is None else read_condition(text, f"{where}.{name}", scope, faults, play=play)

    holds = condition("holds", play=timed)
    expect = _expectation(entry, f"{where}.expect", scope, faults)
    if holds and expect and not isinstance(expect, str) and same_tree(holds, expect):
        remedy = "let holds start from the primitives, and expect give the answer"
        faults.add(f"{where}.expect", "is the same condition as holds, so nothing would be checked", remedy)
    return ClaimSource(
        id=entry.id,
        text=entry.text,
        article=entry.article,
        given=condition("given"),
        given_text=entry.given,
        every=condition("every", play=True),
        every_text=entry.every,
        some=condition("some", play=True),
        some_text=entry.some,
        effect=_effect(entry.effect, f"{where}.effect", scope, faults) if entry.effect else None,
        holds=holds,
        holds_text=entry.holds,
        expect=expect,
        expect_text=entry.expect,
        concept=entry.concept,
        among=entry.among,
        is_=entry.is_,
        profile=entry.profile,
        noise=entry.noise,
        start=entry.start,
    )


def _effect(entry: EffectEntry, where: str, scope: Scope, faults: Faults) -> EffectSource | None:
    if scope.names_known and entry.of not in scope.parameters:
        problem = f"{show(entry.of)} is not a declared parameter"
        faults.add(f"{where}.of", problem, allowed(entry.of, scope.parameters))
    tree = read_expression(entry.on, f"{where}.on", scope, faults, play=True)
    return None if tree is None else EffectSource(entry.of, tree, entry.on, entry.is_, entry.across)


def _expectation(entry: ClaimEntry, where: str, scope: Scope, faults: Faults) -> str | Condition | None:
    text = entry.expect
    if text is None:
        return None
    if text.strip() in VERDICTS:
        return text.strip()
    try:
        parse_condition(text)
    except ExpressionError as error:
        problem = f"{show(text)} is neither a verdict nor a condition: {explain(error)}"
        faults.add(where, problem, f"{_verdicts(text)}, or the condition on which it holds exactly")
        return None
    return read_condition(text, where, scope, faults)


def _verdicts(text: str) -> str:
    return allowed(text, VERDICTS)
