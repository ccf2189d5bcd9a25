"""Perfect Bayesian equilibria of published games, and of games worked out by hand: all of them, with their regions.

Unilateral deterrence with types on both sides is Z2 of the catalogue of models; beer and quiche is from
[ChoKreps1987]; the horse from [Selten1975].  The entry game and the two doors are worked out in their comments.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction as F
from functools import cache

import pytest

import deterrence as dt
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of
from deterrence.algebra.value import compare
from deterrence.games.normal import entry
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, Path
from deterrence.solve.perfect_bayesian import perfect_bayesian

KINDS = ("hard", "soft")


@cache
def solved(name: str, beliefs: str = "sequential") -> Atlas:
    atlas = perfect_bayesian(GAMES[name](), beliefs=beliefs, cells=False)
    assert atlas.complete.verdict == "proved" and atlas.complete.scope == "all"
    assert atlas.complete.coverage == "proved"
    return atlas


def groups(atlas: Atlas, *places: str) -> dict[tuple[tuple[str, ...], ...], Path]:
    """The groups by play on the path, by the actions used at these information sets."""
    found = {}
    for path in atlas.paths:
        listed = {
            tuple(tuple(a for a, v in atlas[i].strategy(h).items() if not v.is_zero) for h in places)
            for i in path.members
        }
        assert len(listed) == 1
        found[listed.pop()] = path
    assert len(found) == len(atlas.paths)
    return found


def same(atlas: Atlas, found: Region | None, expected: str | Region, **words: str) -> None:
    """That a region is the expected one under the game's assumptions, both ways."""
    assert found is not None
    wanted = expected if isinstance(expected, Region) else text(expected, **words)
    verdict = dt.equal(found, wanted, atlas.domain.given)
    assert verdict.word == "proved", f"{found} is not {wanted}: {verdict}"


def text(condition: str, **words: str) -> Region:
    """A region from text, with longer expressions for some of its words."""
    for word, meaning in words.items():
        condition = condition.replace(word, f"({meaning})")
    return dt.region(condition)


def equals(atlas: Atlas, e: Equilibrium, place: str, action: str, expected: str) -> None:
    """That a probability is the expected expression all over the component."""
    here = compare(e.strategy(place)[action], "==", entry(expected))
    assert dt.implies(e.where, here, atlas.domain.given).word == "proved"


def member(atlas: Atlas, path: Path, place: str, action: str) -> Equilibrium:
    """The one component of a group in which an information set plays a pure action, or "mixed"."""
    found = []
    for i in path.members:
        used = [a for a, v in atlas[i].strategy(place).items() if not v.is_zero]
        if used == [action] or (action == "mixed" and len(used) > 1):
            found.append(atlas[i])
    assert len(found) == 1
    return found[0]


# -- Z2: unilateral deterrence, types on both sides --------------------------------------------------------------
C_T = "(dCD - dDC)/(dCD - dDDsoft)"
D_1 = "(cDC - cSQ)/(cDC - cCD)"
D_2 = "(cDC - cSQ)/(cDC - cDDhard)"
THRESHOLDS = {"c_t": C_T, "d_1": D_1, "d_2": D_2}
GOLDEN = {
    **dict(zip(("cDC", "cSQ", "cDDhard", "cCD", "cDDsoft"), map(F, (10, 6, 4, 2, 0)), strict=True)),
    **dict(zip(("dCD", "dSQ", "dDDhard", "dDC", "dDDsoft"), map(F, (10, 8, 5, 3, 0)), strict=True)),
}


