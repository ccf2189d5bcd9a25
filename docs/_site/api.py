"""The reference of the Python names, from their docstrings: a page a topic, an entry for every public name.

Docstrings are plain text with doctests, which the tests run; so they are turned into MyST here rather than
read by autodoc.  A name that `deterrence` publishes appears by itself, on the page of its module's topic or
else of its layer.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import deterrence as dt
from _site.docstrings import as_myst

TOPICS = {
    "files": ("Models, claims and the ledger", "Load model files, solve them, decide their claims."),
    "games": ("Games", "Tables and trees, built from arrays or text; read from and written for Gambit."),
    "games-over-time": (
        "Games over time",
        "Repeated and stochastic games, strategies as automata, what others see.",
    ),
    "equilibria": ("Equilibria", "Solution concepts: each a function from a game to an atlas."),
    "equilibria-over-time": (
        "Answers about games over time",
        "Critical patience, payoff sets, invasion, renegotiation, first passage.",
    ),
    "other-concepts": ("Other concepts", "Correlated, quantal and evolutionary answers beside equilibrium."),
    "questions": ("Questions to an atlas", "Claims as verdicts, outcomes, comparisons, the 2x2 taxonomy."),
    "regions": ("Parameters, regions and verdicts", "The exact algebra that all answers are written in."),
    "showing": ("Pictures and papers", "Draw answers; take them to LaTeX and Markdown."),
    "testing": ("Property tests", "`deterrence.testing`: points, games and claims for tests of your own."),
}
BY_LAYER = {
    "algebra": "regions",
    "games": "games",
    "solve": "equilibria",
    "study": "questions",
    "show": "showing",
}
BY_MODULE = {
    "gambit_read": "games",
    "gambit_tables": "games",
    "gambit_write": "games",
    **dict.fromkeys(("readings", "load_bearing"), "questions"),
    **dict.fromkeys(
        (
            *("automata", "monitoring", "path_plans", "repeated", "repeating", "stochastic", "strategies"),
            "unrolled",
        ),
        "games-over-time",
    ),
    **dict.fromkeys(
        (
            *("critical", "feasible", "finite_horizon", "first_passage", "folk_theorem", "invasion"),
            *("individual_rationality", "markov", "markov_perfect", "payoff_set", "profiles"),
            *("renegotiation", "repeated_risk", "reversion", "scores"),
        ),
        "equilibria-over-time",
    ),
    **dict.fromkeys(
        ("correlated", "correlated_values", "quantal", "quantal_effect", "evolution", "replicator"),
        "other-concepts",
    ),
}


def topic_of(name: str) -> str:
    """The page of a public name."""
    _, layer, module = dt._HOME[name].split(".") if dt._HOME[name].count(".") == 2 else ("", "", "")
    return BY_MODULE.get(module) or BY_LAYER.get(layer) or "files"


def pages() -> dict[str, str]:
    """File names under `generated/` with their texts."""
    names: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for name in sorted(dt._HOME, key=str.lower):
        if not name.endswith("Error"):
            names[topic_of(name)].append(name)
    testing = importlib.import_module("deterrence.testing")
    own = [n for n, v in vars(testing).items() if _is_own(n, v, testing.__name__)]
    SEEN.clear()
    made = {f"api/{t}.md": _page(t, [(n, getattr(dt, n), "deterrence") for n in found])
            for t, found in names.items() if t != "testing"}  # fmt: skip
    made["api/testing.md"] = _page("testing", [(n, getattr(testing, n), testing.__name__) for n in own])
    made["api/index.md"] = _index(names | {"testing": own})
    return made


def _is_own(name: str, value: object, module: str) -> bool:
    return inspect.isfunction(value) and value.__module__ == module and not name.startswith("_")


def _index(names: dict[str, list[str]]) -> str:
    about_all = "Everything below is in `import deterrence as dt`; names load when they are first used."
    lines = ["# Python names", "", about_all, ""]
    for topic, found in names.items():
        title, about = TOPICS[topic]
        module = "deterrence.testing" if topic == "testing" else "deterrence"
        links = ", ".join(f"{{py:obj}}`{n} <{module}.{n}>`" for n in found)
        lines += [f"[{title}]({topic}.md)", f": {about} {links}", ""]
    return "\n".join([*lines, "```{toctree}", ":hidden:", "", *names, "```", ""])


def _page(topic: str, entries: list[tuple[str, Any, str]]) -> str:
    title, about = TOPICS[topic]
    parts = [f"# {title}", about]
    for name, value, module in entries:
        parts.append("\n".join(_entry(name, value, module)))
    back = _what_comes_back([value for _, value, _ in entries])
    if back:
        parts.append("## What comes back")
        parts += ["\n".join(_entry(c.__name__, c, c.__module__)) for c in back]
    return "\n\n".join(parts) + "\n"


def _what_comes_back(values: list[Any]) -> list[type]:
    """Classes in the answers of functions and the fields of published classes that are not public names."""
    found: dict[str, type] = {}
    for value in values:
        given = vars(inspect.getmodule(value))
        if inspect.isclass(value):
            texts = (
                [str(f.type) for f in dataclasses.fields(value)] if dataclasses.is_dataclass(value) else []
            )
        else:
            texts = [str(inspect.signature(value).return_annotation)]
        for word in re.findall(r"[A-Z]\w+", " ".join(texts)):
            c = given.get(word)
            if isinstance(c, type) and c.__module__.startswith("deterrence.") and word not in dt._HOME:
                found[word] = c
    shown = [c for c in found.values() if c.__qualname__ not in SEEN]
    SEEN.update(c.__qualname__ for c in shown)
    return sorted(shown, key=lambda c: c.__name__)


SEEN: set[str] = set()  # classes that stand on an earlier page


def _entry(name: str, value: Any, module: str) -> Iterator[str]:
    is_class = inspect.isclass(value)
    yield f"`````{{py:{'class' if is_class else 'function'}}} {module}.{name}{_short(value)}"
    yield ""
    if not is_class:
        yield f"```python\n{_long(name, value)}\n```\n"
    yield as_myst(inspect.getdoc(value) or "", dt._HOME, name)
    if is_class:
        yield from _fields(value)
        for method, found in _methods(value):
            kind = "property" if isinstance(found, property) else "method"
            plain = found.fget if isinstance(found, property) else getattr(value, method)
            yield f"\n````{{py:{kind}}} {method}{'' if kind == 'property' else _short(plain)}\n"
            if kind == "method":
                yield f"```python\n{_long(method, plain)}\n```\n"
            yield as_myst(inspect.getdoc(plain) or "", dt._HOME, name)
            yield "````"
    yield "`````"


def _fields(value: type) -> Iterator[str]:
    if not dataclasses.is_dataclass(value):
        return
    shown = [f for f in dataclasses.fields(value) if not f.name.startswith("_")]
    if shown:
        yield "\nFields: " + ", ".join(f"`{f.name}: {f.type}`" for f in shown) + "."


def _methods(value: type) -> Iterator[tuple[str, Any]]:
    for name, found in vars(value).items():
        described = isinstance(found, property | classmethod | staticmethod) or inspect.isfunction(found)
        if described and not name.startswith("_") and inspect.getdoc(found):
            yield name, found


def _short(value: Any) -> str:
    """The names of the arguments alone: types stand in the line below, where they need no links."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    plain = [p.replace(annotation=p.empty) for p in signature.parameters.values()]
    kept = [p if p.default is p.empty else p.replace(default=_Shown(p.default)) for p in plain]
    return str(inspect.Signature([p for p in kept if p.name not in ("self", "cls")]))


class _Shown:
    """A default as it is shown in a signature."""

    def __init__(self, value: object) -> None:
        text = repr(value)
        self.text = text if len(text) < 25 and "<" not in text else "..."

    def __repr__(self) -> str:
        return self.text


def _long(name: str, value: Any) -> str:
    """The whole signature, an argument a line where it is long."""
    signature = inspect.signature(value)
    given = [p for p in signature.parameters.values() if p.name not in ("self", "cls")]
    shown = [p if p.default is p.empty else p.replace(default=_Shown(p.default)) for p in given]
    text = name + str(signature.replace(parameters=shown)).replace("'", "")
    if len(text) <= 88:
        return text
    result = "" if signature.return_annotation is signature.empty else f" -> {signature.return_annotation}"
    lines: list[str] = []
    for p in shown:
        if p.kind is p.KEYWORD_ONLY and "*" not in lines and not any(x.startswith("*") for x in lines):
            lines.append("*")
        lines.append(str(p).replace("'", ""))
    return f"{name}(\n" + "".join(f"    {line},\n" for line in lines) + f"){result}".replace("'", "")
