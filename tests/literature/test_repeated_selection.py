"""Published results on which equilibria of repeated games last: risk dominance, renegotiation, folk theorem, ends.

Regions are found in symbols; each is proved equal to the published or hand-derived one, and then compared at
exact points, ties among them, with the brute force of `tests/oracles/lasting.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

import deterrence as dt
from deterrence.games.automata import OTHER, OWN, Automaton, AutomatonState, Rule, bound, surely
from deterrence.games.path_plans import path_plan
from deterrence.games.repeated import RepeatedGame
from deterrence.games.strategies import (
    always_cooperate,
    always_defect,
    contrite_tit_for_tat,
    grim,
    limited_retaliation,
    nash_reversion,
    suspicious_tit_for_tat,
    tit_for_tat,
    win_stay_lose_shift,
)
from deterrence.solve.finite_horizon import finite_outcomes, finite_test, unravels
from deterrence.solve.folk_theorem import folk_theorem
from deterrence.solve.individual_rationality import individually_rational
from deterrence.solve.invasion import evolutionarily_stable, uninvaded
from deterrence.solve.nash import nash
from deterrence.solve.renegotiation import renegotiation_proof, renegotiations
from deterrence.solve.repeated_risk import profile_risk_dominates
from deterrence.solve.reversion import reversion
from tests.literature.repeated_games import ACTIONS, NUMBERS, game, same
from tests.oracles import lasting as brute
from tests.oracles.machines import Machine, Stage, subgame_perfect

A = ACTIONS


# -- selection ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("cooperation", [grim, tit_for_tat])
def test_the_threshold_of_risk_dominance(cooperation) -> None:
    """Cooperation against defection: T + P - S - R over T - S, itself a tie."""
    g = game("dilemma", cooperation(A), always_defect(A))
    ids = [p.id for p in g.profiles]
    same(profile_risk_dominates(g, *ids), "d > (T + P - S - R)/(T - S)", g)
    same(profile_risk_dominates(g, *ids, strict=False), "d >= (T + P - S - R)/(T - S)", g)
    same(profile_risk_dominates(g, *reversed(ids)), "d < (T + P - S - R)/(T - S)", g)
    numbers = game("dilemma", cooperation(A), always_defect(A), payoffs=NUMBERS["dilemma"])
    same(profile_risk_dominates(numbers, *ids), "d > 3/5", numbers)


def test_risk_dominance_asks_for_an_equilibrium() -> None:
    """In chicken defection is no equilibrium against a cooperator of the same kind, so cooperation needs no more
    than to be one; and where neither is, neither dominates."""
    g = game("chicken", always_cooperate(A), always_defect(A))
    same(profile_risk_dominates(g, "always-cooperate", "always-defect"), "false", g)
    same(profile_risk_dominates(g, "always-defect", "always-cooperate"), "false", g)
    g = game("chicken", grim(A), always_defect(A))
    same(profile_risk_dominates(g, "grim", "always-defect", strict=False), "d >= (T - R)/(T - P)", g)


# -- invasion -----------------------------------------------------------------------------------------------
def test_who_is_safe_from_whom_in_the_dilemma() -> None:
    """Tit-for-tat keeps defection out strictly above (T-R)/(T-P); cooperators drift in, so it is no ESS; where
    suspicious tit-for-tat is listed too, alternation must not pay either."""
    g = game("dilemma", tit_for_tat(A), always_defect(A), always_cooperate(A))
    same(uninvaded(g, "tit-for-tat"), "d > (T - R)/(T - P)", g)
    same(evolutionarily_stable(g, "tit-for-tat"), "false", g)
    same(uninvaded(g, "always-defect"), "true", g)
    same(evolutionarily_stable(g, "always-defect"), "true", g)
    same(uninvaded(g, "always-cooperate"), "false", g)
    g = game("dilemma", tit_for_tat(A), always_defect(A), suspicious_tit_for_tat(A))
    same(uninvaded(g, "tit-for-tat"), "d > (T - R)/(T - P) and d >= (T - R)/(R - S)", g)


def test_errors_make_an_ess_possible() -> None:
    """Boyd: with errors even cooperation by contrite tit-for-tat can repel what was neutral before."""
    listed = (contrite_tit_for_tat(A), always_cooperate(A), always_defect(A))
    quiet = game("dilemma", *listed, payoffs=NUMBERS["dilemma"])
    same(evolutionarily_stable(quiet, "contrite-tit-for-tat"), "false", quiet)
    noisy = game("dilemma", *listed, payoffs=NUMBERS["dilemma"], error="e", given=["0 < e", "e < 1/4"])
    stable = evolutionarily_stable(noisy, "contrite-tit-for-tat")
    assert dt.is_empty(stable, noisy.domain.given).word == "refuted"
    assert stable.contains({"d": F(9, 10), "e": F(1, 100)})


def test_patience_of_its_own_makes_roles_differ() -> None:
    """With two discount factors the roles differ, so a change must cost strictly; grim in place of tit-for-tat
    costs nothing, defection costs above each player's own threshold."""
    alone = game("dilemma", tit_for_tat(A), always_defect(A), discounts=("d", "f"))
    same(uninvaded(alone, "tit-for-tat"), "d > (T - R)/(T - P) and f > (T - R)/(T - P)", alone)
    beside = game("dilemma", tit_for_tat(A), grim(A), discounts=("d", "f"))
    same(uninvaded(beside, "tit-for-tat"), "false", beside)


