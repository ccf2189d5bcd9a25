"""Games in extensive form: who moves when, who knows what, chance with symbolic probabilities.

A tree is a tuple of nodes, the root first, each with moves that lead to another node or to an outcome.
Nodes that share a name under `information` are one information set.  Built from model files (`catalogue`),
from Python (`ExtensiveForm.build`), from `games.types` where players have hidden types, or from Gambit files.
Trees are checked when they are made, see `wellformed`.  Source of the terms: [Kuhn1953], [Selten1975].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import entry, found_domain

CHANCE = "chance"


@dataclass(frozen=True)
class TreePlayer:
    """A player of a tree, a label for people, and its types where it has hidden ones."""

    name: str
    label: str = ""
    types: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The label, or the name where there is none."""
        return self.label or self.name


@dataclass(frozen=True)
class Node:
    """A place where a player or chance moves; `moves` pairs actions with the ids of nodes or outcomes.

    `information` names the information set (the node's own id if empty), `probabilities` are those of a
    chance node's moves, `types` the types that were drawn on the way here.
    """

    id: str
    player: str
    moves: tuple[tuple[str, str], ...]
    information: str = ""
    probabilities: tuple[Value, ...] = ()
    types: tuple[tuple[str, str], ...] = ()

    @property
    def actions(self) -> tuple[str, ...]:
        """The names of the moves, in order."""
        return tuple(a for a, _ in self.moves)

    @property
    def is_chance(self) -> bool:
        """Whether chance moves here."""
        return self.player == CHANCE

    @property
    def known_as(self) -> str:
        """The name of its information set."""
        return self.information or self.id


