"""Replicator dynamics between two populations that play a 2x2 game, one in the role of each player.

With x and y the shares of the first actions, `x' = x (1 - x) (gain at y)` and `y' = y (1 - y) (gain at x)`.
Corners rest always; inside there is at most one rest point, with trace zero: a saddle, or a centre of the
linearisation.  Where the gains are `a + r y` and `b + s x`, the motion leaves
`b log x - (b + s) log(1 - x) - a log y + (a + r) log(1 - y)` unchanged; so a centre is surrounded by closed
orbits, which is proved here from that constant and not from the linear part.  Where payoffs tie, edges or
segments rest.
Sources: [HofbauerSigmund1998], [TaylorJonker1978].
"""

from __future__ import annotations

from collections.abc import Iterator

from deterrence.algebra.region import NOWHERE, Region, all_of, any_of
from deterrence.algebra.short import tidy_short
from deterrence.algebra.value import Value, number, sign_region, variable
from deterrence.algebra.verdicts import Proved
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import consistent
from deterrence.solve.rest_points import Conserved, Continuum, Dynamics, RestPoint, State, planar_kinds
from deterrence.solve.two_by_two import Advantage, advantages, is_two_by_two

_ZERO, _ONE = number(0), number(1)


def two_populations(game: NormalForm) -> Dynamics:
    """The rest points of a 2x2 game's dynamics between two populations, and its constant of motion.

    Raises OutOfScope for a game that is not 2x2, DomainError for contradictory assumptions.

    >>> game = NormalForm.from_arrays([["g - s", "g"], [0, 0]], [["b", 0], [0, "c"]],
    ...     actions=[["attack", "halt"], ["strike", "restrain"]],
    ...     assumptions=["g > 0", "s > g", "b > 0", "c > 0"])
    >>> found = two_populations(game)
    >>> [word for p in found.points for word, _ in p.kinds]
    ['saddle', 'saddle', 'saddle', 'saddle', 'centre of the linearisation']
    >>> print(found.conserved.verdict.word, found.conserved.closed)
    proved true
    """
    if not is_two_by_two(game):
        raise OutOfScope("two populations are followed in games of two players with two actions each")
    given = consistent(game).given
    row, column = advantages(game)
    points = [_corner(game, i, j, row, column, given) for i in (0, 1) for j in (0, 1)]
    inside = _inside(game, row, column, given)
    if inside is not None:
        points.append(inside)
    flat = ((face, tidy_short(region, given)) for face, region in _flat(game, row, column))
    continua = tuple(Continuum(face, region) for face, region in flat if region != NOWHERE)
    return Dynamics(game, 2, tuple(points), continua, _conserved(game, row, column, given))


def _corner(game: NormalForm, i: int, j: int, row: Advantage, column: Advantage, given: Region) -> RestPoint:
    """A pure profile: each other action grows, when rare, by what it earns more there."""
    rates = [
        _rare(row.against_second if j else row.against_first, i),
        _rare(column.against_second if i else column.against_first, j),
    ]
    trace, determinant = rates[0] + rates[1], rates[0] * rates[1]
    everywhere = all_of(())
    state = _state(game, _ZERO if i else _ONE, _ZERO if j else _ONE)
    return RestPoint(
        state, everywhere, planar_kinds(everywhere, trace, determinant, given), trace, determinant
    )


def _rare(gain_of_first: Value, played: int) -> Value:
    return gain_of_first if played else _ZERO - gain_of_first


def _inside(game: NormalForm, row: Advantage, column: Advantage, given: Region) -> RestPoint | None:
    """The rest point with both mixed, where each gain changes sign between the other's actions."""
    region = tidy_short(all_of((_crosses(row), _crosses(column))), given)
    if region == NOWHERE:
        return None
    x, y = column.level, row.level
    determinant = _ZERO - x * (_ONE - x) * y * (_ONE - y) * row.slope * column.slope
    kinds = planar_kinds(region, _ZERO, determinant, given)
    return RestPoint(_state(game, x, y), region, kinds, _ZERO, determinant)


def _crosses(a: Advantage) -> Region:
    rising = all_of((sign_region(a.against_first, ">"), sign_region(a.against_second, "<")))
    falling = all_of((sign_region(a.against_first, "<"), sign_region(a.against_second, ">")))
    return any_of((rising, falling))


def _state(game: NormalForm, x: Value, y: Value) -> State:
    return tuple(
        (p.name, tuple(zip(p.actions, (share, _ONE - share), strict=True)))
        for p, share in zip(game.players, (x, y), strict=True)
    )


def _flat(game: NormalForm, row: Advantage, column: Advantage) -> Iterator[tuple[str, Region]]:
    """Edges and inner segments on which every state rests."""
    one, two = game.players
    for i, action in enumerate(one.actions):
        gain = column.against_second if i else column.against_first
        yield f"{one.name} plays {action}", sign_region(gain, "==")
    for j, action in enumerate(two.actions):
        gain = row.against_second if j else row.against_first
        yield f"{two.name} plays {action}", sign_region(gain, "==")
    idle = [
        all_of((sign_region(a.against_first, "=="), sign_region(a.against_second, "==")))
        for a in (row, column)
    ]
    yield f"{one.name} mixes so that {two.name} is indifferent", all_of((idle[0], _crosses(column)))
    yield f"{two.name} mixes so that {one.name} is indifferent", all_of((idle[1], _crosses(row)))
    yield "every state", all_of(idle)


def _conserved(game: NormalForm, row: Advantage, column: Advantage, given: Region) -> Conserved:
    """The constant of motion, shown by its derivative along the motion, and where its levels are closed."""
    (x_name, x_other), (y_name, y_other) = (p.actions for p in game.players)
    one, two = game.names
    weights = (
        (one, x_name, column.against_second),
        (one, x_other, _ZERO - column.against_first),
        (two, y_name, _ZERO - row.against_second),
        (two, y_other, row.against_first),
    )
    x, y = variable("share of one"), variable("share of two")  # no parameter has spaces in its name
    moves = x * (_ONE - x) * row.at(y), y * (_ONE - y) * column.at(x)
    change = (weights[0][2] / x - weights[1][2] / (_ONE - x)) * moves[0]
    change = change + (weights[2][2] / y - weights[3][2] / (_ONE - y)) * moves[1]
    assert change.is_zero, "the constant of motion moved: please report this game"
    # all four weights above zero, or all below: then strictly concave, or convex, without bound at the border
    signs = [all_of(sign_region(w, relation) for _, _, w in weights) for relation in (">", "<")]
    return Conserved(weights, Proved("by algebra"), tidy_short(any_of(signs), given))
