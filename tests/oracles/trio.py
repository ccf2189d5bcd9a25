"""Three players with two actions each (2x2x2), by definition and in exact numbers.

Defines `is_nash_trio`, and an enumeration of equilibria by exact support: all points and all segments along
one coordinate.  Where a support may hold a curve or a surface, the answer names it as `beyond` instead.
A profile (p, q, r) gives each player's probability of the first action, 0; payoffs map action triples
such as (0, 1, 0) to payoff triples.  Imports nothing of the library; sources: the definition of Nash (1951),
and substitution: two of the three indifference conditions solved for p and r leave a quadratic in q.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracles.surd import Surd, quadratic_roots

Number = Fraction | Surd
Triple = tuple[Number, Number, Number]
Payoffs = Mapping[tuple[int, int, int], tuple[Fraction | int, Fraction | int, Fraction | int]]
Support = tuple[str, str, str]  # "first", "second" or "mixed" for each player
Gain = dict[frozenset[int], Fraction]  # a polynomial: coefficient of each product of probabilities

ZERO, ONE = Fraction(0), Fraction(1)
ACTIONS = [(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
KINDS = ("first", "second", "mixed")
SUPPORTS = [(a, b, c) for a in KINDS for b in KINDS for c in KINDS]
PURE: dict[str, Number] = {"first": ONE, "second": ZERO}


@dataclass(frozen=True)
class Piece:
    """A point (start equals end) or a segment along one coordinate, all of it equilibria of one support.

    Both ends are equilibria; an end at probability 0 or 1 of the free coordinate has a smaller support.
    """

    support: Support
    start: Triple
    end: Triple


@dataclass(frozen=True)
class Answer:
    """The pieces found, and the supports in which there may be curves or surfaces besides."""

    pieces: tuple[Piece, ...]
    beyond: tuple[Support, ...]


def is_nash_trio(payoffs: Payoffs, p: Number, q: Number, r: Number) -> bool:
    """Whether no player gains by any pure deviation from the mixed profile (p, q, r)."""
    profile = (p, q, r)
    if any(x < 0 or x > 1 for x in profile):
        return False
    return all(
        expected(payoffs, i, profile) >= expected(payoffs, i, _with(profile, i, pure))
        for i in range(3)
        for pure in (ONE, ZERO)
    )


def expected(payoffs: Payoffs, player: int, profile: Triple) -> Number:
    """A player's expected payoff."""
    total: Number = ZERO
    for actions in ACTIONS:
        weight: Number = Fraction(payoffs[actions][player])
        for x, action in zip(profile, actions, strict=True):
            weight = weight * (x if action == 0 else 1 - x)
        total = total + weight
    return total


def equilibria_trio(payoffs: Payoffs) -> Answer:
    """Every equilibrium that is a point or on an axis-parallel segment within its support."""
    gains = [_gain(payoffs, i) for i in range(3)]
    pieces: list[Piece] = []
    beyond: list[Support] = []
    for support in SUPPORTS:
        for found in _SOLVERS[support.count("mixed")](gains, support):
            if found is None:
                beyond.append(support)
            else:
                pieces.append(Piece(support, *found))
    return Answer(tuple(dict.fromkeys(pieces)), tuple(dict.fromkeys(beyond)))


Found = Iterator[tuple[Triple, Triple] | None]  # None: there may be more than this file describes


def _gain(payoffs: Payoffs, player: int) -> Gain:
    """The player's payoff from action 0 less that from action 1, as a polynomial in the others' chances."""
    j, k = (other for other in range(3) if other != player)
    corner = {}
    for at_j, at_k in itertools.product((0, 1), repeat=2):
        others = {j: 1 - at_j, k: 1 - at_k}  # probability 1 is action 0
        same = [a for a in ACTIONS if all(a[n] == action for n, action in others.items())]
        first, second = sorted(same, key=lambda actions: actions[player])
        corner[at_j, at_k] = Fraction(payoffs[first][player]) - Fraction(payoffs[second][player])
    return {
        frozenset(): corner[0, 0],
        frozenset({j}): corner[1, 0] - corner[0, 0],
        frozenset({k}): corner[0, 1] - corner[0, 0],
        frozenset({j, k}): corner[1, 1] - corner[1, 0] - corner[0, 1] + corner[0, 0],
    }


def _linear(gain: Gain, variable: int, values: Mapping[int, Number]) -> tuple[Number, Number]:
    """(constant, slope) of the gain in one variable, the others being given."""
    parts: list[Number] = [ZERO, ZERO]
    for names, coefficient in gain.items():
        term: Number = coefficient
        for name in names - {variable}:
            term = term * values[name]
        parts[variable in names] = parts[variable in names] + term
    return parts[0], parts[1]


def _refuses(support: Support, player: int, gain: Number) -> bool:
    """Whether a player whose support is one action would gain by leaving it."""
    return gain < 0 if support[player] == "first" else gain > 0


def _with(profile: Triple, index: int, value: Number) -> Triple:
    p, q, r = (value if i == index else x for i, x in enumerate(profile))
    return p, q, r


def _triple(values: Mapping[int, Number]) -> Triple:
    return values[0], values[1], values[2]


def _root(line: tuple[Number, Number]) -> Number | str | None:
    """Where constant + slope*x = 0: the root if it is strictly between 0 and 1, None, or "any"."""
    constant, slope = line
    if slope == 0:
        return "any" if constant == 0 else None
    root = -constant / slope
    return root if 0 < root < 1 else None


