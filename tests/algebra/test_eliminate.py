"""Elimination against the meaning of "there is an x": the real line cut at the roots and looked at piece by piece.

At fixed numbers for the free names a condition on x is a condition on polynomials in one variable.  The oracle
here isolates their real roots with Sturm sequences in plain fractions and knows the sign of each polynomial at
each root and between neighbours, so it decides `exists x` and `forall x` exactly, irrational roots included.
It shares nothing with the library: conditions are built from the tests' own trees, which the oracle reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction as F
from itertools import product
from math import prod
from random import Random
from typing import Any

import pytest

from deterrence.algebra.eliminate import exists, for_all, proves_projection
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of, atom, names_of
from deterrence.errors import OutOfScope

# -- the oracle: polynomials in one variable as lists of fractions, constant term first ----------------------------
Line = list[F]


def trimmed(p: Sequence[F]) -> Line:
    top = len(p)
    while top and p[top - 1] == 0:
        top -= 1
    return list(p[:top])


def evaluate(p: Line, x: F) -> F:
    total = F(0)
    for c in reversed(p):
        total = total * x + c
    return total


def sign(number: F) -> int:
    return (number > 0) - (number < 0)


def times(p: Line, q: Line) -> Line:
    out = [F(0)] * (len(p) + len(q) - 1) if p and q else []
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            out[i + j] += a * b
    return out


def divided(p: Line, q: Line) -> tuple[Line, Line]:
    rest, quotient = list(p), [F(0)] * max(0, len(p) - len(q) + 1)
    for k in range(len(p) - len(q), -1, -1):
        quotient[k] = rest[k + len(q) - 1] / q[-1]
        for i, c in enumerate(q):
            rest[k + i] -= quotient[k] * c
    return trimmed(quotient), trimmed(rest)


def slope(p: Line) -> Line:
    return [k * c for k, c in enumerate(p)][1:]


def squarefree(p: Line) -> Line:
    common, other = p, slope(p)
    while other:
        common, other = other, divided(common, other)[1]
    return divided(p, common)[0]


def sturm(p: Line) -> list[Line]:
    chain = [p, slope(p)]
    while chain[-1]:
        chain.append([-c for c in divided(chain[-2], chain[-1])[1]])
    return chain[:-1]


def changes(chain: list[Line], x: F) -> int:
    signs = [s for p in chain if (s := sign(evaluate(p, x)))]
    return sum(a != b for a, b in zip(signs, signs[1:], strict=False))


def isolated(chain: list[Line], low: F, high: F) -> Iterator[tuple[F, F]]:
    """Open intervals with one root of the first polynomial each, their ends not being roots."""
    count = changes(chain, low) - changes(chain, high)
    if count == 1:
        yield low, high
    elif count:
        middle = next(m for k in range(2, 99) if evaluate(chain[0], m := low + (high - low) / k))
        yield from isolated(chain, low, middle)
        yield from isolated(chain, middle, high)


def pieces(polys: Sequence[Line]) -> Iterator[list[int]]:
    """The signs of the polynomials at each root of any of them and in each gap between roots."""
    moving = [squarefree(p) if len(p) > 1 else p for p in polys]
    whole: Line = [F(1)]
    for p in moving:
        if len(p) > 1:
            whole = times(whole, p)
    if len(whole) == 1:
        yield [sign(p[0]) if p else 0 for p in polys]
        return
    chain = sturm(squarefree(whole))
    bound = 1 + max(abs(c / whole[-1]) for c in whole)
    ends = list(isolated(chain, -bound, bound)) or [(-bound, -bound)]
    for low, high in ends:
        here = [sign(evaluate(p, low)) for p in polys]
        there = [sign(evaluate(p, high)) for p in polys]
        yield here
        yield there
        crossed = [sign(evaluate(p, low)) != sign(evaluate(p, high)) for p in moving]
        yield [0 if c else s for c, s in zip(crossed, here, strict=True)]


# -- the tests' own trees --------------------------------------------------------------------------------------
NAMES = ("x", "a", "b")
Terms = dict[tuple[int, int, int], int]  # coefficient of x**i * a**j * b**k
Tree = tuple[Any, ...]  # ("atom", Terms, relation), ("and", Tree, ...), ("or", Tree, ...)
HOLDS = {
    ">": lambda s: s > 0,
    ">=": lambda s: s >= 0,
    "<": lambda s: s < 0,
    "<=": lambda s: s <= 0,
    "==": lambda s: s == 0,
    "!=": lambda s: s != 0,
}


def multiplied(p: Terms, q: Terms) -> Terms:
    out: Terms = {}
    for (i, j, k), c in p.items():
        for (u, v, w), d in q.items():
            key = (i + u, j + v, k + w)
            out[key] = out.get(key, 0) + c * d
    return out


def atoms(tree: Tree) -> list[Tree]:
    return [tree] if tree[0] == "atom" else [a for part in tree[1:] for a in atoms(part)]


def truth(tree: Tree, signs: Iterator[int]) -> bool:
    """The tree's truth for the signs of its atoms in reading order."""
    if tree[0] == "atom":
        return HOLDS[tree[2]](next(signs))
    values = [truth(part, signs) for part in tree[1:]]
    return all(values) if tree[0] == "and" else any(values)


