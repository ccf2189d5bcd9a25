"""Claims nine to sixteen of the article: each has the exact answer that theory gives it, as a region.

As in `test_article_answers`, questions and answers are written here by hand.
"""

from __future__ import annotations

from deterrence.algebra.region import all_of
from tests.literature.asking import answers, found, same


def test_a9_six_mechanisms_and_their_reaction_to_severity():
    rate = found("inspection", every="P(militia = attack) == (c + k)/(b + k) and P(us = strike) == g/(s - e)")
    same("inspection", rate, "true")  # severity s is not in the attack rate
    answers("six-mechanisms", "x == (c + k)/(b + k)", holds="x*(-h + b - c) + (1 - x)*(-c - k) == x*(-h)")
    for definition, instrument, sign in (
        ("(c + k)/(b + k)", "s", "=="),
        ("1 - quiet", "s", "=="),
        ("1 - rho*s/G", "s", "<"),
        ("r/(Kmin - (1 - kappa)*K)", "kappa", "<"),
        ("(g/s)**3", "s", "<"),
    ):
        answers("six-mechanisms", "true", holds=f"diff({definition}, {instrument}) {sign} 0")
    # the derivative of ln(x/(1 - x)) = lam*(g - y*(s - e)) and ln(y/(1 - y)) = lam*(x*(b + k) - c - k)
    logit = "dx/(x*(1 - x)) == lam*(-y - (s - e)*lam*y*(1 - y)*(b + k)*dx)"
    answers("six-mechanisms", "true", given=logit, holds="dx < 0")
    answers("enforcement", "true", profile="attacks", is_="subgame-perfect")


def test_a10_sanctions_because_of_the_risk_of_war():
    answers(
        "strike-or-sanction",
        "c - z < (m - n)*h <= c + w*L - z",
        holds="m*h - c > n*h - z and m*h - c - w*L <= n*h - z",
    )
    answers(
        "four-responses",
        "n*h >= z and (m - n)*h <= c + w*L - z and (q - n)*h <= c + w2*L",
        holds="sanction >= nothing and sanction >= strike and sanction >= both",
    )
    answers(
        "escalation-hazard",
        "w*L > z - c",
        given="v < min(f, x) and c < z < h",
        every="P(retaliator = sanction) == 1",
    )
    answers("escalation-hazard", "v < f and z < h and (v > x or z < c + w*L)", every="P(outcome = ZS) == 1")


def test_a11_sanctions_that_backfire():
    answers("sponsor-budget", "zeta < eta/((1 + theta)*(1 + eta))", holds="squeezed > support")
    slope = "price*(dx*y - x*(-x - price*dx)) == -sigma*x*y"
    answers("price-of-support", "sigma < 1", given=slope, holds="x + price*dx > 0")
    answers("price-of-support", "true", given=slope, holds="dx < 0")
    answers("sanctions-lifted", "psi > l", holds="diff(v0 + psi*z - cs - z + (1 - l)*z, z) > 0")
    answers(
        "forward-defence",
        "(psi*H - l)*z > cs - mu0*H",
        given="d > b and mu0*H < cs",
        every="P(sponsor = support) == 1",
    )


def test_a12_war_risk_and_spirals():
    answers(
        "retaliation-or-restraint",
        "h_s/((1 - h_s)*(1 - u_s)) > h_r/((1 - h_r)*(1 - u_r))",
        chain="absorb(war_by_retaliation) > absorb(war_by_restraint)",
    )
    answers("proportional-retaliation", "k1*k2 >= 1", holds="forall x: k1*(k2*x + b) + a > x")
    answers(
        "conflict-game",
        "x == 1/3",
        given="mu == 1/4 and d == 1/2 and M == 1 and x <= M",
        holds="(x/M)*(-x) + (1 - x/M)*(mu - x) == (x/M)*(-d)",
    )


def test_a13_another_war():
    after = found("other-war", some="P(after = halt) == 1")
    during = found("other-war", every="P(during = attack) == 1")
    same("other-war", all_of((after, during)), "g0 <= rho*s < g0 + lam")
    answers("two-fronts", "delta >= (g1 + g2)/(g1 + g2 + l1 + l2)", profile="linked", is_="subgame-perfect")
    answers(
        "two-fronts",
        "delta >= g1/(g1 + l1) and delta >= g2/(g2 + l2)",
        profile="separate",
        is_="subgame-perfect",
    )


def test_a14_forward_defence():
    answers(
        "sanctions-lifted", "z >= (v0 - cs)/l", given="psi == 0 and l > 0", some="P(sanctioned = stop) == 1"
    )
    answers(
        "sanctions-lifted", "false", given="l == 0 and psi == 0 and v0 > cs", some="P(sanctioned = stop) > 0"
    )
    answers("sanctions-lifted", "(l - psi)*z >= v0 - cs", some="P(sanctioned = stop) == 1")
    # where proxies keep a hostile rival away, support is worth (mu0 + psi*z)*H
    answers("forward-defence", "(l - psi*H)*z >= mu0*H - cs", given="d > b", some="P(sponsor = stop) == 1")
    answers(
        "forward-defence", "false", given="d > b and psi*H >= l and mu0*H > cs", some="P(sponsor = stop) > 0"
    )


def test_a15_the_contest():
    answers(
        "contest-for-influence",
        "x == V1**2*V2/(V1 + V2)**2 and y == V2**2*V1/(V1 + V2)**2",
        given="c1 == 1 and c2 == 1",
        holds="diff(V1*x/(x + y) - x, x) == 0 and diff(V2*y/(x + y) - y, y) == 0",
    )
    answers("contest-for-influence", "V2*c1 < V1*c2", holds="diff(Y, c1) > 0")


def test_a16_windows():
    answers(
        "delicate-balance",
        "g*alpha <= rho*K and g*gamma*(1 - delta) <= rho*delta*l",
        holds="exists s: rho*s >= g and alpha*s <= K and gamma*s <= delta*l/(1 - delta)",
    )
    answers(
        "response-and-escalation",
        "rho*s >= g and alpha*s <= K",
        some="P(militia = halt) == 1 and P(reply = absorb) == 1",
    )
    answers(
        "enforcement-war-risk",
        "(g - s)/(W_M - s) <= h <= (delta*l/(1 - delta) - c)/(W_R - c)",
        given="W_R >= delta*l/(1 - delta)",
        profile="enforce",
        is_="subgame-perfect",
    )
    answers(
        "risk-threat",
        "(g + w)/(g + D) <= min(1, (1 - p)*(v + l)/(p*(U - l)))",
        holds="exists r: -w >= (1 - r)*g - r*D and (1 - p)*v + p*(-r*U - (1 - r)*l) >= -l",
    )


def test_printed_numbers():
    """Values that the sources, or the working-out of their teaching versions, print."""
    given = "gamma == 1/2 and d == 4/5 and f == 1/5"  # the cutoff (37 - sqrt(649))/30, about 0.384
    answers("attribution-one-suspect", "(30*x - 37)**2 == 649", given=given, holds="surplus == 0")
    answers("attribution-one-suspect", "x == d", given="f == 0", holds="surplus == 0")
    uniform = "M == 1/2 and cA == 1/10"
    answers("bargaining-uniform", "x == p + 1/5", given=uniform, holds="diff(worth, x) == 0")
    answers("bargaining-uniform", "true", given=uniform, holds="risk == 2/5")
    numbers = "g == 3 and s == 8 and e == 1 and c == 1 and k == 1 and b == 4"
    answers(
        "inspection",
        "true",
        given=numbers,
        every="P(militia = attack) == 2/5 and P(us = strike) == 3/7",
    )
