"""The terminal: where answers go, and progress on standard error while something long is under way."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

PATIENCE = 0.5  # seconds without a word


def console() -> Console:
    """Standard output: as wide as the terminal, else 80 columns (or COLUMNS)."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "80"))
    return Console(highlight=False, width=width)


class Watch:
    """A line on standard error that says what is under way, once that has taken half a second.

    With several steps it has a bar.  Nothing is written where standard error is no terminal, and nothing is
    left behind.
    """

    def __init__(self, total: int) -> None:
        moving: list[ProgressColumn] = [BarColumn(), MofNCompleteColumn()] if total > 1 else []
        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            *moving,
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self.task = self.bar.add_task("reading", total=total)
        self.started = False
        self.timer = threading.Timer(PATIENCE, self.bar.start)
        self.timer.daemon = True

    def step(self, name: str) -> None:
        """Say what is next; what was said before is done."""
        self.bar.update(self.task, description=name, advance=1 if self.started else 0)
        self.started = True

    def __enter__(self) -> Watch:
        if sys.stderr.isatty():
            self.timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.timer.cancel()
        if self.timer.ident is not None:  # it was started, and may be starting the bar just now
            self.timer.join()
            self.bar.stop()


def progress(total: int) -> tuple[Watch, Callable[[str], None]]:
    """A watch to work under, and what tells it each step."""
    watch = Watch(total)
    return watch, watch.step
