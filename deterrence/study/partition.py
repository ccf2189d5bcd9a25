"""The parameter space cut up by named 2x2 game: which strict game holds where, and the borders between.

Every comparison of two of a player's payoffs is settled, one after another, and a branch is given up as soon
as it is proved empty.  What is left are rankings of the four outcomes by both players, each with its region;
rankings that relabelling makes equal are put together (`positions`).  Where some payoffs tie, the parameters
lie on a border between named games.  That the parts cover the domain and do not overlap is decided apart
from how they were found.  For a game in numbers there is one part, or one border.

Scope: two players, two actions each, payoffs that are fractions of polynomials.
Sources: [RapoportGuyer1966], [RobinsonGoforth2005], [Bruns2015] for the classes and their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from deterrence.algebra.brief import brief
from deterrence.algebra.decide import Prover, Witness
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of, atom, complement
from deterrence.algebra.tidy import tidy
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Verdict
from deterrence.algebra.witness import find_point
from deterrence.errors import GameError, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.nash import cleared, consistent
from deterrence.study.positions import Position, in_order, order_key, position, refinements
from deterrence.study.taxonomy import CELLS, OrdinalGame, Square

MAX_RANKINGS = (
    200  # with ties, of both players together, that are told apart; beyond it the border is one region
)

Signs = tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """A named game and exactly where the model is that game; `witness` is an exact point where found."""

    position: Position
    region: Region
    witness: Witness | None

    def __hash__(self) -> int:
        return hash((self.position, self.region))


@dataclass(frozen=True)
class Border:
    """Where payoffs tie, and the named games that meet there; none are listed for too many at once."""

    between: tuple[Position, ...]
    region: Region
    witness: Witness | None

    def __hash__(self) -> int:
        return hash((self.between, self.region))


@dataclass(frozen=True)
class Taxonomy:
    """The parts and borders of a game's parameter space, and whether they cover it without overlap."""

    game: NormalForm
    parts: tuple[Part, ...]
    borders: tuple[Border, ...]
    covers: Verdict
    disjoint: Verdict

    def __repr__(self) -> str:
        listed = "; ".join(f"{p.position.name} {brief(p.region)}" for p in self.parts[:6])
        more = f"; and {len(self.parts) - 6} more" if len(self.parts) > 6 else ""
        return f"Taxonomy({len(self.parts)} parts: {listed}{more})"

    def at(self, point: Mapping[str, object] | None = None, **values: object) -> Part | Border:
        """The part or border that an exact point belongs to.

        Raises DomainError outside the domain, UnknownName and InexactNumber.
        """
        exact = self.game.domain.point({**(point or {}), **values})
        found: tuple[Part | Border, ...] = (*self.parts, *self.borders)
        return next(p for p in found if p.region.contains(exact))


def taxonomy(game: NormalForm) -> Taxonomy:
    """Which named 2x2 game this is: for symbols the partition of the parameter space, for numbers one part.

    Raises GameError for a game that is not 2x2, OutOfScope for payoffs with roots, DomainError for
    contradictory assumptions or a denominator that may be zero.

    >>> game = NormalForm.from_arrays(
    ...     [[3, 0], ["T", 1]], [[3, "T"], [0, 1]], actions=[["C", "D"], ["C", "D"]])
    >>> found = taxonomy(game)
    >>> for part in found.parts:
    ...     print(part.position.name, "where", part.region)
    Prisoner's Dilemma where T > 3
    Coordination where T < 0
    Assurance where T > 0 and T < 1
    Stag Hunt where T < 3 and T > 1
    >>> for border in found.borders:
    ...     print(border.region, "between", " and ".join(p.name for p in border.between))
    T == 3 between Prisoner's Dilemma and Stag Hunt
    T == 0 between Coordination and Assurance
    T == 1 between Assurance and Stag Hunt
    >>> found.covers.word, found.disjoint.word
    ('proved', 'proved')
    """
    expect("taxonomy", game, NormalForm)
    if [len(p.actions) for p in game.players] != [2, 2]:
        sizes = "x".join(str(len(p.actions)) for p in game.players)
        raise GameError(
            f"this game is {sizes}; the taxonomy is of games of two players with two actions each"
        )
    ask = consistent(game)
    ranking = _Ranking.of(game, ask)
    shown = _Shown(game, ask)
    strict = [leaf for leaf in ranking.leaves((1, -1)) if ranking.is_strict(leaf[0])]
    parts = _parts(strict, ranking, shown)
    borders = _borders(strict, ranking, shown)
    regions = [*(p.region for p in parts), *(b.region for b in borders)]
    return Taxonomy(game, parts, borders, _covers(regions, ask), _disjoint(regions, ask))


