"""Strategy machines in a game with states, by the definitions, in plain fractions; nothing of the library.

A game has states with movers, payoffs and what follows; leaving an `instant` state takes no time, an absorbing
one ends the game.  Machines see what was done and where, or a public signal only.  Joint states are found by trying
everything that could be done, values by solving `v = u + d P v`, deviations by trying each action in each joint
state, best replies by Howard's policy iteration.  The long run is in `long_plays.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product

from tests.oracles.machines import solved

ZERO, ONE = Fraction(0), Fraction(1)
Mix = Mapping[str, Fraction]
Joint = tuple[str, ...]  # the state of the game, then each player's state of mind
Done = Mapping[str, str]


@dataclass(frozen=True)
class Spot:
    """A state of the game; `outcome` gives payoffs by player and the chances of what follows."""

    movers: Mapping[str, Sequence[str]]
    outcome: Callable[[Done], tuple[Mapping[str, Fraction], Mix]]
    instant: bool = False
    absorbing: bool = False


@dataclass(frozen=True)
class Machine:
    """`play(mind, state)` is a mixture of actions, `follow(mind, seen)` one of minds."""

    initial: str
    play: Callable[[str, str], Mix]
    follow: Callable[[str, Mapping[str, str]], Mix]


@dataclass(frozen=True)
class Match:
    """Machines, by player, in a game.

    `error` is the rate of doing something else than was meant, `blur` that of taking another's action for
    something else, each player for itself.
    """

    spots: Mapping[str, Spot]
    initial: str
    discounts: Mapping[str, Fraction]
    machines: Mapping[str, Machine]
    error: Fraction = ZERO
    signal: Callable[[Done], Mix] | None = None
    blur: Fraction = ZERO
    begun: Joint | None = None

    @property
    def players(self) -> tuple[str, ...]:
        return tuple(self.discounts)

    @property
    def start(self) -> Joint:
        return self.begun or (self.initial, *(self.machines[p].initial for p in self.players))

    def following(self, here: Joint, done: Done) -> dict[Joint, Fraction]:
        """What may follow an action profile, with chances."""
        spot, found = self.spots[here[0]], dict[Joint, Fraction]()
        if spot.absorbing:
            return found
        for views, likely in self.views(here, done):
            minds = [
                self.machines[p].follow(mind, views[p])
                for p, mind in zip(self.players, here[1:], strict=True)
            ]
            for drawn in product(spot.outcome(done)[1].items(), *(m.items() for m in minds)):
                chance, together = likely * drawn[0][1], True
                for k, (to, share) in enumerate(drawn[1:]):
                    if minds[k] in minds[:k]:  # one public draw for equal tables
                        together = together and to == drawn[1 + minds.index(minds[k])][0]
                    else:
                        chance *= share
                if chance and together:
                    to = tuple(name for name, _ in drawn)
                    found[to] = found.get(to, ZERO) + chance
        return found

    def views(self, here: Joint, done: Done) -> Iterator[tuple[dict[str, dict[str, str]], Fraction]]:
        """What each player sees, with chances: a common signal, or the round, others' actions with errors."""
        if self.signal is not None:
            for signal, chance in self.signal(done).items():
                yield {p: {"signal": signal} for p in self.players}, chance
            return
        apart = [list(self.seen(p, here, done)) if self.blur else [(dict(done), ONE)] for p in self.players]
        for views in product(*apart):
            chance = ONE
            for _, x in views:
                chance *= x
            yield {p: {"state": here[0], **v} for p, (v, _) in zip(self.players, views, strict=True)}, chance

    def seen(self, player: str, here: Joint, done: Done) -> Iterator[tuple[dict[str, str], Fraction]]:
        """What a player takes a round for: its own action is known, each other one mistaken at a rate."""
        movers = self.spots[here[0]].movers
        for taken in product(*movers.values()):
            chance = ONE
            for p, a in zip(movers, taken, strict=True):
                if p == player:
                    chance *= a == done[p]
                elif a == done[p]:
                    chance *= ONE - self.blur
                else:
                    chance *= self.blur / (len(movers[p]) - 1)
            if chance:
                yield dict(zip(movers, taken, strict=True)), chance

    def profiles(self, here: Joint) -> Iterator[dict[str, str]]:
        """Everything that the movers could do."""
        movers = self.spots[here[0]].movers
        for chosen in product(*movers.values()):
            yield dict(zip(movers, chosen, strict=True))

    @cached_property
    def joints(self) -> list[Joint]:
        found, todo = {self.start}, [self.start]
        while todo:
            here = todo.pop()
            for done in self.profiles(here):
                for to in self.following(here, done):
                    if to not in found:
                        found.add(to)
                        todo.append(to)
        return sorted(found)

    def chances(self, here: Joint, change: Mapping[str, str]) -> Iterator[tuple[dict[str, str], Fraction]]:
        """What is done, with chances, when machines play on and some players mean something else."""
        spot = self.spots[here[0]]
        meant: dict[str, Mix] = {}
        for p, mind in zip(self.players, here[1:], strict=True):
            if p in change:
                meant[p] = {change[p]: ONE}
            elif p in spot.movers:
                meant[p] = self.machines[p].play(mind, here[0])
        for done in self.profiles(here):
            chance = ONE
            for p, action in done.items():
                own = meant[p].get(action, ZERO)
                others = len(spot.movers[p]) - 1
                if others:
                    own = own * (ONE - self.error) + (ONE - own) * self.error / others
                chance *= own
            if chance:
                yield done, chance

    def move(
        self, here: Joint, change: Mapping[str, str] | None = None
    ) -> tuple[dict[str, Fraction], dict[Joint, Fraction]]:
        """Expected payoffs and next joint states."""
        pay, ahead = dict.fromkeys(self.players, ZERO), dict[Joint, Fraction]()
        for done, chance in self.chances(here, change or {}):
            for p, x in self.spots[here[0]].outcome(done)[0].items():
                pay[p] += chance * x
            for to, share in self.following(here, done).items():
                ahead[to] = ahead.get(to, ZERO) + chance * share
        return pay, ahead

    def patience(self, here: Joint, player: str) -> Fraction:
        return ONE if self.spots[here[0]].instant else self.discounts[player]

    @cached_property
    def moves(self) -> dict[Joint, tuple[dict[str, Fraction], dict[Joint, Fraction]]]:
        return {s: self.move(s) for s in self.joints}

    def values(self, player: str) -> dict[Joint, Fraction]:
        """The player's discounted sum from each joint state on."""
        return self.worth(player, self.moves)

    def worth(
        self, player: str, moves: Mapping[Joint, tuple[Mapping[str, Fraction], Mapping[Joint, Fraction]]]
    ) -> dict[Joint, Fraction]:
        at = {s: k for k, s in enumerate(moves)}
        rows = []
        for s, (pay, ahead) in moves.items():
            row = [ZERO] * len(at) + [pay[player]]
            row[at[s]] = ONE
            for to, chance in ahead.items():
                row[at[to]] -= self.patience(s, player) * chance
            rows.append(row)
        return dict(zip(at, solved(rows), strict=True))

    def gains(self) -> Iterator[Fraction]:
        """What every one-shot deviation wins, on and off the path."""
        for p in self.players:
            worth = self.values(p)
            for here in self.joints:
                for action in self.spots[here[0]].movers.get(p, ()):
                    pay, ahead = self.move(here, {p: action})
                    later = sum((c * worth[to] for to, c in ahead.items()), ZERO)
                    yield pay[p] + self.patience(here, p) * later - worth[here]

    @property
    def perfect(self) -> bool:
        """Whether no one-shot deviation pays anywhere."""
        return all(gain <= 0 for gain in self.gains())

    def perfect_within(self, rounds: int) -> bool:
        """Whether no one-shot deviation pays in the game of so many rounds, wherever play may have come by then.

        A round ends with a state that is not instant; after the last one nothing counts.
        """
        worth: dict[tuple[str, Joint, int], Fraction] = {}

        def after(player: str, here: Joint, left: int, change: Mapping[str, str]) -> Fraction:
            pay, ahead = self.move(here, change)
            rest = left if self.spots[here[0]].instant else left - 1
            later = sum((c * value(player, to, rest) for to, c in ahead.items()), ZERO)
            return pay[player] + self.patience(here, player) * later

        def value(player: str, here: Joint, left: int) -> Fraction:
            if left == 0:
                return ZERO
            if (player, here, left) not in worth:
                worth[player, here, left] = after(player, here, left, {})
            return worth[player, here, left]

        found, todo = {(self.start, rounds)}, [(self.start, rounds)]
        while todo:
            here, left = todo.pop()
            spot = self.spots[here[0]]
            for p, actions in spot.movers.items():
                if any(after(p, here, left, {p: a}) > value(p, here, left) for a in actions):
                    return False
            rest = left if spot.instant else left - 1
            nexts = {(to, rest) for done in self.profiles(here) for to in self.following(here, done)}
            new = {n for n in nexts if rest} - found
            found |= new
            todo += new
        return True

    @property
    def nash(self) -> bool:
        """Whether each machine does as well from the start as any plan against the others."""
        return all(self.best(p) <= self.values(p)[self.start] for p in self.players)

    def best(self, player: str) -> Fraction:
        """The most the player can get from the start (Howard's policy iteration)."""
        idle = Machine("any", lambda mind, state: {}, lambda mind, seen: {"any": ONE})
        faced = replace(self, machines={**self.machines, player: idle})
        options = {
            s: {a: faced.move(s, {player: a}) for a in faced.spots[s[0]].movers.get(player, ())}
            or {"": faced.move(s)}
            for s in faced.joints
        }
        plan = {s: next(iter(found)) for s, found in options.items()}
        while True:
            worth = faced.worth(player, {s: options[s][a] for s, a in plan.items()})
            better = {
                s: a
                for s, found in options.items()
                for a, (pay, ahead) in found.items()
                if pay[player]
                + faced.patience(s, player) * sum((c * worth[t] for t, c in ahead.items()), ZERO)
                > worth[s]
            }
            if not better:
                return worth[faced.start]
            plan.update(better)
