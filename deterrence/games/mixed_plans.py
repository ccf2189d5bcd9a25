"""What follows from mixtures of plans: outcomes, moves, behaviour and payoffs, with exact probabilities.

The strategic form of a tree has mixed strategies over plans (`games.strategic`).  With perfect recall the
probability of coming to a node is the product, over the players, of the probability of the plans that allow
it, and of the chances on the way.  Source: [Kuhn1953].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from deterrence.algebra.value import Value, number
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.behaviour import set_called
from deterrence.games.strategic import Move, Plan, StrategicForm
from deterrence.games.tree import InformationSet, Node

Mixture = Mapping[str, Mapping[str, Value]]
_ZERO, _ONE = number(0), number(1)


@dataclass(frozen=True)
class Passage:
    """A move at a node: the probability that play takes it, and where it leads."""

    node: Node
    action: str
    to: str
    weight: Value


def passages(form: StrategicForm, mixture: Mixture) -> Iterator[Passage]:
    """Every move of the tree that play takes with a probability other than zero, in the order of the tree."""
    tree = form.tree
    masses = _masses(form, mixture)
    chance = {tree.root.id: _ONE}
    for identifier in tree.order:
        node = tree.node(identifier)
        for k, (action, to) in enumerate(node.moves):
            weight = chance[identifier] * node.probabilities[k] if node.is_chance else chance[identifier]
            if not tree.is_end(to):
                chance[to] = weight
            last = dict(form.before[identifier])
            if not node.is_chance:
                last[node.player] = (node.known_as, action)
            for player, move in last.items():
                weight = weight * masses[player, move]
            if not weight.is_zero:
                yield Passage(node, action, to, weight)


def plan_chance_of(
    form: StrategicForm,
    mixture: Mixture,
    place: str,
    action: str,
    kind: str | None,
    surely: Callable[[Value], bool],
) -> Value:
    """What `P(place = action)` and `P(place[kind] = action)` mean for a mixture of plans.

    `outcome` is how the game ends; a player's name that it makes the move on the path, or uses the plan of
    that name; an information set the behaviour there: among the plans that allow it, the part that takes the
    action.  That part is defined only where some plan allows it: `surely` must prove that its divisor is not
    zero, else OutOfScope.  Raises UnknownName for anything that the tree lacks.
    """
    tree = form.tree
    if place == "outcome" and place not in tree.names:
        if action not in tree.outcome_names:
            raise UnknownName("outcome", action, tree.outcome_names)
        found = passages(form, mixture)
        return _sum(p.weight for p in found if tree.is_end(p.to) and tree.outcome(p.to).called == action)
    if place in tree.names:
        if kind is not None:
            raise OutOfScope(f"P({place}[{kind}] = {action}): name an information set of that type instead")
        return _move_chance(form, mixture, place, action)
    h = tree.information_set(set_called(tree, place, kind))
    if action not in h.actions:
        raise UnknownName(f"action at {h.name}", action, h.actions)
    chosen = _set_masses(form, mixture, h)
    allowed = _sum(chosen.values())
    if allowed.is_zero or not surely(allowed):
        raise OutOfScope(
            f"P({h.name} = {action}) has no value where the plans that {h.player} uses exclude coming to "
            f"{h.name}, and some equilibrium does; add a condition under which it comes there, or ask "
            "the concept subgame-perfect or perfect-bayesian, which plan for every information set"
        )
    return chosen[action] / allowed


def plan_behaviour(form: StrategicForm, mixture: Mixture) -> dict[str, dict[str, Value]]:
    """The behaviour of a mixture of plans at every information set; all zeros where no plan allows it."""
    found = {}
    for h in form.tree.information:
        masses = _set_masses(form, mixture, h)
        allowed = _sum(masses.values())
        found[h.name] = {a: m if m.is_zero else m / allowed for a, m in masses.items()}
    return found


def plan_type_payoff(form: StrategicForm, mixture: Mixture, player: str, kind: str) -> Value:
    """A player's expected payoff once it knows its own type; UnknownName for a type that it lacks."""
    tree = form.tree
    types = tree.player(player).types
    if kind not in types:
        raise UnknownName(f"type of {player}", kind, types)
    at = tree.names.index(player)
    total, mass = _ZERO, _ZERO
    for p in passages(form, mixture):
        if tree.is_end(p.to) and dict(p.node.types).get(player) == kind:
            mass = mass + p.weight
            total = total + p.weight * tree.outcome(p.to).payoffs[at]
    return total / mass


def _move_chance(form: StrategicForm, mixture: Mixture, player: str, action: str) -> Value:
    tree = form.tree
    moves = tuple(dict.fromkeys(a for h in tree.owned_by(player) for a in h.actions))
    if action not in moves:
        if action in mixture[player]:
            return mixture[player][action]
        raise UnknownName(f"action of {player}", action, (*moves, *mixture[player]))
    made: set[str] = set()  # the nodes after such a move: a second one on the way counts once
    total = _ZERO
    for p in passages(form, mixture):
        if p.node.id not in made and p.node.player == player and p.action == action:
            total = total + p.weight
            made.add(p.to)
        elif p.node.id in made:
            made.add(p.to)
    return total


def _masses(form: StrategicForm, mixture: Mixture) -> dict[tuple[str, Move], Value]:
    """The probability of each player's plans that make a move and what it did before."""
    return {
        (h.player, (h.name, action)): mass
        for h in form.tree.information
        for action, mass in _set_masses(form, mixture, h).items()
    }


def _set_masses(form: StrategicForm, mixture: Mixture, h: InformationSet) -> dict[str, Value]:
    """The probability of the plans that allow an information set, by the action they take there."""
    found = dict.fromkeys(h.actions, _ZERO)
    for plan in form.plans:
        if plan.player == h.player and h.name in plan.at and _allows(form, plan, h):
            action = plan.at[h.name]
            found[action] = found[action] + mixture[h.player][plan.name]
    return found


def _allows(form: StrategicForm, plan: Plan, h: InformationSet) -> bool:
    """Whether a plan makes all the moves of its player that lead to an information set."""
    last = form.before[h.nodes[0]].get(h.player)
    while last is not None:
        if plan.at.get(last[0]) != last[1]:
            return False
        last = form.before[form.tree.information_set(last[0]).nodes[0]].get(h.player)
    return True


def _sum(values: Iterable[Value]) -> Value:
    total = _ZERO
    for v in values:
        total = total + v
    return total
