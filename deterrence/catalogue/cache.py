"""A cache of verdicts: what was decided of a model is kept until the model or the library changes.

One JSON file a model in the user's cache folder (`DETERRENCE_CACHE` names another; `off` for none).  Its key
is a digest of the model's text, that of its stage, every source file of the library and the versions of the
engines, so nothing stale is ever read.  A cache that cannot be read or written is as good as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from deterrence.algebra.serial import region_data, region_of_data
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.catalogue.models import Model
from deterrence.catalogue.stages import stage_text
from deterrence.errors import DeterrenceError

_ENGINES: Final = ("z3-solver", "python-flint", "sympy")
VARIABLE: Final = "DETERRENCE_CACHE"


@dataclass(frozen=True)
class Rests:
    """The assumptions without any one of which a proved claim fails; `whole` if all were tried in time."""

    assumptions: tuple[str, ...]
    whole: bool


def cache_folder() -> Path | None:
    """Where verdicts are kept; None where the user wants none."""
    named = os.environ.get(VARIABLE)
    if named:
        return None if named.lower() == "off" else Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "deterrence"


@lru_cache(maxsize=1)
def library_digest() -> str:
    """A digest of all source files of the library, and of the engines' versions."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    for name in _ENGINES:
        try:
            digest.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            digest.update(f"{name} unknown".encode())
    return digest.hexdigest()


def model_key(model: Model) -> str:
    """What must be the same for kept verdicts of a model to be used."""
    digest = hashlib.sha256(library_digest().encode())
    digest.update(model.source.text.encode())
    stage = model.source.repeated.stage if model.source.repeated else ""
    if stage:
        digest.update((stage_text(stage, model.source.origin) or "").encode())
    return digest.hexdigest()


def kept_verdicts(model: Model) -> tuple[Verdict, ...] | None:
    """The verdicts on a model's claims, in their order, if they are kept; else None."""
    path = _path(model)
    if path is None:
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["key"] != model_key(model) or len(data["verdicts"]) != len(model.source.claims):
            return None
        return tuple(verdict_of_data(v) for v in data["verdicts"])
    except (OSError, ValueError, KeyError, TypeError, DeterrenceError):
        return None


def keep_verdicts(model: Model, verdicts: Sequence[Verdict]) -> None:
    """Keep the verdicts on a model's claims; where that is not possible, nothing happens."""
    if any(isinstance(v, Undecided) for v in verdicts):
        return  # what ran out of time today may be decided tomorrow
    _write(_path(model), {"key": model_key(model), "verdicts": [verdict_data(v) for v in verdicts]})


def kept_rests(model: Model) -> Mapping[str, Rests] | None:
    """What proved claims of a model rest on, by their ids, as far as it is kept; None for nothing kept."""
    path = _path(model, "-rests")
    if path is None:
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["key"] != model_key(model):
            return None
        return {claim: Rests(tuple(texts), whole) for claim, (texts, whole) in data["rests"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_rests(model: Model, rests: Mapping[str, Rests]) -> None:
    """Keep what proved claims rest on; where that is not possible, nothing happens."""
    data = {"key": model_key(model), "rests": {c: [list(r.assumptions), r.whole] for c, r in rests.items()}}
    _write(_path(model, "-rests"), data)


def _path(model: Model, what: str = "") -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    where = hashlib.sha256(model.source.origin.encode()).hexdigest()[:8]
    return folder / f"{model.name}-{where}{what}.json"


def _write(path: Path | None, data: Mapping[str, Any]) -> None:
    """Put a file into the cache in one step, so that nobody reads half of it."""
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_text(json.dumps(data), encoding="utf-8")
        partial.replace(path)
    except OSError:
        return


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain data, regions as they stand."""
    found: dict[str, Any] = {"word": verdict.word}
    if isinstance(verdict, Proved):
        found["method"] = verdict.method
    elif isinstance(verdict, Vacuous | Undecided):
        found["reason"] = verdict.reason
    elif isinstance(verdict, Refuted):
        witness, where = verdict.witness, verdict.holds_where
        found["witness"] = None if witness is None else {n: str(v) for n, v in witness.items()}
        found["holds_where"] = None if where is None else region_data(where)
        found["note"] = verdict.note
        found["play"] = {p: dict(st) for p, st in verdict.play.items()}
    return found


def verdict_of_data(data: dict[str, Any]) -> Verdict:
    """The verdict that `verdict_data` made the data from; KeyError or ValueError for anything else."""
    match data["word"]:
        case "proved":
            return Proved(data["method"])
        case "vacuous":
            return Vacuous(data["reason"])
        case "undecided":
            return Undecided(data["reason"])
        case "refuted":
            witness, where = data["witness"], data["holds_where"]
            return Refuted(
                None if witness is None else {n: Fraction(v) for n, v in witness.items()},
                None if where is None else region_of_data(where),
                data["note"],
                data["play"],
            )
        case word:
            raise ValueError(f"no verdict is called {word!r}")
