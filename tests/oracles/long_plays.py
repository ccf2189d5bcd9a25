"""Where machines in a game with states end up, in plain fractions; nothing of the library.

Probabilities and times of coming to a state by `chains.py`; shares of rounds by the chain's closed classes, each
with the probability that play comes to it and the shares that satisfy `x P = x`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tests.oracles.chains import hitting, rounds
from tests.oracles.plays import ONE, ZERO, Joint, Match, solved

Walk = dict[Joint, dict[Joint, Fraction]]
Kind = Callable[[Mapping[str, set[str]]], bool]  # of a round, by what each player did in it


def walk(match: Match) -> Walk:
    """What follows each joint state that play itself comes to."""
    found: Walk = {}
    todo = [match.start]
    while todo:
        here = todo.pop()
        if here not in found:
            found[here] = match.move(here)[1]
            todo += list(found[here])
    return found


def named(found: Walk) -> dict[str, dict[str, Fraction]]:
    return {str(s): {str(t): v for t, v in to.items()} for s, to in found.items()}


def absorbed(match: Match, state: str) -> Fraction:
    """The probability that play ends in a state of the game."""
    found = walk(match)
    return hitting(named(found), {str(s) for s in found if s[0] == state})[str(match.start)]


def rounds_until(match: Match, start: Joint, target: Callable[[Joint], bool]) -> Fraction:
    """The expected rounds from a joint state until play comes to a target, which it must be sure to do."""
    found = walk(replace(match, begun=start))
    lasting = {str(s): int(not match.spots[s[0]].instant) for s in found}
    time = rounds(named(found), {str(s) for s in found if target(s)}, lasting)[str(start)]
    assert time is not None, f"play may never come there from {start}"
    return time


def recovery(match: Match) -> Fraction:
    """The expected rounds from one error of a mover at the start, each as likely, back to the start."""
    spot = match.spots[match.start[0]]
    minds = dict(zip(match.players, match.start[1:], strict=True))
    meant = {}
    for p in spot.movers:
        (meant[p],) = (a for a, v in match.machines[p].play(minds[p], match.start[0]).items() if v)
    slips = [(p, a) for p, actions in spot.movers.items() for a in actions if a != meant[p]]
    found = ZERO
    for p, action in slips:
        likely = ONE / len(spot.movers) / (len(spot.movers[p]) - 1)
        for to, chance in match.following(match.start, {**meant, p: action}).items():
            found += likely * chance * rounds_until(match, to, lambda s: s == match.start)
    return found


def share(match: Match, kind: Kind) -> Fraction:
    """The long-run share of rounds of a kind; a round lasts until time passes."""
    found = walk(match)
    weights: dict[Joint, Fraction] = {}
    for group in closed_classes(found):
        reached = hitting(named(found), {str(s) for s in group})[str(match.start)]
        for s, x in stationary(found, group).items():
            weights[s] = reached * x
    lasting = {s: w for s, w in weights.items() if not match.spots[s[0]].instant}
    begins: dict[Joint, Fraction] = {}
    for s, w in lasting.items():
        for to, chance in (found[s] or {s: ONE}).items():
            begins[to] = begins.get(to, ZERO) + w * chance
    counted = sum((w * of_kind(match, s, {}, kind) for s, w in begins.items()), ZERO)
    return counted / sum(lasting.values(), ZERO)


def of_kind(match: Match, here: Joint, before: Mapping[str, set[str]], kind: Kind) -> Fraction:
    """The probability that a round which has come so far is of the kind."""
    found = ZERO
    for done, chance in match.chances(here, {}):
        after = {**before, **{p: {*before.get(p, ()), a} for p, a in done.items()}}
        if not match.spots[here[0]].instant:
            found += chance * kind(after)
            continue
        for to, x in match.following(here, done).items():
            found += chance * x * of_kind(match, to, after, kind)
    return found


def closed_classes(found: Walk) -> list[list[Joint]]:
    """The sets of states that are never left, each of which leads to each."""

    def ahead(start: Joint) -> set[Joint]:
        seen, todo = {start}, [start]
        while todo:
            for to in found[todo.pop()]:
                if to not in seen:
                    seen.add(to)
                    todo.append(to)
        return seen

    reach = {s: ahead(s) for s in found}
    return [sorted(g) for g in {frozenset(reach[s]) for s in found if all(s in reach[t] for t in reach[s])}]


def stationary(found: Walk, group: Sequence[Joint]) -> dict[Joint, Fraction]:
    """The shares `x` with `x P = x` that sum to one."""
    at = {s: k for k, s in enumerate(group)}
    rows = [[ZERO] * (len(group) + 1) for _ in group]
    for s in group:
        rows[at[s]][at[s]] -= ONE
        for to, chance in (found[s] or {s: ONE}).items():
            rows[at[to]][at[s]] += chance
    rows[-1] = [ONE] * (len(group) + 1)
    return dict(zip(group, solved(rows), strict=True))
