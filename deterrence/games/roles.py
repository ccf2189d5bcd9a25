"""Roles in a repeated game: whether the two players' roles are alike, and whether two strategies are.

A game is symmetric when swapping the players changes nothing but their names: the same actions, payoffs,
successors, signals and patience.  Then a strategy can be played in either role.  Two strategies are alike
when they play the same against every opponent, however their states are named; with errors of
implementation their own slips count too, since those happen.  Source: [MaynardSmith1982].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.value import Value, compare, number
from deterrence.errors import OutOfScope
from deterrence.games.automata import SIGNAL, STATE, Automaton, AutomatonState, Mixture, Rule, bound
from deterrence.games.repeated import RepeatedGame
from deterrence.games.stochastic import Draw, GameState


def is_symmetric(game: RepeatedGame) -> bool:
    """Whether two players are in the same position in every state of the game, under the assumptions.

    Actions are matched by name, so a game whose players' actions have different names is not symmetric.
    Raises OutOfScope where the equality of two payoffs could not be decided.
    """
    if len(game.names) != 2:
        return False
    ask = prover(game.domain.given)
    one, two = game.game.discounts
    if not _same(one, two, ask):
        return False
    return all(_state_is_symmetric(game, s, ask) for s in game.game.states)


def _state_is_symmetric(game: RepeatedGame, s: GameState, ask: Prover) -> bool:
    one, two = game.names
    known = dict(s.actions)
    if set(known.get(one, ())) != set(known.get(two, ())):
        return False
    for done in s.profiles():
        swapped = {one: done[two], two: done[one]} if done else {}
        here, there = s.case(done), s.case(swapped)
        if not all(_same(v, w, ask) for v, w in zip(here.payoffs, reversed(there.payoffs), strict=True)):
            return False
        if not _same_draw(here.to, there.to, ask):
            return False
        if game.monitoring is not None and not _same_draw(
            game.monitoring.draw(done), game.monitoring.draw(swapped), ask
        ):
            return False
    return True


def _same_draw(one: Draw, two: Draw, ask: Prover) -> bool:
    totals: dict[str, Value] = {}
    for draw, sign in ((one, number(1)), (two, number(-1))):
        for name, chance in draw:
            totals[name] = totals.get(name, number(0)) + sign * chance
    return all(_same(v, number(0), ask) for v in totals.values())


def _same(v: Value, w: Value, ask: Prover) -> bool:
    if v == w:
        return True
    answer = ask.holds(compare(v, "==", w))
    if answer is None:
        raise OutOfScope(
            f"whether the two roles are alike turns on {v} == {w}, which was not decided; assume it or its "
            "contrary"
        )
    return answer


def in_role(automaton: Automaton, player: str, role: str, players: Sequence[str]) -> Automaton:
    """A strategy written for one player, for another of two players in a symmetric game.

    >>> from deterrence.games.strategies import Actions, tit_for_tat
    >>> made = in_role(tit_for_tat(Actions("C", "D", "C", "D")), "row", "column", ["row", "column"])
    >>> made.states[0].rules[0].when
    (('row', 'C'),)
    """
    renamed = {player: role, role: player}
    own = bound(automaton, player, players)
    states = tuple(
        AutomatonState(
            s.name,
            s.play,
            tuple(Rule(tuple((renamed.get(k, k), v) for k, v in r.when), r.to) for r in s.rules),
        )
        for s in own.states
    )
    return Automaton(own.name, own.initial, states)


def alike(game: RepeatedGame, player: str, one: Automaton, two: Automaton) -> bool:
    """Whether two strategies of a player play the same against every opponent in this game.

    Where states are drawn at random, only draws listed in the same order are recognised as the same.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.games.stochastic import repeated
    >>> from deterrence.games.strategies import Actions, grim, tit_for_tat
    >>> stage = NormalForm.from_arrays([[2, 0], [3, 1]], [[2, 3], [0, 1]], actions=[["C", "D"]] * 2)
    >>> game = RepeatedGame(repeated(stage, (number(0), number(0))))
    >>> a = Actions("C", "D", "C", "D")
    >>> alike(game, "row", grim(a), tit_for_tat(a)), alike(game, "row", grim(a), grim(a))
    (False, True)
    """
    a, b = bound(one, player, game.names), bound(two, player, game.names)
    start = (game.game.initial, a.initial, b.initial)
    known, todo = {start}, [start]
    while todo:
        name, p, q = todo.pop()
        s = game.game.state(name)
        if s.absorbing:
            continue
        meant: Mapping[str, Value] = {}
        if player in s.movers:
            meant = _positive(a.state(p).mixture(name))
            if meant != _positive(b.state(q).mixture(name)):
                return False
        for done in s.profiles():
            if meant and game.error.is_zero and done[player] not in meant:
                continue
            for seen in _views(game, s, done, player):
                pairs = _matched(a.following(p, seen), b.following(q, seen))
                if pairs is None:
                    return False
                for to, (x, y) in product(_positive(s.case(done).to), pairs):
                    if (to, x, y) not in known:
                        known.add((to, x, y))
                        todo.append((to, x, y))
    return True


def _positive(mixture: Mixture) -> dict[str, Value]:
    return {a: v for a, v in mixture if not v.is_zero}


def _matched(one: Mixture, two: Mixture) -> list[tuple[str, str]] | None:
    """The states that follow together, where both draw with the same chances; else None."""
    first, second = list(_positive(one).items()), list(_positive(two).items())
    if [v for _, v in first] != [v for _, v in second]:
        return None
    return [(p, q) for (p, _), (q, _) in zip(first, second, strict=True)]


def _views(
    game: RepeatedGame, s: GameState, done: Mapping[str, str], player: str
) -> Iterator[Mapping[str, str]]:
    """What a player may see of a round in which this was done."""
    if game.monitoring is not None:
        for signal in _positive(game.monitoring.draw(done)):
            yield {STATE: s.name, SIGNAL: signal}
    elif game.misperception.is_zero:
        yield {STATE: s.name, **done}
    else:
        for other in s.profiles():
            if other.get(player) == done.get(player):
                yield {STATE: s.name, **other}
