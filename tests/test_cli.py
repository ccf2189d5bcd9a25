"""The command line as its users meet it: answers, JSON that parses back, exit codes, and one clear message.

The expected conditions for strike-restrain and inspection are worked out by hand from the payoffs.
"""

import json
import os
import subprocess
import sys
from fractions import Fraction
from itertools import product

import pytest
from click.testing import CliRunner

from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.reading import Reading, read_region, read_value
from deterrence.algebra.region import all_of
from deterrence.catalogue.models import catalogue, load
from deterrence.cli import commands


def run(*words):
    return CliRunner().invoke(commands, list(words), catch_exceptions=False)


def shell(*words, **options):
    """The installed command in a process of its own, the only way to see exit codes and standard error."""
    return subprocess.run(
        [sys.executable, "-m", "deterrence.cli", *words],
        capture_output=True,
        text=True,
        timeout=900,  # against hanging for ever; how long it takes is no matter of tests
        **options,
    )


def same(text, expected, given):
    one = read_region(parse_condition(text), Reading(given=given))
    other = read_region(parse_condition(expected), Reading(given=given))
    return prover(given).equivalent(one, other) is True


SOLVED = json.loads(run("solve", "strike-restrain", "--json").output)
GIVEN = load("strike-restrain").domain.given


def by_support(answer):
    """Equilibria by the set of actions each player uses."""
    table = {}
    for e in answer["equilibria"]:
        key = tuple(frozenset(a for a, v in s.items() if v != "0") for s in e["profile"].values())
        assert key not in table, "one component a support in this game"
        table[key] = e
    return table


STRIKE, RESTRAIN, CONTINUE, HALT = (frozenset({a}) for a in ("strike", "restrain", "continue", "halt"))


@pytest.mark.parametrize(
    ("support", "region"),
    [
        ((STRIKE, CONTINUE), "c <= h*m and d <= 2*(g*(1 - m) + r)"),
        ((RESTRAIN, CONTINUE), "c >= h*m"),
        ((STRIKE | RESTRAIN, CONTINUE | HALT), "c < h*m and d > 2*(g*(1 - m) + r)"),
        ((STRIKE | RESTRAIN, CONTINUE), "c == h*m"),
        ((STRIKE, CONTINUE | HALT), "d == 2*(g*(1 - m) + r) and c < h*m"),
    ],
)
def test_strike_restrain_has_exactly_these_components(support, region):
    found = by_support(SOLVED)
    assert len(found) == 5
    assert same(found[support]["region"], region, GIVEN)


def test_mixed_probabilities_are_the_indifference_ones():
    mixed = by_support(SOLVED)[STRIKE | RESTRAIN, CONTINUE | HALT]["profile"]
    for text, expected in (
        (mixed["us"]["strike"], "2*(g + r)/(d + 2*g*m)"),
        (mixed["militia"]["continue"], "(c + k)/(h*m + k)"),
    ):
        reading = Reading(given=GIVEN)
        assert read_value(parse_expression(text), reading) == read_value(parse_expression(expected), reading)


def test_free_variables_carry_their_conditions():
    edge = by_support(SOLVED)[STRIKE | RESTRAIN, CONTINUE]
    (free,) = edge["free"]
    name = free["name"]
    at = {"h": 2, "m": Fraction(1, 2), "c": 1, "k": 1, "g": 1, "r": 1, "d": 7}  # bound 2*(1+1)/(7+1) = 1/2
    where = read_region(parse_condition(free["where"]), Reading())
    inside = {n: Fraction(v) for n, v in at.items()}
    assert where.contains({**inside, name: Fraction(1, 2)})
    assert not where.contains({**inside, name: Fraction(51, 100)})
    assert not where.contains({**inside, name: Fraction(0)})  # restraint for sure is a component of its own


def test_completeness_and_cells():
    assert SOLVED["complete"]["verdict"] == "proved"
    assert SOLVED["complete"]["coverage"] == "proved"
    assert SOLVED["complete"]["scope"] == "all"
    full = [c for c in SOLVED["cells"] if c["full_dimensional"]]
    assert len(full) == 3
    for cell in SOLVED["cells"]:
        point = {n: Fraction(v) for n, v in cell["witness"].items()}
        assert GIVEN.contains(point)
        assert read_region(parse_condition(cell["region"]), Reading()).contains(point)


