"""The command line on trees: the tree, groups by play, what happens, one-shot deviations, pictures.

Expected conditions are those of the article's three bands and of unilateral deterrence, worked out by hand.
"""

import json
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition
from deterrence.algebra.reading import Reading, read_region
from deterrence.catalogue.models import load
from deterrence.cli import commands
from deterrence.errors import GameError, OutOfScope, UnknownName


def run(*words):
    return CliRunner().invoke(commands, list(words), catch_exceptions=False).output


def flat(*words):
    return " ".join(run(*words).split())


def same(text, expected, given):
    one, other = (read_region(parse_condition(t), Reading(given=given)) for t in (text, expected))
    return prover(given).equivalent(one, other) is True


TYPED = "unilateral-deterrence-incomplete"
PROFILE = ("support=fund", "funded=attack", "unfunded=halt", "reply_f=strike", "reply_w=strike")


def test_show_prints_the_tree_in_the_words_of_the_file():
    text = run("show", "proxy-tree")
    assert "│   │   ├── strike → FAS: v - x - k, gF - s, b - c" in text
    assert "The tree" in text and "Payoffs\n" not in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_solve_groups_a_signalling_game_and_says_what_happens():
    text = flat("solve", TYPED)
    for phrase in (
        "by what is played on the path",
        "by some that survives D1: exactly where",
        "What happens: the outcomes",
        "e9 survives D1 at the example values, and no other play does; --mark ID marks another.",
        "The list is complete, proved",
    ):
        assert phrase in text
    assert "├─▶ wait (soft sometimes) → SQ" in text  # bluffing, as the published values have it
    marked = run("solve", TYPED, "--mark", "e1")
    assert "▶ played in e1" in " ".join(marked.split())
    assert all(len(line) <= 80 for line in marked.splitlines())


def test_solve_json_has_behaviour_beliefs_groups_and_outcomes():
    answer = json.loads(run("solve", TYPED, "--json"))
    first = answer["equilibria"][0]
    assert set(first["profile"]) == set(load(TYPED).game.names)
    assert all("[" in place for places in first["profile"].values() for place in places)
    for strategies in first["profile"].values():
        assert all(set(s.values()) == {"0", "1"} or len(s) > 1 for s in strategies.values())
    assert {"beliefs", "path", "refinements", "projected"} <= set(first)
    members = [name for path in answer["paths"] for name in path["members"]]
    assert sorted(members) == sorted(e["id"] for e in answer["equilibria"])
    assert [row["region"] for row in answer["outcomes"]] == [cell["region"] for cell in answer["cells"]]
    plain = json.loads(run("solve", "inspection", "--json"))
    assert "outcomes" not in plain and "beliefs" not in plain["equilibria"][0]


def test_the_bands_of_the_proxy_tree_in_the_outcome_view():
    """A strike is worth its cost; the sponsor's decision matters only in the middle band."""
    answer = json.loads(run("solve", "proxy-tree", "--json"))
    given = load("proxy-tree").domain.given
    found = {}
    for row in answer["outcomes"]:
        if row["full_dimensional"]:
            (only,) = row["happens"]
            (outcome,) = only["chances"]
            found.setdefault(outcome, []).append(f"({row['region']})")
    assert same(" or ".join(found["FAS"]), "b > c and gW < s < gF and v > k + x", given)
    assert same(" or ".join(found["WAS"]), "b > c and s < gW", given)
    assert same(" or ".join(found["WAN"]), "b < c", given)
    assert same(" or ".join(found["WH"]), "b > c and (s > gF or (gW < s < gF and v < k + x))", given)


def test_at_gives_beliefs_outcomes_and_decimals():
    text = flat("at", TYPED)
    assert "what happens:" in text
    assert "believes at answer" in text
    answer = json.loads(run("at", TYPED, "--json"))
    for e in answer["equilibria"]:
        numbers = [v for v in e["outcomes"].values() if v.replace("/", "").isdigit()]
        if len(numbers) == len(e["outcomes"]):
            assert sum(map(Fraction, numbers)) == 1
        else:
            assert e["free"]


