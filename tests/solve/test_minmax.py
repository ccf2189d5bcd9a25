"""Minmax and maxmin values against brute force, published values and the Nash solver.

`value` is the truth for mixed strategies: the least, over the vertices of the polyhedron of the oracle, of
the row player's best payoff against a mixture of the column player, in plain fractions.
"""

import itertools
from collections.abc import Sequence
from fractions import Fraction as F
from random import Random

import pytest
from sympy import Symbol

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.reading import Reading, read_region, read_value
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.value import Value
from deterrence.algebra.verdicts import Proved
from deterrence.errors import DomainError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.minmax import ValueByCase, mixed_minmax, pure_maxmin, pure_minmax
from deterrence.solve.nash import nash
from tests.oracles.bimatrix import vertices

Rows = Sequence[Sequence[F]]
VALUES = [F(n) for n in (-1, 0, 1, 2, 3)] + [F(1, 2), F(3, 2), F(-2, 3), F(5, 4)]


# -- the truth ------------------------------------------------------------------------------------
def best_against(rows: Rows, mixture: Sequence[F]) -> F:
    return max(sum((a * y for a, y in zip(row, mixture, strict=True)), F(0)) for row in rows)


def value(rows: Rows) -> F:
    """The value of the zero-sum game in which the row player gets `rows` and maximises."""
    return min(best_against(rows, y) for y in vertices(tuple(zip(*rows, strict=True))))


def lower_value(rows: Rows) -> F:
    """The same from the row player's side: what its best mixture secures."""
    losses = tuple(tuple(-a for a in column) for column in zip(*rows, strict=True))
    return -min(best_against(losses, x) for x in vertices(tuple(zip(*losses, strict=True))))


def test_the_truth_obeys_the_minimax_theorem() -> None:
    rng = Random(1)
    for _ in range(100):
        rows = random_rows(rng, rng.randint(1, 4), rng.randint(1, 4))
        assert value(rows) == lower_value(rows)


def random_rows(rng: Random, own: int, other: int) -> list[list[F]]:
    values = rng.choice([(0, 1), (0, 1, 2), (-1, 0, 2, 3, F(1, 2), F(5, 3))])
    return [[F(rng.choice(values)) for _ in range(other)] for _ in range(own)]


def one_sided(rows: Sequence[Sequence[object]], assumptions: Sequence[str] = ()) -> NormalForm:
    return NormalForm.from_arrays(rows, [[0] * len(rows[0])] * len(rows), assumptions=assumptions)


def numbers_at(game: NormalForm, point: dict[str, F]) -> list[list[F]]:
    columns = game.players[1].actions
    return [[game.payoff((a, b), "row").at(point) for b in columns] for a in game.players[0].actions]


def values_at(found: ValueByCase, point: dict[str, F]) -> set[F]:
    return {v.at(point) for region, v in found if region.contains(point)}


def is_proved(found: ValueByCase) -> bool:
    return isinstance(found.coverage, Proved) and isinstance(found.agreement, Proved)


def shown(found: ValueByCase) -> list[tuple[Region, Value]]:
    return list(found)


def expression(text: str) -> Value:
    return read_value(parse_expression(text), Reading())


def condition(text: str) -> Region:
    return read_region(parse_condition(text), Reading())


