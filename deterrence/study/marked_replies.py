"""Which entries of a payoff table are best replies, to be underlined: at a point, or at all parameter values.

In a table with symbols a reply may be best here and not there, so every answer says what it is an answer to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.decide import prover
from deterrence.algebra.region import Region
from deterrence.algebra.value import compare
from deterrence.games.normal import NormalForm

MOST = 64  # profiles; beyond that nobody reads underlines, and each costs a question

Entry = tuple[tuple[str, ...], str]  # a profile, and the player whose payoff it is


@dataclass(frozen=True)
class MarkedReplies:
    """Entries in which the player's action is a best reply to the others' actions of the profile.

    `at` is the point, None where the entries are those that are best at all parameter values; `always` says
    that the entries are best at all parameter values, and no others at any of them.
    """

    entries: frozenset[Entry]
    at: Mapping[str, Fraction] | None
    always: bool

    def __contains__(self, entry: Entry) -> bool:
        return entry in self.entries


def marked_replies(game: NormalForm, point: Mapping[str, object] | None = None) -> MarkedReplies | None:
    """Best replies at `point`; without one at the example values, where all are known, else everywhere.

    None for a table of more than 64 profiles.  Raises DomainError, UnknownName and InexactNumber for a point
    that is none of the domain's.

    >>> pd = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
    ...                             actions=[["C", "D"]] * 2, assumptions=["T > R", "P > S"])
    >>> found = marked_replies(pd)
    >>> sorted(profile for profile, player in found.entries if player == "row"), found.always
    ([('D', 'C'), ('D', 'D')], True)
    """
    if sum(1 for _ in game.profiles()) > MOST:
        return None
    domain = game.domain
    exact = None
    if point is not None:
        exact = domain.point(point)
    elif set(domain.example) >= set(domain.names):
        exact = {n: domain.example[n] for n in domain.names}
    entries = {entry: _pays_where(game, entry) for entry in _entries(game)}
    ask = prover(domain.given)
    everywhere = {e for e, regions in entries.items() if all(ask.holds(r) is True for r in regions)}
    nowhere = {e for e, regions in entries.items() if any(ask.satisfiable(r) is False for r in regions)}
    settled = len(everywhere) + len(nowhere - everywhere) == len(entries)
    if settled or exact is None:
        return MarkedReplies(frozenset(everywhere), None, settled)
    there = {e for e, regions in entries.items() if all(r.contains(exact) for r in regions)}
    return MarkedReplies(frozenset(there), exact, False)


def _entries(game: NormalForm) -> Iterator[Entry]:
    for profile in game.profiles():
        for name in game.names:
            yield profile, name


def _pays_where(game: NormalForm, entry: Entry) -> list[Region]:
    """For each other action of the player, where it gains nothing by changing to it."""
    profile, name = entry
    i = game.names.index(name)
    found = []
    for action in game.players[i].actions:
        if action != profile[i]:
            other = (*profile[:i], action, *profile[i + 1 :])
            found.append(compare(game.payoff(other, name), "<=", game.payoff(profile, name)))
    return found
