"""The library of strategies against their definitions, as functions of what everybody has done so far.

Histories are random, one's own errors included: what a strategy plays depends on what was done, not on what it
meant.  Each definition below is written from the strategy's description and knows nothing of automata.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from deterrence.algebra.value import number
from deterrence.errors import GameError, InexactNumber, UnknownName
from deterrence.games.automata import Automaton, bound
from deterrence.games.strategies import LIBRARY, Actions, options_of, strategy

History = list[str]
Definition = Callable[[History, History], str]
A = Actions("C", "D", "c", "d")  # the other's actions have other names, as in a game of retaliation
SHARE = Fraction(1, 3)


def grim(mine: History, theirs: History) -> str:
    return "D" if "D" in mine + theirs else "C"


def copying(first: str) -> Definition:
    return lambda mine, theirs: theirs[-1] if theirs else first


def contrite(mine: History, theirs: History) -> str:
    """Both keep a standing; to defect is called for where one is in good standing and the other is not."""
    good = [True, True]
    for done in zip(mine, theirs, strict=True):
        called = [good[0] and not good[1], good[1] and not good[0]]
        good = [done[i] == "C" or (called[i] and good[i]) for i in (0, 1)]
    return "D" if good[0] and not good[1] else "C"


def pavlov(mine: History, theirs: History) -> str:
    return "C" if not mine or mine[-1] == theirs[-1] else "D"


def limited(rounds: int, restart: bool) -> Definition:
    def play(mine: History, theirs: History) -> str:
        left = 0
        for done in zip(mine, theirs, strict=True):
            if left == 0:
                left = rounds if "D" in done else 0
            elif restart and done != ("D", "D"):
                left = rounds
            else:
                left -= 1
        return "D" if left else "C"

    return play


def graduated(levels: int) -> Definition:
    def play(mine: History, theirs: History) -> str:
        level = left = 0
        for done in zip(mine, theirs, strict=True):
            if left:
                left -= 1
            elif "D" in done:
                level = left = min(level + 1, levels)
            else:
                level = max(level - 1, 0)
        return "D" if left else "C"

    return play


def grit(mine: History, theirs: History) -> str:
    """One concession; peace from the round after it was answered, in its own round or the next."""
    if not theirs:
        return "C"
    answered = next((k for k, done in enumerate(theirs[:2]) if done == "C"), None)
    if answered is None:
        return "D"
    since = mine[answered + 1 :] + theirs[answered + 1 :]
    return "D" if "D" in since else "C"


def reversion(mine: History, theirs: History) -> str:
    for done in zip(mine, theirs, strict=True):
        if done in (("D", "C"), ("C", "D")):
            return "C" if done == ("D", "C") else "D"
    return "C"


def resuming(quiet: int) -> Definition:
    return lambda mine, theirs: "C" if "D" in theirs[-quiet:] else "D"


def sanctioning(rounds: int) -> Definition:
    def play(mine: History, theirs: History) -> str:
        if theirs and theirs[-1] == "D":
            return "D"
        return "X" if "D" in theirs[-rounds - 1 :] else "C"

    return play


CASES: list[tuple[str, dict[str, object], Definition]] = [
    ("always-cooperate", {}, lambda mine, theirs: "C"),
    ("always-defect", {}, lambda mine, theirs: "D"),
    ("forward-defence", {}, lambda mine, theirs: "D"),
    ("grim", {}, grim),
    ("tit-for-tat", {}, copying("C")),
    ("suspicious-tit-for-tat", {}, copying("D")),
    ("contrite-tit-for-tat", {}, contrite),
    ("tit-for-two-tats", {}, lambda mine, theirs: "D" if theirs[-2:] == ["D", "D"] else "C"),
    ("two-tits-for-tat", {}, lambda mine, theirs: "D" if "D" in theirs[-2:] else "C"),
    ("win-stay-lose-shift", {}, pavlov),
    *(
        ("limited-retaliation", {"rounds": k, "restart": again}, limited(k, again))
        for k in (1, 2, 4)
        for again in (True, False)
    ),
    ("graduated-retaliation", {"levels": 1}, graduated(1)),
    ("graduated-retaliation", {"levels": 3}, graduated(3)),
    ("grit", {}, grit),
    ("nash-reversion", {}, reversion),
    ("halt-when-struck", {"quiet": 1}, resuming(1)),
    ("halt-when-struck", {"quiet": 3}, resuming(3)),
    ("retaliate-and-sanction", {"rounds": 2, "sanction": "X"}, sanctioning(2)),
    ("strike-after-attack", {}, lambda mine, theirs: "C" if "C" in mine else "D"),
    ("halt-while-enforced", {}, lambda mine, theirs: "D" if "C" in theirs else "C"),
]


def mixture(automaton: Automaton, mine: History, theirs: History) -> dict[str, Fraction]:
    """What the automaton means to play after a history."""
    here = automaton.initial
    for own, other in zip(mine, theirs, strict=True):
        ((here, chance),) = automaton.following(here, {"us": own, "them": other.lower()})
        assert chance == number(1)
    return {a: v.at({}) for a, v in automaton.state(here).mixture("")}


def histories(seed: str) -> list[tuple[History, History]]:
    """All of up to three rounds, and longer random ones, some of them mostly peaceful."""
    found: list[tuple[History, History]] = [([], [])]
    for rounds in (1, 2, 3):
        for k in range(4**rounds):
            cells = [divmod(k // 4**i % 4, 2) for i in range(rounds)]
            found.append((["CD"[a] for a, _ in cells], ["CD"[b] for _, b in cells]))
    rng = Random(seed)
    for _ in range(300):
        rounds, peace = rng.randint(4, 14), rng.choice((0.5, 0.8, 0.95))
        mine, theirs = (["C" if rng.random() < peace else "D" for _ in range(rounds)] for _ in range(2))
        found.append((mine, theirs))
    return found


@pytest.mark.parametrize("name, options, definition", CASES, ids=[f"{c[0]}{c[1] or ''}" for c in CASES])
def test_strategies_play_as_they_are_described(
    name: str, options: dict[str, object], definition: Definition
) -> None:
    automaton = bound(strategy(name, A, **options), "us", ("us", "them"))
    for mine, theirs in histories(name):
        assert mixture(automaton, mine, theirs) == {definition(mine, theirs): 1}, (mine, theirs)


def test_generosity_mixes_after_a_defection() -> None:
    automaton = bound(strategy("generous-tit-for-tat", A, forgive=SHARE), "us", ("us", "them"))
    for mine, theirs in histories("generous"):
        angry = bool(theirs) and theirs[-1] == "D"
        expected = {"C": SHARE, "D": 1 - SHARE} if angry else {"C": Fraction(1)}
        assert mixture(automaton, mine, theirs) == expected


def test_every_strategy_of_the_library_is_looked_at() -> None:
    assert {name for name, _, _ in CASES} | {"generous-tit-for-tat"} == set(LIBRARY)
    for name, options, _ in CASES:
        assert set(options) == set(options_of(name))


@pytest.mark.parametrize(
    "name, options, error, message",
    [
        ("tit-for-tit", {}, UnknownName, "tit-for-tat"),
        ("grim", {"rounds": 2}, GameError, "takes no options; got rounds"),
        ("limited-retaliation", {"rounds": 2}, GameError, "takes rounds, restart; got rounds"),
        ("limited-retaliation", {"rounds": 0, "restart": True}, GameError, "whole number from 1"),
        ("limited-retaliation", {"rounds": True, "restart": True}, GameError, "whole number from 1"),
        ("limited-retaliation", {"rounds": "two", "restart": True}, GameError, "whole number from 1"),
        ("limited-retaliation", {"rounds": 10**9, "restart": True}, GameError, "to 50"),
        ("limited-retaliation", {"rounds": 2, "restart": "no"}, GameError, "write True or False"),
        ("graduated-retaliation", {"levels": -1}, GameError, "whole number from 1"),
        ("halt-when-struck", {"quiet": 1.5}, GameError, "whole number from 1"),
        ("retaliate-and-sanction", {"rounds": 1, "sanction": 3}, GameError, "the name of an action"),
        ("generous-tit-for-tat", {"forgive": 0.5}, InexactNumber, "'0.5'"),
    ],
)
def test_what_is_refused(name: str, options: dict[str, object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        strategy(name, A, **options)


def test_probabilities_may_be_text() -> None:
    assert strategy("generous-tit-for-tat", A, forgive="1/3") == strategy(
        "generous-tit-for-tat", A, forgive=number(SHARE)
    )
