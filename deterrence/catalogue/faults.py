"""Faults of a model file: collecting them, naming their places, and wording what pydantic found.

A place is written as the file is, `parameters.h.domain`; list entries are counted from one, `payoffs[2].us`,
and claims go by their id where they have one of their own, `claims[damage-deters].every`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import accumulate
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from deterrence.algebra.grammar import KEYWORDS, NAME, NOT_NUMBERS
from deterrence.catalogue.entries import MAX_NAME
from deterrence.catalogue.schema import entry_at, keys
from deterrence.errors import ModelError, Problem

MAX_FAULTS: Final = 30
MAX_COMPARED: Final = 1000  # names in which a near one is looked for
MAX_LISTED: Final = 300  # characters of the names in a remedy
KEBAB: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_PLAIN_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,60}", re.ASCII)


class Faults:
    """The faults found so far; past `MAX_FAULTS` they are only counted."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.more = 0
        self.settled: set[str] = set()

    def add(self, place: str, problem: str, remedy: str) -> None:
        """Note one fault, except at a place that is settled: its shape is wrong, so its meaning is moot."""
        if place in self.settled:
            return
        if self.full:
            self.more += 1
        else:
            self.problems.append(Problem(place, problem, remedy))

    @property
    def full(self) -> bool:
        """Whether further faults are only counted, so that there is no need to word them."""
        return len(self.problems) >= MAX_FAULTS

    def raise_if_any(self, origin: str) -> None:
        """Raise ModelError with all the faults, if there are any."""
        if self.more:
            rest = Problem("the file", f"{self.more} more faults are not listed", "mend the others first")
            self.problems.append(rest)
        if self.problems:
            raise ModelError(origin, self.problems)


