"""What happens within the rounds of a process: the long-run share of rounds that are of a kind, exactly.

A round is what happens between two passings of time: one joint state in a repeated normal form, several where
players move in turn.  A round is of the kind asked for by the actions done in it, errors included.  Once play
is absorbed, rounds go on without moves.  Nothing is discounted; see `long_run` for shares of states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from deterrence.algebra.value import Value, number
from deterrence.solve.long_run import closed_classes
from deterrence.solve.process import Joint, Process

_ZERO = number(0)
Done = Mapping[str, frozenset[str]]  # by player, what it did in the round


def round_share(p: Process, kind: Callable[[Done], bool]) -> Value:
    """The long-run share of rounds of a kind; `kind` is told by player the actions done in a round.

    Raises OutOfScope for a transition probability that is not proved to be above zero.
    """
    return _sum([weight * _share_within(p, shares, kind) for weight, shares in closed_classes(p)])


def _share_within(p: Process, shares: Mapping[Joint, Value], kind: Callable[[Done], bool]) -> Value:
    """The share of rounds of a kind in a class that is never left; a round may take several visits."""
    lasting = {s: v for s, v in shares.items() if not p.game.state(s[0]).instant}
    starts: dict[Joint, Value] = {}
    for here, share in lasting.items():
        for to, chance in p.moves[here].to or ((here, number(1)),):
            weight = share * chance
            starts[to] = starts[to] + weight if to in starts else weight
    found = [weight * _of_kind(p, here, {}, kind) for here, weight in starts.items()]
    return _sum(found) / _sum(list(lasting.values()))


def _of_kind(p: Process, here: Joint, done: Done, kind: Callable[[Done], bool]) -> Value:
    """The probability that a round which has come to a joint state ends as one of the kind."""
    state = p.game.state(here[0])
    found = []
    for actions, chance in p.profiles(here):
        after = dict(done)
        for player, action in actions.items():
            after[player] = after.get(player, frozenset()) | {action}
        if not state.instant:
            found.append(chance if kind(after) else _ZERO)
            continue
        for to, likely in p.step(here, actions).to:
            found.append(chance * likely * _of_kind(p, to, after, kind))
    return _sum(found)


def _sum(values: list[Value]) -> Value:
    total = _ZERO
    for v in values:
        if not v.is_zero:
            total = total + v
    return total


def peaceful(roles: tuple[tuple[str, str, str], ...]) -> Callable[[Done], bool]:
    """The kind of round in which nobody does what counts as defecting for it, and somebody moves.

    `roles` has, by player, the action that cooperates and the one that defects.
    """
    defects = {player: defect for player, _, defect in roles}

    def kind(done: Done) -> bool:
        return bool(done) and all(defects.get(p) not in actions for p, actions in done.items())

    return kind
