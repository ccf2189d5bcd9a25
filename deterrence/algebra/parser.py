"""The parser behind `grammar`: precedence climbing over the tokens of one text.

`binary(level)` reads everything that binds tighter than `level`; the table of levels is the whole precedence.
Expressions and conditions share it, since a bracket may open either; each operator then asks for the sort it
needs.  Source: the "Grammar" paragraph of the file-format contract.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, NoReturn

from deterrence.algebra.syntax import (
    And,
    Arithmetic,
    Call,
    Comparison,
    Condition,
    Expression,
    LongRun,
    Name,
    Negate,
    Not,
    Number,
    Or,
    PayoffOf,
    Plays,
    Power,
    Probability,
    Quantified,
    Truth,
)
from deterrence.algebra.tokens import FUNCTIONS, KEYWORDS, NOT_NUMBERS, RELATIONS, Token, tokens
from deterrence.algebra.walks import Node, size
from deterrence.errors import ExpressionError

MAX_NESTING: Final = 60
MAX_NODES: Final = 2000
MAX_HEIGHT: Final = 200
MAX_EXPONENT: Final = 8

_LEVELS: Final = {
    "or": 1,
    "and": 2,
    **dict.fromkeys((*RELATIONS, "="), 4),
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "**": 8,
}
_NOT: Final = 3
_SIGN: Final = 7
_EXPECTED: Final = "expected is a number, a name, '(', min, max, abs, sqrt or diff"
_COMPARE: Final = "write == to compare"
_PLAY: Final = {
    "P": "P(player = action)",
    "payoff": "payoff(player)",
    "share": "share(player = action and …)",
    "recovery": "recovery()",
    "absorb": "absorb(state)",
    "steps": "steps()",
}


class Parser:
    """The state of reading one text; `whole` reads it all."""

    def __init__(self, text: str, play: bool) -> None:
        self.text, self.play = text, play
        self.tokens = tokens(text)
        self.index = 0
        self.nesting = 0
        if len(self.tokens) == 1:
            self.fail(0, "there is no expression", "write one, or leave the key out")

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def fail(self, position: int, problem: str, remedy: str) -> NoReturn:
        raise ExpressionError(self.text, position, problem, remedy)

    def take(self) -> Token:
        token = self.token
        self.index += token.kind != "end"
        return token

    def take_if(self, text: str) -> bool:
        found = self.token.text == text and self.token.kind != "end"
        self.index += found
        return found

    def need(self, text: str, remedy: str) -> None:
        if not self.take_if(text):
            self.unexpected(self.token, remedy)

    def unexpected(self, token: Token, remedy: str) -> NoReturn:
        if token.kind == "end":
            self.fail(token.position, "the text ends too early", remedy)
        self.fail(token.position, f"{token.text[:40]!r} cannot stand here", remedy)

    def expression(self, node: Node, position: int) -> Expression:
        if isinstance(node, Expression):
            return node
        self.fail(
            position, "a condition stands where an expression is needed", "write one without comparisons"
        )

    def condition(self, node: Node, position: int) -> Condition:
        if isinstance(node, Condition):
            return node
        self.fail(
            position, "an expression stands where a condition is needed", "compare it, for example x > 0"
        )

    def enter(self, token: Token) -> None:
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            problem = f"brackets, calls, not and quantifiers are nested more than {MAX_NESTING} deep"
            self.fail(token.position, problem, "name inner parts in [definitions]")

    def whole(self) -> Node:
        """The tree of the whole text, once it is found small enough."""
        tree = self.binary(0)
        if self.token.kind != "end":
            self.unexpected(self.token, "an operator is missing before it, or a bracket is not opened")
        count, height = size(tree)
        if count > MAX_NODES:
            self.fail(0, f"there are more than {MAX_NODES} operations", "name parts of it in [definitions]")
        if height > MAX_HEIGHT:
            self.fail(0, f"there are more than {MAX_HEIGHT} operations in a row", "bracket groups of terms")
        return tree

    def binary(self, floor: int) -> Node:
        left = self.operand()
        while True:
            token = self.token
            level = _LEVELS.get(token.text, 0)
            if level <= floor:
                return left
            if token.text in ("and", "or"):
                left = self.junction(left, token, level)
            elif token.text == "**":
                left = self.power(left)
            elif level == _LEVELS["<"]:
                left = self.comparison(left)
            else:
                self.take()
                first = self.expression(left, token.position)
                second = self.expression(self.binary(level), token.position)
                left = Arithmetic(token.text, first, second, token.position)

    def junction(self, left: Node, first: Token, level: int) -> Condition:
        parts = [self.condition(left, first.position)]
        while self.token.text == first.text:
            position = self.take().position
            parts.append(self.condition(self.binary(level), position))
        return And(tuple(parts)) if first.text == "and" else Or(tuple(parts))

    def comparison(self, left: Node) -> Condition:
        first = self.token
        terms, relations = [self.expression(left, first.position)], []
        while self.token.text in (*RELATIONS, "="):
            relation = self.take()
            if relation.text == "=":
                self.fail(relation.position, "a single = does not compare", _COMPARE)
            relations.append(relation.text)
            terms.append(self.expression(self.binary(_LEVELS["<"]), relation.position))
        return Comparison(tuple(terms), tuple(relations), first.position)

    def power(self, left: Node) -> Expression:
        start = self.take()
        base = self.expression(left, start.position)
        remedy = (
            f"an exponent is a whole number from -{MAX_EXPONENT} to {MAX_EXPONENT}; sqrt(…) is a square root"
        )
        bracket = self.take_if("(")
        sign = -1 if self.take_if("-") else 1
        token = self.take()
        if not token.text.isdigit():
            self.unexpected(token, remedy)
        if int(token.text) > MAX_EXPONENT:
            self.fail(token.position, f"the exponent {token.text} is too large", remedy)
        if bracket:
            self.need(")", remedy)
        if self.token.text == "**":
            self.fail(self.token.position, "a power of a power", "say which comes first: (x**2)**3")
        return Power(base, sign * int(token.text), start.position)

    def operand(self) -> Node:
        token = self.take()
        if token.kind == "number":
            return Number(Fraction(token.text))
        if token.text in ("-", "+"):
            return self.signed(token)
        if token.text == "(":
            self.enter(token)
            inside = self.binary(0)
            self.close("a bracket is not closed")
            return inside
        if token.kind != "name":
            self.unexpected(token, _EXPECTED)
        if token.text == "not":
            return self.negated(token)
        if token.text in ("true", "false"):
            return Truth(token.text == "true")
        if token.text in ("exists", "forall"):
            return self.quantified(token)
        if token.text in FUNCTIONS:
            return self.call(token)
        return self.named(token)

    def close(self, remedy: str) -> None:
        self.need(")", remedy)
        self.nesting -= 1

    def signed(self, token: Token) -> Expression:
        minuses = int(token.text == "-")
        while self.token.text in ("-", "+"):
            minuses += self.take().text == "-"
        node = self.expression(self.binary(_SIGN), token.position)
        for _ in range(minuses):
            node = Negate(node)
        return node

    def negated(self, token: Token) -> Condition:
        self.enter(token)
        count = 1
        while self.take_if("not"):
            count += 1
        node = self.condition(self.binary(_NOT), token.position)
        self.nesting -= 1
        for _ in range(count):
            node = Not(node)
        return node

    def quantified(self, token: Token) -> Condition:
        self.enter(token)
        remedy = f"write '{token.text} x, y: condition'"
        names = [self.word("a quantified name", remedy)]
        while self.take_if(","):
            names.append(self.word("a quantified name", remedy))
        if len(set(names)) < len(names):
            self.fail(token.position, "a name is quantified twice", "name it once")
        self.need(":", remedy)
        body = self.condition(self.binary(0), token.position)
        self.nesting -= 1
        return Quantified(token.text, tuple(names), body, token.position)

    def call(self, token: Token) -> Expression:
        function = token.text
        usage = {"abs": "abs(a)", "sqrt": "sqrt(a)", "diff": "diff(a, x)"}.get(function, f"{function}(a, b)")
        if not self.take_if("("):
            self.fail(
                token.position, f"{function!r} is a function", f"write {usage}; it cannot name something"
            )
        self.enter(token)
        arguments: list[Expression] = []
        while not arguments or self.take_if(","):
            start = self.token.position
            arguments.append(self.expression(self.binary(0), start))
        self.close(f"write {usage}")
        one = function in ("abs", "sqrt")
        if (len(arguments) != 1) if one else (len(arguments) < 2):
            self.fail(token.position, f"{function} has {len(arguments)} argument(s)", f"write {usage}")
        if function == "diff" and (len(arguments) != 2 or not isinstance(arguments[1], Name)):
            self.fail(token.position, "diff needs an expression and one parameter", f"write {usage}")
        return Call(function, tuple(arguments), token.position)

    def named(self, token: Token) -> Node:
        """A plain name, or with `play` one of the claim predicates that start with a name."""
        following = self.token.text
        if following == "(" and token.text in _PLAY:
            if not self.play:
                problem = f"{token.text}(…) is allowed only in a claim about play"
                self.fail(token.position, problem, f"for a product write {token.text}*(…)")
            self.take()
            if token.text == "P":
                return self.probability(token)
            return self.payoff(token) if token.text == "payoff" else self.long_run(token)
        if following == "(":
            known = ", ".join(FUNCTIONS)
            remedy = f"the functions are {known}; for a product write {token.text[:20]}*(…)"
            self.fail(token.position, f"there is no function {token.text[:40]!r}", remedy)
        self.index -= 1
        if self.play and following in ("=", "["):
            return Plays(*self.move(), token.position)
        return Name(self.word("a name", _EXPECTED), token.position)

    def word(self, what: str, remedy: str) -> str:
        """The next token, if it is a name that is free to be used."""
        token = self.take()
        if token.kind != "name":
            self.unexpected(token, remedy)
        if token.text in KEYWORDS:
            self.fail(token.position, f"{token.text!r} is a word of the grammar, not {what}", remedy)
        if token.text.lower() in NOT_NUMBERS:
            self.fail(
                token.position, f"{token.text!r} is not a number", "use a number or a declared parameter"
            )
        return token.text

    def move(self) -> tuple[str, str, str | None]:
        """`place = action` or `place[kind] = action`, as (place, action, kind)."""
        place, kind = self.word("a player", "write player = action"), None
        if self.take_if("["):
            kind = self.word("a type", "write place[type] = action")
            self.need("]", "write place[type] = action")
        if self.token.text == "==":
            self.fail(self.token.position, "== compares numbers", "for play write player = action")
        self.need("=", "write player = action")
        action = self.word("an action", f"after '{place[:20]} =' comes an action; for numbers {_COMPARE}")
        return place, action, kind

    def probability(self, token: Token) -> Expression:
        self.enter(token)
        place, action, kind = self.move()
        self.close("write P(player = action)")
        return Probability(place, action, kind, token.position)

    def payoff(self, token: Token) -> Expression:
        self.enter(token)
        player, kind = self.word("a player", "write payoff(player)"), None
        if self.take_if("["):
            kind = self.word("a type", "write payoff(player[type])")
            self.need("]", "write payoff(player[type])")
        self.close("write payoff(player)")
        return PayoffOf(player, kind, token.position)

    def long_run(self, token: Token) -> Expression:
        """`share(condition)`, `recovery()`, `recovery(player)`, `absorb(state)` or `steps()`."""
        self.enter(token)
        usage = f"write {_PLAY[token.text]}"
        condition, name = None, ""
        if token.text == "share":
            start = self.token.position
            condition = self.condition(self.binary(0), start)
        elif token.text == "absorb" or (token.text == "recovery" and self.token.text != ")"):
            name = self.word("a state" if token.text == "absorb" else "a player", usage)
        self.close(usage)
        return LongRun(token.text, name, condition, token.position)
