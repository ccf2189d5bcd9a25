"""Invasion, renegotiation and finite horizons against the definitions, on random games full of ties.

The brute force is `lasting.py`, on top of `machines.py`; neither knows the library.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.algebra.value import number
from deterrence.games.normal import NormalForm, Player
from deterrence.games.repeated import IMPLEMENTATION, Noise, Profile, RepeatedGame
from deterrence.games.stochastic import repeated
from deterrence.solve.finite_horizon import finite_outcomes, finite_test, unravels
from deterrence.solve.invasion import evolutionarily_stable, invasions, neutrally_stable, uninvaded
from deterrence.solve.renegotiation import renegotiation_proof
from deterrence.solve.repeated_risk import profile_risk_dominates
from tests.oracles import lasting as brute
from tests.oracles.bimatrix import extreme_equilibria
from tests.oracles.machines import Machine, Stage, nash, subgame_perfect
from tests.oracles.random_lists import drawn_list, drawn_stage, drawn_threat
from tests.oracles.random_machines import drawn
from tests.oracles.test_repeated import automaton

PLAYERS = ("one", "two")
GAMES, CHUNKS = 240, 4
ERRORS = (F(0), F(0), F(1, 10))


def yes(region: Region) -> bool:
    """What a region says of a game in numbers."""
    assert region in (EVERYWHERE, NOWHERE), region
    return region == EVERYWHERE


def form(stage: Stage) -> NormalForm:
    rows = tuple(tuple(map(number, stage.payoffs[a])) for a in product(*stage.choices))
    return NormalForm(tuple(map(Player, PLAYERS, stage.choices)), rows)


def game(stage: Stage, pairs: dict[str, tuple[Machine, ...]], error: F = F(0)) -> RepeatedGame:
    """The repeated game with these profiles, by id."""
    profiles = tuple(
        Profile(i, tuple((n, automaton(m, PLAYERS)) for n, m in zip(PLAYERS, pair, strict=True)))
        for i, pair in pairs.items()
    )
    noise = Noise(IMPLEMENTATION, number(error)) if error else None
    return RepeatedGame(repeated(form(stage), tuple(map(number, stage.discounts))), profiles, noise)


# -- invasion -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_symmetric_lists_agree_with_maynard_smith(chunk: int) -> None:
    for k in range(chunk, GAMES, CHUNKS):
        error = ERRORS[k % len(ERRORS)]
        stage, (machines, _) = drawn_list(k, symmetric=True, most=2 if error else 3)
        g = game(stage, {f"m{i}": (m, brute.mirrored(m)) for i, m in enumerate(machines)}, error)
        for i, resident in enumerate(machines):
            others = [m for m in machines if not brute.same_strategy(stage, 0, resident, m, error)]
            safe = not any(brute.can_invade(stage, resident, m, error) for m in others)
            assert yes(uninvaded(g, f"m{i}")) == yes(neutrally_stable(g, f"m{i}")) == safe, (k, i)
            repels = all(brute.is_repelled(stage, resident, m, error) for m in others)
            assert yes(evolutionarily_stable(g, f"m{i}")) == repels, (k, i)
            found = {x.mutant: x for x in invasions(g, f"m{i}")}
            for j, mutant in enumerate(machines):
                first = next(n for n in range(4) if brute.same_strategy(stage, 0, machines[n], mutant, error))
                if brute.same_strategy(stage, 0, resident, mutant, error):
                    assert f"m{j}" not in found
                elif first == j:
                    x = found.pop(f"m{j}")
                    assert yes(x.where) == brute.can_invade(stage, resident, mutant, error)
                    drifts = not yes(x.where) and not brute.is_repelled(stage, resident, mutant, error)
                    assert yes(x.neutral) == drifts
            assert not found


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_lists_by_role_agree_with_strict_equilibrium(chunk: int) -> None:
    for k in range(chunk, GAMES // 2, CHUNKS):
        error = ERRORS[k % len(ERRORS)]
        stage, (ones, twos) = drawn_list(k, symmetric=False, most=2 if error else 3)
        pairs = {f"m{i}{j}": (one, two) for i, one in enumerate(ones) for j, two in enumerate(twos)}
        g = game(stage, pairs, error)
        for i in range(0, 4, 3):
            for j in range(4):
                own = (ones[i], twos[j])
                base = brute.earns(stage, own, error)
                gains = [
                    brute.earns(stage, (own[0], m) if player else (m, own[1]), error)[player] - base[player]
                    for player, rivals in enumerate((ones, twos))
                    for m in rivals
                    if not brute.same_strategy(stage, player, own[player], m, error)
                ]
                assert yes(uninvaded(g, f"m{i}{j}")) == all(v < 0 for v in gains), (k, i, j)
                assert any(yes(x.where) for x in invasions(g, f"m{i}{j}")) == any(v > 0 for v in gains)
                assert any(yes(x.neutral) for x in invasions(g, f"m{i}{j}")) == any(v == 0 for v in gains)


def test_three_players_by_unilateral_changes() -> None:
    """Every 25th case of the generator has three players; the list is two such profiles on the first one's stage."""
    seen: Counter[bool] = Counter()
    for k in range(0, 1500, 25):
        stage, own, _ = drawn(k)
        others = drawn(k + 25)[1]
        names = ("one", "two", "three")
        rows = tuple(tuple(map(number, stage.payoffs[a])) for a in product(*stage.choices))
        form = NormalForm(tuple(map(Player, names, stage.choices)), rows)
        profiles = tuple(
            Profile(i, tuple((n, automaton(m, names)) for n, m in zip(names, listed, strict=True)))
            for i, listed in (("own", own), ("others", others))
        )
        g = RepeatedGame(repeated(form, tuple(map(number, stage.discounts))), profiles)
        base = brute.earns(stage, own)
        gains = {}
        for i, name in enumerate(names):
            changed = (*own[:i], others[i], *own[i + 1 :])
            gains[name] = brute.earns(stage, changed)[i] - base[i]
        found = {x.player: x for x in invasions(g, "own")}
        for name, x in found.items():  # those that play alike are left out, and gain nothing
            assert yes(x.where) == (gains[name] > 0) and yes(x.neutral) == (gains[name] == 0), k
        assert all(gains[name] == 0 for name in names if name not in found)
        assert yes(uninvaded(g, "own")) == all(gains[name] < 0 for name in found)
        seen[yes(uninvaded(g, "own"))] += 1
    assert min(seen[True], seen[False]) > 2


