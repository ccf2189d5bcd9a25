"""What each player can get at least and at most from every state of a numeric stochastic game.

All players choose together as is best (or worst) for the one player: a decision problem that policy iteration
solves exactly.  With such bounds a search sees early that some change of action pays.  Source: [Howard1960].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.solve.markov_search import Actions, Affine, Profiles


@dataclass(frozen=True)
class Bounds:
    """The least and the most by player and state."""

    least: tuple[Mapping[str, Fraction], ...]
    most: tuple[Mapping[str, Fraction], ...]

    def above_zero(self, player: int, amount: Affine[Fraction]) -> bool:
        """Whether a sum is above zero whatever the undecided states are worth."""
        total = amount.constant
        for state, weight in amount.weights.items():
            total += weight * (self.least if weight > 0 else self.most)[player][state]
        return total > 0


def bounds(profiles: Profiles[Fraction]) -> Bounds:
    """The bounds for every player of a game."""
    count = range(len(profiles.game.players))
    least = tuple(_best(profiles, i, Fraction(-1)) for i in count)
    return Bounds(least, tuple(_best(profiles, i, Fraction(1)) for i in count))


def _best(profiles: Profiles[Fraction], player: int, sign: Fraction) -> Mapping[str, Fraction]:
    """The most (or for a negative sign the least) that a player gets from each state."""
    game = profiles.game
    chosen: dict[str, Actions] = {s.name: next(s.profiles()) for s in game.states}
    while True:
        values = profiles.values(chosen, player)
        better: dict[str, Actions] = {}
        for s in game.states:
            now = profiles.worth(s, chosen[s.name], player, values)
            for actions in s.profiles():
                worth = profiles.worth(s, actions, player, values)
                if sign * worth > sign * now:
                    better[s.name], now = actions, worth
        if not better:
            return values
        chosen = {**chosen, **better}
