"""Small random games in extensive form: the questions that Gambit was asked.

Defines the kinds of game, how each is drawn, and the list of the 300 that `make.py` hands to Gambit.  Scope: perfect
recall always; two or three players; at most four information sets a player, with two or three actions each (up to six
where both move at once).  Imports nothing of the library and nothing of Gambit, so that what is asked does not depend
on what either answers.

A tree is drawn first, with every node an information set of its own; then information sets of one player that share
the player's own past are joined at random, which keeps perfect recall.  A game draws from its own generator, named by
the seed, its kind and its number: it can be drawn again alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.oracles.gambit.trees import CHANCE, Cell, Node, pasts, strategies, walk, write

SEED = "deterrence 1"

COUNTS = {"perfect": 40, "simultaneous": 40, "signalling": 65, "tree": 65, "chance": 50, "three": 40}

LOTTERIES = {
    2: (("1/2", "1/2"), ("1/3", "2/3"), ("1/4", "3/4"), ("2/5", "3/5"), ("5/6", "1/6")),
    3: (("1/3", "1/3", "1/3"), ("1/2", "1/4", "1/4"), ("1/6", "1/3", "1/2")),
}


@dataclass(frozen=True)
class Game:
    """A drawn game: its text and what one may wish to select by."""

    name: str
    kind: str
    form: str  # which construction within the kind
    tied: bool  # payoffs from -3..3, so that ties abound, or from -20..20
    large: bool  # some player has five to eight reduced strategies; otherwise two to four each
    tolls: bool  # payoffs at nodes that are not terminal too, to be added along the path
    short: bool  # in short form: nothing is described twice
    efg: str


def hide(rng: Random, root: Node, times: int) -> int:
    """Join two information sets at random, some times over; returns how often it was possible."""
    for done in range(times):
        past = pasts(root)
        alike = [
            (one, two)
            for one, two in itertools.combinations(past, 2)
            if (one.player, one.actions, past[one]) == (two.player, two.actions, past[two])
        ]
        if not alike:
            return done
        kept, gone = rng.choice(alike)
        for node in walk(root):
            if node.cell is gone:
                node.cell = kept
    return times


def ends(number: int) -> list[Node]:
    return [Node() for _ in range(number)]


def lottery(rng: Random, actions: int) -> Cell:
    return Cell(CHANCE, actions, rng.choice(LOTTERIES[actions]))


def grow(rng: Random, players: int, depth: int, luck: float, before: int | None = None) -> Node:
    """A random tree in which all is seen; nobody moves twice in a row."""
    if depth == 0 or (before is not None and rng.random() < 0.3):
        return Node()
    drawn = before != CHANCE and rng.random() < luck
    mover = CHANCE if drawn else rng.choice([p for p in range(1, players + 1) if p != before])
    actions = 2 if rng.random() < 0.8 else 3
    cell = lottery(rng, actions) if drawn else Cell(mover, actions)
    return Node(cell, [grow(rng, players, depth - 1, luck, mover) for _ in range(actions)])


def table(rows: int, columns: int, leaf: Callable[[], Node] = Node) -> Node:
    """Ann and Bob move without seeing each other's move."""
    answer = Cell(2, columns)
    return Node(Cell(1, rows), [Node(answer, [leaf() for _ in range(columns)]) for _ in range(rows)])


# Each kind draws a tree without payoffs, of one of its forms; None if this draw came to another form.


def perfect(rng: Random, form: str, large: bool) -> Node | None:
    return grow(rng, 2, rng.choice((3, 4, 5)), 0.0)


def tree(rng: Random, form: str, large: bool) -> Node | None:
    root = grow(rng, 2, rng.choice((3, 4, 5)), 0.0)
    return root if hide(rng, root, rng.choice((1, 2, 3))) else None


def chance(rng: Random, form: str, large: bool) -> Node | None:
    root = grow(rng, 2, rng.choice((3, 4)), 0.4)
    if all(node.cell is None or node.cell.player != CHANCE for node in walk(root)):
        return None
    return root if form == "all seen" or hide(rng, root, rng.choice((1, 2, 3))) else None


def three(rng: Random, form: str, large: bool) -> Node | None:
    root = grow(rng, 3, rng.choice((3, 4)), rng.choice((0.0, 0.0, 0.3)))
    return root if form == "all seen" or hide(rng, root, rng.choice((1, 2, 3, 4))) else None


