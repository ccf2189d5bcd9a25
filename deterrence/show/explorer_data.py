"""What the explorer page knows of a model: parameters, what exists where, game and claims, put together.

Regions, probabilities and payoffs become functions of the parameters (`code`); conditions are MathML.
Texts are escaped on the way, since the script puts them into the page as they come.
"""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.algebra.decide import prover
from deterrence.algebra.region import names_of
from deterrence.catalogue.checking import Result
from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.show.explorer_game import claim_data, game_data
from deterrence.show.explorer_items import Item, item_data, items_of
from deterrence.show.explorer_parameters import parameter_data, start_of
from deterrence.show.explorer_script import region_function
from deterrence.show.stability_sentences import patience

MAX_ITEMS = 60


def explorer_data(model: Model, results: Sequence[Result] = ()) -> dict[str, object]:
    """Everything the page needs of a model; `results` are its claims with their verdicts.

    Raises OutOfScope for a model without equilibria or profiles to explore, or with too many.
    """
    items, words = items_of(model)
    left_out = 0
    if len(items) > MAX_ITEMS:
        left_out = sum(not i.generic for i in items)
        items = [i for i in items if i.generic]
    if len(items) > MAX_ITEMS:
        raise OutOfScope(
            f"{model.name} has {len(items)} components, and the page shows up to {MAX_ITEMS}; assume an "
            "ordering of the payoffs, or explore a smaller model"
        )
    ask = prover(model.domain.given)
    point = start_of(model)
    params = [parameter_data(p, point[p.name], ask) for p in model.domain.parameters]
    data: dict[str, object] = {
        "name": model.name,
        "title": model.source.title or model.name,
        "params": params,
        "axes": _axes(model, items),
        "given": region_function(model.domain.given),
        "items": [item_data(i, ask) for i in items],
        "claims": [claim_data(r) for r in results],
        "words": words,
        "about": f"<p class='soft'>{left_out} components on knife edges are left out.</p>"
        if left_out
        else "",
    }
    return data | game_data(model)


def main_axes(model: Model) -> tuple[str, str]:
    """The two parameters that a picture of the model had best be over."""
    first, second = _axes(model, items_of(model)[0])
    return first, second


def _axes(model: Model, items: Sequence[Item]) -> list[str]:
    """The two parameters that most conditions mention, discount factors first."""
    names = list(model.domain.names)
    patient = patience(model.repeated) if model.repeated is not None else ()
    counts = dict.fromkeys(names, 0)
    for i in items:
        if i.generic:
            for n in names_of(i.region) & set(names):
                counts[n] += 1
    ranked = sorted(names, key=lambda n: -counts[n])
    if patient:
        ranked = [patient[0], *(n for n in ranked if n != patient[0])]
    return (ranked * 2)[:2] if len(ranked) == 1 else ranked[:2]


def explorable(model: Model) -> bool:
    """Whether there is something to explore: equilibria, or profiles that may be."""
    if model.repeated is not None:
        return bool(model.repeated.names) and bool(model.repeated.profiles or _is_markov(model))
    return bool(model.pieces)


def _is_markov(model: Model) -> bool:
    return model.source.concept == "markov-perfect"
