"""What the explorer page knows of a model, as JavaScript: parameters, equilibria as code, game and claims.

Regions, probabilities and payoffs become functions of the parameters (`code`); conditions are MathML.
Texts are escaped here, since the script puts them into the page as they come.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from math import ceil, floor

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.parameters import Parameter
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, names_of
from deterrence.algebra.value import Value, compare, number, variable
from deterrence.algebra.verdicts import Refuted
from deterrence.algebra.witness import find_point
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import standing
from deterrence.catalogue.models import Model, solve
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import STAGE
from deterrence.games.tree import ExtensiveForm
from deterrence.show.code import JAVASCRIPT, region_code, value_code
from deterrence.show.ledger_text import WORDS
from deterrence.show.mathml import condition_mathml, expression_mathml
from deterrence.show.phrases import condition_text
from deterrence.show.sentences import profile_sentence, verdict_sentence
from deterrence.show.stability_sentences import patience, profile_words
from deterrence.show.tree_shape import TreeView
from deterrence.show.tree_svg import MAX_PLACES, edge_name, view_svg
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.closures import closed_region
from deterrence.solve.profiles import ProfileAtlas

MAX_ITEMS = 60

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


class Code(str):
    """A text that is JavaScript, not a string."""


def function(body: str) -> Code:
    """An arrow function of the parameters."""
    return Code(f"(p) => {body}")


def script(data: object) -> str:
    """Data as JavaScript: as JSON, but with code where there is `Code`; safe inside a script element."""
    if isinstance(data, Code):
        return str(data)
    if isinstance(data, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{script(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list | tuple):
        return "[" + ",".join(map(script, data)) + "]"
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


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


def explorer_data(model: Model, results: Sequence[Result] = ()) -> dict[str, object]:
    """Everything the page needs of a model; `results` are its claims with their verdicts.

    Raises OutOfScope for a model without equilibria or profiles to explore, or with too many.
    """
    items, words = _items(model)
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
    point = _start(model)
    params = [_parameter(p, point[p.name], ask) for p in model.domain.parameters]
    data: dict[str, object] = {
        "name": model.name,
        "title": model.source.title or model.name,
        "params": params,
        "axes": _axes(model, items),
        "given": function(region_code(model.domain.given, JAVASCRIPT)),
        "items": [_item(i, ask) for i in items],
        "claims": [_claim(r) for r in results],
        "words": words,
        "about": f"<p class='soft'>{left_out} components on knife edges are left out.</p>"
        if left_out
        else "",
    }
    return data | _game(model)


# -- parameters -------------------------------------------------------------------------------------------
def _start(model: Model) -> dict[str, Fraction]:
    """Where the page begins: the examples, and for parameters without one a point that fits them."""
    example, names = model.domain.example, model.domain.names
    if len(example) == len(names):
        return dict(example)
    found = find_point(EVERYWHERE, model.domain.given, names, example)
    if found is None:
        raise OutOfScope(f"no rational point of {model.name} was found; give its parameters examples")
    return {n: found[n] for n in names}


def _parameter(p: Parameter, value: Fraction, ask: Prover) -> dict[str, object]:
    low, high = p.range or _range(p, value, ask)
    low, high = min(low, value), max(high, value)
    step = Fraction(high - low) / 200
    return {
        "name": p.name,
        "symbol": expression_mathml(p.name),
        "meaning": escape(p.meaning),
        "min": float(low),
        "max": float(high),
        "step": float(f"{float(step):.1g}"),
        "value": float(value),
    }


def _range(p: Parameter, value: Fraction, ask: Prover) -> tuple[Fraction, Fraction]:
    x = variable(p.name)
    below_one = ask.holds(compare(x, "<=", number(1))) is True
    positive = ask.holds(compare(x, ">=", number(0))) is True
    high = Fraction(1) if below_one else Fraction(max(2, ceil(2 * abs(value))))
    low = Fraction(0) if positive else Fraction(min(-2, floor(-2 * abs(value))))
    return low, high


def main_axes(model: Model) -> tuple[str, str]:
    """The two parameters that a picture of the model had best be over."""
    first, second = _axes(model, _items(model)[0])
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


# -- equilibria and profiles ------------------------------------------------------------------------------
def _items(model: Model) -> tuple[list[Item], dict[str, str]]:
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


def _item(item: Item, ask: Prover) -> dict[str, object]:
    free = {name for name, _, _ in item.free}
    text = condition_text(item.region, ask, item.solved_for) if item.solved_for else region_text(item.region)
    return {
        "id": item.id,
        "label": item.label,
        "generic": item.generic,
        "where": function(region_code(item.region, JAVASCRIPT)),
        "region": condition_mathml(text),
        "play": [
            {"place": place, "actions": [_action(a, v, free, ask) for a, v in strategy]}
            for place, strategy in item.play
        ],
        "payoffs": [{"player": p, **_number(v, free, ask)} for p, v in item.payoffs],
        "free": [
            {"name": n, "lower": [_code(v) for v in low], "upper": [_code(v) for v in high]}
            for n, low, high in item.free
        ],
        "on": list(item.on),
        "planned": list(item.planned),
        "more": item.more,
        "short": item.short,
    }


def _action(action: str, v: Value, free: set[str], ask: Prover) -> dict[str, object]:
    plain = str(v) if v.is_rational and str(v) in free else None
    return {"action": action, "name": plain, **_number(v, free, ask)}


def _number(v: Value, free: set[str], ask: Prover) -> dict[str, object]:
    """Code for a value, or its text where it depends on a free variable."""
    if v.names & free:
        return {"f": None, "text": value_text(v, ask)}
    return {"f": _code(v), "text": ""}


def _code(v: Value) -> Code:
    return function(value_code(v, JAVASCRIPT))


# -- the game and its claims ------------------------------------------------------------------------------
def _game(model: Model) -> dict[str, object]:
    if model.source.nodes and model.repeated is None:
        view = view_of(model)
        if len(view.nodes) <= MAX_PLACES:
            return {"svg": view_svg(view, model.source.title or model.name)}
        return {}
    game = _stage(model) or (model.pieces[0][1] if len(model.pieces) == 1 else None)
    if isinstance(game, NormalForm) and len(game.players) == 2:
        return {"matrix": _matrix(game)}
    return {}


def _stage(model: Model) -> NormalForm | None:
    """The stage of a repeated game in which all choose at once."""
    if model.repeated is None or [s.name for s in model.repeated.game.states] != [STAGE]:
        return None
    state = model.repeated.game.states[0]
    rows = tuple(state.case(p).payoffs for p in state.profiles())
    return NormalForm(model.repeated.game.players, rows, model.domain)


def _matrix(game: NormalForm) -> dict[str, object]:
    rows, columns = game.players
    return {
        "players": [rows.shown, columns.shown],
        "rows": list(rows.actions),
        "columns": list(columns.actions),
        "payoffs": [
            [
                {
                    "f": [_code(game.payoff((a, b), n)) for n in game.names],
                    "html": ", ".join(
                        expression_mathml(value_text(game.payoff((a, b), n))) for n in game.names
                    ),
                }
                for b in columns.actions
            ]
            for a in rows.actions
        ],
    }


def _claim(r: Result) -> dict[str, object]:
    word = standing(r.verdict)
    verdict = r.verdict
    premise = ""
    if r.claim.given_text:
        premise = f"Given <code>{escape(r.claim.given_text)}</code>: "
    if isinstance(verdict, Refuted) and verdict.holds_where not in (None, NOWHERE):
        start = "it" if premise else "It"
        html = f"{premise}{start} holds exactly where {condition_mathml(region_text(verdict.holds_where))}"
    else:
        html = premise + escape(verdict_sentence(verdict, r.model.domain.given))
    witness = None
    if isinstance(verdict, Refuted) and verdict.witness is not None:
        witness = {n: float(v) for n, v in verdict.witness.items()}
    return {
        "text": r.claim.text,
        "word": word,
        "label": WORDS.get(word, word),
        "html": html,
        "witness": witness,
    }


def explorable(model: Model) -> bool:
    """Whether there is something to explore: equilibria, or profiles that may be."""
    if model.repeated is not None:
        return bool(model.repeated.names) and bool(model.repeated.profiles or _is_markov(model))
    return bool(model.pieces)


def _is_markov(model: Model) -> bool:
    return model.source.concept == "markov-perfect"
