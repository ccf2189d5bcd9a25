"""How long repeated games take, as JSON: CPU seconds of stability reports, symbolic errors and payoff sets.

Run it with the project's environment: `python benchmarks/repeated.py`.  Machines differ and are shared, so
compare figures of one run with each other only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from deterrence.algebra.short import is_long
from deterrence.algebra.value import variable
from deterrence.games.automata import Automaton
from deterrence.games.normal import NormalForm, found_domain
from deterrence.games.repeated import IMPLEMENTATION, Noise, Profile, RepeatedGame
from deterrence.games.stochastic import repeated
from deterrence.games.strategies import Actions, strategy
from deterrence.solve.payoff_set import payoff_set
from deterrence.solve.profiles import listed_profiles, process_of
from deterrence.study.stability import stability_report

ACTIONS = Actions("C", "D", "C", "D")
ORDERS = {
    "dilemma": ["T > R", "R > P", "P > S"],
    "chicken": ["T > R", "R > S", "S > P"],
    "no order": [],
}
TEN: list[tuple[str, dict[str, Any]]] = [
    ("always-cooperate", {}),
    ("always-defect", {}),
    ("grim", {}),
    ("tit-for-tat", {}),
    ("contrite-tit-for-tat", {}),
    ("win-stay-lose-shift", {}),
    ("tit-for-two-tats", {}),
    ("two-tits-for-tat", {}),
    ("limited-retaliation", {"rounds": 2, "restart": True}),
    ("nash-reversion", {}),
]
ERRING: list[tuple[str, dict[str, Any]]] = [
    *TEN[2:],
    ("generous-tit-for-tat", {"forgive": "1/3"}),
    ("limited-retaliation", {"rounds": 5, "restart": True}),
    ("graduated-retaliation", {"levels": 2}),
    ("graduated-retaliation", {"levels": 3}),
]
TABLES = {
    "dilemma": [[[3, 0], [5, 1]], [[3, 5], [0, 1]]],
    "Abreu and Sannikov": [[[16, 3, 0], [21, 10, -1], [9, 5, -5]], [[9, 13, 3], [1, 4, 0], [0, -4, -15]]],
}


def seconds(work: Callable[[], Any]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return round(time.process_time() - start, 3)


def game(order: str, strategies: list[Automaton], discounts: tuple[str, str], error: bool) -> RepeatedGame:
    """The game with four free payoffs, each strategy played by both."""
    stage = NormalForm.from_arrays(
        [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]], actions=[["C", "D"]] * 2
    )
    factors = tuple(variable(n) for n in discounts)
    assumed = [*ORDERS[order], *(f"0 < {n} < 1" for n in discounts), *(["0 < e < 1/2"] if error else [])]
    domain = found_domain([*stage.payoffs, factors], assumed)
    profiles = tuple(Profile(f"{k} {s.name}", (("row", s), ("column", s))) for k, s in enumerate(strategies))
    noise = Noise(IMPLEMENTATION, variable("e")) if error else None
    roles = (("row", "C", "D"), ("column", "C", "D"))
    return RepeatedGame(repeated(stage, factors, domain), profiles, noise, roles=roles)


def main() -> None:
    """Print the figures."""
    figures: dict[str, Any] = {
        "ten profiles, two discount factors": {},
        "symbolic errors": {},
        "payoff sets": {},
    }
    for order in ORDERS:
        ten = game(order, [strategy(n, ACTIONS, **o) for n, o in TEN], ("d1", "d2"), error=False)
        figures["ten profiles, two discount factors"][order] = {
            "regions": seconds(lambda ten=ten: listed_profiles(ten)),  # type: ignore[misc]
            "report": seconds(lambda ten=ten: stability_report(ten)),  # type: ignore[misc]
        }
    for name, options in ERRING:
        one = game("dilemma", [strategy(name, ACTIONS, **options)], ("d", "d"), error=True)
        taken = seconds(lambda one=one: listed_profiles(one))  # type: ignore[misc]
        (found,) = listed_profiles(one).tested
        assert found.subgame_perfect is not None
        figures["symbolic errors"][" ".join([name, *map(str, options.values())])] = {
            "joint states": len(process_of(one, one.profiles[0].id).states),
            "tidied": not is_long(found.subgame_perfect),
            "seconds": taken,
        }
    for name, tables in TABLES.items():
        stage = NormalForm.from_arrays(*tables)
        figures["payoff sets"][name] = seconds(lambda stage=stage: payoff_set(stage, "3/10"))  # type: ignore[misc]
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
