"""Pure Markov perfect equilibria of a numeric stochastic game, twice: by one-shot deviations and by definition.

Fractions only, and nothing of the library is imported.  Every profile is tried.  A profile's values solve the
linear system of the discounted sums.  `one_shot` asks whether a mover gains in some state by one change of
action; `by_definition` whether a player gains from some state on by any other plan, that is, any choice of
actions in all states, others' actions as given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Plan = tuple[tuple[str, ...], ...]  # by state, the actions of its movers


@dataclass(frozen=True)
class State:
    """Who moves with which actions, and for every profile of actions the payoffs and the chances by state."""

    movers: tuple[int, ...]
    actions: tuple[tuple[str, ...], ...]
    moves: dict[tuple[str, ...], tuple[tuple[Fraction, ...], dict[int, Fraction]]]
    instant: bool = False


@dataclass(frozen=True)
class Game:
    """States by number, the first the initial one; an absorbing state is one that leads nowhere."""

    states: tuple[State, ...]
    discounts: tuple[Fraction, ...]


def plans(game: Game) -> Iterator[Plan]:
    """Every profile of pure Markov strategies."""
    yield from product(*(list(product(*s.actions)) for s in game.states))


def values(game: Game, plan: Plan, player: int) -> list[Fraction]:
    """What a player gets from each state on, by Cramer-free elimination of `(1 - D P) v = u`."""
    size = len(game.states)
    rows = []
    for k, state in enumerate(game.states):
        payoffs, to = state.moves[plan[k]]
        row = [
            Fraction(int(j == k)) - patience(game, k, player) * to.get(j, Fraction(0)) for j in range(size)
        ]
        rows.append([*row, payoffs[player]])
    for k in range(size):
        pivot = next(r for r in range(k, size) if rows[r][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for r in range(size):
            if r != k and rows[r][k] != 0:
                rows[r] = [x - rows[r][k] * y for x, y in zip(rows[r], rows[k], strict=True)]
    return [row[-1] for row in rows]


def patience(game: Game, state: int, player: int) -> Fraction:
    """What the future counts for on leaving a state."""
    return Fraction(1) if game.states[state].instant else game.discounts[player]


def one_shot(game: Game) -> dict[Plan, tuple[Fraction, ...]]:
    """The profiles from which no mover gains by one change, with the payoffs from the first state on."""
    found = {}
    for plan in plans(game):
        worth = [values(game, plan, i) for i in range(len(game.discounts))]
        if not any(pays(game, plan, k, worth) for k in range(len(game.states))):
            found[plan] = tuple(v[0] for v in worth)
    return found


def pays(game: Game, plan: Plan, k: int, worth: Sequence[Sequence[Fraction]]) -> bool:
    """Whether some mover gains by one change of action in state k."""
    state = game.states[k]
    for at, player in enumerate(state.movers):
        for action in state.actions[at]:
            payoffs, to = state.moves[(*plan[k][:at], action, *plan[k][at + 1 :])]
            later = sum((chance * worth[player][j] for j, chance in to.items()), Fraction(0))
            if payoffs[player] + patience(game, k, player) * later > worth[player][k]:
                return True
    return False


def by_definition(game: Game) -> set[Plan]:
    """The profiles from which no player gains, from any state on, by any plan of its own."""
    return {
        plan
        for plan in plans(game)
        if all(
            all(x <= y for x, y in zip(values(game, other, i), values(game, plan, i), strict=True))
            for i in range(len(game.discounts))
            for other in own_plans(game, plan, i)
        )
    }


def own_plans(game: Game, plan: Plan, player: int) -> Iterator[Plan]:
    """The profiles that differ from a given one in what one player does."""
    yield from product(
        *(
            [
                tuple(chosen)
                for chosen in product(*state.actions)
                if all(
                    a == b for who, a, b in zip(state.movers, chosen, plan[k], strict=True) if who != player
                )
            ]
            for k, state in enumerate(game.states)
        )
    )
