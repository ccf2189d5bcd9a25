"""Markov perfect equilibria: theorems that tie them to other concepts, knife edges, bounds, and how they read."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.region import EVERYWHERE
from deterrence.algebra.value import number, variable
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm, found_domain
from deterrence.games.stochastic import STAGE, StochasticGame, repeated
from deterrence.show.html import atlas_html, game_html
from deterrence.show.jsonable import atlas_json, point_json
from deterrence.show.paragraphs import to_text
from deterrence.show.states import states_table
from deterrence.show.text import atlas_page, point_page
from deterrence.solve import markov_perfect as module
from deterrence.solve.markov import markov_process
from deterrence.solve.markov_perfect import markov_perfect
from deterrence.solve.nash import pure_nash
from deterrence.solve.piecewise import join
from deterrence.solve.stability import one_shot, where_all

PLACES = ("row", "column")


def chosen(e) -> dict[str, str]:
    return {place: next(a for a, v in strategy if not v.is_zero) for place, strategy in e.profile}


# -- theorems -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("d", ["d", "1/2"])
def test_with_one_state_they_are_the_pure_nash_equilibria_of_the_stage(d):
    a, b = [["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]]
    stage = NormalForm.from_arrays(a, b, assumptions=["T > P"])
    factor = variable(d) if d == "d" else number(Fraction(d))
    domain = found_domain([*stage.payoffs, [factor]], ["T > P", *(["0 < d < 1"] if d == "d" else [])])
    found = markov_perfect(repeated(stage, (factor, factor), domain))
    wanted = {tuple(chosen(e).values()): e for e in pure_nash(stage)}
    assert len(found.equilibria) == len(wanted) == 4
    for e in found:
        actions = tuple(chosen(e)[f"{STAGE}[{p}]"] for p in PLACES)
        assert dt.equal(e.region, wanted[actions].region, domain.given).word == "proved"
        assert e.payoff("row") == wanted[actions].payoff("row") / (number(1) - factor)


def walk(rng: Random, depth: int, name: str = "n") -> dict:
    """A tree of moves in turn as a table: each node has a mover, and each of its moves a payoff pair to come."""
    if depth == 0:
        return {}
    here = {name: [rng.choice("AB"), [(rng.choice([-1, 0, 0, 1]), rng.choice([-1, 0, 1])) for _ in "xy"]]}
    for move in "xy":
        if rng.random() < 0.8:
            here |= walk(rng, depth - 1, name + move)
    return here


@pytest.mark.parametrize("seed", range(25))
def test_without_circles_they_are_what_backward_induction_gives(seed):
    """Moves in turn that come to an end, with payoffs at the end of each way: the tree is solved by other code."""
    rng = Random(seed)
    nodes = walk(rng, 3)
    ends = {
        n + m: paid
        for n, (_, listed) in nodes.items()
        for m, paid in zip("xy", listed, strict=True)
        if n + m not in nodes
    }
    tree = dt.ExtensiveForm.build(
        ["A", "B"],
        {n: {"player": who, "moves": {m: n + m for m in "xy"}} for n, (who, _) in nodes.items()},
        ends,
    )
    states = {
        n: {
            "actions": {who: ["x", "y"]},
            "instant": True,
            "cases": [{"when": {who: m}, "to": n + m} for m in "xy"],
        }
        for n, (who, _) in nodes.items()
    }
    states |= {n: {"absorbing": True, "payoffs": list(paid)} for n, paid in ends.items()}
    game = StochasticGame.build(["A", "B"], states, discounts="1/3")
    atlas = dt.backward_induction(tree)
    known = {frozenset(chosen(e).items()): e.payoffs for e in atlas}
    assert {frozenset(chosen(e).items()): e.payoffs for e in markov_perfect(game)} == known


def two_states(**more) -> StochasticGame:
    """A border that is quiet or tense: in each state both sides move, and tension may pass or grow."""
    cases = [
        {
            "when": {"us": x, "them": y},
            "payoffs": {"us": f"{x}{y}", "them": f"{x}{y} - k"},
            "to": "tense" if x == "s" else {"quiet": "p", "tense": "1 - p"},
        }
        for x, y in product("sw", "ah")
    ]
    return StochasticGame.build(
        ["us", "them"],
        {
            "quiet": {"actions": {"us": ["s", "w"], "them": ["a", "h"]}, "cases": cases},
            "tense": {"actions": {"us": ["back", "on"]}, "cases": [{"when": {"us": "back"}, "payoffs": ["-c", 0], "to": "quiet"}, {"payoffs": ["-l", "-l"], "to": "tense"}]},
        },
        discounts={"us": "d", "them": "e"},
        assumptions=["0 < d < 1", "0 < e < 1", "0 <= p <= 1", "c > 0", "l > 0"],
        **more,
    )  # fmt: skip


def test_regions_are_those_of_the_one_shot_conditions_of_each_profile():
    """The same profiles as automata with one state of mind: no shared elimination, no pruning."""
    game = two_states()
    given = game.domain.given
    atlas = markov_perfect(game, cells=False)
    found = {tuple(chosen(e).values()): e.region for e in atlas}
    listed = 0
    for plan in product(*(h.actions for h in game.places)):
        behaviour = {
            h.name: {a: number(int(a == own)) for a in h.actions}
            for h, own in zip(game.places, plan, strict=True)
        }
        wanted = where_all(p := markov_process(game, behaviour), one_shot(p))
        if plan in found:
            listed += 1
            assert dt.equal(found[plan], wanted, given).word == "proved"
        else:
            assert dt.is_empty(wanted, given).word == "proved"
    assert listed == len(atlas.equilibria) > 2


def test_a_single_decision_maker_always_has_a_best_policy():
    """Howard's theorem: the regions cover all parameters."""
    game = StochasticGame.build(
        ["us"],
        {
            "calm": {"actions": {"us": ["patrol", "rest"]}, "cases": [
                {"when": {"us": "patrol"}, "payoffs": ["-c"], "to": {"calm": "q", "crisis": "1 - q"}},
                {"to": {"calm": "r", "crisis": "1 - r"}}]},
            "crisis": {"actions": {"us": ["settle", "wait"]}, "cases": [
                {"when": {"us": "settle"}, "payoffs": ["-k"], "to": "calm"}, {"payoffs": ["-l"], "to": "crisis"}]},
        },
        discounts="9/10",
        assumptions=["0 < r < q", "q < 1", "c > 0", "k > 0", "l > 0"],
    )  # fmt: skip
    atlas = markov_perfect(game)
    assert len(atlas.equilibria) == 4
    covered = atlas.equilibria[0].region
    for e in atlas.equilibria[1:]:
        covered = covered | e.region
    assert dt.implies(EVERYWHERE, covered, game.domain.given).word == "proved"


