"""LaTeX: expressions and conditions typeset, the TikZ picture, and whole documents that balance."""

import re

import pytest

from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.catalogue.models import atlas_of, catalogue, load
from deterrence.errors import OutOfScope
from deterrence.games.tree import ExtensiveForm
from deterrence.show.latex import condition_latex, expression_latex, name_latex
from deterrence.show.latex_page import MAX_EDGES, equilibria_latex, model_latex
from deterrence.show.tree_tikz import plain_latex, tree_tikz
from deterrence.show.tree_view import tree_view, view_of
from deterrence.solve.perfect_bayesian import perfect_bayesian
from tests.show.crises import random_tree, unilateral_deterrence

QUICK = [
    "strike-restrain",
    "proxy-trio",
    "unilateral-deterrence-incomplete",
    "escalation-ladder-4",
    "risk-threat",
]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("alpha/2", r"\frac{\alpha}{2}"),
        ("-(b - c)*(1 - p)", r"-(b - c)\,(1 - p)"),
        ("-x/(a + b)", r"-\frac{x}{a + b}"),
        ("a - -b*c", r"a - (-b\,c)"),
        ("(a + b/2)*c", r"\left(a + \frac{b}{2}\right)\,c"),
        ("2*(x + 1)**2", r"2\,(x + 1)^{2}"),
        ("(g/s)**2", r"\left(\frac{g}{s}\right)^{2}"),
        ("a*(b/c)", r"a\,\frac{b}{c}"),
        ("max(0, eps)", r"\operatorname{max}\left(0, \varepsilon\right)"),
    ],
)
def test_expressions(text, latex):
    assert expression_latex(parse_expression(text)) == latex


def test_conditions():
    tree = parse_condition("(a > b and c <= 1) or a == 0")
    assert condition_latex(tree) == r"(a > b \text{ and } c \le 1) \text{ or } a = 0"


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("h", "h"),
        ("v0", "v_{0}"),
        ("gF", "g_{F}"),
        ("cDDh", r"c_{\mathrm{DDh}}"),
        ("delta", r"\delta"),
        ("delta_us", r"\delta_{\mathrm{us}}"),
        ("eps", r"\varepsilon"),
        ("loss", r"\mathrm{loss}"),
        ("c_t", "c_{t}"),
        ("rho1", r"\rho_{1}"),
        ("rate2", r"\mathrm{rate}_{2}"),
    ],
)
def test_names(name, latex):
    assert name_latex(name) == latex


def check_balance(text):
    """Environments and braces close in the order in which they open, and mathematics is switched off again."""
    stack = []
    for begin, end in re.findall(r"\\begin\{(\w+)\}|\\end\{(\w+)\}", text):
        if begin:
            stack.append(begin)
        else:
            assert stack.pop() == end
    assert not stack
    plain = re.sub(r"\\[\\&%$#_{}]", "", text)
    depth = 0
    for ch in plain:
        depth += (ch == "{") - (ch == "}")
        assert depth >= 0
    assert depth == 0
    assert plain.count("$") % 2 == 0
    assert plain.count(r"\left") == plain.count(r"\right")
    for row in re.findall(r"\$[^$]*\$", plain):
        assert "#" not in row and "%" not in row


@pytest.mark.parametrize("name", QUICK)
def test_documents(name):
    model = load(name)
    text = model_latex(model)
    check_balance(text)
    assert text.startswith(r"\documentclass") and text.endswith("\\end{document}\n")
    for p in model.source.parameters:
        assert f"${name_latex(p.name)}$ & {plain_latex(p.meaning)}" in text
    atlas = atlas_of(model, None, False)
    for e in atlas:
        assert f"\n{e.id} & " in text
    assert "The list is complete, proved" in text or "within that class" in text


def test_a_document_of_hidden_types_says_who_knows_what_and_what_is_believed():
    text = model_latex(load("unilateral-deterrence-incomplete"))
    assert (
        "Challenger alone knows its own type: hard with probability $p$, soft with probability $1 - p$."
        in text
    )
    assert (
        r"by every rational one: $c_{\mathrm{SQ}} \ge c_{\mathrm{DC}}\,(1 - q) + c_{\mathrm{DDh}}\,q$" in text
    )
    assert r"believed at \textit{press[hard]}, \textit{press[soft]}: Defender is hard for sure" in text
    assert r"\emph{Only on knife edges}" in text


def test_many_knife_edges_are_counted_and_cut():
    atlas = atlas_of(load("proxy-tree"), None, False)
    ties = sum(not e.generic for e in atlas)
    assert ties > MAX_EDGES
    text = equilibria_latex(atlas)
    assert f"and {ties - MAX_EDGES} more on knife edges" in text
    rows = re.findall(r"^(e\d+) & ", text, re.MULTILINE)
    assert len(rows) == len(atlas.equilibria) - ties + MAX_EDGES
    assert len(re.findall(r"^e\d+ & ", equilibria_latex(atlas, None), re.MULTILINE)) == len(atlas.equilibria)


@pytest.mark.parametrize("name", [n for n in catalogue() if load(n).source.kind == "extensive-form"])
def test_pictures_have_every_move_and_every_outcome(name):
    model = load(name)
    text = tree_tikz(view_of(model))
    check_balance(text)
    for node in model.source.nodes:
        assert all(f"{{{plain_latex(action)}}};" in text for action, _ in node.moves)
    for outcome in model.source.outcomes:
        assert rf"\textbf{{{plain_latex(outcome.id)}}}" in text


@pytest.mark.parametrize("seed", range(10))
def test_pictures_of_random_trees(seed):
    tree = random_tree(seed, hidden=True)
    text = tree_tikz(tree_view(tree))
    check_balance(text)
    shared = sum(len(h.nodes) - 1 for h in tree.information)
    assert text.count(r"\draw[dashed]") == shared
    assert text.count(" -- ") == 2 * sum(len(n.moves) for n in tree.nodes)


def test_the_path_is_thick():
    tree = unilateral_deterrence()
    separating = next(e for e in perfect_bayesian(tree) if e.generic and e.is_pure and e.path == "p2")
    text = tree_tikz(tree_view(tree, separating))
    assert text.count("[very thick]") == 5
    assert text.count("[thick, densely dotted]") == 1  # backing down is planned, off the path


def test_words_are_no_commands():
    tree = ExtensiveForm.build(
        {"us": r"\input{x} & 5%"},
        {"n": {"player": "us", "moves": {"a_b": "x", "c": "y"}}},
        {"x": [1], "y": [0]},
    )
    text = tree_tikz(tree_view(tree))
    assert r"\textbackslash{}input\{x\} \& 5\%" in text and r"a\_b" in text
    check_balance(text)


def test_what_has_no_document_is_said():
    with pytest.raises(OutOfScope, match="LaTeX is for normal forms and trees"):
        model_latex(load("who-ordered-the-halt"))
    nodes = {f"n{k}": {"player": "us", "moves": {"go": f"n{k + 1}", "stop": "x"}} for k in range(400)}
    nodes["n400"] = {"player": "us", "moves": {"go": "x", "stop": "x"}}
    with pytest.raises(OutOfScope, match="401 places"):
        tree_tikz(tree_view(ExtensiveForm.build(["us"], nodes, {"x": [0]})))
