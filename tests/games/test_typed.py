"""Games with types from plain tables: the same tree as from a model file, and every fault with its place."""

import pytest

import deterrence as dt
from deterrence.errors import GameError
from deterrence.games.typed import typed_tree

NODES = {
    "open": {"player": "challenger", "moves": {"wait": "SQ", "challenge": "answer"}},
    "answer": {"player": "defender", "moves": {"concede": "DC", "resist": "press"}},
    "press": {"player": "challenger", "moves": {"back_down": "CD", "go_on": "DD"}},
}
ENDS = {
    "SQ": ["cSQ", "dSQ"],
    "DC": ["cDC", "dDC"],
    "CD": ["cCD", "dCD"],
    "DD": [{"hard": "cDDh", "soft": "cDDs"}, {"hard": "dDDh", "soft": "dDDs"}],
}
TYPES = {"challenger": {"hard": "p", "soft": "1 - p"}, "defender": {"hard": "q", "soft": "1 - q"}}
PLAYERS = {"challenger": "Challenger", "defender": "Defender"}
ASSUMED = ["0 < p < 1", "0 < q < 1"]


def test_it_is_the_tree_of_the_model_file():
    ours, filed = (
        typed_tree(PLAYERS, TYPES, NODES, ENDS, assumptions=ASSUMED),
        dt.load("unilateral-deterrence-incomplete").game,
    )
    assert ours.players == filed.players
    assert ours.nodes == filed.nodes
    assert [(o.id, o.payoffs, o.called) for o in ours.outcomes] == [
        (o.id, o.payoffs, o.called) for o in filed.outcomes
    ]


def test_a_joint_prior_leaves_out_what_cannot_be():
    lists = {"challenger": ["hard", "soft"], "defender": ["hard", "soft"]}
    prior = {("hard", "soft"): "p", ("soft", "hard"): "1 - p"}
    tree = typed_tree(PLAYERS, lists, NODES, ENDS, prior=prior, assumptions=["0 < p < 1"])
    assert tree.root.actions == ("hard_soft", "soft_hard")
    assert [str(v) for v in tree.root.probabilities] == ["p", "1 - p"]
    assert len(tree.information_set("answer[soft]").nodes) == 1  # a soft defender knows whom it faces


def test_a_payoff_may_hang_on_the_other_ones_type():
    """What an attack is worth depends on the patrol: the boat does not know it, its belief does."""
    nodes = {"go": {"player": "boat", "moves": {"turn": "away", "come": "met"}}}
    ends = {"away": [0, 0], "met": [{"firm": -1, "weak": "g"}, 0]}
    tree = typed_tree(
        ["boat", "patrol"],
        {"patrol": {"firm": "p", "weak": "1 - p"}},
        nodes,
        ends,
        assumptions=["0 < p < 1", "g > 0"],
    )
    found = dt.perfect_bayesian(tree)
    (comes,) = [e for e in found if str(e.strategy("go")["come"]) == "1"]
    assert dt.equal(comes.region, dt.region("p <= g/(1 + g)"), tree.domain.given).word == "proved"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"types": {"them": {"a": 1}}}, "types: 'them' is not a player; players: challenger, defender"),
        ({"types": {"challenger": ["hard", "soft"]}}, "give each type a probability"),
        ({"prior": {("hard", "soft"): 1}}, "give each type a probability"),
        (
            {"types": {**TYPES, "defender": {"hard": "q", "soft": "q"}}},
            "types of defender: the probabilities sum",
        ),
        (
            {"types": {**TYPES, "defender": {"hard": "2*q", "soft": "1 - 2*q"}}},
            "types of defender: .* 2*.q of hard",
        ),
        (
            {"outcomes": {**ENDS, "DD": [{"hard": 0, "mild": 1}, 0]}},
            "outcome DD: the payoffs of challenger are given for hard, mild",
        ),
        ({"outcomes": {**ENDS, "SQ": ["cSQ"]}}, "outcome SQ: give a payoff for each of challenger, defender"),
        (
            {"nodes": {**NODES, "press": {"player": "challenger", "moves": {"a": "gone", "b": "DD"}}}},
            "'gone'",
        ),
    ],
)
def test_faults(changed, message):
    given = {"types": TYPES, "nodes": NODES, "outcomes": ENDS, **changed}
    with pytest.raises(GameError, match=message):
        typed_tree(PLAYERS, assumptions=ASSUMED, **given)


def test_a_joint_prior_with_faults():
    lists = {"challenger": ["hard", "soft"], "defender": ["hard", "soft"]}
    with pytest.raises(GameError, match="prior: there is no combination hard, mild"):
        typed_tree(PLAYERS, lists, NODES, ENDS, prior={("hard", "mild"): 1})
    with pytest.raises(GameError, match="prior: the probabilities sum to 2\\*p"):
        typed_tree(
            PLAYERS,
            lists,
            NODES,
            ENDS,
            prior={("hard", "hard"): "p", ("soft", "soft"): "p"},
            assumptions=["0 < p < 1"],
        )
