"""The stability report, and claims about play: against results worked out by hand for the same games."""

from __future__ import annotations

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.reading import Reading, read_region, read_value
from deterrence.algebra.region import NOWHERE
from deterrence.catalogue.models import from_text
from deterrence.errors import OutOfScope, UnknownName
from deterrence.solve.process import process
from deterrence.solve.rounds import round_share
from deterrence.study.play import PlayQuestion, decide_play, profile_region
from deterrence.study.stability import least_patience, stability_report

PD = dt.NormalForm.from_arrays(
    [["R", "S"], ["T", "P"]],
    [["R", "T"], ["S", "P"]],
    actions=[["C", "D"]] * 2,
    assumptions=["T > R", "R > P", "P > S"],
)
PLAYED = {
    "grim": "grim",
    "tit-for-tat": "tit-for-tat",
    "contrite": "contrite-tit-for-tat",
    "pavlov": "win-stay-lose-shift",
    "attack": "always-defect",
    "restraint": "always-cooperate",
}
GAME = dt.repeat(PD, "delta", PLAYED)
REPORT = stability_report(GAME)


def region(text):
    return read_region(parse_condition(text), Reading(lenient=True))


def value(text):
    return read_value(parse_expression(text), Reading(lenient=True))


def row(name, report=REPORT):
    return next(r for r in report.rows if r.id == name)


def same(found, text):
    return prover(GAME.domain.given).equivalent(found, region(text)) is True


GRIM, BACK = "delta*(T - P) >= T - R", "delta*(R - S) >= T - R"


@pytest.mark.parametrize(
    ("name", "nash", "perfect"),
    [
        ("grim", GRIM, GRIM),
        ("tit-for-tat", f"{GRIM} and {BACK}", f"T - R == P - S and {BACK.replace('>=', '==')}"),
        ("contrite", f"{BACK} and delta*(R - S) >= P - S", f"{BACK} and delta*(R - S) >= P - S"),
        ("pavlov", "delta*(R - P) >= T - R", "delta*(R - P) >= T - R"),
        ("attack", "true", "true"),
        ("restraint", "false", "false"),
    ],
)
def test_equilibrium_regions_are_the_published_ones(name, nash, perfect):
    found = row(name)
    assert same(found.perfect.region, perfect)
    if name != "contrite":  # its published condition is that of subgame perfection
        assert same(found.nash.region, nash)


def test_least_patience_at_the_example_values_whatever_the_degree():
    # T = 5, R = 3, P = 1, S = 0: grim takes (T - R)/(T - P) = 1/2, two rounds d + d**2 >= 1, three rounds a
    # cubic, d + d**2 + d**3 >= 1, whose root is the inverse of the tribonacci constant 1.839286755214161...
    report = dt.stability("repeated-prisoners-dilemma")
    assert [report.domain.example[n] for n in "TRPS"] == [5, 3, 1, 0]
    (grim,) = least_patience(report["grim"], report)
    assert grim.low == grim.high == Fraction(1, 2) and grim.attained
    for name, root in (("two-rounds", (5**0.5 - 1) / 2), ("three-rounds", 1 / 1.839286755214161)):
        (found,) = least_patience(report[name], report)
        assert found.name == "delta" and found.attained
        assert found.high - found.low < Fraction(1, 10**9)
        assert float(found.low) == pytest.approx(root, abs=1e-9)
    assert least_patience(report["attack"], report) == least_patience(report["two-tats"], report) == ()


def test_rare_errors_leave_strict_equilibria_standing():
    """Where every deviation loses, a small error rate changes nothing; so the border is left out."""
    assert same(row("grim").robust.region, GRIM.replace(">=", ">"))
    assert not row("grim").robust.exact
    assert row("tit-for-tat").robust.region == NOWHERE and not row("tit-for-tat").robust.exact
    assert row("restraint").robust.region == NOWHERE and row("restraint").robust.exact  # it never is one
    assert same(row("attack").robust.region, "true") and row("attack").robust.exact  # no ties


def test_recovery_is_counted_in_rounds_by_hand():
    """After one error: grim never forgives, tit-for-tat echoes it for ever, contrite and Pavlov need one round."""
    assert row("contrite").recovery.value == value("1")
    assert row("pavlov").recovery.value == value("1")
    assert row("attack").recovery.value == value("0")
    for name in ("grim", "tit-for-tat"):
        assert row(name).recovery.value is None and row(name).recovery.note.startswith("never")


