"""Published conditions for strategies of the repeated prisoner's dilemma and chicken, with all payoffs symbolic.

Each region is proved equal to the condition in the literature, and the thresholds in numbers are those that
textbooks print.  Sources: [Friedman1971] for grim, [Axelrod1984] for tit-for-tat, [KrainesKraines1989] and
[NowakSigmund1993] for win-stay-lose-shift, [Abreu1988] for punishments of limited length and the deviator's
worst equilibrium, [Sugden1986] and [Boyd1989] for contrite and [Molander1985] for generous tit-for-tat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

import deterrence as dt
from deterrence.algebra.region import NOWHERE
from deterrence.algebra.value import number, variable
from deterrence.algebra.virtual import substituted
from deterrence.games.automata import OTHER, OWN, Automaton, AutomatonState, Rule, surely
from deterrence.games.normal import NormalForm, entry, found_domain
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.games.stochastic import repeated
from deterrence.games.strategies import (
    contrite_tit_for_tat,
    generous_tit_for_tat,
    grim,
    nash_reversion,
    tit_for_tat,
    win_stay_lose_shift,
)
from tests.literature.repeated_games import ACTIONS, NEVER, game, punishing, same, solved, state


def sum_of_powers(rounds: int) -> str:
    return " + ".join(f"d**{k}" for k in range(1, rounds + 1))


# -- R1 to R8: conditions ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Row:
    """A strategy in a stage game, with the conditions for Nash and subgame perfection; "" is not asked."""

    label: str
    order: str
    strategy: Callable[[], Automaton]
    nash: str
    perfect: str


def rows() -> list[Row]:
    def row(label: str, order: str, make: Callable[..., Automaton], nash: str, perfect: str) -> Row:
        return Row(label, order, lambda: make(ACTIONS), nash, perfect)

    friedman = "d*(T - P) >= T - R"
    to_fall_for = "d*(R - S) >= T - R"
    listed = [
        row("R1 grim", "dilemma", grim, friedman, friedman),
        row(
            "R2 tit-for-tat",
            "dilemma",
            tit_for_tat,
            f"{friedman} and {to_fall_for}",
            "T - R == P - S and d*(R - S) == T - R",
        ),
        row("R2 tit-for-tat", "chicken", tit_for_tat, to_fall_for, NEVER),
        row("R3 pavlov", "dilemma", win_stay_lose_shift, "d*(R - P) >= T - R", "d*(R - P) >= T - R"),
        row(
            "R3 pavlov",
            "chicken",
            win_stay_lose_shift,
            "",
            "d*(R - P) >= T - R and d*(R - P) >= S - P",
        ),
        row("R5 grim", "chicken", grim, "d*(T - S) >= T - R", NEVER),
        row("R7 reversion", "chicken", nash_reversion, "d*(T - S) >= T - R", "d*(T - S) >= T - R"),
        row(
            "R8 contrite",
            "dilemma",
            contrite_tit_for_tat,
            "",
            "d*(R - S) >= T - R and d*(R - S) >= P - S",
        ),
    ]
    for k in (1, 2, 3):
        enough = f"T - R <= (R - P)*({sum_of_powers(k)})"
        for restart in (True, False):
            label = f"{k} rounds{', restart' if restart else ''}"
            listed.append(
                Row(f"R4 {label}", "dilemma", lambda k=k, r=restart: punishing(k, r), "", enough)  # type: ignore[misc]
            )
            perfect = f"{enough} and d**{k}*(R - P) >= S - P" if restart else NEVER
            listed.append(
                Row(f"R6 {label}", "chicken", lambda k=k, r=restart: punishing(k, r), "", perfect)  # type: ignore[misc]
            )
    return listed


@pytest.mark.parametrize("row", rows(), ids=lambda r: f"{r.label} in the {r.order}")
def test_published_conditions(row: Row) -> None:
    g = game(row.order, row.strategy())
    found = solved(g)
    same(found.subgame_perfect, row.perfect, g)
    if row.nash:
        same(found.nash, row.nash, g)
    if row.perfect == NEVER:  # as the library says it, with who fails first, and where
        assert found.subgame_perfect == NOWHERE
        assert found.fails_at is not None
        assert dt.is_empty(found.fails_at.region, g.domain.given).word == "proved"


def test_each_player_s_patience_counts_for_itself() -> None:
    """With a factor each, both have to be patient enough."""
    for strategy, part in (
        (grim, "{0}*(T - P) >= T - R"),
        (contrite_tit_for_tat, "{0}*(R - S) >= T - R and {0}*(R - S) >= P - S"),
    ):
        g = game("dilemma", strategy(ACTIONS), discounts=("d_row", "d_column"))
        found = solved(g)
        same(found.subgame_perfect, f"{part.format('d_row')} and {part.format('d_column')}", g)
        for player, critical in found.critical:
            assert critical is not None and critical.name == f"d_{player}"


@pytest.mark.parametrize("rounds", [1, 2])
def test_longer_punishment_needs_less_patience_in_the_dilemma(rounds: int) -> None:
    g = game("dilemma", punishing(rounds, True))
    shorter, longer = (solved(game("dilemma", punishing(k, True))) for k in (rounds, rounds + 1))
    assert shorter.subgame_perfect is not None and longer.subgame_perfect is not None
    assert dt.implies(shorter.subgame_perfect, longer.subgame_perfect, g.domain.given).word == "proved"
    assert dt.implies(longer.subgame_perfect, shorter.subgame_perfect, g.domain.given).word == "refuted"


def test_that_turns_pay_less_than_peace_need_not_be_assumed_for_tit_for_tat() -> None:
    g = game("dilemma", tit_for_tat(ACTIONS))
    nash = solved(g).nash
    assert nash is not None
    assert dt.implies(nash, dt.region("2*R > T + S"), g.domain.given).word == "proved"


def test_different_payoffs_give_different_thresholds() -> None:
    """For each player the gain now over what is lost: (best deviation - peace)/(best deviation - punishment)."""
    own, other = [["r1", "s1"], ["t1", "p1"]], [["r2", "t2"], ["s2", "p2"]]
    stage = NormalForm.from_arrays(own, other, actions=[["C", "D"]] * 2)
    factors = (variable("d1"), variable("d2"))
    order = [f"t{i} > r{i} > p{i} > s{i}" for i in (1, 2)] + [f"0 < d{i} < 1" for i in (1, 2)]
    both = grim(ACTIONS)
    g = RepeatedGame(
        repeated(stage, factors, found_domain([*stage.payoffs, factors], order)),
        (Profile("grim", (("row", both), ("column", both))),),
    )
    found = solved(g)
    same(found.subgame_perfect, "d1*(t1 - p1) >= t1 - r1 and d2*(t2 - p2) >= t2 - r2", g)
    for i, (_, critical) in enumerate(found.critical, start=1):
        assert critical is not None
        assert critical.bounds == (entry(f"(t{i} - r{i})/(t{i} - p{i})"),)


def test_grim_that_only_the_other_can_trigger() -> None:
    """It is as good as grim for Nash and never subgame perfect: nobody wants to punish alone for ever.

    After one's own lone attack the other punishes and one is to cooperate against that, which P > S forbids.
    """
    war = state("war", "D", ({}, "war"))
    peace = state("peace", "C", ({OTHER: "C"}, "peace"), ({}, "war"))
    g = game("dilemma", Automaton("grim-at-other", "peace", (peace, war)))
    found = solved(g)
    same(found.nash, "d*(T - P) >= T - R", g)
    assert found.subgame_perfect == NOWHERE


def test_never_in_chicken_is_never_only_without_errors() -> None:
    """With errors, grim's war pays where the hope that the other holds back by error is great enough."""
    g = game("chicken", grim(ACTIONS), given=["0 < e < 1/2"], error="e")
    needed = "e*(T - R) >= (1 - e)*(S - P)"
    perfect = solved(g).subgame_perfect
    assert perfect is not None
    assert dt.implies(perfect, dt.region(needed), g.domain.given).word == "proved"
    assert dt.is_empty(perfect, g.domain.given).word == "refuted"


