"""Data for the explorer page as JavaScript: JSON, with functions where something is computed."""

from __future__ import annotations

import json
import re

from deterrence.algebra.decide import Prover
from deterrence.algebra.printing import value_text
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value
from deterrence.show.code import JAVASCRIPT, region_code, value_code

_UNSAFE = re.compile(r"<(/script|!--)", re.IGNORECASE)  # what would end a script element, or hide its end


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
    return {"text": value_text(v, ask)} if v.names & free else {"f": value_function(v)}


def script(data: object) -> str:
    """Data as JavaScript: as JSON, but with code where there is `Code`; safe inside a script element."""
    if isinstance(data, Code):
        return str(data)
    if isinstance(data, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{script(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list | tuple):
        return "[" + ",".join(map(script, data)) + "]"
    return _UNSAFE.sub(r"<\\\1", json.dumps(data, ensure_ascii=False))
