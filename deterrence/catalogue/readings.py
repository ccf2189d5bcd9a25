"""Comparative statics and windows of a model by name: it is solved, and its definitions may be used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases
from deterrence.catalogue.models import (
    Model,
    asks_about_play,
    atlas_of,
    load,
    play_question,
    question,
)
from deterrence.errors import GameError, UnknownName
from deterrence.solve.atlas import Atlas, Game
from deterrence.study.play import play_region
from deterrence.study.statics import SECONDS, Statics
from deterrence.study.statics import statics as statics_of
from deterrence.study.windows import Window, goal_region, not_settled, window_of
from deterrence.study.windows import window as window_on


def statics(
    source: Model | Atlas | Game | str | Path,
    of: str,
    on: str,
    given: str | None = None,
    *,
    among: str = "",
    concept: str | None = None,
    definitions: Mapping[str, Cases] | None = None,
    seconds: float = SECONDS,
) -> Statics:
    """How a quantity `on`, such as "P(militia = halt)", moves as the parameter `of` rises.

    The source is a model, its name or a path to it, a game or an atlas; see `study.statics`, also for what is
    raised and for `seconds`.  `concept` is another solution concept than the source's own.

    >>> found = statics("strike-restrain", of="d", on="P(militia = continue)")
    >>> found.reading("highest").word
    'never rises'
    """
    if isinstance(source, str | Path):
        source = load(source)
    if isinstance(source, Model):
        definitions = definitions or source.definitions
    atlas = source if isinstance(source, Atlas) else atlas_of(source, concept, cells=False)
    return statics_of(atlas, of, on, given, among=among, definitions=definitions, seconds=seconds)


def window(
    source: Model | Atlas | Game | Domain | str | Path,
    instrument: str,
    claim: str | None = None,
    *,
    every: str | None = None,
    some: str | None = None,
    holds: str | None = None,
    given: str | None = None,
    among: str = "",
    concept: str | None = None,
    definitions: Mapping[str, Cases] | None = None,
) -> Window:
    """For which values of a parameter a goal is reached, and when there are any.

    The goal is a `claim` of a model, by its id (one about a profile of a repeated game too), or it is stated
    by `every`, `some` and `holds`, which are met together under the premise `given`; see `study.windows`,
    also for what is raised.

    >>> found = window("risk-threat", "r", "threat-works")
    >>> [str(e.value) for e in found.intervals[0].lower]
    ['(g + w)/(D + g)']
    """
    if isinstance(source, str | Path):
        source = load(source)
    if claim is not None:
        if not isinstance(source, Model) or (every, some, holds, given) != (None, None, None, None):
            raise GameError("name a claim of a model alone, or state the goal with every, some and holds")
        return _of_claim(source, instrument, claim)
    if isinstance(source, Model):
        definitions = definitions or source.definitions
        if every is None and some is None:
            source = source.domain
    if not isinstance(source, Atlas | Domain):
        source = atlas_of(source, concept, cells=False)
    return window_on(
        source,
        instrument,
        every=every,
        some=some,
        holds=holds,
        given=given,
        among=among,
        definitions=definitions,
    )


def _of_claim(model: Model, instrument: str, identifier: str) -> Window:
    found = next((c for c in model.source.claims if c.id == identifier), None)
    if found is None:
        raise UnknownName("claim", identifier, (c.id for c in model.source.claims))
    if model.repeated is not None and asks_about_play(model, found):
        about = play_question(model, found)
        return window_of(play_region(about, model.repeated), instrument, model.domain, about.premise)
    if found.effect is not None:
        raise GameError(f"{identifier} is about an effect, and no value of {instrument} has one; ask statics")
    asked = question(model, found)
    if asked.predicate is not None:
        not_settled(asked.predicate, instrument)
    solved = model.domain if found.question == "holds" else atlas_of(model, found.concept, cells=False)
    return window_of(goal_region(asked, solved), instrument, model.domain, asked.premise)
