"""The explorer of every model that has one, a file each beside the pages, made anew on a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256

import deterrence as dt
from _site.paths import DOCS, ROOT, fresh_folder
from deterrence.algebra.verdicts import Verdict
from deterrence.catalogue.checking import compared
from deterrence.catalogue.models import Model
from deterrence.show.explorer import explorer_page
from deterrence.show.explorer_data import explorable

FOLDER = DOCS / "_build" / "vendor" / "explorers"


def write_explorers(models: Mapping[str, Model], verdicts: Mapping[str, Sequence[Verdict]]) -> None:
    """A page a model in `FOLDER`, two at a time."""
    library = [p for p in sorted((ROOT / "deterrence").rglob("*")) if p.suffix in (".py", ".js", ".css")]
    state = sha256(b"".join(p.read_bytes() for p in library)).hexdigest()
    with fresh_folder(FOLDER) as folder, ProcessPoolExecutor(2) as pool:
        waiting = {}
        for name, model in models.items():
            if not explorable(model):
                continue
            mark = f"<!-- {sha256((state + model.source.text).encode()).hexdigest()} -->"
            old = FOLDER / f"{name}.html"
            text = old.read_text(encoding="utf-8") if old.exists() else ""
            if text.endswith(mark):
                folder.written.add(old)
            else:
                waiting[name] = mark, pool.submit(_page, name, verdicts[name])
        for name, (mark, page) in waiting.items():
            folder.write(f"{name}.html", f"{page.result().rstrip()}\n{mark}")


def _page(name: str, verdicts: Sequence[Verdict]) -> str:
    model = dt.load(name)
    results = [compared(model, c, v) for c, v in zip(model.source.claims, verdicts, strict=True)]
    return explorer_page(model, results)


def link_to(name: str, model: Model) -> str:
    """A line that leads from a model's page to its explorer, empty where there is none."""
    if not explorable(model):
        return ""
    return (
        f"<p class='explore'><a href='../../_static/explorers/{name}.html'>Explore it</a>: move the numbers, "
        "and see which equilibria there are. One file, which you can keep and e-mail.</p>"
    )
