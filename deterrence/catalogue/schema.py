"""The shape of a model file: which keys there are, of what type, and how many of each at most.

Pydantic models, one for each kind of model, and the JSON Schema made from them.  What the texts mean
(grammar, declared names, one payoff a profile) is checked in `checks` and `claims`.  Adding a kind adds a
subclass of `ModelFile` to `KINDS`.  Source: the file-format contract.

Expressions are kept as text.  Whole numbers may stand without quotes, and so may decimals, which the reader
hands over as they are written, so that 0.1 is exactly one tenth.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

MAX_BYTES: Final = 1_000_000
MAX_LINES: Final = 30_000
MAX_PLAYERS: Final = 10
MAX_ACTIONS: Final = 20
MAX_CELLS: Final = 1024
MAX_PARAMETERS: Final = 100
MAX_DEFINITIONS: Final = 100
MAX_ASSUMPTIONS: Final = 100
MAX_CLAIMS: Final = 200
MAX_SOURCES: Final = 50
MAX_NAME: Final = 40
MAX_PROSE: Final = 10_000
MAX_EXPRESSIONS: Final = 250_000  # characters of all expressions and conditions together

PLANNED_KINDS: Final = ("extensive-form", "repeated", "stochastic", "network")
CONCEPTS: Final[dict[str, tuple[str, ...]]] = {"normal-form": ("nash", "pure-nash"), "statement": ()}
VERDICTS: Final = ("proved", "refuted", "undecided")
CHANGES: Final = ("falls", "rises", "none")


def as_text(value: object) -> str:
    """A whole number as the text of its digits; text stays; everything else is refused."""
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > 200:
            raise PydanticCustomError("huge_number", "has too many digits")
        return str(value)
    if isinstance(value, str):
        return value
    raise PydanticCustomError("exact_text", "is neither text nor a number")


def _printable(value: str) -> str:
    """The text, unless a character in it would steer the terminal that shows it."""
    if all(character.isprintable() or character in "\n\t" for character in value):
        return value
    raise PydanticCustomError("control_character", "contains a control character")


Text = Annotated[
    str,
    BeforeValidator(as_text),
    WithJsonSchema({"type": ["string", "integer", "number"], "description": "in the model-file grammar"}),
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


class EffectEntry(Entry):
    """How `on` moves as the parameter `of` grows; `across` compares all equilibria, not one component."""

    of: Label
    on: Text
    is_: Literal["falls", "rises", "none"] = Field(alias="is")
    across: StrictBool = False


class ClaimEntry(Entry):
    """A question with three answers: exactly one of `every`, `some`, `effect` and `holds`."""

    id: Label
    text: Prose = ""
    article: Label | None = None
    given: Text | None = None
    every: Text | None = None
    some: Text | None = None
    effect: EffectEntry | None = None
    holds: Text | None = None
    expect: Text | None = None
    concept: Label | None = None
    among: Label | None = None


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


class NormalFormFile(ModelFile):
    """Players who choose at once, and a payoff for each action profile."""

    kind: Literal["normal-form"]
    concept: Label | None = None
    players: Annotated[dict[str, PlayerEntry], Field(max_length=MAX_PLAYERS)]
    payoffs: Annotated[tuple[PayoffEntry, ...], Field(max_length=MAX_CELLS)]


class StatementFile(ModelFile):
    """No players: claims about parameters alone."""

    kind: Literal["statement"]


KINDS: Final[dict[str, type[ModelFile]]] = {"normal-form": NormalFormFile, "statement": StatementFile}
SECTIONS: Final[dict[str, type[BaseModel]]] = {
    "sources": SourceEntry,
    "parameters": ParameterEntry,
    "players": PlayerEntry,
    "payoffs": PayoffEntry,
    "claims": ClaimEntry,
}


def keys(entry: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a table may have, as they are written in the file.

    >>> keys(PlayerEntry)
    ('label', 'actions')
    """
    return tuple(field.alias or name for name, field in entry.model_fields.items())


def json_schema() -> dict[str, Any]:
    """The JSON Schema of model files, for editors that complete and check TOML.

    >>> sorted(json_schema()["discriminator"]["mapping"])
    ['normal-form', 'statement']
    """
    file = Annotated[NormalFormFile | StatementFile, Field(discriminator="kind")]
    schema: dict[str, Any] = TypeAdapter[Any](file).json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "deterrence model file"}
    return {**head, **schema}
