"""Sets of values at two points, compared: the conditions under which a statement about them fails.

Each component gives values at a point of its region; free names, and square roots under names of their own,
are eliminated where a reading needs the least or the greatest value.  See `movement` for the readings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import Region, all_of, any_of, atom, complement
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, compare, fraction
from deterrence.study.effects import Shift, Values, beyond

FAILS = {"rises": "<=", "falls": ">=", "constant": "!=", "never falls": "<", "never rises": ">"}
HOLDS = {"rises": ">", "falls": "<", "constant": "==", "never falls": ">=", "never rises": "<="}


@dataclass(frozen=True)
class Compared:
    """The values now and later; `known` is where there are any, if that is known."""

    now: Sequence[Values]
    shift: Shift
    known: Region | None = None

    @cached_property
    def then(self) -> list[Values]:
        """The same values at the later point."""
        return [self.shift.later_values(g) for g in self.now]

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The free names, at both points."""
        return frozenset(n for g in (*self.now, *self.then) for n in g.free)

    @cached_property
    def there(self) -> Region:
        """Where there are values at both points, free names left in."""
        return all_of((any_of(g.where for g in self.now), any_of(g.where for g in self.then)))

    @cached_property
    def present(self) -> Region:
        """The same without free names; OutOfScope where they cannot be eliminated."""
        here = self.known
        if here is None:
            here = any_of(exists(g.where, g.free, self.shift.premises) for g in self.now)
        return all_of((here, self.shift.later(here)))

    @cached_property
    def lowest_falls(self) -> Region:
        """Some later value is below all values now."""
        return beyond(self.then, self.now, "<", self.shift)

    @cached_property
    def lowest_rises(self) -> Region:
        """Some value now is below all later ones."""
        return beyond(self.now, self.then, "<", self.shift)

    @cached_property
    def highest_rises(self) -> Region:
        """Some later value is above all values now."""
        return beyond(self.then, self.now, ">", self.shift)

    @cached_property
    def highest_falls(self) -> Region:
        """Some value now is above all later ones."""
        return beyond(self.now, self.then, ">", self.shift)

    @cached_property
    def differs(self) -> Region:
        """Some value is taken at one of the points only."""
        lost = beyond(self.now, self.then, "!=", self.shift)
        return any_of((lost, beyond(self.then, self.now, "!=", self.shift)))

    def failing(self, statement: str, reading: str) -> Region:
        """Where the statement fails: a condition on both points, and on free names in `value` and `every`.

        Raises OutOfScope where free names cannot be eliminated.
        """
        if reading in ("value", "every"):
            return any_of(
                all_of((g.where, h.where, compare(h.value, FAILS[statement], g.value)))
                for g in self.now
                for h in self.then
            )
        if reading == "some":
            return all_of((self.present, complement(self._some(HOLDS[statement]))))
        up, down = {
            "lowest": (self.lowest_rises, self.lowest_falls),
            "highest": (self.highest_rises, self.highest_falls),
        }.get(reading) or (
            any_of((self.lowest_rises, self.highest_rises)),
            any_of((self.lowest_falls, self.highest_falls)),
        )
        if reading == "set":
            unchanged = complement(self.differs)
            wrong = {
                "never falls": down,
                "never rises": up,
                "constant": self.differs,
                "rises": any_of((down, unchanged)),
                "falls": any_of((up, unchanged)),
            }
        else:
            wrong = {
                "never falls": down,
                "never rises": up,
                "constant": any_of((up, down)),
                "rises": complement(up),
                "falls": complement(down),
            }
        return all_of((self.present, wrong[statement]))

    def _some(self, relation: str) -> Region:
        """Where some value now and some later one stand in a relation."""
        found, both = [], self.shift.both
        for g in self.now:
            for h in self.then:
                self.shift.in_time()
                if prover(both).satisfiable(all_of((g.where, h.where))) is not False:
                    pair = all_of((g.where, h.where, compare(h.value, relation, g.value)))
                    found.append(exists(pair, (*g.free, *h.free), both))
        return any_of(found)


def merged(values: Sequence[Values], given: Region) -> list[Values]:
    """Components with the same value, free of free names, as one: where any of them exists."""
    together: dict[Value, list[Region]] = {}
    rest = []
    for g in values:
        if g.free:
            rest.append(g)
        else:
            together.setdefault(g.value, []).append(g.where)
    joined = [
        Values((), listed[0] if len(listed) == 1 else tidy(any_of(listed), given), v)
        for v, listed in together.items()
    ]
    return [*joined, *rest]


def without_roots(values: Sequence[Values], shift: Shift) -> tuple[list[Values], Shift]:
    """Values with a square root as fractions in a new name, which the condition says is that root.

    So two roots, one at each point, can be compared.
    """
    found, taken = [], set(shift.taken)
    for g in values:
        if not g.value.is_rational:
            name = fresh_name("root", taken)
            taken |= {name, f"{name}_later", f"{name}_one"}
            root, v = Poly.variable(name), g.value
            is_root = all_of((atom(root, ">="), atom(root * root - v.d, "==")))
            plain = fraction(v.a + v.b * root, v.c + v.e * root)
            g = Values((*g.free, name), all_of((g.where, is_root)), plain, g.of)
        found.append(g)
    return found, replace(shift, taken=frozenset(taken))
