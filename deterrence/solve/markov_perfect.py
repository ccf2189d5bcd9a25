"""Markov perfect equilibria in pure strategies of a stochastic game, each with its exact region.

A Markov strategy lets play depend on the state alone.  A profile of them is Markov perfect where in no state,
those off the path of play included, a mover gains by one change of action (the one-shot deviation principle).
All profiles are gone through, see `markov_search`; a branch of them is dropped only where the conditions
known so far are proved to contradict each other, or, in a game without parameters, where some change pays
whatever the states not decided yet are worth.  Mixed strategies are not searched, and a game may have no
pure equilibrium.
Sources: [Shapley1953], [MailathSamuelson2006].
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of
from deterrence.algebra.short import settled_sign
from deterrence.algebra.value import Value, number
from deterrence.errors import DomainError, GameError, OutOfScope, expect
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.atlas import Atlas
from deterrence.solve.components import Component, assemble
from deterrence.solve.markov_bounds import Bounds, bounds
from deterrence.solve.markov_search import Actions, Branch, Gain, Profiles

MAX_STEPS = 200_000
MAX_EQUILIBRIA = 400
_Found = tuple[dict[str, Actions], Region]


def markov_perfect(game: StochasticGame, *, cells: bool = True) -> Atlas:
    """Every Markov perfect equilibrium in pure strategies, each with the exact region where it exists.

    The profile is by place: a state, or `state[player]` where several players move; payoffs are totals from
    the initial state.  Raises OutOfScope where `MAX_STEPS` partial profiles do not suffice or more than
    `MAX_EQUILIBRIA` are left, DomainError for assumptions that contradict each other, GameError for a game in
    which nobody moves.

    >>> game = StochasticGame.build(
    ...     ["us"],
    ...     {"tense": {"actions": {"us": ["wait", "strike"]}, "cases": [
    ...         {"when": {"us": "strike"}, "payoffs": {"us": "-c"}, "to": "calm"},
    ...         {"payoffs": {"us": "-l"}, "to": "tense"}]},
    ...      "calm": {"absorbing": True}},
    ...     discounts="delta", assumptions=["0 < delta < 1", "l > 0"])
    >>> for e in markov_perfect(game):
    ...     print(e.support, e.region)
    (('wait',),) l <= c*(1 - delta)
    (('strike',),) l >= c*(1 - delta)
    """
    expect("markov_perfect", game, StochasticGame)
    ask = prover(game.domain.given)
    if ask.satisfiable(EVERYWHERE) is False:
        raise DomainError(
            "the assumptions contradict each other, so there is no parameter value to solve for; "
            "drop one of: " + "; ".join(str(a) for a in game.domain.assumptions)
        )
    if not game.places:
        raise GameError("nobody moves in this game, so it has no strategies; ask its long-run behaviour")
    emptied: list[Region] = []
    found: list[Component] = []
    for chosen, region in _search(game, ask, emptied):
        rows = tuple(
            tuple(number(int(a == chosen[place.state][place.player])) for a in place.actions)
            for place in game.places
        )
        found.append(Component(rows, (), region, region))
        if len(found) > MAX_EQUILIBRIA:
            raise OutOfScope(
                f"more than {MAX_EQUILIBRIA} Markov perfect equilibria are left, most of them ties; "
                "assume strict inequalities between payoffs, or take states together"
            )
    return assemble(game, found, "markov-perfect", "pure", emptied=emptied, covers=False, with_cells=cells)


def _search(game: StochasticGame, ask: Prover, emptied: list[Region]) -> Iterator[_Found]:
    """Every profile whose conditions are not proved to contradict each other, with the conditions."""
    if _is_numeric(game):
        numeric = Profiles[Fraction](game, lambda v: v.at({}))
        outer = bounds(numeric)
        for chosen in _numeric(numeric, outer, numeric.start, _Steps(game)):
            yield chosen, EVERYWHERE
        return
    symbolic = Profiles[Value](game, lambda v: v)
    yield from _symbolic(symbolic, symbolic.start, EVERYWHERE, ask, emptied, _Steps(game))


def _is_numeric(game: StochasticGame) -> bool:
    cases = [c for s in game.states for c in s.cases]
    listed = [*game.discounts, *(v for c in cases for v in c.payoffs), *(v for c in cases for _, v in c.to)]
    return all(v.is_constant and v.is_rational for v in listed)


class _Steps:
    """Counts the partial profiles that were looked at; OutOfScope beyond `MAX_STEPS`."""

    def __init__(self, game: StochasticGame) -> None:
        self.game = game
        self.taken = 0

    def count(self) -> None:
        """One more."""
        self.taken += 1
        if self.taken > MAX_STEPS:
            whole = math.prod(math.prod(len(a) for _, a in s.actions) for s in self.game.states)
            raise OutOfScope(
                f"the game has {whole:,} pure Markov profiles, and {MAX_STEPS:,} steps did not go through "
                "all of them; take states together, leave out actions, or give parameters values"
            )


def _numeric(
    profiles: Profiles[Fraction], outer: Bounds, branch: Branch[Fraction], steps: _Steps
) -> Iterator[dict[str, Actions]]:
    state = profiles.undecided(branch)
    if state is None:
        yield dict(branch.chosen)
        return
    for actions in state.profiles():
        steps.count()
        grown, known = profiles.decided(branch, state, actions)
        if not any(outer.above_zero(g.player, g.amount) for g in (*known, *grown.open)):
            yield from _numeric(profiles, outer, grown, steps)


def _symbolic(
    profiles: Profiles[Value],
    branch: Branch[Value],
    region: Region,
    ask: Prover,
    emptied: list[Region],
    steps: _Steps,
) -> Iterator[_Found]:
    state = profiles.undecided(branch)
    if state is None:
        yield dict(branch.chosen), region
        return
    for actions in state.profiles():
        steps.count()
        grown, known = profiles.decided(branch, state, actions)
        here = all_of((region, *(_no_gain(g, ask.given) for g in known)))
        if here == region or ask.satisfiable(here) is not False:
            yield from _symbolic(profiles, grown, here, ask, emptied, steps)
        elif here != NOWHERE:
            emptied.append(here)


def _no_gain(gain: Gain[Value], given: Region) -> Region:
    """Where a gain is not above zero.

    It is defined everywhere: payoffs and chances are proved to be, and the divisors of `markov_search` are
    above zero.
    """
    return settled_sign(gain.amount.constant, "<=", given, defined=True)
