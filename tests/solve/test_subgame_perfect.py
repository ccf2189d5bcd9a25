"""Subgame perfection against the definition: nothing returned fails it, and nothing that meets it is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.value import Value, number
from deterrence.algebra.virtual import substituted
from deterrence.errors import OutOfScope
from deterrence.games.tree import ExtensiveForm, Node, TreePlayer
from deterrence.games.types import TypedOutcome, independent, with_types
from deterrence.solve.atlas import Atlas, at_point
from deterrence.solve.backward import backward_induction
from deterrence.solve.subgame_perfect import subgame_perfect
from tests.oracles.subgames import Behaviour, Tree
from tests.solve.trees_at_points import behaviour, holding, plain, random_point, random_tree, samples


def coarse(oracle: Tree) -> Iterator[Behaviour]:
    """Every behaviour with probabilities 0, 1/2 and 1, or thirds for three actions."""
    rows = {2: [(1, 0), (0, 1), (F(1, 2), F(1, 2))], 1: [(1,)]}
    rows[3] = [p for p in product((F(0), F(1, 3), F(1, 2), F(1)), repeat=3) if sum(p) == 1]
    sets = oracle.actions(oracle.root)
    for chosen in product(*(rows[len(actions)] for actions in sets.values())):
        yield {
            h: dict(zip(actions, map(F, row), strict=True))
            for (h, actions), row in zip(sets.items(), chosen, strict=True)
        }


def agrees(atlas: Atlas, tree: ExtensiveForm, point: dict[str, F], rng: Random) -> int:
    """Check an atlas at a point by definition, both ways; the number of equilibria that were compared."""
    oracle = plain(tree, point)
    for listed in atlas.equilibria:
        if not listed.region.contains(point):
            continue
        e = at_point(listed, point)
        for free in samples(e, rng):
            assert oracle.is_subgame_perfect(behaviour(e, free)), (e.id, point, free)
        closed = listed.closed
        for name, v in point.items():
            closed = substituted(closed, name, number(v))
        for free in samples(replace(e, where=closed), rng):  # the ends of a family are equilibria too
            assert oracle.is_subgame_perfect(behaviour(e, free)), (e.id, point, free)
    found = 0
    for wanted in coarse(oracle):
        if oracle.is_subgame_perfect(wanted):
            assert len(holding(atlas, point, wanted)) == 1, (point, wanted)
            found += 1
    return found


@pytest.mark.parametrize("seed", range(10))
def test_ties_and_chance_under_perfect_information(seed: int) -> None:
    rng = Random(100 + seed)
    tree = random_tree(rng, 2)
    while not 2 <= len(tree.information) <= 4:
        tree = random_tree(rng, 2)
    atlas = subgame_perfect(tree, cells=False)
    assert (atlas.complete.scope, atlas.complete.verdict) == ("all", "proved")
    assert sum(agrees(atlas, tree, random_point(rng, tree), rng) for _ in range(4)) >= 4


@pytest.mark.parametrize("seed", range(10))
def test_moves_at_the_same_time_inside(seed: int) -> None:
    rng = Random(200 + seed)
    payoffs = ("0", "1", "2", "a") if seed % 2 else ("0", "1", "a")
    tree = random_tree(rng, 3, payoffs=payoffs, hidden=0.5)
    while not (3 <= len(tree.information) <= 4 and any(len(h.nodes) > 1 for h in tree.information)):
        tree = random_tree(rng, 3, payoffs=payoffs, hidden=0.5)
    atlas = subgame_perfect(tree, cells=False)
    assert atlas.complete.scope == "all"
    for _ in range(4):
        agrees(atlas, tree, random_point(rng, tree), rng)


def together(
    sizes: Sequence[int], payoffs: Callable[[], object], before: dict[str, object] | None = None
) -> ExtensiveForm:
    """Players who move at the same time, after a first player's choice between them and `before`."""
    players = [f"p{i}" for i in range(len(sizes))]
    nodes: dict[str, dict[str, object]] = {}
    outcomes: dict[str, object] = {}
    if before is not None:
        nodes["start"] = {"player": "p0", "moves": {"enter": "n_", "stay": "out"}}
        outcomes["out"] = before

    def grow(depth: int, way: str) -> str:
        if depth == len(sizes):
            outcomes[f"o_{way}"] = [payoffs() for _ in players]
            return f"o_{way}"
        moves: dict[str, str] = {}
        nodes[f"n_{way}"] = {"player": players[depth], "information": f"h{depth}", "moves": moves}
        moves |= {f"a{k}": grow(depth + 1, f"{way}{k}") for k in range(sizes[depth])}
        return f"n_{way}"

    grow(0, "")
    return ExtensiveForm.build(players, nodes, outcomes)