def on_the_line(terms: Terms, a: F, b: F) -> Line:
    out = [F(0)] * (max((i for i, _, _ in terms), default=0) + 1)
    for (i, j, k), c in terms.items():
        out[i] += c * a**j * b**k
    return trimmed(out)


def truths(tree: Tree, a: F, b: F) -> set[bool]:
    """The truth values that the condition takes as x runs through the real numbers."""
    lines = [on_the_line(terms, a, b) for _, terms, _ in atoms(tree)]
    return {truth(tree, iter(signs)) for signs in pieces(lines)}


def region_of(tree: Tree) -> Region:
    if tree[0] == "atom":
        terms = [(tuple(zip(NAMES, key, strict=True)), c) for key, c in tree[1].items()]
        return atom(Poly.from_terms(terms), tree[2])
    return (all_of if tree[0] == "and" else any_of)(map(region_of, tree[1:]))


def test_the_oracle_knows_roots() -> None:
    """(x - 1)^2 (x^2 - 2) against x - 1: signs at -√2, 1, √2 and in the four gaps."""
    square = times(times([F(-1), F(1)], [F(-1), F(1)]), [F(-2), F(0), F(1)])
    found = {tuple(s) for s in pieces([square, [F(-1), F(1)]])}
    assert found == {(1, -1), (0, -1), (-1, -1), (0, 0), (-1, 1), (0, 1), (1, 1)}
    assert [list(s) for s in pieces([[F(3)], []])] == [[1, 0]]
    assert {tuple(s) for s in pieces([[F(1), F(0), F(1)]])} == {(1,)}


# -- random conditions -----------------------------------------------------------------------------------------
VALUES = [F(n, 2) for n in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]


def coefficient(rng: Random) -> Terms:
    kind = rng.randrange(6)
    if kind < 2:
        return {(0, 0, 0): rng.choice([-2, -1, 0, 1, 1, 2])}
    terms = {(0, 0, 0): rng.choice([-1, 0, 0, 1]), (0, 1, 0): rng.choice([-1, 0, 1])}
    if kind > 3:
        terms[0, 0, 1] = rng.choice([-1, 1])
    return terms


def polynomial(rng: Random, degree: int) -> Terms:
    out: Terms = {}
    for power in range(degree + 1):
        for (_, j, k), c in coefficient(rng).items():
            out[power, j, k] = c
    return out


def linear_atom(rng: Random) -> Tree:
    return "atom", polynomial(rng, 1), rng.choice([">", ">=", "<", "<=", ">", ">=", "==", "!="])


def quadratic_atom(rng: Random) -> Tree:
    return "atom", polynomial(rng, 2), rng.choice([">", ">=", "<", "<=", "==", "!="])


def product_atom(rng: Random) -> Tree:
    factors = [polynomial(rng, 1) for _ in range(rng.choice([2, 2, 3]))]
    terms = factors[0]
    for factor in factors[1:]:
        terms = multiplied(terms, factor)
    return "atom", terms, rng.choice([">", ">=", "<=", "==", "!="])


