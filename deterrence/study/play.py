"""Claims about a listed profile of a repeated or stochastic game, or about a chain: decided like all others.

`is` asks where a profile is an equilibrium of a kind, `holds` about what it leads to: `payoff(player)` at the
start, `share(condition)` of rounds in the long run, `recovery()` in rounds from one error in the first round
until play is on its path again, `absorb(state)` as a probability, `steps()` as the expected number of rounds
until play is absorbed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import prover
from deterrence.algebra.reading import Cases, Reading, read_region
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.value import Value, number
from deterrence.algebra.verdicts import Undecided, Vacuous, Verdict
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.repeated import EQUILIBRIA, RepeatedGame
from deterrence.solve.invasion import uninvaded
from deterrence.solve.long_run import ending, recovery, rounds_to_end
from deterrence.solve.process import Process, process
from deterrence.solve.profiles import process_of
from deterrence.solve.renegotiation import renegotiation_proof
from deterrence.solve.rounds import Done, round_share
from deterrence.solve.stability import one_shot, plans, where_all
from deterrence.study.claims import settle


@dataclass(frozen=True)
class PlayQuestion:
    """A claim about play: `is_` names an equilibrium concept, else `predicate` is a condition.

    `profile` is a listed profile's id, empty for a chain; without `noise` errors are left out, and `start` is
    a state to begin from instead of the game's own.
    """

    profile: str = ""
    is_: str = ""
    predicate: s.Condition | None = None
    premise: Region = EVERYWHERE
    definitions: Mapping[str, Cases] = field(default_factory=dict)
    noise: bool = True
    start: str = ""


def decide_play(question: PlayQuestion, game: RepeatedGame) -> Verdict:
    """The verdict on a claim about play, with the exact region where it holds.

    Raises UnknownName for a profile, player or state that the game lacks.
    """
    given = game.domain.given
    if prover(given).satisfiable(question.premise) is False:
        return Vacuous("the assumptions and the claim's premise contradict each other")
    try:
        good = play_region(question, game)
    except OutOfScope as stop:
        return Undecided(str(stop))
    return settle(good, all_of((given, question.premise)), game.domain)


def play_region(question: PlayQuestion, game: RepeatedGame) -> Region:
    """The exact set of parameters where the claim is true; OutOfScope where that is out of reach."""
    if not question.noise:
        game = game.without_noise()
    if question.start:
        game = game.starting(question.start)
    if question.is_:
        return profile_region(game, question.profile, question.is_)
    assert question.predicate is not None
    given = all_of((game.domain.given, question.premise))
    reading = Reading(
        given=given,
        ranges=game.domain.given,
        definitions=question.definitions,
        play=lambda node: _quantity(node, game, question.profile),
    )
    return read_region(question.predicate, reading)


@lru_cache(maxsize=512)
def profile_region(game: RepeatedGame, identifier: str, concept: str) -> Region:
    """Where a listed profile is an equilibrium of a kind.

    The kinds: `nash`, `subgame-perfect`, `public-perfect` (with public signals), `markov-perfect`,
    `uninvaded` (by any other strategy of the list) and `renegotiation-proof` (weakly).  Raises UnknownName
    for another, OutOfScope where the concept does not apply.
    """
    p = process_of(game, identifier)
    if concept == "nash":
        return where_all(p, plans(p))
    if concept in ("subgame-perfect", "public-perfect"):
        if (concept == "public-perfect") != (game.monitoring is not None):
            other = "subgame-perfect" if game.monitoring is None else "public-perfect"
            seen = "see each other's actions" if game.monitoring is None else "see a public signal only"
            raise OutOfScope(f"players {seen} in this game; ask whether the profile is {other}")
        return where_all(p, one_shot(p))
    if concept == "markov-perfect":
        for player, automaton in game.profile(identifier).strategies:
            if len(automaton.states) > 1:
                raise OutOfScope(
                    f"{player}'s strategy {automaton.name} depends on more than the state of the game, so "
                    "it is no Markov strategy; ask whether the profile is subgame-perfect"
                )
        return where_all(p, one_shot(p))
    if concept == "uninvaded":
        return uninvaded(game, identifier)
    if concept == "renegotiation-proof":
        return renegotiation_proof(game, identifier)
    raise UnknownName("equilibrium concept", concept, EQUILIBRIA)


def course(game: RepeatedGame, identifier: str) -> Process:
    """The process of a listed profile, or of a chain, in which nobody moves and no profile is needed."""
    if identifier:
        return process_of(game, identifier)
    if game.names:
        raise GameError("this game has players, so name one of its profiles")
    return process(game.game, {})


def endless(game: RepeatedGame) -> None:
    """Raises OutOfScope for a game that ends, which has no long run."""
    if game.rounds is not None:
        rounds = "1 round" if game.rounds == 1 else f"{game.rounds} rounds"
        raise OutOfScope(f"the game ends after {rounds}, so it has no long run")


def _quantity(node: s.Probability | s.PayoffOf | s.LongRun, game: RepeatedGame, identifier: str) -> Value:
    p = course(game, identifier)
    if isinstance(node, s.PayoffOf):
        if node.player not in game.names:
            raise UnknownName("player", node.player, game.names)
        total = p.values(node.player)[p.start]
        factor = game.game.discounts[game.names.index(node.player)]
        return total * (number(1) - factor) if game.averaged else total
    if isinstance(node, s.Probability):
        raise OutOfScope(
            "P(…) is about one move, and in a repeated game that changes; ask for share(player = action)"
        )
    if node.quantity in ("share", "recovery"):
        endless(game)
    if node.quantity == "share":
        assert node.condition is not None
        return round_share(p, lambda done: _true(node.condition, done))
    if node.quantity == "absorb":
        return ending(p, node.name)
    found = recovery(p, node.name or None) if node.quantity == "recovery" else rounds_to_end(p)
    if found is None:
        what = "come back after an error" if node.quantity == "recovery" else "be absorbed"
        raise OutOfScope(f"play may never {what}, so {node.quantity}() is no number")
    return found


def _true(condition: s.Condition | None, done: Done) -> bool:
    """Whether a condition on actions is true of a round; a player who did not move did nothing."""
    match condition:
        case s.Truth(value):
            return value
        case s.Plays(player, action, None):
            return action in done.get(player, ())
        case s.Not(body):
            return not _true(body, done)
        case s.And(parts):
            return all(_true(p, done) for p in parts)
        case s.Or(parts):
            return any(_true(p, done) for p in parts)
    raise OutOfScope("share(…) counts rounds by what players do: join player = action with and, or, not")
