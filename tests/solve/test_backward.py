"""Backward induction against the definition, published results, and known counts."""

from __future__ import annotations

from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import EVERYWHERE, all_of
from deterrence.algebra.value import compare, number, variable
from deterrence.errors import DomainError, OutOfScope
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.backward import backward_induction
from deterrence.solve.numeric_backward import numeric_backward_induction, pure_equilibria_count
from tests.solve.trees_at_points import behaviour, plain, random_point, random_tree


def ladder(rungs: int) -> ExtensiveForm:
    """The finite escalation ladder: movers alternate, each step costs its mover e, the top is disaster."""
    nodes, outcomes, paid = {}, {}, {"us": "", "them": ""}
    for k in range(rungs):
        mover, other = ("us", "them") if k % 2 == 0 else ("them", "us")
        nodes[f"rung{k}"] = {
            "player": mover,
            "moves": {"stop": f"stop{k}", "climb": f"rung{k + 1}" if k + 1 < rungs else "top"},
        }
        outcomes[f"stop{k}"] = {mover: "-L" + paid[mover], other: "G" + paid[other]}
        paid[mover] = f" - {(k + 2) // 2}*e"
    outcomes["top"] = {p: "-D" + paid[p] for p in paid}
    assumptions = ["e > 0", "G > 0", "L > 0", "D > L", "e < G + L"]
    return ExtensiveForm.build(["us", "them"], nodes, outcomes, assumptions=assumptions)


@pytest.mark.parametrize("rungs", [*range(1, 13), 40])
def test_a_ladder_is_climbed_where_an_odd_number_of_rungs_is_left(rungs: int) -> None:
    (only,) = backward_induction(ladder(rungs))
    assert only.region == EVERYWHERE
    for k in range(rungs):
        assert only.strategy(f"rung{k}")["climb"].is_zero is ((rungs - 1 - k) % 2 == 0)


def test_at_random_points_the_equilibria_are_those_of_the_definition() -> None:
    rng = Random(11)
    checked = tied = 0
    for _ in range(25):
        tree = random_tree(rng, 3)
        if len(tree.information) > 6:
            continue
        atlas = backward_induction(tree, cells=False)
        assert atlas.complete.verdict == "proved"
        assert atlas.complete.coverage == "proved"  # Kuhn: one exists everywhere
        for _ in range(4):
            point = random_point(rng, tree)
            oracle = plain(tree, point)
            expected = [p for p in oracle.pure_profiles() if oracle.is_subgame_perfect(p)]
            found = [behaviour(e, {}) for e in atlas.at(point)]
            assert len(found) == len(expected)
            assert all(p in expected for p in found)
            checked += 1
            tied += len(expected) > 1
    assert checked > 40
    assert tied > 10


def test_numeric_trees_agree_with_the_definition_and_are_counted() -> None:
    rng = Random(12)
    for _ in range(60):
        tree = random_tree(rng, 3, payoffs=("0", "1", "2", "3"))
        if len(tree.information) > 6:
            continue
        oracle = plain(tree, {})
        expected = [p for p in oracle.pure_profiles() if oracle.is_subgame_perfect(p)]
        assert pure_equilibria_count(tree) == len(expected)
        one = numeric_backward_induction(tree)
        assert one.is_unique is (len(expected) == 1)
        profile = {
            n: {a: int(a == chosen) for a in tree.node(n).actions} for n, chosen in one.choices.items()
        }
        assert profile in expected
        assert tuple(oracle.worth(tree.root.id, profile).values()) == one.payoffs
        assert len(backward_induction(tree).equilibria) == len(expected)


