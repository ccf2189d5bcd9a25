"""From a model's texts to its games: one, or where `min`, `max` or `abs` occur one for each piece.

A piece is a part of the parameter space on which all cases are settled; its game has the guard of the piece
among its assumptions.  Guards exclude each other and cover the domain.  `tree_games` does the same for trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import TypeVar

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases, Reading, read_cases
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.syntax import Expression
from deterrence.algebra.value import Value
from deterrence.catalogue.source import ModelSource
from deterrence.errors import DeterrenceError, Problem
from deterrence.games.normal import NormalForm, Player

MAX_PIECES = 64
Pick = Callable[[Cases], Value]
_Game = TypeVar("_Game")


def cases_or_fault(tree: Expression, reading: Reading, place: str, problems: list[Problem]) -> Cases:
    """An expression as guarded values; a problem and no cases where the algebra refuses it."""
    try:
        return read_cases(tree, reading)
    except DeterrenceError as fault:
        problems.append(Problem(place, str(fault), "rewrite this expression"))
        return ()


def normal_pieces(
    source: ModelSource, domain: Domain, definitions: Mapping[str, Cases], problems: list[Problem]
) -> tuple[tuple[Region, NormalForm], ...]:
    """The games in normal form, each with the guard of its piece; none, and problems noted, on a fault."""
    reading = Reading(given=domain.given, definitions=definitions)
    people = tuple(Player(p.name, p.actions, p.label) for p in source.players)
    names = [p.name for p in people]
    table: list[list[Cases]] = []
    for profile in product(*(p.actions for p in people)):
        trees = source.payoffs[profile]
        place = f"payoffs[{', '.join(profile)}]"
        table.append(
            [cases_or_fault(t, reading, f"{place}.{n}", problems) for n, t in zip(names, trees, strict=True)]
        )
    if problems:
        return ()

    def make(pick: Pick, narrowed: Domain) -> NormalForm:
        return NormalForm(people, tuple(tuple(map(pick, row)) for row in table), narrowed)

    return split((c for row in table for c in row), domain, "payoffs", make, problems)


def split(
    cases: Iterable[Cases],
    domain: Domain,
    place: str,
    make: Callable[[Pick, Domain], _Game],
    problems: list[Problem],
) -> tuple[tuple[Region, _Game], ...]:
    """A game for each piece; `make` is given what picks the value that holds there, and the piece's domain.

    More than `MAX_PIECES` are a problem at `place`.
    """
    ask = prover(domain.given)
    guards: list[Region] = [EVERYWHERE]
    for several in dict.fromkeys(c for c in cases if len(c) > 1):
        guards = [
            joint for g in guards for h, _ in several if ask.satisfiable(joint := all_of((g, h))) is not False
        ]
        if len(guards) > MAX_PIECES:
            problem = f"min, max and abs split the model into over {MAX_PIECES} pieces"
            problems.append(Problem(place, problem, "use fewer"))
            return ()
    pieces = []
    for guard in guards:

        def pick(cases: Cases, guard: Region = guard) -> Value:
            if len(cases) == 1:
                return cases[0][1]
            return next(v for h, v in cases if ask.satisfiable(all_of((guard, h))) is not False)

        narrowed = domain if guard == EVERYWHERE else Domain(domain.parameters, (*domain.assumptions, guard))
        pieces.append((guard, make(pick, narrowed)))
    return tuple(pieces)
