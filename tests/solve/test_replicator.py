"""Rest points of replicator dynamics against exact derivatives of the field, theorems, and published games."""

from fractions import Fraction as F
from itertools import combinations
from random import Random

import pytest
import sympy

import deterrence as dt
from deterrence.algebra.decide import prover
from deterrence.algebra.printing import value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.verdicts import Proved
from deterrence.errors import GameError, OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.evolution import ess
from deterrence.solve.one_population import one_population
from deterrence.solve.replicator import replicator
from deterrence.solve.two_populations import two_populations
from tests.oracles import dynamics
from tests.oracles.bimatrix import solve_square
from tests.solve.test_evolution import symmetric

CENTRE = "centre of the linearisation"


def isolated_rest_points(A):
    """One for each face on which equal earnings have just one solution, with all its actions in use."""
    found = set()
    for size in range(1, len(A) + 1):
        for face in combinations(range(len(A)), size):
            rows = [[int(A[i][k] - A[face[0]][k]) for k in face] for i in face[1:]]
            solution = solve_square([[1] * size, *rows], [1] + [0] * (size - 1))
            if solution is not None and min(solution) > 0:
                found.add(tuple(dict(zip(face, solution, strict=True)).get(k, F(0)) for k in range(len(A))))
    return found


def states(found, point):
    return {
        tuple(v.at(point) for _, strategy in p.state for _, v in strategy): p
        for p in found.points
        if p.region.contains(point)
    }


def test_three_actions_in_numbers():
    rng = Random(8)
    kinds = set()
    games = [[[F(rng.randint(-2, 2)) for _ in "123"] for _ in "123"] for _ in range(60)]
    games += [[[F(0), F(-1), F(1)], [F(1), F(0), F(-1)], [F(-1), F(1), F(0)]]]
    for A in games:
        found = states(one_population(symmetric(A)), {})
        assert set(found) == isolated_rest_points(A)
        field = dynamics.one_population(A)
        for state, p in found.items():
            assert field(state[:2]) == [0, 0]
            J = dynamics.jacobian(field, state[:2])
            assert p.trace.at({}) == J[0][0] + J[1][1]
            assert p.determinant.at({}) == J[0][0] * J[1][1] - J[0][1] * J[1][0]
            assert p.kind_at({}) == dynamics.kind(J)
            kinds.add(p.kind_at({}))
    assert kinds == {"attracting", "repelling", "saddle", "degenerate", CENTRE}


def test_three_actions_in_symbols_at_points():
    game = symmetric([[0, "a", "b"], ["b", 0, 1], ["a - b", "1 - a", 0]])
    found = one_population(game)
    rng = Random(3)
    for _ in range(60):
        point = {n: F(rng.randint(-4, 4), 2) for n in game.domain.names}
        A = [[game.payoff((f"row{i}", f"column{j}"), "row").at(point) for j in (1, 2, 3)] for i in (1, 2, 3)]
        field = dynamics.one_population(A)
        for state, p in states(found, point).items():
            kinds = [word for word, region in p.kinds if region.contains(point)]
            assert kinds == [dynamics.kind(dynamics.jacobian(field, state[:2]))]


def test_continua_of_three_actions():
    """Two copies of an action: a whole edge rests; and a line inside where a third is as good at one mixture."""
    edge = one_population(symmetric([[1, 1, 0], [1, 1, 0], [0, 0, 2]]))
    assert [(c.face, c.region) for c in edge.continua] == [
        ("every mixture of row1 and row2", EVERYWHERE),
        ("mixtures of all actions (some of them)", EVERYWHERE),
    ]
    parted = one_population(symmetric([[0, "a", 1], ["b", 0, 1], [1, 1, "c"]]))
    table = {c.face: c.region for c in parted.continua}
    assert isinstance(
        dt.equal(table["every mixture of row1 and row2"], dt.region("a == 0 and b == 0")), Proved
    )


def exactly_on_a_line(A, share, step=F(1, 10**6)):
    """The kind of a rest point between two actions by the direction of motion on either side of it."""
    field = dynamics.one_population(A)
    sides = [field([share + d])[0] * (1 if d > 0 else -1) for d in (step, -step) if 0 <= share + d <= 1]
    signs = {(s > 0) - (s < 0) for s in sides}
    return {1: "repelling", -1: "attracting", 0: "degenerate"}[signs.pop()] if len(signs) == 1 else "mixed"


