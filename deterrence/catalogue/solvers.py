"""Which solver answers for which solution concept, by the kind of game.

Adding a concept adds a solver in `solve`, an entry here, and its name in `schema.CONCEPTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from deterrence.errors import UnknownName
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import StochasticGame
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Game
from deterrence.solve.nash import nash, pure_nash


def solver(game: Game, concept: str | None) -> Callable[..., Atlas]:
    """The solver for a concept, or for the game's default one; those of trees are loaded when used."""
    if isinstance(game, NormalForm):
        known: Mapping[str, Callable[..., Atlas]] = {"nash": nash, "pure-nash": pure_nash}
        concept = concept or "nash"
    elif isinstance(game, StochasticGame):
        known, concept = {"markov-perfect": _markov_perfect}, concept or "markov-perfect"
    else:
        known = TREE_SOLVERS
        hidden = any(p.types for p in game.players) or not game.has_perfect_information
        concept = concept or ("perfect-bayesian" if hidden else "subgame-perfect")
    if concept not in known:
        raise UnknownName("solution concept", concept, known)
    return known[concept]


def _markov_perfect(game: StochasticGame, cells: bool) -> Atlas:
    from deterrence.solve.markov_perfect import markov_perfect

    return markov_perfect(game, cells=cells)


def _subgame_perfect(tree: ExtensiveForm, cells: bool) -> Atlas:
    from deterrence.solve.subgame_perfect import subgame_perfect

    return subgame_perfect(tree, cells=cells)


def _backward_induction(tree: ExtensiveForm, cells: bool) -> Atlas:
    from deterrence.solve.backward import backward_induction

    return backward_induction(tree, cells=cells)


def _perfect_bayesian(tree: ExtensiveForm, cells: bool) -> Atlas:
    from deterrence.solve.perfect_bayesian import perfect_bayesian

    return perfect_bayesian(tree, cells=cells)


def _weak_perfect_bayesian(tree: ExtensiveForm, cells: bool) -> Atlas:
    from deterrence.solve.perfect_bayesian import perfect_bayesian

    return perfect_bayesian(tree, beliefs="weak", cells=cells)


def _tree_nash(tree: ExtensiveForm, cells: bool) -> Atlas:
    from deterrence.solve.tree_nash import tree_nash

    return tree_nash(tree, cells=cells)


TREE_SOLVERS: Final[Mapping[str, Callable[..., Atlas]]] = {
    "subgame-perfect": _subgame_perfect,
    "backward-induction": _backward_induction,
    "perfect-bayesian": _perfect_bayesian,
    "weak-perfect-bayesian": _weak_perfect_bayesian,
    "nash": _tree_nash,
}
