"""The meaning of a model file: parameters, definitions, assumptions, players, payoffs at each profile.

Every check notes its faults and goes on, so that a reader sees them all at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from deterrence.algebra.extent import Extent, Size, extent
from deterrence.algebra.grammar import names_in, parse_expression
from deterrence.algebra.syntax import Condition, Expression
from deterrence.catalogue.draft import Draft
from deterrence.catalogue.entries import MAX_CELLS, ParameterEntry, PayoffEntry
from deterrence.catalogue.faults import Faults, allowed, check_name, place, show
from deterrence.catalogue.source import ParameterSource, PlayerSource, Profile
from deterrence.catalogue.texts import Scope, read_condition, read_expression, read_number
from deterrence.errors import ExpressionError


@dataclass(frozen=True)
class Payoffs:
    """The payoff table: trees and texts by action profile."""

    trees: Mapping[Profile, tuple[Expression, ...]]
    texts: Mapping[Profile, tuple[str, ...]]


def read_players(draft: Draft, faults: Faults) -> tuple[tuple[PlayerSource, ...], Scope]:
    """The players, and a scope with everything that is declared before any text is read."""
    players: list[PlayerSource] = []
    known: dict[str, tuple[str, ...] | None] = {}
    for name, entry in draft.players.items():
        where = place("players", name)
        check_name(name, where, "player", faults)
        known[name] = (entry.actions or None) if entry else None
        if entry is None:
            continue
        players.append(PlayerSource(name, entry.label or name, entry.actions))
        if not entry.actions:
            faults.add(f"{where}.actions", "the list of actions is empty", "name at least one action")
        for action in dict.fromkeys(entry.actions):
            check_name(action, f"{where}.actions", "action", faults)
            if entry.actions.count(action) > 1:
                faults.add(f"{where}.actions", f"the action {show(action)} is listed twice", "name it once")
    scope = Scope(
        tuple(draft.parameters),
        players=known,
        names_known=not draft.broken & {"parameters", "definitions"},
        players_known="players" not in draft.broken,
    )
    return tuple(players), scope


def read_definitions(
    draft: Draft, scope: Scope, faults: Faults
) -> tuple[tuple[tuple[str, Expression], ...], Scope]:
    """The definitions in their order, and the scope with all of them."""
    trees: list[tuple[str, Expression]] = []
    bounds: dict[str, Extent] = {}
    uses = {name: _definitions_in(text, draft) for name, text in draft.definitions.items()}
    names = tuple(draft.definitions)
    for number, (name, text) in enumerate(draft.definitions.items()):
        where = place("definitions", name)
        check_name(name, where, "definition", faults)
        if name in draft.parameters:
            faults.add(where, f"{show(name)} is also a parameter", "rename one of them")
        here = replace(scope, definitions=dict(bounds), later=frozenset(names[number:]))
        tree = read_expression(text, where, here, faults) if text is not None else None
        for used in sorted(uses[name] & here.later, key=names.index):
            path = _path(used, name, uses)
            if path:
                circle = " -> ".join([name, *path])
                faults.add(where, f"it is defined through itself: {circle}", "break the circle")
            else:
                problem = f"{show(text)} uses {show(used)}, which is defined further down"
                faults.add(where, problem, f"move {used} above it")
        bounds[name] = extent(tree, bounds) if tree else Extent(frozenset({name}), Size(degree=1))
        if tree:
            trees.append((name, tree))
    return tuple(trees), replace(scope, definitions=bounds)


def _definitions_in(text: str | None, draft: Draft) -> frozenset[str]:
    try:
        return names_in(parse_expression(text or "0")) & draft.definitions.keys()
    except ExpressionError:
        return frozenset()


def _path(start: str, goal: str, uses: Mapping[str, frozenset[str]]) -> list[str]:
    """A shortest way from one definition to another along what they use; empty where there is none."""
    ways, seen = [[start]], {start}
    for way in ways:
        if way[-1] == goal:
            return way
        for used in sorted(uses[way[-1]] - seen):
            seen.add(used)
            ways.append([*way, used])
    return []


def read_parameters(draft: Draft, scope: Scope, faults: Faults) -> tuple[ParameterSource, ...]:
    """The parameters: domains, examples and ranges."""
    found = []
    for name, entry in draft.parameters.items():
        check_name(name, place("parameters", name), "parameter", faults)
        if entry is not None:
            found.append(_parameter(name, entry, scope, faults))
    return tuple(found)


def _parameter(name: str, entry: ParameterEntry, scope: Scope, faults: Faults) -> ParameterSource:
    where = place("parameters", name)
    domain = example = ends = None
    if entry.domain is not None:
        domain = read_condition(entry.domain, f"{where}.domain", scope, faults)
        if domain and names_in(domain) and name not in names_in(domain):
            problem = f"{show(entry.domain)} does not mention {show(name)}"
            faults.add(f"{where}.domain", problem, "joint conditions belong in assumptions")
    if entry.example is not None:
        example = read_number(entry.example, f"{where}.example", faults)
    if entry.range is not None:
        low, high = (
            read_number(text, place("parameters", name, "range", n), faults)
            for n, text in enumerate(entry.range)
        )
        if low is not None and high is not None:
            ends = (low, high)
            if low >= high:
                faults.add(f"{where}.range", f"{low} is not below {high}", "write the lower end first")
            elif example is not None and not low <= example <= high:
                faults.add(f"{where}.example", f"{example} lies outside the range", "widen the range")
    return ParameterSource(name, entry.meaning, domain, entry.domain, example, ends)


def read_assumptions(draft: Draft, scope: Scope, faults: Faults) -> tuple[Condition, ...]:
    """The joint conditions, in order."""
    read = (
        read_condition(text, place("assumptions", n), scope, faults)
        for n, text in enumerate(draft.assumptions)
        if text is not None
    )
    return tuple(tree for tree in read if tree is not None)


def read_payoffs(draft: Draft, scope: Scope, faults: Faults) -> Payoffs:
    """One payoff for each player at each action profile, in the order of the players' actions."""
    players = tuple(scope.players)
    if not players and "players" not in draft.broken and "players" not in faults.settled:
        faults.add("players", "there are no players", "add [players.NAME] with its actions")
    first: dict[Profile, int] = {}
    trees: dict[Profile, tuple[Expression, ...]] = {}
    texts: dict[Profile, tuple[str, ...]] = {}
    unreadable = draft.payoffs.count(None)
    for number, entry in enumerate(draft.payoffs):
        if entry is None or not scope.players_known:
            continue
        profile = _profile(entry, number, scope, faults)
        row = _row(entry, number, players, scope, faults)
        if profile is None:
            unreadable += 1
            continue
        if profile in first:
            problem = (
                f"the profile {_spell(players, profile)} has payoffs in payoffs[{first[profile] + 1}] too"
            )
            faults.add(place("payoffs", number), problem, "keep one of the two, or mend its when")
            continue
        first[profile] = number
        if len(row) == len(players):
            trees[profile] = row
            texts[profile] = tuple(entry.worth[p] for p in players)
    order = _all_profiles(draft, scope, faults)
    if order and "payoffs" not in draft.broken | faults.settled:
        _note_missing([p for p in order if p not in first], unreadable, players, faults)
    return Payoffs({p: trees[p] for p in order if p in trees}, {p: texts[p] for p in order if p in texts})


