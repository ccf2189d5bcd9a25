"""The folk theorem for a target payoff: is it feasible, is it individually rational, and what then follows.

Perfect monitoring, a public lottery before each round, and one discount factor for all.  Two players: where
the target is feasible and pays each more than its minmax value, it is the average payoff of a subgame-perfect
equilibrium at every discount factor from some value below one on.  More players: so it is where besides the
feasible payoffs have full dimension [FudenbergMaskin1986].  What is not feasible, or pays somebody less than
it can secure, no Nash equilibrium pays at any common discount factor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

from deterrence.algebra.brief import brief
from deterrence.algebra.linear import determinant
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of, atom, complement
from deterrence.algebra.short import tidy_short
from deterrence.algebra.value import Value
from deterrence.errors import OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.feasible import feasible, payoff_vector, tidied_where_ordered
from deterrence.solve.individual_rationality import Kind, beside, held_to, minmax_kind
from deterrence.solve.minmax import pure_maxmin
from deterrence.solve.nash import cleared, consistent

MAX_MINORS = 2000


@dataclass(frozen=True)
class FolkTheorem:
    """What is known of a target payoff vector, each as an exact region.

    `rational` says by player where the target is above what it can be held down to, in `minmax` strategies.
    In `reached` some discount factor below one exists from which on a subgame-perfect equilibrium pays the
    target; in `excluded` no Nash equilibrium does, at any common factor.  Where neither holds (a payoff equal
    to the minmax value, say) the theorem is silent.
    """

    target: tuple[tuple[str, Value], ...]
    feasible: Region
    rational: tuple[tuple[str, Region], ...]
    minmax: Kind
    full_dimension: Region
    reached: Region
    excluded: Region

    def __repr__(self) -> str:
        target = ", ".join(f"{player} {v}" for player, v in self.target)
        return f"FolkTheorem({target}: reached {brief(self.reached)}; excluded {brief(self.excluded)})"


def folk_theorem(stage: NormalForm, target: Mapping[str, object]) -> FolkTheorem:
    """The folk theorem for a target payoff of each player, given by name as numbers, expressions or text.

    Raises GameError and UnknownName for a target that misses the players, OutOfScope for more than two
    players with payoffs that are not numbers or with very many outcomes, DomainError for contradictory
    assumptions.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> found = folk_theorem(pd, {"row": "x", "column": "x"})
    >>> print(found.reached, "|", *sorted(str(part) for part in found.excluded.parts))
    x <= 3 and x > 1 | x < 1 x > 3
    """
    expect("folk_theorem", stage, NormalForm)
    given = consistent(stage).given
    wanted = payoff_vector(stage, target)
    kind = minmax_kind(stage)
    within = feasible(stage, target)
    values = [held_to(stage, n) for n in stage.names]
    rational = [tidy_short(beside(x, ">", v), given) for x, v in zip(wanted, values, strict=True)]
    secured = values if kind == "mixed" else [pure_maxmin(stage, n) for n in stage.names]
    short_of = [beside(x, "<", v) for x, v in zip(wanted, secured, strict=True)]
    full = EVERYWHERE if len(stage.names) == 2 else _full_dimension(stage)
    return FolkTheorem(
        target=tuple(zip(stage.names, wanted, strict=True)),
        feasible=within,
        rational=tuple(zip(stage.names, rational, strict=True)),
        minmax=kind,
        full_dimension=full,
        reached=tidied_where_ordered(all_of((within, *rational, full)), stage),
        excluded=tidied_where_ordered(any_of((complement(within), *short_of)), stage),
    )


def _full_dimension(stage: NormalForm) -> Region:
    """Where the differences between outcomes span as many dimensions as there are players."""
    ask = consistent(stage)
    columns = [cleared(stage, n, ask) for n in stage.names]
    rows = list(dict.fromkeys(zip(*columns, strict=True)))
    arms = [[v - base for v, base in zip(row, rows[0], strict=True)] for row in rows[1:]]
    size = len(stage.names)
    if comb(len(arms), size) > MAX_MINORS:
        raise OutOfScope(
            f"{size} players with {len(rows)} outcomes: the dimension of the feasible payoffs is not "
            "computed for so many"
        )
    return tidy_short(any_of(atom(determinant(part), "!=") for part in combinations(arms, size)), ask.given)
