"""Feasible payoffs against linear programming, individual rationality against all mixtures, and what is refused.

The truths: `tests/oracles/feasible.py` finds weights or proves that there are none; the least of the best replies
over the vertices of the oracle's polyhedron is the minmax value (`tests/solve/test_minmax.py` tests it).
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.algebra.value import number
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.games.stochastic import repeated
from deterrence.games.strategies import Actions, grim
from deterrence.solve.feasible import feasible
from deterrence.solve.folk_theorem import folk_theorem
from deterrence.solve.individual_rationality import individually_rational
from deterrence.solve.nash import nash
from deterrence.solve.reversion import reversion
from tests.oracles.bimatrix import vertices
from tests.oracles.feasible import feasible as weights

SMALL = [F(n) for n in (-1, 0, 1, 2)] + [F(1, 2)]


def yes(region: Region) -> bool:
    assert region in (EVERYWHERE, NOWHERE)
    return region == EVERYWHERE


def by_weights(rows: list[tuple[F, ...]], target: tuple[F, ...]) -> bool:
    """Whether some lottery over the rows has the target as its mean."""
    ones = (tuple(F(1) for _ in rows), "==", F(1))
    means = [(tuple(row[i] for row in rows), "==", target[i]) for i in range(len(target))]
    return weights([ones, *means], len(rows)) is not None


def drawn_form(
    rng: Random, players: int, sizes: tuple[int, ...]
) -> tuple[dt.NormalForm, list[tuple[F, ...]]]:
    people = {n: [f"{n}{i}" for i in range(k)] for n, k in zip("xyz", sizes, strict=False)}
    values = rng.choice((SMALL, [F(0), F(1)]))
    flat = rng.random() < 0.2  # all outcomes on a line
    rows = []
    for _ in product(*people.values()):
        row = [rng.choice(values) for _ in range(players)]
        rows.append(tuple([row[0]] * players if flat else row))
    payoffs = dict(zip(product(*people.values()), [list(r) for r in rows], strict=True))
    return dt.NormalForm.from_profiles(people, payoffs), rows


@pytest.mark.parametrize("sizes", [(2, 2), (1, 3), (3, 3), (1, 1), (2, 2, 2), (1, 2, 2)])
def test_feasible_in_numbers_is_what_a_lottery_pays(sizes: tuple[int, ...]) -> None:
    rng = Random(f"feasible {sizes}")
    seen: Counter[bool] = Counter()
    for _ in range(60):
        form, rows = drawn_form(rng, len(sizes), sizes)
        target = tuple(rng.choice(SMALL) for _ in sizes)
        if rng.random() < 0.5:  # on the border, often
            one, two = rng.choice(rows), rng.choice(rows)
            share = rng.choice((F(0), F(1, 3), F(1, 2), F(3, 2)))
            target = tuple(x + share * (y - x) for x, y in zip(one, two, strict=True))
        expected = by_weights(rows, target)
        asked = dict(zip(form.names, target, strict=True))
        assert yes(feasible(form, asked)) == expected
        seen[expected] += 1
    assert min(seen[True], seen[False]) > 5


def test_feasible_in_symbols_at_points() -> None:
    """Free payoffs of two players, with and without parameters in the target."""
    form = dt.NormalForm.from_arrays([["a", "b"], ["c", 1]], [["d", 0], ["b", "a"]])
    region = feasible(form, {"row": "x", "column": "y"})
    rng = Random("symbols")
    seen: Counter[bool] = Counter()
    for _ in range(400):
        point = {n: rng.choice(SMALL) for n in "abcdxy"}
        a, b, c, d = (point[n] for n in "abcd")
        expected = by_weights([(a, d), (b, F(0)), (c, b), (F(1), a)], (point["x"], point["y"]))
        assert region.contains(point) == expected, point
        seen[expected] += 1
    assert min(seen[True], seen[False]) > 50


def test_three_players_with_a_symbol_in_the_target() -> None:
    rng = Random("three")
    for _ in range(6):
        form, rows = drawn_form(rng, 3, (2, 2, 2))
        region = feasible(form, {"x": "v", "y": "v", "z": "w"})
        for v, w in product(SMALL, repeat=2):
            assert region.contains({"v": v, "w": w}) == by_weights(rows, (v, v, w))


def least(rows: list[list[F]]) -> F:
    """What the other player can hold one down to who gets `rows`, own actions first."""
    return min(
        max(sum((a * y for a, y in zip(row, mixture, strict=True)), F(0)) for row in rows)
        for mixture in vertices(tuple(zip(*rows, strict=True)))
    )


@pytest.mark.parametrize("sizes", [(2, 2), (2, 3)])
def test_the_theorem_by_its_parts_in_numbers(sizes: tuple[int, int]) -> None:
    rng = Random(f"theorem {sizes}")
    kinds: Counter[str] = Counter()
    for _ in range(300):
        form, rows = drawn_form(rng, 2, sizes)
        table = [rows[k * sizes[1] : (k + 1) * sizes[1]] for k in range(sizes[0])]
        mine = [[x for x, _ in line] for line in table]
        yours = [[line[j][1] for line in table] for j in range(sizes[1])]
        low = (least(mine), least(yours))
        target = rng.choice(rows) if rng.random() < 0.3 else (rng.choice(SMALL), rng.choice(SMALL))
        if rng.random() < 0.5:  # between outcomes
            one, two = rng.choice(rows), rng.choice(rows)
            target = ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
        found = folk_theorem(form, dict(zip(form.names, target, strict=True)))
        inside = by_weights(rows, target)
        above = [x > v for x, v in zip(target, low, strict=True)]
        below = [x < v for x, v in zip(target, low, strict=True)]
        assert [yes(r) for _, r in found.rational] == above
        assert yes(found.feasible) == inside and yes(found.full_dimension)
        assert yes(found.reached) == (inside and all(above))
        assert yes(found.excluded) == (not inside or any(below))
        kinds["reached" if yes(found.reached) else "excluded" if yes(found.excluded) else "silent"] += 1
    assert all(kinds[k] > 10 for k in ("reached", "excluded", "silent")), kinds


def test_an_equilibrium_never_pays_less_than_the_minmax_value() -> None:
    """A theorem, on stage equilibria repeated: for ever, they are equilibria of the repeated game."""
    rng = Random("equilibria")
    for _ in range(40):
        form, _ = drawn_form(rng, 2, (2, 2))
        for e in nash(form, cells=False):
            if not e.free:
                target = {n: v.at({}) for n, v in e.payoffs}
                assert not yes(folk_theorem(form, target).excluded)


PD = dt.NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)


def test_reversion_to_an_equilibrium_of_another_shape() -> None:
    """A stage whose only equilibrium is mixed: pennies with a safe outcome that pays more than the value."""
    form = dt.NormalForm.from_arrays(
        [[1, -1, -2], [-1, 1, -2], [-2, -2, "r"]],
        [[-1, 1, -2], [1, -1, -2], [-2, -2, "r"]],
        assumptions=["r > 0", "r < 2"],
    )
    mixed = next(e for e in nash(form) if not e.is_pure and all(len(s) == 2 for s in e.support))
    found = reversion(form, ["row3", "column3"], mixed)
    assert dt.equal(found.region, mixed.region, found.given).word == "proved"


@pytest.mark.parametrize(
    ("target", "error", "said"),
    [
        ({"row": 1}, GameError, "missing: column"),
        ({"row": 1, "col": 2}, UnknownName, "did you mean 'column'"),
    ],
)
def test_targets_that_miss_the_players(target: dict[str, object], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        feasible(PD, target)
    with pytest.raises(error, match=said):
        folk_theorem(PD, target)


def test_what_is_out_of_scope_says_so() -> None:
    trio = dt.NormalForm.from_profiles(
        {n: ["u", "v"] for n in "xyz"}, {p: ["s", 0, 1] for p in product("uv", repeat=3)}
    )
    with pytest.raises(OutOfScope, match="payoffs in numbers"):
        feasible(trio, {"x": 0, "y": 0, "z": 1})
    with pytest.raises(DomainError, match=r"discount factor 1 is not proved"):
        reversion(PD, ["C", "C"], ["D", "D"], 1)
    with pytest.raises(UnknownName, match="action of row"):
        reversion(PD, ["C", "C"], ["E", "D"])
    with pytest.raises(GameError, match="no discount factor for column"):
        reversion(PD, ["C", "C"], ["D", "D"], {"row": "d"})
    tie = dt.NormalForm.from_arrays([[1, 1], [1, 1]], [[1, 1], [0, 1]])
    free = next(e for e in nash(tie) if e.free)
    with pytest.raises(OutOfScope, match="free variables"):
        reversion(tie, ["row1", "column1"], free)


def test_individual_rationality_needs_one_stage() -> None:
    strategy = grim(Actions("C", "D", "C", "D"))
    profile = Profile("grim", (("row", strategy), ("column", strategy)))
    game = RepeatedGame(repeated(PD, (number(F(1, 2)), number(F(1, 2)))), (profile,), rounds=2)
    assert yes(individually_rational(game, "grim", strict=True))
    from deterrence.games.unrolled import unrolled

    with pytest.raises(OutOfScope, match="several states"):
        individually_rational(unrolled(game), "grim")
    with pytest.raises(UnknownName, match="no profile named"):
        individually_rational(game, "grimm")