# -- renegotiation ------------------------------------------------------------------------------------------
def penance(rounds: int) -> Automaton:
    """Who defects alone must cooperate while the other defects, for some rounds, and starts anew if it does not."""

    def step(k: int, own: bool) -> AutomatonState:
        name, other = ("own", "other") if own else ("other", "own")
        on = "peace" if k == rounds else f"{name}{k + 1}"
        paid = ((OWN if own else OTHER, "C"),)
        return AutomatonState(
            f"{name}{k}",
            (("", surely("C" if own else "D")),),
            (Rule(paid, surely(on)), Rule((), surely(f"{name}1"))),
        )

    peace = AutomatonState(
        "peace",
        (("", surely("C")),),
        (
            Rule(((OWN, "D"), (OTHER, "C")), surely("own1")),
            Rule(((OWN, "C"), (OTHER, "D")), surely("other1")),
            Rule((), surely("peace")),
        ),
    )
    steps = [step(k, own) for k in range(1, rounds + 1) for own in (True, False)]
    return Automaton(f"penance-{rounds}", "peace", (peace, *steps))


def test_grim_and_mutual_punishment_are_renegotiated_away() -> None:
    """They are subgame perfect somewhere, but both would rather forgive than punish; defection has no alternative."""
    for strategy in (grim(A), win_stay_lose_shift(A), limited_retaliation(A, 2, True)):
        g = game("dilemma", strategy)
        same(renegotiation_proof(g, strategy.name), "false", g)
        assert renegotiations(g, strategy.name)
    g = game("dilemma", grim(A), always_defect(A))
    (found,) = renegotiations(g, "grim")
    assert (found.state[1], found.better[1]) == (("war", "war"), ("peace", "peace"))
    same(found.where, "d >= (T - R)/(T - P)", g)
    same(renegotiation_proof(g, "always-defect"), "true", g)


def test_penance_is_proof_against_renegotiation() -> None:
    """By hand, for one round: T - R <= d(R - S) keeps the peace, P - S <= d(R - S) makes penance worth doing.  For two
    rounds T - R <= (d + d^2)(R - S) and, in the first of them, P - S <= d^2(R - S).  The punisher gets T or R, more
    than any change would bring, and is never worse off than in peace, so that nobody's loss is everybody's."""
    one = game("dilemma", penance(1))
    same(renegotiation_proof(one, "penance-1"), "T - R <= d*(R - S) and P - S <= d*(R - S)", one)
    two = game("dilemma", penance(2))
    expected = "T - R <= (d + d**2)*(R - S) and P - S <= d**2*(R - S)"
    same(renegotiation_proof(two, "penance-2"), expected, two)
    contrite = game("dilemma", contrite_tit_for_tat(A))
    same(
        renegotiation_proof(contrite, "contrite-tit-for-tat"),
        "d >= (T - R)/(R - S) and d >= (P - S)/(R - S)",
        contrite,
    )
    chicken = game("chicken", nash_reversion(A))
    same(renegotiation_proof(chicken, "nash-reversion"), "d >= (T - R)/(T - S)", chicken)


# -- what can be sustained at all -----------------------------------------------------------------------------
def stage(order: str, payoffs: dict[str, int] | None = None) -> dt.NormalForm:
    names = {k: payoffs[k] if payoffs else k for k in "RSTP"}
    orders = {"dilemma": ["T > R", "R > P", "P > S"], "chicken": ["T > R", "R > S", "S > P"], "any": []}
    own = [[names["R"], names["S"]], [names["T"], names["P"]]]
    other = [[names["R"], names["T"]], [names["S"], names["P"]]]
    return dt.NormalForm.from_arrays(
        own, other, actions=[["C", "D"]] * 2, assumptions=[] if payoffs else orders[order]
    )


