"""Repeated games between automata by brute force, in plain fractions: subgame perfect, Nash, values.

Scope: numbers only, any number of players; perfect monitoring, a public signal, errors of implementation and of
perception (of these last only what follows a round: there are no subgames then).  Everything follows the
definitions: joint states are found by trying all actions, values by solving `v = u + d P v`, one-shot deviations
by trying every action in every joint state, best replies to automata by Howard's policy iteration.
Imports nothing of the library, so that it can disagree with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

Actions = tuple[str, ...]  # one action for each player
Draw = Mapping[int, Fraction]
Joint = tuple[int, ...]  # one state for each player's machine
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Stage:
    """What each player can do, what that pays, how each discounts, and what players see.

    With `signals` they see a public signal, drawn by what was done, and nothing else.  At the rate `misread`
    each player, for itself, takes another's action for a different one, each of these as likely.
    """

    choices: tuple[tuple[str, ...], ...]
    payoffs: Mapping[Actions, tuple[Fraction, ...]]
    discounts: tuple[Fraction, ...]
    signals: Mapping[Actions, Mapping[str, Fraction]] | None = None
    misread: Fraction = ZERO


@dataclass(frozen=True)
class Machine:
    """States 0, 1, ...; it begins in 0.  `play[q]` is a mixture, `moves[q][seen]` draws the next state.

    What is seen is everybody's actions or, where the stage has signals, the signal alone in a tuple.
    """

    play: tuple[Mapping[str, Fraction], ...]
    moves: tuple[Mapping[Actions, Draw], ...]


def sights(stage: Stage, done: Actions) -> Iterator[tuple[tuple[Actions, ...], Fraction]]:
    """What the players may see of a round, each for itself, and how likely that is."""
    if stage.signals is not None:
        for name, chance in stage.signals[done].items():
            yield ((name,),) * len(done), chance
        return
    if not stage.misread:
        yield (done,) * len(done), ONE
        return
    apart = []
    for i in range(len(done)):
        own = [
            {done[j]: ONE} if j == i else carried_out({done[j]: ONE}, stage.choices[j], stage.misread)
            for j in range(len(done))
        ]
        apart.append(
            [(seen, prod(own[j][a] for j, a in enumerate(seen))) for seen in product(*(list(o) for o in own))]
        )
    for chosen in product(*apart):
        yield tuple(seen for seen, _ in chosen), prod(chance for _, chance in chosen)


def following(
    machines: Sequence[Machine], here: Joint, done: Actions, stage: Stage | None = None
) -> dict[Joint, Fraction]:
    """The next joint states; machines with one table share its draw.  Without a stage all see what was done."""
    found: dict[Joint, Fraction] = {}
    for seen, likely in sights(stage, done) if stage else [((done,) * len(done), ONE)]:
        tables = [m.moves[q][v] for m, q, v in zip(machines, here, seen, strict=True)]
        for drawn in product(*(t.items() for t in tables)):
            chance, apart = likely, True
            for k, (to, share) in enumerate(drawn):
                if tables[k] in tables[:k]:
                    apart = apart and to == drawn[tables.index(tables[k])][0]
                else:
                    chance *= share
            if chance and apart:
                joint = tuple(q for q, _ in drawn)
                found[joint] = found.get(joint, ZERO) + chance
    return found


def reachable(stage: Stage, machines: Sequence[Machine]) -> list[Joint]:
    """Every joint state that some sequence of actions may lead to."""
    start = (0,) * len(machines)
    found, todo = {start}, [start]
    while todo:
        here = todo.pop()
        for done in product(*stage.choices):
            for joint in following(machines, here, done, stage):
                if joint not in found:
                    found.add(joint)
                    todo.append(joint)
    return sorted(found)


def carried_out(
    meant: Mapping[str, Fraction], choices: Sequence[str], error: Fraction
) -> dict[str, Fraction]:
    """What is done when a mixture is meant: each other action is as likely by error."""
    if len(choices) == 1:
        return {choices[0]: ONE}
    done = dict.fromkeys(choices, ZERO)
    for action, weight in meant.items():
        for other in choices:
            done[other] += weight * (ONE - error if other == action else error / (len(choices) - 1))
    return done


def round_of(
    stage: Stage, machines: Sequence[Machine], here: Joint, error: Fraction, change: Mapping[int, str]
) -> tuple[list[Fraction], dict[Joint, Fraction]]:
    """Expected payoffs and next joint states of one round, with some players meaning something else."""
    meant = [{change[i]: ONE} if i in change else machines[i].play[q] for i, q in enumerate(here)]
    done = [carried_out(m, c, error) for m, c in zip(meant, stage.choices, strict=True)]
    pay, ahead = [ZERO] * len(here), dict[Joint, Fraction]()
    for actions in product(*stage.choices):
        chance = ONE
        for i, a in enumerate(actions):
            chance *= done[i][a]
        if not chance:
            continue
        pay = [x + chance * y for x, y in zip(pay, stage.payoffs[actions], strict=True)]
        for joint, share in following(machines, here, actions, stage).items():
            ahead[joint] = ahead.get(joint, ZERO) + chance * share
    return pay, ahead


def solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """The solution of a regular linear system, its right side as the last column."""
    size = len(rows)
    rows = [list(r) for r in rows]
    for k in range(size):
        best = next(i for i in range(k, size) if rows[i][k])
        rows[k], rows[best] = rows[best], rows[k]
        for i in range(k + 1, size):
            if rows[i][k]:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [x - factor * y if y else x for x, y in zip(rows[i], rows[k], strict=True)]
    found = [ZERO] * size
    for k in reversed(range(size)):
        rest = rows[k][size] - sum((rows[k][j] * found[j] for j in range(k + 1, size) if rows[k][j]), ZERO)
        found[k] = rest / rows[k][k]
    return found


def stream(
    pay: Mapping[Joint, Fraction], ahead: Mapping[Joint, Mapping[Joint, Fraction]], discount: Fraction
) -> dict[Joint, Fraction]:
    """The discounted sums that solve `v = pay + discount * P v`."""
    at = {s: k for k, s in enumerate(pay)}
    rows = []
    for s in pay:
        row = [ZERO] * len(at) + [pay[s]]
        row[at[s]] = ONE
        for joint, chance in ahead[s].items():
            row[at[joint]] -= discount * chance
        rows.append(row)
    return dict(zip(at, solved(rows), strict=True))


def values(stage: Stage, machines: Sequence[Machine], error: Fraction) -> list[dict[Joint, Fraction]]:
    """Each player's discounted sum from every joint state on."""
    here = reachable(stage, machines)
    rounds = {s: round_of(stage, machines, s, error, {}) for s in here}
    ahead = {s: r[1] for s, r in rounds.items()}
    return [stream({s: r[0][i] for s, r in rounds.items()}, ahead, d) for i, d in enumerate(stage.discounts)]


