"""The listed strategies against each other: who is in the list, and what each pairing pays.

The list is that of the game's profiles.  In a symmetric game it is one list for both roles, and a strategy
goes by the id of the profile in which both play it; elsewhere each player has a list of its own.  Strategies
that play alike against everyone count once.  Payoffs are discounted totals from the start of play, the game's
errors included; averages a round differ by the positive factor `1 - discount`, so they compare alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from deterrence.algebra.value import Value
from deterrence.games.automata import Automaton, bound
from deterrence.games.repeated import RepeatedGame
from deterrence.games.roles import alike, in_role, is_symmetric
from deterrence.solve.process import Joint, Process, Step, discounted
from deterrence.solve.profiles import process_of


@dataclass(frozen=True)
class Listed:
    """A strategy of the list under the name it goes by."""

    name: str
    strategy: Automaton


@lru_cache(maxsize=128)
def listed(game: RepeatedGame, player: str) -> tuple[Listed, ...]:
    """The strategies that a player may change to, each once, in the order in which profiles name them.

    Those of a symmetric game are the strategies of both players, put into this player's role.
    Raises GameError where a strategy does not fit the game, OutOfScope as `is_symmetric`.
    """
    symmetric = is_symmetric(game)
    found: list[Listed] = []
    for profile in game.profiles:
        process_of(game, profile.id)  # checks that the strategies fit
        for other in game.names if symmetric else (player,):
            own = in_role(profile.strategy(other), other, player, game.names)
            if any(alike(game, player, own, known.strategy) for known in found):
                continue
            both = symmetric and is_shared(game, profile.id)
            wanted = profile.id if both else own.name
            if any(known.name == wanted for known in found):
                wanted = f"{own.name} of {profile.id}"
            found.append(Listed(wanted, own))
    return tuple(found)


@lru_cache(maxsize=512)
def is_shared(game: RepeatedGame, profile_id: str) -> bool:
    """Whether the game is symmetric and both players play the same strategy in the profile."""
    if not is_symmetric(game):
        return False
    one, two = game.names
    profile = game.profile(profile_id)
    own = bound(profile.strategy(one), one, game.names)
    return alike(game, one, own, in_role(profile.strategy(two), two, one, game.names))


def rivals(game: RepeatedGame, profile_id: str, player: str) -> Iterator[Listed]:
    """The listed strategies of a player other than the one that it plays in the profile."""
    own = game.profile(profile_id).strategy(player)
    for known in listed(game, player):
        if not alike(game, player, own, known.strategy):
            yield known


@lru_cache(maxsize=4096)
def contest(game: RepeatedGame, strategies: tuple[Automaton, ...]) -> tuple[Value, ...]:
    """What these strategies, one a player, pay each player from the start: discounted totals."""
    own = tuple(bound(a, n, game.names) for a, n in zip(strategies, game.names, strict=True))
    p = Process(game.game, own, game.error, game.misperception, game.monitoring)
    moves: dict[Joint, Step] = {}
    todo = [p.start]
    while todo:
        here = todo.pop()
        if here not in moves:
            moves[here] = p.move(here)
            todo += [to for to, _ in moves[here].to]
    return tuple(
        discounted(
            {s: step.to for s, step in moves.items()},
            {s: step.payoffs[i] for s, step in moves.items()},
            {s: p.patience(s, i) for s in moves},
        )[p.start]
        for i in range(len(game.names))
    )
