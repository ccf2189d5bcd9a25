"""Pareto comparison: where one outcome is better for everyone than another, and which outcomes are efficient.

Pure profiles of a game with any number of players, and equilibria of an atlas by what they pay.  Efficiency
is among pure profiles: a lottery over outcomes may still be better for everyone.  Payoff dominance between
equilibria, better for every player, follows [HarsanyiSelten1988].
"""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.algebra.eliminate import for_all
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of, complement, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, variable
from deterrence.algebra.virtual import substituted
from deterrence.errors import GameError
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Equilibrium
from deterrence.solve.nash import consistent

Pair = tuple[Value, Value]


def pareto_dominates(
    game: NormalForm, profile: Sequence[str], other: Sequence[str], strict: bool = False
) -> Region:
    """Where a pure profile is worse than another for nobody and better for someone; `strict`: for everyone.

    Profiles list one action a player, in player order.  Raises GameError and UnknownName for a profile that
    is not one of the game, DomainError for contradictory assumptions, OutOfScope for unlike square roots.

    >>> pd = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]])
    >>> print(pareto_dominates(pd, ["row1", "column1"], ["row2", "column2"]))
    R > P
    """
    ask = consistent(game)
    return tidy(_better(_pairs(game, profile, other), strict=strict), ask.given)


def efficient(game: NormalForm, profile: Sequence[str], strict: bool = False) -> Region:
    """Where no other pure profile Pareto-dominates this one; `strict`: where none is better for everyone.

    So the strict sense is weak efficiency, and asks less.  Raises as `pareto_dominates`.

    >>> pd = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
    ...     assumptions=["T > R", "R > P", "P > S"])
    >>> print(efficient(pd, ["row1", "column1"]))
    true
    >>> print(efficient(pd, ["row2", "column2"]))
    false
    """
    ask = consistent(game)
    dominated = [
        _better(_pairs(game, other, profile), strict=strict)
        for other in game.profiles()
        if other != tuple(profile)
    ]
    _pairs(game, profile, profile)  # a game with one profile checks it too
    return tidy(all_of(map(complement, dominated)), ask.given)


def payoff_dominates(
    e1: Equilibrium, e2: Equilibrium, *, strict: bool = True, given: Region = EVERYWHERE
) -> Region:
    """Where both equilibria exist and the first pays every player more than the second.

    A component with free variables stands for all its members: each of the first must pay more than each of
    the second.  With `strict=False` nobody gets less and someone more.  `given` are the assumptions to
    tidy under, `atlas.domain.given`.  Raises GameError for equilibria of games with different players, and
    OutOfScope for unlike square roots or free variables that cannot be eliminated.

    >>> from deterrence.solve.nash import nash
    >>> stag = NormalForm.from_arrays([["R", 0], [1, 1]], [["R", 1], [0, 1]], assumptions=["R > 0"])
    >>> hunt, hare, _ = nash(stag)
    >>> print(hunt.region, "|", payoff_dominates(hunt, hare, given=stag.domain.given))
    R >= 1 | R > 1
    """
    if [n for n, _ in e1.payoffs] != [n for n, _ in e2.payoffs]:
        raise GameError(
            "equilibria are compared player by player; these belong to games with different players"
        )
    where, later = e2.where, {}
    taken = set(names_of(all_of((given, e1.where, e2.where))))
    taken.update(n for e in (e1, e2) for _, v in e.payoffs for n in v.names)
    for r in e2.free:  # both may name a free variable after the same action
        name = f"{r.name}_other"
        while name in taken:
            name += "_"
        taken.add(name)
        where = substituted(where, r.name, variable(name))
        later[r.name] = variable(name)
    pairs = [(v, w.substitute(later)) for (_, v), (_, w) in zip(e1.payoffs, e2.payoffs, strict=True)]
    names = [*(r.name for r in e1.free), *(n for v in later.values() for n in v.names)]
    always = for_all(_better(pairs, strict=strict), names, given, all_of((e1.where, where)))
    return tidy(all_of((e1.region, e2.region, always)), given)


def _pairs(game: NormalForm, profile: Sequence[str], other: Sequence[str]) -> list[Pair]:
    return [(game.payoff(profile, n), game.payoff(other, n)) for n in game.names]


def _better(pairs: Sequence[Pair], *, strict: bool) -> Region:
    if strict:
        return all_of(compare(v, ">", w) for v, w in pairs)
    return all_of((*(compare(v, ">=", w) for v, w in pairs), any_of(compare(v, ">", w) for v, w in pairs)))
