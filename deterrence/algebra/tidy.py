"""Tidying: the same region, written as a person would write it, proved equal to what it came from.

Factors of proved sign are dropped.  A conjunction loses the conditions that the rest imply.  Anything
else is covered anew: a point of the region that is not covered yet gives a sign for each polynomial,
literals are dropped and weakened while the rest still implies the region (Espresso with an SMT oracle,
[Brayton1984]), and conditions common to all the pieces are pulled out.  Where a question stays open the
region is returned as it came, so the result is always equal to the input under the assumptions.
"""

from __future__ import annotations

from functools import lru_cache

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.equations import simpler_equations
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
    holds_for_sign,
)

_MAX_PIECES = 48
_MAX_POLYS = 24
_MAX_ASKED = 150  # terms of a factor whose sign is asked; on longer ones z3 overruns its time
_MAX_ATOMS = 150  # longer regions stay as they came: they are exact, and no form of them is short


@lru_cache(maxsize=20000)
def tidy(region: Region, given: Region) -> Region:
    """The region in short form, equal to it wherever `given` holds.

    >>> h, m, c = (Poly.variable(n) for n in "hmc")
    >>> given = all_of([atom(h, ">"), atom(m, ">"), atom(c, ">")])
    >>> print(tidy(all_of([atom(h * (h * m - c), ">="), atom(h * m - c + h, ">")]), given))
    c <= h*m
    """
    ask = prover(given)
    found = ask.satisfiable(region)
    if found is False:
        return NOWHERE
    if sum(1 for _ in atoms_of(region)) > _MAX_ATOMS:
        region = _pruned(_plain(region, ask), EVERYWHERE, ask)
        if sum(1 for _ in atoms_of(region)) > _MAX_ATOMS:
            return _by_single_conditions(region, ask) or region
    if ask.holds(region) is True:
        return EVERYWHERE
    simple = _plain(region, ask)
    conjunction = _as_conjunction(simple)
    if conjunction is not None:
        result = _shortest_conjunction(conjunction, ask)
        parts = result.parts if isinstance(result, AllOf) else (result,)
        if all(isinstance(p, Atom) and len(p.poly.factors()[1]) <= 1 for p in parts):
            return result
        simple = result
    return _cover(simple, ask) or _by_single_conditions(simple, ask) or _tightened(simple, ask)


def _by_single_conditions(region: Region, ask: Prover) -> Region | None:
    """A region that is all of the conditions in it that it implies, or any of those that imply it."""
    single = sorted(set(atoms_of(region)), key=_weight)
    necessary = [a for a in single if ask.implies(region, a) is True]
    if necessary and ask.implies(all_of(necessary), region) is True:
        return _shortest_conjunction(necessary, ask)
    sufficient = [a for a in single if ask.implies(a, region) is True]
    if sufficient and ask.implies(region, any_of(sufficient)) is True:
        return _tightened(any_of(sufficient), ask)
    return None


def _tightened(region: Region, ask: Prover) -> Region:
    """A union with each piece as short as can be, without the pieces that lie in the others."""
    if not isinstance(region, AnyOf):
        return region
    pieces: list[Region] = []
    for piece in region.parts:
        conjunction = _as_conjunction(piece)
        pieces.append(piece if conjunction is None else _shortest_conjunction(conjunction, ask))
    pieces = list(dict.fromkeys(pieces))
    for piece in sorted(pieces, key=_size, reverse=True):
        others = [p for p in pieces if p != piece]
        if others and ask.implies(piece, any_of(others)) is True:
            pieces = others
    return any_of(pieces)


# -- atoms ----------------------------------------------------------------------------------------
def _plain(region: Region, ask: Prover) -> Region:
    if isinstance(region, Atom):
        return plain_atom(region, ask)
    if isinstance(region, AllOf):
        return all_of(_plain(p, ask) for p in region.parts)
    assert isinstance(region, AnyOf)
    return any_of(_plain(p, ask) for p in region.parts)


def _pruned(region: Region, context: Region, ask: Prover) -> Region:
    """The region without alternatives that contradict what stands beside them, factors settled by that."""
    if isinstance(region, Atom):
        return plain_atom(region, ask, context)
    if isinstance(region, AnyOf):
        alive = (p for p in region.parts if ask.satisfiable(all_of((context, p))) is not False)
        return any_of(_pruned(p, context, ask) for p in alive)
    assert isinstance(region, AllOf)
    beside = [p for p in region.parts if isinstance(p, Atom)]
    here = all_of((context, *beside))
    return all_of((*beside, *(_pruned(p, here, ask) for p in region.parts if isinstance(p, AnyOf))))


