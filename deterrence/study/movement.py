"""Whether values move up or down between two points: five statements, each proved or refuted by a pair.

A set of values now and one later are compared in one of these readings:

- `value`: every value now with every later one, within one component;
- `every`: the same across all equilibria, whichever is played before and whichever after;
- `some`: at any two points some equilibrium before and some after compare as stated;
- `lowest`, `highest`: the least and the greatest value over all equilibria, as in [MilgromRoberts1994];
- `set`: a component with a range of values; both of its ends move that way or stay, and it changes.

The statements: `rises`, `falls` (strictly), `constant`, `never falls`, `never rises`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import EVERYWHERE, NOWHERE, AnyOf, Region, names_of
from deterrence.algebra.value import Value, number
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.algebra.virtual import substituted
from deterrence.algebra.witness import find_point
from deterrence.errors import OutOfScope
from deterrence.study.comparing import Compared, merged, without_roots
from deterrence.study.effects import Shift, Values

STATEMENTS = ("rises", "falls", "constant", "never falls", "never rises")
MAX_POINTS = 60  # known points that are tried where a pair with hidden names is wanted
MAX_CASES = 60  # different values that are compared with each other
_WEAK = {"never falls": ("rises", "constant"), "never rises": ("falls", "constant")}
_TOTAL = ("value", "every", "lowest", "highest")  # readings in which one of up, down and same is the case


@dataclass(frozen=True)
class Pair:
    """Two points that differ in one parameter, and the value in each equilibrium there, by its id."""

    before: Witness
    after: Witness
    now: tuple[tuple[str, Value], ...]
    later: tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Trend:
    """The verdict on each statement in one reading; `pairs` has two points against each that is refuted."""

    reading: str
    verdicts: Mapping[str, Verdict]
    pairs: Mapping[str, Pair] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.reading, tuple(self.verdicts)))

    @property
    def words(self) -> tuple[str, ...]:
        """The statements that are proved, those implied by others left out."""
        proved = [w for w in STATEMENTS if isinstance(self.verdicts[w], Proved)]
        implied = {"rises": "never falls", "falls": "never rises"}
        weaker = {implied[w] for w in proved if w in implied}
        if "constant" in proved:
            weaker |= {"never falls", "never rises"}
        return tuple(w for w in proved if w not in weaker)

    @property
    def word(self) -> str:
        """The proved statements in a word; else `depends`, `undecided`, or `nothing to compare`."""
        found = list(self.verdicts.values())
        if all(isinstance(v, Vacuous) for v in found):
            return "nothing to compare"
        if self.words:
            return " and ".join(self.words)
        return "undecided" if any(isinstance(v, Undecided) for v in found) else "depends"


def trend(reading: str, now: Sequence[Values], shift: Shift, domain: Domain, present: Region | None) -> Trend:
    """The verdict on each statement about a set of values; `present`, where known, is where it has one.

    Statements follow from each other where they can, so that few questions are put to the solver.
    """
    plain, roots = without_roots(merged(now, shift.premises), shift)
    sets = Compared(plain, roots, present)
    if len(plain) > MAX_CASES:
        reason = f"{len(plain)} different values are too many to compare with each other"
        return Trend(reading, dict.fromkeys(STATEMENTS, Undecided(reason)))
    if prover(shift.both).satisfiable(sets.there) is False:
        reason = f"no two points of one region differ in {shift.before} alone"
        return Trend(reading, dict.fromkeys(STATEMENTS, Vacuous(reason)))
    found: dict[str, Verdict] = {}
    pairs: dict[str, Pair] = {}
    for statement in ("never falls", "never rises", "constant", "rises", "falls"):
        if statement in found:
            continue
        if statement == "constant" and reading in _TOTAL and _proved(found, *_WEAK):
            found[statement] = Proved("z3")
            continue
        patient = not any(isinstance(v, Undecided) for v in found.values())
        verdict, point = _decide(statement, reading, sets, domain, patient)
        pair = None if point is None else pair_at(point, now, shift, domain)
        for one in (statement, *(_WEAK.get(statement, ()) if isinstance(verdict, Refuted) else ())):
            found.setdefault(one, verdict)
            if pair is not None:
                pairs.setdefault(one, pair)
    return Trend(reading, {w: found[w] for w in STATEMENTS}, pairs)


def _proved(found: Mapping[str, Verdict], *statements: str) -> bool:
    return all(isinstance(found[w], Proved) for w in statements)


def _decide(
    statement: str, reading: str, sets: Compared, domain: Domain, patient: bool
) -> tuple[Verdict, Witness | None]:
    shift = sets.shift
    try:
        shift.in_time()
        fails = sets.failing(statement, reading)
    except OutOfScope as stop:
        return Undecided(str(stop)), None
    answer = _in_some_case(fails, shift.both, patient)
    if answer is False:
        return Proved("by construction" if fails == NOWHERE else "z3"), None
    if answer is None:
        return Undecided("the solver ran out of time on this statement"), None
    point = _point(fails, sets, domain)
    if point is None:
        return Refuted(None, None, "no pair of points with rational coordinates was found"), None
    return Refuted(point, None, f"compare with {shift.after} in place of {shift.before}"), point


def _in_some_case(fails: Region, given: Region, patient: bool) -> bool | None:
    """Whether a condition can be met: its cases are put to the solver one by one, which is quicker."""
    ask, open_cases = prover(given), False
    for case in fails.parts if isinstance(fails, AnyOf) else (fails,):
        answer = ask.satisfiable(case, patient=patient)
        if answer:
            return True
        open_cases = open_cases or answer is None
    return None if open_cases else False


def _point(fails: Region, sets: Compared, domain: Domain) -> Witness | None:
    """A pair of points at which a statement fails, found in one of the cases at a time."""
    shift, names = sets.shift, (*domain.names, sets.shift.after)
    ask = prover(shift.both)
    for case in fails.parts if isinstance(fails, AnyOf) else (fails,):
        if ask.satisfiable(case) is True:
            point = find_point(case, shift.both, names, domain.example)
            if point is not None:
                return {n: v for n, v in point.items() if n not in sets.hidden}
    return _beside(fails, sets.hidden, names, shift)


def _beside(fails: Region, hidden: frozenset[str], names: Sequence[str], shift: Shift) -> Witness | None:
    """A known pair of points at which hidden names solve the condition, though not as fractions: roots."""
    ask = prover(EVERYWHERE)
    known = prover(shift.both).pool_points(EVERYWHERE)[:MAX_POINTS] if names_of(fails) & hidden else []
    for point in known:
        where = fails
        for name in names:
            where = substituted(where, name, number(point[name]))
        if ask.satisfiable(where) is True:
            return {n: point[n] for n in names}
    return None


def pair_at(witness: Mapping[str, Fraction], now: Sequence[Values], shift: Shift, domain: Domain) -> Pair:
    """The two points of a witness, with the values that there are."""
    before = {n: witness[n] for n in domain.names}
    after = {**before, shift.before: witness[shift.after]}
    return Pair(before, after, _values(now, before), _values(now, after))


def _values(listed: Sequence[Values], point: Mapping[str, Fraction]) -> tuple[tuple[str, Value], ...]:
    table = {n: number(v) for n, v in point.items()}
    found: dict[tuple[str, Value], None] = {}
    for g in listed:
        where = g.where
        for name, v in table.items():
            where = substituted(where, name, v)
        if prover(EVERYWHERE).satisfiable(where) is True:
            found[g.of, g.value.substitute(table)] = None
    return tuple(found)
