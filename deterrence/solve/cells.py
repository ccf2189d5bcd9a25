"""The phase diagram: the partition of the parameter space by which equilibria exist.

Each equilibrium's region is taken or left, one after another, and a branch is given up as soon as it is
proved empty.  Which regions exclude each other and which contain each other is settled first, pair by pair:
that decides most branches without a question, and most of what a cell's description would repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deterrence.algebra.decide import Prover, generic, prover
from deterrence.algebra.region import Region, all_of, complement
from deterrence.algebra.tidy import tidy
from deterrence.algebra.witness import find_point
from deterrence.solve.atlas import Cell, Equilibrium, Game

MAX_CELLS = 1000


@dataclass(frozen=True)
class _Pairs:
    """What is known of pairs of regions, by index: `apart` share no point, `within[i]` contain region i."""

    apart: tuple[frozenset[int], ...]
    within: tuple[frozenset[int], ...]


def find_cells(equilibria: Sequence[Equilibrium], game: Game) -> tuple[Cell, ...]:
    """The non-empty cells, full-dimensional ones first; together they are the whole domain.

    At most `MAX_CELLS` are listed.
    """
    ask = prover(game.domain.given)
    regions = [e.region for e in equilibria]
    pairs = _pairs(regions, ask)
    found: list[tuple[list[int], list[int]]] = []

    def descend(index: int, taken: list[int], left: list[int]) -> None:
        if len(found) >= MAX_CELLS:
            return
        here = _described(taken, left, regions, pairs)
        if ask.satisfiable(here) is False:
            return
        if index == len(regions):
            found.append((taken, left))
            return
        if not (pairs.apart[index] & set(taken) or pairs.within[index] & set(left)):
            descend(index + 1, [*taken, index], left)
        if not any(index in pairs.within[i] for i in taken):
            descend(index + 1, taken, [*left, index])

    descend(0, [], [])
    cells = [
        _cell(_described(taken, left, regions, pairs), tuple(equilibria[i].id for i in taken), game, ask)
        for taken, left in found
    ]
    return tuple(sorted(cells, key=lambda c: not c.full_dimensional))


def _pairs(regions: Sequence[Region], ask: Prover) -> _Pairs:
    apart: list[set[int]] = [set() for _ in regions]
    within: list[set[int]] = [set() for _ in regions]
    for i, one in enumerate(regions):
        for j in range(i):
            other = regions[j]
            if ask.satisfiable(all_of((one, other))) is False:
                apart[i].add(j)
                apart[j].add(i)
                continue
            if ask.implies(one, other) is True:
                within[i].add(j)
            if ask.implies(other, one) is True:
                within[j].add(i)
    return _Pairs(tuple(map(frozenset, apart)), tuple(map(frozenset, within)))


def _described(taken: Sequence[int], left: Sequence[int], regions: Sequence[Region], pairs: _Pairs) -> Region:
    """The cell without the conditions that others imply by what is known of pairs."""
    needed = [i for i in taken if not any(i in pairs.within[j] and not _twin(i, j, pairs) for j in taken)]
    barred = [j for j in left if not pairs.apart[j] & set(taken)]
    barred = [j for j in barred if not any(k in pairs.within[j] and not _twin(j, k, pairs) for k in barred)]
    return all_of((*(regions[i] for i in needed), *(complement(regions[j]) for j in barred)))


def _twin(i: int, j: int, pairs: _Pairs) -> bool:
    """Whether two regions are equal and the first is to be kept."""
    return j in pairs.within[i] and i in pairs.within[j] and i < j


def _cell(region: Region, members: tuple[str, ...], game: Game, ask: Prover) -> Cell:
    open_part = generic(region, ask.given)
    full = ask.satisfiable(open_part) is not False
    witness = find_point(open_part if full else region, ask.given, game.domain.names, game.domain.example)
    return Cell(tidy(region, ask.given), members, witness, full)
