"""Reading Gambit's game files of trees, `.efg`, with exact numbers (`gambit_tables` reads `.nfg`).

Decimals are read as they are written, so 0.1 is one tenth.  Payoffs at nodes where the game goes on add up
along the path.  Labels stay beside the names made from them.  A file is data of bounded size, and a fault is
one message with the line.  Source: [GambitFormats].
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from deterrence.algebra.value import number
from deterrence.catalogue.gambit_words import RESERVED, GambitGame, Names, Words, header
from deterrence.errors import GameError, expect
from deterrence.games.tree import CHANCE, ExtensiveForm, Node, Outcome, TreePlayer

MAX_NODES: Final = 300_000
_MANY: Final = 10**9  # numbers of information sets and outcomes
Payoffs = tuple[Fraction, ...]


@dataclass
class _Set:
    """An information set, or an event of chance, as it was described first."""

    label: str
    actions: list[str]
    chances: list[Fraction]
    members: list[int] = field(default_factory=list)


@dataclass
class _Entry:
    """One node of the file; `ends` is the number of a terminal node's outcome, `worth` the sum up to it."""

    kind: str
    label: str
    at: tuple[int, int]  # player (0 for chance) and number of the information set
    worth: Payoffs
    ends: int = 0
    after: list[int] = field(default_factory=list)


def read_efg(text: str) -> ExtensiveForm:
    """The tree in the text of an `.efg` file; GameError with the line for anything that is none.

    >>> tree = read_efg('EFG 2 R "" { "us" } p "" 1 1 "go?" { "no" "yes" } 0 t "" 0 t "" 1 "win" { 1/2 }')
    >>> tree.information[0].name, [str(o.payoffs[0]) for o in tree.outcomes]
    ('go', ['0', '1/2'])
    """
    expect("read_efg", text, str)
    return parse_efg(text).game  # type: ignore[return-value]


def parse_efg(text: str) -> GambitGame:
    """As `read_efg`, with title and comment."""
    words = Words(text)
    title, players = header(words, "EFG", "2")
    comment = words.label("the comment") if words.kind == "text" else ""
    return GambitGame(title, comment, _Tree(words, players).read())