def _segment(gains: list[Gain], support: Support, known: dict[int, Number], free: int) -> Found:
    """The free coordinate's values, within the open unit interval, at which pure players stay."""
    low: Number = ZERO
    high: Number = ONE
    for player in range(3):
        if player == free or support[player] == "mixed":
            continue
        constant, slope = _linear(gains[player], free, known)
        if support[player] == "second":
            constant, slope = -constant, -slope
        if slope == 0:
            if constant < 0:
                return
            continue
        bound = -constant / slope
        if slope > 0 and bound > low:
            low = bound
        elif slope < 0 and bound < high:
            high = bound
    if low < high or (low == high and 0 < low < 1):
        yield _triple({**known, free: low}), _triple({**known, free: high})


def _pure(gains: list[Gain], support: Support) -> Found:
    point = {i: PURE[s] for i, s in enumerate(support)}
    if not any(_refuses(support, i, _linear(gains[i], i, point)[0]) for i in range(3)):
        yield _triple(point), _triple(point)


def _one_mixed(gains: list[Gain], support: Support) -> Found:
    free = support.index("mixed")
    known = {i: PURE[s] for i, s in enumerate(support) if i != free}
    if _linear(gains[free], free, known)[0] == 0:
        yield from _segment(gains, support, known, free)


def _two_mixed(gains: list[Gain], support: Support) -> Found:
    i, j = (n for n, s in enumerate(support) if s == "mixed")
    k = 3 - i - j
    pure = PURE[support[k]]
    x_i = _root(_linear(gains[j], i, {k: pure}))  # what makes j indifferent
    x_j = _root(_linear(gains[i], j, {k: pure}))
    if x_i is None or x_j is None:
        return
    if isinstance(x_i, str) and isinstance(x_j, str):
        corners = ({i: a, j: b, k: pure} for a in (ZERO, ONE) for b in (ZERO, ONE))
        if not all(_refuses(support, k, _linear(gains[k], k, corner)[0]) for corner in corners):
            yield None
    elif isinstance(x_i, str):
        assert not isinstance(x_j, str)
        yield from _segment(gains, support, {j: x_j, k: pure}, i)
    elif isinstance(x_j, str):
        yield from _segment(gains, support, {i: x_i, k: pure}, j)
    else:
        point = {i: x_i, j: x_j, k: pure}
        if not _refuses(support, k, _linear(gains[k], k, point)[0]):
            yield _triple(point), _triple(point)


def _all_mixed(gains: list[Gain], support: Support) -> Found:
    """Solve d0(q, r) = d1(p, r) = d2(p, q) = 0 in the open cube.

    d2 = 0 reads p*c = p_c and d0 = 0 reads r*a = r_a, where c, p_c, a, r_a are linear in q; where c and a do
    not vanish, d1 = 0 times c*a is a quadratic in q.  The q at which one vanishes are looked at one by one.
    """
    c = (gains[2][frozenset({0})], gains[2][frozenset({0, 1})])
    p_c = (-gains[2][frozenset()], -gains[2][frozenset({1})])
    a = (gains[0][frozenset({2})], gains[0][frozenset({1, 2})])
    r_a = (-gains[0][frozenset()], -gains[0][frozenset({1})])
    if not any(c + p_c) or not any(a + r_a):
        yield None
        return
    special = {_root(c if any(c) else p_c), _root(a if any(a) else r_a)}
    for q in special:
        if isinstance(q, Fraction):
            yield from _at(gains, support, q)
    if not any(c) or not any(a):
        return
    quadratic = _quadratic(gains[1], c, p_c, a, r_a)
    if quadratic != (0, 0, 0):
        for root in quadratic_roots(*quadratic):
            if 0 < root < 1 and root not in special:
                yield from _at(gains, support, root)
    elif c[0] * p_c[1] == c[1] * p_c[0] and a[0] * r_a[1] == a[1] * r_a[0]:  # one p and one r for every q
        p, r = (n[0] / d[0] if d[0] != 0 else n[1] / d[1] for n, d in ((p_c, c), (r_a, a)))
        if 0 < p < 1 and 0 < r < 1:
            yield (p, ZERO, r), (p, ONE, r)
    else:
        yield None


def _at(gains: list[Gain], support: Support, q: Number) -> Found:
    """The solutions with this q: p from d2, r from d0, and d1 = 0 between them."""
    p, r = _root(_linear(gains[2], 0, {1: q})), _root(_linear(gains[0], 2, {1: q}))
    if p is None or r is None:
        return
    if isinstance(p, str):
        if isinstance(r, str):
            yield None
            return
        free, known = 0, {1: q, 2: r}
    elif isinstance(r, str):
        free, known = 2, {0: p, 1: q}
    else:
        constant, slope = _linear(gains[1], 0, {2: r})
        if constant + slope * p == 0:
            yield (p, q, r), (p, q, r)
        return
    along = _root(_linear(gains[1], free, known))
    if isinstance(along, str):
        yield from _segment(gains, support, known, free)
    elif along is not None:
        point = _triple({**known, free: along})
        yield point, point


Line = tuple[Fraction, Fraction]


def _quadratic(d1: Gain, c: Line, p_c: Line, a: Line, r_a: Line) -> tuple[Fraction, Fraction, Fraction]:
    """Coefficients of q^2, q and 1 in d1(p_c/c, r_a/a) * c * a."""

    def product(f: Line, g: Line) -> tuple[Fraction, Fraction, Fraction]:
        return f[1] * g[1], f[0] * g[1] + f[1] * g[0], f[0] * g[0]

    products = (product(c, a), product(p_c, a), product(r_a, c), product(p_c, r_a))
    names = (frozenset[int](), frozenset({0}), frozenset({2}), frozenset({0, 2}))
    square, linear, constant = (
        sum((d1[n] * terms[i] for n, terms in zip(names, products, strict=True)), ZERO) for i in range(3)
    )
    return square, linear, constant


_SOLVERS = (_pure, _one_mixed, _two_mixed, _all_mixed)
