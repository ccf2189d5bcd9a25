"""LaTeX and Markdown of every public value: they balance, say what the value says, and compile."""

import re
import shutil
import subprocess

import pytest

import deterrence as dt
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, variable
from deterrence.errors import OutOfScope
from deterrence.show.tree_tikz import plain_latex
from tests.show.shelf import CHICKEN, ENTRY, NUMBERS, RESULTS, chicken, entry, twice
from tests.show.test_displays import WORDS
from tests.show.test_latex import check_balance

SHOWN = sorted(set(RESULTS) - WORDS)
PACKAGES = r"\usepackage{amsmath, array, booktabs, longtable, tikz}"
HEAD = rf"\documentclass{{article}}{PACKAGES}\begin{{document}}"


def body(value):
    text = dt.to_latex(value)
    return f"${text}$" if isinstance(value, Value | Region) else text


def columns(line):
    return len(re.sub(r"\\.", "", line).strip("|").split("|"))


@pytest.mark.parametrize("name", SHOWN)
def test_latex_of_every_value_balances(name):
    text = body(RESULTS[name]())
    check_balance(text)
    assert not re.search("[≤≥−∞…]", text)  # signs that LaTeX does not have without more packages
    for table in re.findall(r"\\toprule(.*?)\\bottomrule", text, re.DOTALL):
        rows = [r for r in table.split("\n") if r.endswith(r"\\") and "multicolumn" not in r]
        assert len({len(re.findall(r"(?<!\\)&", r)) for r in rows}) == 1


def test_latex_of_every_value_compiles_where_latex_is_installed(tmp_path):
    """One document of all values; without LaTeX it is at least well formed as a whole."""
    sections = [rf"\section{{{plain_latex(name)}}}{body(RESULTS[name]())}" for name in SHOWN]
    document = "\n\n".join([HEAD, *sections, r"\end{document}"])
    check_balance(document)
    program = shutil.which("pdflatex") or shutil.which("tectonic")
    if program is None:
        return
    (tmp_path / "all.tex").write_text(document, encoding="utf-8")
    options = ["-interaction=nonstopmode", "-halt-on-error"] if "pdflatex" in program else []
    done = subprocess.run(
        [program, *options, "all.tex"], cwd=tmp_path, capture_output=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    assert (tmp_path / "all.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("name", SHOWN)
def test_markdown_of_every_value_is_well_formed(name):
    text = dt.to_markdown(RESULTS[name]())
    assert text.strip() and text.count("```") % 2 == 0
    outside = "".join(text.split("```")[::2])
    assert outside.count("$") % 2 == 0
    words = "".join(outside.split("$")[::2])
    assert not re.search(r"</?(table|td|th|p|b|i|br|div|small|svg)\b", words)
    for block in outside.split("\n\n"):
        lines = block.splitlines()
        if lines and lines[0].startswith("|"):
            assert set(lines[1]) <= set("|- ")
            assert len({columns(line) for line in lines}) == 1


def test_a_bimatrix_has_its_best_replies_underlined():
    """The dilemma with numbers: firing is best whatever the other does."""
    assert dt.to_markdown(NUMBERS).splitlines()[2:4] == [
        r"| **hold** | $3$, $3$ | $0$, $\underline{5}$ |",
        r"| **fire** | $\underline{5}$, $0$ | $\underline{1}$, $\underline{1}$ |",
    ]
    text = dt.to_latex(NUMBERS)
    assert (
        r"\textbf{fire} & $\underline{5}$,\enspace $0$ & $\underline{1}$,\enspace $\underline{1}$ \\" in text
    )
    assert "Underlined: best replies." in text


def test_best_replies_at_a_point_are_those_of_the_point():
    """To strike pays where it averts more than it costs: c < h*m, against a militia that continues."""
    game = dt.load("strike-restrain").game
    strike = {"h": 4, "m": "1/2", "c": 1, "k": 1, "g": 1, "d": 5, "r": 1}
    dear = dt.to_markdown(game, at={**strike, "c": 3})
    cheap = dt.to_markdown(game, at=strike)
    line = {
        text: next(row for row in text.splitlines() if row.startswith("| **restrain"))
        for text in (dear, cheap)
    }
    assert line[dear].startswith(r"| **restrain** | $\underline{-h}$")
    assert line[cheap].startswith("| **restrain** | $-h$")
    assert "best replies at $h = 4$" in cheap and "$c = 3$" in dear
    with pytest.raises(OutOfScope, match="at is for payoff tables"):
        dt.to_latex(chicken(), at={"b": 1, "d": 2})


def test_atlases_have_each_equilibrium_with_its_probabilities_and_condition():
    text = dt.to_latex(chicken())
    assert [f"\n{e.id} & " in text for e in chicken()] == [True] * 3
    assert r"hold $\frac{d - b}{d}$, fire $\frac{b}{d}$" in text and "complete, proved" in text
    rows = [row for row in dt.to_markdown(chicken()).splitlines() if row.startswith("| e3")]
    assert len(rows) == 1 and rows[0].count(r"$\frac{d - b}{d}$") == 2 and "everywhere" in rows[0]


def test_trees_are_drawn():
    assert dt.to_latex(ENTRY).startswith(r"\begin{tikzpicture}")
    for value in (ENTRY, entry()):
        drawn = dt.to_markdown(value).split("```")[1]
        assert all(word in drawn for word in ("challenger", "wait", "move", "yield", "fight"))
    assert "| e1 | open: **move**; answer: **yield** | $c \\ge 0$ |" in dt.to_markdown(entry())


def test_reports_on_stability_and_checked_claims():
    report = dt.to_markdown(dt.stability(twice()))
    assert r"| **grim** | $\delta \ge \frac{T - R}{T - P}$ | $\delta \ge \frac{T - R}{T - P}$ |" in report
    results = dt.check("strike-restrain")
    for text in (dt.to_markdown(results), dt.to_latex(results)):
        assert all(r.claim.id in text for r in results) and text.count("as expected") == len(results)


def test_values_and_regions_are_mathematics():
    v = variable("gain") / (variable("gain") + variable("cF"))
    assert dt.to_latex(v) == r"\frac{\mathrm{gain}}{c_{F} + \mathrm{gain}}"
    assert dt.to_markdown(v) == f"${dt.to_latex(v)}$"
    assert dt.to_latex(dt.region("c < h and h < 1")) == r"h > c \text{ and } h < 1"
    assert dt.to_markdown(dt.region("c < h and h < 1")) == "$h > c$ and $h < 1$"


def test_words_with_signs_of_the_formats_stay_words():
    strange = dt.Undecided("50% of a_b * c | d & #1 {x} <y> `z`")
    assert dt.to_latex(strange) == r"Undecided: 50\% of a\_b * c | d \& \#1 \{x\} <y> `z`."
    assert dt.to_markdown(strange) == r"Undecided: 50% of a\_b \* c | d & #1 {x} \<y> \`z\`."


@pytest.mark.parametrize("value", [3, "text", (1, 2), {"a": 1}, None])
def test_what_is_no_value_of_the_library_is_refused(value):
    for form in (dt.to_latex, dt.to_markdown):
        with pytest.raises(OutOfScope, match="no value of the library"):
            form(value)


def test_a_model_brings_its_symbols():
    model = dt.load("strike-restrain")
    for p in model.source.parameters:
        assert plain_latex(p.meaning) in dt.to_latex(model) and p.meaning in dt.to_markdown(model)
    assert r"\begin{tikzpicture}" in dt.to_latex(dt.load("proxy-tree"))
    assert CHICKEN.names == ("us", "them")
