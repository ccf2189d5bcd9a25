"""Terminal output for repeated and stochastic games: the stability report, and listed profiles.

A short table first, then each profile in full with a sentence in words; for 80 columns and up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.games.repeated import RepeatedGame
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import payoff_words, point_text, value_words
from deterrence.show.stability_sentences import (
    AT_TIES,
    failure_sentence,
    invasion_label,
    patience,
    patience_sentence,
    profile_words,
    row_sentences,
    where_words,
)
from deterrence.solve.profiles import ProfileAtlas, Standing, Tested
from deterrence.study.stability import Finding, Row, StabilityReport

_LONG = 24  # characters of a quantity beyond which the table points below


def report_page(report: StabilityReport) -> RenderableType:
    """What `stabilise` prints: the table, then every profile with its exact conditions and a sentence."""
    ask = prover(report.domain.given)
    parts: list[RenderableType] = [heading("In which sense can each profile last?"), _table(report, ask)]
    legend = "if: on a region, given below. never: at no parameter value. –: no answer."
    if any(row.robust.region == NOWHERE and not row.robust.exact for row in report.rows):
        legend += " ties?: nowhere but perhaps where something is exactly equal."
    parts.append(Text(legend, style="dim"))
    for row in report.rows:
        parts += _details(row, report, ask)
    parts += [Text(""), Text(_scope(report), style="italic")]
    return Group(*parts)


def _scope(report: StabilityReport) -> str:
    text = "These are the profiles that the model lists; a repeated game has many more equilibria."
    if any(len(r.uninvaded.note) == 0 for r in report.rows):
        text += " Invasion is by the strategies of the list only."
    return text


def _table(report: StabilityReport, ask: Prover) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("profile", style="bold", overflow="fold")
    perfect = "perfect\npublic" if report.game.monitoring is not None else "subgame\nperfect"
    absorbing = [s for s, _ in report.rows[0].war] if report.rows else []
    for name in ("Nash", perfect, "with\nerrors", "rounds\nback", "peace"):
        table.add_column(name, overflow="fold")
    for state in absorbing:
        table.add_column(f"{state} after\nan error", overflow="fold")
    for name in ("unin-\nvaded", "renego-\ntiation"):
        table.add_column(name, overflow="fold")
    for row in report.rows:
        cells = [row.nash, row.perfect, row.robust, row.recovery, row.peace]
        cells += [f for _, f in row.war_after_error]
        cells += [row.uninvaded, row.renegotiation_proof]
        table.add_row(row.id, *(_cell(f, ask) for f in cells))
    return table


def _cell(finding: Finding, ask: Prover) -> Text:
    if finding.region is not None:
        if finding.region == EVERYWHERE:
            return Text("always", style="green")
        if finding.region == NOWHERE:
            return Text("never", style="red") if finding.exact else Text("ties?", style="magenta")
        return Text("if", style="magenta")
    if finding.value is not None:
        text = value_words(finding.value, ask)
        return Text(text if len(text) <= _LONG else "below")
    return Text("never", style="red") if finding.note.startswith("never") else Text("–", style="dim")


def _details(row: Row, report: StabilityReport, ask: Prover) -> list[RenderableType]:
    names = patience(report.game)
    lines: list[RenderableType] = [heading(row.id), indented(profile_words(row.profile, report.game))]
    perfect = "perfect public" if report.game.monitoring is not None else "subgame perfect"
    lines.append(_line("Nash", row.nash, ask, names))
    lines.append(_line(perfect, row.perfect, ask, names))
    if text := patience_sentence(row, report):
        lines.append(indented(Text(f"all else at its example value: {text}", style="dim"), 6))
    if row.fails_at is not None:
        lines.append(indented(Text(failure_sentence(row.fails_at, report.game), style="dim"), 6))
    for label, finding in (
        ("with errors", row.robust),
        ("rounds back to its path after one error", row.recovery),
        ("share of peaceful rounds", row.peace),
        *((f"probability of {s} without errors", f) for s, f in row.war),
        *((f"probability of {s}", f) for s, f in row.war_after_error),
        (invasion_label(row, report), row.uninvaded),
        ("renegotiation-proof (weakly)", row.renegotiation_proof),
    ):
        lines.append(_line(label, finding, ask, names))
    paid = payoff_words(row.payoffs, report.game, ask)
    what = "average a round" if report.game.averaged else "in all"
    lines.append(indented(Text(f"payoffs, {what}: {paid}", style="dim"), 4))
    lines.append(indented(Text(row_sentences(row, report, ask), style="italic"), 4))
    return lines


def _line(label: str, finding: Finding, ask: Prover, names: Sequence[str]) -> RenderableType:
    text = Text.assemble((f"{label}: ", "bold"))
    if finding.region is not None:
        style = {EVERYWHERE: "green", NOWHERE: "red"}.get(finding.region, "magenta")
        text.append(where_words(finding.region, ask, names, finding.exact), style=style)
        if finding.note and finding.region != NOWHERE:
            text.append(f" ({finding.note}{'' if finding.exact else AT_TIES})", style="dim")
    elif finding.value is not None:
        text.append(value_words(finding.value, ask, decimals=True))
        if finding.note:
            text.append(f" ({finding.note})", style="dim")
    else:
        text.append(finding.note or "not computed", style="dim")
    return indented(text, 4)


# -- what `solve` and `at` print for listed profiles ------------------------------------------------------
def profiles_page(atlas: ProfileAtlas) -> RenderableType:
    """What `solve` prints for a repeated game: each listed profile with its regions."""
    ask = prover(atlas.domain.given)
    names = patience(atlas.game)
    parts: list[RenderableType] = [
        heading("Listed profiles, each with the exact region where it is an equilibrium")
    ]
    for tested in atlas.tested:
        parts += _tested(tested, atlas, ask, names)
    parts += [
        Text(""),
        Text(
            "Only these profiles were tested: a repeated game has many more equilibria. "
            "`deterrence stabilise` says more about each.",
            style="italic",
        ),
    ]
    return Group(*parts)


def _tested(tested: Tested, atlas: ProfileAtlas, ask: Prover, names: Sequence[str]) -> list[RenderableType]:
    perfect = "perfect public" if atlas.game.monitoring is not None else "subgame perfect"
    lines: list[RenderableType] = [
        Text.assemble((tested.id, "bold cyan"), "  ", profile_words(tested.profile, atlas.game))
    ]
    for label, region in (("Nash", tested.nash), (perfect, tested.subgame_perfect)):
        lines.append(_line(label, _as_finding(region, tested), ask, names))
    if tested.fails_at is not None:
        lines.append(indented(Text(failure_sentence(tested.fails_at, atlas.game), style="dim"), 6))
    paid = payoff_words(tested.payoffs, atlas.game, ask)
    what = "average a round" if atlas.game.averaged else "in all"
    lines.append(indented(Text(f"payoffs, {what}: {paid}", style="dim"), 4))
    return lines


def _as_finding(region: Region | None, tested: Tested) -> Finding:
    return Finding(region, note="" if region is not None else "; ".join(tested.notes))


def standings_page(
    game: RepeatedGame, point: Mapping[str, Fraction], found: Sequence[Standing]
) -> RenderableType:
    """What `at` prints for a repeated game: which profiles are equilibria at an exact point."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("profile", style="bold", overflow="fold")
    for name in ("Nash", "public perfect" if game.monitoring is not None else "subgame perfect"):
        table.add_column(name)
    table.add_column("payoffs, average a round" if game.averaged else "payoffs, in all", overflow="fold")
    for s in found:
        paid = ", ".join(f"{p} {v}" for p, v in s.payoffs)
        table.add_row(s.id, _yes(s.nash), _yes(s.subgame_perfect), paid)
    return Group(heading(f"At {point_text(point)}"), table)


def _yes(answer: bool | None) -> Text:
    if answer is None:
        return Text("–", style="dim")
    return Text("yes", style="green") if answer else Text("no", style="red")
