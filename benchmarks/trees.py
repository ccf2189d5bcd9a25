"""How long trees take, as JSON: CPU seconds of signalling games, ladders, and backward induction.

Run it with the project's environment: `python benchmarks/trees.py`.  Machines differ and are shared, so
compare figures of one run with each other only.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from deterrence.catalogue.models import atlas_of, load
from deterrence.games.tree import ExtensiveForm
from deterrence.games.typed import typed_tree
from deterrence.solve.backward import backward_induction
from deterrence.solve.perfect_bayesian import perfect_bayesian

PRIOR = ["0 < p", "p < 1"]
LIKES = {"strong": ("beer", "quiche"), "weak": ("quiche", "beer")}


def timed(work: Callable[[], Any]) -> dict[str, Any]:
    """CPU seconds of one call, and how much came of it."""
    start = time.process_time()
    atlas = work()
    return {"seconds": round(time.process_time() - start, 3), "equilibria": len(atlas.equilibria)}


def breakfast(ordered: bool) -> ExtensiveForm:
    """Beer and quiche with 16 payoffs as symbols: in their order only, or without any assumption."""
    meals, replies = ("beer", "quiche"), ("duel", "leave")
    nodes: dict[str, dict[str, Any]] = {
        "eat": {"player": "sender", "moves": {m: m for m in meals}},
        **{m: {"player": "receiver", "moves": {r: f"{m}_{r}" for r in replies}} for m in meals},
    }
    ends = {
        f"{m}_{r}": [{k: f"{who}_{k}_{m}_{r}" for k in LIKES} for who in ("s", "r")]
        for m in meals
        for r in replies
    }
    order = []
    for kind, (good, bad) in LIKES.items():
        best = [f"s_{kind}_{m}_{r}" for r in ("leave", "duel") for m in (good, bad)]
        order += [f"{a} > {b}" for a, b in pairwise(best)]
    for m in meals:
        order.append(f"r_strong_{m}_leave > r_strong_{m}_duel")
        order.append(f"r_weak_{m}_duel > r_weak_{m}_leave")
    types = {"sender": {"strong": "p", "weak": "1 - p"}}
    return typed_tree(
        ["sender", "receiver"], types, nodes, ends, assumptions=PRIOR + (order if ordered else [])
    )


def large(count: int, deep: bool) -> ExtensiveForm:
    """A tree of so many places to move with whole payoffs: balanced, or one long chain."""
    rng = random.Random(count)
    nodes, ends = {}, {}

    def end() -> str:
        name = f"o{len(ends)}"
        ends[name] = [rng.randrange(10**9), rng.randrange(10**9)]
        return name

    for k in range(count):
        onward = (k + 1,) if deep else (2 * k + 1, 2 * k + 2)
        moves = {f"go{i}": f"n{to}" if to < count else end() for i, to in enumerate(onward)}
        nodes[f"n{k}"] = {"player": "AB"[k % 2], "moves": moves | ({"stop": end()} if deep else {})}
    return ExtensiveForm.build(["A", "B"], nodes, ends)


def main() -> None:
    """Print the measurements as JSON."""
    found = {
        "unilateral deterrence, types on both sides": timed(
            lambda: atlas_of(load("unilateral-deterrence-incomplete"))
        ),
        "beer and quiche, 16 payoffs in order": timed(lambda: perfect_bayesian(breakfast(True))),
        "beer and quiche, no assumption": timed(lambda: perfect_bayesian(breakfast(False))),
        "ladder of 12 rungs": timed(lambda: atlas_of(load("escalation-ladder-12"))),
        "ladder of 40 rungs": timed(lambda: atlas_of(load("escalation-ladder-40"))),
        "100,000 places, balanced, with building": timed(lambda: backward_induction(large(100_000, False))),
        "100,000 places, a chain, with building": timed(lambda: backward_induction(large(100_000, True))),
    }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
