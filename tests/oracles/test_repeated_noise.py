"""Public signals, errors of perception and long-run shares against brute force, on random games and machines.

With a public signal: values, one-shot deviations and best replies.  With errors of either kind, lotteries and
signals: the shares of all action profiles in the long run, exactly.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from deterrence.algebra.value import number
from deterrence.games.automata import SIGNAL, Automaton, AutomatonState, Rule
from deterrence.games.monitoring import Monitoring, SignalCase
from deterrence.games.normal import NormalForm, Player
from deterrence.games.stochastic import repeated
from deterrence.solve.long_run import action_shares
from deterrence.solve.process import Process, process
from deterrence.solve.stability import one_shot, plans
from tests.oracles import machines as brute
from tests.oracles.chains import long_run
from tests.oracles.machines import Actions, Machine, Stage
from tests.oracles.random_machines import drawn
from tests.oracles.test_repeated import PLAYERS, hold, joint

ONE = Fraction(1)
RATES = [Fraction(x) for x in ("1/10", "1/3", "1/2")]


def signalled(k: int) -> tuple[Stage, tuple[Machine, ...]]:
    """A random stage with a signal of two or three values, and machines that see nothing else."""
    rng = Random(f"signals {k}")
    stage, found, _ = drawn(k)
    names = ("good", "bad", "none")[: rng.choice((2, 2, 3))]
    chances = {}
    for done in product(*stage.choices):
        cuts = sorted(Fraction(rng.randint(0, 4), 4) for _ in names[1:])
        parts = [b - a for a, b in zip([Fraction(0), *cuts], [*cuts, ONE], strict=True)]
        chances[done] = {n: c for n, c in zip(names, parts, strict=True) if c}
    states = rng.choice((1, 2, 2, 3))
    public = [{(n,): {rng.randrange(states): ONE} for n in names} for _ in range(states)]
    machines = []
    for m in found:
        plays = tuple(m.play[q % len(m.play)] for q in range(states))
        moves = (
            public if k % 4 else [{(n,): {rng.randrange(states): ONE} for n in names} for _ in range(states)]
        )
        if k % 3 == 0 and states > 1:  # a last state that is never left, to end in
            moves = [*moves[:-1], {(n,): {states - 1: ONE} for n in names}]
        machines.append(Machine(plays, tuple(moves)))
    return Stage(stage.choices, stage.payoffs, stage.discounts, signals=chances), tuple(machines)


def automaton(machine: Machine, what: tuple[str, ...]) -> Automaton:
    """The machine as the library writes it; `what` names what each entry of a sight is."""
    reached, todo = {0}, [0]
    while todo:
        ahead = {q for draw in machine.moves[todo.pop()].values() for q in draw} - reached
        reached |= ahead
        todo += ahead
    states = []
    for q in sorted(reached):
        rules = tuple(
            Rule(tuple(zip(what, seen, strict=True)), tuple((f"q{to}", number(v)) for to, v in draw.items()))
            for seen, draw in machine.moves[q].items()
        )
        play = tuple((a, number(v)) for a, v in machine.play[q].items())
        states.append(AutomatonState(f"q{q}", (("", play),), rules))
    return Automaton("machine", "q0", tuple(states))


def played(stage: Stage, found: tuple[Machine, ...], error: Fraction) -> Process:
    names = PLAYERS[: len(stage.choices)]
    rows = tuple(tuple(map(number, stage.payoffs[a])) for a in product(*stage.choices))
    form = NormalForm(tuple(map(Player, names, stage.choices)), rows)
    monitoring = None
    if stage.signals is not None:
        cases = tuple(
            SignalCase(
                tuple(zip(names, done, strict=True)), tuple((n, number(c)) for n, c in chances.items())
            )
            for done, chances in stage.signals.items()
        )
        monitoring = Monitoring(tuple(dict.fromkeys(n for c in stage.signals.values() for n in c)), cases)
    what = (SIGNAL,) if stage.signals is not None else names
    known = set(monitoring.signals) if monitoring else set()
    kept = [
        Machine(
            m.play, tuple({v: d for v, d in move.items() if not known or v[0] in known} for move in m.moves)
        )
        for m in found
    ]
    return process(
        repeated(form, tuple(map(number, stage.discounts))),
        {n: automaton(m, what) for n, m in zip(names, kept, strict=True)},
        number(error),
        misperception=number(stage.misread),
        monitoring=monitoring,
    )


@pytest.mark.parametrize("chunk", range(4))
def test_public_signals_agree_with_brute_force(chunk: int) -> None:
    kinds = set()
    for k in range(chunk, 480, 4):
        stage, found = signalled(k)
        p = played(stage, found, Fraction(0))
        worth = brute.values(stage, found, Fraction(0))
        for i, name in enumerate(p.game.names):
            assert {joint(s): v.at({}) for s, v in p.values(name).items()} == worth[i], k
        perfect, nash = brute.subgame_perfect(stage, found), brute.nash(stage, found)
        assert hold(one_shot(p)) == perfect, k
        assert hold(plans(p)) == nash, k
        if len(worth[0]) > 1:
            kinds.add((perfect, nash))
    assert {(True, True), (False, False)} <= kinds


def test_some_of_those_are_nash_and_not_perfect() -> None:
    found = [k for k in range(480) if not brute.subgame_perfect(*signalled(k)) and brute.nash(*signalled(k))]
    assert len(found) >= 5


def shares(stage: Stage, machines: tuple[Machine, ...], error: Fraction) -> dict[Actions, Fraction]:
    """The long-run shares of action profiles, from the brute force's chain."""
    chain = {s: brute.round_of(stage, machines, s, error, {})[1] for s in brute.reachable(stage, machines)}
    found: dict[Actions, Fraction] = {}
    for here, share in long_run(chain, (0,) * len(machines)).items():
        done = [
            brute.carried_out(m.play[q], c, error)
            for m, q, c in zip(machines, here, stage.choices, strict=True)
        ]
        for actions in product(*stage.choices):
            chance = share
            for i, a in enumerate(actions):
                chance *= done[i][a]
            if chance:
                found[actions] = found.get(actions, Fraction(0)) + chance
    return found


@pytest.mark.parametrize("kind", ["implementation", "perception", "both", "signals", "none"])
def test_long_run_shares_agree_with_brute_force(kind: str) -> None:
    for k in range(120):
        stage, found, _ = drawn(k)
        error = RATES[k % 3] if kind in ("implementation", "both") else Fraction(0)
        if kind in ("perception", "both"):
            stage = Stage(stage.choices, stage.payoffs, stage.discounts, misread=RATES[(k // 3) % 3])
        if kind == "signals":
            stage, found = signalled(k)
        p = played(stage, found, error)
        exact = {
            tuple(a for _, a in actions): v.at({}) for actions, v in action_shares(p).items() if not v.is_zero
        }
        assert exact == shares(stage, found, error), k
        assert sum(exact.values()) == 1
