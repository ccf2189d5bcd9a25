"""The command line: `main` runs it; the commands are in `commands`, a few a file."""

from __future__ import annotations

import sys

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
        fault.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except DeterrenceError as fault:
        click.echo(f"Error: {fault}", err=True)
        sys.exit(2)
    except OSError as fault:
        click.echo(f"Error: {fault.strerror or fault}: {fault.filename or ''}".rstrip(": "), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
