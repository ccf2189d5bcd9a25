"""From a model file's sections on time to a `RepeatedGame`: the game, its profiles, errors and signals.

A repeated model plays the stage that the file has or names, in normal form or as a tree; a stochastic model
has states of its own.  That discount factors lie in 0..1 and that probabilities sum to one is proved here, as
statements about the symbols under the assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases, Reading, read_value
from deterrence.algebra.syntax import Expression
from deterrence.algebra.value import Value
from deterrence.catalogue.pieces import normal_pieces
from deterrence.catalogue.repeated_source import DrawSource, GameStateSource, RepeatedSource, StrategySource
from deterrence.catalogue.source import ModelSource
from deterrence.catalogue.tree_games import tree_pieces
from deterrence.errors import DeterrenceError, Problem
from deterrence.games.automata import Automaton, AutomatonState, Rule, watching
from deterrence.games.monitoring import Monitoring, SignalCase
from deterrence.games.normal import NormalForm, Player
from deterrence.games.repeated import Noise, Profile, RepeatedGame
from deterrence.games.stage_trees import repeated_tree
from deterrence.games.stochastic import Case, GameState, StochasticGame, repeated
from deterrence.games.strategies import Actions, strategy
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.process_checks import check_draws, check_rate


class _Reader:
    """Reads trees under the assumptions and notes faults with their places."""

    def __init__(self, domain: Domain, definitions: Mapping[str, Cases], problems: list[Problem]) -> None:
        self.reading = Reading(given=domain.given, definitions=definitions)
        self.problems = problems

    def value(self, tree: Expression, place: str) -> Value | None:
        try:
            return read_value(tree, self.reading)
        except DeterrenceError as fault:
            self.problems.append(Problem(place, str(fault), "rewrite this expression"))
            return None

    def draw(self, written: DrawSource, place: str) -> tuple[tuple[str, Value], ...]:
        found = ((name, self.value(tree, f"{place}.{name}")) for name, tree in written)
        return tuple((name, v) for name, v in found if v is not None)


def repeated_game(
    source: ModelSource, domain: Domain, definitions: Mapping[str, Cases], problems: list[Problem]
) -> RepeatedGame | None:
    """The game of a repeated or stochastic model; None, and problems noted, on a fault."""
    time = source.repeated
    assert time is not None
    reader = _Reader(domain, definitions, problems)
    discounts = tuple(v for tree in time.discounts if (v := reader.value(tree, "discount")) is not None)
    if problems:
        return None
    try:
        if time.states:
            game = _stochastic(source, time, discounts, domain, reader)
        else:
            game = _repeated(source, discounts, domain, definitions, problems)
        if problems or game is None:
            return None
        return _whole(source, time, game, reader)
    except DeterrenceError as fault:
        problem, _, remedy = str(fault).rpartition("; ")
        problems.append(Problem("the game", problem or remedy, remedy if problem else "mend the model"))
        return None


def _repeated(
    source: ModelSource,
    discounts: tuple[Value, ...],
    domain: Domain,
    definitions: Mapping[str, Cases],
    problems: list[Problem],
) -> StochasticGame | None:
    tree = bool(source.nodes)
    pieces = (tree_pieces if tree else normal_pieces)(source, domain, definitions, problems)
    if problems:
        return None
    if len(pieces) != 1:
        problem = "min, max and abs in the stage give a game for each case"
        remedy = (
            "write the cases as models of their own, each with the condition of its case as an assumption"
        )
        problems.append(Problem("payoffs", problem, remedy))
        return None
    stage = pieces[0][1]
    if isinstance(stage, ExtensiveForm):
        return repeated_tree(stage, discounts, domain)
    assert isinstance(stage, NormalForm)
    return repeated(stage, discounts, domain)


def _stochastic(
    source: ModelSource,
    time: RepeatedSource,
    discounts: tuple[Value, ...],
    domain: Domain,
    reader: _Reader,
) -> StochasticGame | None:
    players = tuple(Player(p.name, p.actions, p.label) for p in source.players)
    states = tuple(_state(s, source, reader) for s in time.states)
    if reader.problems:
        return None
    return StochasticGame(players, states, time.initial, discounts, domain)


def _state(state: GameStateSource, source: ModelSource, reader: _Reader) -> GameState:
    cases = []
    for n, c in enumerate(state.cases, start=1):
        place = f"states.{state.name}" if state.absorbing else f"states.{state.name}.cases[{n}]"
        named = zip(source.players, c.payoffs, strict=True)
        payoffs = [reader.value(t, f"{place}.{p.name}") for p, t in named]
        to = reader.draw(c.to, f"{place}.to")
        cases.append(Case(c.when, tuple(v for v in payoffs if v is not None), to))
    return GameState(state.name, state.actions, tuple(cases), state.instant, state.absorbing)


def _whole(
    source: ModelSource, time: RepeatedSource, game: StochasticGame, reader: _Reader
) -> RepeatedGame | None:
    noise = None
    ask = prover(game.domain.given)
    if time.noise is not None:
        rate = reader.value(time.noise.rate, "noise.rate")
        noise = None if rate is None else Noise(time.noise.kind, rate)
        if rate is not None:
            check_rate("the rate of noise", rate, ask)
    monitoring = None
    if time.monitoring is not None:
        cases = tuple(
            SignalCase(when, reader.draw(signal, f"monitoring.cases[{n}].signal"))
            for n, (when, signal) in enumerate(time.monitoring.cases, start=1)
        )
        monitoring = Monitoring(time.monitoring.signals, cases)
    if reader.problems:
        return None
    if monitoring is not None:
        monitoring.check(game.domain.given)
    profiles = tuple(
        Profile(
            p.id,
            tuple(
                (player, _automaton(time.strategy(name), player, source, time, reader))
                for player, name in p.strategies
            ),
            p.label,
        )
        for p in time.profiles
    )
    if reader.problems:
        return None
    for automaton in dict.fromkeys(a for p in profiles for _, a in p.strategies):
        check_draws(automaton, ask)
    roles = tuple((p.name, *time.roles[p.name]) for p in source.players if p.name in time.roles)
    return RepeatedGame(
        game,
        profiles,
        noise,
        monitoring,
        averaged=not time.states and time.rounds is None,
        roles=roles,
        rounds=time.rounds,
    )


def _automaton(
    written: StrategySource, player: str, source: ModelSource, time: RepeatedSource, reader: _Reader
) -> Automaton:
    """The strategy in the hands of a player; `against` replaces what it calls the other."""
    place = f"strategies.{written.name}"
    if written.builtin is None:
        states = tuple(
            AutomatonState(
                s.name,
                tuple((at, reader.draw(mix, f"{place}.states.{s.name}.play")) for at, mix in s.play),
                tuple(
                    Rule(r.when, reader.draw(r.to, f"{place}.states.{s.name}.next[{n}].to"))
                    for n, r in enumerate(s.rules, start=1)
                ),
            )
            for s in written.states
        )
        made = Automaton(written.name, written.initial, states)
    else:
        others = [p.name for p in source.players if p.name != player]
        other = written.against or (others[0] if others else player)
        own, seen = time.roles[player], time.roles.get(other, time.roles[player])
        options = {
            key: given if isinstance(given, int | str) else reader.value(given, f"{place}.with.{key}")
            for key, given in written.options
        }
        if reader.problems:
            return strategy("always-cooperate", Actions(*own, *seen))
        made = strategy(written.builtin, Actions(*own, *seen), **options)
        made = Automaton(written.name, made.initial, made.states)
    return watching(made, written.against) if written.against else made
