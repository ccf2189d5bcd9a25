"""The payoffs of all pure subgame-perfect equilibria of a repeated two-player game, with public randomisation.

A numeric stage game and one discount factor.  Players choose pure actions, see each other's, and see a public
lottery before each round; payoffs are averages, that is discounted sums times `1 - discount`.  The set V of
equilibrium payoffs is convex and compact, and may be empty.  It is the largest fixed point of the operator B
of [AbreuPearceStacchetti1990], [CronshawLuenberger1994].

Outer bounds: the iteration of [AbreuSannikov2014] from the feasible and individually rational payoffs.  Each
set W of it contains V, each is inside the one before.  That rounding outwards keeps this so: V's extreme
points come from an action pair a by continuations w; by induction W holds g(a) while the punishments so far
enforce it, and then the point where the way from g(a) to w comes to be enforced.  Cutting rounded sets with
the one before keeps both.  Inner bounds: polygons found by guesses (outer ones of a slightly harder problem,
and others), each proved self-generating by the full operator B, so that all of it is equilibrium payoffs;
and what B makes of those, rounded inwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from deterrence.games.normal import NormalForm
from deterrence.solve.enforcement import (
    NumericStage,
    extremes,
    floor_for,
    generated,
    numeric_stage,
    self_generating,
    worst,
)
from deterrence.solve.polygon import (
    EMPTY,
    Point,
    Polygon,
    at_least,
    contains,
    hausdorff,
    hull,
    intersection,
    rounded_inwards,
    rounded_outwards,
    within,
)

GRID = Fraction(1, 2**64)
ROUNDS = 1000
_SLACKS = tuple(Fraction(1, 2**k) for k in (52, 40, 30, 22, 16, 12, 9, 7))
_TRIES, _SNAPS, _STILL = 60, (10**3, 10**6), 4


@dataclass(frozen=True)
class PayoffSet:
    """Equilibrium payoffs between two polygons, in the order of `players`.

    Every equilibrium payoff lies in `outer`; every point of `inner` is one.  `gap` is the greatest distance
    from a point of `outer` to `inner` in the maximum norm, None where there is nothing inside to measure from.
    `verdict`: "exact" where the two are equal, "empty" where it is proved that there is no equilibrium in pure
    strategies, else "bounds".  `feasible` is the hull of the stage payoffs, `rational` its part that gives
    each player at least its pure minmax payoff, `minmax`.  `rounds` counts the outer iterations.
    """

    players: tuple[str, str]
    discount: Fraction
    outer: Polygon
    inner: Polygon
    gap: Fraction | None
    verdict: Literal["exact", "bounds", "empty"]
    feasible: Polygon
    rational: Polygon
    minmax: Point
    rounds: int


def payoff_set(
    game: NormalForm,
    discount: object,
    *,
    point: Mapping[str, Fraction] | None = None,
    grid: Fraction = GRID,
    rounds: int = ROUNDS,
) -> PayoffSet:
    """The set of payoffs of pure subgame-perfect equilibria with public randomisation, exactly or between bounds.

    `discount` is one for both players, a number or text; `point` gives the parameters of a symbolic game.
    Coordinates with a denominator above that of `grid` are rounded to it, outwards or inwards.  Raises
    GameError, DomainError, InexactNumber and OutOfScope as `numeric_stage`.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> half = payoff_set(pd, "1/2")
    >>> half.verdict, [(str(x), str(y)) for x, y in half.outer.vertices]
    ('exact', [('1', '1'), ('13/3', '1'), ('3', '3'), ('1', '13/3')])
    >>> payoff_set(pd, "1/4").outer.vertices
    ((Fraction(1, 1), Fraction(1, 1)),)
    """
    stage = numeric_stage(game, discount, point)
    feasible = stage.feasible
    rational = at_least(feasible, stage.minmax)
    outer, punishment, used, exact = _outer(stage, rational, grid, rounds)
    inner = outer if exact else _inner(stage, outer, punishment, grid)
    if outer == inner:
        verdict: Literal["exact", "bounds", "empty"] = "empty" if outer.is_empty else "exact"
    else:
        verdict = "bounds"
    gap = None if inner.is_empty else hausdorff(inner, outer)
    return PayoffSet(
        stage.players,
        stage.discount,
        outer,
        inner,
        gap,
        verdict,
        feasible,
        rational,
        stage.minmax,
        used,
    )


def _outer(
    stage: NumericStage, start: Polygon, grid: Fraction, rounds: int
) -> tuple[Polygon, Point, int, bool]:
    """The last outer set, the punishments reached, the rounds taken, and whether it is the set itself."""
    known, punishment = start, stage.minmax
    for used in range(rounds):
        if self_generating(stage, known):
            return known, punishment, used, True
        after, punishment = _step(stage, known, punishment, grid)
        if after.is_empty:
            return EMPTY, punishment, used + 1, True
        if hausdorff(after, known) <= _STILL * grid:
            return after, punishment, used + 1, self_generating(stage, after)
        known = after
    return known, punishment, rounds, False


def _step(
    stage: NumericStage, known: Polygon, punishment: Point, grid: Fraction, slack: Fraction = Fraction(0)
) -> tuple[Polygon, Point]:
    """The next outer set inside the known one, and the punishments that it still leaves possible."""
    after = rounded_outwards(extremes(stage, known, punishment, slack), grid)
    after = intersection(after, known)
    if after.is_empty:
        return after, punishment
    low = worst(after)
    return after, (max(punishment[0], low[0]), max(punishment[1], low[1]))


def _inner(stage: NumericStage, outer: Polygon, punishment: Point, grid: Fraction) -> Polygon:
    """A self-generating polygon inside the outer one: the hull of those that were found, grown by B.

    The hull of self-generating sets is one too, and so is every convex set between one and what it generates.
    """
    corners: list[Point] = []
    for guess in _guesses(stage, outer, punishment, grid):
        if self_generating(stage, guess):
            corners += guess.vertices
    known = hull(corners)
    for _ in range(_TRIES):
        after = hull((*known.vertices, *rounded_inwards(generated(stage, known), grid).vertices))
        if known.is_empty or hausdorff(known, after) <= _STILL * grid:
            return after
        known = after
    return known


def _guesses(stage: NumericStage, outer: Polygon, punishment: Point, grid: Fraction) -> Iterator[Polygon]:
    """Candidates for self-generating sets; nothing is claimed of them."""
    yield _stationary(stage, outer)
    for bound in _SNAPS:
        yield hull((x.limit_denominator(bound), y.limit_denominator(bound)) for x, y in outer.vertices)
    for slack in _SLACKS:
        known, least = outer, punishment
        for _ in range(_TRIES):
            known, least = _step(stage, known, least, grid, slack)
            if self_generating(stage, known):
                break
        if not known.is_empty and self_generating(stage, known):
            yield known
            break


def _stationary(stage: NumericStage, outer: Polygon) -> Polygon:
    """The hull of outcomes that can go on for ever, each punished by the worst of them."""
    pairs = [p for p in stage.pairs if contains(outer, p.payoff)]
    while pairs:
        known = hull(p.payoff for p in pairs)
        least = worst(known)
        kept = [
            p
            for p in pairs
            if all(x >= low for x, low in zip(p.payoff, floor_for(p, least), strict=True))
        ]
        if kept == pairs:
            return known
        pairs = kept
    return EMPTY
