"""Chains without players: the gambler's ruin in symbols and at points, chains without an end, games with players."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner

import deterrence as dt
from deterrence.cli import commands
from deterrence.errors import GameError
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.chain_ends import chain_ends

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def test_the_gamblers_ruin():
    found = {e.state: e for e in chain_ends(dt.load("ladder-of-chance").repeated.game)}
    assert list(found) == ["rung2", "rung1", "rung3", "rung4"]  # the initial state first
    for k in range(1, 5):
        fair = found[f"rung{k}"].at({"p": HALF})
        assert {n: v.at({}) for n, v in fair.probabilities} == {
            "peace": 1 - Fraction(k, 5),
            "war": Fraction(k, 5),
        }
        assert fair.rounds.at({}) == k * (5 - k)
        steep = found[f"rung{k}"].at({"p": THIRD})  # the odds of a step down are two to one
        assert dict(steep.probabilities)["war"].at({}) == Fraction(2**k - 1, 2**5 - 1)


def test_a_chain_that_may_go_on_for_ever_says_so():
    game = StochasticGame.build(
        [],
        {
            "start": {"to": {"war": "h", "truce": "1 - h"}},
            "truce": {"to": "truce"},
            "war": {"absorbing": True},
        },
        assumptions=["0 < h < 1"],
    )
    start, truce = chain_ends(game)
    assert str(dict(start.probabilities)["war"]) == "h" and start.rounds is None and start.note
    assert dict(truce.probabilities)["war"].is_zero


def test_what_is_no_chain_that_ends():
    with pytest.raises(GameError, match="no state of this chain is absorbing"):
        chain_ends(StochasticGame.build([], {"tense": {"to": "tense"}}))
    with pytest.raises(GameError, match="has players"):
        chain_ends(dt.load("grit").repeated.game)


def test_the_commands_answer_for_chains():
    run = CliRunner().invoke(commands, ["at", "ladder-of-chance", "p=1/2", "--json"])
    assert run.exit_code == 0
    data = json.loads(run.stdout)
    assert data["states"]["rung2"] == {"ends": {"peace": "3/5", "war": "2/5"}, "rounds": "6", "note": ""}
    shown = CliRunner().invoke(commands, ["solve", "retaliation-chain"])
    assert shown.exit_code == 0 and "first_acts  (where it begins)" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80