def parameter_atom(rng: Random) -> Tree:
    return "atom", polynomial(rng, 0), rng.choice([">", ">=", "!=", "=="])


def conjunction(rng: Random, makers: Sequence[Any], most: int) -> Tree:
    return "and", *(rng.choice(makers)(rng) for _ in range(rng.randint(2, most)))


def linear_tree(rng: Random) -> Tree:
    return conjunction(rng, [linear_atom] * 5 + [parameter_atom], 4)


def quadratic_tree(rng: Random) -> Tree:
    return (
        "and",
        quadratic_atom(rng),
        *(rng.choice([linear_atom, quadratic_atom])(rng) for _ in range(rng.randint(0, 2))),
    )


def product_tree(rng: Random) -> Tree:
    return conjunction(rng, [product_atom, product_atom, linear_atom], 3)


def nested_tree(rng: Random) -> Tree:
    def simple() -> Tree:
        return rng.choice([linear_atom, linear_atom, quadratic_atom, product_atom])(rng)

    parts = [("or", simple(), ("and", simple(), simple())), ("or", simple(), simple()), simple()]
    return ("and", *parts) if rng.random() < 0.7 else ("or", parts[0], ("and", *parts[1:]))


GIVEN: list[Tree] = [
    ("and",),
    ("atom", {(0, 1, 0): 1}, ">"),
    ("and", ("atom", {(0, 1, 0): 1}, ">="), ("atom", {(0, 0, 1): 1}, ">=")),
    ("and", ("atom", {(0, 1, 0): 1, (0, 0, 1): -1}, ">"), ("atom", {(0, 0, 1): 1}, ">")),
    ("and", ("atom", {(0, 1, 0): 1}, ">="), ("atom", {(0, 1, 0): 1, (0, 0, 0): -1}, "<=")),
    ("atom", {(0, 1, 0): 1}, "=="),
]


def free_points(rng: Random, tree: Tree, count: int) -> Iterator[tuple[F, F]]:
    allowed = [
        (a, b)
        for a, b in product(VALUES, VALUES)
        if truth(
            tree,
            iter([sign(on_the_line(t, a, b)[0]) if on_the_line(t, a, b) else 0 for _, t, _ in atoms(tree)]),
        )
    ]
    yield from rng.sample(allowed, min(count, len(allowed)))


@pytest.mark.parametrize(
    ("make", "count", "seed"),
    [(linear_tree, 160, 1), (quadratic_tree, 60, 2), (product_tree, 40, 3), (nested_tree, 20, 4)],
    ids=["linear", "quadratic", "products", "nested"],
)
def test_exists_and_for_all_agree_with_the_definition(make: Any, count: int, seed: int) -> None:
    rng = Random(seed)
    for _ in range(count):
        tree, assumed = make(rng), rng.choice(GIVEN)
        region, given = region_of(tree), region_of(assumed)
        some = exists(region, ["x"], given)
        every = for_all(region, ["x"], given)
        assert "x" not in names_of(some) | names_of(every)
        for a, b in free_points(rng, assumed, 10):
            found = truths(tree, a, b)
            point = {"a": a, "b": b}
            case = f"{region} under {given} at a={a}, b={b}"
            assert some.contains(point) == (True in found), f"exists x: {case}: {some}"
            assert every.contains(point) == (False not in found), f"forall x: {case}: {every}"


def test_for_all_within_ranges() -> None:
    """Every x of the unit interval: a quantified name that ranges over its domain."""
    rng = Random(11)
    unit: Tree = ("and", ("atom", {(1, 0, 0): 1}, ">="), ("atom", {(1, 0, 0): 1, (0, 0, 0): -1}, "<="))
    for _ in range(60):
        tree = rng.choice([linear_tree, quadratic_tree])(rng)
        result = for_all(region_of(tree), ["x"], EVERYWHERE, region_of(unit))
        counterexample = ("and", unit, negated(tree))
        for a, b in free_points(rng, ("and",), 8):
            holds = True not in truths(counterexample, a, b)
            assert result.contains({"a": a, "b": b}) == holds, (
                f"forall x in [0, 1]: {region_of(tree)} at {a}, {b}"
            )


