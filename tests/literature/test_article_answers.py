"""The first eight claims of the article: each has the exact answer that theory gives it, as a region.

Questions are asked here, of the games and definitions in the model files, and the answers are written out by
hand, from best replies, Bayes' rule or first-order conditions as noted.
"""

from __future__ import annotations

import pytest

import deterrence as dt
from deterrence.algebra.region import all_of
from deterrence.catalogue.models import catalogue
from tests.literature.asking import answers, found, premise, same


@pytest.mark.parametrize("label", [f"A{n}" for n in range(1, 17)])
def test_every_claim_has_a_model(label):
    assert any(c.article == label for name in catalogue() for c in dt.load(name).source.claims)


def test_a1_a_strike_made_one_threatened_and_one_repeated():
    halts = {"every": "P(hurt = halt) == 1"}, {"every": "P(unhurt = halt) == 1"}
    struck, spared = (found("threatened-strike", **q) for q in halts)
    assert dt.equal(struck, spared, premise("threatened-strike", None)).word == "proved"
    answers("threatened-strike", "rho*s >= g", given="b < c", some="P(militia = halt) == 1")
    answers(
        "strike-as-lesson",
        "p0 < g/s and sigma <= p0*(s - g)/(g*(1 - p0))",
        holds="p0*s < g and g - s*p0/(p0 + (1 - p0)*sigma) <= 0",
    )
    answers("enforcement", "s >= g and delta >= c/(c + l)", profile="enforce", is_="subgame-perfect")
    # reputation over two attacks: the first comes if a strike is less likely than g/s, and it is p*s/g
    answers("reputation-for-resolve", "p*s/g < g/s", every="P(first = attack) == 1")
    answers("reputation-for-resolve", "p > g/s", among="d1", every="P(militia = attack) == 0")


def test_a2_what_halts_reveal():
    answers("who-ordered-the-halt", "hS == hF", holds="p*hS/(p*hS + (1 - p)*hF) == p")
    speak_apart = "P(statement[in_control] = claim) != P(statement[powerless] = claim)"
    answers(
        "announced-halt",
        "false",
        given="bU > 0",
        some=f"{speak_apart} and P(statement[in_control] = claim) == 1 and P(statement[powerless] = claim) == 0",
    )
    passed = found("costly-test", some="P(test[in_control] = take) == 1 and P(test[powerless] = take) == 0")
    never_false = found("costly-test", every="P(test[powerless] = take) == 0")
    same("costly-test", all_of((passed, never_false)), "cT <= b < cU")
    for n in (
        1,
        2,
        3,
        4,
    ):  # odds times (K/f)^n against fears that are independent, K^n/f against a shared one
        alone, shared = f"K**{n}/(K**{n} + (1 - p)/p*f**{n})", f"K**{n}/(K**{n} + (1 - p)/p*f)"
        answers("halts-together", "K > f", holds=f"{alone} > p")
        answers("halts-together", f"K**{n} > f", holds=f"{shared} > p")
    answers("halts-together", "K > f", given="phi == 0", holds="order_and_one > order_so_far")
    answers("halts-together", "true", given="phi == 1", holds="order_and_one < order_so_far")


def test_a3_coercing_the_sponsor_works_in_the_middle_band_only():
    coerced = found("proxy-tree", given="b > c", every="v - x >= k or P(militia = attack) == 0")
    willing = found("proxy-tree", given="b > c", every="v - x <= k or P(militia = attack) == 1")
    band = all_of((coerced, willing, dt.region("v - x != k")))
    same("proxy-tree", all_of((band, dt.region("v - x < k"))), "v - x < k and s > gW", given="b > c")
    same(
        "proxy-tree",
        all_of((band, dt.region("v - x > k"))),
        "v - x > k and s < gF and s != gW",
        given="b > c",
    )
    for i in (1, 2, 3):
        answers("groups-of-their-own", f"rho*s > a{i} + w{i}*z", every=f"militia{i} = halt")
    answers(
        "groups-of-their-own",
        "rho*s >= a1 and rho*s >= a2 and rho*s >= a3",
        given="z == 0",
        some="militia1 = halt and militia2 = halt and militia3 = halt",
    )


