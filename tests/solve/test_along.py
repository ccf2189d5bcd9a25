"""Stretches of a parameter on which a condition holds: against membership at points, ends worked by hand."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of
from deterrence.algebra.value import Value, compare, number, variable
from deterrence.errors import DomainError
from deterrence.solve.along import Stretch, along, approximately
from deterrence.solve.isolation import Root

X, A = variable("x"), variable("a")
ZERO, ONE = Fraction(0), Fraction(1)


def holds(found: tuple[Stretch, ...], at: Fraction) -> bool:
    """Whether some stretch has a point that is no irrational end."""

    def low(s: Stretch) -> Fraction:
        return s.start.high if isinstance(s.start, Root) else s.start

    def high(s: Stretch) -> Fraction:
        return s.end.low if isinstance(s.end, Root) else s.end

    return any(
        low(s) < at < high(s) or (at == s.start and s.has_start) or (at == s.end and s.has_end) for s in found
    )


def drawn(rng: Random) -> Region:
    def side() -> Value:
        total = number(rng.randint(-3, 3))
        for power in (X, X * X, X * X * X):
            total = total + number(Fraction(rng.randint(-4, 4), rng.randint(1, 3))) * power
        return total + number(rng.randint(-1, 1)) * A

    parts = [compare(side(), rng.choice(["<", "<=", "==", "!=", ">=", ">"]), number(0)) for _ in range(4)]
    return any_of((all_of(parts[:2]), all_of(parts[2:])))


@pytest.mark.parametrize("seed", range(40))
def test_they_hold_what_the_region_holds(seed: int) -> None:
    rng = Random(seed)
    region, point = drawn(rng), {"a": Fraction(rng.randint(-2, 2))}
    found = along(region, "x", point, Fraction(-2), Fraction(2))
    ends = [e for s in found for e in (s.start, s.end)]
    sides = [
        e + d for e in ends if isinstance(e, Fraction) for d in (0, Fraction(1, 10**6), Fraction(-1, 10**6))
    ]
    for at in [*sides, *(Fraction(k, 37) for k in range(-74, 75))]:
        if -2 <= at <= 2:
            assert holds(found, at) is region.contains({**point, "x": at})
    for before, after in zip(found, found[1:], strict=False):
        apart = approximately(before.end) < approximately(after.start)
        assert apart or (before.end == after.start and not before.has_end and not after.has_start)


def test_ends_by_hand() -> None:
    two = compare(X * X, ">", number(Fraction(1, 2)))
    (found,) = along(two, "x", {}, ZERO, ONE)
    assert isinstance(found.start, Root) and not found.has_start
    assert found.start.low**2 < Fraction(1, 2) < found.start.high**2
    assert (found.end, found.has_end) == (ONE, True)
    alone = along(compare(X * X - X + number(Fraction(1, 4)), "<=", number(0)), "x", {}, ZERO, ONE)
    assert alone == (Stretch(Fraction(1, 2), Fraction(1, 2), True, True),)
    gap = along(compare(X, "!=", A), "x", {"a": Fraction(1, 3)}, ZERO, ONE)
    third = Fraction(1, 3)
    assert gap == (Stretch(ZERO, third, True, False), Stretch(third, ONE, False, True))


def test_everything_and_nothing() -> None:
    assert along(EVERYWHERE, "x", {}, ZERO, ONE) == (Stretch(ZERO, ONE, True, True),)
    assert along(NOWHERE, "x", {}, ZERO, ONE) == ()
    with pytest.raises(DomainError, match="a"):
        along(compare(X, ">", A), "x", {}, ZERO, ONE)
