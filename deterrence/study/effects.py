"""How a quantity moves with a parameter: two points that differ in it alone, their values compared.

Within one component (its pieces together), or across all equilibria as sets of values.  The later point is
the same point with the parameter moved up, under a name of its own; both meet the assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from time import monotonic

from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.reading import fresh_name, read_cases
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of, complement, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, variable
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.algebra.virtual import substituted
from deterrence.algebra.witness import find_point
from deterrence.errors import OutOfScope
from deterrence.solve.atlas import Atlas
from deterrence.study.questions import Question, play_of, scope_note, where_played


@dataclass(frozen=True)
class Values:
    """A set of values: those of `value` over the free names that satisfy `where`; of one equilibrium."""

    free: tuple[str, ...]
    where: Region
    value: Value
    of: str = ""


def decide_effect(question: Question, premises: Region, atlas: Atlas) -> Verdict:
    """Two points of one region that differ only in the parameter: how do the values compare."""
    shift = shift_of(question, premises, atlas)
    both, cases = _effect_cases(question, premises, atlas, shift)
    ask = prover(both)
    if not cases or ask.satisfiable(EVERYWHERE) is False:
        return Vacuous(f"no two points of one region differ in {question.effect_of} alone")
    failing: list[tuple[Region, tuple[str, ...]]] = []
    for fails, extra in cases:
        answer = ask.satisfiable(fails, patient=True)
        if answer is None:
            return Undecided("the solver ran out of time on this claim")
        if answer:
            failing.append((fails, extra))
    if failing:
        return _broken(failing, both, shift, atlas)
    note = scope_note("every", atlas)
    return Undecided(note) if note else Proved("z3")


def effect_failures(question: Question, premises: Region, atlas: Atlas) -> tuple[Region, list[Region]]:
    """The premises on both points, and the conditions that each must be empty for an effect claim to hold."""
    both, cases = _effect_cases(question, premises, atlas, shift_of(question, premises, atlas))
    return both, [region for region, _ in cases]


def shift_of(question: Question, premises: Region, atlas: Atlas) -> Shift:
    """The same point with the question's parameter moved up, under a name that nothing else has."""
    taken = {*atlas.domain.names, *names_of(premises), *(r.name for e in atlas.equilibria for r in e.free)}
    later = fresh_name(f"{question.effect_of}_later", taken)
    return Shift(question.effect_of, later, premises, frozenset({*taken, later}))


def _effect_cases(
    question: Question, premises: Region, atlas: Atlas, shift: Shift
) -> tuple[Region, list[tuple[Region, tuple[str, ...]]]]:
    both = shift.both
    ask = prover(both)
    groups = value_groups(question, premises, atlas)
    found: list[tuple[Region, tuple[str, ...]]] = []
    for group in groups.values():
        then = [shift.later_values(g) for g in group]
        now_or_never = all_of((any_of(g.where for g in group), any_of(g.where for g in then)))
        if ask.satisfiable(now_or_never) is False:
            continue  # no two points of the region differ in this parameter alone
        found.append(_fails(group, then, question, shift))
    return both, found


def value_groups(question: Question, premises: Region, atlas: Atlas) -> dict[str, list[Values]]:
    """The values of the quantity by component, or all in one group for a question across equilibria.

    The cases of min, max and abs belong together, and so do the pieces of a model with such cases.
    """
    assert question.effect_on is not None
    groups: dict[str, list[Values]] = {}
    for e in atlas.equilibria:
        reading = replace(play_of(e, atlas.game), given=premises, definitions=question.definitions)
        free = tuple(r.name for r in e.free)
        for guard, v in read_cases(question.effect_on, reading):
            where = where_played(e, question)
            mentioned = (v.names | names_of(guard)) & set(free)
            if e.projected and not question.among and not mentioned:
                one = Values((), all_of((e.region, guard)), v, e.id)
            else:
                one = Values(free, all_of((where, guard)), v, e.id)
            groups.setdefault("" if question.across else e.family or e.id, []).append(one)
    return groups


