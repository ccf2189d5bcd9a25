"""The tables of network files: the group with its members, and parameters that each member has of its own."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from deterrence.catalogue.entries import MAX_ACTIONS, Entry, Label, ParameterEntry, Text, as_text

MAX_MEMBERS: Final = 60


def _examples(value: object) -> object:
    """One example for all members, or a list with one for each."""
    if isinstance(value, list | tuple):
        return tuple(as_text(part) for part in value)
    return as_text(value)


def _links(value: object) -> object:
    """The name of a shape, or a list of pairs of members."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list | tuple):
        raise PydanticCustomError("links", "is neither a shape nor a list")
    pairs = []
    for pair in value:
        whole = isinstance(pair, list | tuple) and len(pair) == 2
        if not whole or any(isinstance(n, bool) or not isinstance(n, int) for n in pair):
            raise PydanticCustomError("links", "has an entry that is no pair of members")
        pairs.append((pair[0], pair[1]))
    return tuple(pairs)


class MemberParameterEntry(ParameterEntry):
    """A parameter; with `each`, every member has its own, and examples may be a list."""

    each: Label | None = None
    example: Annotated[
        str | tuple[str, ...] | None,
        BeforeValidator(lambda value: None if value is None else _examples(value)),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": ["string", "integer", "number"]},
                    {"type": "array", "items": {"type": ["string", "integer", "number"]}},
                ]
            }
        ),
    ] = None  # type: ignore[assignment]


class GroupEntry(Entry):
    """The members: how many, what each may do, who is linked with whom, and what each action pays."""

    label: Label = ""
    count: Annotated[StrictInt, Field(ge=1, le=MAX_MEMBERS)]
    actions: Annotated[tuple[Label, ...], Field(max_length=MAX_ACTIONS)]
    links: Annotated[
        str | tuple[tuple[int, int], ...],
        BeforeValidator(_links),
        WithJsonSchema(
            {
                "anyOf": [
                    {"enum": ["none", "ring", "line", "star", "complete"]},
                    {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
                ]
            }
        ),
    ] = "none"
    payoffs: dict[str, Text]
