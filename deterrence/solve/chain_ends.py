"""Where a chain without players ends, from every state of it: how likely each end is, and how soon it comes.

A chain is a stochastic game in which nobody moves.  Nothing is discounted; all is exact in the chances of
transitions.  Source: [KemenySnell1960].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, OutOfScope
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.long_run import ending, rounds_to_end
from deterrence.solve.process import process


@dataclass(frozen=True)
class Ends:
    """From one state: the probability of each end, and the expected rounds until the first of them.

    `rounds` is None where the chain may go on for ever; `note` says so, or why it was not settled.
    """

    state: str
    probabilities: tuple[tuple[str, Value], ...]
    rounds: Value | None
    note: str = ""

    def at(self, point: Mapping[str, Fraction]) -> Ends:
        """The same at an exact point that gives every parameter."""
        return Ends(
            self.state,
            tuple((name, number(v.at(point))) for name, v in self.probabilities),
            None if self.rounds is None else number(self.rounds.at(point)),
            self.note,
        )


def chain_ends(game: StochasticGame) -> tuple[Ends, ...]:
    """The ends of a chain from every state that is none itself, the initial state first.

    Raises GameError for a game with players and for a chain that has no end, OutOfScope where a probability
    differs between parameters at which some transition is possible and others at which it is not.

    >>> game = StochasticGame.build([], {"crisis": {"to": {"war": "h", "calm": "1 - h"}},
    ...     "war": {"absorbing": True}, "calm": {"absorbing": True}}, assumptions=["0 < h < 1"])
    >>> [(e.state, str(dict(e.probabilities)["war"]), str(e.rounds)) for e in chain_ends(game)]
    [('crisis', 'h', '1')]
    """
    if game.names:
        raise GameError(
            "this game has players, so where it ends depends on what they do; ask for first_passage"
        )
    ends = [s.name for s in game.states if s.absorbing]
    if not ends:
        raise GameError("no state of this chain is absorbing, so it never ends; ask for share(…) in a claim")
    play = process(game, {})
    inner = [s.name for s in game.states if not s.absorbing]
    found = []
    for name in sorted(inner, key=lambda n: n != game.initial):
        start = (name, ())
        chances = tuple((end, ending(play, end, start)) for end in ends)
        try:
            rounds = rounds_to_end(play, start)
            note = "" if rounds is not None else "it may go on for ever"
        except OutOfScope as stop:
            rounds, note = None, str(stop)
        found.append(Ends(name, chances, rounds, note))
    return tuple(found)
