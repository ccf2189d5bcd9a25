"""Bayesian games in a few words: a tree that is written once, with types that chance draws first.

What `ExtensiveForm.build` is for plain trees, with payoffs by type; `games.types` makes the tree.
Source: [Harsanyi1967].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, number, sign_region
from deterrence.errors import GameError
from deterrence.games.normal import entry, found_domain
from deterrence.games.tree import ExtensiveForm, TreePlayer
from deterrence.games.types import Combination, TypedOutcome, combinations, independent, with_types


def typed_tree(
    players: Sequence[str] | Mapping[str, str],
    types: Mapping[str, Mapping[str, Any] | Sequence[str]],
    nodes: Mapping[str, Mapping[str, Any]],
    outcomes: Mapping[str, Mapping[str, Any] | Sequence[Any]],
    *,
    prior: Mapping[Sequence[str], Any] | None = None,
    assumptions: Iterable[str | Region] = (),
    domain: Domain | None = None,
) -> ExtensiveForm:
    """The tree of a game in which some players have types that nobody else sees.

    `types` has each type's probability, drawn independently of the others'.  With `prior` it has lists of
    types, and `prior` the probability of each combination, in the order of `types`; those left out have none.
    Nodes are as in `ExtensiveForm.build`; a payoff may be a table by the player's own type, or by that of the
    only other player with these types.  Raises GameError, InexactNumber, ExpressionError.

    >>> tree = typed_tree(
    ...     ["boat", "patrol"], {"patrol": {"firm": "p", "weak": "1 - p"}},
    ...     {"near": {"player": "boat", "moves": {"turn": "away", "come": "contact"}},
    ...      "contact": {"player": "patrol", "moves": {"fight": "fought", "pass": "through"}}},
    ...     {"away": [0, 1], "fought": ["-d", {"firm": 0, "weak": -2}], "through": ["g", -1]},
    ...     assumptions=["0 < p < 1", "d > 0", "g > 0"])
    >>> [h.name for h in tree.information]
    ['near', 'contact[firm]', 'contact[weak]']
    """
    labels = players if isinstance(players, Mapping) else {name: "" for name in players}
    strange = [name for name in types if name not in labels]
    if strange:
        raise GameError(f"types: {strange[0]!r} is not a player; players: {', '.join(labels)}")
    people = tuple(TreePlayer(name, label, tuple(types.get(name, ()))) for name, label in labels.items())
    chances = {
        name: {kind: entry(v) for kind, v in own.items()}
        for name, own in types.items()
        if isinstance(own, Mapping)
    }
    if len(chances) < len(types) if prior is None else chances:
        raise GameError(
            "types: give each type a probability, or list the types and give the probability of each "
            "combination in prior"
        )
    joint = {} if prior is None else _joint(prior, people)
    ends = [TypedOutcome(name, _payoffs(name, row, labels)) for name, row in outcomes.items()]
    rows: list[list[Value]] = [list(own.values()) for own in chances.values()] + [list(joint.values())]
    for end in ends:
        for worth in end.payoffs:
            rows.append(list(worth.values()) if isinstance(worth, Mapping) else [worth])
    for node in nodes.values():
        odds = node.get("probabilities", ())
        rows.append([entry(v) for v in (odds.values() if isinstance(odds, Mapping) else odds)])
    whole = domain or found_domain(rows, assumptions)
    for name, own in chances.items():
        _distribution(f"types of {name}", own, whole)
    if prior is not None:
        _distribution("prior", {", ".join(k for _, k in drawn): v for drawn, v in joint.items()}, whole)
    plain = ExtensiveForm.build(labels, nodes, {name: [0] * len(labels) for name in outcomes}, domain=whole)
    return with_types(people, joint or independent(people, chances), plain.nodes, ends, whole)


def _payoffs(
    name: str, row: Mapping[str, Any] | Sequence[Any], labels: Mapping[str, str]
) -> tuple[Value | Mapping[str, Value], ...]:
    """A payoff for each player: a value, or one by type."""
    if isinstance(row, Mapping) and set(row) == set(labels):
        row = [row[player] for player in labels]
    if isinstance(row, Mapping) or len(row) != len(labels):
        raise GameError(f"outcome {name}: give a payoff for each of {', '.join(labels)}")
    return tuple(
        {kind: entry(v) for kind, v in worth.items()} if isinstance(worth, Mapping) else entry(worth)
        for worth in row
    )


def _joint(prior: Mapping[Sequence[str], Any], people: Sequence[TreePlayer]) -> dict[Combination, Value]:
    """The prior by (player, type) pairs."""
    known = {tuple(kind for _, kind in drawn): drawn for drawn in combinations(people)}
    given = {(kinds,) if isinstance(kinds, str) else tuple(kinds): entry(v) for kinds, v in prior.items()}
    for kinds in given:
        if kinds not in known:
            listed = "; ".join(", ".join(k) for k in list(known)[:6])
            raise GameError(f"prior: there is no combination {', '.join(kinds)}; combinations: {listed}")
    return {known[kinds]: given[kinds] for kinds in known if kinds in given}


def _distribution(place: str, chances: Mapping[str, Value], domain: Domain) -> None:
    """Raise GameError where values are not proved to be probabilities that sum to one."""
    ask = prover(domain.given)
    total = number(0)
    for kind, v in chances.items():
        total = total + v
        inside = (sign_region(v, ">="), sign_region(v - number(1), "<="))
        if not all(ask.holds(r) is True for r in inside):
            raise GameError(
                f"{place}: the probability {v} of {kind} is not proved to lie from 0 to 1; "
                f"add an assumption such as 0 <= {v} <= 1"
            )
    if ask.holds(sign_region(total - number(1), "==")) is not True:
        raise GameError(
            f"{place}: the probabilities sum to {total}, which is not proved to be 1; "
            "let the last be one minus the others, or add the assumption"
        )
