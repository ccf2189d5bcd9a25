"""Selection against the definitions: by brute force at points, ties included, and published cases."""

from fractions import Fraction as F
from random import Random

import pytest

import deterrence as dt
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.verdicts import Proved
from deterrence.errors import GameError, OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import nash
from deterrence.solve.risk_dominance import risk_dominates
from deterrence.solve.trembling import perfect
from deterrence.study.selection import CRITERIA, select
from tests.oracles.bimatrix import extreme_equilibria

ENTRIES = (0, 1, 2, "a", "b", "a + b", "a - b", "2*b", "1 - a")
PURE = {0: (F(1), F(0)), 1: (F(0), F(1))}


def pays(A, B, x, y):
    cells = [(i, j) for i in (0, 1) for j in (0, 1)]
    return tuple(sum(M[i][j] * x[i] * y[j] for i, j in cells) for M in (A, B))


def beats(one, other, strict):
    pairs = list(zip(one, other, strict=True))
    if strict:
        return all(v > w for v, w in pairs)
    return all(v >= w for v, w in pairs) and any(v > w for v, w in pairs)


def best(A, B, here, strict):
    """Whether a pure equilibrium beats all others; those are mixtures of extreme ones, so these decide."""
    others = [e for e in extreme_equilibria(A, B) if e != here]
    return bool(others) and all(beats(pays(A, B, *here), pays(A, B, *e), strict) for e in others)


def risk(A, B, i, j):
    """Both diagonal equilibria strict, and the product of losses at (i, j) the larger."""

    def losses(i, j):
        return A[i][j] - A[1 - i][j], B[i][j] - B[i][1 - j]

    here, there = losses(i, j), losses(1 - i, 1 - j)
    return min(*here, *there) > 0 and here[0] * here[1] > there[0] * there[1]


def trembles(A, B, x, y):
    """Perfect: a best reply to some completely mixed strategies as near as we please (here 1/10**6 at most).

    A strategy that is mixed may tremble either way or not at all.  Gains are linear in the tremble, so for
    these small whole payoffs its sign at 1/10**6 is that at all smaller trembles.
    """
    transposed = [[B[j][i] for j in (0, 1)] for i in (0, 1)]
    return all(
        any(best_reply(M, own, [t, 1 - t]) for t in near(other[0]))
        for M, own, other in ((A, x, y), (transposed, y, x))
    )


def near(chance):
    small = F(1, 10**6)
    return [t for t in (chance - small, chance, chance + small) if 0 < t < 1]


def best_reply(M, own, other):
    earned = [sum(m * o for m, o in zip(row, other, strict=True)) for row in M]
    return all(e == max(earned) for e, weight in zip(earned, own, strict=True) if weight > 0)


@pytest.mark.parametrize("seed", range(8))
def test_labels_by_brute_force_at_points(seed):
    rng = Random(seed)
    tables = [[[rng.choice(ENTRIES) for _ in "12"] for _ in "12"] for _ in "12"]
    atlas = nash(NormalForm.from_arrays(*tables), cells=False)
    found = select(atlas)
    assert found.left_out == ()
    table = {(label.criterion, label.equilibrium): label.region for label in found.labels}
    seen = set()
    for _ in range(60):
        point = {n: F(rng.randint(-3, 3)) for n in atlas.domain.names}
        A, B = (
            [
                [atlas.game.payoff((r, c), n).at(point) for c in atlas.game.players[1].actions]
                for r in atlas.game.players[0].actions
            ]
            for n in atlas.game.names
        )
        for e in atlas.at(point):
            picked = {c: table.get((c, e.id), NOWHERE).contains(point) for c in CRITERIA}
            if e.free:
                continue
            x, y = (tuple(v.at({}) for _, v in s) for _, s in e.profile)
            assert picked["trembling-hand perfect"] == trembles(A, B, x, y)
            if e.is_pure:
                i, j = (s.index(F(1)) for s in (x, y))
                assert picked["payoff dominant"] == best(A, B, (PURE[i], PURE[j]), strict=True)
                assert picked["focal by Pareto"] == best(A, B, (PURE[i], PURE[j]), strict=False)
                assert picked["risk dominant"] == risk(A, B, i, j)
                seen.add(tuple(picked.values()))
    assert len(seen) >= 2


