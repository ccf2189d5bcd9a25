"""Why a pure profile of a tree is, or is not, an equilibrium: every one-shot deviation with its gain.

At each information set, what would another action bring, if everybody keeps to the profile afterwards?
On the path beliefs follow Bayes' rule; off it a set of several nodes has a row for each of its nodes.
Where beliefs follow from the profile, no other deviations need a look [HendonJacobsenSloth1996].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.algebra.eliminate import exists
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import Region, all_of, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, number, sign_region, variable
from deterrence.errors import GameError, UnknownName
from deterrence.games.behaviour import Behaviour, move_chances, reach
from deterrence.games.tree import ExtensiveForm, InformationSet

_ZERO, _ONE = number(0), number(1)


@dataclass(frozen=True)
class TreeDeviation:
    """One change of action at one information set, its gain, and the region where it does not pay.

    `node` is the node that the mover is assumed to be at, off the path at a set of several nodes; else it
    is empty and the gain is expected, by Bayes' rule.  `on_path` says whether play comes to the set.
    """

    player: str
    place: str
    action: str
    instead: str
    gain: Value
    deterred_where: Region
    on_path: bool
    node: str = ""


def pure_behaviour(tree: ExtensiveForm, choice: Mapping[str, str]) -> dict[str, dict[str, Value]]:
    """A pure profile from a table of information set to action; `answer` stands for all types at it.

    Raises UnknownName, and GameError where a set is left out or named twice.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": ["u"], "y": [0]})
    >>> {a: str(v) for a, v in pure_behaviour(tree, {"n": "b"})["n"].items()}
    {'a': '0', 'b': '1'}
    """
    chosen: dict[str, str] = {}
    for name, action in choice.items():
        sets = [h for h in tree.information if name in (h.name, h.place)]
        if not sets:
            raise UnknownName("information set", name, (h.name for h in tree.information))
        for h in sets:
            if action not in h.actions:
                raise UnknownName(f"action at {h.name}", action, h.actions)
            if h.name in chosen:
                raise GameError(f"{h.name} has two actions, {chosen[h.name]} and {action}; give it one")
            chosen[h.name] = action
    missing = [h.name for h in tree.information if h.name not in chosen]
    if missing:
        raise GameError(f"no action given at {', '.join(missing)}; name one for every information set")
    return {h.name: {a: _ONE if a == chosen[h.name] else _ZERO for a in h.actions} for h in tree.information}


def tree_deviations(tree: ExtensiveForm, behaviour: Behaviour) -> tuple[TreeDeviation, ...]:
    """Every one-shot deviation from a pure profile, by information set in the order of the tree.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": ["u"], "y": [0]})
    >>> [str(d.gain) for d in tree_deviations(tree, pure_behaviour(tree, {"n": "b"}))]
    ['u']
    """
    weights = reach(tree, behaviour)
    worth = _continuations(tree, behaviour)
    given = tree.domain.given
    found = []
    for h in tree.information:
        own = _action(behaviour, h)
        on_path = any(n in weights for n in h.nodes)
        for action in h.actions:
            if action == own:
                continue
            gains = {n: _gain(tree, worth, n, own, action) for n in h.nodes}
            if on_path or len(h.nodes) == 1:
                cases = {"": _expected(gains, weights) if on_path else gains[h.nodes[0]]}
            else:
                cases = gains
            for node, gain in cases.items():
                region = tidy(sign_region(gain, "<="), given)
                found.append(TreeDeviation(h.player, h.name, own, action, gain, region, on_path, node))
    return tuple(found)


def rational_region(tree: ExtensiveForm, behaviour: Behaviour) -> Region:
    """Where no one-shot deviation pays, for some belief at each set of several nodes off the path.

    In a tree of perfect information that is subgame perfection.  Beliefs are any, one set at a time: they
    need not be consistent with each other, so a sequential equilibrium may ask for more.
    """
    parts: list[Region] = []
    loose: dict[str, dict[str, list[Value]]] = {}
    for d in tree_deviations(tree, behaviour):
        if d.node:
            loose.setdefault(d.place, {}).setdefault(d.node, []).append(d.gain)
        else:
            parts.append(d.deterred_where)
    given = tree.domain.given
    for gains in loose.values():
        parts.append(_some_belief(gains, given))
    return tidy(all_of(parts), given)


def _some_belief(gains: Mapping[str, list[Value]], given: Region) -> Region:
    """Where some belief over the nodes makes no deviation pay."""
    taken = set(names_of(given)) | {n for row in gains.values() for v in row for n in v.names}
    names: list[str] = []
    for node in gains:
        name = fresh_name(f"b_{node.replace('/', '_')}", taken)
        taken.add(name)
        names.append(name)
    beliefs = [variable(n) for n in names]
    total = sum(beliefs[1:], beliefs[0])
    conditions = [compare(total, "==", _ONE), *(compare(b, ">=", _ZERO) for b in beliefs)]
    for row in zip(*gains.values(), strict=True):
        terms = [b * gain for b, gain in zip(beliefs, row, strict=True)]
        conditions.append(sign_region(sum(terms[1:], terms[0]), "<="))
    return exists(all_of(conditions), names, given)


def _action(behaviour: Behaviour, h: InformationSet) -> str:
    used = [a for a, v in behaviour[h.name].items() if not v.is_zero]
    if len(used) != 1:
        raise GameError(
            f"at {h.name} several actions are used; one-shot deviations are shown for pure profiles"
        )
    return used[0]


def _continuations(tree: ExtensiveForm, behaviour: Behaviour) -> dict[str, tuple[Value, ...]]:
    """Every player's expected payoff from each node on."""
    worth = {o.id: o.payoffs for o in tree.outcomes}
    for identifier in reversed(tree.order):
        node = tree.node(identifier)
        total = [_ZERO] * len(tree.players)
        for (_, to), chance in zip(node.moves, move_chances(node, behaviour), strict=True):
            if not chance.is_zero:
                total = [t + chance * v for t, v in zip(total, worth[to], strict=True)]
        worth[identifier] = tuple(total)
    return worth


def _gain(
    tree: ExtensiveForm, worth: Mapping[str, tuple[Value, ...]], identifier: str, own: str, action: str
) -> Value:
    node = tree.node(identifier)
    at = tree.names.index(node.player)
    moves = dict(node.moves)
    return worth[moves[action]][at] - worth[moves[own]][at]


def _expected(gains: Mapping[str, Value], weights: Mapping[str, Value]) -> Value:
    """The gain under the belief that Bayes' rule gives."""
    total, mass = _ZERO, _ZERO
    for node, gain in gains.items():
        if node in weights:
            total = total + weights[node] * gain
            mass = mass + weights[node]
    return total / mass
