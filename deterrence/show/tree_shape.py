"""The shape that text, pictures and notebooks draw: places to move, branches with marks, ends with payoffs.

`tree_view` makes it from a tree; texts are ready to be shown, and nothing is computed from here on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """Who takes a move in an equilibrium: `kind` is a type or nothing, `sure` with probability one."""

    kind: str
    sure: bool
    on_path: bool


@dataclass(frozen=True)
class Branch:
    """A move: its name, what it leads to, the probability if chance moves, and an equilibrium's marks."""

    action: str
    to: str
    chance: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def on_path(self) -> bool:
        """Whether some type plays it where it is reached."""
        return any(m.on_path for m in self.marks)

    @property
    def planned(self) -> bool:
        """Whether it is only planned, at a place that is not reached."""
        return bool(self.marks) and not self.on_path

    def takers(self, kinds: Sequence[str]) -> str:
        """Who takes it where not all types do so for sure, such as `hard, soft sometimes`.

        `kinds` are the mover's types, of which those are named that play it as far as anyone does.
        """
        shown = [m for m in self.marks if m.on_path == self.on_path]
        if len(shown) >= max(len(kinds), 1) and all(m.sure for m in shown):
            return ""
        return ", ".join(f"{m.kind if kinds else ''}{'' if m.sure else ' sometimes'}".strip() for m in shown)


@dataclass(frozen=True)
class ViewNode:
    """A place where a player or chance (`player` empty) moves; `shared` names a set of several nodes."""

    id: str
    title: str
    player: str
    branches: tuple[Branch, ...]
    shared: str = ""


@dataclass(frozen=True)
class ViewEnd:
    """An outcome: its name, its label, and for each player one payoff, or one for each type."""

    id: str
    name: str
    label: str
    payoffs: tuple[tuple[tuple[str, str], ...], ...]  # a player: (type or nothing, text) pairs


@dataclass(frozen=True)
class ViewPlayer:
    """A player: its name, what to call it, and its types with their probabilities where they have any."""

    name: str
    shown: str
    types: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TreeView:
    """A tree ready to be drawn; `draw` lists the joint probabilities of types that are not independent."""

    players: tuple[ViewPlayer, ...]
    root: str
    nodes: Mapping[str, ViewNode]
    ends: Mapping[str, ViewEnd]
    draw: tuple[tuple[str, str], ...] = ()
    marked: str = ""

    def kinds(self, player: str) -> tuple[str, ...]:
        """The types of a player in this view."""
        return next((tuple(k for k, _ in p.types) for p in self.players if p.name == player), ())

    def shown(self, player: str) -> str:
        """What to call a player; chance where there is none."""
        return next((p.shown for p in self.players if p.name == player), "chance")
