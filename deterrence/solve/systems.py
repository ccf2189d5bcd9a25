"""The system of conditions behind a pattern: rationality on and off the path, in all its unknowns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.algebra.region import Region, all_of
from deterrence.algebra.value import Value
from deterrence.solve.consistency import beliefs
from deterrence.solve.frames import Frame, Pattern
from deterrence.solve.patterns import reached_sets
from deterrence.solve.rationality import rational


@dataclass(frozen=True)
class System:
    """What must hold for one pattern and one alternative of beliefs.

    `on_path` are the conditions at the sets that are reached, `off_path` those elsewhere, with what beliefs
    there must satisfy; the names are those of the unknowns of each part.  `shares` are the beliefs.
    """

    pattern: Pattern
    reached: frozenset[str]
    shares: Mapping[str, Mapping[str, Value]]
    on_path: Region
    off_path: Region
    names_on: tuple[str, ...]
    names_off: tuple[str, ...]

    @property
    def whole(self) -> Region:
        """Both parts together."""
        return all_of((self.on_path, self.off_path))

    @property
    def names(self) -> tuple[str, ...]:
        """All unknowns, probabilities before beliefs."""
        return (*self.names_on, *self.names_off)


def systems(f: Frame, pattern: Pattern, weak: bool) -> list[System]:
    """The systems of a pattern, one for each alternative of beliefs; they exclude each other."""
    reached = reached_sets(f, pattern)
    held = beliefs(f, pattern, reached, weak)
    on: list[Region] = []
    off: list[Region] = []
    names_on: list[str] = []
    names_off: list[str] = []
    for h in f.tree.information:
        used = pattern[h.name]
        part = all_of((f.bounds(h.name, used), rational(f, h, pattern, held.weights[h.name], weak)))
        (on if h.name in reached else off).append(part)
        (names_on if h.name in reached else names_off).extend(f.unknowns(h.name, used))
    return [
        System(
            dict(pattern),
            reached,
            held.shares,
            all_of(on),
            all_of((*off, alternative)),
            tuple(names_on),
            (*names_off, *held.names),
        )
        for alternative in held.alternatives
    ]