def test_text_reads_as_promised():
    text = " ".join(run("solve", "strike-restrain").output.split())
    for phrase in (
        "exactly where c <= h*m and d <= 2*(g*(1 - m) + r)",
        "exactly where c >= h*m",
        "strike with probability 2*(g + r)/(d + 2*g*m)",
        "continue with probability (c + k)/(h*m + k)",
        "exactly where c < h*m and d > 2*(g*(1 - m) + r)",
        "from 0 to min(1, 2*(g + r)/(d + 2*g*m))",
        "from (c + k)/(h*m + k) to 1",
        "d == 2*(g*(1 - m) + r) and c <= h*m",
        "In no equilibrium does Militia surely play halt.",
        "The list is complete, proved",
        "the regions cover every parameter value, proved",
    ):
        assert phrase in text
    assert "Piecewise" not in text
    assert all(len(line) <= 80 for line in run("solve", "strike-restrain").output.splitlines())


def test_inspection_is_the_textbook_mixture():
    answer = json.loads(run("solve", "inspection", "--json").output)
    (only,) = answer["equilibria"]
    given = load("inspection").domain.given
    reading = Reading(given=given)
    for text, expected in (
        (only["profile"]["militia"]["attack"], "(c + k)/(b + k)"),
        (only["profile"]["us"]["strike"], "g/(s - e)"),
    ):
        assert read_value(parse_expression(text), reading) == read_value(parse_expression(expected), reading)
    assert only["region"] == "true"


def test_solve_for_isolates_the_parameter():
    text = " ".join(run("solve", "strike-restrain", "--for", "h").output.split())
    assert "h >= c/m and d <= 2*(g*(1 - m) + r)" in text
    assert "h <= c/m" in text


def test_all_shows_the_edges_that_the_short_output_hides():
    short, full = run("solve", "strike-restrain").output, run("solve", "strike-restrain", "--all").output
    assert "3 knife-edge cells: --all shows them" in short
    assert full.count("(edge)") == 3


def listed_profile_parses_back(e, reading):
    for text in (e["nash"], e["subgame_perfect"]):
        assert text is None or read_region(parse_condition(text), reading) is not None
    for text in e["payoffs"].values():
        read_value(parse_expression(text), reading)
    for text in e["critical_discount"].values():
        assert text is None or parse_expression(text) is not None


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_answer_parses_back(name):
    if load(name).source.kind == "statement":
        return
    answer = json.loads(run("solve", name, "--json").output)
    given = load(name).domain.given
    reading = Reading()
    if "states" in answer:  # a chain
        for state in answer["states"].values():
            for text in (*state["ends"].values(), *([state["rounds"]] if state["rounds"] else [])):
                read_value(parse_expression(text), Reading(given=given))
        return
    assert same(answer["assumptions"], answer["assumptions"], given)
    if "nash" in answer["equilibria"][0]:
        for e in answer["equilibria"]:
            listed_profile_parses_back(e, Reading(given=given))
        return
    for e in answer["equilibria"]:
        read_region(parse_condition(e["region"] or e["where"]), reading)
        for f in e["free"]:
            read_region(parse_condition(f["where"]), reading)
        for text in e.get("refinements", {}).values():
            read_region(parse_condition(text), reading)
    for c in answer["cells"]:
        read_region(parse_condition(c["region"]), reading)
    for path in answer.get("paths", []):
        for text in (path["some"], path["every"], *path["refined"].values()):
            assert text is None or read_region(parse_condition(text), reading) is not None
    inside = {}  # an equilibrium's own conditions keep the denominators of its chances from zero
    for e in answer["equilibria"]:
        own = [e["region"] or e["where"], *(f["where"] for f in e["free"])]
        inside[e["id"]] = all_of((given, *(read_region(parse_condition(t), reading) for t in own)))
    seen = set()
    for row in answer.get("outcomes", []):
        read_region(parse_condition(row["region"]), reading)
        for happening in row["happens"]:
            seen |= set(product(happening["equilibria"], happening["chances"].values()))
    for identifier, text in sorted(seen):
        read_value(parse_expression(text), Reading(given=inside[identifier]))


