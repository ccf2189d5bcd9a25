"""Assessments of numeric trees by definition: sequential rationality, Bayes' rule, Kreps-Wilson consistency.

An assessment is behaviour (the chance of each action at each information set) and beliefs (the chance of each
node of each information set).  `faults` says everything that keeps one from being an equilibrium: for "weak", a
weak perfect Bayesian equilibrium; for "sequential", a sequential equilibrium.

Rationality: at every information set no plan, a pure choice there and at all later sets of the same player,
earns more than the prescribed behaviour, given the belief there and what the others do.  Whole plans are
compared, so no one-shot deviation principle is used, which weak beliefs would not allow.

Consistency: by the labels of [KrepsWilson1982], see [PereaJansenPeters1997].  An assessment is the limit of
completely mixed ones with Bayesian beliefs exactly if actions of probability zero have exponents e >= 1 and
multipliers c > 0 (used actions: exponent 0, multiplier their probability) such that at every information set the
believed nodes are those with the least sum of exponents along their history, and beliefs are proportional to
the products of multipliers.  Given numbers, exponents and multipliers do not meet: for exponents a linear
programme remains; for multipliers a system linear in logarithms, solvable exactly if every whole-number relation
among the rows holds, as a product, of the ratios.  Both are decided in fractions.

Imports nothing of the library: `tree_at` reads a game's fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from tests.oracles.feasible import Row, feasible, left_nullspace

Behaviour = Mapping[str, Mapping[str, Fraction]]
Beliefs = Mapping[str, Mapping[str, Fraction]]
Plan = Mapping[str, str]
Action = tuple[str, str]  # information set and action
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Tree:
    """A numeric game: `moves` of every node, who moves (None: chance), information sets, payoffs at the ends."""

    root: str
    moves: Mapping[str, Mapping[str, str]]
    mover: Mapping[str, str | None]
    chances: Mapping[str, Mapping[str, Fraction]]
    set_of: Mapping[str, str]
    payoffs: Mapping[str, Mapping[str, Fraction]]

    @cached_property
    def sets(self) -> dict[str, tuple[str, ...]]:
        """The nodes of every information set."""
        found: dict[str, list[str]] = {}
        for node, name in self.set_of.items():
            found.setdefault(name, []).append(node)
        return {name: tuple(nodes) for name, nodes in found.items()}

    @cached_property
    def actions(self) -> dict[str, tuple[str, ...]]:
        """The actions at every information set."""
        return {name: tuple(self.moves[nodes[0]]) for name, nodes in self.sets.items()}

    def owner(self, name: str) -> str:
        """The player who moves at an information set."""
        player = self.mover[self.sets[name][0]]
        assert player is not None
        return player

    @cached_property
    def histories(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """For every node the (node, action) pairs on the way to it."""
        found: dict[str, tuple[tuple[str, str], ...]] = {self.root: ()}
        for node in list(self._below(self.root)):
            for action, to in self.moves[node].items():
                found[to] = (*found[node], (node, action))
        return {n: way for n, way in found.items() if n in self.moves}

    def _below(self, node: str) -> Iterator[str]:
        if node in self.moves:
            yield node
            for to in self.moves[node].values():
                yield from self._below(to)

    @cached_property
    def later(self) -> dict[str, tuple[str, ...]]:
        """For every information set, itself and those of the same player that may follow."""
        found = {}
        for name, nodes in self.sets.items():
            below = {self.set_of[n] for x in nodes for n in self._below(x) if n in self.set_of}
            found[name] = (name, *sorted(h for h in below - {name} if self.owner(h) == self.owner(name)))
        return found

    def plans(self, name: str) -> list[dict[str, str]]:
        """Every pure choice at an information set and at the player's later ones."""
        sets = self.later[name]
        return [dict(zip(sets, chosen, strict=True)) for chosen in product(*(self.actions[h] for h in sets))]


def tree_at(game: Any, point: Mapping[str, Fraction]) -> Tree:
    """The numeric tree of a game in extensive form at an exact point."""
    names = [p.name for p in game.players]
    nodes = {n.id: n for n in game.nodes}
    chances = {
        n.id: {a: v.at(point) for (a, _), v in zip(n.moves, n.probabilities, strict=True)}
        for n in game.nodes
        if n.player == "chance"
    }
    for drawn in chances.values():
        assert sum(drawn.values()) == 1 and min(drawn.values()) > 0, "chance moves have full support"
    # an outcome may end several moves, so each end is told apart by the move that leads to it
    moves, payoffs = {}, {}
    worth = {o.id: {p: v.at(point) for p, v in zip(names, o.payoffs, strict=True)} for o in game.outcomes}
    for n in game.nodes:
        moves[n.id] = {a: to if to in nodes else f"{n.id}.{a}" for a, to in n.moves}
        payoffs |= {f"{n.id}.{a}": worth[to] for a, to in n.moves if to not in nodes}
    return Tree(
        game.nodes[0].id,
        moves,
        {n.id: None if n.id in chances else n.player for n in game.nodes},
        chances,
        {n.id: n.information or n.id for n in game.nodes if n.id not in chances},
        payoffs,
    )


def worth(tree: Tree, node: str, player: str, behaviour: Behaviour, plan: Plan) -> Fraction:
    """A player's expected payoff from a node on, if it follows the plan where the plan says something."""
    if node in tree.payoffs:
        return tree.payoffs[node][player]
    total = ZERO
    for action, chance in chances_at(tree, node, behaviour, plan).items():
        if chance:
            total += chance * worth(tree, tree.moves[node][action], player, behaviour, plan)
    return total


