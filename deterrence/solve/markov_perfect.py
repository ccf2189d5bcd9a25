"""Markov perfect equilibria in pure strategies of a stochastic game, each with its exact region.

A Markov strategy lets play depend on the state alone.  A profile of them is Markov perfect where in no state,
those off the path of play included, a mover gains by one change of action (the one-shot deviation principle).
States are decided one after another, those that follow first: as soon as play from some states stays among
decided ones their values are known, and what a mover there gains by a change as soon as all that the change
leads to is valued; a branch whose conditions are proved to contradict each other goes no further.
Mixed strategies are not searched, and a game may have no pure equilibrium.
Sources: [Shapley1953], [MailathSamuelson2006].
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.value import Value, number, sign_region
from deterrence.errors import DomainError, GameError, OutOfScope
from deterrence.games.stochastic import GameState, StochasticGame
from deterrence.solve.atlas import Atlas
from deterrence.solve.components import Component, assemble
from deterrence.solve.discounting import components, discounted

MAX_VISITED = 50_000
MAX_EQUILIBRIA = 400
_ZERO, _ONE = number(0), number(1)
Actions = dict[str, str]


def markov_perfect(game: StochasticGame, *, cells: bool = True) -> Atlas:
    """Every Markov perfect equilibrium in pure strategies, each with the exact region where it exists.

    The profile is by place: a state, or `state[player]` where several players move; payoffs are totals from
    the initial state.  Raises OutOfScope where more than `MAX_VISITED` partial profiles had to be looked at
    or more than `MAX_EQUILIBRIA` are left, DomainError for assumptions that contradict each other, GameError
    for a game in which nobody moves.
    """
    ask = prover(game.domain.given)
    if ask.satisfiable(EVERYWHERE) is False:
        raise DomainError(
            "the assumptions contradict each other, so there is no parameter value to solve for; "
            "drop one of: " + "; ".join(str(a) for a in game.domain.assumptions)
        )
    if not game.places:
        raise GameError("nobody moves in this game, so it has no strategies; ask its long-run behaviour")
    search = _Search(game, ask)
    found = []
    for chosen, region in search.leaves(_Branch()):
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
    return assemble(
        game, found, "markov-perfect", "pure", emptied=search.emptied, covers=False, with_cells=cells
    )


@dataclass(frozen=True)
class _Change:
    """One change of action: what it pays at once, and by how much it moves the weights of later states."""

    player: int
    now: Value
    later: Mapping[str, Value]


@dataclass(frozen=True)
class _Branch:
    """States decided so far, the values known, the changes not yet settled, and the conditions met."""

    chosen: dict[str, Actions] = field(default_factory=dict)
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    open: tuple[_Change, ...] = ()
    region: Region = EVERYWHERE


class _Search:
    """Goes through the profiles of a game, state by state; `emptied` collects what was proved impossible."""

    def __init__(self, game: StochasticGame, ask: Prover) -> None:
        self.game = game
        self.ask = ask
        self.emptied: list[Region] = []
        self.visited = 0
        follow = {
            s.name: [(to, _ONE) for c in s.cases for to, _ in c.to] if not s.absorbing else []
            for s in game.states
        }
        self.order = [name for group in components(follow) for name in group]

    def leaves(self, branch: _Branch) -> Iterator[tuple[Mapping[str, Actions], Region]]:
        """Every profile whose conditions were not proved to contradict each other, with the conditions."""
        name = self._next(branch)
        if name is None:
            yield branch.chosen, branch.region
            return
        state = self.game.state(name)
        for actions in state.profiles():
            self.visited += 1
            if self.visited > MAX_VISITED:
                count = math.prod(len(list(s.profiles())) for s in self.game.states)
                raise OutOfScope(
                    f"the game has {count:,} Markov profiles, and after {MAX_VISITED:,} steps they were not "
                    "all looked at; take states together, leave out actions, or give parameters values"
                )
            grown = self._grown(branch, state, actions)
            if grown is not None:
                yield from self.leaves(grown)

    def _next(self, branch: _Branch) -> str | None:
        """The state to decide next: one that makes values known soonest."""
        for name in reversed(branch.chosen):
            if name not in branch.values:
                for to in self._to(self.game.state(name), branch.chosen[name]):
                    if to not in branch.chosen:
                        return to
        for change in reversed(branch.open):
            for to in change.later:
                if to not in branch.chosen:
                    return to
        return next((name for name in self.order if name not in branch.chosen), None)

    def _to(self, state: GameState, actions: Actions) -> dict[str, Value]:
        """The discount-free chances of what follows."""
        if state.absorbing:
            return {}
        found: dict[str, Value] = {}
        for to, chance in state.case(actions).to:
            found[to] = found[to] + chance if to in found else chance
        return {to: v for to, v in found.items() if not v.is_zero}

    def _grown(self, branch: _Branch, state: GameState, actions: Actions) -> _Branch | None:
        """The branch with one more state decided; None where that was proved impossible."""
        chosen = {**branch.chosen, state.name: actions}
        values = self._valued(chosen, branch.values)
        conditions, still_open = [], []
        for change in (*branch.open, *self._changes(state, actions)):
            if all(to in values for to in change.later):
                gain = change.now
                for to, weight in change.later.items():
                    gain = gain + weight * values[to][change.player]
                conditions.append(sign_region(gain, "<="))
            else:
                still_open.append(change)
        region = all_of((branch.region, *conditions))
        if region != branch.region and self.ask.satisfiable(region) is False:
            self.emptied.append(region)
            return None
        return _Branch(chosen, values, tuple(still_open), region)

    def _changes(self, state: GameState, actions: Actions) -> Iterator[_Change]:
        """What each mover could do instead."""
        case, to = state.case(actions), self._to(state, actions)
        for player, known in state.actions:
            i = self.game.names.index(player)
            patience = _ONE if state.instant else self.game.discounts[i]
            for other in known:
                if other == actions[player]:
                    continue
                instead = {**actions, player: other}
                then = self._to(state, instead)
                later = {
                    name: patience * (then.get(name, _ZERO) - to.get(name, _ZERO)) for name in {**to, **then}
                }
                yield _Change(
                    i,
                    state.case(instead).payoffs[i] - case.payoffs[i],
                    {name: weight for name, weight in later.items() if not weight.is_zero},
                )

    def _valued(
        self, chosen: Mapping[str, Actions], values: Mapping[str, tuple[Value, ...]]
    ) -> Mapping[str, tuple[Value, ...]]:
        """The values with those of decided states from which play cannot come to an undecided one."""
        to = {s: self._to(self.game.state(s), chosen[s]) for s in chosen if s not in values}
        leaving = {s for s in to if any(nxt not in chosen for nxt in to[s])}
        grown = True
        while grown:
            more = {s for s in to if s not in leaving and any(nxt in leaving for nxt in to[s])}
            leaving |= more
            grown = bool(more)
        closed = [s for s in to if s not in leaving]
        if not closed:
            return values
        found: list[dict[str, Value]] = []
        for i, factor in enumerate(self.game.discounts):
            patience = {s: _ONE if self.game.state(s).instant else factor for s in closed}
            inside = {s: [(nxt, v) for nxt, v in to[s].items() if nxt not in values] for s in closed}
            fixed = {}
            for s in closed:
                total = self.game.state(s).case(chosen[s]).payoffs[i]
                for nxt, chance in to[s].items():
                    if nxt in values:
                        total = total + patience[s] * chance * values[nxt][i]
                fixed[s] = total
            found.append(discounted(inside, fixed, patience))
        return {**values, **{s: tuple(f[s] for f in found) for s in closed}}
