"""Eliminating quantifiers: the region where some value of a parameter satisfies a condition.

Conjunctions that are linear in the parameter are projected by comparing lower with upper bounds
(Fourier-Motzkin), with the parameter space split where the sign of a coefficient is not settled.
Everything else up to degree two goes by virtual substitution: the end points of the satisfying
intervals are put in symbolically, square roots and infinitesimals included [LoosWeispfenning1993],
[Weispfenning1997].  Higher degrees raise OutOfScope.  `proves_projection` checks a result with z3's
quantified solver, which shares no code with this file [BjornerJanota2015].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import product
from typing import Any

import z3

from deterrence.algebra.decide import Prover, prover
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
    map_atoms,
    names_of,
)
from deterrence.algebra.smt import z3_real, z3_region
from deterrence.algebra.value import fraction
from deterrence.algebra.virtual import substituted, virtual_projection
from deterrence.errors import OutOfScope

_MAX_ALTERNATIVES = 64
_NLQSAT_MS = 1000
_effort: ContextVar[list[int] | None] = ContextVar("effort", default=None)
_ZERO, _ONE, _TWO = Poly.constant(0), Poly.constant(1), Poly.constant(2)


@contextmanager
def bounded(cases: int) -> Iterator[None]:
    """Within this, eliminations that need more than so many cases together raise OutOfScope.

    The cases are those of coefficients whose signs the assumptions leave open; they multiply.
    """
    token = _effort.set([cases])
    try:
        yield
    finally:
        _effort.reset(token)


def _spend() -> None:
    left = _effort.get()
    if left is not None:
        left[0] -= 1
        if left[0] < 0:
            raise OutOfScope(
                "the signs of too many coefficients are open, so that eliminating probabilities and "
                "beliefs splits into too many cases; assume an ordering of the payoffs"
            )


def exists(region: Region, names: Iterable[str], given: Region) -> Region:
    """The points for which some values of `names` put them in the region, under `given`.

    The result is quantifier-free and equal to the projection wherever `given` holds.  Raises
    OutOfScope when a name occurs with degree above two after factoring.
    """
    left = [n for n in names if n in names_of(region)]
    while left:
        name = min(left, key=lambda n: (_degree(region, n), _occurrences(region, n), n))
        left.remove(name)
        region = _project(region, name, prover(given))
    return region


def for_all(region: Region, names: Iterable[str], given: Region, ranges: Region = EVERYWHERE) -> Region:
    """The points for which every value of `names` within `ranges` puts them in the region."""
    return complement(exists(all_of((ranges, complement(region))), names, given))


def proves_projection(region: Region, names: Sequence[str], result: Region, given: Region) -> bool | None:
    """Whether `result` is exactly the projection of `region` along `names`; None when undecided.

    >>> x, a = Poly.variable("x"), Poly.variable("a")
    >>> proves_projection(atom(x * x - a, "=="), ["x"], atom(a, ">="), EVERYWHERE)
    True
    """
    if prover(given).implies(region, result) is not True:
        return prover(given).implies(region, result)
    bound = [z3_real(n) for n in names if n in names_of(region)]
    inside: Any = z3.Exists(bound, z3_region(region)) if bound else z3_region(region)
    solver = z3.Tactic("nlqsat").solver()
    solver.set("timeout", _NLQSAT_MS)
    solver.add(z3_region(given), z3_region(result), z3.Not(inside))
    answer = solver.check()
    return None if answer == z3.unknown else bool(answer == z3.unsat)


def _degree(region: Region, name: str) -> int:
    if isinstance(region, Atom):
        return region.poly.degree(name)
    assert isinstance(region, AllOf | AnyOf)
    return max((_degree(p, name) for p in region.parts), default=0)


def _occurrences(region: Region, name: str) -> int:
    if isinstance(region, Atom):
        return int(region.poly.degree(name) > 0)
    assert isinstance(region, AllOf | AnyOf)
    return sum(_occurrences(p, name) for p in region.parts)


def _project(region: Region, name: str, ask: Prover) -> Region:
    if name not in names_of(region):
        return region
    if isinstance(region, AnyOf):
        return any_of(_project(p, name, ask) for p in region.parts)
    _spend()
    parts = region.parts if isinstance(region, AllOf) else (region,)
    outer = all_of(p for p in parts if name not in names_of(p))
    inner = [p for p in parts if name in names_of(p)]
    if outer == NOWHERE:
        return NOWHERE
    inner = [_lowered(p, name) for p in inner]
    options = [p.parts if isinstance(p, AnyOf) else (p,) for p in inner]
    count = 1
    for choice in options:
        count *= len(choice)
    if count == 1 and all(isinstance(p, Atom) for p in inner):
        atoms = [p for p in inner if isinstance(p, Atom)]
        if all(a.poly.degree(name) <= 1 for a in atoms) or any(
            a.relation == "==" and a.poly.degree(name) == 1 for a in atoms
        ):
            return _linear(outer, atoms, name, ask)
        return all_of((outer, virtual_projection(all_of(inner), name, outer, ask)))
    if count <= _MAX_ALTERNATIVES:
        found = []
        for choice in product(*options):
            branch = all_of((outer, *choice))
            if ask.satisfiable(branch) is not False:
                found.append(_project(branch, name, ask))
        return any_of(found)
    return all_of((outer, virtual_projection(all_of(inner), name, outer, ask)))


def _lowered(region: Region, name: str) -> Region:
    """The same region with products of factors split up where that lowers the degree in `name`."""
    changes: dict[Atom, Region] = {}
    for part in atoms_of(region):
        if part.poly.degree(name) > 1:
            content, factors = part.poly.factors()
            if sum(1 for f, _ in factors if f.degree(name)) > 1 or any(m > 1 for _, m in factors):
                changes[part] = _product_sign(content, factors, part.relation)
    return map_atoms(region, changes) if changes else region


def _product_sign(content: int, factors: tuple[tuple[Poly, int], ...], relation: str) -> Region:
    if relation == "==":
        return any_of(atom(f, "==") for f, _ in factors)
    if relation == "!=":
        return all_of(atom(f, "!=") for f, _ in factors)
    odd = [f for f, m in factors if m % 2]
    even = [f for f, m in factors if m % 2 == 0]
    options = []
    for signs in product((1, -1), repeat=len(odd)):
        total = 1 if content > 0 else -1
        for s in signs:
            total *= s
        if total > 0:
            options.append(all_of(atom(f * s, relation) for f, s in zip(odd, signs, strict=True)))
    positive = any_of(options)
    if relation == ">":
        return all_of((positive, *(atom(f, "!=") for f in even)))
    return any_of((positive, *(atom(f, "==") for f in even)))


# -- conjunctions that are linear in the parameter ------------------------------------------------
def _linear(outer: Region, atoms: list[Atom], name: str, ask: Prover) -> Region:
    for part in atoms:
        if part.relation == "==" and part.poly.degree(name) == 1:
            return _substitute_equation(outer, part, [a for a in atoms if a is not part], name, ask)
    for i, part in enumerate(atoms):
        if part.relation == "!=":
            rest = atoms[:i] + atoms[i + 1 :]
            return any_of(
                _branch(outer, [*rest, side], name, ask)
                for side in (Atom(part.poly, ">"), Atom(-part.poly, ">"))
            )
    lower: list[tuple[Poly, Poly, bool]] = []
    upper: list[tuple[Poly, Poly, bool]] = []
    for part in atoms:
        constant, slope = part.poly.coefficients(name)
        signs = _stated_sign(slope, outer) or ask.sign(slope, outer)
        if signs is None or len(signs) != 1:
            if signs is not None and not signs:
                return NOWHERE
            return any_of(
                _project(all_of((branch, *atoms)), name, ask)
                for relation in (">", "<", "==")
                if ask.satisfiable(branch := all_of((outer, atom(slope, relation)))) is not False
                and ask.satisfiable(all_of((branch, *atoms))) is not False
            )
        strict = part.relation == ">"
        sign = next(iter(signs))
        if sign > 0:
            lower.append((constant, slope, strict))
        elif sign < 0:
            upper.append((constant, -slope, strict))
        else:
            return _project(
                all_of((outer, _without(part, name), *(a for a in atoms if a is not part))), name, ask
            )
    conditions = [
        atom(c2 * s1 + c1 * s2, ">" if strict1 or strict2 else ">=")
        for c1, s1, strict1 in lower
        for c2, s2, strict2 in upper
    ]
    return all_of((outer, *conditions))


def _stated_sign(slope: Poly, outer: Region) -> frozenset[int] | None:
    """The sign of a coefficient when a condition on it is among those already met."""
    stated = outer.parts if isinstance(outer, AllOf) else (outer,)
    for sign, relation in ((1, ">"), (-1, "<"), (0, "==")):
        if atom(slope, relation) in stated:
            return frozenset({sign})
    return None


def _without(part: Atom, name: str) -> Region:
    """An atom whose slope in `name` is known to be zero."""
    return atom(part.poly.coefficients(name)[0], part.relation)


def _branch(outer: Region, atoms: list[Atom], name: str, ask: Prover) -> Region:
    whole = all_of((outer, *atoms))
    if ask.satisfiable(whole) is False:
        return NOWHERE
    return _project(whole, name, ask)


def _substitute_equation(outer: Region, equation: Atom, rest: list[Atom], name: str, ask: Prover) -> Region:
    constant, slope = equation.poly.coefficients(name)
    whole = all_of((outer, equation, *rest))
    if ask.nonzero(slope, whole) is True:
        root = fraction(-constant, slope)
        return all_of((outer, atom(slope, "!="), *(substituted(a, name, root) for a in rest)))
    results = []
    for relation in ("!=", "=="):
        branch = all_of((outer, atom(slope, relation)))
        if ask.satisfiable(all_of((branch, equation, *rest))) is False:
            continue
        if relation == "!=":
            root = fraction(-constant, slope)
            results.append(all_of((branch, *(substituted(a, name, root) for a in rest))))
        else:
            results.append(_project(all_of((branch, atom(constant, "=="), *rest)), name, ask))
    return any_of(results)
