"""What a claim asks, and how its predicate reads in one equilibrium.

`P(player = action)`, `payoff(player)` and the like are read off the equilibrium; predicates are syntax trees
of the model-file grammar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import prover
from deterrence.algebra.reading import Cases, Reading, read_region
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.value import Value, sign_region
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.behaviour import chance_of, type_payoff
from deterrence.games.mixed_plans import plan_chance_of, plan_type_payoff
from deterrence.games.stochastic import StochasticGame
from deterrence.games.strategic import StrategicForm
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, Game


@dataclass(frozen=True)
class Question:
    """What a claim asks: its kind, its predicate, an extra premise, and the definitions it may use."""

    kind: str
    predicate: s.Condition | None = None
    premise: Region = EVERYWHERE
    definitions: Mapping[str, Cases] = field(default_factory=dict)
    effect_of: str = ""
    effect_on: s.Expression | None = None
    effect_is: str = ""
    across: bool = False
    among: str = ""  # a refinement that keeps some of the equilibria

    def __hash__(self) -> int:
        return id(self)


def play_of(equilibrium: Equilibrium, game: Game) -> Reading:
    """How `P(player = action)`, `player = action` and `payoff(player)` read in an equilibrium.

    In a tree, `P(outcome = X)` and `P(place[kind] = action)` too, see `games.behaviour`, and for mixtures of
    plans in a tree `games.mixed_plans`.  In a stochastic game `P(state = action)`, or where several players
    move in the state `P(state[player] = action)`.
    """
    mixture = {place: dict(strategy) for place, strategy in equilibrium.profile}

    def never_zero(mass: Value) -> bool:
        there = sign_region(mass, "!=")
        return prover(game.domain.given).implies(equilibrium.where, there, patient=True) is True

    def play(node: s.Probability | s.PayoffOf | s.LongRun) -> Value:
        if isinstance(node, s.LongRun):
            raise OutOfScope(
                f"{node.quantity}(…) is about a listed profile of a repeated or stochastic game, not about "
                "an equilibrium; add profile to the claim"
            )
        if isinstance(game, ExtensiveForm):
            if isinstance(node, s.Probability):
                return chance_of(game, mixture, node.place, node.action, node.kind)
            if node.kind is not None:
                return type_payoff(game, mixture, node.player, node.kind)
        if isinstance(game, StrategicForm):
            if isinstance(node, s.Probability):
                return plan_chance_of(game, mixture, node.place, node.action, node.kind, never_zero)
            if node.kind is not None:
                return plan_type_payoff(game, mixture, node.player, node.kind)
        if isinstance(node, s.PayoffOf):
            return equilibrium.payoff(node.player)
        place = node.place
        if isinstance(game, StochasticGame):
            place = game.place(node.place, node.kind).name
        strategy = equilibrium.strategy(place)
        if node.action not in strategy:
            raise UnknownName(f"action of {place}", node.action, strategy)
        return strategy[node.action]

    return Reading(play=play)


def holds_where(
    predicate: s.Condition, equilibrium: Equilibrium, question: Question, given: Region, atlas: Atlas
) -> Region:
    """The condition on parameters and free variables under which a predicate is true of an equilibrium.

    Quantified names range over the atlas's assumptions without the claim's premise.
    """
    reading = replace(
        play_of(equilibrium, atlas.game),
        given=given,
        ranges=atlas.domain.given,
        definitions=question.definitions,
    )
    return read_region(predicate, reading)


def where_played(e: Equilibrium, question: Question) -> Region:
    """The exact condition of an equilibrium, within the refinement that the question is among."""
    found = e.where if e.free else e.region
    return all_of((found, e.survives(question.among))) if question.among else found


def scope_note(kind: str, atlas: Atlas) -> str:
    """Why a claim about `kind` equilibrium stays open where not all equilibria are known, or nothing."""
    pure = ("pure-nash", "backward-induction", "markov-perfect")  # by definition here: nothing is missing
    by_definition = atlas.concept in pure
    if atlas.complete.verdict == "proved" and (atlas.complete.scope == "all" or by_definition):
        return ""
    scope = atlas.complete.scope
    return f"only {scope} equilibria were searched, so a claim about {kind} equilibrium stays open"
