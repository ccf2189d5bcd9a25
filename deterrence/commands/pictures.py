"""Commands that write files to look at or to hand on: `plot`, `export`, `explore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deterrence.commands.base import (
    MODEL,
    commands,
    progress_bar,
    the_model,
    values_of,
    write_text,
)

if TYPE_CHECKING:
    from deterrence.catalogue.models import Model


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("values", nargs=-1)
@click.option("--over", nargs=2, metavar="X Y", help="The two parameters of a phase diagram, such as h m.")
@click.option("--output", metavar="FILE", help="Where to write the SVG file; standard output without it.")
@click.option("--concept", metavar="NAME", help="The solution concept of the equilibrium to mark.")
@click.option("--mark", metavar="ID", help="Mark the path of this equilibrium, such as e2 (see solve).")
@click.option("--bare", is_flag=True, help="Draw the tree alone, with no path marked; nothing is solved.")
@click.option("--full", is_flag=True, help="Draw every combination of hidden types, not the tree as written.")
def plot(
    model: str,
    values: tuple[str, ...],
    over: tuple[str, str] | None,
    output: str | None,
    concept: str | None,
    mark: str | None,
    bare: bool,
    full: bool,
) -> None:
    """A picture of MODEL as SVG: `deterrence plot proxy-tree --output tree.svg`.

    With `--over X Y` a phase diagram over two parameters: which equilibria exist where, at the VALUES of the
    others.  Without it, of a tree the tree, with the path of an equilibrium; of a repeated game of two
    players what its equilibria can pay, at the VALUES of its parameters: `plot repeated-chicken delta=1/2`.
    """
    from deterrence.catalogue import models
    from deterrence.show.tree_pages import marked
    from deterrence.show.tree_svg import tree_svg

    found = the_model(model)
    if over is not None or not (found.repeated or found.source.nodes):
        _plot_phase(found, over, values_of(values), concept, output)
        return
    if found.repeated is not None:
        from deterrence.catalogue.payoffs import model_payoff_set
        from deterrence.show.payoff_plot import payoff_set_svg

        write_text(payoff_set_svg(model_payoff_set(found, values_of(values))), output)
        return
    if values:
        raise click.UsageError("a tree is drawn in symbols; leave out the values")
    marks = None if bare else marked(models.atlas_of(found, concept, False), mark)
    write_text(tree_svg(found, marks, full=full), output)


def _plot_phase(
    found: Model,
    over: tuple[str, str] | None,
    values: dict[str, str],
    concept: str | None,
    output: str | None,
) -> None:
    """The phase diagram of a model over two parameters, at values of the others."""
    from deterrence.catalogue import models
    from deterrence.errors import OutOfScope
    from deterrence.show.explorer_data import main_axes
    from deterrence.show.phase_plot import phase_svg

    if len(found.domain.names) < 2:
        raise OutOfScope(f"{found.name} has fewer than two parameters, so there is no phase diagram")
    bar, step = progress_bar(1)
    with bar:
        step(f"solving {found.name}")
        answer = models.solve(found, concept, False)
        x, y = over or main_axes(found)
        picture = phase_svg(answer, x, y, values)
    write_text(picture, output)


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("values", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["efg", "nfg", "latex", "toml"]),
    required=True,
    help="Gambit's files efg and nfg (numbers), latex (symbols), or toml, a model file.",
)
@click.option("--output", metavar="FILE", help="Where to write the file; standard output without it.")
def export(model: str, values: tuple[str, ...], form: str, output: str | None) -> None:
    """MODEL for another program: `deterrence export chicken --format nfg T=8 --output chicken.nfg`.

    Gambit's formats need numbers: parameters that are not given take the model's example values.
    """
    from pathlib import Path

    from deterrence.catalogue.export import exported
    from deterrence.show.latex_page import model_latex

    found, given = the_model(model), values_of(values)
    if form == "latex" and given:
        raise click.UsageError("latex shows a model in symbols; leave out the values, or ask for nfg or efg")
    text = model_latex(found) if form == "latex" else exported(found, form, given)
    if output is None:
        click.echo(text, nl=False)
        return
    Path(output).write_text(text, encoding="utf-8")
    click.echo(f"wrote {output}")


@commands.command()
@click.argument("model", type=MODEL)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "markdown", "latex"]),
    default="html",
    help="html (one file with pictures), markdown, or latex.",
)
@click.option("--out", metavar="FILE", help="Where to write it; without it MODEL.html, .md or .tex.")
def report(model: str, form: str, out: str | None) -> None:
    """A report on MODEL to read or print: parameters, equilibria, phase diagram, claims, sources."""
    from pathlib import Path

    from deterrence.catalogue.ledger import results_of
    from deterrence.show.latex_page import model_latex
    from deterrence.show.report import report_html, report_markdown

    found = the_model(model)
    bar, step = progress_bar(1)
    with bar:
        step(f"reporting on {found.name}")
        if form == "latex":
            text = model_latex(found)
        else:
            text = (report_html if form == "html" else report_markdown)(found, results_of(found))
    ending = {"html": "html", "markdown": "md", "latex": "tex"}[form]
    path = Path(out or f"{found.name}.{ending}")
    path.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")
    click.echo(f"wrote {path}")


@commands.command()
@click.argument("model", type=MODEL, required=False)
@click.option("--out", metavar="FILE", help="Where to write the page; MODEL.html without it.")
@click.option("--ledger", "of_ledger", is_flag=True, help="The article's page: every claim with its models.")
def explore(model: str | None, out: str | None, of_ledger: bool) -> None:
    """A page to play with MODEL: sliders, phase diagram, claims; one HTML file that needs no network."""
    from pathlib import Path

    from deterrence.show.explorer import explorer_page, ledger_explorer_page

    if of_ledger == (model is not None):
        raise click.UsageError("name a model, or ask for --ledger")
    if model is None:
        from deterrence.catalogue import ledger as ledgers

        bar, step = progress_bar(ledgers.ledger_size())
        with bar:
            page = ledger_explorer_page(ledgers.ledger(None, step))
    else:
        from deterrence.catalogue.ledger import results_of

        found = the_model(model)
        bar, step = progress_bar(1)
        with bar:
            step(f"solving {found.name}")
            page = explorer_page(found, results_of(found))
    path = Path(out or f"{'ledger' if model is None else found.name}.html")
    path.write_text(page, encoding="utf-8")
    click.echo(f"wrote {path} ({path.stat().st_size / 1000:.0f} kB); open it in a browser")