def unilateral() -> ExtensiveForm:
    """Challenge or wait; resist or yield; fight or back down.  Each side knows its own type only."""
    chances = {
        "hard_hard": "p*q",
        "hard_soft": "p*(1 - q)",
        "soft_hard": "(1 - p)*q",
        "soft_soft": "(1 - p)*(1 - q)",
    }
    draw = {"player": "chance", "moves": {t: f"open_{t}" for t in chances}, "probabilities": chances}
    nodes: dict[str, Mapping[str, object]] = {"draw": draw}
    ends = {}
    for one in KINDS:
        for two in KINDS:
            t = f"{one}_{two}"
            moves = {"wait": f"SQ_{t}", "challenge": f"answer_{t}"}
            nodes[f"open_{t}"] = {"player": "Ch", "information": f"open[{one}]", "moves": moves}
            moves = {"resist": f"last_{t}", "concede": f"DC_{t}"}
            nodes[f"answer_{t}"] = {"player": "Def", "information": f"answer[{two}]", "moves": moves}
            moves = {"fight": f"DD_{t}", "back": f"CD_{t}"}
            nodes[f"last_{t}"] = {"player": "Ch", "information": f"last[{one}]", "moves": moves}
            ends |= {f"{o}_{t}": [f"c{o}", f"d{o}"] for o in ("SQ", "DC", "CD")}
            ends[f"DD_{t}"] = [f"cDD{one}", f"dDD{two}"]
    order = ["cDC > cSQ", "cSQ > cDDhard", "cDDhard > cCD", "cCD > cDDsoft", "dCD > dDDhard", "dSQ > dDDhard"]
    order += ["dDDhard > dDC", "dDC > dDDsoft", "0 < p", "p < 1", "0 < q", "q < 1"]
    return ExtensiveForm.build(["Ch", "Def"], nodes, ends, assumptions=order)


ON_PATH = ("open[hard]", "open[soft]", "answer[soft]")
CHALLENGE, WAIT, EITHER = ("challenge",), ("wait",), ("wait", "challenge")
RESIST, CONCEDE, MIXED = ("resist",), ("concede",), ("resist", "concede")
DETERRENCE = "deterrence"


def deterrence_groups() -> tuple[Atlas, dict[object, Path]]:
    """The groups by what the challenger does, and the soft defender where it is asked."""
    atlas = solved("unilateral")
    found: dict[object, Path] = {}
    for path in atlas.paths:
        e = atlas[path.members[0]]
        used = [tuple(a for a, v in e.strategy(h).items() if not v.is_zero) for h in ON_PATH]
        key: object = DETERRENCE if used[:2] == [WAIT, WAIT] else tuple(used)
        assert key not in found
        found[key] = path
    return atlas, found


def test_deterrence_has_four_kinds_of_play_and_three_knife_edges() -> None:
    atlas, found = deterrence_groups()
    assert {k for k, path in found.items() if any(atlas[i].generic for i in path.members)} == {
        (CHALLENGE, CHALLENGE, CONCEDE),  # attack
        (CHALLENGE, EITHER, MIXED),  # bluff
        (CHALLENGE, WAIT, CONCEDE),  # separating
        DETERRENCE,
    }
    assert {k for k, path in found.items() if not any(atlas[i].generic for i in path.members)} == {
        (CHALLENGE, EITHER, CONCEDE),
        (EITHER, WAIT, CONCEDE),
        (CHALLENGE, CHALLENGE, MIXED),
    }


@pytest.mark.parametrize(
    ("play", "region"),
    [
        ((CHALLENGE, CHALLENGE, CONCEDE), "p >= c_t and q <= d_1"),
        # y = (d_1 - q)/(1 - q) is zero at q = d_1: that end has another support, and is in the first knife-edge
        ((CHALLENGE, EITHER, MIXED), "p < c_t and q < d_1"),
        ((CHALLENGE, WAIT, CONCEDE), "d_1 <= q and q <= d_2"),
        (DETERRENCE, "p > 0"),
        ((CHALLENGE, EITHER, CONCEDE), "q == d_1"),
        ((EITHER, WAIT, CONCEDE), "q == d_2"),
        ((CHALLENGE, CHALLENGE, MIXED), "p == c_t and q < d_1"),
    ],
    ids=["attack", "bluff", "separating", "deterrence", "q = d_1", "q = d_2", "p = c_t"],
)
def test_deterrence_regions(play: object, region: str) -> None:
    atlas, found = deterrence_groups()
    same(atlas, found[play].some, region, **THRESHOLDS)
    if play != DETERRENCE:
        same(atlas, found[play].every, region, **THRESHOLDS)


def test_soft_backs_down_hard_presses_and_a_hard_defender_resists() -> None:
    for e in solved("unilateral"):
        assert str(e.strategy("last[hard]")["fight"]) == str(e.strategy("last[soft]")["back"]) == "1"
        assert str(e.strategy("answer[hard]")["resist"]) == "1"