def proved(found: dt.Region, expected: str, given: dt.Region) -> None:
    assert dt.equal(found, dt.region(expected), given).word == "proved", f"{found} is not {expected}"


def test_friedman_s_threshold() -> None:
    pd = stage("dilemma")
    found = reversion(pd, ["C", "C"], ["D", "D"])
    proved(found.region, "delta >= (T - R)/(T - P)", found.given)
    apart = reversion(pd, ["C", "C"], ["D", "D"], {"row": "d", "column": "f"})
    proved(apart.region, "d >= (T - R)/(T - P) and f >= (T - R)/(T - P)", apart.given)
    assert [c.name for _, c in apart.critical if c] == ["d", "f"]
    none = reversion(pd, ["C", "C"], ["C", "D"])
    proved(none.region, "false", none.given)


def test_reversion_to_the_mixed_equilibrium_of_chicken() -> None:
    """(S + T - R - P)/(T - P), which is 3/7 at 7, 6, 2, 0; reversion to a pure one lets one player go free."""
    mixed = [e for e in nash(stage("chicken")) if not e.is_pure]
    found = reversion(stage("chicken"), ["C", "C"], mixed[0])
    proved(found.region, "delta >= (S + T - R - P)/(T - P)", found.given)
    numbers = stage("chicken", NUMBERS["chicken"])
    (mixed,) = [e for e in nash(numbers) if not e.is_pure]
    found = reversion(numbers, ["C", "C"], mixed)
    proved(found.region, "delta >= 3/7", found.given)
    pure = reversion(stage("chicken"), ["C", "C"], ["C", "D"])
    proved(pure.region, "false", pure.given)


def test_the_folk_theorem_in_the_dilemma_and_in_chicken() -> None:
    pd, chicken = stage("dilemma"), stage("chicken")
    for form in (pd, chicken):
        found = folk_theorem(form, {"row": "R", "column": "R"})
        assert found.minmax == "mixed"
        proved(found.reached, "true", form.domain.given)
        proved(found.excluded, "false", form.domain.given)
    found = folk_theorem(pd, {"row": "P", "column": "P"})  # an equilibrium, but the theorem is silent
    proved(found.reached, "false", pd.domain.given)
    proved(found.excluded, "false", pd.domain.given)
    turns = folk_theorem(pd, {"row": "(T + S)/2", "column": "(T + S)/2"})
    proved(turns.reached, "T + S > 2*P", pd.domain.given)
    proved(turns.excluded, "T + S < 2*P", pd.domain.given)
    out = folk_theorem(chicken, {"row": "T", "column": "T"})
    proved(out.feasible, "false", chicken.domain.given)
    proved(out.excluded, "true", chicken.domain.given)


def test_matching_pennies_pays_its_value_and_nothing_else() -> None:
    """Zero-sum: nobody can be paid more than the value without the other getting less than it can secure."""
    pennies = dt.NormalForm.from_arrays([[1, -1], [-1, 1]])
    found = folk_theorem(pennies, {"row": "x", "column": "y"})
    proved(found.feasible, "x + y == 0 and x <= 1 and x >= -1", dt.region("true"))
    proved(found.reached, "false", dt.region("true"))
    proved(found.excluded, "x != 0 or y != 0", dt.region("true"))


def test_players_with_the_same_interests_lack_the_dimension() -> None:
    """Fudenberg and Maskin's example: three players paid alike, 1 if all do the same.  Each can be held down to
    0 (two others who do different things), yet less than 1/4 is no equilibrium payoff; the theorem must not say so."""
    people = {n: ["a", "b"] for n in ("x", "y", "z")}
    payoffs = {p: [int(len(set(p)) == 1)] * 3 for p in product("ab", repeat=3)}
    same_for_all = dt.NormalForm.from_profiles(people, payoffs)
    found = folk_theorem(same_for_all, {"x": "1/8", "y": "1/8", "z": "1/8"})
    assert found.minmax == "pure"
    assert [str(r) for _, r in found.rational] == ["true"] * 3
    assert (str(found.full_dimension), str(found.reached), str(found.excluded)) == ("false", "false", "false")
    apart = {p: [int(len(set(p)) == 1), int(p[0] == p[1]), int(p[2] == "a")] for p in payoffs}
    assert (
        str(folk_theorem(dt.NormalForm.from_profiles(people, apart), dict.fromkeys("xyz", 1)).full_dimension)
        == "true"
    )