def negated(tree: Tree) -> Tree:
    opposite = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}
    if tree[0] == "atom":
        return "atom", tree[1], opposite[tree[2]]
    return "or" if tree[0] == "and" else "and", *map(negated, tree[1:])


def test_two_names_at_once() -> None:
    """y is held to 0, 1 or 2, so `exists x, y` is three questions about x."""
    rng = Random(12)
    x, a, b, y = (Poly.variable(n) for n in "xaby")
    for _ in range(25):
        tree = linear_tree(rng)

        def shifted(node: Tree, to: Poly | int) -> Region:
            if node[0] == "atom":
                poly = sum((c * x**i * a**j * b**k for (i, j, k), c in node[1].items()), Poly.constant(0))
                return atom(poly + to * (x + a), node[2])
            return all_of(shifted(part, to) for part in node[1:])

        held = atom(y * (y - 1) * (y - 2), "==")
        some = exists(all_of((held, shifted(tree, y))), ["x", "y"], EVERYWHERE)
        for p, q in free_points(rng, ("and",), 8):
            expected = any(True in truths(plus(tree, n), p, q) for n in range(3))
            assert some.contains({"a": p, "b": q}) == expected, f"{region_of(tree)} at a={p}, b={q}"


def plus(tree: Tree, n: int) -> Tree:
    """The tree with n*(x + a) added to each polynomial."""
    if tree[0] == "atom":
        terms = dict(tree[1])
        for key in ((1, 0, 0), (0, 1, 0)):
            terms[key] = terms.get(key, 0) + n
        return "atom", terms, tree[2]
    return tree[0], *(plus(part, n) for part in tree[1:])