def test_bluff_probabilities() -> None:
    atlas, found = deterrence_groups()
    (name,) = found[CHALLENGE, EITHER, MIXED].members
    bluff = atlas[name]
    assert not bluff.free
    equals(atlas, bluff, "open[soft]", "challenge", f"p*(1 - {C_T})/((1 - p)*{C_T})")
    equals(atlas, bluff, "answer[soft]", "resist", f"({D_1} - q)/(1 - q)")
    believed = dict(dict(bluff.beliefs)["answer[soft]"])["answer_hard_soft"]
    assert dt.implies(bluff.where, compare(believed, "==", entry(C_T)), atlas.domain.given).word == "proved"
    here = {e.id: e for e in atlas.at(GOLDEN, p="3/10", q="1/4")}
    assert here[name].strategy("open[soft]")["challenge"].at({}) == F(9, 49)
    assert here[name].strategy("answer[soft]")["resist"].at({}) == F(1, 3)


def test_golden_thresholds() -> None:
    assert entry(C_T).at(GOLDEN) == F(7, 10)
    assert entry(D_1).at(GOLDEN) == F(1, 2)
    assert entry(D_2).at(GOLDEN) == F(2, 3)


@pytest.mark.parametrize(
    ("answer", "exists", "component"),
    [
        ("concede", "q >= d_2", "r >= c_t and r <= 1 and q >= d_2"),
        ("mixed", "p > 0", "r == c_t and 0 < y and y < 1 and q + (1 - q)*y >= d_2"),
        ("resist", "p > 0", "r <= c_t and 0 <= r"),
    ],
    ids=["pessimistic", "indifferent", "steadfast"],
)
def test_deterrence_by_belief(answer: str, exists: str, component: str) -> None:
    """The rows of Z2 in exact supports: r is the belief in a hard challenger, y the chance to resist."""
    atlas, found = deterrence_groups()
    e = member(atlas, found[DETERRENCE], "answer[soft]", answer)
    same(atlas, e.region, exists, **THRESHOLDS)
    beliefs = {h: dict(row) for h, row in e.beliefs}
    r, y = beliefs["answer[soft]"]["answer_hard_soft"], e.strategy("answer[soft]")["resist"]
    # types are drawn independently, and a tremble of the challenger cannot depend on the defender's
    assert r == beliefs["answer[hard]"]["answer_hard_hard"]
    # the assessments (r, y) that the component holds are those of the table
    held = all_of((e.where, compare(entry("r"), "==", r), compare(entry("y"), "==", y)))
    found_pairs = dt.eliminate(held, [x.name for x in e.free], atlas.domain.given)
    fixed = {"concede": "y == 0", "mixed": "p > 0", "resist": "y == 1"}[answer]
    same(atlas, found_pairs.region, f"{component} and {fixed}", **THRESHOLDS)


@pytest.mark.parametrize(
    ("belief", "exists", "resistance"),
    [
        ("r > c_t", "q >= d_2", "y == 0 and q >= d_2"),
        ("r == c_t", "p > 0", "0 <= y and y <= 1 and q + (1 - q)*y >= d_2"),
        ("r < c_t", "p > 0", "y == 1"),
    ],
    ids=["pessimistic", "indifferent", "steadfast"],
)
def test_deterrence_split_by_belief_as_it_is_printed(belief: str, exists: str, resistance: str) -> None:
    """The same rows by the belief alone: where some deterrence rests on it, and with which chances to resist."""
    atlas, found = deterrence_groups()
    whole, resisting = [], []
    for e in (atlas[i] for i in found[DETERRENCE].members):
        r = dict(dict(e.beliefs)["answer[soft]"])["answer_hard_soft"]
        y = e.strategy("answer[soft]")["resist"]
        held = [e.where, compare(entry("r"), "==", r), text(belief, **THRESHOLDS)]
        names = [x.name for x in e.free]
        whole.append(dt.eliminate(all_of(held), [*names, "r"], atlas.domain.given).region)
        pairs = all_of((*held, compare(entry("y"), "==", y)))
        resisting.append(dt.eliminate(pairs, [*names, "r"], atlas.domain.given).region)
    same(atlas, any_of(r for r in whole if r is not None), exists, **THRESHOLDS)
    same(atlas, any_of(r for r in resisting if r is not None), resistance, **THRESHOLDS)


