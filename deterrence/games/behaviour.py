"""What follows from behaviour in a tree: payoffs, outcomes and moves with their probabilities.

Behaviour is a table of tables: the probability of each action at each information set.  Results are exact
expressions in whatever the probabilities are expressed in.
"""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.tree import ExtensiveForm, Node

Behaviour = Mapping[str, Mapping[str, Value]]
_ZERO, _ONE = number(0), number(1)


def move_chances(node: Node, behaviour: Behaviour) -> tuple[Value, ...]:
    """The probability of each move at a node, in the order of its moves."""
    if node.is_chance:
        return node.probabilities
    chosen = behaviour[node.known_as]
    return tuple(chosen[a] for a in node.actions)


def reach(tree: ExtensiveForm, behaviour: Behaviour) -> dict[str, Value]:
    """The probability with which play comes to each node and to each outcome (by id); zeros are left out."""
    found: dict[str, Value] = {tree.root.id: _ONE}
    for identifier in tree.order:
        if identifier not in found:
            continue
        node = tree.node(identifier)
        for (_, to), chance in zip(node.moves, move_chances(node, behaviour), strict=True):
            if not chance.is_zero:
                weight = found[identifier] * chance
                found[to] = found[to] + weight if to in found else weight
    return found


def expected_payoffs(tree: ExtensiveForm, behaviour: Behaviour) -> tuple[Value, ...]:
    """Every player's expected payoff, in the order of the players.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": ["u"], "y": ["v"]})
    >>> half = number(1) / number(2)
    >>> str(expected_payoffs(tree, {"n": {"a": half, "b": half}})[0])
    '(u + v)/2'
    """
    weights = reach(tree, behaviour)
    total = [_ZERO] * len(tree.players)
    for outcome in tree.outcomes:
        if outcome.id in weights:
            total = [t + weights[outcome.id] * v for t, v in zip(total, outcome.payoffs, strict=True)]
    return tuple(total)


def type_payoff(tree: ExtensiveForm, behaviour: Behaviour, player: str, kind: str) -> Value:
    """A player's expected payoff once it knows its own type.

    Raises UnknownName for a type that the player lacks.
    """
    types = tree.player(player).types
    if kind not in types:
        raise UnknownName(f"type of {player}", kind, types)
    weights = {tree.root.id: _ONE}
    total, mass = _ZERO, _ZERO
    at = tree.names.index(player)
    for identifier in tree.order:
        node = tree.node(identifier)
        if identifier not in weights:
            continue
        for (_, to), chance in zip(node.moves, move_chances(node, behaviour), strict=True):
            if chance.is_zero:
                continue
            weight = weights[identifier] * chance
            if node.is_chance and not tree.is_end(to) and not node.types:
                drawn = dict(tree.node(to).types).get(player)
                if drawn is not None and drawn != kind:
                    continue
                mass = mass + weight
            if tree.is_end(to):
                total = total + weight * tree.outcome(to).payoffs[at]
            else:
                weights[to] = weight
    return total / mass


def outcome_chances(tree: ExtensiveForm, behaviour: Behaviour) -> dict[str, Value]:
    """The probability of every outcome, by name.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": [1], "y": [0]})
    >>> {o: str(v) for o, v in outcome_chances(tree, {"n": {"a": number(1), "b": number(0)}}).items()}
    {'x': '1', 'y': '0'}
    """
    weights = reach(tree, behaviour)
    found = dict.fromkeys(tree.outcome_names, _ZERO)
    for outcome in tree.outcomes:
        if outcome.id in weights:
            found[outcome.called] = found[outcome.called] + weights[outcome.id]
    return found


def move_chance(tree: ExtensiveForm, behaviour: Behaviour, player: str, action: str) -> Value:
    """The probability that a player makes a move of this name at least once on the path.

    Raises UnknownName for a player or an action that the tree lacks.
    """
    owned = tree.owned_by(player)
    known = tuple(dict.fromkeys(a for h in owned for a in h.actions))
    if action not in known:
        raise UnknownName(f"action of {player}", action, known)
    weights = {tree.root.id: _ONE}
    total = _ZERO
    for identifier in tree.order:
        if identifier not in weights:
            continue
        node = tree.node(identifier)
        for (move, to), chance in zip(node.moves, move_chances(node, behaviour), strict=True):
            if chance.is_zero:
                continue
            weight = weights[identifier] * chance
            if node.player == player and move == action:
                total = total + weight  # what follows is not looked at, so a second such move counts once
            elif not tree.is_end(to):
                weights[to] = weight
    return total


def set_called(tree: ExtensiveForm, place: str, kind: str | None) -> str:
    """The information set that `place` or `place[kind]` means.

    Raises UnknownName for a place or type that the tree lacks, GameError where the type is missing.
    """
    at_place = [h for h in tree.information if h.place == place or h.name == place]
    if not at_place:
        raise UnknownName("player or information set", place, (*tree.names, *_places(tree)))
    kinds = [h.kind for h in at_place]
    if kind is None:
        if kinds != [""]:
            written = ", ".join(f"{place}[{k}]" for k in kinds)
            raise GameError(f"{place} is reached by several types; say which: {written}")
        return at_place[0].name
    for h in at_place:
        if h.kind == kind:
            return h.name
    if kinds == [""]:
        raise GameError(f"{place}[{kind}]: the player who moves at {place} has no types; write {place}")
    raise UnknownName(f"type at {place}", kind, kinds)


def _places(tree: ExtensiveForm) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h.place for h in tree.information))


def chance_of(tree: ExtensiveForm, behaviour: Behaviour, place: str, action: str, kind: str | None) -> Value:
    """What `P(place = action)` and `P(place[kind] = action)` mean in a tree.

    A player's name means that the move occurs on the path, `outcome` that the game ends there, and an
    information set the behaviour at it, whether it is reached or not.
    """
    if place == "outcome" and place not in tree.names:
        found = outcome_chances(tree, behaviour)
        if action not in found:
            raise UnknownName("outcome", action, found)
        return found[action]
    if place in tree.names:
        if kind is not None:
            raise OutOfScope(f"P({place}[{kind}] = {action}): name an information set of that type instead")
        return move_chance(tree, behaviour, place, action)
    name = set_called(tree, place, kind)
    strategy = behaviour[name]
    if action not in strategy:
        raise UnknownName(f"action at {name}", action, strategy)
    return strategy[action]
