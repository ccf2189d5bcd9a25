"""All equilibria of two-player games, against the definition, on 2,100 random games full of ties.

The truth is `tests/oracles/bimatrix.py`: equilibrium by definition, and the extreme equilibria by brute force, in
plain fractions.  Both directions are asked: what is reported is an equilibrium (`sound`), and every equilibrium
known otherwise (extreme ones, mixtures of matching extreme ones, all of a grid) lies in exactly one component
(`complete`), while grid points that are no equilibria lie in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction as F
from itertools import combinations, product
from random import Random

import pytest

from deterrence.algebra.value import Value
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.nash import nash
from tests.oracles.bimatrix import Matrix, Point, extreme_equilibria, grid, is_nash, mix

HALF = (F(1, 2), F(1, 2))
Pair = tuple[Point, Point]


# -- components as sets of mixed profiles ----------------------------------------------------------------------
@dataclass(frozen=True)
class Family:
    """A component, its probabilities sorted into numbers, free variables and expressions in these."""

    component: Equilibrium
    fixed: tuple[tuple[int, F], ...]
    free: tuple[tuple[int, str], ...]
    other: tuple[tuple[int, Value], ...]

    def has(self, profile: Pair) -> bool:
        """Whether the profile is in it: free variables are read off the profile, everything else is checked."""
        flat = (*profile[0], *profile[1])
        if any(flat[i] != p for i, p in self.fixed):
            return False
        free = {name: flat[i] for i, name in self.free}
        return all(v.at(free) == flat[i] for i, v in self.other) and self.component.where.contains(free)


def family(e: Equilibrium) -> Family:
    flat = list(enumerate(v for _, strategy in e.profile for _, v in strategy))
    names = {r.name for r in e.free}
    free = tuple((i, str(v)) for i, v in flat if str(v) in names)
    assert {name for _, name in free} == names, "each free variable is the probability of an action"
    fixed = tuple((i, v.at({})) for i, v in flat if v.is_constant)
    done = {i for i, _ in (*free, *fixed)}
    return Family(e, fixed, free, tuple((i, v) for i, v in flat if i not in done))


def profile_at(e: Equilibrium, free: dict[str, F]) -> Pair:
    x, y = (tuple(v.at(free) for _, v in strategy) for _, strategy in e.profile)
    return x, y


def support(mixture: Sequence[F]) -> tuple[bool, ...]:
    return tuple(p > 0 for p in mixture)


def samples(e: Equilibrium, rng: Random, inner: bool) -> Iterator[dict[str, F]]:
    """Values for the free variables from their ranges, in order: inside the ranges, or at their ends."""
    weights = [F(1, 2), F(1, 97), F(rng.randint(1, 9), 10)] if inner else [F(0), F(1)]
    for chosen in product(weights, repeat=len(e.free)):
        free: dict[str, F] = {}
        for range_, weight in zip(e.free, chosen, strict=True):
            assert range_.described and range_.lower and range_.upper, f"numeric ranges are known: {range_}"
            low, high = max(v.at(free) for v in range_.lower), min(v.at(free) for v in range_.upper)
            assert 0 <= low <= high <= 1
            free[range_.name] = low + weight * (high - low)
        yield free
        if not e.free:
            break


def sound(A: Matrix, B: Matrix, atlas: Atlas, rng: Random) -> None:
    """Every component, at points inside its ranges and at their ends: distributions, equilibria, payoffs."""
    for e in atlas:
        shapes = set()
        for free in samples(e, rng, inner=True):
            x, y = profile_at(e, free)
            assert sum(x) == sum(y) == 1
            assert is_nash(A, B, x, y), f"{e.profile} at {free} is no equilibrium"
            assert e.where.contains(free), f"{free} is inside the ranges of {e.free}, not in {e.where}"
            shapes.add((support(x), support(y)))
            gets = [
                sum(p * q * M[i][j] for (i, p), (j, q) in product(enumerate(x), enumerate(y))) for M in (A, B)
            ]
            assert [v.at(free) for _, v in e.payoffs] == gets
        assert len(shapes) == 1, "one support in the whole component"
        for free in samples(e, rng, inner=False):
            assert is_nash(A, B, *profile_at(e, free)), f"the end {free} of {e.free} is no equilibrium"


def on_grid(A: Matrix, B: Matrix, steps: int) -> Iterator[tuple[Point, Point, bool]]:
    """Every pair of mixtures in steps of 1/steps, and whether each only uses best replies to the other."""
    if not steps:
        return

    def best(M: Sequence[Sequence[F | int]], other: Point) -> set[int]:
        earned = [sum(a * p for a, p in zip(row, other, strict=True) if p) for row in M]
        return {i for i, e in enumerate(earned) if e == max(earned)}

    def used(mixture: Point) -> set[int]:
        return {i for i, p in enumerate(mixture) if p}

    transposed = list(zip(*B, strict=True))
    rows = [(x, used(x), best(transposed, x)) for x in grid(len(A), steps)]
    columns = [(y, used(y), best(A, y)) for y in grid(len(A[0]), steps)]
    for (x, own, replies), (y, theirs, answers) in product(rows, columns):
        yield x, y, own <= answers and theirs <= replies


def complete(A: Matrix, B: Matrix, atlas: Atlas, steps: int) -> int:
    """Equilibria known otherwise belong to one component each, other profiles of the grid to none."""
    extremes = extreme_equilibria(A, B)
    known = dict.fromkeys(extremes)
    listed = set(extremes)
    for (x1, y1), (x2, y2) in combinations(extremes, 2):
        if (x1, y2) in listed and (x2, y1) in listed:  # matching: all mixtures are equilibria
            known[mix([x1, x2], HALF), mix([y1, y2], HALF)] = None
            known[mix([x1, x2], (F(1, 3), F(2, 3))), mix([y1, y2], (F(3, 5), F(2, 5)))] = None
    families = [family(e) for e in atlas]
    others = []
    for x, y, equilibrium in on_grid(A, B, steps):
        if equilibrium:
            known[x, y] = None
        else:
            others.append((x, y))
    for profile in known:
        assert is_nash(A, B, *profile)
        homes = [f.component.id for f in families if f.has(profile)]
        assert len(homes) == 1, f"{profile} is an equilibrium and lies in {homes or 'no component'}"
    for profile in others:
        assert not any(f.has(profile) for f in families), f"{profile} is no equilibrium, but reported"
    return len(known)


def random_game(rng: Random, rows: int, columns: int) -> tuple[Matrix, Matrix]:
    """Few different payoffs, or a game of many: from constant to nearly generic, fractions among them."""
    choices = rng.choice(
        [
            [0, 1],
            [0, 1],
            [0, 1, 2],
            [-1, 0, 1],
            [0, 0, 0, 1],
            [0, 1, 2, 3],
            [F(0), F(1, 2), F(1, 3)],
            [-7, -3, 0, 2, 9],
        ]
    )
    A, B = ([[rng.choice(choices) for _ in range(columns)] for _ in range(rows)] for _ in range(2))
    kind = rng.randrange(6)
    if kind == 0:  # an action twice
        A[-1], B[-1] = list(A[0]), list(B[0])
    elif kind == 1:
        for M in (A, B):
            for row in M:
                row[-1] = row[0]
    elif kind == 2:  # what the other player does is all that matters
        A = [list(A[0]) for _ in A]
    elif kind == 3:
        B = [[-a for a in row] for row in A]
    return A, B


def solved(A: Matrix, B: Matrix) -> Atlas:
    atlas = nash(NormalForm.from_arrays(A, B), cells=False)
    assert atlas.equilibria, "Nash's theorem"
    assert atlas.complete.verdict == "proved" and atlas.complete.coverage == "proved"
    return atlas


@pytest.mark.parametrize(
    ("rows", "columns", "games", "steps"),
    [
        (2, 2, 1200, 12),
        (3, 3, 600, 4),
        (2, 3, 100, 6),
        (3, 2, 100, 6),
        (2, 4, 20, 4),
        (3, 4, 15, 0),
        (4, 4, 15, 2),
    ],
    ids=lambda n: str(n),
)
@pytest.mark.parametrize("part", range(2))
def test_random_games(rows: int, columns: int, games: int, steps: int, part: int) -> None:
    rng = Random(f"{rows}x{columns}, part {part}")
    families = found = 0
    for _ in range(games // 2):
        A, B = random_game(rng, rows, columns)
        atlas = solved(A, B)
        try:
            sound(A, B, atlas, rng)
            found += complete(A, B, atlas, steps)
        except AssertionError as problem:
            raise AssertionError(f"A={A}, B={B}: {problem}") from problem
        families += any(e.free for e in atlas)
    assert families > games // 8, "games with a continuum of equilibria are among them"
    assert found > games


def test_every_2x2_game_of_zeros_and_ones() -> None:
    """All 256 of them, so the smallest possible counterexamples are excluded."""
    rng = Random(0)
    for entries in product((0, 1), repeat=8):
        A, B = [list(entries[0:2]), list(entries[2:4])], [list(entries[4:6]), list(entries[6:8])]
        atlas = solved(A, B)
        sound(A, B, atlas, rng)
        complete(A, B, atlas, 4)