def simultaneous(rng: Random, form: str, large: bool) -> Node | None:
    """A table of payoffs; or a table after an outside option, before a last word, or chosen by a public draw."""
    rows, columns = rng.choice((2, 3, 4)) + 2 * (large and form == "table"), rng.choice((2, 3, 4))
    if form == "option":
        return Node(Cell(rng.choice((1, 2)), 2), [Node(), table(rows, columns)])
    if form == "last word":
        late = iter(rng.sample([True] + [False] * (rows * columns - 1), rows * columns))
        speaker = rng.choice((1, 2))
        return table(rows, columns, lambda: Node(Cell(speaker, 2), ends(2)) if next(late) else Node())
    if form == "draw":
        return Node(lottery(rng, 2), [table(2, columns), table(2, 2)])
    return table(rows, columns)


def signalling(rng: Random, form: str, large: bool) -> Node | None:
    """Chance draws a type that Ann sees; Bob sees what Ann does, or moves first, or has a type of his own."""
    actions = rng.choice((2, 2, 3))
    if (
        form == "types"
    ):  # drawn one after the other, so that they may depend on each other; then both act at once
        anns, bobs = (Cell(1, 2), Cell(1, 3 if large else 2)), (Cell(2, 2), Cell(2, 2))
        tables = [[Node(a, [Node(b, ends(2)) for _ in range(a.actions)]) for b in bobs] for a in anns]
        return Node(lottery(rng, 2), [Node(lottery(rng, 2), pair) for pair in tables])
    draw = lottery(rng, 3 if large else 2)
    reply, other = Cell(2, actions), Cell(2, 2)
    branches = []
    for _ in range(draw.actions):
        if form == "signal":
            branches.append(Node(Cell(1, 2), [Node(reply, ends(actions)), Node(other, ends(2))]))
        elif form == "quit":  # one of the messages ends the game
            branches.append(Node(Cell(1, 2), [Node(), Node(reply, ends(actions))]))
        else:  # screen: Bob offers first, knowing nothing; to one of his offers Ann can reply
            branches.append(Node(reply, [Node(Cell(1, 2), ends(2)), *ends(actions - 1)]))
    return Node(draw, branches)


KINDS = {kind.__name__: kind for kind in (perfect, simultaneous, signalling, tree, chance, three)}
FORMS = {
    "perfect": ("all seen",),
    "simultaneous": ("table", "option", "last word", "draw"),
    "signalling": ("signal", "quit", "types", "screen"),
    "tree": ("hidden moves",),
    "chance": ("hidden moves", "all seen"),
    "three": ("hidden moves", "all seen"),
}


def fits(root: Node, players: int, large: bool) -> bool:
    """Whether everybody moves, nobody has too many information sets or strategies, and the tree is small."""
    cells = pasts(root)
    own = [sum(cell.player == player for cell in cells) for player in range(1, players + 1)]
    if min(own) == 0 or max(own) > 4 or sum(1 for _ in walk(root)) > 40:
        return False
    most = max(strategies(root, player) for player in range(1, players + 1))
    return 4 < most <= 8 if large else most <= 4


def pay(rng: Random, root: Node, players: int, tied: bool, tolls: bool) -> None:
    """Give payoffs to the terminal nodes; with tolls, to some other nodes too, and not to every terminal one."""
    bound = 3 if tied else 20
    for node in walk(root):
        likely = (0.9 if node.cell is None else 0.3) if tolls else (1.0 if node.cell is None else 0.0)
        if rng.random() < likely:
            node.payoffs = tuple(rng.randint(-bound, bound) for _ in range(players))


def draw(kind: str, number: int) -> Game:
    """The game of this kind and number: odd numbers have ties, every third is large.

    >>> print(draw("perfect", 1).efg.splitlines()[0])
    EFG 2 R "perfect 1" { "Ann" "Bob" }
    """
    name = f"{kind} {number}"
    rng = Random(f"{SEED} {name}")
    players = 3 if kind == "three" else 2
    tied, large, tolls, short = number % 2 == 1, number % 3 == 0, number % 7 == 5, number % 11 == 2
    form = FORMS[kind][number // 6 % len(FORMS[kind])]
    root = None
    while root is None or not fits(root, players, large):
        root = KINDS[kind](rng, form, large)
    pay(rng, root, players, tied, tolls)
    return Game(name, kind, form, tied, large, tolls, short, write(root, name, players, short))


def games() -> Iterator[Game]:
    for kind, count in COUNTS.items():
        for number in range(1, count + 1):
            yield draw(kind, number)
