"""Where machines in a game with states end up, in plain fractions; nothing of the library.

Probabilities and times of coming to a state by `hitting_times.py`, shares of rounds from the shares of `chains.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from tests.oracles.chains import long_run
from tests.oracles.hitting_times import hitting, rounds
from tests.oracles.plays import ONE, ZERO, Joint, Match

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
    found = {s: to or {s: ONE} for s, to in walk(match).items()}  # an end goes on without moves
    begins = {match.start: rounds_after(match, found, match.start)}
    todo = list(begins[match.start])
    while todo:
        here = todo.pop()
        if here not in begins:
            begins[here] = rounds_after(match, found, here)
            todo += list(begins[here])
    weights = long_run(begins, match.start)
    return sum((w * of_kind(match, s, {}, kind) for s, w in weights.items()), ZERO)


def rounds_after(match: Match, found: Walk, here: Joint) -> dict[Joint, Fraction]:
    """Where the next round begins, by the probability of that, when one begins here."""
    ahead: dict[Joint, Fraction] = {}
    for to, chance in found[here].items():
        ends = rounds_after(match, found, to) if match.spots[here[0]].instant else {to: ONE}
        for end, share in ends.items():
            ahead[end] = ahead.get(end, ZERO) + chance * share
    return ahead


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