def test_certain_deterrence_and_d1() -> None:
    atlas, found = deterrence_groups()
    path = found[DETERRENCE]
    same(atlas, path.every, "q >= d_2", **THRESHOLDS)
    same(atlas, dict(path.refined)["d1"], "q >= d_2", **THRESHOLDS)
    for answer in ("mixed", "resist"):
        e = member(atlas, path, "answer[soft]", answer)
        kept = all_of((e.where, e.survives("d1")))
        names = [x.name for x in e.free]
        same(atlas, dt.eliminate(kept, names, atlas.domain.given).region, "q >= d_2", **THRESHOLDS)
        assert (
            dt.implies(
                all_of((e.where, text("q >= d_2", **THRESHOLDS))), e.survives("d1"), atlas.domain.given
            ).word
            == "proved"
        )
    pessimistic = member(atlas, path, "answer[soft]", "concede")
    assert dt.implies(pessimistic.where, pessimistic.survives("d1"), atlas.domain.given).word == "proved"


def test_knife_edges_in_full() -> None:
    atlas, found = deterrence_groups()
    for play, names, expected in [
        (
            (CHALLENGE, EITHER, CONCEDE),
            {"x": ("open[soft]", "challenge")},
            "q == d_1 and 0 < x and x < 1 and p >= c_t*(p + (1 - p)*x)",
        ),
        ((EITHER, WAIT, CONCEDE), {"h": ("open[hard]", "challenge")}, "q == d_2 and 0 < h and h < 1"),
        (
            (CHALLENGE, CHALLENGE, MIXED),
            {"y": ("answer[soft]", "resist")},
            "p == c_t and q < d_1 and 0 < y and y*(1 - q) <= d_1 - q",
        ),
    ]:
        (name,) = found[play].members
        e = atlas[name]
        held = [e.where, *(compare(entry(n), "==", e.strategy(h)[a]) for n, (h, a) in names.items())]
        pairs = dt.eliminate(all_of(held), [x.name for x in e.free], atlas.domain.given)
        same(atlas, pairs.region, expected, **THRESHOLDS)


def test_attack_bluff_separating_and_certain_deterrence_tile() -> None:
    """Every point of the unit square is in one of them, and no generic point in two."""
    atlas, found = deterrence_groups()
    plays = [(CHALLENGE, CHALLENGE, CONCEDE), (CHALLENGE, EITHER, MIXED), (CHALLENGE, WAIT, CONCEDE)]
    tiles = [*(found[play].some for play in plays), found[DETERRENCE].every]
    edge = text("(q == d_1 and p < c_t)", **THRESHOLDS)
    same(atlas, any_of([*tiles, edge]), EVERYWHERE)
    borders = text("q == d_1 or q == d_2 or p == c_t", **THRESHOLDS)
    for i, one in enumerate(tiles):
        for other in tiles[i + 1 :]:
            assert one is not None and other is not None
            assert dt.implies(all_of((one, other)), borders, atlas.domain.given).word in ("proved", "vacuous")


# -- beer and quiche ---------------------------------------------------------------------------------------------
def beer_quiche() -> ExtensiveForm:
    """The right breakfast is worth 1, not to be fought 2; whoever fights wants the weak one.  s: prior of strong."""
    nodes: dict[str, Mapping[str, object]] = {
        "draw": {
            "player": "chance",
            "moves": {"strong": "strong", "weak": "weak"},
            "probabilities": {"strong": "s", "weak": "1 - s"},
        }
    }
    ends = {}
    for kind, likes in (("strong", "beer"), ("weak", "quiche")):
        nodes[kind] = {"player": "sender", "moves": {m: f"{kind}_{m}" for m in ("beer", "quiche")}}
        for m in ("beer", "quiche"):
            moves = {r: f"{kind}_{m}_{r}" for r in ("duel", "leave")}
            nodes[f"{kind}_{m}"] = {"player": "receiver", "information": f"after_{m}", "moves": moves}
            right = int(m == likes)
            ends[f"{kind}_{m}_duel"] = [right, int(kind == "weak")]
            ends[f"{kind}_{m}_leave"] = [right + 2, int(kind == "strong")]
    return ExtensiveForm.build(["sender", "receiver"], nodes, ends, assumptions=["0 < s", "s < 1"])


BEER, QUICHE, BOTH = ("beer",), ("quiche",), ("beer", "quiche")
DUEL, LEAVE, PERHAPS = ("duel",), ("leave",), ("duel", "leave")


