"""What the stability report says in words: losses of strategies that mix, conditions that nobody would read."""

from __future__ import annotations

import deterrence as dt
from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, all_of, atom
from deterrence.algebra.value import variable
from deterrence.show.stability_sentences import failure_sentence, where_words
from deterrence.solve.profiles import process_of
from deterrence.solve.stability import first_failure, one_shot


def sentence(profile: str) -> str:
    game = dt.load("strikes-for-attacks").repeated
    p = process_of(game, profile)
    failure = first_failure(p, one_shot(p))
    assert failure is not None
    return failure_sentence(failure, game)


def test_a_mixing_strategy_that_is_never_indifferent_loses_by_what_it_does():
    # to strike costs the retaliator and brings a further attack, so it never gains by striking
    assert "United States loses by strike, which it is to play with some probability" in sentence("generous")


def test_a_deviation_that_pays_is_named():
    assert "United States gains by restrain when United States' strategy is in war" in sentence("tit-for-tat")


def test_long_conditions_are_described_and_short_ones_shown():
    names = "abcdefgh"
    total = sum((variable(n) for n in names[1:]), variable(names[0])) ** 4 - variable("z")
    long = atom(total.a, ">=")
    ask = prover(EVERYWHERE)
    words = where_words(long, ask)
    assert "terms holds" in words and "--json" in words and len(words) < 120
    short = all_of((atom(variable("a").a, ">"), atom(variable("b").a, ">")))
    assert where_words(short, ask) == "exactly where a > 0 and b > 0"
    assert where_words(EVERYWHERE, ask) == "everywhere"
    assert where_words(NOWHERE, ask) == "nowhere"
