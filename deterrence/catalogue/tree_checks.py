"""The meaning of a tree's sections in a model file: players with types, the prior, nodes, outcomes.

Names and places first, then the structure of the tree as it is written, without types: a cycle, a node that
no move reaches, an information set across players, imperfect recall.  Whether probabilities sum to one is
for the algebra, see `tree_games`.  Every check notes its faults and goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from deterrence.algebra.syntax import Expression
from deterrence.catalogue.draft import Draft
from deterrence.catalogue.entries import NodeEntry, OutcomeEntry
from deterrence.catalogue.faults import Faults, allowed, check_name, place, show, within
from deterrence.catalogue.source import NodeSource, OutcomeSource, PlayerSource, PriorSource
from deterrence.catalogue.texts import OUTCOME, Scope, TreeScope, read_expression
from deterrence.catalogue.tree_structure import note_structure
from deterrence.catalogue.type_checks import read_types
from deterrence.games.tree import CHANCE
from deterrence.games.types import DRAW


@dataclass(frozen=True)
class Tree:
    """A tree as the file has it; empty for models of other kinds."""

    players: tuple[PlayerSource, ...] = ()
    nodes: tuple[NodeSource, ...] = ()
    outcomes: tuple[OutcomeSource, ...] = ()
    prior: tuple[PriorSource, ...] = ()
    scope: TreeScope | None = None

    @property
    def default_concept(self) -> str:
        """Subgame-perfect where everyone sees everything, else perfect Bayesian."""
        sets = [n.information or n.id for n in self.nodes if n.player != CHANCE]
        hidden = len(set(sets)) < len(sets) or any(p.types for p in self.players)
        return "perfect-bayesian" if hidden else "subgame-perfect"


def read_tree_players(draft: Draft, faults: Faults) -> tuple[tuple[PlayerSource, ...], Scope]:
    """The players with the names of their types, and a scope with everything declared before any text."""
    players: list[PlayerSource] = []
    for name, entry in draft.tree_players.items():
        where = place("players", name)
        check_name(name, where, "player", faults)
        if name in (CHANCE, OUTCOME):
            problem = f"{name!r} has a meaning of its own in trees"
            faults.add(where, problem, "rename the player")
        types = tuple(entry.types) if entry else ()
        for kind in dict.fromkeys(types):
            check_name(kind, f"{where}.types", "type", faults)
            if types.count(kind) > 1:
                faults.add(f"{where}.types", f"the type {show(kind)} is listed twice", "name it once")
        players.append(PlayerSource(name, entry.label or name if entry else name, (), types))
    moves: dict[str, dict[str, None]] = {p.name: {} for p in players}
    for node in filter(None, draft.nodes):
        moves.get(node.player, {}).update(dict.fromkeys(node.moves))
    unsure = "nodes" in draft.broken or None in draft.nodes
    known = {p.name: None if unsure else tuple(moves[p.name]) for p in players}
    scope = Scope(
        tuple(draft.parameters),
        players=known,
        names_known=not draft.broken & {"parameters", "definitions"},
        players_known=not draft.broken & {"players", "nodes", "outcomes"},
    )
    return tuple(players), scope


def read_tree(draft: Draft, players: Sequence[PlayerSource], scope: Scope, faults: Faults) -> Tree:
    """The whole tree; with faults noted it may be incomplete, but its scope serves the claims."""
    before = len(faults.problems) + faults.more
    if not players and "players" not in draft.broken and "players" not in faults.settled:
        faults.add("players", "there are no players", "add [players.NAME]")
    nodes = _nodes(draft, scope, faults)
    outcomes = _outcomes(draft, players, scope, faults)
    people, prior = read_types(draft, players, scope, faults)
    sets: dict[str, tuple[str, tuple[str, ...]]] = {}
    for node in nodes:
        if node.player != CHANCE:
            sets.setdefault(node.information or node.id, (node.player, tuple(a for a, _ in node.moves)))
    types = {p.name: p.types for p in players}
    seen = TreeScope(sets, tuple(draft.outcomes), types)
    whole = draft.broken.isdisjoint(("players", "nodes", "outcomes")) and len(nodes) == len(draft.nodes)
    sound = len(faults.problems) + faults.more == before and not faults.full
    if whole and sound and nodes and players and draft.outcomes:
        note_structure(nodes, draft, players, faults)
    people = tuple(replace(p, actions=scope.players.get(p.name) or ()) for p in people)
    return Tree(people, nodes, outcomes, prior, seen)


# -- nodes ------------------------------------------------------------------------------------------
def _nodes(draft: Draft, scope: Scope, faults: Faults) -> tuple[NodeSource, ...]:
    targets = dict.fromkeys((*(n.id for n in draft.nodes if n), *draft.outcomes))
    sets = {n.id: n.information for n in draft.nodes if n}
    first: dict[str, str] = {}
    found = []
    if not draft.nodes and "nodes" not in draft.broken | faults.settled:
        faults.add("nodes", "there are none", "add [[nodes]]; the first is the root of the tree")
    for number_, entry in enumerate(draft.nodes):
        if entry is None:
            continue
        where = draft.node_places[number_]
        check_name(entry.id, f"{where}.id", "node", faults)
        if entry.id in (DRAW, OUTCOME):
            faults.add(f"{where}.id", f"{entry.id!r} has a meaning of its own in trees", "rename the node")
        if entry.id in first:
            problem = f"{show(entry.id)} is the id of {first[entry.id]} too"
            faults.add(f"{where}.id", problem, "give each node an id of its own")
        elif entry.id in draft.outcomes:
            problem = f"{show(entry.id)} is the id of a node and of an outcome"
            faults.add(f"{where}.id", problem, "rename one of them, and the moves that lead to it")
        first.setdefault(entry.id, f"nodes[{number_ + 1}]")
        _check_moves(entry, where, targets, None in draft.nodes or "outcomes" in draft.broken, faults)
        _check_mover(entry, where, sets, "players" not in draft.broken | faults.settled, scope, faults)
        trees, texts = _probabilities(entry, where, scope, faults)
        information = entry.information or ""
        found.append(
            NodeSource(entry.id, entry.player, tuple(entry.moves.items()), information, trees, texts)
        )
    return tuple(found)


def _check_moves(
    entry: NodeEntry, where: str, targets: Collection[str], unsure: bool, faults: Faults
) -> None:
    if not entry.moves:
        remedy = 'add moves = { action = "node or outcome" }, or make it an outcome'
        faults.add(f"{where}.moves", "there are none", remedy)
    for action, to in entry.moves.items():
        there = within(f"{where}.moves", action)
        check_name(action, there, "move", faults)
        if to not in targets and not unsure:
            problem = f"it leads to {show(to)}, which is neither a node nor an outcome"
            faults.add(there, problem, "" if faults.full else allowed(to, targets))


def _check_mover(
    entry: NodeEntry, where: str, sets: Mapping[str, str | None], sure: bool, scope: Scope, faults: Faults
) -> None:
    """Who moves, and the name of the information set; `sets` has that of every node, by id."""
    known = (*scope.players, CHANCE)
    if entry.player not in known and sure:
        faults.add(f"{where}.player", f"{show(entry.player)} is not a player", allowed(entry.player, known))
    name = entry.information
    there = f"{where}.{'id' if name is None else 'information'}"
    if entry.player == CHANCE:
        if name is not None:
            faults.add(there, "chance moves here, and chance knows nothing", "remove this key")
        return
    if name is not None:
        check_name(name, there, "information set", faults)
        if name in (DRAW, OUTCOME):
            faults.add(there, f"{name!r} has a meaning of its own in trees", "rename the information set")
        if name != entry.id and sets.get(name, name) != name:
            problem = f"the information set has the name of the node {show(name)}, which is not in it"
            remedy = f"give that node information = {name!r} too, or rename the information set"
            faults.add(there, problem, remedy)
    if (entry.id if name is None else name) in scope.players:
        problem = f"its information set has the name of the player {name or entry.id}"
        faults.add(there, problem, "rename it: players and information sets need different names")


def _probabilities(
    entry: NodeEntry, where: str, scope: Scope, faults: Faults
) -> tuple[tuple[Expression, ...], tuple[str, ...]]:
    """The probabilities in the order of the moves; empty for a player's node."""
    there = f"{where}.probabilities"
    given = entry.probabilities
    if entry.player != CHANCE:
        if given is not None:
            faults.add(there, f"{show(entry.player)} moves here, not chance", "remove the probabilities")
        return (), ()
    if given is None:
        listed = ", ".join(f'{a} = "…"' for a in entry.moves)
        faults.add(there, "is missing, and chance moves here", f"add probabilities = {{ {listed} }}")
        return (), ()
    for action in given:
        if action not in entry.moves:
            faults.add(within(there, action), "is not a move of this node", allowed(action, entry.moves))
    trees, texts = [], []
    for action in entry.moves:
        if action not in given:
            faults.add(there, f"the probability of {action} is missing", f'add it: {action} = "…"')
            continue
        tree = read_expression(given[action], within(there, action), scope, faults)
        if tree is not None:
            trees.append(tree)
            texts.append(given[action])
    return tuple(trees), tuple(texts)


