"""Commands that decide claims: `check`, `ledger`, `canon`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from deterrence.commands.base import (
    MODEL,
    as_json,
    commands,
    print_json,
    progress_bar,
    show_pages,
    the_model,
)

if TYPE_CHECKING:
    pass


@commands.command()
@click.argument("models", type=MODEL, nargs=-1, required=True)
@click.option("--proofs", metavar="DIR", help="Write the claims' proofs as SMT-LIB 2 files into this folder.")
@as_json
def check(models: tuple[str, ...], proofs: str | None, as_json: bool) -> None:
    """Decide every claim of the MODELS; exit code 1 if one is not as the file expects."""
    from deterrence.catalogue.checking import check as check_model

    pages = []
    for name in models:
        model = the_model(name)
        bar, step = progress_bar(1)
        with bar:
            step(f"checking {model.name}")
            pages.append((model, check_model(model)))
        if proofs:
            from deterrence.catalogue.proofs import write_claim_proofs

            write_claim_proofs(model, proofs)
    results = [r for _, found in pages for r in found]
    if as_json:
        from deterrence.show.jsonable import results_json

        print_json(results_json(results))
    else:
        from deterrence.show.claims_text import check_page

        show_pages(*(check_page(model.name, found) for model, found in pages))
    if not all(r.as_expected for r in results):
        sys.exit(1)


@commands.command()
@click.argument("article", required=False)
@click.option("--markdown", is_flag=True, help="Print the ledger as Markdown.")
@click.option("--html", is_flag=True, help="Print the ledger as an HTML page.")
@as_json
def ledger(article: str | None, markdown: bool, html: bool, as_json: bool) -> None:
    """The article's claims, each decided; ARTICLE (such as A4) explains one in depth.

    What is decided is kept until a model or the library changes; DETERRENCE_CACHE=off keeps nothing.
    """
    from deterrence.catalogue import ledger as ledgers

    if markdown + html + as_json > 1:
        raise click.UsageError("choose one of --json, --markdown and --html")
    article = None if article is None else article.strip().upper()
    bar, step = progress_bar(ledgers.ledger_size(article))
    with bar:
        entries = ledgers.ledger(article, step)
    results = [r for e in entries for r in e.results]
    if as_json:
        from deterrence.show.jsonable import ledger_json

        print_json(ledger_json(entries))
    elif markdown or html:
        from deterrence.show.ledger_pages import ledger_html, ledger_markdown

        click.echo(ledger_markdown(entries) if markdown else ledger_html(entries))
    else:
        from deterrence.show.ledger_text import entry_page, ledger_page

        show_pages(ledger_page(entries) if article is None else entry_page(entries[0]))
    if not all(r.as_expected for r in results):
        sys.exit(1)


@commands.command()
@click.argument("about", required=False)
@click.option("--anew", is_flag=True, help="Decide everything now, whatever is kept from earlier runs.")
@as_json
def canon(about: str | None, anew: bool, as_json: bool) -> None:
    """Published results, each decided; ABOUT keeps those that mention a word: `canon fearon`.

    Exit code 1 if one is not as its source leads one to expect.
    """
    from deterrence.catalogue import canon as canons

    bar, step = progress_bar(canons.canon_size(about))
    with bar:
        rows = canons.canon(about, step, anew)
    if as_json:
        from deterrence.show.canon_view import canon_json

        print_json(canon_json(rows))
    else:
        from deterrence.show.canon_view import canon_page

        show_pages(canon_page(rows))
    if not all(row.as_expected for row in rows):
        sys.exit(1)