def test_the_critical_discount_factor_stands_beside_other_conditions():
    """R10: the militia must lose by an attack, at any patience, and the retaliator be patient enough."""
    answer = json.loads(run("solve", "enforcement", "--json").output)
    (found,) = (e for e in answer["equilibria"] if e["id"] == "enforce")
    assert found["critical_discount"] == {"militia": "0", "us": "c/(c + l)"}
    answer = json.loads(run("solve", "repeated-prisoners-dilemma", "--json").output)
    found = {e["id"]: e["critical_discount"]["row"] for e in answer["equilibria"]}
    assert found["grim"] == "(T - R)/(T - P)"
    assert found["suspicious"] is None  # more patience breaks it


def test_at_gives_exact_numbers_and_decimals_in_text():
    answer = json.loads(run("at", "strike-restrain", "h=4", "m=0.5", "d=5", "--json").output)
    (only,) = answer["equilibria"]
    assert answer["point"]["m"] == "1/2"
    assert only["profile"]["us"]["strike"] == "2/3"
    assert "2/3 (about 0.6667)" in run("at", "strike-restrain").output


def test_why_shows_every_gain():
    answer = json.loads(run("why", "strike-restrain", "us=strike", "militia=halt", "h=4", "--json").output)
    gains = {(d["player"], d["instead"]): d for d in answer["deviations"]}
    assert answer["region"] == "false"
    assert gains["us", "restrain"]["gain"] == "c + k"
    assert gains["us", "restrain"]["gain_at_point"] == "2"
    assert same(gains["militia", "continue"]["deterred_where"], "d >= 2*(g*(1 - m) + r)", GIVEN)


def test_check_reports_the_region_and_a_point_where_the_claim_fails():
    answer = {r["claim"]: r for r in json.loads(run("check", "strike-restrain", "--json").output)}
    entry = answer["attacks-go-on"]
    assert entry["verdict"] == "refuted" and entry["as_expected"]
    assert same(entry["holds_where"], "c >= h*m or d < 2*(g*(1 - m) + r)", GIVEN)
    point = {n: Fraction(v) for n, v in entry["witness"].items()}
    assert GIVEN.contains(point)
    assert point["c"] < point["h"] * point["m"]
    assert point["d"] >= 2 * (point["g"] * (1 - point["m"]) + point["r"])
    assert set(entry) >= {
        "model",
        "claim",
        "article",
        "verdict",
        "holds_where",
        "witness",
        "expected",
        "as_expected",
    }


def test_an_unmet_expectation_ends_with_exit_code_one(tmp_path):
    text = load("inspection").source.text.replace('expect = "proved"', 'expect = "refuted"', 1)
    path = tmp_path / "inspection.toml"
    path.write_text(text)
    done = shell("check", str(path))
    assert done.returncode == 1
    assert "NOT AS EXPECTED" in done.stdout


def test_the_ledger_meets_every_expectation():
    done = shell("ledger", "--json")
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert all(r["as_expected"] for r in rows)
    assert {r["article"] for r in rows} >= {"A1", "A3", "A4", "A5", "A9", "A10", "A14"}


def test_one_claim_of_the_article_in_depth():
    text = run("ledger", "A4").output
    assert "c1-dominance" in text and "c2-superadditive" in text and "c3-pivotal" in text
    unknown = shell("ledger", "A99")
    assert unknown.returncode == 2 and "A4" in unknown.stderr


def test_proofs_are_confirmed_by_a_fresh_solver(tmp_path):
    import z3

    assert run("solve", "strike-restrain", "--proofs", str(tmp_path / "p")).exit_code == 0
    files = sorted((tmp_path / "p").glob("*.smt2"))
    assert {"coverage", "e1-inside", "e1-reached"} <= {f.stem for f in files}
    for file in files:
        solver = z3.Solver()
        solver.from_file(str(file))
        assert solver.check() == z3.unsat, file.name


