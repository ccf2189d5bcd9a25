"""Comparative statics against brute force on numeric games, and against closed forms worked out by hand."""

from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

import deterrence as dt
from deterrence.errors import GameError, UnknownName
from deterrence.study.statics import statics
from tests.oracles.bimatrix import extreme_equilibria
from tests.oracles.trio import ACTIONS, equilibria_trio

READINGS = ("every", "some", "lowest", "highest")
HOLDS = {
    "rises": lambda a, b: a < b,
    "falls": lambda a, b: a > b,
    "constant": lambda a, b: a == b,
    "never falls": lambda a, b: a <= b,
    "never rises": lambda a, b: a >= b,
}


def spread(A, B, s, quantity):
    """The least and the greatest value of a quantity over all equilibria of a numeric game.

    Probabilities and the row player's payoff are linear in each strategy, and the equilibria are unions of
    products of polytopes whose corners are the extreme equilibria, so the extremes suffice.
    """
    a, b = ([[x + y * s for x, y in row] for row in table] for table in (A, B))
    values = []
    for x, y in extreme_equilibria(a, b):
        if quantity == "payoff(row)":
            values.append(sum(x[i] * y[j] * a[i][j] for i, j in product(range(len(x)), range(len(y)))))
        else:
            values.append(x[0] if quantity == "P(row = row1)" else y[0])
    return min(values), max(values)


def truly(reading, statement, before, after):
    """Whether a statement is true of two points, given the least and greatest value at each."""
    (low, high), (later_low, later_high) = before, after
    holds = HOLDS[statement]
    if reading == "lowest":
        return holds(low, later_low)
    if reading == "highest":
        return holds(high, later_high)
    if reading == "every":
        return all(holds(a, b) for a in (low, high) for b in (later_low, later_high))
    return any(holds(a, b) for a in (low, high) for b in (later_low, later_high))


def drawn(seed):
    """A small game whose payoffs are linear in s, with many ties, as pairs (constant, slope)."""
    rng = Random(seed)
    rows, columns = rng.choice(((2, 2), (2, 2), (2, 3)))

    def table():
        return [
            [(rng.randint(-2, 2), rng.choice((0, 0, 0, 1, -1))) for _ in range(columns)] for _ in range(rows)
        ]

    return table(), table()


def symbolic(A, B):
    tables = [[[f"{x} + ({y})*s" for x, y in row] for row in table] for table in (A, B)]
    domain = dt.Domain((dt.Parameter("s", domain=dt.region("s >= 0 and s <= 4")),))
    return dt.nash(dt.NormalForm.from_arrays(*tables, players=("row", "column"), domain=domain), cells=False)


@pytest.mark.parametrize("seed", range(14))
@pytest.mark.parametrize("quantity", ["P(row = row1)", "payoff(row)"])
def test_across_equilibria_the_verdicts_are_those_of_brute_force(seed, quantity):
    A, B = drawn(seed)
    found = statics(symbolic(A, B), "s", quantity)
    grid = [Fraction(n, 3) for n in range(13)]
    at = {s: spread(A, B, s, quantity) for s in grid}
    for reading, statement in product(READINGS, HOLDS):
        if (reading, statement) == ("some", "constant"):
            continue  # the ends do not tell whether two unions of intervals meet
        verdict = found.reading(reading).verdicts[statement]
        if verdict.word == "proved":
            for s, t in combinations(grid, 2):
                assert truly(reading, statement, at[s], at[t]), (reading, statement, s, t)
        else:
            assert verdict.word == "refuted", (reading, statement, verdict)
            pair = found.reading(reading).pairs[statement]
            s, t = pair.before["s"], pair.after["s"]
            assert s < t
            ends = (spread(A, B, s, quantity), spread(A, B, t, quantity))
            assert not truly(reading, statement, *ends), (reading, statement, s, t)
            assert {e for e, _ in pair.now} <= {e.id for e in symbolic(A, B).equilibria}


@pytest.mark.parametrize("seed", range(14))
def test_within_a_component_values_at_points_bear_the_verdict_out(seed):
    A, B = drawn(seed)
    atlas = symbolic(A, B)
    found = statics(atlas, "s", "P(row = row1)")
    grid = [Fraction(n, 6) for n in range(25)]
    for within in found.within:
        (name,) = within.equilibria
        if within.trend.reading == "set":
            continue
        seen = {s: e.strategy("row")["row1"].at({}) for s in grid for e in atlas.at(s=s) if e.id == name}
        for statement, verdict in within.trend.verdicts.items():
            if verdict.word == "proved":
                assert all(HOLDS[statement](seen[s], seen[t]) for s, t in combinations(sorted(seen), 2))
            elif verdict.word == "refuted":
                pair = within.trend.pairs[statement]
                (now,), (later,) = (
                    [v.at({}) for i, v in side if i == name] for side in (pair.now, pair.later)
                )
                assert not HOLDS[statement](now, later)
            else:
                assert verdict.word == "vacuous" and len(seen) < 2


