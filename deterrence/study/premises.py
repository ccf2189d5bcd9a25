"""Extra premises: what to add to a claim that fails so that it becomes true.

The weakest premise of all is the exact region where the claim holds.  Among simpler candidates (comparisons
of two parameters, signs, the comparisons in that region, or conditions that the user names), the weakest that
suffice are found: single ones, or where none suffices two together.  A candidate that contradicts the
assumptions would make the claim vacuous and does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import Region, all_of, atom, atoms_of, complement

MAX_QUESTIONS = 400  # pairs of candidates that are put to the solver
Suffices = Callable[[Region], bool | None]


@dataclass(frozen=True)
class ExtraPremise:
    """Premises that make a claim true; those in `weakest` have no weaker one among the candidates.

    `simple` are the weakest of those made of comparisons of two parameters and signs alone (or of the user's
    conditions).  `tried` counts the candidates, `undecided` are those that stayed open, and `exhaustive` says
    whether all pairs were looked at, where no single candidate suffices.
    """

    weakest: tuple[Region, ...]
    simple: tuple[Region, ...]
    tried: int
    undecided: tuple[Region, ...]
    exhaustive: bool


def candidates(names: Sequence[str]) -> tuple[Region, ...]:
    """Signs of each parameter, and comparisons of any two, weak and strict.

    >>> [str(c) for c in candidates(["a"])]
    ['a >= 0', 'a > 0', 'a <= 0', 'a < 0']
    """
    found: dict[Region, None] = {}
    symbols = [Poly.variable(n) for n in names]
    for p in (*symbols, *(a - b for a, b in combinations(symbols, 2))):
        for relation in (">=", ">", "<=", "<"):
            found[atom(p, relation)] = None
    return tuple(found)


def region_candidates(region: Region) -> tuple[Region, ...]:
    """The comparisons that occur in a region, and their opposites."""
    found: dict[Region, None] = {}
    for part in atoms_of(region):
        found[part] = None
        found[complement(part)] = None
    return tuple(found)


def extra_premise(
    good: Region, given: Region, simple: Sequence[Region], more: Sequence[Region] = ()
) -> ExtraPremise:
    """The weakest candidates under which a claim holds that is true exactly on `good`, under `given`.

    Candidates are `simple` and `more`, or if none suffices any two together; implied and impossible ones are
    left out.

    >>> a, b = Poly.variable("a"), Poly.variable("b")
    >>> found = extra_premise(atom(a - 2 * b, "<="), atom(b, ">"), candidates(["a", "b"]))
    >>> [str(r) for r in found.weakest]
    ['b >= a']
    """
    ask = prover(given)
    listed = [
        c for c in dict.fromkeys((*simple, *more)) if ask.holds(c) is not True and ask.satisfiable(c) is True
    ]
    enough: dict[Region, bool | None] = {c: ask.implies(c, good) for c in listed}
    found = [c for c in listed if enough[c]]
    undecided = [c for c in listed if enough[c] is None]
    made_of: dict[Region, tuple[Region, ...]] = {c: (c,) for c in found}
    exhaustive = True
    if not found:
        made_of, exhaustive = _pairs([c for c in listed if enough[c] is False], good, ask)
    plain = [c for c, parts in made_of.items() if set(parts) <= set(simple)]
    return ExtraPremise(
        _weakest(made_of, ask), _weakest(plain, ask), len(listed), tuple(undecided), exhaustive
    )


def single_premises(given: Region, simple: Sequence[Region], suffices: Suffices) -> ExtraPremise:
    """The weakest single candidates, where the claim has no exact region and each is decided on its own."""
    ask = prover(given)
    listed = [c for c in simple if ask.holds(c) is not True and ask.satisfiable(c) is True]
    enough = {c: suffices(c) for c in listed}
    best = _weakest([c for c in listed if enough[c]], ask)
    undecided = tuple(c for c in listed if enough[c] is None)
    return ExtraPremise(best, best, len(listed), undecided, False)


def _pairs(
    listed: Sequence[Region], good: Region, ask: Prover
) -> tuple[dict[Region, tuple[Region, ...]], bool]:
    """Pairs that suffice together while neither does alone; known points settle most without the solver."""
    bad = complement(good)
    found: dict[Region, tuple[Region, ...]] = {}
    for asked, pair in enumerate(_open(listed, bad, ask)):
        if asked == MAX_QUESTIONS:
            return found, False
        both = all_of(pair)
        if ask.satisfiable(all_of((both, bad))) is False and ask.satisfiable(both) is True:
            found[both] = pair
    return found, True


def _open(listed: Sequence[Region], bad: Region, ask: Prover) -> Iterator[tuple[Region, Region]]:
    for pair in combinations(listed, 2):
        if ask.pool_point(all_of((*pair, bad))) is None:
            yield pair


def _weakest(listed: Sequence[Region] | dict[Region, tuple[Region, ...]], ask: Prover) -> tuple[Region, ...]:
    """Those that no other is weaker than; of equivalent ones the shortest."""
    kept: list[Region] = []
    for one in sorted(listed, key=lambda r: (len(list(atoms_of(r))), len(str(r)), str(r))):
        if any(ask.implies(one, other) is True for other in kept):
            continue
        kept = [other for other in kept if ask.implies(other, one) is not True]
        kept.append(one)
    return tuple(kept)
