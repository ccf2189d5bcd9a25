"""Critical discount factors: the thresholds that textbooks print in numbers, and roots of quadratics in closed form.

Payoffs T, R, P, S are 5, 3, 1, 0 in the dilemma, 3, 2, 0, -1 in the donation game (a benefit of 3 at a cost of 1)
and 7, 6, 0, 2 in chicken.  Sources: [Friedman1971], [Axelrod1984], [Abreu1988], [NowakSigmund1993], [Boyd1989].
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import value_text
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import NOWHERE, Region, all_of, complement, names_of
from deterrence.algebra.value import Value, compare, number, variable
from deterrence.algebra.virtual import substituted
from deterrence.games.automata import OTHER, OWN, Automaton, AutomatonState, Rule, surely
from deterrence.games.normal import NormalForm, entry
from deterrence.games.strategies import (
    contrite_tit_for_tat,
    generous_tit_for_tat,
    grim,
    nash_reversion,
    tit_for_tat,
    win_stay_lose_shift,
)
from deterrence.solve.critical import critical_discount
from deterrence.solve.payoff_set import payoff_set
from deterrence.solve.polygon import contains
from deterrence.solve.profiles import Tested as Outcome
from tests.literature.repeated_games import (
    ACTIONS,
    NEVER,
    NUMBERS,
    game,
    in_numbers,
    least,
    punishing,
    ratio,
    same,
    solved,
    state,
)


# -- thresholds in numbers --------------------------------------------------------------------------------
@cache
def numeric(name: str, label: str) -> Outcome:
    made = {
        "grim": grim(ACTIONS),
        "tit-for-tat": tit_for_tat(ACTIONS),
        "pavlov": win_stay_lose_shift(ACTIONS),
        "contrite": contrite_tit_for_tat(ACTIONS),
        "reversion": nash_reversion(ACTIONS),
        "one": punishing(1, True),
        "two": punishing(2, True),
    }
    return in_numbers(name, made[label])


def is_up_set(region: Region, name: str, given: Region) -> bool | None:
    """Whether more patience never breaks the condition; None when undecided."""
    later = fresh_name(f"{name}_later", names_of(region) | names_of(given))

    def moved(r: Region) -> Region:
        return substituted(r, name, variable(later))

    both = all_of((region, moved(given), compare(variable(name), "<", variable(later))))
    broken = prover(given).satisfiable(all_of((both, complement(moved(region)))), patient=True)
    return None if broken is None else not broken


@pytest.mark.parametrize(
    "name, label, threshold",
    [
        ("dilemma", "grim", "1/2"),
        ("dilemma", "contrite", "2/3"),
        ("donation", "grim", "1/3"),
        ("donation", "pavlov", "1/2"),
        ("donation", "contrite", "1/3"),
        ("chicken", "grim", "1/5"),
        ("chicken", "reversion", "1/5"),
        ("chicken", "pavlov", "1/3"),
        ("chicken", "one", "1/3"),
        ("chicken", "contrite", "1/4"),
        ("chicken", "tit-for-tat", "1/4"),
    ],
)
def test_thresholds_in_numbers(name: str, label: str, threshold: str) -> None:
    found = numeric(name, label)
    assert least(found) == ratio(threshold)
    for _, critical in found.critical:
        assert critical is not None and not critical.strict
    both = {"grim": name != "chicken", "tit-for-tat": False}.get(label, True)
    assert (found.subgame_perfect != NOWHERE) is both


@pytest.mark.parametrize("name, threshold", [("dilemma", "1/2"), ("donation", "1/3"), ("chicken", "1/5")])
def test_no_strategy_needs_less_patience_than_these(name: str, threshold: str) -> None:
    """Grim punishes with the least that one can be held down to, P, and reversion in chicken with S.

    So the payoffs of cooperation are equilibrium payoffs from that threshold on, and not just below it.
    """
    R, S, T, P = (NUMBERS[name][k] for k in "RSTP")
    stage = NormalForm.from_arrays([[R, S], [T, P]], [[R, T], [S, P]])
    both = (Fraction(R), Fraction(R))
    assert contains(payoff_set(stage, threshold).inner, both)
    assert not contains(payoff_set(stage, Fraction(threshold) - Fraction(1, 10**6)).outer, both)


@pytest.mark.parametrize("name, threshold", [("dilemma", "2/3"), ("donation", "1/3")])
def test_tit_for_tat_in_numbers(name: str, threshold: str) -> None:
    found = numeric(name, "tit-for-tat")
    g = game("any", payoffs={"T": 0, "R": 0, "P": 0, "S": 0})
    same(found.nash, f"d >= {threshold}", g)
    same(found.subgame_perfect, "d == 1/3" if name == "donation" else NEVER, g)


def test_pavlov_needs_a_reward_large_enough() -> None:
    assert numeric("dilemma", "pavlov").subgame_perfect == NOWHERE == numeric("dilemma", "pavlov").nash


def test_the_mixed_punishment_of_chicken_in_numbers() -> None:
    """3/7, where the punishment is worth 14/3: (7 - 6)/(7 - 14/3)."""
    war = AutomatonState(
        "war", (("", (("C", ratio("2/3")), ("D", ratio("1/3")))),), (Rule((), surely("war")),)
    )
    peace = state("peace", "C", ({OWN: "C", OTHER: "C"}, "peace"), ({}, "war"))
    found = in_numbers("chicken", Automaton("mixed", "peace", (peace, war)))
    assert least(found) == ratio("3/7")


def test_generosity_in_numbers() -> None:
    found = in_numbers("dilemma", generous_tit_for_tat(ACTIONS, variable("q")), given=["0 < q < 1"])
    assert found.nash is not None
    g = game("any", payoffs={"T": 0, "R": 0, "P": 0, "S": 0}, given=["0 < q < 1"])
    same(substituted(found.nash, "d", number(1)), "q <= 1/3", g)


# -- roots of quadratics ----------------------------------------------------------------------------------
def is_root(v: Value, *coefficients: Value) -> bool:
    """Whether the polynomial with these coefficients, constant term first, vanishes at v."""
    total = number(0)
    for c in reversed(coefficients):
        total = total * v + c
    return total.is_zero


@pytest.mark.parametrize(
    "name, text, coefficients",
    [
        ("dilemma", "(sqrt(5) - 1)/2", "-1 1 1"),
        ("donation", "(sqrt(3) - 1)/2", "-1 2 2"),
        ("chicken", "1/sqrt(3)", "-1 0 3"),
    ],
)
def test_two_rounds_of_punishment_in_closed_form(name: str, text: str, coefficients: str) -> None:
    """The golden ratio's inverse among them: with 5, 3, 1, 0 it is the root of d + d**2 = 1."""
    found = least(numeric(name, "two"))
    assert is_root(found, *map(ratio, coefficients.split()))
    expected = {"dilemma": 0.6180339887498949, "donation": 0.3660254037844386, "chicken": 0.5773502691896258}
    assert abs(found.decimal({}) - expected[name]) < 1e-12, text


