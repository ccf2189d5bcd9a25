"""From the raw components of a solver to the atlas: project, tidy, describe free variables, find cells.

A solver hands over `Component`s: probabilities with free variables and exact conditions.  Here each gets its
region (free variables eliminated, tidied, each step proved), closed ranges for the free variables, and the
label generic or knife-edge; then the parameter space is cut into cells and coverage is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deterrence.algebra.decide import Prover, generic, prover
from deterrence.algebra.eliminate import bounded, exists, proves_projection
from deterrence.algebra.region import (
    EVERYWHERE,
    NOWHERE,
    AllOf,
    Atom,
    Region,
    all_of,
    any_of,
    atoms_of,
    complement,
    names_of,
)
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, fraction, number
from deterrence.errors import OutOfScope
from deterrence.games.behaviour import expected_payoffs
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.atlas import Atlas, Completeness, Equilibrium, Game, Range, Strategy, places
from deterrence.solve.cells import find_cells
from deterrence.solve.markov import markov_payoffs

MANY = 150  # more components than this are a game without an ordering of payoffs: shown as systems
_LIMITS_FEW, _LIMITS_MANY = (2000, 1000), (100, 12)  # cases and atoms that a projection may have


@dataclass(frozen=True)
class Component:
    """Probabilities (a tuple a place, an entry an action), free names, exact and closed conditions.

    The rest is for trees, see `Equilibrium`.
    """

    probabilities: tuple[tuple[Value, ...], ...]
    free: tuple[str, ...]
    where: Region
    closed: Region
    beliefs: tuple[tuple[str, Strategy], ...] = ()
    path: str = ""
    refinements: tuple[tuple[str, Region], ...] = ()


def assemble(
    game: Game,
    components: Sequence[Component],
    concept: str,
    scope: str,
    *,
    emptied: Sequence[Region] = (),
    covers: bool = True,
    with_cells: bool = True,
) -> Atlas:
    """The atlas of the components; `covers` says whether an existence theorem promises coverage.

    A component that cannot be projected to the parameters within bounds is kept as the exact system that it
    is, see `Equilibrium.projected`; then nothing is said of coverage, and there are no cells.
    """
    given = game.domain.given
    ask = prover(given)
    listed: list[Equilibrium] = []
    gone = list(emptied)
    exact = True
    limits = _LIMITS_FEW if len(components) <= MANY else _LIMITS_MANY
    for component in components:
        found, sure = _equilibrium(game, component, f"e{len(listed) + 1}", ask, limits)
        exact = exact and sure
        if found is not None:
            listed.append(found)
        elif component.where != NOWHERE:
            gone.append(component.where)
    coverage = "not claimed"
    whole = all(e.projected for e in listed)
    if covers and not whole:
        coverage = "undecided"
    elif covers:
        outside = all_of(complement(e.region) for e in listed)
        answer = ask.satisfiable(outside, patient=True)
        coverage = "undecided" if answer is None else "refuted" if answer else "proved"
    complete = Completeness(
        "proved" if exact else "undecided",
        scope,
        f"by construction over all {'supports' if scope == 'all' else scope + ' profiles'}"
        if exact
        else "some component's projection was disproved: please report this",
        coverage,
    )
    cells = find_cells(listed, game) if with_cells and whole else ()
    return Atlas(game, concept, tuple(listed), cells, complete, tuple(gone))


def _equilibrium(
    game: Game, component: Component, identifier: str, ask: Prover, limits: tuple[int, int]
) -> tuple[Equilibrium | None, bool]:
    given = ask.given
    if ask.satisfiable(component.where) is False:
        return None, True
    region = _projection(component, given, limits)
    if region == NOWHERE:
        return None, True
    sure = True
    evidence = "z3"
    if region is not None and component.free and names_of(given):
        checked = proves_projection(component.where, component.free, region, given)
        sure = checked is not False
        evidence = "two methods agree" if checked else "z3"
    profile = tuple(
        (place, tuple(zip(actions, row, strict=True)))
        for (place, actions), row in zip(places(game), component.probabilities, strict=True)
    )
    return (
        Equilibrium(
            identifier,
            profile,
            NOWHERE if region is None else region,
            payoffs(game, component.probabilities),
            _unbounded(component) if region is None else ranges(component, region, ask),
            component.where,
            component.closed,
            full_dimensional(component.where if region is None else region, ask),
            evidence,
            beliefs=component.beliefs,
            path=component.path,
            refinements=component.refinements,
            projected=region is not None,
        ),
        sure,
    )


def _projection(component: Component, given: Region, limits: tuple[int, int]) -> Region | None:
    """The component's region in short form; None where the elimination goes beyond the limits."""
    cases, atoms = limits
    try:
        with bounded(cases):
            raw = exists(component.where, component.free, given)
    except OutOfScope:
        return None
    if sum(1 for _ in atoms_of(raw)) <= atoms:
        return tidy(raw, given)
    return None if component.free else raw