def plain_atom(part: Atom, ask: Prover, where: Region = EVERYWHERE) -> Region:
    """An atom without the factors whose sign is proved in `where`, or everywhere or nowhere."""
    content, factors = part.poly.factors()
    flip = 1 if content > 0 else -1
    left: list[tuple[Poly, int]] = []
    for factor, multiplicity in factors:
        if multiplicity % 2 and all(ask.pool_point(all_of((where, atom(factor, r)))) for r in "<>"):
            left.append((factor, multiplicity))  # has both signs; whether it has zeros matters not
            continue
        signs = ask.sign(factor, where) if factor.size <= _MAX_ASKED else None
        if signs is not None and len(signs) == 1:
            sign = next(iter(signs))
            if sign == 0:
                return EVERYWHERE if holds_for_sign(0, part.relation) else NOWHERE
            flip *= sign if multiplicity % 2 else 1
        elif signs is not None and 0 not in signs and multiplicity % 2 == 0:
            continue
        else:
            left.append((factor, multiplicity))
    if not left:
        return EVERYWHERE if holds_for_sign(flip, part.relation) else NOWHERE
    if part.relation == "==":
        return any_of(atom(f, "==") for f, _ in left)
    if part.relation == "!=":
        return all_of(atom(f, "!=") for f, _ in left)
    odd = Poly.constant(flip)
    for f, m in left:
        odd = odd * f if m % 2 else odd
    even = [f for f, m in left if m % 2 == 0]
    if part.relation == ">":
        return all_of((atom(odd, ">"), *(atom(f, "!=") for f in even)))
    return any_of((atom(odd, ">="), *(atom(f, "==") for f in even)))


def _as_conjunction(region: Region) -> list[Atom] | None:
    if isinstance(region, Atom):
        return [region]
    if isinstance(region, AllOf) and all(isinstance(p, Atom) for p in region.parts):
        return [p for p in region.parts if isinstance(p, Atom)]
    return None


# -- conjunctions ---------------------------------------------------------------------------------
def _weight(part: Region) -> tuple[int, int, tuple[str, ...], str]:
    assert isinstance(part, Atom)
    return (part.poly.total_degree, part.poly.size, part.poly.names, str(part.poly))


def _shortest_conjunction(atoms: list[Atom], ask: Prover) -> Region:
    whole = all_of(atoms)
    parts: list[Region] = []
    for part in atoms:
        if part.relation == ">=" and ask.implies(whole, atom(part.poly, "==")) is True:
            parts.append(atom(part.poly, "=="))
        elif len(part.poly.factors()[1]) > 1:
            parts.extend(_split_product(part, whole, ask))
        else:
            parts.append(part)
    whole = all_of(parts)
    if not isinstance(whole, AllOf) or not all(isinstance(p, Atom) for p in whole.parts):
        return whole
    kept = list(whole.parts)
    for heavy in sorted(kept, key=_weight, reverse=True):
        rest = [p for p in kept if p != heavy]
        if ask.implies(all_of(rest), heavy) is True:
            kept = rest
    merged: list[Region] = []
    for part in (p for p in kept if isinstance(p, Atom)):  # p >= 0 and p != 0 read p > 0
        if part.relation == ">=" and any(Atom(p, "!=") in kept for p in (part.poly, -part.poly)):
            merged.append(Atom(part.poly, ">"))
        elif part.relation == "!=" and any(Atom(p, ">=") in kept for p in (part.poly, -part.poly)):
            continue
        else:
            merged.append(part)
    return all_of(sorted(simpler_equations(merged, ask), key=_reading_order))


def _reading_order(part: Region) -> tuple[bool, tuple[int, int, tuple[str, ...], str]]:
    assert isinstance(part, Atom)
    return (part.relation != "==", _weight(part))


