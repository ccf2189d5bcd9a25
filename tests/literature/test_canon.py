"""The canon: every row stands on claims with expectations, says whose it is, and no published model is left out.

That the claims of the models are true is tested elsewhere, by definition; here, that the table tells the truth
about them.
"""

from __future__ import annotations

import dataclasses
import re

import pytest

import deterrence as dt
from deterrence.catalogue.bibliography import bibliography, work
from deterrence.catalogue.canon import CanonRow, PublishedResult, canon, canon_size, published_results
from deterrence.catalogue.checking import check_claim
from deterrence.catalogue.models import from_text
from deterrence.errors import UnknownName
from deterrence.show.canon_view import abbreviations, asked, canon_html, canon_json, tally_sentence, where


def claim_of(name: str):
    model = dt.load(name.split("/")[0])
    return next(c for c in model.source.claims if c.id == name.split("/")[1])


@pytest.mark.parametrize("row", published_results(), ids=lambda r: f"{r.source} {r.claims[0]}")
def test_a_row_stands_on_claims_with_expectations_and_on_its_source(row: PublishedResult) -> None:
    assert row.claims and all(claim_of(name).expect is not None for name in row.claims)
    assert row.text.endswith(".")
    if row.source:
        sources = {s.key: s.status for name in row.models for s in dt.load(name).source.sources}
        assert sources[row.source], "the model does not say how close it is to the source"


def test_no_claim_stands_in_two_rows_of_one_source_and_no_published_model_is_left_out() -> None:
    listed = [(r.source, name) for r in published_results() for name in r.claims]
    assert len(listed) == len(set(listed))
    used = {re.sub(r"-\d+$", "", m) for r in published_results() for m in r.models}
    shelf = {re.sub(r"-\d+$", "", name) for name, path in dt.catalogue().items() if "canon" in path.parts}
    assert shelf - used <= {"repeated-chicken-noise"}  # its results are those of the dilemma with errors
    assert len(shelf & used) > 35


def test_a_row_that_is_not_as_expected_says_so() -> None:
    text = dt.load("entry-deterrence").source.text.replace('expect = "refuted"', 'expect = "proved"')
    model = from_text(text)
    wrong = check_claim(model, model.source.claims[0])
    [right] = canon("entry-deterrence")
    assert right.as_expected and [r.verdict.word for r in right.results] == ["refuted", "proved", "proved"]
    row = CanonRow(right.published, (wrong, *right.results[1:]))
    assert not row.as_expected
    assert "NOT as expected" in canon_html([row]) and "NOT as expected" not in canon_html([right])
    assert tally_sentence([row]) == "1 result from 1 work, 3 claims in 1 model; 0 of 1 as expected."
    assert canon_json([row])[0]["as_expected"] is False


def test_a_condition_that_was_not_found_is_not_shown_as_the_condition() -> None:
    [row] = canon("Harsanyi")
    [good] = row.results
    assert where(good) == ("exactly where", "R - T > P - S")
    place, region = where(dataclasses.replace(good, as_expected=False))
    assert place == "exactly where" and region != "R - T > P - S"
    assert dt.equal(dt.condition(good.model.domain, region), good.verdict.holds_where).word == "proved"


def test_words_that_ask_and_the_definitions_they_need() -> None:
    spoken = {r.claim.id: asked(r.claim) for row in canon("Zagare & Kilgour 2000") for r in row.results}
    assert spoken["deterrence-under-d1"][0] == "in some equilibrium that passes D1:"
    [row] = canon("rudimentary-asymmetric-deterrence/")
    named = {r.claim.id: abbreviations(r) for r in row.results}
    assert named["replies"] == [] and [n for n, _ in named["attack-sure"]] == ["threshold"]
    [grim, _] = canon("repeated-prisoners-dilemma/grim-benchmark")[0].results
    assert asked(grim.claim) == ("grim is subgame perfect", "", "")


def test_a_word_keeps_the_rows_that_mention_it() -> None:
    assert {r.published.source for r in canon("tsebelis")} == {"Tsebelis1990"}
    assert canon_size("Tsebelis") == 1 < canon_size()
    with pytest.raises(UnknownName, match="published result"):
        canon("no such author")


def test_verdicts_decided_anew_are_those_that_were_kept() -> None:
    told: list[str] = []
    assert canon("Tsebelis", told.append, anew=True) == canon("Tsebelis")
    assert told == ["inspection"]


def test_authors_and_years() -> None:
    assert work("BaligaSjostrom2004").short == "Baliga & Sjöström 2004"
    assert work("DalBoFrechette2011").authors == ("Dal Bó", "Fréchette")
    assert work("BaligaBuenoDeMesquitaWolitzky2020").short == "Baliga, Bueno de Mesquita & Wolitzky 2020"
    assert work("Brayton1984").short == "Brayton et al. 1984"
    assert work("Ellsberg1959").year == "1959" and work("KrepsWilson1982b").year == "1982"
    assert work("deMouraBjorner2008").title == "Z3: An Efficient SMT Solver"
    assert not any(set("{}\\") & set(w.title + "".join(w.authors)) for w in bibliography().values())
    with pytest.raises(UnknownName):
        work("Nobody1900")
