"""Commands that write files to look at or to hand on: `export`, `report`, `explore`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deterrence.commands.base import (
    MODEL,
    commands,
    progress_bar,
    the_model,
    values_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deterrence.catalogue.checking import Result
    from deterrence.catalogue.models import Model


_BY_ENDING = {".html": "html", ".md": "markdown", ".tex": "latex", ".pdf": "pdf"}


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
    type=click.Choice(["html", "markdown", "latex", "pdf"]),
    help="html (one file with pictures; unasked, unless FILE ends otherwise), markdown, latex, or pdf (by "
    "LaTeX or a browser, if installed).",
)
@click.option("--out", metavar="FILE", help="Where to write it; without it MODEL.html, .md, .tex or .pdf.")
def report(model: str, form: str | None, out: str | None) -> None:
    """A report on MODEL to read or print: parameters, equilibria, phase diagram, claims, sources."""
    from pathlib import Path

    from deterrence.catalogue.ledger import results_of

    found = the_model(model)
    form = form or _BY_ENDING.get(Path(out or "").suffix.lower(), "html")
    bar, step = progress_bar(1)
    with bar:
        step(f"reporting on {found.name}")
        written = _report(found, form, results_of(found))
    ending = next(e for e, f in _BY_ENDING.items() if f == form)
    path = Path(out or f"{found.name}{ending}")
    path.write_bytes(written)
    click.echo(f"wrote {path}")


def _report(found: Model, form: str, results: Sequence[Result]) -> bytes:
    """The bytes of a report in a format."""
    if form == "pdf":
        from deterrence.show.report_pdf import report_pdf

        return report_pdf(found, results)
    if form == "latex":
        from deterrence.show.report_latex import report_latex

        text = report_latex(found, results)
    else:
        from deterrence.show.report import report_html, report_markdown

        text = (report_html if form == "html" else report_markdown)(found, results)
    return (text.rstrip("\n") + "\n").encode("utf-8")


@commands.command()
@click.argument("model", type=MODEL, required=False)
@click.option("--out", metavar="FILE", help="Where to write the page; MODEL.html without it.")
@click.option("--ledger", "of_ledger", is_flag=True, help="The article's page: every claim with its models.")
def explore(model: str | None, out: str | None, of_ledger: bool) -> None:
    """A page to play with MODEL: sliders, phase diagram, claims; one HTML file that needs no network."""
    from pathlib import Path

    from deterrence.show.explorer import explorer_page, ledger_explorer_page

    if of_ledger == (model is not None):
        remedy = "leave out one of them" if of_ledger else "give one of them"
        raise click.UsageError(f"a page is of a model, or of the article with --ledger; {remedy}")
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
