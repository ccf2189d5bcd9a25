"""The reference of model files, from the JSON Schema: every section of every kind, key by key."""

from __future__ import annotations

import json
from typing import Any

from deterrence.catalogue.schema import CONCEPTS, json_schema

Schema = dict[str, Any]


def pages() -> dict[str, str]:
    """File names under `generated/` with their texts."""
    schema = json_schema()
    found = schema["$defs"]
    kinds = {s["properties"]["kind"]["const"]: s for s in found.values() if _is_kind(s)}
    parts = [
        "# Keys of model files",
        "Made from the JSON Schema that `deterrence schema` prints. [Model files](../model-files.md) and "
        "[models over time](../models-over-time.md) explain the format with examples. A key with a star "
        "must be there.",
    ]
    for kind in CONCEPTS:
        parts += [f'## kind = "{kind}"', _about(kinds[kind])]
        if CONCEPTS[kind]:
            parts.append("Concepts: " + ", ".join(f"`{c}`" for c in CONCEPTS[kind]) + ".")
        parts.append(_keys(kinds[kind], found))
    parts.append("## Entries")
    for name, entry in sorted(found.items()):
        if not _is_kind(entry) and entry.get("properties"):
            parts += [f"(entry-{name.lower()})=\n### {_words(name)}", _about(entry), _keys(entry, found)]
    return {"model-file-keys.md": "\n\n".join(p for p in parts if p) + "\n"}


def _is_kind(entry: Schema) -> bool:
    return "const" in entry.get("properties", {}).get("kind", {})


def _about(entry: Schema) -> str:
    return " ".join(str(entry.get("description", "")).split()).replace("`is_`", "`is`")


def _words(name: str) -> str:
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name.removesuffix("Entry")).strip()
    return spaced[0].upper() + spaced[1:]


def _keys(entry: Schema, found: Schema) -> str:
    rows = ["| key | what it holds |", "|---|---|"]
    for key, value in entry["properties"].items():
        star = " \\*" if key in entry.get("required", []) else ""
        rows.append(f"| `{key}`{star} | {_type(value, found)}{_default(value)} |")
    return "\n".join(rows)


def _type(value: Schema, found: Schema) -> str:
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[-1]
        target = found[name]
        return (
            f"[{_words(name).lower()}](#entry-{name.lower()})"
            if target.get("properties")
            else _type(target, found)
        )
    if isinstance(value.get("type"), list):
        said = str(value.get("description", "")).rstrip(".")
        return f"an expression {said}" if said.startswith("in ") else said or "a value"
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return "one of " + ", ".join(f"`{v}`" for v in value["enum"])
    if "anyOf" in value:
        kinds = [_type(v, found) for v in value["anyOf"] if v.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    match value.get("type"):
        case "array":
            inside = _type(value["items"], found) if "items" in value else "values"
            most = f", at most {value['maxItems']}" if "maxItems" in value else ""
            return f"a list of {inside}{most}"
        case "object":
            other = value.get("additionalProperties")
            most = f", at most {value['maxProperties']}" if "maxProperties" in value else ""
            return f"a table of {_type(other, found)}{most}" if isinstance(other, dict) else f"a table{most}"
        case "string":
            most = f" of at most {value['maxLength']} characters" if "maxLength" in value else ""
            return f"text{most}"
        case "integer":
            return "a whole number" + _limits(value)
        case "number":
            return "a number" + _limits(value)
        case "boolean":
            return "`true` or `false`"
    return "a value"


def _limits(value: Schema) -> str:
    low, high = value.get("minimum"), value.get("maximum")
    return f" from {low} to {high}" if low is not None and high is not None else ""


def _default(value: Schema) -> str:
    kept = value.get("default")
    return f"; `{json.dumps(kept)}` if left out" if isinstance(kept, bool | int | str) and kept != "" else ""
