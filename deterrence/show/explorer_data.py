"""What the explorer page knows of a model: parameters, what exists where, game and claims, put together.

Regions, probabilities and payoffs become functions of the parameters (`code`); conditions are MathML.
Texts are escaped on the way, since the script puts them into the page as they come.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from deterrence.algebra.decide import prover
from deterrence.algebra.region import names_of
from deterrence.catalogue.checking import Result
from deterrence.catalogue.models import Model, solve
from deterrence.errors import OutOfScope
from deterrence.show.explorer_game import claim_data, game_data
from deterrence.show.explorer_items import WORDS, Item, equilibria, item_data
from deterrence.show.explorer_parameters import parameter_data, start_of
from deterrence.show.explorer_profiles import profiles, words_of
from deterrence.show.explorer_script import region_function, script
from deterrence.show.stability_sentences import patience
from deterrence.solve.profiles import ProfileAtlas

MAX_ITEMS = 60
MAX_BYTES = 66_000  # of the data of a page, about 100 kB with all else; beyond that knife edges are left out


def explorer_data(model: Model, results: Sequence[Result] = ()) -> dict[str, object]:
    """Everything the page needs of a model; `results` are its claims with their verdicts.

    Raises OutOfScope for a model without equilibria or profiles to explore, or with too many.
    """
    items, words = _items(model)
    ask = prover(model.domain.given)
    listed = [item_data(i, ask) for i in items]
    point = start_of(model)
    data: dict[str, object] = {
        "name": model.name,
        "title": model.source.title or model.name,
        "params": [parameter_data(p, point[p.name], ask) for p in model.domain.parameters],
        "axes": _axes(model, items),
        "bars": model.repeated is not None or len(model.domain.names) == 1,
        "along": _peace_axis(model, items),
        "given": region_function(model.domain.given),
        "claims": [claim_data(r) for r in results],
        "words": words,
        "note": words.get("note", ""),
        **game_data(model),
    }
    edges = sum(not i.generic for i in items)
    if edges and (len(items) > MAX_ITEMS or len(script({**data, "items": listed}).encode()) > MAX_BYTES):
        listed = [d for d, i in zip(listed, items, strict=True) if i.generic]
        data["note"] = _left_out(edges, model.name)
    if len(listed) > MAX_ITEMS:
        raise OutOfScope(
            f"{model.name} has {len(listed)} components, and the page shows up to {MAX_ITEMS}; assume an "
            "ordering of the payoffs, or explore a smaller model"
        )
    return {**data, "items": listed}


def _left_out(count: int, name: str) -> str:
    what = "1 component" if count == 1 else f"{count} components"
    return (
        f"{what} on knife edges, where quantities are exactly equal, are left out here. "
        f"<code>deterrence solve {name} --all</code> lists them."
    )


@lru_cache(maxsize=64)
def _items(model: Model) -> tuple[list[Item], dict[str, Any]]:
    """What a model has to explore, and the words of the page for it."""
    found = solve(model, None, False)
    if isinstance(found, ProfileAtlas):
        return profiles(model, found), words_of(found)
    return equilibria(model, found), WORDS


def main_axes(model: Model) -> tuple[str, str]:
    """The two parameters that a picture of the model had best be over."""
    first, second = _axes(model, _items(model)[0])
    return first, second


def _axes(model: Model, items: Sequence[Item]) -> list[str]:
    """The two parameters that most conditions mention; a discount factor and an error rate come first."""
    names = list(model.domain.names)
    patient = patience(model.repeated) if model.repeated is not None else ()
    counts = dict.fromkeys(names, 0)
    for i in items:
        if i.generic:
            for n in {n for r in i.regions if r is not None for n in names_of(r)} & set(names):
                counts[n] += 1
    ranked = sorted(names, key=lambda n: -counts[n])
    first = [*sorted(patient, key=lambda n: -counts[n])[:1], *_error_rate(model)]
    ranked = [*first, *(n for n in ranked if n not in first)]
    return (ranked * 2)[:2] if len(ranked) == 1 else ranked[:2]


def _peace_axis(model: Model, items: Sequence[Item]) -> str:
    """Along what shares of peaceful rounds are shown: the error rate, or what most of them depend on."""
    counts = {n: sum(i.peace is not None and n in i.peace.names for i in items) for n in model.domain.names}
    return next(iter(_error_rate(model)), max(counts, key=lambda n: counts[n]))


def _error_rate(model: Model) -> list[str]:
    noise = model.repeated.noise if model.repeated is not None else None
    return sorted(noise.rate.names & set(model.domain.names)) if noise is not None else []


def explorable(model: Model) -> bool:
    """Whether there is something to explore: equilibria, or profiles that may be."""
    if model.repeated is not None:
        return bool(model.repeated.names) and bool(model.repeated.profiles or _is_markov(model))
    return bool(model.pieces)


def _is_markov(model: Model) -> bool:
    return model.source.concept == "markov-perfect"
