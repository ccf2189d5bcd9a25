"""Feasible payoffs: which vectors some lottery over the outcomes of a game pays, by region.

Two players: the convex hull of the outcomes, side by side where payoffs are numbers; else a point is outside
exactly where all outcomes, seen from it, lie within less than half a turn from one of them.  More players:
the probabilities are eliminated, which needs payoffs in numbers (the vector may have parameters).  Averages
of a repeated game under a common discount factor are feasible in this sense; with unequal factors players
can do better by trading over time.  Source: [FudenbergMaskin1986] for the use of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from deterrence.algebra.eliminate import exists
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import Region, all_of, any_of, atom, complement, names_of
from deterrence.algebra.short import settled_sign, tidy_short
from deterrence.algebra.value import Value, compare, from_poly, number, sign_region
from deterrence.errors import GameError, OutOfScope, UnknownName, expect
from deterrence.games.normal import NormalForm, entry
from deterrence.solve.nash import consistent
from deterrence.solve.polygon import hull, sides

_FEW = 4


def payoff_vector(game: NormalForm, target: Mapping[str, object]) -> tuple[Value, ...]:
    """A payoff for each player, given by name as numbers or text.  Raises GameError and UnknownName."""
    for name in target:
        if name not in game.names:
            raise UnknownName("player", name, game.names)
    missing = [n for n in game.names if n not in target]
    if missing:
        raise GameError(f"give a payoff for each of {', '.join(game.names)}; missing: {', '.join(missing)}")
    return tuple(entry(target[n]) for n in game.names)


def feasible(game: NormalForm, target: Mapping[str, object]) -> Region:
    """Where some lottery over the outcomes pays each player exactly the target, given by player's name.

    The region is tidied where that can make it short: with few parameters, or an ordering of the payoffs.
    Raises GameError and UnknownName for a target that misses the players, OutOfScope for more than two
    players with payoffs that are not numbers, DomainError for contradictory assumptions.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> print(feasible(pd, {"row": "x", "column": "x"}))
    x <= 3 and x >= 1
    """
    expect("feasible", game, NormalForm)
    ask = consistent(game)
    wanted = payoff_vector(game, target)
    rows = list(dict.fromkeys(game.payoffs))
    numeric = all(v.is_constant and v.is_rational for row in rows for v in row)
    if len(game.names) == 2:
        if numeric:
            return tidy_short(_inside(rows, wanted), ask.given)
        return tidied_where_ordered(complement(_outside(rows, wanted, ask.given)), game)
    if not numeric:
        raise OutOfScope(
            f"feasible payoffs of {len(game.names)} players are computed for payoffs in numbers; give the "
            "parameters values (`game.at(point)`), or ask about two players"
        )
    return tidy_short(_weighted(rows, wanted), ask.given)


def tidied_where_ordered(region: Region, game: NormalForm) -> Region:
    """The region tidied, if it has few parameters or the assumptions order each player's payoffs.

    Else as it is: the shape of the feasible payoffs is open, no form is short, and looking takes minutes.
    """
    ask = consistent(game)
    if len(names_of(region)) > _FEW:
        for column in zip(*game.payoffs, strict=True):
            for v, w in combinations(dict.fromkeys(column), 2):
                if not any(ask.holds(compare(v, relation, w)) for relation in (">", "<", "==")):
                    return region
    return tidy_short(region, ask.given)


def _inside(rows: Sequence[Sequence[Value]], target: Sequence[Value]) -> Region:
    """The target within the hull of points in numbers."""
    corners = hull((x.at({}), y.at({})) for x, y in rows)
    return all_of(
        compare(number(s.a) * target[0] + number(s.b) * target[1], ">=", number(s.c)) for s in sides(corners)
    )


def _outside(rows: Sequence[Sequence[Value]], target: Sequence[Value], given: Region) -> Region:
    """Where from one outcome on, all others lie less than half a turn to the left, seen from the target."""
    arms = [(x - target[0], y - target[1]) for x, y in rows]
    found = []
    for x, y in arms:
        ahead = []
        for v, w in arms:
            turn, along = x * w - y * v, x * v + y * w
            same = all_of((settled_sign(turn, "==", given), settled_sign(along, ">", given)))
            ahead.append(any_of((settled_sign(turn, ">", given), same)))
        found.append(all_of(ahead))
    return any_of(found)


def _weighted(rows: Sequence[Sequence[Value]], target: Sequence[Value]) -> Region:
    """The target as a mean of the rows, with the probabilities eliminated."""
    taken = {n for v in target for n in v.names}
    names: list[str] = []
    for k in range(len(rows) - 1):
        names.append(fresh_name(f"w{k}", taken))
        taken.add(names[-1])
    listed = [Poly.variable(n) for n in names]
    weights = [*listed, Poly.constant(1) - sum(listed, Poly.constant(0))]
    conditions = [atom(w, ">=") for w in weights]
    for i, wanted in enumerate(target):
        mean = number(0)
        for w, row in zip(weights, rows, strict=True):
            mean = mean + from_poly(w) * row[i]
        conditions.append(sign_region(mean - wanted, "=="))
    defined = all_of(sign_region(v.denominator, "!=") for v in target)
    return all_of((defined, exists(all_of(conditions), names, defined)))
