"""Claims about all parameter values, decided on an atlas: proved, refuted with a point, or undecided.

`every` and `some` ask about all equilibria or at least one, `effect` how a quantity moves with a parameter,
`holds` about a plain condition.  A claim that is not proved comes with the exact region where it does hold
and a counterexample with small numbers, checked by substitution.  Predicates are syntax trees of the
model-file grammar; `P(player = action)` is read off the equilibrium.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases, Reading, fresh_name, read_cases, read_region
from deterrence.algebra.region import (
    EVERYWHERE,
    Region,
    all_of,
    any_of,
    complement,
    names_of,
)
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, number, sign_region, variable
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.algebra.virtual import substituted
from deterrence.algebra.witness import find_point
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.behaviour import chance_of, type_payoff
from deterrence.games.mixed_plans import plan_chance_of, plan_type_payoff
from deterrence.games.stochastic import StochasticGame
from deterrence.games.strategic import StrategicForm
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, Game


@dataclass(frozen=True)
class Question:
    """What a claim asks: its kind, its predicate, an extra premise, and the definitions it may use."""

    kind: str
    predicate: s.Condition | None = None
    premise: Region = EVERYWHERE
    definitions: Mapping[str, Cases] = field(default_factory=dict)
    effect_of: str = ""
    effect_on: s.Expression | None = None
    effect_is: str = ""
    across: bool = False
    among: str = ""  # a refinement that keeps some of the equilibria

    def __hash__(self) -> int:
        return id(self)


def play_of(equilibrium: Equilibrium, game: Game) -> Reading:
    """How `P(player = action)`, `player = action` and `payoff(player)` read in an equilibrium.

    In a tree, `P(outcome = X)` and `P(place[kind] = action)` too, see `games.behaviour`, and for mixtures of
    plans in a tree `games.mixed_plans`.  In a stochastic game `P(state = action)`, or where several players
    move in the state `P(state[player] = action)`.
    """
    mixture = {place: dict(strategy) for place, strategy in equilibrium.profile}

    def never_zero(mass: Value) -> bool:
        there = sign_region(mass, "!=")
        return prover(game.domain.given).implies(equilibrium.where, there, patient=True) is True

    def play(node: s.Probability | s.PayoffOf | s.LongRun) -> Value:
        if isinstance(node, s.LongRun):
            raise OutOfScope(
                f"{node.quantity}(…) is about a listed profile of a repeated or stochastic game, not about "
                "an equilibrium; add profile to the claim"
            )
        if isinstance(game, ExtensiveForm):
            if isinstance(node, s.Probability):
                return chance_of(game, mixture, node.place, node.action, node.kind)
            if node.kind is not None:
                return type_payoff(game, mixture, node.player, node.kind)
        if isinstance(game, StrategicForm):
            if isinstance(node, s.Probability):
                return plan_chance_of(game, mixture, node.place, node.action, node.kind, never_zero)
            if node.kind is not None:
                return plan_type_payoff(game, mixture, node.player, node.kind)
        if isinstance(node, s.PayoffOf):
            return equilibrium.payoff(node.player)
        place = node.place
        if isinstance(game, StochasticGame):
            place = game.place(node.place, node.kind).name
        strategy = equilibrium.strategy(place)
        if node.action not in strategy:
            raise UnknownName(f"action of {place}", node.action, strategy)
        return strategy[node.action]

    return Reading(play=play)


def holds_where(
    predicate: s.Condition, equilibrium: Equilibrium, question: Question, given: Region, atlas: Atlas
) -> Region:
    """The condition on parameters and free variables under which a predicate is true of an equilibrium.

    Quantified names range over the atlas's assumptions without the claim's premise.
    """
    reading = replace(
        play_of(equilibrium, atlas.game),
        given=given,
        ranges=atlas.domain.given,
        definitions=question.definitions,
    )
    return read_region(predicate, reading)


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
            return _effect(question, premises, atlas)
        good = good_region(question, given, atlas)
    except OutOfScope as stop:
        return Undecided(str(stop))
    if question.kind == "holds" or atlas is None:
        return _settle(good, premises, question)
    scope_note = _scope_note(question.kind, atlas)
    verdict = _settle(good, premises, question, atlas)
    if not scope_note:
        among = "" if atlas.complete.scope == "all" else f", among {atlas.complete.scope} equilibria"
        return replace(verdict, method=verdict.method + among) if isinstance(verdict, Proved) else verdict
    if isinstance(verdict, Refuted) and question.kind == "every":
        return replace(
            verdict, holds_where=None, note=scope_note
        )  # the counterexample stands, the region not
    settled = Proved if question.kind == "every" else Refuted
    return Undecided(scope_note) if isinstance(verdict, settled) else verdict


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
        pieces.append(exists(all_of((_where(e, question), wanted)), [r.name for r in e.free], premises))
    found = any_of(pieces)
    return found if question.kind == "some" else complement(found)


def _where(e: Equilibrium, question: Question) -> Region:
    found = e.where if e.free else e.region
    return all_of((found, e.survives(question.among))) if question.among else found


def _scope_note(kind: str, atlas: Atlas) -> str:
    pure = ("pure-nash", "backward-induction", "markov-perfect")  # by definition here: nothing is missing
    by_definition = atlas.concept in pure
    if atlas.complete.verdict == "proved" and (atlas.complete.scope == "all" or by_definition):
        return ""
    scope = atlas.complete.scope
    return f"only {scope} equilibria were searched, so a claim about {kind} equilibrium stays open"


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
    where = tidy(good, premises)
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
            all_of((_where(e, question), broken)), premises, atlas.domain.names, atlas.domain.example
        )
        if point is not None:
            table = {n: number(v) for n, v in point.items()}
            play = {p: {a: str(v.substitute(table)) for a, v in st} for p, st in e.profile}
            free = {r.name for r in e.free}
            return {n: v for n, v in point.items() if n not in free}, play
    return None, {}


# -- effects --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Values:
    """A set of values: those of `value` over the free names that satisfy `where`."""

    free: tuple[str, ...]
    where: Region
    value: Value


def _effect(question: Question, premises: Region, atlas: Atlas) -> Verdict:
    """Two points of one region that differ only in the parameter: how do the values compare."""
    shift = _shift(question, premises, atlas)
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
    note = _scope_note("every", atlas)
    return Undecided(note) if note else Proved("z3")


def effect_failures(question: Question, premises: Region, atlas: Atlas) -> tuple[Region, list[Region]]:
    """The premises on both points, and the conditions that each must be empty for an effect claim to hold."""
    both, cases = _effect_cases(question, premises, atlas, _shift(question, premises, atlas))
    return both, [region for region, _ in cases]


def _shift(question: Question, premises: Region, atlas: Atlas) -> _Shift:
    taken = {*atlas.domain.names, *names_of(premises), *(r.name for e in atlas.equilibria for r in e.free)}
    later = fresh_name(f"{question.effect_of}_later", taken)
    return _Shift(question.effect_of, later, premises, frozenset({*taken, later}))


def _effect_cases(
    question: Question, premises: Region, atlas: Atlas, shift: _Shift
) -> tuple[Region, list[tuple[Region, tuple[str, ...]]]]:
    assert question.effect_on is not None
    both = all_of((premises, shift.later(premises), shift.increases))
    ask = prover(both)
    groups: dict[str, list[_Values]] = {}  # the cases of min, max and abs belong together, so do pieces
    for e in atlas.equilibria:
        reading = replace(play_of(e, atlas.game), given=premises, definitions=question.definitions)
        for guard, v in read_cases(question.effect_on, reading):
            group = groups.setdefault("" if question.across else e.family or e.id, [])
            group.append(_Values(tuple(r.name for r in e.free), all_of((_where(e, question), guard)), v))
    found: list[tuple[Region, tuple[str, ...]]] = []
    for group in groups.values():
        then = [shift.later_values(g) for g in group]
        now_or_never = all_of((any_of(g.where for g in group), any_of(g.where for g in then)))
        if ask.satisfiable(now_or_never) is False:
            continue  # no two points of the region differ in this parameter alone
        found.append(_fails(group, then, question, shift))
    return both, found


def _broken(
    failing: list[tuple[Region, tuple[str, ...]]], both: Region, shift: _Shift, atlas: Atlas
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
class _Shift:
    """The same point with one parameter moved up: `after` is its later value; `taken` names are in use."""

    before: str
    after: str
    premises: Region
    taken: frozenset[str]

    def later(self, region: Region) -> Region:
        return substituted(region, self.before, variable(self.after))

    def later_values(self, g: _Values) -> _Values:
        names = {n: fresh_name(f"{n}_later", self.taken) for n in g.free}
        table = {self.before: variable(self.after), **{n: variable(m) for n, m in names.items()}}
        where = _rename(self.later(g.where), names)
        return _Values(tuple(names.values()), where, g.value.substitute(table))

    @property
    def increases(self) -> Region:
        return compare(variable(self.before), "<", variable(self.after))


def _fails(
    now: Sequence[_Values], then: Sequence[_Values], question: Question, shift: _Shift
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
    present = any_of(exists(g.where, g.free, EVERYWHERE) for g in now)
    present_later = any_of(exists(g.where, g.free, EVERYWHERE) for g in then)
    lost = _beyond(now, then, "!=", shift)  # some value now that no later value equals
    gained = _beyond(then, now, "!=", shift)
    if change == "none":
        return all_of((present, present_later, any_of((lost, gained)))), ()
    up, down = (">", "<") if change == "falls" else ("<", ">")
    new_extreme = _beyond(then, now, up, shift)  # a later value beyond all values now, the wrong way
    old_extreme = _beyond(now, then, down, shift)  # a value now that the later ones have left, the wrong way
    unchanged = complement(any_of((lost, gained)))
    return all_of((present, present_later, any_of((new_extreme, old_extreme, unchanged)))), ()


def _beyond(some: Sequence[_Values], others: Sequence[_Values], relation: str, shift: _Shift) -> Region:
    """Where some value of the first set stands in the relation to every value of the second."""
    pieces = []
    for g in some:
        renamed = {n: fresh_name(f"{n}_one", shift.taken) for n in g.free}
        where = _rename(g.where, renamed)
        v = g.value.substitute({old: variable(new) for old, new in renamed.items()})
        against = []
        for h in others:
            equal = all_of((h.where, complement(compare(v, relation, h.value))))
            against.append(complement(exists(equal, h.free, EVERYWHERE)))
        pieces.append(exists(all_of((where, *against)), list(renamed.values()), EVERYWHERE))
    return any_of(pieces)


def _rename(region: Region, names: Mapping[str, str]) -> Region:
    for old, new in names.items():
        region = substituted(region, old, variable(new))
    return region
