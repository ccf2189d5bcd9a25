"""The stage of a repeated game, taken from another model file: its sections join those of the file.

What the stage declares comes first: parameters, definitions, assumptions, players with their payoffs or tree.
The file may declare a parameter again to give it another meaning, example or range; both domains then hold.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from deterrence.catalogue.families import family_text
from deterrence.catalogue.faults import Faults, show
from deterrence.catalogue.finding import catalogue
from deterrence.catalogue.source import ModelSource
from deterrence.errors import UnknownName

_OWN = ("nodes", "outcomes", "payoffs")
STAGES = ("normal-form", "extensive-form")


def with_stage(
    raw: Mapping[str, Any], origin: str, read: Callable[[str, str], ModelSource], faults: Faults
) -> dict[str, Any]:
    """The file with the sections of the stage that it names; as it stands where it names none.

    `read` reads and checks the text of a model file.  A stage that cannot be found, or is none, is a fault;
    raises ModelError with the faults of the stage's own file.
    """
    name = raw.get("stage")
    if not isinstance(name, str):
        if "players" not in raw:
            faults.add(
                "stage", "is missing", 'name a model, stage = "chicken", or add [players] and [[payoffs]]'
            )
        return dict(raw)
    found = _text(name, origin, faults)
    if found is None:
        return dict(raw)
    text, place = found
    source = read(text, place)
    if source.kind not in STAGES:
        faults.add(
            "stage", f"{show(name)} is of the kind {source.kind}", f"name one of {' or '.join(STAGES)}"
        )
        return dict(raw)
    if source.prior or any(p.types for p in source.players):
        faults.add(
            "stage", f"{show(name)} has hidden types", "name a stage in which everyone knows everything"
        )
        return dict(raw)
    for section in _OWN:
        if section in raw:
            faults.add(section, "the stage has this already", "remove it, or leave out stage")
    return _joined(tomllib.loads(text, parse_float=str), raw)


def _text(name: str, origin: str, faults: Faults) -> tuple[str, str] | None:
    """The text of the stage's file and what messages call it."""
    try:
        built = family_text(name)
    except UnknownName as fault:
        faults.add("stage", f"{show(name)} is not a model", str(fault))
        return None
    if built is not None:
        return built, name
    path = catalogue().get(name)
    if path is None and (name.endswith(".toml") or "/" in name):
        path = Path(os.path.dirname(origin)) / name
    if path is None:
        remedy = "name a model of the catalogue (`deterrence list`), or write the path of a .toml file"
        faults.add("stage", f"{show(name)} is not a model of the catalogue", remedy)
        return None
    try:
        return path.read_text(encoding="utf-8"), str(path)
    except (OSError, UnicodeDecodeError) as fault:
        faults.add("stage", f"{show(name)} cannot be read: {fault}", "check the path")
        return None


def stage_text(name: str, origin: str) -> str | None:
    """The text of the file of a stage that a model names; None where there is none."""
    found = _text(name, origin, Faults())
    return found[0] if found else None


def _joined(stage: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = dict(own)
    assumptions = list(stage.get("assumptions", []))
    parameters: dict[str, Any] = dict(stage.get("parameters", {}))
    for name, entry in _table(own, "parameters").items():
        before = parameters.get(name)
        if before is None or not isinstance(entry, dict):
            parameters[name] = entry
            continue
        if "domain" in before and "domain" in entry:
            assumptions.append(before["domain"])
        parameters[name] = {**before, **entry}
    players = {name: dict(entry) for name, entry in stage.get("players", {}).items()}
    for name, entry in _table(own, "players").items():
        players[name] = {**players.get(name, {}), **entry} if isinstance(entry, dict) else entry
    found["parameters"] = parameters
    found["players"] = players
    found["definitions"] = {**stage.get("definitions", {}), **_table(own, "definitions")}
    listed = own.get("assumptions", [])
    found["assumptions"] = [*assumptions, *listed] if isinstance(listed, list) else listed
    for section in _OWN:
        if section in stage and section not in own:
            found[section] = stage[section]
    return found


def _table(raw: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    value = raw.get(section, {})
    return value if isinstance(value, dict) else {}
