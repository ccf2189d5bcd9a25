"""Convex polygons with rational corners, exactly: hulls, cuts by half-planes, areas, distances, rounding.

Scope: the plane; a polygon may also be empty, a single point or a segment, and every function is right there
too.  Hulls by Andrew's monotone chain; distances are in the maximum norm, where they are rational.  Nothing
here knows what a game is; `payoff_set` uses it for sets of payoff pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, product
from math import floor

Point = tuple[Fraction, Fraction]
_ZERO = Fraction(0)


@dataclass(frozen=True)
class Polygon:
    """A convex polygon by its corners, anticlockwise from the leftmost (lowest of them); from `hull`.

    No corner lies between two others.  No corner is the empty set, one a point, two a segment.
    """

    vertices: tuple[Point, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has no points."""
        return not self.vertices

    @property
    def dimension(self) -> int:
        """2 with an interior, 1 for a segment, 0 for a point, -1 for the empty set."""
        return min(len(self.vertices), 3) - 1

    @property
    def shape(self) -> str:
        """In a word: "empty", "point", "segment" or "polygon"."""
        return ("empty", "point", "segment", "polygon")[self.dimension + 1]

    def least(self, axis: int) -> Fraction:
        """The least value of a coordinate; ValueError for the empty set."""
        return min(v[axis] for v in self.vertices)


@dataclass(frozen=True)
class HalfPlane:
    """The points with `a*x + b*y >= c`."""

    a: Fraction
    b: Fraction
    c: Fraction

    def excess(self, point: Point) -> Fraction:
        """How much the left side exceeds the right: negative outside, zero on the border."""
        return self.a * point[0] + self.b * point[1] - self.c


EMPTY = Polygon()


def hull(points: Iterable[Point]) -> Polygon:
    """The smallest convex polygon around some points.

    >>> square = hull([(0, 0), (1, 0), (1, 1), (0, 1), (Fraction(1, 2), Fraction(1, 2)), (0, 0)])
    >>> len(square.vertices), hull([(0, 0), (1, 1), (2, 2)]).shape, hull([]).shape
    (4, 'segment', 'empty')
    """
    known = [p for p, _ in groupby(sorted((_exact(x), _exact(y)) for x, y in points))]  # hashing is slower
    if len(known) < 3:
        return Polygon(tuple(known))
    lower, upper = _chain(known), _chain(known[::-1])
    return Polygon(tuple(lower[:-1] + upper[:-1]))


def cut(polygon: Polygon, side: HalfPlane) -> Polygon:
    """The part of a polygon in a half-plane.

    >>> triangle = hull([(0, 0), (2, 0), (0, 2)])
    >>> right = cut(triangle, HalfPlane(Fraction(1), Fraction(0), Fraction(1)))
    >>> [(str(x), str(y)) for x, y in right.vertices]
    [('1', '0'), ('2', '0'), ('1', '1')]
    """
    excess = [side.excess(v) for v in polygon.vertices]
    if all(e >= 0 for e in excess):
        return polygon
    kept: list[Point] = []
    for k, (here, e) in enumerate(zip(polygon.vertices, excess, strict=True)):
        before, f = polygon.vertices[k - 1], excess[k - 1]
        if (e > 0 > f) or (e < 0 < f):
            t = f / (f - e)
            kept.append((before[0] + t * (here[0] - before[0]), before[1] + t * (here[1] - before[1])))
        if e >= 0:
            kept.append(here)
    return hull(kept)


def at_least(polygon: Polygon, corner: Point) -> Polygon:
    """The points of a polygon with both coordinates at least those of `corner`."""
    one = cut(polygon, HalfPlane(Fraction(1), _ZERO, corner[0]))
    return cut(one, HalfPlane(_ZERO, Fraction(1), corner[1]))


def sides(polygon: Polygon) -> tuple[HalfPlane, ...]:
    """Half-planes whose intersection is the polygon; ValueError for the empty set."""
    if polygon.is_empty:
        raise ValueError("the empty polygon has no sides; ask is_empty first")
    if polygon.dimension == 0:
        ((x, y),) = polygon.vertices
        bounds = ((1, 0, x), (-1, 0, -x), (0, 1, y), (0, -1, -y))
        return tuple(HalfPlane(Fraction(a), Fraction(b), Fraction(c)) for a, b, c in bounds)
    found = []
    for k, (x, y) in enumerate(polygon.vertices):
        p, q = polygon.vertices[k - 1]
        a, b = q - y, x - p  # to the left of the way from the corner before to this one
        found.append(HalfPlane(a, b, a * x + b * y))
        if polygon.dimension == 1:  # nothing beyond this end
            found.append(HalfPlane(p - x, q - y, (p - x) * x + (q - y) * y))
    return tuple(found)


