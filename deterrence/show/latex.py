"""LaTeX for expressions and conditions, made from the text that is printed, so that both read alike.

The text is parsed with the model-file grammar and each node is typeset; nothing is rearranged.
"""

from __future__ import annotations

from fractions import Fraction

from deterrence.algebra import syntax as s
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi"
)
_GREEK = frozenset([*_GREEK_NAMES.split(), "omega"])
_RELATIONS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_SUM, _PRODUCT, _ATOM = 1, 2, 3


def value_latex(v: Value) -> str:
    """A value as LaTeX, without dollar signs.

    >>> from deterrence.algebra.value import variable
    >>> value_latex(variable("c") / (variable("rho") + variable("gF")))
    '\\\\frac{c}{g_{F} + \\\\rho}'
    """
    return expression_latex(parse_expression(value_text(v)))


def region_latex(region: Region) -> str:
    """A region as LaTeX, without dollar signs."""
    return condition_latex(parse_condition(region_text(region)))


def name_latex(name: str) -> str:
    """A parameter's name: Greek letters by name, what follows the first letter as a subscript."""
    head, _, tail = name.partition("_")
    if head in _GREEK:
        symbol = f"\\{head}"
    elif len(head) > 1 and not tail:
        symbol, tail = head[0], head[1:]
    elif len(head) > 1:
        symbol = rf"\mathrm{{{head}}}"
    else:
        symbol = head
    inner = tail.replace("_", r"\_")
    inner = inner if len(inner) < 2 else rf"\mathrm{{{inner}}}"
    return f"{symbol}_{{{inner}}}" if tail else symbol


def expression_latex(tree: s.Expression, within: int = 0) -> str:
    """A syntax tree of an expression as LaTeX; `within` is how tightly it is bound from outside."""
    match tree:
        case s.Number(exact):
            return _number(exact)
        case s.Name(name):
            return name_latex(name)
        case s.Negate(body):
            return _wrapped(f"-{expression_latex(body, _PRODUCT)}", _SUM, within)
        case s.Arithmetic("/", left, right):
            return rf"\frac{{{expression_latex(left)}}}{{{expression_latex(right)}}}"
        case s.Arithmetic("*", left, right):
            gap = r"\cdot " if isinstance(right, s.Number) else r"\,"
            text = f"{expression_latex(left, _PRODUCT)}{gap}{expression_latex(right, _PRODUCT)}"
            return _wrapped(text, _PRODUCT, within)
        case s.Arithmetic(op, left, right):
            side = _PRODUCT if op == "-" else _SUM
            return _wrapped(
                f"{expression_latex(left, _SUM)} {op} {expression_latex(right, side)}", _SUM, within
            )
        case s.Power(base, exponent):
            return f"{expression_latex(base, _ATOM)}^{{{exponent}}}"
        case s.Call("sqrt", (inner,)):
            return rf"\sqrt{{{expression_latex(inner)}}}"
        case s.Call(function, arguments):
            joined = ", ".join(expression_latex(a) for a in arguments)
            return rf"\operatorname{{{function}}}\left({joined}\right)"
        case s.Probability(place, action):
            return rf"P(\mathrm{{{place}}} = \mathrm{{{action}}})".replace("_", r"\_")
        case s.PayoffOf(player, kind):
            shown = f"{player}[{kind}]" if kind else player
            return rf"u_{{\mathrm{{{shown}}}}}"
    raise TypeError(f"{tree!r} is not an expression")


def condition_latex(tree: s.Condition, nested: bool = False) -> str:
    """A syntax tree of a condition as LaTeX."""
    match tree:
        case s.Truth(value):
            return r"\text{everywhere}" if value else r"\text{nowhere}"
        case s.Comparison(terms, relations):
            text = expression_latex(terms[0])
            for relation, term in zip(relations, terms[1:], strict=True):
                text += f" {_RELATIONS[relation]} {expression_latex(term)}"
            return text
        case s.Not(body):
            return rf"\text{{not }}\left({condition_latex(body)}\right)"
        case s.And(parts):
            text = r" \text{ and } ".join(condition_latex(p, True) for p in parts)
            return rf"\left({text}\right)" if nested else text
        case s.Or(parts):
            text = r" \text{ or } ".join(condition_latex(p, True) for p in parts)
            return rf"\left({text}\right)" if nested else text
        case s.Quantified(quantifier, names, body):
            sign = r"\exists" if quantifier == "exists" else r"\forall"
            return rf"{sign}\, {', '.join(map(name_latex, names))}:\ {condition_latex(body, True)}"
        case s.Plays(place, action):
            return rf"\mathrm{{{place}}} = \mathrm{{{action}}}".replace("_", r"\_")
    raise TypeError(f"{tree!r} is not a condition")


def _number(exact: Fraction) -> str:
    if exact.denominator == 1:
        return str(exact.numerator)
    return rf"\frac{{{exact.numerator}}}{{{exact.denominator}}}"


def _wrapped(text: str, own: int, within: int) -> str:
    return rf"\left({text}\right)" if own < within else text
