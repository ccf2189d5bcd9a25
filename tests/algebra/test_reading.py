"""What a text means: read regions and values against Python's own arithmetic, `min`, `max`, `abs`, `any` and `all`.

Random texts are made together with a function that says what they mean at a point.  Quantified names are held to
0, 1 and 2 by the assumptions, so `exists` is `any` and `forall` is `all` over three numbers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import Reading, read_cases, read_region, read_value
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of, atom
from deterrence.algebra.value import number, variable
from deterrence.errors import DomainError, ExpressionError, OutOfScope

X, Y, Q = (Poly.variable(n) for n in "xyq")
NUMBERS = [F(-2), F(-1), F(-1, 2), F(0), F(1, 3), F(1), F(2)]
GRID = [dict(zip("xy", p, strict=True)) for p in product(NUMBERS, NUMBERS)]
Point = dict[str, F]
Made = tuple[str, Callable[[Point], F]]
MadeCondition = tuple[str, Callable[[Point], bool]]
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def region(text: str, given: Region = EVERYWHERE) -> Region:
    return read_region(parse_condition(text), Reading(given))


def make(rng: Random, depth: int, names: str = "xy") -> Made:
    kind = rng.randrange(8) if depth else 0
    if kind == 0:
        if rng.random() < 0.3:
            k = rng.choice([F(1), F(2), F(1, 2), F(3)])
            return f"({k})", lambda p: k
        name = rng.choice(names)
        return name, lambda p: p[name]
    (a, f), (b, g) = make(rng, depth - 1, names), make(rng, depth - 1, names)
    if kind == 1:
        return f"({a} + {b})", lambda p: f(p) + g(p)
    if kind == 2:
        return f"({a} - {b})", lambda p: f(p) - g(p)
    if kind == 3:
        return f"{a}*{b}", lambda p: f(p) * g(p)
    if kind == 4:
        return f"min({a}, {b})", lambda p: min(f(p), g(p))
    if kind == 5:
        return f"max({a}, {b}, 0)", lambda p: max(f(p), g(p), F(0))
    if kind == 6:
        return f"abs({a})", lambda p: abs(f(p))
    return f"{a}/(1 + abs({b}))", lambda p: f(p) / (1 + abs(g(p)))


def make_condition(rng: Random, depth: int, names: str = "xy") -> MadeCondition:
    kind = rng.randrange(5) if depth else 0
    if kind < 2:
        (a, f), (b, g), (c, h) = (make(rng, rng.choice([0, 1, 1, 2]), names) for _ in range(3))
        one, two = rng.choice(list(COMPARE)), rng.choice(list(COMPARE))
        if kind:
            return f"{a} {one} {b} {two} {c}", lambda p: COMPARE[one](f(p), g(p)) and COMPARE[two](g(p), h(p))
        return f"{a} {one} {b}", lambda p: COMPARE[one](f(p), g(p))
    (a, u), (b, v) = make_condition(rng, depth - 1, names), make_condition(rng, depth - 1, names)
    if kind == 2:
        return f"({a} and {b})", lambda p: u(p) and v(p)
    if kind == 3:
        return f"({a} or {b})", lambda p: u(p) or v(p)
    return f"not ({a})", lambda p: not u(p)


# -- expressions and conditions --------------------------------------------------------------------------------
def test_cases_exclude_each_other_cover_and_carry_the_right_value() -> None:
    rng = Random(1)
    split = 0
    for _ in range(120):
        text, meaning = make(rng, 3)
        try:
            cases = read_cases(parse_expression(text), Reading())
        except ExpressionError:  # more cases than the limit
            continue
        split += len(cases) > 1
        for point in rng.sample(GRID, 15):
            here = [v for guard, v in cases if guard.contains(point)]
            assert len(here) == 1, f"{text} at {point}: {len(here)} cases"
            assert here[0].at(point) == meaning(point), f"{text} at {point}"
    assert split > 30


@pytest.mark.parametrize(
    "given", [EVERYWHERE, atom(X, ">"), all_of((atom(X, ">="), atom(Y - X, ">=")))], ids=str
)
def test_conditions_mean_what_python_means(given: Region) -> None:
    rng = Random(f"{given}")
    for _ in range(80):
        text, meaning = make_condition(rng, 2)
        found = region(text, given)
        for point in GRID:
            if given.contains(point):
                assert found.contains(point) == meaning(point), f"{text} at {point}: {found}"


def test_min_of_several_and_of_equals() -> None:
    found = region("min(x, y, 1) == max(x, y, 1)")
    assert all(found.contains(p) == (p["x"] == p["y"] == 1) for p in GRID)
    assert len(read_cases(parse_expression("min(x, x)"), Reading())) == 1
    assert read_value(parse_expression("max(1, 2, 3/2)"), Reading()) == number(2)


def test_powers_and_chains() -> None:
    found = region("0 < x**2 <= y < 2", EVERYWHERE)
    assert all(found.contains(p) == (0 < p["x"] ** 2 <= p["y"] < 2) for p in GRID)
    v = read_value(parse_expression("x**-2 + 1"), Reading(atom(X, "!=")))
    assert v.at({"x": F(-2)}) == F(5, 4)


# -- denominators ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text", ["1/x > 0", "y/(x - y) >= 1", "x**-1 == 2", "1/(x**2 - 2) > 0", "1/abs(x) > y", "1/min(x, 1) > 0"]
)
def test_a_denominator_that_may_vanish_is_refused_by_name(text: str) -> None:
    with pytest.raises(DomainError, match="denominator"):
        region(text)


def test_a_denominator_is_named_and_the_remedy_given() -> None:
    with pytest.raises(DomainError, match=r"x - y.*assumption.*"):
        region("1/(x - y) > 0")
    assert region("1/(x - y) > 0", atom(X - Y, ">")).contains({"x": F(2), "y": F(1)})
    assert region("1/(x - y) > 0", atom(X - Y, "!=")).contains({"x": F(1), "y": F(1, 2)})


def test_denominators_that_cannot_vanish_are_fine() -> None:
    for text in ("1/(x**2 + 1) > 0", "1/(1 + abs(x)) > 0", "1/max(x, 1) > 0", "1/(x**2 - x + 1) > 0"):
        found = region(text)
        assert all(found.contains(p) for p in GRID), text
    assert region("1/x > 0", all_of((atom(X, ">"), atom(X, "<")))) is not None, "vacuous assumptions"


def test_the_sign_of_a_denominator_is_respected() -> None:
    found = region("y/x > 1", atom(X, "!="))
    for p in GRID:
        if p["x"] != 0:
            assert found.contains(p) == (p["y"] / p["x"] > 1)


@pytest.mark.parametrize("y", [F(0), F(1, 4), F(1), F(4)])
def test_dividing_by_a_sum_with_a_root_loses_no_point(y: F) -> None:
    """1/(1 + sqrt(y)) is defined for all y >= 0; multiplying through by 1 - sqrt(y) would lose y = 1."""
    given = atom(Y, ">=")
    assert region("1/(1 + sqrt(y)) > 0", given).contains({"y": y})
    assert region("1/(1 + sqrt(y)) <= 1", given).contains({"y": y})
    assert region("2/(1 + sqrt(y)) >= 1", given).contains({"y": y}) == (y <= 1)


# -- roots -----------------------------------------------------------------------------------------------------
def test_conditions_with_roots() -> None:
    given = atom(X, ">=")
    found = region("sqrt(x) > y", given)
    for p in GRID:
        if p["x"] >= 0:
            assert found.contains(p) == (p["y"] < 0 or p["x"] > p["y"] ** 2)
    assert region("sqrt(4*x) == 2*sqrt(x)", given).contains({"x": F(3)})
    assert region("abs(1 - sqrt(x)) < 1", given).contains({"x": F(3)})
    assert not region("abs(1 - sqrt(x)) < 1", given).contains({"x": F(4)})
    for x in (F(0), F(1), F(2)):
        assert region("min(sqrt(x), 1) == max(sqrt(x), 1)", given).contains({"x": x}) == (x == 1)


def test_what_the_exact_algebra_cannot_say_is_refused() -> None:
    with pytest.raises(OutOfScope):
        region("sqrt(1 + sqrt(x)) > 0", atom(X, ">="))
    with pytest.raises(OutOfScope):
        region("sqrt(x) + sqrt(y) > 1", all_of((atom(X, ">="), atom(Y, ">="))))
    with pytest.raises(OutOfScope, match="cases"):
        read_value(parse_expression("abs(x)"), Reading())


# -- derivatives -----------------------------------------------------------------------------------------------
DERIVATIVES = [
    ("x**3 - x*y", lambda p: 3 * p["x"] ** 2 - p["y"]),
    ("(x - y)**2/2", lambda p: p["x"] - p["y"]),
    ("x/(1 + x**2)", lambda p: (1 - p["x"] ** 2) / (1 + p["x"] ** 2) ** 2),
    ("y", lambda p: F(0)),
]


@pytest.mark.parametrize(("text", "expected"), DERIVATIVES, ids=[t for t, _ in DERIVATIVES])
def test_derivatives(text: str, expected: Callable[[Point], F]) -> None:
    v = read_value(parse_expression(f"diff({text}, x)"), Reading())
    assert all(v.at(p) == expected(p) for p in GRID)


def test_derivatives_at_a_kink_are_refused() -> None:
    for text in ("diff(abs(x), x)", "diff(max(x, y), x)", "diff(sqrt(x), x)"):
        with pytest.raises(OutOfScope):
            read_value(parse_expression(text), Reading(atom(X, ">") if "sqrt" in text else EVERYWHERE))


# -- definitions -----------------------------------------------------------------------------------------------
def test_definitions_stand_for_their_cases() -> None:
    cost = read_cases(parse_expression("max(x, y)"), Reading())
    reading = Reading(definitions={"cost": cost})
    found = read_region(parse_condition("cost - x >= 1"), reading)
    assert all(found.contains(p) == (max(p["x"], p["y"]) - p["x"] >= 1) for p in GRID)


# -- quantifiers -----------------------------------------------------------------------------------------------
HELD = atom(Q * (Q - 1) * (Q - 2), "==")
THREE = [F(0), F(1), F(2)]


def test_quantifiers_over_three_numbers() -> None:
    rng = Random(11)
    seen = set()
    for _ in range(60):
        text, meaning = make_condition(rng, 1, "xyq")
        if "/" in text.replace("(1/2)", ""):
            continue  # divisions by expressions in q raise degrees beyond what can be eliminated
        some, every = region(f"exists q: {text}", HELD), region(f"forall q: {text}", HELD)
        for point in rng.sample(GRID, 12):
            values = [meaning({**point, "q": q}) for q in THREE]
            full = {**point, "q": F(1)}
            assert some.contains(full) == any(values), f"exists q: {text} at {point}"
            assert every.contains(full) == all(values), f"forall q: {text} at {point}"
            seen.add((any(values), all(values)))
    assert len(seen) == 3


def test_a_bound_name_is_not_the_free_one() -> None:
    """`q` outside the quantifier is the parameter, inside it is any of its values."""
    found = region("q > 0 and (exists q: q == x)", HELD)
    other = region("exists q: q == x and (forall q: q + 1 > y)", HELD)
    for q, point in product(THREE, GRID):
        full = {**point, "q": q}
        assert found.contains(full) == (q > 0 and point["x"] in THREE)
        assert other.contains(full) == (point["x"] in THREE and point["y"] < 1)
    assert "q_any" not in str(found)


def test_names_that_look_like_the_renamed_one() -> None:
    any_q = Poly.variable("q_any")
    given = all_of((HELD, atom(any_q - 5, ">")))
    found = region("exists q: q_any == x + q", given)
    for x, value in product(NUMBERS, (F(6), F(7))):
        expected = any(value == x + q for q in THREE)
        assert found.contains({"x": x, "q": F(0), "q_any": value}) == expected


def test_nested_quantifiers_in_their_order() -> None:
    both = all_of((HELD, atom(X * (X - 1), "==")))
    some = region("exists q: forall x: q*x <= y", both)
    every = region("forall x: exists q: q*x >= y", both)
    for y in NUMBERS:
        point = {"x": F(0), "q": F(0), "y": y}
        assert some.contains(point) == any(all(q * x <= y for x in (0, 1)) for q in THREE)
        assert every.contains(point) == all(any(q * x >= y for q in THREE) for x in (0, 1))


def test_two_names_under_one_quantifier() -> None:
    both = all_of((HELD, atom(X * (X - 1), "==")))
    for y in NUMBERS:
        point = {"x": F(0), "q": F(0), "y": y}
        assert region("exists q, x: q - x == y", both).contains(point) == (y in (-1, 0, 1, 2))
        assert region("forall q, x: q - x >= y", both).contains(point) == (y <= -1)


def test_joint_assumptions_bound_the_quantified_name_too() -> None:
    """With 0 <= x <= y assumed, `exists x` looks between 0 and the y at hand."""
    given = all_of((atom(X, ">="), atom(Y - X, ">=")))
    some, every = region("exists x: 2*x > 3", given), region("forall x: 2*x <= 3", given)
    for y in (F(0), F(1), F(3, 2), F(2)):
        point = {"x": F(0), "y": y}
        assert some.contains(point) == (y > F(3, 2)) and every.contains(point) == (y <= F(3, 2))


def test_an_assumption_with_or_is_one_assumption() -> None:
    """Assumed: x > 1 or y > 1.  Where y > 1 the first half binds nobody, so x may be negative."""
    given = any_of((atom(X - 1, ">"), atom(Y - 1, ">")))
    some = region("exists x: x < 0", given)
    for x, y in ((F(2), F(2)), (F(0), F(2)), (F(2), F(0))):
        assert given.contains({"x": x, "y": y})
        assert some.contains({"x": x, "y": y}) == (y > 1), f"x={x}, y={y}: {some}"


def test_quantifiers_over_all_real_numbers() -> None:
    found = region("exists x: x**2 + y*x + 1 == 0")
    assert all(found.contains({"x": F(0), "y": y}) == (y * y >= 4) for y in (F(-3), F(-2), F(0), F(2), F(5)))
    assert prover(EVERYWHERE).holds(region("forall x: x**2 + 1 > 0")) is True
    assert prover(EVERYWHERE).holds(region("forall x: exists y: y > x")) is True
    assert prover(EVERYWHERE).satisfiable(region("exists y: forall x: y > x")) is False


# -- play ------------------------------------------------------------------------------------------------------
def test_play_is_asked_for_probabilities_and_payoffs() -> None:
    asked = []

    def play(node):
        asked.append(node)
        return variable("x")

    found = read_region(
        parse_condition("P(us = strike) > 1/2 and us = strike", play=True), Reading(play=play)
    )
    assert (
        found.contains({"x": F(1)}) and not found.contains({"x": F(3, 4)}) and not found.contains({"x": F(0)})
    )
    assert [(n.place, n.action) for n in asked] == [("us", "strike")] * 2
    with pytest.raises(OutOfScope, match="claims"):
        read_region(parse_condition("us = strike", play=True), Reading())