# -- square roots ---------------------------------------------------------------------------------
ROOTS = [  # payoffs of three players, [player][first][second][third]
    (
        [[["s", "0"], ["1", "2"]], [["0", "2"], ["3", "0"]]],
        [[["0", "2"], ["3", "1"]], [["0", "-2"], ["-1", "-3"]]],
        [[["-3", "-2"], ["0", "-2"]], [["-1", "2"], ["0", "3"]]],
    ),
    (
        [[["s", "0"], ["3", "2"]], [["-2", "0"], ["2", "1"]]],
        [[["3", "1"], ["2", "1"]], [["2", "0"], ["-2", "2"]]],
        [[["0", "-2"], ["-2", "-3"]], [["0", "2"], ["0", "2"]]],
    ),
]


def spread_of_three(tables, s):
    """The least and the greatest probability of the second player's first action, as floats."""
    payoffs = {
        (i, j, k): tuple(Fraction(t[i][j][k]) if t[i][j][k] != "s" else s for t in tables)
        for i, j, k in ACTIONS
    }
    found = equilibria_trio(payoffs)
    assert not found.beyond
    ends = [float(end[1]) for piece in found.pieces for end in (piece.start, piece.end)]
    return min(ends), max(ends)


@pytest.mark.parametrize("tables", ROOTS)
def test_three_players_and_square_roots(tables):
    game = dt.NormalForm.from_arrays(*tables, assumptions=["-3 < s", "s < 3"])
    atlas = dt.nash(game, cells=False)
    found = statics(atlas, "s", "P(player2 = player21)")
    rooted = [w for w in found.within if any(not v.is_rational for _, v in w.cases)]
    assert rooted
    for within in rooted:
        (where,) = [e.region for e in atlas.equilibria if e.id == within.equilibria[0]]
        slope = within.rises_where if within.trend.word == "rises" else within.falls_where
        assert within.trend.word in ("rises", "falls")
        assert dt.equal(slope, where, atlas.domain.given).word == "proved"
    grid = [Fraction(n, 5) for n in range(-14, 15)]
    at = {s: spread_of_three(tables, s) for s in grid}
    loosely = {
        w: (lambda a, b, w=w: HOLDS[w](a, b) or abs(a - b) < 1e-9) for w in ("never falls", "never rises")
    }
    for reading in ("lowest", "highest"):
        trend = found.reading(reading)
        for statement, holds in loosely.items():
            end = 0 if reading == "lowest" else 1
            truth = all(holds(at[s][end], at[t][end]) for s, t in combinations(grid, 2))
            verdict = trend.verdicts[statement]
            assert verdict.word in ("proved", "refuted")
            assert truth or verdict.word == "refuted", (reading, statement)
            if verdict.word == "refuted":
                pair = trend.pairs[statement]
                ends = [spread_of_three(tables, p["s"])[end] for p in (pair.before, pair.after)]
                assert not HOLDS[statement](*ends)


# -- closed forms ---------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def strikes():
    return dt.solve("strike-restrain", cells=False)


MIXED = "c < h*m and d > 2*(g*(1 - m) + r)"


def mixing(found):
    """The component in which both sides mix."""
    return next(w for w in found.within if "*" in str(w.cases[0][1]) or "/" in str(w.cases[0][1]))


def test_a_mixed_rate_answers_to_the_other_sides_payoffs_only(strikes):
    attacks = "P(militia = continue)"  # (c + k)/(h*m + k), whatever strikes cost the militia [Tsebelis1990]
    for own in ("d", "g", "r"):
        assert mixing(statics(strikes, own, attacks)).trend.word == "constant"
    for parameter, word in (("h", "falls"), ("m", "falls"), ("c", "rises"), ("k", "rises")):
        inside = mixing(statics(strikes, parameter, attacks))
        assert inside.trend.word == word
        where = inside.rises_where if word == "rises" else inside.falls_where
        assert dt.equal(where, dt.region(MIXED), strikes.domain.given).word == "proved"


