"""Walking over syntax trees without recursion: what is under a node, every node, the names that occur.

For the trees of `syntax`, whatever their height; nothing is interpreted here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

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
    Or,
    Power,
    Quantified,
)

Node = Expression | Condition

_UNDER: Final[dict[type, Callable[[Any], tuple[Node, ...]]]] = {
    Negate: lambda node: (node.body,),
    Arithmetic: lambda node: (node.left, node.right),
    Power: lambda node: (node.base,),
    Call: lambda node: node.arguments,
    Comparison: lambda node: node.terms,
    Not: lambda node: (node.body,),
    And: lambda node: node.parts,
    Or: lambda node: node.parts,
    Quantified: lambda node: (node.body,),
    LongRun: lambda node: (node.condition,) if node.condition is not None else (),
}
_POSITION_OR_UNDER: Final = frozenset(
    ("position", "body", "left", "right", "base", "arguments", "terms", "parts", "condition")
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under a node, from left to right.

    >>> children(Arithmetic("-", Name("a"), Name("b")))
    (Name(name='a', position=0), Name(name='b', position=0))
    """
    return _UNDER[type(node)](node) if type(node) in _UNDER else ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, each before what is under it, from left to right."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(reversed(children(here)))


def size(node: Node) -> tuple[int, int]:
    """How many nodes the tree has, and how many there are on the longest way down.

    >>> size(Arithmetic("-", Name("a"), Name("b")))
    (3, 2)
    """
    count, height = 0, 0
    waiting = [(node, 1)]
    while waiting:
        here, depth = waiting.pop()
        count, height = count + 1, max(height, depth)
        waiting.extend((child, depth + 1) for child in children(here))
    return count, height


def same_tree(first: Node, second: Node) -> bool:
    """Whether two trees are equal but for where their parts stand in the text.

    >>> same_tree(Name("a", 0), Name("a", 7)), same_tree(Name("a"), Name("b"))
    (True, False)
    """
    return [_label(n) for n in walk(first)] == [_label(n) for n in walk(second)]


def _label(node: Node) -> tuple[object, ...]:
    """A node without its position and what is under it; in order of `walk`, these fix the tree."""
    own = [value for name, value in vars(node).items() if name not in _POSITION_OR_UNDER]
    return (type(node), len(children(node)), *own)


def names_in(node: Node) -> frozenset[str]:
    """Every name that occurs as a value or is quantified; players and actions are not among them.

    >>> sorted(names_in(Arithmetic("-", Name("a"), Name("b"))))
    ['a', 'b']
    """
    found: set[str] = set()
    for part in walk(node):
        if isinstance(part, Name):
            found.add(part.name)
        elif isinstance(part, Quantified):
            found.update(part.names)
    return frozenset(found)