def test_the_random_lists_are_of_every_kind() -> None:
    kinds: Counter[str] = Counter()
    for k in range(GAMES):
        stage, (machines, _) = drawn_list(k, symmetric=True)
        for resident, mutant in product(machines, repeat=2):
            if brute.same_strategy(stage, 0, resident, mutant):
                kinds["alike"] += resident is not mutant
            elif brute.can_invade(stage, resident, mutant):
                level = brute.meeting(stage, mutant, resident) == brute.meeting(stage, resident, resident)
                kinds["second" if level else "first"] += 1
            else:
                kinds["repelled" if brute.is_repelled(stage, resident, mutant) else "neutral"] += 1
    assert all(kinds[name] > 50 for name in ("alike", "first", "second", "repelled", "neutral")), kinds


def test_risk_dominance_by_the_half_and_half_rule() -> None:
    """In a symmetric pair: the better reply to both with probability one half, and an equilibrium."""
    seen: Counter[bool] = Counter()
    for k in range(GAMES):
        stage, (machines, _) = drawn_list(k, symmetric=True)
        one, two = machines[:2]
        if brute.same_strategy(stage, 0, one, two):
            continue
        g = game(stage, {"one": (one, brute.mirrored(one)), "two": (two, brute.mirrored(two))})
        a, b = brute.meeting(stage, one, one), brute.meeting(stage, one, two)
        c, d = brute.meeting(stage, two, one), brute.meeting(stage, two, two)
        for strict in (True, False):
            better = a + b > c + d if strict else a + b >= c + d
            assert yes(profile_risk_dominates(g, "one", "two", strict=strict)) == (a >= c and better), k
            seen[a >= c and better] += 1
    assert min(seen[True], seen[False]) > 50


