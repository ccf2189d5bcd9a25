"""Where a strict 2x2 game stands among the 144: two patterns, a layer, a place in it, six neighbours.

Each player calls C the action that the other's best outcome needs, so a player's own best outcome is R or T
and its ranking one of the twelve of `SYMMETRIC_ORDERS`.  That labelling is unique, so the pair of patterns
names the game, (row, column) among 144 and without order among 78 [Bruns2015].  Two games are neighbours
where two outcomes next to each other in one player's ranking change places [RobinsonGoforth2005].

The numbers are this library's own and not those of any publication: a layer is named by the two players'
best outcomes (TT, TR, RT, RR; RR holds the win-win games), which swaps of low and middle ranks leave alone,
and a place in it counts along the cycle of six patterns that these swaps make of each player's ranking.
Scope: two players, two actions, no ties.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from deterrence.study.taxonomy import (
    SYMMETRIC_ORDERS,
    Cell,
    Exact,
    OrdinalGame,
    Square,
    ordinal,
    swap_columns,
    swap_rows,
)

# Neighbours in turn by a swap of the middle and of the low ranks, and back to the start.
CONFLICT = ("Chicken", "Leader", "Hero", "Compromise", "Deadlock", "Prisoner's Dilemma")
NO_CONFLICT = ("Concord", "Harmony", "Peace", "Coordination", "Assurance", "Stag Hunt")

# Names in use for games whose players rank differently, by (row, column) pattern [SnyderDiesing1977], with
# how well that use is established.  Other pairs go by their two patterns.
PAIR_NAMES = {
    ("Prisoner's Dilemma", "Chicken"): ("Called Bluff", "standard"),
    ("Deadlock", "Chicken"): ("Bully", "standard"),
    ("Compromise", "Chicken"): ("Big Bully", "attributed, not checked against the source"),
}
SWAPS = {"low": (1, 2), "middle": (2, 3), "high": (3, 4)}
_PATTERN_OF = {order: name for name, order in SYMMETRIC_ORDERS.items()}
_ROW_LETTERS: dict[str, Cell] = {"R": (0, 0), "S": (0, 1), "T": (1, 0), "P": (1, 1)}
_COLUMN_LETTERS: dict[str, Cell] = {"R": (0, 0), "S": (1, 0), "T": (0, 1), "P": (1, 1)}


@dataclass(frozen=True, order=True)
class Position:
    """A class of strict games up to relabelling actions, by the row and the column player's pattern."""

    row: str
    column: str

    @property
    def name(self) -> str:
        """The name of a symmetric game, one in use for the pair (see `status`), or both patterns.

        >>> Position("Chicken", "Chicken").name, Position("Chicken", "Deadlock").name
        ('Chicken', 'Bully')
        >>> Position("Stag Hunt", "Chicken").name
        'Stag Hunt x Chicken'
        """
        if self.row == self.column:
            return self.row
        known = self._pair_name
        return known[0] if known else f"{self.row} x {self.column}"

    @property
    def status(self) -> str:
        """How well the name is established; nothing where the game goes by its patterns."""
        return "standard" if self.row == self.column else self._pair_name[1] if self._pair_name else ""

    @property
    def _pair_name(self) -> tuple[str, str] | None:
        return PAIR_NAMES.get((self.row, self.column)) or PAIR_NAMES.get((self.column, self.row))

    @property
    def layer(self) -> str:
        """Which outcome each player likes best: TT, TR, RT, or RR for the win-win games."""
        return SYMMETRIC_ORDERS[self.row][0] + SYMMETRIC_ORDERS[self.column][0]

    @property
    def place(self) -> tuple[int, int]:
        """The places, 1 to 6, of the two patterns along their cycles (numbers of this library)."""
        return _place(self.row), _place(self.column)

    @property
    def mirror(self) -> Position:
        """The game with the players exchanged, the same among the 78 classes."""
        return Position(self.column, self.row)

    @property
    def game(self) -> OrdinalGame:
        """The class's game in the labelling described above, C before D."""
        return OrdinalGame(_square(self.row, _ROW_LETTERS), _square(self.column, _COLUMN_LETTERS))


@dataclass(frozen=True)
class Neighbour:
    """The game one swap away: `player` is row or column, `swap` low, middle or high."""

    player: str
    swap: str
    position: Position


def position(game: OrdinalGame) -> Position:
    """The position of a strict game, the same however its actions are labelled.

    >>> position(OrdinalGame(((3, 1), (4, 2)), ((3, 4), (2, 1)))).name
    'Called Bluff'
    """
    labelled = _labelled(game)
    return Position(
        _PATTERN_OF[_order(labelled.row, _ROW_LETTERS)], _PATTERN_OF[_order(labelled.column, _COLUMN_LETTERS)]
    )


