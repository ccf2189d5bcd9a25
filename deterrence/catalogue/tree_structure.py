"""The structure of a tree as a model file has it, without types: cycles, unreachable nodes, imperfect recall.

The checks are those of `games.wellformed`; here their places are put as the file has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from deterrence.algebra.value import number
from deterrence.catalogue.draft import Draft
from deterrence.catalogue.faults import Faults
from deterrence.catalogue.source import NodeSource, PlayerSource
from deterrence.errors import Problem
from deterrence.games.tree import CHANCE, ExtensiveForm, Node, Outcome, TreePlayer
from deterrence.games.wellformed import tree_faults

_PLACE = re.compile(r"(node|outcome) ([A-Za-z]\w*)", re.ASCII)


class Unchecked(ExtensiveForm):
    """A tree that does not check itself when it is made, so that its faults can be told one by one."""

    def __post_init__(self) -> None:
        """Nothing is checked."""


def note_structure(
    nodes: Sequence[NodeSource], draft: Draft, players: Sequence[PlayerSource], faults: Faults
) -> None:
    """The faults of the tree as it is written; its chance moves are given equal chances for the purpose."""
    listed = tuple(
        Node(
            n.id,
            n.player,
            n.moves,
            n.information,
            tuple(number(1) / number(len(n.moves)) for _ in n.moves) if n.player == CHANCE else (),
        )
        for n in nodes
    )
    zeros = tuple(number(0) for _ in players)
    ends = tuple(Outcome(name, zeros) for name in draft.outcomes)
    tree = Unchecked(tuple(TreePlayer(p.name) for p in players), listed, ends)
    for fault in placed(tree_faults(tree)):
        faults.add(fault.place, fault.problem, fault.remedy)


def placed(faults: Iterable[Problem]) -> list[Problem]:
    """Faults of a tree with their places as the file has them: `nodes[answer]`, `outcomes.SQ`."""
    return [Problem(_PLACE.sub(_written, f.place), f.problem, f.remedy) for f in faults]


def _written(match: re.Match[str]) -> str:
    return f"nodes[{match[2]}]" if match[1] == "node" else f"outcomes.{match[2]}"
