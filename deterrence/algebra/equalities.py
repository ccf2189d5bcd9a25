"""What equations among the assumptions say outright, put into a region: `T == 5`, `h == 2*k`.

An equation that is linear in a parameter, with a number as its coefficient, defines that parameter by the
others.  A region in which it is replaced is the same wherever the assumptions hold, and shorter to read.
"""

from __future__ import annotations

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import AllOf, Atom, Region, names_of
from deterrence.algebra.value import Value, fraction
from deterrence.algebra.virtual import substituted


def with_equalities(region: Region, given: Region) -> Region:
    """The region without parameters that equations in `given` define; equal to it wherever `given` holds.

    Of two parameters said to be equal the one that comes later in the alphabet goes.

    >>> a, b, c = (Poly.variable(n) for n in "abc")
    >>> from deterrence.algebra.region import all_of, atom
    >>> given = all_of([atom(b - 2 * a, "=="), atom(c - 5, "==")])
    >>> print(with_equalities(atom(b * c - a, ">"), given))
    a > 0
    """
    parts = given.parts if isinstance(given, AllOf) else (given,)
    left = [p for p in parts if isinstance(p, Atom) and p.relation == "=="]
    while left:
        equation = left.pop()
        solved = _solved(equation.poly)
        if solved is None:
            continue
        name, worth = solved
        put = [substituted(p, name, worth) for p in left]
        left = [p for p in put if isinstance(p, Atom)]
        if name in names_of(region):
            region = substituted(region, name, worth)
    return region


def _solved(poly: Poly) -> tuple[str, Value] | None:
    for name in sorted(poly.names, reverse=True):
        coefficients = poly.coefficients(name)
        if len(coefficients) == 2 and coefficients[1].is_constant:
            return name, fraction(-coefficients[0], coefficients[1])
    return None
