"""The command line: `main` runs it; the commands are in `commands`, a few a file."""

from __future__ import annotations

import shutil
import sys
from textwrap import wrap

import click

from deterrence.commands import answers, claims, look, pictures, plot, study, time
from deterrence.commands.base import commands
from deterrence.errors import DeterrenceError

__all__ = ["commands", "main"]
_FILES = (answers, claims, look, pictures, plot, study, time)  # importing them is what adds their commands


def main() -> None:
    """Run the command line; bad input ends with one message on standard error and exit code 2."""
    try:
        commands(prog_name="deterrence", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as fault:
        if isinstance(fault, click.UsageError) and type(fault) is click.UsageError:
            fault = click.UsageError(_folded(fault.message, 7), fault.ctx)  # others put more around a message
        fault.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except DeterrenceError as fault:
        click.echo(_folded(f"Error: {fault}"), err=True)
        sys.exit(2)
    except OSError as fault:
        click.echo(f"Error: {fault.strerror or fault}: {fault.filename or ''}".rstrip(": "), err=True)
        sys.exit(2)


def _folded(text: str, before: int = 0) -> str:
    """The text in lines as wide as the terminal, which would break words; `before` characters precede it."""
    width = shutil.get_terminal_size().columns
    lines = []
    for line in text.split("\n"):
        more = line[: len(line) - len(line.lstrip(" -"))]  # a list of faults hangs from its dashes
        lines += wrap(
            " " * before + line,
            width,
            subsequent_indent=" " * len(more),
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)[before:]


if __name__ == "__main__":
    main()
