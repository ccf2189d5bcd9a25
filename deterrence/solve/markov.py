"""Markov strategies of a stochastic game as automata with one state of mind, and the process that they make.

So everything that is asked of a profile of automata can be asked of a Markov profile: payoffs, deviations,
where play ends and how soon.  Source: [MailathSamuelson2006].
"""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.algebra.value import Value
from deterrence.errors import expect
from deterrence.games.automata import Automaton, AutomatonState, Rule, surely
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.process import Process, process

_MIND = "markov"
Behaviour = Mapping[str, Mapping[str, Value]]  # by place: the probability of each action


def markov_process(game: StochasticGame, behaviour: Behaviour) -> Process:
    """The process of a Markov profile, given as the probability of each action at each place.

    Raises GameError where a place is missing.
    """
    expect("markov_process", game, StochasticGame)
    rules = (Rule((), surely(_MIND)),)
    automata = {}
    for player in game.names:
        play = tuple(
            (h.state, tuple((a, v) for a, v in behaviour[h.name].items() if not v.is_zero))
            for h in game.places
            if h.player == player and h.name in behaviour
        )
        automata[player] = Automaton(player, _MIND, (AutomatonState(_MIND, play, rules),))
    return process(game, automata)


def markov_payoffs(game: StochasticGame, behaviour: Behaviour) -> tuple[tuple[str, Value], ...]:
    """Every player's total payoff from the initial state under a Markov profile, by name."""
    p = markov_process(game, behaviour)
    return tuple((name, p.values(name)[p.start]) for name in game.names)


def visited_states(game: StochasticGame, behaviour: Behaviour) -> frozenset[str]:
    """The states that play comes to, the initial one among them, under a Markov profile."""
    p = markov_process(game, behaviour)
    found, todo = {p.start}, [p.start]
    while todo:
        for to, _ in p.moves[todo.pop()].to:
            if to not in found:
                found.add(to)
                todo.append(to)
    return frozenset(name for name, _ in found)
