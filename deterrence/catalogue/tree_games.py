"""From a tree's texts to its games: the tree of each piece, with types drawn by chance at its root.

That probabilities lie in 0..1 and sum to one is proved here, for chance moves and for types, as statements
about the symbols under the assumptions; `min`, `max` and `abs` split the model into pieces (`pieces`).
Source of the treatment of types: [Harsanyi1967], see `games.types`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases, Reading
from deterrence.algebra.region import Region
from deterrence.algebra.syntax import Expression
from deterrence.algebra.value import Value, number
from deterrence.catalogue.pieces import Pick, cases_or_fault, split
from deterrence.catalogue.source import ModelSource
from deterrence.catalogue.tree_structure import Unchecked, placed
from deterrence.errors import GameError, Problem
from deterrence.games.tree import CHANCE, ExtensiveForm, Node, Outcome, TreePlayer
from deterrence.games.types import Combination, TypedOutcome, independent, with_types
from deterrence.games.wellformed import tree_faults

_Worth = Cases | Mapping[str, Cases]


def tree_pieces(
    source: ModelSource, domain: Domain, definitions: Mapping[str, Cases], problems: list[Problem]
) -> tuple[tuple[Region, ExtensiveForm], ...]:
    """The trees, each with the guard of its piece; none, and problems noted, on a fault."""
    reading = Reading(given=domain.given, definitions=definitions)

    def read(tree: Expression, place: str) -> Cases:
        return cases_or_fault(tree, reading, place, problems)

    def read_worth(worth: Expression | Mapping[str, Expression], place: str) -> _Worth:
        if isinstance(worth, Mapping):
            return {kind: read(t, f"{place}.{kind}") for kind, t in worth.items()}
        return read(worth, place)

    chances: dict[str, list[Cases]] = {}
    for n in source.nodes:
        there = f"nodes[{n.id}].probabilities"
        named = zip(n.moves, n.probabilities, strict=True) if n.probabilities else ()
        chances[n.id] = [read(t, f"{there}.{a}") for (a, _), t in named]
    payoffs: dict[str, list[_Worth]] = {}
    for o in source.outcomes:
        rows = zip(source.players, o.payoffs, strict=True)
        payoffs[o.id] = [read_worth(worth, f"outcomes.{o.id}.{p.name}") for p, worth in rows]
    beliefs = {
        p.name: {k: read(t, f"players.{p.name}.types.{k}") for k, t in zip(p.types, p.beliefs, strict=True)}
        for p in source.players
        if p.beliefs
    }
    joint = {q.types: read(q.probability, f"prior[{i}].probability") for i, q in enumerate(source.prior, 1)}
    if problems:
        return ()
    everything = [c for row in chances.values() for c in row]
    everything += [c for table in beliefs.values() for c in table.values()]
    everything += joint.values()
    for row in payoffs.values():
        for worth in row:
            everything += worth.values() if isinstance(worth, Mapping) else (worth,)

    def make(pick: Pick, narrowed: Domain) -> ExtensiveForm | None:
        nodes = tuple(
            Node(n.id, n.player, n.moves, n.information, tuple(map(pick, chances[n.id])))
            for n in source.nodes
        )
        outcomes = tuple(
            TypedOutcome(
                o.id,
                tuple(
                    {kind: pick(c) for kind, c in worth.items()}
                    if isinstance(worth, Mapping)
                    else pick(worth)
                    for worth in payoffs[o.id]
                ),
                o.label,
            )
            for o in source.outcomes
        )
        drawn = {name: {kind: pick(c) for kind, c in table.items()} for name, table in beliefs.items()}
        prior = {types: pick(c) for types, c in joint.items()}
        return _tree(source, nodes, outcomes, drawn, prior, narrowed, problems)

    found = split(everything, domain, "outcomes", make, problems)
    return tuple((guard, tree) for guard, tree in found if tree is not None) if not problems else ()


def _tree(
    source: ModelSource,
    nodes: Sequence[Node],
    outcomes: Sequence[TypedOutcome],
    beliefs: Mapping[str, Mapping[str, Value]],
    prior: Mapping[Combination, Value],
    domain: Domain,
    problems: list[Problem],
) -> ExtensiveForm | None:
    """The tree of one piece; None, with problems that are not noted yet, where a probability is none."""
    players = tuple(TreePlayer(p.name, p.label, p.types) for p in source.players)
    typed = [p for p in players if p.types]
    plain = tuple(Outcome(o.id, tuple(number(0) for _ in players)) for o in outcomes)
    faults = placed(tree_faults(Unchecked(players, tuple(nodes), plain, domain)))
    for p in typed:
        if not prior:
            faults += _distribution(beliefs[p.name], f"players.{p.name}.types", domain)
    if prior:
        by_name = {" and ".join(kind for _, kind in types): v for types, v in prior.items()}
        faults += _distribution(by_name, "prior", domain)
    if not faults:
        try:
            whole = dict(prior) if prior else independent(players, beliefs)
            return with_types(players, whole, nodes, outcomes, domain)
        except GameError as fault:
            faults = [Problem("nodes", str(fault), "mend the tree")]
    problems += [f for f in faults if f not in problems]
    return None


def _distribution(chances: Mapping[str, Value], place: str, domain: Domain) -> list[Problem]:
    """What keeps values from being probabilities, found by the same check as for a chance move."""
    players = (TreePlayer("anyone"),)
    ids = [f"end{i}" for i in range(len(chances))]
    moves = tuple((f"drawn{i}", to) for i, to in enumerate(ids))
    root = Node("draw", CHANCE, moves, probabilities=tuple(chances.values()))
    ends = tuple(Outcome(i, (number(0),)) for i in ids)
    found = []
    for fault in tree_faults(Unchecked(players, (root,), ends, domain)):
        problem = fault.problem
        for i, name in enumerate(chances):
            problem = problem.replace(f"'drawn{i}'", repr(name))
        found.append(Problem(place, problem, fault.remedy))
    return found