class _Tree:
    """A tree while it is read: entries in the order of the file, each after the one before it."""

    def __init__(self, words: Words, players: list[str]) -> None:
        self.words = words
        self.players = players
        self.entries: list[_Entry] = []
        self.sets: dict[tuple[int, int], _Set] = {}
        self.outcomes: dict[int, tuple[str, Payoffs]] = {}

    def read(self) -> ExtensiveForm:
        """Every node, without recursion: `waiting` are those whose moves are not all read yet."""
        words = self.words
        waiting: list[tuple[_Entry, int]] = []
        zero: Payoffs = (Fraction(0),) * len(self.players)
        while True:
            if len(self.entries) == MAX_NODES:
                words.refuse(f"there are more than {MAX_NODES} nodes", "read a smaller game")
            if words.kind == "" and waiting:
                entry, count = waiting[-1]
                at = f"{count - len(entry.after)} of the {count} moves of its node {entry.label!r}"
                words.refuse(f"the file ends, but {at} lead nowhere", "write a node for each move, in order")
            found = self._entry(waiting[-1][0].worth if waiting else zero)
            if waiting:
                waiting[-1][0].after.append(len(self.entries))
            self.entries.append(found)
            if found.kind != "t":
                waiting.append((found, len(self.sets[found.at].actions)))
            while waiting and len(waiting[-1][0].after) == waiting[-1][1]:
                waiting.pop()
            if not waiting:
                break
        if words.kind:
            words.refuse("the tree is complete, but there is more", "remove it, or count the moves above")
        return self._build()

    def _entry(self, before: Payoffs) -> _Entry:
        words = self.words
        kind = words.text
        if words.kind != "symbol" or kind not in ("c", "p", "t"):
            words.refuse(f"no node begins with {kind[:40]!r}", "begin with c (chance), p (player) or t (end)")
        words.step()
        label = words.label("the label of the node")
        at = (0, 0)
        if kind != "t":
            player = words.count("the player's number", 1, len(self.players)) if kind == "p" else 0
            at = (player, words.count("the number of the information set", 1, _MANY))
            self._describe(at)
            self.sets[at].members.append(len(self.entries))
        ends = self._outcome()
        own = self.outcomes[ends][1] if ends else (Fraction(0),) * len(before)
        worth = tuple(b + w for b, w in zip(before, own, strict=True)) if ends else before
        return _Entry(kind, label, at, worth, ends)

    def _describe(self, at: tuple[int, int]) -> None:
        """The description of an information set: given once, or again in the same words."""
        words, start = self.words, self.words.start
        which = f"information set {at[1]} of player {at[0]}" if at[0] else f"chance event {at[1]}"
        if words.kind != "text":
            if at not in self.sets:
                words.refuse(f"the {which} is not described yet", "describe it where it comes first")
            return
        label = words.label("the label")
        words.take("{", "the list of actions")
        actions: list[str] = []
        chances: list[Fraction] = []
        while words.kind == "text":
            actions.append(words.label("the action"))
            if at[0] == 0:
                chances.append(words.number("the probability of the action"))
        words.take("}", "the end of the list of actions")
        if not actions:
            words.refuse(f"the {which} has no actions", "name at least one", start)
        known = self.sets.setdefault(at, _Set(label, actions, chances))
        if (known.label, known.actions, known.chances) != (label, actions, chances):
            words.refuse(f"the {which} was described otherwise before", "describe it once", start)
        if at[0] == 0 and (sum(chances) != 1 or min(chances) < 0):
            listed = " + ".join(map(str, chances))
            remedy = "write exact fractions from 0 to 1, such as 1/3"
            words.refuse(f"the probabilities {listed} are not from 0 to 1 or do not sum to 1", remedy, start)

    def _outcome(self) -> int:
        """The number of the outcome; 0 is none, which pays nothing."""
        words, start = self.words, self.words.start
        which = words.count("the number of the outcome", 0, _MANY)
        if words.kind != "text":
            if which and which not in self.outcomes:
                words.refuse(f"the outcome {which} is not described yet", "give its payoffs", start)
            return which
        label = words.label("the label of the outcome")
        words.take("{", "the list of payoffs")
        payoffs = words.payoffs(len(self.players))
        words.take("}", "the end of the list of payoffs")
        if which == 0:
            words.refuse("the outcome 0 has payoffs", "0 is no outcome: give it another number", start)
        if self.outcomes.setdefault(which, (label, payoffs)) != (label, payoffs):
            words.refuse(f"the outcome {which} was described otherwise before", "describe it once", start)
        return which

    def _build(self) -> ExtensiveForm:
        known = Names(RESERVED)
        people = known.all(self.players, "player", "player")
        called: dict[tuple[int, int], str] = {}
        moves: dict[tuple[int, int], list[str]] = {}
        ids: dict[int, str] = {}
        for at, found in self.sets.items():
            label = found.label or self.entries[found.members[0]].label
            owner = people[at[0] - 1] if at[0] else CHANCE
            called[at] = known.give(label, f"{owner[:28]}_{at[1]}", "set")
            moves[at] = Names().all(found.actions, "move", "move")
        for at, found in self.sets.items():
            if len(found.members) == 1:
                ids[found.members[0]] = called[at]
            else:
                listed = known.all([self.entries[i].label for i in found.members], called[at], "node")
                ids |= zip(found.members, listed, strict=True)
        outcomes = self._ends(ids, known)
        nodes = []
        for i, entry in enumerate(self.entries):
            if entry.kind == "t":
                continue
            owner = people[entry.at[0] - 1] if entry.at[0] else CHANCE
            information = called[entry.at] if entry.at[0] and called[entry.at] != ids[i] else ""
            chances = tuple(map(number, self.sets[entry.at].chances))
            to = [ids[j] for j in entry.after]
            nodes.append(
                Node(ids[i], owner, tuple(zip(moves[entry.at], to, strict=True)), information, chances)
            )
        if not nodes:
            raise GameError("the game has one node, where it ends; a tree needs a node where somebody moves")
        players = tuple(
            TreePlayer(n, "" if n == lab else lab) for n, lab in zip(people, self.players, strict=True)
        )
        return ExtensiveForm(players, tuple(nodes), tuple(outcomes))

    def _ends(self, ids: dict[int, str], known: Names) -> list[Outcome]:
        """An outcome for each end that differs in number or in what was paid; their ids go into `ids`."""
        found: dict[tuple[int, str, Payoffs], Outcome] = {}
        shown: dict[int, str] = {}
        for i, entry in enumerate(self.entries):
            if entry.kind != "t":
                continue
            label = self.outcomes[entry.ends][0] if entry.ends else entry.label
            key = (entry.ends, label, entry.worth)
            if key not in found:
                own = known.give(label, f"outcome_{entry.ends}" if entry.ends else "end", "end")
                name = shown.setdefault(entry.ends, own) if entry.ends else own
                payoffs = tuple(map(number, entry.worth))
                kept = "" if label == own else label
                found[key] = Outcome(own, payoffs, "" if name == own else name, kept)
            ids[i] = found[key].id
        return list(found.values())
