"""Strategies, profiles, games over time and how players err and observe, in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from deterrence.errors import OutOfScope
from deterrence.games.automata import Automaton, AutomatonState, Mixture, Rule
from deterrence.games.monitoring import Monitoring, SignalCase
from deterrence.games.repeated import Noise, Profile, RepeatedGame
from deterrence.games.strategy_parts import Actions
from deterrence.show.html_parts import fraction_html, table_html, value_html
from deterrence.show.matrix_html import matrix_html
from deterrence.show.stability_sentences import profile_words
from deterrence.show.states import states_html
from deterrence.solve.individual_rationality import stage_of
from deterrence.solve.process import Joint, Process
from deterrence.solve.round_by_round import Round


def automaton_html(made: Automaton) -> str:
    """A strategy as a table: in each state what it plays, and where it goes on seeing what."""
    return f"<p>Strategy <b>{escape(made.name)}</b></p>" + table_html(
        ["in the state", "plays", "then"], [_state(s, s.name == made.initial) for s in made.states], "th"
    )


def automaton_state_html(state: AutomatonState) -> str:
    """One state of a strategy."""
    return table_html(["in the state", "plays", "then"], [_state(state, False)], "th")


def _state(state: AutomatonState, first: bool) -> list[str]:
    name = f"{escape(state.name)} (begins here)" if first else escape(state.name)
    play = "<br>".join(f"{draw_html(m)} in {escape(at)}" if at else draw_html(m) for at, m in state.play)
    return [name, play or "nothing", "<br>".join(map(rule_html, state.rules))]


def rule_html(rule: Rule) -> str:
    """A rule for the next state, in words."""
    when = " and ".join(f"{escape(what)} = {escape(seen)}" for what, seen in rule.when)
    return f"{'after ' + when if when else 'otherwise'} go to {draw_html(rule.to)}"


def draw_html(mixture: Mixture) -> str:
    """`strike`, or each action with its probability."""
    if len(mixture) == 1:
        return f"<b>{escape(mixture[0][0])}</b>"
    return ", ".join(f"<b>{escape(name)}</b> with probability {value_html(v)}" for name, v in mixture)


def actions_html(actions: Actions) -> str:
    """Which actions cooperate and which defect."""
    rows = [
        ["its own", escape(actions.cooperate), escape(actions.defect)],
        ["the other's", escape(actions.other_cooperate), escape(actions.other_defect)],
    ]
    return table_html(["", "cooperates", "defects"], rows, "th")


def profile_of_strategies_html(profile: Profile) -> str:
    """Who plays which strategy, and each strategy written out once."""
    label = f" ({escape(profile.label)})" if profile.label else ""
    played = "; ".join(f"{escape(p)} plays {escape(a.name)}" for p, a in profile.strategies)
    distinct = {a: None for _, a in profile.strategies}
    return f"<p><b>{escape(profile.id)}</b>{label}: {played}</p>" + "".join(map(automaton_html, distinct))


def noise_html(noise: Noise) -> str:
    """The kind of error and its rate."""
    does = {
        "implementation": "an action differs from what was meant, and everybody sees it",
        "perception": "a player sees another action than was taken",
    }
    return f"<p>Errors of {noise.kind} at the rate {value_html(noise.rate)}: {does[noise.kind]}.</p>"


def monitoring_html(found: Monitoring) -> str:
    """What the public signal is after which actions."""
    return "<p>A public signal instead of the actions</p>" + table_html(
        ["after", "the signal is"], [_signal(c) for c in found.cases]
    )


def signal_case_html(case: SignalCase) -> str:
    """One case of a public signal."""
    return table_html(["after", "the signal is"], [_signal(case)])


def _signal(case: SignalCase) -> list[str]:
    when = ", ".join(f"{p} = {a}" for p, a in case.when) or "anything else"
    return [escape(when), draw_html(case.signal)]


def repeated_html(game: RepeatedGame) -> str:
    """The states or the stage, how patient the players are, errors and signals, and the listed profiles."""
    parts = [_stage(game), f"<p>{_patience(game)}</p>"]
    if game.rounds is not None:
        parts.append(f"<p>The game ends after {game.rounds} rounds.</p>")
    if game.noise is not None:
        parts.append(noise_html(game.noise))
    if game.monitoring is not None:
        parts.append(monitoring_html(game.monitoring))
    if game.profiles:
        rows = [[f"<b>{escape(p.id)}</b>", escape(profile_words(p, game))] for p in game.profiles]
        parts.append(table_html(["profile", "who plays what"], rows))
    return "".join(parts)


def _stage(game: RepeatedGame) -> str:
    """The payoff table of a stage that is repeated, else the states."""
    try:
        return matrix_html(stage_of(game))
    except OutOfScope:
        return states_html(game.game)


def _patience(game: RepeatedGame) -> str:
    factors = dict.fromkeys(game.game.discounts)
    if not factors:
        return "Nobody moves."
    if len(factors) == 1:
        return f"A round later counts {value_html(next(iter(factors)))} times as much, for everybody."
    each = ", ".join(
        f"{escape(p)} {value_html(v)}" for p, v in zip(game.names, game.game.discounts, strict=True)
    )
    return f"A round later counts, times as much: {each}."


def process_html(play: Process) -> str:
    """The joint states that play can reach as intended, and with which probability each follows."""
    rows = []
    todo, known = [play.start], {play.start: None}
    while todo:
        here = todo.pop(0)
        after = play.moves[here].to
        for to, _ in after:
            if to not in known:
                known[to] = None
                todo.append(to)
        start = " (begins here)" if here == play.start else ""
        follows = [f"{escape(_joint(to, play))} {value_html(chance)}" for to, chance in after]
        rows.append([escape(_joint(here, play)) + start, "<br>".join(follows) or "the end"])
    return table_html(["in", "then, with probability"], rows, "th")


def _joint(here: Joint, play: Process) -> str:
    """A joint state: the game's, where there are several, and whose state of mind can change."""
    minds = [
        f"{player}: {mind}"
        for player, made, mind in zip(play.game.names, play.automata, here[1], strict=True)
        if len(made.states) > 1
    ]
    return "; ".join([here[0], *minds] if len(play.game.states) > 1 or not minds else minds)


def course_html(rounds: Sequence[Mapping[str, str]]) -> str:
    """Who does what in each round."""
    players = list(dict.fromkeys(player for actions in rounds for player in actions))
    rows = [
        [str(number), *(escape(actions.get(player, "")) for player in players)]
        for number, actions in enumerate(rounds, start=1)
    ]
    return table_html(["round", *map(escape, players)], rows, "th")


def rounds_html(rounds: Sequence[Round]) -> str:
    """The shares of each action by round, of peace, and of play that is over."""
    spots = list(dict.fromkeys(spot for r in rounds for spot, _ in r.shares))
    several = len({state for state, _ in spots}) > 1
    head = ["round", *(escape(f"{player} in {state}" if several else player) for state, player in spots)]
    head += ["peace", "over"]
    rows = []
    for number, r in enumerate(rounds, start=1):
        shares = dict(r.shares)
        row = [
            ", ".join(f"{escape(a)} {fraction_html(x)}" for a, x in shares.get(spot, ()) if x)
            for spot in spots
        ]
        peace = "" if r.peace is None else fraction_html(r.peace)
        rows.append([str(number), *row, peace, fraction_html(r.over)])
    return table_html(head, rows, "th")
