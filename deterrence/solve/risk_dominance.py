"""Risk dominance between the two strict equilibria of a 2x2 game, by their players' deviation losses.

At a strict equilibrium each player loses something by leaving it alone; the equilibrium with the larger
product of the two losses risk-dominates the other [HarsanyiSelten1988].  In a symmetric game that is the
equilibrium whose action is the better reply to an opponent who tosses a fair coin.

Scope: two players with two actions each, pure profiles in which both players' actions differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.algebra.region import Region, all_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, sign_region
from deterrence.errors import GameError
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import consistent
from deterrence.solve.two_by_two import is_two_by_two


def risk_dominates(game: NormalForm, profile: Sequence[str], other: Sequence[str]) -> Region:
    """Where both pure profiles are strict equilibria and the first risk-dominates the second.

    Profiles list one action a player, in player order.  Raises GameError for a game that is not 2x2 or for
    profiles that share an action, UnknownName, DomainError for contradictory assumptions.

    >>> stag = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
    ...     assumptions=["R > T", "T > P", "P > S"])
    >>> print(risk_dominates(stag, ["row1", "column1"], ["row2", "column2"]))
    R + S > P + T
    """
    if not is_two_by_two(game):
        raise GameError("risk dominance is defined here for games of two players with two actions each")
    ask = consistent(game)
    here, there = _losses(game, profile, other), _losses(game, other, profile)
    strict = (sign_region(loss, ">") for loss in (*here, *there))
    larger = compare(here[0] * here[1], ">", there[0] * there[1])
    return tidy(all_of((*strict, larger)), ask.given)


def _losses(game: NormalForm, profile: Sequence[str], other: Sequence[str]) -> tuple[Value, Value]:
    """What each player loses by leaving the profile alone for its action in the other."""
    first, second = game.names
    pays = [game.payoff(profile, n) for n in game.names]
    if profile[0] == other[0] or profile[1] == other[1]:
        raise GameError(
            f"risk dominance compares profiles in which both players' actions differ; got "
            f"{', '.join(profile)} and {', '.join(other)}"
        )
    return (
        pays[0] - game.payoff((other[0], profile[1]), first),
        pays[1] - game.payoff((profile[0], other[1]), second),
    )
