"""Who stops first as an instrument is turned up: thresholds of the members of a network, and cascades.

A member's threshold, with so many neighbours that have stopped, is the value of the instrument at which
stopping pays as much as going on; above it stopping pays more.  Where nobody's choice matters to others these
are closed forms.  Where neighbours that stop make stopping more attractive, members follow each other: from
everybody going on, those whose threshold is passed stop, then those whom that convinces, and so on, which
ends in the equilibrium with the fewest that have stopped [Topkis1998].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from deterrence.algebra.decide import prover
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, compare, fraction, number
from deterrence.errors import DomainError, OutOfScope, UnknownName
from deterrence.games.network import Network


@dataclass(frozen=True)
class Threshold:
    """A member stops where the instrument is above `value`, when `stopped` of its neighbours have stopped."""

    member: str
    stopped: int
    value: Value


@dataclass(frozen=True)
class Wave:
    """At this value of the instrument these members stop: the first because of it, then those who follow."""

    at: Fraction
    waves: tuple[tuple[str, ...], ...]

    @property
    def members(self) -> tuple[str, ...]:
        """All of them, in order."""
        return tuple(m for wave in self.waves for m in wave)


def thresholds(network: Network, instrument: str, stop: str | None = None) -> tuple[Threshold, ...]:
    """The thresholds of every member, in symbols, by the number of its neighbours that have stopped.

    `stop` is the action that counts as stopping, the second of two without it.  Raises UnknownName for
    another parameter or action, OutOfScope where there are more than two actions, or the gain from stopping
    is not proved to rise linearly in the instrument.

    >>> from deterrence.algebra.value import variable
    >>> from deterrence.games.normal import found_domain
    >>> g, s, zero = variable("g"), variable("s"), number(0)
    >>> one = Network("m", ("m1",), ("go", "halt"), frozenset(), ((g - s, zero),),
    ...     found_domain([[g, s]], []))
    >>> str(thresholds(one, "s")[0].value)
    'g'
    """
    go, stop = _actions(network, stop)
    if instrument not in network.domain.names:
        raise UnknownName("parameter", instrument, network.domain.names)
    found = []
    for i, member in enumerate(network.members):
        degree = len(network.neighbours[i])
        free = network.is_independent
        for stopped in range(1 if free else degree + 1):
            around = {stop: stopped, go: degree - stopped}
            gain = network.payoff(i, stop, around) - network.payoff(i, go, around)
            found.append(Threshold(member, stopped, _root(gain, instrument, member, network.domain.given)))
    return tuple(found)


def _actions(network: Network, stop: str | None) -> tuple[str, str]:
    if len(network.actions) != 2:
        raise OutOfScope(f"thresholds are for two actions; {network.group} has {len(network.actions)}")
    if stop is not None and stop not in network.actions:
        raise UnknownName(f"action of {network.group}", stop, network.actions)
    stop = stop or network.actions[1]
    return next(a for a in network.actions if a != stop), stop


def _root(gain: Value, instrument: str, member: str, given: Region) -> Value:
    """Where a gain that rises linearly in the instrument is zero."""
    if not gain.is_rational:
        raise OutOfScope(f"the gain of {member} from stopping has a square root")
    ask = prover(given)
    top, below = gain.a, gain.c
    parts = top.coefficients(instrument)
    linear = len(parts) == 2 and not below.degree(instrument)
    slope = fraction(parts[1], below) if linear else None
    if slope is None or ask.holds(compare(slope, ">", number(0))) is not True:
        raise OutOfScope(
            f"the gain of {member} from stopping is {gain}, which is not proved to rise linearly in "
            f"{instrument}"
        )
    return fraction(-parts[0], parts[1])


def cascade(
    network: Network, instrument: str, point: Mapping[str, Fraction], stop: str | None = None
) -> tuple[Wave, ...]:
    """Who stops when, as the instrument rises from the lowest value, the other parameters fixed at a point.

    Those who never stop are in no wave.  Raises DomainError where a parameter has no value, OutOfScope as
    `thresholds`, and where neighbours that stop make stopping less attractive, so that members do not follow
    each other.
    """
    table = {n: number(v) for n, v in point.items() if n != instrument}
    by_count: dict[str, list[Fraction]] = {m: [] for m in network.members}
    for t in thresholds(network, instrument, stop):
        fixed = t.value.substitute(table)
        if fixed.names:
            missing = ", ".join(sorted(fixed.names))
            raise DomainError(f"no value for {missing}; give each parameter but {instrument} one")
        by_count[t.member].append(fixed.at({}))
    for member, values in by_count.items():
        if any(b > a for a, b in pairwise(values)):
            raise OutOfScope(
                f"neighbours that stop make stopping less attractive to {member}, so there is no cascade; "
                "ask for the equilibria at points"
            )
    return tuple(_waves(network, by_count))


def _waves(network: Network, by_count: Mapping[str, list[Fraction]]) -> list[Wave]:
    stopped: set[int] = set()
    found = []

    def now(i: int) -> Fraction:
        values = by_count[network.members[i]]
        if len(values) == 1:
            return values[0]
        return values[sum(j in stopped for j in network.neighbours[i])]

    while len(stopped) < len(network.members):
        left = [i for i in range(len(network.members)) if i not in stopped]
        at = min(now(i) for i in left)
        waves = []
        while True:
            wave = [i for i in left if i not in stopped and now(i) <= at]
            if not wave:
                break
            waves.append(tuple(network.members[i] for i in wave))
            stopped |= set(wave)
        found.append(Wave(at, tuple(waves)))
    return found
