"""The pieces that terminal pages are made of: headings, paragraphs set in, labels in the margin."""

from __future__ import annotations

from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def to_text(item: RenderableType, width: int = 80) -> str:
    """Any renderable as plain text without colour."""
    out = StringIO()
    Console(file=out, width=width, color_system=None, highlight=False, force_jupyter=False).print(item)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def heading(text: str) -> Text:
    """A section heading."""
    return Text(f"\n{text}", style="bold")


def indented(text: str | Text, by: int = 2) -> Padding:
    """A paragraph set in."""
    return Padding(Text(text) if isinstance(text, str) else text, (0, 0, 0, by), expand=False)


def labelled(label: str, text: str) -> Table:
    """A paragraph with a label in the margin, so that its lines align."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=4, justify="right", style="bold cyan", no_wrap=True)
    grid.add_column()
    grid.add_row(label, Text(text))  # not a string: brackets in it are no markup
    return grid
