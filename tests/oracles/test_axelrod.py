"""Long-run shares of outcomes under errors against long matches of the Axelrod library, see axelrod/README.md.

Axelrod is not run here.  Its strategies are written down once more as README.md describes them, those that the
library has come from the library, and exact shares are compared with counted ones.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

from deterrence.algebra.value import number
from deterrence.games.automata import OTHER, OWN, Automaton, AutomatonState, Rule, surely
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import repeated
from deterrence.games.strategies import Actions, strategy
from deterrence.solve.long_run import action_shares
from deterrence.solve.process import process
from tests.oracles.axelrod import make

DATA: dict[str, Any] = json.loads((Path(__file__).parent / "axelrod" / "shares.json").read_text("utf-8"))
MATCHES: list[dict[str, Any]] = DATA["matches"]
NAMES = list(dict.fromkeys(m["row"] for m in MATCHES))
ERRORS_AWAY = (
    5  # of 440 shares, errors estimated from 48 repetitions, one is as far by chance once in 200 runs
)
ACTIONS = Actions("C", "D", "C", "D")


def machine(name: str, table: dict[str, tuple[str, list[tuple[str, str, str]]]]) -> Automaton:
    """An automaton from what each state means to play, and (own, other, next state) with "" for anything."""
    states = []
    for here, (play, ways) in table.items():
        rules = tuple(
            Rule(tuple((k, v) for k, v in ((OWN, own), (OTHER, other)) if v), surely(to))
            for own, other, to in ways
        )
        states.append(AutomatonState(here, (("", surely(play)),), rules))
    return Automaton(name, next(iter(table)), tuple(states))


def flagged() -> Automaton:
    """Axelrod's contrite tit-for-tat: what it means to play, and whether its flag is up."""
    calm = [("D", "C", "C up"), ("", "C", "C"), ("", "D", "D")]
    return machine(
        "contrite",
        {
            "C": ("C", calm),
            "D": ("D", [("", "C", "C"), ("", "D", "D")]),
            "C up": ("C", [("C", "", "C"), ("D", "C", "C up"), ("D", "D", "D up")]),
            "D up": ("D", [("C", "", "C"), ("D", "C", "C up"), ("D", "D", "D up")]),
        },
    )


@cache
def player(name: str) -> Automaton:
    if name == "alternate":
        turns = [("C", "", "D"), ("D", "", "C")]
        return machine(name, {"C": ("C", turns), "D": ("D", turns)})
    if name == "grim":  # its own errors do not trigger it
        return machine(name, {"C": ("C", [("", "C", "C"), ("", "D", "D")]), "D": ("D", [("", "", "D")])})
    if name == "contrite":
        return flagged()
    if name == "generous":
        return strategy("generous-tit-for-tat", ACTIONS, forgive=number(Fraction(DATA["forgiveness"])))
    return strategy(name, ACTIONS)


@cache
def exact(row: str, column: str, noise: str) -> dict[str, Fraction]:
    """The long-run share of each outcome, row's action first, from the library."""
    stage = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    half = number(Fraction(1, 2))  # the discount factor, which matters not
    p = process(
        repeated(stage, (half, half)), {"row": player(row), "column": player(column)}, number(Fraction(noise))
    )
    found = dict.fromkeys(make.OUTCOMES, Fraction(0))
    for actions, share in action_shares(p).items():
        done = dict(actions)
        found[done["row"] + done["column"]] += share.at({})
    return found


def away(match: dict[str, Any]) -> list[float]:
    """How many standard errors each counted share is away from the exact one."""
    shares = exact(match["row"], match["column"], match["noise"])
    total = sum(match["counts"].values())
    return [
        float(Fraction(match["counts"][o], total) - shares[o]) / match["errors"][o] for o in make.OUTCOMES
    ]


def test_the_data_are_those_that_make_py_writes() -> None:
    assert DATA["seed"] == make.SEED and DATA["repetitions"] == make.REPETITIONS
    assert DATA["rounds"] == make.ROUNDS and DATA["burn_in"] == make.BURN_IN
    assert Fraction(DATA["forgiveness"]) == make.FORGIVENESS
    pairs = [
        (row, column, str(noise))
        for row, column in combinations_with_replacement(NAMES, 2)
        for noise in make.NOISES
    ]
    assert [(m["row"], m["column"], m["noise"]) for m in MATCHES] == pairs
    assert len(NAMES) == 10 and len(pairs) == 110
    for m in MATCHES:
        assert sum(m["counts"].values()) == make.REPETITIONS * (make.ROUNDS - make.BURN_IN)
        assert all(m["errors"][o] > 0 for o in make.OUTCOMES)


@pytest.mark.parametrize("name", NAMES)
def test_shares_lie_within_the_simulation_s_errors(name: str) -> None:
    for m in MATCHES:
        if m["row"] == name:
            assert max(map(abs, away(m))) < ERRORS_AWAY, (m["row"], m["column"], m["noise"])


def test_deviations_are_as_large_as_chance_makes_them() -> None:
    """Their mean square is near one: a bias of even one standard error throughout would double it."""
    squares = [z * z for m in MATCHES for z in away(m)]
    assert len(squares) == 440
    assert 0.7 < sum(squares) / len(squares) < 1.4
