"""Linear systems case by case, against elimination in plain fractions at points of the parameters."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction as F
from itertools import permutations, product
from random import Random

import pytest
import sympy

from deterrence.algebra.decide import prover
from deterrence.algebra.linear import Equation, Solution, as_region, determinant, solve_cases
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, atom

A, B = Poly.variable("a"), Poly.variable("b")
NUMBERS = [F(-2), F(-1), F(-1, 2), F(0), F(1), F(2)]
GRID = [{"a": a, "b": b} for a, b in product(NUMBERS, NUMBERS)]
NAMES = ("p", "q", "r")
ENTRIES = [Poly.constant(n) for n in (0, 0, 1, -1, 2)] + [A, B, A, A - B, A + 1, A * B, -B]


def rank(rows: Sequence[Sequence[F]]) -> int:
    """By Gaussian elimination."""
    work, done = [list(r) for r in rows], 0
    for column in range(len(work[0]) if work else 0):
        pivot = next((i for i in range(done, len(work)) if work[i][column]), None)
        if pivot is None:
            continue
        work[done], work[pivot] = work[pivot], work[done]
        for i in range(done + 1, len(work)):
            factor = work[i][column] / work[done][column]
            work[i] = [x - factor * y for x, y in zip(work[i], work[done], strict=True)]
        done += 1
    return done


def random_system(rng: Random, equations: int, unknowns: int, entries: list[Poly]) -> list[Equation]:
    rows = [
        Equation(tuple(rng.choice(entries) for _ in range(unknowns)), rng.choice(entries))
        for _ in range(equations)
    ]
    if len(rows) > 1 and rng.random() < 0.4:  # an equation that depends on another, perhaps not its constant
        k, last = rng.choice([Poly.constant(2), A, B]), rows[0]
        rows[-1] = Equation(
            tuple(c * k for c in last.coefficients), rng.choice([last.constant * k, rng.choice(entries)])
        )
    return rows


def check(
    rows: list[Equation], names: Sequence[str], found: list[Solution], point: dict[str, F], rng: Random
) -> str:
    matrix = [[c.at(point) for c in e.coefficients] for e in rows]
    whole = [[*line, e.constant.at(point)] for line, e in zip(matrix, rows, strict=True)]
    here = [s for s in found if s.guard.contains(point)]
    if rank(matrix) < rank(whole):
        assert not here, f"no solution at {point}"
        return "none"
    assert len(here) == 1, f"{len(here)} cases at {point}: guards exclude each other and cover"
    (case,) = here
    assert len(case.free) == len(names) - rank(matrix)
    assert {*case.free, *case.tops} == set(names) and not set(case.free) & set(case.tops)
    assert case.minor.at(point) != 0
    for _ in range(2):  # any values of the free unknowns give a solution
        values = {n: F(rng.randint(-9, 9), rng.randint(1, 4)) for n in case.free}
        for name, top in case.tops.items():
            assert set(top.names) <= {"a", "b", *case.free}
            values[name] = top.at({**point, **values}) / case.minor.at(point)
        for line in whole:
            assert sum(c * values[n] for c, n in zip(line, names, strict=False)) + line[-1] == 0
    return "free" if case.free else "one"


@pytest.mark.parametrize(("equations", "unknowns"), [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (2, 3), (3, 3)])
def test_cases_exclude_each_other_cover_and_solve(equations: int, unknowns: int) -> None:
    rng = Random(f"{equations} in {unknowns}")
    seen = set()
    for _ in range(25):
        rows = random_system(rng, equations, unknowns, ENTRIES)
        found = solve_cases(rows, NAMES[:unknowns], EVERYWHERE, prover(EVERYWHERE))
        for point in rng.sample(GRID, 14):
            seen.add(check(rows, NAMES[:unknowns], found, point, rng))
    assert seen == {"none", "free", *(["one"] if equations >= unknowns else [])}


@pytest.mark.parametrize(("equations", "unknowns"), [(2, 2), (2, 3), (3, 3), (3, 2)])
def test_numeric_systems_are_one_case(equations: int, unknowns: int) -> None:
    """Rank-deficient ones with free unknowns, inconsistent ones with no case; SymPy counts the same."""
    rng = Random(f"numeric {equations} in {unknowns}")
    entries = [Poly.constant(n) for n in (-1, 0, 0, 1, 2)]
    for _ in range(40):
        rows = [
            Equation(tuple(rng.choice(entries) for _ in range(unknowns)), rng.choice(entries))
            for _ in range(equations)
        ]
        found = solve_cases(rows, NAMES[:unknowns], EVERYWHERE, prover(EVERYWHERE))
        matrix = sympy.Matrix([[c.constant_value() for c in e.coefficients] for e in rows])
        right = sympy.Matrix([-e.constant.constant_value() for e in rows])
        theirs = sympy.linsolve((matrix, right), *sympy.symbols(NAMES[:unknowns]))
        assert len(found) == (0 if theirs == sympy.S.EmptySet else 1)
        if found:
            assert found[0].guard == EVERYWHERE
            (tuple_,) = theirs
            assert len(found[0].free) == len({s for entry in tuple_ for s in entry.free_symbols})
            if not found[0].free:
                ours = [
                    F(found[0].tops[n].constant_value(), found[0].minor.constant_value())
                    for n in NAMES[:unknowns]
                ]
                assert ours == [F(int(t.p), int(t.q)) for t in tuple_]
            check(rows, NAMES[:unknowns], found, {"a": F(0), "b": F(0)}, rng)


def test_pruning_drops_only_what_the_condition_excludes() -> None:
    """With 0 < p, q and p + q < 1 demanded: a point whose solutions meet that keeps its case."""
    rng = Random(5)
    p, q = Poly.variable("p"), Poly.variable("q")
    also = all_of((atom(p, ">"), atom(q, ">"), atom(1 - p - q, ">")))
    kept = dropped = 0
    for _ in range(60):
        rows = random_system(rng, 2, 2, ENTRIES)
        emptied: list[Region] = []
        found = solve_cases(rows, ("p", "q"), also, prover(EVERYWHERE), emptied)
        for point in GRID:
            here = [s for s in found if s.guard.contains(point)]
            assert len(here) <= 1
            inner = [
                (x, y)
                for x, y in product([F(n, 12) for n in range(1, 12)], repeat=2)
                if x + y < 1 and all(_residue(e, point, x, y) == 0 for e in rows)
            ]
            if inner:
                assert len(here) == 1
                kept += 1
                assert all(not r.contains({**point, "p": x, "q": y}) for r in emptied for x, y in inner)
            dropped += not here
    assert kept > 20 and dropped > 20


def _residue(e: Equation, point: dict[str, F], x: F, y: F) -> F:
    return e.coefficients[0].at(point) * x + e.coefficients[1].at(point) * y + e.constant.at(point)


def test_assumptions_settle_cases() -> None:
    row = [Equation((A,), -B)]  # a*p == b
    assert len(solve_cases(row, ("p",), EVERYWHERE, prover(EVERYWHERE))) == 2
    (only,) = solve_cases(row, ("p",), EVERYWHERE, prover(atom(A, ">")))
    assert not only.free and only.tops["p"].at({"a": F(2), "b": F(3)}) / only.minor.at({"a": F(2)}) == F(3, 2)
    (free,) = solve_cases(row, ("p",), EVERYWHERE, prover(atom(A, "==")))
    assert free.free == ("p",) and not free.guard.contains({"a": F(0), "b": F(1)})


def test_no_equations_and_no_unknowns() -> None:
    ask = prover(EVERYWHERE)
    (case,) = solve_cases([], ("p", "q"), EVERYWHERE, ask)
    assert case.guard == EVERYWHERE and case.free == ("p", "q") and not case.tops
    (case,) = solve_cases([Equation((), A)], (), EVERYWHERE, ask)
    assert case.guard == atom(A, "==") and not case.free
    assert solve_cases([Equation((), Poly.constant(1))], (), EVERYWHERE, ask) == []
    assert solve_cases([Equation((A,), B)], ("p",), NOWHERE, ask) == []


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4])
def test_determinants_by_the_sum_over_permutations(size: int) -> None:
    rng = Random(size)
    for _ in range(10):
        rows = [[rng.choice(ENTRIES) for _ in range(size)] for _ in range(size)]
        total = Poly.constant(0)
        for order in permutations(range(size)):
            swaps = sum(order[i] > order[j] for i in range(size) for j in range(i + 1, size))
            term = Poly.constant(-1 if swaps % 2 else 1)
            for i, j in enumerate(order):
                term = term * rows[i][j]
            total = total + term
        assert determinant(rows) == total


def test_an_equation_as_a_region() -> None:
    region = as_region(Equation((A, Poly.constant(2)), -B), ("p", "q"))
    for point in GRID:
        full = {**point, "p": F(1, 2), "q": F(1)}
        assert region.contains(full) == (point["a"] / 2 + 2 == point["b"])
