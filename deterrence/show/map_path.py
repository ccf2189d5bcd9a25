"""The named 2x2 games that a model passes through as one parameter changes, with exact ends of each stretch.

All other parameters are fixed, so that what is left is a game in one parameter, whose partition by named game
(`partition`) is cut into stretches (`along`).  Sources as there: [RobinsonGoforth2005], [Bruns2015].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.parameters import Domain, Parameter, exact_number
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of
from deterrence.algebra.value import number
from deterrence.catalogue.models import Model
from deterrence.errors import GameError, OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.show.plotting import number_text, others_at, parameter
from deterrence.solve.along import Stretch, along, approximately
from deterrence.solve.isolation import at_point
from deterrence.study.partition import taxonomy
from deterrence.study.positions import Position

Path = tuple[str, Iterable[object]]
Piece = tuple[Region, NormalForm]


@dataclass(frozen=True)
class Leg:
    """A stretch of the parameter on which the model is one named game."""

    position: Position
    stretch: Stretch

    def words(self, name: str) -> str:
        """The game with its stretch: `Chicken: T from 6 to 9`."""
        s = self.stretch
        if s.start == s.end:
            return f"{self.position.name}: {name} = {number_text(s.start)}"
        return f"{self.position.name}: {name} from {number_text(s.start)} to {number_text(s.end)}"


@dataclass(frozen=True)
class Journey:
    """A model along one parameter: the stops asked for, what is fixed, the games at the stops, and the legs.

    `games` has the numeric game at each stop; without a path there is one stop, and no parameter's name.
    """

    name: str
    stops: tuple[Fraction, ...]
    fixed: Mapping[str, Fraction]
    games: tuple[NormalForm, ...]
    legs: tuple[Leg, ...]
    pieces: tuple[Piece, ...]

    def at(self, value: Fraction) -> NormalForm:
        """The game in numbers at a value of the parameter."""
        return game_at(self.pieces, {**self.fixed, **({self.name: value} if self.name else {})})


def pieces_of(game: NormalForm | Model) -> tuple[Piece, ...]:
    """The tables of a model with where each counts; OutOfScope for another kind, GameError where not 2x2."""
    expect("plot_map_2x2", game, NormalForm, Model)
    found: tuple[Piece, ...]
    if isinstance(game, Model):
        tables = [(guard, g) for guard, g in game.pieces if isinstance(g, NormalForm)]
        if not tables or len(tables) != len(game.pieces):
            raise OutOfScope(
                f"{game.name} is of the kind {game.source.kind}; the map is of tables of two players with "
                "two actions each"
            )
        found = tuple(tables)
    else:
        found = ((EVERYWHERE, game),)
    sizes = [len(p.actions) for p in found[0][1].players]
    if sizes != [2, 2]:
        raise GameError(
            f"the game is {'x'.join(map(str, sizes))}; the map is of games of two players with two actions "
            "each"
        )
    return found


def journey(
    game: NormalForm | Model, path: Path | None = None, point: Mapping[str, object] | None = None
) -> Journey:
    """A model along a path `(parameter, values)`, or at one point, and the games that it passes through.

    Other parameters take the values of `point` or their examples.  Raises OutOfScope and GameError for what
    is no 2x2 game or a path without values, UnknownName, InexactNumber and DomainError for bad values.

    >>> from deterrence.catalogue.models import load
    >>> found = journey(load("general-2x2"), ("c", [5, 9]), {"a": 6, "b": 2, "d": 0, "g": 2, "f": 7, "h": 0})
    >>> [leg.words("c") for leg in found.legs]
    ['Concord x Chicken: c from 5 to 6', 'Chicken: c from 6 to 9']
    """
    pieces = pieces_of(game)
    domain = pieces[0][1].domain
    if path is None:
        exact = domain.point(point or {}, defaults=True)
        numeric = game_at(pieces, exact)
        return Journey("", (), exact, (numeric,), (), pieces)
    name, raw = path
    parameter(domain, name)
    stops = tuple(exact_number(v, name) for v in raw)
    if not stops:
        raise GameError(f"the path along {name} has no values; give two or more")
    fixed = others_at(domain, name, point or {})
    games = tuple(game_at(pieces, domain.point({**fixed, name: v})) for v in stops)
    low, high = min(stops), max(stops)
    legs = [leg for piece in pieces for leg in _legs(piece, name, fixed, low, high)]
    legs.sort(key=lambda leg: approximately(leg.stretch.start), reverse=stops[0] > stops[-1])
    return Journey(name, stops, fixed, games, tuple(legs), pieces)


def game_at(pieces: tuple[Piece, ...], exact: Mapping[str, Fraction]) -> NormalForm:
    """The table that counts at a point, in numbers."""
    return next(g for guard, g in pieces if guard.contains(exact)).at(exact)


def _legs(piece: Piece, name: str, fixed: Mapping[str, Fraction], low: Fraction, high: Fraction) -> list[Leg]:
    """The stretches of one table, where it counts and the assumptions hold."""
    guard, game = piece
    given = at_point(all_of((game.domain.given, guard)), name, fixed)
    if given == NOWHERE or not along(given, name, {}, low, high):
        return []
    table = {n: number(v) for n, v in fixed.items()}
    rows = tuple(tuple(v.substitute(table) for v in row) for row in game.payoffs)
    one = NormalForm(game.players, rows, Domain((Parameter(name, domain=given),)))
    return [
        Leg(part.position, stretch)
        for part in taxonomy(one).parts
        for stretch in along(all_of((part.region, given)), name, {}, low, high)
    ]
