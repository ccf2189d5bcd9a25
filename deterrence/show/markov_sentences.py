"""Markov perfect equilibria in plain words: what each player does in which state."""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.algebra.decide import Prover
from deterrence.algebra.value import Value
from deterrence.games.stochastic import StochasticGame
from deterrence.show.phrases import probability_words
from deterrence.solve.atlas import Equilibrium
from deterrence.solve.markov import visited_states

_OFF = "(off the path)"


def markov_sentence(e: Equilibrium, game: StochasticGame, ask: Prover, decimals: bool = False) -> str:
    """Who plays what, a clause for each player: `Militia plays attack in quiet and halt in tense`.

    States that play does not come to are marked.
    """
    visited = visited_states(game, {place: dict(strategy) for place, strategy in e.profile})
    clauses = []
    for player in game.players:
        groups: dict[tuple[str, bool], list[str]] = {}
        for h in game.places:
            if h.player == player.name:
                how = _how(e.strategy(h.name), e, ask, decimals)
                groups.setdefault((how, h.state in visited), []).append(h.state)
        parts = [
            f"{how} in {', '.join(states)}{'' if on_path else f' {_OFF}'}"
            for (how, on_path), states in groups.items()
        ]
        if parts:
            listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
            clauses.append(f"{player.shown} plays {listed}")
    return "; ".join(clauses)


def _how(strategy: Mapping[str, Value], e: Equilibrium, ask: Prover, decimals: bool) -> str:
    used = [(a, v) for a, v in strategy.items() if not v.is_zero]
    if len(used) == 1:
        return used[0][0]
    chances = ", ".join(
        f"{a} with probability {probability_words(v, e.free, ask, decimals)}" for a, v in used
    )
    return f"a mixture ({chances})"
