"""The words of the model-file grammar: splits a text into tokens, or says what cannot stand there.

Source: the "Grammar" paragraph of the file-format contract.  ASCII only; numbers are plain digits with at
most one decimal point.  Habits from Python, LaTeX or a spreadsheet have their own remedies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from deterrence.errors import ExpressionError

MAX_CHARACTERS: Final = 4000
MAX_DIGITS: Final = 30

NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
FUNCTIONS: Final = ("min", "max", "abs", "diff", "sqrt")
RELATIONS: Final = ("<", "<=", ">", ">=", "==", "!=")
KEYWORDS: Final = frozenset(
    {"and", "or", "not", "exists", "forall", "true", "false", *FUNCTIONS}
) | frozenset({"when", "id", "label", "group", "state", "signal"})
NOT_NUMBERS: Final = frozenset({"nan", "inf", "infinity"})

_TOKEN: Final = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<near>===|=<|=>|<>|&&|\|\||//|->)"
    r"|(?P<operator>\*\*|<=|>=|==|!=|[-+*/()\[\],:<>=])",
    re.ASCII,
)
_NEAR_MISSES: Final = {
    "=<": "write <=",
    "=>": "write >= (there is no arrow; 'a implies b' is 'not a or b')",
    "<>": "write !=",
    "&&": "write and",
    "||": "write or",
    "===": "write ==",
    "//": "write / for an exact fraction",
    "->": "there is no arrow; 'a implies b' is 'not a or b'",
}
_REMEDIES: Final = {
    "^": "write ** for a power",
    "&": "write and",
    "|": "write or",
    "!": "write not, or != for unequal",
    "~": "write not",
    "%": "write a fraction such as 5/100",
    ".": "write a decimal as 0.5; names contain no dots",
    "_": "a name starts with a letter",
    '"': "names and numbers stand without quotes",
    "'": "names and numbers stand without quotes",
    "{": "use parentheses ( )",
    "}": "use parentheses ( )",
    "\\": "write plain names, without LaTeX",
    ";": "write one condition, joined by and / or",
    "≤": "write <=",
    "≥": "write >=",
    "≠": "write !=",
    "\N{MINUS SIGN}": "write the plain minus sign -",
    "\N{EN DASH}": "write the plain minus sign -",
    "·": "write * for a product",
    "\N{MULTIPLICATION SIGN}": "write * for a product",
    "²": "write **2",
    "½": "write 1/2",
    "∞": "there is no infinity; leave the bound out",
}


@dataclass(frozen=True)
class Token:
    """One word: `kind` is `number`, `name`, `operator` or `end`; `position` counts from zero."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """The words of `text`, closed by a token of kind `end`.

    Raises `ExpressionError` for a text that is too long, a character outside the grammar, a malformed number.

    >>> [t.text for t in tokens("2*h >= 0.5")]
    ['2', '*', 'h', '>=', '0.5', '']
    """
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(
            text,
            MAX_CHARACTERS,
            f"the text has {len(text)} characters, more than the {MAX_CHARACTERS} allowed; it goes on",
            "name parts of it in [definitions]",
        )
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _strange(text, position)
        kind = str(match.lastgroup)
        if kind == "near":
            wrong = match.group()
            raise ExpressionError(text, position, f"{wrong!r} is not in the grammar", _NEAR_MISSES[wrong])
        if kind == "number":
            _check_number(text, match.group(), position, match.end())
        if kind != "space":
            found.append(Token(kind, match.group(), position))
        position = match.end()
    return [*found, Token("end", "", len(text))]


def _strange(text: str, position: int) -> ExpressionError:
    character = text[position]
    allowed = "allowed are ASCII letters, digits, _ + - * / ** ( ) , : < <= > >= == !="
    shown = repr(character) if character.isprintable() else f"U+{ord(character):04X}"
    return ExpressionError(
        text, position, f"the character {shown} is not allowed", _REMEDIES.get(character, allowed)
    )


def _check_number(text: str, number: str, position: int, end: int) -> None:
    """Refuse `1e-3`, `2x`, `5.`, `1.2.3`, `1_000` and too many digits, each with its own remedy."""
    digits = len(number) - ("." in number)
    if digits > MAX_DIGITS:
        problem = f"a number has {digits} digits, more than the {MAX_DIGITS} allowed"
        raise ExpressionError(text, position, problem, "round it, or give it a name as a parameter")
    following = text[end : end + 1]
    if following == ".":
        raise ExpressionError(
            text, position, "a malformed number", "write a decimal as 0.5 or a whole number as 5"
        )
    if following == "_":
        raise ExpressionError(text, position, "a malformed number", "write digits without separators, 1000")
    if re.match(r"[eE][-+]?[0-9]+(?![A-Za-z0-9_])", text[end : end + 20], re.ASCII):
        raise ExpressionError(
            text, position, "a number in scientific notation", "write it out, 0.001, or as a fraction, 1/1000"
        )
    name = NAME.match(text, end)
    if name:
        shown = name.group()[:20]
        problem = f"the number {number} runs into the name {shown!r}"
        raise ExpressionError(text, position, problem, f"write the product as {number}*{shown}")
