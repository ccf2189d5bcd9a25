"""Boxes that surely hold exactly one zero of a smooth system: the test of Krawczyk, in interval arithmetic.

Around an approximate zero a box is tried.  Where the operator `m - C F(m) + (I - C F'(X)) (X - m)` maps the
box X into its own interior, F has exactly one zero in X, and it lies in the image [Krawczyk1969].  The
arithmetic is that of balls with rigorous error bounds [Johansson2017], so the answer is a proof.

Scope: square systems of a few unknowns; `None` where no box passes, which says nothing about zeros.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, nextafter

import numpy as np
from flint import arb, ctx

Vector = list[arb]
System = Callable[[Vector], tuple[Vector, list[Vector]]]  # values and Jacobian, in ball arithmetic

_BITS = 128
_RADII = ("1e-13", "1e-11", "1e-9", "1e-7", "1e-5")


@dataclass(frozen=True)
class Enclosure:
    """A number known to lie within `radius` of `middle`."""

    middle: float
    radius: float

    def contains(self, value: float) -> bool:
        """Whether a number is within the radius.

        >>> Enclosure(0.5, 0.01).contains(0.505)
        True
        """
        return abs(value - self.middle) <= self.radius


def enclosed(system: System, near: Sequence[float]) -> tuple[Enclosure, ...] | None:
    """A box with exactly one zero of the system close to the point, or None where none could be shown.

    >>> def circle(v):
    ...     x, y = v
    ...     return [x * x + y * y - 2, x - y], [[2 * x, 2 * y], [arb(1), arb(-1)]]
    >>> [(round(e.middle, 12), e.radius < 1e-12) for e in enclosed(circle, [1.0000001, 0.9999999])]
    [(1.0, True), (1.0, True)]
    """
    with ctx.workprec(_BITS):
        middle = _improved(system, [arb(float(x)) for x in near])
        if middle is None:
            return None
        found, jacobian = system(middle)
        inverse = _inverse(jacobian)
        if inverse is None:
            return None
        step = _apply(inverse, found)
        for text in _RADII:
            image = _image(system, middle, step, inverse, arb(0, float(text)))
            if image is not None:
                return tuple(map(_plain, image))
    return None


def _image(system: System, middle: Vector, step: Vector, inverse: list[Vector], spread: arb) -> Vector | None:
    """Where the operator maps the box of this spread, if that is inside the box."""
    box = [m + spread for m in middle]
    _, slopes = system(box)
    size = range(len(box))
    product = [[_sum(inverse[i][k] * slopes[k][j] for k in size) for j in size] for i in size]
    image = [
        middle[i] - step[i] + _sum((arb(int(i == j)) - product[i][j]) * spread for j in size) for i in size
    ]
    return image if all(b.contains_interior(k) for b, k in zip(box, image, strict=True)) else None


def _improved(system: System, point: Vector) -> Vector | None:
    """The point after some steps of Newton, each rounded to an exact number."""
    for _ in range(4):
        values, jacobian = system(point)
        inverse = _inverse(jacobian)
        if inverse is None:
            return None
        point = [(x - s).mid() for x, s in zip(point, _apply(inverse, values), strict=True)]
    return point if all(x.is_finite() for x in point) else None


def _inverse(matrix: list[Vector]) -> list[Vector] | None:
    """An approximate inverse with exact entries; any such matrix will do in the test."""
    try:
        approximate = np.linalg.inv(np.array([[float(x.mid()) for x in row] for row in matrix]))
    except np.linalg.LinAlgError:
        return None
    if not np.isfinite(approximate).all():
        return None
    return [[arb(float(x)) for x in row] for row in approximate]


def _apply(matrix: list[Vector], vector: Vector) -> Vector:
    return [_sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _sum(terms: object) -> arb:
    return sum(terms, arb(0))  # type: ignore[call-overload,no-any-return]


def _plain(ball: arb) -> Enclosure:
    middle = float(ball.mid())
    away = float(abs(ball - arb(middle)).upper())
    return Enclosure(middle, nextafter(away * (1 + 1e-12), inf))