def breakfasts() -> tuple[Atlas, dict[object, Path]]:
    atlas = solved("beer-quiche")
    found: dict[object, Path] = {}
    for path in atlas.paths:
        e = atlas[path.members[0]]
        used = {h: tuple(a for a, v in row if not v.is_zero) for h, row in e.profile}
        eaten = dict.fromkeys([*used["strong"], *used["weak"]])
        key = (used["strong"], used["weak"], *(used[f"after_{m}"] for m in ("beer", "quiche") if m in eaten))
        found[key] = path
    return atlas, found


def test_beer_and_quiche_by_prior() -> None:
    """Two poolings for s >= 1/2, one semi-separating equilibrium below; at s = 1/2 the receiver may mix.

    By hand: weak is indifferent between quiche, fought, and beer where 2*(1 - d) = 1, so d = 1/2, and then the
    posterior is 1/2.  If strong is indifferent, or weak alone has beer, someone prefers to deviate.
    """
    atlas, found = breakfasts()
    regions = {
        (BEER, BEER, LEAVE): "s >= 1/2",
        (QUICHE, QUICHE, LEAVE): "s >= 1/2",
        (BEER, BOTH, PERHAPS, DUEL): "s < 1/2",
        (BEER, BEER, PERHAPS): "s == 1/2",
        (QUICHE, QUICHE, PERHAPS): "s == 1/2",
    }
    assert set(found) == set(regions)
    for play, region in regions.items():
        same(atlas, found[play].some, region)
    (name,) = found[BEER, BOTH, PERHAPS, DUEL].members
    equals(atlas, atlas[name], "weak", "beer", "s/(1 - s)")
    equals(atlas, atlas[name], "after_beer", "duel", "1/2")


def test_intuitive_criterion_rejects_pooling_on_quiche() -> None:
    atlas, found = breakfasts()
    quiche, beer = found[QUICHE, QUICHE, LEAVE], found[BEER, BEER, LEAVE]
    for name in ("intuitive", "d1"):
        same(atlas, dict(quiche.refined)[name], "s > 2")
        same(atlas, dict(beer.refined)[name], "s >= 1/2")
    here = atlas.at(s="9/10")
    assert {e.path for e in here} == {quiche.id, beer.id}
    assert {str(e.payoff("sender")) for e in here if e.path == beer.id} == {"29/10"}
    assert {str(e.payoff("sender")) for e in here if e.path == quiche.id} == {"21/10"}


# -- the horse ---------------------------------------------------------------------------------------------------
def horse() -> ExtensiveForm:
    nodes = {
        "one": {"player": "I", "moves": {"C": "two", "D": "low"}},
        "two": {"player": "II", "moves": {"c": "end", "d": "high"}},
        "low": {"player": "III", "information": "three", "moves": {"L": "lowL", "R": "lowR"}},
        "high": {"player": "III", "information": "three", "moves": {"L": "highL", "R": "highR"}},
    }
    ends = {"end": [1, 1, 1], "lowL": [3, 3, 2], "lowR": [0, 0, 0], "highL": [4, 4, 0], "highR": [0, 0, 1]}
    return ExtensiveForm.build(["I", "II", "III"], nodes, ends)


@pytest.mark.parametrize("beliefs", ["sequential", "weak"])
def test_horse(beliefs: str) -> None:
    """Only (C, c, L with at most 1/4), not the Nash equilibria with D; the third's belief in D is 1/3 if it mixes."""
    atlas = solved("horse", beliefs)
    (path,) = atlas.paths
    found = {}
    for e in atlas:
        assert str(e.strategy("one")["C"]) == str(e.strategy("two")["c"]) == "1"
        left, low = e.strategy("three")["L"], dict(dict(e.beliefs)["three"])["low"]
        held = all_of((e.where, compare(entry("L"), "==", left), compare(entry("low"), "==", low)))
        found[e.id] = dt.eliminate(held, [x.name for x in e.free]).region
    assert len(found) == 2 and set(path.members) == set(found)
    expected = "(L == 0 and 0 <= low and low <= 1/3) or (low == 1/3 and 0 < L and L <= 1/4)"
    same(atlas, any_of(found.values()), expected)


# -- weak beliefs may lose subgame perfection --------------------------------------------------------------------
def entry_game() -> ExtensiveForm:
    """Stay out for w, or enter; then both choose at once.  Accommodating is better for the entrant always."""
    nodes = {
        "door": {"player": "entrant", "moves": {"out": "out", "enter": "inside"}},
        "inside": {"player": "entrant", "moves": {"fight": "fought", "share": "shared"}},
        "fought": {"player": "incumbent", "information": "reply", "moves": {"fight": "ff", "share": "fs"}},
        "shared": {"player": "incumbent", "information": "reply", "moves": {"fight": "sf", "share": "ss"}},
    }
    ends = {"out": ["w", 2], "ff": [-3, -1], "fs": [1, -2], "sf": [-2, -1], "ss": [3, 1]}
    return ExtensiveForm.build(["entrant", "incumbent"], nodes, ends)