def test_risk_dominance_by_the_products_of_losses() -> None:
    seen: Counter[str] = Counter()
    for k in range(GAMES):
        stage, (ones, twos) = drawn_list(k, symmetric=False)
        g = game(stage, {"one": (ones[0], twos[0]), "two": (ones[1], twos[1])})
        u = {(i, j): brute.earns(stage, (ones[i], twos[j])) for i in (0, 1) for j in (0, 1)}
        stays = (u[0, 0][0] - u[1, 0][0], u[0, 0][1] - u[0, 1][1])
        leaves = (u[1, 1][0] - u[0, 1][0], u[1, 1][1] - u[1, 0][1])
        for strict in (True, False):
            larger = stays[0] * stays[1] - leaves[0] * leaves[1]
            expected = min(stays) >= 0 and (min(leaves) < 0 or larger > 0 or (larger == 0 and not strict))
            assert yes(profile_risk_dominates(g, "one", "two", strict=strict)) == expected, k
        both = min(stays) >= 0 and min(leaves) >= 0
        seen["both" if both else "one" if min(stays) >= 0 else "none"] += 1
    assert min(seen.values()) > 20


# -- renegotiation ------------------------------------------------------------------------------------------
def test_renegotiation_by_definition() -> None:
    kinds: Counter[object] = Counter()
    cases = [drawn(k) for k in range(200)] + [(*drawn_threat(k), F(0)) for k in range(800)]
    for k, (stage, machines, error) in enumerate(cases):
        if len(machines) != 2:
            continue
        g = game(stage, {"p": machines}, error)
        expected = brute.renegotiation_proof(stage, machines, error)
        assert yes(renegotiation_proof(g, "p")) == expected, k
        kinds[expected, subgame_perfect(stage, machines, error)] += 1
    assert kinds[False, True] > 20 and kinds[True, True] > 50 and kinds[False, False] > 50


# -- games that end -----------------------------------------------------------------------------------------
def test_finite_plans_by_definition() -> None:
    kinds: Counter[object] = Counter()
    for k in range(400):
        stage, machines, error = drawn(k)
        if len(machines) != 2:
            continue
        rounds = 1 + k % 4
        expected = brute.finite_subgame_perfect(stage, machines, rounds, error)
        assert yes(finite_test(game(stage, {"p": machines}, error), "p", rounds)) == expected, k
        whole = Stage(stage.choices, stage.payoffs, (F(1), F(1)))
        alike = brute.finite_subgame_perfect(whole, machines, rounds, error)
        assert (
            yes(finite_test(game(stage, {"p": machines}, error), "p", rounds, undiscounted=True)) == alike
        ), k
        kinds[expected, rounds > 1] += 1
        kinds["differ"] += alike != expected
    assert kinds[True, True] > 30 and kinds[False, True] > 100 and kinds["differ"] > 0


def test_finite_outcomes_by_trying_all_plans() -> None:
    """Two rounds, two actions: every pair of plans; and the recursion in numbers for three rounds."""
    rng = Random("finite outcomes")
    counts = []
    for k in range(60):
        stage = drawn_stage(rng, symmetric=k % 2 == 0)
        if k % 3 == 0:
            stage = Stage(stage.choices, stage.payoffs, (F(1), F(1)))
        g, factors = form(stage), dict(zip(PLAYERS, stage.discounts, strict=True))
        if len(stage.choices[0]) == 2:
            expected = brute.paths_of_two_rounds(stage)
            assert (
                {o.path for o in finite_outcomes(g, 2, factors)} == expected == brute.finite_paths(stage, 2)
            )
        three = brute.finite_paths(stage, 3)
        counts.append(len(three))
        if len(three) < 200:
            found = finite_outcomes(g, 3, factors)
            assert {o.path for o in found} == three, k
            assert all(yes(o.region) for o in found)
    assert 0 in counts and 1 in counts and max(counts) > 5


def test_unravelling_is_where_all_equilibria_pay_the_same() -> None:
    """By the extreme equilibria of the oracle; and then no path leaves the equilibria of the stage."""
    rng = Random("unravelling")
    seen: Counter[bool] = Counter()
    for _ in range(80):
        stage = drawn_stage(rng, symmetric=False)
        tables = [
            [[stage.payoffs[a, b][i] for b in stage.choices[1]] for a in stage.choices[0]] for i in (0, 1)
        ]
        pays = {
            tuple(
                sum((x[i] * y[j] * t[i][j] for i in range(len(x)) for j in range(len(y))), F(0))
                for t in tables
            )
            for x, y in extreme_equilibria(*tables)
        }
        expected = len(pays) == 1
        assert yes(unravels(form(stage))) == expected
        seen[expected] += 1
        if expected:
            once = {path[0] for path in brute.finite_paths(stage, 1)}
            assert all(done in once for path in brute.finite_paths(stage, 3) for done in path)
    assert min(seen[True], seen[False]) > 15


