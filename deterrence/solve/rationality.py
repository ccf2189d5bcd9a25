"""Sequential rationality at an information set: the condition that no other way of going on pays.

Path weights stay unnormalised (the sum over nodes of weight times payoff difference is compared with zero),
so there is no division by the probability of being reached.  One change of action suffices where beliefs
are consistent; with beliefs that are free at every set, whole plans are compared [HendonJacobsenSloth1996].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from deterrence.algebra.region import Region, all_of
from deterrence.algebra.value import Value, number, sign_region
from deterrence.games.tree import InformationSet
from deterrence.solve.frames import Frame, Pattern, Step

Weights = Mapping[str, Value]


def bayes_weights(f: Frame, h: InformationSet, pattern: Pattern) -> dict[str, Value]:
    """The weight of each node of a set that is reached, common factors left out; zeros are left out."""
    ways = {n: Counter(f.steps[n]) for n in h.nodes if not f.unused(n, pattern)}
    return shortened(f, ways, pattern)


def shortened(f: Frame, ways: Mapping[str, Counter[Step]], pattern: Pattern) -> dict[str, Value]:
    """The weights of ways whose steps are all used, without the factors that all have in common."""
    common = None
    for way in ways.values():
        common = way if common is None else common & way
    return {n: f.weight(way - (common or Counter()), pattern) for n, way in ways.items()}


def rational(f: Frame, h: InformationSet, pattern: Pattern, weights: Weights, plans: bool) -> Region:
    """No other action (or, with `plans`, no other plan) pays at the set, for these weights of its nodes."""
    if plans:
        return _plans(f, h, pattern, weights)
    at = f.tree.names.index(h.player)
    used = pattern[h.name]
    worth = {a: _worth(f, h, a, pattern, weights, at) for a in h.actions}
    best = worth[used[0]]
    return all_of(
        sign_region(best - worth[a], "==" if a in used else ">=") for a in h.actions if a != used[0]
    )


def _worth(
    f: Frame, h: InformationSet, action: str, pattern: Pattern, weights: Weights, player: int
) -> Value:
    total = number(0)
    for identifier, weight in weights.items():
        to = dict(f.tree.node(identifier).moves)[action]
        total = total + weight * f.values(to, pattern)[player]
    return total


def _plans(f: Frame, h: InformationSet, pattern: Pattern, weights: Weights) -> Region:
    """Pure plans from the set on: those that the pattern may follow are equal and no other is better."""
    at = f.tree.names.index(h.player)
    own = [f.tree.information_set(n) for n in f.set_below(h.name)]
    own = [h, *(g for g in own if g.player == h.player)]
    followed: list[Value] = []
    others: list[Value] = []
    for choice in product(*(g.actions for g in own)):
        plan = {g.name: a for g, a in zip(own, choice, strict=True)}
        changed = {**pattern, **{name: (a,) for name, a in plan.items()}}
        worth = _worth(f, h, plan[h.name], changed, weights, at)
        if all(plan[g.name] in pattern[g.name] for g in own if _allowed(f, g, h, plan)):
            followed.append(worth)
        else:
            others.append(worth)
    best = followed[0]
    conditions = [sign_region(best - v, "==") for v in dict.fromkeys(followed[1:]) if v != best]
    return all_of((*conditions, *(sign_region(best - v, ">=") for v in dict.fromkeys(others))))


def _allowed(f: Frame, g: InformationSet, h: InformationSet, plan: Mapping[str, str]) -> bool:
    """Whether a plan from `h` on does not itself exclude the player's later set `g`."""
    steps: Sequence[Step] = f.steps[g.nodes[0]]
    own = [s for s in steps if s[0] == "move" and s[1] in plan]
    return all(plan[place] == action for _, place, action in own)