def _profile(entry: PayoffEntry, number: int, scope: Scope, faults: Faults) -> Profile | None:
    """The actions of `when` in the order of the players, or None with the faults noted."""
    where = place("payoffs", number, "when")
    sound = True
    for player, action in entry.when.items():
        actions = scope.players.get(player)
        if player not in scope.players:
            faults.add(where, f"{show(player)} is not a player", allowed(player, scope.players))
            sound = False
        elif actions is not None and action not in actions:
            faults.add(where, f"{show(action)} is not an action of {player}", allowed(action, actions))
            sound = False
    for player in scope.players:
        if player not in entry.when:
            faults.add(where, f"the action of {player} is missing", "name an action for each player, once")
            sound = False
    return tuple(entry.when[player] for player in scope.players) if sound else None


def _row(
    entry: PayoffEntry, number: int, players: tuple[str, ...], scope: Scope, faults: Faults
) -> tuple[Expression, ...]:
    for key in entry.worth:
        if key not in players:
            where = place("payoffs", number, key)
            remedy = "" if faults.full else allowed(key, ("when", *players))
            faults.add(where, f"unknown key {show(key)}", remedy)
    row = []
    for player in players:
        where = place("payoffs", number, player)
        if player not in entry.worth:
            faults.add(where, f"the payoff of {player} is missing", f'add it: {player} = "…"')
            continue
        tree = read_expression(entry.worth[player], where, scope, faults)
        if tree is not None:
            row.append(tree)
    return tuple(row)


def _all_profiles(draft: Draft, scope: Scope, faults: Faults) -> list[Profile]:
    """Every action profile; empty where the actions are not all known or there are too many profiles."""
    sets = [actions for actions in scope.players.values() if actions is not None]
    if len(sets) < len(scope.players) or not sets:
        return []
    cells = prod(len(actions) for actions in sets)
    if cells > MAX_CELLS:
        faults.add("players", f"they have {cells} action profiles", f"at most {MAX_CELLS} are allowed")
        return []
    return list(dict.fromkeys(product(*sets)))


def _note_missing(missing: list[Profile], unreadable: int, players: tuple[str, ...], faults: Faults) -> None:
    """Note profiles without payoffs, unless entries that could not be read may be the ones."""
    if len(missing) <= unreadable:
        return
    listed = "; ".join(_spell(players, profile) for profile in missing[:4])
    more = f" and {len(missing) - 4} more profiles" if len(missing) > 4 else ""
    when = ", ".join(f'{p} = "{a}"' for p, a in zip(players, missing[0], strict=True))
    faults.add(
        "payoffs", f"there are no payoffs for {listed}{more}", f"add [[payoffs]] with when = {{ {when} }}"
    )


def _spell(players: tuple[str, ...], profile: Profile) -> str:
    return "(" + ", ".join(f"{p} = {a}" for p, a in zip(players, profile, strict=True)) + ")"
