"""Why a profile of a tree is an equilibrium: against subgame perfection by definition, and hand calculations."""

from fractions import Fraction
from itertools import product

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.errors import GameError, UnknownName
from deterrence.study.tree_deviations import pure_behaviour, rational_region, tree_deviations
from tests.show.crises import random_tree, unilateral_deterrence

CRISIS = unilateral_deterrence()


def worth(tree, plan, start):
    """Payoffs from a node on when everybody keeps to a plan, in fractions."""
    if tree.is_end(start):
        return [v.at({}) for v in tree.outcome(start).payoffs]
    node = tree.node(start)
    if not node.is_chance:
        return worth(tree, plan, dict(node.moves)[plan[start]])
    total = [Fraction(0)] * len(tree.players)
    for (_, to), chance in zip(node.moves, node.probabilities, strict=True):
        total = [t + chance.at({}) * v for t, v in zip(total, worth(tree, plan, to), strict=True)]
    return total


def below(tree, start):
    """The nodes of the subgame at a node where somebody moves."""
    node = tree.node(start)
    own = [] if node.is_chance else [start]
    return own + [n for _, to in node.moves if not tree.is_end(to) for n in below(tree, to)]


def subgame_perfect(tree, plan):
    """By definition: in no subgame does any player gain by any other plan for the whole subgame."""
    for node in tree.nodes:
        inside = below(tree, node.id)
        for at, player in enumerate(tree.names):
            own = [n for n in inside if tree.node(n).player == player]
            for actions in product(*(tree.node(n).actions for n in own)):
                other = {**plan, **dict(zip(own, actions, strict=True))}
                if worth(tree, other, node.id)[at] > worth(tree, plan, node.id)[at]:
                    return False
    return True


@pytest.mark.parametrize("seed", range(30))
def test_against_the_definition_on_trees_full_of_ties(seed):
    tree = random_tree(seed)
    places = [h.name for h in tree.information]
    for actions in product(*(tree.node(n).actions for n in places)):
        plan = dict(zip(places, actions, strict=True))
        region = rational_region(tree, pure_behaviour(tree, plan))
        assert region == (EVERYWHERE if subgame_perfect(tree, plan) else NOWHERE)


SEPARATING = {
    "open[hard]": "challenge", "open[soft]": "wait", "answer[hard]": "resist", "answer[soft]": "concede",
    "press[hard]": "go_on", "press[soft]": "back_down",
}  # fmt: skip
DETERRED = {**SEPARATING, "open[hard]": "wait"}


def same(region, text):
    given = CRISIS.domain.given
    return prover(given).equivalent(region, read_region(parse_condition(text), Reading(given=given))) is True


def test_the_separating_profile_by_bayes_rule():
    behaviour = pure_behaviour(CRISIS, SEPARATING)
    gains = {(d.place, d.node): d for d in tree_deviations(CRISIS, behaviour)}
    given = CRISIS.domain.given
    hard = gains["open[hard]", ""]
    assert same(hard.deterred_where, "q*cDDh + (1 - q)*cDC >= cSQ")  # waiting gains the status quo for sure
    assert same(gains["open[soft]", ""].deterred_where, "q*cCD + (1 - q)*cDC <= cSQ")
    assert prover(given).holds(gains["answer[soft]", ""].deterred_where) is True  # a hard challenger goes on
    # soft challengers do not come to press, and each defender may be there: a row each
    assert {node for place, node in gains if place == "press[soft]"} == {"press/soft/hard", "press/soft/soft"}
    assert same(rational_region(CRISIS, behaviour), "q*cCD + (1 - q)*cDC <= cSQ <= q*cDDh + (1 - q)*cDC")


def test_some_belief_off_the_path_is_enough():
    """Soft defenders concede to a challenge that they take for hard: deterrence fails where hard ones gain."""
    behaviour = pure_behaviour(CRISIS, DETERRED)
    assert all(d.node for d in tree_deviations(CRISIS, behaviour) if d.place.startswith("answer"))
    assert same(rational_region(CRISIS, behaviour), "q*cDDh + (1 - q)*cDC <= cSQ")


def test_a_place_stands_for_all_its_types():
    short = {"open": "wait", "answer": "resist", "press[hard]": "go_on", "press[soft]": "back_down"}
    behaviour = pure_behaviour(CRISIS, short)
    assert {str(behaviour[f"answer[{kind}]"]["resist"]) for kind in ("hard", "soft")} == {"1"}
    with pytest.raises(GameError, match=r"open\[hard\] has two actions"):
        pure_behaviour(CRISIS, {**short, "open[hard]": "challenge"})
    with pytest.raises(GameError, match="no action given at press"):
        pure_behaviour(CRISIS, {"open": "wait", "answer": "resist"})
    with pytest.raises(UnknownName, match="information set"):
        pure_behaviour(CRISIS, {"opne": "wait"})
    with pytest.raises(UnknownName, match="concede"):
        pure_behaviour(CRISIS, {**short, "answer": "resists"})
