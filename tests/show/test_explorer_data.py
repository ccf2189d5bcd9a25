"""What the explorer page is given: axes, what is not settled or left out, scripts that stay inside."""

import pytest

from deterrence.catalogue.models import load
from deterrence.show.explorer import explorer_page, ledger_explorer_page
from deterrence.show.explorer_data import explorer_data
from deterrence.show.explorer_script import Code, script


def test_texts_cannot_end_the_script_they_stand_in():
    made = script({"a": "x</script><!-- y", "f": Code("(p) => p.h")})
    assert "</script" not in made and "<!--" not in made and '"f":(p) => p.h' in made


@pytest.mark.parametrize(
    ("name", "axes", "along"),
    [
        ("repeated-prisoners-dilemma-noise", ["delta", "e"], "e"),
        ("repeated-chicken-noise", ["delta", "e"], "e"),
        ("repeated-chicken", ["delta", "R"], None),
    ],
)
def test_discount_factor_and_error_rate_come_first(name, axes, along):
    data = explorer_data(load(name))
    assert data["axes"] == axes and data["bars"]
    assert any("peace" in item for item in data["items"]) == (along is not None)
    assert along is None or data["along"] == along


def test_not_settled_is_told_apart_from_nowhere():
    def tests(name):
        return {i["id"]: i["tests"] for i in explorer_data(load(name))["items"]}

    assert all(t == [None] for t in tests("repeated-prisoners-dilemma-misperception").values())
    chicken = tests("repeated-chicken")
    assert chicken["grim"][0] == 0 and isinstance(chicken["grim"][1], Code)  # Nash, never subgame perfect
    assert chicken["restraint"] == [0, 0]


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("strike-restrain", "matrix", ""),
        ("proxy-trio", "matrix", ""),
        ("proxy-tree", "svg", ""),
        ("repeated-prisoners-dilemma-noise", "matrix", "all see what was done"),
        ("repeated-prisoners-dilemma-misperception", "matrix", "nobody else knows"),
        ("imperfect-monitoring", "matrix", "public signal"),
        ("sanctions-over-time", "table", "look at the state alone"),
        ("enforcement-war-risk", "table", "profiles of the list"),
        ("militia-network", "table", "how many of its neighbours"),
    ],
)
def test_every_kind_of_game_is_shown_or_it_is_said_why_not(name, key, words):
    data = explorer_data(load(name))
    assert data[key] and words in data["about"]


def test_knife_edges_that_would_make_a_page_heavy_are_left_out_and_counted():
    data = explorer_data(load("proxy-tree"))
    assert not any("edge" in item for item in data["items"])
    assert "94 components on knife edges" in data["note"]
    assert len(explorer_page(load("proxy-tree")).encode()) < 100_000


def test_what_has_no_explorer_says_so_on_the_ledgers_page():
    from deterrence.catalogue.ledger import ledger

    page = ledger_explorer_page(ledger(None, None, ["order-and-fear"]))
    assert "Nothing to explore in" in page and "without players" in page