def _unbounded(component: Component) -> tuple[Range, ...]:
    return tuple(Range(name, (), (), described=False) for name in component.free)


def payoffs(game: Game, probabilities: Sequence[Sequence[Value]]) -> Strategy:
    """Every player's expected payoff, by name."""
    if isinstance(game, NormalForm):
        return tuple((p, expected(game, probabilities, p)) for p in game.names)
    behaviour = {
        place: dict(zip(actions, row, strict=True))
        for (place, actions), row in zip(places(game), probabilities, strict=True)
    }
    if isinstance(game, StochasticGame):
        return markov_payoffs(game, behaviour)
    return tuple(zip(game.names, expected_payoffs(game, behaviour), strict=True))


def expected(game: NormalForm, probabilities: Sequence[Sequence[Value]], player: str) -> Value:
    """A player's expected payoff when everyone mixes independently."""
    total = number(0)
    at = game.names.index(player)
    chosen = [list(enumerate(row)) for row in probabilities]

    def add(depth: int, row: int, weight: Value) -> None:
        nonlocal total
        if depth == len(chosen):
            total = total + weight * game.payoffs[row][at]
            return
        for k, v in chosen[depth]:
            if not v.is_zero:
                add(depth + 1, row * len(chosen[depth]) + k, weight * v)

    add(0, 0, number(1))
    return total


def full_dimensional(region: Region, ask: Prover) -> bool:
    """Whether the region has points at which no polynomial that matters is zero: an open piece."""
    return region == EVERYWHERE or ask.satisfiable(generic(region, ask.given)) is not False


# -- free variables -------------------------------------------------------------------------------
def ranges(component: Component, region: Region, ask: Prover) -> tuple[Range, ...]:
    """Bounds of each free variable, within the region, in the parameters and the free variables before it."""
    found: list[Range] = []
    left = list(component.free)
    conditions = component.closed
    while left:
        name = left.pop()
        found.append(_range(name, conditions, region, ask))
        conditions = exists(conditions, [name], ask.given)
    return tuple(reversed(found))


def _range(name: str, conditions: Region, where: Region, ask: Prover) -> Range:
    parts = conditions.parts if isinstance(conditions, AllOf) else (conditions,)
    lower: list[Value] = []
    upper: list[Value] = []
    for part in parts:
        if name not in names_of(part):
            continue
        if not isinstance(part, Atom) or part.poly.degree(name) != 1 or part.relation == "!=":
            return Range(name, (), (), described=False)
        constant, slope = part.poly.coefficients(name)
        signs = ask.sign(slope, where)
        if signs is None or len(signs) != 1:
            return Range(name, (), (), described=False)
        sign = next(iter(signs))
        if sign == 0:
            continue
        bound = fraction(-constant, slope)
        if sign > 0 or part.relation == "==":
            lower.append(bound)
        if sign < 0 or part.relation == "==":
            upper.append(bound)
    return Range(name, _binding(lower, ">=", where, ask), _binding(upper, "<=", where, ask))


def _binding(bounds: list[Value], relation: str, where: Region, ask: Prover) -> tuple[Value, ...]:
    """The bounds that are not implied by the others."""
    kept = list(dict.fromkeys(bounds))
    for bound in list(kept):
        others = [b for b in kept if b != bound]
        if others and ask.implies(where, any_of(compare(b, relation, bound) for b in others)) is True:
            kept = others
    return tuple(sorted(kept, key=lambda v: (not v.is_constant, str(v))))