def test_what_no_error_makes_good_is_told_from_what_a_second_one_would():
    report = dt.stability("repeated-prisoners-dilemma")
    # grim never forgives, whatever happens; two who answer each other in turn are at peace after a second slip
    assert report["grim"].recovery.note == "never"
    assert report["tit-for-tat"].recovery.note == "never, unless there is another error"


def test_shares_of_peace_under_rare_errors_are_the_published_limits():
    shares = {r.id: str(r.peace.value) for r in REPORT.rows}
    expected = {
        "grim": "0",
        "tit-for-tat": "1/4",
        "contrite": "1",
        "pavlov": "1",
        "attack": "0",
        "restraint": "1",
    }
    assert shares == expected


def test_invasion_within_the_list():
    """Attack invades restraint always; nothing in the list invades attack, where a lone cooperator loses."""
    assert row("restraint").uninvaded.region == NOWHERE
    assert same(row("attack").uninvaded.region, "true")


def test_renegotiation():
    assert row("grim").renegotiation_proof.region == NOWHERE
    assert same(row("attack").renegotiation_proof.region, "true")


def test_with_the_models_own_errors_the_region_is_that_of_the_noisy_game():
    """Attack is subgame perfect whatever the errors: at e < 1/2 meaning to defect still pays more."""
    noisy = stability_report(dt.repeat(PD, "delta", {"attack": "always-defect"}, noise="e"))
    assert same(noisy.rows[0].robust.region, "true")
    assert str(noisy.rows[0].peace.value) == "e**2" and noisy.rows[0].peace.note == "0 as errors vanish"


def test_a_rate_that_the_assumptions_exclude_is_not_taken():
    """Nine joint states are too many for a symbolic rate, and 1/20 is none of this game's."""
    profiles = {"two": "tit-for-two-tats"}
    rare = dt.repeat(PD, "delta", profiles, noise="e", assumptions=["e < 1/50"])
    found = stability_report(rare).rows[0].robust
    assert found.region is None and "the rate is 1/20, which is excluded" in found.note
    given = dt.repeat(PD, "delta", profiles, noise="1/50")
    assert stability_report(given).rows[0].robust.region is not None
    usual = dt.repeat(PD, "delta", profiles, noise="e")
    assert "at the rate 1/20" in stability_report(usual).rows[0].robust.note


def test_perception_errors_have_no_subgames_but_a_long_run():
    game = dt.repeat(PD, "delta", {"grim": "grim"}, noise="e", noise_kind="perception")
    found = stability_report(game).rows[0]
    assert found.perfect.region is None and "private" in found.perfect.note
    assert found.peace.value == value("0")
    assert found.uninvaded.note == ""  # misperceptions count there; errors of doing are left out


def test_invasion_leaves_out_errors_of_doing_and_says_so():
    game = dt.repeat(PD, "delta", {"grim": "grim", "attack": "always-defect"}, noise="e")
    found = stability_report(game).rows[0]
    assert found.uninvaded.note == "without errors"
    assert same(found.uninvaded.region, "delta*(T - P) > T - R")


# -- rounds in which players move in turn ------------------------------------------------------------------
BORDER = """
name = "turns"
kind = "stochastic"
concept = "markov-perfect"
initial = "quiet"
discount = { us = "delta", militia = "delta" }
[parameters.delta]
domain = "0 < delta < 1"
[parameters.h]
domain = "0 < h < 1"
[parameters.a]
domain = "0 < a < 1"
[players.us]
actions = ["strike", "restrain"]
[players.militia]
actions = ["attack", "halt"]
[states.quiet]
movers = ["militia"]
instant = true
cases = [{ when = { militia = "attack" }, to = "attacked" }, { to = "rest" }]
[states.rest]
cases = [{ to = "quiet" }]
[states.attacked]
movers = ["us"]
cases = [{ when = { us = "strike" }, to = { quiet = "1 - h", war = "h" } }, { to = "quiet" }]
[states.war]
absorbing = true
[roles.us]
cooperate = "restrain"
defect = "strike"
[roles.militia]
cooperate = "halt"
defect = "attack"
[strategies.sometimes]
player = "militia"
[strategies.sometimes.states.always]
play = { quiet = { attack = "a", halt = "1 - a" } }
next = [{ to = "always" }]
[[profiles]]
id = "patient"
us = "always-cooperate"
militia = "sometimes"
[[profiles]]
id = "harsh"
us = "always-defect"
militia = "sometimes"
"""


def turns():
    return from_text(BORDER).repeated