def several_moves(rng: Random, kind: int) -> ExtensiveForm:
    """One player moves twice in a stage, or the other cannot see what was drawn."""
    outcomes: dict[str, list[str]] = {}

    def end() -> str:
        outcomes[f"o{len(outcomes)}"] = [rng.choice(("0", "1", "2", "a")) for _ in range(2)]
        return f"o{len(outcomes) - 1}"

    nodes: dict[str, dict[str, object]] = {}
    if kind == 0:
        nodes["s"] = {"player": "us", "moves": {"l": "t_l", "r": "t_r"}}
        for x in "lr":
            nodes[f"t_{x}"] = {"player": "them", "information": "t", "moves": {y: f"u_{x}{y}" for y in "cd"}}
            for y in "cd":
                moves = {"e": end(), "f": end()}
                nodes[f"u_{x}{y}"] = {"player": "us", "information": f"again_{x}", "moves": moves}
    else:
        chances = {"g": "1/3", "b": "2/3"}
        nodes["s"] = {"player": "chance", "moves": {"g": "s_g", "b": "s_b"}, "probabilities": chances}
        for x in "gb":
            nodes[f"s_{x}"] = {"player": "us", "moves": {"l": end(), "r": f"t_{x}"}}
            nodes[f"t_{x}"] = {"player": "them", "information": "t", "moves": {"c": end(), "d": end()}}
    return ExtensiveForm.build(["us", "them"], nodes, outcomes)


@pytest.mark.parametrize("seed", range(8))
def test_several_information_sets_of_one_player_in_a_stage(seed: int) -> None:
    rng = Random(300 + seed)
    tree = several_moves(rng, seed % 2)
    atlas = subgame_perfect(tree, cells=False)
    assert atlas.complete.scope == "all"
    assert sum(agrees(atlas, tree, random_point(rng, tree), rng) for _ in range(4)) >= 4


@pytest.mark.parametrize("seed", range(2))
def test_three_players_at_the_same_time_inside(seed: int) -> None:
    rng = Random(400 + seed)
    tree = together((2, 2, 2), lambda: rng.choice(("0", "1", "2", "a")), [1, 0, 0])
    atlas = subgame_perfect(tree, cells=False)
    assert atlas.complete.scope == "all"
    assert sum(agrees(atlas, tree, random_point(rng, tree), rng) for _ in range(4)) >= 1


def region(text: str) -> Region:
    return read_region(parse_condition(text), Reading(lenient=True))


def test_an_outside_option_before_the_battle_of_the_sexes() -> None:
    """Entering is worth 3, 1 or 3/4, by the equilibrium that follows; at these values entry may be mixed."""
    worth = iter([3, 1, 0, 0, 0, 0, 1, 3])
    tree = together((2, 2), lambda: next(worth), ["o", 2])
    ask = prover(EVERYWHERE)
    atlas = subgame_perfect(tree, cells=False)
    assert atlas.complete.coverage == "proved"
    for first, second, value in (("1", "1", "3"), ("0", "0", "1"), ("3/4", "1/4", "3/4")):
        there = {
            e.support[0]: e
            for e in atlas
            if (str(e.strategy("h0")["a0"]), str(e.strategy("h1")["a0"])) == (first, second)
        }
        assert set(there) == {("enter",), ("stay",), ("enter", "stay")}
        assert ask.equivalent(there[("enter",)].region, region(f"o <= {value}")) is True
        assert ask.equivalent(there[("stay",)].region, region(f"o >= {value}")) is True
        assert ask.equivalent(there[("enter", "stay")].region, region(f"o == {value}")) is True
    assert len(atlas.equilibria) == 9