def test_claim_proofs_are_confirmed_too(tmp_path):
    import z3

    assert run("check", "inspection", "--proofs", str(tmp_path / "p")).exit_code == 0
    files = sorted((tmp_path / "p").glob("*.smt2"))
    assert len(files) >= 8
    for file in files:
        solver = z3.Solver()
        solver.from_file(str(file))
        assert solver.check() == z3.unsat, file.name


def test_new_writes_a_model_that_works_the_first_time(tmp_path):
    path = tmp_path / "my-model.toml"
    assert run("new", str(path)).exit_code == 0
    assert shell("check", str(path)).returncode == 0
    again = shell("new", str(path))
    assert again.returncode == 2 and "exists already" in again.stderr
    nameless = shell("new", "")
    assert nameless.returncode == 2 and "not a suitable file name" in nameless.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "strike"), "did you mean 'strike-restrain' or "),
        (("show", "PROXY-TREE"), "did you mean 'proxy-tree'?"),
        (("ledger", "b"), "known: A1, A2"),
        (("plot", "strike-restrain", "--kind", "payoffs"), "try: deterrence solve strike-restrain"),
        (("why", "repeated-chicken", "row=cooperate"), "name a profile of repeated-chicken"),
        (("explore", "strike-restrain", "--ledger"), "leave out one of them"),
        (("explore",), "give one of them"),
    ],
)
def test_messages_fit_the_terminal(words, said):
    done = shell(*words, env={**os.environ, "COLUMNS": "80"})
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert max(map(len, done.stderr.splitlines())) <= 80


def test_claims_of_the_article_go_by_number_whatever_the_case():
    assert run("ledger", "a6").output == run("ledger", "A6").output


