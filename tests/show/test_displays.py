"""Every public value shows itself: in a notebook as HTML that typesets, at a plain prompt in few words."""

from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from inspect import isclass

import pytest
from IPython.core.interactiveshell import InteractiveShell

import deterrence as dt
from deterrence.algebra.poly import Poly
from deterrence.show.html import FIELDS, FORMS, html_of, install
from deterrence.show.html_parts import condition_html
from tests.show.shelf import CHICKEN, NUMBERS, RESULTS

PLOTS = {name for name in dt._HOME if name.startswith("plot_")}  # their results are axes of matplotlib
FAULTS = {
    name for name in dt._HOME if isclass(getattr(dt, name)) and issubclass(getattr(dt, name), Exception)
}
WORDS = {
    "solve_for",
    "subgame_roots",
    "to_latex",
    "to_markdown",
    "write_efg",
    "write_nfg",
}  # text, and names: they show themselves
VOID = {
    "br",
    "hr",
    "path",
    "circle",
    "rect",
    "line",
    "image",
    "use",
    "stop",
    "polygon",
    "polyline",
    "ellipse",
}


@pytest.fixture(scope="module")
def shell():
    made = InteractiveShell.instance()
    install(made)
    yield made
    InteractiveShell.clear_instance()


class Balance(HTMLParser):
    """Whether every element that is opened is closed, in order; and the text outside of pictures."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open and self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_data(self, data):
        if "svg" not in self.open and "style" not in self.open:
            self.text += data


def read(html):
    found = Balance()
    found.feed(html)
    found.close()
    assert not found.open
    return found.text


def test_best_replies_are_underlined_and_the_line_below_says_where():
    """Chicken: best to hold against fire and to fire against hold, whatever the stakes."""
    dominant = html_of(NUMBERS)
    assert [dominant.count(rf"\underline{{{v}}}") for v in (3, 5, 1, 0)] == [0, 2, 2, 0]
    always = html_of(CHICKEN)
    assert always.count(r"\underline{b}") == always.count(r"\underline{-b}") == 2
    assert "the same at all parameter values" in always
    example = html_of(dt.load("strike-restrain").game)
    assert "best replies at $h = 4$" in example
    loose = dt.NormalForm.from_arrays([["a", 1], [0, 2]], [[1, 0], [1, 0]])
    assert html_of(loose).count("underline") == 3 and "the others depend" in html_of(loose)


def test_every_public_name_has_a_result_to_show():
    assert set(RESULTS) == set(dt._HOME) - PLOTS - FAULTS


@pytest.mark.parametrize("name", RESULTS)
def test_no_public_value_falls_back_to_its_raw_form(shell, name):
    value = RESULTS[name]()
    shown, _ = shell.display_formatter.format(value)
    if name in WORDS:
        assert "text/html" not in shown
        return
    text = read(shown["text/html"])
    assert text.count("$") % 2 == 0
    for raw in ("Fraction(", "Value(", "Region(", "object at 0x", "=None", "Poly("):
        assert raw not in text
    outside = "".join(text.split("$")[::2])
    assert "**" not in outside and "\\" not in outside.replace(" \\ ", "")
    assert html_of(value) == shown["text/html"]
    plain = repr(value)
    many = len(value) if isinstance(value, tuple | dict) else 4
    assert len(plain) < 160 * max(4, many)
    assert "Poly(" not in plain and "object at 0x" not in plain


def test_every_premise_of_the_catalogue_is_typeset():
    """Those about parameters and those about play."""
    for name in dt.catalogue():
        for claim in dt.load(name).source.claims:
            if claim.given_text:
                assert condition_html(claim.given_text).count("$") >= 2
    assert condition_html("us = strike and h > 0") == r"$\mathrm{us} = \mathrm{strike}$ and $h > 0$"


def parts(value, seen):
    """Every dataclass of the library inside a value, by type."""
    if is_dataclass(value) and not isclass(value):
        if type(value) in seen:
            return
        seen[type(value)] = value
        for f in fields(value):
            parts(getattr(value, f.name), seen)
    elif isinstance(value, dict):
        for v in value.values():
            parts(v, seen)
    elif isinstance(value, tuple | frozenset):
        for v in value:
            parts(v, seen)


def test_parts_of_results_show_themselves_too(shell):
    seen = {}
    for make in RESULTS.values():
        parts(make(), seen)
    hidden = set()
    for kind, value in seen.items():
        place = kind.__module__.removeprefix("deterrence.")
        if place.startswith("catalogue.") or place == "algebra.syntax" or kind is Poly:
            continue  # what a file says, before it is a game
        if (place, kind.__name__) not in FORMS and kind.__name__ not in FIELDS.get(place, ()):
            hidden.add(f"{place}.{kind.__name__}")
            continue
        read(shell.display_formatter.format(value)[0]["text/html"])
    assert hidden == set()


def test_many_knife_edges_are_folded_and_counted_in_tables_of_outcomes():
    atlas = dt.solve("proxy-tree")
    edges = sum(not e.generic for e in atlas.equilibria)
    html = html_of(atlas)
    assert edges > 12 and f"<summary>{edges} more on knife edges</summary>" in html
    rows = dt.outcomes(atlas)
    shown = html_of(rows)
    assert f"and {sum(not row.full_dimensional for row in rows)} knife edges" in shown
    assert shown.count("<tr") - 1 == sum(len(row.happenings) for row in rows if row.full_dimensional)