def test_a_tie_further_down_is_broken_as_the_choice_above_needs() -> None:
    """Them is indifferent; us mixes only if they yield with the one probability that makes it indifferent."""
    tree = ExtensiveForm.build(
        ["us", "them"],
        {
            "open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
            "reply": {"player": "them", "moves": {"cede": "win", "fight": "war"}},
        },
        {"SQ": [0, 0], "win": ["w", 0], "war": ["-l", 0]},
        assumptions=["w > 0", "l > 0"],
    )
    atlas = subgame_perfect(tree)
    (mixed,) = [e for e in atlas if len(e.support[0]) == 2]
    assert [str(v) for v in mixed.strategy("reply").values()] == ["l/(l + w)", "w/(l + w)"]
    assert [r.name for r in mixed.free] == ["p_open_wait"]
    acts = [e for e in atlas if e.support == (("act",), ("cede", "fight"))]
    assert [[str(b) for b in (*r.lower, *r.upper)] for e in acts for r in e.free] == [["l/(l + w)", "1"]]


def test_names_of_mixing_probabilities_keep_clear_of_parameters() -> None:
    tree = ExtensiveForm.build(
        ["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}}, {"x": ["p_n_a"], "y": [0]}
    )
    (mixed,) = [e for e in subgame_perfect(tree) if e.free]
    assert mixed.free[0].name == "p_n_a_"
    assert str(mixed.region) == "p_n_a == 0"


def test_pure_equilibria_are_those_of_backward_induction() -> None:
    rng = Random(21)
    for _ in range(8):
        tree = random_tree(rng, 2)
        atlas = subgame_perfect(tree, cells=False)
        found = {e.support: e.region for e in atlas if e.is_pure}
        wanted = {e.support: e.region for e in backward_induction(tree, cells=False)}
        assert set(found) == set(wanted)
        ask = prover(EVERYWHERE)
        assert all(ask.equivalent(found[k], wanted[k]) is True for k in wanted)


def test_a_stage_too_large_for_mixtures_is_searched_for_pure_play_and_says_so() -> None:
    rng = Random(5)
    tree = together((5, 5), lambda: rng.choice((0, 1, 2, "a")))
    atlas = subgame_perfect(tree, cells=False)
    assert atlas.complete.scope == "pure"
    assert atlas.complete.coverage == "not claimed"
    assert all(e.is_pure for e in atlas)
    for a in (F(-1), F(1, 2), F(3)):
        oracle = plain(tree, {"a": a})
        expected = [p for p in oracle.pure_profiles() if oracle.is_subgame_perfect(p)]
        found = [behaviour(e, {}) for e in atlas.at(a=a)]
        assert len(found) == len(expected)
        assert all(p in expected for p in found)


def test_hidden_types_beyond_its_sizes_are_refused_with_the_remedy() -> None:
    kinds = ("one", "two", "three", "four")
    players = (TreePlayer("us", types=kinds), TreePlayer("them", types=kinds))
    quarter: dict[str, Value] = dict.fromkeys(kinds, number(F(1, 4)))
    nodes = (
        Node("open", "us", (("wait", "SQ"), ("act", "reply"))),
        Node("reply", "them", (("cede", "win"), ("fight", "war"))),
    )
    outcomes = [TypedOutcome(o, (number(k), number(-k))) for k, o in enumerate(("SQ", "win", "war"))]
    tree = with_types(
        players, independent(players, {"us": quarter, "them": quarter}), nodes, outcomes, Domain()
    )
    with pytest.raises(
        OutOfScope, match=r"8 information sets that must be solved together.*perfect-bayesian"
    ):
        subgame_perfect(tree)
