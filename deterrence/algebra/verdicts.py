"""The answers that a question about all parameter values can have.

Proved, refuted by a point, vacuous because the assumptions contradict each other, or undecided because
the procedure stopped.  Undecided is not a failure and is never reported as "no".  Each answer carries
what stands behind it: `by construction`, `exact witness`, `z3` (an SMT "unsat" is not a proof object),
`certificate`, `two solvers agree`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from deterrence.algebra.brief import brief
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region


@dataclass(frozen=True)
class Verdict:
    """Base of the four answers; it has no truth value on purpose."""

    def __bool__(self) -> bool:
        raise TypeError("a verdict has more than two cases; match on Proved, Refuted, Vacuous and Undecided")

    @property
    def word(self) -> str:
        """`proved`, `refuted`, `vacuous` or `undecided`."""
        return type(self).__name__.lower()


@dataclass(frozen=True)
class Proved(Verdict):
    """It holds at every point; `method` names what showed it."""

    method: str


@dataclass(frozen=True)
class Refuted(Verdict):
    """It fails at `witness`; `holds_where` is the exact region where it holds, when that is known.

    `witness` is None where only an irrational point exists (`note` says so).
    """

    witness: Mapping[str, Fraction] | None
    holds_where: Region | None = NOWHERE
    note: str = ""
    play: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        point = " ".join(f"{n}={v}" for n, v in (self.witness or {}).items()) or "an irrational point"
        held = (
            "where it holds is not known" if self.holds_where is None else f"holds {brief(self.holds_where)}"
        )
        return f"Refuted({held}; fails at {point})"


@dataclass(frozen=True)
class Vacuous(Verdict):
    """The assumptions contradict each other, so anything holds."""

    reason: str


@dataclass(frozen=True)
class Undecided(Verdict):
    """The procedure stopped; `reason` says why."""

    reason: str


def holds_region(verdict: Verdict) -> Region | None:
    """The region where the statement holds, where the verdict settles it."""
    if isinstance(verdict, Proved | Vacuous):
        return EVERYWHERE
    return verdict.holds_where if isinstance(verdict, Refuted) else None
