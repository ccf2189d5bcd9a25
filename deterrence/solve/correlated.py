"""Correlated equilibria: lotteries over joint play from which nobody gains by disobeying a recommendation.

A referee draws a profile and tells each player its own action only.  The lottery is a correlated equilibrium
where, given what it is told, no player gains by doing something else [Aumann1974], [Aumann1987].  The
conditions are linear in the probabilities, so for numbers they cut out a polytope, and with symbols each
named lottery is an equilibrium on an exact region of the parameters.  Every Nash equilibrium is one of these.

Any number of players and actions.  `correlated_values` has the best and worst of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.reading import Reading, fresh_name, read_region
from deterrence.algebra.region import Region, all_of, names_of
from deterrence.algebra.short import settled_sign
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, number, sign_region, variable
from deterrence.errors import GameError, UnknownName, expect
from deterrence.games.normal import NormalForm, PureProfile, entry
from deterrence.solve.nash import consistent

Lottery = Mapping[PureProfile, Any]


@dataclass(frozen=True)
class Obedience:
    """What a player gains on average by doing `instead` whenever it is told `told`."""

    player: str
    told: str
    instead: str
    gain: Value


@dataclass(frozen=True)
class Correlated:
    """All correlated equilibria of a game: the name of each profile's probability, and their conditions.

    `region` is about the game's parameters and these names together.
    """

    game: NormalForm
    chances: tuple[tuple[PureProfile, str], ...]
    obedience: tuple[Obedience, ...]
    region: Region

    def __repr__(self) -> str:
        names = ", ".join(name for _, name in self.chances)
        return f"Correlated({names}: {len(self.obedience)} conditions)"


def correlated(game: NormalForm) -> Correlated:
    """The conditions for a lottery over the game's profiles to be a correlated equilibrium.

    Raises DomainError for contradictory assumptions or denominators that may be zero.

    >>> game = NormalForm.from_arrays([[6, 2], [7, 0]], [[6, 7], [2, 0]],
    ...     actions=[["swerve", "drive"], ["swerve", "drive"]])
    >>> found = correlated(game)
    >>> for o in found.obedience[:2]:
    ...     print(f"{o.player} told {o.told}, does {o.instead}: {o.gain}")
    row told swerve, does drive: q_swerve_swerve - 2*q_swerve_drive
    row told drive, does swerve: 2*q_drive_drive - q_drive_swerve
    """
    expect("correlated", game, NormalForm)
    ask = consistent(game)
    taken = set(game.domain.names)
    chances = []
    for profile in game.profiles():
        name = fresh_name("_".join(("q", *profile)), taken)
        taken.add(name)
        chances.append((profile, name))
    lottery = {profile: variable(name) for profile, name in chances}
    listed = tuple(obedience(game, lottery))
    region = all_of((_is_lottery(lottery), *(settled_sign(o.gain, "<=", ask.given, True) for o in listed)))
    return Correlated(game, tuple(chances), listed, region)


def is_correlated(game: NormalForm, lottery: Lottery, given: Iterable[str | Region] = ()) -> Region:
    """Where a lottery is a correlated equilibrium: a region of the game's parameters and its own.

    `lottery` has a probability for each profile that can be drawn: a number, text or SymPy expression, which
    may use names that the game lacks; `given` are assumptions on those.  Raises UnknownName for a profile
    that the game lacks, GameError, ExpressionError, DomainError for contradictory assumptions.

    >>> game = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
    ...     actions=[["C", "D"], ["C", "D"]], assumptions=["T > R", "R > S", "S > P"])
    >>> light = {("C", "C"): "u", ("C", "D"): "w", ("D", "C"): "w"}
    >>> print(is_correlated(game, light, ["u + 2*w == 1", "u >= 0", "w >= 0"]))
    R*u + S*w >= P*w + T*u
    """
    expect("is_correlated", game, NormalForm)
    drawn = {profile: number(0) for profile in game.profiles()}
    for profile, chance in lottery.items():
        if tuple(profile) not in drawn:
            raise UnknownName("profile", shown(profile), map(shown, drawn))
        drawn[tuple(profile)] = entry(chance)
    ask = _premises(game, given)
    gains = (settled_sign(o.gain, "<=", ask.given) for o in obedience(game, drawn))
    return tidy(all_of((_is_lottery(drawn), *gains)), ask.given)


def obedience(game: NormalForm, lottery: Mapping[PureProfile, Value]) -> Iterable[Obedience]:
    """Every way for a player to disobey, with what it gains under a lottery, counted before the draw."""
    for i, player in enumerate(game.players):
        for told in player.actions:
            for instead in player.actions:
                if instead == told:
                    continue
                gain = number(0)
                for profile, chance in lottery.items():
                    if profile[i] == told and not chance.is_zero:
                        changed = (*profile[:i], instead, *profile[i + 1 :])
                        better = game.payoff(changed, player.name) - game.payoff(profile, player.name)
                        gain = gain + chance * better
                yield Obedience(player.name, told, instead, gain)


def shown(profile: Iterable[object]) -> str:
    """A profile as text.

    >>> shown(("swerve", "drive"))
    '(swerve, drive)'
    """
    return f"({', '.join(map(str, profile))})"


def _is_lottery(chances: Mapping[PureProfile, Value]) -> Region:
    total = number(0)
    for chance in chances.values():
        total = total + chance
    return all_of((*(sign_region(c, ">=") for c in chances.values()), sign_region(total - number(1), "==")))


def _premises(game: NormalForm, given: Iterable[str | Region]) -> Prover:
    """The prover for the game's assumptions and those on the lottery."""
    own = consistent(game)
    listed = [given] if isinstance(given, str | Region) else list(given)
    regions = [
        read_region(parse_condition(g), Reading(lenient=True)) if isinstance(g, str) else g for g in listed
    ]
    ask = prover(all_of((own.given, *regions)))
    if ask.satisfiable(all_of(())) is False:
        about = ", ".join(sorted({n for r in regions for n in names_of(r)}))
        raise GameError(f"the assumptions on {about} contradict each other or those of the game; drop one")
    return ask
