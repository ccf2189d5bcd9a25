"""Rest points of replicator dynamics and the words for their stability.

The share of an action grows at the rate by which it earns more than the average [TaylorJonker1978].  A rest
point is classified by the trace and the determinant of the linearised field, in the directions that stay
among mixtures:

- `attracting`: all nearby states come back; `repelling`: all move away; `saddle`: some do either;
- `centre of the linearisation`: the linear part goes round (trace zero, determinant above zero), which by
  itself says nothing about the field; `Conserved` settles it where there is a constant of motion;
- `degenerate`: the linear part does not decide (determinant zero).

Sources: [TaylorJonker1978], [HofbauerSigmund1998].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.region import NOWHERE, Region, all_of
from deterrence.algebra.short import tidy_short
from deterrence.algebra.value import Value, sign_region
from deterrence.algebra.verdicts import Verdict
from deterrence.games.normal import NormalForm

State = tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]


@dataclass(frozen=True)
class RestPoint:
    """A state of rest: the mixture of each population, where it exists, and of which kind it is where.

    The regions of `kinds` are within `region`, exclude each other and cover it.  `trace` and `determinant`
    are those of the linearised field; with one degree of freedom the trace is its slope and there is no
    determinant.
    """

    state: State
    region: Region
    kinds: tuple[tuple[str, Region], ...]
    trace: Value
    determinant: Value | None

    def kind(self, word: str) -> Region:
        """Where the point is of a kind, `attracting` and so on."""
        return dict(self.kinds).get(word, NOWHERE)

    def kind_at(self, point: Mapping[str, Fraction]) -> str | None:
        """The kind at an exact point of the parameters; None where the rest point does not exist."""
        return next((word for word, region in self.kinds if region.contains(point)), None)


@dataclass(frozen=True)
class Continuum:
    """Where a whole face of the state space rests, or a segment or more of its inside: knife edges.

    `face` says which states, in words.
    """

    face: str
    region: Region


@dataclass(frozen=True)
class Conserved:
    """A quantity that the motion leaves unchanged: the sum of `weight * log(share)`.

    `verdict` is about that, inside the square of states.  In `closed` each level is a closed curve around the
    interior rest point (the quantity or its opposite is strictly concave there and falls without bound
    towards the border), so all states inside go round for ever.
    """

    weights: tuple[tuple[str, str, Value], ...]  # player, action, weight of the log of its share
    verdict: Verdict
    closed: Region


@dataclass(frozen=True)
class Dynamics:
    """The rest points of a game's replicator dynamics; `populations` is one or two."""

    game: NormalForm
    populations: int
    points: tuple[RestPoint, ...]
    continua: tuple[Continuum, ...]
    conserved: Conserved | None = None

    def __repr__(self) -> str:
        people = "one population" if self.populations == 1 else f"{self.populations} populations"
        return f"Dynamics({people}: {len(self.points)} rest points, {len(self.continua)} continua)"


def planar_kinds(
    region: Region, trace: Value, determinant: Value, given: Region
) -> tuple[tuple[str, Region], ...]:
    """Where a rest point of a field in the plane is of which kind, by trace and determinant."""
    turning = sign_region(determinant, ">")
    table = {
        "attracting": all_of((turning, sign_region(trace, "<"))),
        "repelling": all_of((turning, sign_region(trace, ">"))),
        "saddle": sign_region(determinant, "<"),
        "centre of the linearisation": all_of((turning, sign_region(trace, "=="))),
        "degenerate": sign_region(determinant, "=="),
    }
    return within(region, table, given)


def within(region: Region, table: Mapping[str, Region], given: Region) -> tuple[tuple[str, Region], ...]:
    """The table's regions cut to one region, in short form, without those that are nowhere."""
    found = ((word, tidy_short(all_of((region, part)), given)) for word, part in table.items())
    return tuple((word, part) for word, part in found if part != NOWHERE)
