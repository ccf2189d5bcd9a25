"""Correlated equilibria against the definition, every vertex in fractions, and other solvers; published values."""

from fractions import Fraction as F
from random import Random

import pytest
import z3

import deterrence as dt
from deterrence.algebra.verdicts import Proved
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.correlated import correlated, is_correlated
from deterrence.solve.correlated_values import correlated_range
from tests.oracles.bimatrix import extreme_equilibria
from tests.oracles.correlated import gain, is_equilibrium, profiles, rules, vertices

CHICKEN = NormalForm.from_arrays(
    [[6, 2], [7, 0]], [[6, 7], [2, 0]], actions=[["swerve", "drive"], ["swerve", "drive"]]
)
SYMBOLS = NormalForm.from_arrays(
    [["R", "S"], ["T", "P"]],
    [["R", "T"], ["S", "P"]],
    actions=[["C", "D"], ["C", "D"]],
    assumptions=["T > R", "R > S", "S > P"],
)


def random_tables(rng, sizes):
    return [{p: F(rng.randint(-2, 3)) for p in profiles(sizes)} for _ in sizes]


def as_game(tables, sizes):
    players = {f"p{i}": [f"p{i}a{k}" for k in range(n)] for i, n in enumerate(sizes)}
    named = {p: tuple(f"p{i}a{k}" for i, k in enumerate(p)) for p in profiles(sizes)}
    return NormalForm.from_profiles(players, {named[p]: [t[p] for t in tables] for p in named})


@pytest.mark.parametrize("sizes", [(2, 2), (2, 3)], ids=str)
def test_best_and_worst_are_those_of_all_vertices(sizes):
    rng = Random(str(sizes))
    for _ in range(12 if sizes == (2, 2) else 4):
        tables = random_tables(rng, sizes)
        corners = vertices(tables, sizes)
        game = as_game(tables, sizes)
        for weights in ((1, 1), (1, 0), (0, 1), (-1, 2)):
            values = [
                sum(
                    q * sum(w * t[p] for w, t in zip(weights, tables, strict=True))
                    for p, q in zip(profiles(sizes), corner, strict=True)
                )
                for corner in corners
            ]
            found = correlated_range(game, dict(zip(game.names, weights, strict=True)))
            assert (found.worst.value, found.best.value) == (min(values), max(values))


def test_lotteries_are_equilibria_that_reach_the_value_and_multipliers_bound_it():
    rng = Random(4)
    for sizes in ((2, 2), (3, 3), (2, 2, 2)):
        tables = random_tables(rng, sizes)
        game = as_game(tables, sizes)
        name = game.names[0]
        found = correlated_range(game, name)
        index = {p: k for k, p in enumerate(game.profiles())}
        for extreme, sign in ((found.best, 1), (found.worst, -1)):
            chances = [F(0)] * len(index)
            for p, q in extreme.lottery:
                chances[index[p]] = q
            assert is_equilibrium(tables, sizes, chances)
            assert (
                sum(q * tables[0][p] for q, p in zip(chances, profiles(sizes), strict=True)) == extreme.value
            )
            bound = [F(0)] * len(index)
            for (player, told, instead), weight in extreme.multipliers:
                i = game.names.index(player)
                actions = game.players[i].actions
                assert weight > 0
                rule = (i, actions.index(told), actions.index(instead))
                bound = [b + weight * g for b, g in zip(bound, gain(tables, sizes, rule), strict=True)]
            for p, b in zip(profiles(sizes), bound, strict=True):
                assert sign * (tables[0][p] - extreme.value) <= b


def test_three_players_agree_with_z3():
    rng = Random(9)
    sizes = (2, 2, 2)
    for _ in range(4):
        tables = random_tables(rng, sizes)
        listed = profiles(sizes)
        chances = [z3.Real(f"q{k}") for k in range(len(listed))]
        optimizer = z3.Optimize()
        optimizer.add(z3.Sum(chances) == 1, *(q >= 0 for q in chances))
        for rule in rules(sizes):
            optimizer.add(
                z3.Sum(
                    [q * z3.RealVal(str(g)) for q, g in zip(chances, gain(tables, sizes, rule), strict=True)]
                )
                <= 0
            )
        aim = z3.Sum(
            [q * z3.RealVal(str(sum(t[p] for t in tables))) for q, p in zip(chances, listed, strict=True)]
        )
        optimizer.maximize(aim)
        assert optimizer.check() == z3.sat
        best = optimizer.model().eval(aim, model_completion=True).as_fraction()
        game = as_game(tables, sizes)
        assert correlated_range(game, dict.fromkeys(game.names, 1)).best.value == best


@pytest.mark.parametrize("seed", [7, 8, 11])
def test_conditions_and_membership_by_definition(seed):
    rng = Random(seed)
    tables = [{(i, j): F(rng.randint(-2, 3) + 3 * (i == j)) for i, j in profiles((2, 3))} for _ in "12"]
    game = as_game(tables, (2, 3))
    found = correlated(game)
    corners = sorted(vertices(tables, (2, 3)))
    seen = set()
    for k in range(120):
        weights = [rng.randint(0, 3) for _ in found.chances]
        chances = [F(w, max(1, sum(weights))) for w in weights]
        if k % 2:  # a mixture of vertices, or near one
            one, two, far = rng.choice(corners), rng.choice(corners), F(k % 3, 20)
            mixed = [(c + d) / 2 for c, d in zip(one, two, strict=True)]
            chances = [(1 - far) * c + far * q for c, q in zip(mixed, chances, strict=True)]
        truth = is_equilibrium(tables, (2, 3), chances)
        point = {name: q for (_, name), q in zip(found.chances, chances, strict=True)}
        assert found.region.contains(point) == truth
        region = is_correlated(game, {p: q for (p, _), q in zip(found.chances, chances, strict=True)})
        assert region.contains({}) == truth
        seen.add(truth)
    assert seen == {True, False}


