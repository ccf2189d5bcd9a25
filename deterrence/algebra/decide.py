"""Deciding questions about regions under assumptions: is there a point, does one region imply another.

A `Prover` holds the assumptions, a pool of exact points that satisfy them, and z3.  A question is first
put to the pool (a point that answers it is an exact witness and costs microseconds), then to a portfolio
of short z3 slices: more time rarely helps, another strategy often does.  Running out is `None`, never no.

The pool is kept as bit masks, one bit a point, so asking it evaluates each polynomial once per point
ever.  Sources: [deMouraBjorner2008], [JovanovicDeMoura2012]; the slices were chosen by measurement.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import z3

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import (
    EVERYWHERE,
    NOWHERE,
    AllOf,
    AnyOf,
    Atom,
    Region,
    all_of,
    any_of,
    atom,
    atoms_of,
    complement,
    names_of,
)
from deterrence.algebra.smt import exact, z3_parts, z3_poly, z3_real

Witness = dict[str, Fraction]
NICE = (
    *map(Fraction, ("1", "2", "1/2", "3", "0", "4", "1/3", "-1")),
    *map(Fraction, ("3/2", "2/3", "5", "1/4", "3/4", "-2", "6", "8")),
)
_POOL_DRAWS = 400
_POOL_KEPT = 48
_SLICE_MS = 150
_LAST_SLICE_MS = 300
_MAX_ALTERNATIVES = 16
_PATIENT_SLICES_MS = (1000, 4000)


class Prover:
    """Answers questions about regions under fixed assumptions; get one from `prover(given)`."""

    def __init__(self, given: Region) -> None:
        self.given = given
        self.names = names_of(given)
        self.calls = 0
        self._points: list[Witness] = []
        self._pool_names: set[str] = set(self.names)
        self._signs: dict[Poly, tuple[int, int, int, int]] = {}
        self._memo: dict[Region, bool | None] = {}
        self._known: set[tuple[tuple[str, Fraction], ...]] = set()
        self.positive = frozenset(
            a.poly.names[0]
            for a in (given.parts if isinstance(given, AllOf) else (given,))
            if isinstance(a, Atom) and a.relation == ">" and a.poly == Poly.variable(a.poly.names[0])
        )
        self._fill_pool()

    # -- the pool of exact points -------------------------------------------------------------
    def _fill_pool(self) -> None:
        rng = random.Random(20)
        names = sorted(self.names)
        if not names:
            self._points.append({})
            return
        choices = {n: [v for v in NICE if v > 0] if n in self.positive else list(NICE) for n in names}
        for _ in range(_POOL_DRAWS):
            self.offer({n: rng.choice(choices[n]) for n in names})
            if len(self._points) >= _POOL_KEPT:
                break

    def offer(self, point: Mapping[str, Fraction]) -> bool:
        """Add a point to the pool if it satisfies the assumptions; tell whether it does."""
        if not self.names <= set(point) or not self.given.contains(point):
            return False
        full = {n: point.get(n, Fraction(1)) for n in self._pool_names}
        full.update(point)
        for name in set(full) - self._pool_names:
            self._extend(name)
        self._points.append(full)
        return True

    def _extend(self, name: str) -> None:
        """Give every point of the pool a value for a name that the assumptions leave free."""
        self._pool_names.add(name)
        for i, known in enumerate(self._points):
            if name not in known:
                known[name] = NICE[(i + len(self._pool_names)) % len(NICE)]

    def _sign_masks(self, poly: Poly) -> tuple[int, int, int]:
        below, zero, above, done = self._signs.get(poly, (0, 0, 0, 0))
        if done < len(self._points):
            for name in poly.names:
                if name not in self._pool_names:
                    self._extend(name)
            for i in range(done, len(self._points)):
                sign = poly.sign_at(self._points[i])
                if sign < 0:
                    below |= 1 << i
                elif sign > 0:
                    above |= 1 << i
                else:
                    zero |= 1 << i
            self._signs[poly] = (below, zero, above, len(self._points))
        return below, zero, above

    def _mask(self, region: Region) -> int:
        if isinstance(region, Atom):
            below, zero, above = self._sign_masks(region.poly)
            if region.relation == ">":
                return above
            if region.relation == ">=":
                return above | zero
            return zero if region.relation == "==" else above | below
        if isinstance(region, AllOf):
            mask = (1 << len(self._points)) - 1
            for part in region.parts:
                mask &= self._mask(part)
                if not mask:
                    return 0
            return mask
        assert isinstance(region, AnyOf)
        mask = 0
        for part in region.parts:
            mask |= self._mask(part)
        return mask

    def know(self, point: Mapping[str, Fraction]) -> None:
        """Add a point and its neighbours that differ in one parameter to the pool, once."""
        key = tuple(sorted(point.items()))
        if key in self._known:
            return
        self._known.add(key)
        self.offer(point)
        for name in point:
            for nice in NICE:
                self.offer({**point, name: nice})

    def pool_points(self, region: Region) -> list[Witness]:
        """All points of the pool in the region."""
        mask = self._mask(region)
        return [p for i, p in enumerate(self._points) if mask >> i & 1]

    def pool_point(self, region: Region) -> Witness | None:
        """A point of the pool in the region, if there is one."""
        mask = self._mask(region)
        return self._points[(mask & -mask).bit_length() - 1] if mask else None

    # -- questions ----------------------------------------------------------------------------
    def satisfiable(self, region: Region, patient: bool = False) -> bool | None:
        """Whether the assumptions and the region have a common point; None when undecided.

        Questions whose answer is shown to people are asked with `patient`: should the short slices run out,
        as they may on a busy machine, longer ones follow.
        """
        if region == NOWHERE:
            return False
        known = self._memo.get(region)
        if known is not None or (region in self._memo and not patient):
            return known
        answer: bool | None
        if self._mask(region):
            answer = True
        elif self._syntactically_empty(region):
            answer = False
        else:
            answer = self._ask(region, patient)
        self._memo[region] = answer
        return answer

    def implies(self, region: Region, other: Region, patient: bool = False) -> bool | None:
        """Whether every point of the assumptions in `region` is in `other`."""
        found = self.satisfiable(all_of((region, complement(other))), patient)
        return None if found is None else not found

    def holds(self, region: Region) -> bool | None:
        """Whether the assumptions imply the region."""
        return self.implies(EVERYWHERE, region)

    def equivalent(self, region: Region, other: Region) -> bool | None:
        """Whether the two regions have the same points under the assumptions."""
        if region == other:
            return True
        one = self.implies(region, other, patient=True)
        if one is not True:
            return one
        return self.implies(other, region, patient=True)

    def sign(self, poly: Poly, where: Region = EVERYWHERE) -> frozenset[int] | None:
        """The signs (-1, 0, 1) that a polynomial takes in the region; None when undecided."""
        if poly.is_constant:
            return frozenset({poly.leading_sign})
        known = self._obvious_sign(poly)
        if known is not None:
            return frozenset({known})
        signs = set()
        for sign, relation in ((1, ">"), (-1, "<"), (0, "==")):
            found = self.satisfiable(all_of((where, atom(poly, relation))))
            if found is None:
                return None
            if found:
                signs.add(sign)
        return frozenset(signs)

    def nonzero(self, poly: Poly, where: Region = EVERYWHERE) -> bool | None:
        """Whether a polynomial vanishes nowhere in the region."""
        if poly.is_constant:
            return not poly.is_zero
        if self._obvious_sign(poly) is not None:
            return True
        found = self.satisfiable(all_of((where, atom(poly, "=="))))
        return None if found is None else not found

    def _obvious_sign(self, poly: Poly) -> int | None:
        """The sign of a polynomial in positive parameters whose coefficients all agree."""
        signs = {1 if c > 0 else -1 for _, c in poly.terms}
        if len(signs) == 1 and set(poly.names) <= self.positive:
            return signs.pop()
        return None

    def _syntactically_empty(self, region: Region) -> bool:
        parts = region.parts if isinstance(region, AllOf) else (region,)
        for part in parts:
            if isinstance(part, Atom):
                sign = self._obvious_sign(part.poly)
                if sign is not None and (
                    part.relation == "==" or (sign < 0 and part.relation in (">", ">="))
                ):
                    return True
        return False

    # -- z3 -----------------------------------------------------------------------------------
    def _ask(self, region: Region, patient: bool) -> bool | None:
        formulas = [*z3_parts(self.given), *z3_parts(region)]
        for solver in self._slices(patient):
            self.calls += 1
            solver.add(*formulas)
            answer = solver.check()
            if answer == z3.sat:
                self._keep(solver.model(), region)
                return True
            if answer == z3.unsat:
                return False
        return None

    def _slices(self, patient: bool) -> Iterable[Any]:
        yield _solver(100, tactic="qfnra-nlsat")
        yield _solver(_SLICE_MS)
        yield _solver(_SLICE_MS, variable_ordering_strategy=2)
        yield _solver(_SLICE_MS, reorder=False)
        simple = z3.SimpleSolver()
        simple.set("timeout", _SLICE_MS)
        yield simple
        yield _solver(_LAST_SLICE_MS, variable_ordering_strategy=4)
        if patient:
            for milliseconds in _PATIENT_SLICES_MS:
                yield _solver(milliseconds, tactic="qfnra-nlsat")
                yield _solver(milliseconds, variable_ordering_strategy=2)
                yield _solver(milliseconds)

    def sample_signs(self, region: Region, polys: Iterable[Poly]) -> dict[Poly, int] | None:
        """The signs of the polynomials at some point of the region; None when none was found."""
        point = self.pool_point(region)
        if point is not None:
            for poly in polys:
                self._sign_masks(poly)
            return {p: p.sign_at(point) for p in polys}
        if self._syntactically_empty(region):
            return None
        for solver in self._slices(False):
            self.calls += 1
            solver.add(*z3_parts(self.given), *z3_parts(region))
            answer = solver.check()
            if answer == z3.unsat:
                return None
            if answer == z3.sat:
                model = solver.model()
                self._keep(model, region)
                return {p: _model_sign(model, p) for p in polys}
        return None

    def _keep(self, model: Any, region: Region) -> None:
        names = self.names | names_of(region)
        point: Witness = {}
        for name in names:
            number = exact(model.eval(z3_real(name), model_completion=True))
            if number is None:
                return
            point[name] = number
        if region.contains(point):
            self.offer(point)


def _model_sign(model: Any, poly: Poly) -> int:
    number = model.eval(z3_poly(poly), model_completion=True)
    if z3.is_true(z3.simplify(number > 0)):
        return 1
    return -1 if z3.is_true(z3.simplify(number < 0)) else 0


def _solver(milliseconds: int, tactic: str = "", **options: Any) -> Any:
    if options:
        solver = z3.With(z3.Tactic("qfnra-nlsat"), **options).solver()
    elif tactic:
        solver = z3.Tactic(tactic).solver()
    else:
        solver = z3.Solver()
    solver.set("timeout", milliseconds)
    return solver


@lru_cache(maxsize=256)
def prover(given: Region) -> Prover:
    """The prover for these assumptions; asking twice gives the same one, with what it has learnt."""
    return Prover(given)


def generic(region: Region, given: Region) -> Region:
    """The points of the region at which no polynomial that varies is zero: an open piece, if there is one.

    Open means within the assumptions: equations among them hold throughout, and where they offer several
    (`w == 0 or w == 1`), each is taken on its own.
    """
    ask = prover(given)
    polys = sorted({a.poly for a in atoms_of(region)} | {a.poly for a in atoms_of(given)}, key=str)
    factors = list(dict.fromkeys(f for p in polys for f, _ in p.factors()[1]))
    pieces = []
    for equations in _alternatives(given):
        away = [f for f in factors if ask.satisfiable(all_of((equations, atom(f, "!=")))) is not False]
        pieces.append(all_of((region, equations, *(atom(f, "!=") for f in away))))
    return any_of(pieces)


def _alternatives(given: Region) -> list[Region]:
    """The systems of equations that the assumptions allow, one for each choice they leave."""
    if isinstance(given, Atom):
        if given.relation != "==":
            return [EVERYWHERE]
        return [atom(f, "==") for f, _ in given.poly.factors()[1]]
    assert isinstance(given, AllOf | AnyOf)
    if isinstance(given, AnyOf):
        return list(dict.fromkeys(e for p in given.parts for e in _alternatives(p)))[:_MAX_ALTERNATIVES]
    found: list[Region] = [EVERYWHERE]
    for part in given.parts:
        found = [all_of((one, two)) for one in found for two in _alternatives(part)][:_MAX_ALTERNATIVES]
    return found
