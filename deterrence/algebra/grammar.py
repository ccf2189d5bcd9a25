"""The one reader of expressions and conditions: text in, a syntax tree or an `ExpressionError` out.

Defines the grammar of model files (their "Grammar" paragraph is the source).  Nothing is ever evaluated, and
no Python parser or SymPy is involved, so a text can name nothing but numbers and names.  From loose to tight:

    or;  and;  not;  < <= > >= == != (chains);  + -;  * /;  unary + -;  ** with a constant whole exponent

Operands are exact numbers, names, `true`, `false`, parentheses (around conditions too), `min(a, b)`,
`max(a, b)`, `abs(a)`, `sqrt(a)`, `diff(a, x)`; `exists x, y: …` and `forall x: …` reach as far to the right
as they can.  With `play=True` (claims) also `player = action`, `place[kind] = action`,
`P(player = action)` and `payoff(player)`; not followed by a bracket, `P` and `payoff` are plain names.

Limits, all far above what a model needs: 4000 ASCII characters (`MAX_CHARACTERS`), 60 levels of brackets,
calls, `not` and quantifiers (`MAX_NESTING`), 2000 nodes (`MAX_NODES`), a tree 200 nodes high, so sums of 200
terms (`MAX_HEIGHT`), 30 digits a number (`MAX_DIGITS`), exponents from -8 to 8 (`MAX_EXPONENT`).  How large
an expression may become when it is multiplied out is bounded as well, see `extent`.
"""

from __future__ import annotations

from deterrence.algebra.extent import extent
from deterrence.algebra.parser import MAX_EXPONENT, MAX_HEIGHT, MAX_NESTING, MAX_NODES, Parser
from deterrence.algebra.syntax import Condition, Expression
from deterrence.algebra.tokens import KEYWORDS, MAX_CHARACTERS, MAX_DIGITS, NAME, NOT_NUMBERS
from deterrence.algebra.walks import Node, children, names_in, walk

__all__ = [
    "KEYWORDS",
    "MAX_CHARACTERS",
    "MAX_DIGITS",
    "MAX_EXPONENT",
    "MAX_HEIGHT",
    "MAX_NESTING",
    "MAX_NODES",
    "NAME",
    "NOT_NUMBERS",
    "Node",
    "children",
    "names_in",
    "parse_condition",
    "parse_expression",
    "walk",
]


def parse_expression(text: str, *, play: bool = False) -> Expression:
    """The syntax tree of an expression; `play` also allows `P(player = action)` and `payoff(player)`.

    Raises `ExpressionError`, with the position and the remedy, for anything else.

    >>> parse_expression("2*h").op
    '*'
    """
    parser = Parser(text, play)
    tree = parser.expression(parser.whole(), 0)
    extent(tree, {}, text)
    return tree


def parse_condition(text: str, *, play: bool = False) -> Condition:
    """The syntax tree of a condition; `play` allows `player = action` and what it allows in expressions.

    Raises `ExpressionError`, with the position and the remedy, for anything else.

    >>> parse_condition("0 < p <= 1").relations
    ('<', '<=')
    """
    parser = Parser(text, play)
    tree = parser.condition(parser.whole(), 0)
    extent(tree, {}, text)
    return tree