def test_what_a_listed_profile_pays_is_individually_rational() -> None:
    g = game("dilemma", grim(A), always_cooperate(A), always_defect(A))
    for name, expected, strictly in (("grim", "true", "true"), ("always-defect", "true", "false")):
        same(individually_rational(g, name), expected, g)
        same(individually_rational(g, name, strict=True), strictly, g)
    plan = path_plan(
        "sucker", stage("dilemma"), [["C", "D"], ["C", "C"]], {n: ["D", "D"] for n in ("row", "column")}
    )
    one_sided = replace(g, profiles=(plan,))
    same(individually_rational(one_sided, "sucker"), "(1 - d)*S + d*R >= P", one_sided)


# -- games that end -----------------------------------------------------------------------------------------
def test_a_dilemma_unravels() -> None:
    pd, chicken = stage("dilemma"), stage("chicken")
    proved(unravels(pd), "true", pd.domain.given)
    proved(unravels(chicken), "false", chicken.domain.given)
    dominant = dt.region("S > P and R > T or P > S and T > R")
    assert dt.implies(dominant, unravels(stage("any"))).word == "proved"
    for rounds in (1, 2, 3, 4):
        (only,) = finite_outcomes(pd, rounds, "delta")
        assert only.path == (("D", "D"),) * rounds
        proved(only.region, "true", pd.domain.given)


def test_benoit_and_krishna_in_chicken() -> None:
    """Restrain, then concede in turn; whoever departs gets its worse equilibrium twice.  Who concedes last loses more
    later: the row player d^2(T - S), the column player d(T - S), against T - R now."""
    form = stage("chicken")
    plan = path_plan(
        "in-turn", form, [["C", "C"], ["C", "D"], ["D", "C"]], {"row": ["C", "D"], "column": ["D", "C"]}
    )
    g = replace(game("chicken", grim(A)), profiles=(plan,))
    same(finite_test(g, "in-turn", 3), "T - R <= d**2*(T - S)", g)
    same(finite_test(g, "in-turn", 3, undiscounted=True), "true", g)
    same(finite_test(g, "in-turn", 2), "false", g)
    path = (("C", "C"), ("C", "D"), ("D", "C"))
    found = {o.path: o.region for o in finite_outcomes(form, 3, "delta")}
    given = dt.region("0 < delta and delta < 1") & form.domain.given
    proved(found[path], "T - R <= delta**2*(T - S)", given)
    assert all(o.path[0] != ("C", "C") for o in finite_outcomes(form, 2, "delta"))


def test_grim_cannot_last_to_a_known_end() -> None:
    g = game("dilemma", grim(A), always_defect(A))
    for rounds in (1, 2, 5):
        same(finite_test(g, "grim", rounds), "false", g)
        same(finite_test(g, "always-defect", rounds), "true", g)


def test_a_bad_equilibrium_to_fall_back_on() -> None:
    """A dilemma with a third action: (E, E) pays G to both, more than P.  Cooperation until the last round, then E; D
    for ever after a departure.  In two rounds that needs T - R <= d(G - P), and nobody to want to leave E."""
    own = [["R", "S", "S"], ["T", "P", "P"], ["S", "S", "G"]]
    other = [["R", "T", "S"], ["S", "P", "S"], ["S", "P", "G"]]
    form = dt.NormalForm.from_arrays(
        own, other, actions=[["C", "D", "E"]] * 2, assumptions=["T > R", "R > G", "G > P", "P > S"]
    )
    plan = path_plan("plan", form, [["C", "C"], ["E", "E"]], {n: ["D", "D"] for n in ("row", "column")})
    g = dt.repeat(form, "d", {"idle": dict(plan.strategies)})
    same(finite_test(g, "idle", 2), "T - R <= d*(G - P)", g)


# -- regions at points, ties among them ---------------------------------------------------------------------
LISTED = (
    always_cooperate(A),
    always_defect(A),
    grim(A),
    tit_for_tat(A),
    suspicious_tit_for_tat(A),
    contrite_tit_for_tat(A),
    win_stay_lose_shift(A),
    limited_retaliation(A, 2, True),
)


def machine(automaton: Automaton) -> Machine:
    """A library strategy as the brute force writes it, in the row player's role."""
    own = bound(automaton, "row", ["row", "column"])
    order = [own.initial, *(s.name for s in own.states if s.name != own.initial)]
    plays, moves = [], []
    for name in order:
        plays.append({a: F(1) for a, _ in own.state(name).mixture("")})
        move = {}
        for done in product("CD", repeat=2):
            ((to, _),) = own.following(name, dict(zip(("row", "column"), done, strict=True)))
            move[done] = {order.index(to): F(1)}
        moves.append(move)
    return Machine(tuple(plays), tuple(moves))