def _split_product(part: Atom, whole: Region, ask: Prover) -> list[Region]:
    """A product of factors as one atom a factor, where the region itself settles the signs."""
    content, factors = part.poly.factors()
    settled: list[Region] = []
    rest = Poly.constant(1 if content > 0 else -1)
    for factor, multiplicity in factors:
        signs = ask.sign(factor, whole)
        if signs is not None and len(signs) == 1 and 0 not in signs:
            sign = next(iter(signs))
            settled.append(atom(factor * sign, ">"))
            rest = rest * sign if multiplicity % 2 else rest
        else:
            rest = rest * factor**multiplicity
    return [*settled, atom(rest, part.relation)] if settled else [part]


# -- covering -------------------------------------------------------------------------------------
def _cover(region: Region, ask: Prover) -> Region | None:
    polys = sorted({f for a in atoms_of(region) for f, _ in a.poly.factors()[1]}, key=_poly_weight)
    if len(polys) > _MAX_POLYS:
        return None
    outside = complement(region)
    away = all_of(atom(f, "!=") for f in polys)
    pieces: list[Region] = []
    left = region
    for _ in range(_MAX_PIECES):
        signs = ask.sample_signs(all_of((left, away)), polys) or ask.sample_signs(left, polys)
        if signs is None:
            break
        piece = _widest(signs, outside, ask)
        if piece is None:
            return None
        pieces.append(piece)
        left = all_of((left, complement(piece)))
    if ask.satisfiable(left) is not False:
        return None
    if not pieces:  # the region is empty, which `tidy` could not decide when it asked
        return NOWHERE
    for piece in sorted(pieces, key=_size, reverse=True):
        others = [p for p in pieces if p != piece]
        if others and ask.implies(piece, any_of(others)) is True:
            pieces = others
    return _with_common_parts(_joined(pieces), ask)


def _poly_weight(poly: Poly) -> tuple[int, int, tuple[str, ...], str]:
    return (poly.total_degree, poly.size, poly.names, str(poly))


def _size(piece: Region) -> int:
    return sum(a.poly.size for a in atoms_of(piece))


def _widest(signs: dict[Poly, int], outside: Region, ask: Prover) -> Region | None:
    """The literals of a sign vector, dropped and weakened while they still miss `outside`."""
    literals: list[Region] = [
        atom(p * s, ">") if s else atom(p, "==")
        for p, s in sorted(signs.items(), key=lambda i: _poly_weight(i[0]))
    ]
    if ask.satisfiable(all_of((*literals, outside))) is not False:
        return None
    for literal in reversed(list(literals)):
        rest = [x for x in literals if x != literal]
        if ask.satisfiable(all_of((*rest, outside))) is False:
            literals = rest
    for i, literal in enumerate(literals):
        assert isinstance(literal, Atom)
        if literal.relation == ">":
            weaker = [Atom(literal.poly, ">=")]
        else:
            weaker = [Atom(literal.poly, ">="), Atom(-literal.poly, ">=")]
        for candidate in weaker:
            trial = [*literals[:i], candidate, *literals[i + 1 :]]
            if ask.satisfiable(all_of((*trial, outside))) is False:
                literals = list(trial)
                break
    return all_of(sorted(literals, key=_reading_order))


def _literals(piece: Region) -> tuple[Region, ...]:
    return piece.parts if isinstance(piece, AllOf) else (piece,)


def _joined(pieces: list[Region]) -> list[Region]:
    """Pairs that differ only in `p > 0` against `p < 0` become one piece with `p != 0`."""
    pieces = list(pieces)
    for one in list(pieces):
        for other in list(pieces):
            if one not in pieces or other not in pieces or one == other:
                continue
            only_one = [x for x in _literals(one) if x not in _literals(other)]
            only_other = [x for x in _literals(other) if x not in _literals(one)]
            if len(only_one) == len(only_other) == 1:
                a, b = only_one[0], only_other[0]
                if isinstance(a, Atom) and a.relation == ">" and b == Atom(-a.poly, ">"):
                    joint = [atom(a.poly, "!=") if x == a else x for x in _literals(one)]
                    pieces[pieces.index(one)] = all_of(joint)
                    pieces.remove(other)
    return pieces


def _with_common_parts(pieces: list[Region], ask: Prover) -> Region:
    if len(pieces) == 1:
        return _shortest_conjunction([p for p in _literals(pieces[0]) if isinstance(p, Atom)], ask)
    common = [x for x in _literals(pieces[0]) if all(x in _literals(p) for p in pieces[1:])]
    rest = [all_of(x for x in _literals(p) if x not in common) for p in pieces]
    return all_of((*common, any_of(rest)))
