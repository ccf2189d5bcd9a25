"""What a tree must satisfy: every fault with the node it concerns, what is allowed, and the remedy.

Structure first (one root, no cycles, every node and outcome reached by a move), then information sets (one
player, the same moves), chance (probabilities proved to lie in 0..1 and to sum to one), perfect recall.
Source: [Kuhn1953].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import KEYWORDS, NAME
from deterrence.algebra.value import number, sign_region
from deterrence.errors import Problem

if TYPE_CHECKING:
    from deterrence.games.tree import ExtensiveForm, Node

_CHANCE = "chance"
_SET_NAME = re.compile(rf"(?P<place>{NAME.pattern})(\[(?P<kind>{NAME.pattern})\])?")
_SHOWN = 5


def tree_faults(tree: ExtensiveForm) -> list[Problem]:
    """Everything that is wrong with a tree; later checks wait until the earlier ones find nothing."""
    for checks in (_names, _structure, _information, _chance, _recall):
        faults = list(checks(tree))
        if faults:
            return faults
    return []


def _names(tree: ExtensiveForm) -> Iterator[Problem]:
    rule = "use letters, digits and _, beginning with a letter, and no word of the grammar"
    players = [p.name for p in tree.players]
    if not players:
        yield Problem("players", "there are none", "name at least one player")
    for name, count in Counter(players).items():
        if count > 1:
            yield Problem("players", f"{name!r} is listed {count} times", "list each player once")
        if name == _CHANCE:
            yield Problem("players", "'chance' is the name of chance moves", "call the player something else")
    named = [(f"player {n}", n) for n in players]
    named += [(f"node {n.id}", a) for n in tree.nodes for a in n.actions]
    named += [(f"outcome {o.id}", o.called) for o in tree.outcomes]
    for place, name in dict.fromkeys(named):
        if not _is_name(name):
            yield Problem(place, f"{name!r} cannot be a name", rule)
    for node in tree.nodes:
        if node.player == _CHANCE:
            continue
        if node.player not in players:
            yield Problem(f"node {node.id}", f"{node.player!r} is not a player", _near(node.player, players))
        match = _SET_NAME.fullmatch(node.known_as)
        if not match or match["place"] in KEYWORDS:
            yield Problem(f"node {node.id}", f"{node.known_as!r} cannot name an information set", rule)
        elif node.known_as in players:
            problem = f"its information set has the name of the player {node.known_as}"
            yield Problem(f"node {node.id}", problem, "players and information sets need different names")


def _is_name(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and name not in KEYWORDS


def _near(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"allowed: {', '.join(known[:20])}" + (f"; did you mean {close[0]!r}?" if close else "")


def _structure(tree: ExtensiveForm) -> Iterator[Problem]:
    ids = [n.id for n in tree.nodes]
    ends = [o.id for o in tree.outcomes]
    if not ids:
        yield Problem("nodes", "there are none", "the first node is the root of the tree")
        return
    for name, count in Counter([*ids, *ends]).items():
        if count > 1:
            what = "a node and an outcome" if name in ids and name in ends else f"{count} nodes or outcomes"
            yield Problem(f"node {name}", f"{name!r} names {what}", "give each a name of its own")
    known, finals = set(ids), set(ends)
    incoming: dict[str, list[str]] = {}
    for node in tree.nodes:
        if not node.moves:
            yield Problem(
                f"node {node.id}", "it has no moves", "add moves = { action = ... } or make it an outcome"
            )
        for action, count in Counter(node.actions).items():
            if count > 1:
                yield Problem(
                    f"node {node.id}", f"the move {action!r} is listed {count} times", "name it once"
                )
        for action, to in node.moves:
            if to in known:
                incoming.setdefault(to, []).append(node.id)
            elif to not in finals:
                problem = f"the move {action!r} leads to {to!r}, which is neither a node nor an outcome"
                yield Problem(f"node {node.id}", problem, _near(to, [*ids, *ends]))
    reached, circle = _reach(tree, known)
    if circle:
        problem = f"the moves run in a circle: {' -> '.join(circle)}"
        yield Problem(
            f"node {circle[0]}", problem, "a tree never returns to a node: copy it, or end the game"
        )
        return
    if ids[0] in incoming:
        problem = f"the root is reached by a move at {incoming[ids[0]][0]}"
        yield Problem(f"node {ids[0]}", problem, "put the node where the game begins first")
    for to, sources in incoming.items():
        if len(sources) > 1:
            places = ", ".join(list(dict.fromkeys(sources))[:4])
            problem = f"it is reached by {len(sources)} moves, at {places}"
            yield Problem(
                f"node {to}", problem, "in a tree one way leads to each node: copy the node for each way"
            )
    lost = [i for i in ids if i not in reached]
    for i in lost[:_SHOWN]:
        yield Problem(
            f"node {i}", f"no move leads to it from the root {ids[0]!r}", "lead a move to it, or remove it"
        )
    used = {to for n in tree.nodes for _, to in n.moves}
    for o in tree.outcomes:
        if o.id not in used:
            yield Problem(f"outcome {o.id}", "no move leads to it", "lead a move to it, or remove it")
        if len(o.payoffs) != len(tree.players):
            problem = f"it has {len(o.payoffs)} payoffs for {len(tree.players)} players"
            yield Problem(f"outcome {o.id}", problem, "give one payoff for each player")


def _reach(tree: ExtensiveForm, known: set[str]) -> tuple[set[str], list[str]]:
    """The nodes that moves reach, and a circle if there is one, without recursion."""
    moves: dict[str, list[str]] = {n.id: [to for _, to in n.moves if to in known] for n in tree.nodes}
    reached: set[str] = set()
    done: set[str] = set()
    for start in moves:
        if start in done:
            continue
        way: list[str] = [start]
        on_way = {start}
        ahead = [iter(moves[start])]
        while way:
            to = next(ahead[-1], None)
            if to is None:
                ahead.pop()
                on_way.discard(way[-1])
                done.add(way.pop())
            elif to in on_way:
                return reached, [*way[way.index(to) :], to]
            elif to not in done:
                way.append(to)
                on_way.add(to)
                ahead.append(iter(moves[to]))
        if start == tree.nodes[0].id:
            reached = set(done)
    return reached, []


def _information(tree: ExtensiveForm) -> Iterator[Problem]:
    first: dict[str, Node] = {}
    for node in tree.nodes:
        if node.is_chance:
            if node.information:
                problem = f"chance moves here, and it is given the information set {node.information!r}"
                yield Problem(f"node {node.id}", problem, "chance has no information sets: remove the key")
            continue
        other = first.setdefault(node.known_as, node)
        if other.player != node.player:
            problem = (
                f"the information set {node.known_as!r} joins it with {other.id!r}, "
                f"but {node.player} moves here and {other.player} there"
            )
            yield Problem(f"node {node.id}", problem, "an information set belongs to one player")
        elif other.actions != node.actions:
            problem = (
                f"the information set {node.known_as!r} joins it with {other.id!r}, but the moves here are "
                f"{', '.join(node.actions)} and there {', '.join(other.actions)}"
            )
            yield Problem(
                f"node {node.id}", problem, "nodes of one information set have the same moves, in one order"
            )


def _chance(tree: ExtensiveForm) -> Iterator[Problem]:
    ask = prover(tree.domain.given)
    for node in tree.nodes:
        place = f"node {node.id}"
        if not node.is_chance:
            if node.probabilities:
                yield Problem(place, f"{node.player} moves here, not chance", "remove the probabilities")
            continue
        if len(node.probabilities) != len(node.moves):
            yield Problem(
                place, "chance moves here without a probability for each move", "add probabilities = { ... }"
            )
            continue
        total = number(0)
        for (action, _), chance in zip(node.moves, node.probabilities, strict=True):
            total = total + chance
            low = ask.holds(sign_region(chance, ">="))
            high = ask.holds(sign_region(chance - number(1), "<="))
            if low is not True or high is not True:
                bound = "at most 1" if low is True else "at least 0"
                problem = f"the probability {chance} of {action!r} is not proved to be {bound}"
                yield Problem(place, problem, f"add an assumption such as 0 <= {chance} <= 1")
        if ask.holds(sign_region(total - number(1), "==")) is not True:
            problem = f"the probabilities sum to {total}, which is not proved to be 1"
            yield Problem(place, problem, "let the last be one minus the others, or add the assumption")


def _recall(tree: ExtensiveForm) -> Iterator[Problem]:
    """Kuhn's condition: at an information set its player has one record of its own sets and actions."""
    at = {p.name: i for i, p in enumerate(tree.players)}
    numbers: dict[tuple[int, str, str], int] = {}
    steps: list[tuple[int, str, str]] = [(-1, "", "")]
    records: dict[str, tuple[int, ...]] = {tree.root.id: (0,) * len(at)}
    seen: dict[str, tuple[str, int]] = {}
    faulty: set[str] = set()
    for identifier in tree.order:
        node = tree.node(identifier)
        mine = records[identifier]
        if not node.is_chance:
            name, i = node.known_as, at[node.player]
            other, record = seen.setdefault(name, (identifier, mine[i]))
            if record != mine[i] and name not in faulty:
                faulty.add(name)
                problem = (
                    f"{node.player} would forget what it knew: at the information set {name!r} it cannot "
                    f"tell {identifier!r} from {other!r}, but it came to {identifier!r} "
                    f"{_record_text(mine[i], steps)} and to {other!r} {_record_text(record, steps)}"
                )
                yield Problem(
                    f"node {identifier}",
                    problem,
                    "perfect recall is needed: give the two nodes different information sets",
                )
        for action, to in node.moves:
            if tree.is_end(to):
                continue
            if node.is_chance:
                records[to] = mine
                continue
            i = at[node.player]
            step = (mine[i], node.known_as, action)
            if step not in numbers:
                numbers[step] = len(steps)
                steps.append(step)
            records[to] = (*mine[:i], numbers[step], *mine[i + 1 :])


def _record_text(record: int, steps: list[tuple[int, str, str]]) -> str:
    way = []
    while record:
        record, name, action = steps[record]
        way.append(f"{action} at {name}")
    return f"by choosing {', then '.join(reversed(way))}" if way else "without having moved"