def test_weak_beliefs_lose_subgame_perfection() -> None:
    """Once inside sharing is best: 3 - 5f > 1 - 4f for every chance f of a fight.  The subgame is so solved: 3.

    Weak beliefs may say that the entrant inside fights: the incumbent fights where that has 2/3 or more.
    Then staying out is supported wherever w >= 3 - 5f for some f <= 1, that is w >= -2.
    """
    sequential, weak = solved("entry"), solved("entry", "weak")
    plays = groups(sequential, "door")
    assert all(str(e.strategy("inside")["share"]) == "1" for atlas in (sequential, weak) for e in atlas)
    assert all(str(e.strategy("reply")["share"]) == "1" for e in sequential)
    same(sequential, plays[(("out",),)].some, "w >= 3")
    same(sequential, plays[(("enter",),)].some, "w <= 3")
    same(sequential, plays[(("out", "enter"),)].some, "w == 3")
    plays = groups(weak, "door")
    same(weak, plays[(("out",),)].some, "w >= -2")
    same(weak, plays[(("enter",),)].some, "w <= 3")
    same(weak, plays[(("out", "enter"),)].some, "w == 3")
    fights = member(weak, plays[(("out",),)], "reply", "fight")
    same(weak, fights.region, "w >= -2")
    mixes = member(weak, plays[(("out",),)], "reply", "mixed")
    same(weak, mixes.region, "w > -2")  # w >= 3 - 5f for some f < 1
    believed = dict(dict(mixes.beliefs)["reply"])["fought"]
    assert dt.implies(mixes.where, compare(believed, "==", entry("2/3"))).word == "proved"


# -- a chain of information sets off the path --------------------------------------------------------------------
def doors() -> ExtensiveForm:
    """Stay out for 1, or enter by one of two doors; B and then C move without knowing which."""
    nodes = {
        "start": {"player": "A", "moves": {"out": "out", "a": "a", "b": "b"}},
        "a": {"player": "B", "information": "second", "moves": {"l": "al", "r": "ar"}},
        "b": {"player": "B", "information": "second", "moves": {"l": "bl", "r": "br"}},
        "al": {"player": "C", "information": "third", "moves": {"u": "alu", "d": "ald"}},
        "bl": {"player": "C", "information": "third", "moves": {"u": "blu", "d": "bld"}},
    }
    ends = {
        "out": [1, 0, 0],
        "ar": [2, 0, 0],
        "br": [2, 0, 0],
        "alu": [2, 1, 1],
        "ald": [0, 1, 0],
        "blu": [2, -1, 0],
        "bld": [0, -1, "k"],
    }
    return ExtensiveForm.build(["A", "B", "C"], nodes, ends, assumptions=["k > 0"])


def test_beliefs_along_a_chain() -> None:
    """Out needs B to play l and C to play d: a likely enough for B, b likely enough for C.

    B plays l only if a has 1/2 or more, C plays d only if a has k/(1 + k) or less.  What trembles to C's set
    passed B's by the same move, so with consistent beliefs both believe the same: k/(1 + k) >= 1/2, so k >= 1.
    Weak beliefs may differ, and out is supported everywhere.
    """
    for kind, expected in (("sequential", "k >= 1"), ("weak", "k > 0")):
        atlas = solved("doors", kind)
        out = [path for path in atlas.paths if str(atlas[path.members[0]].strategy("start")["out"]) == "1"]
        same(atlas, any_of(path.some for path in out), expected)
    for e in solved("doors"):
        if str(e.strategy("start")["out"]) == "1":
            beliefs = {h: dict(row) for h, row in e.beliefs}
            here = compare(beliefs["second"]["a"], "==", beliefs["third"]["al"])
            assert dt.implies(e.where, here, dt.region("k > 0")).word == "proved"


GAMES = {
    "unilateral": unilateral,
    "beer-quiche": beer_quiche,
    "horse": horse,
    "entry": entry_game,
    "doors": doors,
}
