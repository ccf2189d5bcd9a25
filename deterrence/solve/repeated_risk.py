"""Risk dominance between two profiles of a repeated game: which is the safer to play, by region.

Only the two strategies that each player has in these profiles are in play, which makes a game of two by two
with discounted payoffs.  A profile that is an equilibrium of it risk-dominates the other where that is none,
or where the product of what the players lose by leaving it alone is the larger [HarsanyiSelten1988].  Where
roles and strategies are the same, that is: against a partner who plays either with probability one half, it
is the better reply.  For cooperation by grim or tit-for-tat against defection this is the threshold of
[BlonskiOckenfelsSpagnolo2011] and [DalBoFrechette2011].
"""

from __future__ import annotations

from deterrence.algebra.region import Region, all_of, any_of
from deterrence.algebra.short import settled_sign, tidy_short
from deterrence.algebra.value import Value
from deterrence.errors import GameError, OutOfScope, expect
from deterrence.games.repeated import RepeatedGame
from deterrence.games.unrolled import endless
from deterrence.solve.contests import contest, is_shared
from deterrence.solve.profiles import process_of


def profile_risk_dominates(game: RepeatedGame, one: str, other: str, *, strict: bool = True) -> Region:
    """Where the profile `one` risk-dominates the profile `other`, both given by id; ties too if not `strict`.

    Raises UnknownName for a profile that is not listed, GameError for a profile against itself, OutOfScope
    for a number of players other than two.

    >>> from deterrence.games.normal import NormalForm, found_domain
    >>> from deterrence.games.repeated import Profile
    >>> from deterrence.games.stochastic import repeated
    >>> from deterrence.games.strategies import Actions, always_defect, grim
    >>> from deterrence.algebra.value import variable
    >>> d, a = variable("d"), Actions("C", "D", "C", "D")
    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> profiles = [Profile(s.name, (("row", s), ("column", s))) for s in (always_defect(a), grim(a))]
    >>> domain = found_domain([[d]], ["0 < d", "d < 1"])
    >>> game = RepeatedGame(repeated(pd, (d, d), domain), tuple(profiles))
    >>> print(profile_risk_dominates(game, "grim", "always-defect"))
    d > 3/5
    """
    expect("profile_risk_dominates", game, RepeatedGame)
    if len(game.names) != 2:
        raise OutOfScope(f"risk dominance is computed for two players; this game has {len(game.names)}")
    if one == other:
        raise GameError(f"risk dominance compares two profiles; got {one} twice")
    game = endless(game)
    given = game.domain.given
    defined = not process_of(game, one).divides_in_payoffs
    stays, leaves = _losses(game, one, other), _losses(game, other, one)
    relation = ">" if strict else ">="

    def sign(v: Value, relation: str) -> Region:
        return settled_sign(v, relation, given, defined)

    if is_shared(game, one) and is_shared(game, other):
        safer = sign(stays[0] - leaves[0], relation)
        return tidy_short(all_of((sign(stays[0], ">="), safer)), given)
    product = sign(stays[0] * stays[1] - leaves[0] * leaves[1], relation)
    safer = any_of((*(sign(v, "<") for v in leaves), product))
    return tidy_short(all_of((*(sign(v, ">=") for v in stays), safer)), given)


def _losses(game: RepeatedGame, one: str, other: str) -> tuple[Value, Value]:
    """What each player loses by leaving a profile alone for its strategy in the other."""
    first, second = (game.profile(i) for i in (one, other))
    row, column = game.names
    process_of(game, other)  # checks that its strategies fit
    own = (first.strategy(row), first.strategy(column))
    here = contest(game, own)
    return (
        here[0] - contest(game, (second.strategy(row), own[1]))[0],
        here[1] - contest(game, (own[0], second.strategy(column)))[1],
    )
