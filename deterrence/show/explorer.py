"""The explorer page: one HTML file of a model, or of the whole ledger, to open without a network and e-mail.

Sliders for every parameter, a phase diagram over any two, which equilibria exist at the point, the claims
with their verdicts.  The scripts (`assets/*.js`) know no model; `explorer_data` makes what they get.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files

from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import Entry
from deterrence.catalogue.models import Model, load
from deterrence.errors import OutOfScope
from deterrence.show.explorer_data import explorable, explorer_data
from deterrence.show.explorer_script import script
from deterrence.show.ledger_pages import ledger_contents, ledger_sections, ledger_style
from deterrence.show.ledger_text import tally_sentence
from deterrence.show.mathml import condition_mathml

LIMITS = (
    "The answers are exact about the model. A model leaves out more than it contains, and an equilibrium is "
    "neither a forecast nor advice. Numbers on this page are rounded; conditions are not."
)

SCRIPTS = ("parts.js", "map.js", "bars.js", "readout.js", "game.js", "explorer.js")


@lru_cache(maxsize=8)
def asset(name: str) -> str:
    """A file of the page, a script or the style, without indentation and lines that are comments."""
    text = (files("deterrence.show") / "assets" / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def explorer_page(model: Model, results: Sequence[Result] = ()) -> str:
    """The page of a model, as the text of an HTML file; `results` are its claims with their verdicts.

    Raises OutOfScope where there is nothing to explore.
    """
    if not explorable(model):
        raise OutOfScope(
            f"{model.name} is of the kind {model.source.kind} and has no equilibria to explore; "
            f"try: deterrence check {model.name}"
        )
    title = escape(model.source.title or model.name)
    sources = "; ".join(
        f"{s.key}{', ' + s.locus if s.locus else ''} ({s.status})" for s in model.source.sources
    )
    assumed = [p.domain_text for p in model.source.parameters if p.domain_text]
    listed = "; ".join(map(condition_mathml, [*assumed, *model.source.assumption_texts]))
    foot = f"<p class='soft'>Assumed: {listed}.</p>" if listed else ""
    foot += f"<p class='soft'>Sources: {escape(sources)}</p>" if sources else ""
    body = (
        f"<h1>{title}</h1><p>{escape(model.source.summary)}</p><div id='explorer'></div>"
        f"{foot}<p class='soft'>{LIMITS}</p>"
    )
    data = script(explorer_data(model, results))
    start = f"window.explorer = explore(document.getElementById('explorer'), {data});"
    return html_page(title, body, start)


def ledger_explorer_page(entries: Sequence[Entry]) -> str:
    """The article's page: every claim with its readings, and below each the explorers of its models."""
    models: dict[str, str] = {}
    folds: dict[str, str] = {}
    for e in entries:
        parts = []
        for name in e.models:
            model = load(name)
            if not explorable(model):
                parts.append(_nothing(model))
                continue
            if name not in models:
                results = [r for x in entries for r in x.results if r.model.name == name]
                try:
                    models[name] = script(explorer_data(model, results))
                except OutOfScope as stop:
                    parts.append(f"<p class='soft'>{escape(str(stop))}.</p>")
                    continue
            shown = escape(model.source.title or name)
            parts.append(
                f'<details class="fold" data-model="{escape(name)}"><summary>Explore: {shown}</summary>'
                f"<p>{escape(model.source.summary)}</p><div></div></details>"
            )
        folds[e.claim.id] = "".join(parts)
    data = ",".join(f'"{name}": () => ({text})' for name, text in models.items())
    start = (
        f"const models = {{{data}}};\n"
        "for (const fold of document.querySelectorAll('details.fold'))\n"
        "  fold.addEventListener('toggle', () => {\n"
        "  const place = fold.querySelector('div');\n"
        "  if (fold.open && !place.childElementCount) explore(place, models[fold.dataset.model]());\n"
        "});"
    )
    body = (
        "<h1>The article's claims, decided</h1><p>Each claim of a news analysis, in our own words, turned "
        "into exact questions and answered for all values of the parameters. Open a model to explore it.</p>"
        + f"<p>{escape(tally_sentence(entries))}</p>{ledger_contents(entries)}"
        + ledger_sections(entries, folds)
        + f"<p class='soft'>{LIMITS}</p>"
    )
    return html_page("The article's claims, decided", body, start, ledger_style())


def _nothing(model: Model) -> str:
    """Why a model has no explorer, as a paragraph."""
    title = escape(model.source.title or model.name)
    if model.network is not None:
        why = f"its {len(model.network.members)} members are too many for regions"
    elif model.repeated is not None:
        why = "nobody chooses in it, it only takes its course"
    else:
        why = "it is about parameters alone, without players"
    return f"<p class='soft'>Nothing to explore in “{title}”: {why}.</p>"


def html_page(title: str, body: str, start: str = "", style: str = "") -> str:
    """A whole page in the style of the explorer; `start` is JavaScript that runs after its script."""
    run = f"<script>\n{''.join(map(asset, SCRIPTS))}{start}\n</script>\n" if start else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="icon" href="data:,">\n'
        f"<style>\n{asset('explorer.css')}{style}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n{run}</body>\n</html>\n"
    )
