"""Why a claim holds at no parameter value: the deviations that break every profile in which it would be true.

Each pure profile that would meet the goal is looked at: some player gains by leaving it, whatever the
parameters, or at each parameter value some player does.  In a tree the deviation may lie off the path: then a
threat is not credible.  Mixed profiles are settled by the atlas, which holds every equilibrium; they are not
explained here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, Region, all_of, any_of, complement
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import number
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, Strategy, places
from deterrence.solve.components import payoffs
from deterrence.study.deviations import Deviation, deviations
from deterrence.study.questions import Question, holds_where, where_played
from deterrence.study.tree_deviations import TreeDeviation, tree_deviations

MAX_PROFILES = 256
Change = Deviation | TreeDeviation


@dataclass(frozen=True)
class Obstacle:
    """A pure profile that would meet the goal, and what breaks it.

    `changes` are the deviations that pay wherever the goal would be met; where there are none, `jointly` is
    true and they are those of which at every point some one pays.
    """

    profile: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    jointly: bool = False


@dataclass(frozen=True)
class Never:
    """Why no equilibrium meets a goal; or, for a goal of every one, which equilibria break it where."""

    obstacles: tuple[Obstacle, ...] = ()
    breakers: tuple[tuple[str, Region], ...] = ()


def why_never(question: Question, given: Region, atlas: Atlas) -> Never | None:
    """Why an `every` or `some` claim holds nowhere; None where no short reason can be given.

    That is so for stochastic games, for payoffs with cases (min, max, abs), which are several games, and for
    games with more than `MAX_PROFILES` pure profiles.
    """
    premises = all_of((given, question.premise))
    if question.kind == "every":
        breakers = _breakers(question, premises, atlas)
        if breakers:
            return Never(breakers=breakers)
    game = atlas.game
    if not isinstance(game, NormalForm | ExtensiveForm) or any(e.family for e in atlas.equilibria):
        return None
    size = 1
    for _, actions in places(game):
        size *= len(actions)
    if size > MAX_PROFILES:
        return None
    return Never(tuple(_obstacles(question, premises, atlas)))


def _breakers(question: Question, premises: Region, atlas: Atlas) -> tuple[tuple[str, Region], ...]:
    """Equilibria that meet the goal in part of the parameter space only, if some do: where they break it."""
    ask = prover(premises)
    met, broken = False, []
    assert question.predicate is not None
    for e in atlas.equilibria:
        good = holds_where(question.predicate, e, question, premises, atlas)
        met = met or ask.satisfiable(all_of((where_played(e, question), good))) is not False
        if not e.free:
            bad = tidy(all_of((e.region, complement(good))), premises)
            if e.generic and ask.satisfiable(bad) is not False:
                broken.append((e.id, bad))
    return tuple(broken) if met else ()


def _obstacles(question: Question, premises: Region, atlas: Atlas) -> Iterator[Obstacle]:
    game, ask = atlas.game, prover(premises)
    assert question.predicate is not None
    listed = places(game)
    for choice in product(*(actions for _, actions in listed)):
        profile = tuple((place, used) for (place, _), used in zip(listed, choice, strict=True))
        played = tuple(
            (place, tuple((a, number(int(a == used))) for a in actions))
            for (place, actions), used in zip(listed, choice, strict=True)
        )
        paid = payoffs(game, [[v for _, v in strategy] for _, strategy in played])
        pure = Equilibrium("pure", played, EVERYWHERE, paid)
        goal = holds_where(question.predicate, pure, question, premises, atlas)
        if ask.satisfiable(goal) is False:
            continue
        changes = _changes(atlas, choice, played)
        sure = [c for c in changes if ask.satisfiable(all_of((goal, deterred(c)))) is False]
        if sure:
            yield Obstacle(profile, tuple(c for change in sure for c in change))
        elif ask.satisfiable(all_of((goal, *map(deterred, changes)))) is False:
            needed = list(changes)
            for change in changes:
                rest = [c for c in needed if c is not change]
                if ask.satisfiable(all_of((goal, *map(deterred, rest)))) is False:
                    needed = rest
            yield Obstacle(profile, tuple(c for change in needed for c in change), jointly=True)


def deterred(change: tuple[Change, ...]) -> Region:
    """Where a change of action does not pay for some belief: at one node or another."""
    return any_of(c.deterred_where for c in change)


def _changes(
    atlas: Atlas, choice: tuple[str, ...], played: tuple[tuple[str, Strategy], ...]
) -> list[tuple[Change, ...]]:
    """The changes of action from a pure profile; off the path of a tree, one for each node of the set."""
    game = atlas.game
    if isinstance(game, NormalForm):
        return [(d,) for d in deviations(game, choice)]
    assert isinstance(game, ExtensiveForm)
    found: dict[tuple[str, str], list[Change]] = {}
    for d in tree_deviations(game, {place: dict(strategy) for place, strategy in played}):
        found.setdefault((d.place, d.instead), []).append(d)
    return [tuple(v) for v in found.values()]
