"""The listed profiles of a repeated or stochastic game, each with the regions where it is an equilibrium.

A repeated game has more equilibria than can be listed, so the scope is the profiles that were asked about,
and the result says so.  Nash and subgame-perfect regions differ and both are given; where a profile is
nowhere subgame perfect, the first state and player that fail everywhere are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from deterrence.algebra.brief import brief
from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import NOWHERE, Region
from deterrence.algebra.short import remark
from deterrence.algebra.value import Value, number
from deterrence.errors import OutOfScope, UnknownName, expect
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.games.unrolled import unrolled
from deterrence.solve.atlas import Completeness
from deterrence.solve.critical import Critical, critical_discount
from deterrence.solve.process import Process, process
from deterrence.solve.stability import Condition, first_failure, one_shot, plans, where_all


@dataclass(frozen=True)
class Tested:
    """A profile with its regions; None with a note where a concept does not apply or is out of reach.

    `critical` has the least discount factor by player, for subgame perfection (perfect public equilibrium
    under public monitoring) where that holds somewhere, else for Nash.  `payoffs` are expected at the start.
    `remarks` say which of the regions are too long to be tidied, each with a point in it if one was found.
    """

    profile: Profile
    nash: Region | None
    subgame_perfect: Region | None
    critical: tuple[tuple[str, Critical | None], ...]
    fails_at: Condition | None
    payoffs: tuple[tuple[str, Value], ...]
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Tested({self.id}: Nash {brief(self.nash)}, subgame perfect {brief(self.subgame_perfect)})"

    @property
    def id(self) -> str:
        """The profile's id."""
        return self.profile.id


@dataclass(frozen=True)
class Standing:
    """What a profile is at an exact point; None where its region is not known."""

    id: str
    nash: bool | None
    subgame_perfect: bool | None
    payoffs: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class ProfileAtlas:
    """The listed profiles of a game, tested; the scope is that list."""

    game: RepeatedGame
    tested: tuple[Tested, ...]
    complete: Completeness

    def __repr__(self) -> str:
        """A line for each profile, as for an atlas."""
        perfect = "perfect public" if self.game.monitoring is not None else "subgame perfect"
        head = f"ProfileAtlas: {len(self.tested)} listed profiles of {', '.join(self.game.names)}"
        lines = [f"{t.id}  Nash {brief(t.nash)}; {perfect} {brief(t.subgame_perfect)}" for t in self.tested]
        return "\n  ".join([head, *lines])

    @property
    def domain(self) -> Domain:
        """The parameters and assumptions."""
        return self.game.domain

    def __iter__(self) -> Iterator[Tested]:
        return iter(self.tested)

    def at(self, point: Mapping[str, object] | None = None, **values: object) -> tuple[Standing, ...]:
        """Which profiles are equilibria at an exact point, with their payoffs there.

        Values are ints, Fractions or text such as "1/2".  Raises DomainError outside the domain, UnknownName
        and InexactNumber.
        """
        return standings(self, self.domain.point({**(point or {}), **values}))

    def __getitem__(self, identifier: str) -> Tested:
        for t in self.tested:
            if t.id == identifier:
                return t
        raise UnknownName("profile", identifier, (t.id for t in self.tested))


def standings(atlas: ProfileAtlas, point: Mapping[str, Fraction]) -> tuple[Standing, ...]:
    """Which of the listed profiles are equilibria at a point that gives every parameter, in their order."""

    def there(region: Region | None) -> bool | None:
        return None if region is None else region.contains(point)

    return tuple(
        Standing(t.id, there(t.nash), there(t.subgame_perfect), tuple((p, v.at(point)) for p, v in t.payoffs))
        for t in atlas.tested
    )


def listed_profiles(game: RepeatedGame) -> ProfileAtlas:
    """Every listed profile, tested for Nash and subgame perfection by region.

    Raises GameError where a strategy does not fit the game.
    """
    expect("listed_profiles", game, RepeatedGame)
    tested = tuple(_tested(game, p) for p in game.profiles)
    complete = Completeness("not claimed", "listed profiles", "each profile of the list", "not claimed")
    return ProfileAtlas(game, tested, complete)


@lru_cache(maxsize=512)
def process_of(game: RepeatedGame, identifier: str) -> Process:
    """The process of a listed profile under the game's noise and monitoring; round by round where it ends."""
    if game.rounds is not None:
        game = unrolled(game)
    profile = game.profile(identifier)
    return process(
        game.game,
        dict(profile.strategies),
        game.error,
        misperception=game.misperception,
        monitoring=game.monitoring,
    )


def _tested(game: RepeatedGame, profile: Profile) -> Tested:
    p = process_of(game, profile.id)
    notes: list[str] = []
    perfect, shots = _region(p, one_shot, notes)
    nash, _ = _region(p, plans, notes)
    fails = first_failure(p, shots) if perfect == NOWHERE else None
    best = perfect if perfect not in (None, NOWHERE) else nash
    critical = tuple((n, _critical(game, n, best)) for n in game.names)
    given = game.domain.given
    remarks = [
        f"{name}: {said}"
        for name, region in (("Nash", nash), ("subgame perfect", perfect))
        if region is not None and (said := remark(region, given))
    ]
    payoffs = _payoffs(game, p)
    return Tested(
        profile, nash, perfect, critical, fails, payoffs, tuple(dict.fromkeys(notes)), tuple(remarks)
    )


def _region(
    p: Process, conditions: Callable[[Process], list[Condition]], notes: list[str]
) -> tuple[Region | None, list[Condition]]:
    try:
        found = conditions(p)
    except OutOfScope as stop:
        notes.append(str(stop))
        return None, []
    return where_all(p, found), found


def _critical(game: RepeatedGame, player: str, region: Region | None) -> Critical | None:
    factor = game.game.discounts[game.names.index(player)]
    names = sorted(factor.names)
    if region is None or len(names) != 1 or str(factor) != names[0]:
        return None
    return critical_discount(region, names[0], game.domain.given)


def _payoffs(game: RepeatedGame, p: Process) -> tuple[tuple[str, Value], ...]:
    found = []
    for name, factor in zip(game.names, game.game.discounts, strict=True):
        total = p.values(name)[p.start]
        found.append((name, total * (number(1) - factor) if game.averaged else total))
    return tuple(found)
