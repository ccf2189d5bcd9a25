"""Automata that are not well formed, and what an automaton does with what it sees."""

from __future__ import annotations

import pytest

from deterrence.algebra.value import number
from deterrence.errors import GameError, UnknownName
from deterrence.games.automata import (
    OTHER,
    OWN,
    Automaton,
    AutomatonState,
    Mixture,
    Rule,
    bound,
    surely,
    watching,
)

PEACE = surely("C")


def state(name: str, *rules: Rule, play: Mixture = PEACE) -> AutomatonState:
    return AutomatonState(name, (("", play),), rules)


def to(name: str, **when: str) -> Rule:
    return Rule(tuple(when.items()), surely(name))


def test_a_state_to_which_no_rule_leads() -> None:
    with pytest.raises(GameError, match=r"no rule leads to the state war.*lead a rule to it, or remove it"):
        Automaton("grim", "peace", (state("peace", to("peace")), state("war", to("war"))))


def test_states_that_only_lead_to_each_other_are_unreached_too() -> None:
    with pytest.raises(GameError, match="b, c"):
        Automaton("odd", "a", (state("a", to("a")), state("b", to("c")), state("c", to("b"))))


def test_names_of_states() -> None:
    with pytest.raises(UnknownName, match=r"war.*peace"):
        Automaton("grim", "peace", (state("peace", to("war")),))
    with pytest.raises(UnknownName, match="start"):
        Automaton("grim", "start", (state("peace", to("peace")),))
    with pytest.raises(GameError, match="each once; got peace, peace"):
        Automaton("grim", "peace", (state("peace", to("peace")), state("peace", to("peace"))))
    with pytest.raises(GameError, match="states must be named"):
        Automaton("none", "peace", ())


def test_a_transition_that_is_not_defined() -> None:
    half = Automaton("half", "peace", (state("peace", Rule((("them", "C"),), surely("peace"))),))
    with pytest.raises(GameError, match=r"half, state peace: no rule fits them = D; add a last rule without"):
        half.following("peace", {"them": "D"})


def test_the_first_rule_that_fits_counts() -> None:
    rules = (Rule((("us", "C"), ("them", "C")), surely("a")), Rule((("them", "C"),), surely("b")), to("c"))
    many = Automaton("many", "a", (state("a", *rules), state("b", *rules), state("c", *rules)))
    seen = [({"us": x, "them": y}, z) for x, y, z in ("CCa", "DCb", "CDc", "DDc")]
    assert all(many.following("b", at) == surely(after) for at, after in seen)


def test_play_by_the_state_of_the_game() -> None:
    s = AutomatonState("on", (("calm", surely("wait")), ("tense", surely("strike"))), (to("on"),))
    assert s.mixture("tense") == surely("strike")
    with pytest.raises(GameError, match="says nothing of play in state war; add it"):
        s.mixture("war")
    rest = AutomatonState("on", (("tense", surely("strike")), ("", surely("wait"))), (to("on"),))
    assert rest.mixture("tense") == surely("strike") and rest.mixture("war") == surely("wait")


def test_own_and_other_become_players() -> None:
    rules = (Rule(((OWN, "C"), (OTHER, "D"), ("signal", "bad")), surely("a")), to("a"))
    written = bound(Automaton("x", "a", (state("a", *rules),)), "us", ("them", "us"))
    assert written.states[0].rules[0].when == (("us", "C"), ("them", "D"), ("signal", "bad"))


def test_the_other_of_three_has_to_be_named() -> None:
    either = Automaton("x", "a", (state("a", Rule(((OTHER, "D"),), surely("a")), to("a")),))
    with pytest.raises(GameError, match="`other` could be sponsor, militia; name the player"):
        bound(either, "us", ("us", "sponsor", "militia"))
    named = bound(watching(either, "militia"), "us", ("us", "sponsor", "militia"))
    assert named.states[0].rules[0].when == (("militia", "D"),)


def test_lotteries_are_kept() -> None:
    draw = (("a", number(1)), ("b", number(0)))
    drawn = Automaton("x", "a", (state("a", Rule((), draw)), state("b", to("a"))))
    assert drawn.following("a", {}) == draw
