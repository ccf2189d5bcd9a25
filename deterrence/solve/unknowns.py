"""Solving the equations of a system for its unknowns: each with coefficient proved nonzero, or in branches.

An equilibrium's indifference conditions are equations in mixing probabilities and beliefs.  One that is
linear in an unknown gives it as an exact expression; where the coefficient may be zero, both cases are kept,
and they exclude each other.  What cannot be solved so (a square in every unknown) stays as a condition beside
free unknowns, which is exact as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deterrence.algebra.decide import Prover
from deterrence.algebra.region import AllOf, Atom, Region, all_of, atom, names_of
from deterrence.algebra.value import Value, fraction
from deterrence.algebra.virtual import substituted

_MAX_BRANCHES = 64


@dataclass(frozen=True)
class Solved:
    """A branch: solved unknowns as expressions in the others and the parameters, and what is left to hold."""

    table: Mapping[str, Value]
    where: Region

    def put(self, v: Value) -> Value:
        """A value with the solved unknowns put in."""
        return v.substitute(dict(self.table))

    def into(self, region: Region) -> Region:
        """A region with the solved unknowns put in."""
        for name, v in self.table.items():
            region = substituted(region, name, v)
        return region


def solved(where: Region, unknowns: Sequence[str], ask: Prover) -> list[Solved]:
    """The branches of a conjunction, solved for the unknowns; branches proved empty are left out.

    >>> from deterrence.algebra.decide import prover
    >>> from deterrence.algebra.grammar import parse_condition
    >>> from deterrence.algebra.reading import Reading, read_region
    >>> region = read_region(parse_condition("a*x == b and x > 0"), Reading(lenient=True))
    >>> given = read_region(parse_condition("a > 0"), Reading(lenient=True))
    >>> [(str(s.table["x"]), str(s.where)) for s in solved(region, ["x"], prover(given))]
    [('b/a', 'a != 0 and a*b > 0')]
    """
    found: list[Solved] = []
    todo: list[tuple[Region, dict[str, Value]]] = [(where, {})]
    while todo:
        region, table = todo.pop()
        if ask.satisfiable(region) is False:
            continue
        step = _step(region, [u for u in unknowns if u not in table], ask)
        if step is None or len(todo) + len(found) > _MAX_BRANCHES:
            found.append(Solved(table, region))
            continue
        todo += [(r, _extended(table, name, v)) for r, name, v in reversed(step)]
    return found


Step = list[tuple[Region, str, Value | None]]


def _extended(table: dict[str, Value], name: str, v: Value | None) -> dict[str, Value]:
    if v is None:
        return table
    return {**{n: old.substitute({name: v}) for n, old in table.items()}, name: v}


def _step(region: Region, unknowns: Sequence[str], ask: Prover) -> Step | None:
    """The branches that one equation makes, or nothing where no equation can be used."""
    parts = region.parts if isinstance(region, AllOf) else (region,)
    equations = [p for p in parts if isinstance(p, Atom) and p.relation == "==" and _any(p, unknowns)]
    for part in equations:
        factors = [x for x, _ in part.poly.factors()[1]]
        rest = [p for p in parts if p is not part]
        left = [x for x in factors if ask.nonzero(x, all_of(rest)) is not True]
        if len(left) < len(factors) or len(left) > 1:
            branches: Step = []
            for k, factor in enumerate(left):
                others = [atom(x, "!=") for x in left[:k]]
                branches.append((all_of((*rest, atom(factor, "=="), *others)), "", None))
            return branches
    best: tuple[tuple[bool, int, int], Atom, str] | None = None
    for part in equations:
        for name in unknowns:
            if part.poly.degree(name) == 1:
                slope = part.poly.coefficients(name)[1]
                sure = ask.nonzero(slope, region) is True
                key = (not sure, slope.total_degree, slope.size)
                if best is None or key < best[0]:
                    best = (key, part, name)
    if best is None:
        return None
    (unsure, _, _), part, name = best
    rest = [p for p in parts if p is not part]
    constant, slope = part.poly.coefficients(name)
    value = fraction(-constant, slope)
    guard = [] if ask.nonzero(slope) is True else [atom(slope, "!=")]
    branches = [(all_of((*guard, *(substituted(p, name, value) for p in rest))), name, value)]
    if unsure:
        zero = all_of((*rest, atom(slope, "=="), atom(constant, "==")))
        branches.append((zero, "", None))
    return branches


def _any(part: Atom, unknowns: Sequence[str]) -> bool:
    return bool(names_of(part) & set(unknowns))
