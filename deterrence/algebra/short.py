"""Conditions on long expressions: signs without their denominators, and tidying only what can become short.

Payoffs under symbolic error rates have hundreds of terms.  Their conditions are exact, but no form of them
is short and looking for one takes minutes, so beyond a bound they stay as they come.
"""

from __future__ import annotations

from deterrence.algebra.decide import prover
from deterrence.algebra.region import Region, atom, polys_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, sign_region

MAX_TERMS = 200


def settled_sign(v: Value, relation: str, given: Region) -> Region:
    """Where `v relation 0`: a condition on the numerator alone where the denominator's sign is proved.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.value import number, variable
    >>> print(settled_sign((variable("x") - number(1)) / variable("y"), ">=", atom(Poly.variable("y"), ">")))
    x >= 1
    """
    if v.is_rational:
        signs = prover(given).sign(v.c)
        if signs == frozenset({1}):
            return atom(v.a, relation)
        if signs == frozenset({-1}):
            return atom(-v.a, relation)
    return sign_region(v, relation)


def tidy_short(region: Region, given: Region) -> Region:
    """The region tidied, or as it came where its polynomials have more than `MAX_TERMS` terms together."""
    if sum(p.size for p in polys_of(region)) > MAX_TERMS:
        return region
    return tidy(region, given)
