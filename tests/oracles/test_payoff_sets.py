"""Equilibrium payoff sets against QuantEcon's answers, see quantecon/README.md, and against sets worked out by hand.

QuantEcon is not run here.  It works in floats and raises where a set has no interior; what it then should have
returned is checked by the definition: every corner of a set is paid by a pair of actions and a continuation that
lies in the set and deters both players.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from deterrence.games.normal import NormalForm
from deterrence.solve.payoff_set import PayoffSet, payoff_set
from deterrence.solve.polygon import distance, hull
from tests.oracles.quantecon.games import games

FILE = Path(__file__).parent / "quantecon" / "payoff_sets.json"
GAMES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["games"]
BY_NAME = {g["name"]: g for g in GAMES}
WRONG = {"thin", "random-2-65"}  # QuantEcon's answer is refuted below
CHUNKS = 8
chunk = pytest.mark.parametrize("listed", [GAMES[k::CHUNKS] for k in range(CHUNKS)], ids=range(CHUNKS))

Point = tuple[Fraction, Fraction]


@cache
def _solved(name: str) -> PayoffSet:
    g = BY_NAME[name]
    return payoff_set(NormalForm.from_arrays(g["row"], g["column"]), g["discount"])


def corners(found: PayoffSet) -> set[Point]:
    assert found.verdict == "exact"
    assert found.inner == found.outer
    assert found.gap == 0
    return set(found.outer.vertices)


def exact(*pairs: tuple[Any, Any]) -> set[Point]:
    return {(Fraction(x), Fraction(y)) for x, y in pairs}


def dilemma(discount: str) -> PayoffSet:
    return payoff_set(NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]]), discount)


# -- the definition, in fractions, without the library ---------------------------------------------
def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point is in the convex hull of points, in the plane: by Carathéodory, in some triangle of them."""

    def turn(o: Point, p: Point, q: Point) -> Fraction:
        return (p[0] - o[0]) * (q[1] - o[1]) - (p[1] - o[1]) * (q[0] - o[0])

    def between(p: Point, q: Point) -> bool:
        return turn(p, q, point) == 0 and all(min(p[i], q[i]) <= point[i] <= max(p[i], q[i]) for i in (0, 1))

    for p, q, r in product(ring[:1], ring, ring):
        signs = [turn(p, q, point), turn(q, r, point), turn(r, p, point)]
        if turn(p, q, r) != 0 and (min(signs) >= 0 or max(signs) <= 0):
            return True
        if between(p, q) or between(q, r):
            return True
    return False


def paid(v: Point, ring: Sequence[Point], g: dict[str, Any]) -> bool:
    """Whether some pair of actions, with a continuation in the hull of `ring`, pays v and deters both."""
    d = Fraction(g["discount"])
    row, column = g["row"], g["column"]
    low = [min(w[i] for w in ring) for i in (0, 1)]
    for a, b in product(range(len(row)), range(len(row[0]))):
        now = (row[a][b], column[a][b])
        best = (max(line[b] for line in row), max(column[a]))
        w = tuple((v[i] - (1 - d) * now[i]) / d for i in (0, 1))
        deterred = all((1 - d) * best[i] + d * low[i] <= v[i] for i in (0, 1))
        if deterred and inside((w[0], w[1]), ring):
            return True
    return False


# -- QuantEcon ----------------------------------------------------------------------------------------
def test_the_data_are_about_the_games_of_games_py() -> None:
    listed = [(a.name, a.kind, a.row, a.column, str(a.discount)) for a in games()]
    read = [
        (g["name"], g["kind"], tuple(map(tuple, g["row"])), tuple(map(tuple, g["column"])), g["discount"])
        for g in GAMES
    ]
    assert read == listed


def test_quantecon_answered_for_some_two_hundred_games() -> None:
    assert sum(g["vertices"] is not None for g in GAMES) > 200


@chunk
def test_the_sets_are_those_of_quantecon(listed: list[dict[str, Any]]) -> None:
    for g in listed:
        if g["vertices"] is None or g["name"] in WRONG:
            continue
        found = _solved(g["name"])
        theirs = hull((Fraction(x), Fraction(y)) for x, y in g["vertices"])
        far = max(
            *(distance(theirs, v) for v in found.outer.vertices),
            *(distance(found.outer, v) for v in theirs.vertices),
        )
        assert far < (1e-9 if g["settled"] else 1e-7), (g["name"], float(far))
        assert found.gap is not None and found.gap < Fraction(1, 10**12), g["name"]


@chunk
def test_quantecon_raises_only_where_the_set_has_no_interior(listed: list[dict[str, Any]]) -> None:
    for g in listed:
        if g["raised"] is None or g["name"] in WRONG:
            continue
        found = _solved(g["name"])
        assert found.verdict in ("exact", "empty"), g["name"]
        assert found.outer.shape in ("empty", "point", "segment"), g["name"]
        if g["raised"].startswith("ValueError"):
            assert found.verdict == "empty", g["name"]


@chunk
def test_every_corner_is_paid_as_the_definition_asks(listed: list[dict[str, Any]]) -> None:
    for g in listed:
        found = _solved(g["name"])
        if found.verdict == "exact":
            assert all(paid(v, found.inner.vertices, g) for v in found.inner.vertices), g["name"]


