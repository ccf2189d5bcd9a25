"""Kept verdicts: read back as they were, used while nothing has changed, and never when something has."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, NOWHERE, all_of, any_of, atom
from deterrence.algebra.serial import region_data, region_of_data
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous
from deterrence.catalogue import cache
from deterrence.catalogue.models import from_text
from deterrence.errors import GameError

MODEL = """
name = "small"
kind = "statement"
[parameters.a]
domain = "a > 0"
[[claims]]
id = "one"
holds = "a + 1 > 1"
[[claims]]
id = "two"
holds = "a > 2"
"""
polys = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(0, 3), st.integers(-5, 5)), min_size=1, max_size=4
).map(lambda ts: sum((Poly.variable(n) ** e * c for n, e, c in ts), Poly.constant(1)))
atoms = st.builds(atom, polys, st.sampled_from([">", ">=", "==", "!="]))
regions = st.recursive(
    atoms | st.sampled_from([EVERYWHERE, NOWHERE]),
    lambda inner: st.lists(inner, max_size=3).map(all_of) | st.lists(inner, max_size=3).map(any_of),
    max_leaves=8,
)


@given(regions)
def test_regions_come_back_as_they_were(region):
    assert region_of_data(json.loads(json.dumps(region_data(region)))) == region


def test_what_is_no_region_is_refused():
    for bad in (3, {"poly": "x"}, {"some": []}, None):
        with pytest.raises(GameError, match="no region"):
            region_of_data(bad)


@pytest.mark.parametrize(
    "verdict",
    [
        Proved("z3"),
        Vacuous("nothing"),
        Undecided("time"),
        Refuted({"a": Fraction(1, 3)}, atom(Poly.variable("a") - 1, ">"), "note", {"us": {"strike": "1/2"}}),
        Refuted(None, None),
    ],
)
def test_verdicts_come_back_as_they_were(verdict):
    assert cache.verdict_of_data(json.loads(json.dumps(cache.verdict_data(verdict)))) == verdict


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "kept"))
    return tmp_path / "kept"


VERDICTS = (Proved("z3"), Refuted({"a": Fraction(1)}, atom(Poly.variable("a") - 2, ">")))


def test_kept_until_the_model_changes(folder):
    model = from_text(MODEL)
    assert cache.kept_verdicts(model) is None
    cache.keep_verdicts(model, VERDICTS)
    assert cache.kept_verdicts(model) == VERDICTS
    assert cache.kept_verdicts(from_text(MODEL.replace("a > 2", "a > 3"))) is None


def test_not_used_once_the_library_has_changed(folder, monkeypatch):
    model = from_text(MODEL)
    cache.keep_verdicts(model, VERDICTS)
    monkeypatch.setattr(cache, "library_digest", lambda: "another")
    assert cache.kept_verdicts(model) is None


def test_a_stage_that_changes_counts(folder, tmp_path):
    stage = 'name = "stage"\nkind = "normal-form"\n[players.us]\nactions = ["a"]\n[[payoffs]]\nwhen = { us = "a" }\nus = 1\n'
    (tmp_path / "stage.toml").write_text(stage)
    text = 'name = "again"\nkind = "repeated"\nstage = "./stage.toml"\ndiscount = "1/2"\n'
    model = from_text(text, str(tmp_path / "again.toml"))
    cache.keep_verdicts(model, ())
    assert cache.kept_verdicts(model) == ()
    (tmp_path / "stage.toml").write_text(stage.replace("us = 1", "us = 2"))
    assert cache.kept_verdicts(model) is None


def test_what_ran_out_of_time_is_asked_again(folder):
    model = from_text(MODEL)
    cache.keep_verdicts(model, (Proved("z3"), Undecided("time")))
    assert cache.kept_verdicts(model) is None


@pytest.mark.parametrize("junk", ["", "{", "[]", '{"key": 1}', '{"key": "x", "verdicts": 3}'])
def test_a_damaged_file_is_as_good_as_none(folder, junk):
    model = from_text(MODEL)
    cache.keep_verdicts(model, VERDICTS)
    (path,) = folder.iterdir()
    path.write_text(junk)
    assert cache.kept_verdicts(model) is None


def test_nothing_is_kept_where_the_user_wants_nothing(folder, monkeypatch, tmp_path):
    monkeypatch.setenv(cache.VARIABLE, "off")
    cache.keep_verdicts(from_text(MODEL), VERDICTS)
    assert not (tmp_path / "kept").exists() and cache.kept_verdicts(from_text(MODEL)) is None


def test_a_folder_that_cannot_be_written_does_no_harm(monkeypatch, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv(cache.VARIABLE, str(blocked / "below"))
    cache.keep_verdicts(from_text(MODEL), VERDICTS)
    assert cache.kept_verdicts(from_text(MODEL)) is None
