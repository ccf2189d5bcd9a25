"""Why a profile is, or is not, an equilibrium: what each player would gain by each change of action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.algebra.region import Region, all_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, sign_region
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import NormalForm


@dataclass(frozen=True)
class Deviation:
    """One player's change of action, its gain, and the region where it does not pay."""

    player: str
    action: str
    instead: str
    gain: Value
    deterred_where: Region


def pure_profile(game: NormalForm, choice: Mapping[str, str]) -> tuple[str, ...]:
    """A pure profile from a table of player to action, checked and in player order.

    Raises UnknownName and GameError.
    """
    for player, action in choice.items():
        actions = game.player(player).actions
        if action not in actions:
            raise UnknownName(f"action of {player}", action, actions)
    missing = [n for n in game.names if n not in choice]
    if missing:
        raise GameError(f"no action given for {', '.join(missing)}; name one action for every player")
    return tuple(choice[n] for n in game.names)


def deviations(game: NormalForm, profile: tuple[str, ...]) -> tuple[Deviation, ...]:
    """Every unilateral change from a pure profile, with the change in the deviator's payoff.

    >>> game = NormalForm.from_profiles({"us": ["strike", "wait"]}, {("strike",): ["b - c"], ("wait",): [0]})
    >>> [str(d.gain) for d in deviations(game, ("wait",))]
    ['b - c']
    """
    found = []
    for i, player in enumerate(game.players):
        for action in player.actions:
            if action == profile[i]:
                continue
            other = (*profile[:i], action, *profile[i + 1 :])
            gain = game.payoff(other, player.name) - game.payoff(profile, player.name)
            region = tidy(sign_region(gain, "<="), game.domain.given)
            found.append(Deviation(player.name, profile[i], action, gain, region))
    return tuple(found)


def equilibrium_region(game: NormalForm, profile: tuple[str, ...]) -> Region:
    """Where no player gains by leaving a pure profile: it is a Nash equilibrium exactly there."""
    return tidy(all_of(d.deterred_where for d in deviations(game, profile)), game.domain.given)
