"""How long solving takes, as JSON: CPU seconds of the packaged models, of random games, and of Nashpy.

Run it with the project's environment: `python benchmarks/solving.py`.  Machines differ and are shared, so
compare figures of one run with each other only.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import nashpy
import numpy as np

from deterrence.catalogue.models import catalogue, load
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import nash


def seconds(work: Callable[[], Any]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return round(time.process_time() - start, 4)


def random_game(size: int, parameters: str, seed: int) -> NormalForm:
    """Whole-number payoffs in which each parameter replaces two entries."""
    rng = random.Random(seed)
    tables = [[[str(rng.randint(-5, 5)) for _ in range(size)] for _ in range(size)] for _ in range(2)]
    for name in parameters:
        for _ in range(2):
            tables[rng.randrange(2)][rng.randrange(size)][rng.randrange(size)] = name
    return NormalForm.from_arrays(*tables, assumptions=[f"{name} > 0" for name in parameters])


def numeric_game(size: int, seed: int) -> tuple[list[list[int]], list[list[int]]]:
    """Two matrices of whole numbers."""
    rng = random.Random(seed)
    rows = [[[rng.randint(-9, 9) for _ in range(size)] for _ in range(size)] for _ in range(2)]
    return rows[0], rows[1]


def main() -> None:
    """Print the figures."""
    figures: dict[str, Any] = {"models": {}, "random": {}, "numeric": {}}
    for name in catalogue():
        model = load(name)
        if model.pieces:
            game = model.pieces[0][1]
            figures["models"][name] = seconds(lambda game=game: nash(game))  # type: ignore[misc]
    for size, parameters in ((2, "abcdefgh"), (3, "abcde"), (4, "abc")):
        games = [random_game(size, parameters, seed) for seed in range(3)]
        times = [seconds(lambda game=game: nash(game)) for game in games]  # type: ignore[misc]
        figures["random"][f"{size}x{size}, {len(parameters)} parameters"] = times
    for size in (2, 3):
        pairs = [numeric_game(size, seed) for seed in range(50)]
        own = [seconds(lambda p=p: nash(NormalForm.from_arrays(*p), cells=False)) for p in pairs]  # type: ignore[misc]
        other = [
            seconds(lambda p=p: list(nashpy.Game(*map(np.array, p)).vertex_enumeration()))  # type: ignore[misc]
            for p in pairs
        ]
        ratio = round(statistics.median(own) / max(statistics.median(other), 1e-9), 2)
        figures["numeric"][f"{size}x{size}"] = {"median": statistics.median(own), "times_nashpy": ratio}
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
