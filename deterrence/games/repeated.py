"""A repeated or stochastic game with the strategy profiles that are asked about.

The game itself is a `StochasticGame`; a `Setting` adds what the profiles are tested under: errors of
implementation or of perception (different models with different results), a public signal, a finite horizon.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from deterrence.algebra.parameters import Domain
from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, UnknownName
from deterrence.games.automata import Automaton
from deterrence.games.monitoring import Monitoring
from deterrence.games.stochastic import StochasticGame

IMPLEMENTATION, PERCEPTION = "implementation", "perception"
EQUILIBRIA = (  # what may be asked of a profile
    "nash",
    "subgame-perfect",
    "public-perfect",
    "markov-perfect",
    "uninvaded",
    "renegotiation-proof",
)


@dataclass(frozen=True)
class Profile:
    """One strategy for each player, by player's name in the order of the players."""

    id: str
    strategies: tuple[tuple[str, Automaton], ...]
    label: str = ""

    def __repr__(self) -> str:
        played = ", ".join(f"{player} {automaton.name}" for player, automaton in self.strategies)
        return f"Profile({self.id}: {played})"

    def strategy(self, player: str) -> Automaton:
        """A player's strategy; UnknownName lists the players."""
        for name, automaton in self.strategies:
            if name == player:
                return automaton
        raise UnknownName("player", player, (n for n, _ in self.strategies), f"profile {self.id}")


@dataclass(frozen=True)
class Noise:
    """Errors of one kind, implementation or perception, at a rate; GameError for another kind."""

    kind: str
    rate: Value

    def __post_init__(self) -> None:
        if self.kind not in (IMPLEMENTATION, PERCEPTION):
            raise GameError(f"noise of kind {self.kind!r}; write {IMPLEMENTATION} or {PERCEPTION}")


@dataclass(frozen=True)
class RepeatedGame:
    """A game without end, its listed profiles, and how players err and observe.

    `averaged` says that payoffs are shown as averages a round (times one minus the discount factor), as is
    usual for repeated games; stochastic games show totals.  `roles` has (player, action that cooperates,
    action that defects), which tells peace from conflict.  With `rounds` the game ends after so many.
    """

    game: StochasticGame
    profiles: tuple[Profile, ...] = ()
    noise: Noise | None = None
    monitoring: Monitoring | None = None
    averaged: bool = True
    roles: tuple[tuple[str, str, str], ...] = ()
    rounds: int | None = None

    def __repr__(self) -> str:
        listed = ", ".join(p.id for p in self.profiles) or "no profiles"
        noise = f"; {self.noise.kind} errors at the rate {self.noise.rate}" if self.noise else ""
        signal = "; a public signal" if self.monitoring else ""
        end = "" if self.rounds is None else f"; {self.rounds} rounds"
        return f"RepeatedGame({', '.join(self.names) or 'no players'}: {listed}{noise}{signal}{end})"

    @property
    def domain(self) -> Domain:
        """The parameters and assumptions."""
        return self.game.domain

    @property
    def names(self) -> tuple[str, ...]:
        """The players' names."""
        return self.game.names

    def profile(self, identifier: str) -> Profile:
        """A listed profile by id; UnknownName lists them."""
        for p in self.profiles:
            if p.id == identifier:
                return p
        raise UnknownName("profile", identifier, (p.id for p in self.profiles))

    def without_noise(self) -> RepeatedGame:
        """The same game without errors."""
        return replace(self, noise=None)

    def starting(self, state: str) -> RepeatedGame:
        """The same game begun in another state; UnknownName lists the states."""
        self.game.state(state)
        return replace(self, game=replace(self.game, initial=state))

    @property
    def error(self) -> Value:
        """The rate of implementation errors, zero where there are none."""
        return self.noise.rate if self.noise and self.noise.kind == IMPLEMENTATION else number(0)

    @property
    def misperception(self) -> Value:
        """The rate of perception errors, zero where there are none."""
        return self.noise.rate if self.noise and self.noise.kind == PERCEPTION else number(0)
