"""The ledger as Markdown and as one HTML page that loads nothing, for notes, papers and e-mails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from deterrence.algebra.printing import region_text
from deterrence.algebra.region import NOWHERE
from deterrence.algebra.verdicts import Refuted
from deterrence.catalogue.cache import Rests
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import Entry, full_name, standing
from deterrence.show.ledger_text import WORDS, rests_sentence, tally_sentence
from deterrence.show.mathml import condition_mathml, premise_mathml
from deterrence.show.phrases import point_text
from deterrence.show.sentences import verdict_sentence

NOTHING: Mapping[str, Rests] = {}
_BASE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; font-size: 1.15rem; }
"""
_STYLE = """
table.ledger { border-collapse: collapse; width: 100%; font-size: .92rem; }
table.ledger :is(th, td) { text-align: left; vertical-align: top; padding: .35rem .6rem; border: 0;
  border-bottom: 1px solid #8886; }
table.ledger td:first-child { width: 45%; }
.word { font-weight: 600; white-space: nowrap; }
.proved { color: #00785a; } .partly { color: #8a4b9a; } .refuted { color: #b3440f; }
.vacuous, .undecided { color: #7d6200; }
@media (prefers-color-scheme: dark) {
  .proved { color: #4fd6ae; } .partly { color: #d9a3e6; } .refuted { color: #ff9d6b; }
  .vacuous, .undecided { color: #f0d060; }
}
code { font-size: .9em; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
details.fold { margin: .5rem 0; }
details.fold > summary { cursor: pointer; font-weight: 600; }
details.readings > summary { cursor: pointer; }
nav ol { list-style: none; padding: 0; display: grid; gap: .35rem; }
nav small { display: block; }
@media screen and (max-width: 46rem) {
  table.ledger thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.ledger tr { display: block; padding: .5rem 0; border-bottom: 1px solid #8886; }
  table.ledger td, table.ledger td:first-child { display: block; width: auto; padding: .1rem 0; border: 0; }
}
@media print { details.readings::details-content { content-visibility: visible; } }
"""


def ledger_markdown(entries: Sequence[Entry]) -> str:
    """The ledger as Markdown: a section a claim, a table of its readings."""
    parts = ["# The article's claims", ""]
    for e in entries:
        parts += [f"## {e.claim.id}. {e.claim.text}", "", f"*{e.claim.question}*", ""]
        parts += [*claims_markdown(e.results, e.rests), "", e.claim.lesson, ""]
    parts.append(tally_sentence(entries))
    return "\n".join(parts)


def claims_markdown(results: Sequence[Result], rests: Mapping[str, Rests] = NOTHING) -> list[str]:
    """A table of claims with their verdicts, and what proved ones rest on, line by line."""
    lines = ["| reading | verdict | where | model |", "|---|---|---|---|"]
    for r in results:
        cells = (
            r.claim.text,
            WORDS.get(standing(r.verdict), standing(r.verdict)),
            _where(r, rests),
            _source(r),
        )
        lines.append("| " + " | ".join(_cell(c) for c in cells) + " |")
    return lines


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _source(result: Result) -> str:
    return f"`{result.model.name}/{result.claim.id}`"


def _where(result: Result, rests: Mapping[str, Rests]) -> str:
    """The region, with the premise, and a point where the claim fails."""
    verdict = result.verdict
    premise = f"given `{result.claim.given_text}`: " if result.claim.given_text else ""
    if isinstance(verdict, Refuted):
        where = verdict.holds_where
        shown = "not found" if where is None else "nowhere" if where == NOWHERE else f"`{region_text(where)}`"
        fails = "" if verdict.witness is None else f"; fails at `{point_text(verdict.witness)}`"
        return f"{premise}{shown}{fails}"
    return f"{premise}{verdict_sentence(verdict, result.model.domain.given)} {_rests(result, rests)}".rstrip()


def _rests(result: Result, rests: Mapping[str, Rests]) -> str:
    found = rests.get(full_name(result))
    return rests_sentence(found) if found is not None else ""


def ledger_html(entries: Sequence[Entry]) -> str:
    """The ledger as a page of its own."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>The article's claims, decided</title><style>{_BASE}{_STYLE}</style></head>\n<body><main>\n"
        f"<h1>The article's claims, decided</h1>\n{ledger_sections(entries)}\n"
        f"<p>{escape(tally_sentence(entries))}</p>\n</main></body></html>"
    )


def ledger_style() -> str:
    """The style of the sections alone."""
    return _STYLE


def ledger_sections(entries: Sequence[Entry], below: Mapping[str, str] | None = None) -> str:
    """A section a claim: its question, a table of its readings, what they teach, and HTML to stand below.

    With `below` what they teach comes first and the table is folded.
    """
    return "\n".join(_section(e, None if below is None else below.get(e.claim.id, "")) for e in entries)


def ledger_contents(entries: Sequence[Entry]) -> str:
    """The claims with how their readings came out, as links to their sections."""
    items = "".join(
        f"<li><a href='#{e.claim.id}'>{e.claim.id}. {escape(e.claim.text)}</a>"
        f"<small>{_counted(e)}</small></li>"
        for e in entries
    )
    return f"<nav aria-label='Claims'><ol>{items}</ol></nav>"


def _counted(entry: Entry) -> str:
    """How many readings, and of which verdicts: `5 readings: 3 proved, 2 refuted`."""
    words = Counter(WORDS.get(standing(r.verdict), standing(r.verdict)) for r in entry.results)
    total = f"{len(entry.results)} reading{'' if len(entry.results) == 1 else 's'}"
    return f"{total}: {', '.join(f'{n} {w}' for w, n in words.most_common())}" if words else total


def _section(entry: Entry, below: str | None) -> str:
    c = entry.claim
    rows = "".join(_html_row(r, entry.rests) for r in entry.results)
    head = "<thead><tr><th>reading</th><th>verdict</th><th>exactly where</th></tr></thead>"
    table = f'<div class="scroll"><table class="ledger">{head}<tbody>{rows}</tbody></table></div>'
    lesson = f"<p>{escape(c.lesson)}</p>"
    fold = f"<details class='readings'><summary>{_counted(entry)}</summary>{table}</details>"
    inside = f"{table}{lesson}" if below is None else f"{lesson}{fold}{below}"
    title = f"<h2>{c.id}. {escape(c.text)}</h2><p><i>{escape(c.question)}</i></p>"
    return f'<section id="{c.id}">{title}{inside}</section>'


def _html_row(result: Result, rests: Mapping[str, Rests]) -> str:
    word = standing(result.verdict)
    verdict = result.verdict
    if isinstance(verdict, Refuted):
        where = verdict.holds_where
        shown = (
            "not found"
            if where is None
            else "nowhere"
            if where == NOWHERE
            else condition_mathml(region_text(where))
        )
        if verdict.witness is not None:
            shown += f"<br><small>fails at <code>{escape(point_text(verdict.witness))}</code></small>"
    else:
        shown = escape(verdict_sentence(verdict, result.model.domain.given))
        if _rests(result, rests):
            shown += f"<br><small>{escape(_rests(result, rests))}</small>"
    if result.claim.given_text:
        shown = f"<small>given {premise_mathml(result.claim.given_text)}</small><br>{shown}"
    model = f"<br><small>{escape(result.model.name)}/{escape(result.claim.id)}</small>"
    return (
        f"<tr><td>{escape(result.claim.text)}{model}</td>"
        f'<td class="word {word}">{WORDS.get(word, word)}</td><td>{shown}</td></tr>'
    )
