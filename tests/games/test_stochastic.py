"""Stochastic games from plain tables: what they say, and what is refused with place and remedy."""

from __future__ import annotations

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.errors import DomainError, GameError, InexactNumber, UnknownName
from deterrence.games.stochastic import Place, StochasticGame

BORDER = {
    "quiet": {
        "actions": {"us": ["wait", "strike"], "them": ["hold", "raid"]},
        "cases": [
            {
                "when": {"them": "raid"},
                "payoffs": {"us": "-l", "them": "g"},
                "to": {"quiet": "1 - h", "war": "h"},
            },
            {"when": {"us": "strike"}, "payoffs": {"us": "-c"}, "to": "tense"},
            {"to": "quiet"},
        ],
    },
    "tense": {"actions": {"them": ["hold", "raid"]}, "instant": True, "cases": [{"to": "quiet"}]},
    "war": {"absorbing": True, "payoffs": ["-w", "-w"]},
}
GIVEN = ["0 < delta < 1", "0 <= h <= 1"]


def border(**changes) -> StochasticGame:
    """The game above with the tables of some states changed."""
    more = {"discounts": "delta", "assumptions": GIVEN} | changes.pop("more", {})
    return StochasticGame.build(["us", "them"], {**BORDER, **changes}, **more)


def test_what_the_tables_say():
    game = border()
    assert game.initial == "quiet"
    assert game.names == ("us", "them")
    assert [p.actions for p in game.players] == [("wait", "strike"), ("hold", "raid")]
    assert set(game.domain.names) == {"c", "delta", "g", "h", "l", "w"}
    quiet = game.state("quiet")
    assert [str(v) for v in quiet.case({"us": "strike", "them": "raid"}).payoffs] == [
        "-l",
        "g",
    ]  # the first that fits
    assert [str(v) for v in quiet.case({"us": "strike", "them": "hold"}).payoffs] == ["-c", "0"]
    assert game.state("tense").instant and game.state("war").absorbing


def test_places_and_how_they_are_named():
    game = border()
    assert [h.name for h in game.places] == ["quiet[us]", "quiet[them]", "tense"]
    assert (
        game.place("tense")
        == game.place("tense", "them")
        == Place("tense", "tense", "them", ("hold", "raid"))
    )
    assert game.place("quiet", "us").actions == ("wait", "strike")
    with pytest.raises(
        GameError, match=r"several players move in state quiet; say which: quiet\[us\], quiet\[them\]"
    ):
        game.place("quiet")
    with pytest.raises(UnknownName, match="state tense: no mover named 'us'; known: them"):
        game.place("tense", "us")
    with pytest.raises(UnknownName, match="no state with movers named 'war'"):
        game.place("war")
    with pytest.raises(GameError, match=r"us is a player; name the state in which it moves: quiet\[us\]"):
        game.place("us")


def test_numbers_at_a_point():
    point = border().domain.point(dict(c=1, delta="1/2", g=2, h="1/4", l=3, w=10))
    game = border().at(point)
    case = game.state("quiet").case({"us": "wait", "them": "raid"})
    assert [v.at({}) for v in case.payoffs] == [-3, 2]
    assert {to: v.at({}) for to, v in case.to} == {"quiet": Fraction(3, 4), "war": Fraction(1, 4)}
    assert [d.at({}) for d in game.discounts] == [Fraction(1, 2)] * 2


def test_sympy_and_labels_and_own_patience():
    import sympy

    c = sympy.Symbol("c")
    game = StochasticGame.build(
        {"us": "United States"},
        {"a": {"actions": {"us": ["go"]}, "payoffs": [c / 2], "to": {"a": sympy.Rational(1, 3), "b": "2/3"}}, "b": {"absorbing": True}},
        discounts={"us": Fraction(1, 2)},
    )  # fmt: skip
    assert game.players[0].shown == "United States"
    assert str(game.state("a").cases[0].payoffs[0]) == "c/2"


REFUSED = {
    "no discount": (dict(more={"discounts": None}), GameError, "give discounts"),
    "a discount for nobody": (dict(more={"discounts": {"us": "delta"}}), GameError, "each of us, them; got us"),
    "discount one": (dict(more={"discounts": 1}), DomainError, "not proved to lie between 0 and 1"),
    "a float": (dict(more={"discounts": 0.5}), InexactNumber, "0.5"),
    "an unknown initial state": (dict(more={"initial": "calm"}), UnknownName, "no state named 'calm'"),
    "no way on": (dict(tense={"actions": {"them": ["hold"]}}), GameError, "state tense: say what follows"),
    "an end in no time": (dict(war={"absorbing": True, "instant": True}), GameError, "state war: it is absorbing, so not instant"),
    "an end with a way on": (dict(war={"absorbing": True, "to": "quiet"}), GameError, "state war: an absorbing state ends"),
    "a strange entry": (dict(tense={"next": "quiet"}), UnknownName, "state tense: no entry named 'next'"),
    "a strange entry of a case": (dict(tense={"cases": [{"then": "quiet"}]}), UnknownName, "no entry named 'then'"),
    "payoffs twice": (dict(tense={"cases": [{"to": "quiet"}], "to": "quiet"}), GameError, "inside the cases"),
    "an unknown player": (dict(tense={"to": "quiet", "payoffs": {"uk": 1}}), UnknownName, "no player named 'uk'"),
    "too few payoffs": (dict(tense={"to": "quiet", "payoffs": [1]}), GameError, "one payoff for each of us, them; got 1"),
    "an unknown mover": (dict(tense={"actions": {"uk": ["x"]}, "to": "quiet"}), UnknownName, "no player named 'uk'"),
    "an unknown state": (dict(tense={"to": "clam"}), UnknownName, "no state named 'clam'"),
    "too much chance": (dict(tense={"to": {"quiet": "h", "war": "h"}}), DomainError, "sum to 2\\*h"),
    "chance beyond one": (dict(tense={"to": {"quiet": "2*h", "war": "1 - 2*h"}}), DomainError, "probability 2\\*h of quiet"),
    "an undefined payoff": (dict(tense={"to": "quiet", "payoffs": ["1/h", 0]}), DomainError, "the payoff 1/h is not proved"),
    "no case that fits": (
        dict(tense={"actions": {"them": ["hold", "raid"]}, "cases": [{"when": {"them": "raid"}, "to": "quiet"}]}),
        GameError,
        "state tense: no case fits them = hold",
    ),
    "an unknown action": (
        dict(tense={"actions": {"them": ["hold"]}, "cases": [{"when": {"them": "riad"}, "to": "quiet"}]}),
        UnknownName,
        "action of them named 'riad'",
    ),
    "instant circle": (
        dict(tense={"to": "tenser", "instant": True}, tenser={"to": "tense", "instant": True}),
        GameError,
        "run in a circle: tense -> tenser -> tense",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(what):
    changes, kind, message = REFUSED[what]
    with pytest.raises(kind, match=message):
        border(**changes)


def test_a_game_needs_states():
    with pytest.raises(GameError, match="one or more states"):
        StochasticGame.build(["us"], {}, discounts="1/2")


def test_chains_have_no_players():
    chain = StochasticGame.build(
        [], {"a": {"to": {"a": "p", "b": "1 - p"}}, "b": {"absorbing": True}}, assumptions=["0 <= p <= 1"]
    )
    assert chain.names == () and chain.discounts == () and chain.places == ()
    with pytest.raises(dt.DeterrenceError, match="depends on what they do"):
        dt.first_passage(border(), "war")
