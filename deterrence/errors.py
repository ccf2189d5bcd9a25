"""Every exception the library raises on purpose: catch DeterrenceError to catch them all.

Each message names the place, the offending value, what is allowed there and the remedy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


class DeterrenceError(Exception):
    """Base of all errors raised on purpose."""


class InexactNumber(DeterrenceError, TypeError):
    """A float reached a place where only exact numbers are allowed."""

    def __init__(self, where: str, value: float) -> None:
        self.where, self.value = where, value
        super().__init__(
            f"{where} is the float {value!r}, but results here are proofs and need exact numbers; "
            f"write it as text, '{value}', as a fraction such as '1/3', or as a named parameter"
        )


_SHOWN = 40  # names that a message lists
_LONG = 240  # characters of a list that a guess stands in place of
_SHORT = 60  # characters of a value that a message shows


def _nearest(name: str, known: tuple[str, ...]) -> list[str]:
    """The name most like this one; where none is, the three shortest that contain it, whatever the case."""
    close = get_close_matches(name, known, n=1)
    if close or not name:
        return close
    within = [k for k in known if name.casefold() in k.casefold()]
    return sorted(within, key=lambda k: (not k.casefold().startswith(name.casefold()), len(k)))[:3]


class UnknownName(DeterrenceError, KeyError):
    """A player, action, parameter or model that is not declared."""

    def __init__(self, kind: str, name: str, known: Iterable[str], where: str = "") -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        near = " or ".join(map(repr, _nearest(name, self.known)))
        hint = f"; did you mean {near}?" if near else ""
        place = f"{where}: " if where else ""
        if near and len(", ".join(self.known)) > _LONG:
            every = " (deterrence list shows them)" if kind == "model" else ""
            super().__init__(f"{place}no {kind} named {name!r} among {len(self.known)}{every}{hint}")
            return
        listed = ", ".join(self.known[:_SHOWN]) if self.known else "none"
        listed += f", … ({len(self.known)} in all)" if len(self.known) > _SHOWN else ""
        super().__init__(f"{place}no {kind} named {name!r}; known: {listed}{hint}")

    __str__ = Exception.__str__  # KeyError would show the repr of the message


class ExpressionError(DeterrenceError, ValueError):
    """An expression or condition that cannot be read; `position` counts characters from zero."""

    def __init__(self, text: str, position: int, problem: str, remedy: str) -> None:
        self.text, self.position, self.problem, self.remedy = text, position, problem, remedy
        start = max(0, position - 30)
        shown = text[start : position + 30].replace("\n", " ")
        lead = "…" if start else ""
        tail = "…" if position + 30 < len(text) else ""
        super().__init__(f"{problem} at character {position + 1} of {lead}{shown!r}{tail}; {remedy}")


class GameError(DeterrenceError, ValueError):
    """A game, profile or question that is not well formed."""


def expect(verb: str, given: object, *kinds: type) -> None:
    """Raise GameError where the first argument of a public function is of another kind, with what to give.

    >>> expect("nash", "it", int)
    Traceback (most recent call last):
    deterrence.errors.GameError: nash takes an int, and 'it' is text; a model's name goes to dt.load first
    """
    if isinstance(given, kinds):
        return
    within = [n for n in ("game", "repeated", "atlas") if isinstance(_part(given, n), kinds)]
    if isinstance(given, str):
        what, remedy = f"{given!r} is text", "a model's name goes to dt.load first"
    else:
        shown = repr(given)
        called = getattr(
            given, "name", shown if len(shown) < _SHORT and "\n" not in shown else "what was given"
        )
        what = f"{called} is {_article(type(given))}"
        remedy = (
            f"give its {within[0]!r}, as in model.{within[0]}"
            if within
            else _REMEDIES.get(kinds[0].__name__, "")
        )
    wanted = " or ".join(map(_article, kinds))
    raise GameError(f"{verb} takes {wanted}, and {what}" + (f"; {remedy}" if remedy else ""))


def _part(given: object, name: str) -> object:
    """An attribute, or None where there is none or asking for it is refused."""
    try:
        return getattr(given, name, None)
    except DeterrenceError:
        return None


def _article(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOUaeiou' else 'a'} {kind.__name__}"


_REMEDIES = {
    "Atlas": "dt.solve makes one of a model or a game",
    "ProfileAtlas": "dt.solve makes one of a model of a repeated game, dt.listed_profiles of a game",
    "PayoffSet": "dt.payoff_set makes one of a repeated game",
    "NormalForm": "dt.strategic_form makes one of a tree",
    "ExtensiveForm": "for games without moves in turn use dt.nash",
    "RepeatedGame": "dt.repeat makes one of a game",
}


class DomainError(DeterrenceError, ValueError):
    """A point outside a model's domain, or a denominator that is not proved nonzero."""


class OutOfScope(DeterrenceError):
    """The question is outside what the procedure can settle; the message says what it can."""


@dataclass(frozen=True)
class Problem:
    """One fault of a model file: where it is, what is wrong, what to do."""

    place: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}; {self.remedy}"


class ModelError(DeterrenceError, ValueError):
    """A model file with faults, all of them listed."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        self.source, self.problems = source, tuple(problems)
        count = len(self.problems)
        head = f"{source}: {count} fault{'s' if count != 1 else ''}"
        super().__init__("\n".join([head, *(f"  - {p}" for p in self.problems)]))
