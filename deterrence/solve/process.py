"""A profile of automata as a process: joint states, what each leads to, and the value of each.

Joint states pair the state of the game with every automaton's state; all that any sequence of actions can
reach are in it, off the path too.  With implementation errors of rate `e` every mover's action turns, with
probability `e`, into another of its actions (each as likely), and everybody sees what was done.  With
perception errors what was done is right, and each player, for itself, takes each other mover's action for
another with probability `e`.  With public monitoring automata see a signal and no actions.  Sources:
[MailathSamuelson2006], [AbreuRubinstein1988].
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from deterrence.algebra.decide import prover
from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, OutOfScope
from deterrence.games.automata import SIGNAL, STATE, Automaton, Mixture, bound
from deterrence.games.monitoring import Monitoring
from deterrence.games.stochastic import GameState, StochasticGame
from deterrence.solve.discounting import components as components
from deterrence.solve.discounting import discounted as discounted
from deterrence.solve.discounting import inverted as inverted
from deterrence.solve.process_checks import check_plays, check_rate, check_strategies

MAX_STATES = 400
_ZERO, _ONE = number(0), number(1)
Joint = tuple[str, tuple[str, ...]]  # the game's state and every automaton's


@dataclass(frozen=True)
class Step:
    """What follows actions at a joint state: payoffs by player, and the next joint states with chances."""

    payoffs: tuple[Value, ...]
    to: tuple[tuple[Joint, Value], ...]


def _lotteries(minds: Sequence[Mixture]) -> Iterator[tuple[tuple[str, ...], Value]]:
    """The next states of all automata with their probabilities.

    Draws are public: automata with the same table of next states read them off one lottery, and so move
    together; different tables are drawn apart.
    """
    tables = [dict(m) for m in minds]
    first = [tables.index(t) for t in tables]
    own = sorted(set(first))
    for drawn in itertools.product(*(minds[k] for k in own)):
        weight = _ONE
        for _, share in drawn:
            weight = weight * share
        by_table = dict(zip(own, (q for q, _ in drawn), strict=True))
        yield tuple(by_table[k] for k in first), weight


@dataclass(frozen=True)
class Process:
    """A profile of automata playing a stochastic game; make one with `process`."""

    game: StochasticGame
    automata: tuple[Automaton, ...]
    error: Value = _ZERO
    misperception: Value = _ZERO
    monitoring: Monitoring | None = None

    def __repr__(self) -> str:
        played = ", ".join(f"{p} {a.name}" for p, a in zip(self.game.names, self.automata, strict=True))
        return f"Process({played or 'no players'}; from {self.start[0]})"

    @cached_property
    def start(self) -> Joint:
        """Where play begins."""
        return self.game.initial, tuple(a.initial for a in self.automata)

    @cached_property
    def states(self) -> tuple[Joint, ...]:
        """Every joint state that some sequence of actions reaches, the start first.

        Raises OutOfScope beyond `MAX_STATES`.
        """
        found: dict[Joint, None] = {self.start: None}
        todo = [self.start]
        while todo:
            here = todo.pop(0)
            for actions in self._state(here).profiles():
                for to, _ in self.step(here, actions).to:
                    if to not in found:
                        found[to] = None
                        todo.append(to)
            if len(found) > MAX_STATES:
                raise OutOfScope(
                    f"the profile has more than {MAX_STATES} joint states; use automata with fewer states"
                )
        return tuple(found)

    @cached_property
    def divides_in_payoffs(self) -> bool:
        """Whether some payoff of the game divides by a parameter."""
        return not all(
            v.denominator.is_constant for s in self.game.states for c in s.cases for v in c.payoffs
        )

    def _state(self, here: Joint) -> GameState:
        return self.game.state(here[0])

    def intended(self, here: Joint) -> dict[str, Mixture]:
        """What every mover means to play."""
        minds = dict(zip(self.game.names, here[1], strict=True))
        automata = dict(zip(self.game.names, self.automata, strict=True))
        return {p: automata[p].state(minds[p]).mixture(here[0]) for p in self._state(here).movers}

    def step(self, here: Joint, actions: Mapping[str, str]) -> Step:
        """What follows when the movers do exactly this."""
        state = self._state(here)
        if state.absorbing:
            return Step(state.cases[0].payoffs, ())
        case = state.case(actions)
        to: dict[Joint, Value] = {}
        for views, likely in self._views(state, actions):
            minds = [a.following(q, v) for a, q, v in zip(self.automata, here[1], views, strict=True)]
            for name, chance in case.to:
                for drawn, share in _lotteries(minds):
                    weight = likely * chance * share
                    if not weight.is_zero:
                        joint = (name, drawn)
                        to[joint] = to[joint] + weight if joint in to else weight
        return Step(case.payoffs, tuple(to.items()))

    def _views(
        self, state: GameState, actions: Mapping[str, str]
    ) -> Iterator[tuple[tuple[Mapping[str, str], ...], Value]]:
        """What the players see of a round, each for itself, with the probability of seeing that."""
        if self.monitoring is not None:
            for signal, chance in self.monitoring.draw(actions):
                yield ({STATE: state.name, SIGNAL: signal},) * len(self.automata), chance
            return
        if self.misperception.is_zero:
            yield ({STATE: state.name, **actions},) * len(self.automata), _ONE
            return
        apart = [list(self._perceived(state, actions, name)) for name in self.game.names]
        for joint in itertools.product(*apart):
            weight = _ONE
            for _, chance in joint:
                weight = weight * chance
            yield tuple({STATE: state.name, **seen} for seen, _ in joint), weight

    def _perceived(
        self, state: GameState, actions: Mapping[str, str], player: str
    ) -> Iterator[tuple[dict[str, str], Value]]:
        """What one player takes the actions for: its own rightly, each other one with errors."""
        choices = []
        for mover, known in state.actions:
            done = actions[mover]
            slip = self.misperception / number(max(1, len(known) - 1))
            if mover == player or len(known) == 1:
                choices.append([(done, _ONE)])
            else:
                choices.append([(a, _ONE - self.misperception if a == done else slip) for a in known])
        for seen in itertools.product(*choices):
            weight = _ONE
            for _, chance in seen:
                weight = weight * chance
            yield dict(zip(state.movers, (a for a, _ in seen), strict=True)), weight

    def done(self, mixture: Mapping[str, Value], actions: Sequence[str]) -> dict[str, Value]:
        """What a mover does when it means to play the mixture and errs at the error rate."""
        if self.error.is_zero or len(actions) == 1:
            return {a: mixture.get(a, _ZERO) for a in actions}
        slip = self.error / number(len(actions) - 1)
        return {
            a: mixture.get(a, _ZERO) * (_ONE - self.error) + (_ONE - mixture.get(a, _ZERO)) * slip
            for a in actions
        }

    def profiles(
        self, here: Joint, change: Mapping[str, str] | None = None
    ) -> Iterator[tuple[dict[str, str], Value]]:
        """The action profiles that may be done at a joint state, with probabilities.

        `change` replaces what some movers mean to play.
        """
        state = self._state(here)
        meant = self.intended(here)
        for player, action in (change or {}).items():
            meant[player] = ((action, _ONE),)
        choices = [
            [(a, v) for a, v in self.done(dict(meant[p]), actions).items() if not v.is_zero]
            for p, actions in state.actions
        ]
        for chosen in itertools.product(*choices):
            weight = _ONE
            for _, v in chosen:
                weight = weight * v
            yield dict(zip(state.movers, (a for a, _ in chosen), strict=True)), weight

    def move(self, here: Joint, change: Mapping[str, str] | None = None) -> Step:
        """Expected payoffs and what follows at a joint state, over mixtures and errors."""
        payoffs = [_ZERO] * len(self.game.players)
        to: dict[Joint, Value] = {}
        for actions, weight in self.profiles(here, change):
            step = self.step(here, actions)
            payoffs = [p + weight * v for p, v in zip(payoffs, step.payoffs, strict=True)]
            for joint, chance in step.to:
                share = weight * chance
                to[joint] = to[joint] + share if joint in to else share
        return Step(tuple(payoffs), tuple(to.items()))

    def patience(self, here: Joint, player: int) -> Value:
        """What a player multiplies the future by on leaving a joint state."""
        return _ONE if self._state(here).instant else self.game.discounts[player]

    @cached_property
    def moves(self) -> dict[Joint, Step]:
        """What follows each joint state when everybody plays as the automata say."""
        return {here: self.move(here) for here in self.states}

    @cached_property
    def _values(self) -> dict[int, dict[Joint, Value]]:
        return {}

    def values(self, player: str) -> Mapping[Joint, Value]:
        """A player's total payoff from each joint state on."""
        i = self.game.names.index(player)
        if i not in self._values:
            self._values[i] = discounted(
                {s: self.moves[s].to for s in self.states},
                {s: self.moves[s].payoffs[i] for s in self.states},
                {s: self.patience(s, i) for s in self.states},
            )
        return self._values[i]


