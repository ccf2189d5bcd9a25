"""Weak renegotiation-proofness: subgame perfect, and no continuation that everybody would trade for another.

After any history the players could agree to forget it and go on as the profile says after another one.  They
all want to where every one of them is paid strictly more there, and then the threat to punish is not
believed.  A profile is weakly renegotiation-proof where it is subgame perfect and no continuation, on the
path or off it, is so dominated by another [FarrellMaskin1989], [vanDamme1989].  In a stochastic game
continuations are compared in the same state of the game, since only those are open to the players there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from deterrence.algebra.decide import prover
from deterrence.algebra.region import NOWHERE, Region, all_of, complement
from deterrence.algebra.short import is_long, settled_sign, tidy_short
from deterrence.algebra.value import Value
from deterrence.errors import expect
from deterrence.games.repeated import RepeatedGame
from deterrence.solve.process import Joint, Process
from deterrence.solve.profiles import process_of
from deterrence.solve.stability import one_shot, where_all


@dataclass(frozen=True)
class Renegotiation:
    """Where the profile is subgame perfect and everybody, at one joint state, would rather be at another."""

    state: Joint
    better: Joint
    where: Region


@lru_cache(maxsize=512)
def renegotiations(game: RepeatedGame, profile_id: str) -> tuple[Renegotiation, ...]:
    """The continuations of a profile that others dominate somewhere, each with the region where that is so.

    Continuations with equal payoffs count once.  Raises UnknownName for a profile that is not listed, and
    OutOfScope with perception errors, under which players do not know what continuation they are in.
    """
    expect("renegotiations", game, RepeatedGame)
    p = process_of(game, profile_id)
    given = game.domain.given
    perfect = _perfect(game, profile_id)
    ask = prover(given)
    found = []
    for here, there in permutations(_continuations(p), 2) if perfect != NOWHERE else ():
        if here[0] != there[0]:
            continue
        gains = [p.values(n)[there] - p.values(n)[here] for n in game.names]
        better = [settled_sign(v, ">", given, defined=not p.divides_in_payoffs) for v in gains]
        where = all_of((perfect, *better))
        if is_long(where) or ask.satisfiable(where) is not False:
            where = tidy_short(where, given)
            if where != NOWHERE:
                found.append(Renegotiation(here, there, where))
    return tuple(found)


def renegotiation_proof(game: RepeatedGame, profile_id: str) -> Region:
    """Where a listed profile is weakly renegotiation-proof.  Raises as `renegotiations`.

    >>> from deterrence.games.normal import NormalForm, found_domain
    >>> from deterrence.games.repeated import Profile
    >>> from deterrence.games.stochastic import repeated
    >>> from deterrence.games.strategies import Actions, contrite_tit_for_tat, grim
    >>> from deterrence.algebra.value import variable
    >>> d, a = variable("d"), Actions("C", "D", "C", "D")
    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> profiles = [Profile(s.name, (("row", s), ("column", s))) for s in (grim(a), contrite_tit_for_tat(a))]
    >>> domain = found_domain([[d]], ["0 < d", "d < 1"])
    >>> game = RepeatedGame(repeated(pd, (d, d), domain), tuple(profiles))
    >>> print(renegotiation_proof(game, "grim"), "|", renegotiation_proof(game, "contrite-tit-for-tat"))
    false | d >= 2/3
    """
    expect("renegotiation_proof", game, RepeatedGame)
    perfect = _perfect(game, profile_id)
    kept = (complement(r.where) for r in renegotiations(game, profile_id))
    return tidy_short(all_of((perfect, *kept)), game.domain.given)


@lru_cache(maxsize=512)
def _perfect(game: RepeatedGame, profile_id: str) -> Region:
    p = process_of(game, profile_id)
    return where_all(p, one_shot(p))


def _continuations(p: Process) -> list[Joint]:
    """The joint states, one for each vector of payoffs in each state of the game."""
    first: dict[tuple[str, tuple[Value, ...]], Joint] = {}
    for here in p.states:
        first.setdefault((here[0], tuple(p.values(n)[here] for n in p.game.names)), here)
    return list(first.values())
