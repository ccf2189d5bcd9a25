"""LaTeX for expressions and conditions, made from the text that is printed, so that both read alike.

The text is parsed with the model-file grammar and each node is typeset; nothing is rearranged.
"""

from __future__ import annotations

from fractions import Fraction

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import Prover
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi"
)
_GREEK = frozenset([*_GREEK_NAMES.split(), "omega"])
_SYMBOLS = {**{name: f"\\{name}" for name in _GREEK}, "eps": r"\varepsilon"}
_RELATIONS = {"<": "<", "<=": r"\le", ">": ">", ">=": r"\ge", "==": "=", "!=": r"\ne"}
_SUM, _PRODUCT, _ATOM = 1, 2, 3


def value_latex(v: Value, ask: Prover | None = None) -> str:
    """A value as LaTeX, without dollar signs; with a prover, denominators of proved sign as in text.

    >>> from deterrence.algebra.value import variable
    >>> value_latex(variable("c") / (variable("rho") + variable("gF")))
    '\\\\frac{c}{g_{F} + \\\\rho}'
    """
    return expression_latex(parse_expression(value_text(v, ask)))


def region_latex(region: Region) -> str:
    """A region as LaTeX, without dollar signs."""
    return condition_latex(parse_condition(region_text(region)))


def name_latex(name: str) -> str:
    """A parameter's name: Greek letters by name, what follows the first letter as a subscript.

    A word of small letters stays a word.

    >>> [name_latex(n) for n in ("cSQ", "cs", "eps", "loss", "p_hard")]
    ['c_{\\\\mathrm{SQ}}', 'c_{s}', '\\\\varepsilon', '\\\\mathrm{loss}', 'p_{\\\\mathrm{hard}}']
    """
    head, tail = name_parts(name)
    plain = rf"\mathrm{{{head}}}" if len(head) > 1 else head
    symbol = _SYMBOLS.get(head, plain)
    inner = tail.replace("_", r"\_")
    inner = inner if len(inner) < 2 else rf"\mathrm{{{inner}}}"
    return f"{symbol}_{{{inner}}}" if tail else symbol


def name_parts(name: str) -> tuple[str, str]:
    """What of a name stands on the line, and what below it.

    >>> [name_parts(n) for n in ("gF", "rho1", "rate2", "loss", "d_us")]
    [('g', 'F'), ('rho', '1'), ('rate', '2'), ('loss', ''), ('d', 'us')]
    """
    head, _, tail = name.partition("_")
    letters = head.rstrip("0123456789")
    whole = letters in _SYMBOLS or (len(letters) > 2 and letters.isalpha() and letters.islower())
    if tail or (whole and letters == head):
        return head, tail
    return (letters, head[len(letters) :]) if whole else (head[:1], head[1:])


def _sign_out(tree: s.Expression) -> tuple[bool, s.Expression]:
    """A product or fraction without the minus sign of what it begins with, and whether there was one."""
    if isinstance(tree, s.Negate):
        negative, body = _sign_out(tree.body)
        return not negative, body
    if isinstance(tree, s.Arithmetic) and tree.op in ("*", "/"):
        negative, left = _sign_out(tree.left)
        return negative, s.Arithmetic(tree.op, left, tree.right)
    return False, tree


def expression_latex(tree: s.Expression, within: int = 0) -> str:
    """A syntax tree of an expression as LaTeX; `within` is how tightly it is bound from outside."""
    negative, tree = _sign_out(tree)
    if negative:
        return _wrapped(f"-{expression_latex(tree, _PRODUCT)}", _SUM, within)
    match tree:
        case s.Number(exact):
            return _wrapped(_number(exact), _ATOM if exact.denominator == 1 else _PRODUCT, within)
        case s.Name(name):
            return name_latex(name)
        case s.Arithmetic("/", left, right):
            text = rf"\frac{{{expression_latex(left)}}}{{{expression_latex(right)}}}"
            return _wrapped(text, _PRODUCT, within)
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
            return _wrapped(text, 0, int(nested))
        case s.Or(parts):
            text = r" \text{ or } ".join(condition_latex(p, True) for p in parts)
            return _wrapped(text, 0, int(nested))
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
    """In brackets where it is bound more tightly from outside; these grow only around what is tall."""
    if own >= within:
        return text
    return rf"\left({text}\right)" if "\\frac" in text or "\\sqrt" in text else f"({text})"