# -- cases known by hand ---------------------------------------------------------------------------------------
X, A, B, C, S = (Poly.variable(n) for n in "xabcs")
KNOWN = {
    "a positive x reaches a level only with a positive slope": (
        [atom(X - 1, ">="), atom(S * X - 1, ">=")],
        EVERYWHERE,
        lambda a, b, c, s: s > 0,
    ),
    "the slope must be zero": (
        [atom(-S * X, ">="), atom(X - 1, ">=")],
        atom(S, ">="),
        lambda a, b, c, s: s == 0,
    ),
    "two slopes, one pinned to zero": (
        [atom(X, ">="), atom(A * X + B, ">="), atom(-A * X - 1, ">="), atom(B, ">=")],
        EVERYWHERE,
        lambda a, b, c, s: a < 0 and b >= 1,
    ),
    "the same root stands in two conditions, each with its own slope": (
        [atom(A * (X - 1), ">="), atom(B * (X - 1), ">="), atom(2 - X * X, ">")],
        EVERYWHERE,
        lambda a, b, c, s: True,
    ),
    "a root of a quadratic": (
        [atom(A * X * X + B * X + C, "==")],
        EVERYWHERE,
        lambda a, b, c, s: b * b >= 4 * a * c if a else (b != 0 or c == 0),
    ),
    "a quadratic somewhere positive": (
        [atom(A * X * X + B * X + C, ">")],
        EVERYWHERE,
        lambda a, b, c, s: a > 0 or c > 0 or (b * b > 4 * a * c if a else b != 0),
    ),
    "a quadratic somewhere not negative": (
        [atom(A * X * X + B * X + C, ">=")],
        EVERYWHERE,
        lambda a, b, c, s: a > 0 or c >= 0 or (b * b >= 4 * a * c if a else b != 0),
    ),
    "a square with a factor of even power under its root": (
        [atom(X * X - A**4 * B, "=="), atom(X + 1, ">")],
        EVERYWHERE,
        lambda a, b, c, s: a**4 * b >= 0,
    ),
    "a product of three pinned between": (
        [atom((X - A) * (X - B) * (X - C), "<"), atom(X - A, ">")],
        EVERYWHERE,
        lambda a, b, c, s: b != c and max(b, c) > a,
    ),
    "only one point is left": (
        [atom(X - A, ">="), atom(B - X, ">="), atom(X - C, "!=")],
        EVERYWHERE,
        lambda a, b, c, s: a < b or (a == b != c),
    ),
    "an equation whose slope may vanish": (
        [atom(A * X - B, "=="), atom(X - C, ">")],
        EVERYWHERE,
        lambda a, b, c, s: b == 0 if a == 0 else b / a > c,
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_projections(name: str) -> None:
    parts, given, expected = KNOWN[name]
    result = exists(all_of(parts), ["x"], given)
    for a, b, c in product([F(-2), F(-1), F(-1, 2), F(0), F(1), F(2)], repeat=3):
        for s in (F(-1), F(0), F(1)):
            point = {"a": a, "b": b, "c": c, "s": s}
            if given.contains(point):
                assert result.contains(point) == expected(a, b, c, s), f"{result} at {point}"


def test_degree_three_is_out_of_scope_and_says_so() -> None:
    with pytest.raises(OutOfScope, match="degree 3"):
        exists(atom(X**3 + A * X + 1, "=="), ["x"], EVERYWHERE)
    lowered = exists(atom((X - A) ** 3 * (X - B), "<"), ["x"], EVERYWHERE)
    assert [lowered.contains({"a": F(a), "b": F(b)}) for a, b in ((0, 1), (1, 0), (1, 1))] == [
        True,
        True,
        False,
    ]


def test_nothing_to_eliminate() -> None:
    region = atom(A - B, ">")
    assert exists(region, ["x"], EVERYWHERE) == region
    assert (
        exists(NOWHERE, ["x"], EVERYWHERE) == NOWHERE and exists(EVERYWHERE, ["x"], EVERYWHERE) == EVERYWHERE
    )


# -- the check by another engine -------------------------------------------------------------------------------
RIGHT_AND_WRONG = [
    (atom(X * X - A, "=="), atom(A, ">="), [atom(A, ">"), EVERYWHERE, atom(A + 1, ">=")]),
    (atom(X * A - 1, "=="), atom(A, "!="), [atom(A, ">"), EVERYWHERE]),
    (all_of((atom(X - A, ">"), atom(B - X, ">"))), atom(B - A, ">"), [atom(B - A, ">="), NOWHERE]),
    (
        all_of((atom(X - A, ">="), atom(B - X, ">="))),
        atom(B - A, ">="),
        [atom(B - A, ">"), atom(B - A, "==")],
    ),
]


@pytest.mark.parametrize("index", range(len(RIGHT_AND_WRONG)))
def test_projections_are_proved_and_wrong_ones_refuted(index: int) -> None:
    region, right, wrong = RIGHT_AND_WRONG[index]
    assert proves_projection(region, ["x"], right, EVERYWHERE) is True
    for other in wrong:
        assert proves_projection(region, ["x"], other, EVERYWHERE) is False
    assert proves_projection(region, ["x"], exists(region, ["x"], EVERYWHERE), EVERYWHERE) is True


def test_proofs_agree_with_elimination_on_easy_conditions() -> None:
    rng = Random(21)
    answers = []
    for _ in range(40):
        tree = linear_tree(rng)
        region, given = region_of(tree), region_of(rng.choice(GIVEN))
        answers.append(proves_projection(region, ["x"], exists(region, ["x"], given), given))
        assert answers[-1] is not False, f"{region} under {given}"
    assert answers.count(True) >= 36, "easy ones are settled, hardly any left open"


def test_a_projection_that_misses_points_is_refuted() -> None:
    """The union of a right answer with somewhere else, and its part on one side, are both told apart."""
    rng = Random(22)
    told = 0
    for _ in range(30):
        tree = linear_tree(rng)
        region = region_of(tree)
        inside = [(a, b) for a, b in free_points(rng, ("and",), 20) if True in truths(tree, a, b)]
        outside = [(a, b) for a, b in free_points(rng, ("and",), 20) if True not in truths(tree, a, b)]
        if not inside or not outside:
            continue
        right = exists(region, ["x"], EVERYWHERE)
        for (a, b), change in ((inside[0], "less"), (outside[0], "more")):
            spot = all_of((atom(2 * A - int(2 * a), "=="), atom(2 * B - int(2 * b), "==")))
            wrong = all_of((right, ~spot)) if change == "less" else any_of((right, spot))
            assert proves_projection(region, ["x"], wrong, EVERYWHERE) is not True
            told += 1
    assert told >= 20 and prod(VALUES) == 0
