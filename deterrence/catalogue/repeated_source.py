"""What a model file says about time, once it is read: states, strategies, profiles, noise, monitoring.

Part of `source.ModelSource`; texts stand beside their trees where a reader is shown them.  Nothing is solved
or proved yet: `repeated_games` makes the game.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.algebra.syntax import Expression

DrawSource = tuple[tuple[str, Expression], ...]  # names with their probabilities
WhenSource = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CaseSource:
    """What follows some actions at a state: payoffs in the order of the players, and the next states."""

    when: WhenSource
    payoffs: tuple[Expression, ...]
    payoff_texts: tuple[str, ...]
    to: DrawSource
    to_text: str


@dataclass(frozen=True)
class GameStateSource:
    """A state of a stochastic game; an absorbing one has one case with its payoffs and nothing after it."""

    name: str
    label: str
    actions: tuple[tuple[str, tuple[str, ...]], ...]
    cases: tuple[CaseSource, ...]
    instant: bool
    absorbing: bool


@dataclass(frozen=True)
class RuleSource:
    """The next state of an automaton when everything in `when` was observed."""

    when: WhenSource
    to: DrawSource


@dataclass(frozen=True)
class AutomatonStateSource:
    """What is played in a state of an automaton, by state of the game ("" for every one), and its rules."""

    name: str
    play: tuple[tuple[str, DrawSource], ...]
    rules: tuple[RuleSource, ...]


@dataclass(frozen=True)
class StrategySource:
    """A strategy: of the library, with its options as trees or plain values, or written out."""

    name: str
    label: str
    player: str | None
    builtin: str | None
    options: tuple[tuple[str, int | bool | str | Expression], ...]
    against: str | None
    initial: str
    states: tuple[AutomatonStateSource, ...]


@dataclass(frozen=True)
class ProfileSource:
    """One strategy a player, by player's name."""

    id: str
    label: str
    strategies: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NoiseSource:
    """Errors of a kind at a rate."""

    kind: str
    rate: Expression
    text: str


@dataclass(frozen=True)
class MonitoringSource:
    """A public signal in place of the actions."""

    signals: tuple[str, ...]
    cases: tuple[tuple[WhenSource, DrawSource], ...]


@dataclass(frozen=True)
class RepeatedSource:
    """The parts of a repeated or stochastic model.

    `stage` names the file that the stage was taken from, empty where it stands in the file itself; `rounds`
    is the number of rounds of a finite game; `states` are those of a stochastic game.
    """

    stage: str
    discounts: tuple[Expression, ...]
    discount_texts: tuple[str, ...]
    rounds: int | None
    initial: str
    states: tuple[GameStateSource, ...]
    roles: Mapping[str, tuple[str, str]]
    strategies: tuple[StrategySource, ...]
    profiles: tuple[ProfileSource, ...]
    noise: NoiseSource | None
    monitoring: MonitoringSource | None

    def __hash__(self) -> int:
        return hash((self.stage, self.discount_texts, tuple(p.id for p in self.profiles)))

    def strategy(self, name: str) -> StrategySource:
        """A strategy by its name in the file; KeyError for another."""
        return next(s for s in self.strategies if s.name == name)
