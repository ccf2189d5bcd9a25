"""All Nash equilibria of two-player games, for every parameter value, by support enumeration.

For each pair of supports the first player's mixture must make the second player's supported actions equally
good and no other better, and the other way round.  The two halves separate and each is linear in one mixture,
so each has finitely many cases (which minors vanish), solved exactly; where the system is rank-deficient the
leftover probabilities stay as free variables.  A pair is dropped only when its emptiness is proved.
Sources: [Nash1951]; [DickhautKaplan1991] for supports; [vonStengel2002] for degenerate games.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from deterrence.algebra.decide import Prover
from deterrence.algebra.linear import Equation, Solution, solve_cases
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import NOWHERE, Region, all_of, any_of, atom
from deterrence.algebra.value import Value, fraction, number
from deterrence.solve.components import Component

Matrix = tuple[tuple[Poly, ...], ...]
_ONE = Poly.constant(1)


@dataclass(frozen=True)
class Half:
    """One player's mixtures that keep the other indifferent: a guard, probabilities, free names, conditions.

    `where` is exact (probabilities in the support above zero), `closed` lets them reach zero.
    """

    guard: Region
    probabilities: tuple[Value, ...]
    free: tuple[str, ...]
    where: Region
    closed: Region


def supports(size: int) -> Iterator[tuple[int, ...]]:
    """Non-empty supports by size, then lexicographically."""
    for k in range(1, size + 1):
        yield from combinations(range(size), k)


def bimatrix_components(
    first: Matrix,
    second: Matrix,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    ask: Prover,
    emptied: list[Region],
) -> list[Component]:
    """The components of a game with payoff matrices indexed `[first's action][second's action]`.

    `names` gives the name of the free variable for each action of each player.  Every condition that was
    dropped because it was proved empty is added to `emptied`.
    """
    rows, columns = len(first), len(first[0])
    transposed = tuple(tuple(first[i][j] for i in range(rows)) for j in range(columns))
    found: list[Component] = []
    ahead: dict[tuple[tuple[int, ...], tuple[int, ...]], list[Half]] = {}
    for own in supports(rows):
        for other in supports(columns):
            ahead[own, other] = halves(second, own, other, names[0], ask, emptied)
    for own in supports(rows):
        for other in supports(columns):
            left = ahead[own, other]
            if not left:
                continue
            for one in left:
                for two in halves(transposed, other, own, names[1], ask, emptied):
                    guard = all_of((one.guard, two.guard))
                    where = all_of((one.where, two.where))
                    if all_of((guard, where)) == NOWHERE:
                        continue
                    found.append(
                        Component(
                            (one.probabilities, two.probabilities),
                            (*one.free, *two.free),
                            all_of((guard, where)),
                            all_of((guard, one.closed, two.closed)),
                        )
                    )
    return found


def halves(
    judged: Matrix,
    own: Sequence[int],
    other: Sequence[int],
    names: Sequence[str],
    ask: Prover,
    emptied: list[Region],
) -> list[Half]:
    """Mixtures on `own` under which the actions `other` of the player who gets `judged` are best replies.

    `judged[i][j]` is the judging player's payoff when the mixing player does i and the judging player j.
    """
    anchor = other[0]
    width = len(judged[0])
    gains = {  # gain of the anchor over action j, against the mixing player's action i
        j: [judged[i][anchor] - judged[i][j] for i in own] for j in range(width) if j != anchor
    }
    unknowns = [names[i] for i in own[:-1]]
    plus = [Poly.variable(n) for n in unknowns]
    rest = _ONE - sum(plus, Poly.constant(0))

    def advantage(j: int) -> Poly:
        total = gains[j][-1] * rest
        for k, x in enumerate(plus):
            total = total + gains[j][k] * x
        return total

    positive = all_of(atom(x, ">") for x in (*plus, rest)) if unknowns else all_of(())
    better = all_of(atom(advantage(j), ">=") for j in gains if j not in other)
    equal = [
        Equation(tuple(g - gains[j][-1] for g in gains[j][:-1]), gains[j][-1]) for j in other if j != anchor
    ]
    also = all_of((positive, better))
    whole = all_of((also, *(atom(advantage(j), "==") for j in other[1:])))
    if ask.satisfiable(whole) is False:
        if whole != NOWHERE:
            emptied.append(whole)
        return []
    found = []
    for solution in solve_cases(equal, unknowns, also, ask, emptied):
        weights = _weights(solution, unknowns, own)
        replies = [
            sum((g * w for g, w in zip(gains[j], weights, strict=True)), Poly.constant(0))
            for j in gains
            if j not in other
        ]
        inside, within = [], []
        for sign in (1, -1):  # the sign of the common denominator, so that nothing is multiplied by it
            side = all_of((solution.guard, atom(solution.minor * sign, ">")))
            better = all_of(atom(r * sign, ">=") for r in replies)
            exact = all_of((side, *(atom(w * sign, ">") for w in weights), better))
            if ask.satisfiable(exact) is False:
                continue
            inside.append(exact)
            within.append(all_of((side, *(atom(w * sign, ">=") for w in weights), better)))
        probabilities = [number(0)] * len(judged)
        for i, w in zip(own, weights, strict=True):
            probabilities[i] = fraction(w, solution.minor)
        if inside:
            found.append(
                Half(solution.guard, tuple(probabilities), solution.free, any_of(inside), any_of(within))
            )
    return found


def _weights(solution: Solution, unknowns: Sequence[str], own: Sequence[int]) -> list[Poly]:
    """The probabilities of the support times the common denominator, the last from the sum of all."""
    weights = [
        solution.tops[n] if n in solution.tops else solution.minor * Poly.variable(n) for n in unknowns
    ]
    return [*weights, solution.minor - sum(weights, Poly.constant(0))]
