"""A reading of one atlas in the words of another: which player, which action, which parameter is which.

A relabelling pairs the places where a first model chooses (players; in a tree information sets, in a
stochastic game states) with those of a second one, the actions there, and says what each parameter of the
second is in those of the first.  `renamed` puts the second's equilibria into the first's words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from deterrence.algebra.grammar import parse_expression
from deterrence.algebra.reading import Reading, fresh_name, read_value
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, variable
from deterrence.algebra.virtual import substituted
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import entry
from deterrence.solve.atlas import Atlas, Equilibrium, Game, places

Actions = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Relabelling:
    """Pairs of names, the first model's before the second's; parameters the other way round, with values.

    `actions` has, for each place of the first model, pairs of actions; `parameters` what each parameter of
    the second model is in those of the first.
    """

    places: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    parameters: tuple[tuple[str, Value], ...]

    @property
    def is_plain(self) -> bool:
        """Whether every name stands for itself."""
        return (
            all(a == b for a, b in self.places)
            and all(a == b for _, pairs in self.actions for a, b in pairs)
            and all(str(v) == n for n, v in self.parameters)
        )


def relabelling(
    first: Atlas,
    second: Atlas,
    players: Mapping[str, str] | None = None,
    actions: Actions | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Relabelling:
    """The relabelling asked for, with what is not said filled in: names for themselves, else in order.

    `players` maps places of the first model to those of the second, `actions` the actions at a place of the
    first, and `parameters` each parameter of the second to a number or an expression in those of the first.
    Raises UnknownName, and GameError where the pairs do not fit.
    """
    here, there = dict(places(first.game)), dict(places(second.game))
    pairs = _paired("player", "players", tuple(here), tuple(there), players or {})
    moves = []
    for name in actions or {}:
        if name not in here:
            raise UnknownName("player", name, here)
    for one, two in pairs:
        wanted = (actions or {}).get(one, {})
        moves.append((one, _paired(f"action of {one}", f"actions of {one}", here[one], there[two], wanted)))
    return Relabelling(pairs, tuple(moves), parameters_of(first, second, parameters or {}))


def _paired(
    kind: str, what: str, here: tuple[str, ...], there: tuple[str, ...], wanted: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Every name of the first list with one of the second: as wanted, else the same name, else in order."""
    if len(here) != len(there):
        raise GameError(
            f"the {what} are {', '.join(here)} in the first model and {', '.join(there)} in the second, so "
            "they cannot be paired; compare models of one shape"
        )
    for name, other in wanted.items():
        if name not in here:
            raise UnknownName(kind, name, here)
        if other not in there:
            raise UnknownName(kind, other, there)
    if len(set(wanted.values())) != len(wanted):
        raise GameError(f"two of the {what} stand for one: {dict(wanted)}")
    open_here = [n for n in here if n not in wanted]
    open_there = [n for n in there if n not in wanted.values()]
    same = set(open_here) == set(open_there)
    rest = dict(zip(open_here, open_here if same else open_there, strict=True))
    return tuple((n, wanted.get(n) or rest[n]) for n in here)


def parameters_of(first: Atlas, second: Atlas, wanted: Mapping[str, Any]) -> tuple[tuple[str, Value], ...]:
    """What each parameter of the second model is in those of the first; errors as for `relabelling`."""
    known, own = first.domain.names, second.domain.names
    for name in wanted:
        if name not in own:
            raise UnknownName("parameter of the second model", name, own)
    found = []
    for name in own:
        if name not in wanted and name not in known:
            raise GameError(
                f"the second model's parameter {name} is none of the first's ({', '.join(known) or 'none'}); "
                f"say what it is, for example parameters={{{name!r}: '1/2'}}"
            )
        raw = wanted.get(name, name)
        value = (
            read_value(parse_expression(raw), Reading(lenient=True)) if isinstance(raw, str) else entry(raw)
        )
        for used in sorted(value.names):
            if used not in known:
                raise UnknownName("parameter of the first model", used, known)
        found.append((name, value))
    return tuple(found)


def renamed(second: Atlas, how: Relabelling, game: Game, taken: Collection[str]) -> tuple[Equilibrium, ...]:
    """The second atlas's equilibria in the words of the first, whose game this is.

    Free variables get names that are not taken.
    """
    return tuple(_renamed(e, how, game, taken) for e in second.equilibria)


def _renamed(e: Equilibrium, how: Relabelling, game: Game, taken: Collection[str]) -> Equilibrium:
    used = {*taken, *(n for n, _ in how.parameters)}
    table: dict[str, Value] = {}
    free = []
    for r in e.free:
        name = fresh_name(f"{r.name}_second", used)
        used.add(name)
        table[r.name] = variable(name)
        free.append(replace(r, name=name, lower=(), upper=(), described=False))
    strategies = dict(e.profile)
    to = dict(how.places)
    profile = []
    for place, actions in places(game):
        chances = dict(strategies[to[place]])
        pairs = dict(dict(how.actions)[place])
        values = ((a, chances[pairs[a]].substitute(table | dict(how.parameters))) for a in actions)
        profile.append((place, tuple(values)))
    return replace(
        e,
        profile=tuple(profile),
        region=in_first(e.region, how, table),
        where=in_first(e.where, how, table),
        free=tuple(free),
    )


def in_first(region: Region, how: Relabelling, more: Mapping[str, Value] | None = None) -> Region:
    """A condition on the second model's parameters as one on the first's; all names change at once."""
    table = {**dict(how.parameters), **(more or {})}
    aside = {name: f"{name} aside" for name in table}  # no parameter has spaces in its name
    for name, other in aside.items():
        region = substituted(region, name, variable(other))
    for name, other in aside.items():
        region = substituted(region, other, table[name])
    return region
