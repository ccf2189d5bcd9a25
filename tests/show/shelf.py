"""One result of every public function and class, for the tests of displays; small, so that all are quick.

`RESULTS` maps a public name to what makes a result of it; a class makes an example of itself.
"""

from fractions import Fraction
from functools import cache

import deterrence as dt

MOVES = (("hold", "fire"), ("hold", "fire"))
US = ("us", "them")
CHICKEN = dt.NormalForm.from_arrays(
    [[0, "-b"], ["b", "-d"]],
    [[0, "b"], ["-b", "-d"]],
    players=US,
    actions=MOVES,
    assumptions=("0 < b", "b < d"),
)
DILEMMA = dt.NormalForm.from_arrays(
    [["R", "S"], ["T", "P"]],
    [["R", "T"], ["S", "P"]],
    players=US,
    actions=MOVES,
    assumptions=("T > R", "R > P", "P > S"),
)
NUMBERS = dt.NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], players=US, actions=MOVES)
INSPECTION = dt.NormalForm.from_arrays(
    [["g - s", "g"], [0, 0]],
    [["b", 0], [0, "c"]],
    players=("militia", "us"),
    actions=(("attack", "wait"), ("watch", "rest")),
    assumptions=("g > 0", "s > g", "b > 0", "c > 0"),
)
STEPS = {"open": {"player": "challenger", "moves": {"wait": "quiet", "move": "answer"}}}
ANSWER = {"answer": {"player": "defender", "moves": {"yield": "gain", "fight": "war"}}}
ENTRY = dt.ExtensiveForm.build(
    ["challenger", "defender"],
    STEPS | ANSWER,
    {"quiet": [0, 2], "gain": ["g", 1], "war": ["-w", "1 - c"]},
    assumptions=("g > 0", "w > 0"),
)
CRISIS = dt.StochasticGame.build(
    [],
    {
        "crisis": {"to": {"crisis": "u", "war": "h", "peace": "1 - h - u"}},
        "war": {"absorbing": True},
        "peace": {"absorbing": True},
    },
    assumptions=("0 < h", "0 < u", "h + u < 1"),
)


@cache
def chicken():
    return dt.nash(CHICKEN)


@cache
def entry():
    return dt.subgame_perfect(ENTRY)


@cache
def twice(noise=None):
    """The dilemma, repeated, with two listed profiles."""
    return dt.repeat(DILEMMA, "delta", {"grim": "grim", "tit-for-tat": "tit-for-tat"}, noise=noise)


@cache
def talks():
    """A stochastic game in which one side presses or talks, and war or peace ends it."""
    return dt.load("escalation-game").repeated.game


def hidden():
    return dt.typed_tree(
        ["boat", "patrol"],
        {"patrol": {"firm": "p", "weak": "1 - p"}},
        {
            "near": {"player": "boat", "moves": {"turn": "away", "come": "contact"}},
            "contact": {"player": "patrol", "moves": {"fight": "fought", "pass": "through"}},
        },
        {"away": [0, 1], "fought": ["-d", {"firm": 0, "weak": -2}], "through": ["g", -1]},
        assumptions=["0 < p < 1", "d > 0", "g > 0"],
    )


def ladder():
    return dt.region("delta*(T - P) >= T - R and delta < 1 and delta > 0 and T > R and R > P")


