"""Payoff sets of repeated games: theorems, invariances, another operator, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest

from deterrence.errors import DomainError, GameError, InexactNumber, OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.absorption import holds_everything
from deterrence.solve.enforcement import generated, numeric_stage, self_generating
from deterrence.solve.minmax import pure_minmax
from deterrence.solve.payoff_set import PayoffSet, payoff_set
from deterrence.solve.polygon import contains, hausdorff, hull, intersection, rounded_outwards, within

Table = list[list[int]]
DISCOUNTS = ("1/4", "2/5", "1/2", "3/5", "2/3")
seeds = pytest.mark.parametrize("seed", range(24))


@cache
def drawn(seed: int) -> tuple[Table, Table]:
    rng = Random(f"payoff set {seed}")
    size = 2 if seed % 3 else 3
    bound = 2 if seed % 2 else 6
    one, two = ([[rng.randint(-bound, bound) for _ in range(size)] for _ in range(size)] for _ in range(2))
    return one, two


@cache
def solved(seed: int, discount: str) -> PayoffSet:
    return payoff_set(NormalForm.from_arrays(*drawn(seed)), discount)


@seeds
def test_the_full_operator_from_all_feasible_payoffs_leads_to_the_same_set(seed: int) -> None:
    """B [AbreuPearceStacchetti1990] instead of R, on a grid: its iterates hold the set and come near it."""
    discount = DISCOUNTS[seed % len(DISCOUNTS)]
    found = solved(seed, discount)
    stage = numeric_stage(NormalForm.from_arrays(*drawn(seed)), discount)
    known, grid = stage.feasible, Fraction(1, 2**40)
    for _ in range(70):
        known = intersection(rounded_outwards(generated(stage, known), grid), known)
        assert within(found.inner, known)
    assert known.is_empty == (found.verdict == "empty")
    if not known.is_empty:
        assert hausdorff(found.outer, known) < Fraction(1, 10**6)


@seeds
def test_patience_never_hurts(seed: int) -> None:
    """With a public lottery the set grows with the discount factor [AbreuPearceStacchetti1990]."""
    sets = [solved(seed, d) for d in DISCOUNTS]
    for less, more in zip(sets, sets[1:], strict=False):
        assert within(less.inner, more.outer)


@seeds
def test_between_stage_equilibria_and_individually_rational_payoffs(seed: int) -> None:
    one, two = drawn(seed)
    found = solved(seed, "1/2")
    assert within(found.inner, found.outer) and within(found.outer, found.rational)
    assert within(found.rational, found.feasible)
    for i, j in product(range(len(one)), repeat=2):
        if one[i][j] == max(row[j] for row in one) and two[i][j] == max(two[i]):
            assert contains(found.inner, (Fraction(one[i][j]), Fraction(two[i][j])))
    game = NormalForm.from_arrays(one, two)
    assert found.minmax == tuple(pure_minmax(game, name).at({}) for name in game.names)


@pytest.mark.parametrize("seed", range(8))
def test_units_zeros_and_names_of_players_do_not_matter(seed: int) -> None:
    one, two = drawn(seed)
    found = solved(seed, "3/5")
    moved = payoff_set(
        NormalForm.from_arrays([[3 * x - 5 for x in r] for r in one], [[2 * x + 7 for x in r] for r in two]),
        "3/5",
    )
    flipped = payoff_set(
        NormalForm.from_arrays(
            [list(r) for r in zip(*two, strict=True)], [list(r) for r in zip(*one, strict=True)]
        ),
        "3/5",
    )
    assert found.verdict == moved.verdict == flipped.verdict
    if found.verdict != "bounds":
        assert moved.outer == hull((3 * x - 5, 2 * y + 7) for x, y in found.outer.vertices)
        assert flipped.outer == hull((y, x) for x, y in found.outer.vertices)


@pytest.mark.parametrize("seed", range(20))
def test_cooperation_in_the_dilemma_from_the_threshold_of_grim_on(seed: int) -> None:
    """(R, R) needs delta >= (T - R)/(T - P) where 2R > T + S: it is extreme, and P the worst punishment."""
    rng = Random(f"dilemma {seed}")
    s, p, r = sorted(rng.sample(range(0, 20), 3))
    t = rng.randint(r + 1, 2 * r - s - 1) if 2 * r - s - 1 > r else None
    if t is None:
        r, t = r + 3, r + 4
    game = NormalForm.from_arrays([[r, s], [t, p]], [[r, t], [s, p]])
    threshold = Fraction(t - r, t - p)
    mutual = (Fraction(r), Fraction(r))
    assert contains(payoff_set(game, threshold).inner, mutual)
    assert not contains(payoff_set(game, threshold - Fraction(1, 10**6)).outer, mutual)


def test_bounds_stay_certified_on_a_coarse_grid_and_with_few_rounds() -> None:
    """The game of [AbreuSannikov2014], whose corners are irrational; coarser bounds lie around finer ones."""
    game = NormalForm.from_arrays(
        [[16, 3, 0], [21, 10, -1], [9, 5, -5]], [[9, 13, 3], [1, 4, 0], [0, -4, -15]]
    )
    fine = payoff_set(game, "3/10")
    coarse = payoff_set(game, "3/10", grid=Fraction(1, 1000))
    short = payoff_set(game, "3/10", rounds=3)
    assert {fine.verdict, coarse.verdict, short.verdict} == {"bounds"}
    for rough in (coarse, short):
        assert within(rough.inner, fine.outer) and within(fine.inner, rough.outer)
    assert fine.gap is not None and fine.gap < Fraction(1, 10**15)
    stage = numeric_stage(game, "3/10")
    assert self_generating(stage, fine.inner) and not fine.inner.is_empty
    assert self_generating(stage, coarse.inner) and self_generating(stage, short.inner)


def test_a_set_that_leaves_something_out_is_not_taken_for_all() -> None:
    """The stage equilibrium alone is self-generating, and absorbs what is near it only below a quarter."""
    game = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    point = hull([(1, 1)])
    for discount, alone in (("1/5", True), ("1/4", False), ("1/2", False)):
        stage = numeric_stage(game, discount)
        full = payoff_set(game, discount)
        assert self_generating(stage, point)
        assert holds_everything(stage, point, full.outer, full.minmax) is alone
        assert not holds_everything(stage, point, full.rational, full.minmax) or alone


def test_no_smaller_set_of_equilibrium_payoffs_is_taken_for_all() -> None:
    """Fixed points of the operator short of the whole set, and the whole set as what is known to hold all.

    Such a fixed point is the greatest temptation: it generates itself, and nothing but itself.
    """
    tried = 0
    for k in range(150):
        rng = Random(f"smaller {k}")
        one, two = ([[rng.randint(-2, 2) for _ in range(2)] for _ in range(2)] for _ in range(2))
        game = NormalForm.from_arrays(one, two)
        found = payoff_set(game, rng.choice(("1/2", "3/5", "3/4", "9/10")))
        if found.verdict != "exact":
            continue
        stage = numeric_stage(game, found.discount)
        small = hull(
            (Fraction(one[i][j]), Fraction(two[i][j]))
            for i, j in product(range(2), repeat=2)
            if one[i][j] == max(row[j] for row in one) and two[i][j] == max(two[i])
        )
        for _ in range(8):
            small = generated(stage, small)
        if small.is_empty or small == found.outer or generated(stage, small) != small:
            continue
        assert within(small, found.outer)
        assert not holds_everything(stage, small, found.outer, found.minmax)
        tried += 1
    assert tried > 15


def test_symbolic_games_at_a_point() -> None:
    game = NormalForm.from_arrays(
        [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], assumptions=["T > R", "R > P", "P > S"]
    )
    point = {"T": Fraction(5), "R": Fraction(3), "P": Fraction(1), "S": Fraction(0)}
    numeric = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert payoff_set(game, "1/2", point=point) == payoff_set(numeric, Fraction(1, 2))
    with pytest.raises(GameError, match="T has none"):
        payoff_set(game, "1/2", point={k: v for k, v in point.items() if k != "T"})
    with pytest.raises(DomainError, match="outside the domain"):
        payoff_set(game, "1/2", point={**point, "T": Fraction(2)})


def test_what_is_refused() -> None:
    game = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    for bad in (0, 1, "1", "-1/2", "3/2"):
        with pytest.raises(DomainError, match="strictly between 0 and 1"):
            payoff_set(game, bad)
    with pytest.raises(InexactNumber):
        payoff_set(game, 0.5)
    with pytest.raises(GameError, match="is no number"):
        payoff_set(game, "often")
    assert payoff_set(game, {"row": "1/2", "column": "1/2"}) == payoff_set(game, "1/2")
    with pytest.raises(OutOfScope, match="common"):
        payoff_set(game, {"row": "1/2", "column": "1/3"})
    with pytest.raises(GameError, match="each of row, column"):
        payoff_set(game, {"row": "1/2"})
    with pytest.raises(OutOfScope, match="two players"):
        payoff_set(NormalForm.from_arrays([1], players=["us"]), "1/2")
    with pytest.raises(GameError, match="1/n"):
        payoff_set(game, "1/2", grid=Fraction(2, 3))
