"""MathML for expressions and conditions, from the text that is printed, so that all displays read alike.

Browsers typeset it without any script.  The text is parsed with the model-file grammar and each node is set;
nothing is rearranged.  Names follow `latex`: Greek letters by name, the rest of a name as a subscript.
Long conditions are cut at their `and` and `or`, so that a line can break there; elements that group nothing
are left out, so that pages stay small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from html import escape
from typing import Final

from deterrence.algebra import syntax as s
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.errors import ExpressionError
from deterrence.show.latex import name_parts

_GREEK: Final = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
_RELATIONS: Final = {"<": "&lt;", "<=": "≤", ">": "&gt;", ">=": "≥", "==": "=", "!=": "≠"}
_SUM, _PRODUCT, _ATOM = 1, 2, 3
_LONG: Final = 600  # characters of a comparison in MathML, about a line


def condition_mathml(text: str) -> str:
    """A condition in the model-file grammar as `math` elements with `and` and `or` between them.

    >>> condition_mathml("h > 0 or c < 1")
    '<math><mi>h</mi><mo>&gt;</mo><mn>0</mn></math> or <math><mi>c</mi><mo>&lt;</mo><mn>1</mn></math>'
    """
    return _cut(parse_condition(text))


def premise_mathml(text: str) -> str:
    """A premise: typeset where it is about parameters alone, else as it is written."""
    try:
        return condition_mathml(text)
    except ExpressionError:
        return f"<code>{escape(text)}</code>"


def _cut(tree: s.Condition, nested: bool = False) -> str:
    if isinstance(tree, s.Comparison):
        whole = _condition(tree)
        return f"<math>{whole}</math>" if len(whole) < _LONG else " ".join(_pieces(tree))
    if not isinstance(tree, s.And | s.Or):
        return f"<math>{_condition(tree, nested)}</math>"
    word = " and " if isinstance(tree, s.And) else " or "
    joined = word.join(_cut(p, True) for p in tree.parts)
    return f"({joined})" if nested else joined


def _pieces(tree: s.Comparison) -> Iterator[str]:
    """The terms of a long comparison, each with the sign before it, so that a line can break between them."""
    for relation, term in zip(("", *tree.relations), tree.terms, strict=True):
        before = f"<mo form='infix'>{_RELATIONS[relation]}</mo>" if relation else ""
        for sign, part in _terms(term):
            lead = f"<mo form='infix'>{sign}</mo>" if sign else before
            yield f"<math>{lead}{_expression(part, _PRODUCT if sign == '−' else _SUM)}</math>"


def _terms(tree: s.Expression) -> list[tuple[str, s.Expression]]:
    if isinstance(tree, s.Arithmetic) and tree.op in "+-":
        return [*_terms(tree.left), ("−" if tree.op == "-" else "+", tree.right)]
    return [("", tree)]


def expression_mathml(text: str) -> str:
    """An expression in the model-file grammar as a `math` element."""
    return f"<math>{_expression(parse_expression(text))}</math>"


def _name(name: str) -> str:
    """A name with what stands below the line, as `latex.name_latex` has it."""
    head, tail = name_parts(name)
    shown = _GREEK.get(head, head)
    symbol = f"<mi>{escape(shown)}</mi>"  # upright where it has more than one letter
    return f"<msub>{symbol}<mtext>{escape(tail)}</mtext></msub>" if tail else symbol


def _signed(tree: s.Expression) -> s.Expression:
    """A product or fraction that begins with a minus, as the negative of the rest."""
    if isinstance(tree, s.Arithmetic) and tree.op in "*/":
        left = _signed(tree.left)
        if isinstance(left, s.Negate):
            return s.Negate(s.Arithmetic(tree.op, left.body, tree.right))
    return tree


def _expression(tree: s.Expression, within: int = 0) -> str:
    tree = _signed(tree)
    match tree:
        case s.Number(exact):
            return _wrapped(_number(exact), _ATOM if exact.denominator == 1 else _PRODUCT, within)
        case s.Name(name):
            return _name(name)
        case s.Negate(body):
            return _wrapped(f"<mo>−</mo>{_expression(body, _PRODUCT)}", _SUM, within)
        case s.Arithmetic("/", left, right):
            text = f"<mfrac>{_one(_expression(left))}{_one(_expression(right))}</mfrac>"
            return _wrapped(text, _PRODUCT, within)
        case s.Arithmetic("*", left, right):
            gap = "<mo>·</mo>" if isinstance(right, s.Number) else "<mo rspace='.12em'>\u2062</mo>"
            return _wrapped(
                f"{_expression(left, _PRODUCT)}{gap}{_expression(right, _PRODUCT)}", _PRODUCT, within
            )
        case s.Arithmetic(op, left, right):
            side = _PRODUCT if op == "-" else _SUM
            sign = "−" if op == "-" else op
            return _wrapped(
                f"{_expression(left, _SUM)}<mo>{sign}</mo>{_expression(right, side)}", _SUM, within
            )
        case s.Power(base, exponent):
            return f"<msup>{_one(_expression(base, _ATOM))}<mn>{exponent}</mn></msup>"
        case s.Call("sqrt", (inner,)):
            return f"<msqrt>{_expression(inner)}</msqrt>"
        case s.Call(function, arguments):
            joined = "<mo>,</mo>".join(_expression(a) for a in arguments)
            return f"<mi>{function}</mi><mo>(</mo>{joined}<mo>)</mo>"
    raise TypeError(f"{tree!r} is no expression in parameters")


def _condition(tree: s.Condition, nested: bool = False) -> str:
    match tree:
        case s.Truth(value):
            return f"<mtext>{'everywhere' if value else 'nowhere'}</mtext>"
        case s.Comparison(terms, relations):
            parts = [_expression(terms[0])]
            for relation, term in zip(relations, terms[1:], strict=True):
                parts.append(f"<mo>{_RELATIONS[relation]}</mo>{_expression(term)}")
            return "".join(parts)
        case s.Not(body):
            return f"<mtext>not&nbsp;</mtext><mo>(</mo>{_condition(body)}<mo>)</mo>"
        case s.Quantified(quantifier, names, body):
            sign = {"exists": "∃", "forall": "∀"}[quantifier]
            listed = "<mo>,</mo>".join(map(_name, names))
            whole = f"<mo>{sign}</mo>{listed}<mo>:</mo><mspace width='.3em'/>{_condition(body)}"
            return f"<mrow><mo>(</mo>{whole}<mo>)</mo></mrow>" if nested else whole
        case s.And(parts) | s.Or(parts):
            word = "and" if isinstance(tree, s.And) else "or"
            joined = f"<mtext>&nbsp;{word}&nbsp;</mtext>".join(_condition(p, True) for p in parts)
            return f"<mrow><mo>(</mo>{joined}<mo>)</mo></mrow>" if nested else joined
    raise TypeError(f"{tree!r} is no condition on parameters")


def _number(exact: Fraction) -> str:
    if exact.denominator == 1:
        return f"<mn>{exact.numerator}</mn>"
    return f"<mfrac><mn>{exact.numerator}</mn><mn>{exact.denominator}</mn></mfrac>"


def _wrapped(text: str, own: int, within: int) -> str:
    return f"<mrow><mo>(</mo>{text}<mo>)</mo></mrow>" if own < within else text


def _one(text: str) -> str:
    """As one element, which the parts of a fraction or a power have to be."""
    return text if re.fullmatch(r"<(m[in])>[^<]*</\1>", text) else f"<mrow>{text}</mrow>"
