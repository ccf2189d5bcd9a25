"""Subgame-perfect equilibria in behaviour strategies: all of them, each with its exact region.

Subgames are solved from the last to the first, each as a stage in which the smaller subgames are replaced by
what one of their equilibria is worth.  Ties leave mixtures, whose free probabilities act like parameters
further up, so every way to break a tie is there, with what it makes of the choices before it.  Hidden types
leave one subgame, the whole game: then these are its Nash equilibria.  Source: [Selten1975].
"""

from __future__ import annotations

from deterrence.algebra.decide import Prover
from deterrence.algebra.region import Region
from deterrence.errors import OutOfScope, expect
from deterrence.games.subgames import Stage, stages
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas
from deterrence.solve.branches import (
    Branch,
    Names,
    chance_move,
    combined,
    component,
    consistent_tree,
    decisions,
    determined,
    limited,
    mixing_names,
    pure_component,
)
from deterrence.solve.components import assemble
from deterrence.solve.numeric_backward import numeric_solution
from deterrence.solve.stage_games import (
    MAX_PATTERNS,
    MAX_PLANS,
    StageGame,
    fully_searched,
    plan_count,
    stage_branches,
)


def subgame_perfect(tree: ExtensiveForm, *, cells: bool = True) -> Atlas:
    """Every subgame-perfect equilibrium; pure ones only, as the scope says, where a stage is too large.

    Stages with one move, two players of up to four actions, three players of two actions, or up to
    `MAX_PATTERNS` patterns of supports (`MAX_PATTERNS_MANY` with three players or more) are searched fully.
    Raises DomainError for assumptions that contradict each other and payoffs that are not proved defined,
    OutOfScope for hidden types beyond these sizes, stages with more than `MAX_PLANS` pure profiles, and
    subgames with more than `MAX_BRANCHES` patterns of equilibrium play.

    >>> tree = ExtensiveForm.build(
    ...     ["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
    ...      "reply": {"player": "them", "moves": {"cede": "win", "fight": "war"}}},
    ...     {"SQ": [0, 0], "win": [1, -1], "war": [-1, "-d"]}, assumptions=["d >= 1"])
    >>> for e in subgame_perfect(tree):
    ...     print([str(v) for _, s in e.profile for _, v in s], "|", e.region)
    ['0', '1', '1', '0'] | true
    ['1', '0', '0', '1'] | d == 1
    ['1', '0', 'p_reply_cede', '1 - p_reply_cede'] | d == 1
    ['0', '1', 'p_reply_cede', '1 - p_reply_cede'] | d == 1
    ['p_open_wait', '1 - p_open_wait', '1/2', '1/2'] | d == 1
    """
    expect("subgame_perfect", tree, ExtensiveForm)
    solution = numeric_solution(tree)
    if solution is not None and solution.is_unique:
        only = [pure_component(tree, solution.choices)]
        return assemble(tree, only, "subgame-perfect", "all", with_cells=cells)
    listed = stages(tree)
    names = _names(tree, listed)
    ask = consistent_tree(tree)
    emptied: list[Region] = []
    known: dict[str, list[Branch]] = {}
    for stage in listed:
        options = [known.pop(root) for root in stage.exits]
        found: list[Branch] = []
        for base in combined(options, stage.root, ask, emptied):
            for branch in _solved(tree, stage, base, names, ask, emptied):
                found += determined(branch, ask)
                limited(len(found), stage.root)
        known[stage.root] = found
    components = [component(tree, b) for b in known[tree.root.id]]
    scope = "pure" if names is None else "all"
    return assemble(
        tree,
        components,
        "subgame-perfect",
        scope,
        emptied=emptied,
        covers=scope == "all",
        with_cells=cells,
    )


def _solved(
    tree: ExtensiveForm, stage: Stage, base: Branch, names: Names | None, ask: Prover, emptied: list[Region]
) -> list[Branch]:
    """The branches of one stage on top of a choice of branches for the smaller subgames."""
    values = {root: part.payoffs for root, part in zip(stage.exits, base.parts, strict=True)}
    if len(stage.nodes) > 1:
        return list(stage_branches(StageGame(tree, stage, values), base, names, ask, emptied))
    node = tree.node(stage.root)
    if node.is_chance:
        return [chance_move(tree, node, base, values)]
    return list(decisions(tree, stage.sets[0], base, values, names, ask, emptied))


def _names(tree: ExtensiveForm, listed: tuple[Stage, ...]) -> Names | None:
    """The names of mixing probabilities; None where a stage is so large that only pure play is searched."""
    hidden = any(p.types for p in tree.players)
    for stage in listed:
        if len(stage.nodes) > 1 and not fully_searched(stage) and (hidden or plan_count(stage) > MAX_PLANS):
            raise OutOfScope(
                f"the subgame at {stage.root} has {len(stage.sets)} information sets that must be solved "
                f"together ({', '.join(h.name for h in stage.sets[:6])}); mixed behaviour is searched for up "
                f"to {MAX_PATTERNS} patterns of supports and pure behaviour for up to {MAX_PLANS} profiles; "
                "use perfect-bayesian"
            )
    return mixing_names(tree) if all(map(fully_searched, listed)) else None
