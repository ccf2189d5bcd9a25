"""How statics, windows and load-bearing assumptions show themselves: texts that parse back to what they say."""

import json

import pytest

import deterrence as dt
from deterrence.algebra.decide import prover
from deterrence.show.load_bearing import load_bearing_html, load_bearing_json, load_bearing_page
from deterrence.show.paragraphs import to_text
from deterrence.show.statics import statics_html, statics_json, statics_page
from deterrence.show.windows import interval_text, window_html, window_json, window_page


def words(page):
    return " ".join(to_text(page, 100).split())


def same(text, region, given):
    return dt.equal(dt.region(text), region, given).word == "proved"


@pytest.fixture(scope="module")
def strikes():
    return dt.load("strike-restrain")


# -- statics ----------------------------------------------------------------------------------------------
def test_statics_in_words(strikes):
    found = dt.statics(strikes, of="h", on="P(militia = continue)")
    page = words(statics_page(found))
    assert "e5 (c + k)/(h*m + k): falls" in page
    assert "knife-edge components are not shown" in page
    assert "whichever equilibria are played before and after: it depends" in page
    assert "the highest value over all equilibria: never rises" in page
    assert "knife-edge components" not in words(statics_page(found, knife_edges=True))


def test_where_a_quantity_turns_is_said():
    domain = dt.Domain((dt.Parameter("s", domain=dt.region("s > 0")),))
    game = dt.NormalForm.from_profiles({"us": ["stay"]}, {("stay",): ["s*(2 - s)"]}, domain=domain)
    found = dt.statics(game, of="s", on="payoff(us)", given="s < 5")
    page = words(statics_page(found))
    assert "Given s < 5:" in page
    assert "it depends; rises exactly where s < 1; falls exactly where s > 1" in page


def test_statics_as_data_parse_back(strikes):
    found = dt.statics(strikes, of="h", on="P(militia = continue)")
    data = json.loads(json.dumps(statics_json(found)))
    given = strikes.domain.given
    for entry, within in zip(data["within"], found.within, strict=True):
        for case, (where, value) in zip(entry["values"], within.cases, strict=True):
            assert same(case["where"], where, given)
            assert case["value"] == str(value)
        if within.falls_where is not None:
            assert same(entry["falls_where"], within.falls_where, given)
    lowest = next(t for t in data["across"] if t["reading"] == "lowest")
    assert lowest["statements"]["never rises"] == {"verdict": "proved"}
    pair = lowest["statements"]["rises"]["pair"]
    assert pair["before"] != pair["after"] and pair["values_before"]


# -- windows ----------------------------------------------------------------------------------------------
WINDOWS = [
    ("risk-threat", "r", {"claim": "threat-works"}),
    ("delicate-balance", "s", {"holds": "rho*s >= g and alpha*s <= K and gamma*s*(1 - delta) <= delta*l"}),
    ("enforcement-war-risk", "h", {"claim": "window"}),
    ("strike-restrain", "m", {"every": "payoff(us) >= -h/2"}),
    ("strike-restrain", "h", {"every": "payoff(us) == -h", "holds": "h != k"}),
]


@pytest.mark.parametrize("model, instrument, goal", WINDOWS)
def test_windows_parse_back(model, instrument, goal):
    found = dt.window(model, instrument, **goal)
    data = json.loads(json.dumps(window_json(found)))
    given = found.domain.given
    assert same(data["goal"], found.goal, given)
    assert same(data["nonempty"], found.nonempty, found.others)
    assert same(data["empty"], found.empty, found.others)
    for entry, one in zip(data["intervals"], found.intervals, strict=True):
        text = interval_text(one, prover(found.others))
        assert entry["text"] == text
        assert same(text, one.region, found.others), text
        assert text in words(window_page(found))


def test_windows_in_words():
    page = words(window_page(dt.window("risk-threat", "r", "threat-works")))
    assert "Some value of r does exactly where (g + w)/(D + g) <= (l + v)*(1 - p)/(p*(U - l))." in page
    never = words(window_page(dt.window("strike-restrain", "d", some="militia = halt")))
    assert "No value of d reaches the goal, whatever the other parameters." in never
    sure = words(window_page(dt.window("strike-restrain", "d", every="payoff(us) >= -h - c")))
    assert "Every allowed value does." in sure
    stuck = words(window_page(dt.window("strike-restrain", "h", holds="h**3 + h >= c")))
    assert "undecided" in stuck and "degree 3" in stuck


# -- load-bearing assumptions -------------------------------------------------------------------------------
def test_what_bears_load_in_words(strikes):
    found = dt.load_bearing(strikes, every="payoff(us) <= 0")
    page = words(load_bearing_page(found))
    assert "h > 0 (domain): load-bearing; it can be relaxed to h >= 0" in page
    assert "m < 1 (assumption): load-bearing" in page and "whatever the rest, to m <= 1" in page
    assert "m > 0 (domain): can be dropped: the claim stays proved" in page
    assert "Enough to prove it, and each is needed: h > 0, c > 0, k > 0, m < 1." in page
    none = words(load_bearing_page(dt.load_bearing(strikes, "damage-leaves-attack-rate")))
    assert "each is needed: no assumption at all." in none


def test_what_is_lacking_in_words(strikes):
    page = words(load_bearing_page(dt.load_bearing(strikes, "attacks-go-on")))
    assert "none of them weaker than another: c >= h; or r >= d." in page
    assert "The weakest of all that were tried: c >= h*m; or d < 2*(g*(1 - m) + r)." in page


def test_why_it_holds_nowhere_in_words():
    page = words(load_bearing_page(dt.load_bearing("entry-deterrence", "deterred")))
    assert "Refuted: it holds nowhere." in page
    assert (
        "incumbent gains a - b by share instead of fight at reply, off the path, whatever the parameters."
        in page
    )


def test_contradictions_in_words(strikes):
    page = words(load_bearing_page(dt.load_bearing(strikes, every="us = strike", given="m > 2")))
    assert "These contradict each other: m < 1, m > 2." in page


@pytest.mark.parametrize("claim", ["attacks-go-on", "damage-spares-strikes", "sure-halt"])
def test_load_bearing_as_data_parse_back(strikes, claim):
    found = dt.load_bearing(strikes, claim)
    data = json.loads(json.dumps(load_bearing_json(found)))
    assert data["verdict"] == found.verdict.word
    for entry, one in zip(data["assumptions"], found.assumptions, strict=True):
        assert same(entry["text"], one.region, dt.region("true"))
    for entry, one in zip(data["without"] or (), found.support.without if found.support else (), strict=True):
        assert (entry["status"], entry["assumption"]) == (one.status, one.assumption.text)
    if found.extra is not None:
        for text, region in zip(data["extra_premise"]["weakest"], found.extra.weakest, strict=True):
            assert same(text, region, dt.region("true"))


def test_notebooks_show_all_three(strikes):
    shown = (
        statics_html(dt.statics(strikes, of="h", on="P(militia = continue)")),
        window_html(dt.window("risk-threat", "r", "threat-works")),
        load_bearing_html(dt.load_bearing(strikes, "attacks-go-on")),
        load_bearing_html(dt.load_bearing("entry-deterrence", "shared")),
    )
    for html in shown:
        assert html.count("<p>") == html.count("</p>") > 0
        assert html.count("<table") == html.count("</table>")
