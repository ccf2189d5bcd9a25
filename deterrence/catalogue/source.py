"""A model file once it is read: every text parsed, every name checked, nothing solved yet.

`files.read_model_file` makes these; texts stand beside their trees so that a reader sees what was written.
Trees are those of `algebra.syntax`, whose names are declared parameters or definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from deterrence.algebra.syntax import Condition, Expression

Profile = tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """A bibliography key, the place in that work, and how the model relates to it."""

    key: str
    locus: str
    status: str


@dataclass(frozen=True)
class ParameterSource:
    """A parameter; `domain` is None where any real number will do."""

    name: str
    meaning: str
    domain: Condition | None
    domain_text: str | None
    example: Fraction | None
    range: tuple[Fraction, Fraction] | None


@dataclass(frozen=True)
class PlayerSource:
    """A player; the label is the name where the file gives none."""

    name: str
    label: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class EffectSource:
    """`on` falls, rises or does not move (`change` is `none`) as the parameter `of` grows."""

    of: str
    on: Expression
    on_text: str
    change: str
    across: bool


@dataclass(frozen=True)
class ClaimSource:
    """A claim; exactly one of `every`, `some`, `effect` and `holds` is set, and `question` names it.

    `expect` is None (a question without an expectation), `proved`, `refuted`, `undecided`, or the condition
    on which the claim is expected to hold exactly.
    """

    id: str
    text: str
    article: str | None
    given: Condition | None
    given_text: str | None
    every: Condition | None
    every_text: str | None
    some: Condition | None
    some_text: str | None
    effect: EffectSource | None
    holds: Condition | None
    holds_text: str | None
    expect: str | Condition | None
    expect_text: str | None
    concept: str | None
    among: str | None

    @property
    def question(self) -> str:
        """Which of `every`, `some`, `effect` and `holds` it is."""
        asked = {"every": self.every, "some": self.some, "effect": self.effect}
        return next((name for name, value in asked.items() if value is not None), "holds")


@dataclass(frozen=True)
class ModelSource:
    """A whole file; `payoffs` has every action profile, players in order of `players`.

    `origin` says where it was read from, `text` is the file as it stands.
    """

    origin: str
    name: str
    title: str
    summary: str
    kind: str
    concept: str | None
    sources: tuple[Reference, ...]
    parameters: tuple[ParameterSource, ...]
    definitions: tuple[tuple[str, Expression], ...]
    definition_texts: tuple[tuple[str, str], ...]
    assumptions: tuple[Condition, ...]
    assumption_texts: tuple[str, ...]
    players: tuple[PlayerSource, ...]
    payoffs: Mapping[Profile, tuple[Expression, ...]]
    payoff_texts: Mapping[Profile, tuple[str, ...]]
    claims: tuple[ClaimSource, ...]
    text: str = field(repr=False)
