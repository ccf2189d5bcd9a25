"""Critical discount factors at points: against brute force on both sides, closed forms, and by hand."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

import deterrence as dt
from deterrence.errors import DomainError
from deterrence.games.strategies import strategy
from deterrence.solve.isolation import WIDTH, critical_at
from tests.literature.repeated_games import ACTIONS, game, punishing, solved
from tests.oracles import machines as brute
from tests.oracles.test_repeated_symbolic import PLAYERS, QUIET, machine, stage

Point = dict[str, Fraction]
DILEMMA = {k: Fraction(v) for k, v in {"T": 5, "R": 3, "P": 1, "S": 0}.items()}


def drawn(seed: str) -> list[Point]:
    rng = Random(seed)
    found = []
    for k in range(12):
        low = [Fraction(x) for x in sorted(rng.sample(range(-4, 9), 4))]
        found.append(dict(zip("SPRT" if k % 2 else "PSRT", low, strict=True)))
    return found


@pytest.mark.parametrize("name, options", QUIET, ids=lambda x: x if isinstance(x, str) else "")
def test_below_it_fails_and_from_it_on_it_holds(name: str, options: dict[str, object]) -> None:
    automaton = strategy(name, ACTIONS, **options)
    pair = [machine(automaton, player) for player in PLAYERS]
    regions = solved(game("any", automaton))

    def both(point: Point, d: Fraction) -> tuple[bool, bool]:
        at = stage({**point, "d": d})
        return brute.nash(at, pair), brute.subgame_perfect(at, pair)

    for point in drawn(name):
        for which, region in enumerate((regions.nash, regions.subgame_perfect)):
            assert region is not None
            found = critical_at(region, "d", point)
            if found is None:
                assert not both(point, 1 - WIDTH)[which]
                continue
            assert 0 <= found.high - found.low <= WIDTH
            above = [found.high + WIDTH, (1 + found.high) / 2, 1 - WIDTH]
            assert all(both(point, d)[which] for d in above if d < 1)
            if found.low > 0:
                assert not both(point, found.low - WIDTH)[which]
            if found.low == found.high > 0:
                assert both(point, found.low)[which] is found.attained


def test_three_rounds_of_punishment() -> None:
    """d + d**2 + d**3 = 1: the inverse of the tribonacci constant."""
    region = solved(game("dilemma", punishing(3, True))).subgame_perfect
    assert region is not None
    found = critical_at(region, "d", DILEMMA)
    assert found is not None and found.attained
    assert all((d + d**2 + d**3 < 1) is low for d, low in ((found.low, True), (found.high, False)))
    assert f"{float(found.low):.10f}" == "0.5436890127"


def test_closed_forms_lie_within() -> None:
    outcome = solved(game("dilemma", punishing(2, True)))
    assert outcome.subgame_perfect is not None
    found = critical_at(outcome.subgame_perfect, "d", DILEMMA)
    (bound,) = {b for _, c in outcome.critical for b in (c.bounds if c else ())}
    assert found is not None
    assert float(found.low) <= bound.decimal(DILEMMA) <= float(found.high)


@pytest.mark.parametrize(
    "condition, low, attained",
    [
        ("d >= 1/3", "1/3", True),
        ("d > 1/3", "1/3", False),
        ("d != 1/3", "1/3", False),
        ("d >= 1/3 and d != 1/2", "1/2", False),
        ("d >= 1/3 or d == 1/7", "1/3", True),
        ("(d - 1/4)*(d - 3/4) >= 0", "3/4", True),
        ("(d - 1/4)**2 > 0", "1/4", False),
        ("d**2 - 1/4 >= 0", "1/2", True),
        ("d >= 0", "0", False),
        ("d + 1 > 0", "0", False),
        ("d >= 2", "", False),
        ("d == 1/2", "", False),
        ("d <= 1/2", "", False),
    ],
)
def test_by_hand(condition: str, low: str, attained: bool) -> None:
    found = critical_at(dt.region(condition), "d", {})
    if not low:
        assert found is None
        return
    assert found is not None
    assert (found.low, found.high, found.attained) == (Fraction(low), Fraction(low), attained)


def test_roots_close_together_are_told_apart() -> None:
    """The root of d**2 = 1/2 and a fraction nearer to it than the width."""
    near = Fraction(7071067811865475244, 10**19)
    text = f"(2*d**2 - 1)*({near.denominator}*d - {near.numerator}) > 0"
    found = critical_at(dt.region(text), "d", {})
    assert found is not None and not found.attained
    assert near < found.low < found.high and 2 * found.low**2 < 1 < 2 * found.high**2


def test_irrational_roots_that_are_left_out() -> None:
    found = critical_at(dt.region("2*d**2 - 1 > 0"), "d", {})
    assert found is not None and not found.attained and found.high - found.low <= WIDTH


def test_every_other_parameter_needs_a_value() -> None:
    with pytest.raises(DomainError, match="no value given for x"):
        critical_at(dt.region("d*x >= y"), "d", {"y": Fraction(1)})
