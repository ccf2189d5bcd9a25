"""What pure subgame-perfect equilibria of a repeated two-player game can pay, with public randomisation.

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

from deterrence.errors import GameError, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.absorption import holds_everything
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
)

GRID = Fraction(1, 2**64)
ROUNDS = 1000
_SLACKS = tuple(Fraction(1, 2**k) for k in (20, 12, 8, 32, 44))
_TRIES, _SNAPS, _STILL = 100, (10**3, 10**6, 10**9), 4
_EARLY, _LOOKS = 6, frozenset({12, 24, 48, 96, 192, 384})
_ENDED = "the outer iteration ended"
_ABSORBED = "a self-generating set that provably holds every equilibrium payoff"
_BETWEEN = "outer iteration and a self-generating set inside"


@dataclass(frozen=True)
class PayoffSet:
    """Equilibrium payoffs between two polygons, in the order of `players`.

    Every equilibrium payoff lies in `outer`; every point of `inner` is one.  `gap` is the greatest distance
    from a point of `outer` to `inner` in the maximum norm, None where nothing inside is known.  `verdict`:
    "exact" where the two are equal, "empty" where it is proved that no equilibrium in pure strategies exists,
    else "bounds"; `shown` says how.  `feasible` is the hull of the stage payoffs, `rational` the part of it
    that gives each player at least its pure minmax payoff, `minmax`.  `rounds` counts the outer iterations.
    """

    players: tuple[str, str]
    discount: Fraction
    outer: Polygon
    inner: Polygon
    gap: Fraction | None
    verdict: Literal["exact", "bounds", "empty"]
    shown: str
    feasible: Polygon
    rational: Polygon
    minmax: Point
    rounds: int

    def __repr__(self) -> str:
        corners = ", ".join(f"({x}, {y})" for x, y in self.outer.vertices)
        about = {"exact": "corners", "bounds": "within the corners", "empty": "none"}[self.verdict]
        return f"PayoffSet({', '.join(self.players)} at {self.discount}: {about} {corners})".replace(
            " )", ")"
        )


def payoff_set(
    game: NormalForm,
    discount: object,
    *,
    point: Mapping[str, Fraction] | None = None,
    grid: Fraction = GRID,
    rounds: int = ROUNDS,
) -> PayoffSet:
    """The payoffs of pure subgame-perfect equilibria with public randomisation, exactly or between bounds.

    `discount` is one for both players, a number or text; `point` gives the parameters of a symbolic game.
    Coordinates with a denominator above that of `grid`, 1/n, are rounded to it, outwards or inwards; at most
    `rounds` outer iterations are made.  A set with irrational corners always gets bounds.  Raises GameError,
    DomainError, InexactNumber and OutOfScope as `numeric_stage`.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> half = payoff_set(pd, "1/2")
    >>> half.verdict, [(str(x), str(y)) for x, y in half.outer.vertices]
    ('exact', [('1', '1'), ('13/3', '1'), ('3', '3'), ('1', '13/3')])
    >>> payoff_set(pd, "1/5").outer.vertices
    ((Fraction(1, 1), Fraction(1, 1)),)
    """
    expect("payoff_set", game, NormalForm)
    if rounds < 1 or grid <= 0 or grid.numerator != 1:
        raise GameError(f"rounds = {rounds} must be 1 or more and grid = {grid} a fraction 1/n")
    stage = numeric_stage(game, discount, point)
    feasible = stage.feasible
    rational = at_least(feasible, stage.minmax)
    found = _bounded(stage, rational, grid, rounds)
    verdict: Literal["exact", "bounds", "empty"] = "bounds"
    if found.inner == found.outer:
        verdict = "empty" if found.outer.is_empty else "exact"
    return PayoffSet(
        players=stage.players,
        discount=stage.discount,
        outer=found.outer,
        inner=found.inner,
        gap=None if found.inner.is_empty and verdict == "bounds" else hausdorff(found.inner, found.outer),
        verdict=verdict,
        shown=found.shown,
        feasible=feasible,
        rational=rational,
        minmax=stage.minmax,
        rounds=found.rounds,
    )


@dataclass(frozen=True)
class _Bounds:
    outer: Polygon
    inner: Polygon
    shown: str
    rounds: int


def _bounded(stage: NumericStage, start: Polygon, grid: Fraction, rounds: int) -> _Bounds:
    """The outer iteration, until it ends, is seen where it leads, or stands still on the grid."""
    known, punishment = start, stage.minmax
    for used in range(rounds):
        if used < _EARLY and self_generating(stage, known):
            return _Bounds(known, known, _ENDED, used)
        if used in _LOOKS:
            limit = _limit(stage, known, punishment)
            if not limit.is_empty:
                return _Bounds(limit, limit, _ABSORBED, used)
        after, least = _step(stage, known, punishment, grid)
        if after.is_empty:
            return _Bounds(EMPTY, EMPTY, _ENDED, used + 1)
        moved = max(hausdorff(after, known), least[0] - punishment[0], least[1] - punishment[1])
        known, punishment = after, least
        if moved <= _STILL * grid:
            break
    if self_generating(stage, known):
        return _Bounds(known, known, _ENDED, used + 1)
    limit = _limit(stage, known, punishment)
    if not limit.is_empty:
        return _Bounds(limit, limit, _ABSORBED, used + 1)
    inner = _inner(stage, known, punishment, grid)
    return _Bounds(known, inner, _ENDED if inner == known else _BETWEEN, used + 1)


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


def _limit(stage: NumericStage, outer: Polygon, punishment: Point) -> Polygon:
    """All equilibrium payoffs, where the outer set is near a polygon proved to be just them; else empty."""
    for bound in _SNAPS:
        guess = hull((x.limit_denominator(bound), y.limit_denominator(bound)) for x, y in outer.vertices)
        if self_generating(stage, guess) and holds_everything(stage, guess, outer, punishment):
            return guess
    return EMPTY


def _inner(stage: NumericStage, outer: Polygon, punishment: Point, grid: Fraction) -> Polygon:
    """A self-generating polygon inside the outer one: the hull of those that were found, grown by B.

    The hull of self-generating sets is one too, and so is every convex set between one and what it generates.
    """
    corners: list[Point] = []
    for guess in _guesses(stage, outer, punishment, grid):
        if self_generating(stage, guess):
            corners += guess.vertices
    known = hull(corners)
    for _ in range(ROUNDS):
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
        for tried in range(_TRIES):
            known, least = _step(stage, known, least, grid, slack)
            if known.is_empty:
                break
            if tried % 4 == 3 and self_generating(stage, known):
                yield known
                return


def _stationary(stage: NumericStage, outer: Polygon) -> Polygon:
    """The hull of outcomes that can go on for ever, each punished by the worst of them."""
    pairs = [p for p in stage.pairs if contains(outer, p.payoff)]
    while pairs:
        known = hull(p.payoff for p in pairs)
        least = worst(known)
        kept = [
            p for p in pairs if all(x >= low for x, low in zip(p.payoff, floor_for(p, least), strict=True))
        ]
        if kept == pairs:
            return known
        pairs = kept
    return EMPTY
