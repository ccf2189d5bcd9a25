"""Every fault of a model file, found in one edit of `good.toml`: its place, what is wrong, and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from deterrence.catalogue.faults import MAX_FAULTS
from deterrence.catalogue.files import read_model_text
from deterrence.errors import ModelError

GOOD = (Path(__file__).parent / "good.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        read_model_text(text, "bad.toml")
    assert str(caught.value).startswith(f"bad.toml: {len(caught.value.problems)} fault")
    assert all(p.place and p.problem and p.remedy for p in caught.value.problems)
    assert len(str(caught.value)) < 20_000
    return [(p.place, p.problem, p.remedy) for p in caught.value.problems]


def edited(*edits: tuple[str, str]) -> str:
    text = GOOD
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return text


# what to replace in good.toml, by what; the one place to be named, part of the problem, part of the remedy
FAULTS = [
    ("title", "titel", "titel", "unknown key 'titel'", "did you mean 'title'?"),
    (
        'meaning = "harm',
        'meening = "harm',
        "parameters.h.meening",
        "unknown key 'meening'",
        "allowed: meaning, domain, example, range; did you mean 'mean",
    ),
    ('label = "United', 'lable = "United', "players.us.lable", "unknown key", "did you mean 'label'?"),
    (
        'every = "militia',
        'evry = "militia',
        "claims[damage-deters].evry",
        "unknown key 'evry'",
        "did you mean 'every'?",
    ),
    ("across =", "acros =", "claims[severity].effect.acros", "unknown key", "did you mean 'across'?"),
    ("locus", "page", "sources[1].page", "unknown key", "key, locus, status"),
    ("[definitions]", '"x\\u001b[31m" = 1\n[definitions]', "'x\\x1b[31m'", "unknown key", "allowed"),
    ('name = "strike-restrain"\n', "", "name", "is missing", "add it: name"),
    ('kind = "normal-form"\n', "", "kind", "is missing", "repeated, stochastic, network, statement"),
    ('"normal-form"', '"normalform"', "kind", "'normalform' is not a kind", "did you mean 'normal-form'?"),
    ('"normal-form"', '["normal-form"]', "kind", "a list is not a kind", "allowed: normal-form"),
    ('"strike-restrain"', '"Strike_Restrain"', "name", "not in kebab case", "small letters"),
    (
        'concept = "nash"',
        'concept = "nahs"',
        "concept",
        "'nahs' is not a solution concept",
        "did you mean 'nash'?",
    ),
    ('title = "Strike or restrain"', "title = {}", "title", "a table is not text", "double quotes"),
    ("us = 0", "us = true", "payoffs[2].us", "true is not text", "double quotes"),
    ("us = 0", "us = [1]", "payoffs[2].us", "a list is not text", "double quotes"),
    ("us = 0", "us = 2020-01-01", "payoffs[2].us", "2020-01-01 is not text", "double quotes"),
    ('["m < 1", "gain > k/100"]', '"m < 1"', "assumptions", "'m < 1' is not a list", '["'),
    ("k = {}", 'k = "1"', "parameters.k", "'1' is not a table", "[k.…]"),
    (
        "across = true",
        'across = "yes"',
        "claims[severity].effect.across",
        "'yes' is neither true nor false",
        "without quotes",
    ),
    ("United States", "U\\u001b[2J", "players.us.label", "control character", "printable"),
    ('actions = ["strike", "restrain"]', "actions = []", "players.us.actions", "empty", "at least one"),
    ('actions = ["strike", "restrain"]\n', "", "players.us.actions", "is missing", "add it"),
    ('["strike", "restrain"]', '"strike"', "players.us.actions", "'strike' is not a list", "list"),
    (
        '["continue", "halt"]',
        '["continue", "halt", "halt"]',
        "players.militia.actions",
        "'halt' is listed twice",
        "once",
    ),
    ('militia = "-d/2 - r"\n', "", "payoffs[3].militia", "payoff of militia is missing", 'militia = "…"'),
    (
        '[[payoffs]]\nwhen = { us = "strike", militia = "halt" }\nus = "-c - k"\nmilitia = "-d/2 - r"\n',
        "",
        "payoffs",
        "no payoffs for (us = strike, militia = halt)",
        'when = { us = "strike", militia = "halt" }',
    ),
    (
        'when = { us = "strike", militia = "halt" }',
        'when = { us = "strike" }',
        "payoffs[3].when",
        "action of militia is missing",
        "for each player",
    ),
    (
        'when = { us = "strike", militia = "halt" }',
        'when = { us = "strike", militia = "halt", sponsor = "x" }',
        "payoffs[3].when",
        "'sponsor' is not a player",
        "allowed: us, militia",
    ),
    (
        'when = { us = "strike", militia = "halt" }',
        'when = { us = "strik", militia = "halt" }',
        "payoffs[3].when",
        "'strik' is not an action of us",
        "did you mean 'strike'?",
    ),
    (
        'when = { us = "strike", militia = "halt" }',
        'when = "strike"',
        "payoffs[3].when",
        "'strike' is not a table",
        "{ … }",
    ),
    ('when = { us = "strike", militia = "halt" }\n', "", "payoffs[3].when", "is missing", "add it: when"),
    (
        'us = "-h"',
        'us = "-hh"',
        "payoffs[4].us",
        "'-hh' uses 'hh', which is not declared",
        "[parameters.hh]; allowed: m, c, d, g, r, k, h, gain, cut; did you mean 'h'?",
    ),
    ('domain = "m > 0"', 'domain = "m > z"', "parameters.m.domain", "uses 'z'", "[parameters.z]"),
    ('"m < 1"', '"m < zz"', "assumptions[1]", "uses 'zz'", "[parameters.zz]"),
    ('"g*(1 - m)"', '"g*(1 - n)"', "definitions.gain", "uses 'n'", "[parameters.n]"),
    ('"exists h: h*m > c"', '"exists h: h*z > c"', "claims[harm].holds", "uses 'z'", "[parameters.z]"),
    ('expect = "m > 0"', 'expect = "q > 0"', "claims[harm].expect", "uses 'q'", "[parameters.q]"),
    (
        'on = "P(us = strike)"',
        'on = "q*P(us = strike)"',
        "claims[severity].effect.on",
        "uses 'q'",
        "[parameters.q]",
    ),
    (
        'of = "d"',
        'of = "dd"',
        "claims[severity].effect.of",
        "'dd' is not a declared parameter",
        "did you mean 'd'?",
    ),
    (
        '"exists h: h*m > c"',
        '"exists s: s*m > c"',
        "claims[harm].holds",
        "exists 's', which is not a declared parameter",
        "allowed: m, c",
    ),
    ('"exists h: h*m > c"', '"exists cut: cut > c"', "claims[harm].holds", "exists 'cut'", "allowed: m, c"),
    (
        '"exists h: h*m > c"',
        '"diff(cut, gain) > c"',
        "claims[harm].holds",
        "differentiates by the definition 'gain'",
        "allowed: m, c",
    ),
    (
        "k = {}",
        "k = {}\nmin = {}",
        "parameters.min",
        "'min' is a word of the grammar",
        "rename the parameter",
    ),
    ("k = {}", "k = {}\nnan = {}", "parameters.nan", "'nan' looks like a number", "rename the parameter"),
    (
        "k = {}",
        'k = {}\n"2nd-rate" = {}',
        "parameters.2nd-rate",
        "'2nd-rate' is not a name",
        "for example nd_rate",
    ),
    (
        "k = {}",
        "k = {}\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx = {}",
        "parameters.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "41 characters",
        "at most 40",
    ),
    ("cut = ", 'h = "1"\ncut = ', "definitions.h", "also a parameter", "rename"),
    (
        'gain = "g*(1 - m)"',
        'gain = "g*(1 - m) + cut"',
        "definitions.gain",
        "defined through itself: gain -> cut -> gain",
        "break the circle",
    ),
    ('"g*(1 - m)"', '"g*gain"', "definitions.gain", "through itself: gain -> gain", "break the circle"),
    ('domain = "m > 0"', 'domain = "h > 0"', "parameters.m.domain", "does not mention 'm'", "assumptions"),
    ('example = "4"', 'example = "2*c"', "parameters.h.example", "'2*c' is not an exact number", "1/3"),
    ('example = "4"', 'example = "1/(1 - 1)"', "parameters.h.example", "divides by zero", "1/3"),
    ('example = "4"', 'example = "11"', "parameters.h.example", "11 lies outside the range", "widen"),
    ('range = ["0", "10.5"]', 'range = ["0"]', "parameters.h.range[2]", "is missing", "both ends"),
    ("range = [0, 1]", "range = [0, 1, 2]", "parameters.m.range", "has 3 entries", "at most 2"),
    ("range = [0, 1]", "range = [1, 0]", "parameters.m.range", "1 is not below 0", "lower end first"),
    ("range = [0, 1]", 'range = [0, "one"]', "parameters.m.range[2]", "'one' is not an exact number", "1/3"),
    ("us = 0", "us = nan", "payoffs[2].us", "'nan' is not a number", "declared parameter"),
    ("us = 0", "us = -inf", "payoffs[2].us", "'inf' is not a number", "declared parameter"),
    ('us = "-h"', 'us = "nan"', "payoffs[4].us", "'nan' is not a number", "declared parameter"),
    ("example = 0.1", "example = nan", "parameters.m.example", "'nan' is not a number", "declared"),
    (
        'domain = "m > 0"',
        'domain = "0 < m < inf"',
        "parameters.m.domain",
        "'inf' is not a number",
        "declared",
    ),
    ("example = 0.1", "example = 1e-1", "parameters.m.example", "scientific notation", "0.001"),
    (
        'us = "-h"',
        "us = \"__import__('os')\"",
        "payoffs[4].us",
        "'_' is not allowed at character 1 of",
        "a letter",
    ),
    ('us = "-h"', 'us = "9**9**9"', "payoffs[4].us", "exponent 9 is too large", "-8 to 8"),
    (
        'us = "-h"',
        'us = "(((h + m + c)**8)**8)**8"',
        "payoffs[4].us",
        "multiplied out it may have more than",
        "smaller powers",
    ),
    (
        'us = "-h"',
        'us = "h > 0"',
        "payoffs[4].us",
        "a condition stands where an expression",
        "without comparisons",
    ),
    (
        'domain = "m > 0"',
        'domain = "m"',
        "parameters.m.domain",
        "an expression stands where a condition",
        "x > 0",
    ),
    ('"m < 1"', '"m = 1"', "assumptions[1]", "a single = does not compare", "write =="),
    ('"d > g"', '"P(us = strike) > 0"', "claims[damage-deters].given", "only in a claim about play", "P*(…)"),
    ('us = "-h"', 'us = ""', "payoffs[4].us", "there is no expression", "write one"),
    ('id = "attacks"\n', "", "claims[2].id", "is missing", "add it: id"),
    ('id = "attacks"', 'id = "Attacks!"', "claims[2].id", "'Attacks!' is not in kebab case", "small letters"),
    (
        'id = "attacks"',
        'id = "damage-deters"',
        "claims[2].id",
        "'damage-deters' is the id of an earlier claim",
        "its own id",
    ),
    ('every = "militia = halt"\n', "", "claims[damage-deters]", "asks nothing", "every, some, effect, holds"),
    (
        'every = "militia = halt"',
        'every = "militia = halt"\nholds = "d > 0"',
        "claims[damage-deters]",
        "several things at once: every, holds",
        "keep one",
    ),
    (
        '"militia = halt"',
        '"militias = halt"',
        "claims[damage-deters].every",
        "names 'militias', which is not a player",
        "did you mean 'militia'?",
    ),
    (
        '"militia = halt"',
        '"militia = strike"',
        "claims[damage-deters].every",
        "'strike', which is not an action of militia",
        "allowed: continue, halt",
    ),
    (
        '"P(militia = continue) == 1"',
        '"P(militia = go) == 1"',
        "claims[attacks].some",
        "'go', which is not an action of militia",
        "allowed: continue, halt",
    ),
    (
        '"P(militia = continue) == 1"',
        '"payoff(sponsor) > 1"',
        "claims[attacks].some",
        "'sponsor', which is not a player",
        "allowed: us, militia",
    ),
    (
        'on = "P(us = strike)"',
        'on = "P(uss = strike)"',
        "claims[severity].effect.on",
        "'uss', which is not a player",
        "did you mean 'us'?",
    ),
    (
        '"militia = halt"',
        '"militia[soft] = halt"',
        "claims[damage-deters].every",
        "names the type 'soft'",
        "extensive-form",
    ),
    (
        'is = "falls"',
        'is = "fall"',
        "claims[severity].effect.is",
        "'fall' is not one of the choices",
        "allowed: falls, rises, none; did you mean 'falls'?",
    ),
    (
        'expect = "refuted"',
        'expect = "refutd"',
        "claims[damage-deters].expect",
        "'refutd' is neither a verdict nor a condition",
        "allowed: proved, refuted, undecided; did you mean 'refuted'?, or the condition",
    ),
    (
        'expect = "m > 0"',
        'expect = "us = strike"',
        "claims[harm].expect",
        "neither a verdict nor a condition",
        "proved, refuted, undecided",
    ),
    ('expect = "m > 0"', "expect = true", "claims[harm].expect", "true is not text", "double quotes"),
    (
        'expect = "m > 0"',
        'expect = "exists h: ((h)*m>c)"',
        "claims[harm].expect",
        "same condition as holds, so nothing would be checked",
        "primitives",
    ),
    (
        'every = "militia = halt"',
        'every = "militia = halt"\namong = "d1"',
        "claims[damage-deters].among",
        "the equilibria of concept 'nash' have no refinements",
        "leave among out",
    ),
    (
        'holds = "exists',
        'among = "d1"\nholds = "exists',
        "claims[harm].among",
        "holds is not about equilibria",
        "leave among out",
    ),
    (
        '"militia = halt"',
        '"payoff(militia[soft]) > 0"',
        "claims[damage-deters].every",
        "names the type 'soft'",
        "extensive-form",
    ),
    (
        '"pure-nash"',
        '"pure"',
        "claims[attacks].concept",
        "'pure' is not a solution concept",
        "nash, pure-nash",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "problem", "remedy"), FAULTS)
def test_each_fault_alone_has_its_place_its_problem_and_its_remedy(old, new, place, problem, remedy):
    ((found_place, found_problem, found_remedy),) = faults(edited((old, new)))
    assert found_place == place
    assert problem in found_problem
    assert remedy in found_remedy


H = 'us = "-h"'
CELL = 'when = { us = "strike", militia = "halt" }'
SEVERAL = {
    "unknown key of a payoff": (
        [('us = "-c - k"', 'uss = "-c - k"')],
        ("payoffs[3].uss", "unknown key 'uss'", "allowed: when, us, militia; did you mean 'us'?"),
        ("payoffs[3].us", "payoff of us is missing", 'us = "…"'),
    ),
    "huge whole number": (
        [("us = 0", "us = " + "9" * 4000)],
        ("payoffs[2].us", "too many digits", "round it"),
    ),
    "huge hexadecimal": (
        [("us = 0", "us = 0x" + "f" * 9000)],
        ("payoffs[2].us", "too many digits", "round it"),
    ),
    "overlong prose": ([("in plain words", "x" * 11_000)], ("summary", "too long", "10000")),
    "action that is no name": (
        [('["continue", "halt"]', '["continue", "halt", "stand-down"]')],
        ("players.militia.actions", "'stand-down' is not a name", "for example stand_down"),
        ("payoffs", "(us = strike, militia = stand-down); (us = restrain, militia = ", "[[payoffs]]"),
    ),
    "duplicate profile": (
        [(CELL, CELL.replace("halt", "continue"))],
        ("payoffs[3]", "(us = strike, militia = continue) has payoffs in payoffs[1] too", "keep one"),
        ("payoffs", "no payoffs for (us = strike, militia = halt)", "add [[payoffs]]"),
    ),
    "undeclared twice": (
        [('"d > g"', '"d > x + y + x"')],
        ("claims[damage-deters].given", "uses 'x'", "[parameters.x]"),
        ("claims[damage-deters].given", "uses 'y'", "[parameters.y]"),
    ),
    "definition further down": (
        [('gain = "g*(1 - m)"', 'gain = "late*g"'), ("[parameters]", 'late = "1"\n[parameters]')],
        ("definitions.gain", "uses 'late', which is defined further down", "move late above it"),
    ),
    "powers through definitions": (
        [('"2*(gain + r)"', '"(gain + r + h + c + d)**8"'), (H, 'us = "cut**3"')],
        ("payoffs[4].us", "multiplied out", "smaller powers"),
    ),
    "ten thousand brackets": (
        [(H, f'us = "{"(" * 10_000}h{")" * 10_000}"')],
        ("payoffs[4].us", "20001 characters, more than the 4000", "[definitions]"),
    ),
    "a thousand brackets": (
        [(H, f'us = "{"(" * 1000}h{")" * 1000}"')],
        ("payoffs[4].us", "nested more than 60 deep", "[definitions]"),
    ),
    "double equals for play": (
        [('"militia = halt"', '"militia == halt"')],
        ("claims[damage-deters].every", "uses 'militia', which is not declared", "single ="),
        ("claims[damage-deters].every", "uses 'halt'", "single ="),
    ),
}


@pytest.mark.parametrize("case", SEVERAL)
def test_longer_edits_and_those_that_make_several_faults(case):
    edits, *expected = SEVERAL[case]
    found = faults(edited(*edits))
    assert [place for place, _, _ in found] == [place for place, _, _ in expected]
    for (_, problem, remedy), (_, want_problem, want_remedy) in zip(found, expected, strict=True):
        assert want_problem in problem
        assert want_remedy in remedy


def test_a_player_named_by_a_word_of_the_grammar():
    place, problem, remedy = faults(edited(("[players.us]", "[players.when]")))[0]
    assert place == "players.when"
    assert "'when' is a word of the grammar" in problem
    assert "rename the player" in remedy


def test_all_faults_of_a_file_are_reported_at_once():
    found = faults(
        edited(
            ("title", "titel"),
            ('domain = "m > 0"', 'domain = "m > zz"'),
            ('gain = "g*(1 - m)"', 'gain = "g*(1 - m"'),
            ('us = "-c - k"', "us = true"),
            ('militia = "gain - d"', 'militia = "gain - dd"'),
            ('every = "militia = halt"', 'evry = "militia = halt"'),
            ('given = "d > g"', 'given = "d > gg"'),
            ('["continue", "halt"]', '["continue", "halt", "halt"]'),
        )
    )
    assert sorted(place for place, _, _ in found) == [
        "claims[damage-deters].evry",
        "claims[damage-deters].given",
        "definitions.gain",
        "parameters.m.domain",
        "payoffs[1].militia",
        "payoffs[3].us",
        "players.militia.actions",
        "titel",
    ]


def test_a_statement_with_players_or_play():
    text = 'name = "x"\nkind = "statement"\n[players.us]\nactions = ["a"]\n[[claims]]\nid = "c"\n'
    text += 'every = "us = a"'
    places = {place: problem + remedy for place, problem, remedy in faults(text)}
    assert set(places) == {"players", "claims[c].every"}
    assert "unknown key 'players'" in places["players"]
    assert "ask with holds" in places["claims[c].every"]


@pytest.mark.parametrize(
    ("section", "place", "problem"),
    [
        (
            "[players]\n" + "".join(f'p{n} = {{ actions = ["a"] }}\n' for n in range(11)),
            "players",
            "has 11 entries",
        ),
        (f"[players.p]\nactions = {[f'a{n}' for n in range(21)]}", "players.p.actions", "has 21 entries"),
        (
            "[players]\n" + "".join(f"p{n} = {{ actions = {list('abcdef')} }}\n" for n in range(4)),
            "players",
            "1296 action profiles",
        ),
        ("[parameters]\n" + "".join(f"x{n} = {{}}\n" for n in range(101)), "parameters", "has 101 entries"),
        ("[definitions]\n" + "".join(f"x{n} = 1\n" for n in range(101)), "definitions", "has 101 entries"),
        ('[[claims]]\nid = "a"\n' * 201, "claims", "has 201 entries"),
        ('[[payoffs]]\nwhen = { p = "a" }\n' * 1025, "payoffs", "has 1025 entries"),
        ("assumptions = " + str(["true"] * 101), "assumptions", "has 101 entries"),
        ("assumptions = " + str(["0 < " * 900 + "1"] * 80), "the file", "its expressions have"),
    ],
)
def test_too_many_of_anything(section, place, problem):
    found = faults(f'name = "x"\nkind = "normal-form"\n{section}')
    assert any(p == place and problem in text and "at most" in remedy for p, text, remedy in found), found


def test_very_many_faults_are_cut_short():
    found = faults("".join(f"k{n} = 1\n" for n in range(1000)))
    assert len(found) == MAX_FAULTS + 1
    assert found[-1] == (
        "the file",
        f"{1003 - MAX_FAULTS - 1} more faults are not listed",
        "mend the others first",
    )
