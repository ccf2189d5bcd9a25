"""Reading the texts of a model file: the grammar, then every name in them against what is declared.

A text that cannot be read, or that uses a name in the wrong place, is noted as a fault and gives None.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, TypeVar

from deterrence.algebra.extent import Extent, extent
from deterrence.algebra.grammar import Node, names_in, parse_condition, parse_expression, walk
from deterrence.algebra.syntax import (
    Arithmetic,
    Call,
    Condition,
    Expression,
    LongRun,
    Name,
    Negate,
    Number,
    PayoffOf,
    Plays,
    Power,
    Probability,
    Quantified,
)
from deterrence.catalogue.faults import Faults, allowed, show
from deterrence.errors import ExpressionError

OUTCOME: Final = "outcome"  # in P(outcome = X)
_Tree = TypeVar("_Tree", bound=Node)
_OPERATIONS: Final[dict[str, Callable[[Fraction, Fraction], Fraction]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True)
class TreeScope:
    """What claims about a tree may mention: information sets with their mover and actions, outcomes, types.

    `types` has every player, those without hidden types too.
    """

    sets: Mapping[str, tuple[str, tuple[str, ...]]]
    outcomes: tuple[str, ...]
    types: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class TimeScope:
    """What claims about a repeated or stochastic model may mention.

    `moves` has, by state, who may do what (one state, "", where all choose at once in every round), and
    `absorbing` names the states in which play can end.
    """

    moves: Mapping[str, Mapping[str, tuple[str, ...]]]
    absorbing: tuple[str, ...]
    profiles: tuple[str, ...]
    public: bool


@dataclass(frozen=True)
class Scope:
    """What a text may mention: parameters, definitions with their bounds, players with their actions.

    `later` are definitions further down, judged by whoever reads definitions.  A player whose actions could
    not be read has None.  `names_known` and `players_known` are False where a section could not be read at
    all, so that nothing can be called undeclared.
    """

    parameters: tuple[str, ...]
    definitions: Mapping[str, Extent] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    players: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    names_known: bool = True
    players_known: bool = True
    tree: TreeScope | None = None
    time: TimeScope | None = None


def read_expression(
    text: str, place: str, scope: Scope, faults: Faults, *, play: bool = False
) -> Expression | None:
    """The tree of an expression; a fault and None where it cannot be read."""
    return _read(parse_expression, text, place, scope, faults, play)


def read_condition(
    text: str, place: str, scope: Scope, faults: Faults, *, play: bool = False
) -> Condition | None:
    """The tree of a condition; a fault and None where it cannot be read."""
    return _read(parse_condition, text, place, scope, faults, play)


def read_number(text: str, place: str, faults: Faults) -> Fraction | None:
    """An exact number, written as a whole number, a decimal or a fraction; else a fault and None."""
    tree = read_expression(text, place, Scope((), names_known=False), faults)
    if tree is None:
        return None
    try:
        value = constant(tree)
    except ZeroDivisionError:
        faults.add(place, f"{show(text)} divides by zero", "write a number such as 4, 0.5 or 1/3")
        return None
    if value is None:
        faults.add(place, f"{show(text)} is not an exact number", "write a number such as 4, 0.5 or 1/3")
    return value


def constant(tree: Expression) -> Fraction | None:
    """The value of a tree of numbers and + - * / **; None where anything else occurs.

    Raises ZeroDivisionError where a denominator is zero.

    >>> constant(parse_expression("-(1 - 1/4)**2"))
    Fraction(-9, 16)
    """
    match tree:
        case Number(value):
            return value
        case Negate(body):
            inner = constant(body)
            return None if inner is None else -inner
        case Power(base, exponent):
            inner = constant(base)
            return None if inner is None else Fraction(inner**exponent)
        case Arithmetic(op, left, right):
            first, second = constant(left), constant(right)
            if first is None or second is None:
                return None
            return _OPERATIONS[op](first, second)
        case _:
            return None


def explain(error: ExpressionError) -> str:
    """The problem of an expression with the part of the text around it, short and harmless to print."""
    start = max(0, error.position - 25)
    part = error.text[start : error.position + 25]
    shown = f"{'…' if start else ''}{part}{'…' if error.position + 25 < len(error.text) else ''}"
    return f"{error.problem} at character {error.position + 1} of {shown!r}"


def _read(
    parse: Callable[..., _Tree], text: str, place: str, scope: Scope, faults: Faults, play: bool
) -> _Tree | None:
    try:
        tree = parse(text, play=play)
        names = names_in(tree)
        if names & scope.definitions.keys():
            extent(tree, scope.definitions, text)
    except ExpressionError as error:
        faults.add(place, explain(error), error.remedy)
        return None
    found = [*_undeclared(tree, names, scope), *_misplaced(tree, scope)] if not faults.full else []
    for problem, remedy in dict.fromkeys(found):
        faults.add(place, f"{show(text)} {problem}", remedy)
    return None if found else tree


def _undeclared(tree: Node, names: frozenset[str], scope: Scope) -> Iterator[tuple[str, str]]:
    """The names in a tree that are declared nowhere, in order, each with the remedy."""
    unknown = names.difference(scope.parameters, scope.definitions, scope.later)
    if not unknown or not scope.names_known:
        return
    known = (*scope.parameters, *scope.definitions)
    moves = {action for actions in scope.players.values() for action in actions or ()}
    moves |= {OUTCOME, *scope.tree.sets, *scope.tree.outcomes} if scope.tree else set()
    for part in walk(tree):
        if isinstance(part, Quantified):
            unknown = unknown.difference(part.names)  # `_misplaced` names them
        elif isinstance(part, Name) and part.name in unknown:
            name = part.name[:40]
            if part.name in scope.players or part.name in moves:
                remedy = "for play write player = action with a single =, in every, some or P(…)"
            elif known:
                remedy = f"declare it with [parameters.{name}]; {allowed(part.name, known)}"
            else:
                remedy = f"declare it with [parameters.{name}]"
            unknown -= {part.name}
            yield f"uses {show(part.name)}, which is not declared", remedy


def _misplaced(tree: Node, scope: Scope) -> Iterator[tuple[str, str]]:
    """The names in a tree that are not what their place asks for, each with the remedy."""
    parts = list(walk(tree))
    counted = {id(n) for part in parts if isinstance(part, LongRun) for n in walk(part) if n is not part}
    for part in parts:
        match part:
            case Quantified(quantifier, names, _) if scope.names_known:
                for name in names:
                    if name not in scope.parameters:
                        problem = f"has {quantifier} {show(name)}, which is not a declared parameter"
                        yield problem, allowed(name, scope.parameters)
            case Call("diff", (_, Name(name))) if name in scope.definitions or name in scope.later:
                yield f"differentiates by the definition {show(name)}", allowed(name, scope.parameters)
            case Plays(where, action, kind) | Probability(where, action, kind) if scope.players_known:
                if scope.time is not None and id(part) not in counted:
                    fault = _played_at_state(where, action, kind, scope.time)
                else:
                    fault = _played(where, action, kind, scope)
                if fault:
                    yield fault
            case LongRun(quantity, name) if scope.players_known:
                fault = _asked(quantity, name, scope)
                if fault:
                    yield fault
            case PayoffOf(player, kind) if scope.players_known:
                fault = _paid(player, kind, scope)
                if fault:
                    yield fault
            case _:
                pass


def _played(where: str, action: str, kind: str | None, scope: Scope) -> tuple[str, str] | None:
    """What is wrong with `where = action` or `where[kind] = action`, with the remedy."""
    if scope.tree is not None:
        return _played_in_tree(where, action, kind, scope, scope.tree)
    if kind is not None:
        return f"names the type {show(kind)}", "types are for models of kind extensive-form"
    if where not in scope.players:
        return f"names {show(where)}, which is not a player", allowed(where, scope.players)
    actions = scope.players[where]
    if actions is not None and action not in actions:
        return f"names {show(action)}, which is not an action of {where}", allowed(action, actions)
    return None


def _played_in_tree(
    where: str, action: str, kind: str | None, scope: Scope, tree: TreeScope
) -> tuple[str, str] | None:
    if where in tree.sets:
        player, actions = tree.sets[where]
        types = tree.types.get(player, ())
        if kind is None and types:
            written = ", ".join(f"{where}[{t}]" for t in types)
            return f"does not say which type moves at {where[:40]}", f"write one of {written}"
        if kind is not None and not types:
            problem = f"names the type {show(kind)}, but {player}, who moves at {where[:40]}, has none"
            return problem, f"write {where[:40]} = {action[:40]}"
        if kind is not None and kind not in types:
            return f"names {show(kind)}, which is not a type of {player}", allowed(kind, types)
    elif where == OUTCOME or where in scope.players:
        actions = tree.outcomes if where == OUTCOME else scope.players[where] or ()
        if kind is not None:
            of = [place for place, (mover, _) in tree.sets.items() if mover == where]
            remedy = f"name an information set instead: {', '.join(f'{p}[{kind[:40]}]' for p in of[:8])}"
            return f"names a type of {show(where)}", remedy if of else f"write {where} = {action[:40]}"
        if where != OUTCOME and scope.players[where] is None:
            return None
    else:
        known = (*scope.players, *tree.sets, OUTCOME)
        return f"names {show(where)}, which is no player and no information set", allowed(where, known)
    if action in actions:
        return None
    what = "an outcome" if where == OUTCOME else f"a move of {where}" if where in scope.players else ""
    return f"names {show(action)}, which is not {what or f'a move at {where}'}", allowed(action, actions)


def _played_at_state(where: str, action: str, kind: str | None, time: TimeScope) -> tuple[str, str] | None:
    """What is wrong with `state = action`, or `state[player] = action` where several players move."""
    places = {name: movers for name, movers in time.moves.items() if name and movers}
    if not places:
        remedy = "ask for share(player = action) of a profile, or with is"
        return f"asks what {show(where)} plays, and in a repeated game that changes", remedy
    if where not in places:
        return f"names {show(where)}, which is no state where somebody moves", allowed(where, places)
    movers = places[where]
    if kind is None and len(movers) > 1:
        written = ", ".join(f"{where}[{p}]" for p in movers)
        return f"does not say whose move at {where}", f"write one of {written}"
    if kind is not None and kind not in movers:
        return f"names {show(kind)}, who does not move at {where}", allowed(kind, movers)
    actions = movers[kind] if kind is not None else next(iter(movers.values()))
    if action not in actions:
        return f"names {show(action)}, which is not a move at {where}", allowed(action, actions)
    return None


def _asked(quantity: str, name: str, scope: Scope) -> tuple[str, str] | None:
    """What is wrong with `share(…)`, `recovery(…)`, `absorb(…)` or `steps()`."""
    if scope.time is None:
        return f"asks for {quantity}(…)", "that is for models of kind repeated and stochastic"
    if quantity == "absorb" and name not in scope.time.absorbing:
        return f"names {show(name)}, which is not an absorbing state", allowed(name, scope.time.absorbing)
    if quantity == "recovery" and name and name not in scope.players:
        return f"names {show(name)}, which is not a player", allowed(name, scope.players)
    return None


def _paid(player: str, kind: str | None, scope: Scope) -> tuple[str, str] | None:
    """What is wrong with `payoff(player)` or `payoff(player[kind])`, with the remedy."""
    if kind is not None and scope.tree is None:
        return f"names the type {show(kind)}", "types are for models of kind extensive-form"
    if player not in scope.players:
        return f"names {show(player)}, which is not a player", allowed(player, scope.players)
    types = () if scope.tree is None else scope.tree.types.get(player, ())
    if kind is not None and kind not in types:
        remedy = allowed(kind, types) if types else f"{player} has no types: write payoff({player})"
        return f"names {show(kind)}, which is not a type of {player}", remedy
    return None
