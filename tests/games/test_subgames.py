"""Subgames: where they begin, by definition; what they hold; how stages divide the tree."""

from fractions import Fraction as F
from random import Random

import pytest

from deterrence.errors import GameError, UnknownName
from deterrence.games.subgames import stages, subgame, subgame_roots
from deterrence.games.tree import ExtensiveForm
from tests.solve.trees_at_points import plain, random_tree

SELTEN_HORSE = ExtensiveForm.build(
    ["one", "two", "three"],
    {
        "first": {"player": "one", "moves": {"D": "left", "C": "second"}},
        "second": {"player": "two", "moves": {"d": "right", "c": "end"}},
        "left": {"player": "three", "moves": {"L": "o1", "R": "o2"}, "information": "third"},
        "right": {"player": "three", "moves": {"L": "o3", "R": "o4"}, "information": "third"},
    },
    {"o1": [3, 3, 2], "o2": [0, 0, 0], "o3": [4, 4, 0], "o4": [0, 0, 1], "end": [1, 1, 1]},
)


def test_seltens_horse_has_no_proper_subgame() -> None:
    assert subgame_roots(SELTEN_HORSE) == ("first",)
    with pytest.raises(GameError, match=r"begins at second: the information set third .*\(left, right\)"):
        subgame(SELTEN_HORSE, "second")


def test_subgames_begin_where_the_definition_says() -> None:
    rng = Random(7)
    proper = cut = 0
    for _ in range(60):
        tree = random_tree(rng, 4, hidden=0.4)
        expected = plain(tree, {n: F(0) for n in tree.domain.names}).roots()
        assert set(subgame_roots(tree)) == expected
        proper += len(expected) > 1
        cut += len(expected) < len(tree.nodes)
    assert proper > 20
    assert cut > 20


def test_every_node_begins_a_subgame_under_perfect_information() -> None:
    tree = random_tree(Random(3), 5)
    assert subgame_roots(tree) == tree.order


def test_a_subgame_holds_what_follows_and_nothing_else() -> None:
    rng = Random(8)
    for _ in range(20):
        tree = random_tree(rng, 4, hidden=0.4)
        oracle = plain(tree, {n: F(0) for n in tree.domain.names})
        for root in subgame_roots(tree):
            part = subgame(tree, root)
            assert part.root.id == root
            assert {n.id for n in part.nodes} == oracle.below(root)
            assert part.domain == tree.domain
            assert {o.id for o in part.outcomes} == {
                m.to for n in oracle.below(root) for m in oracle.nodes[n][2] if m.to in oracle.ends
            }


def test_stages_divide_the_tree_and_come_after_their_exits() -> None:
    rng = Random(9)
    for _ in range(40):
        tree = random_tree(rng, 4, hidden=0.4)
        listed = stages(tree)
        assert sorted(n for s in listed for n in s.nodes) == sorted(n.id for n in tree.nodes)
        assert sorted(h.name for s in listed for h in s.sets) == sorted(h.name for h in tree.information)
        assert {s.root for s in listed} == set(subgame_roots(tree))
        seen: set[str] = set()
        for stage in listed:
            assert set(stage.exits) <= seen
            seen.add(stage.root)
            for h in stage.sets:
                assert set(h.nodes) <= set(stage.nodes)


def test_an_unknown_node_is_named() -> None:
    with pytest.raises(UnknownName, match="no node named 'thrid'"):
        subgame(SELTEN_HORSE, "thrid")
