"""The course of play, round by round: who does what when nobody errs but where one says so.

One path, not an average over paths: slips (a player does what it does not mean to, and everybody sees what
was done) and misreadings (a player takes another's action for a different one) happen in the given rounds and
in no others.  For play that leaves nothing to chance otherwise.  Source: [MailathSamuelson2006] for automata.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from deterrence.algebra.value import Value
from deterrence.errors import GameError, OutOfScope, UnknownName
from deterrence.games.automata import STATE
from deterrence.games.repeated import RepeatedGame
from deterrence.solve.process import Process
from deterrence.solve.profiles import process_of

Slips = Mapping[int, Mapping[str, str]]
Misreadings = Mapping[int, Mapping[str, Mapping[str, str]]]
_NOBODY: dict[int, dict[str, str]] = {}
_NOTHING: dict[int, dict[str, dict[str, str]]] = {}


def course(
    game: RepeatedGame,
    profile: str,
    rounds: int,
    *,
    slips: Slips = _NOBODY,
    misreadings: Misreadings = _NOTHING,
) -> tuple[dict[str, str], ...]:
    """The actions of a listed profile in each of the first rounds, by player.

    `slips` says by round (the first is 1) and player what is done instead of what is meant; `misreadings` by
    round, player and other player for what that player takes the other's action.  The game's own noise plays
    no part.  In a game of several states each visit to a state counts as a round, and the course ends where
    play is absorbed.

    Raises GameError for a number of rounds below one or an error outside them, UnknownName for a profile,
    player or action, OutOfScope for mixed actions, chance, and signals in place of actions.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.games.repeating import repeat
    >>> who = {"players": ["North", "South"], "actions": [["hold", "attack"]] * 2}
    >>> stage = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], **who)
    >>> game = repeat(stage, "delta", {"tit-for-tat": "tit-for-tat"})
    >>> for actions in course(game, "tit-for-tat", 3, slips={2: {"North": "attack"}}):
    ...     print(actions)
    {'North': 'hold', 'South': 'hold'}
    {'North': 'attack', 'South': 'hold'}
    {'North': 'hold', 'South': 'attack'}
    """
    if rounds < 1:
        raise GameError(f"a course of {rounds} rounds; give a number of one or more")
    outside = sorted({*slips, *misreadings} - set(range(1, rounds + 1)))
    if outside:
        raise GameError(f"an error in round {outside[0]}, but the course has the rounds 1 to {rounds}")
    p = process_of(game, profile)
    if p.monitoring is not None:
        raise OutOfScope("a course needs actions that are seen; under a public signal it is left to chance")
    for number, readers in misreadings.items():
        for name in readers:
            if name not in p.game.names:
                raise UnknownName("player", name, p.game.names, f"misreadings, round {number}")
    here, done = p.start, []
    for number in range(1, rounds + 1):
        state = p.game.state(here[0])
        if state.absorbing:
            break
        actions = {
            name: _sure(mixture, f"{name} in round {number}") for name, mixture in p.intended(here).items()
        }
        for name, action in slips.get(number, {}).items():
            _known(p, here[0], name, action, f"slips, round {number}")
            actions[name] = action
        done.append(actions)
        minds = []
        for name, automaton, mind in zip(p.game.names, p.automata, here[1], strict=True):
            seen = {**actions}
            for other, action in misreadings.get(number, {}).get(name, {}).items():
                _known(p, here[0], other, action, f"misreadings, round {number}")
                if other == name:
                    raise GameError(f"misreadings, round {number}: {name} knows what it did itself")
                seen[other] = action
            after = automaton.following(mind, {STATE: state.name, **seen})
            minds.append(_sure(after, f"the strategy of {name} after round {number}"))
        here = (_sure(state.case(actions).to, f"the game after round {number}"), tuple(minds))
    return tuple(done)


def _sure(draw: Collection[tuple[str, Value]], where: str) -> str:
    """What a draw gives for sure; OutOfScope where it is left to chance."""
    likely = [name for name, chance in draw if not chance.is_zero]
    if len(likely) != 1:
        raise OutOfScope(
            f"{where} is left to chance, between {' and '.join(likely)}; the long run is in shares of rounds"
        )
    return likely[0]


def _known(p: Process, state: str, player: str, action: str, where: str) -> None:
    """Raises UnknownName for a player who does not move in a state, or an action that it lacks there."""
    actions = dict(p.game.state(state).actions)
    if player not in actions:
        raise UnknownName("player who moves", player, actions, where)
    if action not in actions[player]:
        raise UnknownName(f"action of {player}", action, actions[player], where)
