"""The atlas: all equilibria of a game for one concept, each with the exact region where it exists.

Every solver returns an `Atlas` and every reading takes one.  An equilibrium is a component: a profile with
exact probabilities and, where a tie leaves a continuum, free mixing variables with their bounds.  At a point,
each equilibrium belongs to exactly one component (exact support: listed probabilities above zero).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from deterrence.algebra.brief import brief
from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.value import Value, number
from deterrence.algebra.virtual import substituted
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import StochasticGame
from deterrence.games.tree import ExtensiveForm

_LISTED = 20  # equilibria that an atlas's text lists
Strategy = tuple[tuple[str, Value], ...]
Game = NormalForm | ExtensiveForm | StochasticGame


def places(game: Game) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Where a strategy chooses, with the actions there.

    These are players; in a tree information sets; in a stochastic game states, by player where several move.
    """
    if isinstance(game, NormalForm):
        return tuple((p.name, p.actions) for p in game.players)
    if isinstance(game, StochasticGame):
        return tuple((h.name, h.actions) for h in game.places)
    return tuple((h.name, h.actions) for h in game.information)


@dataclass(frozen=True)
class Range:
    """A free mixing variable: `max(lower) <= name <= min(upper)`, closed (the ends are equilibria too).

    The bounds may mention free variables listed before this one.  `described` is False where the sign of a
    coefficient varies, so that no bounds can be named; then only the component's `where` describes it.
    """

    name: str
    lower: tuple[Value, ...]
    upper: tuple[Value, ...]
    described: bool = True


@dataclass(frozen=True)
class Equilibrium:
    """A component: strategies, the region of parameters where it exists, and its free variables.

    `profile` has a strategy for each place (see `places`): a player, in a tree an information set, in a
    stochastic game a state.
    `where` is the exact condition on parameters and free variables together, as the solver found it;
    `region` is its projection to the parameters, or NOWHERE beside `projected=False` where that could not be
    computed within bounds.  `closed` is the condition when the support may shrink, see `closures`.

    In trees, `beliefs` has the probability of each node of an information set of several; free beliefs are
    free variables.  `path` names the group of equilibria with the same play on the path (`Atlas.paths`), and
    `refinements` the named conditions on parameters and free variables, such as d1, under which the component
    survives that filter.
    """

    id: str
    profile: tuple[tuple[str, Strategy], ...]
    region: Region
    payoffs: tuple[tuple[str, Value], ...]
    free: tuple[Range, ...] = ()
    where: Region = EVERYWHERE
    closed: Region = EVERYWHERE
    generic: bool = True
    evidence: str = "z3"
    family: str = ""  # the same component in another piece of a model with cases
    beliefs: tuple[tuple[str, Strategy], ...] = ()
    path: str = ""
    refinements: tuple[tuple[str, Region], ...] = ()
    projected: bool = True

    def strategy(self, place: str) -> Mapping[str, Value]:
        """The probability of each action of a player, at an information set of a tree, or in a state."""
        for name, strategy in self.profile:
            if name == place:
                return dict(strategy)
        raise UnknownName("player, information set or state", place, (n for n, _ in self.profile))

    def survives(self, refinement: str) -> Region:
        """The condition on parameters and free variables under which a named refinement keeps this component.

        Raises UnknownName where the solver did not compute that refinement.
        """
        for name, region in self.refinements:
            if name == refinement:
                return region
        raise UnknownName("refinement", refinement, (n for n, _ in self.refinements))

    def payoff(self, player: str) -> Value:
        """A player's expected payoff."""
        for name, v in self.payoffs:
            if name == player:
                return v
        raise UnknownName("player", player, (n for n, _ in self.payoffs))

    @property
    def support(self) -> tuple[tuple[str, ...], ...]:
        """The actions that each player uses, or that are used at each information set."""
        return tuple(tuple(a for a, v in s if not v.is_zero) for _, s in self.profile)

    @property
    def is_pure(self) -> bool:
        """Whether one action is used everywhere."""
        return all(len(actions) == 1 for actions in self.support)

    @property
    def _played(self) -> str:
        """The name and what is played, in one line."""
        played = []
        for place, strategy in self.profile:
            used = [(a, v) for a, v in strategy if not v.is_zero]
            said = ", ".join(a if len(used) == 1 else f"{a} {v}" for a, v in used)
            played.append(f"{place}: {said}")
        return f"{self.id}  {'; '.join(played)}"

    def __str__(self) -> str:
        region = self.region if self.projected else self.where
        where = "everywhere" if region == EVERYWHERE else f"where {region}"
        return f"{self._played}  {where}"

    @property
    def line(self) -> str:
        """The name, what is played and where in one line; a long condition is only counted."""
        return f"{self._played}  {brief(self.region if self.projected else self.where)}"

    def __repr__(self) -> str:
        return f"Equilibrium({self.line})"


@dataclass(frozen=True)
class Cell:
    """A part of the parameter space with the same equilibria throughout, and an exact point in it."""

    region: Region
    equilibria: tuple[str, ...]
    witness: Witness | None
    full_dimensional: bool

    def __hash__(self) -> int:
        return hash((self.region, self.equilibria))


