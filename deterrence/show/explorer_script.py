"""Data for the explorer page as JavaScript: JSON, with functions where something is computed."""

from __future__ import annotations

import json

from deterrence.algebra.decide import Prover
from deterrence.algebra.printing import value_text
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value
from deterrence.show.code import JAVASCRIPT, region_code, value_code


class Code(str):
    """A text that is JavaScript, not a string."""


def region_function(region: Region) -> Code:
    """Whether a point is in a region, as a function of the parameters."""
    return Code(f"(p) => {region_code(region, JAVASCRIPT)}")


def value_function(v: Value) -> Code:
    """A value as a function of the parameters."""
    return Code(f"(p) => {value_code(v, JAVASCRIPT)}")


def number_data(v: Value, free: set[str], ask: Prover) -> dict[str, object]:
    """Code for a value, or its text where it depends on a free variable."""
    if v.names & free:
        return {"f": None, "text": value_text(v, ask)}
    return {"f": value_function(v), "text": ""}


def script(data: object) -> str:
    """Data as JavaScript: as JSON, but with code where there is `Code`; safe inside a script element."""
    if isinstance(data, Code):
        return str(data)
    if isinstance(data, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{script(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list | tuple):
        return "[" + ",".join(map(script, data)) + "]"
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
