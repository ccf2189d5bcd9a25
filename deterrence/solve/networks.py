"""Pure equilibria of networks: all at a point, however many members; counted where members are alike.

At a point each member's best reply is a table from what its neighbours do.  z3 lists the profiles in which
all reply best to each other, one model after another with those found excluded, so nothing is enumerated but
the equilibria.  By region, for few members, networks are solved as normal forms (`nash.pure_nash`).
Profiles that a renaming of alike members turns into each other count as one kind.
Sources: [Topkis1998] for the least and greatest equilibrium where replies rise with others' actions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

import z3

from deterrence.errors import DomainError, OutOfScope
from deterrence.games.network import Network

MAX_EQUILIBRIA = 5000
MAX_SYMMETRIES = 5000
_SLICE_MS = 20_000

Profile = tuple[str, ...]


@dataclass(frozen=True)
class NetworkEquilibria:
    """All pure equilibria of a network at a point; `complete` is False where a limit cut the list short.

    `kinds` groups profiles that differ only in which of several alike members does what: a representative
    and how many profiles are of its kind.
    """

    network: Network
    equilibria: tuple[Profile, ...]
    kinds: tuple[tuple[Profile, int], ...]
    complete: bool


def equilibria_at(network: Network, point: Mapping[str, Fraction] | None = None) -> NetworkEquilibria:
    """Every pure equilibrium at a point that gives every parameter, ties included.

    Raises DomainError for a point that leaves a parameter out, OutOfScope where z3 runs out of time.

    >>> from deterrence.algebra.value import from_poly, number
    >>> from deterrence.algebra.poly import Poly
    >>> alike = from_poly(Poly.variable("neighbours_go") + Poly.constant(0))
    >>> two = Network("m", ("m1", "m2"), ("go", "stop"), frozenset({(0, 1)}),
    ...     ((alike, number(1) / number(2)),) * 2)
    >>> equilibria_at(two).equilibria
    (('go', 'go'), ('stop', 'stop'))
    """
    here = network.at(point or {})
    left = sorted(
        {n for row in here.payoffs for v in row for n in v.names if not n.startswith("neighbours_")}
    )
    if left:
        raise DomainError(f"no value for {', '.join(left)}; give each parameter one, for example {left[0]}=1")
    found: list[Profile] = []
    complete = True
    for profile in _models(here):
        if len(found) >= MAX_EQUILIBRIA:
            complete = False
            break
        found.append(profile)
    order = {a: k for k, a in enumerate(network.actions)}
    found.sort(key=lambda p: [order[a] for a in p])
    return NetworkEquilibria(network, tuple(found), _kinds(here, found), complete)


def best_replies(network: Network, member: int) -> dict[tuple[int, ...], frozenset[str]]:
    """By the numbers of neighbours that take each action (in order), the best replies of a numeric member."""
    degree = len(network.neighbours[member])
    found = {}
    for counts in _splits(degree, len(network.actions)):
        around = dict(zip(network.actions, counts, strict=True))
        paid = {a: network.payoff(member, a, around).at({}) for a in network.actions}
        best = max(paid.values())
        found[counts] = frozenset(a for a, v in paid.items() if v == best)
    return found


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


def _models(network: Network) -> Iterator[Profile]:
    """The profiles that satisfy all best-reply tables, by z3 over one Boolean a member and action."""
    plays: list[dict[str, Any]] = [{a: z3.Bool(f"{m} {a}") for a in network.actions} for m in network.members]
    solver = z3.Solver()
    solver.set("timeout", _SLICE_MS)
    for i, own in enumerate(plays):
        solver.add(z3.PbEq([(b, 1) for b in own.values()], 1))
        counts = {
            a: z3.Sum([z3.If(plays[j][a], 1, 0) for j in network.neighbours[i]])
            if network.neighbours[i]
            else z3.IntVal(0)
            for a in network.actions
        }
        for split, best in best_replies(network, i).items():
            if len(best) == len(network.actions):
                continue
            around = [counts[a] == n for a, n in zip(network.actions, split, strict=True)]
            solver.add(z3.Implies(z3.And(around), z3.Or([own[a] for a in sorted(best)])))
    while True:
        answer = solver.check()
        if answer == z3.unsat:
            return
        if answer != z3.sat:
            raise OutOfScope("z3 ran out of time on this network; use fewer members or links")
        model = solver.model()
        profile = tuple(next(a for a, b in own.items() if z3.is_true(model[b])) for own in plays)
        yield profile
        solver.add(z3.Or([z3.Not(own[a]) for own, a in zip(plays, profile, strict=True)]))


# -- members that are alike -------------------------------------------------------------------------------
def _kinds(network: Network, found: Sequence[Profile]) -> tuple[tuple[Profile, int], ...]:
    """Profiles grouped by renamings of alike members that keep the links."""
    counts: dict[Profile, int] = {}
    for profile in found:
        kind = _representative(network, profile)
        counts[kind] = counts.get(kind, 0) + 1
    return tuple(counts.items())


def _representative(network: Network, profile: Profile) -> Profile:
    order = {a: k for k, a in enumerate(network.actions)}
    if len(network.links) in (0, len(network.members) * (len(network.members) - 1) // 2):
        return _sorted_among_alike(network, profile)
    images = (tuple(profile[j] for j in renaming) for renaming in symmetries(network))
    return min(images, key=lambda p: [order[a] for a in p])


def _sorted_among_alike(network: Network, profile: Profile) -> Profile:
    """Where all or none are linked any renaming of alike members will do, so each set of them is sorted."""
    order = {a: k for k, a in enumerate(network.actions)}
    chosen: list[str] = list(profile)
    sets: dict[tuple[Any, ...], list[int]] = {}
    for i, row in enumerate(network.payoffs):
        sets.setdefault(row, []).append(i)
    for alike in sets.values():
        for i, action in zip(alike, sorted((profile[i] for i in alike), key=order.__getitem__), strict=True):
            chosen[i] = action
    return tuple(chosen)


@lru_cache(maxsize=64)
def symmetries(network: Network) -> tuple[tuple[int, ...], ...]:
    """The renamings of members that keep payoffs and links, up to `MAX_SYMMETRIES` of them.

    With more than that, only the identity: profiles are then listed one by one.
    """
    linked = {frozenset(pair) for pair in network.links}
    size = len(network.members)
    found: list[tuple[int, ...]] = []

    def extend(start: list[int]) -> bool:
        k = len(start)
        if k == size:
            found.append(tuple(start))
            return len(found) <= MAX_SYMMETRIES
        for image in range(size):
            if image in start or network.payoffs[image] != network.payoffs[k]:
                continue
            if all(
                (frozenset((image, start[j])) in linked) == (frozenset((k, j)) in linked) for j in range(k)
            ) and not extend([*start, image]):
                return False
        return True

    return tuple(found) if extend([]) else (tuple(range(size)),)
