"""What continuation payoffs enforce in a repeated two-player game: one step of two set operators, exactly.

A numeric stage game with a common discount factor; pure actions, perfect monitoring, public randomisation.
Payoffs are averages, that is discounted sums times `1 - discount`.  From a convex set W of continuation
payoffs, `generated` gives the operator B of [AbreuPearceStacchetti1990], in the form of
[CronshawLuenberger1994]: the hull of `(1 - discount)*g(a) + discount*w` for all action pairs a and all w in W
that keep both players from deviating, when a deviation is punished by the worst point of W for the deviator.
`extremes` gives the operator R of [AbreuSannikov2014], which keeps only what can be an extreme equilibrium
payoff.  Where every part of W lies in B(W), W is self-generating: all of it is equilibrium payoffs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.errors import DomainError, GameError, InexactNumber, OutOfScope
from deterrence.games.normal import NormalForm, PureProfile
from deterrence.solve.polygon import EMPTY, Point, Polygon, at_least, contains, hull, within


@dataclass(frozen=True)
class ActionPair:
    """A pure profile: its payoffs, and by how much more continuation must pay each player than punishment.

    `margin` is `(1 - discount)/discount` times what the player would gain now by its best deviation.
    """

    profile: PureProfile
    payoff: Point
    margin: Point


@dataclass(frozen=True)
class NumericStage:
    """A stage game in numbers, with its discount factor and what each can be held down to in pure actions."""

    players: tuple[str, str]
    discount: Fraction
    pairs: tuple[ActionPair, ...]
    minmax: Point

    @property
    def feasible(self) -> Polygon:
        """The hull of the payoffs of all action pairs."""
        return hull(p.payoff for p in self.pairs)


def numeric_stage(
    game: NormalForm, discount: object, point: Mapping[str, Fraction] | None = None
) -> NumericStage:
    """A two-player game at a point of its parameters, with a common discount factor between 0 and 1.

    `discount` is a number or text such as "1/3", or one for each player by name, all equal.  Raises GameError
    and DomainError for what is not well formed, InexactNumber for floats, OutOfScope for another number of
    players and for discount factors that differ: then patience itself can be traded and `extremes` fails.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> stage = numeric_stage(pd, "1/2")
    >>> [(p.profile[0], str(p.margin[0])) for p in stage.pairs if p.profile[1] == "column1"]
    [('row1', '2'), ('row2', '0')]
    """
    if len(game.players) != 2:
        raise OutOfScope(f"payoff sets are computed for two players; this game has {len(game.players)}")
    delta = _discount(game, discount)
    fixed = _fixed(game, point or {})
    pay = {
        profile: (row[0].at(fixed), row[1].at(fixed))
        for profile, row in zip(game.profiles(), game.payoffs, strict=True)
    }
    one, two = (p.actions for p in game.players)
    best = (
        {b: max(pay[a, b][0] for a in one) for b in two},
        {a: max(pay[a, b][1] for b in two) for a in one},
    )
    scale = (1 - delta) / delta
    pairs = tuple(
        ActionPair((a, b), (x, y), (scale * (best[0][b] - x), scale * (best[1][a] - y)))
        for (a, b), (x, y) in pay.items()
    )
    minmax = (min(best[0].values()), min(best[1].values()))
    return NumericStage((game.names[0], game.names[1]), delta, pairs, minmax)


def _discount(game: NormalForm, given: object) -> Fraction:
    if isinstance(given, Mapping):
        if set(given) != set(game.names):
            raise GameError(f"give a discount factor for each of {', '.join(game.names)}; got {list(given)}")
        all_given = {_discount(game, d) for d in given.values()}
        if len(all_given) > 1:
            raise OutOfScope(
                f"the discount factors {', '.join(map(str, sorted(all_given)))} differ; payoff sets are "
                "computed for a common one"
            )
        return all_given.pop()
    if isinstance(given, float):
        raise InexactNumber("the discount factor", given)
    if isinstance(given, bool) or not isinstance(given, int | str | Fraction):
        raise GameError(f"the discount factor is {given!r}; write a number or text, such as '1/3'")
    try:
        delta = Fraction(given)
    except (ValueError, ZeroDivisionError):
        raise GameError(f"the discount factor {given!r} is no number; write one such as '1/3'") from None
    if not 0 < delta < 1:
        raise DomainError(f"the discount factor is {delta}; it must lie strictly between 0 and 1")
    return delta


def _fixed(game: NormalForm, point: Mapping[str, Fraction]) -> dict[str, Fraction]:
    for name, v in point.items():
        if isinstance(v, float):
            raise InexactNumber(f"the parameter {name}", v)
    fixed = {name: Fraction(v) for name, v in point.items()}
    missing = sorted({n for row in game.payoffs for v in row for n in v.names} - set(fixed))
    if missing:
        raise GameError(
            f"payoff sets are computed in numbers, and {', '.join(missing)} has none; "
            f"give one, as in point={{{missing[0]!r}: Fraction(1, 2)}}"
        )
    if set(game.domain.names) <= set(fixed) and not game.domain.given.contains(fixed):
        shown = ", ".join(f"{n} = {v}" for n, v in fixed.items())
        raise DomainError(f"{shown} is outside the domain of the game; it asks {game.domain.given}")
    return fixed


def worst(polygon: Polygon) -> Point:
    """The least payoff of each player on a set that is not empty."""
    return (polygon.least(0), polygon.least(1))


def floor_for(pair: ActionPair, punishment: Point, slack: Fraction = Fraction(0)) -> Point:
    """The least continuation payoffs that make a pair worth playing; `slack` raises margins in proportion."""
    raised = 1 + slack
    return (punishment[0] + raised * pair.margin[0], punishment[1] + raised * pair.margin[1])


def generated(stage: NumericStage, polygon: Polygon) -> Polygon:
    """B(W): the payoffs of pairs of actions followed by enforcing continuations in W, randomised publicly.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> generated(numeric_stage(pd, "1/2"), hull([(1, 1)])).vertices
    ((Fraction(1, 1), Fraction(1, 1)),)
    """
    if polygon.is_empty:
        return EMPTY
    least = worst(polygon)
    return hull(
        _average(stage, pair, w)
        for pair in stage.pairs
        for w in at_least(polygon, floor_for(pair, least)).vertices
    )


def self_generating(stage: NumericStage, polygon: Polygon) -> bool:
    """Whether W lies in B(W), so that every point of it is an equilibrium payoff.  True of the empty set."""
    return within(polygon, generated(stage, polygon))


def extremes(
    stage: NumericStage, polygon: Polygon, punishment: Point, slack: Fraction = Fraction(0)
) -> Polygon:
    """R(W, u): from each pair its own payoff for ever where that is enforced, else binding continuations.

    W and u must be those of the iteration of `payoff_set`; for any others R may lose equilibrium payoffs.
    """
    found: list[Point] = []
    for pair in stage.pairs:
        least = floor_for(pair, punishment, slack)
        stays = all(x >= low for x, low in zip(pair.payoff, least, strict=True))
        if stays and contains(polygon, pair.payoff):
            found.append(pair.payoff)
            continue
        for w in at_least(polygon, least).vertices:
            if stays or w[0] == least[0] or w[1] == least[1]:
                found.append(_average(stage, pair, w))
    return hull(found)


def _average(stage: NumericStage, pair: ActionPair, later: Point) -> Point:
    d = stage.discount
    return (
        (1 - d) * pair.payoff[0] + d * later[0],
        (1 - d) * pair.payoff[1] + d * later[1],
    )
