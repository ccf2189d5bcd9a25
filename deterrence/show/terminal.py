"""The terminal: where answers go, and progress on standard error while something long is under way."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


def console() -> Console:
    """Standard output: as wide as the terminal, else 80 columns (or COLUMNS)."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "80"))
    return Console(highlight=False, width=width)


def progress(total: int) -> tuple[Any, Callable[[str], None]]:
    """A progress bar on standard error, silent when that is not a terminal."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
    task = bar.add_task("reading", total=total)
    started = False

    def step(name: str) -> None:
        nonlocal started
        bar.update(task, description=name, advance=1 if started else 0)
        started = True

    return bar, step
