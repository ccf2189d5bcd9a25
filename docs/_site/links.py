"""Links between plain Markdown files, turned into links between the pages of the site.

The documents also read well where no site is built, so they link to notebooks, model files and folders; here
these become the lesson, the model's page and the folder's index.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from _site.paths import DOCS, GENERATED, ROOT

LINK = re.compile(r"(\]\()([^)#\s]*)((?:#[^)\s]*)?\))")
ROOT_PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "generated/contributing.md",
    "CHANGELOG.md": "generated/changelog.md",
    "CITATION.cff": "how-to/cite.md",
}


def to_pages(text: str, page: Path, base: Path | None = None) -> str:
    """The text with its links to files made links to pages; `base` is where it was written, if elsewhere."""
    origin = base or page.parent

    def changed(match: re.Match[str]) -> str:
        before, target, after = match.groups()
        if not target or "://" in target or target.startswith("mailto:"):
            return match.group(0)
        found = Path(os.path.normpath(origin / target))
        goal = page_of(found)
        if goal == found and base is None:
            return match.group(0)
        return f"{before}{Path(os.path.relpath(goal, page.parent)).as_posix()}{after}"

    return LINK.sub(changed, text)


def page_of(file: Path) -> Path:
    """The page made of a file, or the file itself."""
    if file.parent == ROOT and file.name in ROOT_PAGES:
        return DOCS / ROOT_PAGES[file.name]
    if file.parent == ROOT / "examples" and file.suffix == ".ipynb":
        return GENERATED / "lessons" / file.name
    if file.suffix == ".toml" and ROOT / "models" in file.parents:
        return GENERATED / "models" / f"{file.stem}.md"
    if file.is_dir() and (file / "index.md").exists():
        return file / "index.md"
    return file
