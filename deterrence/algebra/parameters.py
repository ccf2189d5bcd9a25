"""Parameters and the domain they range over: names with meanings, and the assumptions on them jointly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from deterrence.algebra.poly import Poly
from deterrence.algebra.region import EVERYWHERE, Region, all_of, atom
from deterrence.errors import DomainError, InexactNumber, UnknownName

_MAX_DIGITS = 30
_EXACT = re.compile(rf"[+-]?\d{{1,{_MAX_DIGITS}}}(\.\d{{1,{_MAX_DIGITS}}}|/\d{{1,{_MAX_DIGITS}}})?", re.ASCII)


@dataclass(frozen=True)
class Parameter:
    """A symbol of a model: what it means, where it ranges, a default point and a range for pictures."""

    name: str
    meaning: str = ""
    domain: Region = EVERYWHERE
    example: Fraction | None = None
    range: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True)
class Domain:
    """The parameters of a model and the joint assumptions; `given` is all of it as one region."""

    parameters: tuple[Parameter, ...] = ()
    assumptions: tuple[Region, ...] = ()

    def __repr__(self) -> str:
        assumed = "; ".join(str(p.domain) for p in self.parameters if p.domain != EVERYWHERE)
        joint = "; ".join(map(str, self.assumptions))
        listed = ": ".join(
            t for t in (", ".join(self.names), "; ".join(t for t in (assumed, joint) if t)) if t
        )
        return f"Domain({listed})"

    @cached_property
    def given(self) -> Region:
        """Every domain and every joint assumption together."""
        return all_of((*(p.domain for p in self.parameters), *self.assumptions))

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters' names, in the order declared."""
        return tuple(p.name for p in self.parameters)

    @cached_property
    def example(self) -> dict[str, Fraction]:
        """The default point, as far as the parameters declare one."""
        return {p.name: p.example for p in self.parameters if p.example is not None}

    def point(self, values: Mapping[str, object], defaults: bool = False) -> dict[str, Fraction]:
        """A checked exact point: every parameter named once, inside the domain.

        With `defaults`, parameters that are not given take their example.  Raises UnknownName,
        InexactNumber and DomainError.
        """
        point = dict(self.example) if defaults else {}
        for name, raw in values.items():
            if name not in self.names:
                raise UnknownName("parameter", name, self.names)
            point[name] = exact_number(raw, name)
        missing = [n for n in self.names if n not in point]
        if missing:
            raise DomainError(
                f"no value for {', '.join(missing)}; give each one, for example {missing[0]}=1/2"
            )
        for part in (*(p.domain for p in self.parameters), *self.assumptions):
            if not part.contains(point):
                shown = ", ".join(f"{n}={point[n]}" for n in self.names)
                raise DomainError(f"the point {shown} is outside the model's domain: it needs {part}")
        return point


def exact_number(raw: object, where: str = "a number") -> Fraction:
    """An int, a Fraction, or text such as `1/2` or `0.25`, as an exact fraction.

    Raises InexactNumber for floats and DomainError for anything else.

    >>> exact_number("0.25")
    Fraction(1, 4)
    """
    if isinstance(raw, float):
        raise InexactNumber(where, raw)
    if isinstance(raw, str) and _EXACT.fullmatch(raw.strip()):
        try:
            return Fraction(raw.strip())
        except ZeroDivisionError:
            pass
    elif isinstance(raw, int | Fraction) and not isinstance(raw, bool) and abs(raw) < 10**_MAX_DIGITS:
        return Fraction(raw)
    elif getattr(raw, "is_Rational", False):
        return Fraction(int(raw.p), int(raw.q))  # type: ignore[attr-defined]
    raise DomainError(f"{where} is {str(raw)[:40]!r}; write an exact number such as 4, 1/2 or 0.25")


def positive(names: Iterable[str]) -> Domain:
    """A domain in which each named parameter is positive.

    >>> print(positive(["h", "c"]).given)
    h > 0 and c > 0
    """
    return Domain(tuple(Parameter(n, domain=atom(Poly.variable(n), ">")) for n in names))
