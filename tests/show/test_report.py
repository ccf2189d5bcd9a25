"""Reports: every part is there, sound, and says what the library answers; typeset conditions keep their sense."""

from __future__ import annotations

import re
import shutil
from xml.etree import ElementTree

import pytest

import deterrence as dt
from deterrence.catalogue.ledger import results_of
from deterrence.errors import OutOfScope
from deterrence.show import report_pdf
from deterrence.show.mathml import condition_mathml, expression_mathml
from deterrence.show.report import report_html, report_markdown
from deterrence.show.report_latex import report_latex
from deterrence.show.tree_tikz import plain_latex
from tests.show.test_latex import check_balance

KINDS = ["strike-restrain", "proxy-tree", "repeated-chicken", "militia-network"]


@pytest.mark.parametrize("name", KINDS)
def test_reports_have_their_parts(name):
    model = dt.load(name)
    results = results_of(model)
    page = report_html(model, results)
    for part in ("<h2>Parameters</h2>", "<h2>The game</h2>", "<h2>Claims</h2>", "<h2>Sources</h2>", "<math>"):
        assert part in page
    assert page.count("<tr><td>") >= len(results)
    assert not re.search(r'(src|href)="(?!data:|#)', page)  # nothing is loaded from anywhere
    text = report_markdown(model, results)
    assert text.startswith(f"# {model.source.title}") and "## Claims" in text


@pytest.mark.parametrize("name", [*KINDS, "declining-sponsor", "retaliation-chain", "escalation-game"])
def test_reports_in_latex_are_documents_that_balance(name):
    model = dt.load(name)
    results = results_of(model)
    text = report_latex(model, results)
    check_balance(text)
    assert text.startswith(r"\documentclass") and text.endswith("\\end{document}\n")
    for r in results:
        assert plain_latex(r.claim.text) in text
    for p in model.source.parameters:
        assert plain_latex(p.meaning) in text


@pytest.mark.parametrize("name", ["militia-network", "groups-of-their-own", "proxy-tree", "escalation-game"])
def test_reports_in_latex_have_no_sign_that_pdflatex_refuses(name):
    """Of the signs beyond Latin, only those that its encodings T1 and TS1 have."""
    model = dt.load(name)
    text = report_latex(model, results_of(model))
    assert not {c for c in text if ord(c) > 0x17F and c not in "–—‘’“”„…€"}


def test_a_game_in_markdown_is_a_table_or_a_drawn_tree():
    table = report_markdown(dt.load("strike-restrain"), ())
    assert r"| **strike** | $\underline{-h\,(1 - m) - c}$, $g\,(1 - m) - d$ |" in table
    tree = report_markdown(dt.load("proxy-tree"), ())
    assert "├── fund → funded: Militia" in tree.split("```text")[1] and "| e1 |" in tree


def test_sources_are_named_by_who_and_what():
    text = report_markdown(dt.load("risk-threat"), ())
    assert "- Schelling" in text and "Schelling1960" not in text


def test_a_pdf_file_needs_a_program_and_the_message_says_which(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(report_pdf, "BROWSERS", ("a-browser-that-is-not-there",))
    with pytest.raises(OutOfScope, match=r"neither was found; install LaTeX .* or a browser .*--format html"):
        report_pdf.report_pdf(dt.load("strike-restrain"), ())


def test_programs_that_fail_are_named(monkeypatch, tmp_path):
    broken = tmp_path / "pdflatex"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr(report_pdf, "LATEX", ("pdflatex",))
    monkeypatch.setattr(report_pdf, "BROWSERS", ())
    with pytest.raises(OutOfScope, match="no PDF file was made by pdflatex; install"):
        report_pdf.report_pdf(dt.load("strike-restrain"), ())


def test_pdf_files_are_made_where_a_program_is_installed():
    """By LaTeX and by a browser, each where it is; else the error, as above."""
    model = dt.load("strike-restrain")
    for name in ("LATEX", "BROWSERS"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(report_pdf, "BROWSERS" if name == "LATEX" else "LATEX", ())
            known = any(shutil.which(program) for program in getattr(report_pdf, name))
            try:
                made = report_pdf.report_pdf(model, results_of(model))
            except OutOfScope:
                assert not known
            else:
                assert known and made.startswith(b"%PDF-") and len(made) > 20_000


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("-h*(c + k)/(h*m + k)", "−h(c+k)hm+k"),
        ("delta >= (T - R)/(T - P)", "δ≥T−RT−P"),
        ("a - (b - c)", "a−(b−c)"),
        ("a >= b and exists x, y: x*y >= a", "a≥band(∃x,y:xy≥a)"),
        ("x**2*y", "x2y"),
        ("sqrt(a + b)/2", "a+b2"),
        # a long one, in pieces between which a line can break
        (
            "-a*b*c*d*e*f - (b*c*d*e*f - (a + c)*d*e*f) + a*c*d*e*f >= a*b*d*e*f - (a - b*d*e*f)",
            "−abcdef−(bcdef−(a+c)def)+acdef≥abdef−(a−bdef)",
        ),
    ],
)
def test_mathml_keeps_signs_and_brackets(text, plain):
    made = condition_mathml(text) if ">=" in text else expression_mathml(text)
    root = ElementTree.fromstring(f"<p>{made}</p>".replace("\u2062", "").replace("&nbsp;", " "))
    assert "".join("".join(root.itertext()).split()) == plain
