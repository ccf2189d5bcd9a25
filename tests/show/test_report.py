"""Reports: every part is there, sound, and says what the library answers; typeset conditions keep their sense."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import deterrence as dt
from deterrence.catalogue.ledger import results_of
from deterrence.show.mathml import condition_mathml, expression_mathml
from deterrence.show.report import report_html, report_markdown


@pytest.mark.parametrize("name", ["strike-restrain", "proxy-tree", "repeated-chicken", "militia-network"])
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
