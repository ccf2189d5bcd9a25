"""The grammar's meaning: trees valued in exact fractions agree with Python's own precedence and arithmetic.

The texts are generated here, from a grammar that adds few brackets, so that precedence has to be right.
"""

from __future__ import annotations

import operator
import re
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.syntax import (
    And,
    Arithmetic,
    Call,
    Comparison,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Power,
    Truth,
)
from deterrence.errors import ExpressionError

POINT = {"a": Fraction(2, 3), "b": Fraction(-5), "c": Fraction(7, 4), "h": Fraction(0)}
RELATION = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
RELATION |= {"==": operator.eq, "!=": operator.ne}
ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def value(node):
    """The tree's value at POINT, from the definition; ZeroDivisionError where there is none."""
    match node:
        case Number(number):
            return number
        case Name(name):
            return POINT[name]
        case Negate(body):
            return -value(body)
        case Arithmetic(op, left, right):
            return ARITHMETIC[op](value(left), value(right))
        case Power(base, exponent):
            return value(base) ** exponent
        case Call("min", arguments):
            return min(map(value, arguments))
        case Call("max", arguments):
            return max(map(value, arguments))
        case Call("abs", (argument,)):
            return abs(value(argument))
        case Truth(truth):
            return truth
        case Comparison(terms, relations):
            values = [value(t) for t in terms]
            return all(RELATION[r](x, y) for r, x, y in zip(relations, values, values[1:], strict=False))
        case Not(body):
            return not value(body)
        case And(parts):
            return all([value(p) for p in parts])
        case Or(parts):
            return any([value(p) for p in parts])


NUMBERS = st.sampled_from(["0", "1", "2", "7", "0.5", "1.25", "10"])
SUM, PRODUCT = st.sampled_from([" + ", "-", " - "]), st.sampled_from(["*", " / "])


def series(items, signs):
    """Two to four items joined by signs, with no brackets: the reader's precedence must sort it out."""
    rest = st.lists(st.tuples(signs, items).map("".join), min_size=1, max_size=3)
    return st.tuples(items, rest.map("".join)).map("".join)


def grow(inner):
    bracketed = inner.map(lambda t: f"({t})")
    call = st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})")
    atom = st.one_of(
        NUMBERS, st.sampled_from(sorted(POINT)), bracketed, call, inner.map(lambda t: f"abs({t})")
    )
    power = st.tuples(atom, st.sampled_from(["**2", "**-1", "**0", "**3"])).map("".join)
    factor = st.one_of(atom, power, st.one_of(atom, power).map(lambda t: f"-{t}"))
    term = st.one_of(factor, series(factor, PRODUCT))
    return st.one_of(term, series(term, SUM))


TEXTS = st.recursive(st.one_of(NUMBERS, st.sampled_from(sorted(POINT))), grow, max_leaves=8)
COMPARISONS = series(TEXTS, st.sampled_from([f" {r} " for r in RELATION]))


def logic(inner):
    part = st.one_of(inner.map(lambda t: f"({t})"), inner.map(lambda t: f"not ({t})"), COMPARISONS)
    part = st.one_of(part, COMPARISONS.map(lambda t: f"not {t}"))
    return series(part, st.sampled_from([" and ", " or "]))


def python_value(text):
    """The text by Python's own precedence: each number and name replaced by an exact fraction."""
    source = re.sub(r"(?<![\w.*])(\*\*-?\d)|(\d+(?:\.\d+)?)", lambda m: m[1] or f"F('{m[2]}')", text)
    source = re.sub(r"\*\*(-?)F\('(\d)'\)", r"**\1\2", source)
    return eval(source, {"__builtins__": {}, "F": Fraction, "min": min, "max": max, "abs": abs, **POINT})


@settings(deadline=None, max_examples=400)
@given(text=TEXTS)
@example(text="-a**2 - b - c/2*b")
def test_values_agree_with_python(text):
    check(parse_expression, text)


@settings(deadline=None, max_examples=300)
@given(text=st.recursive(COMPARISONS, logic, max_leaves=5))
@example(text="not a < b and a < c or b == -5")
def test_truth_values_agree_with_python(text):
    check(parse_condition, text)


def check(parse, text):
    try:
        tree = parse(text)
    except ExpressionError as error:
        assert "more than" in error.problem  # a limit, and nothing else
        return
    try:
        expected = python_value(text)
        assert value(tree) == expected
    except ZeroDivisionError:
        return
