"""Repeated games from Python in a few words: a stage, how patient players are, and who plays what.

`repeat` makes a `RepeatedGame` from a stage in normal form or a tree; strategies are automata, or names of
the library's (`strategies`) for players whose actions that cooperate and defect are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.value import Value, compare, number
from deterrence.errors import GameError, UnknownName
from deterrence.games.automata import Automaton
from deterrence.games.monitoring import Monitoring
from deterrence.games.normal import NormalForm, Player, entry, found_domain
from deterrence.games.repeated import IMPLEMENTATION, Noise, Profile, RepeatedGame
from deterrence.games.stage_trees import repeated_tree
from deterrence.games.stochastic import repeated
from deterrence.games.strategies import Actions, strategy
from deterrence.games.tree import ExtensiveForm

Played = str | Automaton


def repeat(
    stage: NormalForm | ExtensiveForm,
    discount: object,
    profiles: Mapping[str, Played | Mapping[str, Played]],
    *,
    roles: Mapping[str, Sequence[str]] | Sequence[str] | None = None,
    noise: object = None,
    noise_kind: str = IMPLEMENTATION,
    monitoring: Monitoring | None = None,
    assumptions: Iterable[str | Region] = (),
    rounds: int | None = None,
) -> RepeatedGame:
    """A repeated game with the profiles that are asked about.

    `discount` is a number or an expression, such as "delta", or one for each player by name; a plain name is
    taken to lie between 0 and 1.  A profile is one strategy for all, or one for each player by name: an
    `Automaton`, or a name of the library.  `roles` gives (action that cooperates, action that defects), one
    pair for all or one for each player by name; without it the first two actions of each are taken.  `noise`
    is a rate of errors, a plain name lying between 0 and 1/2; `rounds` ends the game after so many.

    Raises GameError, UnknownName, DomainError, InexactNumber for what is not well formed.

    >>> stage = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> game = repeat(stage, "delta", {"grim": "grim"})
    >>> game.names, str(game.domain.given), game.profiles[0].id
    (('row', 'column'), 'delta > 0 and delta < 1', 'grim')
    """
    if not isinstance(stage, NormalForm | ExtensiveForm):
        raise GameError(f"the stage is {stage!r}; give a NormalForm or an ExtensiveForm")
    names = tuple(p.name for p in stage.players)
    factors = _by_player(discount, names, "discount factor")
    rate = None if noise is None else entry(noise)
    values = [*factors, *([] if rate is None else [rate])]
    domain = _domain(stage, factors, rate, values, assumptions)
    game = (
        repeated(stage, factors, domain)
        if isinstance(stage, NormalForm)
        else repeated_tree(stage, factors, domain)
    )
    pairs = _roles(game.players, roles)
    listed = tuple(_profile(identifier, given, names, pairs) for identifier, given in profiles.items())
    return RepeatedGame(
        game,
        listed,
        None if rate is None else Noise(noise_kind, rate),
        monitoring,
        averaged=rounds is None,
        roles=tuple((name, *pair) for name, pair in pairs.items()),
        rounds=rounds,
    )


def _by_player(given: object, names: Sequence[str], what: str) -> tuple[Value, ...]:
    if not isinstance(given, Mapping):
        return (entry(given),) * len(names)
    for name in given:
        if name not in names:
            raise UnknownName("player", str(name), names, what)
    missing = [n for n in names if n not in given]
    if missing:
        raise GameError(f"no {what} for {', '.join(missing)}; give one for each player, or one for all")
    return tuple(entry(given[n]) for n in names)


def _domain(
    stage: NormalForm | ExtensiveForm,
    factors: Sequence[Value],
    rate: Value | None,
    values: Sequence[Value],
    assumptions: Iterable[str | Region],
) -> Domain:
    """The stage's domain with the new parameters, those that are plain names within their usual bounds."""
    more = found_domain([values], assumptions)
    own = set(stage.domain.names)
    bounds: dict[str, Region] = {}
    for v in factors:
        if str(v) in v.names:
            bounds[str(v)] = all_of((compare(v, ">", number(0)), compare(v, "<", number(1))))
    if rate is not None and str(rate) in rate.names:
        half = number(1) / number(2)
        bounds[str(rate)] = all_of((compare(rate, ">", number(0)), compare(rate, "<", half)))
    fresh = tuple(
        Parameter(p.name, domain=bounds.get(p.name, EVERYWHERE)) for p in more.parameters if p.name not in own
    )
    old = tuple(region for name, region in bounds.items() if name in own)
    return Domain((*stage.domain.parameters, *fresh), (*stage.domain.assumptions, *old, *more.assumptions))


def _roles(
    players: Sequence[Player], given: Mapping[str, Sequence[str]] | Sequence[str] | None
) -> dict[str, tuple[str, str]]:
    found = {}
    for p in players:
        name, actions = p.name, p.actions
        pair = given.get(name, actions[:2]) if isinstance(given, Mapping) else given or actions[:2]
        if len(pair) != 2:
            continue
        for action in pair:
            if action not in actions:
                raise UnknownName(f"action of {name}", str(action), actions, "roles")
        found[name] = (str(pair[0]), str(pair[1]))
    return found


def _profile(
    identifier: str,
    given: Played | Mapping[str, Played],
    names: Sequence[str],
    roles: Mapping[str, tuple[str, str]],
) -> Profile:
    by_player = dict(given) if isinstance(given, Mapping) else dict.fromkeys(names, given)
    for name in by_player:
        if name not in names:
            raise UnknownName("player", name, names, f"profile {identifier}")
    missing = [n for n in names if n not in by_player]
    if missing:
        listed = ", ".join(missing)
        raise GameError(f"profile {identifier}: no strategy for {listed}; give one for each player")
    made = []
    for name in names:
        played = by_player[name]
        if isinstance(played, str):
            others = [n for n in names if n != name and n in roles]
            if name not in roles:
                raise GameError(
                    f"profile {identifier}: {played} needs to know by what {name} cooperates and defects; "
                    "give roles"
                )
            seen = roles[others[0]] if others else roles[name]
            played = strategy(played, Actions(*roles[name], *seen))
        if not isinstance(played, Automaton):
            raise GameError(
                f"profile {identifier}: {name} plays {played!r}; give an Automaton or a name of the library"
            )
        made.append((name, played))
    return Profile(identifier, tuple(made))
