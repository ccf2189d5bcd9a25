"""What decides a 2x2 game: each player's gain from its first action over its second, by the other's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from deterrence.algebra.value import Value, number
from deterrence.errors import GameError
from deterrence.games.normal import NormalForm


@dataclass(frozen=True)
class Advantage:
    """The gain of a player's first action over its second: against the other's first, and its second action.

    Against a mixture it is linear in the probability p of the other's first action: `base + slope * p`.
    """

    against_first: Value
    against_second: Value

    @property
    def base(self) -> Value:
        """The gain where the other surely plays its second action."""
        return self.against_second

    @property
    def slope(self) -> Value:
        """How the gain rises with the probability of the other's first action."""
        return self.against_first - self.against_second

    def at(self, chance: Value) -> Value:
        """The gain at a probability of the other's first action."""
        return self.base + self.slope * chance

    @property
    def level(self) -> Value:
        """The probability of the other's first action with no gain; the slope must not be zero."""
        return (number(0) - self.base) / self.slope


def is_two_by_two(game: object) -> TypeGuard[NormalForm]:
    """Whether this is a game in normal form of two players with two actions each."""
    return isinstance(game, NormalForm) and [len(p.actions) for p in game.players] == [2, 2]


def advantages(game: NormalForm) -> tuple[Advantage, Advantage]:
    """The first and the second player's advantage; GameError for a game that is not 2x2.

    >>> game = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]])
    >>> [str(a.against_first) for a in advantages(game)], str(advantages(game)[0].against_second)
    (['R - T', 'R - T'], 'S - P')
    """
    if not is_two_by_two(game):
        raise GameError("this needs a game of two players with two actions each")
    (a, b), (c, d) = (p.actions for p in game.players)
    one, two = game.names

    def gain(player: str, first: tuple[str, str], second: tuple[str, str]) -> Value:
        return game.payoff(first, player) - game.payoff(second, player)

    return (
        Advantage(gain(one, (a, c), (b, c)), gain(one, (a, d), (b, d))),
        Advantage(gain(two, (a, c), (a, d)), gain(two, (b, c), (b, d))),
    )
