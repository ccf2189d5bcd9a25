"""Comparative statics: the sign of the effect of a parameter on a probability, a payoff or an outcome.

Within each component: whether the quantity rises, falls or stays between any two points of its region that
differ in the parameter alone, and by the sign of its derivative exactly where it rises and falls.  Across
components, where the equilibria that exist change: in every equilibrium, in some, and for the lowest and
the highest value over all equilibria.  Each statement is proved or refuted with a pair of points.
Source of the set-valued readings: [MilgromRoberts1994].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import monotonic

from deterrence.algebra.derivative import derivative
from deterrence.algebra.eliminate import exists
from deterrence.algebra.grammar import names_in, parse_expression
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import sign_region
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.solve.atlas import Atlas
from deterrence.study.ask import condition, known_names
from deterrence.study.effects import Shift, Values, shift_of, value_groups
from deterrence.study.movement import Trend, trend
from deterrence.study.questions import Question, scope_note

READINGS = ("every", "some", "lowest", "highest")
SECONDS = 300.0


@dataclass(frozen=True)
class Within:
    """How the quantity moves within one component (several ids where a model's cases split it).

    `cases` are its values, each where it holds.  `rises_where`, `falls_where` and `level_where` go by the
    sign of the derivative, from one side at a kink; None for a range of values, or out of reach.
    """

    equilibria: tuple[str, ...]
    cases: Cases
    generic: bool
    trend: Trend
    rises_where: Region | None = None
    falls_where: Region | None = None
    level_where: Region | None = None


@dataclass(frozen=True)
class Statics:
    """The effect of a parameter on a quantity: within each component, and across all equilibria."""

    of: str
    on: str
    domain: Domain
    premise: Region
    within: tuple[Within, ...]
    across: tuple[Trend, ...]

    def __repr__(self) -> str:
        """A line for each reading across equilibria."""
        head = f"Statics: {self.on} as {self.of} rises"
        return "\n  ".join([head, *(f"{trend.reading}: {trend.word}" for trend in self.across)])

    def reading(self, name: str) -> Trend:
        """The trend across equilibria in one reading: every, some, lowest or highest."""
        for found in self.across:
            if found.reading == name:
                return found
        raise UnknownName("reading", name, READINGS)

    def component(self, identifier: str) -> Within:
        """What happens within one equilibrium, by its id."""
        for found in self.within:
            if identifier in found.equilibria:
                return found
        raise UnknownName("equilibrium", identifier, (i for w in self.within for i in w.equilibria))


def statics(
    atlas: Atlas,
    of: str,
    on: str,
    given: str | None = None,
    *,
    among: str = "",
    definitions: Mapping[str, Cases] | None = None,
    seconds: float = SECONDS,
) -> Statics:
    """How a quantity `on`, such as "P(militia = halt)", moves as the parameter `of` rises.

    `given` is a premise that both points meet; `among` names a refinement, such as d1.  After `seconds` the
    statements that are left are undecided (a solver that is at work is not interrupted).  Raises UnknownName
    for a parameter, player, action or refinement that the atlas lacks, ExpressionError for text that cannot
    be read, GameError for what is no atlas of equilibria.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.solve.nash import nash
    >>> game = NormalForm.from_arrays([["b", 0], [0, 1]], [[0, 1], [1, 0]], assumptions=["b > 0"])
    >>> found = statics(nash(game), of="b", on="P(column = column1)")
    >>> found.within[0].trend.word, found.reading("every").word
    ('falls', 'falls')
    """
    if not isinstance(atlas, Atlas):
        raise GameError(
            "comparative statics are asked of an atlas of equilibria; of a listed profile of a repeated game "
            "ask with profile and holds in a claim"
        )
    if of not in atlas.domain.names:
        raise UnknownName("parameter", of, atlas.domain.names)
    named = definitions or {}
    tree = parse_expression(on, play=True)
    known_names(names_in(tree), atlas.domain, named)
    premise = EVERYWHERE if given is None else condition(atlas.domain, given, definitions=named)
    question = Question(
        "effect", None, premise, named, effect_of=of, effect_on=tree, among=among, across=False
    )
    premises = all_of((atlas.domain.given, premise))
    shift = replace(shift_of(question, premises, atlas), deadline=monotonic() + seconds)
    groups = value_groups(question, premises, atlas)
    generic = {e.id for e in atlas.equilibria if e.generic}
    within = tuple(_within(group, shift, atlas.domain, generic) for group in groups.values())
    everything = [v for group in groups.values() for v in group]
    return Statics(of, on, atlas.domain, premise, within, _across(everything, shift, atlas, among))


def _within(group: list[Values], shift: Shift, domain: Domain, generic: set[str]) -> Within:
    ranged = any(set(g.free) & g.value.names for g in group)
    found = Within(
        tuple(dict.fromkeys(g.of for g in group)),
        tuple((g.where, g.value) for g in group),
        any(g.of in generic for g in group),
        trend("set" if ranged else "value", group, shift, domain, None),
    )
    if ranged:
        return found
    try:
        up, down, level = (_slope(group, relation, shift) for relation in (">", "<", "=="))
    except OutOfScope:
        return found
    return replace(found, rises_where=up, falls_where=down, level_where=level)


def _slope(group: list[Values], relation: str, shift: Shift) -> Region:
    pieces = []
    for g in group:
        here = all_of((g.where, sign_region(derivative(g.value, shift.before), relation)))
        pieces.append(exists(here, g.free, shift.premises))
    return tidy(any_of(pieces), shift.premises)


def _across(values: list[Values], shift: Shift, atlas: Atlas, among: str) -> tuple[Trend, ...]:
    everywhere = atlas.complete.coverage == "proved" and not among
    note = scope_note("every", atlas)
    found = []
    for reading in READINGS:
        one = trend(reading, values, shift, atlas.domain, EVERYWHERE if everywhere else None)
        if note:
            one = replace(one, verdicts={w: _open(v, reading, note) for w, v in one.verdicts.items()})
        found.append(one)
    return tuple(found)


def _open(verdict: Verdict, reading: str, note: str) -> Verdict:
    """A verdict when not all equilibria are known: a pair stands against `every`, a proof for `some`."""
    if isinstance(verdict, Undecided | Vacuous):
        return verdict
    stands = (reading == "every" and isinstance(verdict, Refuted)) or (
        reading == "some" and isinstance(verdict, Proved)
    )
    return verdict if stands else Undecided(note)
