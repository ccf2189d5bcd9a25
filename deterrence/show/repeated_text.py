"""Terminal output of what a repeated or stochastic model says: its stage or states, strategies, profiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.catalogue.models import Model
from deterrence.catalogue.repeated_source import GameStateSource, RepeatedSource, StrategySource
from deterrence.games.automata import Automaton, Mixture, Rule
from deterrence.games.monitoring import Monitoring
from deterrence.games.repeated import RepeatedGame
from deterrence.show.paragraphs import heading, indented


def time_lines(model: Model) -> list[RenderableType]:
    """What `show` adds for games over time: patience, errors, signals, strategies, profiles."""
    time, game = model.source.repeated, model.repeated
    assert time is not None and game is not None
    lines: list[RenderableType] = []
    facts = [_patience(time, game)] if game.names else []
    if time.rounds is not None:
        facts.append(f"The game ends after {time.rounds} rounds.")
    if time.noise is not None:
        facts.append(f"Errors of {time.noise.kind} at the rate {time.noise.text}.")
    if facts:
        lines += [heading("Time"), *(indented(t) for t in facts)]
    if game.monitoring is not None:
        lines += [heading("Public signal"), _signals(game.monitoring)]
    made = {a.name: a for p in game.profiles for _, a in p.strategies}
    if time.strategies:
        lines.append(heading("Strategies"))
        for s in time.strategies:
            lines += _strategy(s, made.get(s.name))
    if time.profiles:
        lines.append(heading("Profiles"))
        for p in time.profiles:
            played = ", ".join(f"{player} plays {name}" for player, name in p.strategies)
            label = f"  {p.label}:" if p.label else " "
            lines.append(indented(Text.assemble((p.id, "bold"), f"{label} {played}")))
    return lines


def _patience(time: RepeatedSource, game: RepeatedGame) -> str:
    shown = list(dict.fromkeys(time.discount_texts))
    if len(shown) == 1:
        return f"A round later counts {shown[0]} times as much, for everybody."
    each = ", ".join(f"{p} {t}" for p, t in zip(game.names, time.discount_texts, strict=True))
    return f"A round later counts, times as much: {each}."


def _signals(monitoring: Monitoring) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("after", overflow="fold")
    table.add_column("the signal is", overflow="fold")
    for case in monitoring.cases:
        when = ", ".join(f"{p} = {a}" for p, a in case.when) or "anything else"
        table.add_row(when, draw_words(case.signal))
    return table


def _strategy(source: StrategySource, made: Automaton | None) -> list[RenderableType]:
    options = ", ".join(f"{k} = {str(v).lower()}" for k, v in source.options if isinstance(v, int | str))
    head = Text.assemble((source.name, "bold"))
    if source.label:
        head.append(f"  {source.label}")
    if source.builtin and source.builtin != source.name:
        head.append(f"  ({source.builtin}{', ' + options if options else ''})", style="dim")
    lines: list[RenderableType] = [indented(head)]
    if made is not None and not source.builtin:
        lines += automaton_lines(made)
    return lines


def automaton_lines(made: Automaton) -> list[RenderableType]:
    """A strategy state by state: what it plays, and where it goes on seeing what."""
    lines: list[RenderableType] = []
    for s in made.states:
        play = "; ".join(f"{draw_words(m)} in {at}" if at else draw_words(m) for at, m in s.play)
        start = " (begins here)" if s.name == made.initial and len(made.states) > 1 else ""
        lines.append(indented(f"{s.name}{start}: play {play or 'nothing'}", 4))
        if any(r.to[0][0] != s.name or len(r.to) > 1 for r in s.rules):
            lines.append(indented(Text("; ".join(map(_rule, s.rules)), style="dim"), 8))
    return lines


def _rule(rule: Rule) -> str:
    when = " and ".join(f"{what} = {seen}" for what, seen in rule.when)
    return f"{'on ' + when if when else 'else'} go to {draw_words(rule.to)}"


def draw_words(mixture: Mixture) -> str:
    """`strike`, or `strike with probability q, restrain with probability 1 - q`."""
    if len(mixture) == 1:
        return mixture[0][0]
    return ", ".join(f"{name} with probability {v}" for name, v in mixture)


def states_table(states: Sequence[GameStateSource], labels: Mapping[str, str]) -> RenderableType:
    """The states of a stochastic game: who moves, what that pays, what follows."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("state", "when", "payoffs", "then"):
        table.add_column(name, overflow="fold", style="bold" if name == "state" else "")
    for s in states:
        shown = s.name
        for c in s.cases:
            when = ", ".join(f"{p} = {a}" for p, a in c.when) or ("" if not s.actions else "otherwise")
            paid = ", ".join(f"{p} {t}" for p, t in zip(labels, c.payoff_texts, strict=True) if t != "0")
            then = "the game ends" if s.absorbing else c.to_text + (", at once" if s.instant else "")
            table.add_row(shown, when, paid or "nothing", then)
            shown = ""
    return table


def stage_lines(model: Model, stage: RenderableType | None) -> RenderableType:
    """The stage or the states, with where play begins; `stage` is the stage's matrix or tree."""
    time = model.source.repeated
    assert time is not None
    if stage is not None:
        return stage
    labels = {p.name: p.label for p in model.source.players}
    who = [f"{n} is {label}" for n, label in labels.items() if label and label != n]
    note = "; ".join([f"play begins in {time.initial}", *who])
    return Group(states_table(time.states, labels), Text(note, style="dim"))
