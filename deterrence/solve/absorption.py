"""A proof that no equilibrium payoff lies outside a given polygon S, once all are known to lie near it.

Outer iterations often come ever closer to the set V of equilibrium payoffs and never reach it.  Let t_k be
by how much V reaches over side k of S; how far each player's worst payoff in V is below that in S counts as a
side.

1. What reaches furthest over side k is `(1 - discount)*g(a) + discount*w` for an action pair a and some w of
   V that enforces it.  So w lies in S with its sides moved out by t, above floors that are lower by t.
2. To write the side's normal as a sum, with weights of zero or more, of normals of sides and floors bounds
   what such w reach: `t_k <= s + M.t`, with M >= 0, whatever t is (weak duality).  Sums of those that meet
   where S itself allows most give the least s, and `s <= 0` since what S generates lies in S.
3. Where V is known to lie near S, t has a bound; if `s + M.t <= 0` even there, the pair takes V nowhere.
4. If some positive p has `M.p < p_k` for each of the pairs and sides that are left, no t_k is above zero:
   take the least c with `t <= c*p`; where `t_k = c*p_k`, `t_k <= M.t <= c*M.p < c*p_k` if c is positive.

Everything is checked in fractions; floats only guess p.  The argument is this library's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from deterrence.solve.enforcement import NumericStage, floor_for, generated, worst
from deterrence.solve.polygon import Point, Polygon, at_least, sides, support, within

_ZERO = Fraction(0)
_ROUNDS, _LARGE = 2000, 1e6

Weights = dict[int, Fraction]


@dataclass(frozen=True)
class _Side:
    """`normal . x <= bound`, and the number of the t by which it may be moved out."""

    normal: Point
    bound: Fraction
    moved: int


@dataclass(frozen=True)
class _Bound:
    """`t_k <= M.t` for any of the listed M."""

    k: int
    options: tuple[Weights, ...]


def holds_everything(stage: NumericStage, inner: Polygon, outer: Polygon, punishment: Point) -> bool:
    """Whether it is proved that all equilibrium payoffs lie in `inner`, given that they lie in `outer`.

    `punishment` is at most the worst equilibrium payoff of each player.  False: no proof was found.
    """
    if inner.is_empty or not within(generated(stage, inner), inner):
        return False
    faces, low = _faces(inner)
    reach = [max(_ZERO, support(outer, f.normal) - f.bound) for f in faces]
    bounds: list[_Bound] = []
    for pair in stage.pairs:
        if at_least(outer, floor_for(pair, punishment)).is_empty:
            continue
        least = floor_for(pair, worst(inner))
        enforcing = at_least(inner, least)
        if enforcing.is_empty:
            return False
        around = [*faces, *(_Side(_down(i), -least[i], low[i]) for i in (0, 1))]
        for k, face in enumerate(faces):
            best = support(enforcing, face.normal)
            short = (1 - stage.discount) * _dot(face.normal, pair.payoff) + stage.discount * best - face.bound
            tops = [w for w in enforcing.vertices if _dot(face.normal, w) == best]
            options = [
                {j: stage.discount * y for j, y in found.items()}
                for w in tops
                for found in _duals(face.normal, [s for s in around if _dot(s.normal, w) == s.bound])
            ]
            if short < 0 and any(short + _sum(m, reach) <= 0 for m in options):
                continue
            bounds.append(_Bound(k, tuple(options)))
    return _contracts(bounds, [abs(f.normal[0]) + abs(f.normal[1]) for f in faces])


def _faces(polygon: Polygon) -> tuple[list[_Side], tuple[int, int]]:
    """The sides with outward normals, then the two from below and from the left, whose numbers are given."""
    faces = [_Side((-s.a, -s.b), -s.c, k) for k, s in enumerate(sides(polygon))]
    count = len(faces)
    faces += [_Side(_down(i), -polygon.least(i), count + i) for i in (0, 1)]
    return faces, (count, count + 1)


def _down(axis: int) -> Point:
    return (Fraction(-1), _ZERO) if axis == 0 else (_ZERO, Fraction(-1))


def _duals(normal: Point, active: Sequence[_Side]) -> Iterator[Weights]:
    """Ways to write a normal as a combination, without negative weights, of those of active sides."""
    for side in active:
        n = side.normal
        if _cross(n, normal) == 0 and _dot(n, normal) > 0:
            yield {side.moved: _dot(n, normal) / _dot(n, n)}
    for one, two in combinations(active, 2):
        area = _cross(one.normal, two.normal)
        if area == 0:
            continue
        y, z = _cross(normal, two.normal) / area, _cross(one.normal, normal) / area
        if y >= 0 and z >= 0:
            weights = {one.moved: y}
            weights[two.moved] = weights.get(two.moved, _ZERO) + z
            yield weights


def _contracts(bounds: Sequence[_Bound], sizes: Sequence[Fraction]) -> bool:
    """Whether some positive p has M.p < p_k for an option of every bound; p by iteration, checked exactly."""
    quick = [(b.k, [[(j, float(y)) for j, y in m.items()] for m in b.options]) for b in bounds]
    if any(not options for _, options in quick):
        return False
    start = [float(s) for s in sizes]
    p = list(start)
    for _ in range(_ROUNDS):
        after = list(start)
        for k, options in quick:
            least = min(sum(y * p[j] for j, y in m) for m in options)
            after[k] = max(after[k], start[k] + least)
        settled = all(x <= y * 1.00001 for x, y in zip(after, p, strict=True))
        p = after
        if settled or max(x / s for x, s in zip(p, start, strict=True)) > _LARGE:
            break
    exact = [Fraction(x) for x in p]
    return all(any(_sum(m, exact) < exact[b.k] for m in b.options) for b in bounds)


def _sum(weights: Weights, values: Sequence[Fraction]) -> Fraction:
    return sum((y * values[j] for j, y in weights.items()), _ZERO)


def _dot(one: Point, two: Point) -> Fraction:
    return one[0] * two[0] + one[1] * two[1]


def _cross(one: Point, two: Point) -> Fraction:
    return one[0] * two[1] - one[1] * two[0]
