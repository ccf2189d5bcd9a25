"""The words of Gambit's game files, how each begins, and names made from the free texts in it.

Words are braces, commas, texts in double quotes (`\\"` is a quote inside), exact numbers and plain symbols,
separated by any white space.  Labels may be any text, names may not: `Names` keeps them valid and apart.
Source: [GambitFormats].
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NoReturn

from deterrence.algebra.grammar import KEYWORDS
from deterrence.errors import GameError
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm

MAX_CHARACTERS: Final = 20_000_000
MAX_NUMBER: Final = 60
MAX_EXPONENT: Final = 60
MAX_NAME: Final = 40
MAX_PLAYERS: Final = 100
RESERVED: Final = ("chance", "outcome", "types")  # words with a meaning of their own in models

_WORD: Final = re.compile(
    r"(?P<brace>[{}])|(?P<comma>,)"
    r'|"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)"'
    r"|(?P<number>[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?))(?=[\s{},\"]|$)"
    r'|(?P<symbol>[^\s{},"]+)',
    re.DOTALL,
)
_SPACE: Final = re.compile(r"\s*")
_KINDS: Final = {"brace": "a brace", "comma": "a comma", "text": "a text in quotes", "number": "a number"}


@dataclass(frozen=True)
class GambitGame:
    """A game from a file, with the file's title and comment."""

    title: str
    comment: str
    game: ExtensiveForm | NormalForm


class Words:
    """The words of a file one by one; `kind` and `text` are those of the current one, "" at the end.

    `start` is where it begins, counted in characters: what a later complaint may point to.
    """

    def __init__(self, text: str) -> None:
        if len(text) > MAX_CHARACTERS:
            raise GameError(f"the file has {len(text)} characters; at most {MAX_CHARACTERS} are read")
        self._all = text.removeprefix("\ufeff")
        self._next = 0
        self.start = 0
        self.kind = ""
        self.text = ""
        self.step()

    @property
    def opens(self) -> bool:
        """Whether the current word is an opening brace."""
        return self.kind == "brace" and self.text == "{"

    def refuse(self, problem: str, remedy: str, start: int | None = None) -> NoReturn:
        """Raise GameError with the line of the current word, or of the one that began at `start`."""
        line = self._all.count("\n", 0, self.start if start is None else start) + 1
        raise GameError(f"line {line}: {problem}; {remedy}")

    def step(self) -> None:
        """Go to the next word."""
        space = _SPACE.match(self._all, self._next)
        assert space is not None  # it matches nothing, too
        self.start = space.end()
        if self.start == len(self._all):
            self.kind, self.text = "", ""
            return
        word = _WORD.match(self._all, self.start)
        if word is None:
            self.refuse("a text begins that never ends", 'close it with a quote: "…"')
        assert word.lastgroup is not None
        self.kind, self.text = word.lastgroup, word[word.lastgroup]
        self._next = word.end()

    def take(self, kind: str, what: str) -> str:
        """The current word, which must be of this kind (or this very brace or symbol), and go on."""
        if self.kind != kind and not (self.kind in ("brace", "symbol") and self.text == kind):
            got = repr(self.text[:40]) if self.kind else "the end of the file"
            self.refuse(f"{what} is missing, there is {got}", f"write {_KINDS.get(kind, repr(kind))} here")
        text = self.text
        self.step()
        return text

    def label(self, what: str) -> str:
        """A text, with quotes as they are meant and nothing that would steer a terminal."""
        text = self.take("text", what).replace('\\"', '"')
        return "".join(ch if ch.isprintable() or ch == "\n" else " " for ch in text)

    def labels(self, what: str) -> list[str]:
        """Texts in braces."""
        self.take("{", f"the list of {what}s")
        found = []
        while self.kind == "text":
            found.append(self.label(what))
        self.take("}", f"the end of the list of {what}s")
        return found

    def number(self, what: str) -> Fraction:
        """An exact number: whole, a fraction, or a decimal, perhaps with a power of ten."""
        start = self.start
        text = self.take("number", what)
        _, _, power = text.lower().partition("e")
        if len(text) > MAX_NUMBER or (power and abs(int(power)) > MAX_EXPONENT):
            remedy = f"at most {MAX_NUMBER} characters and powers of ten up to {MAX_EXPONENT} are read"
            self.refuse(f"the number {text[:40]!r} is too long", remedy, start)
        try:
            return Fraction(text)
        except ZeroDivisionError:
            self.refuse(f"{text} divides by zero", "write another number", start)

    def count(self, what: str, least: int, most: int) -> int:
        """A whole number within bounds."""
        start = self.start
        exact = self.number(what)
        if exact.denominator != 1 or not least <= exact <= most:
            self.refuse(f"{what} is {exact}", f"write a whole number from {least} to {most}", start)
        return int(exact)

    def payoffs(self, players: int) -> tuple[Fraction, ...]:
        """A payoff for each player in turn, with or without commas after them."""
        found = []
        for k in range(players):
            found.append(self.number(f"the payoff of player {k + 1}"))
            if self.kind == "comma":
                self.step()
        return tuple(found)


class Names:
    """Valid names for labels, each once; those of `taken` are never given."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def give(self, label: str, instead: str, prefix: str) -> str:
        """The name for a label, or `instead` where it has no letter and no digit; numbered where it is taken.

        A name that would begin with a digit, or be a word of the grammar, gets the prefix.

        >>> known = Names()
        >>> [known.give(label, "p", "player") for label in ("Ann B.", "", "1/2", "true", "Ann-B")]
        ['Ann_B', 'p', 'player_1_2', 'player_true', 'Ann_B_2']
        """
        name = base = cleaned(label, prefix) or instead
        while name in self._taken:
            self._last[base] = self._last.get(base, 1) + 1
            name = f"{base[: MAX_NAME - 8]}_{self._last[base]}"
        self._taken.add(name)
        return name

    def all(self, labels: Sequence[str], instead: str, prefix: str) -> list[str]:
        """A name for each label; `instead` gets the number of the label."""
        return [self.give(label, f"{instead[:28]}_{k}", prefix) for k, label in enumerate(labels, 1)]


def cleaned(label: str, prefix: str) -> str:
    """A label as a name, or nothing where it has no letter and no digit.

    >>> cleaned("à la -1", "move")
    'a_la_minus_1'
    """
    plain = unicodedata.normalize("NFKD", label[: 4 * MAX_NAME]).encode("ascii", "ignore").decode()
    plain = re.sub(r"-(?=\d)", " minus ", plain)
    name = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")
    if name and (name[0].isdigit() or name in KEYWORDS):
        name = f"{prefix}_{name}"
    return name[:MAX_NAME].rstrip("_")


def header(words: Words, kind: str, version: str) -> tuple[str, list[str]]:
    """The title and the players, with which every file begins."""
    words.take(kind, f"the word {kind} at the beginning")
    if words.kind != "number" or words.text != version:
        words.refuse(f"the version is {words.text[:20]!r}", f"only version {version} of {kind} is known")
    words.step()
    if words.text not in ("R", "D"):
        words.refuse(f"the kind of numbers is {words.text[:20]!r}", "write R")
    words.step()
    title = words.label("the title")
    start = words.start
    players = words.labels("player")
    if not 1 <= len(players) <= MAX_PLAYERS:
        words.refuse(f"there are {len(players)} players", f"from 1 to {MAX_PLAYERS} are read", start)
    return title, players
