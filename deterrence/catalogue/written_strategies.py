"""Automata that a file writes out state by state: what is played, what is observed, where it goes next.

An automaton must know what to do next after anything that can be observed, and every state of it must be
reached by a rule.  Every check notes its faults and goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from deterrence.catalogue.faults import Faults, allowed, check_name, show, within
from deterrence.catalogue.repeated_checks import Places, read_draw
from deterrence.catalogue.repeated_entries import (
    AutomatonStateEntry,
    RuleEntry,
    StrategyEntry,
)
from deterrence.catalogue.repeated_source import (
    AutomatonStateSource,
    DrawSource,
    RuleSource,
    StrategySource,
    WhenSource,
)
from deterrence.catalogue.texts import Scope
from deterrence.games.automata import OTHER, OWN, SIGNAL, STATE

_MAX_SEEN = 4096  # combinations of actions that are gone through to find a missing rule


def written_strategy(
    name: str,
    entry: StrategyEntry,
    where: str,
    players: Sequence[str],
    places: Places,
    scope: Scope,
    faults: Faults,
) -> StrategySource:
    """The automaton of an entry that names none of the library's."""
    if entry.options:
        faults.add(
            f"{where}.with", "options are for strategies of the library", "add builtin, or leave it out"
        )
    check_against(entry, where, scope, faults)
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


def check_against(entry: StrategyEntry, where: str, scope: Scope, faults: Faults) -> None:
    """Note an `against` that names no player, and one that is lacking where a strategy watches one player."""
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
