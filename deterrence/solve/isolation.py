"""The critical discount factor at a point of all other parameters, whatever the degree: exact, or isolated.

At a point every condition is one on a polynomial in the discount factor alone.  Between the real roots of
these polynomials nothing changes, so the threshold is one of the roots: a fraction, or a number between two
fractions as close as one likes, found by isolating real roots exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import (
    EVERYWHERE,
    NOWHERE,
    Atom,
    Region,
    atom,
    atoms_of,
    holds_for_sign,
    map_atoms,
    names_of,
)
from deterrence.algebra.value import number, poly_at
from deterrence.errors import DomainError

WIDTH = Fraction(1, 2**40)
_FINER = 2**20


@dataclass(frozen=True)
class Isolated:
    """A condition holds at a point for all factors above a threshold, and not for those just below it.

    The threshold lies between `low` and `high`, which are equal where it is a fraction; `attained` says
    whether the condition holds at the threshold itself.  With both zero every factor between 0 and 1 will do.
    """

    name: str
    low: Fraction
    high: Fraction
    attained: bool


@dataclass(frozen=True)
class Root:
    """A real root of an irreducible polynomial `of`, between two fractions that are equal where it is one."""

    low: Fraction
    high: Fraction
    of: Poly


def critical_at(
    region: Region, name: str, point: Mapping[str, Fraction], width: Fraction = WIDTH
) -> Isolated | None:
    """The factor between 0 and 1 from which on a condition holds at a point, exactly or within `width`.

    `point` has every other parameter of the region.  None where it fails for factors close to one.  Raises
    DomainError for a value that is missing.

    >>> from deterrence.algebra.value import compare, variable
    >>> d, g = variable("d"), variable("g")
    >>> found = critical_at(compare(d + d * d + d * d * d, ">=", g), "d", {"g": Fraction(1)})
    >>> f"{float(found.low):.9f} {float(found.high):.9f}", found.attained
    ('0.543689013 0.543689013', True)
    >>> critical_at(compare(d, ">", g), "d", {"g": Fraction(1, 3)}).low
    Fraction(1, 3)
    """
    missing = sorted(names_of(region) - set(point) - {name})
    if missing:
        raise DomainError(f"no value given for {', '.join(missing)}; give one exact value for each")
    here = at_point(region, name, point)
    roots = roots_between(here, name, Fraction(0), Fraction(1), width)
    ends = [Fraction(0), *(x for r in roots for x in (r.low, r.high)), Fraction(1)]
    for k in range(len(roots), -1, -1):
        between = (ends[2 * k] + ends[2 * k + 1]) / 2
        if not here.contains({name: between}):
            if k == len(roots):
                return None
            return Isolated(name, roots[k].low, roots[k].high, True)
        if k > 0 and not holds_at(here, name, roots[k - 1]):
            return Isolated(name, roots[k - 1].low, roots[k - 1].high, False)
    return Isolated(name, Fraction(0), Fraction(0), False)


def at_point(region: Region, name: str, point: Mapping[str, Fraction]) -> Region:
    """The region as one in one parameter alone, the others fixed at a point that gives them all."""
    table = {n: number(v) for n, v in point.items() if n != name}
    changed: dict[Atom, Region] = {}
    for part in atoms_of(region):
        changed[part] = atom(
            poly_at(part.poly, table).a, part.relation
        )  # what it is divided by is a positive number
    return map_atoms(region, changed)


def roots_between(
    region: Region, name: str, low: Fraction, high: Fraction, width: Fraction = WIDTH
) -> list[Root]:
    """The roots strictly between two fractions of all polynomials of a region in one parameter alone.

    They come in order, with intervals apart from each other and from both ends.
    """
    factors = list(dict.fromkeys(f for a in atoms_of(region) for f, _ in a.poly.factors()[1]))
    found = []
    for factor in factors:
        if factor.degree(name) == 1:
            constant, slope = (c.constant_value() for c in factor.coefficients(name))
            root = Fraction(-constant, slope)
            if low < root < high:
                found.append(Root(root, root, factor))
    curved = [f for f in factors if f.degree(name) > 1]
    while True:
        listed = sorted([*found, *_isolated(curved, name, low, high, width)], key=lambda r: r.low)
        ends = [low, *(x for r in listed for x in (r.low, r.high)), high]
        if all(ends[k] < ends[k + 1] for k in range(0, len(ends), 2)):
            return listed
        width /= _FINER


def _isolated(polys: list[Poly], name: str, low: Fraction, high: Fraction, width: Fraction) -> list[Root]:
    """Intervals between two fractions that hold one root each, of irreducible polynomials that are curved."""
    if not polys:
        return []
    import sympy

    x = sympy.Symbol(name)
    listed = [sympy.Poly([c.constant_value() for c in reversed(p.coefficients(name))], x) for p in polys]
    eps, inf, sup = (sympy.Rational(v.numerator, v.denominator) for v in (width, low, high))
    found = []
    for (left, right), which in sympy.intervals(listed, eps=eps, inf=inf, sup=sup):
        (index,) = which
        found.append(
            Root(Fraction(int(left.p), int(left.q)), Fraction(int(right.p), int(right.q)), polys[index])
        )
    return found


def holds_at(region: Region, name: str, root: Root) -> bool:
    """Whether a region in one parameter alone holds at a root.

    No other root lies in the root's interval, so another polynomial than its own has one sign all over it.
    """
    table: dict[Atom, Region] = {}
    for part in atoms_of(region):
        zero = any(f == root.of for f, _ in part.poly.factors()[1])
        sign = 0 if zero else part.poly.sign_at({name: root.low})
        table[part] = EVERYWHERE if holds_for_sign(sign, part.relation) else NOWHERE
    return map_atoms(region, table) == EVERYWHERE
