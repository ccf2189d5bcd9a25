"""Hitting probabilities and times of a Markov chain in fractions; nothing of the library is imported.

The least solution of `h = P h` with `h = 1` on the target [Norris, Markov Chains, theorem 1.3.2], found by leaving
out the states that cannot come to the target: on the others the solution is the only one.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from fractions import Fraction

Chain = Mapping[str, Mapping[str, Fraction]]


def can_come(chain: Chain, target: Set[str]) -> set[str]:
    """The states from which play comes to the target with a probability above zero."""
    found = set(target)
    while True:
        more = {
            s
            for s, to in chain.items()
            if s not in found and any(v > 0 and t in found for t, v in to.items())
        }
        if not more:
            return found
        found |= more


def hitting(chain: Chain, target: Set[str]) -> dict[str, Fraction]:
    """The probability of ever coming to the target, by state."""
    inside = sorted(can_come(chain, target) - target)
    right = [sum((v for t, v in chain[s].items() if t in target), Fraction(0)) for s in inside]
    solution = solved(chain, inside, right)
    found = {s: Fraction(int(s in target)) for s in {*chain, *target}}
    return {**found, **dict(zip(inside, solution, strict=True))}


def rounds(chain: Chain, target: Set[str], lasting: Mapping[str, int]) -> dict[str, Fraction | None]:
    """The expected rounds until play comes to the target, by state; None where it may never come."""
    sure = {s for s, h in hitting(chain, target).items() if h == 1}
    inside = sorted(sure - target)
    solution = solved(chain, inside, [Fraction(lasting[s]) for s in inside])
    found: dict[str, Fraction | None] = {s: Fraction(0) if s in target else None for s in {*chain, *target}}
    return {**found, **dict(zip(inside, solution, strict=True))}


def solved(chain: Chain, inside: list[str], right: list[Fraction]) -> list[Fraction]:
    """The solution of `(1 - P) x = right` on some states."""
    size = len(inside)
    rows = [
        [Fraction(int(i == j)) - chain[s].get(t, Fraction(0)) for j, t in enumerate(inside)] + [right[i]]
        for i, s in enumerate(inside)
    ]
    for k in range(size):
        pivot = next(r for r in range(k, size) if rows[r][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for r in range(size):
            if r != k:
                rows[r] = [x - rows[r][k] * y for x, y in zip(rows[r], rows[k], strict=True)]
    return [row[-1] for row in rows]
