"""Minmax and maxmin values: what the others can hold a player down to, and what it can secure, by case.

In pure strategies for any number of players: the minmax value is the least, over what the others do together,
of the player's best payoff against it; the maxmin value the most, over own actions, of its worst payoff.
In mixed strategies for two players with up to four actions each, where the two are equal: the value of the
zero-sum game in which the other player minimises [VonNeumann1928].  That game has a solution in which
some square part of the payoff table is solved by equalising [ShapleySnow1950]; every such part gives a case,
so the cases cover the domain by construction.  Values are exact, and each answer carries two verdicts:
that the cases cover the domain, and that they agree where they overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod

from deterrence.algebra.decide import Prover
from deterrence.algebra.linear import determinant
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import (
    EVERYWHERE,
    AllOf,
    AnyOf,
    Region,
    all_of,
    any_of,
    atom,
    atoms_of,
    complement,
    polys_of,
)
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, fraction, number
from deterrence.algebra.verdicts import Proved, Refuted, Verdict
from deterrence.algebra.witness import find_point
from deterrence.errors import DomainError, OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.solve.best_replies import Side, side
from deterrence.solve.components import full_dimensional
from deterrence.solve.nash import MAX_ACTIONS, consistent

Case = tuple[Region, Value]
_FEW, _MANY = 8, 64
_ZERO = Poly.constant(0)


@dataclass(frozen=True)
class ValueByCase:
    """A value that depends on where in the parameter space one is: pairs of a region and an expression.

    `coverage` says whether the regions cover the domain, `agreement` whether the expressions are equal
    wherever two regions overlap (closed regions share their borders).
    """

    cases: tuple[Case, ...]
    coverage: Verdict
    agreement: Verdict

    def __iter__(self) -> Iterator[Case]:
        return iter(self.cases)

    def at(self, point: Mapping[str, Fraction]) -> Fraction:
        """The exact value at a point of the domain; DomainError where no case applies."""
        for region, v in self.cases:
            if region.contains(point):
                return v.at(point)
        raise DomainError(f"no case holds at {dict(point)}; is the point inside the domain?")


def pure_minmax(game: NormalForm, player: str) -> ValueByCase:
    """The lowest payoff that the others can hold the player to with pure actions, chosen before it replies.

    Raises UnknownName, OutOfScope for payoffs with roots, and DomainError for contradictory assumptions or
    denominators that may be zero.

    >>> game = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
    ...     assumptions=["T > R", "R > P", "P > S"])
    >>> [(str(region), str(v)) for region, v in pure_minmax(game, "row")]
    [('true', 'P')]
    """
    ask = consistent(game)
    seen = side(game, player, ask)
    columns = list(zip(*seen.rows, strict=True))
    found = []
    for j, column in enumerate(columns):
        for i, entry in enumerate(column):
            best = (atom(entry - other, ">=") for other in column)
            least = (any_of(atom(p - entry, ">=") for p in other) for other in columns)
            found.append((all_of((*best, *least)), _payoff(game, player, seen, i, j)))
    return _assembled(found, game, ask)


def pure_maxmin(game: NormalForm, player: str) -> ValueByCase:
    """The highest payoff that the player can secure with a pure action, whatever the others do.

    Raises as `pure_minmax`.

    >>> game = NormalForm.from_arrays([[1, "a"], [0, 0]], [[0, 0], [0, 0]])
    >>> [(str(region), str(v)) for region, v in pure_maxmin(game, "row")]
    [('a >= 1', '1'), ('a >= 0 and a <= 1', 'a'), ('a <= 0', '0')]
    """
    ask = consistent(game)
    seen = side(game, player, ask)
    found = []
    for i, row in enumerate(seen.rows):
        for j, entry in enumerate(row):
            worst = (atom(other - entry, ">=") for other in row)
            most = (any_of(atom(entry - p, ">=") for p in other) for other in seen.rows)
            found.append((all_of((*worst, *most)), _payoff(game, player, seen, i, j)))
    return _assembled(found, game, ask)


def mixed_minmax(game: NormalForm, player: str) -> ValueByCase:
    """The minmax value of a player of a two-player game in mixed strategies, which is its maxmin value too.

    Raises OutOfScope for another number of players, for more than four actions and for payoffs with
    roots; else as `pure_minmax`.

    >>> pennies = NormalForm.from_arrays([["a", 0], [0, 1]], [[0, 0], [0, 0]], assumptions=["a > 0"])
    >>> [(str(region), str(v)) for region, v in mixed_minmax(pennies, "row")]
    [('true', 'a/(a + 1)')]
    """
    ask = consistent(game)
    sizes = [len(p.actions) for p in game.players]
    if len(sizes) != 2 or max(sizes) > MAX_ACTIONS:
        raise OutOfScope(
            f"minmax values in mixed strategies need two players with up to {MAX_ACTIONS} actions; this game "
            f"has {len(sizes)} with {', '.join(map(str, sizes))}; pure_minmax has no such limit"
        )
    seen = side(game, player, ask)
    found = []
    for size in range(1, min(sizes) + 1):
        for rows in combinations(range(len(seen.rows)), size):
            for columns in combinations(range(len(seen.others)), size):
                solved = _kernel(seen, rows, columns)
                if solved is None:
                    continue
                signs, weights, total = solved
                v = number(0)
                for i, weight in zip(rows, weights, strict=True):
                    v = v + fraction(weight, total) * _payoff(game, player, seen, i, columns[0])
                for strict, weak in ((">", ">="), ("<", "<=")):  # the weights may be all negative
                    where = all_of((atom(total, strict), *(atom(p, weak) for p in signs)))
                    if ask.satisfiable(where) is not False:
                        found.append((where, v))
    return _assembled(found, game, ask)


def _kernel(
    seen: Side, rows: Sequence[int], columns: Sequence[int]
) -> tuple[list[Poly], tuple[Poly, ...], Poly] | None:
    """When equalising on these rows and columns solves the zero-sum game: where the first have one sign.

    Then the row weights and their sum, which must have that sign and not be zero.
    For a square part M the row weights are the column sums of its adjugate, the column weights the row sums,
    and the value det(M) over the sum of all entries.
    """
    part = [[seen.rows[i][j] for j in columns] for i in rows]
    span = range(len(part))
    cofactors = [
        [
            determinant([[*row[:j], *row[j + 1 :]] for k, row in enumerate(part) if k != i]) * (-1) ** (i + j)
            for j in span
        ]
        for i in span
    ]
    down = tuple(sum(cofactors[i], _ZERO) for i in span)
    across = tuple(sum((cofactors[i][j] for i in span), _ZERO) for j in span)
    total = sum(down, _ZERO)
    if total.is_zero:
        return None
    level = determinant(part)
    signs = [*down, *across]  # all of the sign of the total, or zero
    for j, column in enumerate(zip(*seen.rows, strict=True)):
        if j not in columns:
            signs.append(sum((w * column[i] for w, i in zip(down, rows, strict=True)), -level))
    for i, row in enumerate(seen.rows):
        if i not in rows:
            signs.append(level - sum((w * row[j] for w, j in zip(across, columns, strict=True)), _ZERO))
    return signs, down, total


def _payoff(game: NormalForm, player: str, seen: Side, row: int, column: int) -> Value:
    at = game.names.index(player)
    others = seen.others[column]
    return game.payoff((*others[:at], seen.actions[row], *others[at:]), player)


# -- cases ----------------------------------------------------------------------------------------
def _assembled(found: Sequence[Case], game: NormalForm, ask: Prover) -> ValueByCase:
    """Cases of one value joined and put plainly, borders that other cases cover left out; the verdicts."""
    pieces: list[Case] = []
    for region, v in found:
        tidied = tidy(region, ask.given)
        same = next((w for _, w in pieces if ask.holds(compare(v, "==", w)) is True), v)
        pieces += [(piece, same) for piece in _alternatives(tidied)]
    for piece in [p for p in pieces if not full_dimensional(p[0], ask)]:
        others = [p for p in pieces if p is not piece]
        if ask.implies(piece[0], any_of(region for region, _ in others)) is True:
            pieces = others
    listed = dict.fromkeys(v for _, v in pieces)
    cases = [(_plainly([region for region, w in pieces if w == v], ask), v) for v in listed]
    outside = all_of(complement(region) for region, _ in cases)
    differ = any_of(all_of((r, s, compare(v, "!=", w))) for (r, v), (s, w) in combinations(cases, 2))
    return ValueByCase(tuple(cases), _impossible(outside, game, ask), _impossible(differ, game, ask))


def _alternatives(region: Region) -> list[Region]:
    """Conjunctions that together make up a region, or the region itself where they would be many."""
    if isinstance(region, AnyOf):
        return [piece for part in region.parts for piece in _alternatives(part)]
    if isinstance(region, AllOf):
        options = [_alternatives(part) for part in region.parts]
        if prod(map(len, options)) <= _MANY:
            return [all_of(choice) for choice in product(*options)]
    return [region]


def _plainly(pieces: Sequence[Region], ask: Prover) -> Region:
    """The union of the pieces, tidied again where that is quick and shortens it."""
    union = any_of(pieces)
    if len(pieces) == 1 or len(polys_of(union)) > _FEW:
        return EVERYWHERE if ask.holds(union) is True else union
    return min(union, tidy(union, ask.given), key=lambda r: len(list(atoms_of(r))))


def _impossible(region: Region, game: NormalForm, ask: Prover) -> Verdict:
    """Whether the region is empty: by the prover, else by the theorem that stands behind the cases."""
    answer = ask.satisfiable(region)
    if answer is None:
        return Proved("by construction")
    if answer:
        return Refuted(find_point(region, ask.given, game.domain.names), complement(region))
    return Proved("z3")
