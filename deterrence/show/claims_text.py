"""Terminal output for claims: verdicts with their regions and counterexamples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from deterrence.algebra.verdicts import Refuted, Verdict
from deterrence.catalogue.checking import Result
from deterrence.catalogue.models import Model
from deterrence.show.phrases import point_text
from deterrence.show.sentences import after_label, verdict_sentence
from deterrence.show.stability_sentences import patience
from deterrence.show.text import heading, indented

_AS_NAMED: Mapping[str, str] = {}
_STYLES = {"proved": "green", "refuted": "red", "vacuous": "yellow", "undecided": "yellow"}


def verdict_label(verdict: Verdict) -> Text:
    """`proved`, `partly`, `refuted`, … in its colour; `partly` when the claim true on a region only."""
    word = verdict.word
    if (
        isinstance(verdict, Refuted)
        and verdict.holds_where is not None
        and str(verdict.holds_where) != "false"
    ):
        return Text("true on a region only", style="magenta")
    return Text(word, style=_STYLES[word])


def result_lines(result: Result) -> list[RenderableType]:
    """One claim: its words, the verdict, the region, the counterexample, and the expectation."""
    claim, verdict = result.claim, result.verdict
    given = result.model.domain.given
    mark = Text("ok  ", style="green") if result.as_expected else Text("NOT AS EXPECTED  ", style="bold red")
    tag = f"{claim.article} " if claim.article else ""
    lines: list[RenderableType] = [
        Text.assemble(mark, (f"{tag}{claim.id}: ", "bold"), claim.text),
    ]
    if claim.given_text:
        lines.append(indented(f"Given {claim.given_text}:", 4))
    game = result.model.repeated
    words = verdict_sentence(verdict, given, patience(game) if game else ())  # solved for patience
    lines.append(indented(Text.assemble(verdict_label(verdict), after_label(words, verdict.word)), 4))
    if isinstance(verdict, Refuted):
        said = counterexample(verdict, model_labels(result.model))
        lines += [indented(Text(t, style="dim"), 4) for t in said]
    if not result.as_expected:
        lines.append(indented(f"expected {claim.expect_text}, but {result.remark}", 4))
    return lines


def model_labels(model: Model) -> dict[str, str]:
    """What people call each player of a model, by the name to type."""
    return {p.name: p.label for p in model.source.players}


def counterexample(verdict: Refuted, called: Mapping[str, str] = _AS_NAMED) -> list[str]:
    """The counterexample in words: the point, and what is played there, by `called` for the players."""
    lines: list[str] = []
    played: list[str] = []
    if verdict.witness is not None:
        lines.append(f"It fails at {point_text(verdict.witness)}.")
    for player, strategy in verdict.play.items():
        used = [a if v == "1" else f"{a} with probability {v}" for a, v in strategy.items() if v != "0"]
        played.append(f"{called.get(player, player)} plays {', '.join(used)}")
    if played:
        lines.append(f"There, in one equilibrium, {'; '.join(played)}.")
    if verdict.note:
        lines.append(verdict.note[0].upper() + verdict.note[1:] + ".")
    return lines


def check_page(name: str, results: Sequence[Result]) -> RenderableType:
    """What `check` prints for one model."""
    parts: list[RenderableType] = [heading(name)]
    for r in results:
        parts += result_lines(r)
    return Group(*parts)
