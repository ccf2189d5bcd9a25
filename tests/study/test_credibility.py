"""Which Nash equilibria in plans are perfect: known games, and the definition on random trees."""

from collections import Counter
from random import Random

import pytest

import deterrence as dt
from deterrence.catalogue.models import load, solve
from deterrence.errors import OutOfScope
from deterrence.solve.subgame_perfect import subgame_perfect
from deterrence.solve.tree_nash import tree_nash
from deterrence.study.credibility import credible
from tests.solve.trees_at_points import plain, random_point, random_tree


def compared(name):
    model = load(name)
    nash = solve(model, "nash", cells=False)
    found = {c.id: c.region for c in credible(nash, solve(model, cells=False))}
    plays = {tuple(action for (action,) in e.support): e for e in nash if e.is_pure}
    return {play: (e.region, found[e.id]) for play, e in plays.items()}, model.domain.given


def same(region, text, given):
    return dt.equal(region, dt.region(text), given).word == "proved"


def test_a_threat_of_resistance_is_credible_from_a_hard_defender_or_against_a_soft_challenger():
    found, given = compared("unilateral-deterrence")
    where, credibly = found["wait", "resist"]
    assert same(where, "dDC == dDC", given)
    assert same(credibly, "cCD >= cDD or dDD >= dDC", given)
    where, credibly = found["challenge_go_on", "concede"]
    assert same(where, "dDC >= dDD", given)
    assert same(credibly, "dDC >= dDD and cDD >= cCD", given)


def test_standing_fast_when_the_other_has_committed_itself_is_not_credible_in_chicken():
    """In chicken (S > P) whoever sees the other defect gives way: "I defect whatever you do" is empty."""
    found, given = compared("schelling-commitment")
    where, credibly = found["cooperate", "defect_defect"]
    assert same(where, "S >= P", given)
    assert same(credibly, "S == P", given)


def test_hidden_types_are_compared_with_perfect_bayesian_equilibria():
    """A soft defender alone that resists deters nobody credibly; c is d_2's condition in payoffs."""
    found, given = compared("unilateral-deterrence-incomplete")
    _, credibly = found["hard_wait_soft_wait", "hard_resist_soft_concede"]
    assert same(credibly, "cSQ >= cDC*(1 - q) + cDDh*q", given)
    _, credibly = found["hard_wait_soft_wait", "hard_concede_soft_resist"]
    assert str(credibly) == "false"


def test_credible_means_that_some_completion_is_subgame_perfect():
    """By definition at points: fill in what the plans leave open in every way, and try each subgame."""
    tally = Counter()
    for seed in range(24):
        rng = Random(seed)
        tree = random_tree(rng, 3, payoffs=rng.choice([("0", "1", "2", "a"), ("0", "1", "2", "3", "4", "b")]))
        if len(tree.information) > 6:
            continue
        nash, perfect = tree_nash(tree, cells=False), subgame_perfect(tree, cells=False)
        found = {c.id: c.region for c in credible(nash, perfect)}
        for point in (random_point(rng, tree) for _ in range(3)):
            oracle = plain(tree, point)
            pure = [p for p in oracle.pure_profiles() if oracle.is_subgame_perfect(p)]
            alone = not any(e.free for e in perfect.at(point))
            for e in nash:
                if not e.is_pure or not e.region.contains(point):
                    continue
                planned = [
                    choice
                    for player, (action,) in zip(nash.game.names, e.support, strict=True)
                    for choice in nash.game.plan(player, action).choices
                ]
                fits = any(all(p[h][a] == 1 for h, a in planned) for p in pure)
                said = found[e.id].contains(point)
                # at a tie, a mixture off the plans may support them where no pure completion does
                assert said is fits or (said and not alone), (seed, point, e.id)
                tally[fits, alone] += 1
    assert min(tally[True, True], tally[False, True], tally[True, False]) > 5, tally


def test_other_atlases_are_refused():
    model = load("unilateral-deterrence")
    nash = solve(model, "nash", cells=False)
    with pytest.raises(OutOfScope, match="same tree"):
        credible(nash, solve(load("proxy-tree"), cells=False))
    with pytest.raises(OutOfScope, match="same tree"):
        credible(solve(model, cells=False), nash)
