"""Random games with lists of random strategies, full of ties and of strategies that play alike.

Scope: two players, two actions (some games three), up to three states a machine without lotteries, payoffs in
small whole numbers, few discount factors.  Each list has one strategy twice, with its states in another order,
and one that differs from another only after slips of its own.  Imports nothing of the library.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

from tests.oracles.machines import Machine, Stage

ONE = Fraction(1)
DISCOUNTS = [Fraction(x) for x in ("1/3", "1/2", "1/2", "2/3", "3/4")]
NAMES = ("A", "B", "C")


def drawn_stage(rng: Random, symmetric: bool) -> Stage:
    """A stage; a symmetric one has the same discount factor for both."""
    size = 2 if rng.random() < 0.8 else 3
    bound = rng.choice((1, 2, 3))
    actions = NAMES[:size]
    own = {p: Fraction(rng.randint(-bound, bound)) for p in product(actions, repeat=2)}
    if symmetric:
        d = rng.choice(DISCOUNTS)
        return Stage((actions,) * 2, {(a, b): (own[a, b], own[b, a]) for a, b in own}, (d, d))
    other = {p: Fraction(rng.randint(-bound, bound)) for p in own}
    factors = (rng.choice(DISCOUNTS), rng.choice(DISCOUNTS))
    return Stage((actions,) * 2, {p: (own[p], other[p]) for p in own}, factors)


def drawn_machine(rng: Random, stage: Stage, most: int) -> Machine:
    """A machine that plays pure actions, a simple one more often than not."""
    actions = stage.choices[0]
    size = rng.randint(1, most)
    plays = tuple({rng.choice(actions): ONE} for _ in range(size))
    moves = tuple({p: {rng.randrange(size): ONE} for p in product(*stage.choices)} for _ in range(size))
    return Machine(plays, moves)


def renamed(machine: Machine) -> Machine:
    """The same machine with its later states in the opposite order."""
    size = len(machine.play)
    order = [0, *range(size - 1, 0, -1)]
    play = tuple(machine.play[q] for q in order)
    moves = tuple(
        {p: {order.index(q): v for q, v in draw.items()} for p, draw in machine.moves[k].items()}
        for k in order
    )
    return Machine(play, moves)


def forgiving_itself(rng: Random, machine: Machine, player: int) -> Machine:
    """The same machine but for what it does after an action of its own that it does not play."""
    size = len(machine.play)
    moves = tuple(
        {
            p: (draw if p[player] in machine.play[k] else {rng.randrange(size): ONE})
            for p, draw in move.items()
        }
        for k, move in enumerate(machine.moves)
    )
    return Machine(machine.play, moves)


def drawn_list(number: int, symmetric: bool, most: int = 3) -> tuple[Stage, list[list[Machine]]]:
    """The game of this number and each player's list; in a symmetric game both have the first one's list."""
    rng = Random(f"lists {symmetric} {number}")
    stage = drawn_stage(rng, symmetric)
    lists = []
    for player in range(2):
        machines = [drawn_machine(rng, stage, most) for _ in range(2)]
        machines.append(renamed(rng.choice(machines)))
        machines.append(forgiving_itself(rng, rng.choice(machines), player))
        lists.append(machines)
    return stage, [lists[0], lists[0]] if symmetric else lists


def drawn_threat(number: int) -> tuple[Stage, tuple[Machine, Machine]]:
    """A profile of actions kept up by the threat of another one, for ever or for some rounds.

    The threat is an equilibrium of the stage where there is one, so that many of these are subgame perfect.
    """
    rng = Random(f"threats {number}")
    stage = drawn_stage(rng, symmetric=rng.random() < 0.5)
    profiles = list(product(*stage.choices))
    kept = [
        p
        for p in profiles
        if all(
            stage.payoffs[p][i] >= stage.payoffs[(*p[:i], a, *p[i + 1 :])][i]
            for i, c in enumerate(stage.choices)
            for a in c
        )
    ]
    path, threat = rng.choice(profiles), rng.choice(kept or profiles)
    if rng.random() < 0.5:
        path = max(profiles, key=lambda p: sum(stage.payoffs[p]))
    rounds = rng.choice((0, 0, 1, 2))  # none: for ever
    size = max(rounds, 1) + 1
    moves = [{p: {int(p != path): ONE} for p in profiles}]
    for k in range(1, size):
        to = k if not rounds else (k + 1) % size
        moves.append({p: {to: ONE} for p in profiles})
    plays = [path, *[threat] * (size - 1)]
    one, two = (Machine(tuple({p[i]: ONE} for p in plays), tuple(moves)) for i in (0, 1))
    return stage, (one, two)
