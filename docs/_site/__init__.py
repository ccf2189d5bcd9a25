"""A Sphinx extension of this site alone: it writes the generated pages and leads links to files to pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from _site import (
    api,
    commands,
    errors,
    format_of_files,
    gallery,
    lessons,
    links,
    literature,
    plates,
    vendored,
)
from _site.paths import DOCS, GENERATED, fresh_folder

WRITERS = (lessons, gallery, literature, api, commands, errors, format_of_files)


def write_pages(*_: Any) -> None:
    """Write every generated page, touching only files whose text changed."""
    vendored.provide_mathjax(DOCS / "_build" / "vendor")
    with fresh_folder(GENERATED) as folder:
        for writer in WRITERS:
            for name, text in writer.pages().items():
                folder.write(name, text)


def rewrite(app: Any, docname: str, source: list[str]) -> None:
    """Links in plain Markdown lead to files; on the site they lead to the pages made of them."""
    if not docname.startswith("generated/"):
        source[0] = links.to_pages(source[0], Path(app.srcdir) / f"{docname}.md")
    if docname == plates.PAGE:
        source[0] = plates.with_pictures(source[0])


def formulas_in_outputs(_: Any, page: str, __: str, context: dict[str, Any], ___: Any) -> None:
    """Lessons load MathJax whether or not their text has a formula: what their cells print may."""
    if page.startswith("generated/lessons/"):
        context["has_maths_elements"] = True


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("config-inited", write_pages)
    app.connect("source-read", rewrite)
    app.connect("html-page-context", formulas_in_outputs, priority=400)  # before MathJax asks
    return {"parallel_read_safe": True, "parallel_write_safe": True}
