"""The oracle itself, held against textbook games, the definition on grids, and Nashpy."""

from fractions import Fraction as F
from itertools import combinations, product
from math import comb
from random import Random

import nashpy
import numpy as np
import pytest

from tests.oracles.bimatrix import Matrix, extreme_equilibria, grid, is_nash, matrix, mix, vertices

HALF = (F(1, 2), F(1, 2))
FIRST, SECOND = (F(1), F(0)), (F(0), F(1))

TEXTBOOK = {
    "prisoner's dilemma": ([[3, 0], [5, 1]], [[3, 5], [0, 1]], {(SECOND, SECOND)}),
    "matching pennies": ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], {(HALF, HALF)}),
    "battle of the sexes": (
        [[2, 0], [0, 1]],
        [[1, 0], [0, 2]],
        {(FIRST, FIRST), (SECOND, SECOND), ((F(2, 3), F(1, 3)), (F(1, 3), F(2, 3)))},
    ),
    "rock, paper, scissors": (
        [[0, -1, 1], [1, 0, -1], [-1, 1, 0]],
        [[0, 1, -1], [-1, 0, 1], [1, -1, 0]],
        {((F(1, 3),) * 3, (F(1, 3),) * 3)},
    ),
    # entry deterrence: staying out is met by any threat that is strong enough, a continuum
    "entry, normal form": (
        [[2, -1], [0, 0]],
        [[1, -1], [3, 3]],
        {(FIRST, FIRST), (SECOND, SECOND), (SECOND, (F(1, 3), F(2, 3)))},
    ),
    "all payoffs equal": ([[0, 0], [0, 0]], [[0, 0], [0, 0]], set(product((FIRST, SECOND), repeat=2))),
    # von Stengel (2002), Handbook of Game Theory, example 2.3: 3x2, three equilibria
    "von Stengel 3x2": (
        [[3, 3], [2, 5], [0, 6]],
        [[3, 2], [2, 6], [3, 1]],
        {
            ((F(1), F(0), F(0)), FIRST),
            ((F(4, 5), F(1, 5), F(0)), (F(2, 3), F(1, 3))),
            ((F(0), F(1, 3), F(2, 3)), (F(1, 3), F(2, 3))),
        },
    ),
}


@pytest.mark.parametrize("name", TEXTBOOK)
def test_textbook_games(name: str) -> None:
    A, B, expected = TEXTBOOK[name]
    assert set(extreme_equilibria(A, B)) == expected


def test_a_threat_between_the_extremes_deters_too() -> None:
    A, B, _ = TEXTBOOK["entry, normal form"]
    assert is_nash(A, B, SECOND, mix([SECOND, (F(1, 3), F(2, 3))], HALF))
    assert not is_nash(A, B, SECOND, HALF)


def test_profiles_that_are_no_distributions_are_no_equilibria() -> None:
    A, B, _ = TEXTBOOK["all payoffs equal"]
    assert not is_nash(A, B, (F(2), F(-1)), FIRST)
    assert not is_nash(A, B, (F(1, 2), F(0)), FIRST)
    with pytest.raises(ValueError, match="2x2"):
        is_nash(A, B, (F(1), F(0), F(0)), FIRST)


def random_game(rng: Random, rows: int, columns: int, largest: int) -> tuple[Matrix, Matrix]:
    """Payoffs from few numbers, so ties abound, or from many, so there are next to none."""

    def draw() -> Matrix:
        return matrix([[rng.randint(-largest, largest) for _ in range(columns)] for _ in range(rows)])

    return draw(), draw()


def labels(payoff: Matrix, x: tuple[F, ...]) -> set[tuple[str, int]]:
    """The constraints that hold with equality at x: own actions unused, opponent's actions best."""
    earned = [sum(w * row[j] for w, row in zip(x, payoff, strict=True)) for j in range(len(payoff[0]))]
    unused = {("unused", i) for i, weight in enumerate(x) if weight == 0}
    return unused | {("best", j) for j, e in enumerate(earned) if e == max(earned)}


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (2, 3), (3, 3), (3, 4), (4, 4)])
def test_extremes_of_tied_games_span_exactly_the_equilibria(rows: int, columns: int) -> None:
    """Mixtures of matched extremes are equilibria; an equilibrium on a grid is such a mixture.

    A strategy is a mixture of the vertices that share all its labels (the face it lies in), so the second
    half asks that these vertices, of one player and of the other, are all matched.
    """
    rng = Random(f"{rows}x{columns}")
    for _ in range(12):
        A, B = random_game(rng, rows, columns, 1)
        transposed = tuple(zip(*A, strict=True))
        extremes = extreme_equilibria(A, B)
        assert extremes, "Nash's theorem"
        assert all(is_nash(A, B, x, y) for x, y in extremes)
        for (x1, y1), (x2, y2) in combinations(extremes, 2):
            if (x1, y2) in extremes and (x2, y1) in extremes:
                assert is_nash(A, B, mix([x1, x2], HALF), mix([y1, y2], HALF))
        steps = 4 if rows + columns <= 6 else 2
        for x, y in product(grid(rows, steps), grid(columns, steps)):
            if is_nash(A, B, x, y):
                face_x = [u for u in vertices(B) if labels(B, u) >= labels(B, x)]
                face_y = [v for v in vertices(transposed) if labels(transposed, v) >= labels(transposed, y)]
                assert face_x and face_y
                assert set(product(face_x, face_y)) <= set(extremes)


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (3, 2), (3, 3), (4, 3)])
def test_agrees_with_nashpy_on_games_without_ties(rows: int, columns: int) -> None:
    rng = Random(f"nashpy {rows}x{columns}")
    for _ in range(25):
        A, B = random_game(rng, rows, columns, 10**6)
        game = nashpy.Game(np.array(A, dtype=float) / 10**6, np.array(B, dtype=float) / 10**6)
        # not its support_enumeration, which loses equilibria where a zero comes out as -1e-17 (0.0.43)
        theirs = sorted(np.round([*x, *y], 9).tolist() for x, y in game.vertex_enumeration())
        ours = sorted([float(c) for c in (*x, *y)] for x, y in extreme_equilibria(A, B))
        assert len(ours) % 2 == 1  # a game without ties has an odd number (Wilson 1971)
        np.testing.assert_allclose(ours, theirs, atol=1e-8)


def test_vertices_against_a_dominant_reply_are_the_pure_strategies() -> None:
    assert vertices([[0, 1], [0, 1], [0, 1]]) == [(0, 0, 1), (0, 1, 0), (1, 0, 0)]


def test_grid_counts_compositions() -> None:
    points = list(grid(3, 4))
    assert len(points) == len(set(points)) == comb(6, 2)
    assert all(sum(p) == 1 and min(p) >= 0 for p in points)
