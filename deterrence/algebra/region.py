"""Regions: sets of parameter points cut out by polynomial equations and inequalities.

A region is an immutable tree of atoms (`p > 0`, `p >= 0`, `p == 0`, `p != 0`) joined by and and or;
`not` is pushed into the atoms when it is written, so every region has one of three shapes: `Atom`,
`AllOf`, `AnyOf`.  The empty conjunction is everywhere and the empty disjunction is nowhere.  Regions
are quantifier-free: `eliminate` removes quantifiers, `decide` answers questions about a region.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from deterrence.algebra.poly import Point, Poly
from deterrence.errors import DomainError

RELATIONS = (">", ">=", "==", "!=")
_OPPOSITE = {"==": "!=", "!=": "=="}


class Region:
    """Base of the three shapes; combine regions with `&`, `|` and `~`."""

    __slots__ = ("_hash",)
    _hash: int

    def _key(self) -> object:
        raise TypeError("a region is an Atom, an AllOf or an AnyOf")

    def __hash__(self) -> int:
        try:
            return self._hash  # regions are hashed far more often than made
        except AttributeError:
            object.__setattr__(self, "_hash", hash((type(self), self._key())))
            return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other) or hash(self) != hash(other):
            return False
        assert isinstance(other, Region)
        return self._key() == other._key()

    def __repr__(self) -> str:
        return f"Region({self})"

    def __and__(self, other: Region) -> Region:
        return all_of((self, other))

    def __or__(self, other: Region) -> Region:
        return any_of((self, other))

    def __invert__(self) -> Region:
        return complement(self)

    def contains(self, point: Point) -> bool:
        """Whether a point, given by parameter name, belongs to the region.

        Raises DomainError when a value is missing or is not exact.
        """
        missing = sorted(names_of(self) - set(point))
        if missing:
            raise DomainError(f"no value given for {', '.join(missing)}; give one exact value for each")
        for name, value in point.items():
            if not isinstance(value, int | Fraction):
                raise DomainError(f"{name} is {value!r}; give an exact number such as Fraction(1, 3)")
        return _contains(self, point)

    def __str__(self) -> str:
        from deterrence.algebra.printing import region_text

        return region_text(self)


@dataclass(frozen=True, repr=False, eq=False, slots=True)
class Atom(Region):
    """The points where `poly relation 0`; make one with `atom`, which normalises."""

    poly: Poly
    relation: str

    def _key(self) -> object:
        return self.poly, self.relation


@dataclass(frozen=True, repr=False, eq=False, slots=True)
class AllOf(Region):
    """The points that belong to every part; `AllOf(())` is everywhere."""

    parts: tuple[Region, ...]

    def _key(self) -> object:
        return self.parts


@dataclass(frozen=True, repr=False, eq=False, slots=True)
class AnyOf(Region):
    """The points that belong to at least one part; `AnyOf(())` is nowhere."""

    parts: tuple[Region, ...]

    def _key(self) -> object:
        return self.parts


EVERYWHERE: Region = AllOf(())
NOWHERE: Region = AnyOf(())


def atom(poly: Poly, relation: str) -> Region:
    """The region `poly relation 0` with relation one of < <= > >= == !=, in its normal form."""
    if relation in ("<", "<="):
        poly, relation = -poly, ">" if relation == "<" else ">="
    if poly.is_constant:
        return EVERYWHERE if holds_for_sign(poly.leading_sign, relation) else NOWHERE
    poly = poly.primitive()
    if relation in ("==", "!=") and poly.leading_sign < 0:
        poly = -poly
    return Atom(poly, relation)


def holds_for_sign(sign: int, relation: str) -> bool:
    """Whether a number of this sign stands in this relation to zero."""
    if relation == ">":
        return sign > 0
    if relation == ">=":
        return sign >= 0
    if relation == "==":
        return sign == 0
    return sign != 0


def all_of(regions: Iterable[Region]) -> Region:
    """The intersection: flattened, without repeats; nowhere if a part contradicts another outright."""
    parts: dict[Region, None] = {}
    for region in regions:
        for part in region.parts if isinstance(region, AllOf) else (region,):
            if part == NOWHERE:
                return NOWHERE
            if isinstance(part, Atom) and _negate(part) in parts:
                return NOWHERE
            parts[part] = None
    return next(iter(parts)) if len(parts) == 1 else AllOf(tuple(parts))


def any_of(regions: Iterable[Region]) -> Region:
    """The union: flattened, without repeats; everywhere if a part completes another outright."""
    parts: dict[Region, None] = {}
    for region in regions:
        for part in region.parts if isinstance(region, AnyOf) else (region,):
            if part == EVERYWHERE:
                return EVERYWHERE
            if isinstance(part, Atom) and _negate(part) in parts:
                return EVERYWHERE
            parts[part] = None
    return next(iter(parts)) if len(parts) == 1 else AnyOf(tuple(parts))


@lru_cache(maxsize=100000)
def _negate(part: Atom) -> Region:
    if part.relation in _OPPOSITE:
        return Atom(part.poly, _OPPOSITE[part.relation])
    return Atom(-part.poly, ">=" if part.relation == ">" else ">")


def complement(region: Region) -> Region:
    """The points that do not belong to the region."""
    if isinstance(region, Atom):
        return _negate(region)
    if isinstance(region, AllOf):
        return any_of(complement(p) for p in region.parts)
    assert isinstance(region, AnyOf)
    return all_of(complement(p) for p in region.parts)


def atoms_of(region: Region) -> Iterator[Atom]:
    """Every atom of the region, in reading order (repeats included)."""
    if isinstance(region, Atom):
        yield region
    else:
        assert isinstance(region, AllOf | AnyOf)
        for part in region.parts:
            yield from atoms_of(part)


@lru_cache(maxsize=50000)
def names_of(region: Region) -> frozenset[str]:
    """The parameters that occur."""
    return frozenset(name for a in atoms_of(region) for name in a.poly.names)


def polys_of(region: Region) -> frozenset[Poly]:
    """The polynomials of the atoms."""
    return frozenset(a.poly for a in atoms_of(region))


def _contains(region: Region, point: Point) -> bool:
    if isinstance(region, Atom):
        return holds_for_sign(region.poly.sign_at(point), region.relation)
    if isinstance(region, AllOf):
        return all(_contains(p, point) for p in region.parts)
    assert isinstance(region, AnyOf)
    return any(_contains(p, point) for p in region.parts)


def map_atoms(region: Region, change: dict[Atom, Region]) -> Region:
    """The region with atoms replaced as the table says (others stay)."""
    if isinstance(region, Atom):
        return change.get(region, region)
    if isinstance(region, AllOf):
        return all_of(map_atoms(p, change) for p in region.parts)
    assert isinstance(region, AnyOf)
    return any_of(map_atoms(p, change) for p in region.parts)
