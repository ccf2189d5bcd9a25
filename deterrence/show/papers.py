"""Results for papers and notes: LaTeX and Markdown of any value of the library.

Games become payoff tables with best replies underlined, or TikZ trees; atlases tables of equilibria with the
exact conditions; everything else what Jupyter shows of it, as paragraphs and tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deterrence.algebra.region import Region
from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm
from deterrence.show.html import html_of
from deterrence.show.html_latex import latex_of
from deterrence.show.html_markdown import markdown_of
from deterrence.show.latex import region_latex, value_latex
from deterrence.show.latex_page import equilibria_latex, symbols_latex
from deterrence.show.matrix_html import matrix_html
from deterrence.show.models_html import model_game_html
from deterrence.show.sentences import completeness_sentence
from deterrence.show.tree_text import tree_text
from deterrence.show.tree_tikz import plain_latex, tree_tikz
from deterrence.show.tree_view import view_of
from deterrence.solve.atlas import Atlas

Point = Mapping[str, object]


def to_latex(value: object, *, at: Point | None = None) -> str:
    r"""A value in LaTeX: mathematics without dollar signs for values and regions, else for a document's body.

    Packages: amsmath, array, booktabs, longtable, and tikz for trees.  In payoff tables best replies
    are underlined: at the point `at`, else at the example values, else those that hold everywhere, and a line
    says which.  `dt.to_latex(model)` has no equilibria; `deterrence export --format latex` writes a document.

    Raises OutOfScope for what is no value of the library, for `at` with anything but a payoff table, and for
    trees that are too large to draw.

    >>> from deterrence.algebra.value import variable
    >>> print(to_latex(variable("c") / (variable("c") + variable("gain"))))
    \frac{c}{c + \mathrm{gain}}
    """
    _only_tables(value, at)
    match value:
        case Value():
            return value_latex(value)
        case Region():
            return region_latex(value)
        case NormalForm():
            return latex_of(matrix_html(value, at))
        case ExtensiveForm():
            return tree_tikz(view_of(value))
        case Atlas():
            return f"{equilibria_latex(value)}\n\n{plain_latex(completeness_sentence(value))}"
        case Model() if value.source.nodes and value.repeated is None:
            return f"{symbols_latex(value)}\n{tree_tikz(view_of(value))}"
        case Model() if (table := _table(value)) is not None:
            return f"{symbols_latex(value)}\n{latex_of(matrix_html(table, at, value.source.payoff_texts))}"
    return latex_of(_html(value))


def to_markdown(value: object, *, at: Point | None = None) -> str:
    """A value in Markdown: pipe tables, mathematics between dollar signs, trees drawn with letters.

    GitHub, Jupyter, Quarto and pandoc read it.  `at` is as for `to_latex`.  Raises OutOfScope for what is no
    value of the library, and for `at` with anything but a payoff table.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> print(to_markdown(pd).splitlines()[3])
    | **D** | $\\underline{5}$, $0$ | $\\underline{1}$, $\\underline{1}$ |
    """
    _only_tables(value, at)
    if isinstance(value, NormalForm):
        return markdown_of(matrix_html(value, at))
    tree = _tree(value)
    text = _html(value)
    if tree is None:
        if isinstance(value, Model) and at is not None and (table := _table(value)) is not None:
            text = text.replace(
                matrix_html(table, texts=value.source.payoff_texts),
                matrix_html(table, at, value.source.payoff_texts),
            )
        return markdown_of(text)
    drawn = f"```text\n{tree_text(view_of(tree)).rstrip()}\n```"
    return f"{drawn}\n\n{markdown_of(text)}".rstrip()


def game_markdown(model: Model) -> str:
    """A model's table, tree, stage, states or network, without its symbols."""
    tree = _tree(model)
    if tree is not None:
        return f"```text\n{tree_text(view_of(tree)).rstrip()}\n```"
    return markdown_of(model_game_html(model))


def _tree(value: object) -> ExtensiveForm | Model | None:
    """The tree whose picture belongs to a value."""
    if isinstance(value, Atlas):
        value = value.game
    if isinstance(value, Model):
        return value if value.source.nodes and value.repeated is None else None
    return value if isinstance(value, ExtensiveForm) else None


def _table(model: Model) -> NormalForm | None:
    game = model.pieces[0][1] if model.pieces and model.network is None else None
    return game if isinstance(game, NormalForm) else None


def _only_tables(value: Any, at: Point | None) -> None:
    table = isinstance(value, NormalForm) or (isinstance(value, Model) and _table(value) is not None)
    if at is not None and not table:
        raise OutOfScope("at is for payoff tables, whose best replies are underlined; leave it out here")


def _html(value: object) -> str:
    text = html_of(value)
    if text is None:
        raise OutOfScope(
            f"a {type(value).__name__} is no value of the library; give a game, an atlas, a verdict, a "
            "region, a value, or what another function returned"
        )
    return text
