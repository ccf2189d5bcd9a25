"""Questions about regions, each answered with a verdict: empty, implied, equal, a point, a projection.

`given` is the region of the assumptions; `EVERYWHERE` asks about all real numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.eliminate import exists, proves_projection
from deterrence.algebra.isolate import solved_text
from deterrence.algebra.region import EVERYWHERE, Region, all_of, complement
from deterrence.algebra.tidy import tidy
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.algebra.witness import find_point
from deterrence.errors import GameError


def _need_regions(*regions: object) -> None:
    for region in regions:
        if not isinstance(region, Region):
            raise GameError(f"{region!r} is not a region; make one from text with deterrence.region(…)")


def is_empty(region: Region, given: Region = EVERYWHERE) -> Verdict:
    """Whether no point of the assumptions lies in the region; refuted with a point that does.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.region import atom
    >>> x = Poly.variable("x")
    >>> is_empty(atom(x * x + 1, "==")).word, is_empty(atom(x - 2, ">=")).witness
    ('proved', {'x': Fraction(2, 1)})
    """
    _need_regions(region, given)
    return _verdict(region, given)


def implies(region: Region, other: Region, given: Region = EVERYWHERE) -> Verdict:
    """Whether every point of `region` under `given` lies in `other`; refuted with a point that does not."""
    _need_regions(region, other, given)
    if prover(given).satisfiable(region) is False:
        return Vacuous("no point satisfies the premise under the assumptions")
    return _verdict(all_of((region, complement(other))), given)


def equal(region: Region, other: Region, given: Region = EVERYWHERE) -> Verdict:
    """Whether two regions have the same points under `given`; refuted with a point of one only."""
    _need_regions(region, other, given)
    for one, two in ((region, other), (other, region)):
        verdict = _verdict(all_of((one, complement(two))), given)
        if not isinstance(verdict, Proved):
            return verdict
    return Proved("z3")


def point_in(region: Region, given: Region = EVERYWHERE) -> Witness | None:
    """An exact point of the region with small numbers, or None when none was found.

    None is not a proof of emptiness: ask `is_empty`.
    """
    _need_regions(region, given)
    return find_point(region, given)


@dataclass(frozen=True)
class Elimination:
    """A projection without quantifiers, and the verdict of an independent check that it is exact."""

    region: Region
    exact: Verdict


def eliminate(region: Region, names: Iterable[str], given: Region = EVERYWHERE) -> Elimination:
    """The points for which some values of `names` put them in the region, tidied, with its check.

    Raises OutOfScope when a name occurs with degree above two.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.region import atom
    >>> x, a = Poly.variable("x"), Poly.variable("a")
    >>> print(eliminate(atom(x * x - a, "=="), ["x"]).region)
    a >= 0
    """
    _need_regions(region, given)
    bound = list(names)
    result = tidy(exists(region, bound, given), given)
    answer = proves_projection(region, bound, result, given)
    if answer is None:
        return Elimination(result, Undecided("the check of the projection ran out of time"))
    assert answer, "a projection was disproved: please report this"
    return Elimination(result, Proved("two methods agree"))


def solve_for(region: Region, name: str, given: Region = EVERYWHERE) -> str:
    """The condition as text, each comparison solved for one parameter where one bound can say it.

    >>> from deterrence.algebra.poly import Poly
    >>> from deterrence.algebra.region import atom
    >>> T, R, P, d = (Poly.variable(n) for n in ("T", "R", "P", "delta"))
    >>> order = all_of([atom(T - R, ">"), atom(R - P, ">")])
    >>> solve_for(atom(d * (T - P) - T + R, ">="), "delta", order)
    'delta >= (T - R)/(T - P)'
    """
    _need_regions(region, given)
    return solved_text(tidy(region, given), name, prover(given))


def _verdict(bad: Region, given: Region) -> Verdict:
    ask = prover(given)
    if ask.satisfiable(EVERYWHERE) is False:
        return Vacuous("the assumptions contradict each other")
    found = ask.satisfiable(bad, patient=True)
    if found is False:
        return Proved("z3")
    if found is None:
        return Undecided("the solver ran out of time")
    point = find_point(bad, given)
    where = tidy(complement(bad), given)
    return Refuted(point, where, "" if point else "no point with rational coordinates was found")
