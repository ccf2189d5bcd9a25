"""Trees that the tests of displays share: the crisis game with hidden types, and random trees with numbers."""

import random
from fractions import Fraction

from deterrence.algebra.value import number, variable
from deterrence.games.normal import found_domain
from deterrence.games.tree import ExtensiveForm, Node, TreePlayer
from deterrence.games.types import TypedOutcome, independent, with_types

V = variable


def unilateral_deterrence():
    """Unilateral deterrence with resolve private on both sides, in symbols, ordinal assumptions only."""
    players = (
        TreePlayer("challenger", "Challenger", ("hard", "soft")),
        TreePlayer("defender", "Defender", ("hard", "soft")),
    )
    chances = {
        "challenger": {"hard": V("p"), "soft": number(1) - V("p")},
        "defender": {"hard": V("q"), "soft": number(1) - V("q")},
    }
    nodes = [
        Node("open", "challenger", (("wait", "SQ"), ("challenge", "answer"))),
        Node("answer", "defender", (("concede", "DC"), ("resist", "press"))),
        Node("press", "challenger", (("back_down", "CD"), ("go_on", "DD"))),
    ]
    outcomes = [
        TypedOutcome("SQ", (V("cSQ"), V("dSQ")), "status quo"),
        TypedOutcome("DC", (V("cDC"), V("dDC")), "the defender concedes"),
        TypedOutcome("CD", (V("cCD"), V("dCD")), "the challenger backs down"),
        TypedOutcome(
            "DD",
            ({"hard": V("cDDh"), "soft": V("cDDs")}, {"hard": V("dDDh"), "soft": V("dDDs")}),
            "conflict",
        ),
    ]
    assumed = ["0 < p", "p < 1", "0 < q", "q < 1"]
    assumed += ["cDC > cSQ", "cSQ > cDDh", "cDDh > cCD", "cCD > cDDs"]
    assumed += ["dCD > dDDh", "dDDh > dDC", "dDC > dDDs", "dSQ > dDDh"]
    names = ["p", "q", "cSQ", "dSQ", "cDC", "dDC", "cCD", "dCD", "cDDh", "cDDs", "dDDh", "dDDs"]
    domain = found_domain([[V(n) for n in names]], assumed)
    return with_types(players, independent(players, chances), nodes, outcomes, domain)


def random_tree(seed, *, hidden=False):
    """A small tree with whole payoffs, chance moves, and with `hidden` information sets of siblings."""
    draw = random.Random(seed)
    nodes, outcomes = {}, {}

    def grow(depth):
        if depth == 0 or (depth < 3 and draw.random() < 0.3):
            name = f"o{len(outcomes)}"
            outcomes[name] = [draw.randint(-3, 3), draw.randint(-3, 3)]
            return name
        name = f"n{len(nodes)}"
        chance = depth < 3 and draw.random() < 0.2
        nodes[name] = {"player": "chance" if chance else draw.choice(["us", "them"]), "moves": {}}
        if chance:
            nodes[name]["probabilities"] = {"l": Fraction(1, 3), "r": Fraction(2, 3)}
        for action in ("l", "r"):
            nodes[name]["moves"][action] = grow(depth - 1)
        return name

    grow(3)
    root = next(iter(nodes))
    children = [c for c in nodes[root]["moves"].values() if c in nodes and nodes[c]["player"] != "chance"]
    if hidden and len(children) == 2 and nodes[root]["player"] == "us":
        for child in children:
            nodes[child] |= {"player": "them", "information": "reply"}
    return ExtensiveForm.build({"us": "United States", "them": "Them"}, nodes, outcomes)
