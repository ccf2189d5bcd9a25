"""Conditions in the words of a model: `q >= d_2` where the model defines d_2, instead of its expression.

A comparison is reworded only when its polynomial is exactly that of a parameter against a definition, or of
two definitions, and the sign of the definitions' denominators is proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.printing import atom_text, region_text
from deterrence.algebra.region import AllOf, AnyOf, Atom, Region
from deterrence.algebra.value import Value

_FLIP = {">": "<", ">=": "<=", "==": "==", "!=": "!="}


def named_text(region: Region, definitions: Mapping[str, Value], ask: Prover) -> str:
    """A region as text, with comparisons reworded by the definitions where they fit.

    >>> from deterrence.algebra.decide import prover
    >>> from deterrence.algebra.region import atom
    >>> from deterrence.algebra.value import variable
    >>> a, b, q = (Poly.variable(n) for n in "abq")
    >>> d = variable("a") / variable("b")
    >>> named_text(atom(q * b - a, ">="), {"d": d}, prover(atom(b, ">")))
    'q >= d'
    """
    if isinstance(region, Atom):
        return _reworded(region, definitions, ask) or atom_text(region)
    if isinstance(region, AllOf) and region.parts:
        return " and ".join(
            f"({named_text(p, definitions, ask)})"
            if isinstance(p, AnyOf)
            else named_text(p, definitions, ask)
            for p in region.parts
        )
    if isinstance(region, AnyOf) and region.parts:
        return " or ".join(
            f"({named_text(p, definitions, ask)})"
            if isinstance(p, AllOf) and len(p.parts) > 1
            else named_text(p, definitions, ask)
            for p in region.parts
        )
    return region_text(region)


def _reworded(part: Atom, definitions: Mapping[str, Value], ask: Prover) -> str | None:
    for left, right, difference in _candidates(part, definitions):
        if difference.is_zero or difference.is_constant:
            continue
        poly = difference.primitive()
        for sign in (1, -1):
            if part.poly == poly * sign:
                below = _sign(definitions, left, right, ask)
                if below == 0:
                    return None
                return f"{left} {part.relation if sign * below > 0 else _FLIP[part.relation]} {right}"
    return None


def _candidates(part: Atom, definitions: Mapping[str, Value]) -> Iterator[tuple[str, str, Poly]]:
    """Names and definitions, with the numerator of their difference over the product of denominators."""
    fractions = {n: v for n, v in definitions.items() if v.is_rational and not v.is_constant}
    for name in part.poly.names:
        for definition, v in fractions.items():
            if part.poly.degree(name) == 1:
                yield name, definition, Poly.variable(name) * v.c - v.a
    listed = list(fractions.items())
    for i, (one, v) in enumerate(listed):
        for other, w in listed[i + 1 :]:
            yield one, other, v.a * w.c - w.a * v.c


def _sign(definitions: Mapping[str, Value], left: str, right: str, ask: Prover) -> int:
    """The sign of the product of the denominators, 0 where it is not proved."""
    product = 1
    for name in (left, right):
        if name in definitions:
            signs = ask.sign(definitions[name].c)
            if signs is None or len(signs) != 1:
                return 0
            product *= next(iter(signs))
    return product
