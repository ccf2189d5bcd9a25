"""The search over patterns: which actions are used at each information set, impossible ones given up early.

Sets are decided bottom-up.  Once everything after a set is decided, some belief there must make the used
actions best; while what comes before is open, that belief is free.  This relaxation loses nothing, so a
pattern is given up only when the conditions so far are proved to have no solution.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.value import Value, number, sign_region, variable
from deterrence.games.tree import InformationSet
from deterrence.solve.frames import Frame, Pattern, bottom_up, supports
from deterrence.solve.rationality import rational


def patterns(
    f: Frame, fixed: Mapping[str, tuple[str, ...]], weak: bool, emptied: list[Region]
) -> Iterator[dict[str, tuple[str, ...]]]:
    """Every pattern that agrees with `fixed` and is not proved impossible; what was is added to `emptied`.

    Rationality is asked for at the sets that are not fixed.
    """
    order = sorted(bottom_up(f.tree), key=lambda h: h.name not in fixed)
    ready = _ready(f, order)

    def descend(
        index: int, pattern: dict[str, tuple[str, ...]], known: Region
    ) -> Iterator[dict[str, tuple[str, ...]]]:
        if index == len(order):
            yield dict(pattern)
            return
        h = order[index]
        for used in [fixed[h.name]] if h.name in fixed else supports(h):
            pattern[h.name] = used
            conditions = [known, f.bounds(h.name, used)]
            conditions += [_relaxed(f, g, pattern, weak) for g in ready[index] if g.name not in fixed]
            region = all_of(conditions)
            if region != known and f.ask.satisfiable(region) is False:
                emptied.append(region)
            else:
                yield from descend(index + 1, pattern, region)
            del pattern[h.name]

    yield from descend(0, {}, EVERYWHERE)


def _ready(f: Frame, order: list[InformationSet]) -> list[list[InformationSet]]:
    """For each step, the sets after which everything is decided once it is taken, not before."""
    place = {h.name: k for k, h in enumerate(order)}
    ready: list[list[InformationSet]] = [[] for _ in order]
    for h in order:
        ready[max(place[h.name], *(place[g] for g in f.set_below(h.name)), -1)].append(h)
    return ready


def _relaxed(f: Frame, h: InformationSet, pattern: Pattern, weak: bool) -> Region:
    """Some belief at the set makes the used actions best."""
    weights: dict[str, Value] = {}
    rest = number(1)
    for k, identifier in enumerate(h.nodes[:-1]):
        name = fresh_name(f"share_{h.place}_{h.kind}_{k}", f.taken)
        weights[identifier] = variable(name)
        rest = rest - weights[identifier]
    weights[h.nodes[-1]] = rest
    simplex = (sign_region(v, ">=") for v in weights.values()) if len(weights) > 1 else ()
    return all_of((*simplex, rational(f, h, pattern, weights, weak)))


def reached_sets(f: Frame, pattern: Pattern) -> frozenset[str]:
    """The information sets that play comes to with a probability above zero."""
    return frozenset(h.name for h in f.tree.information if any(not f.unused(n, pattern) for n in h.nodes))
