"""Trees as text and equilibria of trees as sentences: nothing left out, nothing too wide, marks where play goes.

Expected sentences and figures of unilateral deterrence are those of Zagare and Kilgour's game as issue 3
prints them; marks are compared with a walk through the tree.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE
from deterrence.algebra.value import number
from deterrence.algebra.value import variable as V
from deterrence.catalogue.models import catalogue, load
from deterrence.games.normal import found_domain
from deterrence.games.tree import ExtensiveForm, Node, TreePlayer
from deterrence.games.types import TypedOutcome, independent, with_types
from deterrence.show.text import atlas_page, to_text
from deterrence.show.tree_sentences import behaviour_sentence, belief_sentences, node_words
from deterrence.show.tree_text import legend_lines, tree_text
from deterrence.show.tree_view import tree_view, view_of
from deterrence.solve.atlas import Equilibrium, Path
from deterrence.solve.perfect_bayesian import perfect_bayesian
from tests.show.crises import random_tree, unilateral_deterrence

CRISIS = unilateral_deterrence()
ATLAS = perfect_bayesian(CRISIS)
POINT = dict(zip(["cDC", "cSQ", "cDDh", "cCD", "cDDs"], (4, 3, 2, 1, 0), strict=True))
ASK = prover(CRISIS.domain.given)


def pure(tree, choose):
    """An equilibrium object (not necessarily an equilibrium) in which `choose` picks each set's action."""
    profile = tuple(
        (h.name, tuple((a, number(1 if a == choose(h) else 0)) for a in h.actions)) for h in tree.information
    )
    return Equilibrium("e1", profile, EVERYWHERE, tuple((n, number(0)) for n in tree.names))


@pytest.mark.parametrize("seed", range(40))
def test_every_move_has_its_line_and_marks_follow_the_walk(seed):
    tree = random_tree(seed, hidden=True)
    chosen = {h.name: h.actions[seed % 2] for h in tree.information}
    view = tree_view(tree, pure(tree, lambda h: chosen[h.name]))
    lines = tree_text(view).splitlines()
    moves = [(n, a, to) for n in tree.nodes for a, to in n.moves]
    assert len([line for line in lines if "→" in line]) == len(moves)
    assert all(len(line) <= 80 for line in lines)

    def walk(identifier):
        if tree.is_end(identifier):
            return set()
        node = tree.node(identifier)
        taken = node.actions if node.is_chance else (chosen[node.known_as],)
        found = {(identifier, a) for a in taken}
        return found.union(*(walk(to) for a, to in node.moves if a in taken))

    marked = {(n.id, b.action) for n in view.nodes.values() for b in n.branches if b.on_path}
    assert marked == walk(tree.root.id)
    planned = {(n.id, b.action) for n in view.nodes.values() for b in n.branches if b.planned}
    off = {(n.id, chosen[n.known_as]) for n in tree.nodes if not n.is_chance}
    assert planned == off - marked


def test_a_typed_tree_stands_once_as_it_was_written():
    view = tree_view(CRISIS, ATLAS["e4"])
    assert tree_text(view).splitlines() == [
        "open: Challenger",
        "├─▶ wait (soft) → SQ: cSQ, dSQ",
        "└─▶ challenge (hard) → answer: Defender",
        "    ├─▶ concede (soft) → DC: cDC, dDC",
        "    └─▶ resist (hard) → press: Challenger",
        "        ├─▷ back_down (soft) → CD: cCD, dCD",
        "        └─▶ go_on (hard) → DD: (hard cDDh, soft cDDs), (hard dDDh, soft dDDs)",
    ]
    legend = " ".join(legend_lines(view))
    assert "hard with probability p, soft with probability 1 - p" in legend
    assert "▶ played in e4" in legend
    assert len(tree_text(tree_view(CRISIS, full=True)).splitlines()) == 1 + 4 * 7


def test_types_that_are_drawn_together_are_listed_together():
    probabilities = tuple(number(Fraction(n, 10)) for n in (4, 1, 1, 4))
    root = replace(CRISIS.root, probabilities=probabilities)
    tree = replace(CRISIS, nodes=(root, *CRISIS.nodes[1:]))
    legend = " ".join(legend_lines(tree_view(tree)))
    assert "Types are drawn jointly: challenger hard, defender hard with probability 2/5" in legend
    assert "Challenger knows its own type: hard or soft" in legend


def test_payoffs_that_hang_on_another_players_type_name_it():
    """In a signalling game the receiver's payoff may depend on who the sender is."""
    players = (TreePlayer("sender", "Sender", ("weak", "strong")), TreePlayer("receiver", "Receiver"))
    prior = independent(players, {"sender": {"weak": V("p"), "strong": number(1) - V("p")}})
    nodes = [
        Node("order", "sender", (("beer", "seen"), ("quiche", "Q"))),
        Node("seen", "receiver", (("fight", "F"), ("back", "B"))),
    ]
    told = {"weak": V("u"), "strong": V("v")}
    outcomes = [TypedOutcome(name, (number(0), told if name == "F" else V("w"))) for name in "QFB"]
    domain = found_domain([[V(n) for n in "puvw"]], ["0 < p", "p < 1"])
    tree = with_types(players, prior, nodes, outcomes, domain)
    assert "fight → F: 0, (Sender weak u, Sender strong v)" in tree_text(tree_view(tree))
    assert "back → B: 0, w" in tree_text(tree_view(tree))


