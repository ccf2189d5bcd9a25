"""Reading Gambit's game files of tables, `.nfg`, in both of their forms: payoffs, or outcomes by number.

Numbers are exact, labels stay beside the names made from them, sizes are bounded, and a fault is one message
with the line.  Source: [GambitFormats].
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import Final

from deterrence.algebra.value import number
from deterrence.catalogue.gambit_words import RESERVED, GambitGame, Names, Words, header
from deterrence.errors import expect
from deterrence.games.normal import NormalForm, Player

MAX_CELLS: Final = 65_536
Payoffs = tuple[Fraction, ...]


def read_nfg(text: str) -> NormalForm:
    """The game in the text of an `.nfg` file, of payoffs or of outcomes; GameError with the line.

    >>> game = read_nfg('NFG 1 R "" { "a" "b" } { 2 2 } 1 1 0 2 3 0 4 4')
    >>> str(game.payoff(["plan_2", "plan_1"], "b"))
    '2'
    """
    expect("read_nfg", text, str)
    return parse_nfg(text).game  # type: ignore[return-value]


def parse_nfg(text: str) -> GambitGame:
    """As `read_nfg`, with title and comment."""
    words = Words(text)
    title, players = header(words, "NFG", "1")
    strategies = _strategies(words, len(players))
    sizes = [len(s) for s in strategies]
    comment = words.label("the comment") if words.kind == "text" else ""
    cells = prod(sizes)
    rows: list[Payoffs] = []
    if words.opens:
        words.step()
        outcomes: list[Payoffs] = [(Fraction(0),) * len(players)]
        while words.opens:
            words.step()
            words.label("the label of the outcome")
            outcomes.append(words.payoffs(len(players)))
            words.take("}", "the end of the outcome")
        words.take("}", "the end of the outcomes")
        rows = [outcomes[words.count("the number of an outcome", 0, len(outcomes) - 1)] for _ in range(cells)]
    else:
        rows = [words.payoffs(len(players)) for _ in range(cells)]
    if words.kind:
        words.refuse(f"the table of {cells} cells is complete, but there is more", "remove what follows")
    people = Names(RESERVED).all(players, "player", "player")
    plans = [Names().all(s, "plan", "plan") for s in strategies]
    listed = tuple(
        Player(n, tuple(p), "" if n == lab else lab) for n, p, lab in zip(people, plans, players, strict=True)
    )
    table = {}  # in the file the first player's strategy changes fastest
    for cell, row in zip(product(*(range(k) for k in reversed(sizes))), rows, strict=True):
        table[cell[::-1]] = tuple(map(number, row))
    payoffs = tuple(table[cell] for cell in product(*(range(k) for k in sizes)))
    return GambitGame(title, comment, NormalForm(listed, payoffs))


def _strategies(words: Words, players: int) -> list[list[str]]:
    """A list of labels for each player, or how many strategies each has."""
    start = words.start
    words.take("{", "the list of strategies")
    found: list[list[str]] = []
    cells = 1
    for _ in range(players):
        if words.opens:
            found.append(words.labels("strategy"))
            cells *= len(found[-1])
        else:
            count = words.count("the number of strategies", 1, MAX_CELLS)
            cells *= count
            found.append([str(k) for k in range(1, count + 1)] if cells <= MAX_CELLS else [])
        if not 1 <= cells <= MAX_CELLS:
            problem = "a player has no strategies" if cells == 0 else f"there are more than {MAX_CELLS} cells"
            words.refuse(problem, f"tables with 1 to {MAX_CELLS} cells are read", start)
    words.take("}", "the end of the list of strategies")
    return found