def process(
    game: StochasticGame,
    automata: Mapping[str, Automaton],
    error: Value = _ZERO,
    *,
    misperception: Value = _ZERO,
    monitoring: Monitoring | None = None,
) -> Process:
    """The process of one automaton a player, by player's name; `error` is that of implementation.

    Raises GameError for a missing strategy, play of an action that the game lacks, an observation for which
    an automaton has no rule, and rules on what cannot be seen (or UnknownName); DomainError for rates and
    chances not proved to be probabilities.
    """
    missing = [n for n in game.names if n not in automata]
    strange = [n for n in automata if n not in game.names]
    if missing or strange:
        raise GameError(
            f"give one strategy for each of {', '.join(game.names)}; "
            + (f"missing: {', '.join(missing)}" if missing else f"unknown: {', '.join(strange)}")
        )
    if monitoring is not None:
        monitoring.check(game.domain.given)
    own = tuple(bound(automata[n], n, game.names) for n in game.names)
    ask = prover(game.domain.given)
    check_rate("the rate of implementation errors", error, ask)
    check_rate("the rate of perception errors", misperception, ask)
    check_strategies(game, own, monitoring)
    made = Process(game, own, error, misperception, monitoring)
    for here in made.states:
        for player, mixture in made.intended(here).items():
            check_plays(game, player, automata[player], here[0], mixture)
    return made
