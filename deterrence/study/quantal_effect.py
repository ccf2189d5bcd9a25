"""How a parameter moves a probability in logit equilibrium, as a statement about all parameter values.

The probabilities themselves have no formula, but in a 2x2 game the sign of their response has one.  With x
and y the chances of the first actions, `log(x/(1 - x)) = rationality * (gain of the row player's first action
at y)`, and the same for y, are differentiated.  The response is then a quotient of polynomials in the
parameters, the rationality, x and y.  Whatever holds for all x and y strictly between zero and one holds at
every equilibrium, so a sign proved there is proved; a sign that varies there decides nothing, as equilibria
are only some of these points.  Where the denominator is positive throughout, the equilibrium is moreover the
only one at each parameter value and moves smoothly: the index of every equilibrium is then one, and indices
add up to one.
Sources: [McKelveyPalfrey1995] for the equilibria; the implicit function theorem.

Scope: 2x2 games in normal form, payoffs that are fractions of polynomials, rationality above zero.
"""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import Region, all_of, atom
from deterrence.algebra.value import Value, number, sign_region, variable
from deterrence.algebra.verdicts import Proved, Undecided, Verdict
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import consistent
from deterrence.solve.two_by_two import advantages, is_two_by_two

DIRECTIONS = {"falls": "<", "rises": ">", "none": "=="}


@dataclass(frozen=True)
class LogitEffect:
    """The response of the chance of an action to a parameter: `top / below`, in the names listed.

    `names` are those of the rationality and of the chances of the two players' first actions.  `direction` is
    falls, rises, none, or empty where `verdict` is undecided; `unique` says whether there is only one logit
    equilibrium at each parameter value and rationality.
    """

    game: NormalForm
    parameter: str
    player: str
    action: str
    names: tuple[str, str, str]
    top: Value
    below: Value
    direction: str
    verdict: Verdict
    unique: Verdict

    def __repr__(self) -> str:
        moves = self.direction or "undecided"
        return f"LogitEffect(P({self.player} = {self.action}) as {self.parameter} rises: {moves})"


def logit_effect(game: NormalForm, parameter: str, player: str, action: str) -> LogitEffect:
    """Whether the chance of an action falls, rises or stays as a parameter grows, in every logit equilibrium.

    The answer is about the slope: a strict one, at every point of the assumptions; so it compares two values
    of the parameter where the assumptions allow all those between.

    Raises GameError for a game that is not 2x2, UnknownName, DomainError for contradictory assumptions.

    >>> game = NormalForm.from_arrays([["g - s", "g"], [0, 0]], [["b", 0], [0, "c"]],
    ...     actions=[["attack", "halt"], ["strike", "restrain"]],
    ...     assumptions=["g > 0", "s > g", "b > 0", "c > 0"])
    >>> found = logit_effect(game, "s", "row", "attack")
    >>> found.direction, found.verdict.word, found.unique.word
    ('falls', 'proved', 'proved')
    """
    if not is_two_by_two(game):
        raise GameError("the response of logit equilibria is settled for two players with two actions each")
    consistent(game)
    if parameter not in game.domain.names:
        raise UnknownName("parameter", parameter, game.domain.names)
    which = game.names.index(game.player(player).name)
    if action not in game.players[which].actions:
        raise UnknownName(f"action of {player}", action, game.players[which].actions)
    names = _names(game)
    rationality, own, other = (variable(n) for n in (names[0], names[1 + which], names[2 - which]))
    both = advantages(game)
    mine, theirs = both[which], both[1 - which]
    direct = mine.base.derivative(parameter) + mine.slope.derivative(parameter) * other
    indirect = theirs.base.derivative(parameter) + theirs.slope.derivative(parameter) * own
    spread, other_spread = own * (number(1) - own), other * (number(1) - other)
    top = rationality * spread * (direct + rationality * mine.slope * other_spread * indirect)
    below = number(1) - rationality * rationality * spread * other_spread * mine.slope * theirs.slope
    if action != game.players[which].actions[0]:
        top = -top
    inside = _inside(game, names)
    positive = prover(inside).implies(all_of(()), sign_region(below, ">"), patient=True)
    unique: Verdict = Undecided("the determinant is not positive at all probabilities, so nothing follows")
    if positive:
        unique = Proved("z3, and the index theorem")
    direction, verdict = _direction(top / below, inside) if positive else ("", _open(positive))
    return LogitEffect(game, parameter, player, action, names, top, below, direction, verdict, unique)


def _open(positive: bool | None) -> Verdict:
    if positive is None:
        return Undecided("the solver ran out of time on the determinant")
    return Undecided("the response may turn round at probabilities where the determinant is zero")


def _direction(response: Value, inside: Region) -> tuple[str, Verdict]:
    for word, relation in DIRECTIONS.items():
        if prover(inside).implies(all_of(()), sign_region(response, relation), patient=True) is True:
            return word, Proved("z3")
    return "", Undecided(
        "the sign is not the same at all probabilities, and equilibria are only some of these; follow the "
        "branch in numbers instead"
    )


def _names(game: NormalForm) -> tuple[str, str, str]:
    taken = set(game.domain.names)
    names = []
    for wanted in ("rationality", *(f"p_{p.name}_{p.actions[0]}" for p in game.players)):
        names.append(fresh_name(wanted, taken))
        taken.add(names[-1])
    return names[0], names[1], names[2]


def _inside(game: NormalForm, names: tuple[str, str, str]) -> Region:
    """The assumptions, a rationality above zero, and probabilities strictly between zero and one."""
    one = Poly.constant(1)
    chances = [Poly.variable(n) for n in names[1:]]
    bounds = [atom(Poly.variable(names[0]), ">")]
    bounds += [part for p in chances for part in (atom(p, ">"), atom(one - p, ">"))]
    return Domain(
        (*game.domain.parameters, *map(Parameter, names)), (*game.domain.assumptions, *bounds)
    ).given
