"""First passage to a state of the game: the risk of a regional war, the way to peace, and how soon.

Asked of a chain, of strategies that are played, and of every profile of a list or equilibrium of an atlas.
Nothing is discounted.  Source: [KemenySnell1960].
"""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.algebra.value import Value
from deterrence.errors import GameError, OutOfScope
from deterrence.games.repeated import RepeatedGame
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.atlas import Atlas
from deterrence.solve.long_run import chain, rounds_until
from deterrence.solve.markov import markov_process
from deterrence.solve.passage import reaching
from deterrence.solve.process import Process, process
from deterrence.solve.profiles import process_of


@dataclass(frozen=True)
class FirstPassage:
    """The probability of ever coming to a state, and the expected number of rounds until then.

    `rounds` is None where play may never come there; `note` says so, or why that was not settled.
    """

    probability: Value
    rounds: Value | None
    note: str = ""


def first_passage(play: Process | StochasticGame, state: str, start: str | None = None) -> FirstPassage:
    """How likely play is to come to a state of the game, and how soon; exact in all parameters.

    `play` is a chain (a game without players) or a process of strategies, `start` another state of the game
    to begin from, everybody's strategy at its own beginning.  Raises GameError for a game with players,
    UnknownName for a state that the game lacks, OutOfScope where the probability differs between parameters
    at which some transition is possible and others at which it is not.

    >>> coin = StochasticGame.build([], {"crisis": {"to": {"crisis": "u", "war": "h", "peace": "1 - h - u"}},
    ...     "war": {"absorbing": True}, "peace": {"absorbing": True}},
    ...     assumptions=["h >= 0", "u >= 0", "h + u < 1"])
    >>> print(first_passage(coin, "war").probability)
    h/(1 - u)
    """
    if isinstance(play, StochasticGame):
        if play.names:
            raise GameError(
                "this game has players, so where it goes depends on what they do; give the process of their "
                "strategies, see process and markov_process"
            )
        play = process(play, {})
    play.game.state(state)
    begun = play.start if start is None else (play.game.state(start).name, play.start[1])
    to = chain(play, [begun], firm=False)
    target = {s for s in to if s[0] == state}
    probability = reaching(to, begun, target, play.game.domain.given)
    try:
        rounds = rounds_until(play, begun, target, to)
    except OutOfScope as stop:
        return FirstPassage(probability, None, str(stop))
    return FirstPassage(probability, rounds, "" if rounds is not None else "play may never come there")


def first_passages(subject: RepeatedGame | Atlas, state: str) -> tuple[tuple[str, FirstPassage], ...]:
    """First passage under every listed profile of a game, or every equilibrium of an atlas.

    Errors of implementation count where the game has them.  Raises OutOfScope for an atlas of a game that is
    not stochastic, and as `first_passage`.
    """
    if isinstance(subject, RepeatedGame):
        listed = [(p.id, process_of(subject, p.id)) for p in subject.profiles]
    elif isinstance(subject.game, StochasticGame):
        listed = [
            (e.id, markov_process(subject.game, {place: dict(s) for place, s in e.profile}))
            for e in subject.equilibria
        ]
    else:
        raise OutOfScope(
            "only a stochastic game has states to come to; solve one for its Markov perfect play"
        )
    return tuple((name, first_passage(p, state)) for name, p in listed)
