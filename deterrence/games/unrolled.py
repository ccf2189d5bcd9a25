"""A game that ends after some rounds, written as one without end: every state once for each round.

What is asked of infinite games can then be asked of finite ones as it is: subgame perfection, Nash, who can
invade whom, renegotiation (which compares continuations in the same round).  States go by "stage in round 2";
whatever the last round would lead to is replaced by a state that pays nothing.  Strategies stay what they
are: one that knows the round counts it in its own states.  Without discounting no state lets time pass, so
that payoffs are plain sums.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from deterrence.algebra.value import number
from deterrence.errors import GameError, expect
from deterrence.games.automata import STATE, Automaton, AutomatonState, Play, Rule
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.games.stochastic import Case, Draw, GameState, StochasticGame

MAX_ROUNDS = 100
END = "the end"


def unrolled(game: RepeatedGame, rounds: int | None = None, *, undiscounted: bool = False) -> RepeatedGame:
    """The game of so many rounds (its own number if none is given) as one without end; payoffs are totals.

    With `undiscounted` every round counts alike, whatever the game's discount factors.  Raises GameError for
    a number of rounds that is missing, or is not a whole one from 1 to `MAX_ROUNDS`.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.games.stochastic import repeated
    >>> stage = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> game = unrolled(RepeatedGame(repeated(stage, (number(0), number(0)))), 2)
    >>> [s.name for s in game.game.states]
    ['stage in round 1', 'stage in round 2', 'the end']
    """
    expect("unrolled", game, RepeatedGame)
    if rounds is None:
        rounds = game.rounds
    if isinstance(rounds, bool) or not isinstance(rounds, int) or not 1 <= rounds <= MAX_ROUNDS:
        raise GameError(f"rounds = {rounds!r}; write a whole number from 1 to {MAX_ROUNDS}")
    old = game.game
    absorbing = {s.name for s in old.states if s.absorbing}
    states = [
        _in_round(s, k, rounds, absorbing, undiscounted)
        for k in range(1, rounds + 1)
        for s in old.states
        if not s.absorbing
    ]
    nothing = tuple(number(0) for _ in old.players)
    made = StochasticGame(
        old.players,
        (
            *states,
            *(s for s in old.states if s.absorbing),
            GameState(END, (), (Case((), nothing, ()),), absorbing=True),
        ),
        _name(old.initial, 1, absorbing),
        old.discounts,
        old.domain,
    )
    profiles = tuple(
        Profile(p.id, tuple((n, _through(a, old, rounds)) for n, a in p.strategies), p.label)
        for p in game.profiles
    )
    return replace(game, game=made, profiles=profiles, averaged=False, rounds=None)


@lru_cache(maxsize=64)
def endless(game: RepeatedGame) -> RepeatedGame:
    """The game as one without end: unrolled if it ends after some rounds, else itself."""
    return game if game.rounds is None else unrolled(game)


def _name(state: str, k: int, absorbing: set[str]) -> str:
    return state if state in absorbing else f"{state} in round {k}"


def _in_round(s: GameState, k: int, rounds: int, absorbing: set[str], undiscounted: bool) -> GameState:
    later = k if s.instant else k + 1

    def ahead(to: Draw) -> Draw:
        if later > rounds:
            return ((END, number(1)),)
        return tuple((_name(name, later, absorbing), chance) for name, chance in to)

    cases = tuple(Case(c.when, c.payoffs, ahead(c.to)) for c in s.cases)
    return GameState(_name(s.name, k, absorbing), s.actions, cases, s.instant or undiscounted)


def _through(automaton: Automaton, game: StochasticGame, rounds: int) -> Automaton:
    """The strategy with what it says of a state said of that state in every round."""
    absorbing = {s.name for s in game.states if s.absorbing}

    def names(state: str) -> list[str]:
        if not state or state in absorbing:
            return [state]
        return [_name(state, k, absorbing) for k in range(1, rounds + 1)]

    def play(table: Play) -> Play:
        return tuple((name, mixture) for state, mixture in table for name in names(state))

    def rules(rule: Rule) -> list[Rule]:
        where = dict(rule.when).get(STATE)
        if where is None:
            return [rule]
        return [
            Rule(tuple((k, name if k == STATE else v) for k, v in rule.when), rule.to)
            for name in names(where)
        ]

    states = tuple(
        AutomatonState(s.name, play(s.play), tuple(new for r in s.rules for new in rules(r)))
        for s in automaton.states
    )
    return Automaton(automaton.name, automaton.initial, states)
