"""Rungs of a ladder and the ways between them; a strategy as one.

A strategy is an automaton, and a ladder where from each state at most one is reached that was not reached
before; each state is a rung.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.value import number
from deterrence.errors import OutOfScope
from deterrence.games.automata import Automaton, AutomatonState, Mixture

PATH, PLAN, OPEN, UNSAID = "path", "plan", "open", "unsaid"  # how a way stands in the equilibrium


@dataclass(frozen=True)
class Way:
    """What leads from a rung to another, or out of the ladder where `to` is None and `end` says to what."""

    start: int
    to: int | None
    label: str
    end: str = ""
    taken: str = UNSAID


@dataclass(frozen=True)
class Rung:
    """A place on the ladder: its name, who moves there or what is played, and a note of what it leads to."""

    name: str
    who: str
    note: str = ""
    top: bool = False


@dataclass(frozen=True)
class Ladder:
    """The rungs from the lowest up and the ways; `players` in order, and the equilibrium that is marked."""

    rungs: tuple[Rung, ...]
    ways: tuple[Way, ...]
    players: tuple[str, ...]
    marked: str = ""
    point: tuple[tuple[str, Fraction], ...] = ()


def strategy_ladder(strategy: Automaton) -> Ladder:
    """A rung for each state of mind, the ways between them labelled by what is seen; errors as `ladder`."""
    order = _by_distance(strategy)
    at = {s.name: k for k, s in enumerate(order)}
    rungs, ways = [], []
    for k, s in enumerate(order):
        rungs.append(Rung(s.name, _plays(s)))
        said: dict[tuple[int, str], list[str]] = {}
        for n, rule in enumerate(s.rules):
            words = _seen(rule.when) or ("otherwise" if n else "whatever is done")
            for to, chance in rule.to:
                share = "" if chance == number(1) else f" with {chance}"
                said.setdefault((at[to], share), []).append(words)
        ways += [Way(k, to, " or ".join(words) + share) for (to, share), words in said.items()]
    return Ladder(tuple(rungs), tuple(ways), ())


def _by_distance(strategy: Automaton) -> list[AutomatonState]:
    """The states in the order in which they are reached; OutOfScope where one leads to several new ones."""
    found = [strategy.initial]
    for name in found:
        ahead = (to for rule in strategy.state(name).rules for to, _ in rule.to)
        new = dict.fromkeys(to for to in ahead if to not in found)
        if len(new) > 1:
            raise OutOfScope(
                f"{strategy.name} is no ladder: from the state {name} it may go on to {' or '.join(new)}; "
                "draw what follows a slip with plot_recovery"
            )
        found += new
    if len(found) < 2:
        raise OutOfScope(f"{strategy.name} is no ladder: it has one state, {found[0]}")
    return [strategy.state(name) for name in found]


def _seen(when: tuple[tuple[str, str], ...]) -> str:
    """What a rule looks for, in words: `both halt`, or `own halt, other attack`."""
    actions = {what for _, what in when}
    if {who for who, _ in when} == {"own", "other"} and len(actions) == 1:
        return f"both {actions.pop()}"
    return ", ".join(f"{who} {what}" for who, what in when)


def _plays(s: AutomatonState) -> str:
    """What is played in a state of mind, by the game's states where they matter."""

    def words(mixture: Mixture) -> str:
        return " or ".join(a if v == number(1) else f"{a} with {v}" for a, v in mixture)

    return "; ".join((f"{where}: " if where else "") + words(m) for where, m in s.play)