def test_two_rounds_of_punishment_in_symbols() -> None:
    """The bound solves d + d**2 = (T - R)/(R - P), and there is no other."""
    found = solved(game("dilemma", punishing(2, True)))
    v = least(found)
    assert is_root(v, entry("-(T - R)/(R - P)"), number(1), number(1))
    assert v.decimal({"T": 5, "R": 3, "P": 1, "S": 0}) == pytest.approx(0.6180339887498949)
    assert "sqrt" in value_text(v)


def test_two_rounds_in_chicken_have_two_bounds() -> None:
    """Both of them roots: of d + d**2 = (T - R)/(R - P), and of d**2 = (S - P)/(R - P)."""
    found = solved(game("chicken", punishing(2, True)))
    for _, critical in found.critical:
        assert critical is not None
        bounds = set(critical.bounds)
        first = {b for b in bounds if is_root(b, entry("-(T - R)/(R - P)"), number(1), number(1))}
        second = {b for b in bounds if is_root(b, entry("-(S - P)/(R - P)"), number(0), number(1))}
        assert len(bounds) == 2 and len(first) == len(second) == 1 and first != second
        assert all(b.decimal({"T": 7, "R": 6, "S": 2, "P": 0}) > 0 for b in bounds)


def test_three_rounds_have_no_such_formula_but_are_an_up_set() -> None:
    g = game("dilemma", punishing(3, True))
    found = solved(g)
    assert all(critical is None for _, critical in found.critical)
    assert found.subgame_perfect is not None
    assert is_up_set(found.subgame_perfect, "d", g.domain.given) is True


def test_an_equality_is_no_threshold() -> None:
    """Tit-for-tat is subgame perfect at one discount factor, and more patience breaks it."""
    g = game("dilemma", tit_for_tat(ACTIONS))
    found = solved(g)
    assert found.subgame_perfect is not None
    assert critical_discount(found.subgame_perfect, "d", g.domain.given) is None
    assert is_up_set(found.subgame_perfect, "d", g.domain.given) is False