def test_tit_for_tat_with_errors_still_needs_two_equalities() -> None:
    g = game("dilemma", tit_for_tat(ACTIONS), given=["0 < e < 1/2"], error="e")
    same(solved(g).subgame_perfect, "T - R == P - S and d*(1 - 2*e)*(R - S) == T - R", g)


# -- R7 with mixing; R9 -----------------------------------------------------------------------------------
def test_reversion_to_the_mixed_equilibrium_of_chicken() -> None:
    """Punishment is worth the mixed equilibrium, (RP - ST)/(R + P - S - T), and mixing is a best reply to it."""
    chance = entry("(S - P)/(S - P + T - R)")
    war = AutomatonState(
        "war", (("", (("C", chance), ("D", number(1) - chance))),), (Rule((), surely("war")),)
    )
    peace = state("peace", "C", ({OWN: "C", OTHER: "C"}, "peace"), ({}, "war"))
    g = game("chicken", Automaton("mixed-reversion", "peace", (peace, war)))
    found = solved(g)
    worth = "(S*T - R*P)/(S + T - R - P)"
    same(found.subgame_perfect, f"d*(T - {worth}) >= T - R", g)
    same(found.nash, f"d*(T - {worth}) >= T - R", g)


def test_generous_tit_for_tat() -> None:
    g = game("dilemma", generous_tit_for_tat(ACTIONS, variable("q")), given=["0 < q < 1"])
    found = solved(g)
    same(found.nash, "T - R <= d*(1 - q)*(R - S) and T - R <= d*(1 - q)*(T - P)", g)
    assert found.nash is not None
    patient = substituted(found.nash, "d", number(1))
    same(patient, "q <= 1 - (T - R)/(R - S) and q <= (R - P)/(T - P)", g)
