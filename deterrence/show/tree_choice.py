"""Which equilibrium's path a tree shows when nobody asked for one: the only one, or the one at the example.

Knife edges are left out.  At the example values, D1 decides between equilibria with different play on the
path; where it does not, none is chosen.
"""

from __future__ import annotations

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, all_of
from deterrence.algebra.value import number
from deterrence.algebra.virtual import substituted
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, exists_at


def chosen_path(atlas: Atlas) -> tuple[Equilibrium | None, str]:
    """The equilibrium to mark in the tree, or None, and a note on that; for atlases of trees."""
    if not isinstance(atlas.game, ExtensiveForm) or not atlas.equilibria:
        return None, ""
    generic = [e for e in atlas.equilibria if e.generic]
    if len(generic) == 1:
        return generic[0], ""
    point = atlas.domain.example
    if set(point) == set(atlas.domain.names):
        there = [e for e in generic if e.projected and exists_at(e, point)]
        if _alike(there):
            return there[0], f"{there[0].id} is played at the example values; --mark ID marks another."
        kept = [e for e in there if _survives_d1(e, atlas)]
        if _alike(kept):
            said = f"{kept[0].id} survives D1 at the example values, and no other play does"
            return kept[0], f"{said}; --mark ID marks another."
    return None, f"--mark {atlas.equilibria[0].id} marks its path."


def _alike(listed: list[Equilibrium]) -> bool:
    """Whether there is one, or several with the same play on the path."""
    return len(listed) == 1 or (bool(listed) and listed[0].path != "" and len({e.path for e in listed}) == 1)


def _survives_d1(e: Equilibrium, atlas: Atlas) -> bool:
    condition = dict(e.refinements).get("d1")
    if condition is None:
        return True
    here = all_of((e.where, condition))
    for name, v in atlas.domain.example.items():
        here = substituted(here, name, number(v))
    return prover(EVERYWHERE).satisfiable(here) is not False