@dataclass(frozen=True)
class _Ranking:
    """The comparisons of both players' payoffs, by distinct polynomial: `uses[player][pair] = (which, sign)`.

    A comparison whose sign does not depend on the parameters is settled from the start, in `fixed`.
    """

    polys: tuple[Poly, ...]
    uses: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]
    fixed: dict[int, int]
    ask: Prover

    @staticmethod
    def of(game: NormalForm, ask: Prover) -> _Ranking:
        polys: list[Poly] = []
        uses = []
        for name in game.names:
            payoffs = cleared(game, name, ask)
            pairs = []
            for one, two in combinations(payoffs, 2):
                difference = (one - two).primitive()
                sign = difference.leading_sign
                if sign < 0:
                    difference = -difference
                if difference not in polys:
                    polys.append(difference)
                pairs.append((polys.index(difference), sign or 1))
            uses.append(tuple(pairs))
        fixed = {}
        for i, poly in enumerate(polys):
            signs = ask.sign(poly)
            if signs is not None and len(signs) == 1:
                fixed[i] = next(iter(signs))
        return _Ranking(tuple(polys), (uses[0], uses[1]), fixed, ask)

    def leaves(self, choices: Sequence[int]) -> Iterator[tuple[Signs, Region]]:
        """Every sign vector that some parameters may have, with its region."""
        waiting: list[tuple[Signs, Region]] = [((), EVERYWHERE)]
        while waiting:
            signs, region = waiting.pop()
            if len(signs) == len(self.polys):
                yield signs, region
            else:
                waiting += [((*signs, sign), here) for sign, here in self._next(signs, region, choices)]

    def _next(self, signs: Signs, region: Region, choices: Sequence[int]) -> list[tuple[int, Region]]:
        i = len(signs)
        if i in self.fixed:
            return [(self.fixed[i], region)] if self.fixed[i] in choices else []
        found = []
        for sign in choices:
            here = all_of((region, _signed(self.polys[i], sign)))
            if self.ask.satisfiable(here) is not False:
                found.append((sign, here))
        return found

    def squares(self, signs: Signs) -> tuple[Square, Square]:
        """Each player's outcomes by rank, 1 for the worst; tied ones share the lowest of their ranks."""
        row, column = (self._square(pairs, signs) for pairs in self.uses)
        return row, column

    def is_strict(self, signs: Signs) -> bool:
        """Whether the signs rank all outcomes; those that the solver left open may contradict each other."""
        return all(sorted((*s[0], *s[1])) == [1, 2, 3, 4] for s in self.squares(signs))

    def _square(self, pairs: Sequence[tuple[int, int]], signs: Signs) -> Square:
        rank = dict.fromkeys(CELLS, 1)
        for (one, two), (which, sign) in zip(combinations(CELLS, 2), pairs, strict=True):
            compared = signs[which] * sign
            if compared:
                rank[one if compared > 0 else two] += 1
        return (rank[0, 0], rank[0, 1]), (rank[1, 0], rank[1, 1])


def _signed(poly: Poly, sign: int) -> Region:
    return atom(poly, {1: ">", 0: "==", -1: "<"}[sign])


def _parts(strict: Sequence[tuple[Signs, Region]], ranking: _Ranking, shown: _Shown) -> tuple[Part, ...]:
    classes: dict[Position, list[Region]] = {}
    for signs, region in strict:
        classes.setdefault(position(OrdinalGame(*ranking.squares(signs))), []).append(region)
    return tuple(Part(p, *shown(any_of(classes[p]))) for p in in_order(classes))


def _borders(strict: Sequence[tuple[Signs, Region]], ranking: _Ranking, shown: _Shown) -> tuple[Border, ...]:
    weak = list(islice(ranking.leaves((1, 0, -1)), MAX_RANKINGS + 1))
    if len(weak) > MAX_RANKINGS:
        anywhere = any_of(atom(p, "==") for p in ranking.polys)
        return (Border((), *shown(anywhere)),)
    groups: dict[tuple[Position, ...], list[Region]] = {}
    for signs, region in weak:
        if 0 in signs:
            groups.setdefault(_between(signs, strict, ranking), []).append(region)
    listed = (Border(between, *shown(any_of(regions))) for between, regions in groups.items())
    return tuple(sorted(listed, key=lambda b: (len(b.between), [order_key(p) for p in b.between])))


def _between(signs: Signs, strict: Sequence[tuple[Signs, Region]], ranking: _Ranking) -> tuple[Position, ...]:
    """The strict games of the model that agree with what is not tied; of any model where it has none."""
    near = {
        position(OrdinalGame(*ranking.squares(other)))
        for other, _ in strict
        if all(s in (0, o) for s, o in zip(signs, other, strict=True))
    }
    return in_order(near) if near else refinements(*ranking.squares(signs))


@dataclass(frozen=True)
class _Shown:
    """Regions in short form, each with a point."""

    game: NormalForm
    ask: Prover

    def __call__(self, region: Region) -> tuple[Region, Witness | None]:
        domain = self.game.domain
        point = find_point(region, self.ask.given, domain.names, domain.example)
        return tidy(region, self.ask.given), point


# -- the check --------------------------------------------------------------------------------------------
def _covers(regions: Sequence[Region], ask: Prover) -> Verdict:
    return _none(complement(any_of(regions)), ask)


def _disjoint(regions: Sequence[Region], ask: Prover) -> Verdict:
    return _none(any_of(all_of((r, any_of(regions[:i]))) for i, r in enumerate(regions)), ask)


def _none(region: Region, ask: Prover) -> Verdict:
    found = ask.satisfiable(region, patient=True)
    if found is None:
        return Undecided("the solver ran out of time")
    return Refuted(find_point(region, ask.given)) if found else Proved("z3")
