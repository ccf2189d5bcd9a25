"""Repeated games between automata against brute force: 3,000 random games, values, subgame perfection, Nash.

The brute force is `machines.py`, which knows nothing of the library.  All is exact, so nothing is compared "up
to" anything: values are equal as fractions, and so are the gains of best replies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest

from deterrence.algebra.region import EVERYWHERE, NOWHERE, all_of
from deterrence.algebra.value import number, variable
from deterrence.games.automata import Automaton, AutomatonState, Mixture, Rule
from deterrence.games.normal import NormalForm, Player, found_domain
from deterrence.games.stochastic import STAGE, repeated
from deterrence.solve.process import Joint, Process, process
from deterrence.solve.stability import Condition, one_shot, plans
from tests.oracles import machines as brute
from tests.oracles.machines import Machine, Stage
from tests.oracles.random_machines import drawn

GAMES, CHUNKS = 3000, 12
PLAYERS = ("one", "two", "three")


def automaton(machine: Machine, names: Sequence[str]) -> Automaton:
    """The machine as the library writes it, without states to which no rule leads."""

    def mixture(draw: dict[str, Fraction]) -> Mixture:
        return tuple((name, number(share)) for name, share in draw.items())

    reached, todo = {0}, [0]
    while todo:
        ahead = {q for draw in machine.moves[todo.pop()].values() for q in draw} - reached
        reached |= ahead
        todo += ahead
    states = []
    for q in sorted(reached):
        rules = tuple(
            Rule(tuple(zip(names, done, strict=True)), mixture({f"q{to}": v for to, v in draw.items()}))
            for done, draw in machine.moves[q].items()
        )
        states.append(AutomatonState(f"q{q}", (("", mixture(dict(machine.play[q]))),), rules))
    return Automaton("machine", "q0", tuple(states))


def played(stage: Stage, found: Sequence[Machine], error: Fraction, symbols: bool = False) -> Process:
    """The process in the library; with `symbols` the discount factors stay symbols, d_one and so on."""
    names = PLAYERS[: len(stage.choices)]
    rows = tuple(tuple(map(number, stage.payoffs[a])) for a in product(*stage.choices))
    form = NormalForm(tuple(map(Player, names, stage.choices)), rows)
    factors = tuple(map(number, stage.discounts))
    if symbols:
        factors = tuple(variable(f"d_{n}") for n in names)
    domain = found_domain([factors], [f"0 < d_{n} < 1" for n in names] if symbols else [])
    game = repeated(form, factors, domain)
    return process(game, {n: automaton(m, names) for n, m in zip(names, found, strict=True)}, number(error))


def hold(conditions: Sequence[Condition]) -> bool:
    """Whether all hold, of a game in numbers: every region is everything or nothing."""
    region = all_of(c.region for c in conditions)
    assert region in (EVERYWHERE, NOWHERE)
    return region == EVERYWHERE


def joint(here: Joint) -> tuple[int, ...]:
    assert here[0] == STAGE
    return tuple(int(q[1:]) for q in here[1])


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_games_agree_with_brute_force(chunk: int) -> None:
    for k in range(chunk, GAMES, CHUNKS):
        stage, found, error = drawn(k)
        p = played(stage, found, error)
        worth = brute.values(stage, found, error)
        for i, name in enumerate(p.game.names):
            values = {joint(s): v.at({}) for s, v in p.values(name).items()}
            assert values == worth[i], k
        assert hold(one_shot(p)) == brute.subgame_perfect(stage, found, error), k
        replies = plans(p)
        assert hold(replies) == brute.nash(stage, found, error), k
        if error == 0:
            for i, name in enumerate(p.game.names):
                most = max([c.gain.at({}) for c in replies if c.player == name], default=Fraction(0))
                best = brute.best_reply(stage, found, i, error) - worth[i][(0,) * len(found)]
                assert max(most, Fraction(0)) == best, k


@pytest.mark.parametrize("chunk", range(4))
def test_discount_factors_as_symbols(chunk: int) -> None:
    """The same games with symbols for patience: then all plans are compared, and regions asked at a point."""
    for k in range(chunk, 600, 4):
        stage, found, _ = drawn(k)
        p = played(stage, found, Fraction(0), symbols=True)
        point = {f"d_{n}": d for n, d in zip(p.game.names, stage.discounts, strict=False)}
        shots, replies = one_shot(p), plans(p)
        assert all(c.region.contains(point) for c in shots) == brute.subgame_perfect(stage, found), k
        assert all(c.region.contains(point) for c in replies) == brute.nash(stage, found), k
        for i, name in enumerate(p.game.names):
            most = max([c.gain.at(point) for c in replies if c.player == name], default=Fraction(0))
            base = brute.values(stage, found, Fraction(0))[i][(0,) * len(found)]
            assert max(most, Fraction(0)) == brute.best_reply(stage, found, i, Fraction(0)) - base, k


def test_who_always_errs_may_never_come_everywhere() -> None:
    """At a rate of one nothing is random, so Nash and subgame perfection are two things again."""
    apart = 0
    for k in range(0, 600, 2):
        stage, found, _ = drawn(k)
        p, always = played(stage, found, Fraction(1)), Fraction(1)
        perfect, nash = brute.subgame_perfect(stage, found, always), brute.nash(stage, found, always)
        assert (hold(one_shot(p)), hold(plans(p))) == (perfect, nash), k
        apart += nash and not perfect
    assert apart > 3


def test_the_random_games_are_of_every_kind() -> None:
    """Enough of each answer, beyond games in which nothing ever changes, that agreement means something."""
    kinds: Counter[object] = Counter()
    for k in range(0, GAMES, 4):
        stage, found, error = drawn(k)
        if len(brute.reachable(stage, found)) > 1:
            kinds[brute.subgame_perfect(stage, found, error), brute.nash(stage, found, error)] += 1
        kinds["noise"] += error > 0
        kinds["mixing"] += any(len(play) > 1 for m in found for play in m.play)
        kinds["lotteries"] += any(len(d) > 1 for m in found for move in m.moves for d in move.values())
        kinds["three players"] += len(found) == 3
        kinds["four states"] += any(len(m.play) == 4 for m in found)
    assert kinds[True, True] > 100 and kinds[False, False] > 300 and kinds[False, True] > 15
    assert kinds[True, False] == 0
    assert all(kinds[name] > 20 for name in ("noise", "mixing", "lotteries", "three players", "four states"))


# -- the brute force itself, on what anybody can work out ---------------------------------------------------
def dilemma(discount: str) -> Stage:
    pay = {("C", "C"): (3, 3), ("C", "D"): (0, 5), ("D", "C"): (5, 0), ("D", "D"): (1, 1)}
    return Stage(
        (("C", "D"),) * 2, {a: tuple(map(Fraction, v)) for a, v in pay.items()}, (Fraction(discount),) * 2
    )


def mood(after: dict[tuple[str, str], int]) -> Machine:
    """State 0 plays C, state 1 plays D; from 0 it moves as `after` says, and from 1 never."""
    stay = {a: {1: Fraction(1)} for a in after}
    return Machine(
        ({"C": Fraction(1)}, {"D": Fraction(1)}), ({a: {q: Fraction(1)} for a, q in after.items()}, stay)
    )


GRIM = mood({a: int(a != ("C", "C")) for a in product("CD", repeat=2)})


def test_grim_by_hand() -> None:
    """5 now and 1 ever after against 3 for ever: 5(1 - d) + d <= 3 exactly from one half on."""
    for discount, fine in (("49/100", False), ("1/2", True), ("51/100", True)):
        stage = dilemma(discount)
        assert brute.subgame_perfect(stage, [GRIM, GRIM]) is fine
        assert brute.nash(stage, [GRIM, GRIM]) is fine
    stage = dilemma("1/2")
    assert brute.values(stage, [GRIM, GRIM], Fraction(0))[0] == {(0, 0): 6, (1, 1): 2}
    assert brute.best_reply(stage, [GRIM, GRIM], 0, Fraction(0)) == 6
    assert brute.best_reply(dilemma("1/4"), [GRIM, GRIM], 0, Fraction(0)) == 5 + Fraction(1, 3)


def test_errors_by_hand() -> None:
    """One round of cooperating for ever with an error in four: each of the four outcomes at its chance."""
    stage = dilemma("1/2")
    kind = Machine(({"C": Fraction(1)},), ({a: {0: Fraction(1)} for a in product("CD", repeat=2)},))
    mean = (9 * 3 + 3 * 0 + 3 * 5 + 1 * 1) * Fraction(1, 16)
    assert brute.values(stage, [kind, kind], Fraction(1, 4))[0] == {(0, 0): 2 * mean}


@pytest.mark.parametrize("k", range(0, 200, 2))
def test_policy_iteration_against_all_plans(k: int) -> None:
    """The best reply is the best of all stationary plans, tried one by one."""
    stage, found, error = drawn(k)
    for i, mine in enumerate(stage.choices):
        idle = Machine(({mine[0]: Fraction(1)},), ({a: {0: Fraction(1)} for a in product(*stage.choices)},))
        faced = [idle if j == i else m for j, m in enumerate(found)]
        here = brute.reachable(stage, faced)
        best = None
        for chosen in product(mine, repeat=len(here)):
            rounds = {
                s: brute.round_of(stage, faced, s, error, {i: a}) for s, a in zip(here, chosen, strict=True)
            }
            worth = brute.stream(
                {s: r[0][i] for s, r in rounds.items()},
                {s: r[1] for s, r in rounds.items()},
                stage.discounts[i],
            )
            best = worth[here[0]] if best is None else max(best, worth[here[0]])
        assert brute.best_reply(stage, found, i, error) == best
