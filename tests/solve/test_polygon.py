"""Polygons against the definitions, by brute force on small grids and random points."""

from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

from deterrence.solve.polygon import (
    EMPTY,
    HalfPlane,
    Point,
    area,
    at_least,
    contains,
    cut,
    distance,
    hausdorff,
    hull,
    intersection,
    rounded_inwards,
    rounded_outwards,
    sides,
    support,
    within,
)

GRID = [(Fraction(x, 2), Fraction(y, 2)) for x, y in product(range(-1, 8), repeat=2)]


def some_points(seed: int) -> list[Point]:
    rng = Random(f"polygon {seed}")
    count = rng.choice((1, 2, 3, 3, 4, 6))
    return [(Fraction(rng.randint(0, 3)), Fraction(rng.randint(0, 3))) for _ in range(count)]


def mixes(points: list[Point], p: Point) -> bool:
    """Whether p is a weighted mean of three of the points, found by solving for the weights."""
    for one, two, three in product(points, repeat=3):
        d = (two[0] - one[0], two[1] - one[1])
        e = (three[0] - one[0], three[1] - one[1])
        f = (p[0] - one[0], p[1] - one[1])
        det = d[0] * e[1] - d[1] * e[0]
        if det != 0:
            s, t = (f[0] * e[1] - f[1] * e[0]) / det, (d[0] * f[1] - d[1] * f[0]) / det
            if s >= 0 and t >= 0 and s + t <= 1:
                return True
        elif d == (0, 0):
            if f == (0, 0):
                return True
        else:
            i = 0 if d[0] != 0 else 1
            s = f[i] / d[i]
            if 0 <= s <= 1 and (s * d[0], s * d[1]) == f:
                return True
    return False


@pytest.mark.parametrize("seed", range(60))
def test_hulls_hold_just_the_means_of_their_points(seed: int) -> None:
    points = some_points(seed)
    polygon = hull(points)
    assert all(contains(polygon, p) == mixes(points, p) for p in GRID)
    for v in polygon.vertices:
        assert not mixes([w for w in polygon.vertices if w != v], v)
    around = sides(polygon)
    assert all(contains(polygon, p) == all(s.excess(p) >= 0 for s in around) for p in GRID)


@pytest.mark.parametrize("seed", range(60))
def test_cuts_and_intersections_hold_just_the_points_of_both(seed: int) -> None:
    one, two = hull(some_points(seed)), hull(some_points(seed + 1000))
    rng = Random(f"cut {seed}")
    side = HalfPlane(*(Fraction(rng.randint(-3, 3)) for _ in range(3)))
    part, both = cut(one, side), intersection(one, two)
    corner = (Fraction(rng.randint(0, 3)), Fraction(rng.randint(0, 3)))
    quarter = at_least(one, corner)
    for p in GRID:
        assert contains(part, p) == (contains(one, p) and side.excess(p) >= 0)
        assert contains(both, p) == (contains(one, p) and contains(two, p))
        assert contains(quarter, p) == (contains(one, p) and p[0] >= corner[0] and p[1] >= corner[1])
    assert both == intersection(two, one)
    assert within(part, one) and within(both, two) and within(EMPTY, one)
    assert within(one, EMPTY) == one.is_empty


@pytest.mark.parametrize("seed", range(40))
def test_areas_and_supports(seed: int) -> None:
    polygon = hull(some_points(seed))
    first, *others = polygon.vertices
    fans = zip(others, others[1:], strict=False)
    by_triangles = sum(
        abs((p[0] - first[0]) * (q[1] - first[1]) - (p[1] - first[1]) * (q[0] - first[0])) for p, q in fans
    )
    assert 2 * area(polygon) == by_triangles
    for direction in ((Fraction(2), Fraction(-1)), (Fraction(0), Fraction(1))):
        reach = support(polygon, direction)
        assert all(direction[0] * p[0] + direction[1] * p[1] <= reach for p in GRID if contains(polygon, p))


@pytest.mark.parametrize("seed", range(25))
def test_distances_are_those_to_the_nearest_point(seed: int) -> None:
    """A square of half that side around the point touches the polygon, and no smaller one does."""
    polygon = hull(some_points(seed))

    def meets(p: Point, r: Fraction) -> bool:
        box = hull((p[0] + a * r, p[1] + b * r) for a, b in product((-1, 1), repeat=2))
        return not intersection(polygon, box).is_empty

    for p in GRID[::3]:
        far = distance(polygon, p)
        assert meets(p, far)
        assert far == 0 or not meets(p, far * Fraction(999, 1000))


def test_hausdorff_distance_of_squares() -> None:
    small, large = (hull(product((Fraction(-r), Fraction(r)), repeat=2)) for r in (1, 3))
    assert hausdorff(small, large) == 2
    assert hausdorff(small, small) == 0 == hausdorff(EMPTY, EMPTY)
    with pytest.raises(ValueError, match="empty polygon"):
        hausdorff(EMPTY, small)


@pytest.mark.parametrize("seed", range(40))
def test_rounding_keeps_its_side_and_its_grid(seed: int) -> None:
    rng = Random(f"round {seed}")
    points = [
        (Fraction(rng.randint(0, 99), 37), Fraction(rng.randint(0, 99), 41)) for _ in range(rng.randint(1, 6))
    ]
    polygon, grid = hull(points), Fraction(1, 16)
    out, inner = rounded_outwards(polygon, grid), rounded_inwards(polygon, grid)
    assert within(polygon, out) and within(inner, polygon)
    assert all(x.denominator <= 16 for p in (out, inner) for v in p.vertices for x in v)
    assert hausdorff(polygon, out) <= grid
    assert rounded_outwards(EMPTY, grid) == EMPTY == rounded_inwards(EMPTY, grid)


def test_degenerate_shapes() -> None:
    a, b, c = (Fraction(0), Fraction(0)), (Fraction(1), Fraction(1)), (Fraction(2), Fraction(2))
    assert [hull(ps).shape for ps in ([], [a, a], [a, c, b], [a, c, (c[0], a[1])])] == [
        "empty",
        "point",
        "segment",
        "polygon",
    ]
    assert all(within(hull([p, q]), hull([a, b, c])) for p, q in combinations((a, b, c), 2))
