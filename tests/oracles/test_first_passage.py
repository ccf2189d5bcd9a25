"""First passage in random chains against fractions, at points where some transitions are impossible too."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from deterrence.errors import OutOfScope
from deterrence.games.stochastic import StochasticGame
from deterrence.solve.first_passage import first_passage
from tests.oracles.hitting_times import hitting, rounds
from tests.oracles.random_markov import Form, at, text

HALF = Fraction(1, 2)
POINTS = [Fraction(n, d) for n, d in ((0, 1), (1, 1), (1, 2), (1, 3), (4, 5))]
SPLITS: tuple[tuple[Form, Form], ...] = (
    ({"p": 1}, {"": 1, "p": -1}),
    ({"q": 1}, {"": 1, "q": -1}),
    ({"p": HALF}, {"": 1, "p": -HALF}),
    ({"": HALF}, {"": HALF}),
)


def drawn(rng: Random, size: int) -> dict[str, dict[str, Form]]:
    """A chain of states s0, s1, …, of which the last one or two are absorbing; none leads to itself alone."""
    names = [f"s{k}" for k in range(size)]
    chain: dict[str, dict[str, Form]] = {}
    for name in names[: -rng.choice((1, 2))]:
        one, two = rng.sample(names, 2)
        if one != name and rng.random() < 0.3:
            chain[name] = {one: {"": 1}}
        else:
            chain[name] = dict(zip((one, two), rng.choice(SPLITS), strict=True))
    return chain


def built(chain: dict[str, dict[str, Form]], size: int, instant: set[str], open_: bool) -> StochasticGame:
    states = {}
    for k in range(size):
        name = f"s{k}"
        if name in chain:
            to = {t: text(v) for t, v in chain[name].items()}
            states[name] = {"to": to, "instant": name in instant}
        else:
            states[name] = {"absorbing": True}
    less = "<" if open_ else "<="
    return StochasticGame.build([], states, assumptions=[f"0 {less} p {less} 1", f"0 {less} q {less} 1"])


@pytest.mark.parametrize("seed", range(6))
def test_random_chains(seed):
    rng = Random(seed)
    answered, refused = 0, 0
    for _ in range(25):
        size = rng.randint(2, 5)
        chain = drawn(rng, size)
        # an instant state leads on to later ones only, so that time passes on every circle
        instant = {s for s, to in chain.items() if all(t > s for t in to) and rng.random() < 0.3}
        open_ = rng.random() < 0.5
        game = built(chain, size, instant, open_)
        target = f"s{rng.randrange(size)}"
        start = f"s{rng.randrange(size)}"
        points = [
            {"p": p, "q": q}
            for p in POINTS
            for q in POINTS
            if not open_ or not {p, q} & {Fraction(0), Fraction(1)}
        ]
        whole = {f"s{k}": chain.get(f"s{k}", {}) for k in range(size)}
        numbers = [{s: {t: at(v, x) for t, v in to.items()} for s, to in whole.items()} for x in points]
        chances = [hitting(c, {target})[start] for c in numbers]
        times = [rounds(c, {target}, {s: int(s not in instant) for s in c})[start] for c in numbers]
        try:
            found = first_passage(game, target, start)
        except OutOfScope:
            assert not open_  # with all transitions possible there is always an answer
            refused += 1
            continue
        answered += 1
        assert [found.probability.at(x) for x in points] == chances
        if found.rounds is not None:
            assert [found.rounds.at(x) for x in points] == times
        elif found.note == "play may never come there":
            assert set(times) == {None}
        else:
            assert not open_ and len({t is None for t in times}) == 2
    assert answered > 15 and answered > 3 * refused


def test_the_oracle_knows_a_walk_by_hand():
    """Up or down with equal chances between 0 and 3: from 1 the top is reached with a third, after two rounds."""
    walk = {"1": {"0": HALF, "2": HALF}, "2": {"1": HALF, "3": HALF}}
    assert hitting(walk, {"3"})["1"] == Fraction(1, 3)
    assert rounds(walk, {"3", "0"}, {"1": 1, "2": 1})["1"] == 2
    assert rounds(walk, {"3"}, {"1": 1, "2": 1})["1"] is None
