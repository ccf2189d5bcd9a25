"""Selection among the equilibria of an atlas: what each criterion picks, and where.

A criterion is an argument for one equilibrium against others, not a part of what an equilibrium is; so what
is picked carries the criterion's name, and the atlas keeps every equilibrium.

- `payoff dominant`: pays every player more than every other equilibrium that exists there.
- `focal by Pareto`: pays nobody less and someone more than every other; so it asks less.
- `risk dominant` (2x2): strict, and with the larger product of deviation losses than the other strict one.
- `trembling-hand perfect` (2x2): uses no weakly dominated action.

The first two hold only where there is another equilibrium to compare with.  A component with free variables
counts as one: each of its members must beat each member of the others.
Sources: [HarsanyiSelten1988] for the dominance criteria, [Schelling1960] for focal points, [Selten1975].
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deterrence.algebra.brief import brief
from deterrence.algebra.decide import prover
from deterrence.algebra.region import NOWHERE, Region, all_of, any_of, complement
from deterrence.algebra.tidy import tidy
from deterrence.errors import GameError, OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.pareto import payoff_dominates
from deterrence.solve.risk_dominance import risk_dominates
from deterrence.solve.trembling import perfect
from deterrence.solve.two_by_two import is_two_by_two

CRITERIA = ("payoff dominant", "focal by Pareto", "risk dominant", "trembling-hand perfect")
_SMALL = ("risk dominant", "trembling-hand perfect")  # defined here for 2x2 games only


@dataclass(frozen=True)
class Label:
    """A criterion, the equilibrium that it picks, and exactly where it does."""

    criterion: str
    equilibrium: str
    region: Region


@dataclass(frozen=True)
class Selection:
    """What the criteria pick; `left_out` has the criteria that could not be applied, each with the reason."""

    atlas: Atlas
    labels: tuple[Label, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        """A line for each criterion and the equilibrium that it picks."""
        lines = [f"{x.criterion}: {x.equilibrium} {brief(x.region)}" for x in self.labels]
        return "\n  ".join([f"Selection from {len(self.atlas.equilibria)} equilibria", *lines])

    def of(self, equilibrium: str) -> tuple[Label, ...]:
        """The labels of one equilibrium; UnknownName where the atlas has none of that name."""
        wanted = self.atlas[equilibrium].id
        return tuple(label for label in self.labels if label.equilibrium == wanted)

    def where(self, criterion: str) -> Region:
        """Where the criterion picks something; GameError for one that is not in `CRITERIA`."""
        _known(criterion)
        picked = any_of(label.region for label in self.labels if label.criterion == criterion)
        return tidy(picked, self.atlas.domain.given)


def select(atlas: Atlas, criteria: Iterable[str] = CRITERIA) -> Selection:
    """What each criterion picks among the equilibria of an atlas, by region.

    Nowhere-valid labels are left out.  Raises GameError for an unknown criterion.

    >>> from deterrence.solve.nash import nash
    >>> stag = NormalForm.from_arrays([["R", 0], [1, 1]], [["R", 1], [0, 1]], assumptions=["R > 1"])
    >>> for label in select(nash(stag)).labels:
    ...     print(label.equilibrium, label.criterion, "where", label.region)
    e1 payoff dominant where true
    e1 focal by Pareto where true
    e1 risk dominant where R > 2
    e2 risk dominant where R < 2
    e1 trembling-hand perfect where true
    e2 trembling-hand perfect where true
    e3 trembling-hand perfect where true
    """
    expect("select", atlas, Atlas)
    labels: list[Label] = []
    left_out: list[tuple[str, str]] = []
    for criterion in criteria:
        _known(criterion)
        if criterion in _SMALL and not is_two_by_two(atlas.game):
            left_out.append((criterion, "defined here for games of two players with two actions each"))
            continue
        try:
            found = [Label(criterion, e.id, _picked(criterion, e, atlas)) for e in atlas]
        except OutOfScope as stop:
            left_out.append((criterion, str(stop)))
            continue
        labels += [label for label in found if label.region != NOWHERE]
    return Selection(atlas, tuple(labels), tuple(left_out))


def _known(criterion: str) -> None:
    if criterion not in CRITERIA:
        raise GameError(f"no criterion named {criterion!r}; known: {', '.join(CRITERIA)}")


def _picked(criterion: str, e: Equilibrium, atlas: Atlas) -> Region:
    if criterion == "payoff dominant":
        return _best(e, atlas, strict=True)
    if criterion == "focal by Pareto":
        return _best(e, atlas, strict=False)
    assert isinstance(atlas.game, NormalForm)
    if criterion == "trembling-hand perfect":
        return perfect(atlas.game, e)
    return _risk_dominant(e, atlas.game)


def _best(e: Equilibrium, atlas: Atlas, *, strict: bool) -> Region:
    """Where the equilibrium beats every other one that exists there, and there is one."""
    given = atlas.domain.given
    if not all(f.projected for f in atlas):
        raise OutOfScope("some equilibrium was not projected to the parameters, so where it exists is open")
    ask = prover(given)
    others = [f for f in atlas if f.id != e.id]
    beside = [f for f in others if ask.satisfiable(all_of((e.region, f.region))) is not False]
    left = all_of((e.region, any_of(f.region for f in beside)))
    for f in sorted(beside, key=lambda f: (len(f.free), not f.generic)):
        if ask.satisfiable(left) is False:
            return NOWHERE
        better = payoff_dominates(e, f, strict=strict, given=given)
        left = all_of((left, any_of((complement(f.region), better))))
    return tidy(left, given)


def _risk_dominant(e: Equilibrium, game: NormalForm) -> Region:
    if not e.is_pure:
        return NOWHERE
    profile = [actions[0] for actions in e.support]
    other = [
        next(a for a in p.actions if a != chosen) for p, chosen in zip(game.players, profile, strict=True)
    ]
    return risk_dominates(game, profile, other)
