"""The meaning of a file's strategies and profiles: roles, strategies of the library, who plays what.

Automata that are written out are read in `written_strategies`.  Every check notes its faults and goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deterrence.algebra.syntax import Expression
from deterrence.catalogue.faults import Faults, allowed, check_kebab, check_name, place, show, within
from deterrence.catalogue.repeated_checks import Places
from deterrence.catalogue.repeated_entries import (
    ProfileEntry,
    RoleEntry,
    StrategyEntry,
)
from deterrence.catalogue.repeated_source import (
    ProfileSource,
    StrategySource,
)
from deterrence.catalogue.texts import Scope, read_expression
from deterrence.catalogue.written_strategies import check_against, written_strategy
from deterrence.games.strategies import IN_TURNS, LIBRARY, options_of


def read_roles(
    roles: Mapping[str, RoleEntry], places: Places, scope: Scope, faults: Faults
) -> dict[str, tuple[str, str]]:
    """Who cooperates and defects by what; a player without a role takes the first that fits its actions."""
    found: dict[str, tuple[str, str]] = {}
    for player, role in roles.items():
        where = place("roles", player)
        if player not in scope.players:
            faults.add(where, f"{show(player)} is not a player", allowed(player, scope.players))
            continue
        actions = places.actions(player)
        for key, action in (("cooperate", role.cooperate), ("defect", role.defect)):
            if action not in actions:
                problem = f"{show(action)} is not an action of {player}"
                faults.add(f"{where}.{key}", problem, allowed(action, actions))
        if role.cooperate == role.defect:
            faults.add(where, f"{show(role.defect)} both cooperates and defects", "name two actions")
        found[player] = (role.cooperate, role.defect)
    for player in scope.players:
        fitting = [r for r in found.values() if set(r) <= set(places.actions(player))]
        if player not in found and fitting:
            found[player] = fitting[0]
    return found


def read_profiles(
    profiles: Sequence[ProfileEntry],
    strategies: Mapping[str, StrategyEntry],
    scope: Scope,
    faults: Faults,
) -> tuple[ProfileSource, ...]:
    """A strategy for each player, of the file or one of the library that takes no options."""
    free = [n for n in LIBRARY if not options_of(n)]
    seen: set[str] = set()
    found = []
    for n, entry in enumerate(profiles):
        where = place("profiles", n)
        check_kebab(entry.id, f"{where}.id", faults)
        if entry.id in seen:
            faults.add(f"{where}.id", f"{show(entry.id)} is the id of an earlier profile", "give it its own")
        seen.add(entry.id)
        for player, name in entry.strategies.items():
            there = within(where, player)
            if player not in scope.players:
                known = ("id", "label", *scope.players)
                faults.add(there, f"{show(player)} is not a player", allowed(player, known))
            elif name not in strategies and name not in free:
                problem = f"{show(name)} is no strategy"
                if name in LIBRARY:
                    listed = ", ".join(options_of(name))
                    remedy = f'declare it: [strategies.X] builtin = "{name}", with = {{ … }} for {listed}'
                else:
                    remedy = allowed(name, (*strategies, *free))
                faults.add(there, problem, remedy)
            elif name in strategies and strategies[name].player not in (None, player):
                problem = f"the strategy {name} is for {strategies[name].player}"
                faults.add(there, problem, "use another, or leave player out of it")
        missing = [p for p in scope.players if p not in entry.strategies]
        for player in missing:
            faults.add(where, f"the strategy of {player} is missing", f'add it: {player} = "…"')
        if not missing:
            chosen = tuple((p, entry.strategies[p]) for p in scope.players)
            found.append(ProfileSource(entry.id, entry.label, chosen))
    return tuple(found)


def read_strategies(
    strategies: Mapping[str, StrategyEntry],
    profiles: Sequence[ProfileSource],
    roles: Mapping[str, tuple[str, str]],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> tuple[StrategySource, ...]:
    """The strategies of the file, then those of the library that profiles name."""
    users: dict[str, dict[str, None]] = {}
    for profile in profiles:
        for player, name in profile.strategies:
            users.setdefault(name, {})[player] = None
    found = []
    for name, entry in strategies.items():
        where = place("strategies", name)
        check_name(name, where, "strategy", faults)
        if entry.player is not None and entry.player not in scope.players:
            problem = f"{show(entry.player)} is not a player"
            faults.add(f"{where}.player", problem, allowed(entry.player, scope.players))
        players = tuple(users.get(name, {entry.player or "": None}))
        players = tuple(p for p in players if p in scope.players)
        if entry.builtin is None:
            found.append(written_strategy(name, entry, where, players, places, scope, faults))
        else:
            found.append(_builtin(name, entry, where, players, roles, places, scope, faults))
    for name in users:
        if name not in strategies and name in LIBRARY:
            entry = StrategyEntry.model_validate({"builtin": name})
            where = f"the strategy {name}"
            found.append(_builtin(name, entry, where, tuple(users[name]), roles, places, scope, faults))
    return tuple(found)


# -- strategies of the library ----------------------------------------------------------------------------
def _builtin(
    name: str,
    entry: StrategyEntry,
    where: str,
    players: Sequence[str],
    roles: Mapping[str, tuple[str, str]],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> StrategySource:
    builtin = entry.builtin or ""
    if entry.states or entry.initial is not None:
        faults.add(where, "it has a builtin and states of its own", "keep one of the two")
    options: list[tuple[str, int | bool | Expression | str]] = []
    if builtin not in LIBRARY:
        faults.add(f"{where}.builtin", f"{show(builtin)} is not in the library", allowed(builtin, LIBRARY))
    else:
        options = _options(entry, builtin, where, players, places, scope, faults)
        if places.several and builtin not in IN_TURNS:
            remedy = f"write out its states, or use one of {', '.join(sorted(IN_TURNS))}"
            faults.add(
                f"{where}.builtin",
                f"{builtin} needs a game in which all choose at once in every round",
                remedy,
            )
        if places.signals and builtin not in ("always-cooperate", "always-defect", "forward-defence"):
            problem = f"{builtin} looks at actions, and with public monitoring there are only signals"
            faults.add(f"{where}.builtin", problem, "write out its states with when = { signal = … }")
    check_against(entry, where, scope, faults)
    for player in players:
        others = [entry.against] if entry.against else [p for p in scope.players if p != player]
        for needed in (player, *others[:1]):
            if needed not in roles and needed in scope.players:
                problem = f"{builtin or name} needs to know by what {needed} cooperates and defects"
                remedy = f'add [roles.{needed}] with cooperate = "…" and defect = "…"'
                faults.add(place("roles", needed), problem, remedy)
    return StrategySource(name, entry.label, entry.player, builtin, tuple(options), entry.against, "", ())


def _options(
    entry: StrategyEntry,
    builtin: str,
    where: str,
    players: Sequence[str],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> list[tuple[str, int | bool | Expression | str]]:
    takes = options_of(builtin)
    found: list[tuple[str, int | bool | Expression | str]] = []
    for key in entry.options:
        if key not in takes:
            problem = f"{builtin} takes no option {show(key)}"
            faults.add(within(f"{where}.with", key), problem, allowed(key, takes))
    for key, kind in takes.items():
        there = within(f"{where}.with", key)
        if key not in entry.options:
            faults.add(f"{where}.with", f"{builtin} needs {key}", f"add with = {{ {key} = … }}")
            continue
        given = entry.options[key]
        whole = isinstance(given, int) and not isinstance(given, bool)
        if kind == "int":
            if not whole or not 1 <= int(given) <= 50:
                faults.add(there, f"it is {show(given)}", "write a whole number from 1 to 50, without quotes")
                continue
            found.append((key, int(given)))
        elif kind == "bool":
            if not isinstance(given, bool):
                faults.add(there, f"it is {show(given)}", "write true or false, without quotes")
                continue
            found.append((key, given))
        elif kind == "str":
            for player in players:
                if given not in places.actions(player):
                    problem = f"{show(given)} is not an action of {player}"
                    faults.add(there, problem, allowed(str(given), places.actions(player)))
            found.append((key, str(given)))
        else:
            tree = read_expression(str(given), there, scope, faults)
            if tree is not None:
                found.append((key, tree))
    return found
