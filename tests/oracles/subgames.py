"""Numeric trees by definition, in plain fractions: the oracle for subgames and subgame perfection.

Defines where subgames begin (no information set is cut, by going through all of them), what behaviour is
worth, and when it is subgame perfect: in no subgame does a player gain by any pure plan, hence by any other.
Nothing here imports the library, SymPy or numpy.  Source: Selten (1975).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Behaviour = Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True)
class Move:
    """An action with what it leads to; chance moves have a probability."""

    action: str
    to: str
    chance: Fraction = Fraction(0)


@dataclass(frozen=True)
class Tree:
    """`nodes` has for each node its player ("chance" too), its information set and its moves."""

    root: str
    nodes: Mapping[str, tuple[str, str, tuple[Move, ...]]]
    ends: Mapping[str, Mapping[str, Fraction]]

    def below(self, start: str) -> set[str]:
        """A node and all nodes after it."""
        if start in self.ends:
            return set()
        return {start}.union(*(self.below(m.to) for m in self.nodes[start][2]))

    def roots(self) -> set[str]:
        """Where subgames begin."""
        return {n for n in self.nodes if self._begins(n)}

    def _begins(self, start: str) -> bool:
        inside = self.below(start)
        sets: dict[str, set[str]] = {}
        for n, (player, name, _) in self.nodes.items():
            if player != "chance":
                sets.setdefault(name, set()).add(n)
        own = [s for s in sets.values() if start in s]
        return all(s <= inside or not s & inside for s in sets.values()) and all(len(s) == 1 for s in own)

    def actions(self, start: str, player: str | None = None) -> dict[str, tuple[str, ...]]:
        """The information sets at a node and after it, of one player or all, with their actions."""
        return {
            self.nodes[n][1]: tuple(m.action for m in self.nodes[n][2])
            for n in sorted(self.below(start))
            if self.nodes[n][0] != "chance" and player in (None, self.nodes[n][0])
        }

    def worth(self, start: str, behaviour: Behaviour) -> dict[str, Fraction]:
        """Every player's expected payoff from a node on."""
        if start in self.ends:
            return dict(self.ends[start])
        player, name, moves = self.nodes[start]
        total = dict.fromkeys(next(iter(self.ends.values())), Fraction(0))
        for m in moves:
            chance = m.chance if player == "chance" else behaviour[name][m.action]
            if chance:
                for who, v in self.worth(m.to, behaviour).items():
                    total[who] += chance * v
        return total

    def is_nash(self, start: str, behaviour: Behaviour) -> bool:
        """Whether from a node on no player gains by any pure plan."""
        now = self.worth(start, behaviour)
        for player in now:
            own = self.actions(start, player)
            for plan in product(*own.values()):
                changed = {**behaviour, **{h: pure(own[h], a) for h, a in zip(own, plan, strict=True)}}
                if self.worth(start, changed)[player] > now[player]:
                    return False
        return True

    def is_subgame_perfect(self, behaviour: Behaviour) -> bool:
        """Whether behaviour is a Nash equilibrium in every subgame."""
        for h, actions in self.actions(self.root).items():
            chances = [behaviour[h][a] for a in actions]
            if min(chances) < 0 or sum(chances) != 1:
                return False
        return all(self.is_nash(start, behaviour) for start in self.roots())

    def pure_profiles(self) -> Iterator[dict[str, dict[str, Fraction]]]:
        """Every pure profile of the whole tree."""
        sets = self.actions(self.root)
        for plan in product(*sets.values()):
            yield {h: pure(sets[h], a) for h, a in zip(sets, plan, strict=True)}


def pure(actions: tuple[str, ...], chosen: str) -> dict[str, Fraction]:
    """One action for sure.

    >>> pure(("a", "b"), "b")
    {'a': Fraction(0, 1), 'b': Fraction(1, 1)}
    """
    return {a: Fraction(int(a == chosen)) for a in actions}
