"""The tables of model files that are about time: strategies as automata, profiles, noise, monitoring, states.

Expressions are kept as text, as in `entries`.  Keys of a table that name players (payoffs of a case, the
strategies of a profile) are extra keys; whether they are players is checked in `repeated_checks`.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from deterrence.catalogue.entries import MAX_ACTIONS, MAX_PLAYERS, Entry, Label, Text, as_text

MAX_STRATEGIES: Final = 100
MAX_AUTOMATON_STATES: Final = 100
MAX_RULES: Final = 200
MAX_PROFILES: Final = 100
MAX_GAME_STATES: Final = 200
MAX_CASES: Final = 200
MAX_SIGNALS: Final = 20
MAX_ROUNDS: Final = 1000


def _name_or_chances(value: object) -> object:
    """A name, or a table of names with their probabilities as texts."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: as_text(part) for key, part in value.items()}
    raise PydanticCustomError("name_or_chances", "is neither a name nor a table")


def _play(value: object) -> object:
    """An action, a mixture, or a table of those by state of the game."""
    if not isinstance(value, dict):
        return _name_or_chances(value)
    return {k: _name_or_chances(v) if isinstance(v, dict) else as_text(v) for k, v in value.items()}


def _discount(value: object) -> object:
    """One discount factor, or one for each player."""
    if isinstance(value, dict):
        return {key: as_text(part) for key, part in value.items()}
    return as_text(value)


def _described(text: str) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "integer", "number", "object"], "description": text})


Draw = Annotated[
    str | dict[str, str],
    BeforeValidator(_name_or_chances),
    _described("a name, or a table of names with their probabilities"),
]
Played = Annotated[
    str | dict[str, str | dict[str, str]],
    BeforeValidator(_play),
    _described("an action, a table of actions with their probabilities, or a table of those by state"),
]
Discount = Annotated[
    str | dict[str, str],
    BeforeValidator(_discount),
    _described("a discount factor, or a table with one for each player"),
]
When = Annotated[dict[str, Label], Field(default_factory=dict, max_length=2 * MAX_PLAYERS)]


class RuleEntry(Entry):
    """The next state of an automaton, when everything in `when` was observed."""

    when: When
    to: Draw


class AutomatonStateEntry(Entry):
    """What an automaton plays in a state, and the rules for the next, of which the first that fits counts."""

    play: Played | None = None
    next: Annotated[tuple[RuleEntry, ...], Field(max_length=MAX_RULES)]


class StrategyEntry(Entry):
    """A strategy: a name of the library with its options, or an automaton state by state."""

    label: Label = ""
    player: Label | None = None
    builtin: Label | None = None
    options: Annotated[
        dict[str, StrictBool | StrictInt | str], Field(default_factory=dict, alias="with", max_length=10)
    ]
    against: Label | None = None
    initial: Label | None = None
    states: Annotated[
        dict[str, AutomatonStateEntry], Field(default_factory=dict, max_length=MAX_AUTOMATON_STATES)
    ]


class RoleEntry(Entry):
    """Which of a player's actions cooperates and which defects, for the strategies of the library."""

    cooperate: Label
    defect: Label


class ProfileEntry(BaseModel):
    """A profile that is asked about: an id, and under each player's name a strategy."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Label]

    id: Label
    label: Label = ""

    @property
    def strategies(self) -> dict[str, str]:
        """The strategies, by the key they are written under."""
        return dict(self.__pydantic_extra__)


class NoiseEntry(Entry):
    """Errors of a kind, `implementation` or `perception`, at a rate."""

    kind: Label
    rate: Text


class SignalCaseEntry(Entry):
    """On these actions the public signals have these chances."""

    when: When
    signal: Draw


class MonitoringEntry(Entry):
    """A public signal in place of the actions."""

    kind: Label
    signals: Annotated[tuple[Label, ...], Field(max_length=MAX_SIGNALS)]
    cases: Annotated[tuple[SignalCaseEntry, ...], Field(max_length=MAX_CASES)]


class CaseEntry(BaseModel):
    """What follows some actions at a state: payoffs under the players' names (none is zero), and `to`."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Text]

    when: When
    to: Draw

    @property
    def worth(self) -> dict[str, str]:
        """The payoff expressions, by the key they are written under."""
        return dict(self.__pydantic_extra__)


class GameStateEntry(BaseModel):
    """A state of a stochastic game; an absorbing one has payoffs under the players' names, and no cases."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Text]

    label: Label = ""
    movers: Annotated[tuple[Label, ...], Field(max_length=MAX_PLAYERS)] = ()
    actions: Annotated[
        dict[str, Annotated[tuple[Label, ...], Field(max_length=MAX_ACTIONS)]], Field(default_factory=dict)
    ]
    instant: StrictBool = False
    absorbing: StrictBool = False
    cases: Annotated[tuple[CaseEntry, ...], Field(max_length=MAX_CASES)] = ()

    @property
    def worth(self) -> dict[str, str]:
        """The payoffs on entry, by the key they are written under."""
        return dict(self.__pydantic_extra__)


def texts_of(part: Any) -> list[str]:
    """Every text of an entry, nested ones included, for the limit on characters."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, BaseModel):
        extra = part.__pydantic_extra__ or {}
        return [
            t
            for v in (*(getattr(part, n) for n in type(part).model_fields), *extra.values())
            for t in texts_of(v)
        ]
    if isinstance(part, dict):
        return [t for v in part.values() for t in texts_of(v)]
    if isinstance(part, tuple | list):
        return [t for v in part for t in texts_of(v)]
    return []
