"""A model file once it is read: every text parsed, every name checked, nothing solved yet.

`files.read_model_file` makes these; texts stand beside their trees so that a reader sees what was written.
Trees are those of `algebra.syntax`, whose names are declared parameters or definitions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from deterrence.algebra.syntax import Condition, Expression
from deterrence.catalogue.repeated_source import RepeatedSource

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
    """A player; the label is the name where the file gives none.

    In a tree `actions` are all its moves, and `types` its hidden types; `beliefs` are their probabilities,
    empty where a joint prior gives them.
    """

    name: str
    label: str
    actions: tuple[str, ...]
    types: tuple[str, ...] = ()
    beliefs: tuple[Expression, ...] = ()
    belief_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class NodeSource:
    """A node of a tree as it is written, before it is copied for types.

    `moves` pairs actions with ids, `information` is empty where no other node is joined with it, and
    `probabilities` are those of a chance node's moves in their order.
    """

    id: str
    player: str
    moves: tuple[tuple[str, str], ...]
    information: str = ""
    probabilities: tuple[Expression, ...] = ()
    probability_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutcomeSource:
    """An end of a tree; for each player one payoff, or a table with one for each of its types."""

    id: str
    label: str
    payoffs: tuple[Expression | Mapping[str, Expression], ...]
    payoff_texts: tuple[str | Mapping[str, str], ...]


@dataclass(frozen=True)
class PriorSource:
    """The probability of a combination of types, as (player, type) pairs in the order of the players."""

    types: tuple[tuple[str, str], ...]
    probability: Expression
    text: str


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
    """A claim; exactly one of `every`, `some`, `effect`, `is_` and `holds` is set; `question` names it.

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
    is_: str | None = None
    profile: str | None = None
    noise: bool = True
    start: str | None = None

    @property
    def question(self) -> str:
        """Which of `every`, `some`, `effect`, `is` and `holds` it is."""
        asked = {"every": self.every, "some": self.some, "effect": self.effect, "is": self.is_}
        return next((name for name, value in asked.items() if value is not None), "holds")

    @property
    def about_play(self) -> bool:
        """Whether it is about a profile, or the course of a chain, of a repeated or stochastic model."""
        return self.is_ is not None or self.profile is not None or self.start is not None


@dataclass(frozen=True)
class NetworkSource:
    """A group of a network: its members, links (from zero; `shape` names them), and payoffs by member.

    `payoff_texts` are the payoffs of each action as they are written, once for all.
    """

    group: str
    label: str
    members: tuple[str, ...]
    actions: tuple[str, ...]
    shape: str
    links: frozenset[tuple[int, int]]
    payoffs: tuple[tuple[Expression, ...], ...]
    payoff_texts: tuple[str, ...]


@dataclass(frozen=True)
class ModelSource:
    """A whole file; `payoffs` has every action profile, players in order of `players`; trees have `nodes`.

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
    nodes: tuple[NodeSource, ...] = ()
    outcomes: tuple[OutcomeSource, ...] = ()
    prior: tuple[PriorSource, ...] = ()
    repeated: RepeatedSource | None = None
    network: NetworkSource | None = None
