"""Stochastic games: finitely many states, and in each a move by some players, payoffs, and what follows.

A repeated game is one with a single state.  A stage that is itself a tree becomes several states, of which
all but the last are `instant`: no time passes on leaving them.  Payoffs are totals: a stream is added up with
a player's discount factor for every round that passes.  Sources: [Shapley1953], [MailathSamuelson2006].
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, compare, number, sign_region
from deterrence.errors import DomainError, GameError, UnknownName
from deterrence.games.normal import NormalForm, Player

Draw = tuple[tuple[str, Value], ...]  # states with their probabilities


@dataclass(frozen=True)
class Place:
    """Where a Markov strategy chooses: a player in a state.

    The name is that of the state, or `state[player]` where several players move in it.
    """

    name: str
    state: str
    player: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """What happens on these actions: payoffs in the order of the players, and the states that may follow.

    `when` names some movers' actions; a case with an empty `when` always fits.
    """

    when: tuple[tuple[str, str], ...]
    payoffs: tuple[Value, ...]
    to: Draw


@dataclass(frozen=True)
class GameState:
    """A state: who moves with which actions, and the cases, of which the first that fits counts.

    `absorbing` ends the game with the payoffs of its one case; `instant` lets no time pass on leaving.
    """

    name: str
    actions: tuple[tuple[str, tuple[str, ...]], ...]
    cases: tuple[Case, ...]
    instant: bool = False
    absorbing: bool = False

    @property
    def movers(self) -> tuple[str, ...]:
        """The players who move here."""
        return tuple(p for p, _ in self.actions)

    def profiles(self) -> Iterator[dict[str, str]]:
        """Every combination of the movers' actions; one empty one where nobody moves."""
        for chosen in itertools.product(*(actions for _, actions in self.actions)):
            yield dict(zip(self.movers, chosen, strict=True))

    def case(self, actions: Mapping[str, str]) -> Case:
        """The first case that fits the actions; GameError where none does."""
        for case in self.cases:
            if all(actions.get(player) == action for player, action in case.when):
                return case
        shown = ", ".join(f"{p} = {a}" for p, a in actions.items()) or "no move"
        raise GameError(f"state {self.name}: no case fits {shown}; add one, or a last case without when")


