"""What a process does in the long run: shares of time, the way back after one error, where chains end.

Nothing is discounted here: the share of rounds spent on each action profile, expected numbers of rounds
until some joint states are reached, and probabilities of ending in absorbing states, as exact expressions in
the error rate and the transition probabilities, which must be proved to be above zero where they occur.
Eliminations subtract nothing but diagonal entries that stay positive, so no pivot vanishes
[GrassmannTaksarHeyman1985], [KemenySnell1960].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from deterrence.algebra.decide import prover
from deterrence.algebra.value import Value, fraction, number, sign_region
from deterrence.errors import OutOfScope, UnknownName
from deterrence.solve.process import Joint, Process, components, inverted

_ZERO, _ONE = number(0), number(1)
Chain = Mapping[Joint, Sequence[tuple[Joint, Value]]]


def chain(p: Process, start: Iterable[Joint] = ()) -> dict[Joint, tuple[tuple[Joint, Value], ...]]:
    """What follows each joint state that play comes to from `start` (the process's own if none is given).

    Raises OutOfScope for a transition probability that is not proved to be above zero.
    """
    ask = prover(p.game.domain.given)
    todo = list(start) or [p.start]
    found: dict[Joint, tuple[tuple[Joint, Value], ...]] = {}
    while todo:
        here = todo.pop()
        if here in found:
            continue
        found[here] = p.moves[here].to
        for to, chance in found[here]:
            if ask.holds(sign_region(chance, ">")) is not True:
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
    to = chain(p)
    groups = components(to)
    closed = [g for g in groups if all(nxt in set(g) for s in g for nxt, _ in to[s])]
    found: dict[Joint, Value] = {}
    for group in closed:
        weight = reaching(to, p.start, set(group))
        for s, share in stationary(to, group).items():
            found[s] = weight * share
    return found


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
    """The long-run share of rounds with each action profile, as (player, action) pairs."""
    found: dict[tuple[tuple[str, str], ...], Value] = {}
    for here, share in occupation(p).items():
        for actions, chance in p.profiles(here):
            key = tuple(actions.items())
            found[key] = found.get(key, _ZERO) + share * chance
    return found


def share(p: Process, condition: Callable[[Mapping[str, str]], bool]) -> Value:
    """The long-run share of rounds whose action profile satisfies a condition."""
    return _sum([v for actions, v in action_shares(p).items() if condition(dict(actions))])


# -- ways back, and ends ----------------------------------------------------------------------------------
def reaching(to: Chain, start: Joint, target: set[Joint]) -> Value:
    """The probability of ever coming to a set of states, from which it is not asked how play goes on."""
    if start in target:
        return _ONE
    can = _can_reach(to, target)
    if start not in can:
        return _ZERO
    inside = [s for s in to if s in can and s not in target]
    at = {s: k for k, s in enumerate(inside)}
    rows, right = _system(to, inside, at, target)
    row = inverted(rows)[at[start]]
    return _sum([share * r for share, r in zip(row, right, strict=True) if not share.is_zero])


def rounds_until(p: Process, start: Joint, target: set[Joint], to: Chain | None = None) -> Value | None:
    """The expected number of rounds until play comes to a set of states; None if it may never come.

    Leaving an instant state takes no time.
    """
    to = chain(p, [start]) if to is None else to
    if start in target:
        return _ZERO
    ahead = _reached(to, start, target)
    if not ahead <= _can_reach(to, target):
        return None
    inside = [s for s in to if s in ahead and s not in target]
    at = {s: k for k, s in enumerate(inside)}
    rows, _ = _system(to, inside, at, target)
    row = inverted(rows)[at[start]]
    lasting = [_ZERO if p.game.state(s[0]).instant else _ONE for s in inside]
    return _sum([share * t for share, t in zip(row, lasting, strict=True) if not share.is_zero])


def recovery(p: Process, player: str | None = None) -> Value | None:
    """The expected rounds from one error at the start of play back to the start, errors going on as they do.

    The error is the given player's, or that of any mover with equal chances.  None if play may never be back.
    """
    movers = [player] if player else list(p.game.state(p.start[0]).movers)
    for name in movers:
        if name not in p.game.names:
            raise UnknownName("player", name, p.game.names)
    parts = []
    for name in movers:
        meant = {a for a, v in p.intended(p.start)[name] if not v.is_zero}
        others = [a for a in dict(p.game.state(p.start[0]).actions)[name] if a not in meant]
        for action in others:
            actions = {n: m[0][0] for n, m in p.intended(p.start).items()}
            after = p.step(p.start, {**actions, name: action}).to
            for joint, chance in after:
                time = rounds_until(p, joint, {p.start})
                if time is None:
                    return None
                parts.append(chance * time / number(len(others) * len(movers)))
    return _sum(parts)


def ending(p: Process, state: str, start: Joint | None = None) -> Value:
    """The probability that play, from `start` or its own start, ends in an absorbing state of the game.

    Raises UnknownName for another state, OutOfScope as `chain`.
    """
    if not p.game.state(state).absorbing:
        absorbing = [s.name for s in p.game.states if s.absorbing]
        raise UnknownName("absorbing state", state, absorbing)
    begun = p.start if start is None else start
    to = chain(p, [begun])
    return reaching(to, begun, {s for s in to if s[0] == state})


def rounds_to_end(p: Process) -> Value | None:
    """The expected number of rounds until play is absorbed; None if it may go on for ever."""
    to = chain(p)
    return rounds_until(p, p.start, {s for s in to if p.game.state(s[0]).absorbing}, to)


def _system(
    to: Chain, inside: Sequence[Joint], at: Mapping[Joint, int], target: set[Joint]
) -> tuple[list[list[Value]], list[Value]]:
    rows, right = [], []
    for s in inside:
        row = [_ZERO] * len(inside)
        row[at[s]] = _ONE
        hit = _ZERO
        for nxt, chance in to[s]:
            if nxt in target:
                hit = hit + chance
            elif nxt in at:
                row[at[nxt]] = row[at[nxt]] - chance
        rows.append(row)
        right.append(hit)
    return rows, right


def _can_reach(to: Chain, target: set[Joint]) -> set[Joint]:
    found = set(target)
    grown = True
    while grown:
        more = {s for s in to if s not in found and any(nxt in found for nxt, _ in to[s])}
        found |= more
        grown = bool(more)
    return found


def _reached(to: Chain, start: Joint, target: set[Joint]) -> set[Joint]:
    found, todo = {start}, [start]
    while todo:
        here = todo.pop()
        if here in target:
            continue
        for nxt, _ in to[here]:
            if nxt not in found:
                found.add(nxt)
                todo.append(nxt)
    return found


def _sum(values: Sequence[Value]) -> Value:
    total = _ZERO
    for v in values:
        total = total + v
    return total


def limit(v: Value, name: str) -> Value | None:
    """The value of a fraction as a parameter goes to zero; None if it grows without bound.

    The lowest power of the parameter below must have a coefficient that is never zero, which is the caller's
    to know.  Raises OutOfScope for a square root.

    >>> from deterrence.algebra.value import variable
    >>> e = variable("e")
    >>> str(limit((e + e * e) / (e + e), "e"))
    '1/2'
    """
    if not v.is_rational:
        raise OutOfScope("the limit of an expression with a square root is not computed")
    top, below = v.a.coefficients(name), v.c.coefficients(name)
    order = next(k for k, c in enumerate(below) if not c.is_zero)
    if any(not t.is_zero for t in top[:order]):
        return None
    return fraction(top[order], below[order]) if order < len(top) else _ZERO
