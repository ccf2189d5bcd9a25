"""Hidden types: a tree that is written once, and chance that draws each player's type first.

Types are drawn independently, or by a joint prior.  Every node is copied for each combination of types, and
an information set is split by the mover's own type: `answer` becomes `answer[hard]` and `answer[soft]`.
Source: [Harsanyi1967].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from deterrence.algebra.parameters import Domain
from deterrence.algebra.value import Value, number
from deterrence.errors import GameError
from deterrence.games.tree import CHANCE, ExtensiveForm, Node, Outcome, TreePlayer

DRAW = "types"
Combination = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TypedOutcome:
    """An end of a game with types: for each player one payoff, or one for each type of a player.

    The types are the player's own, or those of the only other player who has types with these names.
    """

    id: str
    payoffs: tuple[Value | Mapping[str, Value], ...]
    label: str = ""

    def __hash__(self) -> int:
        return hash(self.id)


def combinations(players: Sequence[TreePlayer]) -> list[Combination]:
    """Every combination of types, as (player, type) pairs; the last player's type changes fastest."""
    typed = [p for p in players if p.types]
    return [
        tuple((p.name, t) for p, t in zip(typed, drawn, strict=True))
        for drawn in product(*(p.types for p in typed))
    ]


def independent(
    players: Sequence[TreePlayer], beliefs: Mapping[str, Mapping[str, Value]]
) -> dict[Combination, Value]:
    """The prior when each player's type is drawn on its own; `beliefs` has the chances by player and type."""
    prior = {}
    for drawn in combinations(players):
        chance = number(1)
        for player, kind in drawn:
            chance = chance * beliefs[player][kind]
        prior[drawn] = chance
    return prior


def with_types(
    players: Sequence[TreePlayer],
    prior: Mapping[Combination, Value],
    nodes: Sequence[Node],
    outcomes: Sequence[TypedOutcome],
    domain: Domain,
) -> ExtensiveForm:
    """The tree in which chance draws the types and each player sees its own.

    `nodes` are written once, without types.  Combinations whose prior is the number zero are left out.
    Raises GameError as every tree does, and where the draw's name is taken.
    """
    if not any(p.types for p in players):
        ends = [Outcome(o.id, _payoffs(o, players, ()), o.id, o.label) for o in outcomes]
        return ExtensiveForm(tuple(players), tuple(nodes), tuple(ends), domain)
    if any(n.id == DRAW or n.information == DRAW for n in nodes) or any(o.id == DRAW for o in outcomes):
        raise GameError(f"node {DRAW}: this name is kept for the draw of the types; choose another")
    drawn = [c for c in prior if not prior[c].is_zero]
    typed = {p.name for p in players if p.types}
    copies: list[Node] = []
    ends = []
    for types in drawn:
        kinds = dict(types)
        for n in nodes:
            information = "" if n.is_chance else n.known_as
            if n.player in typed:
                information = f"{information}[{kinds[n.player]}]"
            moves = tuple((a, _at(to, types)) for a, to in n.moves)
            copies.append(Node(_at(n.id, types), n.player, moves, information, n.probabilities, types))
        ends += [Outcome(_at(o.id, types), _payoffs(o, players, types), o.id, o.label) for o in outcomes]
    root = Node(
        DRAW,
        CHANCE,
        tuple(("_".join(k for _, k in types), _at(nodes[0].id, types)) for types in drawn),
        probabilities=tuple(prior[types] for types in drawn),
    )
    return ExtensiveForm(tuple(players), (root, *copies), tuple(ends), domain)


def _at(identifier: str, types: Combination) -> str:
    return identifier + "".join(f"/{kind}" for _, kind in types)


def _payoffs(outcome: TypedOutcome, players: Sequence[TreePlayer], types: Combination) -> tuple[Value, ...]:
    kinds = dict(types)
    found = []
    for player, worth in zip(players, outcome.payoffs, strict=True):
        if isinstance(worth, Value):
            found.append(worth)
        else:
            whose = decided_by(player, worth, players)
            if whose is None:
                known = "; ".join(f"{p.name}: {', '.join(p.types)}" for p in players if p.types)
                raise GameError(
                    f"outcome {outcome.id}: the payoffs of {player.name} are given for {', '.join(worth)}; "
                    f"give one payoff for each type of one player ({known})"
                )
            found.append(worth[kinds[whose.name]])
    return tuple(found)


def decided_by(
    player: TreePlayer, worth: Mapping[str, object], players: Sequence[TreePlayer]
) -> TreePlayer | None:
    """The player on whose type a payoff depends: itself, or the only other player with these types."""
    if set(worth) == set(player.types):
        return player
    others = [p for p in players if p.types and set(p.types) == set(worth)]
    return others[0] if len(others) == 1 else None
