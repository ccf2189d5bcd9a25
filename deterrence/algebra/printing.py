"""Polynomials, values and regions as text in the model-file grammar, written the way people write them.

Common factors are pulled out (`2*(g*(1 - m) + r)`), positive terms come first, and a comparison puts a
parameter alone on one side when it stands there by itself (`c <= h*m`); else positive terms stand left
and negative ones right (`R + S >= T + P`).  `isolate` solves a condition for a chosen parameter.
"""

from __future__ import annotations

from math import gcd

from deterrence.algebra.decide import Prover
from deterrence.algebra.poly import Monomial, Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, AllOf, AnyOf, Atom, Region
from deterrence.algebra.value import Value, fraction

_FLIP = {">": "<", ">=": "<=", "==": "==", "!=": "!="}
_ONE = Poly.constant(1)
_FACTORED_FROM = 4  # a product of two sums has at least four terms
_Terms = dict[Monomial, int]


# -- polynomials ----------------------------------------------------------------------------------
def poly_text(poly: Poly) -> str:
    """A polynomial as text, with common factors pulled out where that shortens it.

    >>> d, g, m, r = (Poly.variable(n) for n in "dgmr")
    >>> poly_text(2 * g * (1 - m) + 2 * r)
    '2*(g*(1 - m) + r)'
    """
    return _sum_text(dict(poly.terms))


def _sum_text(terms: _Terms) -> str:
    """The shorter of the grouped form and, for a product of sums, the factored form."""
    grouped = _grouped_text(terms)
    if len(terms) < _FACTORED_FROM:
        return grouped
    content, factors = Poly.from_terms(terms.items()).factors()
    if sum(1 for f, _ in factors if f.size > 1) < 2:
        return grouped
    factored = _product_text(content, factors)
    return factored if len(factored) < len(grouped) else grouped


