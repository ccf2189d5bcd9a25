"""A region as intervals of one parameter: where it lies between bounds made of the other parameters.

Conditions up to degree two in the parameter are solved for it; where the sign of a coefficient is not
settled, each sign gets an interval of its own with a condition on the other parameters.  The union of the
intervals is the region, under the assumptions; they may touch or overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.isolate import isolate
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import (
    EVERYWHERE,
    AllOf,
    Atom,
    Region,
    all_of,
    any_of,
    atom,
    holds_for_sign,
    names_of,
)
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, fraction, value
from deterrence.errors import OutOfScope

_MAX_PIECES = 64


@dataclass(frozen=True)
class End:
    """A bound of an interval; `closed` where the bound itself belongs to it."""

    value: Value
    closed: bool


@dataclass(frozen=True)
class Interval:
    """`name` above every lower end and below every upper one, on the condition `where` on the others.

    `excluded` values are left out.  Without lower ends it is unbounded below, without upper ones above.
    """

    name: str
    lower: tuple[End, ...] = ()
    upper: tuple[End, ...] = ()
    where: Region = EVERYWHERE
    excluded: tuple[Value, ...] = ()

    @property
    def region(self) -> Region:
        """The same as a region."""
        here = value(Poly.variable(self.name), Poly.constant(0), Poly.constant(0), Poly.constant(1))
        low = (compare(here, ">=" if e.closed else ">", e.value) for e in self.lower)
        high = (compare(here, "<=" if e.closed else "<", e.value) for e in self.upper)
        return all_of((self.where, *low, *high, *(compare(here, "!=", v) for v in self.excluded)))


def intervals(region: Region, name: str, given: Region) -> tuple[Interval, ...]:
    """The region solved for one parameter; none where it is empty.

    Raises OutOfScope where the parameter occurs with degree above two, or in too many cases.

    >>> from deterrence.algebra.region import atom
    >>> g, r, s, k = (Poly.variable(n) for n in ("g", "r", "s", "k"))
    >>> given = all_of(atom(p, ">") for p in (g, r, s, k))
    >>> (found,) = intervals(all_of((atom(r * s - g, ">="), atom(k - s, ">="))), "s", given)
    >>> [str(e.value) for e in (*found.lower, *found.upper)]
    ['g/r', 'k']
    """
    ask = prover(given)
    found: list[Interval] = []
    for piece in _pieces(tidy(region, given)):
        if ask.satisfiable(piece) is False:
            continue
        conditions = [p for p in _parts(piece) if name not in names_of(p)]
        bounds = [p for p in (*_parts(piece), *_bounds_of(given, name)) if name in names_of(p)]
        for one in _solved(bounds, Interval(name, where=all_of(conditions)), given):
            if ask.satisfiable(all_of((piece, one.where))) is not False:
                found.append(_shortened(one, given))
    return tuple(dict.fromkeys(found))


def _bounds_of(given: Region, name: str) -> list[Region]:
    """The assumptions that bound the parameter, as far as they stand alone."""
    return [p for p in _parts(given) if isinstance(p, Atom) and name in names_of(p)]


def _parts(region: Region) -> tuple[Region, ...]:
    return region.parts if isinstance(region, AllOf) else (region,)


def _pieces(region: Region) -> list[Region]:
    """The region as a union of conjunctions."""
    if isinstance(region, Atom):
        return [region]
    if isinstance(region, AllOf):
        joined: list[Region] = [EVERYWHERE]
        for part in region.parts:
            joined = [all_of((one, two)) for one in joined for two in _pieces(part)]
            if len(joined) > _MAX_PIECES:
                raise OutOfScope(f"the region has over {_MAX_PIECES} pieces, too many to list as intervals")
        return joined
    return [one for part in region.parts for one in _pieces(part)]  # type: ignore[attr-defined]


def _solved(bounds: Sequence[Region], start: Interval, given: Region) -> Iterator[Interval]:
    """Every choice of one way to meet each bound, where the choices go together."""
    ask = prover(given)
    found = [start]
    for bound in bounds:
        assert isinstance(bound, Atom)
        longer = []
        for one in found:
            for way in _ways(bound, start.name, one.where, ask):
                where = all_of((one.where, way.where))
                if ask.satisfiable(where) is not False:
                    longer.append(
                        Interval(
                            start.name,
                            (*one.lower, *way.lower),
                            (*one.upper, *way.upper),
                            where,
                            (*one.excluded, *way.excluded),
                        )
                    )
        found = longer
        if len(found) > _MAX_PIECES:
            raise OutOfScope(f"the signs of coefficients leave more than {_MAX_PIECES} intervals")
    yield from found


def _ways(part: Atom, name: str, where: Region, ask: Prover) -> list[Interval]:
    bound = isolate(part, name, ask, where)
    if bound is not None:
        return [_one_sided(name, bound.relation, bound.value)]
    coefficients = part.poly.coefficients(name)
    if len(coefficients) > 3:
        raise OutOfScope(
            f"{name} occurs with degree {len(coefficients) - 1}; bounds can be named only up to degree two"
        )
    *rest, lead = coefficients
    found: list[Interval] = []
    for sign, relation in ((1, ">"), (-1, "<"), (0, "==")):
        branch = atom(lead, relation)
        if ask.satisfiable(all_of((where, branch))) is False:
            continue
        if sign == 0:
            lower = sum((c * Poly.variable(name) ** i for i, c in enumerate(rest)), Poly.constant(0))
            smaller = atom(lower, part.relation)
            if isinstance(smaller, Atom) and name in smaller.poly.names:
                ways = _ways(smaller, name, all_of((where, branch)), ask)
            else:
                ways = [Interval(name, where=smaller)]
        elif len(coefficients) == 2:
            relation = part.relation if sign > 0 else {">": "<", ">=": "<="}.get(part.relation, part.relation)
            ways = [_one_sided(name, relation, fraction(-rest[0], lead))]
        else:
            ways = _quadratic(rest[0], rest[1], lead, sign, part.relation, name)
        found += [replace(w, where=all_of((branch, w.where))) for w in ways]
    return found


def _one_sided(name: str, relation: str, bound: Value) -> Interval:
    if relation == "!=":
        return Interval(name, excluded=(bound,))
    end = End(bound, relation in (">=", "<=", "=="))
    lower = (end,) if relation in (">", ">=", "==") else ()
    upper = (end,) if relation in ("<", "<=", "==") else ()
    return Interval(name, lower, upper)


def _quadratic(c: Poly, b: Poly, a: Poly, sign: int, relation: str, name: str) -> list[Interval]:
    """The ways to meet `a*x**2 + b*x + c relation 0` when `a` has this sign: by the roots, if any."""
    inside = b * b - 4 * a * c
    real, unreal = atom(inside, ">="), atom(inside, "<")
    one, two = (value(-b, Poly.constant(s * sign), inside, 2 * a) for s in (-1, 1))  # one <= two
    closed = relation == ">="
    if relation == "==":
        return [Interval(name, (End(x, True),), (End(x, True),), real) for x in (one, two)]
    if relation == "!=":
        return [Interval(name, where=unreal), Interval(name, where=real, excluded=(one, two))]
    if sign < 0:
        return [Interval(name, (End(one, closed),), (End(two, closed),), real)]
    outside = [
        Interval(name, upper=(End(one, closed),), where=real),
        Interval(name, lower=(End(two, closed),), where=real),
    ]
    return [Interval(name, where=unreal), *outside] if holds_for_sign(1, relation) else outside


# -- short forms ----------------------------------------------------------------------------------
def _shortened(one: Interval, given: Region) -> Interval:
    """Without the ends that others imply, and with the condition in short form."""
    others = all_of(p for p in _parts(given) if one.name not in names_of(p))
    ask = prover(others)
    lower = _binding(one.lower, ">=", one, ask)
    upper = _binding(one.upper, "<=", one, ask)
    return Interval(one.name, lower, upper, tidy(one.where, others), tuple(dict.fromkeys(one.excluded)))


def _binding(ends: Iterable[End], relation: str, one: Interval, ask: Prover) -> tuple[End, ...]:
    kept = list(dict.fromkeys(ends))
    for end in list(kept):
        rest = [e for e in kept if e != end]
        tighter = any_of(
            compare(e.value, relation if end.closed or not e.closed else relation[0], end.value) for e in rest
        )
        if rest and ask.implies(one.where, tighter) is True:
            kept = rest
    return tuple(sorted(kept, key=lambda e: (not e.value.is_constant, str(e.value))))
