"""Docstrings as MyST: paragraphs stay, examples become code, names of the library become links."""

from __future__ import annotations

import inspect
import re
from collections.abc import Collection

CODE = re.compile(r"(`[^`\n]+`)")
SPECIAL = re.compile(r"([*_$\[\]<>{}|])")


def as_myst(text: str, known: Collection[str] = (), own: str = "") -> str:
    """A docstring as MyST; backticked names in `known` become links, but not the object's `own` name.

    >>> print(as_myst('Solves `nash` for x_1.\\n\\n>>> 1 + 1\\n2', ["nash"]))
    Solves {py:obj}`nash <deterrence.nash>` for x\\\\_1.
    <BLANKLINE>
    ```pycon
    >>> 1 + 1
    2
    ```
    """
    made: list[str] = []
    for block in inspect.cleandoc(text).split("\n\n"):
        lines = block.splitlines()
        start = next((i for i, line in enumerate(lines) if line.lstrip().startswith(">>>")), len(lines))
        if start:
            made.append("\n".join(_line(line, known, own) for line in lines[:start]))
        if start < len(lines):
            made.append("```pycon\n" + inspect.cleandoc("\n".join(lines[start:])) + "\n```")
    joined = "\n\n".join(made)
    return joined.replace("\n```\n\n```pycon\n", "\n\n") if "```pycon" in joined else joined


def _line(line: str, known: Collection[str], own: str) -> str:
    parts = CODE.split(line.strip())
    return "".join(_code(p, known, own) if p.startswith("`") else SPECIAL.sub(r"\\\1", p) for p in parts)


def _code(piece: str, known: Collection[str], own: str) -> str:
    name = piece.strip("`")
    plain = name.removesuffix("()").removeprefix("dt.").removeprefix("deterrence.")
    return f"{{py:obj}}`{name} <deterrence.{plain}>`" if plain in known and plain != own else piece
