"""Where a chain without players ends: pages for the terminal, and plain data for `--json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import value_text
from deterrence.games.stochastic import StochasticGame
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import point_text, value_words
from deterrence.solve.chain_ends import Ends


def chain_page(found: Sequence[Ends], game: StochasticGame) -> RenderableType:
    """What `solve` prints for a chain: from every state the probability of each end, and how soon."""
    parts: list[RenderableType] = [heading("Where it ends, from each state")]
    parts += _lines(found, game)
    return Group(*parts)


def chain_point_page(
    found: Sequence[Ends], game: StochasticGame, point: Mapping[str, Fraction]
) -> RenderableType:
    """What `at` prints for a chain: the same at an exact point."""
    parts: list[RenderableType] = [heading(f"At {point_text(point)}")]
    parts += _lines([e.at(point) for e in found], game)
    return Group(*parts)


def _lines(found: Sequence[Ends], game: StochasticGame) -> list[RenderableType]:
    ask = prover(game.domain.given)
    parts: list[RenderableType] = []
    for e in found:
        begins = "  (where it begins)" if e.state == game.initial else ""
        parts.append(Text.assemble((e.state, "bold"), (begins, "dim")))
        for name, chance in e.probabilities:
            parts.append(indented(f"{name} with probability {value_words(chance, ask, decimals=True)}", 4))
        rounds = "not settled" if e.rounds is None else value_words(e.rounds, ask, decimals=True)
        note = f" ({e.note})" if e.note else ""
        parts.append(indented(f"expected rounds until it ends: {rounds}{note}", 4))
    return parts


def chain_json(
    found: Sequence[Ends], name: str, point: Mapping[str, Fraction] | None = None
) -> dict[str, Any]:
    """The ends from every state as text; with a point, there."""
    shown = found if point is None else [e.at(point) for e in found]
    table = {
        e.state: {
            "ends": {end: value_text(v) for end, v in e.probabilities},
            "rounds": None if e.rounds is None else value_text(e.rounds),
            "note": e.note,
        }
        for e in shown
    }
    data: dict[str, Any] = {"model": name, "states": table}
    return data if point is None else {**data, "point": {n: str(v) for n, v in point.items()}}
