"""Which listed strategies can invade which: evolutionary and neutral stability, by region.

In a symmetric game, for a strategy that both players play: a rare mutant can invade the resident where it
earns more against the resident than the resident does, or as much, and then more against itself than the
resident earns against it [MaynardSmith1982].  A mutant that earns the same in both encounters is neutral: it
does not invade, but may drift in.  Where roles differ, or the players play different strategies, what counts
is a change by one player against the others' strategies; evolutionary stability is then that every such
change pays strictly less [Selten1980].  All this is within the list of the game's profiles: a strategy
outside it may do better.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from deterrence.algebra.region import Region, all_of, any_of, complement
from deterrence.algebra.short import settled_sign, tidy_short
from deterrence.algebra.value import Value, number
from deterrence.errors import OutOfScope, expect
from deterrence.games.repeated import RepeatedGame
from deterrence.games.roles import in_role
from deterrence.games.unrolled import endless
from deterrence.solve.contests import contest, is_shared, rivals
from deterrence.solve.profiles import process_of

_TERMS = 80  # one mutant's condition in symbols only; with errors of a symbolic rate they are longer by far


@dataclass(frozen=True)
class Invasion:
    """Where a mutant can invade a resident profile, and where it is neutral: neither better nor worse.

    `player` is the one who changes to the mutant, and empty in a symmetric contest, where either may.
    """

    resident: str
    mutant: str
    where: Region
    neutral: Region
    player: str = ""


@lru_cache(maxsize=512)
def invasions(game: RepeatedGame, profile_id: str) -> tuple[Invasion, ...]:
    """Every other listed strategy as a mutant against a profile, with the regions where it gets in.

    Strategies of the list that play like the resident's own are left out.  Raises UnknownName for a profile
    that is not listed, GameError for a strategy that does not fit, OutOfScope where symmetry is undecided.
    """
    expect("invasions", game, RepeatedGame)
    game = endless(game)
    found = []
    given = game.domain.given
    defined = not process_of(game, profile_id).divides_in_payoffs
    for player, mutant, first, second in _gains(game, profile_id):
        better, level = (settled_sign(first, relation, given, defined) for relation in (">", "=="))
        then_better, then_level = (settled_sign(second, relation, given, defined) for relation in (">", "=="))
        where = tidy_short(any_of((better, all_of((level, then_better)))), given, _TERMS)
        neutral = tidy_short(all_of((level, then_level)), given, _TERMS)
        found.append(Invasion(profile_id, mutant, where, neutral, player))
    return tuple(found)


def _gains(game: RepeatedGame, profile_id: str) -> list[tuple[str, str, Value, Value]]:
    """By player and mutant, what the mutant gains against the resident, and in the second encounter.

    The second, which matters where the first is nothing, is zero where roles differ.
    """
    profile = game.profile(profile_id)
    own = tuple(profile.strategy(n) for n in game.names)
    base = contest(game, own)
    found = []
    if is_shared(game, profile_id):
        role = game.names[0]
        for mutant in rivals(game, profile_id, role):
            # by symmetry one pairing tells what either earns against the other
            entrant, resident = contest(game, (mutant.strategy, own[1]))
            pair = (mutant.strategy, in_role(mutant.strategy, role, game.names[1], game.names))
            among = contest(game, pair)[0]
            found.append(("", mutant.name, entrant - base[0], among - resident))
        return found
    for i, player in enumerate(game.names):
        for mutant in rivals(game, profile_id, player):
            changed = (*own[:i], mutant.strategy, *own[i + 1 :])
            gain = contest(game, changed)[i] - base[i]
            found.append((player, mutant.name, gain, number(0)))
    return found


def uninvaded(game: RepeatedGame, profile_id: str) -> Region:
    """Where no listed strategy can invade the profile.

    That is neutral stability in the list where both players of a symmetric game play the same strategy, and
    strict equilibrium in the list elsewhere.  Raises as `invasions`.

    >>> from deterrence.games.normal import NormalForm, found_domain
    >>> from deterrence.games.repeated import Profile
    >>> from deterrence.games.stochastic import repeated
    >>> from deterrence.games.strategies import Actions, always_defect, tit_for_tat
    >>> from deterrence.algebra.value import variable
    >>> d, a = variable("d"), Actions("C", "D", "C", "D")
    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> profiles = [Profile(s.name, (("row", s), ("column", s))) for s in (always_defect(a), tit_for_tat(a))]
    >>> domain = found_domain([[d]], ["0 < d", "d < 1"])
    >>> game = RepeatedGame(repeated(pd, (d, d), domain), tuple(profiles))
    >>> print(uninvaded(game, "tit-for-tat"), "|", uninvaded(game, "always-defect"))
    d > 1/2 | true
    """
    expect("uninvaded", game, RepeatedGame)
    game = endless(game)
    if is_shared(game, profile_id):
        return neutrally_stable(game, profile_id)
    return evolutionarily_stable(game, profile_id)


def neutrally_stable(game: RepeatedGame, profile_id: str) -> Region:
    """Where no listed strategy can invade one that both players play; neutral mutants may drift in.

    Raises OutOfScope where the roles differ or the players play different strategies; else as `invasions`.
    """
    if not is_shared(endless(game), profile_id):
        raise OutOfScope(
            "neutral stability is for a strategy that both players of a symmetric game play; in "
            f"{profile_id} roles or strategies differ, so ask for evolutionary stability"
        )
    found = invasions(game, profile_id)
    return tidy_short(all_of(complement(i.where) for i in found), game.domain.given)


def evolutionarily_stable(game: RepeatedGame, profile_id: str) -> Region:
    """Where every other listed strategy fares worse against the profile: an ESS within the list.

    Where the roles differ or the players play different strategies: a strict equilibrium within the list.
    Raises as `invasions`.
    """
    expect("evolutionarily_stable", game, RepeatedGame)
    found = invasions(game, profile_id)
    repelled = all_of(all_of((complement(i.where), complement(i.neutral))) for i in found)
    return tidy_short(repelled, game.domain.given)
