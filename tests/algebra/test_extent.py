"""Bounds on what an expression multiplies out to: never below the truth, bombs refused at once."""

from __future__ import annotations

import time

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from deterrence.algebra.extent import MAX_TERMS, Extent, Size, extent
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.errors import ExpressionError

BOMBS = [
    "((a + b + c + d + 1)**8)**8",
    "(((9**8)**8)**8)**8",
    "((((a**8)**8)**8)**8)**8",
    "((((((a + 1)**2)**2)**2)**2)**2)**4",
    "*".join(f"(a{i} + b{i})" for i in range(40)),
    "+".join(f"(1 + a{i})/(1 + b{i})" for i in range(40)),
    "+".join(f"abs(a{i})" for i in range(40)),
    "*".join(f"min(a{i}, b, c)" for i in range(40)),
    "*".join(["123456789012345678901234567890"] * 100),
    "(((1 + 1/(a + b))**-8)**-8)**-8",
    "min(" + ",".join("a" * 65) + ")",
    "(a + " + " + ".join(f"sqrt(a + {i})" for i in range(7)) + ")**8",
    "diff((a + b + c + d + e + f + g + h)**8, a)",
]


@pytest.mark.parametrize("text", BOMBS)
def test_bombs_are_refused_at_once(text):
    start = time.perf_counter()
    for parse, whole in ((parse_expression, text), (parse_condition, f"q > 0 or {text} > 0")):
        with pytest.raises(ExpressionError, match=r"multiplied out it may have more|make more than 64 cases"):
            parse(whole)
    assert time.perf_counter() - start < 1


def test_a_chain_of_definitions_is_bounded_through_what_is_known():
    known: dict[str, Extent] = {}
    known["c1"] = extent(parse_expression("(a + b + c + d)**5"), known)
    assert known["c1"] == Extent(frozenset("abcd"), Size(56, 5, 4**5), Size())
    with pytest.raises(ExpressionError, match=f"more than {MAX_TERMS} terms"):
        extent(parse_expression("c1**8"), known)


@pytest.mark.parametrize(
    "text",
    [
        "(1 - delta)**8 * (h + m*c - 1/2)**4",
        "(cDC - cSQ)/(cDC - cDDh) + (dCD - dDC)/(dCD - dDDs) - (a + b)/(c + d)",
        "min(1, 2*(g + r)/(d + 2*g*m)) + max(a, b, c) - abs(h)",
        "+".join(f"a{i}*b{i}" for i in range(99)),
        "((a + b)**8)**8",
    ],
)
def test_what_models_need_is_far_inside(text):
    extent(parse_expression(text), {}, text)


TEXTS = st.recursive(
    st.sampled_from(["a", "b", "c", "2", "0.5", "7"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({''.join(t)})"),
        st.tuples(inner, st.sampled_from(["**2", "**3", "**0"])).map(lambda t: f"({t[0]}){t[1]}"),
        inner.map(lambda t: f"(-{t})"),
        inner.map(lambda t: f"({t})/3"),
        inner.map(lambda t: f"diff({t}, a)"),
    ),
    max_leaves=7,
)


@settings(deadline=None, max_examples=150)
@given(text=TEXTS)
def test_the_bound_is_never_below_what_sympy_expands_to(text):
    try:
        bound = extent(parse_expression(text), {})
    except ExpressionError:
        return
    value = sympy.sympify(text, locals={"diff": sympy.diff}, rational=True)
    expanded = sympy.Poly(value, *sympy.symbols("a b c"), domain="QQ")
    _, whole = expanded.clear_denoms()
    assert len(expanded.terms()) <= bound.numerator.terms
    assert max(expanded.total_degree(), 0) <= bound.numerator.degree
    assert all(abs(int(k)) <= bound.numerator.norm for k in whole.coeffs())