def points(order: str, count: int) -> Iterator[dict[str, F]]:
    """Exact points of an ordering, small numbers so that thresholds are met with equality often."""
    rng = Random(f"points {order}")
    discounts = [F(x) for x in ("1/4", "1/3", "1/2", "1/2", "2/3", "3/4")]
    for _ in range(count):
        low = sorted(rng.sample(range(6), 4))
        names = {"dilemma": "SPRT", "chicken": "PSRT"}[order]
        yield {**{n: F(v) for n, v in zip(names, low, strict=True)}, "d": rng.choice(discounts)}


@pytest.mark.parametrize("order", ["dilemma", "chicken"])
def test_regions_agree_with_brute_force_at_points(order: str) -> None:
    g: RepeatedGame = game(order, *LISTED)
    machines = {s.name: machine(s) for s in LISTED}
    seen: Counter[object] = Counter()
    regions = {n: (uninvaded(g, n), evolutionarily_stable(g, n), renegotiation_proof(g, n)) for n in machines}
    safer = profile_risk_dominates(g, "contrite-tit-for-tat", "win-stay-lose-shift", strict=False)
    for point in points(order, 120):
        pay = {("C", "C"): "RR", ("C", "D"): "ST", ("D", "C"): "TS", ("D", "D"): "PP"}
        stage_at = Stage(
            (("C", "D"),) * 2, {p: (point[x], point[y]) for p, (x, y) in pay.items()}, (point["d"],) * 2
        )
        for name, own in machines.items():
            free, repels, proof = regions[name]
            others = [m for n, m in machines.items() if n != name]
            safe = not any(brute.can_invade(stage_at, own, m) for m in others)
            assert free.contains(point) == safe, (name, point)
            assert repels.contains(point) == all(brute.is_repelled(stage_at, own, m) for m in others)
            lasts = brute.renegotiation_proof(stage_at, (own, brute.mirrored(own)))
            assert proof.contains(point) == lasts, (name, point)
            seen["safe", safe] += 1
            seen["proof", lasts] += 1
        pair = [machines[n] for n in ("contrite-tit-for-tat", "win-stay-lose-shift")]
        a, b, c, e = (brute.meeting(stage_at, x, y) for x in pair for y in pair)
        assert safer.contains(point) == (a >= c and a + b >= c + e)
    assert min(seen.values()) > 20 and len(seen) == 4


def reverting(outcome: tuple[str, ...], threat: tuple[str, ...], player: int) -> Machine:
    """Plays the outcome as long as everybody has, and the threat for ever after."""
    after = {p: {int(p != outcome): F(1)} for p in product("CD", repeat=2)}
    return Machine(({outcome[player]: F(1)}, {threat[player]: F(1)}), (after, {p: {1: F(1)} for p in after}))


def test_reversion_agrees_with_brute_force_at_points() -> None:
    """Any stage of two actions, outcome and pure threat, against one-shot deviations of the automaton."""
    names = [f"{p}{i}" for p in ("a", "b") for i in range(4)]
    form = dt.NormalForm.from_arrays(
        [["a0", "a1"], ["a2", "a3"]], [["b0", "b1"], ["b2", "b3"]], actions=[["C", "D"]] * 2
    )
    rng = Random("reversion")
    profiles = list(product("CD", repeat=2))
    seen: Counter[bool] = Counter()
    for outcome, threat in product(profiles, repeat=2):
        found = reversion(form, outcome, threat, {"row": "d", "column": "f"}).region
        for _ in range(60):
            point = {n: F(rng.randint(0, 3)) for n in names}
            point |= {
                "d": rng.choice((F(1, 3), F(1, 2), F(2, 3))),
                "f": rng.choice((F(1, 3), F(1, 2), F(2, 3))),
            }
            pay = {p: (point[f"a{k}"], point[f"b{k}"]) for k, p in enumerate(profiles)}
            stage_at = Stage((("C", "D"),) * 2, pay, (point["d"], point["f"]))
            pair = tuple(reverting(outcome, threat, i) for i in (0, 1))
            expected = subgame_perfect(stage_at, pair)
            assert found.contains(point) == expected, (outcome, threat, point)
            seen[expected] += 1
    assert min(seen.values()) > 60