def intersection(one: Polygon, other: Polygon) -> Polygon:
    """The points of both.

    >>> intersection(hull([(0, 0), (2, 2)]), hull([(0, 2), (2, 0)])).vertices
    ((Fraction(1, 1), Fraction(1, 1)),)
    """
    if other.is_empty:
        return EMPTY
    for side in sides(other):
        one = cut(one, side)
    return one


def contains(polygon: Polygon, point: Point) -> bool:
    """Whether a point belongs to it, the border included."""
    return not polygon.is_empty and all(side.excess(point) >= 0 for side in sides(polygon))


def within(one: Polygon, other: Polygon) -> bool:
    """Whether every point of the first belongs to the second."""
    if one.is_empty or other.is_empty:
        return one.is_empty
    around = sides(other)
    return all(side.excess(v) >= 0 for side in around for v in one.vertices)


def area(polygon: Polygon) -> Fraction:
    """The area; zero without an interior.

    >>> area(hull([(0, 0), (2, 0), (0, 2)]))
    Fraction(2, 1)
    """
    corners = polygon.vertices
    return sum((corners[k - 1][0] * y - corners[k - 1][1] * x for k, (x, y) in enumerate(corners)), _ZERO) / 2


def support(polygon: Polygon, direction: Point) -> Fraction:
    """The greatest value of `direction[0]*x + direction[1]*y` on it; ValueError for the empty set."""
    return max(direction[0] * x + direction[1] * y for x, y in polygon.vertices)


def distance(polygon: Polygon, point: Point) -> Fraction:
    """How far a point is from the polygon in the maximum norm, zero inside; ValueError for the empty set.

    >>> distance(hull([(0, 0), (2, 0), (0, 2)]), (Fraction(2), Fraction(2)))
    Fraction(1, 1)
    """
    if polygon.is_empty:
        raise ValueError("nothing has a distance from the empty polygon; ask is_empty first")
    if contains(polygon, point):
        return _ZERO
    corners = polygon.vertices
    return min(_to_segment(corners[k - 1], corners[k], point) for k in range(len(corners)))


def hausdorff(inner: Polygon, outer: Polygon) -> Fraction:
    """The greatest distance from a point of the outer polygon to the inner, for `inner` within `outer`.

    In the maximum norm; it is taken at a corner, since the distance from a convex set is convex.
    """
    return max((distance(inner, v) for v in outer.vertices), default=_ZERO)


def coarse(x: Fraction, grid: Fraction) -> tuple[Fraction, ...]:
    """A coordinate with a denominator no greater than the grid's, as it is; else its two neighbours."""
    if x.denominator <= grid.denominator:
        return (x,)
    low = floor(x / grid) * grid
    return (low, low + grid)


def rounded_outwards(polygon: Polygon, grid: Fraction) -> Polygon:
    """A polygon around this one whose coordinates have denominators up to the grid's.

    >>> x = Fraction(1, 3)
    >>> len(rounded_outwards(hull([(x, x)]), Fraction(1, 2)).vertices)
    4
    """
    return hull(c for x, y in polygon.vertices for c in product(coarse(x, grid), coarse(y, grid)))


def rounded_inwards(polygon: Polygon, grid: Fraction) -> Polygon:
    """A polygon inside this one, likewise: what rounding leads outside is dropped, so little may be left."""
    around = sides(polygon) if polygon.vertices else ()
    near = {c for x, y in polygon.vertices for c in product(coarse(x, grid), coarse(y, grid))}
    return hull(c for c in near if all(side.excess(c) >= 0 for side in around))


def _exact(x: Fraction | int) -> Fraction:
    return x if isinstance(x, Fraction) else Fraction(x)


def _chain(points: list[Point]) -> list[Point]:
    """The part of the hull below the sorted points, without those between two others."""
    chain: list[Point] = []
    for p in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
            chain.pop()
        chain.append(p)
    return chain


def _turn(o: Point, p: Point, q: Point) -> Fraction:
    """Positive where the way from o over p to q turns left."""
    return (p[0] - o[0]) * (q[1] - o[1]) - (p[1] - o[1]) * (q[0] - o[0])


def _to_segment(start: Point, end: Point, point: Point) -> Fraction:
    """The distance from a segment: the greater of two moduli, least at an end or where one of them bends."""
    a, b = start[0] - point[0], start[1] - point[1]
    d, e = end[0] - start[0], end[1] - start[1]
    bends = [_ZERO, Fraction(1)]
    for constant, slope in ((a, d), (b, e), (a - b, d - e), (a + b, d + e)):
        if slope != 0 and 0 < -constant / slope < 1:
            bends.append(-constant / slope)
    return min(max(abs(a + t * d), abs(b + t * e)) for t in bends)
