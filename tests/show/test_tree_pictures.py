"""Pictures of trees: well-formed, accessible, every word there, and no two labels on top of each other."""

from itertools import combinations
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from IPython.core.formatters import DisplayFormatter

from deterrence.catalogue.models import catalogue, load, solve
from deterrence.errors import OutOfScope
from deterrence.games.tree import ExtensiveForm
from deterrence.show.html import atlas_html, game_html, install, model_html
from deterrence.show.tree_layout import text_width
from deterrence.show.tree_svg import tree_svg
from deterrence.solve.perfect_bayesian import perfect_bayesian
from deterrence.study.outcomes import outcomes
from tests.show.crises import random_tree, unilateral_deterrence

SVG = "{http://www.w3.org/2000/svg}"
TREES = [n for n in sorted(catalogue()) if load(n).source.kind == "extensive-form"]


def words(root):
    return [" ".join("".join(t.itertext()).split()) for t in root.iter(f"{SVG}text")]


def boxes(root):
    """Every text with the rectangle that it takes, by the estimate of a character's width."""
    found = []
    for group in (root, *root.iter(f"{SVG}g")):
        shift_x, shift_y = 0.0, 0.0
        if group.get("transform"):
            shift_x, shift_y = map(float, group.get("transform")[10:-1].split(","))
        for t in group.findall(f"{SVG}text"):
            text = "".join(t.itertext())
            size = float(t.get("font-size", "14"))
            wide = 0.9 * text_width(text, size)  # the estimate is on the safe side
            x = float(t.get("x")) + shift_x - (wide if t.get("text-anchor") == "end" else 0)
            y = float(t.get("y")) + shift_y
            found.append((text, x, y - 0.7 * size, x + wide, y + 0.1 * size))
    return found


def check(picture):
    root = ElementTree.fromstring(picture)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    placed = boxes(root)
    for (one, a, b, c, d), (two, e, f, g, h) in combinations(placed, 2):
        assert c <= e or g <= a or d <= f or h <= b, f"{one!r} and {two!r} overlap"
    for text, left, top, right, bottom in placed:
        assert left >= 0 and top >= 0, text
        assert right <= float(root.get("width")) and bottom <= float(root.get("height")), text
    return root


@pytest.mark.parametrize("name", TREES)
def test_pictures_of_the_catalogue(name):
    model = load(name)
    root = check(tree_svg(model))
    shown = words(root)
    for node in model.source.nodes:
        assert all(any(action == w for w in shown) for action, _ in node.moves)
    for outcome in model.source.outcomes:
        assert any(w.split()[0] == outcome.id for w in shown)
    assert model_html(model).count("<svg") == 1


@pytest.mark.parametrize("seed", range(60))
def test_pictures_of_random_trees(seed):
    tree = random_tree(seed, hidden=True)
    root = check(tree_svg(tree))
    assert len(list(root.iter(f"{SVG}polyline"))) == sum(len(n.moves) for n in tree.nodes)


def test_hidden_types_are_folded_unless_asked():
    tree = unilateral_deterrence()
    once, full = check(tree_svg(tree)), check(tree_svg(tree, full=True))
    assert words(once).count("challenge") == 1
    assert words(full).count("challenge") == 4
    assert "Challenger: hard with probability p, soft with probability 1 − p" in words(once)
    assert "hard: cDDh, soft: cDDs" in words(once)
    dashed = [e for e in full.iter() if e.get("stroke-dasharray") and e.tag != f"{SVG}line"]
    assert len(dashed) == 6  # open, answer and press, each for two types


def test_the_path_is_thick():
    tree = unilateral_deterrence()
    atlas = perfect_bayesian(tree)
    separating = next(e for e in atlas if e.generic and e.is_pure and not e.free and e.path == "p2")
    root = check(tree_svg(tree, separating))
    wide = sorted(line.get("stroke-width") for line in root.iter(f"{SVG}polyline"))
    assert wide == ["2.4", "5", "5", "5", "5", "5"]  # only backing down is planned, off the path
    html = atlas_html(atlas)
    assert html.count("<svg") == 1
    assert all("<td" in html and f">{path.id}<" in html for path in atlas.paths)


def test_a_nash_equilibrium_in_plans_is_marked_as_behaviour():
    model = load("schelling-commitment")
    atlas = solve(model, "nash", cells=False)
    defiant = next(e for e in atlas if e.support == (("cooperate",), ("defect_defect",)) and not e.free)
    root = check(tree_svg(model, defiant))
    wide = {line.get("data-edge"): line.get("stroke-width") for line in root.iter(f"{SVG}polyline")}
    assert wide == {
        "first/cooperate": "5",
        "first/defect": "1.5",
        "after_cooperate/cooperate": "1.5",
        "after_cooperate/defect": "5",
        "after_defect/cooperate": "1.5",
        "after_defect/defect": "2.4",  # the threat, never carried out
    }
    silent = solve("unilateral-deterrence", "nash", cells=False)
    waiting = next(e for e in silent if e.support[0] == ("wait",) and e.is_pure)
    root = check(tree_svg(load("unilateral-deterrence"), waiting))
    wide = {line.get("data-edge"): line.get("stroke-width") for line in root.iter(f"{SVG}polyline")}
    assert wide["open/wait"] == "5"
    assert wide["press/go_on"] == wide["press/back_down"] == "1.5"  # the plan to wait says nothing there


def test_an_equilibrium_of_another_game_is_declined():
    [other] = solve("inspection", cells=False)
    with pytest.raises(OutOfScope, match="another game"):
        tree_svg(load("schelling-commitment"), other)


def test_text_of_a_tree_is_no_markup():
    tree = ExtensiveForm.build(
        {"us": "<b>Us & them</b>"},
        {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
        {"x": [1], "y": [0]},
    )
    root = check(tree_svg(tree, title='"<script>"'))
    assert "<b>Us & them</b>" in words(root)
    assert "<b>Us" not in game_html(tree)


def test_other_games_and_huge_trees_are_declined():
    with pytest.raises(OutOfScope, match="no tree"):
        tree_svg(load("inspection"))
    nodes = {f"n{k}": {"player": "us", "moves": {"go": f"n{k + 1}", "stop": "x"}} for k in range(400)}
    nodes["n400"] = {"player": "us", "moves": {"go": "x", "stop": "x"}}
    huge = ExtensiveForm.build(["us"], nodes, {"x": [0]})
    with pytest.raises(OutOfScope, match="401 places"):
        tree_svg(huge)
    assert "the tree goes on" in game_html(huge)


def test_a_notebook_shows_trees_inline_and_outcomes_as_a_table():
    formatter = DisplayFormatter()
    install(SimpleNamespace(display_formatter=formatter))

    def html(shown):
        return formatter.format(shown)[0]["text/html"]

    model = load("unilateral-deterrence")
    atlas = solve(model)
    rows = outcomes(atlas)
    assert all(html(x).count("<svg") == 1 for x in (model, model.game, atlas))
    table = html(rows)
    assert "what happens" in table and "knife edge" in table and "SQ" in table
    assert table.count("<tr>") == 1 + sum(len(row.happenings) for row in rows)