def chances_at(tree: Tree, node: str, behaviour: Behaviour, plan: Plan) -> Mapping[str, Fraction]:
    """The chance of each action at a node."""
    if tree.mover[node] is None:
        return tree.chances[node]
    name = tree.set_of[node]
    return {plan[name]: ONE} if name in plan else behaviour[name]


def gains(tree: Tree, name: str, behaviour: Behaviour) -> list[dict[str, Fraction]]:
    """For every plan at an information set: what the prescribed behaviour earns more, node by node."""
    player = tree.owner(name)
    kept = {x: worth(tree, x, player, behaviour, {}) for x in tree.sets[name]}
    return [
        {x: kept[x] - worth(tree, x, player, behaviour, plan) for x in tree.sets[name]}
        for plan in tree.plans(name)
    ]


def reach(tree: Tree, behaviour: Behaviour) -> dict[str, Fraction]:
    """The probability with which play comes to each node."""
    return {
        node: prod((chances_at(tree, x, behaviour, {})[a] for x, a in way), start=ONE)
        for node, way in tree.histories.items()
    }


def bayes(tree: Tree, behaviour: Behaviour) -> dict[str, dict[str, Fraction]]:
    """The beliefs at the information sets that are reached."""
    found = reach(tree, behaviour)
    beliefs = {}
    for name, nodes in tree.sets.items():
        total = sum((found[x] for x in nodes), ZERO)
        if total:
            beliefs[name] = {x: found[x] / total for x in nodes}
    return beliefs


def faults(tree: Tree, behaviour: Behaviour, beliefs: Beliefs, kind: str) -> list[str]:
    """What keeps an assessment from being an equilibrium, `kind` "weak" or "sequential"; empty if nothing.

    Beliefs at information sets of one node may be left out.
    """
    assert kind in ("weak", "sequential")
    full = _with_single_nodes(tree, beliefs)
    found = []
    for name, nodes in tree.sets.items():
        for table, keys in ((behaviour[name], tree.actions[name]), (full[name], nodes)):
            if set(table) != set(keys) or sum(table.values()) != 1 or min(table.values()) < 0:
                found.append(f"{name}: {dict(table)} is no distribution over {keys}")
    if found:
        return found
    for name in tree.sets:
        for plan, gain in zip(tree.plans(name), gains(tree, name, behaviour), strict=True):
            more = sum((full[name][x] * gain[x] for x in tree.sets[name]), ZERO)
            if more < 0:
                found.append(f"{name}: {plan} gains {-more}")
    for name, required in bayes(tree, behaviour).items():
        if full[name] != required:
            found.append(f"{name}: beliefs {full[name]}, Bayes {required}")
    if kind == "sequential" and not consistent(tree, behaviour, full):
        found.append("the beliefs are not consistent")
    return found


def _with_single_nodes(tree: Tree, beliefs: Beliefs) -> dict[str, Mapping[str, Fraction]]:
    """The beliefs, certain where an information set has one node."""
    return {h: beliefs[h] if len(nodes) > 1 else {nodes[0]: ONE} for h, nodes in tree.sets.items()}


def consistent(tree: Tree, behaviour: Behaviour, beliefs: Beliefs) -> bool:
    """Whether an assessment is the limit of completely mixed behaviour with Bayesian beliefs."""
    labels = Labels(tree, behaviour)
    beliefs = _with_single_nodes(tree, beliefs)
    believed = {h: tuple(x for x in nodes if beliefs[h][x]) for h, nodes in tree.sets.items()}
    if not labels.exponents_exist(believed):
        return False
    rows, ratios = [], []
    for h, nodes in believed.items():
        for x in nodes[1:]:
            rows.append(labels.difference(x, nodes[0]))
            known = labels.known[x] / labels.known[nodes[0]]
            ratios.append(beliefs[h][x] / beliefs[h][nodes[0]] / known)
    return all(
        prod((r**power for r, power in zip(ratios, y, strict=True)), start=ONE) == 1
        for y in left_nullspace(rows)
    )


class Labels:
    """Along every node's history: the actions of probability zero, and the product of the other chances."""

    def __init__(self, tree: Tree, behaviour: Behaviour) -> None:
        self.tree = tree
        self.unused: list[Action] = [
            (h, a) for h, actions in tree.actions.items() for a in actions if not behaviour[h][a]
        ]
        at = {action: i for i, action in enumerate(self.unused)}
        self.powers: dict[str, tuple[int, ...]] = {}
        self.known: dict[str, Fraction] = {}
        for node, way in tree.histories.items():
            powers, known = [0] * len(at), ONE
            for x, a in way:
                chance = chances_at(tree, x, behaviour, {})[a]
                if chance:
                    known *= chance
                else:
                    powers[at[tree.set_of[x], a]] += 1
            self.powers[node], self.known[node] = tuple(powers), known

    def difference(self, x: str, y: str) -> tuple[int, ...]:
        """The powers of one node less those of another."""
        return tuple(a - b for a, b in zip(self.powers[x], self.powers[y], strict=True))

    def exponents_exist(self, believed: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether exponents exist for which exactly the believed nodes are the likeliest of their set.

        Solutions can be multiplied, so every strict inequality may ask for a difference of one.
        """
        size = len(self.unused)
        rows: list[Row] = []
        # an exponent is one more than an unknown >= 0
        for h, nodes in believed.items():
            for x in self.tree.sets[h]:
                powers = self.difference(x, nodes[0])
                if x in nodes:
                    rows.append((powers, "==", -sum(powers)))
                else:
                    rows.append((powers, ">=", 1 - sum(powers)))
        return feasible(rows, size) is not None
