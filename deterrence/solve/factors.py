"""Discount factors given for a stage: one for all or one a player, and the assumptions that go with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deterrence.algebra.decide import prover
from deterrence.algebra.region import Region, all_of
from deterrence.algebra.value import Value, compare, number
from deterrence.errors import DomainError, GameError, UnknownName
from deterrence.games.normal import NormalForm, entry


def discount_factors(stage: NormalForm, discount: object) -> tuple[Value, ...]:
    """A factor for each player, from one expression or number for all, or one for each by name.

    Raises GameError and UnknownName.
    """
    if not isinstance(discount, Mapping):
        return (entry(discount),) * len(stage.names)
    for name in discount:
        if name not in stage.names:
            raise UnknownName("player", str(name), stage.names, "discount factors")
    missing = [n for n in stage.names if n not in discount]
    if missing:
        raise GameError(f"no discount factor for {', '.join(missing)}; give one for each player")
    return tuple(entry(discount[n]) for n in stage.names)


def with_factors(given: Region, factors: Sequence[Value], *, one: bool = False) -> Region:
    """The assumptions, with factors that are plain names assumed to lie between 0 and 1.

    All others must be proved to be 0 or more and below one, or with `one` at most one; else DomainError.
    """
    top = "<=" if one else "<"
    plain = [v for v in factors if str(v) in v.names]
    both = [r for v in plain for r in (compare(v, ">", number(0)), compare(v, "<", number(1)))]
    assumed = all_of((given, *both))
    for v in factors:
        inside = all_of((compare(v, ">=", number(0)), compare(v, top, number(1))))
        if prover(assumed).holds(inside) is not True:
            raise DomainError(
                f"the discount factor {v} is not proved to lie in 0..1; assume 0 <= {v} and {v} {top} 1"
            )
    return assumed