@dataclass(frozen=True)
class StochasticGame:
    """Players, states, where it begins, and each player's discount factor, proved to lie in 0..1.

    Raises GameError or DomainError where it is not well formed.
    """

    players: tuple[Player, ...]
    states: tuple[GameState, ...]
    initial: str
    discounts: tuple[Value, ...]
    domain: Domain = field(default_factory=Domain)

    def __repr__(self) -> str:
        states = ", ".join(s.name for s in self.states)
        return f"StochasticGame({', '.join(self.names) or 'no players'}: {states}; from {self.initial})"

    def __post_init__(self) -> None:
        known = [s.name for s in self.states]
        if len(set(known)) != len(known):
            raise GameError(f"states must be named, each once; got {', '.join(known)}")
        self.state(self.initial)
        if len(self.discounts) != len(self.players):
            raise GameError(f"{len(self.players)} players need as many discount factors")
        ask = prover(self.domain.given)
        for player, factor in zip(self.players, self.discounts, strict=True):
            if ask.holds(compare(factor, ">=", number(0))) is not True or (
                ask.holds(compare(factor, "<", number(1))) is not True
            ):
                raise DomainError(
                    f"the discount factor {factor} of {player.name} is not proved to lie between 0 and 1; "
                    "assume 0 < delta < 1 (patience without bound is a limit, and a statement of its own)"
                )
        for s in self.states:
            self._check(s)
        self._check_time()

    def _check(self, s: GameState) -> None:
        names = {p.name for p in self.players}
        for player, actions in s.actions:
            if player not in names:
                raise UnknownName("player", player, names, f"state {s.name}")
            if not actions or len(set(actions)) != len(actions):
                raise GameError(f"state {s.name}: {player} needs one or more actions, each once")
        if s.absorbing and (s.actions or s.instant or len(s.cases) != 1):
            raise GameError(f"state {s.name}: it is absorbing, so not instant, with one case and no movers")
        asking = prover(self.domain.given)
        for case in s.cases:
            for player, action in case.when:
                if action not in dict(s.actions).get(player, ()):
                    raise UnknownName(
                        f"action of {player}", action, dict(s.actions).get(player, ()), f"state {s.name}"
                    )
            if len(case.payoffs) != len(self.players):
                raise GameError(f"state {s.name}: give one payoff for each player in every case")
            for v in case.payoffs:
                if asking.holds(sign_region(v.denominator, "!=")) is not True:
                    raise DomainError(
                        f"state {s.name}: the payoff {v} is not proved to be defined: its denominator may be "
                        f"zero; add an assumption such as {v.denominator} > 0"
                    )
            total = number(0)
            for to, chance in case.to:
                self.state(to)
                total = total + chance
                low = asking.holds(compare(chance, ">=", number(0)))
                if low is not True or asking.holds(compare(chance, "<=", number(1))) is not True:
                    raise DomainError(
                        f"state {s.name}: the probability {chance} of {to} is not proved to lie in 0..1; add "
                        f"an assumption such as 0 <= {chance} <= 1"
                    )
            if not s.absorbing and asking.holds(compare(total, "==", number(1))) is not True:
                raise DomainError(
                    f"state {s.name}: the probabilities of what follows sum to {total}, not proved to be 1"
                )
        for profile in s.profiles():
            s.case(profile)

    def _check_time(self) -> None:
        """Every circle of states lets time pass, so that discounted sums are finite."""
        instant = {
            s.name: {to for c in s.cases for to, _ in c.to}
            for s in self.states
            if s.instant and not s.absorbing
        }
        done: set[str] = set()
        for start in instant:
            way, ahead = [start], [iter(sorted(instant[start]))]
            while way:
                to = next(ahead[-1], None)
                if to is None:
                    done.add(way.pop())
                    ahead.pop()
                elif to in way:
                    circle = " -> ".join([*way[way.index(to) :], to])
                    raise GameError(
                        f"state {to}: the instant states run in a circle: {circle}; let time pass"
                    )
                elif to in instant and to not in done:
                    way.append(to)
                    ahead.append(iter(sorted(instant[to])))

    @property
    def names(self) -> tuple[str, ...]:
        """The players' names."""
        return tuple(p.name for p in self.players)

    def state(self, name: str) -> GameState:
        """A state by name; UnknownName lists them."""
        for s in self.states:
            if s.name == name:
                return s
        raise UnknownName("state", name, (s.name for s in self.states))

    @property
    def places(self) -> tuple[Place, ...]:
        """Every player in every state where it moves, in the order of the states."""
        return tuple(
            Place(s.name if len(s.actions) == 1 else f"{s.name}[{player}]", s.name, player, actions)
            for s in self.states
            for player, actions in s.actions
        )

    def place(self, state: str, player: str | None = None) -> Place:
        """Where a player chooses in a state; the player is needed where several move.

        Raises UnknownName for a state in which nobody moves and for a player who does not move there,
        GameError where several could be meant.
        """
        here = [h for h in self.places if state in (h.state, h.name)]
        if not here:
            if state in self.names:
                own = ", ".join(h.name for h in self.places if h.player == state)
                raise GameError(f"{state} is a player; name the state in which it moves: {own or 'none'}")
            raise UnknownName("state with movers", state, (h.name for h in self.places))
        if player is None and len(here) > 1:
            listed = ", ".join(h.name for h in here)
            raise GameError(f"several players move in state {state}; say which: {listed}")
        for h in here:
            if player in (None, h.player):
                return h
        raise UnknownName("mover", str(player), (h.player for h in here), f"state {state}")

    def at(self, point: Mapping[str, Fraction]) -> StochasticGame:
        """The numeric game at an exact point of the parameters."""
        fixed = {name: number(v) for name, v in point.items()}

        def put(v: Value) -> Value:
            return v.substitute(fixed)

        states = tuple(
            replace(
                s,
                cases=tuple(
                    Case(c.when, tuple(map(put, c.payoffs)), tuple((to, put(v)) for to, v in c.to))
                    for c in s.cases
                ),
            )
            for s in self.states
        )
        return StochasticGame(self.players, states, self.initial, tuple(map(put, self.discounts)))

    @staticmethod
    def build(
        players: Sequence[str] | Mapping[str, str],
        states: Mapping[str, Mapping[str, Any]],
        *,
        initial: str | None = None,
        discounts: Any = None,
        assumptions: Iterable[str | Region] = (),
        domain: Domain | None = None,
    ) -> StochasticGame:
        """A game from plain tables; payoffs and chances are numbers, SymPy expressions or text.

        `players` are names, or names with labels; without players it is a chain.  A state's table has
        `actions` by mover, and `cases`, each with `when`, `payoffs` by player (zero where left out) and `to`,
        a state or states with chances; a single case may stand in the state's table itself.  `instant` and
        `absorbing` are as in `GameState`.  `initial` is the first state unless given, `discounts` one for all
        or one for each player.  Parameters are found in the expressions.  Raises GameError, UnknownName,
        DomainError, InexactNumber, ExpressionError.

        >>> game = StochasticGame.build(
        ...     ["us"],
        ...     {"tense": {"actions": {"us": ["wait", "strike"]}, "cases": [
        ...         {"when": {"us": "strike"}, "payoffs": {"us": "-c"}, "to": {"tense": "1 - h", "war": "h"}},
        ...         {"payoffs": {"us": "-l"}, "to": "tense"}]},
        ...      "war": {"absorbing": True, "payoffs": {"us": "-w"}}},
        ...     discounts="delta", assumptions=["0 < delta < 1", "0 <= h <= 1"])
        >>> game.initial, [h.name for h in game.places]
        ('tense', ['tense'])
        """
        from deterrence.games.stochastic_tables import stochastic_game

        return stochastic_game(
            players, states, initial=initial, discounts=discounts, assumptions=assumptions, domain=domain
        )


STAGE = "stage"


def repeated(stage: NormalForm, discounts: tuple[Value, ...], domain: Domain | None = None) -> StochasticGame:
    """The infinitely repeated game of a stage in normal form, as a stochastic game with one state.

    `domain` has the assumptions on the discount factors beside those of the stage.  Payoffs are totals;
    multiply by one minus the discount factor for averages a round.

    >>> from deterrence.algebra.value import variable
    >>> from deterrence.games.normal import found_domain
    >>> d = variable("d")
    >>> stage = NormalForm.from_arrays([[2, 0], [3, 1]], [[2, 3], [0, 1]])
    >>> repeated(stage, (d, d), found_domain([[d]], ["0 < d", "d < 1"])).initial
    'stage'
    """
    cases = tuple(
        Case(tuple(zip(stage.names, profile, strict=True)), row, ((STAGE, number(1)),))
        for profile, row in zip(stage.profiles(), stage.payoffs, strict=True)
    )
    state = GameState(STAGE, tuple((p.name, p.actions) for p in stage.players), cases)
    return StochasticGame(stage.players, (state,), STAGE, discounts, domain or stage.domain)
