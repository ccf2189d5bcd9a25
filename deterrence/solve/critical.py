"""Critical discount factors: the least patience from which on a condition holds, in closed form.

A region is an up-set in a discount factor when it holds for every larger factor once it holds for one.  Then
it is `delta >= threshold` beside conditions without delta, and the threshold is the largest of the bounds.
Degrees above two have no formula here; the region itself stays the exact answer, and `isolation` finds the
threshold at a point of the other parameters.  Source: [Friedman1971].
"""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.algebra.decide import prover
from deterrence.algebra.isolate import isolate
from deterrence.algebra.region import (
    EVERYWHERE,
    NOWHERE,
    AllOf,
    Atom,
    Region,
    all_of,
    names_of,
)
from deterrence.algebra.short import is_long
from deterrence.algebra.value import Value, compare


@dataclass(frozen=True)
class Critical:
    """`name >= max(bounds)` where `needs` holds, and nowhere else; no bounds means every factor will do.

    `strict` says that the factor must lie above the bounds rather than at or above them.
    """

    name: str
    bounds: tuple[Value, ...]
    needs: Region
    strict: bool = False


def critical_discount(region: Region, name: str, given: Region) -> Critical | None:
    """The critical value of a discount factor for a region; None for no up-set, or one without a formula.

    >>> from deterrence.algebra.value import variable
    >>> T, R, P, d = (variable(n) for n in "TRPd")
    >>> given = all_of((compare(T, ">", R), compare(R, ">", P)))
    >>> found = critical_discount(compare(d * (T - P), ">=", T - R), "d", given)
    >>> from deterrence.algebra.printing import value_text
    >>> value_text(found.bounds[0], prover(given))
    '(T - R)/(T - P)'
    """
    if region == NOWHERE:
        return None
    parts = region.parts if isinstance(region, AllOf) else (region,)
    needs = all_of(p for p in parts if name not in names_of(p))
    bounding = [p for p in parts if name in names_of(p)]
    if any(not isinstance(p, Atom) or p.poly.degree(name) > 2 for p in bounding) or is_long(region):
        return None
    ask = prover(given)
    bounds: list[Value] = []
    relations = set()
    for part in bounding:
        bound = isolate(part, name, ask, needs) if isinstance(part, Atom) else None
        if bound is None or bound.relation not in (">=", ">"):
            return None
        bounds.append(bound.value)
        relations.add(bound.relation)
    if len(relations) > 1:
        return None
    return Critical(name, _largest(bounds, all_of((given, needs))), needs, relations == {">"})


def _largest(bounds: list[Value], given: Region) -> tuple[Value, ...]:
    """The bounds that are not seen to lie below another always; two different roots are not compared."""
    ask = prover(given)
    kept = list(dict.fromkeys(bounds))
    for bound in list(kept):
        others = [b for b in kept if b != bound and (b.is_rational or bound.is_rational or b.d == bound.d)]
        if any(ask.implies(EVERYWHERE, compare(bound, "<=", b)) is True for b in others):
            kept.remove(bound)
    return tuple(kept)
