"""Commands to look around and to begin: `list`, `show`, `new`, `schema`."""

from __future__ import annotations

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


@commands.command("list")
@as_json
def list_models(as_json: bool) -> None:
    """The models of the catalogue."""
    from deterrence.catalogue.models import catalogue, load

    rows = []
    listed = catalogue()
    bar, step = progress_bar(len(listed))
    with bar:
        sources = {}
        for name in listed:
            step(name)
            sources[name] = load(name).source
    for name, path in listed.items():
        source = sources[name]
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
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    shelf = ""
    for row in rows:
        if row["shelf"] != shelf:
            if shelf:
                table.add_row()
            shelf = str(row["shelf"])
            table.add_row(Text(shelf, style="bold"))
        about = Text.assemble(str(row["title"]), (f" ({row['kind']}, {row['claims']} claims)", "dim"))
        table.add_row(Text(f"  {row['name']}"), about)
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
