"""Asks the Axelrod library for long noisy matches and writes the shares of outcomes to `shares.json`: run by hand.

In an environment of its own that has `axelrod`, from the root of the repository (a few minutes):

    python -m tests.oracles.axelrod.make

Scope: implementation errors only.  Each round every player's intended action is flipped with a fixed
probability, independently, and both see the actions that were carried out.  The format, and what the
strategies do, is described in README.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from itertools import combinations_with_replacement
from math import sqrt
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEED = 20_240
ROUNDS, BURN_IN, REPETITIONS = 10_500, 500, 48
NOISES = (Fraction(1, 20), Fraction(1, 10))
FORGIVENESS = Fraction(1, 3)
OUTCOMES = ("CC", "CD", "DC", "DD")

Job = tuple[str, str, Fraction, int]


def strategies() -> dict[str, Callable[[], Any]]:
    """The strategies by our names, each as a maker of a new player."""
    import axelrod

    return {
        "always-cooperate": axelrod.Cooperator,
        "always-defect": axelrod.Defector,
        "alternate": axelrod.Alternator,
        "tit-for-tat": axelrod.TitForTat,
        "generous": lambda: axelrod.GTFT(p=float(FORGIVENESS)),
        "contrite": axelrod.ContriteTitForTat,
        "win-stay-lose-shift": axelrod.WinStayLoseShift,
        "grim": axelrod.Grudger,
        "tit-for-two-tats": axelrod.TitFor2Tats,
        "two-tits-for-tat": axelrod.TwoTitsForTat,
    }


def played(job: Job) -> dict[str, Any]:
    """One pair at one noise: the shares of the outcomes, and their standard errors over the repetitions."""
    import axelrod

    row, column, noise, seed = job
    known = strategies()
    counts = []
    for repetition in range(REPETITIONS):
        match = axelrod.Match(
            (known[row](), known[column]()), turns=ROUNDS, noise=float(noise), seed=seed + repetition
        )
        rounds = match.play()[BURN_IN:]
        seen = Counter(f"{mine}{theirs}" for mine, theirs in rounds)
        counts.append([seen[o] for o in OUTCOMES])
    kept = ROUNDS - BURN_IN
    totals = [sum(c) for c in zip(*counts, strict=True)]
    errors = []
    for total, column_of_counts in zip(totals, zip(*counts, strict=True), strict=True):
        mean = total / REPETITIONS
        spread = sum((c - mean) ** 2 for c in column_of_counts) / (REPETITIONS - 1)
        errors.append(round(sqrt(spread / REPETITIONS) / kept, 9))
    return {
        "row": row,
        "column": column,
        "noise": str(noise),
        "counts": dict(zip(OUTCOMES, totals, strict=True)),
        "errors": dict(zip(OUTCOMES, errors, strict=True)),
    }


def main() -> None:
    """Every pair at every noise, one match a line."""
    import axelrod

    pairs = list(combinations_with_replacement(strategies(), 2))
    jobs = [
        (row, column, noise, SEED + 1000 * (i * len(NOISES) + j))
        for i, (row, column) in enumerate(pairs)
        for j, noise in enumerate(NOISES)
    ]
    with ProcessPoolExecutor(2) as pool:
        matches = list(pool.map(played, jobs))
    head = {
        "axelrod": axelrod.__version__,
        "seed": SEED,
        "rounds": ROUNDS,
        "burn_in": BURN_IN,
        "repetitions": REPETITIONS,
        "forgiveness": str(FORGIVENESS),
    }
    lines = ",\n".join(json.dumps(m) for m in matches)
    text = json.dumps(head)[:-1] + ', "matches": [\n' + lines + "\n]}\n"
    (HERE / "shares.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
