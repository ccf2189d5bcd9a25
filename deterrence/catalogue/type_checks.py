"""The hidden types of a tree's players in a model file: their probabilities, or a joint prior.

Types are named in `[players.x]`, with probabilities of their own or, beside `[[prior]]`, as a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from deterrence.catalogue.draft import Draft
from deterrence.catalogue.entries import MAX_COPIES, PriorEntry
from deterrence.catalogue.faults import Faults, allowed, place, show, within
from deterrence.catalogue.source import PlayerSource, PriorSource
from deterrence.catalogue.texts import Scope, read_expression


def read_types(
    draft: Draft, players: Sequence[PlayerSource], scope: Scope, faults: Faults
) -> tuple[tuple[PlayerSource, ...], tuple[PriorSource, ...]]:
    """The players with the probabilities of their types, and the joint prior where there is one."""
    joint = bool(draft.prior) or "prior" in draft.broken | faults.settled
    people = []
    for p in players:
        entry, where = draft.tree_players[p.name], f"{place('players', p.name)}.types"
        given = entry.types if entry else ()
        if not isinstance(given, dict):
            if given and not joint:
                remedy = f'write {{ {given[0]} = "…", … }}, or add [[prior]] for a joint distribution'
                faults.add(where, "the types have no probabilities", remedy)
            people.append(p)
            continue
        if joint:
            names = ", ".join(f'"{kind}"' for kind in given)
            remedy = f"write types = [{names}] here, or drop [[prior]]"
            faults.add(where, "the types have probabilities here, and in [[prior]] too", remedy)
        trees = [read_expression(t, within(where, kind), scope, faults) for kind, t in given.items()]
        beliefs = tuple(t for t in trees if t is not None)
        people.append(PlayerSource(p.name, p.label, p.actions, p.types, beliefs, tuple(given.values())))
    copies = len(draft.nodes) * prod(max(1, len(p.types)) for p in players)
    if copies > MAX_COPIES:
        problem = f"copied for each combination of types the tree has {copies} nodes"
        faults.add("players", problem, f"at most {MAX_COPIES} are allowed")
    return tuple(people), _prior(draft, players, scope, faults)


def _prior(
    draft: Draft, players: Sequence[PlayerSource], scope: Scope, faults: Faults
) -> tuple[PriorSource, ...]:
    typed = {p.name: p.types for p in players if p.types}
    if draft.prior and not typed and "players" not in draft.broken:
        faults.add("prior", "no player has types", "add types to a player, as in types = ['hard', 'soft']")
        return ()
    found: dict[tuple[tuple[str, str], ...], PriorSource] = {}
    for number_, entry in enumerate(draft.prior):
        if entry is None:
            continue
        where = place("prior", number_)
        tree = read_expression(entry.probability, f"{where}.probability", scope, faults)
        drawn = _drawn(entry, f"{where}.types", typed, faults)
        if drawn is None or tree is None:
            continue
        if drawn in found:
            faults.add(f"{where}.types", "this combination has a probability already", "list it once")
        found[drawn] = PriorSource(drawn, tree, entry.probability)
    if found and None not in draft.prior and len(found) == len(draft.prior):
        for player, types in typed.items():
            used = {dict(drawn)[player] for drawn in found}
            for kind in types:
                if kind not in used:
                    problem = f"no combination has the type {kind} of {player}"
                    faults.add("prior", problem, "add one, or remove the type")
    return tuple(found.values())


def _drawn(
    entry: PriorEntry, where: str, typed: Mapping[str, tuple[str, ...]], faults: Faults
) -> tuple[tuple[str, str], ...] | None:
    sound = True
    for player, kind in entry.types.items():
        if player not in typed:
            faults.add(where, f"{show(player)} is no player with types", allowed(player, typed))
            sound = False
        elif kind not in typed[player]:
            faults.add(where, f"{show(kind)} is not a type of {player}", allowed(kind, typed[player]))
            sound = False
    for player in typed:
        if player not in entry.types:
            faults.add(where, f"the type of {player} is missing", "name one for each player that has types")
            sound = False
    return tuple((player, entry.types[player]) for player in typed) if sound else None
