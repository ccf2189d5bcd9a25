"""What strategies are made of: which actions cooperate and defect, short ways to write states and rules.

Used by the library of strategies, `strategies` and `strategies_of_conflict`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.errors import GameError
from deterrence.games.automata import OTHER, OWN, AutomatonState, Mixture, Rule, surely

MAX_ROUNDS = 50
Way = tuple[Mapping[str, str], str]  # what is observed, and the next state


@dataclass(frozen=True)
class Actions:
    """Which actions cooperate and defect, for the player itself and for the other."""

    cooperate: str
    defect: str
    other_cooperate: str
    other_defect: str


def state(
    name: str, action: str | Mixture, *rules: tuple[Mapping[str, str], str | Mixture]
) -> AutomatonState:
    """A state that plays an action or a mixture wherever the game is, with its rules in their order."""
    mixture = surely(action) if isinstance(action, str) else action
    listed = tuple(Rule(tuple(w.items()), surely(t) if isinstance(t, str) else t) for w, t in rules)
    return AutomatonState(name, (("", mixture),), listed)


def both_cooperate(a: Actions) -> Mapping[str, str]:
    """The observation that both cooperated."""
    return {OWN: a.cooperate, OTHER: a.other_cooperate}


def both_defect(a: Actions) -> Mapping[str, str]:
    """The observation that both defected."""
    return {OWN: a.defect, OTHER: a.other_defect}


def whole(what: str, value: int) -> None:
    """Raises GameError for what is no whole number from 1 to `MAX_ROUNDS`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_ROUNDS:
        raise GameError(f"{what} = {value!r}; write a whole number from 1 to {MAX_ROUNDS}")
