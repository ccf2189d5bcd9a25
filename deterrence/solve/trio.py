"""All Nash equilibria of games of three players with two actions each, fully mixed ones included.

Each player either plays one action for sure or mixes; a mixing player's gain from its first action, which
is bilinear in the other two probabilities, is zero, and the gain of a player who does not mix has the right
sign.  The equations are solved one unknown at a time with case splits on the leading coefficients; the fully
mixed system ends in a quadratic, whose two roots are kept apart.  Sources: [Nash1951] for equilibria with
roots; [McKelveyMcLennan1996] for polynomial systems.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, atom
from deterrence.algebra.value import Value, fraction, from_poly, number, poly_at, sign_region, value
from deterrence.algebra.virtual import substituted
from deterrence.errors import OutOfScope
from deterrence.solve.components import Component

_ONE = Poly.constant(1)


def trio_components(
    tables: tuple[Sequence[Poly], Sequence[Poly], Sequence[Poly]],
    names: tuple[str, str, str],
    ask: Prover,
    emptied: list[Region],
) -> list[Component]:
    """The components; `tables` lists each player's payoffs over the eight profiles, last player fastest.

    `names` are the variables for the probability of each player's first action.  Every condition that was
    dropped because it was proved empty is added to `emptied`.
    """
    gains = [_gain(tables[i], i, names) for i in range(3)]
    found: list[Component] = []
    for kinds in product(("first", "second", "mixed"), repeat=3):
        unknowns = [n for n, k in zip(names, kinds, strict=True) if k == "mixed"]
        sure = {n: number(int(k == "first")) for n, k in zip(names, kinds, strict=True) if k != "mixed"}
        equations: list[Poly] = []
        signs: list[Region] = []
        for gain, kind in zip(gains, kinds, strict=True):
            here = poly_at(gain, sure).a
            if kind == "mixed":
                equations.append(here)
            else:
                signs.append(atom(here, ">=" if kind == "first" else "<="))
        positive = [
            r for n in unknowns for r in (atom(Poly.variable(n), ">"), atom(Poly.variable(n) - 1, "<"))
        ]
        also = all_of((*positive, *signs))
        start = Case(tuple(equations), EVERYWHERE, {})
        for case in solve_system(start, unknowns, also, ask, emptied):
            found.append(_component(case, names, unknowns, sure, signs))
    return found


def _gain(table: Sequence[Poly], player: int, names: tuple[str, str, str]) -> Poly:
    """The player's gain from its first action over its second, in the others' probabilities."""
    total = Poly.constant(0)
    others = [i for i in range(3) if i != player]
    for choice in product((0, 1), repeat=2):
        index = [0, 0, 0]
        for i, c in zip(others, choice, strict=True):
            index[i] = c
        weight = _ONE
        for i, c in zip(others, choice, strict=True):
            x = Poly.variable(names[i])
            weight = weight * (x if c == 0 else 1 - x)
        index[player] = 0
        first = table[index[0] * 4 + index[1] * 2 + index[2]]
        index[player] = 1
        second = table[index[0] * 4 + index[1] * 2 + index[2]]
        total = total + weight * (first - second)
    return total


# -- polynomial systems, one unknown at a time ----------------------------------------------------
@dataclass(frozen=True)
class Case:
    """Equations still to solve, conditions met so far (on parameters and unknowns), unknowns solved."""

    equations: tuple[Poly, ...]
    guard: Region
    values: dict[str, Value]


def solve_system(
    case: Case, unknowns: Sequence[str], also: Region, ask: Prover, emptied: list[Region]
) -> list[Case]:
    """All cases of a polynomial system in a few unknowns, at most quadratic once the rest is put in.

    Cases that contradict the equations and `also` are dropped only when that is proved.  Raises
    OutOfScope when an equation of higher degree remains.
    """
    equations = tuple(e for e in case.equations if not e.is_zero)
    whole = all_of((also, case.guard, *(atom(e, "==") for e in equations)))
    if ask.satisfiable(whole) is False:
        if whole != NOWHERE:
            emptied.append(whole)
        return []
    for equation in equations:
        pieces = [f for f, _ in equation.factors()[1]]
        if len(pieces) > 1:  # a product is zero where its first factor is, or else where the others' is
            rest = tuple(e for e in equations if e != equation)
            other = pieces[1]
            for piece in pieces[2:]:
                other = other * piece
            first = Case((*rest, pieces[0]), case.guard, case.values)
            second = Case((*rest, other), all_of((case.guard, atom(pieces[0], "!="))), case.values)
            return [
                solved
                for part in (first, second)
                for solved in solve_system(part, unknowns, also, ask, emptied)
            ]
        if not any(equation.degree(n) for n in unknowns):
            rest = tuple(e for e in equations if e != equation)
            met = all_of((case.guard, atom(equation, "==")))
            return solve_system(Case(rest, met, case.values), unknowns, also, ask, emptied)
    if not equations:
        return [replace(case, equations=())]
    equation, name = _easiest(equations, unknowns, whole, ask)
    rest = tuple(e for e in equations if e != equation)
    coefficients = equation.coefficients(name)
    found: list[Case] = []
    if len(coefficients) == 2:
        constant, slope = coefficients
        root = fraction(-constant, slope)
        guard = all_of((case.guard, atom(slope, "!=")))
        found += solve_system(
            _put(case, rest, guard, name, root), unknowns, _in(also, name, root), ask, emptied
        )
        zero = Case((*rest, slope, constant), case.guard, case.values)
        if ask.nonzero(slope, whole) is not True:
            found += solve_system(zero, unknowns, also, ask, emptied)
        return found
    if len(coefficients) != 3:
        raise OutOfScope(
            f"an equation of degree {len(coefficients) - 1} in {name} cannot be solved in closed form"
        )
    c, b, a = coefficients
    inside = b * b - 4 * a * c
    if rest:
        raise OutOfScope("more than one quadratic equation remains; no closed form is given")
    for sign, relation in ((1, ">="), (-1, ">")):  # a double root is listed once
        root = value(-b, Poly.constant(sign), inside, 2 * a)
        guard = all_of((case.guard, atom(a, "!="), atom(inside, relation)))
        found += solve_system(
            _put(case, rest, guard, name, root), unknowns, _in(also, name, root), ask, emptied
        )
    if ask.nonzero(a, whole) is not True:
        lower = Poly.variable(name) * b + c
        met = all_of((case.guard, atom(a, "==")))
        found += solve_system(Case((*rest, a, lower), met, case.values), unknowns, also, ask, emptied)
    return found


def _easiest(
    equations: tuple[Poly, ...], unknowns: Sequence[str], where: Region, ask: Prover
) -> tuple[Poly, str]:
    """Linear before quadratic, a coefficient proved nonzero before one that splits, short before long."""

    def effort(choice: tuple[Poly, str]) -> tuple[int, bool, bool, int, str]:
        equation, name = choice
        coefficients = equation.coefficients(name)
        lead = coefficients[-1]
        split = ask.nonzero(lead, where) is not True
        mixed = any(lead.degree(n) for n in unknowns)
        return (len(coefficients), split, mixed, equation.size, name)

    return min(((e, n) for e in equations for n in unknowns if e.degree(n)), key=effort)


def _put(case: Case, rest: tuple[Poly, ...], guard: Region, name: str, root: Value) -> Case:
    equations = []
    for equation in rest:
        put = poly_at(equation, {name: root})
        if not put.is_rational:
            raise OutOfScope("a square root would have to be put into another equation")
        equations.append(put.a)
    values = {n: v.substitute({name: root}) for n, v in case.values.items()}
    return Case(tuple(equations), _in(guard, name, root), {**values, name: root})


def _in(region: Region, name: str, root: Value) -> Region:
    return substituted(region, name, root)


def _component(
    case: Case, names: Sequence[str], unknowns: Sequence[str], sure: dict[str, Value], signs: Sequence[Region]
) -> Component:
    free = tuple(n for n in unknowns if n not in case.values)
    values = {**sure, **{n: from_poly(Poly.variable(n)) for n in free}, **case.values}
    rows = tuple((values[n], number(1) - values[n]) for n in names)
    replies: list[Region] = []
    for region in signs:
        for name in case.values:
            region = substituted(region, name, case.values[name])
        replies.append(region)
    inside = [_bounds(values[n], ">") for n in unknowns]
    within = [_bounds(values[n], ">=") for n in unknowns]
    return Component(
        rows, free, all_of((case.guard, *inside, *replies)), all_of((case.guard, *within, *replies))
    )


def _bounds(v: Value, relation: str) -> Region:
    return all_of((sign_region(v, relation), sign_region(number(1) - v, relation)))
