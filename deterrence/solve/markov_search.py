"""The pure Markov profiles of a stochastic game, gone through state by state.

As states are decided they are eliminated: the value of each is kept as a constant plus the values of
undecided states, weighted by the discounted chance of coming there.  So all profiles that agree on the first
states share that work, and what a mover gains by one change of action is known as soon as the undecided
states drop out of it.  The denominators are one minus a discounted chance of return: above zero, since every
circle of states lets time pass.
Sources: [Shapley1953], [KemenySnell1960].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from deterrence.algebra.value import Value, number
from deterrence.games.stochastic import GameState, StochasticGame
from deterrence.solve.discounting import components

_ZERO, _ONE = number(0), number(1)
N = TypeVar("N", Value, Fraction)
Actions = Mapping[str, str]


@dataclass(frozen=True)
class Affine(Generic[N]):
    """A constant plus weights times the values of undecided states."""

    constant: N
    weights: Mapping[str, N]


@dataclass(frozen=True)
class Gain(Generic[N]):
    """What a player gains by one change of action somewhere."""

    player: int
    amount: Affine[N]


@dataclass(frozen=True)
class Branch(Generic[N]):
    """States decided so far, each player's values there, and the gains that are not known yet."""

    chosen: Mapping[str, Actions]
    values: tuple[Mapping[str, Affine[N]], ...]
    open: tuple[Gain[N], ...]


@dataclass(frozen=True)
class _Move(Generic[N]):
    """What an action profile leads to: payoffs by player, and the chances of the next states."""

    payoffs: tuple[N, ...]
    to: Mapping[str, N]


class Profiles(Generic[N]):
    """A game over one kind of numbers: values for symbols, fractions where there are none."""

    def __init__(self, game: StochasticGame, read: Callable[[Value], N]) -> None:
        self.game = game
        self.zero: N = read(_ZERO)
        self.one: N = read(_ONE)
        self.discounts: tuple[N, ...] = tuple(map(read, game.discounts))
        self._moves: dict[tuple[str, tuple[str, ...]], _Move[N]] = {}
        for s in game.states:
            for actions in s.profiles():
                case = s.case(actions)
                to: dict[str, N] = {}
                for name, chance in () if s.absorbing else case.to:
                    to[name] = to.get(name, self.zero) + read(chance)
                found = _Move(tuple(map(read, case.payoffs)), self._proper(to))
                self._moves[s.name, tuple(actions.values())] = found
        after = {
            s.name: [(to, _ONE) for c in s.cases for to, _ in c.to] if not s.absorbing else []
            for s in game.states
        }
        self._order = [name for group in components(after) for name in group]
        self._states = {s.name: s for s in game.states}

    @property
    def start(self) -> Branch[N]:
        """Nothing decided."""
        return Branch({}, tuple({} for _ in self.discounts), ())

    def undecided(self, branch: Branch[N]) -> GameState | None:
        """The state to decide next, one that makes a gain known soonest; None when all are decided."""
        nearest = min(branch.open, key=lambda g: len(g.amount.weights), default=None)
        if nearest is not None:
            return self._states[next(iter(nearest.amount.weights))]
        name = next((name for name in self._order if name not in branch.chosen), None)
        return None if name is None else self._states[name]

    def decided(
        self, branch: Branch[N], state: GameState, actions: Actions
    ) -> tuple[Branch[N], list[Gain[N]]]:
        """The branch with one more state decided, and the gains that this makes known."""
        name = state.name
        values = [self._eliminated(known, state, actions, i) for i, known in enumerate(branch.values)]
        gains = [Gain(g.player, self._put(g.amount, name, values[g.player][name])) for g in branch.open]
        gains += self._changes(state, actions, values)
        branch = Branch(
            {**branch.chosen, name: actions}, tuple(values), tuple(g for g in gains if g.amount.weights)
        )
        return branch, [g for g in gains if not g.amount.weights]

    def _eliminated(
        self, known: Mapping[str, Affine[N]], state: GameState, actions: Actions, player: int
    ) -> dict[str, Affine[N]]:
        """A player's values with those of one more state put in."""
        move = self._move(state, actions)
        patience = self._patience(state, player)
        row = self._sum(move.payoffs[player], {s: patience * v for s, v in move.to.items()}, known)
        back = self.one - row.weights.get(state.name, self.zero)
        weights = {s: v / back for s, v in row.weights.items() if s != state.name}
        own = Affine(row.constant / back, weights)
        return {state.name: own, **{s: self._put(a, state.name, own) for s, a in known.items()}}

    def values(self, chosen: Mapping[str, Actions], player: int) -> Mapping[str, N]:
        """What a player gets from every state under a profile."""
        known: Mapping[str, Affine[N]] = {}
        for name in self._order:
            known = self._eliminated(known, self._states[name], chosen[name], player)
        return {s: a.constant for s, a in known.items()}

    def worth(self, state: GameState, actions: Actions, player: int, values: Mapping[str, N]) -> N:
        """What a player gets from these actions in a state, given what the states are worth."""
        move = self._move(state, actions)
        later = self.zero
        for to, chance in move.to.items():
            later = later + chance * values[to]
        return move.payoffs[player] + self._patience(state, player) * later

    def _changes(
        self, state: GameState, actions: Actions, values: list[dict[str, Affine[N]]]
    ) -> Iterator[Gain[N]]:
        """What each mover gains by each other action."""
        move: _Move[N] = self._move(state, actions)
        for player, known in state.actions:
            i = self.game.names.index(player)
            patience = self._patience(state, i)
            for other in known:
                if other != actions[player]:
                    then: _Move[N] = self._move(state, {**actions, player: other})
                    later: dict[str, N] = {s: patience * chance for s, chance in then.to.items()}
                    for s, chance in move.to.items():
                        later[s] = later.get(s, self.zero) - patience * chance
                    now = then.payoffs[i] - move.payoffs[i]
                    yield Gain(i, self._sum(now, self._proper(later), values[i]))

    def _move(self, state: GameState, actions: Actions) -> _Move[N]:
        return self._moves[state.name, tuple(actions[p] for p in state.movers)]

    def _patience(self, state: GameState, player: int) -> N:
        return self.one if state.instant else self.discounts[player]

    def _sum(self, constant: N, weights: Mapping[str, N], known: Mapping[str, Affine[N]]) -> Affine[N]:
        """A sum over states with those that are decided put in."""
        open_weights: dict[str, N] = {}
        for s, weight in weights.items():
            parts: Mapping[str, N] = {s: self.one}
            if s in known:
                constant = constant + weight * known[s].constant
                parts = known[s].weights
            for to, share in parts.items():
                open_weights[to] = open_weights.get(to, self.zero) + weight * share
        return Affine(constant, self._proper(open_weights))

    def _put(self, amount: Affine[N], name: str, value: Affine[N]) -> Affine[N]:
        return self._sum(amount.constant, amount.weights, {name: value}) if name in amount.weights else amount

    def _proper(self, weights: Mapping[str, N]) -> Mapping[str, N]:
        return {s: v for s, v in weights.items() if v != self.zero}
