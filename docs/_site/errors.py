"""The reference of the errors: each class of `deterrence.errors` with a message that it really gave.

The examples are run when the site is built; what is shown is what the library said, and a class without an
example stops the build.
"""

from __future__ import annotations

import inspect
import textwrap

import deterrence as dt
from deterrence import errors

EXAMPLES: dict[str, tuple[str, str]] = {
    "InexactNumber": (
        "dt.load('strike-restrain').domain.point({'h': 0.1})",
        "Write the number as text or as a fraction. A float such as 0.1 is not one tenth.",
    ),
    "UnknownName": (
        "dt.load('strike-restrian')",
        "Take one of the names that the message lists; it guesses which one was meant.",
    ),
    "ExpressionError": (
        "dt.region('2*h >')",
        "Look at the place that the message names; the grammar is in "
        "[model files](../model-files.md#expressions-and-conditions). "
        "Nothing in an expression is run as a program, so function calls are refused too.",
    ),
    "GameError": (
        "dt.NormalForm.from_arrays([[1, 2], [3]], [[1, 2], [3, 4]])",
        "Compare the game, profile or question with the form that the message asks for.",
    ),
    "DomainError": (
        "dt.solve('strike-restrain').at(h=4, m=2, c=1, k=1, g=1, d=5, r=1)",
        "Choose a point that the assumptions allow, or widen a parameter's domain. For a denominator, add "
        "the assumption that keeps it from being zero.",
    ),
    "OutOfScope": (
        "dt.load('repeated-chicken').game",
        "Ask for less, in the way that the message proposes. It never means that there is no answer.",
    ),
    "ModelError": (
        'dt.from_text(\'name = "mine"\\nkind = "normal-form"\\ncolour = "red"\\n\', \'mine.toml\')',
        "Every fault of the file is listed, each with its place and what to do; mend them all and try again.",
    ),
}


def classes() -> list[type[Exception]]:
    """The classes in the order of the file, the base first."""
    found = vars(errors).values()
    return [c for c in found if inspect.isclass(c) and issubclass(c, errors.DeterrenceError)]


def said(code: str, expected: type[Exception]) -> str:
    """The message that an example gives; RuntimeError where it gives another error, or none."""
    try:
        eval(code, {"dt": dt})
    except expected as fault:
        if type(fault) is expected:
            return str(fault)
        raise RuntimeError(f"{code} raised {type(fault).__name__}, not {expected.__name__}") from fault
    raise RuntimeError(f"{code} raised nothing")


def _wrapped(message: str) -> str:
    """A message broken where a terminal would."""
    return "\n".join(
        textwrap.fill(line, 74, subsequent_indent="    ", break_on_hyphens=False)
        for line in message.splitlines()
    )


def pages() -> dict[str, str]:
    """File names under `generated/` with their texts."""
    parts = [
        "# Errors",
        "Every error that the library raises on purpose is one of these. All derive from "
        "{py:exc}`deterrence.DeterrenceError`, so that one `except` catches them. A message names the "
        "place, the value, what is allowed there and the remedy; on the command line it is printed alone, "
        "and the exit code is 2.",
    ]
    for c in classes():
        bases = [b.__name__ for b in c.__mro__[1:] if b.__module__ == "builtins"]
        also = [b for b in bases if b not in ("Exception", "BaseException", "object", "LookupError")]
        module = "deterrence" if c.__name__ in dt._HOME else "deterrence.errors"
        body = [f"`````{{py:exception}} {module}.{c.__name__}", "", inspect.getdoc(c) or ""]
        if also:
            body.append(f"\nAlso a `{also[0]}`.")
        if c is not errors.DeterrenceError:
            code, remedy = EXAMPLES[c.__name__]
            body += ["", "```python", code, "```", "", "```text", _wrapped(said(code, c)), "```", "", remedy]
        parts.append("\n".join([*body, "`````"]))
    return {"errors.md": "\n\n".join(parts) + "\n"}
