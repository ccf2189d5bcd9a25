"""Replicator dynamics of a game: within one population where it is symmetric, else between two.

The share of an action grows at the rate by which it earns more than the average [TaylorJonker1978].  One
population plays a symmetric game against itself (`one_population`); or two populations, one in the role of
each player, play any 2x2 game against each other (`two_populations`).
"""

from __future__ import annotations

from deterrence.errors import GameError, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.one_population import one_population
from deterrence.solve.rest_points import Dynamics
from deterrence.solve.two_populations import two_populations


def replicator(game: NormalForm, populations: int = 1) -> Dynamics:
    """The rest points of the replicator dynamics and their stability, by region.

    `populations` is 1 for a symmetric game of two or three actions played within one population, 2 for a 2x2
    game between two.  Raises OutOfScope for a game that does not fit, GameError for another number,
    DomainError for contradictory assumptions.

    >>> fight = NormalForm.from_arrays([["(V - C)/2", "V"], [0, "V/2"]], [["(V - C)/2", 0], ["V", "V/2"]],
    ...     actions=[["hawk", "dove"], ["hawk", "dove"]], assumptions=["V > 0", "C > V"])
    >>> for p in replicator(fight).points:
    ...     print(*(f"{a} {v}" for a, v in p.state[0][1]), *(word for word, _ in p.kinds))
    hawk 1 dove 0 repelling
    hawk 0 dove 1 repelling
    hawk V/C dove (C - V)/C attracting
    >>> [word for p in replicator(fight, 2).points for word, _ in p.kinds]
    ['repelling', 'attracting', 'attracting', 'repelling', 'saddle']
    """
    expect("replicator", game, NormalForm)
    if populations not in (1, 2):
        raise GameError(f"populations is {populations!r}; it is 1 or 2")
    return one_population(game) if populations == 1 else two_populations(game)
