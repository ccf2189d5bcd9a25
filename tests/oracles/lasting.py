"""Who can invade whom, what would be renegotiated, and games that end: by definition, in plain fractions.

Built on `machines.py`, which plays machines against each other.  Scope: numbers only; invasion for two players in a
symmetric game or in different roles; renegotiation and finite horizons for any number of players.
Imports nothing of the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from tests.oracles.machines import (
    ZERO,
    Actions,
    Joint,
    Machine,
    Stage,
    following,
    round_of,
    subgame_perfect,
    values,
)

Path = tuple[Actions, ...]


# -- invasion -----------------------------------------------------------------------------------------------
def mirrored(machine: Machine) -> Machine:
    """The same strategy in the other role of a symmetric game of two players."""
    moves = tuple({(b, a): draw for (a, b), draw in move.items()} for move in machine.moves)
    return Machine(machine.play, moves)


def earns(stage: Stage, machines: Sequence[Machine], error: Fraction = ZERO) -> tuple[Fraction, ...]:
    """What each player gets in all from the start."""
    start = (0,) * len(machines)
    return tuple(v[start] for v in values(stage, machines, error))


def meeting(stage: Stage, one: Machine, other: Machine, error: Fraction = ZERO) -> Fraction:
    """What the first strategy earns against the second in a symmetric game."""
    return earns(stage, (one, mirrored(other)), error)[0]


def can_invade(stage: Stage, resident: Machine, mutant: Machine, error: Fraction = ZERO) -> bool:
    """Maynard Smith: better against the resident, or as good there and then better against itself."""
    among, against = meeting(stage, resident, resident, error), meeting(stage, mutant, resident, error)
    if against != among:
        return against > among
    return meeting(stage, mutant, mutant, error) > meeting(stage, resident, mutant, error)


def is_repelled(stage: Stage, resident: Machine, mutant: Machine, error: Fraction = ZERO) -> bool:
    """What an evolutionarily stable strategy does to every mutant."""
    among, against = meeting(stage, resident, resident, error), meeting(stage, mutant, resident, error)
    if against != among:
        return against < among
    return meeting(stage, mutant, mutant, error) < meeting(stage, resident, mutant, error)


def same_strategy(stage: Stage, player: int, one: Machine, other: Machine, error: Fraction = ZERO) -> bool:
    """Whether two machines without lotteries play the same whatever the others do.

    Machines with m and n states that differ do so within m times n rounds, so all sequences of that length
    are tried; after a round in which the player did what neither meant, which errors alone bring, too.
    """
    todo: list[tuple[int, int, int]] = [(0, 0, len(one.play) * len(other.play))]
    while todo:
        p, q, left = todo.pop()
        if one.play[p] != other.play[q]:
            return False
        if left:
            for done in product(*stage.choices):
                if error or one.play[p].get(done[player], ZERO):
                    (after_p,), (after_q,) = one.moves[p][done], other.moves[q][done]
                    todo.append((after_p, after_q, left - 1))
    return True


# -- renegotiation ------------------------------------------------------------------------------------------
def renegotiation_proof(stage: Stage, machines: Sequence[Machine], error: Fraction = ZERO) -> bool:
    """Subgame perfect, and no joint state that pays everybody less than another."""
    worth = values(stage, machines, error)
    return subgame_perfect(stage, machines, error) and not any(
        all(v[here] < v[there] for v in worth) for here in worth[0] for there in worth[0]
    )


# -- games that end -----------------------------------------------------------------------------------------
def finite_subgame_perfect(
    stage: Stage, machines: Sequence[Machine], rounds: int, error: Fraction = ZERO
) -> bool:
    """Whether no change of one action pays, in any round and any joint state that may be reached by then."""
    reached: list[set[Joint]] = [{(0,) * len(machines)}]
    for _ in range(rounds - 1):
        ahead = {
            t for s in reached[-1] for done in product(*stage.choices) for t in following(machines, s, done)
        }
        reached.append(ahead)
    later: dict[Joint, list[Fraction]] = {}
    for here in reversed(reached):
        now: dict[Joint, list[Fraction]] = {}
        for s in here:
            now[s] = _total(stage, machines, s, error, {}, later)
            for i, choices in enumerate(stage.choices):
                for action in choices:
                    if _total(stage, machines, s, error, {i: action}, later)[i] > now[s][i]:
                        return False
        later = now
    return True


def _total(
    stage: Stage,
    machines: Sequence[Machine],
    here: Joint,
    error: Fraction,
    change: dict[int, str],
    later: dict[Joint, list[Fraction]],
) -> list[Fraction]:
    pay, ahead = round_of(stage, machines, here, error, change)
    if not later:
        return pay
    return [
        x + d * sum((chance * later[s][i] for s, chance in ahead.items()), ZERO)
        for i, (x, d) in enumerate(zip(pay, stage.discounts, strict=True))
    ]


def worth_of(stage: Stage, path: Path) -> tuple[Fraction, ...]:
    """The discounted sum of a path of action profiles for each player."""
    return tuple(
        sum((d**t * stage.payoffs[done][i] for t, done in enumerate(path)), ZERO)
        for i, d in enumerate(stage.discounts)
    )


def finite_paths(stage: Stage, rounds: int) -> set[Path]:
    """What pure subgame-perfect equilibria play: who departs is punished by the worst continuation there is."""
    found: set[Path] = {()}
    for _ in range(rounds):
        worst = [
            min(worth_of(stage, path)[i] for path in found) if found else ZERO
            for i in range(len(stage.choices))
        ]
        longer = set()
        for done in product(*stage.choices):
            for path in found:
                here = worth_of(stage, (done, *path))
                if all(
                    here[i]
                    >= stage.payoffs[(*done[:i], a, *done[i + 1 :])][i] + stage.discounts[i] * worst[i]
                    for i, choices in enumerate(stage.choices)
                    for a in choices
                ):
                    longer.add((done, *path))
        found = longer
    return found


def paths_of_two_rounds(stage: Stage) -> set[Path]:
    """The same for two rounds by trying all plans of both players: Nash in the whole and after every first round."""
    profiles = list(product(*stage.choices))
    plans = [
        [
            (first, dict(zip(profiles, then, strict=True)))
            for first in c
            for then in product(c, repeat=len(profiles))
        ]
        for c in stage.choices
    ]

    def played(chosen: Sequence[tuple[str, dict[Actions, str]]]) -> Path:
        first = tuple(plan[0] for plan in chosen)
        return first, tuple(plan[1][first] for plan in chosen)

    def stage_nash(done: Actions) -> bool:
        return all(
            stage.payoffs[done][i] >= stage.payoffs[(*done[:i], a, *done[i + 1 :])][i]
            for i, c in enumerate(stage.choices)
            for a in c
        )

    found = set()
    settled = {done for done in profiles if stage_nash(done)}
    for chosen in product(*plans):
        if not all(tuple(plan[1][h] for plan in chosen) in settled for h in profiles):
            continue
        path = played(chosen)
        if path in found:
            continue
        mine = worth_of(stage, path)
        if all(
            worth_of(stage, played((*chosen[:i], other, *chosen[i + 1 :])))[i] <= mine[i]
            for i in range(len(plans))
            for other in plans[i]
        ):
            found.add(path)
    return found