# -- knife edges, and what is said ----------------------------------------------------------------------------
def duel(assumptions=(), **more):
    """One side may end a standoff, at a price; where the other could, it may not."""
    return StochasticGame.build(
        {"us": "United States", "them": "Militia"},
        {
            "standoff": {"actions": {"us": ["go", "stay"]}, "cases": [
                {"when": {"us": "go"}, "payoffs": {"us": "-c"}, "to": "answer"}, {"to": "standoff"}]},
            "answer": {"actions": {"them": ["yield", "fight"]}, "cases": [
                {"when": {"them": "yield"}, "payoffs": {"us": "v"}, "to": "peace"},
                {"payoffs": {"us": "-w", "them": "-w"}, "to": {"war": "h", "standoff": "1 - h"}}]},
            "peace": {"absorbing": True},
            "war": {"absorbing": True, "payoffs": {"them": "g"}},
        },
        discounts="d",
        assumptions=["0 < d < 1", "0 < h < 1", "c > 0", "v > 0", "w > 0", *assumptions],
        **more,
    )  # fmt: skip


def test_ties_are_kept():
    """A war worth `g` at the last: fighting and yielding are as good exactly where w = d*h*g; both are listed."""
    atlas = markov_perfect(duel(["c > d*v"]))
    regions = {tuple(chosen(e).values()): e.region for e in atlas}
    given = atlas.domain.given
    assert set(regions) == {("stay", "yield"), ("stay", "fight")}
    assert dt.equal(regions["stay", "yield"], dt.region("w >= d*h*g"), given).word == "proved"
    assert dt.equal(regions["stay", "fight"], dt.region("w <= d*h*g"), given).word == "proved"
    edges = [c for c in atlas.cells if not c.full_dimensional]
    assert [len(c.equilibria) for c in edges] == [2]
    assert dt.equal(edges[0].region, dt.region("w == d*h*g"), given).word == "proved"


def test_off_the_path_counts():
    """Staying is best against a fight, but only where fighting is itself best."""
    atlas = markov_perfect(duel(["g <= 0"]))
    regions = {tuple(chosen(e).values()): e.region for e in atlas}
    assert set(regions) == {("go", "yield"), ("stay", "yield")}


def test_claims_read_states_as_places():
    atlas = markov_perfect(duel(["g <= 0", "c < d*v"]))
    assert dt.some(atlas, "standoff = go and P(answer = yield) == 1").word == "proved"
    assert dt.some(atlas, "payoff(us) == d*v - c").word == "proved"
    assert dt.some(atlas, "P(answer = fight) > 0").word == "refuted"
    always = dt.every(atlas, "answer = yield")
    assert always.word == "proved" and "among pure equilibria" in always.method
    with pytest.raises(GameError, match="name the state in which it moves: standoff"):
        dt.every(atlas, "us = go")
    with pytest.raises(UnknownName, match="known: standoff, answer"):
        dt.every(atlas, "P(peace = go) == 1")
    with pytest.raises(UnknownName, match="action of standoff"):
        dt.every(atlas, "standoff = fight")
    with pytest.raises(UnknownName, match="state answer"):
        dt.every(atlas, "answer[us] = fight")


