"""Atlases of games with symbols: the same as solving at each point, and blind to what cannot matter.

Random games whose payoffs are small polynomials in two or three parameters are solved once; then, at random points
and at points chosen on the borders (one condition solved for equality), the equilibria that the atlas lists are
held against `tests/oracles/bimatrix.py` on the numeric game: each is one, none is missing, each lies in one
component.  The laws: cells partition the domain; positive affine changes, constants added to a column, and new
names for actions and players change nothing but names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.region import Region, any_of, atoms_of
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.nash import nash
from tests.oracles.bimatrix import extreme_equilibria, is_nash, mix

Point = dict[str, F]
Entry = tuple[str, Callable[..., F | int]]
Table = list[list[Entry]]
ENTRIES: list[Entry] = [
    ("0", lambda a, b, c: 0),
    ("1", lambda a, b, c: 1),
    ("a", lambda a, b, c: a),
    ("b", lambda a, b, c: b),
    ("c", lambda a, b, c: c),
    ("-a", lambda a, b, c: -a),
    ("a - b", lambda a, b, c: a - b),
    ("1 - a", lambda a, b, c: 1 - a),
    ("a*b", lambda a, b, c: a * b),
    ("2*b - 1", lambda a, b, c: 2 * b - 1),
    ("b**2", lambda a, b, c: b * b),
    ("a*c - b", lambda a, b, c: a * c - b),
]
ASSUMED: list[tuple[list[str], Callable[..., bool]]] = [
    ([], lambda a, b, c: True),
    (["a > 0", "b > 0", "c > 0"], lambda a, b, c: a > 0 and b > 0 and c > 0),
    (["a >= 0", "b > 0", "b < 1"], lambda a, b, c: a >= 0 and 0 < b < 1),
    (["a > b", "b > 0"], lambda a, b, c: a > b > 0),
]
NUMBERS = [F(-2), F(-1), F(-1, 2), F(0), F(1, 3), F(1, 2), F(1), F(3, 2), F(2), F(5)]
HALF = (F(1, 2), F(1, 2))


# -- games -----------------------------------------------------------------------------------------------------
def random_tables(rng: Random, rows: int, columns: int) -> tuple[Table, Table]:
    usable = ENTRIES[:4] + ENTRIES[5:11]
    if rows == columns and rng.random() < 0.3:  # three parameters, in small games only
        usable = ENTRIES
    return tuple([[rng.choice(usable) for _ in range(columns)] for _ in range(rows)] for _ in range(2))  # type: ignore[return-value]


def texts(table: Table) -> list[list[str]]:
    return [[text for text, _ in row] for row in table]


def numbers(table: Table, point: Point) -> list[list[F]]:
    return [[F(f(point["a"], point["b"], point["c"])) for _, f in row] for row in table]


def solve(tables: tuple[Table, Table], assumptions: Sequence[str], cells: bool = True) -> Atlas:
    atlas = nash(NormalForm.from_arrays(*map(texts, tables), assumptions=assumptions), cells=cells)
    assert atlas.complete.verdict == "proved" and atlas.complete.coverage == "proved", atlas.complete
    return atlas


# -- points ----------------------------------------------------------------------------------------------------
def points_for(
    atlas: Atlas, allowed: Callable[..., bool], rng: Random, plain: int, border: int
) -> Iterator[Point]:
    """Random points of the domain, and points at which a condition of some equilibrium is an equation."""
    polys = sorted({f for e in atlas for a in atoms_of(e.region) for f, _ in a.poly.factors()[1]}, key=str)
    found = tried = 0
    while found < plain + border and tried < 400:
        tried += 1
        point = {n: rng.choice(NUMBERS) for n in "abc"}
        if found >= plain:
            if not polys:
                return
            poly = rng.choice(polys)
            linear = [n for n in poly.names if poly.degree(n) == 1]
            if not linear:
                continue
            name = rng.choice(linear)
            constant, slope = (p.at(point) for p in poly.coefficients(name))
            if slope == 0:
                continue
            point[name] = -constant / slope
        if allowed(**point):
            found += 1
            yield point


def declared(atlas: Atlas, point: Point) -> Point:
    return {n: point[n] for n in atlas.domain.names}


# -- an atlas at a point, against the definition ---------------------------------------------------------------
def mixtures(e: Equilibrium, free: Point) -> tuple[tuple[F, ...], tuple[F, ...]]:
    x, y = (tuple(v.at(free) for _, v in strategy) for _, strategy in e.profile)
    return x, y


def inner(e: Equilibrium) -> Iterator[Point]:
    """Values of the free variables inside their ranges; from a grid where the ranges are not described."""
    names = [r.name for r in e.free]
    if all(r.described and r.lower and r.upper for r in e.free):
        for weight in (F(1, 2), F(1, 97), F(7, 8)):
            free: Point = {}
            for r in e.free:
                low, high = max(v.at(free) for v in r.lower), min(v.at(free) for v in r.upper)
                assert 0 <= low <= high <= 1, f"{r}"
                free[r.name] = low + weight * (high - low)
            assert e.where.contains(free), f"{free} is inside the ranges {e.free}, not in {e.where}"
            yield free
            if not names:
                return
    else:
        for values in product([F(n, 12) for n in range(1, 12)], repeat=len(names)):
            free = dict(zip(names, values, strict=True))
            if e.where.contains(free):
                yield free


def ends(e: Equilibrium) -> Iterator[Point]:
    if e.free and all(r.described and r.lower and r.upper for r in e.free):
        for chosen in product((F(0), F(1)), repeat=len(e.free)):
            free: Point = {}
            for r, weight in zip(e.free, chosen, strict=True):
                low, high = max(v.at(free) for v in r.lower), min(v.at(free) for v in r.upper)
                free[r.name] = low + weight * (high - low)
            yield free


def has(e: Equilibrium, profile: tuple[tuple[F, ...], tuple[F, ...]]) -> bool:
    names = {r.name for r in e.free}
    free: Point = {}
    for (_, strategy), mixture in zip(e.profile, profile, strict=True):
        for (_, v), p in zip(strategy, mixture, strict=True):
            if str(v) in names:
                free[str(v)] = p
    return mixtures(e, free) == profile and e.where.contains(free)


def check_at(atlas: Atlas, tables: tuple[Table, Table], point: Point) -> None:
    A, B = (numbers(t, point) for t in tables)
    here = atlas.at(declared(atlas, point))
    assert tuple(e.id for e in here) == atlas.cell_at(declared(atlas, point))
    for e in here:
        for free in (*inner(e), *ends(e)):
            x, y = mixtures(e, free)
            assert is_nash(A, B, x, y), f"{e.id}: {x}, {y} is no equilibrium"
            for (_, v), M in zip(e.payoffs, (A, B), strict=True):
                gets = sum(p * q * M[i][j] for (i, p), (j, q) in product(enumerate(x), enumerate(y)))
                assert v.at(free) == gets
    extremes = extreme_equilibria(A, B)
    known = list(extremes)
    for (x1, y1), (x2, y2) in product(extremes, extremes):
        if (x1, y1) < (x2, y2) and (x1, y2) in extremes and (x2, y1) in extremes:
            known.append((mix([x1, x2], HALF), mix([y1, y2], (F(1, 3), F(2, 3)))))
    for profile in known:
        homes = [e.id for e in here if has(e, profile)]
        assert len(homes) == 1, f"{profile} is an equilibrium and lies in {homes or 'no component'}"


def check_cells(atlas: Atlas, point: Point) -> None:
    mine = declared(atlas, point)
    here = [c for c in atlas.cells if c.region.contains(mine)]
    assert len(here) == 1, f"{len(here)} cells hold {mine}"
    assert here[0].equilibria == atlas.cell_at(mine)


def check_witnesses(atlas: Atlas) -> None:
    given = atlas.domain.given
    for cell in atlas.cells:
        if cell.witness is None:  # irrational points only, as on a == 2*b - 1 and a == 1 - b**2
            assert not cell.full_dimensional and "==" in str(cell.region)
            assert prover(given).satisfiable(cell.region) is True
            continue
        assert given.contains(cell.witness) and cell.region.contains(cell.witness)
        assert atlas.cell_at(cell.witness) == cell.equilibria
        if cell.full_dimensional:  # so is everything close by
            for name, step in product(cell.witness, (F(-1, 10**7), F(1, 10**7))):
                near = {**cell.witness, name: cell.witness[name] + step}
                assert given.contains(near) and atlas.cell_at(near) == cell.equilibria


@pytest.mark.parametrize("seed", range(6))
def test_2x2_games_at_every_kind_of_point(seed: int) -> None:
    rng = Random(seed)
    for _ in range(9):
        tables = random_tables(rng, 2, 2)
        assumptions, allowed = rng.choice(ASSUMED)
        atlas = solve(tables, assumptions)
        check_witnesses(atlas)
        for point in points_for(atlas, allowed, rng, 8, 14):
            try:
                check_at(atlas, tables, point)
                check_cells(atlas, point)
            except AssertionError as problem:
                raise AssertionError(
                    f"{list(map(texts, tables))} under {assumptions} at {declared(atlas, point)}: {problem}"
                ) from problem


@pytest.mark.parametrize(("rows", "columns"), [(2, 3), (3, 2)])
def test_2x3_games_at_every_kind_of_point(rows: int, columns: int) -> None:
    rng = Random(f"{rows}x{columns}")
    for _ in range(4):
        tables = random_tables(rng, rows, columns)
        assumptions, allowed = rng.choice(ASSUMED)
        atlas = solve(tables, assumptions, cells=False)
        for point in points_for(atlas, allowed, rng, 6, 14):
            try:
                check_at(atlas, tables, point)
            except AssertionError as problem:
                raise AssertionError(
                    f"{list(map(texts, tables))} under {assumptions} at {declared(atlas, point)}: {problem}"
                ) from problem


def test_generic_points_lie_in_full_dimensional_cells() -> None:
    """Numbers of large prime denominators satisfy no small equation, so no knife-edge cell holds them."""
    rng = Random(31)
    for _ in range(8):
        tables = random_tables(rng, 2, 2)
        assumptions, allowed = rng.choice(ASSUMED)
        atlas = solve(tables, assumptions)
        full = [c for c in atlas.cells if c.full_dimensional]
        for _ in range(30):
            point = {
                n: F(rng.randint(-20000, 50000), p) for n, p in (("a", 10007), ("b", 10009), ("c", 10037))
            }
            if allowed(**point):
                assert sum(c.region.contains(declared(atlas, point)) for c in full) == 1


# -- invariances -----------------------------------------------------------------------------------------------
Shape = tuple[tuple[bool, ...], ...]


def by_support(
    atlas: Atlas, rename: Callable[[Shape], Shape] = lambda s: s
) -> dict[Shape, list[Equilibrium]]:
    out: dict[Shape, list[Equilibrium]] = {}
    for e in atlas:
        shape = tuple(
            tuple(not (v.is_constant and str(v) == "0") for _, v in strategy) for _, strategy in e.profile
        )
        out.setdefault(rename(shape), []).append(e)
    return out


def same_regions(
    one: dict[Shape, list[Equilibrium]], two: dict[Shape, list[Equilibrium]], given: Region
) -> None:
    ask = prover(given)
    for shape in {**one, **two}:
        here, there = (any_of(e.region for e in side.get(shape, ())) for side in (one, two))
        assert ask.equivalent(here, there) is True, f"{shape}: {here} against {there}"


def test_positive_affine_changes_of_payoffs_change_nothing() -> None:
    """A player's payoffs times 2 + b**2, plus a; the other's times 3, minus 7."""
    rng = Random(41)
    for _ in range(14):
        A, B = random_tables(rng, 2, rng.choice([2, 2, 3]))
        assumptions, _ = rng.choice(ASSUMED)
        before = solve((A, B), assumptions, cells=False)
        changed = (
            [[f"(2 + b**2)*({t}) + a" for t, _ in row] for row in A],
            [[f"3*({t}) - 7" for t, _ in row] for row in B],
        )
        after = nash(
            NormalForm.from_arrays(*changed, assumptions=[*assumptions, "a == a", "b == b"]), cells=False
        )
        same_regions(by_support(before), by_support(after), before.domain.given)
        for e, f in zip(before, after, strict=False):
            if not e.free and len(before.equilibria) == len(after.equilibria) and e.region == f.region:
                assert [v for _, s in e.profile for _, v in s] == [v for _, s in f.profile for _, v in s]


def test_what_a_player_gets_regardless_of_its_own_action_does_not_matter() -> None:
    """A constant for each column added to the row player's payoffs, one for each row to the column player's."""
    rng = Random(42)
    for _ in range(14):
        rows, columns = rng.choice([(2, 2), (2, 2), (2, 3)])
        A, B = random_tables(rng, rows, columns)
        assumptions, _ = rng.choice(ASSUMED)
        extra = ["a**2 - b", "3*b", "-a*b + 1"]
        before = solve((A, B), assumptions, cells=False)
        first = [[f"{t} + ({extra[j]})" for j, (t, _) in enumerate(row)] for row in A]
        second = [[f"{t} + ({extra[-1 - i]})" for t, _ in row] for i, row in enumerate(B)]
        after = nash(NormalForm.from_arrays(first, second, assumptions=assumptions), cells=False)
        same_regions(by_support(before), by_support(after), before.domain.given)


def test_new_names_for_actions_and_players_permute_the_answer() -> None:
    rng = Random(43)
    for _ in range(14):
        rows, columns = rng.choice([(2, 2), (2, 2), (2, 3)])
        A, B = random_tables(rng, rows, columns)
        assumptions, _ = rng.choice(ASSUMED)
        before = solve((A, B), assumptions, cells=False)
        order_r, order_c = rng.sample(range(rows), rows), rng.sample(range(columns), columns)
        moved = tuple([[M[i][j] for j in order_c] for i in order_r] for M in (A, B))
        after = solve(moved, assumptions, cells=False)  # type: ignore[arg-type]

        def put(shape: Shape, orders: tuple[list[int], ...] = (order_r, order_c)) -> Shape:
            return tuple(tuple(used[i] for i in order) for used, order in zip(shape, orders, strict=True))

        same_regions(by_support(before, put), by_support(after), before.domain.given)
        swapped = tuple([[M[i][j] for i in range(rows)] for j in range(columns)] for M in (B, A))
        other = solve(swapped, assumptions, cells=False)  # type: ignore[arg-type]
        same_regions(by_support(before, lambda s: s[::-1]), by_support(other), before.domain.given)


def test_a_number_for_a_symbol_can_be_put_in_before_or_after() -> None:
    """Solving with b = 1/2 (or on a border) from the start gives the atlas's equilibria there."""
    rng = Random(44)
    for _ in range(8):
        tables = random_tables(rng, 2, 2)
        atlas = solve(tables, [], cells=False)
        for point in points_for(atlas, lambda **_: True, rng, 3, 5):
            mine = declared(atlas, point)
            numeric = nash(atlas.game.at(mine), cells=False)
            assert sorted(by_support_count(numeric)) == sorted(by_support_count_at(atlas, mine))


def by_support_count(atlas: Atlas) -> list[Shape]:
    return [shape for shape, found in by_support(atlas).items() for _ in found]


def by_support_count_at(atlas: Atlas, point: Point) -> list[Shape]:
    return [s for s, found in by_support(atlas).items() for e in found if e.region.contains(point)]
