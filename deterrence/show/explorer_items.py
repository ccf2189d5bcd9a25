"""What the explorer page says exists: equilibria of an atlas, or the listed profiles of a repeated game."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import NOWHERE, Region
from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model, solve
from deterrence.games.tree import ExtensiveForm
from deterrence.show.explorer_script import number_data, region_function, value_function
from deterrence.show.mathml import condition_mathml
from deterrence.show.phrases import condition_text
from deterrence.show.sentences import profile_sentence
from deterrence.show.stability_sentences import patience, profile_words
from deterrence.show.tree_shape import TreeView
from deterrence.show.tree_svg import edge_name
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.closures import closed_region
from deterrence.solve.profiles import ProfileAtlas

_EQUILIBRIUM_WORDS = {
    "diagram": "Which equilibria exist where",
    "none": "none of those shown",
    "here": "exists here",
    "where": "Exactly where",
    "edge": "Only on the knife edge",
    "others": "Equilibria that do not exist at this point",
    "payoffs": "Payoffs:",
    "exist": "Equilibria that exist here:",
    "nothing": "No equilibrium of those listed exists here.",
}
_PROFILE_WORDS = {
    "diagram": "Which profiles are equilibria where",
    "none": "none of the list",
    "here": "an equilibrium here",
    "where": "Exactly where",
    "edge": "Only on the knife edge",
    "others": "Profiles that are no equilibrium at this point",
    "payoffs": "Payoffs, average a round:",
    "exist": "Equilibria among the list here:",
    "nothing": "None of the profiles listed is an equilibrium here.",
}


@dataclass(frozen=True)
class Item:
    """Something that exists in a region: an equilibrium, or a profile that is one."""

    id: str
    label: str
    region: Region
    generic: bool
    play: tuple[tuple[str, tuple[tuple[str, Value], ...]], ...] = ()
    payoffs: tuple[tuple[str, Value], ...] = ()
    free: tuple[tuple[str, tuple[Value, ...], tuple[Value, ...]], ...] = ()
    on: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    more: str = ""
    short: str = ""
    solved_for: tuple[str, ...] = field(default=())


def items_of(model: Model) -> tuple[list[Item], dict[str, str]]:
    """What a model has to explore, generic before knife edges, and the words of the page for it."""
    found = solve(model, None, False)
    if isinstance(found, ProfileAtlas):
        return _profiles(found), _PROFILE_WORDS
    view = view_of(model) if model.source.nodes and isinstance(found.game, ExtensiveForm) else None
    items = [_equilibrium(e, found, model, view) for e in found.equilibria if e.projected]
    return sorted(items, key=lambda i: not i.generic), _EQUILIBRIUM_WORDS


def _profiles(atlas: ProfileAtlas) -> list[Item]:
    names = patience(atlas.game)
    ask = prover(atlas.domain.given)
    items = []
    for t in atlas.tested:
        region = t.subgame_perfect
        words = "perfect public equilibrium" if atlas.game.monitoring is not None else "subgame perfect"
        if region is None:
            continue
        more = ""
        if t.nash is not None and t.nash != region:
            text = condition_text(t.nash, ask, names)
            more = f"A Nash equilibrium {_where(text)}."
        label = f"{escape(profile_words(t.profile, atlas.game))}: {words}"
        generic = region != NOWHERE
        items.append(Item(t.id, label, region, generic, payoffs=t.payoffs, more=more, solved_for=names))
    return items


def _where(text: str) -> str:
    if text in ("true", "false"):
        return "everywhere" if text == "true" else "nowhere"
    return f"exactly where {condition_mathml(text)}"


def _equilibrium(e: Equilibrium, atlas: Atlas, model: Model, view: TreeView | None) -> Item:
    ask = prover(atlas.domain.given)
    free = tuple((r.name, r.lower, r.upper) for r in e.free if r.described)
    on: list[str] = []
    planned: list[str] = []
    if view is not None:
        for node in view_of(model, e).nodes.values():
            for b in node.branches:
                if b.on_path:
                    on.append(edge_name(node.id, b.action))
                elif b.planned:
                    planned.append(edge_name(node.id, b.action))
    return Item(
        e.id,
        escape(profile_sentence(e, atlas.game, ask)),
        closed_region(e, ask),
        e.generic,
        tuple((place, tuple((a, v) for a, v in st if not v.is_zero)) for place, st in e.profile),
        e.payoffs,
        free,
        tuple(on),
        tuple(planned),
        short=_short(e),
    )


def _short(e: Equilibrium) -> str:
    """The play in brackets, such as (strike, halt), where there are few who move."""
    if len(e.profile) > 3:
        return ""
    return "(" + ", ".join(used[0] if len(used) == 1 else "mixes" for used in e.support) + ")"


def item_data(item: Item, ask: Prover) -> dict[str, object]:
    """An item as the script takes it."""
    free = {name for name, _, _ in item.free}
    text = condition_text(item.region, ask, item.solved_for) if item.solved_for else region_text(item.region)
    return {
        "id": item.id,
        "label": item.label,
        "generic": item.generic,
        "where": region_function(item.region),
        "region": condition_mathml(text),
        "play": [
            {"place": place, "actions": [_action(a, v, free, ask) for a, v in strategy]}
            for place, strategy in item.play
        ],
        "payoffs": [{"player": p, **number_data(v, free, ask)} for p, v in item.payoffs],
        "free": [
            {"name": n, "lower": [value_function(v) for v in low], "upper": [value_function(v) for v in high]}
            for n, low, high in item.free
        ],
        "on": list(item.on),
        "planned": list(item.planned),
        "more": item.more,
        "short": item.short,
    }


def _action(action: str, v: Value, free: set[str], ask: Prover) -> dict[str, object]:
    plain = str(v) if v.is_rational and str(v) in free else None
    return {"action": action, "name": plain, **number_data(v, free, ask)}