def test_several_movers_in_a_state_have_places_of_their_own():
    atlas = markov_perfect(two_states(), cells=False)
    assert [place for place, _ in atlas.equilibria[0].profile] == ["quiet[us]", "quiet[them]", "tense"]
    assert dt.every(atlas, "P(quiet[us] = s) == 1").word == "refuted"
    with pytest.raises(GameError, match=r"say which: quiet\[us\], quiet\[them\]"):
        dt.every(atlas, "quiet = s")
    entry = atlas_json(atlas, "border")["equilibria"][0]
    assert {p: list(by_state) for p, by_state in entry["profile"].items()} == {
        "us": ["quiet", "tense"],
        "them": ["quiet"],
    }


def test_text_marks_what_is_off_the_path():
    atlas = markov_perfect(duel(["c > d*v"]))
    page = to_text(atlas_page(atlas), 200)
    assert "United States plays stay in standoff; Militia plays yield in answer (off the path)" in page
    assert "Only pure equilibria were searched; within that class the list is complete" in page
    point = atlas.domain.point(dict(c=3, d="1/2", g=0, h="1/2", v=1, w=1))
    there = to_text(point_page(atlas, point, atlas.at(point)), 200)
    assert "plays stay in standoff" in there and "payoffs: United States 0; Militia 0" in there


def test_json_has_states_by_player():
    atlas = markov_perfect(duel(["c < d*v", "g <= 0"]))
    found = atlas_json(atlas, "duel")
    assert found["concept"] == "markov-perfect"
    (entry,) = found["equilibria"]
    assert entry["profile"] == {
        "us": {"standoff": {"go": "1", "stay": "0"}},
        "them": {"answer": {"yield": "1", "fight": "0"}},
    }
    assert entry["payoffs"] == {"us": "d*v - c", "them": "0"}
    point = atlas.domain.point(dict(c=1, d="1/2", g=0, h="1/2", v=4, w=1))
    assert point_json(atlas, point, "duel")["equilibria"][0]["payoffs"]["us"] == "1"


def test_a_game_shows_its_states():
    table = to_text(states_table(duel()), 200)
    assert "standoff" in table and "war with probability h" in table and "the end" in table
    assert "war" in game_html(duel()) and "yield" in atlas_html(markov_perfect(duel(), cells=False))


def test_payoffs_with_cases_are_joined():
    """Pieces of `max(v, 2)`, as a model file with that payoff has them."""
    base = duel(["c > d*v"])
    guards = [dt.region("v >= 2"), dt.region("v < 2")]
    parts = []
    for guard, top in zip(guards, ("v", "2"), strict=True):
        piece = StochasticGame.build(
            ["us"],
            {"start": {"actions": {"us": ["take", "wait"]}, "cases": [
                {"when": {"us": "take"}, "payoffs": [top], "to": "end"}, {"payoffs": [1], "to": "start"}]},
             "end": {"absorbing": True}},
            discounts="1/4",
            domain=found_domain([[variable("v")]], [guard]),
        )  # fmt: skip
        parts.append((guard, markov_perfect(piece, cells=False)))
    whole = join(parts, found_domain([[variable("v")]], []))
    assert [chosen(e)["start"] for e in whole] == ["take", "take"]  # max(v, 2) is more than 1/(1 - 1/4)
    assert dt.equal(whole.equilibria[0].region | whole.equilibria[1].region, EVERYWHERE).word == "proved"
    other = markov_perfect(base, cells=False)
    bent = markov_perfect(duel(["c > d*v"], initial="answer"), cells=False)
    assert bent.equilibria[0].payoffs != other.equilibria[0].payoffs
    slower = StochasticGame(
        base.players, base.states, base.initial, (variable("d") * number(Fraction(1, 2)),) * 2, base.domain
    )
    with pytest.raises(OutOfScope, match="a game for each case"):
        join([(guards[0], other), (guards[1], markov_perfect(slower, cells=False))], base.domain)


# -- what is refused ------------------------------------------------------------------------------------------
def test_a_chain_has_no_equilibria():
    chain = StochasticGame.build([], {"a": {"to": "b"}, "b": {"absorbing": True}})
    with pytest.raises(GameError, match="nobody moves"):
        markov_perfect(chain)


def test_contradicting_assumptions():
    with pytest.raises(DomainError, match="contradict each other"):
        markov_perfect(duel(["c > 2", "c < 1"]))


def test_too_many_ties_are_refused_with_their_bound():
    actions = {"us": ["x", "y"]}
    states = {f"s{k}": {"actions": actions, "cases": [{"to": f"s{(k + 1) % 9}"}]} for k in range(9)}
    with pytest.raises(OutOfScope, match="more than 400"):
        markov_perfect(StochasticGame.build(["us"], states, discounts="1/2"))


def test_the_search_is_bounded_and_says_how_many_profiles_there_are(monkeypatch):
    monkeypatch.setattr(module, "MAX_STEPS", 3)
    with pytest.raises(OutOfScope, match="the game has 8 pure Markov profiles, and 3 steps"):
        markov_perfect(two_states())


def test_what_was_dropped_is_empty():
    game = duel(["g <= 0"])
    atlas = markov_perfect(game, cells=False)
    assert len(atlas.equilibria) < 4 and atlas.emptied
    for region in atlas.emptied:
        assert dt.is_empty(region, game.domain.given).word == "proved"
