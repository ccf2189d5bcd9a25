"""Strategies of repeated and stochastic games as finite automata.

An automaton has states; each says what to play (an action, or a mixture) and lists rules for the next state,
of which the first that fits counts.  A rule looks at what everybody did, at the game's state, or at a public
signal; the next state may be drawn, each automaton's by itself and for all to see.  (A lottery that several
automata share is a public signal.)  Sources: [Rubinstein1986], [AbreuRubinstein1988].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, UnknownName

Mixture = tuple[tuple[str, Value], ...]  # actions with their probabilities
Play = tuple[tuple[str, Mixture], ...]  # by state of the game; "" stands for every state
STATE, SIGNAL, OWN, OTHER = "state", "signal", "own", "other"


@dataclass(frozen=True)
class Rule:
    """`to` these states (drawn if there are several) when everything in `when` was observed.

    `when` names players with their actions, `state` (where the move was made) or `signal`.
    """

    when: tuple[tuple[str, str], ...]
    to: Mixture


@dataclass(frozen=True)
class AutomatonState:
    """What is played in this state of mind, and the rules for the next."""

    name: str
    play: Play
    rules: tuple[Rule, ...]

    def mixture(self, state: str) -> Mixture:
        """The mixture played in a state of the game; GameError where none is given."""
        table = dict(self.play)
        if state in table:
            return table[state]
        if "" in table:
            return table[""]
        raise GameError(f"automaton state {self.name}: it says nothing of play in state {state}; add it")


@dataclass(frozen=True)
class Automaton:
    """A strategy: its states and where it begins.  Raises GameError where it is not well formed."""

    name: str
    initial: str
    states: tuple[AutomatonState, ...]

    def __repr__(self) -> str:
        return f"Automaton({self.name}: {', '.join(s.name for s in self.states)}; from {self.initial})"

    def __post_init__(self) -> None:
        known = [s.name for s in self.states]
        if len(set(known)) != len(known) or not known:
            raise GameError(f"strategy {self.name}: states must be named, each once; got {', '.join(known)}")
        if self.initial not in known:
            raise UnknownName("state", self.initial, known, f"strategy {self.name}")
        for s in self.states:
            for rule in s.rules:
                for to, _ in rule.to:
                    if to not in known:
                        raise UnknownName("state", to, known, f"strategy {self.name}, state {s.name}")
        unreached = sorted(set(known) - self._reached())
        if unreached:
            raise GameError(
                f"strategy {self.name}: no rule leads to the state {', '.join(unreached)}; "
                "lead a rule to it, or remove it"
            )

    def _reached(self) -> set[str]:
        found, todo = {self.initial}, [self.initial]
        while todo:
            for rule in self.state(todo.pop()).rules:
                for to, _ in rule.to:
                    if to not in found:
                        found.add(to)
                        todo.append(to)
        return found

    def state(self, name: str) -> AutomatonState:
        """A state by name; UnknownName lists them."""
        for s in self.states:
            if s.name == name:
                return s
        raise UnknownName("state", name, (s.name for s in self.states), f"strategy {self.name}")

    def following(self, name: str, seen: Mapping[str, str]) -> Mixture:
        """The next states after an observation; GameError where no rule fits."""
        for rule in self.state(name).rules:
            if all(seen.get(what) == value for what, value in rule.when):
                return rule.to
        shown = ", ".join(f"{k} = {v}" for k, v in seen.items())
        raise GameError(
            f"strategy {self.name}, state {name}: no rule fits {shown}; add a last rule without when"
        )


def bound(automaton: Automaton, player: str, players: Sequence[str]) -> Automaton:
    """The automaton with `own` and `other` in its rules replaced by players' names.

    Raises GameError where `other` could be several players.
    """
    others = [p for p in players if p != player]

    def name(what: str) -> str:
        if what == OTHER and len(others) != 1:
            raise GameError(
                f"strategy {automaton.name}: `other` could be {', '.join(others)}; name the player "
                "(against = … in a file, watching(strategy, player) in Python)"
            )
        return {OWN: player, OTHER: others[0] if others else ""}.get(what, what)

    states = tuple(
        AutomatonState(
            s.name,
            s.play,
            tuple(Rule(tuple((name(k), v) for k, v in r.when), r.to) for r in s.rules),
        )
        for s in automaton.states
    )
    return Automaton(automaton.name, automaton.initial, states)


def watching(automaton: Automaton, player: str) -> Automaton:
    """The automaton with `other` in its rules replaced by a player's name, for games of three and more.

    >>> from deterrence.games.strategies import Actions, grim
    >>> watching(grim(Actions("stop", "fund", "halt", "attack")), "militia").states[0].rules[0].when
    (('own', 'stop'), ('militia', 'halt'))
    """
    states = tuple(
        AutomatonState(
            s.name,
            s.play,
            tuple(Rule(tuple((player if k == OTHER else k, v) for k, v in r.when), r.to) for r in s.rules),
        )
        for s in automaton.states
    )
    return Automaton(automaton.name, automaton.initial, states)


def surely(action: str) -> Mixture:
    """An action, or a next state, with probability one."""
    return ((action, number(1)),)
