"""What happens where: against every way through the tree counted in fractions, and known figures.

The probabilities of unilateral deterrence's bluffing play at (p, q) = (3/10, 1/4) follow from the published
mixing probabilities by hand.
"""

from fractions import Fraction
from itertools import product

import pytest

from deterrence.algebra.region import any_of
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import nash
from deterrence.solve.perfect_bayesian import perfect_bayesian
from deterrence.study.outcomes import outcomes, outcomes_of
from tests.show.crises import random_tree, unilateral_deterrence

CRISIS = unilateral_deterrence()
ATLAS = perfect_bayesian(CRISIS)
POINT = {
    "p": "3/10", "q": "1/4", "cDC": 4, "cSQ": 3, "cDDh": 2, "cCD": 1, "cDDs": 0,
    "dSQ": 5, "dCD": 4, "dDDh": 3, "dDC": 2, "dDDs": 1,
}  # fmt: skip


def by_hand(challenge_soft, resist_soft):
    """Outcome chances, type by type, when hard types challenge, resist and go on, and soft ones back down."""
    p, q = Fraction(3, 10), Fraction(1, 4)
    found = dict.fromkeys(("SQ", "DC", "CD", "DD"), Fraction(0))
    for hard_c, hard_d in product((True, False), repeat=2):
        weight = (p if hard_c else 1 - p) * (q if hard_d else 1 - q)
        challenge = Fraction(1) if hard_c else challenge_soft
        resist = Fraction(1) if hard_d else resist_soft
        found["SQ"] += weight * (1 - challenge)
        found["DC"] += weight * challenge * (1 - resist)
        found["DD" if hard_c else "CD"] += weight * challenge * resist
    return {name: v for name, v in found.items() if v}


def test_the_bluffing_play_at_the_printed_point():
    c_t = Fraction(4 - 2, 4 - 1)  # (dCD - dDC)/(dCD - dDDs)
    d_1 = Fraction(4 - 3, 4 - 1)  # (cDC - cSQ)/(cDC - cCD)
    p, q = Fraction(3, 10), Fraction(1, 4)
    expected = by_hand(p * (1 - c_t) / ((1 - p) * c_t), (d_1 - q) / (1 - q))
    point = CRISIS.domain.point(POINT)
    rows = [row for row in outcomes(ATLAS) if row.region.contains(point)]
    (row,) = rows
    assert row.full_dimensional
    (bluff,) = [h for h in row.happenings if len(h.chances) == 4]
    assert {name: v.at(point) for name, v in bluff.chances} == expected
    others = [h for h in row.happenings if h is not bluff]
    assert [dict(h.chances).keys() for h in others] == [{"SQ"}]  # deterrence, all members in one entry
    assert len(others[0].equilibria) > 1


def test_chances_sum_to_one_and_rows_are_the_cells():
    rows = outcomes(ATLAS)
    assert [row.region for row in rows] == [cell.region for cell in ATLAS.cells]
    for row in rows:
        listed = [e for h in row.happenings for e in h.equilibria]
        assert sorted(listed) == sorted(ATLAS.cells[rows.index(row)].equilibria)
        for h in row.happenings:
            values = [v for _, v in h.chances]
            whole = values[0]
            for v in values[1:]:
                whole = whole + v
            assert str(whole) == "1"
            assert all(not v.is_zero for v in values)
            mentioned = {n for v in values for n in v.names} - set(CRISIS.domain.names)
            assert mentioned == set(h.free)


def test_without_cells_a_row_is_an_equilibrium():
    atlas = perfect_bayesian(CRISIS, cells=False)
    rows = outcomes(atlas)
    assert [row.region for row in rows] == [e.region for e in atlas]
    assert [h.equilibria for row in rows for h in row.happenings] == [(e.id,) for e in atlas]
    assert any_of(row.region for row in rows).contains(CRISIS.domain.point(POINT))


@pytest.mark.parametrize("seed", range(25))
def test_every_way_through_a_random_tree(seed):
    tree = random_tree(seed, hidden=True)
    for e in perfect_bayesian(tree, cells=False):
        if e.free:
            continue
        found = dict.fromkeys(tree.outcome_names, Fraction(0))

        def walk(identifier, weight, e=e, found=found):
            if tree.is_end(identifier):
                found[identifier] += weight
                return
            node = tree.node(identifier)
            chances = (
                node.probabilities if node.is_chance else [e.strategy(node.known_as)[a] for a in node.actions]
            )
            for (_, to), chance in zip(node.moves, chances, strict=True):
                walk(to, weight * chance.at({}))

        walk(tree.root.id, Fraction(1))
        assert {name: v.at({}) for name, v in outcomes_of(e, tree)} == {n: v for n, v in found.items() if v}


def test_other_games_have_no_outcomes():
    game = NormalForm.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    with pytest.raises(OutOfScope, match="trees"):
        outcomes(nash(game))
