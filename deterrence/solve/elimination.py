"""Iterated elimination of strictly dominated strategies by region, and rationalisable actions.

In each round every action that is strictly dominated in what is left of the game goes, for all players at
once; the parameter space is split by what goes, so the cases are a partition of the domain, each with its
rounds.  Any number of players.  The order of elimination does not matter for what survives
[GilboaKalaiZemel1990].  For two players an action is rationalisable exactly when it survives elimination by
pure and mixed strategies [Bernheim1984], [Pearce1984].  For three or more this is correlated
rationalisability, in which a conjecture may correlate what the others do [BrandenburgerDekel1987]; where
conjectures must be independent, fewer actions may remain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from deterrence.algebra.decide import Prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of, complement, polys_of
from deterrence.algebra.tidy import tidy
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.normal import NormalForm, Player
from deterrence.solve.best_replies import checked_action
from deterrence.solve.components import full_dimensional
from deterrence.solve.dominance import By, strictly_dominated
from deterrence.solve.nash import consistent

MAX_CASES = 400
_FEW = 12
Round = tuple[tuple[str, str], ...]
Kept = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Survivors:
    """One case of iterated elimination: where it applies, what survives, and what went in which round.

    A round lists (player, action) pairs.  `generic` tells whether the region is full-dimensional.
    """

    region: Region
    actions: tuple[tuple[str, tuple[str, ...]], ...]
    rounds: tuple[Round, ...]
    generic: bool = True

    def of(self, player: str) -> tuple[str, ...]:
        """The actions of a player that survive; UnknownName lists the players."""
        for name, kept in self.actions:
            if name == player:
                return kept
        raise UnknownName("player", player, (n for n, _ in self.actions))

    @property
    def solves(self) -> bool:
        """Whether a single profile survives: the game is dominance solvable here."""
        return all(len(kept) == 1 for _, kept in self.actions)


def iterated_elimination(game: NormalForm, *, by: By = "mixed") -> tuple[Survivors, ...]:
    """What survives iterated elimination of strictly dominated strategies, case by case.

    The regions of the cases exclude each other and cover the domain; full-dimensional cases come first.
    With `by="pure"` only pure dominators are tried.  Raises DomainError for contradictory assumptions, and
    OutOfScope as `strictly_dominated` or where there are more than `MAX_CASES` cases.

    >>> game = NormalForm.from_arrays([[2, "a"], [1, 0]], [[1, 0], [0, 1]])
    >>> for case in iterated_elimination(game):
    ...     print(case.region, "|", case.rounds, "|", case.of("row"), case.of("column"))
    a <= 0 | () | ('row1', 'row2') ('column1', 'column2')
    a > 0 | ((('row', 'row2'),), (('column', 'column2'),)) | ('row1',) ('column1',)
    """
    return _cases(game, by)


def rationalisable(game: NormalForm, player: str, action: str) -> Region:
    """Where the action is rationalisable: it survives iterated elimination by pure and mixed strategies.

    With three or more players conjectures about the others may be correlated.  Raises UnknownName, and as
    `iterated_elimination`.

    >>> game = NormalForm.from_arrays([[2, "a"], [1, 0]], [[1, 0], [0, 1]])
    >>> print(rationalisable(game, "row", "row2"))
    a <= 0
    """
    checked_action(game, player, action)
    cases = _cases(game, "mixed")
    return tidy(any_of(c.region for c in cases if action in c.of(player)), game.domain.given)


def restricted(game: NormalForm, kept: Kept) -> NormalForm:
    """The game with only these actions, one tuple a player in player order.

    >>> game = NormalForm.from_arrays([[2, "a"], [1, 0]], [[1, 0], [0, 1]])
    >>> [str(v) for v, _ in restricted(game, (("row1",), ("column1", "column2"))).payoffs]
    ['2', 'a']
    """
    people = tuple(Player(p.name, k, p.label) for p, k in zip(game.players, kept, strict=True))
    rows = tuple(
        row
        for profile, row in zip(game.profiles(), game.payoffs, strict=True)
        if all(a in k for a, k in zip(profile, kept, strict=True))
    )
    return NormalForm(people, rows, game.domain)


@lru_cache(maxsize=200)
def _cases(game: NormalForm, by: By) -> tuple[Survivors, ...]:
    ask = consistent(game)
    found: list[Survivors] = []

    def descend(guard: Region, kept: Kept, rounds: tuple[Round, ...]) -> None:
        for where, gone in _one_round(restricted(game, kept), guard, by, ask):
            if gone:
                left = tuple(
                    tuple(a for a in actions if (name, a) not in gone)
                    for name, actions in zip(game.names, kept, strict=True)
                )
                if all(left):  # someone's last action is never dominated: such a branch is empty
                    descend(where, left, (*rounds, gone))
                continue
            region = _plainly(where, ask)
            if region == NOWHERE:
                continue
            if len(found) >= MAX_CASES:
                raise OutOfScope(
                    f"iterated elimination has more than {MAX_CASES} cases; add assumptions that settle some"
                )
            survivors = tuple(zip(game.names, kept, strict=True))
            found.append(Survivors(region, survivors, rounds, full_dimensional(region, ask)))

    descend(EVERYWHERE, tuple(p.actions for p in game.players), ())
    return tuple(sorted(found, key=lambda c: not c.generic))


def _plainly(region: Region, ask: Prover) -> Region:
    """The region tidied, or where that would take long, as the conditions met on the way (each is tidy)."""
    return region if len(polys_of(region)) > _FEW else tidy(region, ask.given)


def _one_round(game: NormalForm, guard: Region, by: By, ask: Prover) -> Iterator[tuple[Region, Round]]:
    """The part of `guard` for each set of actions that one round eliminates, the empty set first."""
    candidates = []
    for player in game.players:
        for action in player.actions:
            region = strictly_dominated(game, player.name, action, by=by)
            if region != NOWHERE:
                candidates.append(((player.name, action), region))

    def split(index: int, where: Region, gone: Round) -> Iterator[tuple[Region, Round]]:
        if where == NOWHERE or ask.satisfiable(where) is False:
            return
        if index == len(candidates):
            yield where, gone
            return
        pair, region = candidates[index]
        yield from split(index + 1, all_of((where, complement(region))), gone)
        yield from split(index + 1, all_of((where, region)), (*gone, pair))

    yield from split(0, guard, ())