def test_unilateral_deterrence_with_complete_information() -> None:
    order = [
        "cDC > cSQ",
        "cSQ > cCD",
        "cCD != cDD",
        "cSQ > cDD",
        "dSQ > dDC",
        "dCD > dSQ",
        "dDC != dDD",
        "dSQ > dDD",
    ]
    tree = ExtensiveForm.build(
        ["challenger", "defender"],
        {
            "start": {"player": "challenger", "moves": {"wait": "SQ", "challenge": "answer"}},
            "answer": {"player": "defender", "moves": {"concede": "DC", "resist": "press"}},
            "press": {"player": "challenger", "moves": {"back_down": "CD", "fight": "DD"}},
        },
        {"SQ": ["cSQ", "dSQ"], "DC": ["cDC", "dDC"], "CD": ["cCD", "dCD"], "DD": ["cDD", "dDD"]},
        assumptions=order,
    )
    atlas = backward_induction(tree)
    assert atlas.complete.coverage == "proved"
    challenges = [e for e in atlas if not e.strategy("start")["challenge"].is_zero]
    (only,) = challenges  # a hard challenger against a soft defender
    wanted = compare(variable("cDD"), ">", variable("cCD")) & compare(variable("dDC"), ">", variable("dDD"))
    assert prover(tree.domain.given).equivalent(only.region, wanted) is True


def test_asymmetric_escalation_never_escalates_under_complete_information() -> None:
    kinds = {"ch": ("low", "high"), "t": ("low", "high"), "s": ("low", "high")}
    for challenger in kinds["ch"]:
        for tactical in kinds["t"]:
            for strategic in kinds["s"]:
                atlas = backward_induction(asymmetric_escalation(challenger, tactical, strategic))
                (only,) = atlas
                path = [a for a, v in only.strategy("start").items() if not v.is_zero]
                if path == ["challenge"]:
                    path += [a for a, v in only.strategy("answer").items() if not v.is_zero]
                hard = challenger == "high"
                deterred = not hard or (tactical == "high" and strategic == "high")
                assert path == (["wait"] if deterred else ["challenge", "concede"])


def asymmetric_escalation(challenger: str, tactical: str, strategic: str) -> ExtensiveForm:
    """Z4 with the published orders of payoffs, worst first; a type is hard where its payoff is the high one."""
    ch = ["EElow", "DE", "EEhigh", "DD", "ED", "SQ", "DC"]
    df = ["EElow", "ED", "EEhigh", "DDlow", "DC", "DDhigh", "DE", "SQ"]
    order = [f"c{a} < c{b}" for a, b in zip(ch, ch[1:], strict=False)]
    order += [f"d{a} < d{b}" for a, b in zip(df, df[1:], strict=False)]
    c, d = f"cEE{challenger}", f"dEE{strategic}"
    return ExtensiveForm.build(
        ["challenger", "defender"],
        {
            "start": {"player": "challenger", "moves": {"wait": "SQ", "challenge": "answer"}},
            "answer": {
                "player": "defender",
                "moves": {"concede": "DC", "match": "second", "escalate": "last"},
            },
            "second": {"player": "challenger", "moves": {"stay": "DD", "raise": "reply"}},
            "reply": {"player": "defender", "moves": {"hold": "ED", "follow": "EE"}},
            "last": {"player": "challenger", "moves": {"bear": "DE", "retaliate": "EE2"}},
        },
        {
            "SQ": ["cSQ", "dSQ"],
            "DC": ["cDC", "dDC"],
            "DD": ["cDD", f"dDD{tactical}"],
            "ED": ["cED", "dED"],
            "DE": ["cDE", "dDE"],
            "EE": [c, d],
            "EE2": [c, d],
        },
        assumptions=order,
    )


def test_the_proxy_tree_has_the_bands_of_the_published_solution() -> None:
    tree = proxy_tree()
    atlas = backward_induction(tree)
    assert atlas.complete.coverage == "proved"
    bands = {
        "b < c": ("withhold", "attack", None),
        "b > c and s > gF": ("withhold", "halt", None),
        "b > c and gW < s and s < gF and v - x > k": ("fund", "attack", "strike"),
        "b > c and gW < s and s < gF and v - x < k": ("withhold", "halt", None),
        "b > c and s < gW": ("withhold", "attack", "strike"),
    }
    ask = prover(tree.domain.given)
    for text, (support, militia, answer) in bands.items():
        band = read_region(parse_condition(text), Reading(lenient=True))
        there = [e for e in atlas if ask.satisfiable(all_of((band, e.region))) is not False]
        assert there
        for e in there:
            branch = "funded" if support == "fund" else "unfunded"
            assert e.strategy("support")[support] == number(1)
            assert e.strategy(branch)[militia] == number(1)
            if militia == "attack":
                after = e.strategy(f"after_{branch}")["strike"]
                assert after == number(int(answer == "strike"))