def ladder(rungs):
    nodes, outcomes = {}, {"war": [-5, -5]}
    for k in range(1, rungs + 1):
        onward = f"rung{k + 1}" if k < rungs else "war"
        nodes[f"rung{k}"] = {"player": "us" if k % 2 else "them", "moves": {"stop": f"S{k}", "go": onward}}
        outcomes[f"S{k}"] = [k, -k]
    return ExtensiveForm.build(["us", "them"], nodes, outcomes)


def test_long_ladders_stay_narrow_and_longer_ones_are_cut_with_a_word():
    text = tree_text(tree_view(ladder(12)))
    assert all(f"rung{k}: " in text for k in range(1, 13))
    assert max(map(len, text.splitlines())) <= 80
    cut = tree_text(tree_view(ladder(40))).splitlines()
    assert len(cut) == 61
    assert "40 places to move" in cut[-1]
    assert len(tree_text(tree_view(ladder(40)), limit=None).splitlines()) == 40 * 3


@pytest.mark.parametrize("name", [n for n in sorted(catalogue()) if load(n).source.kind == "extensive-form"])
def test_the_words_of_the_file_are_shown(name):
    model = load(name)
    view = view_of(model)
    text = " ".join(tree_text(view, limit=None).split())
    assert all(len(line) <= 80 for line in tree_text(view).splitlines() if "→" in line)
    for outcome in model.source.outcomes:
        for worth in outcome.payoff_texts:
            texts = [worth] if isinstance(worth, str) else worth.values()
            assert all(" ".join(t.split()) in text for t in texts), outcome.id


def test_sentences_of_the_bluffing_equilibrium():
    bluff = next(e for e in ATLAS if e.generic and not e.is_pure and not e.free)
    said = behaviour_sentence(bluff, CRISIS, ASK)
    assert (
        "challenge at open if hard, challenge with probability p*(dDC - dDDs)/((dCD - dDC)*(1 - p))" in said
    )
    assert said.endswith("if soft")
    believed = belief_sentences(bluff, CRISIS, ASK)
    assert (
        "Defender believes at answer, whether hard or soft, that Challenger is hard with probability "
        "(dCD - dDC)/(dCD - dDDs)"
    ) in believed
    point = {"p": "3/10", "q": "1/4", "dSQ": 5, "dCD": 4, "dDDh": 3, "dDC": 2, "dDDs": 1, **POINT}
    (there,) = (e for e in ATLAS.at(point) if e.id == bluff.id)
    c_t = Fraction(4 - 2, 4 - 1)  # (dCD - dDC)/(dCD - dDDs)
    chance = Fraction(3, 10) * (1 - c_t) / ((1 - Fraction(3, 10)) * c_t)
    assert f"challenge with probability {chance} (about" in behaviour_sentence(there, CRISIS, ASK, True)


def test_behaviour_that_is_not_reached_says_so():
    waiting = ATLAS["e2"]
    said = behaviour_sentence(waiting, CRISIS, ASK)
    assert "wait at open whether hard or soft" in said
    assert "resist at answer (off the path) whether hard or soft" in said
    (belief,) = belief_sentences(waiting, CRISIS, ASK)
    assert "(off the path)" in belief
    assert "any number from 0 to (dCD - dDC)/(dCD - dDDs)" in belief
    everything = belief_sentences(waiting, CRISIS, ASK, everything=True)
    assert any("Defender is hard with probability q" in t for t in everything)  # still as drawn


def test_groups_by_play_with_what_supports_it_and_what_survives():
    text = " ".join(to_text(atlas_page(ATLAS)).split())
    for phrase in (
        "supported by some behaviour off the path: everywhere",
        "by every rational one: exactly where cSQ >= cDC*(1 - q) + cDDh*q",
        "by some that survives D1: exactly where cSQ >= cDC*(1 - q) + cDDh*q",
        "survives D1 wherever it exists",
        "only on the knife edge cSQ == cDC*(1 - q) + cDDh*q",
        "SQ 1 - p, DC p*(1 - q), DD p*q",
        "The list is complete, proved",
    ):
        assert phrase in text
    assert all(len(line) <= 80 for line in to_text(atlas_page(ATLAS)).splitlines())


def test_what_was_not_computed_is_not_claimed():
    first = ATLAS.equilibria[0]
    lost = replace(first, projected=False, refinements=())
    atlas = replace(ATLAS, equilibria=(lost,), cells=(), paths=(Path("p1", (lost.id,), None, None),))
    text = " ".join(to_text(atlas_page(atlas)).split())
    assert "its region was not projected; the exact system in the parameters and" in text
    assert "supported by some behaviour off the path: not computed" in text or "p1 open: wait e1" in text
    assert "exactly where" not in text
    assert "What happens" not in text  # nothing is known of where


def test_nodes_are_told_apart_by_what_happened():
    tree = ExtensiveForm.build(
        ["us", "them"],
        {
            "fog": {"player": "chance", "moves": {"rain": "a", "sun": "b"}, "probabilities": ["t", "1 - t"]},
            "a": {"player": "us", "moves": {"l": "x", "r": "y"}},
            "b": {"player": "them", "moves": {"l": "o", "r": "o"}, "information": "h"},
            "x": {"player": "them", "moves": {"l": "o", "r": "o"}, "information": "h"},
            "y": {"player": "them", "moves": {"l": "o", "r": "o"}, "information": "h"},
        },
        {"o": [0, 0]},
        assumptions=["0 < t", "t < 1"],
    )
    h = tree.information_set("h")
    assert node_words(tree, h, "x") == "play is at x"  # rain alone does not tell x from y
    assert (
        node_words(CRISIS, CRISIS.information_set("answer[soft]"), "answer/hard/soft") == "Challenger is hard"
    )
