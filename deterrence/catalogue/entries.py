"""The tables of a model file, entry by entry: their keys, the types of their values, how many there may be.

Expressions are kept as text.  Whole numbers may stand without quotes, and so may decimals, which the reader
hands over as they are written, so that 0.1 is exactly one tenth.  `schema` makes files of the entries.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

MAX_BYTES: Final = 1_000_000
MAX_LINES: Final = 30_000
MAX_PLAYERS: Final = 10
MAX_ACTIONS: Final = 20
MAX_CELLS: Final = 1024
MAX_NODES: Final = 2000
MAX_OUTCOMES: Final = 2000
MAX_TYPES: Final = 10
MAX_PRIOR: Final = 1000
MAX_COPIES: Final = 20_000  # nodes of a tree once it is copied for each combination of types
MAX_PARAMETERS: Final = 100
MAX_DEFINITIONS: Final = 100
MAX_ASSUMPTIONS: Final = 100
MAX_CLAIMS: Final = 200
MAX_SOURCES: Final = 50
MAX_NAME: Final = 40
MAX_PROSE: Final = 10_000
MAX_EXPRESSIONS: Final = 250_000  # characters of all expressions and conditions together


def as_text(value: object) -> str:
    """A whole number as the text of its digits; text stays; everything else is refused."""
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > 200:
            raise PydanticCustomError("huge_number", "has too many digits")
        return str(value)
    if isinstance(value, str):
        return value
    raise PydanticCustomError("exact_text", "is neither text nor a number")


def as_texts(value: object) -> object:
    """As `as_text`, or a table of such texts."""
    if not isinstance(value, dict):
        return as_text(value)
    for part in value.values():
        if isinstance(part, dict | list):
            raise PydanticCustomError("text_by_type", "is neither text nor a number")
        as_text(part)
    return {key: as_text(part) for key, part in value.items()}


def _printable(value: str) -> str:
    """The text, unless a character in it would steer the terminal that shows it."""
    if all(character.isprintable() or character in "\n\t" for character in value):
        return value
    raise PydanticCustomError("control_character", "contains a control character")


def _types(value: object) -> object:
    """Types by name with their probabilities, or a list of names."""
    if not isinstance(value, dict | list | tuple):
        raise PydanticCustomError("types", "is neither a table nor a list")
    if len(value) > MAX_TYPES:
        raise PydanticCustomError("too_long", "has too many entries", {"max_length": MAX_TYPES})
    if isinstance(value, dict):
        return as_texts(value)
    if not all(isinstance(name, str) for name in value):
        raise PydanticCustomError("types", "is neither a table nor a list")
    return tuple(value)


Text = Annotated[
    str,
    BeforeValidator(as_text),
    WithJsonSchema({"type": ["string", "integer", "number"], "description": "in the model-file grammar"}),
]
TextByType = Annotated[
    str | dict[str, str],
    BeforeValidator(as_texts),
    WithJsonSchema(
        {
            "type": ["string", "integer", "number", "object"],
            "description": "in the model-file grammar, or a table of such texts, one for each type",
        }
    ),
]
Prose = Annotated[str, StringConstraints(max_length=MAX_PROSE), AfterValidator(_printable)]
Label = Annotated[str, StringConstraints(max_length=4 * MAX_NAME), AfterValidator(_printable)]
Range = tuple[Text, Text]
Texts = Annotated[tuple[Text, ...], Field(max_length=MAX_ASSUMPTIONS)]


class Entry(BaseModel):
    """A table of a model file: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceEntry(Entry):
    """Where the model comes from: a key of the bibliography, the place there, how close the model is."""

    key: Label
    locus: Label = ""
    status: Label = ""


class ParameterEntry(Entry):
    """A parameter: what it means, where it lies, and its default value and range in examples and plots."""

    meaning: Prose = ""
    domain: Text | None = None
    example: Text | None = None
    range: Range | None = None


class PlayerEntry(Entry):
    """A player's label and actions."""

    label: Label = ""
    actions: Annotated[tuple[Label, ...], Field(max_length=MAX_ACTIONS)]


class PayoffEntry(BaseModel):
    """One action profile (`when`), and under each player's name what it is worth to that player."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, Text]

    when: dict[str, str]

    @property
    def worth(self) -> dict[str, str]:
        """The payoff expressions, by the key they are written under."""
        return dict(self.__pydantic_extra__)


class TreePlayerEntry(Entry):
    """A player of a tree: a label, and hidden types with their probabilities, or a list of them."""

    label: Label = ""
    types: Annotated[
        dict[str, str] | tuple[str, ...],
        BeforeValidator(_types),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "object", "additionalProperties": {"type": ["string", "integer", "number"]}},
                    {"type": "array", "items": {"type": "string"}},
                ],
                "maxItems": MAX_TYPES,
                "maxProperties": MAX_TYPES,
                "description": "the probability of each type, or the names of the types beside [[prior]]",
            }
        ),
    ] = ()


class NodeEntry(Entry):
    """A node of a tree: who moves, where each move leads, and which nodes the mover cannot tell apart."""

    id: Label
    player: Label
    moves: Annotated[dict[str, Label], Field(max_length=MAX_ACTIONS)]
    probabilities: Annotated[dict[str, Text], Field(max_length=MAX_ACTIONS)] | None = None
    information: Label | None = None


class OutcomeEntry(BaseModel):
    """An end of a tree: a label, and under each player's name what it is worth to that player."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, TextByType]

    label: Label = ""

    @property
    def worth(self) -> dict[str, str | dict[str, str]]:
        """The payoff expressions, or tables of them by type, by the key they are written under."""
        return dict(self.__pydantic_extra__)


class PriorEntry(Entry):
    """The probability of one combination of types, where types are not drawn independently."""

    types: Annotated[dict[str, Label], Field(max_length=MAX_PLAYERS)]
    probability: Text


class EffectEntry(Entry):
    """How `on` moves as the parameter `of` grows; `across` compares all equilibria, not one component."""

    of: Label
    on: Text
    is_: Literal["falls", "rises", "none"] = Field(alias="is")
    across: StrictBool = False


class ClaimEntry(Entry):
    """A question with three answers: exactly one of `every`, `some`, `effect`, `holds` and `is`.

    `is` asks whether a `profile` of a repeated or stochastic model is an equilibrium of a kind; `noise` is
    false to leave the errors of the model out, and `start` is a state to begin from instead.
    """

    id: Label
    text: Prose = ""
    article: Label | None = None
    given: Text | None = None
    every: Text | None = None
    some: Text | None = None
    effect: EffectEntry | None = None
    holds: Text | None = None
    is_: Label | None = Field(alias="is", default=None)
    expect: Text | None = None
    concept: Label | None = None
    among: Label | None = None
    profile: Label | None = None
    noise: StrictBool = True
    start: Label | None = None


class ModelFile(Entry):
    """What files of every kind have."""

    name: Label
    title: Label = ""
    summary: Prose = ""
    kind: str
    sources: Annotated[tuple[SourceEntry, ...], Field(max_length=MAX_SOURCES)] = ()
    parameters: Annotated[dict[str, ParameterEntry], Field(max_length=MAX_PARAMETERS)] = {}
    definitions: Annotated[dict[str, Text], Field(max_length=MAX_DEFINITIONS)] = {}
    assumptions: Texts = ()
    claims: Annotated[tuple[ClaimEntry, ...], Field(max_length=MAX_CLAIMS)] = ()
