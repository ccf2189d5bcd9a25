"""Random repeated games with random automata, for the comparison of the library with `machines.py`.

Scope: two players (some games have three), two or three actions, up to four states a machine, small payoffs
full of ties, each player's own discount factor.  Automata drawn freely are hardly ever equilibria, so most
games share a public automaton between the players, and many stage games and discount factors are those
where a condition holds with equality.  Imports nothing of the library.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from tests.oracles.machines import Actions, Draw, Machine, Stage

ONE, ZERO = Fraction(1), Fraction(0)
DISCOUNTS = [Fraction(x) for x in ("1/10", "1/3", "1/2", "1/2", "2/3", "3/4", "9/10")]
ERRORS = [ZERO] * 6 + [Fraction(x) for x in ("1/10", "1/4", "1/2")]
NAMES = ("A", "B", "C")
Case = tuple[Stage, tuple[Machine, ...], Fraction]


def drawn(number: int) -> Case:
    """The case of this number: a stage game, a machine for each player, and a rate of errors."""
    rng = Random(f"machines {number}")
    players = 3 if number % 25 == 0 else 2
    sizes = [2] * players if rng.random() < 0.75 else [rng.choice((1, 2, 3)) for _ in range(players)]
    if players == 3:
        sizes = [2] * 3
    choices = tuple(NAMES[:n] for n in sizes)
    stage = Stage(choices, _payoffs(rng, choices), tuple(rng.choice(DISCOUNTS) for _ in choices))
    states = rng.choice((1, 2, 2, 3, 3, 4, 4)) if players == 2 else rng.choice((1, 2))
    public = rng.random() < 0.7
    moves = _moves(rng, choices, states)
    machines = []
    for mine in choices:
        own = states if public else rng.randint(1, states)
        plays = tuple(_play(rng, mine, stage) for _ in range(own))
        machines.append(Machine(plays, moves if public else _moves(rng, choices, own)))
    if public and rng.random() < 0.6:
        machines = [_settled(rng, stage, machines, i) for i in range(len(machines))]
    return stage, tuple(machines), rng.choice(ERRORS)


def _payoffs(rng: Random, choices: tuple[tuple[str, ...], ...]) -> dict[Actions, tuple[Fraction, ...]]:
    """Free small payoffs; or a dilemma, a chicken or a stag hunt in whole numbers, for two actions each."""
    profiles = list(product(*choices))
    if all(len(c) == 2 for c in choices) and len(choices) == 2 and rng.random() < 0.5:
        low = sorted(rng.sample(range(7), 4))
        order = rng.choice(("SPRT", "PSRT", "SPTR"))
        at = {name: Fraction(x) for name, x in zip(order, low, strict=True)}
        both = {"AA": ("R", "R"), "AB": ("S", "T"), "BA": ("T", "S"), "BB": ("P", "P")}
        return {p: (at[both[p[0] + p[1]][0]], at[both[p[0] + p[1]][1]]) for p in profiles}
    bound, parts = rng.choice(((1, 1), (2, 1), (6, 1), (9, 4)))
    return {p: tuple(Fraction(rng.randint(-bound, bound), parts) for _ in choices) for p in profiles}


def _moves(rng: Random, choices: tuple[tuple[str, ...], ...], states: int) -> tuple[dict[Actions, Draw], ...]:
    lottery = rng.random() < 0.12

    def draw() -> Draw:
        if lottery and states > 1 and rng.random() < 0.4:
            one, two = rng.sample(range(states), 2)
            share = Fraction(rng.randint(1, 3), 4)
            return {one: share, two: ONE - share}
        return {rng.randrange(states): ONE}

    return tuple({p: draw() for p in product(*choices)} for _ in range(states))


def _play(rng: Random, mine: tuple[str, ...], stage: Stage) -> dict[str, Fraction]:
    if len(mine) > 1 and rng.random() < 0.06:
        one, two = rng.sample(mine, 2)
        share = Fraction(rng.randint(1, 3), 4)
        return {one: share, two: ONE - share}
    return {rng.choice(mine): ONE}


def _settled(rng: Random, stage: Stage, machines: list[Machine], player: int) -> Machine:
    """The machine with a stage equilibrium played in one of its states for ever, if there is one."""
    pay = stage.payoffs
    equilibria = [
        p
        for p in sorted(pay)
        if all(pay[p][i] >= pay[(*p[:i], a, *p[i + 1 :])][i] for i, c in enumerate(stage.choices) for a in c)
    ]
    if not equilibria:
        return machines[player]
    machine = machines[player]
    last = len(machine.play) - 1
    chosen = equilibria[len(pay) % len(equilibria)]
    play = (*machine.play[:last], {chosen[player]: ONE})
    moves = (*machine.moves[:last], {a: {last: ONE} for a in product(*stage.choices)})
    return Machine(play, moves)
