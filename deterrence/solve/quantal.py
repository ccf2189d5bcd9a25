"""Logit quantal response: better actions are likelier, and how much likelier is what `rationality` says.

A player chooses each action with a probability proportional to `exp(rationality * expected payoff)`, given
the others' probabilities; an equilibrium is where all these agree [McKelveyPalfrey1995].  At rationality zero
everyone tosses a fair coin, and as it grows the equilibria come near those of Nash.

These are numbers, not formulas: exponentials have no exact values.  The branch is followed from rationality
zero by Newton's method with floats; each point then gets a box that is proved, in interval arithmetic, to
hold exactly one equilibrium (`enclosure`), and the half-width of the widest box is its `tolerance`.  Not
proved is that the branch found is the one that starts at rationality zero: steps are small, and the sign of
the determinant is watched, but a jump between branches that lie close together is not ruled out.

Scope: any number of players, games in numbers or at an exact point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

import numpy as np
from flint import arb, fmpq

from deterrence.algebra.parameters import exact_number
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.enclosure import Enclosure, Vector, enclosed

_LONGEST_MOVE = 0.05  # of any probability in one step along the branch
_SHORTEST_STEP = 1e-9
_SETTLED = 1e-13


@dataclass(frozen=True)
class QuantalResponse:
    """A logit equilibrium at one rationality: each action's probability lies in its enclosure.

    `proved` says that the box of enclosures holds exactly one equilibrium; else they are approximations, and
    `tolerance` is how far the probabilities are from those that they call for.
    """

    rationality: Fraction
    profile: tuple[tuple[str, tuple[tuple[str, Enclosure], ...]], ...]
    tolerance: float
    proved: bool

    def __repr__(self) -> str:
        chances = "; ".join(
            f"{player}: " + ", ".join(f"{action} {chance.middle:.6g}" for action, chance in strategy)
            for player, strategy in self.profile
        )
        return f"QuantalResponse(rationality {self.rationality}: {chances})"

    def chance(self, player: str, action: str) -> Enclosure:
        """The probability of an action; UnknownName for a player or action that the game lacks."""
        for name, strategy in self.profile:
            if name == player:
                listed = dict(strategy)
                if action not in listed:
                    raise UnknownName(f"action of {player}", action, listed)
                return listed[action]
        raise UnknownName("player", player, (n for n, _ in self.profile))


def logit(
    game: NormalForm, rationality: object, point: Mapping[str, object] | None = None
) -> QuantalResponse:
    """The logit equilibrium at one rationality, on the branch that starts at rationality zero.

    `rationality` is an exact number from zero up; `point` gives a value to each parameter of a game in
    symbols.  Raises GameError, InexactNumber, DomainError for a point that is missing or outside the domain,
    OutOfScope where the branch turns back before that rationality or a payoff is irrational.

    >>> pennies = NormalForm.from_arrays([[9, 0], [0, 1]], [[0, 1], [1, 0]])
    >>> found = logit(pennies, 1)
    >>> print(f"{found.chance('row', 'row1').middle:.4f}", found.proved, found.tolerance < 1e-9)
    0.8936 True True
    """
    return logit_branch(game, [rationality], point)[0]


def logit_branch(
    game: NormalForm, rationalities: Sequence[object], point: Mapping[str, object] | None = None
) -> tuple[QuantalResponse, ...]:
    """The branch that starts at rationality zero, at each of these rationalities; errors as for `logit`.

    >>> game = NormalForm.from_arrays([[1, 0], [0, 0]], [[1, 0], [0, 0]])
    >>> [f"{q.chance('row', 'row1').middle:.3f}" for q in logit_branch(game, [0, 1, 4])]
    ['0.500', '0.659', '0.981']
    """
    wanted = [exact_number(r, "a rationality") for r in rationalities]
    if any(r < 0 for r in wanted):
        raise GameError(f"a rationality is {min(wanted)}; it is a number from zero up")
    model = _Model.of(game, point)
    found: dict[Fraction, QuantalResponse] = {}
    here, at = model.coin_toss(), 0.0
    for rationality in sorted(set(wanted)):
        here = _follow(model, here, at, float(rationality))
        at = float(rationality)
        found[rationality] = model.response(rationality, here)
    return tuple(found[r] for r in wanted)


def _follow(model: _Model, start: Any, at: float, to: float) -> Any:
    """The probabilities at `to`, by small steps from those at `at`."""
    here, step = start, (to - at)
    while at < to:
        step = min(step, to - at)
        reached = to if step == to - at else at + step
        there = _corrected(model, here, reached)
        if there is not None and float(np.abs(there - here).max()) <= _LONGEST_MOVE:
            here, at, step = there, reached, 2 * step
        elif step > _SHORTEST_STEP * max(1.0, at):
            step /= 4
        else:
            raise OutOfScope(
                f"the branch of logit equilibria cannot be followed past rationality {at:.6g}: it turns back "
                "there or splits; ask for a smaller rationality"
            )
    return here


def _corrected(model: _Model, near: Any, rationality: float) -> Any:
    """The equilibrium that Newton's method finds from nearby, or None; on the branch's own sheet only."""
    point = near
    for _ in range(12):
        values, jacobian = model.system(list(point), rationality)
        matrix = np.array(jacobian, dtype=float)
        if np.linalg.det(matrix) <= 0:
            return None
        move = np.linalg.solve(matrix, np.array(values, dtype=float))
        point = point - move
        if not all(map(isfinite, point)):
            return None
        if float(np.abs(move).max()) < _SETTLED:
            return point
    return None


@dataclass(frozen=True)
class _Model:
    """Payoffs by player and profile of indices, and where each player's probabilities stand in one vector."""

    game: NormalForm
    payoffs: tuple[dict[tuple[int, ...], Fraction], ...]
    starts: tuple[int, ...]

    @staticmethod
    def of(game: NormalForm, point: Mapping[str, object] | None) -> _Model:
        if game.domain.names:
            game = game.at(game.domain.point(point or {}))
        elif point:
            raise UnknownName("parameter", next(iter(point)), ())
        sizes = [len(p.actions) for p in game.players]
        indices = list(np.ndindex(*sizes))
        try:
            tables = tuple(
                {i: v.at({}) for i, v in zip(indices, game.table(n).values(), strict=True)}
                for n in game.names
            )
        except DomainError as stop:
            raise OutOfScope(f"logit equilibria need payoffs that are fractions here: {stop}") from stop
        starts = tuple(sum(sizes[:k]) for k in range(len(sizes)))
        return _Model(game, tables, starts)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many actions each player has."""
        return tuple(len(p.actions) for p in self.game.players)

    def coin_toss(self) -> Any:
        """Everyone chooses each action as often as the next."""
        return np.array([1 / n for n in self.sizes for _ in range(n)])

    def system(self, chances: Sequence[Any], rationality: Any) -> tuple[list[Any], list[list[Any]]]:
        """Probabilities less those they call for, and the derivatives; in floats or in balls."""
        exact = isinstance(chances[0], arb)
        count = len(chances)
        values: list[Any] = []
        jacobian: list[list[Any]] = []
        for i, size in enumerate(self.sizes):
            earned, slopes = self._earned(i, chances, exact)
            called = _logit_shares([rationality * u for u in earned])
            for a in range(size):
                k = self.starts[i] + a
                values.append(chances[k] - called[a])
                row = []
                for j in range(count):
                    mean = sum((s * d[j] for s, d in zip(called, slopes, strict=True)), 0 * rationality)
                    row.append(int(j == k) - rationality * called[a] * (slopes[a][j] - mean))
                jacobian.append(row)
        return values, jacobian

    def _earned(self, i: int, chances: Sequence[Any], exact: bool) -> tuple[list[Any], list[list[Any]]]:
        """Player i's expected payoff from each action, and its derivatives in everyone's probabilities."""
        zero: Any = arb(0) if exact else 0.0
        earned = [zero] * self.sizes[i]
        slopes = [[zero] * len(chances) for _ in range(self.sizes[i])]
        others = [j for j in range(len(self.sizes)) if j != i]
        for profile, amount in self.payoffs[i].items():
            if not amount:
                continue
            paid = arb(fmpq(amount.numerator, amount.denominator)) if exact else float(amount)
            weights = [chances[self.starts[j] + profile[j]] for j in others]
            earned[profile[i]] = earned[profile[i]] + paid * _product(weights)
            for place, j in enumerate(others):
                rest = _product(weights[:place] + weights[place + 1 :])
                k = self.starts[j] + profile[j]
                slopes[profile[i]][k] = slopes[profile[i]][k] + paid * rest
        return earned, slopes

    def response(self, rationality: Fraction, near: Any) -> QuantalResponse:
        """The equilibrium with its enclosures."""
        exact = arb(fmpq(rationality.numerator, rationality.denominator))

        def system(v: Vector) -> tuple[Vector, list[Vector]]:
            return self.system(v, exact)

        boxes = enclosed(system, [float(x) for x in near])
        proved = boxes is not None
        if boxes is None:
            values, _ = self.system(list(near), float(rationality))
            residual = max(abs(float(v)) for v in values)
            boxes = tuple(Enclosure(float(x), residual) for x in near)
        return QuantalResponse(rationality, tuple(self._named(boxes)), max(b.radius for b in boxes), proved)

    def _named(self, boxes: Sequence[Enclosure]) -> Iterator[tuple[str, tuple[tuple[str, Enclosure], ...]]]:
        for p, start in zip(self.game.players, self.starts, strict=True):
            yield p.name, tuple(zip(p.actions, boxes[start : start + len(p.actions)], strict=True))


def _logit_shares(utilities: Sequence[Any]) -> list[Any]:
    """The shares proportional to the exponentials; differences first, so that nothing grows too large."""
    if isinstance(utilities[0], arb):
        return [1 / sum(((v - u).exp() for v in utilities), arb(0)) for u in utilities]
    most = max(utilities)
    grown = [float(np.exp(u - most)) for u in utilities]
    return [g / sum(grown) for g in grown]


def _product(factors: Sequence[Any]) -> Any:
    result: Any = 1
    for f in factors:
        result = result * f
    return result
