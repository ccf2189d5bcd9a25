"""Windows: for which values of one parameter, the instrument, a goal is reached.

A goal is a predicate of every equilibrium, of some, or of the parameters alone; several are met together.
The answer is the exact set of values, as intervals between bounds in the other parameters, with the exact
condition on these for the window to be open at all (the instrument is eliminated) and for every value to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.algebra.brief import brief
from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import exists, for_all, proves_projection
from deterrence.algebra.grammar import names_in, parse_condition
from deterrence.algebra.intervals import End, Interval, intervals
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases
from deterrence.algebra.region import EVERYWHERE, AllOf, Region, all_of, complement, names_of
from deterrence.algebra.syntax import Condition, Quantified
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import compare
from deterrence.algebra.verdicts import Undecided, Vacuous, Verdict
from deterrence.algebra.walks import walk
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.solve.atlas import Atlas
from deterrence.study.ask import condition, known_names
from deterrence.study.claims import good_region, settle
from deterrence.study.questions import Question, scope_note


@dataclass(frozen=True)
class Window:
    """The values of an instrument that reach a goal, and when there are any.

    `goal` is the exact region under the assumptions, `allowed` the values that the instrument may take.
    The `intervals` are those that reach the goal, None where they could not be named (`note` says why).

    `nonempty` is the exact condition on the other parameters for some allowed value to reach the goal, and
    `always` for every allowed value to; None where the elimination is out of reach.  Both are short under
    `others`, what is assumed of the other parameters.  `meets` says `nonempty` by the ends of a single
    interval: pairs of a lower and an upper end that must not pass each other.  `open` is the verdict on
    whether some value does whatever the others are, refuted with a point where none does, and `checked`
    tells whether a second method confirmed the elimination.
    """

    instrument: str
    domain: Domain
    premise: Region
    goal: Region
    allowed: Region
    others: Region
    intervals: tuple[Interval, ...] | None
    nonempty: Region | None
    always: Region | None
    open: Verdict
    meets: tuple[tuple[End, End], ...] | None = None
    checked: bool = False
    note: str = ""

    def __repr__(self) -> str:
        return f"Window({self.instrument}: reached {brief(self.goal)}; open {brief(self.nonempty)})"

    @property
    def empty(self) -> Region | None:
        """The exact condition on the other parameters for no value to reach the goal."""
        return None if self.nonempty is None else tidy(complement(self.nonempty), self.others)


def window(
    source: Atlas | Domain,
    instrument: str,
    *,
    every: str | None = None,
    some: str | None = None,
    holds: str | None = None,
    given: str | None = None,
    among: str = "",
    definitions: Mapping[str, Cases] | None = None,
) -> Window:
    """For which values of a parameter a goal is reached: `every`, `some` and `holds` as in claims, together.

    `given` is a premise, `among` a refinement such as d1.  A domain will do for a goal stated by `holds`
    alone.  Raises UnknownName for names that the source lacks, ExpressionError for text that cannot be read,
    GameError for no goal, OutOfScope where not all equilibria are known or eliminating fails.

    >>> from deterrence.algebra.parameters import positive
    >>> found = window(positive(["s", "g", "rho", "K"]), "s", holds="rho*s >= g and s <= K")
    >>> print(found.nonempty)
    g <= K*rho
    """
    domain = source.domain if isinstance(source, Atlas) else source
    if not isinstance(domain, Domain):
        raise GameError(f"{source!r} has no parameters; give an atlas or a domain")
    named = definitions or {}
    premise = EVERYWHERE if given is None else condition(domain, given, definitions=named)
    asked = [(k, t) for k, t in (("every", every), ("some", some), ("holds", holds)) if t is not None]
    if not asked:
        raise GameError("a window needs a goal: every='…', some='…' or holds='…'")
    goals = []
    for kind, text in asked:
        tree = parse_condition(text, play=kind != "holds")
        known_names(names_in(tree), domain, named)
        not_settled(tree, instrument)
        question = Question(kind, tree, premise, named, among=among)
        goals.append(goal_region(question, source))
    return window_of(all_of(goals), instrument, domain, premise)


def not_settled(goal: Condition, instrument: str) -> None:
    """Raise GameError where a goal says itself for which values of the instrument, or that for some."""
    bound = [node for node in walk(goal) if isinstance(node, Quantified) and instrument in node.names]
    if bound:
        raise GameError(
            f"the goal says '{bound[0].quantifier} {instrument}', so it is about all values of {instrument} "
            "together and has no window over it; state the condition on one value alone, with holds='…'"
        )


def goal_region(question: Question, source: Atlas | Domain) -> Region:
    """The exact region of a goal; OutOfScope where equilibria outside the class searched could matter."""
    if question.kind == "holds":
        domain = source.domain if isinstance(source, Atlas) else source
        return good_region(question, domain.given)
    if not isinstance(source, Atlas):
        raise GameError(f"{question.kind} is about equilibria; give an atlas, or ask with holds")
    note = scope_note(question.kind, source)
    if note:
        raise OutOfScope(note)
    return good_region(question, source.domain.given, source)


def window_of(goal: Region, instrument: str, domain: Domain, premise: Region = EVERYWHERE) -> Window:
    """For which values of a parameter a condition holds; UnknownName where there is no such parameter."""
    if instrument not in domain.names:
        raise UnknownName("parameter", instrument, domain.names)
    given = all_of((domain.given, premise))
    parts = given.parts if isinstance(given, AllOf) else (given,)
    outer = all_of(p for p in parts if instrument not in names_of(p))
    allowed = all_of(p for p in parts if instrument in names_of(p))
    goal = tidy(goal, given)
    reached = all_of((goal, allowed))
    listed, note = _intervals(reached, instrument, outer)
    others = outer
    try:
        others = all_of((outer, tidy(exists(allowed, [instrument], outer), outer)))
        nonempty = tidy(exists(reached, [instrument], outer), others)
        checked = proves_projection(reached, [instrument], nonempty, others) is True
    except OutOfScope as stop:
        return Window(
            instrument,
            domain,
            premise,
            goal,
            allowed,
            others,
            listed,
            None,
            None,
            Undecided(str(stop)),
            note=note,
        )
    rest = tuple(p for p in domain.parameters if p.name != instrument)
    if prover(others).satisfiable(EVERYWHERE) is False:
        opened: Verdict = Vacuous("the assumptions and the premise contradict each other")
    else:
        opened = settle(nonempty, others, Domain(rest))
    always = _always(goal, instrument, allowed, outer, others)
    meets = _meets(listed, nonempty, others)
    return Window(
        instrument,
        domain,
        premise,
        goal,
        allowed,
        others,
        listed,
        nonempty,
        always,
        opened,
        meets,
        checked,
        note,
    )


def _intervals(reached: Region, instrument: str, outer: Region) -> tuple[tuple[Interval, ...] | None, str]:
    try:
        return intervals(reached, instrument, outer), ""
    except OutOfScope as stop:
        return None, str(stop)


def _always(goal: Region, instrument: str, allowed: Region, outer: Region, others: Region) -> Region | None:
    try:
        return tidy(for_all(goal, [instrument], outer, allowed), others)
    except OutOfScope:
        return None


def _meets(
    listed: tuple[Interval, ...] | None, nonempty: Region, others: Region
) -> tuple[tuple[End, End], ...] | None:
    """The pairs of ends that decide whether a single interval is open, where that is all that does."""
    if listed is None or len(listed) != 1 or listed[0].excluded:
        return None
    ask = prover(others)
    pairs = {(low, high): _in_order(low, high) for low in listed[0].lower for high in listed[0].upper}
    for pair in list(pairs):
        rest = [r for p, r in pairs.items() if p != pair]
        if ask.implies(all_of((listed[0].where, *rest)), pairs[pair]) is True:
            del pairs[pair]
    same = ask.equivalent(all_of((listed[0].where, *pairs.values())), nonempty)
    return tuple(pairs) if same is True else None


def _in_order(low: End, high: End) -> Region:
    return compare(low.value, "<=" if low.closed and high.closed else "<", high.value)