def test_all_but_a_few_random_games_are_exact() -> None:
    """The rest have corners that no fraction with a short denominator meets; bounds are all one can have."""
    rest = [g["name"] for g in GAMES if _solved(g["name"]).verdict == "bounds"]
    assert len(rest) <= 8


def test_where_quantecon_returns_a_triangle_for_a_segment() -> None:
    """`thin`: the third pair of the second row needs a continuation of 5/4 or more for the column player.

    Its punishments are 0 at least and it would gain 5 now, a quarter of which is 5/4.  No feasible payoff has
    that and the 2 that the row player can secure, so the pair is never played.  All others pay the row player
    at most 2, so all equilibria pay it exactly 2; (2, 1) and, as the Nash equilibrium, (2, 0) are such.
    """
    assert corners(_solved("thin")) == exact((2, 0), (2, 1))
    theirs = max(x for x, _ in BY_NAME["thin"]["vertices"])
    assert theirs > 2.06


def test_where_quantecon_raises_for_a_triangle() -> None:
    """`random-2-65`: (1, 1) is a Nash equilibrium; (-2, 3) for ever is deterred by it and by (-13/3, 1).

    The latter is (-9, -3) now and (-2, 3) for ever: the column player would gain 4 now, half of which is just
    the difference between 3 and 1.  The column player gets 1 at least, which bounds the set from below; no
    other pair of actions can be enforced further out.
    """
    assert corners(_solved("random-2-65")) == exact((1, 1), (-2, 3), (Fraction(-13, 3), 1))
    assert BY_NAME["random-2-65"]["raised"].startswith("QhullError")


# -- the prisoner's dilemma, 5 > 3 > 1 > 0 -----------------------------------------------------------
@pytest.mark.parametrize("discount", ["1/100", "1/5", "249999/1000000"])
def test_impatient_players_always_defect(discount: str) -> None:
    assert corners(dilemma(discount)) == exact((1, 1))


@pytest.mark.parametrize("discount", ["1/4", "1/3", "2/5", "499999/1000000"])
def test_turns_are_enforced_from_a_quarter_on(discount: str) -> None:
    """(5, 0) now, then a continuation w that pays the victim 1/discount: with w on x + y = 5 that is (4, 1).

    w itself lies between (4, 1) and (1, 4) exactly if 1/discount is at most 4.
    """
    assert corners(dilemma(discount)) == exact((1, 1), (4, 1), (1, 4))


@pytest.mark.parametrize("discount", ["1/2", "3/5", "2/3", "9/10", "999/1000"])
def test_cooperation_is_enforced_from_a_half_on(discount: str) -> None:
    """Then all that is feasible and individually rational is an equilibrium payoff."""
    found = dilemma(discount)
    side = Fraction(13, 3)
    assert corners(found) == exact((1, 1), (side, 1), (3, 3), (1, side))
    assert found.outer == found.rational


def test_quantecon_s_own_dilemma() -> None:
    assert corners(_solved("quantecon-dilemma")) == exact((3, 3), ("39/4", 3), (9, 9), (3, "39/4"))


# -- points, segments, nothing -------------------------------------------------------------------------
@pytest.mark.parametrize("discount", ["1/4", "3/4"])
def test_sets_without_interior(discount: str) -> None:
    assert corners(_solved(f"common-interest-{discount}")) == exact((1, 1), (2, 2))
    assert corners(_solved(f"zero-sum-saddle-{discount}")) == exact((1, -1))
    assert corners(_solved(f"single-outcome-{discount}")) == exact((0, 0))
    pennies = _solved(f"pennies-{discount}")
    assert pennies.verdict == "empty" and pennies.outer.is_empty and pennies.inner.is_empty
    assert pennies.minmax == (1, 1)


def lopsided(discount: str) -> PayoffSet:
    """The row player can secure -1 and never gets more, so only the two pairs that pay it -1 may be played.

    They pay the column player 2, at (row1, column2), and -2, at (row2, column1), where it would gain 1 and 2.  It
    gets 0 to 2, so the second pair needs a continuation 2*(1 - discount)/discount above the worst: impossible
    below 1/2.  Then (row1, column2) is all that is left, nothing punishes leaving it, and there is no
    equilibrium.  At 1/2 the second pair, followed by the first for ever, pays 0, and that punishes well enough.
    """
    return payoff_set(NormalForm.from_arrays([[-2, -1], [-1, -2]], [[3, 2], [-2, 0]]), discount)


@pytest.mark.parametrize("discount", ["1/10", "1/3", "499999/1000000"])
def test_an_empty_set_although_some_payoffs_are_individually_rational(discount: str) -> None:
    found = lopsided(discount)
    assert set(found.rational.vertices) == exact((-1, 0), (-1, 2))
    assert found.verdict == "empty"
    assert found.outer.is_empty and found.inner.is_empty


@pytest.mark.parametrize("discount", ["1/2", "3/4"])
def test_a_segment_from_where_punishment_works(discount: str) -> None:
    assert corners(lopsided(discount)) == exact((-1, 0), (-1, 2))
