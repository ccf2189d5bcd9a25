"""Replicator dynamics within one population: a symmetric game of two or three actions played against itself.

Every face of the simplex of mixtures has at most one rest point in its inside, where its actions earn the
same, or a continuum of them.  With two actions the motion is along a line and its direction next to a rest
point decides, ties included; with three, the linearised field does (`rest_points`).
Sources: [TaylorJonker1978], [HofbauerSigmund1998].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import NOWHERE, Region, all_of, any_of
from deterrence.algebra.short import tidy_short
from deterrence.algebra.value import Value, number, sign_region, variable
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.evolution import earned, form, mixture
from deterrence.solve.rest_points import Continuum, Dynamics, RestPoint, planar_kinds, within
from deterrence.solve.symmetric import Matrix, symmetric_matrix

_ZERO = number(0)


def one_population(game: NormalForm) -> Dynamics:
    """The rest points of a symmetric game's dynamics within one population.

    Raises OutOfScope for a game that is not shown to be symmetric or has more than three actions, and
    DomainError for contradictory assumptions.

    >>> stag = NormalForm.from_arrays([["R", 0], [1, 1]], [["R", 1], [0, 1]], assumptions=["R > 1"])
    >>> [[word for word, _ in p.kinds] for p in one_population(stag).points]
    [['attracting'], ['attracting'], ['repelling']]
    """
    m = symmetric_matrix(game)
    count = len(m)
    if count not in (2, 3):
        raise OutOfScope(f"rest points are found for two or three actions; this game has {count}")
    given = game.domain.given
    points, continua = [], []
    for size in range(1, count + 1):
        for support in combinations(range(count), size):
            point = _rest_point(m, support, game)
            if point is not None:
                points.append(point)
            if size > 1:
                flat = tidy_short(_flat(m, support, game.domain), given)
                if flat != NOWHERE:
                    continua.append(Continuum(_face(game, support), flat))
    return Dynamics(game, 1, tuple(points), tuple(continua))


def _rest_point(m: Matrix, support: Sequence[int], game: NormalForm) -> RestPoint | None:
    chances = mixture(m, support)
    if chances is None:
        return None
    given = game.domain.given
    where = all_of(sign_region(chances[i], ">") for i in support)
    region = tidy_short(where, given)
    if region == NOWHERE:
        return None
    state = ((game.names[0], tuple(zip(game.players[0].actions, chances, strict=True))),)
    if len(m) == 2:
        kinds, slope = _on_a_line(m, support, chances)
        return RestPoint(state, region, within(region, kinds, given), slope, None)
    trace, determinant = _linearised(m, support, chances)
    return RestPoint(state, region, planar_kinds(region, trace, determinant, given), trace, determinant)


def _on_a_line(
    m: Matrix, support: Sequence[int], chances: Sequence[Value]
) -> tuple[Mapping[str, Region], Value]:
    """The kinds of a rest point between two actions; next to an end the gain there, or its slope, decides."""
    bend = form(m, 0)[1][1]  # how the gain of the second action rises with its share
    if len(support) == 2:
        slope = chances[0] * chances[1] * bend
        return {"attracting": sign_region(bend, "<"), "repelling": sign_region(bend, ">")}, slope
    (i,) = support
    gain = m[1 - i][i] - m[i][i]  # of the other action when rare
    level = sign_region(gain, "==")
    kinds = {
        "attracting": any_of((sign_region(gain, "<"), all_of((level, sign_region(bend, "<"))))),
        "repelling": any_of((sign_region(gain, ">"), all_of((level, sign_region(bend, ">"))))),
        "degenerate": all_of((level, sign_region(bend, "=="))),
    }
    return kinds, gain


def _linearised(m: Matrix, support: Sequence[int], chances: Sequence[Value]) -> tuple[Value, Value]:
    """Trace and determinant of the linearised field at a rest point among three actions."""
    value = earned(m, chances, support[0])
    if len(support) < 3:  # along the face, and one rate of growth for each action that is not in use
        rates = [earned(m, chances, k) - value for k in range(3) if k not in support]
        if len(support) == 2:
            i, j = support
            rates.append(chances[i] * chances[j] * form(m, i)[j][j])
        return rates[0] + rates[1], rates[0] * rates[1]
    directions = (1, 2)  # from the first action to each of the others
    rows = []
    for i in directions:
        row = []
        for j in directions:
            moved = [m[k][j] - m[k][0] for k in range(3)]  # M (e_j - e_0)
            mean = _ZERO
            for chance, change in zip(chances, moved, strict=True):
                mean = mean + chance * change
            row.append(chances[i] * (moved[i] - mean))
        rows.append(row)
    return rows[0][0] + rows[1][1], rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0]


def _flat(m: Matrix, support: Sequence[int], domain: Domain) -> Region:
    """Where a face has a continuum of rest points inside: equal earnings are solvable, but not in one way."""
    q = form(m, support[0])
    first, *rest = support
    gains = [m[k][first] - m[first][first] for k in rest]
    if len(rest) == 1:
        (k,) = rest
        return all_of((sign_region(q[k][k], "=="), sign_region(gains[0], "==")))
    j, k = rest
    taken = set(domain.names)
    names = []
    for wanted in ("share_one", "share_two"):
        names.append(fresh_name(wanted, taken))
        taken.add(names[-1])
    s, t = (variable(n) for n in names)
    equal = [
        sign_region(gain + q[row][j] * s + q[row][k] * t, "==")
        for row, gain in zip((j, k), gains, strict=True)
    ]
    inside = (sign_region(s, ">"), sign_region(t, ">"), sign_region(number(1) - s - t, ">"))
    singular = sign_region(q[j][j] * q[k][k] - q[j][k] * q[k][j], "==")
    rest_points = all_of((singular, *equal, *inside))
    if prover(domain.given).satisfiable(rest_points) is False:
        return NOWHERE
    return exists(rest_points, names, domain.given)


def _face(game: NormalForm, support: Sequence[int]) -> str:
    actions = [game.players[0].actions[i] for i in support]
    if len(actions) == len(game.players[0].actions):
        return "mixtures of all actions" + ("" if len(actions) == 2 else " (some of them)")
    return f"every mixture of {' and '.join(actions)}"
