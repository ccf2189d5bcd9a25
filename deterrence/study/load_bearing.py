"""What a claim rests on, or what it lacks: one report for a proved claim and for one that fails.

A proved claim: which assumptions bear load (`assumptions`).  One that fails: the weakest extra premise, with
the exact region as the weakest of all (`premises`), and if it holds nowhere, why (`never`).  Where the
assumptions contradict each other, the minimal sets that do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import NOWHERE, Region, names_of
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.study.assumptions import (
    SECONDS,
    Assumption,
    Decide,
    Support,
    conflicts,
    joined,
    support,
)
from deterrence.study.never import Never
from deterrence.study.premises import (
    ExtraPremise,
    candidates,
    extra_premise,
    region_candidates,
    single_premises,
)

_MANY_NAMES = 8  # with more parameters only those in the exact region are compared


@dataclass(frozen=True)
class LoadBearing:
    """The verdict on a claim, and what stands behind it: `support` if proved, `extra` and `never` if refuted.

    `extra` is None where no candidates could be tried; the exact region is in `verdict.holds_where`.
    """

    claim: str
    domain: Domain
    assumptions: tuple[Assumption, ...]
    verdict: Verdict
    support: Support | None = None
    extra: ExtraPremise | None = None
    never: Never | None = None
    conflicts: tuple[tuple[Assumption, ...], ...] = ()

    def __repr__(self) -> str:
        listed = ", ".join(a.text for a in self.of_status("load-bearing")) or "none"
        return f"LoadBearing({self.claim}: {self.verdict.word}; load-bearing: {listed})"

    def of_status(self, status: str) -> tuple[Assumption, ...]:
        """The assumptions of a proved claim that have one of the statuses of `assumptions.STATUSES`."""
        if self.support is None:
            return ()
        return tuple(w.assumption for w in self.support.without if w.status == status)


def examine(
    claim: str,
    domain: Domain,
    assumptions: Sequence[Assumption],
    decide: Decide,
    *,
    exact: bool = True,
    conditions: Sequence[Region] | None = None,
    why: Callable[[], Never | None] = lambda: None,
    progress: Callable[[str], None] | None = None,
    seconds: float = SECONDS,
) -> LoadBearing:
    """The report on a claim that `decide` decides under some of the assumptions.

    `exact` says that the region of a refuted verdict is where the claim holds, which for an effect it is
    not.  `conditions` are the candidates for an extra premise, else comparisons and signs of the parameters;
    `why` is asked for the reason where the claim holds nowhere; for `seconds` see `assumptions.support`.
    """
    listed = tuple(assumptions)
    clash = conflicts(listed)
    if clash:
        reason = "the assumptions contradict each other"
        return LoadBearing(claim, domain, listed, Vacuous(reason), conflicts=clash)
    verdict = decide(listed)
    if isinstance(verdict, Proved):
        found = support(listed, decide, progress, exact=exact, seconds=seconds)
        return LoadBearing(claim, domain, listed, verdict, support=found)
    if not isinstance(verdict, Refuted):
        return LoadBearing(claim, domain, listed, verdict)
    given, good = joined(listed), verdict.holds_where if exact else None
    if good == NOWHERE:
        return LoadBearing(claim, domain, listed, verdict, never=why())
    extra = None
    if good is not None:
        names = [n for n in domain.names if len(domain.names) <= _MANY_NAMES or n in names_of(good)]
        simple = candidates(names) if conditions is None else tuple(conditions)
        extra = extra_premise(good, given, simple, region_candidates(good) if conditions is None else ())
    elif conditions is not None:
        extra = single_premises(given, conditions, lambda c: _settled(decide, listed, c))
    return LoadBearing(claim, domain, listed, verdict, extra=extra)


def _settled(decide: Decide, listed: tuple[Assumption, ...], extra: Region) -> bool | None:
    """Whether the claim is proved under one more condition."""
    verdict = decide((*listed, Assumption("premise", extra, str(extra))))
    return None if isinstance(verdict, Undecided) else isinstance(verdict, Proved)
