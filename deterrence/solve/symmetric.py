"""Symmetric two-player games: the one payoff matrix, of what an action earns against another."""

from __future__ import annotations

from deterrence.algebra.value import Value, compare
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import consistent

Matrix = tuple[tuple[Value, ...], ...]


def symmetric_matrix(game: NormalForm) -> Matrix:
    """What the first player's action i earns against j, in a game that is symmetric under its assumptions.

    The second player's actions correspond to the first's in order.  Raises OutOfScope for a game that is not
    shown to be symmetric, naming the profile, and DomainError for contradictory assumptions.

    >>> game = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]])
    >>> [[str(v) for v in row] for row in symmetric_matrix(game)]
    [['R', 'S'], ['T', 'P']]
    """
    ask = consistent(game)
    sizes = [len(p.actions) for p in game.players]
    if len(sizes) != 2 or sizes[0] != sizes[1]:
        raise OutOfScope("a symmetric game has two players with the same number of actions")
    (one, two), (first, second) = game.names, (p.actions for p in game.players)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            here, mirrored = game.payoff((a, b), one), game.payoff((first[j], second[i]), two)
            if here != mirrored and ask.holds(compare(here, "==", mirrored)) is not True:
                raise OutOfScope(
                    f"the game is not symmetric: {one} gets {here} at {a}, {b}, but {two} gets {mirrored} "
                    f"with places changed, at {first[j]}, {second[i]}; ask about two populations"
                )
    return tuple(tuple(game.payoff((a, b), one) for b in second) for a in first)
