"""Dominance against its definition: the best mixture found among all vertices, in plain fractions.

`dominated` is the truth here.  A mixture x of the other actions gains (x G)_j against profile j; strict
dominance asks for max_x min_j (x G)_j > 0, weak dominance for a positive maximum of the sum of the gains
over the mixtures that gain nothing negative.  Both are linear programs, solved by looking at every vertex.
"""

import itertools
from collections.abc import Sequence
from fractions import Fraction as F
from functools import cache
from random import Random

import pytest
from scipy.optimize import linprog
from sympy import Symbol

from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.region import EVERYWHERE, NOWHERE, complement
from deterrence.errors import DomainError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.best_replies import best_reply_to_mixture
from deterrence.solve.dominance import (
    proves_dominance,
    strictly_dominant,
    strictly_dominated,
    weakly_dominant,
    weakly_dominated,
)
from deterrence.solve.nash import free_names
from tests.oracles.bimatrix import solve_square, vertices

Rows = Sequence[Sequence[F]]


# -- the truth ------------------------------------------------------------------------------------
def gains_over(rows: Rows, action: int) -> list[list[F]]:
    return [
        [a - b for a, b in zip(row, rows[action], strict=True)] for i, row in enumerate(rows) if i != action
    ]


def dominated(rows: Rows, action: int, *, strict: bool, pure: bool = False) -> bool:
    """Whether some mixture (or single action) of the other rows dominates a row."""
    gains = gains_over(rows, action)
    if not gains:
        return False
    if pure:
        return any(min(g) > 0 if strict else min(g) >= 0 and max(g) > 0 for g in gains)
    if strict:
        losses = [[-g for g in row] for row in gains]
        return any(max(mixed(losses, x)) < 0 for x in vertices(losses))
    return any(sum(mixed(gains, x)) > 0 for x in harmless_mixtures(gains))


def mixed(rows: Rows, x: Sequence[F]) -> list[F]:
    return [sum((w * row[j] for w, row in zip(x, rows, strict=True)), F(0)) for j in range(len(rows[0]))]


def harmless_mixtures(gains: Rows) -> list[tuple[F, ...]]:
    """The vertices of the mixtures that gain nothing negative."""
    size = len(gains)
    scale = 1
    for g in itertools.chain(*gains):
        scale *= g.denominator
    bounds = [[int(k == i) for k in range(size)] for i in range(size)]
    bounds += [[int(scale * row[j]) for row in gains] for j in range(len(gains[0]))]
    found = []
    for tight in itertools.combinations(bounds, size - 1):
        x = solve_square([[1] * size, *tight], [1] + [0] * (size - 1))
        if x is not None and min(x) >= 0 and min(mixed(gains, x)) >= 0:
            found.append(x)
    return found


def by_linprog(rows: Rows, action: int) -> float:
    """The most that a mixture of the other rows gains for sure, in floating point."""
    gains = gains_over(rows, action)
    size, columns = len(gains), len(gains[0])
    answer = linprog(
        [0.0] * size + [-1.0],
        A_ub=[[-float(gains[i][j]) for i in range(size)] + [1.0] for j in range(columns)],
        b_ub=[0.0] * columns,
        A_eq=[[1.0] * size + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * size + [(None, None)],
    )
    return float(-answer.fun)


def test_the_truth_agrees_with_a_linear_programming_package() -> None:
    rng = Random(1)
    for _ in range(60):
        rows = random_rows(rng, rng.randint(2, 4), rng.randint(1, 4))
        sure = by_linprog(rows, 0)
        if abs(sure) > 1e-9:
            assert dominated(rows, 0, strict=True) == (sure > 0)


# -- numbers --------------------------------------------------------------------------------------
def random_rows(rng: Random, own: int, other: int) -> list[list[F]]:
    values = rng.choice([(0, 1), (0, 1, 2), (0, 1, 2, 3, 4, F(1, 2), F(5, 3))])
    return [[F(rng.choice(values)) for _ in range(other)] for _ in range(own)]


def one_sided(rows: Sequence[Sequence[object]], assumptions: Sequence[str] = ()) -> NormalForm:
    return NormalForm.from_arrays(rows, [[0] * len(rows[0])] * len(rows), assumptions=assumptions)


SIZES = [(1, 2), (2, 2), (3, 2), (3, 3), (4, 2), (2, 4), (4, 3), (3, 4), (4, 4)]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_numeric_games_full_of_ties(size: tuple[int, int]) -> None:
    rng = Random(str(size))
    kinds = set()
    for _ in range(400 if size == (3, 3) else 60):
        rows = random_rows(rng, *size)
        game = one_sided(rows)
        for i in range(size[0]):
            truths = []
            for strict, ask in ((True, strictly_dominated), (False, weakly_dominated)):
                for by in ("mixed", "pure"):
                    truths.append(dominated(rows, i, strict=strict, pure=by == "pure"))
                    found = ask(game, "row", f"row{i + 1}", by=by)  # type: ignore[arg-type]
                    assert found == (EVERYWHERE if truths[-1] else NOWHERE)
            kinds.add(tuple(truths))
    if size == (3, 3):  # not at all; weakly by a mixture only, or a single action; strictly, likewise
        no, yes = False, True
        assert kinds >= {
            (no, no, no, no),
            (no, no, yes, no),
            (no, no, yes, yes),
            (yes, no, yes, no),
            (yes,) * 4,
        }


# -- symbols --------------------------------------------------------------------------------------
SYMBOLIC: dict[str, list[list[object]]] = {
    "only by a mixture": [[3, 0], [0, 3], ["c", "d"]],
    "two columns, all free": [["a", "b"], ["c", "d"], ["e", "f"]],
    "three columns, all free": [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]],
    "three columns, products": [["a*b", 1, "b"], ["a", "b - 1", 2], ["b", "a", "1 - a"]],
    "three dominators, two columns": [["a", "b"], ["c", "d"], ["e", 1], [0, 0]],
    "three dominators, three columns": [["a", 1, 0], ["d", "b", 1], [1, 0, "c"], [1, 1, 0]],
    "three dominators, four columns": [["a", 2, 0, 1], [0, "b", 2, "a"], [2, 0, "a + b", 0], [1, 1, 1, "b"]],
}
VALUES = [F(n) for n in (-1, 0, 1, 2, 3)] + [F(1, 2), F(3, 2), F(-2, 3), F(5, 4)]


