"""Stochastic games from plain tables, the shape of a model file: `StochasticGame.build` is the way in.

A table of a state has `actions` (by mover), `cases` (each with `when`, `payoffs` by player, and `to`: a
state, or states with chances), `instant`, `absorbing`.  A state with one case may have `payoffs` and `to`
itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import Player, entry, found_domain
from deterrence.games.stochastic import Case, Draw, GameState, StochasticGame

_OF_STATE = ("actions", "cases", "instant", "absorbing", "payoffs", "to")
_OF_CASE = ("when", "payoffs", "to")


def stochastic_game(
    players: Sequence[str] | Mapping[str, str],
    states: Mapping[str, Mapping[str, Any]],
    *,
    initial: str | None = None,
    discounts: Any = None,
    assumptions: Iterable[str | Region] = (),
    domain: Domain | None = None,
) -> StochasticGame:
    """The game that the tables describe, see `StochasticGame.build`."""
    labels = dict(players) if isinstance(players, Mapping) else {name: "" for name in players}
    if not states:
        raise GameError("a stochastic game needs one or more states")
    listed = tuple(_state(name, raw, tuple(labels)) for name, raw in states.items())
    factors = _factors(discounts, tuple(labels))
    people = tuple(
        Player(name, tuple(dict.fromkeys(a for s in listed for a in dict(s.actions).get(name, ()))), label)
        for name, label in labels.items()
    )
    rows = [factors, *(c.payoffs for s in listed for c in s.cases)]
    rows += [tuple(v for _, v in c.to) for s in listed for c in s.cases]
    begin = next(iter(states)) if initial is None else initial
    return StochasticGame(people, listed, begin, factors, domain or found_domain(rows, assumptions))


def _factors(raw: Any, players: tuple[str, ...]) -> tuple[Value, ...]:
    """The discount factors in the order of the players: one for all, or one for each by name."""
    if isinstance(raw, Mapping):
        if set(raw) != set(players):
            raise GameError(
                f"give a discount factor for each of {', '.join(players) or 'no player'}; "
                f"got {', '.join(map(str, raw)) or 'none'}"
            )
        return tuple(entry(raw[name]) for name in players)
    if raw is None and players:
        raise GameError('give discounts, such as "delta" or one for each player by name')
    return tuple(entry(raw) for _ in players)


def _state(name: str, raw: Mapping[str, Any], players: tuple[str, ...]) -> GameState:
    _known(raw, _OF_STATE, f"state {name}")
    cases = raw.get("cases")
    if cases is None:
        cases = [{key: raw[key] for key in ("payoffs", "to") if key in raw}]
    elif "payoffs" in raw or "to" in raw:
        raise GameError(f"state {name}: write payoffs and to inside the cases, or leave out the cases")
    absorbing = bool(raw.get("absorbing", False))
    return GameState(
        name,
        tuple((player, tuple(actions)) for player, actions in raw.get("actions", {}).items()),
        tuple(_case(f"state {name}", c, players, absorbing) for c in cases),
        bool(raw.get("instant", False)),
        absorbing,
    )


def _case(place: str, raw: Mapping[str, Any], players: tuple[str, ...], absorbing: bool) -> Case:
    _known(raw, _OF_CASE, place)
    paid = raw.get("payoffs", {})
    if not isinstance(paid, Mapping):
        if len(paid) != len(players):
            raise GameError(f"{place}: give one payoff for each of {', '.join(players)}; got {len(paid)}")
        paid = dict(zip(players, paid, strict=True))
    for player in paid:
        if player not in players:
            raise UnknownName("player", player, players, place)
    if absorbing == ("to" in raw):
        raise GameError(
            f"{place}: an absorbing state ends play; leave out to"
            if absorbing
            else f"{place}: say what follows with to, or make the state absorbing"
        )
    return Case(
        tuple(raw.get("when", {}).items()),
        tuple(entry(paid.get(player, 0)) for player in players),
        _draw(raw.get("to", {})),
    )


def _draw(raw: str | Mapping[str, Any]) -> Draw:
    if isinstance(raw, str):
        return ((raw, number(1)),)
    return tuple((to, entry(chance)) for to, chance in raw.items())


def _known(raw: Mapping[str, Any], allowed: tuple[str, ...], place: str) -> None:
    for key in raw:
        if key not in allowed:
            raise UnknownName("entry", str(key), allowed, place)
