"""A region in which equations are put in is the same wherever the equations hold, and names fewer parameters."""

from fractions import Fraction
from itertools import product

from deterrence.algebra.equalities import with_equalities
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import names_of


def region(text):
    return read_region(parse_condition(text), Reading())


def test_numbers_are_put_in():
    given = region("T == 5 and R == 3 and P == 1 and T > R")
    short = with_equalities(region("d*(T - P) >= T - R"), given)
    assert names_of(short) == {"d"}
    assert str(short) == "d >= 1/2"


def test_chains_of_equations_are_followed():
    given = region("a == 2*b and b == c and c == d + 1")
    short = with_equalities(region("a*b > c + d"), given)
    assert len(names_of(short)) == 1
    for d in range(-3, 4):
        point = {"a": Fraction(2 * d + 2), "b": Fraction(d + 1), "c": Fraction(d + 1), "d": Fraction(d)}
        assert region("a*b > c + d").contains(point) == short.contains(point)


def test_equations_that_define_nothing_change_nothing():
    goal = region("a*b > c")
    for text in ("a*b == 1", "a**2 == 2", "a > 0", "a == 1 or b == 1", "a == 1 and a == 2"):
        given = region(text)
        short = with_equalities(goal, given)
        for a, b, c in product((-2, -1, Fraction(1, 2), 1, 2), repeat=3):
            point = {"a": a, "b": b, "c": c}
            if given.contains(point):
                assert short.contains(point) == goal.contains(point)