def test_between_cells_more_damage_does_lower_the_attack_rate(strikes):
    found = statics(strikes, "d", "P(militia = continue)")
    assert {r.reading: r.word for r in found.across} == dict.fromkeys(READINGS, "never rises")
    pair = found.reading("every").pairs["never falls"]
    assert {n for n in pair.before if pair.before[n] != pair.after[n]} == {"d"}
    (now,) = [v for _, v in pair.now]
    (later,) = [v for _, v in pair.later]
    assert later.at({}) < now.at({}) == 1
    premise = statics(strikes, "d", "P(militia = continue)", MIXED)
    assert {r.word for r in premise.across} == {"constant"}


def alone(text, domain):
    """A game of one player with one action worth `text`: a quantity with nothing strategic about it."""
    parameter = dt.Parameter("s", domain=dt.region(domain))
    return dt.nash(
        dt.NormalForm.from_profiles({"us": ["stay"]}, {("stay",): [text]}, domain=dt.Domain((parameter,))),
        cells=False,
    )


def test_a_quantity_that_turns_round_is_split_at_its_peak():
    atlas = alone("s*(2 - s)", "s > 0")
    (inside,) = statics(atlas, "s", "payoff(us)").within
    assert inside.trend.word == "depends"
    for region, text in (
        (inside.rises_where, "s < 1"),
        (inside.falls_where, "s > 1"),
        (inside.level_where, "s == 1"),
    ):
        assert dt.equal(region, dt.region(text), dt.region("s > 0")).word == "proved"
    up, down = inside.trend.pairs["never rises"], inside.trend.pairs["never falls"]
    for pair, sign in ((up, 1), (down, -1)):
        (now,), (later,) = ([v.at({}) for _, v in side] for side in (pair.now, pair.later))
        s, t = pair.before["s"], pair.after["s"]
        assert (now, later) == (s * (2 - s), t * (2 - t)) and (later - now) * sign > 0


def test_a_rise_on_each_side_of_a_gap_is_no_rise():
    dented = alone("s*(5 - 2*s)**2", "s <= 1/2 or s >= 5/2")  # rises on both parts, from 8 down to 0 between
    (inside,) = statics(dented, "s", "payoff(us)").within
    assert inside.trend.verdicts["never falls"].word == "refuted"
    assert str(inside.falls_where) == "false"


def test_a_point_of_rest_does_not_stop_a_rise():
    (inside,) = statics(alone("(s - 1)**3", "s > 0"), "s", "payoff(us)").within
    assert inside.trend.word == "rises"
    assert dt.equal(inside.level_where, dt.region("s == 1"), dt.region("s > 0")).word == "proved"


def test_ends_of_a_range_move_and_a_range_alone_stays():
    tie = [["0", "0"], ["0", "0"]], [["1", "0"], ["0", "s - 1"]]  # the row is idle; 0 < s < 2
    domain = dt.Domain((dt.Parameter("s", domain=dt.region("1 < s and s < 2")),))
    atlas = dt.nash(dt.NormalForm.from_arrays(*tie, domain=domain), cells=False)
    found = statics(atlas, "s", "P(row = row1)")
    # column1 answers rates of at least (s - 1)/s, column2 those up to it: two ranges that the border parts
    words = {w.trend.word for w in found.within if w.trend.reading == "set"}
    assert words == {"rises"}
    assert {r.reading: r.word for r in found.across} == {
        "every": "depends",
        "some": "rises and falls and constant",
        "lowest": "constant",
        "highest": "constant",
    }


def test_an_atlas_of_pure_equilibria_proves_no_statement_about_every_one():
    tables = [[[[0, 0], [0, 0]], [[1, 1], [1, 1]], [["s", "s"], ["s", "s"]]]] * 3
    atlas = dt.nash(dt.NormalForm.from_arrays(*tables))
    found = statics(atlas, "s", "payoff(player1)")
    assert atlas.complete.scope == "pure"
    assert found.reading("lowest").word == "undecided"
    assert found.reading("every").verdicts["never falls"].word == "undecided"


def test_what_there_is_no_time_for_is_undecided(strikes):
    found = statics(strikes, "d", "P(militia = continue)", seconds=0)
    assert {t.word for t in found.across} == {"undecided"}
    assert "time" in found.reading("every").verdicts["rises"].reason


def test_what_cannot_be_asked_is_refused(strikes):
    with pytest.raises(UnknownName, match="no parameter named 'x'"):
        statics(strikes, "x", "P(us = strike)")
    with pytest.raises(UnknownName, match="no parameter named 'y'"):
        statics(strikes, "d", "P(us = strike) + y")
    with pytest.raises(UnknownName, match="strike"):
        statics(strikes, "d", "P(us = attack)")
    with pytest.raises(GameError, match="atlas"):
        statics(dt.load("strike-restrain"), "d", "P(us = strike)")
