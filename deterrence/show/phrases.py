"""The words that all answers share: conditions, points, values with decimals, ranges of free variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from deterrence.algebra.decide import Prover
from deterrence.algebra.isolate import solved_text
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import AllOf, Region, all_of, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value
from deterrence.games.repeated import RepeatedGame
from deterrence.solve.atlas import Equilibrium, Game, Range


def condition_text(region: Region, ask: Prover, solve_for: str | Sequence[str] | None = None) -> str:
    """A region as a condition, solved for one parameter where asked and possible, or the first of several."""
    return solved_text(region, solve_for, ask) if solve_for else region_text(region)


def point_text(point: Mapping[str, Fraction]) -> str:
    """A point as `h=4 m=1/2`."""
    return " ".join(f"{n}={v}" for n, v in point.items())


def value_words(v: Value, ask: Prover, decimals: bool = False) -> str:
    """A value as text; with `decimals`, a decimal beside a constant that is not whole."""
    text = value_text(v, ask)
    if decimals and v.is_constant and (not v.is_rational or v.c.constant_value() != 1):
        return f"{text} (about {v.decimal({}):.4g})"
    return text


def labels(game: Game | RepeatedGame) -> dict[str, str]:
    """What people call each player, by the name to type."""
    players = game.game.players if isinstance(game, RepeatedGame) else game.players
    return {p.name: p.shown for p in players}


def payoff_words(
    payoffs: Sequence[tuple[str, Value]], game: Game | RepeatedGame, ask: Prover, decimals: bool = False
) -> str:
    """Who gets what: `United States -h; Militia g`."""
    called = labels(game)
    return "; ".join(f"{called.get(p, p)} {value_words(v, ask, decimals)}" for p, v in payoffs)


def probability_words(v: Value, free: tuple[Range, ...], ask: Prover, decimals: bool) -> str:
    """A probability; for a free variable alone its range."""
    for r in free:
        if v.is_rational and v.names == frozenset({r.name}) and str(v) == r.name:
            return range_words(r, ask, decimals)
    return value_words(v, ask, decimals)


def range_words(r: Range, ask: Prover, decimals: bool = False) -> str:
    """A closed range as `from 0 to min(1, x)`; the variable's name where no bounds can be named."""
    if not r.described:
        return r.name
    low = _joint("max", [value_words(v, ask, decimals) for v in r.lower])
    high = _joint("min", [value_words(v, ask, decimals) for v in r.upper])
    return f"{r.name}, any number from {low} to {high},"


def _joint(function: str, texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{function}({', '.join(texts)})"


def free_conditions(e: Equilibrium, ask: Prover) -> str:
    """The condition on free variables that no simple range describes, or nothing."""
    if all(r.described for r in e.free):
        return ""
    return region_text(about(e.where, [r.name for r in e.free], ask.given))


def about(where: Region, names: Sequence[str], given: Region) -> Region:
    """The part of a condition that mentions some of the names, tidied."""
    tidied = tidy(where, given)
    parts = tidied.parts if isinstance(tidied, AllOf) else (tidied,)
    return all_of(p for p in parts if names_of(p) & set(names))