def test_two_actions_by_the_direction_of_motion():
    rng = Random(1)
    seen = set()
    for _ in range(150):
        A = [[F(rng.randint(-2, 2)) for _ in "12"] for _ in "12"]
        for state, p in states(one_population(symmetric(A)), {}).items():
            assert p.kind_at({}) == exactly_on_a_line(A, state[0])
            seen.add(p.kind_at({}))
    assert seen == {"attracting", "repelling", "degenerate"}


def test_with_two_actions_attracting_means_evolutionarily_stable():
    game = symmetric([["R", "S"], ["T", "P"]])
    stable = {s.support: s.region for s in ess(game)}
    for p in one_population(game).points:
        support = tuple(a for a, v in p.state[0][1] if not v.is_zero)
        assert isinstance(dt.equal(p.kind("attracting"), stable[support]), Proved)


def test_hawk_and_dove_and_the_stag_hunt():
    """[HofbauerSigmund1998]: the mixture of hawks and doves attracts, that of the stag hunt repels."""
    fight = symmetric([["(V - C)/2", "V"], [0, "V/2"]], ["V > 0", "C > V"])
    inside = replicator(fight).points[-1]
    assert str(inside.state[0][1][0][1]) == "V/C"
    assert inside.kinds == (("attracting", EVERYWHERE),)
    hunt = symmetric([["R", "S"], ["T", "P"]], ["R > T", "T >= P", "P > S"])
    inside = replicator(hunt).points[-1]
    assert isinstance(
        dt.equal(
            dt.region("q*(P - S + R - T) == P - S"),
            dt.region(f"q == {inside.state[0][1][0][1]}"),
            hunt.domain.given,
        ),
        Proved,
    )
    assert inside.kinds == (("repelling", EVERYWHERE),)


def test_rock_paper_scissors():
    """[HofbauerSigmund1998]: the even mixture attracts where b > a, repels where b < a, and at b = a goes round."""
    game = symmetric([[0, "-a", "b"], ["b", 0, "-a"], ["-a", "b", 0]], ["a > 0", "b > 0"])
    inside = replicator(game).points[-1]
    given = game.domain.given
    for word, where in (("attracting", "b > a"), ("repelling", "b < a"), (CENTRE, "a == b")):
        assert isinstance(dt.equal(inside.kind(word), dt.region(where), given), Proved)
    assert {word for p in replicator(game).points[:-1] for word, _ in p.kinds} == {"saddle"}


# -- two populations --------------------------------------------------------------------------------------
def test_two_populations_in_numbers():
    rng = Random(5)
    kinds = set()
    for _ in range(80):
        A, B = ([[F(rng.randint(-2, 2)) for _ in "12"] for _ in "12"] for _ in "12")
        field = dynamics.two_populations(A, B)
        for state, p in states(two_populations(NormalForm.from_arrays(A, B)), {}).items():
            here = (state[0], state[2])
            assert field(here) == [0, 0]
            J = dynamics.jacobian(field, here)
            assert p.determinant.at({}) == J[0][0] * J[1][1] - J[0][1] * J[1][0]
            assert p.trace.at({}) == J[0][0] + J[1][1]
            assert p.kind_at({}) == dynamics.kind(J)
            kinds.add(p.kind_at({}))
    assert kinds == {"attracting", "repelling", "saddle", "degenerate", CENTRE}


def test_states_that_rest_are_all_listed():
    """On a grid that holds every rest point of these games: a state that rests is listed, or on a continuum."""
    rng = Random(9)
    shares = [F(k, 12) for k in range(13)]
    flat = 0
    for _ in range(40):
        A, B = ([[F(rng.randint(-1, 1)) for _ in "12"] for _ in "12"] for _ in "12")
        found = two_populations(NormalForm.from_arrays(A, B))
        field = dynamics.two_populations(A, B)
        listed = {(s[0], s[2]) for s in states(found, {})}
        faces = {c.face for c in found.continua}
        for x in shares:
            for y in shares:
                if field([x, y]) == [0, 0] and (x, y) not in listed:
                    assert faces & on(x, y)
                    flat += 1
    assert flat > 100