def locate(row: tuple[tuple[Exact, Exact], ...], column: tuple[tuple[Exact, Exact], ...]) -> Position:
    """The position of a 2x2 bimatrix of exact payoffs; GameError for a tie, which lies between positions.

    >>> locate(((3, 0), (5, 1)), ((3, 5), (0, 1)))
    Position(row="Prisoner's Dilemma", column="Prisoner's Dilemma")
    """
    return position(ordinal(row, column))


def cooperation(game: OrdinalGame) -> tuple[int, int]:
    """Which row and which column are called C: those that the other player's best outcome needs.

    >>> cooperation(OrdinalGame(((3, 1), (4, 2)), ((3, 4), (1, 2))))
    (0, 0)
    """
    return _best(game.column)[0], _best(game.row)[1]


@lru_cache(maxsize=256)
def neighbours(here: Position) -> tuple[Neighbour, ...]:
    """The six games at which one player has changed its mind about two outcomes next to each other.

    >>> for n in neighbours(Position("Prisoner's Dilemma", "Prisoner's Dilemma"))[:3]:
    ...     print(n.player, n.swap, n.position.name)
    row low Called Bluff
    row middle Deadlock x Prisoner's Dilemma
    row high Stag Hunt x Prisoner's Dilemma
    """
    game = here.game
    found = []
    for swap, ranks in SWAPS.items():
        found.append(Neighbour("row", swap, position(OrdinalGame(_swapped(game.row, ranks), game.column))))
    for swap, ranks in SWAPS.items():
        found.append(Neighbour("column", swap, position(OrdinalGame(game.row, _swapped(game.column, ranks)))))
    return tuple(found)


def refinements(row: Square, column: Square) -> tuple[Position, ...]:
    """The strict games that a game with ties borders on: every way of breaking its ties.

    `row` and `column` may hold any whole numbers; equal ones are ties.

    >>> [p.name for p in refinements(((3, 1), (4, 1)), ((3, 4), (1, 1)))]
    ['Chicken', "Prisoner's Dilemma", 'Called Bluff', 'Called Bluff']
    """
    found = {position(OrdinalGame(r, c)) for r in _strict(row) for c in _strict(column)}
    return in_order(found)


def in_order(positions: Iterable[Position]) -> tuple[Position, ...]:
    """Positions without repeats: symmetric games first, then by layer and place."""
    return tuple(sorted(set(positions), key=order_key))


def order_key(p: Position) -> tuple[bool, int, tuple[int, int]]:
    """What `in_order` sorts by."""
    return p.row != p.column, ("TT", "RR", "TR", "RT").index(p.layer), p.place


def _strict(square: Square) -> list[Square]:
    """The strict rankings that agree with a weak one: tied cells in every order."""
    flat = (*square[0], *square[1])
    return [
        ((a, b), (c, d))
        for a, b, c, d in _ALL_RANKS
        if all(
            (x < y) <= (r < s)
            for x, r in zip(flat, (a, b, c, d), strict=True)
            for y, s in zip(flat, (a, b, c, d), strict=True)
        )
    ]


_ALL_RANKS = [
    (a, b, c, d)
    for a in range(1, 5)
    for b in range(1, 5)
    for c in range(1, 5)
    for d in range(1, 5)
    if len({a, b, c, d}) == 4
]


def _labelled(game: OrdinalGame) -> OrdinalGame:
    row, column = cooperation(game)
    if row:
        game = swap_rows(game)
    return swap_columns(game) if column else game


def _best(square: Square) -> Cell:
    return next((i, j) for i in (0, 1) for j in (0, 1) if square[i][j] == 4)


def _order(square: Square, letters: dict[str, Cell]) -> str:
    return "".join(sorted(letters, key=lambda x: -square[letters[x][0]][letters[x][1]]))


def _square(pattern: str, letters: dict[str, Cell]) -> Square:
    rank = {letters[x]: 4 - place for place, x in enumerate(SYMMETRIC_ORDERS[pattern])}
    return (rank[0, 0], rank[0, 1]), (rank[1, 0], rank[1, 1])


def _swapped(square: Square, ranks: tuple[int, int]) -> Square:
    change = {ranks[0]: ranks[1], ranks[1]: ranks[0]}
    (a, b), (c, d) = square
    return (change.get(a, a), change.get(b, b)), (change.get(c, c), change.get(d, d))


def _place(pattern: str) -> int:
    return (CONFLICT if pattern in CONFLICT else NO_CONFLICT).index(pattern) + 1
