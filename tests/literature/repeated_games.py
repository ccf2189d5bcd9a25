"""The prisoner's dilemma, chicken and the like, repeated, with strategies in self-play: what the tests of
published results on repeated games ask about."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import deterrence as dt
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, number, variable
from deterrence.games.automata import Automaton, AutomatonState, Rule, surely
from deterrence.games.monitoring import Monitoring
from deterrence.games.normal import NormalForm, found_domain
from deterrence.games.repeated import IMPLEMENTATION, Noise, Profile, RepeatedGame
from deterrence.games.stochastic import repeated
from deterrence.games.strategies import Actions, limited_retaliation
from deterrence.solve.process import Process
from deterrence.solve.profiles import Tested as Outcome
from deterrence.solve.profiles import listed_profiles, process_of

NEVER = "1 < 0"
ACTIONS = Actions("C", "D", "C", "D")
ORDERS = {
    "dilemma": ("T > R", "R > P", "P > S"),
    "chicken": ("T > R", "R > S", "S > P"),
    "any": (),
}
NUMBERS = {  # T, R, P, S in the benchmarks
    "dilemma": {"T": 5, "R": 3, "P": 1, "S": 0},
    "donation": {"T": 3, "R": 2, "P": 0, "S": -1},
    "chicken": {"T": 7, "R": 6, "S": 2, "P": 0},
}


def game(
    order: str,
    *strategies: Automaton,
    payoffs: dict[str, int] | None = None,
    discounts: tuple[str, str] = ("d", "d"),
    given: Iterable[str] = (),
    error: str = "",
    monitoring: Monitoring | None = None,
) -> RepeatedGame:
    """The repeated game with R, S, T, P as symbols, or in numbers, and each strategy played by both."""
    named = {k: number(v) for k, v in payoffs.items()} if payoffs else {k: variable(k) for k in "RSTP"}
    own = [[named["R"], named["S"]], [named["T"], named["P"]]]
    other = [[named["R"], named["T"]], [named["S"], named["P"]]]
    stage = NormalForm.from_arrays(own, other, actions=[["C", "D"]] * 2)
    factors = tuple(map(variable, discounts))
    assumed = [
        *(() if payoffs else ORDERS[order]),
        *(f"0 < {n} < 1" for n in dict.fromkeys(discounts)),
        *given,
    ]
    domain = found_domain([*stage.payoffs, factors], assumed)
    profiles = tuple(Profile(s.name, (("row", s), ("column", s))) for s in strategies)
    noise = Noise(IMPLEMENTATION, variable(error)) if error else None
    return RepeatedGame(repeated(stage, factors, domain), profiles, noise, monitoring)


def in_numbers(name: str, strategy: Automaton, **more: object) -> Outcome:
    """A strategy in self-play in one of the games of the benchmarks, with the discount factor d a symbol."""
    return solved(game("any", strategy, payoffs=NUMBERS[name], **more))  # type: ignore[arg-type]


def solved(g: RepeatedGame) -> Outcome:
    (found,) = listed_profiles(g).tested
    return found


def only(g: RepeatedGame) -> Process:
    """The process of the game's one profile."""
    return process_of(g, g.profiles[0].id)


def same(found: Region | None, expected: str | Region, g: RepeatedGame) -> None:
    """That a region is the expected one under the game's assumptions, proved both ways."""
    assert found is not None
    wanted = dt.region(expected) if isinstance(expected, str) else expected
    verdict = dt.equal(found, wanted, g.domain.given)
    assert verdict.word == "proved", f"{found} is not {wanted}: {verdict}"


def least(t: Outcome) -> Value:
    """The critical discount factor of a profile in which both players have the same one."""
    bounds = {b for _, c in t.critical for b in (c.bounds if c else ())}
    (found,) = bounds
    return found


def ratio(text: str) -> Value:
    return number(Fraction(text))


def state(name: str, play: str, *rules: tuple[dict[str, str], str]) -> AutomatonState:
    listed = tuple(Rule(tuple(when.items()), surely(to)) for when, to in rules)
    return AutomatonState(name, (("", surely(play)),), listed)


def punishing(rounds: int, restart: bool) -> Automaton:
    return limited_retaliation(ACTIONS, rounds, restart)
