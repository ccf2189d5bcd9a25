"""Load-bearing assumptions: which of them a proved claim rests on, and how far each can be relaxed.

Each assumption is dropped on its own and the claim decided again under the rest, on a game solved again: what
an assumption kept out of the atlas comes back with it.  An assumption that the others imply is redundant; one
without which the claim stays proved can be dropped; one without which it fails bears load, and the weakest
condition that can stand in its place is the exact region of the claim under the others.

Running out of time never counts as a no.  Minimal sets are found by leaving out one at a time
[ChinneckDravnieks1991]; a claim proved under some assumptions is true under more, so this is sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from time import monotonic

from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import bounded, for_all
from deterrence.algebra.region import EVERYWHERE, AllOf, Region, all_of, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Verdict
from deterrence.errors import DeterrenceError, ModelError, OutOfScope

STATUSES = ("redundant", "can be dropped", "load-bearing", "part of the model", "undecided")
SECONDS = 600.0
_CASES = 200  # of coefficients with open signs, before a relaxation is given up


@dataclass(frozen=True)
class Assumption:
    """One condition: a parameter's domain (`about` names it), a joint assumption, or the claim's premise."""

    kind: str
    region: Region
    text: str
    about: str = ""


@dataclass(frozen=True)
class Without:
    """What becomes of the claim when one assumption is dropped; `status` is one of `STATUSES`.

    Of a load-bearing one, `weakest` is the weakest condition that can stand in its place, given the others,
    and `alone` the weakest one on the parameters that it mentions itself; None where that is unknown.
    `tight` says that it cannot be relaxed at all.  `reason` says why an assumption is part of the model
    (payoffs are undefined without it), or what stopped the decision.
    """

    assumption: Assumption
    status: str
    verdict: Verdict
    weakest: Region | None = None
    alone: Region | None = None
    tight: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Support:
    """What a proved claim rests on.

    `sufficient` are sets under which it is proved; `only` says that every sufficient set contains the one
    that is given, and `minimal` that no assumption in any of them could be left out, both proved.
    """

    without: tuple[Without, ...]
    sufficient: tuple[tuple[Assumption, ...], ...]
    only: bool
    minimal: bool


Decide = Callable[[tuple[Assumption, ...]], Verdict]


def conjuncts(region: Region, kind: str, about: str = "") -> tuple[Assumption, ...]:
    """A condition as the assumptions that it joins by and.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.region import atom
    >>> m = Poly.variable("m")
    >>> [a.text for a in conjuncts(all_of((atom(m, ">"), atom(1 - m, ">"))), "domain", "m")]
    ['m > 0', 'm < 1']
    """
    parts = region.parts if isinstance(region, AllOf) else (region,)
    return tuple(Assumption(kind, part, str(part), about) for part in parts)


def joined(assumptions: Iterable[Assumption]) -> Region:
    """All the assumptions as one region."""
    return all_of(a.region for a in assumptions)


def support(
    assumptions: Sequence[Assumption],
    decide: Decide,
    progress: Callable[[str], None] | None = None,
    *,
    exact: bool = True,
    seconds: float = SECONDS,
) -> Support:
    """What a claim that is proved under the assumptions rests on; `decide` solves and decides it under some.

    `decide` may raise a DeterrenceError where the game makes no sense under fewer assumptions; `progress` is
    told what is being dropped.  Unless `exact`, regions of refuted verdicts are not where the claim holds.
    After `seconds` nothing more is solved, and what is left is undecided.
    """
    deadline = monotonic() + seconds
    known: dict[frozenset[Assumption], tuple[Verdict, str]] = {}

    def under(kept: Sequence[Assumption]) -> tuple[Verdict, str]:
        key = frozenset(kept)
        if key not in known and monotonic() > deadline:
            return Undecided(f"not tried, since {seconds:g} seconds had passed"), ""
        if key not in known:
            known[key] = _decided(decide, tuple(kept))
        return known[key]

    found = []
    for dropped in assumptions:
        if progress is not None:
            progress(f"without {dropped.text}")
        others = [a for a in assumptions if a is not dropped]
        found.append(_without(dropped, others, under, exact))
    return _support(found, under)


def _decided(decide: Decide, kept: tuple[Assumption, ...]) -> tuple[Verdict, str]:
    """The verdict under some assumptions, and why the game makes no sense under them, or nothing."""
    try:
        return decide(kept), ""
    except OutOfScope as stop:
        return Undecided(str(stop)), ""
    except ModelError as fault:
        reason = "; ".join(f"{p.place}: {p.problem}" for p in fault.problems)
    except DeterrenceError as fault:
        reason = str(fault)
    return Undecided(reason), reason


def _without(
    dropped: Assumption,
    others: Sequence[Assumption],
    under: Callable[[Sequence[Assumption]], tuple[Verdict, str]],
    exact: bool,
) -> Without:
    rest = joined(others)
    if prover(rest).holds(dropped.region) is True:
        return Without(dropped, "redundant", Proved("z3"))
    verdict, senseless = under(others)
    if senseless:
        return Without(dropped, "part of the model", verdict, reason=senseless)
    if isinstance(verdict, Proved):
        return Without(dropped, "can be dropped", verdict)
    if not isinstance(verdict, Refuted):
        return Without(dropped, "undecided", verdict, reason=getattr(verdict, "reason", ""))
    weakest = verdict.holds_where if exact else None
    if weakest is None:
        return Without(dropped, "load-bearing", verdict)
    tight = prover(rest).equivalent(weakest, dropped.region) is True
    alone = None if tight else _alone(weakest, names_of(dropped.region), rest)
    return Without(dropped, "load-bearing", verdict, weakest, alone, tight)


def _alone(weakest: Region, own: frozenset[str], rest: Region) -> Region | None:
    """The weakest condition on some parameters alone: the region holds whatever the others are."""
    if names_of(weakest) <= own:
        return weakest
    parts = rest.parts if isinstance(rest, AllOf) else (rest,)
    about_own = all_of(p for p in parts if names_of(p) <= own)
    others = sorted((names_of(weakest) | names_of(rest)) - own)
    try:
        with bounded(_CASES):
            return tidy(for_all(weakest, others, about_own, rest), about_own)
    except OutOfScope:
        return None


def needed(
    assumptions: Sequence[Assumption], decide: Decide, seconds: float = SECONDS
) -> tuple[tuple[Assumption, ...], bool]:
    """The assumptions without any one of which a proved claim fails, and whether all of them were tried.

    Much quicker than `support`, which says besides how far each can be relaxed.
    """
    deadline = monotonic() + seconds
    found: list[Assumption] = []
    whole = True
    for dropped in assumptions:
        others = [a for a in assumptions if a is not dropped]
        if prover(joined(others)).holds(dropped.region) is True:
            continue
        if monotonic() > deadline:
            return tuple(found), False
        verdict, senseless = _decided(decide, tuple(others))
        if isinstance(verdict, Refuted):
            found.append(dropped)
        elif isinstance(verdict, Undecided) and not senseless:
            whole = False
    return tuple(found), whole


# -- sets of assumptions ----------------------------------------------------------------------------
def _support(
    found: Sequence[Without], under: Callable[[Sequence[Assumption]], tuple[Verdict, str]]
) -> Support:
    """With sufficient sets: the assumptions that are needed, if they suffice, else one or two sets."""
    needed = [w.assumption for w in found if w.status in ("load-bearing", "part of the model")]
    if isinstance(under(needed)[0], Proved):
        return Support(tuple(found), (tuple(needed),), True, True)
    loose = [w.assumption for w in found if w.status in ("redundant", "can be dropped")]
    minimal = all(w.status != "undecided" for w in found)
    sets: list[tuple[Assumption, ...]] = []
    for order in (loose, loose[::-1]):
        kept = [w.assumption for w in found]
        for candidate in order:
            fewer = [a for a in kept if a is not candidate]
            if prover(joined(fewer)).holds(candidate.region) is True:
                kept = fewer
                continue
            verdict, senseless = under(fewer)
            if isinstance(verdict, Proved):
                kept = fewer
            elif not (senseless or isinstance(verdict, Refuted)):
                minimal = False
        sets.append(tuple(kept))
    return Support(tuple(found), tuple(dict.fromkeys(sets)), False, minimal)


def conflicts(assumptions: Sequence[Assumption]) -> tuple[tuple[Assumption, ...], ...]:
    """Minimal sets of assumptions that contradict each other: pairs, else one larger set; none if none do.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.region import atom
    >>> x, y = Poly.variable("x"), Poly.variable("y")
    >>> given = all_of((atom(x, ">"), atom(y - x, ">"), atom(y, ">"), atom(y + 1, "<")))
    >>> [[a.text for a in found] for found in conflicts(conjuncts(given, "joint"))]
    [['y > 0', 'y < -1']]
    """
    alone = [(a,) for a in assumptions if prover(EVERYWHERE).satisfiable(a.region) is False]
    single = {a for found in alone for a in found}
    pairs = [
        pair
        for pair in combinations([a for a in assumptions if a not in single], 2)
        if prover(EVERYWHERE).satisfiable(joined(pair)) is False
    ]
    if alone or pairs:
        return (*alone, *pairs)
    if prover(EVERYWHERE).satisfiable(joined(assumptions), patient=True) is not False:
        return ()
    kept = list(assumptions)
    for candidate in assumptions:
        fewer = [a for a in kept if a is not candidate]
        if prover(EVERYWHERE).satisfiable(joined(fewer)) is False:
            kept = fewer
    return (tuple(kept),)
