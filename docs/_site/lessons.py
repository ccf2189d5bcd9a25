"""The notebooks of `examples/`, and the pages at the root of the project, as pages of the site."""

from __future__ import annotations

import json
from pathlib import Path

from _site.links import to_pages
from _site.paths import GENERATED, ROOT


def notebooks() -> list[Path]:
    """The lessons in their order."""
    return sorted((ROOT / "examples").glob("*.ipynb"))


def title_of(notebook: Path) -> str:
    """The first heading of a notebook."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for line in "".join(cell["source"]).splitlines():
            if cell["cell_type"] == "markdown" and line.startswith("# "):
                return line[2:].strip()
    return notebook.stem


def pages() -> dict[str, str]:
    """File names under `generated/` with their texts."""
    made = {f"lessons/{n.name}": _notebook(n) for n in notebooks()}
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        target = GENERATED / name.lower()
        made[target.name] = to_pages((ROOT / name).read_text(encoding="utf-8"), target, ROOT)
    return made


def _notebook(path: Path) -> str:
    """The notebook with links that fit its new place, and a kernel so that it is highlighted."""
    book = json.loads(path.read_text(encoding="utf-8"))
    target = GENERATED / "lessons" / path.name
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = to_pages("".join(cell["source"]), target, path.parent)
    book["metadata"]["html_theme.sidebar_secondary.remove"] = True  # code is wide
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"