def test_shares_count_rounds_not_states():
    """Patient: in a share a of rounds there is an attack, and none is struck; a round has one or two states."""
    game = turns()
    p = process(game.game, dict(game.profile("patient").strategies))
    assert round_share(p, lambda done: "attack" in done.get("militia", ())) == value("a")
    assert round_share(p, lambda done: "restrain" in done.get("us", ())) == value("a")
    assert round_share(p, lambda done: "strike" in done.get("us", ())).is_zero


def test_shares_of_rounds_that_may_end_are_no_shares_of_states():
    """From an attack: war at once with probability h, else quiet for ever, two states a round.

    Militia and retaliator keep to it, so a share 1 - h of rounds is quiet in the long run, though a round of
    quiet takes two states and one of war a single one.
    """
    quiet = BORDER.replace("[[profiles]]", PATIENT + "[[profiles]]", 1)
    game = from_text(quiet).repeated.starting("attacked")
    p = process(game.game, dict(game.profile("kept").strategies))
    assert round_share(p, lambda done: "halt" in done.get("militia", ())) == value("1 - h")
    assert round_share(p, lambda done: not done) == value("h")


PATIENT = """
[[profiles]]
id = "kept"
us = "strike-after-attack"
militia = "halt-while-enforced"
"""


def test_war_comes_surely_where_strikes_go_on():
    """Each round ends in war with probability a*h: surely in the end, after 1/(a*h) rounds on average."""
    asked = {
        "absorb(war) == 1": "proved",
        "steps() == 1/(a*h)": "proved",
        "share(militia = attack) == 0": "proved",  # once there is war nobody moves
    }
    for text, word in asked.items():
        tree = parse_condition(text, play=True)
        assert decide_play(PlayQuestion("harsh", predicate=tree), turns()).word == word, text
    tree = parse_condition("absorb(war) == h", play=True)
    assert decide_play(PlayQuestion("harsh", predicate=tree, start="attacked"), turns()).word != "proved"


def test_bad_questions_are_told_apart():
    with pytest.raises(UnknownName, match="profile"):
        profile_region(GAME, "grimm", "nash")
    with pytest.raises(UnknownName, match="equilibrium concept"):
        profile_region(GAME, "grim", "stable")
    with pytest.raises(OutOfScope, match="see each other"):
        profile_region(GAME, "grim", "public-perfect")
    with pytest.raises(OutOfScope, match="no Markov strategy"):
        profile_region(GAME, "grim", "markov-perfect")
    tree = parse_condition("steps() == 1", play=True)
    assert "may never be absorbed" in decide_play(PlayQuestion("grim", predicate=tree), GAME).reason


def test_games_that_end_have_no_long_run():
    """Not even the share zero that rounds after the end would give."""
    ends = dt.repeat(PD, "delta", {"attack": "always-defect"}, rounds=1)
    for text in ("share(row = defect) == 1", "recovery() == 0"):
        found = decide_play(PlayQuestion("attack", predicate=parse_condition(text, play=True)), ends)
        assert found.reason == "the game ends after 1 round, so it has no long run"
    tree = parse_condition("payoff(row) == P", play=True)
    assert decide_play(PlayQuestion("attack", predicate=tree), ends).word == "proved"


def test_standings_at_a_point():
    found = {
        s.id: (s.nash, s.subgame_perfect)
        for s in dt.listed_profiles(GAME).at(T=5, R=3, P=1, S=0, delta="1/2")
    }
    assert found == {
        "grim": (True, True),
        "tit-for-tat": (False, False),
        "contrite": (False, False),
        "pavlov": (False, False),
        "attack": (True, True),
        "restraint": (False, False),
    }
    payoffs = dt.listed_profiles(GAME).at(T=5, R=3, P=1, S=0, delta="1/2")[0].payoffs
    assert payoffs == (("row", Fraction(3)), ("column", Fraction(3)))


def test_games_that_end_unravel():
    """In any finite number of rounds of the dilemma only defection throughout is an equilibrium path."""
    game = dt.repeat(PD, "delta", PLAYED, rounds=3)
    found = {r.id: r for r in stability_report(game).rows}
    assert same(found["attack"].perfect.region, "true")
    for name in ("grim", "tit-for-tat", "contrite", "pavlov", "restraint"):
        assert found[name].perfect.region == NOWHERE and found[name].nash.region == NOWHERE
    assert str(dict(found["attack"].payoffs)["row"]) == "P*(delta*(delta + 1) + 1)"
    assert "ends after 3 rounds" in found["grim"].peace.note