@cache
def symbolic(name: str) -> NormalForm:
    return one_sided(SYMBOLIC[name])


def numbers_at(game: NormalForm, point: dict[str, F]) -> list[list[F]]:
    columns = game.players[1].actions
    return [[game.payoff((a, b), "row").at(point) for b in columns] for a in game.players[0].actions]


@pytest.mark.parametrize("name", SYMBOLIC)
def test_regions_hold_exactly_where_the_definition_does(name: str) -> None:
    game = symbolic(name)
    rng = Random(name)
    last = len(SYMBOLIC[name])
    seen = set()
    for strict, ask in ((True, strictly_dominated), (False, weakly_dominated)):
        region = ask(game, "row", f"row{last}")
        for round_ in range(250):
            values = VALUES[:4] if round_ % 2 else VALUES
            point = {n: rng.choice(values) for n in game.domain.names}
            truth = dominated(numbers_at(game, point), last - 1, strict=strict)
            assert region.contains(point) == truth, (strict, point)
            seen.add((strict, truth))
    assert len(seen) == 4


@pytest.mark.parametrize("name", ["only by a mixture", "two columns, all free", "three columns, products"])
@pytest.mark.parametrize("strict", [True, False])
def test_quantified_solving_proves_the_regions(name: str, strict: bool) -> None:
    game = symbolic(name)
    region = (strictly_dominated if strict else weakly_dominated)(game, "row", "row3")
    assert proves_dominance(game, "row", "row3", region, strict=strict) is True
    assert proves_dominance(game, "row", "row3", EVERYWHERE, strict=strict) is False
    assert proves_dominance(game, "row", "row3", NOWHERE, strict=strict) is False


@pytest.mark.parametrize(
    "name", ["only by a mixture", "two columns, all free", "three dominators, two columns"]
)
def test_an_action_is_undominated_where_it_is_a_best_reply_to_some_belief(name: str) -> None:
    """Pearce (1984), lemma 3, with the belief eliminated: another formula, another procedure."""
    game = symbolic(name)
    action = f"row{len(SYMBOLIC[name])}"
    beliefs = free_names(game, 1)[:-1]
    best = exists(best_reply_to_mixture(game, "row", action), beliefs, game.domain.given)
    undominated = complement(strictly_dominated(game, "row", action))
    assert prover(game.domain.given).equivalent(best, undominated) is True


def test_textbook_dominance_by_a_mixture_only() -> None:
    game = one_sided([[3, 0], [0, 3], ["c", "c"]], ["c > 0"])
    assert str(strictly_dominated(game, "row", "row3")) == "c < 3/2"
    assert strictly_dominated(game, "row", "row3", by="pure") == NOWHERE
    assert str(weakly_dominated(game, "row", "row3")) == "c < 3/2"  # at 3/2 the mixture ties everywhere
    assert str(strictly_dominated(game, "row", "row1")) == "c > 3"


