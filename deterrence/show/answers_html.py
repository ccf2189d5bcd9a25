"""Atlases, equilibria, cells, verdicts, checked claims and the ledger, in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import value_text
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.value import Value
from deterrence.algebra.verdicts import Refuted, Verdict
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import Entry, standing
from deterrence.games.tree import ExtensiveForm
from deterrence.show.claims_text import counterexample, model_labels
from deterrence.show.html_parts import (
    MANY_EDGES,
    condition_html,
    folded,
    point_html,
    profile_html,
    region_html,
    table_html,
    value_html,
    where_html,
)
from deterrence.show.ledger_text import WORDS, tally_sentence
from deterrence.show.phrases import free_conditions, labels
from deterrence.show.sentences import after_label, completeness_sentence, verdict_sentence
from deterrence.show.tree_html import tree_atlas_html
from deterrence.solve.atlas import Atlas, Cell, Completeness, Equilibrium, Range
from deterrence.solve.closures import closed_region

_CELLS = 40  # parts of the parameter space that a display lists


_AS_NAMED: Mapping[str, str] = {}
_HEAD = ("", "equilibrium", "exactly where", "payoffs")


def atlas_html(atlas: Atlas) -> str:
    """The equilibria with their conditions and payoffs, the cells, and completeness."""
    if isinstance(atlas.game, ExtensiveForm):
        return tree_atlas_html(atlas, atlas.game)
    ask = prover(atlas.domain.given)
    rows = {
        generic: [_equilibrium(e, ask, labels(atlas.game)) for e in atlas.equilibria if e.generic == generic]
        for generic in (True, False)
    }
    many = len(rows[False]) > MANY_EDGES
    parts = [table_html(_HEAD, rows[True] + ([] if many else rows[False]))]
    if many:
        parts.append(folded(f"{len(rows[False])} more on knife edges", table_html(_HEAD, rows[False])))
    cells = [c for c in atlas.cells if c.full_dimensional]
    if cells:
        parts.append(cells_html(cells))
    parts.append(f"<p><i>{escape(completeness_sentence(atlas))}</i></p>")
    return "".join(parts)


def equilibrium_html(e: Equilibrium) -> str:
    """One equilibrium as a small table."""
    return equilibria_html([e])


def equilibria_html(listed: Sequence[Equilibrium]) -> str:
    """Equilibria as a table, as at a point of an atlas."""
    return table_html(_HEAD, [_equilibrium(e, prover(EVERYWHERE), _AS_NAMED) for e in listed])


def _equilibrium(e: Equilibrium, ask: Prover, called: Mapping[str, str]) -> list[str]:
    where = where_html(closed_region(e, ask)) if e.projected else "its region was not projected"
    if not e.generic:
        where = f"knife edge: {where}"
    ranges = [range_html(r, ask) for r in e.free if r.described]
    if len(ranges) < len(e.free):
        ranges = [condition_html(free_conditions(e, ask))]
    play = "<br>".join([profile_html(e, ask, called), *(f"<small>{r}</small>" for r in ranges)])
    paid = "<br>".join(f"{escape(called.get(p, p))} {value_html(v, ask)}" for p, v in e.payoffs)
    return [escape(e.id), play, where, paid]


def range_html(r: Range, ask: Prover | None = None) -> str:
    """The range of a free variable, `0 <= p <= 1`."""
    low, high = _joint("max", r.lower, ask), _joint("min", r.upper, ask)
    return condition_html(f"{low} <= {r.name} <= {high}" if low != high else f"{r.name} == {low}")


def _joint(function: str, values: Sequence[Value], ask: Prover | None) -> str:
    texts = [value_text(v, ask) for v in values]
    return texts[0] if len(texts) == 1 else f"{function}({', '.join(texts)})"


def cells_html(cells: Sequence[Cell]) -> str:
    """Parts of the parameter space with the equilibria that exist there."""
    rows = []
    for c in cells[:_CELLS]:
        edge = "" if c.full_dimensional else "knife edge: "
        example = "an irrational point" if c.witness is None else point_html(c.witness)
        rows.append([edge + where_html(c.region), escape(" ".join(c.equilibria)) or "none", example])
    left = len(cells) - len(rows)
    more = f"<p>and {left} more parts; <code>atlas.cells</code> has them all</p>" if left else ""
    return table_html(["where", "equilibria", "for example"], rows) + more


def completeness_html(found: Completeness) -> str:
    """Whether the list is whole, of what, and what shows it."""
    return (
        f"<p>All equilibria of the scope <i>{escape(found.scope)}</i> are listed: "
        f"<b>{escape(found.verdict)}</b> ({escape(found.method)}); that the regions cover every parameter "
        f"value: <b>{escape(found.coverage)}</b>.</p>"
    )


def verdict_html(verdict: Verdict) -> str:
    """A verdict as a sentence, with the region typeset and the counterexample."""
    return f"<p>{_verdict(verdict)}</p>"


def _verdict(verdict: Verdict, called: Mapping[str, str] = _AS_NAMED) -> str:
    if not isinstance(verdict, Refuted):
        return escape(verdict_sentence(verdict, EVERYWHERE))
    if verdict.holds_where in (None, NOWHERE):
        text = escape(verdict_sentence(verdict, EVERYWHERE))
    else:
        text = f"It holds exactly where {region_html(verdict.holds_where)}."
    if verdict.witness is None:
        return text
    there = [escape(line) for line in counterexample(verdict, called)[1:]]
    return " ".join([text, f"It fails at {point_html(verdict.witness)}.", *there])


def results_html(results: Sequence[Result]) -> str:
    """Claims with their verdicts."""
    return table_html(["claim", "in words", "verdict", ""], [_result(r) for r in results])


def _result(r: Result) -> list[str]:
    word = standing(r.verdict)
    said = after_label(_verdict(r.verdict, model_labels(r.model)), word)
    if r.claim.given_text:
        said = f", given {condition_html(r.claim.given_text)}{said}"
    mark = "as expected" if r.as_expected else f"<b>not as expected</b>: {escape(r.remark)}"
    return [escape(r.claim.id), escape(r.claim.text), f"<b>{WORDS.get(word, word)}</b>{said}", mark]


def claims_html(results: Sequence[Result]) -> str:
    """Claims in words with their verdicts, in two columns, for a page that is not as wide as a screen."""
    rows = []
    for r in results:
        _, words, verdict, mark = _result(r)
        rows.append([words, verdict if r.as_expected else f"{verdict} ({mark})"])
    return table_html(["claim", "verdict"], rows)


def result_html(result: Result) -> str:
    """One claim."""
    return results_html([result])


def entries_html(entries: Sequence[Entry]) -> str:
    """Claims of the article: each in our words, its main readings with their verdicts, what they teach."""
    parts = []
    for e in entries:
        rows = [
            [escape(r.claim.text), _result(r)[2], f"{escape(r.model.name)}/{escape(r.claim.id)}"]
            for r in e.headlines
        ]
        parts.append(f"<p><b>{escape(e.claim.id)}. {escape(e.claim.text)}</b></p>")
        parts.append(table_html(["reading", "verdict", "model"], rows))
        parts.append(f"<p>{escape(e.claim.lesson)}</p>")
    return "".join(parts) + f"<p><i>{escape(tally_sentence(entries))}</i></p>"


def entry_html(entry: Entry) -> str:
    """One claim of the article."""
    return entries_html([entry])
