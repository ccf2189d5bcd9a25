"""Evolutionarily stable strategies of a symmetric game, each with the exact region where it is one.

A strategy is evolutionarily stable where it is a best reply to itself, and every other best reply to it earns
less against itself than the strategy does [MaynardSmithPrice1973].  With ties that says that a quadratic form
is negative in every direction that stays among the best replies [Haigh1975]: in the directions between
actions in use for either sign, in those towards other best replies for one.  With two actions or three this
comes down to a few polynomial inequalities, one support after another; a stable strategy is the only
equilibrium with its support, so all of them are found.

Scope: two players, symmetric, two or three actions each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from deterrence.algebra.decide import prover
from deterrence.algebra.region import NOWHERE, Region, all_of, any_of
from deterrence.algebra.short import tidy_short
from deterrence.algebra.value import Value, number, sign_region
from deterrence.errors import OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.symmetric import Matrix, symmetric_matrix

_ZERO, _ONE, _FOUR = number(0), number(1), number(4)


@dataclass(frozen=True)
class StableStrategy:
    """A strategy, by the first player's actions, and the region where it is evolutionarily stable."""

    strategy: tuple[tuple[str, Value], ...]
    region: Region

    @property
    def support(self) -> tuple[str, ...]:
        """The actions in use."""
        return tuple(a for a, v in self.strategy if not v.is_zero)


def ess(game: NormalForm) -> tuple[StableStrategy, ...]:
    """Every evolutionarily stable strategy of a symmetric game, with its region.

    Raises OutOfScope for a game that is not shown to be symmetric or has more than three actions, and
    DomainError for contradictory assumptions.

    >>> fight = NormalForm.from_arrays([["(V - C)/2", "V"], [0, "V/2"]], [["(V - C)/2", 0], ["V", "V/2"]],
    ...     actions=[["hawk", "dove"], ["hawk", "dove"]], assumptions=["V > 0", "C > 0"])
    >>> for found in ess(fight):
    ...     print(", ".join(f"{a} {v}" for a, v in found.strategy), "where", found.region)
    hawk 1, dove 0 where V >= C
    hawk V/C, dove (C - V)/C where C > V
    """
    expect("ess", game, NormalForm)
    matrix = symmetric_matrix(game)
    count = len(matrix)
    if count > 3:
        raise OutOfScope(f"stable strategies are found for two or three actions; this game has {count}")
    ask = prover(game.domain.given)
    actions = game.players[0].actions
    found = []
    for size in range(1, count + 1):
        for support in combinations(range(count), size):
            solved = _stable(matrix, support)
            if solved is None:
                continue
            chances, raw = solved
            region = tidy_short(raw, ask.given)
            if region != NOWHERE:
                found.append(StableStrategy(tuple(zip(actions, chances, strict=True)), region))
    return tuple(found)


def _stable(m: Matrix, support: Sequence[int]) -> tuple[tuple[Value, ...], Region] | None:
    """The strategy with this support and where it is stable."""
    chances = mixture(m, support)
    if chances is None:
        return None
    used = (sign_region(chances[i], ">") for i in support)
    others = [k for k in range(len(m)) if k not in support]
    value = earned(m, chances, support[0])
    behind = {k: value - earned(m, chances, k) for k in others}  # what an unused action earns less
    curvature = form(m, support[0])
    inside = [k for k in support if k != support[0]]
    cases = []
    for tied in _subsets(others):
        strict = (sign_region(behind[k], ">") for k in others if k not in tied)
        level = (sign_region(behind[k], "==") for k in tied)
        cases.append(all_of((*strict, *level, _negative(curvature, inside, tied))))
    return chances, all_of((*used, any_of(cases)))


def mixture(m: Matrix, support: Sequence[int]) -> tuple[Value, ...] | None:
    """The probabilities on the support that make its actions earn the same, by Cramer's rule.

    None where the rule's denominator is zero whatever the parameters.
    """
    chances = [_ZERO] * len(m)
    first, *rest = support
    chances[first] = _ONE
    if rest:
        q = form(m, first)
        # p = e_first + sum of s_k (e_k - e_first); the gains of each k over the first must vanish at p
        right = {k: m[first][first] - m[k][first] for k in rest}
        if len(rest) == 1:
            (k,) = rest
            below, tops = q[k][k], [right[k]]
        else:
            j, k = rest
            below = q[j][j] * q[k][k] - q[j][k] * q[k][j]
            tops = [right[j] * q[k][k] - q[j][k] * right[k], q[j][j] * right[k] - q[k][j] * right[j]]
        if below.is_zero:
            return None
        for k, top in zip(rest, tops, strict=True):
            chances[k] = top / below
            chances[first] = chances[first] - chances[k]
    return tuple(chances)


def form(m: Matrix, first: int) -> list[list[Value]]:
    """The matrix in directions from one action to others: `(e_j - e_first) M (e_k - e_first)`."""
    size = range(len(m))
    return [[m[j][k] - m[j][first] - m[first][k] + m[first][first] for k in size] for j in size]


def earned(m: Matrix, chances: Sequence[Value], action: int) -> Value:
    """What an action earns against a mixture."""
    total = _ZERO
    for chance, paid in zip(chances, m[action], strict=True):
        total = total + chance * paid
    return total


def _subsets(items: Sequence[int]) -> list[tuple[int, ...]]:
    return [c for k in range(len(items) + 1) for c in combinations(items, k)]


def _negative(q: list[list[Value]], inside: Sequence[int], tied: Sequence[int]) -> Region:
    """Where the form is negative in the directions `inside`, of either sign, and `tied`, of one."""
    rows = (*inside, *tied)
    if not rows:
        return all_of(())
    bends = [_ZERO - q[k][k] for k in rows]
    down = all_of(sign_region(b, ">") for b in bends)
    if len(rows) == 1:
        return down
    j, k = rows
    cross = _ZERO - q[j][k] - q[k][j]
    definite = sign_region(_FOUR * bends[0] * bends[1] - cross * cross, ">")
    if inside:  # one direction has either sign, and the form does not change with the sign of both
        return all_of((down, definite))
    return all_of((down, any_of((sign_region(cross, ">="), definite))))