# -- outcomes ---------------------------------------------------------------------------------------
def _outcomes(
    draft: Draft, players: Sequence[PlayerSource], scope: Scope, faults: Faults
) -> tuple[OutcomeSource, ...]:
    found = []
    for name, entry in draft.outcomes.items():
        where = place("outcomes", name)
        check_name(name, where, "outcome", faults)
        if entry is None:
            continue
        if scope.players_known:
            _check_keys(entry, where, players, faults)
        rows = [_payoff(entry, within(where, p.name), p, players, scope, faults) for p in players]
        payoffs = tuple(row for row in rows if row is not None)
        if len(payoffs) == len(players):
            texts = tuple(entry.worth[p.name] for p in players)
            found.append(OutcomeSource(name, entry.label or name, payoffs, texts))
    return tuple(found)


def _check_keys(entry: OutcomeEntry, where: str, players: Sequence[PlayerSource], faults: Faults) -> None:
    names = [p.name for p in players]
    for key in entry.worth:
        if key not in names:
            faults.add(within(where, key), f"unknown key {show(key)}", allowed(key, ("label", *names)))


def _payoff(
    entry: OutcomeEntry,
    where: str,
    player: PlayerSource,
    players: Sequence[PlayerSource],
    scope: Scope,
    faults: Faults,
) -> Expression | Mapping[str, Expression] | None:
    if player.name not in entry.worth:
        faults.add(where, f"the payoff of {player.name} is missing", f'add it: {player.name} = "…"')
        return None
    worth = entry.worth[player.name]
    if isinstance(worth, str):
        return read_expression(worth, where, scope, faults)
    whose = _decided_by(player, worth, players)
    if whose is None:
        problem = f"it is given by type ({', '.join(map(show, worth))}), and {player.name} has no types"
        remedy = f"write one text, add types to [players.{player.name}]"
        alike = [p for p in players if p.types and set(p.types) == set(worth)]
        if len(alike) > 1:
            names = " and ".join(p.name for p in alike)
            problem = f"it is given by type, and {names} both have the types {', '.join(worth)}"
            remedy = "give their types different names"
        elif other := next((p for p in players if p.types), None):
            remedy += f", or give it for each type of {other.name} ({', '.join(other.types)})"
        faults.add(where, problem, remedy)
        return None
    for kind in worth:
        if kind not in whose.types:
            problem = f"{show(kind)} is not a type of {whose.name}"
            faults.add(within(where, kind), problem, allowed(kind, whose.types))
    trees = {}
    for kind in whose.types:
        if kind not in worth:
            faults.add(where, f"the payoff of type {kind} is missing", f'add it: {kind} = "…"')
            continue
        tree = read_expression(worth[kind], within(where, kind), scope, faults)
        if tree is not None:
            trees[kind] = tree
    return trees if len(trees) == len(whose.types) else None


def _decided_by(
    player: PlayerSource, worth: Mapping[str, str], players: Sequence[PlayerSource]
) -> PlayerSource | None:
    """On whose type a payoff depends: the player's own, or that of the only other one with these types."""
    others = [p for p in players if p.types and p is not player and set(p.types) == set(worth)]
    if set(worth) != set(player.types) and len(others) == 1:
        return others[0]
    return player if player.types else None
