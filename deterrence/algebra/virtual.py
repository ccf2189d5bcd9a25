"""Virtual substitution: the end points of satisfying intervals put in for a parameter symbolically.

For conditions of degree up to two in the parameter.  Test points are minus infinity and, for each atom, the
roots where it starts to hold or the points just after them; a guard goes with each.  Sources:
[LoosWeispfenning1993], [Weispfenning1997].
"""

from __future__ import annotations

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import AllOf, AnyOf, Atom, Region, all_of, any_of, atom, atoms_of
from deterrence.algebra.value import Value, fraction, poly_at, sign_region, value
from deterrence.errors import OutOfScope

_ONE = Poly.constant(1)


def substituted(region: Region, name: str, root: Value) -> Region:
    """The region with a parameter replaced by a value, which must be defined where it is used."""
    if isinstance(region, Atom):
        if region.poly.degree(name) == 0:
            return region
        return sign_region(poly_at(region.poly, {name: root}), region.relation)
    if isinstance(region, AllOf):
        return all_of(substituted(p, name, root) for p in region.parts)
    assert isinstance(region, AnyOf)
    return any_of(substituted(p, name, root) for p in region.parts)


def virtual_projection(region: Region, name: str, outer: Region, ask: Prover) -> Region:
    """Test points: minus infinity, and the roots where an atom starts to hold (or just after)."""
    guards: dict[tuple[Value, bool], list[Region]] = {}
    for part in atoms_of(region):
        if part.poly.degree(name):
            for guard, root in _roots(part.poly, name):
                guards.setdefault((root, part.relation in (">", "!=")), []).append(guard)
    found = [_at_minus_infinity(region, name)]
    for (root, after), listed in guards.items():
        guard = any_of(listed)  # one root may stand in several conditions, each with its own guard
        if ask.satisfiable(all_of((outer, guard))) is not False:
            body = _just_after(region, name, root) if after else substituted(region, name, root)
            found.append(all_of((guard, body)))
    return any_of(r for r in found if ask.satisfiable(all_of((outer, r))) is not False)


def _roots(poly: Poly, name: str) -> list[tuple[Region, Value]]:
    coefficients = poly.coefficients(name)
    if len(coefficients) > 3:
        raise OutOfScope(
            f"{name} occurs with degree {len(coefficients) - 1}; it can be eliminated only up to degree two"
        )
    if len(coefficients) == 2:
        c, b = coefficients
        return [(atom(b, "!="), fraction(-c, b))]
    c, b, a = coefficients
    inside = b * b - 4 * a * c
    proper = all_of((atom(a, "!="), atom(inside, ">=")))
    roots = [(proper, value(-b, sign, inside, 2 * a)) for sign in (_ONE, -_ONE)]
    if not b.is_zero and not a.is_constant:
        roots.append((all_of((atom(a, "=="), atom(b, "!="))), fraction(-c, b)))
    return roots


def _at_minus_infinity(region: Region, name: str) -> Region:
    if isinstance(region, Atom):
        coefficients = region.poly.coefficients(name)
        if region.relation == "==":
            return all_of(atom(c, "==") for c in coefficients)
        if region.relation == "!=":
            return any_of(atom(c, "!=") for c in coefficients)
        result: Region = atom(coefficients[0], region.relation)
        for power, c in enumerate(coefficients[1:], start=1):
            facing = c if power % 2 == 0 else -c
            result = any_of((atom(facing, ">"), all_of((atom(c, "=="), result))))
        return result
    if isinstance(region, AllOf):
        return all_of(_at_minus_infinity(p, name) for p in region.parts)
    assert isinstance(region, AnyOf)
    return any_of(_at_minus_infinity(p, name) for p in region.parts)


def _just_after(region: Region, name: str, root: Value) -> Region:
    if isinstance(region, Atom):
        if region.poly.degree(name) == 0:
            return region
        if region.relation == "==":
            return all_of(atom(c, "==") for c in region.poly.coefficients(name))
        if region.relation == "!=":
            return any_of(atom(c, "!=") for c in region.poly.coefficients(name))
        here = poly_at(region.poly, {name: root})
        slope = region.poly.derivative(name)
        after = (
            _just_after(Atom(slope, region.relation), name, root)
            if slope.degree(name)
            else atom(slope, region.relation)
        )
        return any_of((sign_region(here, ">"), all_of((sign_region(here, "=="), after))))
    if isinstance(region, AllOf):
        return all_of(_just_after(p, name, root) for p in region.parts)
    assert isinstance(region, AnyOf)
    return any_of(_just_after(p, name, root) for p in region.parts)
