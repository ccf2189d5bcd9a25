"""Conditions on long expressions: signs without their denominators, and tidying only what can become short.

Payoffs under symbolic error rates have hundreds of terms.  Their conditions are exact, but no form of them
is short and looking for one takes minutes, so beyond a bound they stay as they come, without factors of
proved sign, and a point is found by trying instead of by solving.
"""

from __future__ import annotations

import random
from fractions import Fraction

from deterrence.algebra.decide import NICE, Prover, Witness, prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import (
    EVERYWHERE,
    NOWHERE,
    AllOf,
    Atom,
    Region,
    all_of,
    atom,
    atoms_of,
    map_atoms,
    names_of,
    polys_of,
)
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, sign_region

MAX_TERMS = 300  # of all polynomials together, up to which a region is tidied
MAX_FACTORED = 2000  # of one polynomial, up to which it is factored
MAX_ASKED = 120  # of one polynomial, up to which a solver is asked about it in a long region
TRIES, TRIED_TERMS = 3000, 1_000_000  # points tried, fewer where each takes long to evaluate
_VALUES = (*NICE, *(Fraction(a, b) for a, b in ((9, 10), (19, 20), (99, 100), (1, 10), (1, 20), (1, 100))))


def settled_sign(v: Value, relation: str, given: Region, defined: bool = False) -> Region:
    """Where `v relation 0`: a condition on the numerator alone where the denominator's sign is proved.

    With `defined` the caller knows that the denominator is zero nowhere under the assumptions.

    >>> from deterrence.algebra.value import number, variable
    >>> print(settled_sign((variable("x") - number(1)) / variable("y"), ">=", atom(Poly.variable("y"), ">")))
    x >= 1
    """
    if not v.is_rational:
        return sign_region(v, relation)
    sign = _sign(v.c, given, defined)
    return sign_region(v, relation) if sign == 0 else atom(v.a * sign, relation)


def _sign(poly: Poly, given: Region, nonzero: bool) -> int:
    """The one sign that a polynomial has under the assumptions, or 0 where that is not shown.

    On a connected set a polynomial that vanishes nowhere has the sign that it has at any point.
    """
    ask = prover(given)
    if poly.is_constant:
        return poly.leading_sign
    if nonzero and _convex(given):
        for sign in (1, -1):
            if ask.pool_point(atom(poly * sign, ">")) is not None:
                return sign
    content, factors = poly.factors()
    found = 1 if content > 0 else -1
    for factor, multiplicity in factors:
        signs = ask.sign(factor) if factor.size <= MAX_ASKED else None
        if signs is None or len(signs) != 1 or 0 in signs:
            return 0
        found *= next(iter(signs)) if multiplicity % 2 else 1
    return found


def _convex(region: Region) -> bool:
    """Whether the region is written as a convex set: linear conditions, all of which hold."""
    parts = region.parts if isinstance(region, AllOf) else (region,)
    return all(isinstance(p, Atom) and p.poly.total_degree <= 1 and p.relation != "!=" for p in parts)


def is_long(region: Region, terms: int = MAX_TERMS) -> bool:
    """Whether a region has so many terms that it is not tidied."""
    return _terms(region) > terms


def _terms(region: Region) -> int:
    return sum(p.size for p in polys_of(region))


def tidy_short(region: Region, given: Region, terms: int = MAX_TERMS) -> Region:
    """The region tidied; where it is long, only without factors of proved sign and what holds anyway.

    Long is a region with more than so many terms.
    """
    if not is_long(region, terms):
        return tidy(region, given)
    ask = prover(given)
    plain = map_atoms(region, {a: _settled(a, ask) for a in atoms_of(region)})
    if not is_long(plain, terms):
        return tidy(plain, given)
    parts = plain.parts if isinstance(plain, AllOf) else (plain,)
    small = [p for p in parts if isinstance(p, Atom) and p.poly.size <= MAX_ASKED]
    if any(ask.satisfiable(p) is False for p in small):
        return NOWHERE
    return all_of(p for p in parts if p not in small or ask.holds(p) is not True)


def _settled(part: Atom, ask: Prover) -> Region:
    """An atom without those of its factors that are short and have one proved sign."""
    if part.poly.size > MAX_FACTORED:
        return part
    content, factors = part.poly.factors()
    rest = Poly.constant(1 if content > 0 else -1)
    for factor, multiplicity in factors:
        signs = ask.sign(factor) if factor.size <= MAX_ASKED else None
        if signs is None or len(signs) != 1:
            rest = rest * factor**multiplicity
        elif multiplicity % 2 or signs == {0}:
            rest = rest * next(iter(signs))
    return atom(rest, part.relation)


def tried_point(region: Region, given: Region) -> Witness | None:
    """An exact point of the region, found by trying known points with some values changed, or None.

    No solver is asked; the same points are tried every time.
    """
    ask = prover(given)
    free = dict.fromkeys(sorted(names_of(region)), Fraction(1))  # the assumptions need not mention them all
    known = [{**free, **point} for point in ask.pool_points(EVERYWHERE)]
    for point in known:
        if region.contains(point):
            return point
    rng = random.Random(20)
    tries = min(TRIES, TRIED_TERMS // max(1, _terms(region)))
    for _ in range(tries if known else 0):
        point = dict(rng.choice(known))
        for name in rng.sample(sorted(point), min(len(point), rng.randint(1, 3))):
            point[name] = rng.choice(_VALUES)
        if given.contains(point) and region.contains(point):
            ask.offer(point)
            return point
    return None


def remark(region: Region, given: Region) -> str:
    """What to say beside a region that is too long to be tidied, with a point in it; "" for others."""
    if not is_long(region):
        return ""
    point = tried_point(region, given)
    if point is None:
        return "too long to be tidied, so exact but as it comes; no point of it was found by trying"
    shown = ", ".join(f"{n} = {point[n]}" for n in sorted(names_of(region) | names_of(given)))
    return f"too long to be tidied, so exact but as it comes; it holds for example at {shown}"