def test_members_of_a_continuum_are_perfect_together():
    """Row is indifferent once column plays left; the column player's right is weakly dominated for a > 0."""
    atlas = nash(NormalForm.from_arrays([[1, 0], [1, 2]], [["a", 0], [0, 0]], assumptions=["a > 0"]))
    table = {e.id: perfect(atlas.game, e) for e in atlas}
    for e in atlas:
        uses_right = not e.strategy("column")["column2"].is_zero
        uses_dominated = uses_right or not e.strategy("row")["row1"].is_zero
        assert table[e.id] == (NOWHERE if uses_dominated else e.region)
    assert EVERYWHERE in table.values()


@pytest.fixture(scope="module")
def stag_hunt():
    return nash(
        NormalForm.from_arrays(
            [["R", "S"], ["T", "P"]],
            [["R", "T"], ["S", "P"]],
            actions=[["C", "D"], ["C", "D"]],
            assumptions=["R > T", "T >= P", "P > S"],
        )
    )


def test_the_stag_hunt(stag_hunt):
    """[HarsanyiSelten1988]: hunting pays more; it is risk dominant exactly where R - T > P - S."""
    hunt = next(e.id for e in stag_hunt if e.support == (("C",), ("C",)))
    hare = next(e.id for e in stag_hunt if e.support == (("D",), ("D",)))
    found = {(label.criterion, label.equilibrium): label.region for label in select(stag_hunt).labels}
    given = stag_hunt.domain.given
    assert found["payoff dominant", hunt] == EVERYWHERE
    assert ("payoff dominant", hare) not in found
    assert isinstance(dt.equal(found["risk dominant", hunt], dt.region("R - T > P - S"), given), Proved)
    assert isinstance(dt.equal(found["risk dominant", hare], dt.region("R - T < P - S"), given), Proved)
    for e in stag_hunt:
        assert found["trembling-hand perfect", e.id] == EVERYWHERE


def test_risk_dominance_is_best_reply_to_a_coin_toss(stag_hunt):
    """In the symmetric game C is the better reply to one half exactly where R + S > T + P."""
    game = stag_hunt.game
    region = risk_dominates(game, ["C", "C"], ["D", "D"])
    coin = dt.region("(R + S)/2 > (T + P)/2")
    assert isinstance(dt.equal(region, coin, game.domain.given), Proved)


def test_at_most_one_is_picked_by_each_dominance(stag_hunt):
    for criterion in CRITERIA[:3]:
        labels = [x for x in select(stag_hunt).labels if x.criterion == criterion]
        for i, one in enumerate(labels):
            for other in labels[:i]:
                assert isinstance(dt.is_empty(one.region & other.region, stag_hunt.domain.given), Proved)


def test_in_chicken_nothing_pays_best_and_nothing_is_risk_dominant():
    game = NormalForm.from_arrays([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    criteria = {label.criterion for label in select(nash(game)).labels}
    assert criteria == {"trembling-hand perfect"}


def test_a_lone_equilibrium_needs_no_selection():
    game = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    found = dt.select(nash(game))
    assert {label.criterion for label in found.labels} == {"trembling-hand perfect"}
    assert found.where("payoff dominant") == NOWHERE
    assert [label.criterion for label in found.of("e1")] == ["trembling-hand perfect"]


def test_larger_games_say_what_does_not_apply():
    coordination = [[3, 0, 0], [0, 2, 0], [0, 0, 1]]
    found = select(nash(NormalForm.from_arrays(coordination, coordination), cells=False))
    assert [c for c, _ in found.left_out] == ["risk dominant", "trembling-hand perfect"]
    assert [label.criterion for label in found.labels] == ["payoff dominant", "focal by Pareto"]
    with pytest.raises(OutOfScope, match="two actions"):
        perfect(found.atlas.game, found.atlas.equilibria[0])


def test_bad_questions(stag_hunt):
    with pytest.raises(GameError, match="known: payoff dominant"):
        select(stag_hunt, ["best"])
    with pytest.raises(GameError, match="both players' actions differ"):
        risk_dominates(stag_hunt.game, ["C", "C"], ["D", "C"])
    with pytest.raises(GameError, match="two actions each"):
        risk_dominates(
            NormalForm.from_arrays([[1, 2, 3]], [[1, 2, 3]]), ["row1", "column1"], ["row1", "column2"]
        )
