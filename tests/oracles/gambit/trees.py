"""Game trees as plain data, their reduced strategies counted, and their text in Gambit's `.efg` format.

Defines `Cell` (an information set), `Node`, what can be asked of a tree, and `write`.  Scope: finite trees with perfect
recall and whole-number payoffs, which may stand at any node.  Imports nothing of the library and nothing of Gambit.
Source: the description of the format in Gambit's documentation; the layout is that of Gambit's own writer.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod

PLAYERS = ("Ann", "Bob", "Cat")
CHANCE = 0  # the players are 1, 2 and 3, as in the text


@dataclass(eq=False)
class Cell:
    """An information set: whose it is and how many actions it has; for chance, with which probabilities."""

    player: int
    actions: int
    odds: tuple[str, ...] = ()


@dataclass(eq=False)
class Node:
    """A node and what follows it; a terminal node has no cell."""

    cell: Cell | None = None
    children: list[Node] = field(default_factory=list)
    payoffs: tuple[int, ...] | None = None


Past = tuple[tuple[Cell, int], ...]


def walk(node: Node) -> Iterator[Node]:
    """Every node, depth first: the order of the text, and of Gambit's numbering."""
    yield node
    for child in node.children:
        yield from walk(child)


def pasts(root: Node) -> dict[Cell, Past]:
    """For each information set of a player, what this player did before, which is the same at all its nodes.

    >>> here = Cell(1, 1)
    >>> pasts(Node(here, [Node(here, [Node()])]))
    Traceback (most recent call last):
    ...
    ValueError: no perfect recall
    """
    found: dict[Cell, Past] = {}

    def visit(node: Node, own: dict[int, Past]) -> None:
        if (cell := node.cell) is None:
            return
        past = own.get(cell.player, ())
        if cell.player != CHANCE and found.setdefault(cell, past) != past:
            raise ValueError("no perfect recall")
        for number, child in enumerate(node.children):
            visit(child, own | {cell.player: (*past, (cell, number))})

    visit(root, {})
    return found


def strategies(root: Node, player: int) -> int:
    """How many reduced strategies a player has: plans for whatever the plan itself does not rule out.

    >>> again = Node(Cell(1, 2), [Node(), Node()])
    >>> strategies(Node(Cell(1, 2), [Node(), Node(Cell(2, 1), [again])]), 1)
    3
    """
    past = {cell: before for cell, before in pasts(root).items() if cell.player == player}

    def plans(after: Past) -> int:
        following = [cell for cell, before in past.items() if before == after]
        return prod(sum(plans((*after, (cell, a))) for a in range(cell.actions)) for cell in following)

    return plans(())


def write(root: Node, title: str, players: int, short: bool) -> str:
    """The text of the game.  Labels are n1, n2 … for nodes, ann1 for information sets, ann1x, ann1y … for actions.

    In short form equal payoffs are one outcome, and everything is described once only.

    >>> print(write(Node(Cell(1, 2), [Node(payoffs=(1, 0)), Node()]), "to be", 2, short=False), end="")
    EFG 2 R "to be" { "Ann" "Bob" }
    ""
    <BLANKLINE>
    p "n1" 1 1 "ann1" { "ann1x" "ann1y" } 0
    t "n2" 1 "o1" { 1, 0 }
    t "n3" 0
    """
    names = " ".join(f'"{name}"' for name in PLAYERS[:players])
    lines = [f'EFG 2 R "{title}" {{ {names} }}', '""', ""]
    cells: dict[Cell, int] = {}
    outcomes: dict[tuple[int, ...], int] = {}
    fresh = itertools.count(1)
    for count, node in enumerate(walk(root), 1):
        if cell := node.cell:
            new = cell not in cells
            if new:
                cells[cell] = 1 + sum(other.player == cell.player for other in cells)
            head = f'c "n{count}" ' if cell.player == CHANCE else f'p "n{count}" {cell.player} '
            head += str(cells[cell])
            if new or not short:
                name = ("luck", "ann", "bob", "cat")[cell.player] + str(cells[cell])
                labels = [f'"{name}{letter}"' for letter in "xyzuvw"[: cell.actions]]
                if cell.player == CHANCE:
                    labels = [f"{label} {odds}" for label, odds in zip(labels, cell.odds, strict=True)]
                head += f' "{name}" {{ {" ".join(labels)} }}'
        else:
            head = f't "n{count}"'
        if node.payoffs is None:
            tail = "0"
        elif short and node.payoffs in outcomes:
            tail = str(outcomes[node.payoffs])
        else:
            number = outcomes[node.payoffs] = next(fresh)
            tail = f'{number} "o{number}" {{ {", ".join(map(str, node.payoffs))} }}'
        lines.append(f"{head} {tail}")
    return "\n".join(lines) + "\n"
