"""Agreement with Nashpy on games without ties.

Nashpy's vertex enumeration is the yardstick (its support enumeration rounds, and loses equilibria of 3x3 games).
Games are kept only where no two things are equal by accident: there every equilibrium is isolated, and numbers to
eight digits settle which is which.  On ties Nashpy lists the extreme equilibria at best, so there it is asked for
less: whatever it finds must be among ours.
"""

from __future__ import annotations

import warnings
from fractions import Fraction as F
from random import Random

import nashpy
import numpy as np
import pytest

from deterrence.games.normal import NormalForm
from deterrence.solve.nash import nash

Table = list[list[int]]


def ours(A: Table, B: Table) -> list[list[float]] | None:
    """The equilibria as rows of floats, or None where some belong to a continuum."""
    atlas = nash(NormalForm.from_arrays(A, B), cells=False)
    assert atlas.complete.verdict == "proved"
    if any(e.free for e in atlas):
        return None
    return sorted([float(v.at({})) for _, strategy in e.profile for _, v in strategy] for e in atlas)


def theirs(A: Table, B: Table) -> list[list[float]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = nashpy.Game(np.array(A), np.array(B)).vertex_enumeration()
        return sorted([round(float(p), 9) + 0.0 for p in (*x, *y)] for x, y in found)


@pytest.mark.parametrize(
    ("rows", "columns", "games"), [(2, 2, 150), (2, 3, 60), (3, 2, 60), (3, 3, 80), (3, 4, 10), (4, 4, 6)]
)
def test_the_same_equilibria_where_there_are_no_ties(rows: int, columns: int, games: int) -> None:
    rng = Random(f"{rows}x{columns}")
    counts = []
    for _ in range(games):
        A, B = ([[rng.randint(-999, 999) for _ in range(columns)] for _ in range(rows)] for _ in range(2))
        found = ours(A, B)
        assert found is not None, f"A={A}, B={B} has no ties, yet a continuum is reported"
        np.testing.assert_allclose(found, theirs(A, B), atol=1e-8, err_msg=f"A={A}, B={B}")
        counts.append(len(found))
    assert all(n % 2 for n in counts), "without ties their number is odd (Wilson 1971)"
    assert max(counts) >= 3


def test_what_nashpy_finds_in_games_with_ties_is_among_ours() -> None:
    rng = Random(3)
    shared = 0
    for _ in range(60):
        A, B = ([[rng.randint(0, 2) for _ in range(2)] for _ in range(2)] for _ in range(2))
        atlas = nash(NormalForm.from_arrays(A, B), cells=False)
        try:
            rows = theirs(A, B)
        except (TypeError, ValueError):  # its polytopes cannot be built for some constant games
            continue
        for row in rows:
            exact = [F(p).limit_denominator(1000) for p in row]
            if any(abs(float(e) - p) > 1e-9 for e, p in zip(exact, row, strict=True)):
                continue
            homes = 0
            for e in atlas:
                values = [v for _, strategy in e.profile for _, v in strategy]
                names = {r.name for r in e.free}
                free = {str(v): p for v, p in zip(values, exact, strict=True) if str(v) in names}
                homes += e.where.contains(free) and [v.at(free) for v in values] == exact
            assert homes == 1, f"A={A}, B={B}: {row} is in {homes} components"
            shared += 1
    assert shared > 60


@pytest.mark.parametrize("players", [0, 1])
def test_zero_sum_games_have_one_value(players: int) -> None:
    """Minimax, from Nashpy's linear program: every equilibrium pays its value."""
    rng = Random(f"zero-sum {players}")
    for _ in range(25):
        A = [[rng.randint(-4, 4) for _ in range(3)] for _ in range(3)]
        game = nashpy.Game(np.array(A))
        x, y = game.linear_program()
        atlas = nash(NormalForm.from_arrays(A), cells=False)
        for e in atlas:
            gets = e.payoffs[players][1]
            assert gets.is_constant and float(gets.at({})) == pytest.approx(game[x, y][players], abs=1e-9)
