"""Individual rationality: payoffs at or above what the others can hold a player down to, by region.

In mixed strategies for two players with up to four actions each, in pure strategies for other games.  Every
Nash equilibrium of a repeated game pays everybody at least the value in mixed strategies; the value in pure
ones is as high or higher, so that payoffs above it are above both.
Source: [FudenbergMaskin1986].
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Literal

from deterrence.algebra.region import Region, all_of, any_of
from deterrence.algebra.short import tidy_short
from deterrence.algebra.value import Value, compare, number
from deterrence.errors import OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.games.repeated import RepeatedGame
from deterrence.solve.minmax import ValueByCase, mixed_minmax, pure_minmax
from deterrence.solve.nash import MAX_ACTIONS
from deterrence.solve.profiles import process_of

Kind = Literal["mixed", "pure"]


def minmax_kind(stage: NormalForm) -> Kind:
    """In which strategies a player of this game is held down here: mixed ones where that is computed."""
    small = all(len(p.actions) <= MAX_ACTIONS for p in stage.players)
    return "mixed" if len(stage.players) == 2 and small else "pure"


def held_to(stage: NormalForm, player: str) -> ValueByCase:
    """What the others can hold a player down to, by case, in the strategies of `minmax_kind`.

    Raises as `pure_minmax` and `mixed_minmax`.
    """
    return (mixed_minmax if minmax_kind(stage) == "mixed" else pure_minmax)(stage, player)


def beside(payoff: Value, relation: str, by_case: ValueByCase) -> Region:
    """Where a payoff stands in this relation to a value that is given by case."""
    return any_of(all_of((region, compare(payoff, relation, v))) for region, v in by_case)


def individually_rational(game: RepeatedGame, profile_id: str, *, strict: bool = False) -> Region:
    """Where a profile's average payoffs give every player at least its minmax value (`strict`: more).

    Errors, signals and an end of the game count.  Raises UnknownName for a profile that is not listed,
    OutOfScope for a game that does not repeat one stage in which everybody chooses at once.
    """
    expect("individually_rational", game, RepeatedGame)
    stage = stage_of(game)
    p = process_of(game, profile_id)
    relation = ">" if strict else ">="
    parts = []
    for player, discount in zip(game.names, game.game.discounts, strict=True):
        average = p.values(player)[p.start] * (number(1) - discount)
        if game.rounds is not None:  # the weights of the rounds add up to less than one
            average = average / (number(1) - discount**game.rounds)
        parts.append(beside(average, relation, held_to(stage, player)))
    return tidy_short(all_of(parts), game.domain.given)


def stage_of(game: RepeatedGame) -> NormalForm:
    """The stage that a game repeats, in normal form; OutOfScope where there is no such single stage."""
    state = game.game.states[0]
    if len(game.game.states) > 1 or set(state.movers) != set(game.names):
        raise OutOfScope(
            "what a player can be held down to is computed for a stage in normal form that is repeated; this "
            "game has several states, or a stage in which not everybody moves"
        )
    actions = dict(state.actions)
    players = tuple(replace(p, actions=actions[p.name]) for p in game.game.players)
    rows = [
        state.case(dict(zip(game.names, chosen, strict=True))).payoffs
        for chosen in product(*(p.actions for p in players))
    ]
    return NormalForm(players, tuple(rows), game.domain)
