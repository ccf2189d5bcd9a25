"""Where a condition holds along one parameter, all others fixed: stretches with exact ends.

Between the real roots of the condition's polynomials nothing changes, so each end is a fraction or a root
that is isolated exactly (see `isolation`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.region import Region, names_of
from deterrence.errors import DomainError
from deterrence.solve.isolation import Root, at_point, holds_at, roots_between


@dataclass(frozen=True)
class Stretch:
    """An interval on which a condition holds, ends with the condition's border or with the part looked at.

    `has_start` and `has_end` say whether it holds at the ends themselves.  An end is a fraction, or the
    `Root` of a polynomial that has no fraction for one.
    """

    start: Fraction | Root
    end: Fraction | Root
    has_start: bool
    has_end: bool


def along(
    region: Region, name: str, point: Mapping[str, Fraction], low: Fraction, high: Fraction
) -> tuple[Stretch, ...]:
    """The stretches of one parameter, from `low` to `high`, on which a region holds at a point of the others.

    They are as long as can be, in order, and together hold everything; a single value is a stretch that
    starts where it ends.  Raises DomainError for a value that is missing.

    >>> from deterrence.algebra.value import compare, variable
    >>> d, g = variable("d"), variable("g")
    >>> found = along(compare(d - d * d, ">=", g), "d", {"g": Fraction(3, 16)}, Fraction(0), Fraction(1))
    >>> [(str(s.start), str(s.end), s.has_end) for s in found]
    [('1/4', '3/4', True)]
    """
    missing = sorted(names_of(region) - set(point) - {name})
    if missing:
        raise DomainError(f"no value given for {', '.join(missing)}; give one exact value for each")
    here = at_point(region, name, point)
    roots = roots_between(here, name, low, high)
    bounds = [low, *(x for r in roots for x in (r.low, r.high)), high]
    marks: list[tuple[Fraction | Root, bool]] = [(low, here.contains({name: low}))]
    marks += [(r.low if r.low == r.high else r, holds_at(here, name, r)) for r in roots]
    marks.append((high, here.contains({name: high})))
    inside = [here.contains({name: (bounds[2 * k] + bounds[2 * k + 1]) / 2}) for k in range(len(roots) + 1)]
    found: list[Stretch] = []
    for k, (at, holds) in enumerate(marks):
        before, after = k > 0 and inside[k - 1], k < len(inside) and inside[k]
        if before and not (holds and after):
            found[-1] = Stretch(found[-1].start, at, found[-1].has_start, holds)
        if after and not (holds and before):
            found.append(Stretch(at, at, holds, True))
        if holds and not before and not after:
            found.append(Stretch(at, at, True, True))
    return tuple(found)


def approximately(end: Fraction | Root) -> float:
    """An end as a float, for drawing."""
    return float(end if isinstance(end, Fraction) else (end.low + end.high) / 2)
