"""The second opinion has tests of its own: games whose equilibria are known, ties included."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction as F

import pytest

from tests.literature.independent import World, bimatrix_equilibria, cube_equilibria, parse, value


def points(found) -> set:
    """All the extreme points of all components."""
    return {p for c in found.values() for p in itertools.product(*c.factors)}


def table(*rows):
    return [[F(x) for x in row] for row in rows]


def test_matching_pennies_has_one_mixed_equilibrium():
    found = bimatrix_equilibria(table((1, -1), (-1, 1)), table((-1, 1), (1, -1)))
    half = (F(1, 2), F(1, 2))
    assert points(found) == {(half, half)}


def test_battle_of_the_sexes_has_three():
    found = bimatrix_equilibria(table((2, 0), (0, 1)), table((1, 0), (0, 2)))
    assert len(points(found)) == 3
    assert ((F(2, 3), F(1, 3)), (F(1, 3), F(2, 3))) in points(found)


def test_a_constant_game_is_one_whole_square():
    found = bimatrix_equilibria(table((0, 0), (0, 0)), table((0, 0), (0, 0)))
    assert len(points(found)) == 4
    assert len(found) == 9


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_missing_in_tied_games(seed):
    """On a grid of mixed profiles: being an equilibrium by definition = lying in a reported component."""
    rng = random.Random(seed)
    size = (2, 2) if seed % 2 else (3, 2)
    rows, columns = ([[F(rng.randint(0, 2)) for _ in range(size[1])] for _ in range(size[0])] for _ in "ab")
    found = bimatrix_equilibria(rows, columns)
    assert found
    for component in found.values():
        for x, y in itertools.product(*component.factors):
            assert best(rows, columns, x, y)
    steps = 4
    for x in lattice(size[0], steps):
        for y in lattice(size[1], steps):
            inside = any(
                inside_hull(c.factors[0], x) and inside_hull(c.factors[1], y) for c in found.values()
            )
            assert inside == best(rows, columns, x, y)


def best(rows, columns, x, y) -> bool:
    ours = [sum(a * b for a, b in zip(row, y, strict=True)) for row in rows]
    theirs = [sum(x[i] * columns[i][j] for i in range(len(x))) for j in range(len(y))]
    mine = sum(a * b for a, b in zip(x, ours, strict=True))
    yours = sum(a * b for a, b in zip(y, theirs, strict=True))
    return mine >= max(ours) and yours >= max(theirs)


def lattice(n, steps):
    for cut in itertools.product(range(steps + 1), repeat=n - 1):
        if sum(cut) <= steps:
            yield (*(F(c, steps) for c in cut), F(steps - sum(cut), steps))


def inside_hull(vertices, x) -> bool:
    """Up to two dimensions: a point of the hull is a vertex, on a segment or in a triangle of vertices."""
    if x in vertices:
        return True
    flat = [v[:-1] if len(v) == 3 else (v[0], F(0)) for v in vertices]
    a, b = x[:-1] if len(x) == 3 else (x[0], F(0))
    for (p, q), (r, s) in itertools.combinations(flat, 2):  # on a segment
        if (
            (r - p) * (b - q) == (s - q) * (a - p)
            and min(p, r) <= a <= max(p, r)
            and min(q, s) <= b <= max(q, s)
        ):
            return True
    for (p, q), (r, s), (t, u) in itertools.combinations(flat, 3):  # in a triangle
        sides = [
            (r - p) * (b - q) - (s - q) * (a - p),
            (t - r) * (b - s) - (u - s) * (a - r),
            (p - t) * (b - u) - (q - u) * (a - t),
        ]
        if any(sides) and (min(sides) >= 0 or max(sides) <= 0):
            area = (r - p) * (u - q) - (s - q) * (t - p)
            if area:
                return True
    return False


def cube(worth):
    return {spot: [F(worth(i, spot)) for i in range(3)] for spot in itertools.product((0, 1), repeat=3)}


def test_three_players_who_want_to_differ():
    """Each gets 1 when alone with its action; by symmetry one fully mixed equilibrium at 1/2 each."""
    found = cube_equilibria(cube(lambda i, s: sum(s[j] == s[i] for j in range(3)) == 1))
    mixed = found[(frozenset({0, 1}),) * 3]
    assert mixed.factors == (((F(1, 2), F(1, 2)),),) * 3
    for one in found.values():
        assert all(len(f) in (1, 2) for f in one.factors)


@pytest.mark.parametrize("seed", range(30))
def test_three_players_with_a_dummy_are_two_players(seed):
    """A third player with constant payoffs that changes nobody else's: the others play the 2x2 game."""
    rng = random.Random(seed)
    rows, columns = ([[F(rng.randint(-9, 9)) for _ in range(2)] for _ in range(2)] for _ in "ab")
    flat = cube(lambda i, s: rows[s[0]][s[1]] if i == 0 else columns[s[0]][s[1]] if i == 1 else -s[2])
    two = bimatrix_equilibria(rows, columns)
    three = cube_equilibria(flat)
    sure = (F(1), F(0))
    assert {(*p, sure) for p in points(two)} == points(three)


def test_quantifiers_look_at_ties_and_between_them():
    world = World((parse("x > 0"),))
    assert value(parse("exists x: 1 < x < 2"), {}, world)
    assert value(parse("exists x: x == 1"), {}, world)
    assert not value(parse("exists x: 1 < x and x < 1"), {}, world)
    assert value(parse("forall x: x > 0"), {}, world)
    assert not value(parse("forall x: x != 7"), {}, world)


def test_precedence():
    assert value(parse("-2**2 + 3*2 - 1 == 1 and not 1 < 1"), {}, World())
    assert value(parse("1 - 2 - 3 == -4 and 8/2/2 == 2"), {}, World())


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("diff(x**3 - 2*x, x)", F(25)),
        ("diff(V*x/(x + y) - c*x, x)", F(4 * 2, 25) - F(1, 2)),
        ("diff(diff(V*x/(x + y), x), y)", F(4 * (3 - 2), 125)),
        ("diff(half*x, y)", F(0)),
        ("diff(half, V)", F(1, 2)),
        ("diff(1/x**2, x)", F(-2, 27)),
    ],
)
def test_derivatives(text, slope):
    env = {"x": F(3), "y": F(2), "V": F(4), "c": F(1, 2)}
    assert value(parse(text), env, World(definitions={"half": parse("V/2")})) == slope
