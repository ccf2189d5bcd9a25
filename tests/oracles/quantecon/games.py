"""The stage games and discount factors that QuantEcon was asked about: published, degenerate and random.

Scope: two players, whole payoffs, rational discount factors.  Imports nothing of the library and nothing of
QuantEcon, so that what is asked depends on neither.  Published: the examples of QuantEcon's own tests (the
first is that of Abreu and Sannikov 2014), and prisoner's dilemmas.  Degenerate: sets without an interior.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

SEED = "payoff sets 2"
DISCOUNTS = ("1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4", "4/5", "9/10", "19/20", "4/5", "9/10")

Table = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Asked:
    """A game as two tables of payoffs, both indexed [row][column], and a common discount factor."""

    name: str
    kind: str  # "published", "degenerate", "random 2x2" or "random 3x3"
    row: Table
    column: Table
    discount: Fraction


def _split(name: str, kind: str, cells: list[list[tuple[int, int]]], discount: str) -> Asked:
    row = tuple(tuple(a for a, _ in line) for line in cells)
    column = tuple(tuple(b for _, b in line) for line in cells)
    return Asked(name, kind, row, column, Fraction(discount))


def _dilemma(t: int, r: int, p: int, s: int) -> list[list[tuple[int, int]]]:
    return [[(r, r), (s, t)], [(t, s), (p, p)]]


def games() -> Iterator[Asked]:
    """All games, in the order of the file."""
    three = [
        [(16, 9), (3, 13), (0, 3)],
        [(21, 1), (10, 4), (-1, 0)],
        [(9, 0), (5, -4), (-5, -15)],
    ]
    yield _split("abreu-sannikov", "published", three, "3/10")
    yield _split("quantecon-dilemma", "published", _dilemma(10, 9, 3, 1), "9/10")
    yield _split("quantecon-no-pure", "published", [[(1, -1), (-1, 2)], [(-2, 2), (1, 0)]], "1/20")
    for discount in ("1/5", "1/3", "2/5", "1/2", "2/3", "3/4", "9/10"):
        yield _split(f"dilemma-5310-{discount}", "published", _dilemma(5, 3, 1, 0), discount)
    segment = [[(2, 2), (0, 0)], [(0, 0), (1, 1)]]
    pennies = [[(1, -1), (-1, 1)], [(-1, 1), (1, -1)]]
    alone = [[(0, 0)]]
    dominated = [[(3, -3), (1, -1)], [(0, 0), (-2, 2)]]
    thin = [[(1, 2), (2, 1), (-2, 0)], [(2, -1), (-1, 2), (3, -3)], [(1, -3), (2, 0), (1, 0)]]
    yield _split("thin", "degenerate", thin, "4/5")
    for discount in ("1/4", "3/4"):
        yield _split(f"common-interest-{discount}", "degenerate", segment, discount)
        yield _split(f"pennies-{discount}", "degenerate", pennies, discount)
        yield _split(f"zero-sum-saddle-{discount}", "degenerate", dominated, discount)
        yield _split(f"single-outcome-{discount}", "degenerate", alone, discount)
    for size in (2, 3):
        for number in range(200):
            rng = Random(f"{SEED} {size} {number}")
            bound = 3 if number % 4 == 0 else 10  # every fourth game is full of ties
            tables = [
                tuple(tuple(rng.randint(-bound, bound) for _ in range(size)) for _ in range(size))
                for _ in range(2)
            ]
            discount = Fraction(rng.choice(DISCOUNTS))
            yield Asked(f"random-{size}-{number}", f"random {size}x{size}", tables[0], tables[1], discount)
