"""Whether strategies fit a game: what they play, what their rules look at, and that chances are chances.

A rule that looks at what cannot be seen would never fit, and play would go on by another rule without a word;
so names in rules are checked, as are probabilities, which must be proved to be such.  Raises GameError,
UnknownName and DomainError.
"""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.value import Value, compare, number
from deterrence.errors import DomainError, GameError, UnknownName
from deterrence.games.automata import SIGNAL, STATE, Automaton, Mixture
from deterrence.games.monitoring import Monitoring
from deterrence.games.stochastic import StochasticGame

_ONE = number(1)


def check_strategies(
    game: StochasticGame, automata: Sequence[Automaton], monitoring: Monitoring | None
) -> None:
    """That rules name what can be observed, and that mixtures and draws are probabilities."""
    ask = prover(game.domain.given)
    seen = _observable(game, monitoring)
    for automaton in automata:
        check_draws(automaton, ask)
        for s in automaton.states:
            where = f"strategy {automaton.name}, state {s.name}"
            for rule in s.rules:
                for what, value in rule.when:
                    if what not in seen:
                        _unseen(where, what, seen, monitoring)
                    if value not in seen[what]:
                        raise UnknownName(f"value of {what}", value, seen[what], f"{where}, in a rule")


def check_draws(automaton: Automaton, ask: Prover) -> None:
    """That a strategy's mixtures and the draws of its next states are probabilities."""
    for s in automaton.states:
        for draw in (*(m for _, m in s.play), *(r.to for r in s.rules)):
            check_chances(f"strategy {automaton.name}, state {s.name}", draw, ask)


def _observable(game: StochasticGame, monitoring: Monitoring | None) -> dict[str, list[str]]:
    """What automata can see, with the values it can have."""
    seen = {STATE: [s.name for s in game.states]}
    if monitoring is not None:
        return {**seen, SIGNAL: list(monitoring.signals)}
    for s in game.states:
        for player, actions in s.actions:
            seen[player] = list(dict.fromkeys([*seen.get(player, []), *actions]))
    return seen


def _unseen(where: str, what: str, seen: dict[str, list[str]], monitoring: Monitoring | None) -> None:
    if monitoring is not None:
        raise GameError(
            f"{where}: a rule looks at {what}, but with a public signal nobody sees what was done; "
            f"look at {' or '.join(seen)}"
        )
    if what == SIGNAL:
        raise GameError(f"{where}: a rule looks at a signal, but this game has none; look at actions")
    raise UnknownName("player", what, seen, f"{where}, in a rule")


def check_plays(game: StochasticGame, player: str, automaton: Automaton, state: str, meant: Mixture) -> None:
    """That a strategy plays only what its player can do in a state, each action once."""
    allowed = dict(game.state(state).actions)[player]
    for action, _ in meant:
        if action not in allowed:
            raise GameError(
                f"strategy {automaton.name}: {player} would play {action!r} in state {state}, where its "
                f"actions are {', '.join(allowed)}"
            )


def check_rate(name: str, rate: Value, ask: Prover) -> None:
    """That an error rate is proved to lie in 0..1."""
    check_chances(name, (("", rate), ("", _ONE - rate)), ask)


def check_chances(where: str, draw: Mixture, ask: Prover) -> None:
    """That chances are proved to lie in 0..1 and to sum to one, and that nothing is named twice."""
    if len(draw) == 1 and draw[0][1] == _ONE:
        return
    names = [name for name, _ in draw if name]
    if len(set(names)) < len(names):
        raise GameError(f"{where}: {', '.join(names)} has a name twice; give each its whole probability")
    total = number(0)
    for name, chance in draw:
        for relation, end in ((">=", 0), ("<=", 1)):
            if ask.holds(compare(chance, relation, number(end))) is not True:
                raise DomainError(
                    f"{where}: {chance} is not proved to be {relation} {end}"
                    + (f", as the probability of {name} must be" if name else "")
                    + (f"; assume 0 <= {chance} <= 1" if chance.names else "; write a number from 0 to 1")
                )
        total = total + chance
    if ask.holds(compare(total, "==", _ONE)) is not True:
        raise DomainError(f"{where}: the probabilities sum to {total}, which is not proved to be 1")
