"""A tree prepared for solving: names for unknown probabilities, continuation values, who moves below whom.

A pattern says which actions are used at each information set; the probabilities of several used actions are
unknowns.  Continuation values are polynomials in them and the parameters, and are remembered by the part of
the pattern that they depend on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.value import Value, compare, number, sign_region, variable
from deterrence.errors import DomainError
from deterrence.games.tree import ExtensiveForm, InformationSet

Pattern = Mapping[str, tuple[str, ...]]  # the actions used, by information set
Step = tuple[str, str, str]  # ("move", information set, action) or ("chance", node, action)
_ZERO, _ONE = number(0), number(1)


@dataclass(frozen=True)
class Frame:
    """What the solvers for trees ask again and again; make one with `frame`."""

    tree: ExtensiveForm
    ask: Prover
    mixing: Mapping[tuple[str, str], str]  # the name of an action's unknown probability
    steps: Mapping[str, tuple[Step, ...]]  # the way to each node
    below: Mapping[str, tuple[str, ...]]  # the information sets at a node or after it
    taken: frozenset[str]  # every name in use
    _memo: dict[tuple[str, tuple[tuple[str, ...], ...]], tuple[Value, ...]] = field(default_factory=dict)

    def set_below(self, name: str) -> tuple[str, ...]:
        """The information sets after one, itself left out."""
        found = {h: None for n in self.tree.information_set(name).nodes for h in self.below[n]}
        return tuple(h for h in found if h != name)

    def chances(self, name: str, used: tuple[str, ...]) -> dict[str, Value]:
        """The probability of every action at an information set, given those that are used."""
        actions = self.tree.information_set(name).actions
        found = dict.fromkeys(actions, _ZERO)
        rest = _ONE
        for action in used[:-1]:
            found[action] = variable(self.mixing[name, action])
            rest = rest - found[action]
        found[used[-1]] = rest
        return found

    def unknowns(self, name: str, used: tuple[str, ...]) -> tuple[str, ...]:
        """The names of the unknown probabilities at an information set."""
        return tuple(self.mixing[name, a] for a in used[:-1])

    def bounds(self, name: str, used: tuple[str, ...]) -> Region:
        """Used actions have probabilities above zero."""
        if len(used) == 1:
            return EVERYWHERE
        return all_of(sign_region(v, ">") for a, v in self.chances(name, used).items() if a in used)

    def values(self, identifier: str, pattern: Pattern) -> tuple[Value, ...]:
        """Every player's expected payoff once play has come to a node or an outcome."""
        if self.tree.is_end(identifier):
            return self.tree.outcome(identifier).payoffs
        key = (identifier, tuple(pattern[h] for h in self.below[identifier]))
        known = self._memo.get(key)
        if known is not None:
            return known
        node = self.tree.node(identifier)
        chosen = None if node.is_chance else self.chances(node.known_as, pattern[node.known_as])
        total = [_ZERO] * len(self.tree.players)
        for k, (action, to) in enumerate(node.moves):
            chance = node.probabilities[k] if chosen is None else chosen[action]
            if not chance.is_zero:
                total = [t + chance * v for t, v in zip(total, self.values(to, pattern), strict=True)]
        self._memo[key] = tuple(total)
        return self._memo[key]

    def weight(self, steps: Counter[Step], pattern: Pattern) -> Value:
        """The probability of steps all of which are possible."""
        total = _ONE
        for (kind, place, action), times in steps.items():
            if kind == "chance":
                node = self.tree.node(place)
                chance = node.probabilities[node.actions.index(action)]
            else:
                chance = self.chances(place, pattern[place])[action]
            total = total * chance**times
        return total

    def unused(self, identifier: str, pattern: Pattern) -> Counter[Step]:
        """The steps on the way to a node that the pattern gives probability zero."""
        return Counter(
            step for step in self.steps[identifier] if step[0] == "move" and step[2] not in pattern[step[1]]
        )


def frame(tree: ExtensiveForm) -> Frame:
    """The frame of a tree.

    Raises DomainError for assumptions that contradict each other, payoffs that are not proved defined, and
    chance moves that are not proved to have a probability above zero.
    """
    ask = prover(tree.domain.given)
    if ask.satisfiable(EVERYWHERE) is False:
        raise DomainError(
            "the assumptions contradict each other, so there is no parameter value to solve for; "
            "drop one of: " + "; ".join(str(a) for a in tree.domain.assumptions)
        )
    for outcome in tree.outcomes:
        for v in outcome.payoffs:
            if ask.holds(sign_region(v.denominator, "!=")) is not True:
                raise DomainError(
                    f"the payoff {v} at outcome {outcome.id} is not proved to be defined: its "
                    f"denominator may be zero; add an assumption such as {v.denominator} > 0"
                )
    for node in tree.nodes:
        for (action, _), chance in zip(node.moves, node.probabilities, strict=False):
            if ask.holds(compare(chance, ">", number(0))) is not True:
                raise DomainError(
                    f"node {node.id}: the probability {chance} of {action!r} is not proved to be above zero, "
                    f"and beliefs need that; assume {chance} > 0, or leave the move out"
                )
    taken = set(tree.domain.names)
    mixing = {}
    for h in tree.information:
        for action in h.actions:
            name = fresh_name(f"p_{plain(h)}_{action}", taken)
            taken.add(name)
            mixing[h.name, action] = name
    steps: dict[str, tuple[Step, ...]] = {tree.root.id: ()}
    for identifier in tree.order:
        node = tree.node(identifier)
        for action, to in node.moves:
            if not tree.is_end(to):
                kind = ("chance", node.id) if node.is_chance else ("move", node.known_as)
                steps[to] = (*steps[identifier], (*kind, action))
    below: dict[str, tuple[str, ...]] = {}
    for identifier in reversed(tree.order):
        node = tree.node(identifier)
        own = () if node.is_chance else (node.known_as,)
        later = (h for _, to in node.moves if not tree.is_end(to) for h in below[to])
        below[identifier] = tuple(dict.fromkeys((*own, *later)))
    return Frame(tree, ask, mixing, steps, below, frozenset(taken))


def plain(h: InformationSet) -> str:
    """An information set's name as part of a parameter name."""
    return f"{h.place}_{h.kind}" if h.kind else h.name


def supports(h: InformationSet) -> list[tuple[str, ...]]:
    """Every non-empty set of actions, small ones first."""
    found = [
        tuple(a for a, chosen in zip(h.actions, bits, strict=True) if chosen)
        for bits in product((True, False), repeat=len(h.actions))
        if any(bits)
    ]
    return sorted(found, key=len)


def bottom_up(tree: ExtensiveForm) -> tuple[InformationSet, ...]:
    """The information sets, deepest first, so that what follows is mostly decided before."""
    depth: dict[str, int] = {}
    for identifier in tree.order:
        node = tree.node(identifier)
        before = tree.parents.get(identifier)
        depth[identifier] = depth[before[0]] + 1 if before else 0
        if not node.is_chance:
            name = node.known_as
            depth[f"set {name}"] = max(depth.get(f"set {name}", 0), depth[identifier])
    return tuple(sorted(tree.information, key=lambda h: -depth[f"set {h.name}"]))
