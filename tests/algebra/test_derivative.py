"""Derivatives of values with square roots, against SymPy's."""

import pytest
import sympy

from deterrence.algebra.derivative import derivative
from deterrence.algebra.grammar import parse_expression
from deterrence.algebra.reading import Reading, read_value
from deterrence.algebra.value import sign_region

TEXTS = ["sqrt(x*y + 1)", "(x + sqrt(y*x**2 + 3))/(2*x + y)", "(1 + sqrt(x))/(y - 2*sqrt(x))", "x/(y + 1)"]


@pytest.mark.parametrize("text", TEXTS)
def test_the_derivative_is_that_of_sympy(text):
    ours = derivative(read_value(parse_expression(text), Reading(lenient=True)), "x")
    theirs = sympy.diff(sympy.sympify(text), "x")
    for point in ({"x": 2, "y": 3}, {"x": 5, "y": 7}):
        exact = theirs.subs(point)
        assert abs(ours.decimal(point) - float(exact)) < 1e-9


def test_where_the_root_vanishes_there_is_no_slope():
    v = derivative(read_value(parse_expression("sqrt(x)"), Reading(lenient=True)), "x")
    assert sign_region(v, ">").contains({"x": 1})
    assert not any(sign_region(v, r).contains({"x": 0}) for r in (">", "<", "=="))