@dataclass(frozen=True)
class Outcome:
    """An end of the game: payoffs in the order of the players.

    Outcomes with one `name` are one outcome to people who ask for `P(outcome = name)`; types may give
    them different payoffs, so each has an `id` of its own.
    """

    id: str
    payoffs: tuple[Value, ...]
    name: str = ""
    label: str = ""

    @property
    def called(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.id


@dataclass(frozen=True)
class InformationSet:
    """What a player knows when it moves: nodes it cannot tell apart, with the same actions.

    `place` is the name in the model and `kind` the mover's own type; `name` joins them: `answer[soft]`.
    """

    name: str
    player: str
    actions: tuple[str, ...]
    nodes: tuple[str, ...]
    kind: str = ""

    @property
    def place(self) -> str:
        """The name without the type."""
        return self.name.removesuffix(f"[{self.kind}]") if self.kind else self.name


@dataclass(frozen=True)
class ExtensiveForm:
    """A finite game in extensive form with perfect recall; raises GameError where it is not well formed."""

    players: tuple[TreePlayer, ...]
    nodes: tuple[Node, ...]
    outcomes: tuple[Outcome, ...]
    domain: Domain = field(default_factory=Domain)

    def __post_init__(self) -> None:
        from deterrence.games.wellformed import tree_faults

        faults = tree_faults(self)
        if faults:
            raise GameError("\n".join(str(f) for f in faults))

    @property
    def names(self) -> tuple[str, ...]:
        """The players' names."""
        return tuple(p.name for p in self.players)

    @property
    def root(self) -> Node:
        """The first node."""
        return self.nodes[0]

    def player(self, name: str) -> TreePlayer:
        """A player by name; UnknownName lists the players."""
        for p in self.players:
            if p.name == name:
                return p
        raise UnknownName("player", name, self.names)

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return {n.id: n for n in self.nodes}

    @cached_property
    def _outcomes(self) -> dict[str, Outcome]:
        return {o.id: o for o in self.outcomes}

    def node(self, identifier: str) -> Node:
        """A node by id; UnknownName lists them."""
        if identifier not in self._nodes:
            raise UnknownName("node", identifier, self._nodes)
        return self._nodes[identifier]

    def outcome(self, identifier: str) -> Outcome:
        """An outcome by id; UnknownName lists them."""
        if identifier not in self._outcomes:
            raise UnknownName("outcome", identifier, self._outcomes)
        return self._outcomes[identifier]

    def is_end(self, identifier: str) -> bool:
        """Whether a move that leads to this id ends the game."""
        return identifier in self._outcomes

    @cached_property
    def outcome_names(self) -> tuple[str, ...]:
        """The outcomes as people call them, each once."""
        return tuple(dict.fromkeys(o.called for o in self.outcomes))

    @cached_property
    def parents(self) -> Mapping[str, tuple[str, str]]:
        """For every node but the root: the node before it and the action that leads here."""
        return {to: (n.id, a) for n in self.nodes for a, to in n.moves if to in self._nodes}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All node ids, each after the one before it; reversed, the order of backward induction."""
        found = [self.root.id]
        for identifier in found:
            found += [to for _, to in self._nodes[identifier].moves if to in self._nodes]
        return tuple(found)

    @cached_property
    def information(self) -> tuple[InformationSet, ...]:
        """The players' information sets, in the order in which the tree reaches them first."""
        members: dict[str, list[Node]] = {}
        for identifier in self.order:
            node = self._nodes[identifier]
            if not node.is_chance:
                members.setdefault(node.known_as, []).append(node)
        return tuple(_information_set(name, nodes) for name, nodes in members.items())

    @cached_property
    def _information(self) -> dict[str, InformationSet]:
        return {h.name: h for h in self.information}

    def information_set(self, name: str) -> InformationSet:
        """An information set by name, such as `answer` or `answer[soft]`; UnknownName lists them."""
        if name not in self._information:
            raise UnknownName("information set", name, self._information)
        return self._information[name]

    def owned_by(self, player: str) -> tuple[InformationSet, ...]:
        """The information sets at which a player moves."""
        return tuple(h for h in self.information if h.player == self.player(player).name)

    def history(self, identifier: str) -> tuple[tuple[str, str], ...]:
        """The way to a node from the root, as (node id, action) pairs."""
        way: list[tuple[str, str]] = []
        while identifier in self.parents:
            step = self.parents[identifier]
            way.append(step)
            identifier = step[0]
        return tuple(reversed(way))

    @property
    def has_perfect_information(self) -> bool:
        """Whether every information set is a single node."""
        return all(len(h.nodes) == 1 for h in self.information)

    def at(self, point: Mapping[str, Fraction]) -> ExtensiveForm:
        """The numeric tree at an exact point of the parameters."""
        fixed = {name: number(v) for name, v in point.items()}
        nodes = tuple(
            Node(n.id, n.player, n.moves, n.information, _put(n.probabilities, fixed), n.types)
            for n in self.nodes
        )
        outcomes = tuple(Outcome(o.id, _put(o.payoffs, fixed), o.name, o.label) for o in self.outcomes)
        return ExtensiveForm(self.players, nodes, outcomes, Domain())

    def __repr__(self) -> str:
        names = ", ".join(self.names)
        return f"ExtensiveForm({names}: {len(self.nodes)} nodes, {len(self.outcomes)} outcomes)"

    @staticmethod
    def build(
        players: Sequence[str] | Mapping[str, str],
        nodes: Mapping[str, Mapping[str, Any]],
        outcomes: Mapping[str, Mapping[str, Any] | Sequence[Any]],
        *,
        assumptions: Iterable[str | Region] = (),
        domain: Domain | None = None,
    ) -> ExtensiveForm:
        """A tree from plain tables; payoffs and probabilities are numbers, SymPy expressions or text.

        `players` are names, or names with labels.  Each entry of `nodes` has `player` (or "chance" with
        `probabilities`), `moves` (action to node or outcome) and perhaps `information`; the first is the
        root.  Parameters are found in the expressions and range over all numbers unless `domain` or
        `assumptions` say otherwise.  Raises GameError, InexactNumber, ExpressionError.

        >>> tree = ExtensiveForm.build(
        ...     ["us", "them"],
        ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
        ...      "reply": {"player": "them", "moves": {"yield": "win", "fight": "war"}}},
        ...     {"SQ": [0, 0], "win": [1, -1], "war": ["-c", "-d"]})
        >>> tree.domain.names, [h.name for h in tree.information]
        (('c', 'd'), ['open', 'reply'])
        """
        labels = players if isinstance(players, Mapping) else {name: "" for name in players}
        people = tuple(TreePlayer(name, label) for name, label in labels.items())
        read: dict[tuple[type, Any], Value] = {}  # large trees repeat a few numbers many times

        def value(raw: Any) -> Value:
            if not isinstance(raw, int | str):
                return entry(raw)
            key = (type(raw), raw)
            if key not in read:
                read[key] = entry(raw)
            return read[key]

        listed = []
        for identifier, raw in nodes.items():
            unknown = set(raw) - {"player", "moves", "information", "probabilities"}
            if "player" not in raw or "moves" not in raw or unknown:
                raise GameError(
                    f"node {identifier}: give player and moves, and if needed information or probabilities; "
                    f"got {', '.join(map(str, raw))}"
                )
            chances = raw.get("probabilities", {})
            if isinstance(chances, Mapping):
                strange = [a for a in chances if a not in raw["moves"]]
                missing = [a for a in raw["moves"] if chances and a not in chances]
                if strange or missing:
                    raise GameError(
                        f"node {identifier}: probabilities must name the moves {', '.join(raw['moves'])}, "
                        f"each once; got {', '.join(map(str, chances))}"
                    )
                chances = [chances[a] for a in raw["moves"]] if chances else []
            listed.append(
                Node(
                    identifier,
                    raw["player"],
                    tuple(raw["moves"].items()),
                    raw.get("information", ""),
                    tuple(value(v) for v in chances),
                )
            )
        ends = []
        rows = [n.probabilities for n in listed]  # what may mention parameters: plain numbers do not
        for identifier, payoffs in outcomes.items():
            if isinstance(payoffs, Mapping):
                if set(payoffs) != set(labels):
                    raise GameError(
                        f"outcome {identifier}: give a payoff for each of {', '.join(labels)}; "
                        f"got {', '.join(map(str, payoffs))}"
                    )
                payoffs = [payoffs[name] for name in labels]
            ends.append(Outcome(identifier, tuple(value(v) for v in payoffs)))
            if not all(isinstance(v, int) for v in payoffs):
                rows.append(ends[-1].payoffs)
        return ExtensiveForm(people, tuple(listed), tuple(ends), domain or found_domain(rows, assumptions))


def _put(values: tuple[Value, ...], table: dict[str, Value]) -> tuple[Value, ...]:
    return tuple(v.substitute(table) for v in values)


def _information_set(name: str, nodes: Sequence[Node]) -> InformationSet:
    first = nodes[0]
    kind = dict(first.types).get(first.player, "")
    return InformationSet(name, first.player, first.actions, tuple(n.id for n in nodes), kind)