def _grouped_text(terms: _Terms) -> str:
    if not terms:
        return "0"
    if len(terms) == 1:
        return _term_text(*next(iter(terms.items())))
    content = 0
    for c in terms.values():
        content = gcd(content, c)
    if all(c < 0 for c in terms.values()):
        content = -content
    shared = dict(next(iter(terms)))
    for monomial in terms:
        powers = dict(monomial)
        shared = {n: min(e, powers[n]) for n, e in shared.items() if n in powers}
    if content != 1 or shared:
        inner = {_divide(m, shared): c // content for m, c in terms.items()}
        lead = _term_text(tuple(sorted(shared.items())), content)
        return (
            f"{'-' if lead == '-1' else lead + '*'}({_sum_text(inner)})" if lead != "1" else _sum_text(inner)
        )
    name = _best_group(terms)
    if name is None:
        ordered = sorted(terms.items(), key=lambda item: (item[1] < 0, _order(item[0])))
        return _signed([_term_text(m, c) for m, c in ordered])
    inside = {m: c for m, c in terms.items() if name in dict(m)}
    outside = {m: c for m, c in terms.items() if name not in dict(m)}
    parts = [_sum_text(inside)]
    if outside:
        parts.append(_sum_text_parts(outside))
    parts.sort(key=lambda text: text.startswith("-"))
    return _signed(parts)


def _sum_text_parts(terms: _Terms) -> str:
    """Text of a sum that will stand beside another, without an outer bracket."""
    if all(c < 0 for c in terms.values()) and len(terms) > 1:
        ordered = sorted(terms.items(), key=lambda item: _order(item[0]))
        return _signed([_term_text(m, c) for m, c in ordered])
    content = 0
    for c in terms.values():
        content = gcd(content, c)
    if content > 1 and len(terms) > 1:
        ordered = sorted(terms.items(), key=lambda item: (item[1] < 0, _order(item[0])))
        return _signed([_term_text(m, c) for m, c in ordered])
    return _sum_text(terms)


def _divide(monomial: Monomial, by: dict[str, int]) -> Monomial:
    return tuple((n, e - by.get(n, 0)) for n, e in monomial if e > by.get(n, 0))


def _best_group(terms: _Terms) -> str | None:
    """The variable to pull out of part of a sum: one in several terms, not in all, most gain first."""
    counts: dict[str, int] = {}
    for monomial in terms:
        for name, _ in monomial:
            counts[name] = counts.get(name, 0) + 1
    useful = [(n, k) for n, k in counts.items() if k >= 2]
    return min(useful, key=lambda item: (-item[1], item[0].lower(), item[0]))[0] if useful else None


def _order(monomial: Monomial) -> tuple[bool, list[tuple[str, str, int]]]:
    return (not monomial, [(n.lower(), n, -e) for n, e in monomial])


def _term_text(monomial: Monomial, coefficient: int) -> str:
    factors = [n if e == 1 else f"{n}**{e}" for n, e in monomial]
    if not factors:
        return str(coefficient)
    if coefficient == 1:
        return "*".join(factors)
    if coefficient == -1:
        return "-" + "*".join(factors)
    return "*".join([str(coefficient), *factors])


def _signed(parts: list[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
    return text


# -- values ---------------------------------------------------------------------------------------
def value_text(v: Value, ask: Prover | None = None, *, flip: bool = False) -> str:
    """A value as text: a sum, a fraction, or one with a square root.

    With a prover, a denominator that is proved negative under its assumptions is turned round; `flip`
    asks for that outright.
    """
    if ask is not None and v.e.is_zero and not v.c.is_constant:
        flip = ask.sign(v.c) == frozenset({-1})
    if v.is_rational:
        if flip:
            return _fraction_text(-v.a, -v.c)
        known = ask is not None and ask.sign(v.c) == frozenset({1})
        return _fraction_text(v.a, v.c) if known else _ratio_text(v.a, v.c)
    if flip and v.e.is_zero:
        v = Value(-v.a, -v.b, v.d, -v.c, v.e)
    top = _surd_text(v.a, v.b, v.d)
    below = _surd_text(v.c, v.e, v.d)
    return top if below == "1" else f"{_bracketed(top)}/{_bracketed_product(below)}"


def _surd_text(a: Poly, b: Poly, d: Poly) -> str:
    if b.is_zero:
        return _factored_text(a)
    root = f"sqrt({_factored_text(d)})"
    outside = _factored_text(b)
    second = {"1": root, "-1": f"-{root}"}.get(outside, f"{_bracketed(outside)}*{root}")
    return second if a.is_zero else _signed([poly_text(a), second])


def _ratio_text(top: Poly, below: Poly) -> str:
    if top.leading_sign and _negative_first(below) and not below.is_constant:
        top, below = -top, -below
    return _fraction_text(top, below)


def _fraction_text(top: Poly, below: Poly) -> str:
    if below == _ONE:
        return _factored_text(top)
    over, under = _factored_text(top), _factored_text(below)
    return f"{_bracketed(over)}/{_bracketed_product(under)}"


def _negative_first(poly: Poly) -> bool:
    """Whether more coefficients are negative than positive, so that the opposite reads better."""
    down = sum(1 for _, c in poly.terms if c < 0)
    up = poly.size - down
    constant = dict(poly.terms).get((), 0)
    return down > up or (down == up and constant < 0)


def _factored_text(poly: Poly) -> str:
    """The shorter of the grouped and the factored form."""
    grouped = poly_text(poly)
    content, factors = poly.factors()
    if len(factors) < 2 and all(m == 1 for _, m in factors):
        return grouped
    factored = _product_text(content, factors)
    return factored if len(factored) <= len(grouped) else grouped


def _product_text(content: int, factors: tuple[tuple[Poly, int], ...]) -> str:
    listed = []
    for factor, multiplicity in sorted(factors, key=lambda item: (item[0].size, str(item[0]))):
        if _negative_first(factor):
            factor = -factor
            content = -content if multiplicity % 2 else content
        listed.append((factor, multiplicity))
    if content < 0:  # a difference takes up the sign: (b - a)*c rather than -(a - b)*c
        for k, (factor, multiplicity) in enumerate(listed):
            if multiplicity % 2 and _is_difference(factor):
                listed[k] = (-factor, multiplicity)
                content = -content
                break
    pieces = []
    for factor, multiplicity in listed:
        text = poly_text(factor)
        text = f"({text})" if factor.size > 1 else text
        pieces.append(text if multiplicity == 1 else f"{text}**{multiplicity}")
    lead = {1: "", -1: "-"}.get(content, f"{content}*")
    return lead + "*".join(pieces)


def _is_difference(poly: Poly) -> bool:
    """Whether as many terms are added as taken away, none a number: then either sign reads well."""
    return 2 * sum(1 for _, c in poly.terms if c < 0) == poly.size and () not in dict(poly.terms)


def _is_sum(text: str) -> bool:
    depth = 0
    for i, ch in enumerate(text):
        depth += (ch == "(") - (ch == ")")
        if depth == 0 and i and ch in "+-" and text[i - 1] == " ":
            return True
    return False


def _bracketed(text: str) -> str:
    return f"({text})" if _is_sum(text) else text


def _bracketed_product(text: str) -> str:
    depth = 0
    product = text.startswith("-")
    for ch in text:
        depth += (ch == "(") - (ch == ")")
        product = product or (depth == 0 and ch in "*/")
    if text.startswith("(") and not product:
        return text
    return f"({text})" if product or _is_sum(text) else text


# -- conditions -----------------------------------------------------------------------------------
def atom_text(part: Atom) -> str:
    """One comparison as text."""
    terms = dict(part.poly.terms)
    up = {m: c for m, c in terms.items() if c > 0}
    down = {m: -c for m, c in terms.items() if c < 0}
    alone = _standing_alone(terms)
    if len(alone) > 1:
        singles = [m for m in alone if len(up if terms[m] > 0 else down) == 1]
        products = any(len(m) > 1 for m in terms)
        alone = singles[:1] or ([m for m in alone if terms[m] > 0][:1] if products else [])
    if alone:
        monomial = alone[0]
        rest = {m: c for m, c in terms.items() if m != monomial}
        if terms[monomial] > 0:
            rest = {m: -c for m, c in rest.items()}
            relation = part.relation
        else:
            relation = _FLIP[part.relation]
        scale = abs(terms[monomial])
        right = value_text(fraction(Poly.from_terms(rest.items()), Poly.constant(scale)))
        return f"{monomial[0][0]} {relation} {right}"
    if len(part.poly.factors()[1]) > 1 and not any(len(m) == 0 for m in terms):
        return f"{_factored_text(part.poly)} {part.relation} 0"
    left, right = _sum_text(up), _sum_text(down)
    relation = part.relation
    if left == "0" or (down and _prefers_right(up, down)):
        left, right, relation = right, left, _FLIP[relation]
    return f"{left} {relation} {right}"


def _standing_alone(terms: _Terms) -> list[Monomial]:
    """Parameters that occur in one term only, by themselves, with coefficient 1 or -1 (else any)."""
    occurs: dict[str, int] = {}
    for monomial in terms:
        for name, _ in monomial:
            occurs[name] = occurs.get(name, 0) + 1
    lone = [m for m in terms if len(m) == 1 and m[0][1] == 1 and occurs[m[0][0]] == 1]
    unit = [m for m in lone if abs(terms[m]) == 1]
    chosen = unit or lone
    return sorted(chosen, key=lambda m: (terms[m] < 0, _order(m)))


def _prefers_right(up: _Terms, down: _Terms) -> bool:
    return not up or (len(up) == 1 and () in up)


def region_text(region: Region) -> str:
    """A region as a condition in the model-file grammar (`true` and `false` for the extremes)."""
    if region == EVERYWHERE:
        return "true"
    if region == NOWHERE:
        return "false"
    if isinstance(region, Atom):
        return atom_text(region)
    if isinstance(region, AllOf):
        return " and ".join(
            f"({region_text(p)})" if isinstance(p, AnyOf) else region_text(p) for p in region.parts
        )
    assert isinstance(region, AnyOf)
    return " or ".join(
        f"({region_text(p)})" if isinstance(p, AllOf) and len(p.parts) > 1 else region_text(p)
        for p in region.parts
    )
