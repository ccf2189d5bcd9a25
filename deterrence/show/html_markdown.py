"""Displays in Markdown, with mathematics between dollar signs, as GitHub, Jupyter and pandoc read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deterrence.show.html_tree import Element, blocks, read_html

_AROUND = {"b": "**", "th": "**", "i": "*", "code": "`"}


def markdown_of(html: str) -> str:
    """The Markdown of a display: paragraphs, lists and pipe tables.

    >>> print(markdown_of("<p>It holds where $c &gt; h$.</p>"))
    It holds where $c > h$.
    """
    return "\n\n".join(block for block in _blocks(read_html(html)) if block)


def _blocks(parent: Element) -> list[str]:
    return blocks(parent, _block, _inline)


def _block(e: Element) -> list[str]:
    match e.tag:
        case "table":
            return [_table(e)]
        case "ul":
            return ["\n".join(f"- {_inline(item.inside)}" for item in e.elements("li"))]
        case "h4":
            return [f"#### {_inline(e.inside)}"]
        case "hr":
            return ["---"]
        case "pre":
            return ["```text\n" + "".join(x for x in e.inside if isinstance(x, str)).rstrip() + "\n```"]
    return _blocks(e)


def _table(e: Element) -> str:
    head, *body = [[_cell(c) for c in row.elements("td", "th")] for row in e.elements("tr")]
    head = [text.removeprefix("**").removesuffix("**") for text in head]  # Markdown sets it bold itself
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _cell(e: Element) -> str:
    text = _inline(e.inside, "; ").replace("|", "\\|").strip()
    named = e.tag == "th" and text and "*" not in text and "$" not in text
    return f"**{text}**" if named else text


def _inline(inside: Sequence[Element | str], line_break: str = "  \n") -> str:
    parts = []
    for x in inside:
        if isinstance(x, str):
            parts.append(_plain(x))
        elif x.tag == "br":
            parts.append(line_break)
        elif x.tag == "code":
            parts.append("`" + "".join(y for y in x.inside if isinstance(y, str)) + "`")
        else:
            mark = _AROUND.get(x.tag, "")
            text = _inline(x.inside, line_break)
            parts.append(f"{mark}{text}{mark}" if text.strip() else text)
    return "".join(parts)


def _plain(text: str) -> str:
    """Words with Markdown's own signs escaped, mathematics as it is."""
    pieces = text.replace("\u2002", " ").split("$")
    for k in range(0, len(pieces), 2):
        pieces[k] = re.sub(r"([\\`*_<])", r"\\\1", pieces[k])
    return "$".join(pieces)
