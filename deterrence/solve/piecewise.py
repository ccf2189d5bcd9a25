"""One atlas from several: games whose payoffs have cases (min, max, abs) are solved piece by piece.

Guards exclude each other and cover the domain, so the equilibria of the whole are those of the pieces, each
within its guard, and completeness and coverage carry over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import Region, all_of
from deterrence.algebra.tidy import tidy
from deterrence.solve.atlas import Atlas, Completeness, Equilibrium
from deterrence.solve.cells import find_cells
from deterrence.solve.components import full_dimensional


def join(parts: Sequence[tuple[Region, Atlas]], domain: Domain, *, cells: bool = True) -> Atlas:
    """The atlas over the whole domain of atlases over its pieces."""
    listed: list[Equilibrium] = []
    ask = prover(domain.given)
    for guard, atlas in parts:
        seen: dict[str, int] = {}
        for e in atlas.equilibria:
            support = str(e.support)
            seen[support] = seen.get(support, 0) + 1
            region = tidy(all_of((guard, e.region)), domain.given)
            listed.append(
                replace(
                    e,
                    id=f"e{len(listed) + 1}",
                    family=f"{support} {seen[support]}",
                    region=region,
                    where=all_of((guard, e.where)),
                    closed=all_of((guard, e.closed)),
                    generic=full_dimensional(region, ask),
                )
            )
    first = parts[0][1]
    emptied = tuple(all_of((guard, r)) for guard, atlas in parts for r in atlas.emptied)
    game = replace(first.game, domain=domain)

    def least(words: Sequence[str]) -> str:
        order = ("refuted", "undecided", "not claimed", "proved")
        return min(words, key=order.index)

    complete = Completeness(
        least([a.complete.verdict for _, a in parts]),
        first.complete.scope,
        f"{first.complete.method}, in each of {len(parts)} pieces",
        least([a.complete.coverage for _, a in parts]),
    )
    return Atlas(
        game, first.concept, tuple(listed), find_cells(listed, game) if cells else (), complete, emptied
    )
