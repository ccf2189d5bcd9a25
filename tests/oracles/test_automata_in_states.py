"""Automata in stochastic games against brute force: values, one-shot deviations and best replies in numbers.

A profile of automata makes a larger stochastic game, whose states pair the game's with everybody's state of
mind; in it the automata play a Markov plan, which `markov.py` values and tests.  Games have states with one
mover, several or none, instant and absorbing ones; an automaton's rules look at the state and at all actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

import pytest

from deterrence.games.automata import Automaton, AutomatonState, Rule, surely
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.process import process
from deterrence.solve.stability import one_shot, plans
from tests.oracles import markov
from tests.oracles.markov import Game, Plan, State
from tests.oracles.random_markov import Drawn, draw
from tests.oracles.test_repeated import hold

GAMES, CHUNKS = 600, 6
Joint = tuple[int, tuple[int, ...]]  # the game's state and every mind


@dataclass(frozen=True)
class Mind:
    """Deterministic: by state of mind and of the game what is played, and by actions too what comes next."""

    size: int
    play: dict[tuple[int, int], str]
    after: dict[tuple[int, int, tuple[str, ...]], int]


def mind(rng: Random, drawn: Drawn, game: Game, player: int) -> Mind:
    size = rng.choice((1, 2, 2, 3))
    play, after = {}, {}
    for q in range(size):
        for k, state in enumerate(game.states):
            if player in state.movers:
                play[q, k] = rng.choice(state.actions[state.movers.index(player)])
            for chosen in state.moves:
                after[q, k, chosen] = rng.randrange(size)
    return Mind(size, play, after)


def unfolded(game: Game, minds: list[Mind]) -> tuple[Game, Plan, list[Joint]]:
    """The larger game on all joint states that any actions lead to, and what the minds play in it."""
    start: Joint = (0, (0,) * len(minds))
    joints, todo = [start], [start]
    while todo:
        here = todo.pop(0)
        for chosen, (_, to) in game.states[here[0]].moves.items():
            for j in to:
                ahead = (
                    j,
                    tuple(m.after[q, here[0], chosen] for m, q in zip(minds, here[1], strict=True)),
                )
                if ahead not in joints:
                    joints.append(ahead)
                    todo.append(ahead)
    states, plan = [], []
    for k, qs in joints:
        old = game.states[k]
        moves = {}
        for chosen, (payoffs, to) in old.moves.items():
            next_minds = tuple(m.after[q, k, chosen] for m, q in zip(minds, qs, strict=True))
            moves[chosen] = (payoffs, {joints.index((j, next_minds)): c for j, c in to.items() if c})
        states.append(State(old.movers, old.actions, moves, old.instant))
        plan.append(tuple(minds[i].play[qs[i], k] for i in old.movers))
    return Game(tuple(states), game.discounts), tuple(plan), joints


def best(game: Game, plan: Plan, player: int) -> Fraction:
    """The most that a player gets from the start, others' play as given (Howard's policy iteration)."""
    while True:
        worth = markov.values(game, plan, player)
        changed = list(plan)
        for k, state in enumerate(game.states):
            if player not in state.movers:
                continue
            at = state.movers.index(player)
            for action in state.actions[at]:
                chosen = (*plan[k][:at], action, *plan[k][at + 1 :])
                payoffs, to = state.moves[chosen]
                later = sum((c * worth[j] for j, c in to.items()), Fraction(0))
                if payoffs[player] + markov.patience(game, k, player) * later > worth[k]:
                    changed[k] = chosen
                    break
        if tuple(changed) == plan:
            return worth[0]
        plan = tuple(changed)


def automaton(found: Mind, drawn: Drawn, player: int) -> Automaton:
    reached, todo = {0}, [0]
    while todo:
        here = todo.pop()
        ahead = {to for (q, _, _), to in found.after.items() if q == here} - reached
        reached |= ahead
        todo += ahead
    states = []
    for q in sorted(reached):
        play = tuple((f"s{k}", surely(a)) for (at, k), a in found.play.items() if at == q)
        rules = tuple(
            Rule(
                (
                    ("state", f"s{k}"),
                    *((drawn.players[i], a) for i, a in zip(drawn.movers[k], chosen, strict=True)),
                ),
                surely(f"q{to}"),
            )
            for (at, k, chosen), to in found.after.items()
            if at == q
        )
        states.append(AutomatonState(f"q{q}", play, rules))
    return Automaton(f"mind of {drawn.players[player]}", "q0", tuple(states))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_minds_in_random_games(chunk: int) -> None:
    kinds = set()
    for number_of in range(chunk, GAMES, CHUNKS):
        rng = Random(f"minds {number_of}")
        drawn = draw(rng, symbols=False)
        game = drawn.at({})
        minds = [mind(rng, drawn, game, i) for i in range(len(drawn.players))]
        large, plan, joints = unfolded(game, minds)
        p = process(
            StochasticGame.build(**drawn.table()),
            {n: automaton(m, drawn, i) for i, (n, m) in enumerate(zip(drawn.players, minds, strict=True))},
        )
        worth = [markov.values(large, plan, i) for i in range(len(minds))]
        for i, name in enumerate(drawn.players):
            theirs = {
                (int(s[0][1:]), tuple(int(q[1:]) for q in s[1])): v.at({}) for s, v in p.values(name).items()
            }
            assert theirs == dict(zip(joints, worth[i], strict=True)), number_of
        perfect = not any(markov.pays(large, plan, k, worth) for k in range(len(joints)))
        assert hold(one_shot(p)) == perfect, number_of
        replies = plans(p)
        gains = [best(large, plan, i) - worth[i][0] for i in range(len(minds))]
        assert hold(replies) == (max(gains) <= 0), number_of
        for i, name in enumerate(drawn.players):
            most = max([c.gain.at({}) for c in replies if c.player == name], default=Fraction(0))
            assert max(most, Fraction(0)) == gains[i], number_of
        if len(joints) > 2:
            kinds.add((perfect, max(gains) <= 0))
    assert kinds == {(True, True), (False, False), (False, True)}
