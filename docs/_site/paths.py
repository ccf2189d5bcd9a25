"""Where things are, and a folder of generated files in which only what changed is written anew."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent
ROOT = DOCS.parent
GENERATED = DOCS / "generated"


@dataclass
class Folder:
    """A folder, and the files written into it."""

    path: Path
    written: set[Path] = field(default_factory=set)

    def write(self, name: str, text: str) -> None:
        """Write a file unless it has this text already, so that Sphinx reads again only what changed."""
        target = self.path / name
        self.written.add(target)
        if target.exists() and target.read_text(encoding="utf-8") == text:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


@contextlib.contextmanager
def fresh_folder(path: Path) -> Iterator[Folder]:
    """A folder that at the end holds what was written into it and nothing else."""
    folder = Folder(path)
    yield folder
    for old in path.rglob("*"):
        if old.is_file() and old not in folder.written:
            old.unlink()