def test_a4_three_meanings():
    # a militia with benefit B halts where the pain is at least B
    dominance = "forall B: (a < B and c < B) or a + c + k >= B"
    answers("strike-and-sanction-meanings", "k >= -min(a, c)", holds=dominance)
    answers(
        "strike-and-sanction-meanings",
        "k >= 0",
        given="a + c + k <= M",
        holds="deterred_by_both >= deterred_by_strike + deterred_by_sanction",
    )
    answers(
        "strike-and-sanction-meanings",
        "a + c <= M",
        given="a + c + k > M",
        holds="deterred_by_both >= deterred_by_strike + deterred_by_sanction",
    )
    answers(
        "strike-and-sanction-meanings",
        "max(a, c) < B <= a + c + k",
        holds="not a >= B and not c >= B and a + c + k >= B",
    )
    answers(
        "three-instruments",
        "a + c + d <= M",
        given="k_ac + k_ad + k_cd + k >= 0 and pain_acd > M",
        holds="deterred >= (min(a, M) + min(c, M) + min(d, M))/M",
    )
    answers(
        "three-instruments", "true", holds="b - b*(1 - kappa)*(1 - zeta)*(1 - chi) < b*kappa + b*zeta + b*chi"
    )
    # all three are used, for sure, only against a militia that no two would stop, if they are worth their cost
    pairs = "B > a + c + k and B > a + d and B > c + d"
    answers(
        "instruments-chosen",
        f"{pairs} and B < a + c + k + d and h > eS + eZ + eC",
        every="P(outcome = SZCH) == 1",
    )


def test_a5_denial_resupply_and_the_target_mix():
    answers("denial-or-threat", "kappa >= 1 - k/(p*b)", given="u < 0", some="P(disarmed = halt) == 1")
    answers(
        "capability-over-time",
        "r/kappa < Kmin",
        given="K0 >= Kmin",
        holds="exists D: r/kappa + D*(K0 - r/kappa) < Kmin",
    )
    for t in (1, 2, 3):  # T* = t: the least t with (1 - kappa)*K0 + t*r >= Kmin
        answers(
            "capability-over-time",
            f"{t} - 1 < (Kmin - (1 - kappa)*K0)/r <= {t}",
            given=f"t == {t}",
            holds="hit + (t - 1)*r < Kmin <= hit + t*r",
        )
    # indifference at three sites: v_i*(1 - p*y_i) = W with sum y = 1, and x_i*v_i the same for all
    everywhere = (
        "(2 - p)*vi*vs < vc*(vi + vs) and (2 - p)*vc*vs < vi*(vc + vs) and (2 - p)*vc*vi < vs*(vc + vi)"
    )
    worth = "(3 - p)/(1/vc + 1/vi + 1/vs)"
    answers(
        "target-allocation",
        "true",
        given=everywhere,
        every=f"payoff(retaliator) == {worth} and P(defender = command) == (1 - {worth}/vc)/p"
        f" and P(defender = stores) == (1 - {worth}/vs)/p"
        " and P(retaliator = command)*vc == P(retaliator = stores)*vs",
    )


def test_a6_costly_signals():
    apart = "P(response[resolute] = broad) == 1 and P(response[irresolute] = broad) == 0"
    answers("signal-of-resolve", "(1 - p)*vL <= m <= (1 - p)*(vH - wH)", given="n == 0", some=apart)
    answers(
        "signal-of-resolve",
        "n >= (1 - p)*vL/p and wL <= -(1 - p)*vL/p and vH >= wH",
        given="m == 0",
        some=apart,
    )


def test_a7_budgets_and_rallies():
    answers(
        "sponsor-budget",
        "zeta > eta/((1 + theta)*(1 + eta))",
        holds="(1 - zeta)*theta*(1 + eta)/(1 + theta*(1 + eta)) < theta/(1 + theta)",
    )
    answers("sponsor-budget", "x == theta*B/(1 + theta)", holds="theta/x - 1/(B - x) == 0")
    answers(
        "sponsor-budget",
        "true",
        given="a >= Kmin",
        holds="a + lam*squeezed >= Kmin and a + lam*support >= Kmin",
    )


def test_a8_bargains_and_expectations():
    answers(
        "bargaining-uniform",
        "x == p + (M - cA)/2",
        holds="diff(x*(1 - (x - p)/M) + (p - cA)*(x - p)/M, x) == 0",
    )
    answers("bargaining-uniform", "true", given="x == p + (M - cA)/2", holds="(x - p)/M == (M - cA)/(2*M)")
    answers("bargaining-uniform", "true", given="x == p + (M - cA)/2", holds="worth == p + (M - cA)**2/(4*M)")
    answers(
        "bargaining-two-types",
        "q <= (cH - cL)/(cH + cA)",
        given="e == 0",
        some="P(demand = ask_much) == 1 and P(reply_little[low_cost] = accept) == 1 and P(reply_much[high_cost] = accept) == 1",
    )
    answers(
        "conflict-expectations",
        "cS/cT <= kappa < cT/cS",
        holds="exists x: x*(1 + kappa) <= cT - kappa*cS and kappa*cT >= cS",
    )
    answers(
        "conflict-expectations",
        "kappa*cT >= cS and x <= (cT - kappa*cS)/(1 + kappa)",
        some="P(outcome = CON) == 1",
    )
