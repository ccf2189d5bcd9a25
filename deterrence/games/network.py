"""Networks of groups: each chooses alone, and what that pays depends on how many neighbours do what.

One kind of group, with members that may differ in their parameters, and a graph of who is whose neighbour.
A payoff is an expression in the parameters and in the numbers of neighbours that take each action, so a game
of many members needs no table of all profiles.  Source of the setting: [JacksonZenou2015].
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from deterrence.algebra.parameters import Domain
from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm, Player

MAX_TABLE = 6  # members up to which the game is written out as a normal form
COUNTED = "neighbours_"  # in payoffs, this and an action's name is the number of neighbours that take it

Pair = tuple[int, int]  # members by number, from zero, the lower first


@dataclass(frozen=True)
class Network:
    """Members, their actions, links, and for each member and action its payoff.

    In payoffs `neighbours_halt` is the number of neighbours that halt.  Raises GameError where it is not
    well formed.
    """

    group: str
    members: tuple[str, ...]
    actions: tuple[str, ...]
    links: frozenset[Pair]
    payoffs: tuple[tuple[Value, ...], ...]  # by member, by action
    domain: Domain = field(default_factory=Domain)
    label: str = ""

    def __post_init__(self) -> None:
        if len(self.members) < 1 or len(set(self.members)) != len(self.members):
            raise GameError("a network needs one or more members, each with a name of its own")
        if len(self.actions) < 2 or len(set(self.actions)) != len(self.actions):
            raise GameError("the members of a network need two or more actions, each once")
        for one, two in self.links:
            if not 0 <= one < two < len(self.members):
                raise GameError(
                    f"the link ({one + 1}, {two + 1}) is none between two of the {len(self.members)} members"
                )
        if len(self.payoffs) != len(self.members) or any(len(r) != len(self.actions) for r in self.payoffs):
            raise GameError("give a payoff for each member and action")

    @property
    def names(self) -> tuple[str, ...]:
        """The members' names."""
        return self.members

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """For each member the numbers of its neighbours."""
        found: list[list[int]] = [[] for _ in self.members]
        for one, two in sorted(self.links):
            found[one].append(two)
            found[two].append(one)
        return tuple(tuple(sorted(f)) for f in found)

    def payoff(self, member: int, action: str, around: Mapping[str, int]) -> Value:
        """What an action pays a member when so many neighbours take each action (zero where not named)."""
        if action not in self.actions:
            raise UnknownName(f"action of {self.group}", action, self.actions)
        table = {COUNTED + a: number(around.get(a, 0)) for a in self.actions}
        return self.payoffs[member][self.actions.index(action)].substitute(table)

    def around(self, member: int, profile: Sequence[str]) -> dict[str, int]:
        """How many neighbours of a member take each action."""
        counts = dict.fromkeys(self.actions, 0)
        for other in self.neighbours[member]:
            counts[profile[other]] += 1
        return counts

    def at(self, point: Mapping[str, Fraction]) -> Network:
        """The network with parameters put in."""
        table = {n: number(v) for n, v in point.items()}
        rows = tuple(tuple(v.substitute(table) for v in row) for row in self.payoffs)
        return Network(self.group, self.members, self.actions, self.links, rows, Domain(), self.label)

    def normal_form(self) -> NormalForm:
        """The game with its table of profiles; OutOfScope beyond `MAX_TABLE` members."""
        if len(self.members) > MAX_TABLE:
            raise OutOfScope(
                f"{len(self.members)} members have {len(self.actions) ** len(self.members)} profiles; "
                f"regions are found for up to {MAX_TABLE} members, and equilibria at a point for more"
            )
        players = tuple(Player(m, self.actions, m) for m in self.members)
        rows = tuple(
            tuple(self.payoff(i, profile[i], self.around(i, profile)) for i in range(len(self.members)))
            for profile in itertools.product(self.actions, repeat=len(self.members))
        )
        return NormalForm(players, rows, self.domain)

    @property
    def is_independent(self) -> bool:
        """Whether nobody's payoffs depend on what others do."""
        counted = {COUNTED + a for a in self.actions}
        return not any(v.names & counted for row in self.payoffs for v in row) or not self.links


SHAPES = ("none", "ring", "line", "star", "complete")


def links_of(shape: str, count: int) -> frozenset[Pair]:
    """The links of a named shape: none, ring, line, star (the first is the centre) or complete.

    >>> sorted(links_of("ring", 4))
    [(0, 1), (0, 3), (1, 2), (2, 3)]
    """
    if shape not in SHAPES:
        raise UnknownName("shape of network", shape, SHAPES)
    pairs: Iterable[Pair]
    if shape == "none":
        pairs = ()
    elif shape == "star":
        pairs = ((0, k) for k in range(1, count))
    elif shape == "complete":
        pairs = itertools.combinations(range(count), 2)
    else:
        pairs = [(k, k + 1) for k in range(count - 1)]
        if shape == "ring" and count > 2:
            pairs.append((0, count - 1))
    return frozenset(pairs)
