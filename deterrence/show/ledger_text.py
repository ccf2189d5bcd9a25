"""Terminal output of the ledger: a row for each claim of the article, or one claim in depth."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from deterrence.algebra.region import NOWHERE
from deterrence.algebra.verdicts import Refuted
from deterrence.catalogue.cache import Rests
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import Entry, full_name, standing
from deterrence.show.claims_text import counterexample, model_labels
from deterrence.show.paragraphs import heading, indented
from deterrence.show.sentences import after_label, verdict_sentence

STYLES = {
    "proved": "green",
    "partly": "magenta",
    "refuted": "red",
    "vacuous": "yellow",
    "undecided": "yellow",
}
WORDS = {"partly": "true on a region only"}


def ledger_page(entries: Sequence[Entry]) -> RenderableType:
    """What `ledger` prints: each claim in our words, the verdicts on its main readings, what they teach."""
    parts: list[RenderableType] = []
    for e in entries:
        parts += _row(e)
    parts.append(Text(""))
    parts.append(Text(tally_sentence(entries)))
    parts.append(Text("`deterrence ledger A4` explains one claim in depth.", style="dim"))
    return Group(*parts)


def entry_page(entry: Entry) -> RenderableType:
    """What `ledger A4` prints: the question, every reading with its verdict, and why they differ."""
    c = entry.claim
    parts: list[RenderableType] = [
        heading(f"{c.id}  {c.text}"),
        indented(Text.assemble(("The exact question: ", "bold"), c.question)),
    ]
    for r in entry.results:
        parts += _reading(r, entry.rests.get(full_name(r)))
    parts.append(Text(""))
    parts.append(Padding(Text.assemble(("What this teaches: ", "bold"), c.lesson), (0, 0, 0, 2)))
    parts += [Text(""), Text(tally_sentence([entry]))]
    return Group(*parts)


def tally_sentence(entries: Sequence[Entry]) -> str:
    """How many readings of how many claims there are, and how they stand."""
    results = [r for e in entries for r in e.results]
    claims = "1 claim" if len(entries) == 1 else f"{len(entries)} claims"
    models = len({r.model.name for r in results})
    good = sum(r.as_expected for r in results)
    text = f"{claims} of the article, {len(results)} readings in {models} models: {_counts(results)}"
    lacking = [e.claim.id for e in entries if not e.results]
    missing = f" No model formalises {', '.join(lacking)}." if lacking else ""
    return f"{text}; {good} of {len(results)} as expected.{missing}"


def _counts(results: Sequence[Result]) -> str:
    found = [standing(r.verdict) for r in results]
    return ", ".join(f"{found.count(w)} {WORDS.get(w, w)}" for w in STYLES if w in found) or "none"


def _row(entry: Entry) -> list[RenderableType]:
    c = entry.claim
    lines: list[RenderableType] = [
        heading(f"{c.id}  {c.text}"),
        indented(f"{_counts(entry.results)}; models: {', '.join(entry.models) or 'none yet'}", 4),
    ]
    shown = list(entry.headlines)
    shown += [r for r in entry.results if not r.as_expected and r not in shown]
    for r in shown:
        mark = standing(r.verdict)
        text = Text.assemble(("• ", STYLES[mark]), r.claim.text)
        text.append(f" {_short(r)}", style=STYLES[mark])
        rests = entry.rests.get(full_name(r))
        if rests is not None and rests_sentence(rests):
            text.append(f" {rests_sentence(rests)}", style="dim")
        lines.append(Padding(text, (0, 0, 0, 4)))
        if not r.as_expected:
            lines.append(_unexpected(r, 6))
    if len(shown) < len(entry.results):
        more = len(entry.results) - len(shown)
        lines.append(indented(Text(f"and {more} more readings: deterrence ledger {c.id}", style="dim"), 4))
    lines.append(indented(Text(c.lesson, style="italic"), 4))
    return lines


def rests_sentence(rests: Rests) -> str:
    """Which assumptions bear load; nothing where none was found and not all were tried."""
    if rests.assumptions:
        more = "" if rests.whole else " (and perhaps on more)"
        return f"It rests on {' and '.join(rests.assumptions)}{more}."
    return "No assumption bears load by itself." if rests.whole else ""


def _short(result: Result) -> str:
    """The verdict in a sentence, the premise first; a counterexample where it holds nowhere."""
    verdict = result.verdict
    text = verdict_sentence(verdict, result.model.domain.given)
    if result.claim.given_text:
        text = f"Given {result.claim.given_text}: {text[0].lower()}{text[1:]}"
    if isinstance(verdict, Refuted) and verdict.holds_where == NOWHERE and verdict.witness is not None:
        text += f" {counterexample(verdict)[0]}"
    return text


def _reading(result: Result, rests: Rests | None) -> list[RenderableType]:
    mark = standing(result.verdict)
    given = result.model.domain.given
    title = result.model.source.title or result.model.name
    lines: list[RenderableType] = [
        Text(""),
        indented(Text.assemble((result.claim.text, "bold"))),
        indented(Text(f"in {title} ({result.model.name}/{result.claim.id})", style="dim"), 4),
    ]
    if result.claim.given_text:
        lines.append(indented(f"Given {result.claim.given_text}:", 4))
    said = after_label(verdict_sentence(result.verdict, given), mark)
    label = Text.assemble((WORDS.get(mark, mark), STYLES[mark]), said)
    lines.append(indented(label, 4))
    if rests is not None and rests_sentence(rests):
        lines.append(indented(Text(rests_sentence(rests), style="dim"), 4))
    if isinstance(result.verdict, Refuted):
        against = counterexample(result.verdict, model_labels(result.model))
        lines += [indented(Text(t, style="dim"), 4) for t in against]
    assumed = result.model.source.assumption_texts
    domains = [p.domain_text for p in result.model.source.parameters if p.domain_text]
    if assumed or domains:
        lines.append(indented(Text(f"Assumed: {'; '.join([*domains, *assumed])}", style="dim"), 4))
    if not result.as_expected:
        lines.append(_unexpected(result, 4))
    return lines


def _unexpected(result: Result, by: int) -> RenderableType:
    text = f"NOT AS EXPECTED: {result.claim.expect_text}; {result.remark}"
    return indented(Text(text, style="bold red"), by)
