"""Every source that the library or a model names is in the bibliography, and no entry stands there twice."""

import re
from pathlib import Path

import deterrence
from deterrence.catalogue.models import catalogue, load, models_folder

KEY = re.compile(r"\[([A-Za-z]+[0-9]{4}[a-z]?)\]")


def entries():
    text = (models_folder() / "references.bib").read_text(encoding="utf-8")
    return re.findall(r"^@\w+\{([^,\s]+),", text, flags=re.M)


def test_no_entry_stands_twice():
    assert len(entries()) == len(set(entries())) > 20


def test_docstrings_cite_known_sources():
    cited = {}
    for path in Path(deterrence.__file__).parent.rglob("*.py"):
        for key in KEY.findall(path.read_text(encoding="utf-8")):
            cited.setdefault(key, path.name)
    assert "Nash1951" in cited
    assert {k: v for k, v in cited.items() if k not in entries()} == {}


def test_models_cite_known_sources():
    cited = {(r.key, name) for name in catalogue() for r in load(name).source.sources}
    assert cited
    assert {c for c in cited if c[0] not in entries()} == set()