def test_nash_equilibria_of_a_tree_are_in_plans_and_have_outcomes():
    text = flat("solve", "proxy-tree", "--concept", "nash")
    assert "Plans name moves in this order" in text
    assert "Militia at funded, unfunded" in text
    assert "What happens: the outcomes" in text
    assert "Credible or not: which of them are subgame-perfect" in text
    assert "e10 wherever it exists" in text and "e18 nowhere: it rests on a move" in text
    answer = json.loads(run("solve", "unilateral-deterrence", "--concept", "nash", "--json"))["credible"]
    assert answer["concept"] == "subgame-perfect" and answer["where"]["e2"] is None
    assert same(answer["where"]["e1"], "cCD >= cDD or dDD >= dDC", load("unilateral-deterrence").domain.given)
    with pytest.raises(OutOfScope, match="of plans"):
        run("solve", "proxy-tree", "--concept", "nash", "--mark", "e1")


def test_why_by_information_set():
    text = flat("why", "proxy-tree", *PROFILE, "c=2")
    assert "subgame-perfect equilibrium exactly where b >= c and gF >= s and s >= gW and v >= k + x" in text
    answer = json.loads(run("why", "proxy-tree", *PROFILE, "c=2", "--json"))
    rows = {d["place"]: d for d in answer["deviations"]}
    assert rows["reply_w"]["gain"] == "c - b"
    assert rows["reply_w"]["on_path"] is False
    assert rows["support"]["on_path"] is True
    typed = ("why", TYPED, "open=wait", "answer=resist", "press[hard]=go_on", "press[soft]=back_down")
    assert "answer[soft]:" in flat(*typed)  # not lost as markup
    assert "with some belief at answer[hard], answer[soft]" in flat(*typed)
    loose = [
        d["node"] for d in json.loads(run(*typed, "--json"))["deviations"] if d["place"] == "answer[soft]"
    ]
    assert loose == ["answer/hard/soft", "answer/soft/soft"]
    with pytest.raises(GameError, match="no action given at"):
        run("why", "proxy-tree", "support=fund")


def test_plot_writes_a_picture(tmp_path):
    path = tmp_path / "tree.svg"
    run("plot", TYPED, "--mark", "e1", "--output", str(path))
    picture = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert picture.tag.endswith("svg")
    assert run("plot", TYPED).lstrip().startswith("<svg")
    assert "played in e9" in run("plot", TYPED)
    assert "played in" not in run("plot", TYPED, "--bare")
    assert len(run("plot", TYPED, "--full")) > len(run("plot", TYPED))
    assert "<svg" in run("plot", "inspection")  # not a tree: its phase diagram
    with pytest.raises(UnknownName, match="e99"):
        run("plot", TYPED, "--mark", "e99")
    with pytest.raises(UnknownName, match="'e100' among 99; did you mean 'e10'"):
        run("plot", "proxy-tree", "--mark", "e100")
    with pytest.raises(OutOfScope, match="--mark"):
        run("solve", "inspection", "--mark", "e1")


def test_export_writes_what_was_asked_for(tmp_path):
    path = tmp_path / "tree.efg"
    written = run("export", "proxy-tree", "--format", "efg", "c=5/2", "--output", str(path))
    assert written == f"wrote {path}\n"
    assert path.read_text(encoding="utf-8").startswith("EFG 2 R ")
    assert "c=5/2" in path.read_text(encoding="utf-8")
    again = json.loads(run("solve", str(path), "--json"))
    assert again["complete"]["verdict"] == "proved" and again["parameters"] == []
    assert run("export", "chicken", "--format", "nfg").startswith("NFG 1 R ")
    assert run("export", "proxy-tree", "--format", "latex").startswith(r"\documentclass")
    assert run("export", "proxy-tree", "--format", "toml") == load("proxy-tree").source.text
    with pytest.raises(GameError, match="ask for nfg"):
        run("export", "chicken", "--format", "efg")
    refused = CliRunner().invoke(commands, ["export", "chicken", "--format", "latex", "T=8"])
    assert refused.exit_code == 2 and "leave out the values" in refused.output
