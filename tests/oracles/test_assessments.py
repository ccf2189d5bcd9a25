"""The oracles for assessments on games worked out by hand, and against trembles put in as numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction as F
from random import Random

import pytest

from tests.oracles.assessments import ONE, Tree, bayes, consistent, faults, gains, reach
from tests.oracles.feasible import Row, feasible, left_nullspace
from tests.oracles.random_trees import TIES, Table, any_shape, chain, signalling, two_sided
from tests.oracles.supporting_beliefs import Unsupported, behaviours, supporting

Rows = dict[str, dict[str, F]]


def tree_of(table: Table) -> Tree:
    """The numeric tree of a table, without the library."""
    nodes = table.nodes
    chance = {n for n, raw in nodes.items() if raw["player"] == "chance"}
    return Tree(
        next(iter(nodes)),
        {n: raw["moves"] for n, raw in nodes.items()},
        {n: None if n in chance else raw["player"] for n, raw in nodes.items()},
        {n: nodes[n]["probabilities"] for n in chance},
        {n: raw.get("information", n) for n, raw in nodes.items() if n not in chance},
        {end: {p: F(v) for p, v in zip(table.players, row, strict=True)} for end, row in table.ends.items()},
    )


def pure(tree: Tree, chosen: Mapping[str, str]) -> Rows:
    return {h: {a: F(int(a == chosen[h])) for a in actions} for h, actions in tree.actions.items()}


# -- inequalities ------------------------------------------------------------------------------------------------
def test_feasible_checks_itself_on_random_systems() -> None:
    """Either answer is verified inside `feasible`; here both come up, and a point put in by hand is not denied."""
    rng = Random(1)
    answers = {True: 0, False: 0}
    for _ in range(400):
        size = rng.randint(1, 4)
        rows: list[Row] = []
        for _ in range(rng.randint(1, 5)):
            rows.append(
                ([rng.randint(-2, 2) for _ in range(size)], rng.choice([">=", "=="]), rng.randint(-2, 2))
            )
        found = feasible(rows, size)
        answers[found is not None] += 1
        hidden = [rng.randint(0, 3) for _ in range(size)]
        true: list[Row] = [(c, r, sum(a * x for a, x in zip(c, hidden, strict=True))) for c, r, _ in rows]
        assert feasible(true, size) is not None
    assert min(answers.values()) > 50


def test_left_nullspace_has_the_right_size() -> None:
    assert left_nullspace([(1, 2), (2, 4), (0, 1), (0, 0)]) == [(-2, 1, 0, 0), (0, 0, 0, 1)]
    assert left_nullspace([(1, 0), (1, 1)]) == []


# -- rationality -------------------------------------------------------------------------------------------------
def entry() -> Tree:
    """Stay out for 0, or enter and then fight or share, at the same time as the incumbent."""
    nodes = {
        "door": {"player": "E", "moves": {"out": "o", "enter": "in"}},
        "in": {"player": "E", "moves": {"fight": "f", "share": "s"}},
        "f": {"player": "I", "information": "reply", "moves": {"fight": "ff", "share": "fs"}},
        "s": {"player": "I", "information": "reply", "moves": {"fight": "sf", "share": "ss"}},
    }
    ends = {"o": (0, 2), "ff": (-3, -1), "fs": (1, -2), "sf": (-2, -1), "ss": (3, 1)}
    return tree_of(Table(("E", "I"), nodes, ends))


def test_weak_and_sequential_differ_in_the_entry_game() -> None:
    tree = entry()
    out = pure(tree, {"door": "out", "in": "share", "reply": "fight"})
    belief = {"reply": {"f": ONE, "s": F(0)}}
    assert faults(tree, out, belief, "weak") == []
    assert faults(tree, out, belief, "sequential") == ["the beliefs are not consistent"]
    assert faults(tree, out, {"reply": {"f": F(1, 2), "s": F(1, 2)}}, "weak") != []  # then sharing is better
    enter = pure(tree, {"door": "enter", "in": "share", "reply": "share"})
    found = {
        kind: [b for b in behaviours(tree, 1) if supporting(tree, b, kind)] for kind in ("weak", "sequential")
    }
    assert found == {"weak": [enter, out], "sequential": [enter]}


def test_plans_are_compared_as_wholes() -> None:
    """B moves twice, off the path, with beliefs that contradict each other; only a whole plan tells.

    At its first set B believes a, where (l, u) would earn 2; at its second it believes b, and so plays d.  With d
    to follow, l earns 0 as r does: no single change at the first set gains, but the plan (l, u) does.
    """
    nodes = {
        "n": {"player": "A", "moves": {"out": "o", "a": "a", "b": "b"}},
        "a": {"player": "B", "information": "one", "moves": {"l": "al", "r": "ar"}},
        "b": {"player": "B", "information": "one", "moves": {"l": "bl", "r": "br"}},
        "al": {"player": "B", "information": "two", "moves": {"u": "alu", "d": "ald"}},
        "bl": {"player": "B", "information": "two", "moves": {"u": "blu", "d": "bld"}},
    }
    ends = {
        "o": (3, 0),
        "ar": (0, 0),
        "br": (0, 0),
        "alu": (0, 2),
        "ald": (0, 0),
        "blu": (0, 0),
        "bld": (0, 1),
    }
    tree = tree_of(Table(("A", "B"), nodes, ends))
    behaviour = pure(tree, {"n": "out", "one": "r", "two": "d"})
    torn: Rows = {"one": {"a": ONE, "b": F(0)}, "two": {"al": F(0), "bl": ONE}}
    assert faults(tree, behaviour, torn, "weak") == ["one: {'one': 'l', 'two': 'u'} gains 2"]
    calm: Rows = {"one": {"a": F(0), "b": ONE}, "two": {"al": F(0), "bl": ONE}}
    assert faults(tree, behaviour, calm, "weak") == ["one: {'one': 'l', 'two': 'd'} gains 1"]
    behaviour = pure(tree, {"n": "out", "one": "l", "two": "d"})
    assert faults(tree, behaviour, calm, "sequential") == []
    assert faults(tree, behaviour, torn, "weak") == ["one: {'one': 'l', 'two': 'u'} gains 2"]


def test_bayes_binds_on_the_path() -> None:
    tree = tree_of(signalling(Random(3), TIES))
    pooling = pure(tree, {"s0": "m0", "s1": "m0", "after0": "u", "after1": "u"})
    prior = tree.chances["draw"]
    assert bayes(tree, pooling)["after0"] == {"r00": prior["t0"], "r10": prior["t1"]}
    assert "after1" not in bayes(tree, pooling)
    wrong: Rows = {"after0": {"r00": ONE, "r10": F(0)}, "after1": {"r01": ONE, "r11": F(0)}}
    assert any("Bayes" in fault for fault in faults(tree, pooling, wrong, "weak"))
    impossible = {**pooling, "s0": {"m0": F(2), "m1": F(-1)}}
    assert "is no distribution" in faults(tree, impossible, wrong, "weak")[0]


# -- consistency -------------------------------------------------------------------------------------------------
def triangle() -> Tree:
    """A stays out, or does a, b or c; then chance lets one of two players see one of two things that happened."""
    watched = {"a": ("ab", "ca"), "b": ("ab", "bc"), "c": ("bc", "ca")}
    nodes: dict[str, dict[str, object]] = {
        "n": {"player": "A", "moves": {"out": "o", **{x: x for x in watched}}}
    }
    for x, seen in watched.items():
        moves = {s: f"{x}_{s}" for s in seen}
        nodes[x] = {"player": "chance", "moves": moves, "probabilities": dict.fromkeys(seen, F(1, 2))}
        for s in seen:
            moves = {"u": f"{x}{s}u", "d": f"{x}{s}d"}
            nodes[f"{x}_{s}"] = {"player": f"P{s}", "information": s, "moves": moves}
    players = ("A", "Pab", "Pbc", "Pca")
    ends = ["o", *(f"{x}{s}{m}" for x, seen in watched.items() for s in seen for m in "ud")]
    return tree_of(Table(players, nodes, {end: (0, 0, 0, 0) for end in ends}))


@pytest.mark.parametrize(
    ("ab", "bc", "ca", "fits"),
    [
        ((1, 1), (1, 1), (1, 1), True),
        ((2, 1), (3, 1), (1, 6), True),  # odds 2, 3 and 1/6 multiply to 1
        ((2, 1), (3, 1), (1, 5), False),
        ((1, 0), (1, 0), (0, 1), True),  # a before b before c
        ((1, 0), (1, 0), (1, 0), False),  # and c before a: no exponents
        ((1, 0), (1, 1), (0, 1), True),
        ((1, 0), (1, 1), (1, 1), False),  # b as likely as c and c as a, so b as a
    ],
)
def test_odds_go_round_the_triangle(
    ab: tuple[int, int], bc: tuple[int, int], ca: tuple[int, int], fits: bool
) -> None:
    tree = triangle()
    behaviour = pure(tree, {"n": "out", "ab": "u", "bc": "u", "ca": "u"})
    beliefs = {
        s: {f"{s[i]}_{s}": F(w[i], sum(w)) for i in (0, 1)} for s, w in (("ab", ab), ("bc", bc), ("ca", ca))
    }
    assert consistent(tree, behaviour, beliefs) is fits
    assert faults(tree, behaviour, beliefs, "weak") == []


def test_no_signalling_what_you_do_not_know() -> None:
    """With independent types both defenders believe the same of a challenge that nobody makes."""
    tree = tree_of(two_sided(Random(1), (0,)))
    wait = pure(tree, {"open0": "wait", "open1": "wait", "answer0": "cede", "answer1": "cede"})
    prior = reach(tree, wait)
    skew = prior["c00"] * prior["c11"] / (prior["c01"] * prior["c10"])  # the types may be correlated

    def judged(first: F, second: F) -> bool:
        beliefs = {
            "open0": {
                "c00": prior["c00"] / (prior["c00"] + prior["c01"]),
                "c01": prior["c01"] / (prior["c00"] + prior["c01"]),
            },
            "open1": {
                "c10": prior["c10"] / (prior["c10"] + prior["c11"]),
                "c11": prior["c11"] / (prior["c10"] + prior["c11"]),
            },
            "answer0": {"d00": first / (1 + first), "d10": 1 / (1 + first)},
            "answer1": {"d01": second / (1 + second), "d11": 1 / (1 + second)},
        }
        assert faults(tree, wait, beliefs, "weak") == []
        return consistent(tree, wait, beliefs)

    assert judged(F(2), F(2) / skew)
    assert not judged(F(2), F(3) / skew)
    assert judged(F(0), F(0))
    assert not judged(F(0), F(1))


@pytest.mark.parametrize("family", [signalling, two_sided, chain, any_shape])
def test_limits_of_trembles_are_consistent(family: Callable[[Random, tuple[int, ...]], Table]) -> None:
    """The definition itself: what the beliefs of trembling behaviour tend to is accepted as consistent.

    Unused actions tremble with c*t**e.  The limit is read off at the least power of t, and seen to be near at a
    small t.  With two chances exchanged on the path it is refused.
    """
    rng = Random(7)
    for _ in range(25):
        tree = tree_of(family(rng, (-2, -1, 0, 1, 2)))
        behaviour = rng.choice(list(behaviours(tree, 2)))
        tremble = {
            (h, a): (rng.choice((F(1), F(2), F(1, 3))), rng.choice((1, 1, 2, 3)))
            for h, row in behaviour.items()
            for a in row
            if not row[a]
        }
        limit = _limit(tree, behaviour, tremble)
        near = bayes(tree, _shaken(behaviour, tremble, F(1, 10**6)))
        assert all(abs(near[h][x] - v) < F(1, 10**4) for h, row in limit.items() for x, v in row.items())
        assert consistent(tree, behaviour, limit)
        for h, belief in bayes(tree, behaviour).items():
            assert limit[h] == belief
            if len(belief) > 1:
                first, second = list(belief)[:2]
                moved = {**belief, first: belief[second], second: belief[first]}
                assert consistent(tree, behaviour, {**limit, h: moved}) is (moved == belief)


Tremble = Mapping[tuple[str, str], tuple[F, int]]


def _shaken(behaviour: Mapping[str, Mapping[str, F]], tremble: Tremble, t: F) -> Rows:
    found = {}
    for h, row in behaviour.items():
        raw = {a: v or tremble[h, a][0] * t ** tremble[h, a][1] for a, v in row.items()}
        found[h] = {a: v / sum(raw.values()) for a, v in raw.items()}
    return found


def _limit(tree: Tree, behaviour: Mapping[str, Mapping[str, F]], tremble: Tremble) -> Rows:
    found: Rows = {}
    for h, nodes in tree.sets.items():
        powers, weights = {}, {}
        for node in nodes:
            power, weight = 0, ONE
            for x, a in tree.histories[node]:
                if tree.mover[x] is None:
                    weight *= tree.chances[x][a]
                elif behaviour[tree.set_of[x]][a]:
                    weight *= behaviour[tree.set_of[x]][a]
                else:
                    c, e = tremble[tree.set_of[x], a]
                    weight, power = weight * c, power + e
            powers[node], weights[node] = power, weight
        total = sum(weights[x] for x in nodes if powers[x] == min(powers.values()))
        found[h] = {x: weights[x] / total if powers[x] == min(powers.values()) else F(0) for x in nodes}
    return found


# -- beliefs found -----------------------------------------------------------------------------------------------
def test_supporting_beliefs_are_not_missed_on_a_grid() -> None:
    """Where `supporting` says that there are none, no beliefs on a grid are accepted by the definition."""
    rng = Random(11)
    none = 0
    for _ in range(6):
        tree = tree_of(rng.choice([chain, signalling])(rng, TIES))
        for behaviour in rng.sample(list(behaviours(tree, 1)), 6):
            for kind in ("weak", "sequential"):
                try:
                    found = supporting(tree, behaviour, kind)
                except Unsupported:
                    continue
                if found is not None:
                    assert not faults(tree, behaviour, found, kind)
                    continue
                none += 1
                for _ in range(16):
                    beliefs = bayes(tree, behaviour)
                    for h, nodes in tree.sets.items():
                        if h not in beliefs:
                            first = rng.choice((F(0), F(1, 2), F(1, 3), ONE))
                            parts = (
                                [first, *([(1 - first) / (len(nodes) - 1)] * (len(nodes) - 1))]
                                if len(nodes) > 1
                                else [ONE]
                            )
                            beliefs[h] = dict(zip(nodes, parts, strict=True))
                    assert faults(tree, behaviour, beliefs, kind)
    assert none > 20


def test_gains_of_the_prescribed_plan_are_zero() -> None:
    tree = entry()
    behaviour = pure(tree, {"door": "enter", "in": "share", "reply": "share"})
    assert {"door": F(0)} in gains(tree, "door", behaviour)
    assert min(g["door"] for g in gains(tree, "door", behaviour)) == 0
