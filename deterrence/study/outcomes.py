"""What happens: which outcomes of a tree occur where, with exact probabilities.

One row a cell of the phase diagram, or one an equilibrium where the atlas has no cells; within a row,
equilibria that lead to the same outcomes share an entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deterrence.algebra.brief import brief
from deterrence.algebra.decide import Witness
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value
from deterrence.errors import OutOfScope, expect
from deterrence.games.behaviour import outcome_chances
from deterrence.games.mixed_plans import passages
from deterrence.games.strategic import StrategicForm
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, Game

Chances = tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class Happening:
    """The outcomes that some equilibria lead to; probabilities of zero are left out.

    `free` names the free variables that the probabilities mention.
    """

    equilibria: tuple[str, ...]
    chances: Chances
    free: tuple[str, ...] = ()

    def chance(self, outcome: str) -> Value | None:
        """The probability of an outcome by name, None where it does not occur."""
        return dict(self.chances).get(outcome)


@dataclass(frozen=True)
class OutcomeRow:
    """A part of the parameter space and what happens there; empty where no equilibrium is."""

    region: Region
    happenings: tuple[Happening, ...]
    full_dimensional: bool
    witness: Witness | None = None

    def __repr__(self) -> str:
        said = "; ".join(
            f"{' '.join(h.equilibria)}: {', '.join(f'{name} {v}' for name, v in h.chances)}"
            for h in self.happenings
        )
        return f"OutcomeRow({brief(self.region)}: {said})"

    def __hash__(self) -> int:
        return hash((self.region, self.happenings))


def outcomes(atlas: Atlas) -> tuple[OutcomeRow, ...]:
    """Which outcomes occur in which cell, or in which equilibrium where there are no cells.

    Raises OutOfScope for an atlas of a game that is neither a tree nor the strategic form of one.

    >>> from deterrence.solve.atlas import Atlas, Completeness, Equilibrium
    >>> from deterrence.algebra.region import EVERYWHERE
    >>> from deterrence.algebra.value import number
    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": [1], "y": [0]})
    >>> played = (("n", (("a", number(1)), ("b", number(0)))),)
    >>> e1 = Equilibrium("e1", played, EVERYWHERE, (("us", number(1)),))
    >>> atlas = Atlas(tree, "subgame-perfect", (e1,), (), Completeness("proved", "all", "", "proved"))
    >>> [(h.equilibria, h.chance("x") == number(1)) for row in outcomes(atlas) for h in row.happenings]
    [(('e1',), True)]
    """
    expect("outcomes", atlas, Atlas)
    found = {e.id: outcomes_of(e, atlas.game) for e in atlas.equilibria}
    if not atlas.cells:
        return tuple(
            OutcomeRow(e.region, _together([e], found), e.generic) for e in atlas.equilibria if e.projected
        )
    return tuple(
        OutcomeRow(
            cell.region,
            _together([atlas[name] for name in cell.equilibria], found),
            cell.full_dimensional,
            cell.witness,
        )
        for cell in atlas.cells
    )


def outcomes_of(e: Equilibrium, game: Game) -> Chances:
    """The outcomes that an equilibrium leads to, with their probabilities; zeros are left out.

    The game is a tree or the strategic form of one; raises OutOfScope for others.
    """
    profile = {place: dict(strategy) for place, strategy in e.profile}
    if isinstance(game, ExtensiveForm):
        chances = outcome_chances(game, profile)
    elif isinstance(game, StrategicForm):
        chances = {}
        for p in passages(game, profile):
            if game.tree.is_end(p.to):
                name = game.tree.outcome(p.to).called
                chances[name] = chances[name] + p.weight if name in chances else p.weight
        chances = {name: chances[name] for name in game.tree.outcome_names if name in chances}
    else:
        raise OutOfScope("only trees have outcomes with names; ask payoffs or actions of this game instead")
    return tuple((name, v) for name, v in chances.items() if not v.is_zero)


def _together(equilibria: Iterable[Equilibrium], found: dict[str, Chances]) -> tuple[Happening, ...]:
    """Equilibria with the same outcomes in one entry; those with free variables that matter stay apart."""
    entries: dict[tuple[Chances, str], tuple[list[str], tuple[str, ...]]] = {}
    for e in equilibria:
        chances = found[e.id]
        mentioned = {n for _, v in chances for n in v.names}
        free = tuple(r.name for r in e.free if r.name in mentioned)
        entries.setdefault((chances, e.id if free else ""), ([], free))[0].append(e.id)
    return tuple(Happening(tuple(ids), chances, free) for (chances, _), (ids, free) in entries.items())
