"""Dominance: where some pure or mixed strategy does better than an action whatever the others do.

Any number of players; a mixture has to do better against every pure profile of the others, so the others
may be correlated.  The dominating mixture is eliminated exactly.  With n profiles of the others a mixture of
at most n actions is enough (Carathéodory), and of the conditions on a mixture of k actions only k need be
met at a time (Helly), so each elimination is a small linear one, checked by a second method.
Sources: [LuceRaiffa1957]; [Pearce1984] for mixtures; [RockafellarConvex1970] for the two theorems.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.eliminate import exists, proves_projection
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of, atom
from deterrence.algebra.tidy import tidy
from deterrence.errors import DeterrenceError, OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.best_replies import checked_action, side
from deterrence.solve.nash import consistent, free_names

By = Literal["mixed", "pure"]
Gains = tuple[tuple[Poly, ...], ...]
MAX_MIXED = 3
_ZERO, _ONE = Poly.constant(0), Poly.constant(1)


def strictly_dominated(game: NormalForm, player: str, action: str, *, by: By = "mixed") -> Region:
    """Where some strategy is better than the action against every profile of the others.

    With `by="pure"` only single actions are tried as dominators.  Raises UnknownName, DomainError for
    contradictory assumptions, and OutOfScope for payoffs with roots or where every dominator may have to
    mix more than `MAX_MIXED` actions.

    >>> game = NormalForm.from_arrays([[3, 0], [0, 3], ["c", "c"]], [[0, 0]] * 3)
    >>> print(strictly_dominated(game, "row", "row3"))
    2*c < 3
    >>> print(strictly_dominated(game, "row", "row3", by="pure"))
    c < 0
    """
    return _dominated(game, player, action, by, strict=True)


def weakly_dominated(game: NormalForm, player: str, action: str, *, by: By = "mixed") -> Region:
    """Where some strategy is never worse than the action, and better against some profile of the others.

    Strict dominance is a special case.  Raises as `strictly_dominated`.

    >>> game = NormalForm.from_arrays([[1, "a"], [1, 0]], [[0, 0]] * 2)
    >>> print(weakly_dominated(game, "row", "row2"))
    a > 0
    """
    return _dominated(game, player, action, by, strict=False)


def strictly_dominant(game: NormalForm, player: str, action: str) -> Region:
    """Where the action is better than every other one against every profile of the others.

    Everywhere for a player with a single action.  Raises UnknownName, DomainError, OutOfScope for roots.

    >>> game = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]])
    >>> print(strictly_dominant(game, "row", "row2"))
    T > R and P > S
    """
    ask = consistent(game)
    gains, defined = _gains(game, player, action, ask)
    return tidy(all_of((defined, *(atom(-g, ">") for row in gains for g in row))), ask.given)


def weakly_dominant(game: NormalForm, player: str, action: str) -> Region:
    """Where the action weakly dominates every other one: never worse, better against some profile.

    So of two actions with the same payoffs neither is dominant.  Raises as `strictly_dominant`.

    >>> game = NormalForm.from_arrays([[1, "a"], [1, 0]], [[0, 0]] * 2)
    >>> print(weakly_dominant(game, "row", "row1"))
    a > 0
    """
    ask = consistent(game)
    gains, defined = _gains(game, player, action, ask)
    beats = (_better([-g for g in row], strict=False) for row in gains)
    return tidy(all_of((defined, *beats)), ask.given)


def _gains(game: NormalForm, player: str, action: str, ask: Prover) -> tuple[Gains, Region]:
    """What each other action earns above `action`, by profile of the others; where payoffs are defined."""
    checked_action(game, player, action)
    seen = side(game, player, ask)
    at = seen.actions.index(action)
    gains = tuple(
        tuple(a - b for a, b in zip(row, seen.rows[at], strict=True))
        for i, row in enumerate(seen.rows)
        if i != at
    )
    return gains, seen.defined


@lru_cache(maxsize=5000)
def _dominated(game: NormalForm, player: str, action: str, by: By, *, strict: bool) -> Region:
    ask = consistent(game)
    gains, defined = _gains(game, player, action, ask)
    region = any_of(_better(row, strict=strict) for row in gains)
    if by == "mixed" and ask.holds(region) is not True:
        taken = free_names(game, game.names.index(player))
        region = any_of((region, _mixed(gains, taken, strict, ask)))
    return tidy(all_of((defined, region)), ask.given)


def _better(gains: Sequence[Poly], *, strict: bool) -> Region:
    """Where the gains are all above zero, or in the weak sense none is below and some is above."""
    return all_of(_conditions(gains, strict=strict))


def _conditions(gains: Sequence[Poly], *, strict: bool) -> list[Region]:
    if strict:
        return [atom(g, ">") for g in gains]
    return [*(atom(g, ">=") for g in gains), atom(sum(gains, _ZERO), ">")]


# -- mixtures -------------------------------------------------------------------------------------
def _mixed(gains: Gains, names: Sequence[str], strict: bool, ask: Prover) -> Region:
    """Where a mixture of two or more actions dominates.

    Take the best among the mixtures that are at least that good: its payoffs lie on the boundary of the
    convex hull of those of the actions, so it needs no more actions than there are profiles of the others.
    """
    if len(gains) < 2:
        return NOWHERE
    size = min(len(gains), len(gains[0]))
    if size < 2:
        return NOWHERE  # one profile of the others: the best action does it
    if size > MAX_MIXED:
        raise OutOfScope(
            f"a dominating strategy may have to mix {size} actions and {MAX_MIXED} are the most that can be "
            'eliminated; ask for dominance by="pure", or split the game'
        )
    found = []
    for chosen in combinations(gains, size):
        found.append(_mixture_of(chosen, tuple(names[: size - 1]), strict, ask.given))
        if found[-1] == EVERYWHERE:
            break
    return any_of(found)


@lru_cache(maxsize=5000)
def _mixture_of(chosen: Gains, names: tuple[str, ...], strict: bool, given: Region) -> Region:
    """Where some mixture of exactly these actions (weights may be zero) dominates."""
    ask = prover(given)
    free = [Poly.variable(n) for n in names]
    weights = [*free, _ONE - sum(free, _ZERO)]
    mixed = [
        sum((g * w for g, w in zip(column, weights, strict=True)), _ZERO)
        for column in zip(*chosen, strict=True)
    ]
    mixture = [atom(w, ">=") for w in weights]
    conditions = _conditions(mixed, strict=strict)
    together = min(len(weights), len(conditions))
    parts: list[Region] = []
    for some in combinations(conditions, together):
        here = all_of(parts)
        if here == NOWHERE or ask.satisfiable(here) is False:
            return NOWHERE
        parts.append(_projection(all_of((*mixture, *some)), names, given))
    return tidy(all_of(parts), given)


@lru_cache(maxsize=5000)
def _projection(region: Region, names: tuple[str, ...], given: Region) -> Region:
    """The parameters for which some mixture meets the conditions, tidied and checked by a second method."""
    raw = exists(region, names, given)
    result = tidy(raw, given)
    if proves_projection(region, names, result, given) is False:
        raise DeterrenceError(
            f"elimination and its check disagree on {region}; this is a fault of the program: please report it"
        )
    return result