def test_three_players_face_joint_profiles() -> None:
    rng = Random(9)
    kinds = set()
    for _ in range(40):
        players = {"us": ["u1", "u2", "u3"], "them": ["t1", "t2"], "militia": ["m1", "m2"]}
        values = [0, 1, 2, 3]
        table = {o: [rng.choice(values) for _ in range(3)] for o in itertools.product(*players.values())}
        game = NormalForm.from_profiles(players, table)
        for at, (name, actions) in enumerate(players.items()):
            others = list(itertools.product(*(a for n, a in players.items() if n != name)))
            rows = [[F(table[(*o[:at], a, *o[at:])][at]) for o in others] for a in actions]
            for i, a in enumerate(actions):
                for strict, ask in ((True, strictly_dominated), (False, weakly_dominated)):
                    truth = dominated(rows, i, strict=strict)
                    assert ask(game, name, a) == (EVERYWHERE if truth else NOWHERE)
                    kinds.add((strict, truth))
    assert len(kinds) == 4


def test_a_single_action_is_dominant_and_not_dominated() -> None:
    game = one_sided([["a", "b"]])
    assert strictly_dominated(game, "row", "row1") == weakly_dominated(game, "row", "row1") == NOWHERE
    assert strictly_dominant(game, "row", "row1") == weakly_dominant(game, "row", "row1") == EVERYWHERE
    assert proves_dominance(game, "row", "row1", NOWHERE) is True
    alone = NormalForm.from_profiles({"us": ["x", "y"]}, {("x",): ["a"], ("y",): ["b"]})
    assert str(strictly_dominated(alone, "us", "y")) == str(strictly_dominant(alone, "us", "x")) == "a > b"


# -- dominant actions -----------------------------------------------------------------------------
@pytest.mark.parametrize("size", [(2, 2), (3, 2), (2, 3), (3, 3)], ids=str)
def test_dominant_actions_by_definition(size: tuple[int, int]) -> None:
    own, other = size
    rng = Random(str(size))
    game = one_sided([[f"x{i}{j}" for j in range(other)] for i in range(own)])
    strict, weak = strictly_dominant(game, "row", "row1"), weakly_dominant(game, "row", "row1")
    seen = set()
    for _ in range(600):
        point = {n: F(rng.randint(0, 1 if n[1] != "0" else 2)) for n in game.domain.names}
        rows = numbers_at(game, point)
        gaps = [[a - b for a, b in zip(rows[0], row, strict=True)] for row in rows[1:]]
        truth = (all(min(g) > 0 for g in gaps), all(min(g) >= 0 and max(g) > 0 for g in gaps))
        assert (strict.contains(point), weak.contains(point)) == truth
        seen.add(truth)
    assert seen == {(True, True), (False, True), (False, False)}


# -- laws, denominators, refusals -----------------------------------------------------------------
def test_scaling_and_shifting_payoffs_changes_nothing() -> None:
    rows = [["a", "b"], ["c", "d"], [1, "a*d"]]
    scaled = [[f"s*({x}) + {t}" for x, t in zip(row, ("t", "u"), strict=True)] for row in rows]
    plain, moved = one_sided(rows), one_sided(scaled, ["s > 0"])
    one, other = (strictly_dominated(g, "row", "row3") for g in (plain, moved))
    assert prover(moved.domain.given).equivalent(one, other) is True


def test_a_denominator_of_either_sign() -> None:
    x = Symbol("x")
    game = one_sided([[1 / x, 1], [0, 0]], ["x != 0"])
    for region in (strictly_dominated(game, "row", "row2"), weakly_dominated(game, "row", "row2")):
        assert [region.contains({"x": F(n)}) for n in (-1, 1)] == [False, True]
    assert strictly_dominated(game, "row", "row1") == NOWHERE
    with pytest.raises(DomainError, match="may be zero"):
        strictly_dominated(one_sided([[1 / x, 1], [0, 0]]), "row", "row2")


def test_refusals() -> None:
    game = one_sided([[0, 1], [1, 0]])
    with pytest.raises(UnknownName, match="no action of row named 'row3'"):
        strictly_dominated(game, "row", "row3")
    with pytest.raises(UnknownName, match="no player named 'us'"):
        weakly_dominant(game, "us", "row1")
    with pytest.raises(DomainError, match="contradict"):
        strictly_dominated(one_sided([["a"], [0]], ["a > 0", "a < 0"]), "row", "row1")
    large = one_sided([[0] * 6 for _ in range(7)])
    with pytest.raises(OutOfScope, match='by="pure"'):
        strictly_dominated(large, "row", "row1")
    assert strictly_dominated(large, "row", "row1", by="pure") == NOWHERE
