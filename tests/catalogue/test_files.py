"""Model files: a good one read completely, hostile ones refused, nothing run, nothing slow."""

from __future__ import annotations

import os
import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.syntax import Plays, Probability
from deterrence.catalogue.entries import MAX_BYTES
from deterrence.catalogue.files import read_model_file, read_model_text
from deterrence.catalogue.schema import json_schema
from deterrence.catalogue.source import EffectSource, PlayerSource, Reference
from deterrence.errors import ModelError

GOOD = (Path(__file__).parent / "good.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        read_model_text(text, "bad.toml")
    assert all(p.place and p.problem and p.remedy for p in caught.value.problems)
    assert (len(str(caught.value)) < 20_000 and str(caught.value).isascii()) or "…" in str(caught.value)
    return [(p.place, p.problem, p.remedy) for p in caught.value.problems]


def edited(*edits: tuple[str, str]) -> str:
    text = GOOD
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return text


def test_a_good_file_is_read_completely():
    model = read_model_text(GOOD, "good.toml")
    assert (model.origin, model.name, model.title) == ("good.toml", "strike-restrain", "Strike or restrain")
    assert model.summary == "One paragraph\nin plain words."
    assert (model.kind, model.concept, model.text) == ("normal-form", "nash", GOOD)
    assert model.sources == (Reference("Tsebelis1990", "whole article", "in the spirit of"),)
    assert [p.name for p in model.parameters] == ["m", "c", "d", "g", "r", "k", "h"]
    m, _, _, g, _, k, h = model.parameters
    assert (m.example, m.range) == (Fraction(1, 10), (Fraction(0), Fraction(1)))  # 0.1 exactly
    assert (g.example, g.range) == (Fraction(1, 3), None)
    assert (k.domain, k.domain_text, k.example, k.meaning) == (None, None, None, "")
    assert h.meaning == "harm that an attack does to the retaliator"
    assert (h.domain, h.domain_text) == (parse_condition("h > 0"), "h > 0")
    assert (h.example, h.range) == (Fraction(4), (Fraction(0), Fraction(21, 2)))
    assert model.definitions == (
        ("gain", parse_expression("g*(1 - m)")),
        ("cut", parse_expression("2*(gain + r)")),
    )
    assert model.definition_texts == (("gain", "g*(1 - m)"), ("cut", "2*(gain + r)"))
    assert model.assumptions == (parse_condition("m < 1"), parse_condition("gain > k/100"))
    assert model.assumption_texts == ("m < 1", "gain > k/100")
    assert model.players == (
        PlayerSource("us", "United States", ("strike", "restrain")),
        PlayerSource("militia", "militia", ("continue", "halt")),
    )
    assert model.payoff_texts == {
        ("strike", "continue"): ("-h*(1 - m) - c", "gain - d"),
        ("strike", "halt"): ("-c - k", "-d/2 - r"),
        ("restrain", "continue"): ("-h", "g"),
        ("restrain", "halt"): ("0", "-r"),
    }
    assert list(model.payoffs) == list(model.payoff_texts)  # in the order of the actions, not of the file
    assert model.payoffs == {
        profile: tuple(map(parse_expression, row)) for profile, row in model.payoff_texts.items()
    }


def test_the_claims_of_a_good_file():
    deters, attacks, severity, harm = read_model_text(GOOD).claims
    assert (deters.id, deters.article, deters.question) == ("damage-deters", "A1", "every")
    assert deters.text == "A damaging enough strike makes the militia halt."
    assert (deters.given, deters.given_text) == (parse_condition("d > g"), "d > g")
    assert (deters.every, deters.every_text) == (Plays("militia", "halt"), "militia = halt")
    assert (deters.expect, deters.expect_text) == ("refuted", "refuted")
    assert (deters.concept, deters.some, deters.effect, deters.holds) == (None, None, None, None)
    assert (attacks.question, attacks.concept) == ("some", "pure-nash")
    assert attacks.some == parse_condition("P(militia = continue) == 1", play=True)
    assert attacks.expect == parse_condition("c >= h*m or d < cut")
    strike = Probability("us", "strike")
    assert severity.effect == EffectSource("d", strike, "P(us = strike)", "falls", True)
    assert (severity.question, severity.expect, severity.expect_text) == ("effect", None, None)
    assert (harm.question, harm.among) == ("holds", None)
    assert (harm.holds, harm.holds_text) == (parse_condition("exists h: h*m > c"), "exists h: h*m > c")


def test_a_statement_needs_no_players():
    text = """
name = "severity-window"
kind = "statement"
[parameters]
s = { domain = "s > 0" }
g = {}
rho = { domain = "rho > 0" }
[[claims]]
id = "window"
holds = "exists s: rho*s >= g and s <= 1"
expect = "g <= rho"
"""
    model = read_model_text(text)
    assert (model.kind, model.concept, model.players, model.payoffs) == ("statement", None, (), {})
    assert model.claims[0].expect == parse_condition("g <= rho")


@pytest.mark.parametrize(
    "edit",
    [
        ("us = 0\n", "us = 0.0\n"),
        ('"m < 1"', '" m<1 "'),
        ('label = "United States"', 'label = "Österreich – „neutral“"'),
        ('concept = "nash"\n', ""),
        (GOOD, GOOD.replace("\n", "\r\n")),
        (GOOD, "\ufeff" + GOOD),
        ("[players.us]", "# a comment: __import__('os')\n[players.us]"),
        ('expect = "refuted"', 'expect = " undecided "'),
        ('id = "harm"', 'id = "a1-2"'),
    ],
)
def test_variants_that_are_fine(edit):
    assert read_model_text(edited(edit)).players[0].actions == ("strike", "restrain")


# --- text that is no TOML, or TOML that would take long ---

HOSTILE = {
    "unquoted": ("us = -h", "line 1, column 6", "must be TOML"),
    "twice": ('name = "a"\nname = "b"\n', "line 2, column 11", "each key once"),
    "open string": ('name = "a', "the end of the file", "must be TOML"),
    "null byte": ("name = \0", "line 1, column 8", "must be TOML"),
    "nested lists": ("a = " + "[" * 900_000, "the file", "three levels"),
    "nested tables": ("a = " + "{a=" * 300_000, "the file", "three levels"),
    "dotted key": ("a." * 400_000 + "a = 1", "line 1", "dots"),
    "dotted quoted key": ('\n""."".' * 9 + '""."".' * 100_000 + '""=1', "line 10", "dots"),
    "endless number": ("a = " + "9" * 900_000, "the file", "as text, in quotes"),
    "endless word": ("a" * 990_000, "the end of the file", "must be TOML"),
    "too long": ("#" * (MAX_BYTES + 1), "the file", "at most 1000000"),
    "yaml": ("name: x\nkind: statement", "line 1, column 5", "must be TOML"),
    "json": ('{"name": "x"}', "line 1, column 1", "must be TOML"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_text_that_is_no_model(case):
    text, place, remedy = HOSTILE[case]
    start = time.process_time()
    found = faults(text)
    assert time.process_time() - start < 2
    assert [p for p, _, _ in found] == [place]
    assert remedy in found[0][2]


@pytest.mark.parametrize(
    "text",
    [
        "[[a]]\n" * 160_000,
        "".join(f"[a{n}]\n" for n in range(90_000)),
        "[parameters]\n" + "".join(f"k{n}={{}}\n" for n in range(80_000)),
        GOOD + "[[payoffs]]\nwhen = {" + ",".join(f"q{n}='a'" for n in range(60_000)) + "}",
        GOOD.replace('us = "-h"', 'us = "' + "+".join("h" * 200) + '"').replace('"g"', f'"{"9**8*" * 600}9"'),
        GOOD + "".join(f'[[claims]]\nid = "c{n}"\nholds = "{"h<" * 900}zz"\n' for n in range(100)),
        "[parameters]\n"
        + "".join(f"{'a' * 36}{n} = {{ domain = '{'a' * 36}x{n} > 0' }}\n" for n in range(99)),
        "name = '''" + "\n" * 40_000 + "'''",
        "".join(f"k{n} = 1\n" for n in range(29_000)),
    ],
    ids=range(9),
)
def test_large_bad_files_are_refused_in_time(text):
    start = time.process_time()
    faults(text)
    assert time.process_time() - start < 2


# --- files ---


def refused(path: Path) -> tuple[str, str, str]:
    start = time.process_time()
    with pytest.raises(ModelError) as caught:
        read_model_file(path)
    assert time.process_time() - start < 2
    (problem,) = caught.value.problems
    assert caught.value.source == str(path)
    return problem.place, problem.problem, problem.remedy


def test_a_file_is_read_like_its_text(tmp_path):
    path = tmp_path / "model.toml"
    path.write_text(GOOD, encoding="utf-8", newline="\r\n")
    model = read_model_file(path)
    assert model.origin == str(path)
    assert model.payoffs == read_model_text(GOOD).payoffs
    assert read_model_file(str(path)) == model


def test_a_file_of_fifty_megabytes(tmp_path):
    path = tmp_path / "big.toml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert refused(path) == ("the file", "it has 50000000 bytes", "at most 1000000 are allowed")


def test_bad_utf8(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes(b'name = "x"\ntitle = "\xd6"\n')
    assert refused(path) == ("line 2", "the byte 0xD6 is not UTF-8", "save the file with the encoding UTF-8")


def test_utf16(tmp_path):
    path = tmp_path / "wide.toml"
    path.write_text(GOOD, encoding="utf-16")
    assert "not UTF-8" in refused(path)[1]


def test_what_is_no_file(tmp_path):
    assert refused(tmp_path) == ("the file", "it is a directory", "give the path of a .toml file")
    assert "it cannot be read: No such file" in refused(tmp_path / "none.toml")[1]
    assert "it cannot be read" in refused(tmp_path / ("x" * 5000))[1]
    assert "it cannot be read" in refused(Path("a\0b"))[1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    assert refused(tmp_path / "pipe.toml")[1] == "it is not a regular file"
    if Path("/dev/zero").exists():
        assert refused(Path("/dev/zero"))[1] == "it is not a regular file"


def test_no_code_in_a_file_is_run(tmp_path):
    canary = tmp_path / "canary"
    code = f"__import__('pathlib').Path('{canary}').touch()"
    texts = ["-h", "m < 1", "g*(1 - m)", "h > 0", "4", "militia = halt", "exists h: h*m > c", "refuted"]
    for old in (f'"{text}"' for text in texts):
        assert old in GOOD
        faults(GOOD.replace(old, f'"{code}"'))
    faults(GOOD.replace("kind =", f'"{code}" = 1\nkind ='))
    assert not canary.exists()


WORDS = 'us strike " = { } [ ] nan 1e5 [[payoffs]] x every 2 ** \0 \\u0000'
PIECES = st.sampled_from([*WORDS.split(" "), "\n"])


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_any_damage_gives_a_model_or_a_model_error(data):
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 60)))
    text = GOOD[:start] + "".join(data.draw(st.lists(PIECES, max_size=4))) + GOOD[end:]
    try:
        model = read_model_text(text)
    except ModelError as error:
        assert error.problems
        assert len({(p.place, p.problem) for p in error.problems}) == len(error.problems)
    else:
        assert len(model.payoffs) == 4 or model.kind == "statement"


# --- the published schema ---


def test_the_json_schema_names_every_key():
    schema = json_schema()
    assert schema["$schema"].startswith("https://json-schema.org/")
    entries = schema["$defs"]
    assert set(entries["ParameterEntry"]["properties"]) == {"meaning", "domain", "example", "range"}
    assert {"every", "some", "effect", "holds", "expect", "given"} <= set(entries["ClaimEntry"]["properties"])
    assert entries["ClaimEntry"]["additionalProperties"] is False
    assert entries["PayoffEntry"]["additionalProperties"]["type"] == ["string", "integer", "number"]
    assert set(entries["EffectEntry"]["required"]) == {"of", "on", "is"}
    assert "players" in entries["NormalFormFile"]["required"]
    assert "players" not in entries["StatementFile"]["properties"]
