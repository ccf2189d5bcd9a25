"""Conditions solved for a chosen parameter: `delta >= (T - R)/(T - P)`, square roots included.

A comparison is solved only where one bound says the same: the coefficient (or the slope, for a quadratic)
must have one proved sign where the condition stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.printing import atom_text, value_text
from deterrence.algebra.region import EVERYWHERE, AllOf, AnyOf, Atom, Region, all_of, atom, names_of
from deterrence.algebra.value import Value, fraction, value

_FLIP = {">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True)
class Bound:
    """A condition solved for one parameter: `name relation value`, printed with a positive divisor."""

    name: str
    relation: str
    value: Value
    below_positive: bool = True

    def __str__(self) -> str:
        return f"{self.name} {self.relation} {value_text(self.value, flip=not self.below_positive)}"


def isolate(part: Atom, name: str, ask: Prover, where: Region = EVERYWHERE) -> Bound | None:
    """The condition solved for `name`, or None where that cannot be done by one bound.

    Linear conditions need a coefficient of one proved sign in `where`.  Quadratic ones need, besides a
    real root there, a slope of one proved sign, so that exactly one root matters.
    """
    coefficients = part.poly.coefficients(name)
    if len(coefficients) == 2:
        constant, slope = coefficients
        sign = _sign(slope, where, ask)
        if not sign:
            return None
        relation = part.relation if sign > 0 else _FLIP[part.relation]
        solved = fraction(-constant, slope)
        return Bound(name, relation, solved, _sign(solved.c, where, ask) >= 0)
    if len(coefficients) != 3 or part.relation == "!=":
        return None
    c, b, a = coefficients
    inside = b * b - 4 * a * c
    lead, slope_sign = _sign(a, where, ask), _sign(part.poly.derivative(name), where, ask)
    if not lead or not slope_sign or ask.implies(where, atom(inside, ">=")) is not True:
        return None
    # a rising quadratic is to the right of its larger root when a > 0, of its smaller one when a < 0
    larger = (slope_sign > 0) == (lead > 0)
    root = value(-b, Poly.constant(1 if larger == (lead > 0) else -1), inside, 2 * a)
    relation = part.relation if slope_sign > 0 else _FLIP[part.relation]
    return Bound(name, relation, root, _sign(root.c, where, ask) >= 0)


def _sign(poly: Poly, where: Region, ask: Prover) -> int:
    signs = ask.sign(poly, where)
    return next(iter(signs)) if signs is not None and len(signs) == 1 else 0


def solved_text(region: Region, name: str | Sequence[str], ask: Prover) -> str:
    """The region as text with each condition solved for `name` where that is possible.

    Of several names, each condition is solved for the first that occurs in it.
    """
    wanted = (name,) if isinstance(name, str) else tuple(name)

    def show(part: Region, beside: Sequence[Region]) -> str:
        if isinstance(part, Atom):
            found = next((n for n in wanted if n in part.poly.names), None)
            if found is None:
                return atom_text(part)
            where = all_of(q for q in beside if found not in names_of(q))
            return str(isolate(part, found, ask, where) or atom_text(part))
        if isinstance(part, AllOf):
            if not part.parts:
                return "true"
            shown = []
            for i, p in enumerate(part.parts):
                text = show(p, (*beside, *(q for j, q in enumerate(part.parts) if j != i)))
                shown.append(f"({text})" if isinstance(p, AnyOf) else text)
            return " and ".join(shown)
        assert isinstance(part, AnyOf)
        if not part.parts:
            return "false"
        return " or ".join(
            f"({show(p, beside)})" if isinstance(p, AllOf) else show(p, beside) for p in part.parts
        )

    return show(region, ())
