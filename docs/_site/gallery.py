"""The gallery: a page for every model of the catalogue, with its claims and their verdicts.

Verdicts come from the cache of `catalogue.cache` where they are kept, else they are decided here, in two
processes.  Conditions are set in MathML, which needs no script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import escape

import deterrence as dt
from _site.explorers import link_to, write_explorers
from _site.pictures import game_html, math
from _site.references import reference_lines
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import NOWHERE
from deterrence.algebra.verdicts import Refuted, Verdict
from deterrence.catalogue.cache import kept_verdicts
from deterrence.catalogue.checking import Result, compared
from deterrence.catalogue.ledger import ArticleClaim, article_claims, decide_and_keep, standing
from deterrence.catalogue.models import Model
from deterrence.show.claims_text import counterexample
from deterrence.show.sentences import verdict_sentence

WORDS = {"partly": "true on a region only"}
KINDS = {
    "normal-form": "Tables: players who choose at the same time",
    "extensive-form": "Trees: players who move in turn",
    "repeated": "Repeated games",
    "stochastic": "Games with changing states",
    "network": "Networks of groups",
    "statement": "Statements without players",
}


def pages() -> dict[str, str]:
    """File names under `generated/` with their texts."""
    models = {name: dt.load(name) for name in dt.catalogue()}
    verdicts = _all_verdicts(models)
    write_explorers(models, verdicts)
    results = {
        name: [compared(m, c, v) for c, v in zip(m.source.claims, verdicts[name], strict=True)]
        for name, m in models.items()
    }
    made = {f"models/{name}.md": "\n".join(_page(m, results[name])) for name, m in models.items()}
    made["models/index.md"] = "\n".join(_index(models, results))
    made["article-claims.md"] = "\n".join(_claims_of_the_article(results))
    return made


def _all_verdicts(models: Mapping[str, Model]) -> dict[str, Sequence[Verdict]]:
    found: dict[str, Sequence[Verdict]] = {}
    for name, model in models.items():
        kept = kept_verdicts(model)
        if kept is not None:
            found[name] = kept
    left = [name for name in models if name not in found]
    if left:
        with ProcessPoolExecutor(2) as pool:
            found.update(zip(left, (v for v, _ in pool.map(decide_and_keep, left)), strict=True))
    return found


# -- a model ------------------------------------------------------------------------------------------
def _page(model: Model, results: Sequence[Result]) -> Iterator[str]:
    source = model.source
    yield f"(model-{model.name})="
    yield f"# {source.title or model.name}"
    yield f"\n`{model.name}` · {KINDS[source.kind].split(':')[0].lower()}\n"
    yield f"{' '.join(source.summary.split())}\n"
    if link := link_to(model.name, model):
        yield _raw(link) + "\n"
    if source.parameters:
        yield "## What the symbols mean\n"
        yield _parameters(model) + "\n"
    shown = game_html(model)
    if shown:
        yield "## The game\n"
        yield _raw(shown) + "\n"
    if results:
        yield "## Claims\n"
        yield f"{tally(results)} A condition is exact: the claim is true there and nowhere else.\n"
        yield from (_raw(claim_html(r)) + "\n" for r in results)
    if source.sources:
        yield "## Sources\n"
        yield from reference_lines(source.sources)
    yield "\n## Try it\n"
    yield f"```sh\n{_commands(model)}\n```\n"


def _commands(model: Model) -> str:
    asked = {"repeated": "stabilise", "stochastic": "stabilise", "statement": "check"}
    verbs = ["show", asked.get(model.source.kind, "solve"), "check"]
    return "\n".join(f"deterrence {verb} {model.name}" for verb in dict.fromkeys(verbs))


def _raw(html: str) -> str:
    return f"```{{raw}} html\n{html}\n```"


def _parameters(model: Model) -> str:
    rows = ["<table class='symbols table'><thead><tr><th>symbol</th><th>meaning</th><th>range</th>"
            "<th>example</th></tr></thead><tbody>"]  # fmt: skip
    for p in model.source.parameters:
        domain = math(p.domain_text, condition=True) if p.domain_text else "any number"
        example = "" if p.example is None else escape(str(p.example))
        rows.append(
            f"<tr><td>{math(p.name)}</td><td>{escape(p.meaning)}</td><td>{domain}</td><td>{example}</td></tr>"
        )
    table = "\n".join([*rows, "</tbody></table>"])
    lines = [f"<div class='wide'>{table}</div>"]
    if model.source.definition_texts:
        said = [f"{math(n)} = {math(t)}" for n, t in model.source.definition_texts]
        lines.append(f"<p>Abbreviations: {'; '.join(said)}.</p>")
    if model.source.assumption_texts:
        said = [math(t, condition=True) for t in model.source.assumption_texts]
        lines.append(f"<p>Assumed throughout: {'; '.join(said)}.</p>")
    return _raw("\n".join(lines))


# -- a claim ------------------------------------------------------------------------------------------
def claim_html(r: Result, with_model: bool = False) -> str:
    """One claim: its words, what it was expected to be, the verdict, where it holds and where it fails."""
    word = standing(r.verdict)
    badge = f"<span class='verdict {word}'>{WORDS.get(word, word)}</span>"
    shown = r.claim.article if not with_model else None
    tag = f" <span class='tag'>{escape(shown)}</span>" if shown else ""
    lines = [f"<div class='claim {word}'>", f"<p class='said'>{badge} {escape(r.claim.text)}{tag}</p>"]
    if with_model:
        name = r.model.name
        title = escape(r.model.source.title or name)
        lines.append(f"<p class='fine'>in <a href='models/{name}.html'>{title}</a></p>")
    if r.claim.given_text:
        lines.append(f"<p>Given {math(r.claim.given_text, condition=True)}:</p>")
    lines.append(f"<p>{_answer(r)}</p>")
    if isinstance(r.verdict, Refuted):
        lines += [f"<p class='fine'>{escape(line)}</p>" for line in counterexample(r.verdict)]
    expected = r.claim.expect_text
    if expected is not None:
        met = "as expected" if r.as_expected else "<b>not as expected</b>"
        shown = expected if expected in ("proved", "refuted", "undecided") else math(expected, condition=True)
        lines.append(f"<p class='fine'>expected: {shown}; {met}</p>")
    return "\n".join([*lines, "</div>"])


def _answer(r: Result) -> str:
    verdict = r.verdict
    if isinstance(verdict, Refuted) and verdict.holds_where not in (None, NOWHERE):
        assert verdict.holds_where is not None
        return f"True exactly where {math(region_text(verdict.holds_where), condition=True)}"
    return escape(verdict_sentence(verdict, r.model.domain.given))


def tally(results: Sequence[Result], what: str = "claim") -> str:
    """How many claims have which verdict, as a sentence."""
    counts: dict[str, int] = {}
    for r in results:
        word = standing(r.verdict)
        counts[word] = counts.get(word, 0) + 1
    said = [f"{counts[w]} {WORDS.get(w, w)}" for w in sorted(counts, key=list(counts).index)]
    return f"{len(results)} {what}{'s' if len(results) != 1 else ''}: {', '.join(said)}."


# -- pages over all models ----------------------------------------------------------------------------
def _index(models: Mapping[str, Model], results: Mapping[str, Sequence[Result]]) -> Iterator[str]:
    claims = sum(map(len, results.values()))
    met = sum(r.as_expected for found in results.values() for r in found)
    yield "# All models\n"
    yield f"{len(models)} models with {claims} claims, {met} of them as their sources expect. Every verdict"
    yield "on these pages is what this version of the library decides.\n"
    yield "[The claims, decided](../article-claims.md) gathers the readings of each claim of the analysis.\n"
    for kind, title in KINDS.items():
        found = [m for m in models.values() if m.source.kind == kind]
        if found:
            yield f"## {title}\n"
        for m in _by_title(found):
            first = _opening(m.source.summary)
            yield f"[{m.source.title or m.name}]({m.name}.md)\n: {first} *{tally(results[m.name])}*\n"
    for kind, title in KINDS.items():
        found = [m for m in models.values() if m.source.kind == kind]
        yield f"```{{toctree}}\n:hidden:\n:caption: {title.split(':')[0]}\n"
        yield from (m.name for m in _by_title(found))
        yield "```\n"


def _by_title(models: Sequence[Model]) -> list[Model]:
    return sorted(models, key=lambda m: ((m.source.title or m.name).lower(), m.name))


def _opening(text: str) -> str:
    """The first sentences of a summary, as many as it takes to say something."""
    plain = " ".join(text.split())
    end = plain.find(". ", 90)
    return plain if end < 0 else plain[: end + 1]


def _claims_of_the_article(results: Mapping[str, Sequence[Result]]) -> Iterator[str]:
    yield "(article-claims)=\n# The claims of the news analysis, decided\n"
    yield "Each claim in our words, the exact question that it becomes, every reading of it with its verdict,"
    yield "and what they teach. [What the article says](../explanation/the-article.md) has the context.\n"
    for claim in article_claims():
        found = [r for listed in results.values() for r in listed if r.claim.article == claim.id]
        yield from _article_claim(claim, found)


def _article_claim(claim: ArticleClaim, results: Sequence[Result]) -> Iterator[str]:
    yield f"(claim-{claim.id.lower()})=\n## {claim.id}. {claim.text}\n"
    yield f"*{claim.question}*\n"
    yield f"{' '.join(claim.lesson.split())}\n"
    yield f"{tally(results, 'reading')}\n"
    named = [r for r in results if f"{r.model.name}/{r.claim.id}" in claim.headline]
    shown = named or results[:3]
    yield from (_raw(claim_html(r, with_model=True)) + "\n" for r in shown)
    rest = [r for r in results if r not in shown]
    if rest:
        inside = "\n".join(claim_html(r, with_model=True) for r in rest)
        summary = f"{len(rest)} more reading{'s' if len(rest) != 1 else ''}"
        yield _raw(f"<details><summary>{summary}</summary>\n{inside}\n</details>") + "\n"