def proxy_tree() -> ExtensiveForm:
    """P1: a sponsor funds or not, its militia attacks or not, and only an attack can be struck."""
    nodes: dict[str, dict[str, object]] = {
        "support": {"player": "sponsor", "moves": {"fund": "funded", "withhold": "unfunded"}}
    }
    outcomes: dict[str, list[object]] = {}
    for branch, gain, cost in (("funded", "gF", "k"), ("unfunded", "gW", "0")):
        nodes[branch] = {
            "player": "militia",
            "moves": {"attack": f"after_{branch}", "halt": f"{branch}_halt"},
        }
        nodes[f"after_{branch}"] = {
            "player": "retaliator",
            "moves": {"strike": f"{branch}_strike", "restrain": f"{branch}_restrain"},
        }
        outcomes |= {
            f"{branch}_halt": [f"-{cost}", 0, 0],
            f"{branch}_strike": [f"v - x - {cost}", f"{gain} - s", "b - c"],
            f"{branch}_restrain": [f"v - {cost}", gain, 0],
        }
    names = ["gW", "s", "k", "v", "x", "b", "c"]
    given = [f"{n} > 0" for n in names] + ["gF > gW"]
    return ExtensiveForm.build(["sponsor", "militia", "retaliator"], nodes, outcomes, assumptions=given)


def test_trees_beyond_its_scope_are_refused_with_the_remedy() -> None:
    unseen = {
        "one": {"player": "us", "moves": {"a": "two_a", "b": "two_b"}},
        "two_a": {"player": "them", "moves": {"c": "x", "d": "y"}, "information": "two"},
        "two_b": {"player": "them", "moves": {"c": "y", "d": "x"}, "information": "two"},
    }
    tree = ExtensiveForm.build(["us", "them"], unseen, {"x": [1, 0], "y": [0, 1]})
    with pytest.raises(OutOfScope, match="them cannot tell two_a, two_b apart at two; use subgame-perfect"):
        backward_induction(tree)
    with pytest.raises(OutOfScope, match="needs perfect information"):
        numeric_backward_induction(tree)
    small = {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}}
    opposed = ExtensiveForm.build(["us"], small, {"x": ["u"], "y": [0]}, assumptions=["u > 1", "u < 0"])
    with pytest.raises(DomainError, match="contradict each other"):
        backward_induction(opposed)
    with pytest.raises(DomainError, match="not proved to be defined"):
        backward_induction(ExtensiveForm.build(["us"], small, {"x": ["1/u"], "y": [0]}))
    with pytest.raises(OutOfScope, match="fractions for all payoffs"):
        numeric_backward_induction(ExtensiveForm.build(["us"], small, {"x": ["u"], "y": [0]}))


def test_more_ties_than_an_atlas_can_list_are_counted() -> None:
    nodes: dict[str, dict[str, object]] = {"start": {"player": "us", "moves": {}}}
    for k in range(20):
        nodes["start"]["moves"][f"go{k}"] = f"n{k}"  # type: ignore[index]
        nodes[f"n{k}"] = {"player": "us", "moves": {"a": "x", "b": "x"}}
    tree = ExtensiveForm.build(["us"], nodes, {"x": [0]})
    assert pure_equilibria_count(tree) == 20 * 2**20
    with pytest.raises(
        OutOfScope, match="20,971,520 equilibria with 21 choices each, and an atlas lists at most 512"
    ):
        backward_induction(tree)
    assert len(numeric_backward_induction(tree).ties) == 21


def test_more_patterns_than_the_limit_are_refused_with_the_remedy() -> None:
    nodes: dict[str, dict[str, object]] = {
        "start": {"player": "us", "moves": {f"go{k}": f"n{k}" for k in range(10)}}
    }
    outcomes: dict[str, list[object]] = {}
    for k in range(10):
        nodes[f"n{k}"] = {"player": "them", "moves": {"a": f"x{k}", "b": f"y{k}"}}
        outcomes |= {f"x{k}": [0, f"u{k}"], f"y{k}": [1, 0]}
    with pytest.raises(OutOfScope, match="subgame at start has more than 512 patterns"):
        backward_induction(ExtensiveForm.build(["us", "them"], nodes, outcomes))