@dataclass(frozen=True)
class Path:
    """Equilibria of a tree with the same moves on the path, and who supports them off it.

    `some` is where some off-path behaviour supports the play, `every` where each off-path behaviour that is
    itself rational does; None where that was not computed.  `refined` is `some` among the equilibria that a
    named refinement keeps.
    """

    id: str
    members: tuple[str, ...]
    some: Region | None
    every: Region | None
    refined: tuple[tuple[str, Region | None], ...] = ()


@dataclass(frozen=True)
class Completeness:
    """Whether the atlas holds every equilibrium of the class searched, and what shows it.

    `verdict` is `proved`, `undecided` or `not claimed`; `scope` names the class; `method` what stands
    behind the verdict; `coverage` the separate check that the regions cover the assumptions (Nash's
    existence theorem), `proved`, `refuted` (a fault) or `undecided`.
    """

    verdict: str
    scope: str
    method: str
    coverage: str


@dataclass(frozen=True)
class Atlas:
    """All equilibria of `game` for `concept`, the cells of the phase diagram, and completeness.

    `emptied` lists the conditions (on parameters and mixing probabilities) that were dropped because they
    were proved to have no solution: with them, anyone can check that no equilibrium is missing.
    """

    game: Game
    concept: str
    equilibria: tuple[Equilibrium, ...]
    cells: tuple[Cell, ...]
    complete: Completeness
    emptied: tuple[Region, ...] = ()
    paths: tuple[Path, ...] = ()

    @property
    def domain(self) -> Domain:
        """The parameters and assumptions."""
        return self.game.domain

    def __getitem__(self, identifier: str) -> Equilibrium:
        for e in self.equilibria:
            if e.id == identifier:
                return e
        raise UnknownName("equilibrium", identifier, (e.id for e in self.equilibria))

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.equilibria)

    def __repr__(self) -> str:
        """A line on completeness, and one for each equilibrium, knife edges last."""
        c = self.complete
        listed = sorted(self.equilibria, key=lambda e: not e.generic)
        lines = [e.line if e.generic else f"{e.line} (knife edge)" for e in listed[:_LISTED]]
        if len(listed) > _LISTED:
            lines.append(f"and {len(listed) - _LISTED} more")
        head = f"Atlas: {len(listed)} equilibria ({self.concept}), complete: {c.verdict} (scope: {c.scope})"
        return "\n  ".join([head, *lines])

    def at(self, point: Mapping[str, object] | None = None, **values: object) -> tuple[Equilibrium, ...]:
        """The equilibria at an exact point, with numbers for expressions.

        Values are ints, Fractions or text such as "1/2".  Raises DomainError outside the domain,
        UnknownName and InexactNumber.
        """
        exact = self.domain.point({**(point or {}), **values})
        return tuple(at_point(e, exact) for e in self.equilibria if exists_at(e, exact))

    def cell_at(self, point: Mapping[str, Fraction]) -> tuple[str, ...]:
        """The equilibria that exist at an exact point, by id."""
        return tuple(e.id for e in self.equilibria if exists_at(e, point))


def exists_at(equilibrium: Equilibrium, point: Mapping[str, Fraction]) -> bool:
    """Whether the component has a member at an exact point.

    Raises OutOfScope for a component that was not projected and that the solver cannot settle there.
    """
    if equilibrium.projected:
        return equilibrium.region.contains(point)
    where = equilibrium.where
    for name, v in point.items():
        where = substituted(where, name, number(v))
    answer = prover(EVERYWHERE).satisfiable(where, patient=True)
    if answer is None:
        raise OutOfScope(f"whether {equilibrium.id} exists at this point was not settled in time")
    return answer


def at_point(equilibrium: Equilibrium, point: Mapping[str, Fraction]) -> Equilibrium:
    """An equilibrium with the parameters put in; free variables stay, with numeric bounds."""
    table = {name: number(v) for name, v in point.items()}
    where = equilibrium.where
    for name, v in table.items():
        where = substituted(where, name, v)

    def put(v: Value) -> Value:
        return v.substitute(table)

    return replace(
        equilibrium,
        profile=tuple((p, tuple((a, put(v)) for a, v in s)) for p, s in equilibrium.profile),
        payoffs=tuple((p, put(v)) for p, v in equilibrium.payoffs),
        beliefs=tuple((h, tuple((n, put(v)) for n, v in s)) for h, s in equilibrium.beliefs),
        free=tuple(
            replace(r, lower=_outermost(map(put, r.lower), max), upper=_outermost(map(put, r.upper), min))
            for r in equilibrium.free
        ),
        where=where,
        region=EVERYWHERE,
        closed=EVERYWHERE,
    )


def _outermost(bounds: Iterator[Value], pick: Callable[..., Value]) -> tuple[Value, ...]:
    listed = tuple(bounds)
    fixed = [v for v in listed if v.is_constant and v.is_rational]
    if not fixed:
        return listed
    best = pick(fixed, key=lambda v: v.at({}))
    return (best, *(v for v in listed if v not in fixed))