# -- numbers --------------------------------------------------------------------------------------
SIZES = [(1, 1), (2, 2), (3, 3), (2, 3), (4, 2), (3, 4), (4, 4)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_numeric_games_full_of_ties(size: tuple[int, int]) -> None:
    rng = Random(str(size))
    for _ in range(300 if size == (3, 3) else 60):
        rows = random_rows(rng, *size)
        game = one_sided(rows)
        truths = (
            (pure_maxmin, max(map(min, rows))),
            (mixed_minmax, value(rows)),
            (pure_minmax, min(map(max, zip(*rows, strict=True)))),
        )
        for ask, truth in truths:
            found = ask(game, "row")
            assert [(region, v.at({})) for region, v in found] == [(EVERYWHERE, truth)]
            assert is_proved(found)


def test_the_column_player_is_held_down_by_rows() -> None:
    rng = Random(3)
    for _ in range(60):
        rows = random_rows(rng, 3, 2)
        game = NormalForm.from_arrays([[0, 0]] * 3, rows)
        turned = list(zip(*rows, strict=True))
        assert mixed_minmax(game, "column").at({}) == value(turned)
        assert pure_minmax(game, "column").at({}) == min(map(max, rows))
        assert pure_maxmin(game, "column").at({}) == max(map(min, turned))


def test_three_players_pure() -> None:
    rng = Random(4)
    players = {"us": ["u1", "u2"], "them": ["t1", "t2", "t3"], "militia": ["m1", "m2"]}
    for _ in range(60):
        table = {o: [rng.randint(0, 4) for _ in players] for o in itertools.product(*players.values())}
        game = NormalForm.from_profiles(players, table)
        for at, (name, actions) in enumerate(players.items()):
            others = list(itertools.product(*(a for n, a in players.items() if n != name)))
            rows = [[table[(*o[:at], a, *o[at:])][at] for o in others] for a in actions]
            assert pure_minmax(game, name).at({}) == min(map(max, zip(*rows, strict=True)))
            assert pure_maxmin(game, name).at({}) == max(map(min, rows))


# -- symbols --------------------------------------------------------------------------------------
SYMBOLIC: dict[str, list[list[object]]] = {
    "2x2, all free": [["a", "b"], ["c", "d"]],
    "2x3": [["a", "b", 1], [0, "c", "a - b"]],
    "3x2, products": [["a*b", 1], ["b", "a"], ["a + b", "1 - a"]],
    "3x3, cyclic": [[0, "-a", "b"], ["a", 0, "-c"], ["-b", "c", 0]],
    "3x3, full of ties": [["a", "b", 1], ["a", 1, "b"], [0, "a", "a"]],
    "3x3, all free": [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]],
}


@pytest.mark.parametrize("name", SYMBOLIC)
def test_every_case_gives_the_value_wherever_it_applies(name: str) -> None:
    game = one_sided(SYMBOLIC[name])
    low, level, high = pure_maxmin(game, "row"), mixed_minmax(game, "row"), pure_minmax(game, "row")
    assert is_proved(low) and is_proved(level) and is_proved(high)
    rng = Random(name)
    for round_ in range(150):
        values = VALUES[:4] if round_ % 2 else VALUES
        point = {n: rng.choice(values) for n in game.domain.names}
        rows = numbers_at(game, point)
        assert values_at(low, point) == {max(map(min, rows))}
        assert values_at(level, point) == {value(rows)}
        assert values_at(high, point) == {min(map(max, zip(*rows, strict=True)))}
        assert low.at(point) <= level.at(point) <= high.at(point)


@pytest.mark.parametrize("name", ["2x2, all free", "2x3", "3x2, products", "3x3, full of ties"])
def test_the_value_is_what_equilibria_of_the_zero_sum_game_pay(name: str) -> None:
    """Another solver: by the minimax theorem every equilibrium of (A, -A) pays the row player the value."""
    rows = SYMBOLIC[name]
    level = mixed_minmax(one_sided(rows), "row")
    atlas = nash(NormalForm.from_arrays(rows, [[f"-({x})" for x in row] for row in rows]), cells=False)
    rng = Random(name)
    points = 0
    for round_ in range(60):
        values = VALUES[:4] if round_ % 2 else VALUES
        point = {n: rng.choice(values) for n in atlas.domain.names}
        for e in atlas.at(point):
            if not e.free:
                assert e.payoff("row").at({}) == level.at(point)
                points += 1
    assert points > 30


# -- published values -----------------------------------------------------------------------------
def symmetric(order: Sequence[str]) -> NormalForm:
    return NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], assumptions=order)


@pytest.mark.parametrize(
    ("order", "held_to"),
    [(["T > R", "R > P", "P > S"], "P"), (["T > R", "R > S", "S > P"], "S")],
    ids=["prisoner's dilemma", "chicken"],
)
def test_punishment_payoffs_of_symmetric_games(order: list[str], held_to: str) -> None:
    for player in ("row", "column"):
        for ask in (pure_minmax, pure_maxmin, mixed_minmax):
            assert shown(ask(symmetric(order), player)) == [(EVERYWHERE, expression(held_to))]


