"""Syntax trees of the model-file grammar: what `grammar.parse_*` returns and `reading` interprets.

Numbers are exact fractions.  Relations keep their chain (`0 < p <= 1` is one node).  Nodes about play
(`us = strike`, `P(us = strike)`, `payoff(us)`) occur in claims only.  Source: the file-format contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Number:
    """An exact constant."""

    value: Fraction


@dataclass(frozen=True)
class Name:
    """A declared name; `position` points into the source text for messages."""

    name: str
    position: int = 0


@dataclass(frozen=True)
class Negate:
    """Unary minus."""

    body: Expression


@dataclass(frozen=True)
class Arithmetic:
    """`left op right` with op one of + - * /."""

    op: str
    left: Expression
    right: Expression
    position: int = 0


@dataclass(frozen=True)
class Power:
    """`base ** exponent` with a small constant whole exponent (it may be negative)."""

    base: Expression
    exponent: int
    position: int = 0


@dataclass(frozen=True)
class Call:
    """`min`, `max` (two or more arguments), `abs`, `sqrt` (one), `diff(expression, name)`."""

    function: str
    arguments: tuple[Expression, ...]
    position: int = 0


@dataclass(frozen=True)
class Probability:
    """`P(player = action)`, or `P(place[kind] = action)`: probability that the move is made."""

    place: str
    action: str
    kind: str | None = None
    position: int = 0


@dataclass(frozen=True)
class PayoffOf:
    """`payoff(player)`, or `payoff(player[type])` of one type: the expected payoff in the equilibrium."""

    player: str
    kind: str | None = None
    position: int = 0


@dataclass(frozen=True)
class LongRun:
    """What a profile of a repeated or stochastic game leads to (claims only).

    `share(condition on actions)`, `recovery()` or `recovery(player)`, `absorb(state)`, `steps()`: `quantity`
    is the word before the bracket, `name` the player or state in it, `condition` that of `share`.
    """

    quantity: str
    name: str = ""
    condition: Condition | None = None
    position: int = 0


Expression = Number | Name | Negate | Arithmetic | Power | Call | Probability | PayoffOf | LongRun


@dataclass(frozen=True)
class Truth:
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True)
class Comparison:
    """`a < b <= c`: `terms` has one more entry than `relations` (each of < <= > >= == !=)."""

    terms: tuple[Expression, ...]
    relations: tuple[str, ...]
    position: int = 0


@dataclass(frozen=True)
class Not:
    """Negation."""

    body: Condition


@dataclass(frozen=True)
class And:
    """Conjunction."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    """Disjunction."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Quantified:
    """`exists x, y: body` or `forall x: body`; the names are declared parameters."""

    quantifier: str
    names: tuple[str, ...]
    body: Condition
    position: int = 0


@dataclass(frozen=True)
class Plays:
    """`player = action`: played with probability one (claims only)."""

    place: str
    action: str
    kind: str | None = None
    position: int = 0


Condition = Truth | Comparison | Not | And | Or | Quantified | Plays
