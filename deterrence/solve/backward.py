"""Backward induction: all pure subgame-perfect equilibria of a tree with perfect information.

From the last decisions to the first, each player takes a best action given what follows; every tie is kept,
so each combination of best actions is an equilibrium with its own region, and nothing else is one.  What the
assumptions settle does not branch.  Trees without parameters take the numeric way, see `numeric_backward`.
Source: [Kuhn1953].
"""

from __future__ import annotations

from deterrence.algebra.region import Region
from deterrence.errors import OutOfScope, expect
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas
from deterrence.solve.branches import (
    MAX_BRANCHES,
    Branch,
    chance_move,
    combined,
    component,
    consistent_tree,
    decisions,
    limited,
    pure_component,
)
from deterrence.solve.components import assemble
from deterrence.solve.numeric_backward import (
    all_pure_equilibria,
    numeric_solution,
    pure_equilibria_count,
)

MAX_CHOICES = 1_000_000


def backward_induction(tree: ExtensiveForm, *, cells: bool = True) -> Atlas:
    """Every pure subgame-perfect equilibrium, each with the exact region where it exists.

    Raises OutOfScope where the tree lacks perfect information or has more than `MAX_BRANCHES` equilibria (a
    numeric tree also where they have more than `MAX_CHOICES` choices together), DomainError for assumptions
    that contradict each other and payoffs that are not proved defined.

    >>> tree = ExtensiveForm.build(
    ...     ["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
    ...      "reply": {"player": "them", "moves": {"cede": "win", "fight": "war"}}},
    ...     {"SQ": [0, 0], "win": [1, -1], "war": ["-c", "-d"]}, assumptions=["c > 0"])
    >>> for e in backward_induction(tree):
    ...     print(e.support, e.region)
    (('act',), ('cede',)) d >= 1
    (('wait',), ('fight',)) d <= 1
    """
    expect("backward_induction", tree, ExtensiveForm)
    require_perfect_information(tree)
    ask = consistent_tree(tree)
    emptied: list[Region] = []
    solution = numeric_solution(tree)
    if solution is not None:
        listed = [solution.choices] if solution.is_unique else _all_numeric(tree)
        found = [pure_component(tree, choices) for choices in listed]
        return assemble(tree, found, "backward-induction", "pure", with_cells=cells)
    known: dict[str, list[Branch]] = {}
    sets = {h.nodes[0]: h for h in tree.information}
    for identifier in reversed(tree.order):
        node = tree.node(identifier)
        inside = [to for _, to in node.moves if not tree.is_end(to)]
        found_here: list[Branch] = []
        for base in combined([known.pop(to) for to in inside], identifier, ask, emptied):
            values = {to: part.payoffs for to, part in zip(inside, base.parts, strict=True)}
            if node.is_chance:
                found_here.append(chance_move(tree, node, base, values))
            else:
                found_here += decisions(tree, sets[identifier], base, values, None, ask, emptied)
            limited(len(found_here), identifier)
        known[identifier] = found_here
    components = [component(tree, b) for b in known[tree.root.id]]
    return assemble(tree, components, "backward-induction", "pure", emptied=emptied, with_cells=cells)


def require_perfect_information(tree: ExtensiveForm) -> None:
    """Raise OutOfScope, naming an information set of several nodes, where there is one."""
    for h in tree.information:
        if len(h.nodes) > 1:
            raise OutOfScope(
                f"backward induction needs perfect information, but {h.player} cannot tell "
                f"{', '.join(h.nodes[:4])} apart at {h.name}; use subgame-perfect, or perfect-bayesian "
                "where types are hidden"
            )


def _all_numeric(tree: ExtensiveForm) -> list[dict[str, str]]:
    """Every equilibrium of a numeric tree with ties; OutOfScope, with their number, where they are many."""
    count = pure_equilibria_count(tree)
    if count is None or count > MAX_BRANCHES or count * len(tree.nodes) > MAX_CHOICES:
        said = (
            "more than 10^3"
            if count is None
            else f"{count:,}"
            if count < 10**12
            else f"about {_power(count)}"
        )
        raise OutOfScope(
            f"ties leave {said} equilibria with {len(tree.nodes):,} choices each, and an atlas lists at most "
            f"{MAX_BRANCHES}, with {MAX_CHOICES:,} choices together; numeric_backward_induction gives one of "
            "them, and the nodes with ties"
        )
    return all_pure_equilibria(tree)


def _power(count: int) -> str:
    return f"10^{len(str(count)) - 1}"
