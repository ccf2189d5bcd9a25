"""The ledger: its readings that stand for others, what proved ones rest on, and what is kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deterrence.catalogue.cache import VARIABLE, Rests, keep_rests, kept_rests
from deterrence.catalogue.finding import catalogue
from deterrence.catalogue.ledger import article_claims, decide_and_keep, ledger
from deterrence.catalogue.load_bearing import rests_on
from deterrence.catalogue.models import from_text, load

PLANTED = """
name = "planted"
title = "Planted"
summary = "Planted."
kind = "statement"
assumptions = ["a < b"]

[parameters.a]
domain = "a > 0"
meaning = "a"
example = 1

[parameters.b]
domain = "b > 0"
meaning = "b"
example = 2

[parameters.c]
domain = "c > 0"
meaning = "c"
example = 1

[[claims]]
id = "sum"
text = "The sum is above the smaller part."
holds = "a + b > a"

[[claims]]
id = "double"
text = "Twice the larger part is above the smaller, with room."
given = "c < 1"
holds = "2*b > a + c*b"
"""


def test_there_are_sixteen_claims() -> None:
    assert [c.id for c in article_claims()] == [f"A{n}" for n in range(1, 17)]


def test_headlines_are_claims_that_carry_the_label() -> None:
    labels = {f"{name}/{c.id}": c.article for name in catalogue() for c in load(name).source.claims}
    for claim in article_claims():
        assert len(claim.headline) >= 3
        assert {labels[name] for name in claim.headline} == {claim.id}


def test_what_a_planted_claim_rests_on() -> None:
    # a + b > a is b > 0, which a < b and a > 0 imply: nothing is needed by itself.  Twice the larger part:
    # b (2 - c) > a follows from c < 1 and b > a > 0, and fails at b = a, at c = 2; without b > 0 or c > 0
    # it still holds.  Without a > 0, with b > 0 kept, b (2 - c) > b > a does too.
    model = from_text(PLANTED)
    assert rests_on(model, "sum") == ((), True)
    found, whole = rests_on(model, "double")
    assert whole and {a.text for a in found} == {"b > a", "c < 1"}


def test_what_claims_rest_on_is_kept_until_the_model_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    model = from_text(PLANTED)
    assert kept_rests(model) is None
    rests = {"double": Rests(("b > a", "c < 1"), True)}
    keep_rests(model, rests)
    assert kept_rests(model) == rests
    assert kept_rests(from_text(PLANTED.replace("c < 1", "c < 2"))) is None
    (file,) = tmp_path.glob("*-rests.json")
    file.write_text("[]", encoding="utf-8")
    assert kept_rests(model) is None


def test_a_row_says_what_its_proved_readings_rest_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    (first,) = ledger("A7", workers=1)
    assert first.rests["sponsor-budget/no-rally"] == Rests(("zeta > 0", "eta == 0"), True)
    monkeypatch.setattr(sys.modules[ledger.__module__], "decide_and_keep", None)  # nothing is decided again
    (second,) = ledger("A7", workers=1)
    assert second == first


def test_only_proved_headlines_are_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    _, rests = decide_and_keep("sponsor-budget")
    assert set(rests) == {"no-rally", "own-capability"}
