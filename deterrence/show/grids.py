"""Regions and values over grids of floats, for pictures and sweeps only: the exact answers are elsewhere.

A polynomial that rounding leaves within a tolerance of zero counts as zero, so weak conditions hold on their
borders.  Everything broadcasts as NumPy does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import AllOf, AnyOf, Atom, Region
from deterrence.algebra.value import Value

TOLERANCE = 1e-9
Grid = Any  # an array of floats
Table = Mapping[str, Grid]


def poly_grid(poly: Poly, values: Table) -> Grid:
    """A polynomial at every point of a grid."""
    total: Grid = 0.0
    for monomial, coefficient in poly.terms:
        term: Grid = float(coefficient)
        for name, exponent in monomial:
            term = term * values[name] ** exponent
        total = total + term
    return total


def value_grid(value: Value, values: Table) -> Grid:
    """A value at every point of a grid; not a number where it is undefined."""
    with np.errstate(all="ignore"):
        root = np.sqrt(poly_grid(value.d, values)) if not value.is_rational else 0.0
        top = poly_grid(value.a, values) + poly_grid(value.b, values) * root
        return top / (poly_grid(value.c, values) + poly_grid(value.e, values) * root)


def region_grid(region: Region, values: Table) -> Grid:
    """Whether each point of a grid belongs to a region, as an array of truth values.

    >>> from deterrence.algebra.region import atom
    >>> region_grid(atom(Poly.variable("x") - 1, ">="), {"x": np.array([0.0, 1.0, 2.0])}).tolist()
    [False, True, True]
    """
    if isinstance(region, Atom):
        found = poly_grid(region.poly, values)
        sign = np.where(np.abs(found) < TOLERANCE, 0, np.sign(found))
        if region.relation == ">":
            return sign > 0
        if region.relation == ">=":
            return sign >= 0
        return sign == 0 if region.relation == "==" else sign != 0
    assert isinstance(region, AllOf | AnyOf)
    shape = np.broadcast_shapes(*(np.shape(v) for v in values.values())) if values else ()
    whole = np.full(shape, isinstance(region, AllOf))
    for part in region.parts:
        inside = region_grid(part, values)
        whole = whole & inside if isinstance(region, AllOf) else whole | inside
    return whole
