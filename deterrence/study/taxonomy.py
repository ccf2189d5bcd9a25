"""The taxonomy of strict ordinal 2x2 games: enumeration, canonical forms, names.

In an ordinal game a player only ranks the four outcomes, 4 the best; it is strict when nobody is
indifferent.  Two games are the same up to relabelling when swapping the rows or the columns turns one into
the other [RobinsonGoforth2005], and up to renaming the players too when transposing may help
[RapoportGuyer1966].  The twelve symmetric games have names [Bruns2015].

Scope: two players, two actions, no ties; games with ties lie on the borders between these classes.
Numbers are exact: whole numbers or fractions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from deterrence.errors import GameError

Exact = int | Fraction
Cell = tuple[int, int]
Square = tuple[tuple[int, int], tuple[int, int]]

CELLS: tuple[Cell, ...] = ((0, 0), (0, 1), (1, 0), (1, 1))

# Own payoffs from the best to the worst: R for both cooperating, S for cooperating alone, T for defecting
# alone, P for both defecting.  Calling cooperation defection swaps R with P and S with T.
SYMMETRIC_ORDERS = {
    "Prisoner's Dilemma": "TRPS",
    "Chicken": "TRSP",
    "Leader": "TSRP",
    "Hero": "TSPR",
    "Compromise": "TPSR",
    "Deadlock": "TPRS",
    "Stag Hunt": "RTPS",
    "Assurance": "RPTS",
    "Coordination": "RPST",
    "Peace": "RSPT",
    "Harmony": "RSTP",
    "Concord": "RTSP",
}
_NAMES = {order: name for name, order in SYMMETRIC_ORDERS.items()} | {
    order.translate(str.maketrans("RSTP", "PTSR")): name for name, order in SYMMETRIC_ORDERS.items()
}


@dataclass(frozen=True, order=True)
class OrdinalGame:
    """Ranks 1 (worst) to 4 (best) of the four outcomes: `row[i][j]` and `column[i][j]` in cell (i, j)."""

    row: Square
    column: Square

    def __post_init__(self) -> None:
        for player, square in (("row", self.row), ("column", self.column)):
            if sorted((*square[0], *square[1])) != [1, 2, 3, 4]:
                raise GameError(
                    f"the {player} player's ranks are {square}, but a strict ordinal game has each of "
                    "1, 2, 3, 4 once; use `ordinal` to rank payoffs"
                )


def ordinal(row: tuple[tuple[Exact, Exact], ...], column: tuple[tuple[Exact, Exact], ...]) -> OrdinalGame:
    """The ordinal game of a 2x2 bimatrix of exact payoffs; a tie is an error that names the player.

    >>> ordinal(((7, 2), (9, 3)), ((7, 9), (2, 3)))
    OrdinalGame(row=((3, 1), (4, 2)), column=((3, 4), (1, 2)))
    """
    return OrdinalGame(_ranks("row", row), _ranks("column", column))


def _ranks(player: str, payoffs: tuple[tuple[Exact, Exact], ...]) -> Square:
    (a, b), (c, d) = payoffs
    order = sorted({a, b, c, d})
    if len(order) < 4:
        raise GameError(
            f"the {player} player is indifferent between two outcomes ({a}, {b}; {c}, {d}), and a strict "
            "ordinal game has no ties; ask for the classes on either side of the tie"
        )
    rank = {value: place for place, value in enumerate(order, start=1)}
    return (rank[a], rank[b]), (rank[c], rank[d])


def strict_games() -> Iterator[OrdinalGame]:
    """Every strict ordinal game, with its rows and columns labelled."""
    squares: list[Square] = [((a, b), (c, d)) for a, b, c, d in permutations((1, 2, 3, 4))]
    return (OrdinalGame(row, column) for row in squares for column in squares)


def swap_rows(game: OrdinalGame) -> OrdinalGame:
    """The same game with the row player's actions in the other order."""
    return OrdinalGame(game.row[::-1], game.column[::-1])


def swap_columns(game: OrdinalGame) -> OrdinalGame:
    """The same game with the column player's actions in the other order."""
    return swap_players(swap_rows(swap_players(game)))


def swap_players(game: OrdinalGame) -> OrdinalGame:
    """The same game with the players' places exchanged."""
    return OrdinalGame(_transpose(game.column), _transpose(game.row))


def _transpose(square: Square) -> Square:
    (a, b), (c, d) = square
    return (a, c), (b, d)


def canonical(game: OrdinalGame, *, players: bool = False) -> OrdinalGame:
    """The one game that stands for all relabellings of this one; with `players`, for the exchanged too.

    >>> canonical(swap_rows(SAMPLE)) == canonical(SAMPLE)
    True
    """
    same = [game, swap_rows(game), swap_columns(game), swap_rows(swap_columns(game))]
    if players:
        same += [swap_players(other) for other in same]
    return min(same)


def pure_equilibria(game: OrdinalGame) -> tuple[Cell, ...]:
    """The cells that neither player leaves alone."""
    return tuple(
        (i, j)
        for i, j in CELLS
        if game.row[i][j] > game.row[1 - i][j] and game.column[i][j] > game.column[i][1 - j]
    )


def players_with_dominant_action(game: OrdinalGame) -> int:
    """How many of the two players have an action that is better whatever the other does."""
    return sum(
        (square[0][0] > square[1][0]) == (square[0][1] > square[1][1])
        for square in (game.row, _transpose(game.column))
    )


def win_win(game: OrdinalGame) -> bool:
    """Whether one outcome is the best for both: a game without conflict."""
    return any(game.row[i][j] == game.column[i][j] == 4 for i, j in CELLS)


def unique_equilibrium_is_pareto_inferior(game: OrdinalGame) -> bool:
    """Whether there is just one pure equilibrium and both players prefer some other outcome to it.

    >>> unique_equilibrium_is_pareto_inferior(SAMPLE)
    True
    """
    equilibria = pure_equilibria(game)
    return len(equilibria) == 1 and any(
        game.row[i][j] > game.row[k][m] and game.column[i][j] > game.column[k][m]
        for k, m in equilibria
        for i, j in CELLS
    )


def symmetric_game(order: str) -> OrdinalGame:
    """The game in which both players rank their own R, S, T, P in this order, from best to worst.

    >>> symmetric_game("TRPS") == SAMPLE
    True
    """
    if sorted(order) != sorted("RSTP"):
        raise GameError(
            f"the order is {order!r}; write the four letters R, S, T, P from best to worst: 'TRPS'"
        )
    rank = {letter: 4 - place for place, letter in enumerate(order)}
    row = (rank["R"], rank["S"]), (rank["T"], rank["P"])
    return OrdinalGame(row, _transpose(row))


def symmetric_name(R: Exact, S: Exact, T: Exact, P: Exact) -> str | None:
    """The name of the symmetric game with these payoffs, whichever action is called cooperation.

    None where two payoffs are equal: the game is on the border between named ones.

    >>> symmetric_name(R=3, S=0, T=5, P=1)
    "Prisoner's Dilemma"
    >>> symmetric_name(R=0, S=5, T=3, P=1) == symmetric_name(R=1, S=3, T=5, P=0)
    True
    >>> symmetric_name(R=3, S=1, T=5, P=1) is None
    True
    """
    payoffs = {"R": R, "S": S, "T": T, "P": P}
    if len(set(payoffs.values())) < 4:
        return None
    return _NAMES["".join(sorted(payoffs, key=lambda letter: payoffs[letter], reverse=True))]


SAMPLE = symmetric_game("TRPS")  # the Prisoner's Dilemma, for the examples above
