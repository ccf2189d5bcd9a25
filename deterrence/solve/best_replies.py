"""Best replies: where an action is one, against given actions of the others or against their mixtures.

Also `Side`, a game as one player sees it (own actions against what the others do together), on which
dominance and minmax values are built.  Any number of players; when several opponents mix they mix
independently of each other.  Ties count: an action that is as good as the best is a best reply.
Source: [Nash1951].
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import Region, all_of, atom
from deterrence.algebra.tidy import tidy
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import NormalForm, PureProfile
from deterrence.solve.nash import cleared, consistent, free_names

_ZERO, _ONE = Poly.constant(0), Poly.constant(1)


@dataclass(frozen=True)
class Side:
    """A player's payoffs by own action and by what the others do, as polynomials with one positive factor.

    `rows[i][j]` belongs to `actions[i]` and `others[j]`, the opponents' actions in player order.
    Comparisons between entries are those between payoffs.
    """

    actions: tuple[str, ...]
    others: tuple[PureProfile, ...]
    rows: tuple[tuple[Poly, ...], ...]


def side(game: NormalForm, player: str, ask: Prover) -> Side:
    """The game as one player sees it.  Raises UnknownName, and OutOfScope for payoffs with roots."""
    at = game.names.index(game.player(player).name)
    polys = dict(zip(game.profiles(), cleared(game, player, ask), strict=True))
    opponents = [p.actions for p in (*game.players[:at], *game.players[at + 1 :])]
    others = tuple(itertools.product(*opponents))
    actions = game.players[at].actions
    rows = tuple(tuple(polys[(*o[:at], a, *o[at:])] for o in others) for a in actions)
    return Side(actions, others, rows)


def checked_action(game: NormalForm, player: str, action: str) -> str:
    """The action, which must be one of the player's; UnknownName lists them."""
    known = game.player(player).actions
    if action not in known:
        raise UnknownName(f"action of {player}", action, known)
    return action


def best_reply_region(game: NormalForm, player: str, action: str, against: Mapping[str, str]) -> Region:
    """Where an action is a best reply to one action of each other player, given by player name.

    Raises UnknownName for a player or action that is not in the game, GameError when `against` misses a
    player or names the one who replies, OutOfScope for payoffs with roots, and DomainError for contradictory
    assumptions or denominators that may be zero.

    >>> us = NormalForm.from_arrays([["h - c", "-c"], [0, 0]], [[0, 0], [0, 0]],
    ...     actions=[["strike", "wait"], ["attack", "halt"]], assumptions=["h > 0", "c > 0"])
    >>> print(best_reply_region(us, "row", "strike", {"column": "attack"}))
    h >= c
    >>> print(best_reply_region(us, "row", "strike", {"column": "halt"}))
    false
    """
    ask = consistent(game)
    own = checked_action(game, player, action)
    for name, other in against.items():
        checked_action(game, name, other)
    opponents = [n for n in game.names if n != player]
    if set(against) != set(opponents):
        raise GameError(
            f"a reply of {player} needs one action of each other player, {', '.join(opponents) or 'none'}; "
            f"got {', '.join(against) or 'none'}"
        )
    seen = side(game, player, ask)
    column = seen.others.index(tuple(against[n] for n in opponents))
    chosen = seen.rows[seen.actions.index(own)][column]
    best = all_of(atom(chosen - row[column], ">=") for row in seen.rows)
    return tidy(best, ask.given)


def best_reply_to_mixture(game: NormalForm, player: str, action: str) -> Region:
    """Where an action is a best reply to mixtures of the others, over parameters and their probabilities.

    The probabilities are named as in an atlas (`p_strike`, by `free_names`), one for each action of an
    opponent but the last, whose probability is what is left.  The region lies within `mixture_region`.
    Raises UnknownName, DomainError and OutOfScope, as `best_reply_region`.

    >>> us = NormalForm.from_arrays([["h - c", "-c"], [0, 0]], [[0, 0], [0, 0]],
    ...     actions=[["strike", "wait"], ["attack", "halt"]], assumptions=["h > 0", "c > 0"])
    >>> print(best_reply_to_mixture(us, "row", "strike"))
    p_attack <= 1 and c <= h*p_attack
    """
    ask = consistent(game)
    own = checked_action(game, player, action)
    seen = side(game, player, ask)
    weights = _weights(game, player)
    chosen = seen.rows[seen.actions.index(own)]
    advantages = []
    for row in seen.rows:
        total = _ZERO
        for here, there, weight in zip(chosen, row, weights, strict=True):
            total = total + (here - there) * weight
        advantages.append(atom(total, ">="))
    return tidy(all_of((mixture_region(game, player), *advantages)), ask.given)


def mixture_region(game: NormalForm, player: str) -> Region:
    """Where the probability names of the player's opponents stand for mixtures: none negative.

    >>> game = NormalForm.from_arrays([[0, 0]], [[1, 2]], actions=[["wait"], ["attack", "halt"]])
    >>> print(mixture_region(game, "row"))
    p_attack >= 0 and p_attack <= 1
    """
    game.player(player)
    chances = [x for name in game.names if name != player for x in _chances(game, name)]
    return all_of(atom(x, ">=") for x in chances)


def _chances(game: NormalForm, player: str) -> tuple[Poly, ...]:
    """The probability of each of a player's actions; the last is one less the others."""
    named = [Poly.variable(n) for n in free_names(game, game.names.index(player))[:-1]]
    return (*named, _ONE - sum(named, _ZERO))


def _weights(game: NormalForm, player: str) -> list[Poly]:
    """The probability of each profile of the others, in the order of `Side.others`."""
    weights = []
    for combination in itertools.product(*(_chances(game, n) for n in game.names if n != player)):
        weight = _ONE
        for x in combination:
            weight = weight * x
        weights.append(weight)
    return weights