def test_the_file_that_a_report_goes_to_says_its_format(tmp_path):
    for name, begins in (("a.md", "# Chicken"), ("a.tex", r"\documentclass"), ("a.html", "<!doctype html>")):
        assert run("report", "chicken", "--out", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_schema_and_list_and_show():
    assert json.loads(run("schema").output)
    names = {row["name"] for row in json.loads(run("list", "--json").output)}
    assert names == set(catalogue())
    assert run("show", "strike-restrain", "--toml").output == load("strike-restrain").source.text
    assert "harm that an attack does" in " ".join(run("show", "strike-restrain").output.split())


BAD = {
    "unknown key": ('title = "Inspection"', 'titel = "Inspection"'),
    "undeclared symbol": ('us = "0"', 'us = "unheard_of"'),
    "code": ('us = "0"', "us = \"__import__('os').system('touch hacked')\""),
    "tower": ('us = "0"', 'us = "9**9**9"'),
    "nan": ('us = "0"', 'us = "nan"'),
    "infinity": ('us = "0"', "us = inf"),
    "brackets": ('us = "0"', f'us = "{"(" * 10000}0{")" * 10000}"'),
    "contradiction": ("assumptions = [", 'assumptions = ["c < 0", '),
    "no actions": ('actions = ["strike", "restrain"]', "actions = []"),
}

MODEL = """
name = "bad-model"
title = "Inspection"
summary = "A test."
kind = "normal-form"
assumptions = ["s > g"]
[parameters.c]
meaning = "cost"
domain = "c > 0"
[parameters.g]
meaning = "gain"
domain = "g > 0"
[parameters.s]
meaning = "severity"
domain = "s > 0"
[players.us]
actions = ["strike", "restrain"]
[players.militia]
actions = ["attack", "halt"]
[[payoffs]]
when = { us = "strike", militia = "attack" }
us = "1 - c"
militia = "g - s"
[[payoffs]]
when = { us = "strike", militia = "halt" }
us = "-c"
militia = "0"
[[payoffs]]
when = { us = "restrain", militia = "attack" }
us = "0"
militia = "g"
[[payoffs]]
when = { us = "restrain", militia = "halt" }
us = "0"
militia = "0"
"""


def refused(path, cwd):
    done = shell("solve", str(path), cwd=cwd, env={**os.environ, "COLUMNS": "80"})
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert len(done.stderr) < 4000
    return done.stderr


def test_the_model_that_the_bad_ones_are_made_from_is_good(tmp_path):
    path = tmp_path / "bad-model.toml"
    path.write_text(MODEL)
    assert shell("solve", str(path)).returncode == 0


@pytest.mark.parametrize("fault", sorted(BAD))
def test_bad_files_end_with_one_message(fault, tmp_path):
    old, new = BAD[fault]
    assert old in MODEL
    path = tmp_path / "bad-model.toml"
    path.write_text(MODEL.replace(old, new, 1))
    refused(path, tmp_path)
    assert not (tmp_path / "hacked").exists()


def test_missing_and_duplicate_profiles(tmp_path):
    path = tmp_path / "bad-model.toml"
    blocks = MODEL.split("[[payoffs]]")
    path.write_text("[[payoffs]]".join(blocks[:-1]))
    assert "halt" in refused(path, tmp_path)
    path.write_text(MODEL + "[[payoffs]]" + blocks[-1])
    assert "halt" in refused(path, tmp_path)


def test_huge_and_garbled_files(tmp_path):
    path = tmp_path / "bad-model.toml"
    path.write_bytes(b"# " + b"x" * 50_000_000)
    refused(path, tmp_path)
    path.write_bytes(b'name = "\xff\xfe"')
    refused(path, tmp_path)
    refused(tmp_path / "absent.toml", tmp_path)
    refused(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("words", "needle"),
    [
        (["solve", "strike-restrian"], "strike-restrain"),
        (["solve", "strike-restrain", "--for", "q"], "h, m, c"),
        (["at", "strike-restrain", "h"], "name=value"),
        (["at", "strike-restrain", "h=-1"], "h > 0"),
        (["at", "strike-restrain", "h=x"], "exact number"),
        (["at", "strike-restrain", "q=1"], "q"),
        (["why", "strike-restrain", "us=strike"], "militia"),
        (["why", "strike-restrain", "us=wait", "militia=halt"], "restrain"),
        (["solve", "strike-and-sanction-meanings"], "check"),
        (["nonsense"], "nonsense"),
    ],
)
def test_bad_words_end_with_exit_code_two_and_the_remedy(words, needle):
    done = shell(*words)
    assert done.returncode == 2
    assert needle in done.stderr
    assert "Traceback" not in done.stderr


def test_alone_it_greets_with_commands_that_work():
    text = run().output
    assert max(map(len, text.splitlines())) <= 80
    offered = [line.split("  ")[1].split() for line in text.splitlines() if line.startswith("  deterrence")]
    assert len(offered) >= 5
    for _, command, *words in offered:
        assert command in commands.commands
        for word in words:
            known = word in catalogue() or word.endswith(".toml") or (word[0] == "A" and word[1:].isdigit())
            assert known, word


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("deterrence solve strike-res", {"plain,strike-restrain"}),
        ("deterrence check inspec", {"plain,inspection"}),
        ("deterrence stabi", {"plain,stabilise"}),
        ("deterrence solve nowhere.to", {"file,nowhere.to"}),
    ],
)
def test_a_shell_completes_commands_and_models(words, offered):
    asked = {"_DETERRENCE_COMPLETE": "bash_complete", "COMP_WORDS": words}
    position = {"COMP_CWORD": str(len(words.split()) - 1)}
    code = "from deterrence.cli import commands; commands(prog_name='deterrence')"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ | asked | position
    )
    assert set(done.stdout.split()) == offered


def test_the_canon_by_author():
    done = shell("canon", "harsanyi", "--json")
    assert done.returncode == 0
    [row] = json.loads(done.stdout)
    assert row["source"] == "HarsanyiSelten1988" and row["tag"] == "textbook standard" and row["as_expected"]
    assert "exactly where R - T > P - S" in run("canon", "harsanyi").output
    unknown = shell("canon", "no-such-author")
    assert unknown.returncode == 2 and "Harsanyi & Selten 1988" in unknown.stderr