def _broken(
    failing: list[tuple[Region, tuple[str, ...]]], both: Region, shift: Shift, atlas: Atlas
) -> Refuted:
    found = find_point(failing[0][0], both, atlas.domain.names, atlas.domain.example)
    hidden = set(failing[0][1])
    point = None if found is None else {n: v for n, v in found.items() if n not in hidden}
    where: Region | None
    try:
        fails = any_of(exists(region, extra, both) for region, extra in failing)
        where = tidy(complement(exists(all_of((both, fails)), [shift.after], shift.premises)), shift.premises)
    except OutOfScope:
        where = None
    note = f"compare with {shift.after} in place of {shift.before}: the quantity does not move as claimed"
    return Refuted(point, where, note)


@dataclass(frozen=True)
class Shift:
    """The same point with one parameter moved up: `after` is its later value; `taken` names are in use.

    After `deadline`, a reading of the monotonic clock, comparing many sets of values stops.
    """

    before: str
    after: str
    premises: Region
    taken: frozenset[str]
    deadline: float = inf

    def in_time(self) -> None:
        """Raises OutOfScope once the deadline has passed."""
        if monotonic() > self.deadline:
            raise OutOfScope("it was not settled within the time allowed")

    def later(self, region: Region) -> Region:
        """A condition at the later point."""
        return substituted(region, self.before, variable(self.after))

    def later_values(self, g: Values) -> Values:
        """The values at the later point, with free names of their own."""
        names = {n: fresh_name(f"{n}_later", self.taken) for n in g.free}
        table = {self.before: variable(self.after), **{n: variable(m) for n, m in names.items()}}
        where = _rename(self.later(g.where), names)
        return Values(tuple(names.values()), where, g.value.substitute(table), g.of)

    @cached_property
    def both(self) -> Region:
        """The premises at both points, and that the second is the later one."""
        increases = compare(variable(self.before), "<", variable(self.after))
        return all_of((self.premises, self.later(self.premises), increases))


def _fails(
    now: Sequence[Values], then: Sequence[Values], question: Question, shift: Shift
) -> tuple[Region, tuple[str, ...]]:
    """Where the later values do not compare as claimed, and the names to eliminate from that."""
    change = question.effect_is
    if not question.across and not any(set(g.free) & g.value.names for g in now):
        wanted = {"falls": "<", "rises": ">", "none": "=="}[change]
        wrong = any_of(
            all_of((g.where, h.where, complement(compare(h.value, wanted, g.value))))
            for g in now
            for h in then
        )
        return wrong, tuple(n for g in (*now, *then) for n in g.free)
    present = any_of(exists(g.where, g.free, shift.both) for g in now)
    present_later = any_of(exists(g.where, g.free, shift.both) for g in then)
    lost = beyond(now, then, "!=", shift)  # some value now that no later value equals
    gained = beyond(then, now, "!=", shift)
    if change == "none":
        return all_of((present, present_later, any_of((lost, gained)))), ()
    up, down = (">", "<") if change == "falls" else ("<", ">")
    new_extreme = beyond(then, now, up, shift)  # a later value beyond all values now, the wrong way
    old_extreme = beyond(now, then, down, shift)  # a value now that the later ones have left, the wrong way
    unchanged = complement(any_of((lost, gained)))
    return all_of((present, present_later, any_of((new_extreme, old_extreme, unchanged)))), ()


def beyond(some: Sequence[Values], others: Sequence[Values], relation: str, shift: Shift) -> Region:
    """Where some value of the first set stands in the relation to every value of the second."""
    pieces, ask = [], prover(shift.both)
    for g in some:
        renamed = {n: fresh_name(f"{n}_one", shift.taken) for n in g.free}
        where = _rename(g.where, renamed)
        v = g.value.substitute({old: variable(new) for old, new in renamed.items()})
        against = []
        for h in others:
            shift.in_time()
            if ask.satisfiable(all_of((g.where, h.where))) is False:
                continue  # never both there, so there is nothing to compare
            equal = all_of((h.where, complement(compare(v, relation, h.value))))
            against.append(complement(exists(equal, h.free, shift.both)))
        pieces.append(exists(all_of((where, *against)), list(renamed.values()), shift.both))
    return any_of(pieces)


def _rename(region: Region, names: Mapping[str, str]) -> Region:
    for old, new in names.items():
        region = substituted(region, old, variable(new))
    return region
