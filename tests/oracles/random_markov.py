"""Small stochastic games drawn at random, as plain tables for `StochasticGame.build` and as numbers at a point.

Nothing of the library is imported.  Numbers are linear forms in parameters, `{"": 1, "a": 2}` for `1 + 2*a`, so
that the same draw reads as text for the library and as fractions for the oracle.  Payoffs come from a short list
of whole numbers, so that ties abound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from tests.oracles.markov import Game, State

Form = Mapping[str, int | Fraction]


def text(form: Form) -> str:
    """A linear form in the grammar of the library."""
    return " + ".join(f"({c})" + (f"*{name}" if name else "") for name, c in form.items()) or "0"


def at(form: Form, point: Mapping[str, Fraction]) -> Fraction:
    """A linear form at a point."""
    return sum((Fraction(c) * (point[name] if name else 1) for name, c in form.items()), Fraction(0))


@dataclass(frozen=True)
class Drawn:
    """A game as drawn: by state its movers with their actions, and its moves as forms."""

    players: tuple[str, ...]
    movers: tuple[tuple[int, ...], ...]
    actions: tuple[tuple[tuple[str, ...], ...], ...]
    moves: tuple[dict[tuple[str, ...], tuple[list[Form], dict[int, Form]]], ...]
    instant: tuple[bool, ...]
    discounts: tuple[Form, ...]

    def table(self) -> dict[str, Any]:
        """The arguments of `StochasticGame.build` but for the assumptions."""
        states: dict[str, Any] = {}
        for k, moves in enumerate(self.moves):
            cases = []
            for chosen, (payoffs, to) in moves.items():
                case: dict[str, Any] = {
                    "when": {self.players[i]: a for i, a in zip(self.movers[k], chosen, strict=True)},
                    "payoffs": {p: text(v) for p, v in zip(self.players, payoffs, strict=True)},
                }
                if to:
                    case["to"] = {f"s{j}": text(v) for j, v in to.items()}
                cases.append(case)
            listed = zip(self.movers[k], self.actions[k], strict=True)
            states[f"s{k}"] = {
                "actions": {self.players[i]: list(known) for i, known in listed},
                "cases": cases,
                "instant": self.instant[k],
                "absorbing": not any(to for _, to in moves.values()),
            }
        discounts = {p: text(d) for p, d in zip(self.players, self.discounts, strict=True)}
        return {"players": self.players, "states": states, "discounts": discounts}

    def at(self, point: Mapping[str, Fraction]) -> Game:
        """The game at a point, for the oracle."""
        states = []
        for k, moves in enumerate(self.moves):
            numbers = {
                chosen: (tuple(at(v, point) for v in payoffs), {j: at(v, point) for j, v in to.items()})
                for chosen, (payoffs, to) in moves.items()
            }
            states.append(State(self.movers[k], self.actions[k], numbers, self.instant[k]))
        return Game(tuple(states), tuple(at(d, point) for d in self.discounts))


def draw(rng: Random, symbols: bool, largest: int = 4) -> Drawn:
    """A game of up to `largest` states and three players; with `symbols`, in a, b, p and d.

    States are of every kind: with one mover or two, with none, absorbing, instant (which lead on to later
    states, so that no circle of them is instant).
    """
    size = rng.randint(1, largest)
    players = tuple(f"P{i}" for i in range(rng.choice((1, 2, 2, 2, 3))))
    movers, actions, moves, instant = [], [], [], []
    for k in range(size):
        absorbing = k > 0 and rng.random() < 0.15
        count = 0 if absorbing else rng.choice((0, 1, 1, 1, 1, 2)) if k else rng.choice((1, 1, 2))
        who = tuple(sorted(rng.sample(range(len(players)), min(count, len(players)))))
        known = tuple(tuple("xyz"[: rng.choice((2, 2, 3)) if len(who) == 1 else 2]) for _ in who)
        quick = not absorbing and k < size - 1 and rng.random() < 0.2
        targets = range(k + 1, size) if quick else range(size)
        moves.append(
            {
                chosen: (
                    [_payoff(rng, symbols) for _ in players],
                    {} if absorbing else _chances(rng, targets, symbols),
                )
                for chosen in product(*known)
            }
        )
        movers.append(who)
        actions.append(known)
        instant.append(quick)
    discounts: list[Form] = [{"d": 1} if symbols and rng.random() < 0.7 else _factor(rng) for _ in players]
    return Drawn(players, tuple(movers), tuple(actions), tuple(moves), tuple(instant), tuple(discounts))


def _factor(rng: Random) -> Form:
    return {"": rng.choice((Fraction(0), Fraction(1, 2), Fraction(1, 3), Fraction(9, 10)))}


def _payoff(rng: Random, symbols: bool) -> Form:
    form: dict[str, int] = {"": rng.choice((-1, 0, 0, 1, 2))}
    if symbols and rng.random() < 0.4:
        form[rng.choice("ab")] = rng.choice((-1, 1))
    return form


def _chances(rng: Random, targets: range, symbols: bool) -> dict[int, Form]:
    one = rng.choice(list(targets))
    if len(targets) == 1 or rng.random() < 0.5:
        return {one: {"": 1}}
    two = rng.choice([t for t in targets if t != one])
    if symbols and rng.random() < 0.5:
        return {one: {"p": 1}, two: {"": 1, "p": -1}}
    share = rng.choice((Fraction(1, 2), Fraction(1, 3)))
    return {one: {"": share}, two: {"": 1 - share}}
