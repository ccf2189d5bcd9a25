"""Symbolic regions of strategies in self-play against brute force at points, ties among payoffs included.

Nothing is assumed about the four payoffs, so each region has to be right in every game at once.  At every point
the brute force of `machines.py` is asked with numbers, with and without errors.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from deterrence.algebra.short import is_long
from deterrence.games.automata import Automaton, bound
from deterrence.games.strategies import strategy
from deterrence.solve.profiles import Tested as Outcome
from tests.literature.repeated_games import ACTIONS, game, solved
from tests.oracles import machines as brute
from tests.oracles.machines import Machine, Stage

POINTS = 60
SHARES = [Fraction(x) for x in ("1/4", "1/3", "1/2", "2/3", "3/4", "9/10")]
RATES = [Fraction(x) for x in ("1/100", "1/10", "1/4", "1/3", "49/100")]
PLAYERS = ("row", "column")
QUIET: list[tuple[str, dict[str, object]]] = [
    ("always-cooperate", {}),
    ("always-defect", {}),
    ("grim", {}),
    ("tit-for-tat", {}),
    ("suspicious-tit-for-tat", {}),
    ("contrite-tit-for-tat", {}),
    ("tit-for-two-tats", {}),
    ("two-tits-for-tat", {}),
    ("win-stay-lose-shift", {}),
    ("limited-retaliation", {"rounds": 2, "restart": True}),
    ("limited-retaliation", {"rounds": 2, "restart": False}),
    ("nash-reversion", {}),
    ("grit", {}),
    ("graduated-retaliation", {"levels": 2}),
    ("halt-when-struck", {"quiet": 2}),
    ("generous-tit-for-tat", {"forgive": "1/3"}),
]
ERRING = [case for case in QUIET if case[0] != "grit"]  # eight states; it takes ten seconds
LONG = {"tit-for-two-tats", "two-tits-for-tat", "halt-when-struck"}


def machine(automaton: Automaton, player: str) -> Machine:
    own = bound(automaton, player, PLAYERS)
    at = {s.name: k for k, s in enumerate(sorted(own.states, key=lambda s: s.name != own.initial))}
    plays, moves = [{} for _ in at], [{} for _ in at]
    for s in own.states:
        plays[at[s.name]] = {a: v.at({}) for a, v in s.mixture("")}
        for done in product("CD", repeat=2):
            ahead = own.following(s.name, dict(zip(PLAYERS, done, strict=True)))
            moves[at[s.name]][done] = {at[q]: v.at({}) for q, v in ahead}
    return Machine(tuple(plays), tuple(moves))


def stage(point: dict[str, Fraction]) -> Stage:
    own = {("C", "C"): "R", ("C", "D"): "S", ("D", "C"): "T", ("D", "D"): "P"}
    pay = {a: (point[own[a]], point[own[a[::-1]]]) for a in own}
    return Stage((("C", "D"),) * 2, pay, (point["d"],) * 2)


def points(seed: str) -> list[dict[str, Fraction]]:
    rng = Random(seed)
    found = []
    for k in range(POINTS):
        draw = [Fraction(rng.randint(-3, 3)) for _ in range(4)]
        if k % 3 == 0:  # dilemmas and chickens, where something can hold
            low = sorted(rng.sample(range(-4, 9), 4))
            draw = [Fraction(x) for x in (low if k % 2 else [low[1], low[0], *low[2:]])]
        found.append(dict(zip("SPRT", draw, strict=True)) | {"d": rng.choice(SHARES), "e": rng.choice(RATES)})
    return found


def compare(found: Outcome, automaton: Automaton, errors: bool) -> None:
    pair = [machine(automaton, player) for player in PLAYERS]
    assert found.nash is not None and found.subgame_perfect is not None
    for point in points(automaton.name):
        error = point["e"] if errors else Fraction(0)
        assert found.nash.contains(point) == brute.nash(stage(point), pair, error), point
        assert found.subgame_perfect.contains(point) == brute.subgame_perfect(stage(point), pair, error), (
            point
        )


@pytest.mark.parametrize("name, options", QUIET, ids=lambda x: x if isinstance(x, str) else "")
def test_regions_are_right_in_every_game(name: str, options: dict[str, object]) -> None:
    automaton = strategy(name, ACTIONS, **options)
    compare(solved(game("any", automaton)), automaton, errors=False)


@pytest.mark.parametrize("name, options", ERRING, ids=lambda x: x if isinstance(x, str) else "")
def test_regions_with_a_symbolic_error_rate_are_right_in_every_game(
    name: str, options: dict[str, object]
) -> None:
    """Those too long to be tidied as well, which come with a remark and, if one was found, a point."""
    automaton = strategy(name, ACTIONS, **options)
    found = solved(game("any", automaton, given=["0 < e < 1/2"], error="e"))
    compare(found, automaton, errors=True)
    assert found.subgame_perfect is not None
    assert is_long(found.subgame_perfect) == (name in LONG)
    assert bool(found.remarks) == (name in LONG)


def test_an_error_rate_that_may_be_zero() -> None:
    """Then Nash and subgame perfection differ where it is zero, and nowhere else."""
    for name in ("grim", "tit-for-tat", "contrite-tit-for-tat"):
        automaton = strategy(name, ACTIONS)
        pair = [machine(automaton, player) for player in PLAYERS]
        found = solved(game("any", automaton, given=["0 <= e < 1/2"], error="e"))
        assert found.nash is not None and found.subgame_perfect is not None
        for k, point in enumerate(points(name)):
            error = Fraction(0) if k % 2 else point["e"]
            at = {**point, "e": error}
            assert found.nash.contains(at) == brute.nash(stage(at), pair, error), at
            assert found.subgame_perfect.contains(at) == brute.subgame_perfect(stage(at), pair, error), at