def test_matching_pennies() -> None:
    game = NormalForm.from_arrays(
        [["w", "-w"], ["-w", "w"]], [["-w", "w"], ["w", "-w"]], assumptions=["w > 0"]
    )
    for player in ("row", "column"):
        assert shown(mixed_minmax(game, player)) == [(EVERYWHERE, expression("0"))]
        assert shown(pure_minmax(game, player)) == [(EVERYWHERE, expression("w"))]
        assert shown(pure_maxmin(game, player)) == [(EVERYWHERE, expression("-w"))]


def test_battle_of_the_sexes() -> None:
    game = NormalForm.from_arrays([["a", 0], [0, "b"]], [["b", 0], [0, "a"]], assumptions=["a > b", "b > 0"])
    for player in ("row", "column"):
        assert shown(mixed_minmax(game, player)) == [(EVERYWHERE, expression("a*b") / expression("a + b"))]
        assert shown(pure_minmax(game, player)) == [(EVERYWHERE, expression("b"))]
        assert shown(pure_maxmin(game, player)) == [(EVERYWHERE, expression("0"))]


def test_the_general_two_by_two() -> None:
    """Without a saddle point the value is (ad - bc)/(a + d - b - c): von Neumann and Morgenstern (1944)."""
    game = one_sided([["a", "b"], ["c", "d"]])
    mixed = [(r, v) for r, v in mixed_minmax(game, "row") if not v.c.is_constant]
    assert len(mixed) == 1
    region, v = mixed[0]
    assert v == expression("a*d - b*c") / expression("a + d - b - c")
    no_saddle = condition("(a > b and a > c and d > b and d > c) or (a < b and a < c and d < b and d < c)")
    assert prover(game.domain.given).implies(no_saddle, region) is True
    pure = pure_maxmin(game, "row"), pure_minmax(game, "row")
    rng = Random(8)
    for _ in range(200):
        point = {n: F(rng.randint(0, 3)) for n in "abcd"}
        saddle = pure[0].at(point) == pure[1].at(point)
        assert saddle != no_saddle.contains(point)


def test_diagonal_games() -> None:
    """A defender who guards one of three sites: the value is 1/(1/a + 1/b + 1/c)."""
    game = one_sided([["a", 0, 0], [0, "b", 0], [0, 0, "c"]], ["a > 0", "b > 0", "c > 0"])
    ((region, v),) = mixed_minmax(game, "row")
    assert region == EVERYWHERE
    for a, b, c in itertools.product([F(1), F(2), F(5, 3)], repeat=3):
        assert v.at({"a": a, "b": b, "c": c}) == 1 / (1 / a + 1 / b + 1 / c)


def test_paper_scissors_stone_with_any_stakes_is_fair() -> None:
    game = one_sided(SYMBOLIC["3x3, cyclic"], ["a > 0", "b > 0", "c > 0"])
    assert shown(mixed_minmax(game, "row")) == [(EVERYWHERE, expression("0"))]


# -- the rest -------------------------------------------------------------------------------------
def test_values_equal_under_the_assumptions_are_one_case() -> None:
    game = one_sided([["a", 0], [0, "b"]], ["a == b", "b > 0"])
    assert len(pure_minmax(game, "row").cases) == 1


def test_denominators() -> None:
    x = Symbol("x")
    found = mixed_minmax(one_sided([[1 / x, 0], [0, 1]], ["x > 0"]), "row")
    assert found.at({"x": F(3)}) == F(1, 4) and is_proved(found)
    with pytest.raises(DomainError, match="may be zero"):
        pure_minmax(one_sided([[1 / x, 0], [0, 1]]), "row")
    with pytest.raises(DomainError, match="no case holds"):
        ValueByCase((), found.coverage, found.agreement).at({"x": F(3)})


def test_refusals() -> None:
    trio = NormalForm.from_profiles({n: ["x"] for n in "abc"}, {("x", "x", "x"): [0, 0, 0]})
    with pytest.raises(OutOfScope, match="two players with up to 4 actions; this game has 3"):
        mixed_minmax(trio, "a")
    with pytest.raises(OutOfScope, match="with 5, 1"):
        mixed_minmax(one_sided([[0]] * 5), "row")
    with pytest.raises(UnknownName, match="no player named 'us'"):
        pure_minmax(trio, "us")
    with pytest.raises(DomainError, match="contradict"):
        pure_maxmin(one_sided([["a"]], ["a > 0", "a < 0"]), "row")
