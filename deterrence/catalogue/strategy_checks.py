"""The meaning of a file's strategies and profiles: roles, automata state by state, who plays what.

An automaton must know what to do next after anything that can be observed, and every state of it must be
reached by a rule.  Every check notes its faults and goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from deterrence.algebra.syntax import Expression
from deterrence.catalogue.faults import Faults, allowed, check_kebab, check_name, place, show, within
from deterrence.catalogue.repeated_checks import Places, read_draw
from deterrence.catalogue.repeated_entries import (
    AutomatonStateEntry,
    ProfileEntry,
    RoleEntry,
    RuleEntry,
    StrategyEntry,
)
from deterrence.catalogue.repeated_source import (
    AutomatonStateSource,
    DrawSource,
    ProfileSource,
    RuleSource,
    StrategySource,
    WhenSource,
)
from deterrence.catalogue.texts import Scope, read_expression
from deterrence.games.automata import OTHER, OWN, SIGNAL, STATE
from deterrence.games.strategies import IN_TURNS, LIBRARY, options_of

_MAX_SEEN = 4096  # combinations of actions that are gone through to find a missing rule


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
            found.append(_written(name, entry, where, players, places, scope, faults))
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
    _check_against(entry, where, scope, faults)
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


def _check_against(entry: StrategyEntry, where: str, scope: Scope, faults: Faults) -> None:
    if entry.against is not None and entry.against not in scope.players:
        problem = f"{show(entry.against)} is not a player"
        faults.add(f"{where}.against", problem, allowed(entry.against, scope.players))
    uses_other = entry.builtin is None or entry.builtin not in (
        "always-cooperate",
        "always-defect",
        "forward-defence",
    )
    if entry.builtin and uses_other and entry.against is None and len(scope.players) > 2:
        problem = f"there are {len(scope.players)} players, and {entry.builtin} watches one"
        faults.add(where, problem, 'add against = "…" with the player that it watches')


# -- strategies written out -------------------------------------------------------------------------------
def _written(
    name: str,
    entry: StrategyEntry,
    where: str,
    players: Sequence[str],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> StrategySource:
    if entry.options:
        faults.add(
            f"{where}.with", "options are for strategies of the library", "add builtin, or leave it out"
        )
    _check_against(entry, where, scope, faults)
    names = tuple(entry.states)
    initial = entry.initial or (names[0] if names else "")
    if not names:
        faults.add(where, "it has neither states nor a builtin", "add states, or builtin = …")
    elif initial not in names:
        faults.add(f"{where}.initial", f"{show(initial)} is not a state of it", allowed(initial, names))
    states = []
    for own, state in entry.states.items():
        there = within(where, "states", own)
        check_name(own, there, "state", faults)
        play = _plays(state, there, players, places, scope, faults)
        rules = tuple(
            _rule(r, within(there, "next", n), names, entry, players, places, scope, faults)
            for n, r in enumerate(state.next)
        )
        _note_missing_rule(state, there, entry, players, places, faults)
        states.append(AutomatonStateSource(own, play, rules))
    reached = _reached(initial, entry)
    for own in names:
        if own not in reached and initial in names:
            remedy = "lead a rule to it, or remove it"
            faults.add(within(where, "states", own), "no rule leads to it", remedy)
    return StrategySource(name, entry.label, entry.player, None, (), entry.against, initial, tuple(states))


def _reached(initial: str, entry: StrategyEntry) -> set[str]:
    found, todo = {initial}, [initial]
    while todo:
        state = entry.states.get(todo.pop())
        for rule in state.next if state else ():
            for to in (rule.to,) if isinstance(rule.to, str) else tuple(rule.to):
                if to not in found:
                    found.add(to)
                    todo.append(to)
    return found


def _plays(
    state: AutomatonStateEntry,
    where: str,
    players: Sequence[str],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> tuple[tuple[str, DrawSource], ...]:
    """What is played, by state of the game; "" stands for every state."""
    there = f"{where}.play"
    everywhere = tuple(dict.fromkeys(a for p in players or scope.players for a in places.actions(p)))
    if state.play is None:
        if not places.several:
            faults.add(there, "is missing", f"name an action ({allowed('', everywhere)})")
        return ()
    if isinstance(state.play, str) or not set(state.play) & set(places.moves):
        mixture = {n: str(v) for n, v in state.play.items()} if isinstance(state.play, dict) else state.play
        return (("", read_draw(mixture, there, everywhere, "an action of its player", scope, faults)),)
    found = []
    for name, written in state.play.items():
        if name not in places.moves:
            movable = [n for n, movers in places.moves.items() if movers]
            faults.add(
                within(there, name), f"{show(name)} is not a state of the game", allowed(name, movable)
            )
            continue
        own = tuple(dict.fromkeys(a for p in players for a in places.moves[name].get(p, ())))
        draw = read_draw(written, within(there, name), own or everywhere, "an action there", scope, faults)
        found.append((name, draw))
    return tuple(found)


def _rule(
    rule: RuleEntry,
    where: str,
    names: Sequence[str],
    entry: StrategyEntry,
    players: Sequence[str],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> RuleSource:
    when = _observed(rule.when, f"{where}.when", entry, players, places, scope, faults)
    return RuleSource(when, read_draw(rule.to, f"{where}.to", names, "a state of it", scope, faults))


def _observed(
    when: Mapping[str, str],
    where: str,
    entry: StrategyEntry,
    players: Sequence[str],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> WhenSource:
    names = (OWN, OTHER, *scope.players, *([STATE] if places.several else []))
    known = (SIGNAL,) if places.signals else names
    for what, seen in when.items():
        if what not in known:
            problem = f"{show(what)} is nothing that can be seen"
            if places.signals and what in names:
                problem = f"{show(what)} cannot be seen: with public monitoring there are only signals"
            elif what == SIGNAL:
                problem = "there are no signals: players see each other's actions"
            faults.add(where, problem, allowed(what, known))
            continue
        if what == SIGNAL:
            values: tuple[str, ...] = places.signals
        elif what == STATE:
            values = tuple(places.moves)
        else:
            subjects = _subjects(what, entry, players, scope)
            if what == OTHER and entry.against is None and len(scope.players) > 2:
                listed = ", ".join(scope.players)
                faults.add(where, f"`other` could be several players: {listed}", "name the player")
                continue
            values = tuple(dict.fromkeys(a for p in subjects for a in places.actions(p)))
        if seen not in values:
            faults.add(where, f"{show(seen)} cannot be seen of {what}", allowed(seen, values))
    return tuple(when.items())


def _subjects(what: str, entry: StrategyEntry, players: Sequence[str], scope: Scope) -> tuple[str, ...]:
    """The players that a word in `when` may stand for."""
    if what == OWN:
        return tuple(players) or tuple(scope.players)
    if what == OTHER:
        if entry.against:
            return (entry.against,)
        return tuple(p for p in scope.players if len(players) != 1 or p != players[0])
    return (what,)


def _note_missing_rule(
    state: AutomatonStateEntry,
    where: str,
    entry: StrategyEntry,
    players: Sequence[str],
    places: Places,
    faults: Faults,
) -> None:
    """Note something that can be observed for which there is no rule."""
    if any(not r.when for r in state.next):
        return
    for player in players or ("",):
        for seen in _sights(player, entry, places):
            if not any(all(seen.get(k) == v for k, v in r.when.items()) for r in state.next):
                shown = ", ".join(f"{k} = {v}" for k, v in seen.items() if k not in (OWN, OTHER))
                remedy = "add one, or a last rule without when"
                faults.add(f"{where}.next", f"no rule fits {shown or 'this'}", remedy)
                return


def _sights(player: str, entry: StrategyEntry, places: Places) -> Iterator[dict[str, str]]:
    """Everything that a player may observe in a round, by all the names that rules can use for it."""
    if places.signals:
        yield from ({SIGNAL: s} for s in places.signals)
        return
    count = 0
    for state, movers in places.moves.items():
        for chosen in product(*movers.values()):
            count += 1
            if count > _MAX_SEEN:
                return
            seen = dict(zip(movers, chosen, strict=True))
            others = [entry.against] if entry.against else [p for p in movers if p != player]
            if player in seen:
                seen[OWN] = seen[player]
            if len(others) == 1 and others[0] in seen:
                seen[OTHER] = seen[str(others[0])]
            yield {**({STATE: state} if state else {}), **seen}
