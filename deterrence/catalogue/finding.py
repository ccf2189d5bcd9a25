"""Where the packaged model files are, and how a name finds one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from deterrence.catalogue.families import FAMILIES

LEDGER = "ledger.toml"  # the article's claims in words, no model
CANON = "canon.toml"  # published results in words, no model


def models_folder() -> Path:
    """Where the packaged model files are: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Path]:
    """Every packaged model by name, with its file.

    Members of families (see `families`) have the place where a file of theirs would be, but no file.
    """
    texts = sorted(models_folder().rglob("*.toml"))
    found = {path.stem: path for path in texts if path.name not in (LEDGER, CANON)}
    for family in FAMILIES:
        folder = models_folder() / "canon" / "families"
        found |= {name: folder / f"{name}.toml" for name in family.members}
    return found
