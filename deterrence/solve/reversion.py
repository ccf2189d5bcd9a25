"""An outcome sustained by the threat of reverting for ever to an equilibrium of the stage, by region.

Everybody plays the outcome as long as everybody has; after any departure the equilibrium is played for ever.
That is subgame perfect exactly where the equilibrium is one, and for each player
`delta >= (d - x)/(d - v)`, with `x` what the outcome pays, `d` the best departure, `v` the equilibrium.
Players may discount differently.  Source: [Friedman1971].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deterrence.algebra.brief import brief
from deterrence.algebra.region import Region, all_of
from deterrence.algebra.short import tidy_short
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, number
from deterrence.errors import OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Equilibrium
from deterrence.solve.critical import Critical, critical_discount
from deterrence.solve.factors import discount_factors, with_factors
from deterrence.solve.nash import consistent, no_gain_region


@dataclass(frozen=True)
class Reversion:
    """Where an outcome is sustained by reversion, with each player's least discount factor.

    `critical` has None for a player whose condition is no lower bound on its own discount factor; `given` has
    the assumptions, those on the discount factors included.
    """

    region: Region
    critical: tuple[tuple[str, Critical | None], ...]
    given: Region

    def __repr__(self) -> str:
        return f"Reversion(lasts {brief(self.region)})"


def reversion(
    stage: NormalForm,
    outcome: Sequence[str],
    equilibrium: Sequence[str] | Equilibrium,
    discount: object = "delta",
) -> Reversion:
    """Where an outcome can be played for ever under the threat of a stage equilibrium for ever.

    `outcome` is a pure profile, `equilibrium` one too or an equilibrium found by `nash` (without free
    variables); `discount` an expression, or one for each player by name; plain names lie between 0 and 1.
    Raises GameError, UnknownName, DomainError (a discount factor not below one), OutOfScope.

    >>> pd = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
    ...     actions=[["C", "D"]] * 2, assumptions=["T > R", "R > P", "P > S"])
    >>> found = reversion(pd, ["C", "C"], ["D", "D"])
    >>> from deterrence.algebra.questions import solve_for
    >>> print(solve_for(found.region, "delta", found.given))
    delta >= (T - R)/(T - P)
    """
    expect("reversion", stage, NormalForm)
    consistent(stage)
    factors = discount_factors(stage, discount)
    given = with_factors(stage.domain.given, factors)
    stays, paid = _threat(stage, equilibrium)
    parts = []
    for i, (player, d) in enumerate(zip(stage.players, factors, strict=True)):
        here = stage.payoff(outcome, player.name)
        for action in player.actions:
            if action != outcome[i]:
                departed = stage.payoff((*outcome[:i], action, *outcome[i + 1 :]), player.name)
                once = departed * (number(1) - d) + d * paid[i]
                parts.append((player.name, compare(here, ">=", once)))
    own = [tidy(all_of(r for n, r in parts if n == name), given) for name in stage.names]
    critical = []
    for name, d, region in zip(stage.names, factors, own, strict=True):
        plain = str(d) in d.names
        critical.append((name, critical_discount(region, str(d), given) if plain else None))
    return Reversion(tidy_short(all_of((stays, *own)), given), tuple(critical), given)


def _threat(stage: NormalForm, equilibrium: Sequence[str] | Equilibrium) -> tuple[Region, tuple[Value, ...]]:
    """Where the threat is an equilibrium of the stage, and what it pays."""
    if not isinstance(equilibrium, Equilibrium):
        profile = tuple(equilibrium)
        paid = tuple(stage.payoff(profile, n) for n in stage.names)
        return no_gain_region(stage, profile), paid
    if equilibrium.free:
        names = ", ".join(r.name for r in equilibrium.free)
        raise OutOfScope(
            f"the equilibrium {equilibrium.id} has free variables ({names}), and its payoffs depend on them; "
            "revert to one without"
        )
    return equilibrium.region, tuple(equilibrium.payoff(n) for n in stage.names)
