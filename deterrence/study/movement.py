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
from dataclasses import dataclass, field, replace
from fractions import Fraction

from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.parameters import Domain
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import (
    EVERYWHERE,
    NOWHERE,
    Region,
    all_of,
    any_of,
    atom,
    complement,
    names_of,
)
from deterrence.algebra.value import Value, compare, fraction, number
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.algebra.virtual import substituted
from deterrence.algebra.witness import find_point
from deterrence.errors import OutOfScope
from deterrence.study.effects import Shift, Values, beyond

STATEMENTS = ("rises", "falls", "constant", "never falls", "never rises")
MAX_POINTS = 60  # known points that are tried where a pair with hidden names is wanted
MAX_CASES = 60  # components, or cases of them, that are compared with each other
_FAILS = {"rises": "<=", "falls": ">=", "constant": "!=", "never falls": "<", "never rises": ">"}
_HOLDS = {"rises": ">", "falls": "<", "constant": "==", "never falls": ">=", "never rises": "<="}
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
    shown = now
    now, shift = without_roots(now, shift)
    then = [shift.later_values(g) for g in now]
    if len(now) > MAX_CASES:
        reason = f"{len(now)} components and cases are too many to compare with each other"
        return Trend(reading, dict.fromkeys(STATEMENTS, Undecided(reason)))
    ask = prover(shift.both)
    there = all_of((any_of(g.where for g in now), any_of(g.where for g in then)))
    if ask.satisfiable(there) is False:
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
        verdict, point = _decide(statement, reading, now, then, shift, domain, present, patient)
        pair = None if point is None else pair_at(point, shown, shift, domain)
        for one in (statement, *(_WEAK.get(statement, ()) if isinstance(verdict, Refuted) else ())):
            found.setdefault(one, verdict)
            if pair is not None:
                pairs.setdefault(one, pair)
    return Trend(reading, {w: found[w] for w in STATEMENTS}, pairs)


def _proved(found: Mapping[str, Verdict], *statements: str) -> bool:
    return all(isinstance(found[w], Proved) for w in statements)


def _decide(
    statement: str,
    reading: str,
    now: Sequence[Values],
    then: Sequence[Values],
    shift: Shift,
    domain: Domain,
    present: Region | None,
    patient: bool,
) -> tuple[Verdict, Witness | None]:
    try:
        fails = failing(statement, reading, now, then, shift, present)
    except OutOfScope as stop:
        return Undecided(str(stop)), None
    answer = prover(shift.both).satisfiable(fails, patient=patient)
    if answer is False:
        return Proved("by construction" if fails == NOWHERE else "z3"), None
    if answer is None:
        return Undecided("the solver ran out of time on this statement"), None
    hidden = frozenset(n for g in (*now, *then) for n in g.free)
    names = (*domain.names, shift.after)
    point = find_point(fails, shift.both, names, domain.example) or _beside(fails, hidden, names, shift)
    if point is None:
        return Refuted(None, None, "no pair of points with rational coordinates was found"), None
    witness = {n: v for n, v in point.items() if n not in hidden}
    return Refuted(witness, None, f"compare with {shift.after} in place of {shift.before}"), witness


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


def without_roots(values: Sequence[Values], shift: Shift) -> tuple[list[Values], Shift]:
    """Values with a square root as fractions in a new name, which the condition says is that root.

    So two roots, one at each point, can be compared.
    """
    found, taken = [], set(shift.taken)
    for g in values:
        if not g.value.is_rational:
            name = fresh_name("root", taken)
            taken |= {name, f"{name}_later", f"{name}_one"}
            root, v = Poly.variable(name), g.value
            is_root = all_of((atom(root, ">="), atom(root * root - v.d, "==")))
            plain = fraction(v.a + v.b * root, v.c + v.e * root)
            g = Values((*g.free, name), all_of((g.where, is_root)), plain, g.of)
        found.append(g)
    return found, replace(shift, taken=frozenset(taken))


def failing(
    statement: str,
    reading: str,
    now: Sequence[Values],
    then: Sequence[Values],
    shift: Shift,
    present: Region | None,
) -> Region:
    """Where the statement fails: a condition on both points, and on free names in `value` and `every`."""
    if reading in ("value", "every"):
        relation = _FAILS[statement]
        return any_of(
            all_of((g.where, h.where, compare(h.value, relation, g.value))) for g in now for h in then
        )
    if present is None:
        present = any_of(exists(g.where, g.free, EVERYWHERE) for g in now)
    both = all_of((present, shift.later(present)))
    if reading == "some":
        pairs = [
            exists(
                all_of((g.where, h.where, compare(h.value, _HOLDS[statement], g.value))),
                (*g.free, *h.free),
                EVERYWHERE,
            )
            for g in now
            for h in then
        ]
        return all_of((both, complement(any_of(pairs))))
    up, down = [], []
    if reading in ("lowest", "set"):
        down.append(beyond(then, now, "<", shift))
        up.append(beyond(now, then, "<", shift))
    if reading in ("highest", "set"):
        up.append(beyond(then, now, ">", shift))
        down.append(beyond(now, then, ">", shift))
    if statement in _WEAK:
        return all_of((both, any_of(down if statement == "never falls" else up)))
    changed = any_of((*up, *down))
    if reading == "set":
        changed = any_of((beyond(now, then, "!=", shift), beyond(then, now, "!=", shift)))
    if statement == "constant":
        return all_of((both, changed))
    return all_of((both, any_of((complement(changed), *(down if statement == "rises" else up)))))


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
