"""Reading a model file: TOML in, a `ModelSource` with everything parsed and checked out, or one `ModelError`.

The file is data: nothing in it is run.  All its faults are reported at once, each with its place, what is
wrong, what is allowed there and the remedy; the entries of a list are counted from one.  Limits: a regular
file of at most 1 MB and 30,000 lines; those on players, actions, profiles and so on are in `entries`.
Contradictory assumptions and vanishing denominators are for the solvers to find.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

from pydantic import ValidationError

from deterrence.catalogue.checks import (
    Payoffs,
    read_assumptions,
    read_definitions,
    read_parameters,
    read_payoffs,
    read_players,
)
from deterrence.catalogue.claims import check_concept, read_claims
from deterrence.catalogue.draft import characters, draft
from deterrence.catalogue.entries import MAX_BYTES, MAX_EXPRESSIONS, MAX_LINES, ModelFile
from deterrence.catalogue.faults import Faults, add_shape_faults, allowed, check_kebab, show
from deterrence.catalogue.networks import expanded, read_network
from deterrence.catalogue.repeated_source import RepeatedSource
from deterrence.catalogue.schema import CONCEPTS, KINDS, NetworkFile, TimeFile
from deterrence.catalogue.source import ModelSource, Reference
from deterrence.catalogue.stages import with_stage
from deterrence.catalogue.time_checks import read_time, time_characters, time_scope
from deterrence.catalogue.tree_checks import Tree, read_tree, read_tree_players
from deterrence.errors import ModelError, Problem

MAX_KEY_PARTS: Final = 16
_WORD: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY: Final = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_WORD}[ \t]*\.[ \t]*){{{MAX_KEY_PARTS}}}")


def read_model_file(path: str | os.PathLike[str]) -> ModelSource:
    """The model in a file.

    Raises ModelError where the path is no readable file of at most 1 MB in UTF-8, and as `read_model_text`.
    """
    origin = os.fspath(path)
    data = _bytes(Path(path), origin)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        _refuse(origin, f"line {line}", problem, "save the file with the encoding UTF-8")
    return read_model_text(text, origin)


def read_model_text(text: str, source: str = "text") -> ModelSource:
    """The model in a text; `source` is what messages call it.

    Raises ModelError with every fault of the text.

    >>> read_model_text('name = "empty"\\nkind = "statement"').kind
    'statement'
    """
    faults = Faults()
    raw = _toml(text.removeprefix("\ufeff"), source)
    kind = _kind(raw, source, faults)
    if kind == "repeated":
        raw = with_stage(raw, source, read_model_text, faults)
    file: ModelFile | None = None
    try:
        file = KINDS[kind].model_validate({**raw, "kind": kind})
    except ValidationError as error:
        add_shape_faults(error, KINDS[kind], raw, faults)
    if kind == "network":
        raw = expanded(raw, file if isinstance(file, NetworkFile) else None, faults)
    part = draft(raw)
    written = characters(part) + time_characters(file)
    if written > MAX_EXPRESSIONS:
        problem = f"its expressions have {written} characters in all"
        faults.add("the file", problem, f"at most {MAX_EXPRESSIONS} are allowed")
        faults.raise_if_any(source)
    if isinstance(raw.get("name"), str):
        check_kebab(raw["name"], "name", faults)
    concept = raw.get("concept")
    if isinstance(concept, str):
        check_concept(concept, kind, "concept", faults)
    tree = kind == "extensive-form" or (kind == "repeated" and "nodes" in raw)
    players, scope = read_tree_players(part, faults) if tree else read_players(part, faults)
    definitions, scope = read_definitions(part, scope, faults)
    parameters = read_parameters(part, scope, faults)
    assumptions = read_assumptions(part, scope, faults)
    table = kind == "normal-form" or (kind == "repeated" and not tree)
    payoffs = read_payoffs(part, scope, faults) if table else Payoffs({}, {})
    form = read_tree(part, players, scope, faults) if tree else Tree()
    time = read_time(file, scope, form, faults) if isinstance(file, TimeFile) else None
    if kind == "extensive-form" and concept is None:
        concept = form.default_concept
    concept = concept or _default_concept(kind, time)
    network = read_network(file, scope, faults) if isinstance(file, NetworkFile) else None
    if isinstance(file, TimeFile):
        scope = replace(scope, time=time_scope(time, form, players))
    elif tree:
        scope = replace(scope, tree=form.scope)
    claims = read_claims(part, kind, concept, scope, faults)
    faults.raise_if_any(source)
    assert file is not None  # faults of shape were raised above
    return ModelSource(
        origin=source,
        name=file.name,
        title=file.title,
        summary=file.summary.strip(),
        kind=kind,
        concept=concept,
        sources=tuple(Reference(entry.key, entry.locus, entry.status) for entry in file.sources),
        parameters=parameters,
        definitions=definitions,
        definition_texts=tuple(file.definitions.items()),
        assumptions=assumptions,
        assumption_texts=file.assumptions,
        players=form.players or players,
        payoffs=payoffs.trees,
        payoff_texts=payoffs.texts,
        claims=claims,
        text=text,
        nodes=form.nodes,
        outcomes=form.outcomes,
        prior=form.prior,
        repeated=time,
        network=network,
    )


def _default_concept(kind: str, time: RepeatedSource | None) -> str | None:
    """What a model of this kind is solved for unless its file says otherwise."""
    if time is not None and time.monitoring is not None:
        return "public-perfect"
    return next(iter(CONCEPTS[kind]), None)


def _bytes(path: Path, origin: str) -> bytes:
    """What is in the file; its size is looked at before it is opened, and a pipe is never opened."""
    problem, remedy = "", f"at most {MAX_BYTES} are allowed"
    data = b""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
            problem, remedy = f"it is {what}", "give the path of a .toml file"
        elif status.st_size > MAX_BYTES:
            problem = f"it has {status.st_size} bytes"
        else:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
            problem = f"it has more than {MAX_BYTES} bytes" if len(data) > MAX_BYTES else ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem, remedy = f"it cannot be read: {reason}", "check the path and the permissions"
    if problem:
        _refuse(origin, "the file", problem, remedy)
    return data


def _refuse(source: str, place: str, problem: str, remedy: str) -> NoReturn:
    raise ModelError(source, [Problem(place, problem, remedy)])


def _toml(text: str, source: str) -> dict[str, Any]:
    """The file as TOML gives it, decimals as text; ModelError where it is no TOML."""
    if len(text) > MAX_BYTES:
        _refuse(source, "the file", f"it has {len(text)} characters", f"at most {MAX_BYTES} are allowed")
    lines = text.count("\n")
    if lines > MAX_LINES:
        _refuse(source, "the file", f"it has {lines} lines", f"at most {MAX_LINES} are allowed")
    long_key = _LONG_KEY.search(text)  # tomllib takes quadratic time for these
    if long_key:
        line = text.count("\n", 0, long_key.start()) + 1
        problem = f"a key has more than {MAX_KEY_PARTS} parts"
        _refuse(source, f"line {line}", problem, "no key of a model file needs so many dots")
    try:
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        parts = re.fullmatch(r"(.*) \(at (line.*|end of document)\)", str(error), re.DOTALL)
        message, place = parts.groups() if parts else (str(error), "the file")
        place = place.replace("end of document", "the end of the file")
        remedy = (
            "the file must be TOML: text and expressions in double quotes, each key once (https://toml.io)"
        )
        _refuse(source, place, message, remedy)
    except RecursionError:
        _refuse(source, "the file", "lists or tables are nested too deep", "a model file nests three levels")
    except ValueError as error:  # whole numbers of thousands of digits, impossible dates
        _refuse(
            source, "the file", f"a value cannot be read: {str(error)[:100]}", "write it as text, in quotes"
        )


def _kind(raw: Mapping[str, Any], source: str, faults: Faults) -> str:
    """The kind, or where it is wrong the likeliest one, so that the rest can be checked."""
    kind = raw.get("kind")
    known = tuple(KINDS)
    if isinstance(kind, str) and kind in KINDS:
        return kind
    if "kind" not in raw:
        faults.add("kind", "is missing", f"add kind = … ({allowed('', known)})")
    else:
        faults.add("kind", f"{show(kind)} is not a kind of model", allowed(show(kind), known))
    if "nodes" in raw or "outcomes" in raw:
        return "extensive-form"
    return "normal-form" if "players" in raw or "payoffs" in raw else "statement"