def on(x, y):
    """The faces, in the words of the library, that a state lies on."""
    found = (
        {f"row plays row{1 if x == 1 else 2}"} if x in (0, 1) else {"column mixes so that row is indifferent"}
    )
    found |= (
        {f"column plays column{1 if y == 1 else 2}"}
        if y in (0, 1)
        else {"row mixes so that column is indifferent"}
    )
    return found | {"every state"}


def test_corners_attract_exactly_where_they_are_strict_equilibria():
    game = NormalForm.from_arrays([["a", "b"], ["c", "d"]], [["e", "f"], ["g", "h"]])
    strict = {
        ("row1", "column1"): "a > c and e > f",
        ("row1", "column2"): "b > d and f > e",
        ("row2", "column1"): "c > a and g > h",
        ("row2", "column2"): "d > b and h > g",
    }
    for p in replicator(game, 2).points[:4]:
        profile = tuple(next(a for a, v in s if not v.is_zero) for _, s in p.state)
        assert isinstance(dt.equal(p.kind("attracting"), dt.region(strict[profile])), Proved)


def test_the_inspection_game_goes_round():
    """Trace zero and determinant above zero; closed orbits by the constant of motion, for all parameters."""
    game = dt.load("inspection").game
    found = dt.replicator(game, 2)
    inside = found.points[-1]
    assert inside.trace.is_zero
    assert inside.kinds == ((CENTRE, EVERYWHERE),)
    rates = {a: value_text(v, prover(game.domain.given)) for _, s in inside.state for a, v in s}
    assert (rates["attack"], rates["strike"]) == ("(c + k)/(b + k)", "g/(s - e)")
    assert found.conserved.closed == EVERYWHERE
    assert {word for p in found.points[:4] for word, _ in p.kinds} == {"saddle"}


def test_the_constant_of_motion_by_sympy():
    game = NormalForm.from_arrays([["a", "b"], ["c", "d"]], [["e", "f"], ["g", "h"]])
    x, y, *payoffs = sympy.symbols("x y a b c d e f g h")
    a, b, c, d, e, f, g, h = payoffs
    conserved = two_populations(game).conserved
    shares = {
        ("row", "row1"): x,
        ("row", "row2"): 1 - x,
        ("column", "column1"): y,
        ("column", "column2"): 1 - y,
    }
    H = sum(
        sympy.sympify(str(w)) * sympy.log(shares[player, action]) for player, action, w in conserved.weights
    )
    dx = x * (1 - x) * ((a - c) * y + (b - d) * (1 - y))
    dy = y * (1 - y) * ((e - f) * x + (g - h) * (1 - x))
    assert sympy.simplify(sympy.diff(H, x) * dx + sympy.diff(H, y) * dy) == 0
    assert isinstance(conserved.verdict, Proved)


def test_closed_orbits_are_where_best_replies_go_round():
    """No pure equilibrium, which for strict payoffs is the cyclic case; else nothing closes."""
    game = NormalForm.from_arrays([["a", "b"], ["c", "d"]], [["e", "f"], ["g", "h"]])
    cyclic = dt.region("(a > c and b < d and e < f and g > h) or (a < c and b > d and e > f and g < h)")
    assert isinstance(dt.equal(two_populations(game).conserved.closed, cyclic), Proved)
    pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert two_populations(pd).conserved.closed == NOWHERE


def test_bad_questions():
    with pytest.raises(GameError, match="1 or 2"):
        replicator(symmetric([[1, 0], [0, 1]]), 3)
    with pytest.raises(OutOfScope, match="not symmetric"):
        replicator(NormalForm.from_arrays([[1, 2], [3, 4]], [[1, 2], [3, 4]]))
    with pytest.raises(OutOfScope, match="two actions each"):
        replicator(symmetric([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), 2)
    with pytest.raises(OutOfScope, match="has 4"):
        replicator(symmetric([[int(i == j) for j in range(4)] for i in range(4)]))
