"""What a process does in the long run: shares of time, the way back after one error, where chains end.

Nothing is discounted here: the share of visits to each joint state and of rounds with each action profile,
expected numbers of rounds until some joint states are reached, and probabilities of ending in absorbing
states, as exact expressions in the error rate and the transition probabilities.  For shares these must be
proved to be above zero where they occur; for ways back and ends see `passage`.
Sources: [GrassmannTaksarHeyman1985], [KemenySnell1960].
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, Region, atom
from deterrence.algebra.value import Value, fraction, number, sign_region
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.automata import Mixture
from deterrence.solve.discounting import components
from deterrence.solve.passage import Chain, can_reach, passage, reaching
from deterrence.solve.process import Joint, Process

_ZERO, _ONE = number(0), number(1)


def chain(
    p: Process, start: Iterable[Joint] = (), *, firm: bool = True
) -> dict[Joint, tuple[tuple[Joint, Value], ...]]:
    """What follows each joint state that play comes to from `start` (the process's own if none is given).

    Transitions of probability zero are left out.  Raises OutOfScope, if `firm`, for a transition probability
    that is not proved to be above zero.
    """
    ask = prover(p.game.domain.given)
    todo = list(start) or [p.start]
    found: dict[Joint, tuple[tuple[Joint, Value], ...]] = {}
    while todo:
        here = todo.pop()
        if here in found:
            continue
        step = p.moves[here] if here in p.moves else p.move(here)
        found[here] = tuple((to, v) for to, v in step.to if ask.holds(sign_region(v, "==")) is not True)
        for to, chance in found[here]:
            if firm and ask.holds(sign_region(chance, ">")) is not True:
                raise OutOfScope(
                    f"the probability {chance} of going from {here[0]} to {to[0]} is not proved to be above "
                    f"zero; assume {chance} > 0, since the long run differs where it is zero"
                )
            todo.append(to)
    return found


# -- shares of time ---------------------------------------------------------------------------------------
def occupation(p: Process) -> dict[Joint, Value]:
    """The long-run share of visits to each joint state, errors included, from the start of play.

    Absorbing states keep the share with which play ends in them.  States that are left for ever have none.
    """
    return {s: weight * share for weight, shares in closed_classes(p) for s, share in shares.items()}


def closed_classes(p: Process) -> list[tuple[Value, dict[Joint, Value]]]:
    """The classes that play never leaves: the probability of coming to each, and the shares of visits in it.

    Raises OutOfScope for a transition probability that is not proved to be above zero.
    """
    to = chain(p)
    closed = [g for g in components(to) if all(nxt in set(g) for s in g for nxt, _ in to[s])]
    return [(reaching(to, p.start, set(g), p.game.domain.given), stationary(to, g)) for g in closed]


def stationary(to: Chain, group: Sequence[Joint]) -> dict[Joint, Value]:
    """The shares of visits in a class that is never left (Grassmann, Taksar and Heyman's elimination)."""
    size = len(group)
    at = {s: k for k, s in enumerate(group)}
    table = [[_ZERO] * size for _ in group]
    for s in group:
        for nxt, chance in to[s]:
            table[at[s]][at[nxt]] = table[at[s]][at[nxt]] + chance
    for k in range(size - 1, 0, -1):
        total = _sum(table[k][:k])
        for i in range(k):
            table[i][k] = table[i][k] / total
            for j in range(k):
                if not table[i][k].is_zero and not table[k][j].is_zero:
                    table[i][j] = table[i][j] + table[i][k] * table[k][j]
    weights = [_ONE]
    for k in range(1, size):
        weights.append(_sum([weights[i] * table[i][k] for i in range(k)]))
    total = _sum(weights)
    return {s: weights[at[s]] / total for s in group}


def action_shares(p: Process) -> dict[tuple[tuple[str, str], ...], Value]:
    """The long-run share of visits with each action profile, as (player, action) pairs.

    In a game whose every state takes a round that is the share of rounds; else see `rounds.round_share`.
    """
    found: dict[tuple[tuple[str, str], ...], Value] = {}
    for here, share in occupation(p).items():
        for actions, chance in p.profiles(here):
            key = tuple(actions.items())
            found[key] = found.get(key, _ZERO) + share * chance
    return found


def share(p: Process, condition: Callable[[Mapping[str, str]], bool]) -> Value:
    """The long-run share of visits whose action profile satisfies a condition, as `action_shares`."""
    return _sum([v for actions, v in action_shares(p).items() if condition(dict(actions))])


# -- ways back, and ends ----------------------------------------------------------------------------------
def rounds_until(p: Process, start: Joint, target: set[Joint], to: Chain | None = None) -> Value | None:
    """The expected number of rounds until play comes to a set of states; None if it may never come.

    Leaving an instant state takes no time.  Raises OutOfScope as `passage`, and where it depends on the
    parameters whether play may never come.
    """
    given = p.game.domain.given
    to = chain(p, [start], firm=False) if to is None else to
    if start in target:
        return _ZERO
    inside = can_reach(to, target) - target
    if start not in inside:
        return None
    lasting = {s: _ZERO if p.game.state(s[0]).instant else _ONE for s in inside}
    found = passage(to, start, inside, given, lasting)
    lost = _sum([v for s, v in found.exits.items() if s not in target])
    if lost.is_zero:
        return found.rounds
    ask = prover(given)
    if ask.holds(sign_region(lost, ">")) is True:
        return None
    if ask.holds(sign_region(lost, "==")) is True:
        return found.rounds
    raise OutOfScope(
        f"play may never come there with the probability {lost}, which is zero at some parameters and not at "
        f"others; assume {lost} > 0 or {lost} == 0"
    )


def recovery(p: Process, player: str | None = None) -> Value | None:
    """The expected rounds from one error in the first round until play is back on its path.

    The path is where play goes without errors; the round of the error is not counted, and after it errors go
    on as they do.  None if play may never be back.  Which errors, and what is raised: as `after_one_error`.
    """
    path = on_path(p)
    parts = []
    for joint, weight in after_one_error(p, player):
        time = rounds_until(p, joint, path)
        if time is None:
            return None
        parts.append(weight * time)
    return _sum(parts)


def on_path(p: Process) -> set[Joint]:
    """The joint states at which rounds begin when nobody errs, the start among them.

    Raises OutOfScope for a transition probability that is not proved to be above zero.
    """
    quiet = _quiet(p)
    to = chain(quiet)
    ahead = {nxt for s, draw in to.items() if not p.game.state(s[0]).instant for nxt, _ in draw}
    return {quiet.start, *ahead}


def after_one_error(p: Process, player: str | None = None) -> list[tuple[Joint, Value]]:
    """Where the second round begins after one error in the first, with probabilities.

    The error is the given player's, or that of any mover who can err with equal chances, to any other action
    with equal chances, wherever play comes to within the round; all else goes as it is meant to.  Raises
    UnknownName for a player who does not move in the first round, OutOfScope where nobody has another action.
    """
    quiet = _quiet(p)
    found: list[tuple[Joint, Value]] = []
    movers: dict[str, None] = {}
    chances = []
    for here, likely in _within_round(quiet, quiet.start):
        state, meant = quiet.game.state(here[0]), quiet.intended(here)
        movers.update(dict.fromkeys(state.movers))
        for name, actions in state.actions:
            others = [a for a in actions if all(a != b or v.is_zero for b, v in meant[name])]
            if not others or player not in (None, name):
                continue
            chances.append(likely)
            for action in others:
                for done, weight in _meant(meant, {name: action}):
                    share = likely * weight / number(len(others))
                    for to, chance in quiet.step(here, done).to:
                        found += [(end, share * chance * v) for end, v in _round_ends(quiet, here, to)]
    if player is not None and player not in movers:
        raise UnknownName("player who moves in the first round", player, movers)
    if not chances:
        raise OutOfScope(f"nobody can err in the first round of play, which begins in {p.start[0]}")
    total = _sum(chances)
    if prover(p.game.domain.given).holds(sign_region(total, ">")) is not True:
        raise OutOfScope(
            f"it is not proved that somebody can err in the first round: the chance is {total}; assume that "
            "it is above zero"
        )
    return [(to, share / total) for to, share in found]


def _quiet(p: Process) -> Process:
    return replace(p, error=_ZERO, misperception=_ZERO)


def _within_round(p: Process, here: Joint) -> Iterator[tuple[Joint, Value]]:
    """The joint states of the round that begins at one, each with the chance that play comes through it."""
    todo = [(here, _ONE)]
    while todo:
        here, likely = todo.pop()
        yield here, likely
        if p.game.state(here[0]).instant:
            todo += [(to, likely * chance) for to, chance in p.moves[here].to]


def _round_ends(p: Process, before: Joint, here: Joint) -> list[tuple[Joint, Value]]:
    """Where the next round begins, with chances, when play goes on from one joint state to another."""
    if not p.game.state(before[0]).instant or p.game.state(here[0]).absorbing:
        return [(here, _ONE)]
    return [(end, chance * v) for to, chance in p.moves[here].to for end, v in _round_ends(p, here, to)]


def _meant(meant: Mapping[str, Mixture], change: Mapping[str, str]) -> Iterator[tuple[dict[str, str], Value]]:
    """The action profiles that movers mean, with probabilities, but for some whose action is given."""
    draws = [[(change[n], _ONE)] if n in change else m for n, m in meant.items()]
    for drawn in itertools.product(*draws):
        weight = _ONE
        for _, v in drawn:
            weight = weight * v
        if not weight.is_zero:
            yield dict(zip(meant, (a for a, _ in drawn), strict=True)), weight


def ending(p: Process, state: str, start: Joint | None = None) -> Value:
    """The probability that play, from `start` or its own start, ends in an absorbing state of the game.

    Raises UnknownName for another state, OutOfScope as `passage`.
    """
    if not p.game.state(state).absorbing:
        absorbing = [s.name for s in p.game.states if s.absorbing]
        raise UnknownName("absorbing state", state, absorbing)
    begun = p.start if start is None else start
    to = chain(p, [begun], firm=False)
    return reaching(to, begun, {s for s in to if s[0] == state}, p.game.domain.given)


def rounds_to_end(p: Process, start: Joint | None = None) -> Value | None:
    """The expected number of rounds until play is absorbed; None if it may go on for ever.

    Raises OutOfScope as `rounds_until`.
    """
    begun = p.start if start is None else start
    to = chain(p, [begun], firm=False)
    return rounds_until(p, begun, {s for s in to if p.game.state(s[0]).absorbing}, to)


def _sum(values: Sequence[Value]) -> Value:
    total = _ZERO
    for v in values:
        total = total + v
    return total


def limit(v: Value, name: str, given: Region = EVERYWHERE) -> Value | None:
    """The value of a fraction as a parameter goes to zero; None if it grows without bound.

    Raises OutOfScope for a square root, and where the lowest power of the parameter below has a coefficient
    that is not proved to be nonzero under the assumptions: where it is zero the limit is another.

    >>> from deterrence.algebra.value import variable
    >>> e = variable("e")
    >>> str(limit((e + e * e) / (e + e), "e"))
    '1/2'
    """
    if not v.is_rational:
        raise OutOfScope("the limit of an expression with a square root is not computed")
    top, below = v.a.coefficients(name), v.c.coefficients(name)
    order = next(k for k, c in enumerate(below) if not c.is_zero)
    if prover(given).holds(atom(below[order], "!=")) is not True:
        raise OutOfScope(
            f"the limit as {name} goes to zero is another where {below[order]} is zero, which may happen; "
            f"assume {below[order]} != 0"
        )
    if any(not t.is_zero for t in top[:order]):
        return None
    return fraction(top[order], below[order]) if order < len(top) else _ZERO
