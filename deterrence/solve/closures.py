"""Components with their ends: the region where a family of equilibria exists when its ends count as well.

The set of Nash equilibria is closed, so where a free variable runs through an open interval of equilibria
the ends are equilibria too, of components with a smaller support.  Text shows a family with its ends, because
that is how people write it; the atlas keeps the exact components, which do not overlap.
"""

from __future__ import annotations

from deterrence.algebra.decide import Prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.region import Region
from deterrence.algebra.tidy import tidy
from deterrence.solve.atlas import Equilibrium


def closed_region(equilibrium: Equilibrium, ask: Prover) -> Region:
    """Where the family with its ends exists; the exact region for an equilibrium without free variables.

    It is the exact region, too, where a bound of a range would lose its meaning on the border.
    """
    if not equilibrium.free:
        return equilibrium.region
    region = tidy(exists(equilibrium.closed, [r.name for r in equilibrium.free], ask.given), ask.given)
    bounds = [v for r in equilibrium.free for v in (*r.lower, *r.upper)]
    defined = all(ask.nonzero(v.c, region) is True for v in bounds)
    return region if defined else equilibrium.region
