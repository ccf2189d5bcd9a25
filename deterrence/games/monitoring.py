"""What players see of each other: everything, a public signal, or each for itself with errors.

Implementation errors (the action differs from the intention, and everybody sees it) are no matter of
monitoring; perception errors (one player sees something else than was done) and public signals are.
Sources: [GreenPorter1984], [MailathSamuelson2006].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deterrence.algebra.decide import prover
from deterrence.algebra.region import Region
from deterrence.algebra.value import Value, compare, number
from deterrence.errors import DomainError, GameError, UnknownName

Draw = tuple[tuple[str, Value], ...]


@dataclass(frozen=True)
class SignalCase:
    """On these actions (every action where `when` is empty) the signals have these chances."""

    when: tuple[tuple[str, str], ...]
    signal: Draw


@dataclass(frozen=True)
class Monitoring:
    """A public signal after every round instead of the actions; the first case that fits counts."""

    signals: tuple[str, ...]
    cases: tuple[SignalCase, ...]

    def __repr__(self) -> str:
        return f"Monitoring({', '.join(self.signals)}: {len(self.cases)} cases)"

    def draw(self, actions: Mapping[str, str]) -> Draw:
        """The chances of the signals after these actions; GameError where no case fits."""
        for case in self.cases:
            if all(actions.get(p) == a for p, a in case.when):
                return case.signal
        shown = ", ".join(f"{p} = {a}" for p, a in actions.items())
        raise GameError(f"monitoring: no case fits {shown}; add one, or a last case without when")

    def check(self, given: Region) -> None:
        """Signals are declared and their chances proved to lie in 0..1 and to sum to one.

        Raises UnknownName and DomainError.
        """
        ask = prover(given)
        for k, case in enumerate(self.cases, start=1):
            total = number(0)
            for name, chance in case.signal:
                if name not in self.signals:
                    raise UnknownName("signal", name, self.signals, f"monitoring, case {k}")
                for relation, bound in ((">=", 0), ("<=", 1)):
                    if ask.holds(compare(chance, relation, number(bound))) is not True:
                        raise DomainError(
                            f"monitoring, case {k}: the chance {chance} of {name} is not proved to be "
                            f"{relation} {bound}; add that as an assumption"
                        )
                total = total + chance
            if ask.holds(compare(total, "==", number(1))) is not True:
                raise DomainError(
                    f"monitoring, case {k}: the chances sum to {total}, which is not proved to be 1"
                )
