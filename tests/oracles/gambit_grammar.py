"""Gambit's published grammar of `.efg` and `.nfg` files, for files as we write them; nothing of the package.

A file is words: quoted texts, numbers, braces, signs.  A tree comes in prefix order: `p` (player, information
set, its name and actions, outcome), `c` (chance event, its name, actions with probabilities, outcome) and `t`
(outcome, its name, payoffs).  A table lists strategies, then payoffs with the first player's strategy
changing fastest.  Source: the format pages of Gambit's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|([{},])|([^\s{},"]+)')
Payoffs = tuple[Fraction, ...]


class Words:
    """The words of a file, one after the other."""

    def __init__(self, text: str) -> None:
        assert not WORD.sub("", text).strip()
        self.words = list(WORD.finditer(text))
        self.at = 0

    def next(self) -> re.Match[str]:
        self.at += 1
        return self.words[self.at - 1]

    def text(self) -> str:
        word = self.next()
        assert word[1] is not None, word
        return word[1]

    def sign(self, wanted: str) -> None:
        assert self.next()[2] == wanted

    def number(self) -> Fraction:
        return Fraction(self.next()[3])

    @property
    def closes(self) -> bool:
        return self.words[self.at][2] == "}"

    def braced(self) -> Iterator[None]:
        """Until the closing brace, once for each entry."""
        self.sign("{")
        while not self.closes:
            yield
            if self.words[self.at][2] == ",":
                self.at += 1
        self.sign("}")


def header(words: Words, kind: str, version: str) -> tuple[str, list[str]]:
    assert [words.next()[3] for _ in range(3)] == [kind, version, "R"]
    return words.text(), [words.text() for _ in words.braced()]


def ends_of_efg(text: str) -> dict[tuple[str, ...], Payoffs]:
    """The payoffs by the actions on the way; every chance event sums to one, every set has one description."""
    words = Words(text)
    _, players = header(words, "EFG", "2")
    words.text()
    ends: dict[tuple[str, ...], Payoffs] = {}
    sets: dict[tuple[int, int], tuple[str, list[str]]] = {}
    outcomes: dict[int, Payoffs] = {}

    def node(way: tuple[str, ...]) -> None:
        kind = words.next()[3]
        words.text()
        if kind == "t":
            number, _ = int(words.number()), words.text()
            ends[way] = tuple(words.number() for _ in words.braced())
            assert len(ends[way]) == len(players)
            assert outcomes.setdefault(number, ends[way]) == ends[way] and number > 0
            return
        player = int(words.number()) if kind == "p" else 0
        assert kind in "pc" and player <= len(players)
        where, name = int(words.number()), words.text()
        actions: list[str] = []
        total = Fraction(0)
        for _ in words.braced():
            actions.append(words.text())
            total += words.number() if kind == "c" else 0
        assert total == (kind == "c")
        assert sets.setdefault((player, where), (name, actions)) == (name, actions)
        assert words.number() == 0  # nothing is paid on the way
        for action in actions:
            node((*way, action))

    node(())
    assert words.at == len(words.words)
    return ends


def cells_of_nfg(text: str) -> Mapping[tuple[str, ...], Payoffs]:
    """The payoffs by the strategies of the players."""
    words = Words(text)
    _, players = header(words, "NFG", "1")
    strategies = []
    for _ in words.braced():
        strategies.append([words.text() for _ in words.braced()])
    words.text()
    assert len(strategies) == len(players)
    cells = {}
    for backwards in product(*reversed(strategies)):
        cells[tuple(reversed(backwards))] = tuple(words.number() for _ in players)
    assert words.at == len(words.words)
    return cells
