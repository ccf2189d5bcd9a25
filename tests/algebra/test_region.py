"""Regions against set algebra: membership in combinations is that of the parts, at every point of a grid."""

from __future__ import annotations

import pickle
from fractions import Fraction as F
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    polys_of,
)
from deterrence.errors import DomainError

X, Y = Poly.variable("x"), Poly.variable("y")
HALVES = [F(n, 2) for n in range(-3, 4)]
GRID = [{"x": x, "y": y} for x, y in product(HALVES, HALVES)]
POLYS = [X, -X, Y, X - Y, 2 * X - 2 * Y, X * X - 1, X * Y, Y - 2 * X + 1, Poly.constant(0), Poly.constant(-3)]
HOLDS = {
    "<": lambda v: v < 0,
    "<=": lambda v: v <= 0,
    ">": lambda v: v > 0,
    ">=": lambda v: v >= 0,
    "==": lambda v: v == 0,
    "!=": lambda v: v != 0,
}

atom_trees = st.tuples(st.just("atom"), st.sampled_from(POLYS), st.sampled_from(list(HOLDS)))
trees = st.recursive(
    atom_trees,
    lambda inner: st.one_of(
        st.tuples(st.just("and"), st.lists(inner, max_size=3)),
        st.tuples(st.just("or"), st.lists(inner, max_size=3)),
        st.tuples(st.just("not"), inner),
    ),
    max_leaves=6,
)


def build(tree: Any) -> Region:
    if tree[0] == "atom":
        return atom(tree[1], tree[2])
    if tree[0] == "not":
        return ~build(tree[1])
    return (all_of if tree[0] == "and" else any_of)(map(build, tree[1]))


def inside(tree: Any, point: dict[str, F]) -> bool:
    """By definition."""
    if tree[0] == "atom":
        return HOLDS[tree[2]](tree[1].at(point))
    if tree[0] == "not":
        return not inside(tree[1], point)
    return (all if tree[0] == "and" else any)(inside(part, point) for part in tree[1])


def points_of(region: Region) -> list[bool]:
    return [region.contains(point) for point in GRID]


@given(trees)
def test_membership_is_that_of_the_parts(tree: Any) -> None:
    assert points_of(build(tree)) == [inside(tree, point) for point in GRID]


@given(trees, trees)
def test_operators_are_intersection_union_and_complement(one: Any, two: Any) -> None:
    a, b = build(one), build(two)
    here, there = points_of(a), points_of(b)
    assert points_of(a & b) == [p and q for p, q in zip(here, there, strict=True)]
    assert points_of(a | b) == [p or q for p, q in zip(here, there, strict=True)]
    assert points_of(~a) == points_of(complement(a)) == [not p for p in here]


@given(trees, trees)
def test_de_morgan_and_double_negation(one: Any, two: Any) -> None:
    a, b = build(one), build(two)
    assert points_of(~~a) == points_of(a)
    assert points_of(~(a & b)) == points_of(~a | ~b)
    assert points_of(~(a | b)) == points_of(~a & ~b)
    assert points_of(a & ~a) == [False] * len(GRID) and points_of(a | ~a) == [True] * len(GRID)


@given(trees)
def test_shape(tree: Any) -> None:
    region = build(tree)

    def check(node: Region) -> None:
        if isinstance(node, Atom):
            assert node.relation in (">", ">=", "==", "!=") and not node.poly.is_constant
            assert node == atom(node.poly, node.relation), "in normal form"
        else:
            assert isinstance(node, AllOf | AnyOf)
            assert len(node.parts) != 1 and len(set(node.parts)) == len(node.parts)
            assert not any(type(part) is type(node) for part in node.parts), "flat"
            for part in node.parts:
                check(part)

    check(region)
    assert names_of(region) == {n for a in atoms_of(region) for n in a.poly.names} <= {"x", "y"}
    assert polys_of(region) == {a.poly for a in atoms_of(region)}
    copy = pickle.loads(pickle.dumps(region))
    assert copy == region and hash(copy) == hash(region) and points_of(copy) == points_of(region)


@given(trees)
def test_mapping_atoms(tree: Any) -> None:
    region = build(tree)
    assert map_atoms(region, {}) == region
    shifted = map_atoms(region, {a: atom(a.poly + X, a.relation) for a in atoms_of(region)})
    inner = list(atoms_of(region))
    assert len(list(atoms_of(shifted))) <= len(inner)
    same = map_atoms(region, {a: a & a for a in inner})
    assert points_of(same) == points_of(region)


def test_mapping_atoms_replaces_them_where_they_stand() -> None:
    region = atom(X, ">") & (atom(Y, ">") | atom(X - Y, "=="))
    changed = map_atoms(region, {Atom(Y, ">"): atom(X, "<"), Atom(X, ">"): atom(Y, ">=")})
    for p in GRID:
        assert changed.contains(p) == (p["y"] >= 0 and (p["x"] < 0 or p["x"] == p["y"]))


def test_one_set_one_object() -> None:
    assert atom(2 * X - 2 * Y, ">") == atom(X - Y, ">") == atom(Y - X, "<")
    assert atom(X - Y, "==") == atom(3 * Y - 3 * X, "==") and atom(-X, "!=") == atom(X, "!=")
    assert atom(X, ">") != atom(X, ">=") and atom(X, ">") != atom(-X, ">")
    assert hash(atom(2 * X, ">")) == hash(atom(X, ">"))
    assert (atom(X, ">") & atom(X, ">")) == atom(X, ">") == (atom(X, ">") | atom(X, ">"))
    assert AllOf(()) != AnyOf(())


@pytest.mark.parametrize("relation", HOLDS)
def test_constants_are_everywhere_or_nowhere(relation: str) -> None:
    for c in (-2, 0, 3):
        assert atom(Poly.constant(c), relation) == (EVERYWHERE if HOLDS[relation](c) else NOWHERE)
    assert atom(X - X, relation) == (EVERYWHERE if HOLDS[relation](0) else NOWHERE)


def test_extremes() -> None:
    region = atom(X, ">")
    assert region & EVERYWHERE == region | NOWHERE == region
    assert region & NOWHERE == NOWHERE and region | EVERYWHERE == EVERYWHERE
    assert ~EVERYWHERE == NOWHERE and ~NOWHERE == EVERYWHERE
    assert region & atom(X, "<=") == NOWHERE and region | atom(X, "<=") == EVERYWHERE
    assert atom(X, "==") & atom(X, "!=") == NOWHERE and atom(X, "==") | atom(X, "!=") == EVERYWHERE
    assert EVERYWHERE.contains({}) and not NOWHERE.contains({})


def test_points_must_be_complete_and_exact() -> None:
    region = atom(X - Y, ">") | atom(X, "==")
    with pytest.raises(DomainError, match="y"):
        region.contains({"x": F(0)})
    with pytest.raises(DomainError, match=r"0\.5"):
        region.contains({"x": 0.5, "y": F(1)})  # type: ignore[dict-item]
    assert region.contains({"x": 2, "y": 1, "z": 7})  # type: ignore[dict-item]


def test_regions_do_not_change() -> None:
    region = atom(X, ">")
    with pytest.raises(AttributeError):
        region.relation = ">="  # type: ignore[attr-defined]