def gains(
    stage: Stage, machines: Sequence[Machine], error: Fraction
) -> Iterator[tuple[Joint, int, str, Fraction]]:
    """What every one-shot deviation wins, in every joint state."""
    worth = values(stage, machines, error)
    for here in worth[0]:
        for i, choices in enumerate(stage.choices):
            for action in choices:
                pay, ahead = round_of(stage, machines, here, error, {i: action})
                later = sum((c * worth[i][s] for s, c in ahead.items()), ZERO)
                yield here, i, action, pay[i] + stage.discounts[i] * later - worth[i][here]


def subgame_perfect(stage: Stage, machines: Sequence[Machine], error: Fraction = ZERO) -> bool:
    """Whether no one-shot deviation pays anywhere."""
    return all(gain <= 0 for *_, gain in gains(stage, machines, error))


def best_reply(stage: Stage, machines: Sequence[Machine], player: int, error: Fraction) -> Fraction:
    """The most that a player can get from the start against the others' machines (Howard's policy iteration).

    The player's own machine matters no more, so it is replaced by one with a single state.
    """
    seen = {v for done in product(*stage.choices) for views, _ in sights(stage, done) for v in views}
    idle = Machine(({stage.choices[player][0]: ONE},), ({v: {0: ONE} for v in seen},))
    faced = [idle if i == player else m for i, m in enumerate(machines)]
    here = reachable(stage, faced)
    options = {
        s: {a: round_of(stage, faced, s, error, {player: a}) for a in stage.choices[player]} for s in here
    }
    plan = {s: stage.choices[player][0] for s in here}
    d = stage.discounts[player]
    while True:
        worth = stream(
            {s: options[s][plan[s]][0][player] for s in here}, {s: options[s][plan[s]][1] for s in here}, d
        )
        changed = False
        for s in here:
            for action, (pay, ahead) in options[s].items():
                if pay[player] + d * sum((c * worth[t] for t, c in ahead.items()), ZERO) > worth[s]:
                    plan[s], changed = action, True
                    break
        if not changed:
            return worth[here[0]]


def nash(stage: Stage, machines: Sequence[Machine], error: Fraction = ZERO) -> bool:
    """Whether each machine does as well as any strategy against the others."""
    start = (0,) * len(machines)
    worth = values(stage, machines, error)
    return all(best_reply(stage, machines, i, error) <= worth[i][start] for i in range(len(machines)))
