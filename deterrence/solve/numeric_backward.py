"""Backward induction on a tree without parameters: one equilibrium, the ties, and how many there are.

For large trees: each node costs a few comparisons of fractions.  Where actions tie, what follows upstream may
depend on which is taken, and the number of equilibria is a product over ties; so the result is one
equilibrium, with the first of the best actions everywhere, and the list of the nodes where it had a choice.
Source: [Kuhn1953].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from deterrence.algebra.region import names_of
from deterrence.errors import OutOfScope, expect
from deterrence.games.tree import ExtensiveForm

_MAX_VECTORS = 1000
Vector = tuple[Fraction, ...]


@dataclass(frozen=True)
class NumericSolution:
    """One pure subgame-perfect equilibrium, by decision node, and its payoffs in the order of the players.

    `ties` lists the nodes at which several actions are best given these choices, with those actions.  Without
    ties it is the only equilibrium.
    """

    choices: dict[str, str]
    payoffs: Vector
    ties: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_unique(self) -> bool:
        """Whether there is no other subgame-perfect equilibrium, mixed ones included."""
        return not self.ties


def numeric_backward_induction(tree: ExtensiveForm) -> NumericSolution:
    """One pure subgame-perfect equilibrium of a numeric tree with perfect information, ties noted.

    Of several best actions the first listed is taken.  Raises OutOfScope where a payoff or probability has a
    parameter or a root, or an information set several nodes.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y", "c": "z"}}},
    ...     {"x": [1], "y": [2], "z": [2]})
    >>> found = numeric_backward_induction(tree)
    >>> found.choices, found.ties
    ({'n': 'b'}, (('n', ('b', 'c')),))
    """
    expect("numeric_backward_induction", tree, ExtensiveForm)
    return _rolled_back(tree, _required(tree))


def numeric_solution(tree: ExtensiveForm) -> NumericSolution | None:
    """The same, or None where the tree has parameters, roots or an information set of several nodes."""
    given = numbers(tree) if tree.has_perfect_information else None
    return None if given is None else _rolled_back(tree, given)


def _rolled_back(tree: ExtensiveForm, given: dict[str, Vector]) -> NumericSolution:
    worth = dict(given)
    at = {name: i for i, name in enumerate(tree.names)}
    choices: dict[str, str] = {}
    ties: list[tuple[str, tuple[str, ...]]] = []
    for identifier in reversed(tree.order):
        node = tree.node(identifier)
        after = [worth[to] for _, to in node.moves]
        if node.is_chance:
            worth[identifier] = _mean(worth[identifier], after)
            continue
        i = at[node.player]
        best = max(v[i] for v in after)
        used = [k for k, v in enumerate(after) if v[i] == best]
        choices[identifier] = node.moves[used[0]][0]
        worth[identifier] = after[used[0]]
        if len(used) > 1:
            ties.append((identifier, tuple(node.moves[k][0] for k in used)))
    return NumericSolution(choices, worth[tree.root.id], tuple(reversed(ties)))


def pure_equilibria_count(tree: ExtensiveForm) -> int | None:
    """How many pure subgame-perfect equilibria a numeric tree with perfect information has.

    Equilibria of a subgame with the same payoffs are counted together.  None where a subgame has more
    different payoffs than can be kept.

    >>> moves = {"moves": {"a": "x", "b": "x"}}
    >>> nodes = {"n": {"player": "us", "moves": {"left": "l", "right": "r"}},
    ...          "l": {"player": "us", **moves}, "r": {"player": "us", **moves}}
    >>> pure_equilibria_count(ExtensiveForm.build(["us"], nodes, {"x": [0]}))
    8
    """
    given = _required(tree)
    counts: dict[str, dict[Vector, int]] = {o.id: {given[o.id]: 1} for o in tree.outcomes}
    at = {name: i for i, name in enumerate(tree.names)}
    for identifier in reversed(tree.order):
        node = tree.node(identifier)
        options = [counts[to] for _, to in node.moves]
        size = 1
        for option in options:
            size *= len(option)
        if size > _MAX_VECTORS:
            return None
        found: dict[Vector, int] = {}
        for after in product(*options):
            ways = 1
            for option, v in zip(options, after, strict=True):
                ways *= option[v]
            if node.is_chance:
                mean = _mean(given[identifier], after)
                found[mean] = found.get(mean, 0) + ways
                continue
            i = at[node.player]
            best = max(v[i] for v in after)
            for v in after:
                if v[i] == best:
                    found[v] = found.get(v, 0) + ways
        counts[identifier] = found
    return sum(counts[tree.root.id].values())


def all_pure_equilibria(tree: ExtensiveForm) -> list[dict[str, str]]:
    """Every pure subgame-perfect equilibrium of a numeric tree, as the action at each decision node.

    Ask `pure_equilibria_count` first: the list is as long as that.
    """
    given = _required(tree)
    at = {name: i for i, name in enumerate(tree.names)}
    # for each subgame its equilibria: payoffs, the action here, and which equilibrium follows each move
    found: dict[str, list[tuple[Vector, str, tuple[int, ...]]]] = {
        o.id: [(given[o.id], "", ())] for o in tree.outcomes
    }
    for identifier in reversed(tree.order):
        node = tree.node(identifier)
        ahead = [found[to] for _, to in node.moves]
        here = []
        for picked in product(*(range(len(options)) for options in ahead)):
            after = [options[k][0] for options, k in zip(ahead, picked, strict=True)]
            if node.is_chance:
                here.append((_mean(given[identifier], after), "", picked))
                continue
            i = at[node.player]
            best = max(v[i] for v in after)
            here += [(v, a, picked) for v, (a, _) in zip(after, node.moves, strict=True) if v[i] == best]
        found[identifier] = here
    listed = []
    for k in range(len(found[tree.root.id])):
        choices: dict[str, str] = {}
        todo = [(tree.root.id, k)]
        while todo:
            identifier, k = todo.pop()
            _, action, picked = found[identifier][k]
            if action:
                choices[identifier] = action
            if picked:
                todo += [(to, n) for (_, to), n in zip(tree.node(identifier).moves, picked, strict=True)]
        listed.append(choices)
    return listed


def numbers(tree: ExtensiveForm) -> dict[str, Vector] | None:
    """The payoffs of every outcome and the probabilities of every chance node, by id, as fractions.

    None where one of them, or an assumption, has a parameter or a root.
    """
    if names_of(tree.domain.given):
        return None
    found: dict[str, Vector] = {}
    for identifier, values in (
        *((o.id, o.payoffs) for o in tree.outcomes),
        *((n.id, n.probabilities) for n in tree.nodes if n.is_chance),
    ):
        if not all(v.a.is_constant and v.c.is_constant and v.is_rational for v in values):
            return None
        found[identifier] = tuple(Fraction(v.a.constant_value(), v.c.constant_value()) for v in values)
    return found


def _required(tree: ExtensiveForm) -> dict[str, Vector]:
    found = numbers(tree)
    if found is None or not tree.has_perfect_information:
        raise OutOfScope(
            "numeric backward induction needs perfect information, and fractions for all payoffs and "
            "probabilities; use backward_induction or subgame_perfect"
        )
    return found


def _mean(chances: Sequence[Fraction], after: Sequence[Vector]) -> Vector:
    return tuple(
        sum((c * v for c, v in zip(chances, column, strict=True)), Fraction(0))
        for column in zip(*after, strict=True)
    )
