"""What all commands share: the group they belong to, output, models and values from the command line.

Heavy imports happen inside the commands, so that `--help` stays quick.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from rich.console import RenderableType

    from deterrence.catalogue.models import Model

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON on standard output.")


class ModelName(click.types.StringParamType):
    """A model's name or path; a shell completes names of the catalogue, else files."""

    name = "model"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin like what was typed."""
        from deterrence.catalogue.finding import catalogue

        names = [CompletionItem(n) for n in catalogue() if n.startswith(incomplete)]
        return names or [CompletionItem(incomplete, type="file")]


MODEL = ModelName()
GREETING = """\
deterrence: exact game theory for students of policy and conflict.

Who restrains whom, when, and on which assumptions?  Begin with one of these:

  deterrence list                        what models there are
  deterrence show strike-restrain        what one of them says
  deterrence solve strike-restrain       its equilibria, and where each exists
  deterrence stabilise repeated-chicken  which strategies can last, and where
  deterrence ledger A9                   a claim of the news analysis, decided
  deterrence explore strike-restrain     a page with sliders, one file
  deterrence new my-model.toml           a model of your own

`deterrence --help` lists all commands, `deterrence solve --help` explains one."""


@click.group(context_settings=_CONTEXT, invoke_without_command=True)
@click.version_option(package_name="deterrence")
@click.pass_context
def commands(context: click.Context) -> None:
    """Exact game theory of deterrence: every equilibrium, where it exists, and a proof.

    Start with `deterrence list`, then `deterrence solve strike-restrain`.
    """
    if context.invoked_subcommand is None:
        click.echo(GREETING)


def show_pages(*pages: RenderableType) -> None:
    """Print pages on standard output; as plain text where that is no terminal."""
    from deterrence.show.paragraphs import to_text
    from deterrence.show.terminal import console

    out = console()
    for page in pages:
        if out.is_terminal:
            out.print(page)
        else:
            click.echo(to_text(page, out.width))


def print_json(data: Any) -> None:
    """Print data as JSON on standard output."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def the_model(name: str) -> Model:
    """The model of a name or path; errors as for `load`."""
    from deterrence.catalogue.models import load

    return load(name)


def progress_bar(total: int) -> tuple[Any, Callable[[str], None]]:
    """A progress bar on standard error, and what moves it on."""
    from deterrence.show.terminal import progress

    return progress(total)


def values_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """`h=4 m=1/2` as a table of texts; UsageError for anything else."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or not name or not text:
            raise click.UsageError(f"{pair!r} is not of the form name=value, such as h=4 or m=1/2")
        if name.strip() in found:
            raise click.UsageError(f"{name.strip()} is given twice")
        found[name.strip()] = text.strip()
    return found


def write_text(text: str, output: str | None) -> None:
    """A file's text, to the file if one is named, else to standard output."""
    from pathlib import Path

    if output is None:
        click.echo(text)
        return
    Path(output).write_text(text + "\n", encoding="utf-8")
    click.echo(f"wrote {output}")
