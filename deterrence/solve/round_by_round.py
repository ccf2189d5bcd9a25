"""What is done round by round, in shares: the exact distribution of play at a point, with one slip or errors.

Where `course` follows one path, this follows all of them at once, so mixed actions, chance and errors have
their place.  A round is what happens between two passings of time, as in `rounds`: one joint state in a
repeated normal form, several where players move in turn.  Source: [KemenySnell1960].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from deterrence.algebra.value import number
from deterrence.errors import DomainError, GameError, UnknownName
from deterrence.games.repeated import PERCEPTION, RepeatedGame
from deterrence.solve.process import Joint, Process
from deterrence.solve.profiles import process_of
from deterrence.solve.rounds import Done, peaceful

MAX_ROUNDS = 500
Spot = tuple[str, str]  # a state of the game and a player who moves in it
_Branch = tuple[dict[str, str], tuple[tuple[Joint, Fraction], ...]]


@dataclass(frozen=True)
class Round:
    """One round: by state and player the share of each action, of peace, and of play that is over.

    Shares are of all play, so those at a spot sum to the probability that play comes by it.  `peace` is the
    share of rounds in which somebody moves and nobody defects, None where no roles tell what that is.
    """

    shares: tuple[tuple[Spot, tuple[tuple[str, Fraction], ...]], ...]
    peace: Fraction | None
    over: Fraction

    def share(self, state: str, player: str, action: str) -> Fraction:
        """The share of an action at a spot; zero where play does not come there."""
        return dict(dict(self.shares).get((state, player), ())).get(action, Fraction(0))


def round_by_round(
    game: RepeatedGame,
    profile: str,
    rounds: int,
    *,
    slip: Mapping[str, str] | None = None,
    errors: Fraction = Fraction(0),
    point: Mapping[str, object] | None = None,
) -> tuple[Round, ...]:
    """The distribution of play of a listed profile in each of the first rounds, at an exact point.

    `slip` has what some players do the first time that they move, in place of what they mean; `errors` is the
    rate of errors in every round, of the kind of the game's own noise, implementation where it has none.  The
    game's own rate plays no part.  Parameters that are not given take their example.

    Raises GameError for a number of rounds below 1 or above `MAX_ROUNDS` and for a slip together with errors,
    UnknownName for a profile, player or action, DomainError for a rate outside 0..1 and for bad points.

    >>> from deterrence.catalogue.models import load
    >>> game = load("repeated-chicken").repeated
    >>> for r in round_by_round(game, "contrite", 3, slip={"row": "defect"}):
    ...     print(r.share("stage", "row", "defect"), r.share("stage", "column", "defect"), r.peace)
    1 0 0
    0 1 0
    0 0 1
    """
    if not 1 <= rounds <= MAX_ROUNDS:
        raise GameError(f"{rounds} rounds; give a number from 1 to {MAX_ROUNDS}")
    if not 0 <= errors <= 1:
        raise DomainError(f"the rate of errors is {errors}; give a number from 0 to 1")
    if slip and errors:
        raise GameError("a slip and errors at once; give one of them")
    exact = game.domain.point(point or {}, defaults=True)
    p = with_errors(game, profile, errors)
    _check(p, slip or {})
    walk = _Walk(p, exact, peaceful(game.roles) if game.roles else None)
    spread = {p.start: Fraction(1)}
    found = []
    for k in range(rounds):
        spread, one = walk.round(spread, slip if k == 0 and slip else {})
        found.append(one)
    return tuple(found)


def with_errors(game: RepeatedGame, profile: str, errors: Fraction) -> Process:
    """The process of a listed profile with errors at a rate of one's own, of the game's kind."""
    p = process_of(game, profile)
    kind = game.noise.kind if game.noise is not None else ""
    rate, none = number(errors), number(0)
    if kind == PERCEPTION:
        return replace(p, error=none, misperception=rate)
    return replace(p, error=rate, misperception=none)


def _check(p: Process, slip: Mapping[str, str]) -> None:
    for player, action in slip.items():
        if player not in p.game.names:
            raise UnknownName("player", player, p.game.names, "slip")
        known = dict.fromkeys(a for s in p.game.states for n, acts in s.actions if n == player for a in acts)
        if action not in known:
            raise UnknownName(f"action of {player}", action, known, "slip")


class _Walk:
    """The rounds of a process at a point; what follows each joint state is worked out once."""

    def __init__(self, p: Process, point: Mapping[str, Fraction], kind: object) -> None:
        self.p, self.point, self.kind = p, point, kind
        self.known: dict[tuple[Joint, tuple[tuple[str, str], ...]], list[tuple[Fraction, _Branch]]] = {}

    def round(
        self, spread: Mapping[Joint, Fraction], slip: Mapping[str, str]
    ) -> tuple[dict[Joint, Fraction], Round]:
        """Where the next round begins, and what was done in this one."""
        after: dict[Joint, Fraction] = {}
        shares: dict[Spot, dict[str, Fraction]] = {}
        peace = over = Fraction(0)
        todo: list[tuple[Joint, Fraction, Done, Mapping[str, str]]] = [
            (here, weight, {}, slip) for here, weight in spread.items()
        ]
        while todo:
            here, weight, done, left = todo.pop()
            state = self.p.game.state(here[0])
            if state.absorbing:
                over += weight
                after[here] = after.get(here, Fraction(0)) + weight
                continue
            now = {n: a for n, a in left.items() if a in dict(state.actions).get(n, ())}
            later = {n: a for n, a in left.items() if n not in state.movers}
            for chance, (actions, to) in self.branches(here, now):
                seen = dict(done)
                for player, action in actions.items():
                    spot = shares.setdefault((state.name, player), {})
                    spot[action] = spot.get(action, Fraction(0)) + weight * chance
                    seen[player] = seen.get(player, frozenset()) | {action}
                if not state.instant and callable(self.kind) and self.kind(seen):
                    peace += weight * chance
                for joint, likely in to:
                    share = weight * chance * likely
                    if state.instant:
                        todo.append((joint, share, seen, later))
                    else:
                        after[joint] = after.get(joint, Fraction(0)) + share
        listed = tuple((spot, tuple(done.items())) for spot, done in shares.items())
        return after, Round(listed, peace if self.kind is not None else None, over)

    def branches(self, here: Joint, change: Mapping[str, str]) -> list[tuple[Fraction, _Branch]]:
        """What may be done at a joint state and what follows, with exact chances above zero."""
        key = (here, tuple(change.items()))
        if key not in self.known:
            found = []
            for actions, chance in self.p.profiles(here, change):
                likely = chance.at(self.point)
                if likely:
                    to = ((joint, v.at(self.point)) for joint, v in self.p.step(here, actions).to)
                    found.append((likely, (actions, tuple((joint, v) for joint, v in to if v))))
            self.known[key] = found
        return self.known[key]
