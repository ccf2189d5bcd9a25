"""Commands that study answers, on games over time and on networks: what they print, as people and as data."""

import json

import pytest
from click.testing import CliRunner

from deterrence.cli import commands


def run(*words):
    return CliRunner().invoke(commands, list(words), catch_exceptions=False)


def flat(*words):
    return " ".join(run(*words).output.split())


def data(*words):
    return json.loads(run(*words, "--json").output)


def test_statics_says_that_severity_leaves_the_attack_rate():
    text = flat("statics", "inspection", "s", "P(militia = attack)")
    assert "(c + k)/(b + k): stays the same" in text
    assert data("statics", "inspection", "s", "P(militia = attack)")["model"] == "inspection"


def test_a_window_needs_a_goal():
    assert run("window", "risk-threat", "r").exit_code == 2
    found = flat("window", "inspection", "s", "--holds", "s > g and s < 2*g")
    assert "g" in found and "2*g" in found


def test_needs_tells_what_a_claim_rests_on():
    assert "no assumption at all" in flat("needs", "inspection", "severity-leaves-attack-rate")


def test_taxonomy_names_the_game_and_its_neighbours():
    text = flat("taxonomy", "prisoners-dilemma")
    assert "Prisoner's Dilemma everywhere" in text and "Called Bluff" in text
    with pytest.raises(Exception, match="2x2 tables"):
        run("taxonomy", "proxy-tree")


def test_stabilise_as_people_and_as_data():
    text = flat("stabilise", "enforcement")
    assert "In which sense can each profile last?" in text
    found = {r["id"]: r for r in data("stabilise", "enforcement")["profiles"]}
    assert found["enforce"]["nash"]["condition"] and found["enforce"]["subgame_perfect"]["condition"]


def test_solve_gives_profiles_in_the_place_of_equilibria():
    found = data("solve", "repeated-chicken")
    assert found["complete"]["scope"] == "listed profiles" and found["cells"] == []
    grim = next(e for e in found["equilibria"] if e["id"] == "grim")
    assert grim["subgame_perfect"] == "false" and grim["fails_at"]["player"] in ("row", "column")
    assert set(grim["critical_discount"]) == {"row", "column"}


def test_at_and_why_on_a_repeated_game():
    found = data("at", "repeated-prisoners-dilemma", "delta=1/2", "T=5", "R=3", "P=1", "S=0")
    standing = {p["id"]: (p["nash"], p["subgame_perfect"]) for p in found["profiles"]}
    assert standing["grim"] == (True, True) and standing["tit-for-tat"] == (False, False)
    rows = data("why", "repeated-prisoners-dilemma", "profile=grim", "delta=1/4")["deviations"]
    assert any(r["gain_at_point"].startswith("-") is False and r["gain_at_point"] != "0" for r in rows)
    assert run("why", "repeated-prisoners-dilemma", "profile=").exit_code == 2


def test_cascades_and_points_of_a_network():
    found = data("cascade", "militia-network", "s")
    assert {t["member"] for t in found["thresholds"]} == {f"militia{k}" for k in range(1, 5)}
    assert sum(len(s) for w in found["waves"] for s in w["stop"]) == 4
    assert data("at", "militia-network")["complete"] is True
    with pytest.raises(Exception, match="cascades are for networks"):
        run("cascade", "inspection", "s")


def test_the_ledger_in_other_forms():
    assert run("ledger", "A9", "--markdown").output.startswith("# The article's claims")
    page = run("ledger", "A9", "--html").output
    assert page.startswith("<!doctype html>") and 'id="A9"' in page
    assert run("ledger", "A9", "--html", "--json").exit_code == 2
