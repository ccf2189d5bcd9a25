"""Equilibria, verdicts and regions as sentences a policy reader can follow; plain strings, no layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.isolate import solved_text
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, AllOf, Region, all_of, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.games.normal import NormalForm, Player
from deterrence.solve.atlas import Atlas, Equilibrium, Range
from deterrence.solve.closures import closed_region


def condition_text(region: Region, ask: Prover, solve_for: str | None = None) -> str:
    """A region as a condition, solved for one parameter where asked and possible."""
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


def profile_sentence(e: Equilibrium, game: NormalForm, ask: Prover, decimals: bool = False) -> str:
    """Who plays what, in one sentence: sure actions first, then mixtures."""
    clauses = [_clause(p, e, ask, decimals) for p in game.players]
    return "; ".join(clauses)


def _clause(player: Player, e: Equilibrium, ask: Prover, decimals: bool) -> str:
    strategy = e.strategy(player.name)
    used = [(a, v) for a, v in strategy.items() if not v.is_zero]
    if len(used) == 1:
        return f"{player.shown} plays {used[0][0]}"
    if len(used) == 2:  # the second probability is one minus the first
        used = used[:1]
    parts = [f"{a} with probability {_probability(v, e.free, ask, decimals)}" for a, v in used]
    rest = [a for a in strategy if strategy[a] not in [v for _, v in used]]
    other = [a for a in rest if not strategy[a].is_zero]
    text = f"{player.shown} plays " + ", ".join(parts)
    if len(used) == 1 and other:
        return f"{text.rstrip(',')}, else {other[0]}"
    return text.rstrip(",")


def _probability(v: Value, free: tuple[Range, ...], ask: Prover, decimals: bool) -> str:
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


def region_sentence(e: Equilibrium, ask: Prover, solve_for: str | None = None) -> str:
    """`exactly where …`, `everywhere`, or `on the knife edge …`."""
    region = closed_region(e, ask)
    if region == EVERYWHERE:
        return "everywhere"
    text = condition_text(region, ask, solve_for)
    return f"exactly where {text}" if e.generic else f"only on the knife edge {text}"


def never_sure(atlas: Atlas) -> list[str]:
    """A sentence for each action that no equilibrium has played for sure."""
    if atlas.complete.verdict != "proved" or atlas.complete.scope != "all":
        return []
    found = []
    for i, player in enumerate(atlas.game.players):
        for action in player.actions:
            if not any(e.support[i] == (action,) for e in atlas.equilibria):
                found.append(f"In no equilibrium does {player.shown} surely play {action}.")
    return found


def completeness_sentence(atlas: Atlas) -> str:
    """Whether the list is all there is, and what shows it."""
    c = atlas.complete
    if c.scope != "all":
        head = f"Only {c.scope} equilibria were searched; within that class the list is {_listed(c.verdict)}"
    else:
        head = f"The list is {_listed(c.verdict)}"
    tail = {
        "proved": "the regions cover every parameter value, proved (z3)",
        "refuted": "THE REGIONS LEAVE A GAP: please report this model",
        "undecided": "whether the regions cover every parameter value was not settled in time",
        "not claimed": "pure equilibria need not exist everywhere",
    }[c.coverage]
    return f"{head} ({c.method}, {len(atlas.emptied)} conditions proved empty); {tail}."


def _listed(verdict: str) -> str:
    return "complete, proved" if verdict == "proved" else "not shown to be complete"


def verdict_sentence(verdict: Verdict, given: Region, solve_for: str | None = None) -> str:
    """A verdict in plain words, with the region where the claim holds."""
    if isinstance(verdict, Proved):
        return f"Proved ({verdict.method})."
    if isinstance(verdict, Vacuous):
        return f"Vacuous: {verdict.reason}."
    if isinstance(verdict, Undecided):
        return f"Undecided: {verdict.reason}."
    assert isinstance(verdict, Refuted)
    if verdict.holds_where is None:
        return "Refuted; the region where it holds was not found in closed form."
    if verdict.holds_where == NOWHERE:
        return "Refuted: it holds nowhere."
    return f"It holds exactly where {condition_text(verdict.holds_where, prover(given), solve_for)}."
