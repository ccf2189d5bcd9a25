"""Expectations of claims: what stands in `expect` is read under the claim's own premise."""

from __future__ import annotations

from deterrence.catalogue.checking import check
from deterrence.catalogue.models import from_text

SETTLES = """
name = "settles"
title = "A sum that settles"
summary = "A share k of what there is stays, and a is added."
kind = "statement"
[parameters.k]
meaning = "share that stays"
domain = "k > 0"
example = "1/2"
[parameters.a]
meaning = "what is added"
example = "1"
[parameters.x]
meaning = "what there is"
example = "2"
[[claims]]
id = "standstill"
given = "k < 1"
holds = "x == k*x + a"
expect = "x == a/(1 - k)"
[[claims]]
id = "wrong-standstill"
given = "k < 1"
holds = "x == k*x + a"
expect = "x == a/(2 - k)"
"""


def test_a_denominator_of_the_expectation_need_only_be_nonzero_under_the_premise():
    right, wrong = check(from_text(SETTLES, "settles.toml"))
    assert right.as_expected and right.verdict.word == "refuted"
    assert not wrong.as_expected
