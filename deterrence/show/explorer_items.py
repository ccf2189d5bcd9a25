"""What the explorer page says exists: the equilibria of an atlas, or whatever else stands in a region.

An item has a region for each *standard* that the page knows, the strictest first: one for equilibria of an
atlas, two for the profiles of a repeated game, which may be subgame perfect or merely Nash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm
from deterrence.show.explorer_script import number_data, region_function, value_function
from deterrence.show.mathml import condition_mathml, expression_mathml
from deterrence.show.phrases import range_words
from deterrence.show.sentences import profile_sentence
from deterrence.show.tree_shape import TreeView
from deterrence.show.tree_svg import edge_name
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.closures import closed_region

WORDS = {
    "diagram": "Which equilibria exist where",
    "bars": "Which equilibria exist along one parameter",
    "none": "none of those shown",
    "here": ["exists here"],
    "standards": ["exists"],
    "others": "Equilibria that do not exist at this point",
    "payoffs": "Payoffs:",
    "exist": ["Equilibria that exist here:"],
    "nothing": "No equilibrium of those listed exists here.",
}
MAX_STEPS = 4  # of a path, where it stands beside the name of an equilibrium

Play = tuple[tuple[str, tuple[tuple[str, Value], ...]], ...]


@dataclass(frozen=True)
class Item:
    """Something that exists in a region: an equilibrium, or a profile that is one.

    `regions` has a region for each standard, None where it is not known, and `conditions` says them in HTML.
    `play` lists the probabilities by place; `on` and `planned` are branches of a tree; `peace` is the share
    of peaceful rounds in the long run.
    """

    id: str
    label: str
    regions: tuple[Region | None, ...]
    conditions: tuple[str, ...]
    generic: bool = True
    play: Play = ()
    payoffs: tuple[tuple[str, Value], ...] = ()
    free: tuple[tuple[str, tuple[Value, ...], tuple[Value, ...]], ...] = ()
    on: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    short: str = ""
    peace: Value | None = None


def equilibria(model: Model, atlas: Atlas) -> list[Item]:
    """The equilibria of an atlas that have regions in the parameters, generic before knife edges."""
    view = view_of(model) if model.source.nodes and isinstance(atlas.game, ExtensiveForm) else None
    items = [_equilibrium(e, atlas, model, view) for e in atlas.equilibria if e.projected]
    return sorted(items, key=lambda i: not i.generic)


def _equilibrium(e: Equilibrium, atlas: Atlas, model: Model, view: TreeView | None) -> Item:
    ask = prover(atlas.domain.given)
    free = tuple((r.name, r.lower, r.upper) for r in e.free if r.described)
    on: list[str] = []
    planned: list[str] = []
    steps: list[str] = []
    if view is not None:
        for node in view_of(model, e).nodes.values():
            for b in node.branches:
                if b.on_path:
                    on.append(edge_name(node.id, b.action))
                elif b.planned:
                    planned.append(edge_name(node.id, b.action))
            if node.player and any(b.on_path for b in node.branches):
                steps.append(" or ".join(b.action for b in node.branches if b.on_path))
    region = closed_region(e, ask)
    # probabilities are listed with their formulas below, and need not be in the sentence too
    listed = isinstance(atlas.game, NormalForm) and any(len(used) > 1 for used in e.support)
    called = {p.name: p.shown for p in atlas.game.players}
    return Item(
        e.id,
        "" if listed else _typeset(profile_sentence(e, atlas.game, ask), e, ask),
        (region,),
        (_where(region, e.generic),),
        e.generic,
        tuple(
            (called.get(place, place), tuple((a, v) for a, v in st if not v.is_zero))
            for place, st in e.profile
        ),
        tuple((called[p], v) for p, v in e.payoffs),
        free,
        tuple(on),
        tuple(planned),
        _path(steps) if view is not None else _short(e),
    )


def _typeset(sentence: str, e: Equilibrium, ask: Prover) -> str:
    """A sentence as HTML, with the probabilities and ranges in it as formulas."""
    found = escape(sentence)
    for v in {v for _, strategy in e.profile for _, v in strategy if not v.is_constant}:
        text = value_text(v, ask)
        for end in (",", ";", ")", " ", "."):
            here = f"probability {escape(text)}{end}"
            found = found.replace(here, f"probability {expression_mathml(text)}{end}")
        if found.endswith(f"probability {escape(text)}"):
            found = found.removesuffix(escape(text)) + expression_mathml(text)
    for r in e.free:
        words = range_words(r, ask)
        low, _, high = words.partition(", any number from ")[2].removesuffix(",").partition(" to ")
        if high:
            shown = f"from {expression_mathml(low)} to {expression_mathml(high)}"
            found = found.replace(f"from {escape(low)} to {escape(high)}", shown)
    return found


def _where(region: Region, generic: bool) -> str:
    if region == EVERYWHERE:
        return "Everywhere"
    return (
        f"{'Exactly where' if generic else 'Only on the knife edge'} {condition_mathml(region_text(region))}"
    )


def _path(steps: Sequence[str]) -> str:
    """What is done on the path, such as (fund, attack, strike)."""
    shown = [*steps[:MAX_STEPS], "…"] if len(steps) > MAX_STEPS else steps
    return f"({', '.join(shown)})" if shown else ""


def _short(e: Equilibrium) -> str:
    """The play in brackets, such as (strike, halt) or (command or stores, mixes), where few move."""
    if len(e.profile) > MAX_STEPS:
        return ""
    used = [
        " or ".join(names) if len(names) < len(strategy) else "mixes"
        for names, (_, strategy) in zip(e.support, e.profile, strict=True)
    ]
    return f"({', '.join(used)})"


def item_data(item: Item, ask: Prover) -> dict[str, object]:
    """An item as the script takes it; what is empty is left out."""
    free = {name for name, _, _ in item.free}
    found: dict[str, object] = {
        "id": item.id,
        "label": item.label,
        "short": item.short,
        "tests": [_test(r) for r in item.regions],
        "conditions": list(item.conditions),
        "play": [
            {"place": place, "actions": [_action(a, v, free, ask, not item.label) for a, v in strategy]}
            for place, strategy in item.play
            if len(strategy) > 1 or str(strategy[0][1]) in free
        ],
        "payoffs": [{"player": p, **number_data(v, free, ask)} for p, v in item.payoffs],
        "free": [
            {"name": n, "lower": [value_function(v) for v in low], "upper": [value_function(v) for v in high]}
            for n, low, high in item.free
        ],
        "peace": None if item.peace is None else value_function(item.peace),
        "on": list(item.on),
        "planned": list(item.planned),
        "edge": not item.generic,
    }
    return {k: v for k, v in found.items() if v}


def _test(region: Region | None) -> object:
    """A function; 0 for nowhere, and null where the region is not known, which is no "no"."""
    if region is None:
        return None
    return 0 if region == NOWHERE else region_function(region)


def _action(action: str, v: Value, free: set[str], ask: Prover, formulas: bool) -> dict[str, object]:
    """An action with its probability: a number at the point, or what free variable it depends on.

    The formula stands beside the number where no sentence has it already.
    """
    shown = not v.is_constant and (formulas or bool(v.names & free))
    formula = expression_mathml(value_text(v, ask)) if shown else ""
    if v.is_rational and str(v) in free:
        return {"action": action, "name": str(v), "formula": formula}
    found: dict[str, object] = {"action": action, "formula": formula}
    return found if v.names & free else {**found, "f": value_function(v)}
