"""What a profile scores in so many rounds, all rounds counting alike: the exact mean and variance at a point.

Tournaments of strategies add up plain payoffs over a fixed number of rounds.  Where strategies mix or err the
sum is a random number; its first two moments follow from what may happen round by round.  Undiscounted, and
about a profile that is simply played: whether it is an equilibrium is asked elsewhere.  Sources:
[Axelrod1980], [KemenySnell1960].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from deterrence.errors import GameError
from deterrence.games.repeated import RepeatedGame
from deterrence.solve.process import Joint, Process
from deterrence.solve.profiles import process_of

MAX_ROUNDS = 1000
_Moments = tuple[Fraction, tuple[Fraction, ...], tuple[Fraction, ...]]  # weight, and sums by player
_ONE = Fraction(1)


@dataclass(frozen=True)
class Score:
    """A player's total over the rounds: its exact mean and variance."""

    player: str
    mean: Fraction
    variance: Fraction

    def __repr__(self) -> str:
        return f"Score({self.player}: mean about {float(self.mean):.2f}, deviation {self.deviation:.2f})"

    @property
    def deviation(self) -> float:
        """The standard deviation, rounded."""
        return sqrt(self.variance)


def scores(
    game: RepeatedGame, profile: str, rounds: int, point: Mapping[str, object] | None = None
) -> tuple[Score, ...]:
    """The total that each player gets in so many rounds of a listed profile, all rounds counting alike.

    Parameters that are not given take their example; the game's own errors are made.  A round is over when
    time passes, so one in which players move in turn counts once.  Raises GameError for a number of rounds
    below 1 or above `MAX_ROUNDS`, UnknownName for a profile, DomainError for a bad point.

    >>> from deterrence.catalogue.models import load
    >>> mine, other = scores(load("first-tournament").repeated, "random-random", 200)
    >>> str(mine.mean), str(mine.variance)
    ('450', '1475/2')
    """
    if isinstance(rounds, bool) or not isinstance(rounds, int) or not 1 <= rounds <= MAX_ROUNDS:
        raise GameError(f"{rounds!r} rounds; give a whole number from 1 to {MAX_ROUNDS}")
    exact = game.domain.point(point or {}, defaults=True)
    p = process_of(game, profile)
    walk, nothing = _Walk(p, exact), (Fraction(0),) * len(p.game.names)
    spread: dict[Joint, _Moments] = {p.start: (_ONE, nothing, nothing)}
    for _ in range(rounds):
        spread = walk.round(spread)
    found = []
    for i, name in enumerate(p.game.names):
        mean = sum((sums[i] for _, sums, _ in spread.values()), Fraction(0))
        square = sum((squares[i] for _, _, squares in spread.values()), Fraction(0))
        found.append(Score(name, mean, square - mean**2))
    return tuple(found)


class _Walk:
    """One round after the other; what may follow a joint state is worked out once."""

    def __init__(self, p: Process, point: Mapping[str, Fraction]) -> None:
        self.p, self.point = p, point
        self.known: dict[Joint, list[tuple[Fraction, tuple[Fraction, ...], Joint]]] = {}

    def round(self, spread: Mapping[Joint, _Moments]) -> dict[Joint, _Moments]:
        """The moments where the next round begins; play that is over stays where it is and earns no more."""
        after: dict[Joint, _Moments] = {}
        todo = list(spread.items())
        while todo:
            here, moments = todo.pop()
            state = self.p.game.state(here[0])
            if state.absorbing:
                _add(after, here, moments)
                continue
            for chance, pays, to in self.ways(here):
                moved = _earned(moments, chance, pays)
                if state.instant:
                    todo.append((to, moved))
                else:
                    _add(after, to, moved)
        return after

    def ways(self, here: Joint) -> list[tuple[Fraction, tuple[Fraction, ...], Joint]]:
        """Chance, payoffs and next joint state of all that may happen; an end pays as it is reached."""
        if here not in self.known:
            found = []
            for actions, likely in self.p.profiles(here):
                step = self.p.step(here, actions)
                for to, share in step.to:
                    chance = likely.at(self.point) * share.at(self.point)
                    end = self.p.game.state(to[0])
                    ending = end.cases[0].payoffs if end.absorbing else ()
                    pays = [v.at(self.point) for v in step.payoffs]
                    for i, v in enumerate(ending):
                        pays[i] += v.at(self.point)
                    if chance:
                        found.append((chance, tuple(pays), to))
            self.known[here] = found
        return self.known[here]


def _earned(moments: _Moments, chance: Fraction, pays: tuple[Fraction, ...]) -> _Moments:
    weight, sums, squares = moments
    return (
        chance * weight,
        tuple(chance * (s + x * weight) for s, x in zip(sums, pays, strict=True)),
        tuple(chance * (q + 2 * x * s + x * x * weight) for q, s, x in zip(squares, sums, pays, strict=True)),
    )


def _add(found: dict[Joint, _Moments], at: Joint, more: _Moments) -> None:
    if at in found:
        weight, sums, squares = found[at]
        more = (
            weight + more[0],
            tuple(a + b for a, b in zip(sums, more[1], strict=True)),
            tuple(a + b for a, b in zip(squares, more[2], strict=True)),
        )
    found[at] = more