def allowed(name: str, known: Iterable[str]) -> str:
    """A remedy that lists what may stand there, and the nearest to what does.

    >>> allowed("strik", ["strike", "restrain"])
    "allowed: strike, restrain; did you mean 'strike'?"
    """
    names = tuple(known)
    if not names:
        return "none is declared"
    listed = [n for n, length in zip(names, accumulate(map(len, names)), strict=True) if length < MAX_LISTED]
    more = f" and {len(names) - len(listed)} more" if len(names) > len(listed) else ""
    near = get_close_matches(name[:MAX_NAME], names[:MAX_COMPARED], n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"allowed: {', '.join(listed)}{more}{hint}"


def show(value: object) -> str:
    """A value from the file, short and harmless to print.

    >>> show("x" * 100), show([1, 2]), show(True)
    ("'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'", 'a list', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**40:
        return "a huge number"
    text = str(value)
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return repr(short) if isinstance(value, str) else short


def place(first: str, *rest: str | int) -> str:
    """The written form of a place; whole numbers are positions in a list, from zero.

    >>> place("payoffs", 1, "militia"), place("parameters", "odd key")
    ('payoffs[2].militia', "parameters.'odd key'")
    """
    return within(_key(first), *rest)


def within(written: str, *rest: str | int) -> str:
    """A place under one that is written already."""
    for part in rest:
        written += f"[{part + 1}]" if isinstance(part, int) else f".{_key(part)}"
    return written


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else show(key)


def claim_places(raw: Mapping[str, Any]) -> list[str]:
    """The place of each claim in the file: by its id where that is well formed and its own."""
    claims = raw.get("claims")
    entries: Sequence[object] = claims if isinstance(claims, list) else ()
    found = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    ids = [value if isinstance(value, str) and KEBAB.fullmatch(value) else None for value in found]
    count = Counter(ids)
    return [f"claims[{name if name and count[name] == 1 else n}]" for n, name in enumerate(ids, 1)]


def node_places(raw: Mapping[str, Any]) -> list[str]:
    """The place of each node in the file: by its id where that is well formed and its own."""
    nodes = raw.get("nodes")
    entries: Sequence[object] = nodes if isinstance(nodes, list) else ()
    found = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    ids = [value if isinstance(value, str) and NAME.fullmatch(value) else None for value in found]
    count = Counter(ids)
    return [f"nodes[{name if name and count[name] == 1 else n}]" for n, name in enumerate(ids, 1)]


def check_name(name: str, where: str, what: str, faults: Faults) -> None:
    """Note a name that the grammar cannot read: malformed, too long, or one of its words."""
    if len(name) > MAX_NAME:
        faults.add(where, f"the {what}'s name has {len(name)} characters", f"at most {MAX_NAME} are allowed")
    elif name in KEYWORDS:
        faults.add(where, f"{name!r} is a word of the grammar, not a name", f"rename the {what}")
    elif name.lower() in NOT_NUMBERS:
        faults.add(where, f"{name!r} looks like a number that is none", f"rename the {what}")
    elif not NAME.fullmatch(name):
        suggestion = re.sub(r"[^A-Za-z0-9_]+", "_", name, flags=re.ASCII).lstrip("_0123456789")
        example = f", for example {suggestion}" if NAME.fullmatch(suggestion) else ""
        faults.add(where, f"{show(name)} is not a name", f"use ASCII letters, digits and _{example}")


def check_kebab(name: str, where: str, faults: Faults) -> None:
    """Note a model name or claim id that is not in kebab case."""
    if not KEBAB.fullmatch(name) or len(name) > MAX_NAME:
        remedy = f"use small letters and digits joined by -, as in strike-restrain, at most {MAX_NAME}"
        faults.add(where, f"{show(name)} is not in kebab case", remedy)


def add_shape_faults(
    error: ValidationError, file: type[BaseModel], raw: Mapping[str, Any], faults: Faults
) -> None:
    """Note everything that pydantic found wrong with the shape of a file."""
    named = {"claims": claim_places(raw), "nodes": node_places(raw)}
    all_found = error.errors(include_url=False)
    faults.more += max(0, len(all_found) - MAX_FAULTS)
    for found in all_found[:MAX_FAULTS]:
        location = found["loc"]
        where = place(str(location[0]), *location[1:])
        if location[0] in named and len(location) > 1 and isinstance(location[1], int):
            where = within(named[location[0]][location[1]], *location[2:])
        key, value, context = str(location[-1]), found["input"], found.get("ctx", {})
        if found["type"] == "extra_forbidden":
            faults.add(where, f"unknown key {show(key)}", allowed(key, keys(entry_at(file, location))))
        elif found["type"] == "literal_error" and isinstance(value, str):
            choices = re.findall(r"'([^']*)'", str(context.get("expected", "")))
            faults.add(where, f"{show(value)} is not one of the choices", allowed(value, choices))
        else:
            faults.add(where, *_worded(found["type"], key, value, context, found["msg"]))
        faults.settled.add(where)


def _worded(kind: str, key: str, value: object, context: Mapping[str, Any], message: str) -> tuple[str, str]:
    """The problem and the remedy for one error type of pydantic."""
    shown = show(value)
    match kind:
        case "missing":
            return "is missing", f"add it: {key} = …" if not key.isdigit() else "write both ends, lower first"
        case "string_type" | "exact_text" | "literal_error":
            return f"{shown} is not text", 'put it in double quotes: "…"'
        case "text_by_type":
            return "one of its entries is not text", 'write { type = "…" }, with one text for each type'
        case "types":
            return (
                f"{shown} gives no types",
                'write { hard = "q", soft = "1 - q" }, or a list beside [[prior]]',
            )
        case "links":
            return message, 'write "none", "ring", "line", "star", "complete", or pairs: [[1, 2], [2, 3]]'
        case "name_or_chances":
            return f"{shown} is no name", 'write a name, or { name = "probability", … }'
        case "int_type":
            return f"{shown} is not a whole number", "write it without quotes"
        case "greater_than_equal" | "less_than_equal":
            return f"it is {shown}", f"{message[0].lower()}{message[1:]}"
        case "huge_number":
            return "the number has too many digits", "round it, or give it a name as a parameter"
        case "bool_type":
            return f"{shown} is neither true nor false", "write true or false, without quotes"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"{shown} is not a table", f"write it as [{key}.…] or {{ … }}"
        case "tuple_type":
            return f"{shown} is not a list", 'write it as a list: ["…", "…"], or with [[…]] for tables'
        case "too_long":
            count = len(value) if isinstance(value, dict | list) else context.get("actual_length")
            return f"has {count} entries", f"at most {context.get('max_length')} are allowed"
        case "string_too_long":
            return "is too long a text", f"at most {context.get('max_length')} characters are allowed"
        case "control_character":
            return "contains a control character", "use printable characters, tabs and line ends"
        case _:
            return f"{shown}: {message}", "'deterrence schema' prints the format"