# -- the brute force itself, on what anybody can work out ---------------------------------------------------
def dilemma(discount: F) -> Stage:
    pay = {("C", "C"): (3, 3), ("C", "D"): (0, 5), ("D", "C"): (5, 0), ("D", "D"): (1, 1)}
    return Stage((("C", "D"),) * 2, {a: (F(x), F(y)) for a, (x, y) in pay.items()}, (discount, discount))


def always(action: str) -> Machine:
    return Machine(({action: F(1)},), ({a: {0: F(1)} for a in product("CD", repeat=2)},))


def turning(after: set[tuple[str, str]], back: bool) -> Machine:
    """Plays C, and D once one of these has been done: for ever, or with `back` until it is not done."""
    first = {a: {int(a in after): F(1)} for a in product("CD", repeat=2)}
    return Machine(({"C": F(1)}, {"D": F(1)}), (first, first if back else {a: {1: F(1)} for a in first}))


GRIM = turning({("C", "D"), ("D", "C"), ("D", "D")}, back=False)
TIT_FOR_TAT = turning({("C", "D"), ("D", "D")}, back=True)


def test_the_brute_force_by_hand() -> None:
    """5, 3, 1, 0: grim is safe from defection above 1/2, at 1/2 it is not, since defection does better against
    itself than grim does against it; unconditional cooperation is neutral against grim."""
    for discount, enters in (("49/100", True), ("1/2", True), ("51/100", False)):
        assert brute.can_invade(dilemma(F(discount)), GRIM, always("D")) is enters
    assert not brute.can_invade(dilemma(F(3, 4)), GRIM, always("C"))
    assert not brute.is_repelled(dilemma(F(3, 4)), GRIM, always("C"))
    assert brute.can_invade(dilemma(F(3, 4)), always("C"), always("D"))
    stage = dilemma(F(3, 4))
    pair = (GRIM, brute.mirrored(GRIM))
    assert nash(stage, pair) and subgame_perfect(stage, pair) and not brute.renegotiation_proof(stage, pair)
    assert brute.renegotiation_proof(stage, (always("D"), always("D")))
    assert not brute.renegotiation_proof(stage, (always("C"), always("C")))


def test_what_counts_as_the_same_strategy_by_hand() -> None:
    """Grim that is triggered by its own defection too differs from one that is not only by what follows slips."""
    only_other = turning({("C", "D"), ("D", "D")}, back=False)
    stage = dilemma(F(1, 2))
    assert brute.same_strategy(stage, 0, GRIM, only_other)
    assert not brute.same_strategy(stage, 0, GRIM, only_other, F(1, 10))
    assert not brute.same_strategy(stage, 0, GRIM, TIT_FOR_TAT)
    assert brute.mirrored(brute.mirrored(TIT_FOR_TAT)) == TIT_FOR_TAT


def test_finite_games_by_hand() -> None:
    """A dilemma unravels; in chicken 7, 6, 2, 0 both restrain first and then concede in turn, undiscounted."""
    assert brute.finite_paths(dilemma(F(1)), 3) == {(("D", "D"),) * 3}
    assert brute.paths_of_two_rounds(dilemma(F(1))) == {(("D", "D"),) * 2}
    assert not brute.finite_subgame_perfect(dilemma(F(1)), (GRIM, brute.mirrored(GRIM)), 2)
    assert brute.finite_subgame_perfect(dilemma(F(1)), (always("D"), always("D")), 3)
    pay = {("C", "C"): (6, 6), ("C", "D"): (2, 7), ("D", "C"): (7, 2), ("D", "D"): (0, 0)}
    chicken = Stage((("C", "D"),) * 2, {a: (F(x), F(y)) for a, (x, y) in pay.items()}, (F(1), F(1)))
    assert (("C", "C"), ("C", "D"), ("D", "C")) in brute.finite_paths(chicken, 3)
    assert all(path[0] != ("C", "C") for path in brute.finite_paths(chicken, 2))
    assert brute.worth_of(chicken, (("C", "C"), ("C", "D"))) == (8, 13)
