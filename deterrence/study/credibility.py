"""Credible and incredible threats: which Nash equilibria of a tree are perfect, and where.

A Nash equilibrium in plans is credible where some perfect equilibrium (subgame-perfect, or perfect Bayesian
where types are hidden) does all that its plans say; on what they leave open anything may be planned.
Equilibria in mixtures of plans are not compared.  Source: [Selten1975].
"""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.algebra.eliminate import bounded, exists
from deterrence.algebra.region import Region, all_of, any_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import compare, number
from deterrence.errors import OutOfScope, expect
from deterrence.games.strategic import StrategicForm
from deterrence.solve.atlas import Atlas, Equilibrium

_MAX_CASES = 400


@dataclass(frozen=True)
class Credible:
    """Where an equilibrium in plans is credible, within its region; None where that was not compared."""

    id: str
    region: Region | None


def credible(nash: Atlas, perfect: Atlas) -> tuple[Credible, ...]:
    """For each equilibrium of `nash`, in plans, where an equilibrium of `perfect` plays the same.

    Both are atlases of one tree; raises OutOfScope otherwise.

    >>> from deterrence.games.tree import ExtensiveForm
    >>> from deterrence.solve.subgame_perfect import subgame_perfect
    >>> from deterrence.solve.tree_nash import tree_nash
    >>> tree = ExtensiveForm.build(
    ...     ["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
    ...      "reply": {"player": "them", "moves": {"cede": "win", "fight": "war"}}},
    ...     {"SQ": [0, 0], "win": [1, -1], "war": [-1, "-d"]})
    >>> nash = tree_nash(tree)
    >>> for found in credible(nash, subgame_perfect(tree)):
    ...     if nash[found.id].is_pure:
    ...         print(nash[found.id].support, nash[found.id].region, "|", found.region)
    (('wait',), ('fight',)) true | d <= 1
    (('act',), ('cede',)) d >= 1 | d >= 1
    """
    expect("credible", nash, Atlas)
    form = nash.game
    if not isinstance(form, StrategicForm) or perfect.game != form.tree:
        raise OutOfScope(
            "credibility compares the equilibria in plans of a tree with perfect ones of the same tree"
        )
    return tuple(Credible(e.id, _where(e, form, perfect)) for e in nash.equilibria)


def _where(e: Equilibrium, form: StrategicForm, perfect: Atlas) -> Region | None:
    if not e.is_pure or not all(s.projected for s in perfect.equilibria):
        return None
    given = perfect.domain.given
    planned = [
        choice
        for player, (action,) in zip(form.names, e.support, strict=True)
        for choice in form.plan(player, action).choices
    ]
    found = []
    try:
        with bounded(_MAX_CASES):
            for s in perfect.equilibria:
                plays = (compare(s.strategy(h)[a], "==", number(1)) for h, a in planned)
                same = all_of((e.region, s.where, *plays))
                found.append(exists(same, [r.name for r in s.free], given))
    except OutOfScope:
        return None
    return tidy(any_of(found), given)
