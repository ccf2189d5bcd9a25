"""HTML with LaTeX for Jupyter: listed profiles of repeated games, and the stability report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.show.html_parts import condition_html, table_html, value_html
from deterrence.show.phrases import labels
from deterrence.show.stability_sentences import (
    AT_TIES,
    failure_sentence,
    patience,
    profile_words,
    readable,
    row_sentences,
    shown,
)
from deterrence.solve.profiles import ProfileAtlas
from deterrence.study.stability import Finding, Row, StabilityReport


def profiles_html(atlas: ProfileAtlas) -> str:
    """The listed profiles with the regions where they are equilibria, and their payoffs."""
    perfect = "perfect public" if atlas.game.monitoring is not None else "subgame perfect"
    rows = []
    called = labels(atlas.game)
    ask, names = prover(atlas.domain.given), patience(atlas.game)
    for t in atlas.tested:
        failure = ""
        if t.fails_at is not None:
            failure = f"<br><small>{escape(failure_sentence(t.fails_at, atlas.game))}</small>"
        paid = "<br>".join(f"{escape(called[p])} {value_html(v)}" for p, v in t.payoffs)
        name = f"<b>{escape(t.id)}</b><br><small>{escape(profile_words(t.profile, atlas.game))}</small>"
        rows.append(
            [name, _region(t.nash, ask, names), _region(t.subgame_perfect, ask, names) + failure, paid]
        )
    note = "Only these profiles were tested: a repeated game has many more equilibria."
    what = "payoffs, average a round" if atlas.game.averaged else "payoffs, in all"
    return table_html(["profile", "Nash where", f"{perfect} where", what], rows) + f"<p><i>{note}</i></p>"


def report_html(report: StabilityReport) -> str:
    """Where each profile lasts in which sense, what errors do to it, and both in sentences.

    A note that all regions with errors share stands once below the table.
    """
    ask = prover(report.domain.given)
    perfect = "perfect public" if report.game.monitoring is not None else "subgame perfect"
    absorbing = [s for s, _ in report.rows[0].war] if report.rows else []
    lasts = ["profile", "Nash", perfect, "with errors", "uninvaded within the list", "renegotiation-proof"]
    after = ["profile", "rounds back after one error", "peace"]
    after += [f"{escape(s)} after one error" for s in absorbing]
    notes = {r.robust.note for r in report.rows if r.robust.region is not None}
    shared = notes.pop() if len(notes) == 1 else ""
    ties = "" if all(r.robust.exact for r in report.rows) else AT_TIES
    names = patience(report.game)

    def cells(row: Row, findings: Sequence[Finding]) -> list[str]:
        return [f"<b>{escape(row.id)}</b>", *(_finding(f, ask, names) for f in findings)]

    where = [
        cells(r, [r.nash, r.perfect, _without(r.robust, shared), r.uninvaded, r.renegotiation_proof])
        for r in report.rows
    ]
    what = [cells(r, [r.recovery, r.peace, *(f for _, f in r.war_after_error)]) for r in report.rows]
    below = f"<p><small>Column “with errors”: {escape(shared + ties)}.</small></p>" if shared else ""
    words = "".join(
        f"<li><b>{escape(r.id)}</b>: {escape(row_sentences(r, report, ask).removeprefix('In words: '))}</li>"
        for r in report.rows
    )
    return table_html(lasts, where) + below + table_html(after, what) + f"<ul>{words}</ul>"


def _without(finding: Finding, note: str) -> Finding:
    """A finding without a note that stands below the table."""
    return replace(finding, note="") if note and finding.note == note else finding


def _finding(f: Finding, ask: Prover, names: Sequence[str]) -> str:
    ties = "" if f.exact else AT_TIES
    note = f"<br><small>{escape(f.note + ties)}</small>" if f.note else ""
    if f.region == NOWHERE:
        return "never" if f.exact else "never, but perhaps at ties"
    if f.region is not None:
        return _region(f.region, ask, names) + note
    if f.value is not None:
        return value_html(f.value) + note
    return f"<small>{escape(f.note or 'not computed')}</small>"


def _region(region: Region | None, ask: Prover, names: Sequence[str]) -> str:
    if region is None:
        return "not computed"
    if region == EVERYWHERE:
        return "always"
    if region == NOWHERE:
        return "never"
    text = readable(region, ask, names)
    return condition_html(text) if text else escape(shown(region, ask, names))
