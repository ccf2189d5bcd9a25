"""The parameters of the explorer page: where it begins, and the range and step of each slider."""

from __future__ import annotations

from fractions import Fraction
from html import escape
from math import ceil, floor

from deterrence.algebra.decide import Prover
from deterrence.algebra.parameters import Parameter
from deterrence.algebra.region import EVERYWHERE
from deterrence.algebra.value import compare, number, variable
from deterrence.algebra.witness import find_point
from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.show.mathml import expression_mathml


def start_of(model: Model) -> dict[str, Fraction]:
    """Where the page begins: the examples, and for parameters without one a point that fits them.

    Raises OutOfScope where no such point is found.
    """
    example, names = model.domain.example, model.domain.names
    if len(example) == len(names):
        return dict(example)
    found = find_point(EVERYWHERE, model.domain.given, names, example)
    if found is None:
        raise OutOfScope(f"no rational point of {model.name} was found; give its parameters examples")
    return {n: found[n] for n in names}


def parameter_data(p: Parameter, value: Fraction, ask: Prover) -> dict[str, object]:
    """A slider: name, symbol, meaning, range, step and where it begins."""
    low, high = p.range or _range(p, value, ask)
    low, high = min(low, value), max(high, value)
    step = Fraction(high - low) / 200
    return {
        "name": p.name,
        "symbol": expression_mathml(p.name),
        "meaning": escape(p.meaning),
        "min": float(low),
        "max": float(high),
        "step": float(f"{float(step):.1g}"),
        "value": float(value),
    }


def _range(p: Parameter, value: Fraction, ask: Prover) -> tuple[Fraction, Fraction]:
    x = variable(p.name)
    below_one = ask.holds(compare(x, "<=", number(1))) is True
    positive = ask.holds(compare(x, ">=", number(0))) is True
    high = Fraction(1) if below_one else Fraction(max(2, ceil(2 * abs(value))))
    low = Fraction(0) if positive else Fraction(min(-2, floor(-2 * abs(value))))
    return low, high
