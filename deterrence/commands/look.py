"""Commands to look around and to begin: `list`, `show`, `new`, `schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deterrence.commands.base import (
    MODEL,
    as_json,
    commands,
    print_json,
    show_pages,
    the_model,
)

if TYPE_CHECKING:
    pass


@commands.command("list")
@as_json
def list_models(as_json: bool) -> None:
    """The models of the catalogue."""
    from deterrence.catalogue.models import catalogue, load

    rows = []
    for name, path in catalogue().items():
        source = load(name).source
        shelf = "article" if "article" in path.parts else "canon"
        rows.append(
            {
                "name": name,
                "title": source.title,
                "kind": source.kind,
                "shelf": shelf,
                "claims": len(source.claims),
            }
        )
    rows.sort(key=lambda r: (str(r["shelf"]), str(r["name"])))
    if as_json:
        print_json(rows)
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("model", "title", "kind", "claims"):
        table.add_column(column, overflow="fold")
    shelf = ""
    for row in rows:
        if row["shelf"] != shelf:
            shelf = str(row["shelf"])
            table.add_row(f"[bold]{shelf}[/bold]", "", "", "")
        table.add_row(f"  {row['name']}", str(row["title"]), str(row["kind"]), str(row["claims"]))
    show_pages(table)


@commands.command()
@click.argument("model", type=MODEL)
@click.option("--toml", is_flag=True, help="Print the model file itself.")
def show(model: str, toml: bool) -> None:
    """What MODEL says: players, payoffs, meanings, claims, sources."""
    found = the_model(model)
    if toml:
        click.echo(found.source.text, nl=False)
        return
    from deterrence.show.text import model_page

    show_pages(model_page(found))


@commands.command()
@click.argument("path")
def new(path: str) -> None:
    """Write a commented starter model to PATH (it will not overwrite a file)."""
    from deterrence.catalogue.starter import write_starter

    written = write_starter(path)
    click.echo(f"wrote {written}; next: deterrence solve {written}")


@commands.command()
def schema() -> None:
    """The JSON Schema of model files."""
    from deterrence.catalogue.schema import json_schema

    print_json(json_schema())