B = {"b": 1, "d": 2}
P = Fraction
OPEN = dt.region("b > 0 and d > b")
GIVEN = dt.region("T > R and R > P and delta > 0 and delta < 1")
PATIENT = dt.region("delta*(T - P) >= T - R")
RESULTS = {
    "Actions": lambda: dt.Actions("hold", "fire", "hold", "fire"),
    "Atlas": chicken,
    "Automaton": lambda: dt.strategy("grim", dt.Actions("hold", "fire", "hold", "fire")),
    "AutomatonState": lambda: RESULTS["Automaton"]().states[0],
    "Domain": lambda: CHICKEN.domain,
    "ExtensiveForm": lambda: ENTRY,
    "Model": lambda: dt.from_text(dt.load("strike-restrain").source.text),
    "Monitoring": lambda: dt.load("imperfect-monitoring").repeated.monitoring,
    "Noise": lambda: twice("eps").noise,
    "NormalForm": lambda: CHICKEN,
    "Parameter": lambda: dt.load("strike-restrain").domain.parameters[0],
    "Player": lambda: CHICKEN.players[0],
    "Profile": lambda: twice().profiles[0],
    "Proved": lambda: dt.implies(OPEN, dt.region("d > 0")),
    "Refuted": lambda: dt.some(chicken(), "us = fire and them = fire"),
    "Region": ladder,
    "RepeatedGame": twice,
    "Rule": lambda: RESULTS["Automaton"]().states[0].rules[0],
    "SignalCase": lambda: RESULTS["Monitoring"]().cases[0],
    "StochasticGame": talks,
    "TreePlayer": lambda: dt.TreePlayer("patrol", "Patrol", ("firm", "weak")),
    "Undecided": lambda: dt.Undecided("it was not settled in time"),
    "Vacuous": lambda: dt.every(chicken(), "us = hold", "b > d"),
    "Value": lambda: chicken()["e3"].payoff("us"),
    "agent_form": lambda: dt.agent_form(ENTRY),
    "backward_induction": lambda: dt.backward_induction(ENTRY),
    "canon": lambda: dt.canon("Selten 1978"),
    "catalogue": dt.catalogue,
    "check": lambda: dt.check(dt.from_text(dt.load("strike-restrain").source.text)),
    "compare": lambda: dt.compare(dt.nash(CHICKEN), dt.nash(NUMBERS)),
    "compare_answers": lambda: dt.compare_answers("some", chicken(), "us = hold", dt.nash(NUMBERS)),
    "condition": lambda: dt.condition(CHICKEN.domain, "2*b > d"),
    "correlated": lambda: dt.correlated(CHICKEN),
    "correlated_range": lambda: dt.correlated_range(CHICKEN, "us", B),
    "credible": lambda: dt.credible(dt.tree_nash(ENTRY), entry()),
    "critical_at": lambda: dt.critical_at(dt.region("d + d**2 + d**3 >= g"), "d", {"g": P(1)}),
    "critical_discount": lambda: dt.critical_discount(PATIENT, "delta", GIVEN),
    "eliminate": lambda: dt.eliminate(ladder(), ["delta"], GIVEN),
    "equal": lambda: dt.equal(OPEN, dt.region("b > 0")),
    "equivalences": lambda: dt.equivalences(dt.nash(NUMBERS), dt.nash(NUMBERS)),
    "ess": lambda: dt.ess(CHICKEN),
    "every": lambda: dt.every(chicken(), "us = hold"),
    "evolutionarily_stable": lambda: dt.evolutionarily_stable(twice(), "grim"),
    "exists": lambda: dt.exists(OPEN, ["b"], dt.region("d > 1")),
    "feasible": lambda: dt.feasible(NUMBERS, {"us": "x", "them": "x"}),
    "finite_outcomes": lambda: dt.finite_outcomes(NUMBERS, 2),
    "finite_test": lambda: dt.finite_test(twice(), "grim", 2),
    "first_passage": lambda: dt.first_passage(CRISIS, "war"),
    "first_passages": lambda: dt.first_passages(dt.load("enforcement-war-risk").repeated, "war"),
    "folk_theorem": lambda: dt.folk_theorem(NUMBERS, {"us": "x", "them": "x"}),
    "for_all": lambda: dt.for_all(OPEN, ["b"], dt.region("d > 1"), dt.region("0 < b < 1")),
    "from_text": lambda: dt.from_text(dt.load("strike-restrain").source.text),
    "holds": lambda: dt.holds(CHICKEN.domain, "2*b > d"),
    "implies": lambda: dt.implies(OPEN, dt.region("d > 0")),
    "individually_rational": lambda: dt.individually_rational(twice(), "grim"),
    "invasions": lambda: dt.invasions(twice(), "grim"),
    "is_correlated": lambda: dt.is_correlated(CHICKEN, {MOVES[0]: "1/2", MOVES[0][::-1]: "1/2"}),
    "is_empty": lambda: dt.is_empty(dt.region("b > 0 and b < 0")),
    "ledger": lambda: dt.ledger("A13"),
    "listed_profiles": lambda: dt.listed_profiles(twice()),
    "load": lambda: dt.load("strike-restrain"),
    "load_bearing": lambda: dt.load_bearing(CHICKEN, some="us = fire and them = hold"),
    "logit": lambda: dt.logit(INSPECTION, 1, {"g": 1, "s": 2, "b": 1, "c": 1}),
    "logit_branch": lambda: dt.logit_branch(INSPECTION, [0, 1], {"g": 1, "s": 2, "b": 1, "c": 1}),
    "logit_effect": lambda: dt.logit_effect(INSPECTION, "s", "militia", "attack"),
    "markov_perfect": lambda: dt.markov_perfect(talks()),
    "markov_process": lambda: dt.markov_process(CRISIS, {}),
    "nash": chicken,
    "numeric_backward_induction": lambda: dt.numeric_backward_induction(
        ENTRY.at({"g": P(1), "w": P(2), "c": P(3)})
    ),
    "outcomes": lambda: dt.outcomes(entry()),
    "path_plan": lambda: dt.path_plan(
        "plan", NUMBERS, [("hold", "hold")], {"us": ("fire", "fire"), "them": ("fire", "fire")}
    ),
    "payoff_set": lambda: dt.payoff_set(NUMBERS, "1/2"),
    "perfect_bayesian": lambda: dt.perfect_bayesian(hidden()),
    "point_in": lambda: dt.point_in(OPEN),
    "profile_risk_dominates": lambda: dt.profile_risk_dominates(
        dt.repeat(DILEMMA, "delta", {"grim": "grim", "fire": "always-defect"}), "grim", "fire"
    ),
    "pure_nash": lambda: dt.pure_nash(CHICKEN),
    "read_efg": lambda: dt.read_efg(dt.write_efg(ENTRY.at({"g": P(1), "w": P(2), "c": P(3)}))),
    "read_nfg": lambda: dt.read_nfg(dt.write_nfg(NUMBERS)),
    "region": lambda: dt.region("2*b > d"),
    "renegotiation_proof": lambda: dt.renegotiation_proof(twice(), "grim"),
    "renegotiations": lambda: dt.renegotiations(twice(), "grim"),
    "repeat": twice,
    "replicator": lambda: dt.replicator(CHICKEN),
    "reversion": lambda: dt.reversion(DILEMMA, ("hold", "hold"), ("fire", "fire")),
    "round_by_round": lambda: dt.round_by_round(
        dt.load("repeated-chicken").repeated, "contrite", 3, slip={"row": "defect"}
    ),
    "select": lambda: dt.select(chicken()),
    "solve": lambda: dt.solve("strike-restrain"),
    "solve_for": lambda: dt.solve_for(ladder(), "delta", GIVEN),
    "some": lambda: dt.some(chicken(), "us = fire and them = hold"),
    "scores": lambda: dt.scores(dt.load("first-tournament").repeated, "tit-for-tat-joss", 200),
    "stability": lambda: dt.stability(twice()),
    "statics": lambda: dt.statics(INSPECTION, "s", "P(us = watch)"),
    "strategic_form": lambda: dt.strategic_form(ENTRY),
    "strategy": lambda: dt.strategy("tit-for-tat", dt.Actions("hold", "fire", "hold", "fire")),
    "subgame": lambda: dt.subgame(ENTRY, "answer"),
    "subgame_perfect": entry,
    "subgame_roots": lambda: dt.subgame_roots(ENTRY),
    "taxonomy": lambda: dt.taxonomy(CHICKEN),
    "tidy": lambda: dt.tidy(dt.region("b > 0 and d > b and d > 0"), dt.region("b > 0")),
    "to_latex": lambda: dt.to_latex(NUMBERS),
    "to_markdown": lambda: dt.to_markdown(NUMBERS),
    "tree_nash": lambda: dt.tree_nash(ENTRY),
    "typed_tree": hidden,
    "uninvaded": lambda: dt.uninvaded(twice(), "grim"),
    "unravels": lambda: dt.unravels(NUMBERS),
    "unrolled": lambda: dt.unrolled(twice(), 2),
    "watching": lambda: dt.watching(RESULTS["Automaton"](), "us"),
    "window": lambda: dt.window(chicken(), "b", every="us = hold"),
    "write_efg": lambda: dt.write_efg(ENTRY.at({"g": P(1), "w": P(2), "c": P(3)})),
    "course": lambda: dt.course(twice(), "tit-for-tat", 4, slips={1: {"us": "fire"}}),
    "quantity": lambda: dt.quantity(CHICKEN.domain, "b/(b + d)"),
    "write_nfg": lambda: dt.write_nfg(NUMBERS),
}
