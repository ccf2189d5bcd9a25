"""Trembling-hand perfection in 2x2 games: the equilibria in which nobody uses a weakly dominated action.

An equilibrium is perfect where each strategy is a best reply to some small trembles of the other player
[Selten1975].  With two players these are the equilibria in undominated strategies [vanDamme1991], and with
two actions a mixture is dominated exactly when an action that it uses is.  So the answer is the same for all
members of a component of the atlas, which share their support.

Scope: two players with two actions each.  With more players undominated is not enough; with more actions a
mixture of undominated actions may be dominated.
"""

from __future__ import annotations

from deterrence.algebra.region import Region, all_of, complement
from deterrence.algebra.tidy import tidy
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Equilibrium
from deterrence.solve.dominance import weakly_dominated
from deterrence.solve.two_by_two import is_two_by_two


def perfect(game: NormalForm, equilibrium: Equilibrium) -> Region:
    """Where the equilibrium exists and is trembling-hand perfect.

    Raises OutOfScope for a game that is not 2x2 or has payoffs with roots, DomainError as `weakly_dominated`.

    >>> from deterrence.solve.nash import nash
    >>> game = NormalForm.from_arrays([["a", 0], [0, 0]], [["a", 0], [0, 0]], assumptions=["a >= 0"])
    >>> print([str(perfect(game, e)) for e in nash(game) if e.is_pure])
    ['true', 'a == 0', 'a == 0', 'a == 0']
    """
    if not is_two_by_two(game):
        raise OutOfScope(
            "trembling-hand perfection is settled here for two players with two actions each; for larger "
            "games ask which actions are weakly dominated"
        )
    undominated = (
        complement(weakly_dominated(game, player, action))
        for player, strategy in equilibrium.profile
        for action, chance in strategy
        if not chance.is_zero
    )
    return tidy(all_of((equilibrium.region, *undominated)), game.domain.given)
