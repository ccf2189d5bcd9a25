"""Intervals of one parameter against their region: by proof, and by plain numbers at random points."""

from fractions import Fraction
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.intervals import intervals
from deterrence.algebra.region import any_of, names_of
from deterrence.errors import OutOfScope

CASES = [
    ("a*s >= b", "true"),
    ("a*s**2 + b*s + c > 0", "true"),
    ("a*s**2 + b*s + c >= 0", "a > 0"),
    ("a*s**2 + b*s + c <= 0 and s > b", "true"),
    ("a*s**2 + b*s + c == 0", "true"),
    ("s**2 != b", "true"),
    ("s < a or (s > b and s != c)", "a < b"),
    ("s > a and s >= b and s < 3", "0 < s"),
    ("s**2 - 3*s + 2 >= 0 and s <= a", "s > 0 and a > 0"),
    ("a*s > b*s**2", "a > 0 and b > 0 and s > 0"),
    ("a*s >= b", "s < 1 or s > 2"),
]


@pytest.mark.parametrize("text, given", CASES)
def test_the_union_of_the_intervals_is_the_region(text, given):
    region, assumed = dt.region(text), dt.region(given)
    found = intervals(region, "s", assumed)
    assert dt.equal(any_of(i.region for i in found), region, assumed).word == "proved"
    for one in found:
        assert "s" not in names_of(one.where)


def inside(one, point):
    """Whether a point lies in an interval, by its ends as floats; None within rounding of an end."""
    if not one.where.contains({n: point.get(n, Fraction(0)) for n in "abcs"}):
        return False
    s = float(point["s"])
    ends = [(e.value.decimal(point), 1) for e in one.lower] + [
        (e.value.decimal(point), -1) for e in one.upper
    ]
    if any(abs(s - v.decimal(point)) < 1e-6 for v in one.excluded) or any(
        abs(s - end) < 1e-6 for end, _ in ends
    ):
        return None
    return all((s - end) * side > 0 for end, side in ends)


@pytest.mark.parametrize("text, given", CASES)
def test_at_random_points_the_ends_say_what_the_region_says(text, given):
    region, assumed = dt.region(text), dt.region(given)
    found = intervals(region, "s", assumed)
    rng = Random(text)
    seen = {True: 0, False: 0}
    for _ in range(600):
        point = {n: Fraction(rng.randint(-9, 9), rng.choice((1, 2, 7))) for n in "abcs"}
        if not assumed.contains(point):
            continue
        answers = [inside(one, point) for one in found]
        if None in answers:
            continue
        assert any(answers) == region.contains(point), (point, found)
        seen[any(answers)] += 1
    assert min(seen.values()) > 20 or (sum(seen.values()) > 100 and ("==" in text or "!=" in text))


def test_what_no_bound_can_name_is_out_of_scope():
    with pytest.raises(OutOfScope, match="degree 3"):
        intervals(dt.region("s**3 + s >= b"), "s", dt.region("true"))
    assert intervals(dt.region("s > 1 and s < 0"), "s", dt.region("true")) == ()