def test_every_nash_equilibrium_is_one():
    rng = Random(3)
    for _ in range(10):
        tables = random_tables(rng, (2, 3))
        A, B = ([[t[i, j] for j in range(3)] for i in range(2)] for t in tables)
        game = as_game(tables, (2, 3))
        for x, y in extreme_equilibria(A, B):
            lottery = {p: x[i] * y[j] for p, (i, j) in zip(game.profiles(), profiles((2, 3)), strict=True)}
            assert is_correlated(game, lottery).contains({})


def test_chicken():
    """[Aumann1974]: the best symmetric value is 21/4, above 14/3 of the mixed Nash equilibrium."""
    both = {"row": "1/2", "column": "1/2"}
    found = correlated_range(CHICKEN, both)
    assert found.best.value == F(21, 4)
    assert dict(found.best.lottery) == {
        ("swerve", "swerve"): F(1, 2),
        ("swerve", "drive"): F(1, 4),
        ("drive", "swerve"): F(1, 4),
    }
    mixed = next(e for e in dt.nash(CHICKEN) if not e.is_pure)
    assert mixed.payoff("row").at({}) == F(14, 3)
    assert found.worst.value <= F(14, 3)


def test_the_most_likely_crash():
    """Told to drive, one drives where 2 q(crash) <= q(the other swerves), for both; so 5 q(crash) <= 1."""
    crash = correlated_range(CHICKEN, {("drive", "drive"): 1})
    assert (crash.worst.value, crash.best.value) == (0, F(1, 5))


def test_the_traffic_light():
    """In Chicken with u on peace and w on each one-sided outcome: exactly where u(T - R) <= w(S - P)."""
    light = {("C", "C"): "u", ("C", "D"): "w", ("D", "C"): "w"}
    given = ["u + 2*w == 1", "u >= 0", "w >= 0"]
    region = dt.is_correlated(SYMBOLS, light, given)
    premises = dt.region("T > R and R > S and S > P and u + 2*w == 1 and u >= 0 and w >= 0")
    assert isinstance(dt.equal(region, dt.region("u*(T - R) <= w*(S - P)"), premises), Proved)
    unassisted = dt.is_correlated(SYMBOLS, light)
    assert unassisted.contains({"T": F(7), "R": F(6), "S": F(2), "P": F(0), "u": F(1, 2), "w": F(1, 4)})
    assert not unassisted.contains({"T": F(7), "R": F(6), "S": F(2), "P": F(0), "u": F(1, 2), "w": F(1, 2)})


def test_symbols_at_a_point():
    point = {"T": 7, "R": 6, "S": 2, "P": 0}
    assert correlated_range(SYMBOLS, {"row": 1, "column": 1}, point).best.value == F(21, 2)
    with pytest.raises(DomainError):
        correlated_range(SYMBOLS, "row", {"T": 1, "R": 6, "S": 2, "P": 0})
    with pytest.raises(DomainError, match="no value for"):
        correlated_range(SYMBOLS, "row")


def test_zero_sum_games_pay_their_value():
    """In a zero-sum game every correlated equilibrium pays the minmax value [Aumann1987]; here 0 and 7/5."""
    scissors = NormalForm.from_arrays([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    found = dt.correlated_range(scissors, "row")
    assert (found.worst.value, found.best.value) == (0, 0)
    other = correlated_range(NormalForm.from_arrays([[3, -1], [1, 2]]), "row")
    assert (other.worst.value, other.best.value) == (F(7, 5), F(7, 5))


def test_the_dilemma_has_one():
    game = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    found = correlated_range(game, {"row": 1, "column": 1})
    assert found.worst.lottery == found.best.lottery == ((("row2", "column2"), F(1)),)


def test_bad_questions():
    with pytest.raises(UnknownName, match="known: row, column"):
        correlated_range(CHICKEN, "rows")
    with pytest.raises(UnknownName, match=r"no profile named .\(swerve, stop\)"):
        correlated_range(CHICKEN, {("swerve", "stop"): 1})
    with pytest.raises(GameError, match="empty"):
        correlated_range(CHICKEN, {})
    with pytest.raises(UnknownName, match="no profile"):
        is_correlated(CHICKEN, {("swerve",): 1})
    with pytest.raises(GameError, match="contradict"):
        is_correlated(CHICKEN, {("swerve", "swerve"): "u"}, ["u > 1", "u < 0"])
    with pytest.raises(TypeError, match="float"):
        correlated_range(CHICKEN, {"row": 0.5})
    rooted = NormalForm.from_arrays([["sqrt(2)", 0]], [[0, 1]])
    with pytest.raises(OutOfScope, match="fractions"):
        correlated_range(rooted, "row")
