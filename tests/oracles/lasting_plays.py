"""Machines in a game with states: continuations that all would trade for another, strategies that play alike.

In plain fractions; nothing of the library.
"""

from __future__ import annotations

import itertools

from tests.oracles.plays import Machine, Match


def dominated(match: Match) -> bool:
    """Whether everybody, at some joint state, would rather go on as at another with the same state of the game."""
    worth = [match.values(p) for p in match.players]
    return any(
        here[0] == there[0] and all(v[there] > v[here] for v in worth)
        for here, there in itertools.permutations(match.joints, 2)
    )


def same(match: Match, player: str, one: Machine, two: Machine) -> bool:
    """Whether two strategies of a player that draw no states play the same, whatever the others do."""
    todo = [(match.initial, one.initial, two.initial)]
    known = set(todo)
    while todo:
        at, p, q = todo.pop()
        spot = match.spots[at]
        meant = one.play(p, at) if player in spot.movers else {}
        if player in spot.movers and meant != two.play(q, at):
            return False
        for chosen in itertools.product(*spot.movers.values()):
            done = dict(zip(spot.movers, chosen, strict=True))
            if meant and not match.error and not meant.get(done[player]):
                continue
            (after_p,), (after_q,) = (
                one.follow(p, {"state": at, **done}),
                two.follow(q, {"state": at, **done}),
            )
            for to in spot.outcome(done)[1]:
                if (to, after_p, after_q) not in known:
                    known.add((to, after_p, after_q))
                    todo.append((to, after_p, after_q))
    return True
