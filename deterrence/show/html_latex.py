"""Displays in LaTeX for the body of a document, with amsmath, array, booktabs and longtable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil

from deterrence.show.html_tree import Element, blocks, read_html
from deterrence.show.tree_tikz import plain_latex

_AROUND = {"b": r"\textbf", "i": r"\emph", "code": r"\texttt", "small": r"\textsmaller"}
_SIGNS = {"\u2002": r"\enspace ", "≤": r"$\le$", "≥": r"$\ge$", "−": "$-$", "…": r"\dots{}", "∞": r"$\infty$"}
_DRAWN = str.maketrans("─│├└┌┐┘┤┬┴┼→▶▷", "-|||+++++++>>>")  # pdflatex knows none of them
_LINE = 88  # characters to a line of the page, roughly
_NARROW = (26, 18, 12)  # characters up to which a column is as wide as what is in it, where that leaves room
_LEAST, _MOST = 14, 200  # characters of a column that is given a share of the line, in the reckoning
_LENGTH = 0.6  # of a formula with a fraction: over and under the stroke
_SHARE = 0.13  # of the line, at least
_TALL = 30  # lines


def latex_of(html: str) -> str:
    r"""The LaTeX of a display: paragraphs, lists and tables.

    >>> print(latex_of("<p>It holds where $c &gt; h$, at 50%.</p>"))
    It holds where $c > h$, at 50\%.
    """
    return "\n\n".join(block for block in _blocks(read_html(html)) if block)


def _blocks(parent: Element) -> list[str]:
    return blocks(parent, _block, lambda run: _inline(run, r"\\"))


def _block(e: Element) -> list[str]:
    match e.tag:
        case "table":
            return [_table(e)]
        case "ul":
            items = [rf"\item {_inline(item.inside, ' ')}" for item in e.elements("li")]
            return ["\n".join([r"\begin{itemize}", *items, r"\end{itemize}"])]
        case "h4":
            return [rf"\subsubsection*{{{_inline(e.inside, ' ')}}}"]
        case "hr":
            return [r"\medskip\hrule\medskip"]
        case "pre":
            text = "".join(x for x in e.inside if isinstance(x, str)).rstrip()
            return ["\\begin{verbatim}\n" + text.translate(_DRAWN) + "\n\\end{verbatim}"]
    return _blocks(e)


def _table(e: Element) -> str:
    """A table that can break between pages where it is long."""
    rows = [list(row.elements("td", "th")) for row in e.elements("tr")]
    shares = _shares(rows)
    kinds = ["l" if share is None else rf"p{{{share:.2f}\textwidth}}" for share in shares]
    head, *body = [" & ".join(_cell(c, kind) for c, kind in zip(row, kinds, strict=True)) for row in rows]
    spec = "".join(k if k == "l" else rf">{{\raggedright\arraybackslash}}{k}" for k in kinds)
    name = "longtable" if sum(_height(row, shares) for row in rows) > _TALL else "tabular"
    place = "[l]" if name == "longtable" else ""
    lines = [rf"\begin{{{name}}}{place}{{@{{}}{spec}@{{}}}}", r"\toprule", rf"{head} \\", r"\midrule"]
    lines += [r"\endhead"] if name == "longtable" else []
    gap = r" \addlinespace" if any(_height(row, shares) > 1 for row in rows[1:]) else ""
    lines += [rf"{row} \\{gap}" for row in body]
    return "\n".join([*lines, r"\bottomrule", rf"\end{{{name}}}" + ("" if place else r"\par\medskip")])


def _shares(rows: Sequence[Sequence[Element]]) -> list[float | None]:
    """For each column None where it is as wide as what is in it, else its share of the width of the text."""
    widths = [max(_width(row[k]) for row in rows) for k in range(len(rows[0]))]
    for limit in _NARROW:
        wide = {k: min(w, _MOST) for k, w in enumerate(widths) if w > limit}
        narrow = sum(w + 2 for w in widths if w <= limit)
        if narrow + _LEAST * len(wide) <= _LINE:
            break
    left = max(0.3, 0.98 - 0.025 * len(wide) - narrow / _LINE)
    total = sum(wide.values())
    least = {k: max(_SHARE, max(_solid(row[k]) for row in rows) / _LINE) for k in wide}
    shares = {k: max(least[k], left * w / total) for k, w in wide.items()}
    over = sum(shares.values()) / left  # where more was given to one, the others have less
    return [shares[k] / max(over, 1) if k in wide else None for k in range(len(widths))]


def _solid(e: Element) -> float:
    """How many characters wide the widest fraction of a cell is, roughly, in which no line can break."""
    pieces = _inline(e.inside, " ").split("$")[1::2]
    return max((_LENGTH * len(_bare(p)) for p in pieces if r"\frac" in p), default=0.0)


def _height(row: Sequence[Element], shares: Sequence[float | None]) -> int:
    """How many lines a row takes, roughly."""
    lines = [1]
    for cell, share in zip(row, shares, strict=True):
        texts = _shown(cell).split("\n")
        lines.append(len(texts) if share is None else sum(ceil(len(t) / (share * _LINE)) for t in texts))
    return max(lines)


def _width(e: Element) -> int:
    """How many characters wide a cell is, roughly: the longest of its lines, commands left out."""
    return max(map(len, _shown(e).split("\n")))


def _shown(e: Element) -> str:
    return _bare(_inline(e.inside, "\n"))


def _bare(text: str) -> str:
    return re.sub(r"\\(?:[a-zA-Z]+|.)|[{}$]", "", text)


def _cell(e: Element, kind: str) -> str:
    if kind != "l":
        text = _inline(e.inside, r"\newline ").strip()
        return rf"\textbf{{{text}}}" if e.tag == "th" and text and "$" not in text else text
    text = _inline(e.inside, r"\\ ").strip()
    text = rf"\begin{{tabular}}[t]{{@{{}}l@{{}}}}{text}\end{{tabular}}" if r"\\ " in text else text
    return rf"\textbf{{{text}}}" if e.tag == "th" and text and "$" not in text else text


def _inline(inside: Sequence[Element | str], line_break: str) -> str:
    parts = []
    for x in inside:
        if isinstance(x, str):
            parts.append(_plain(x))
        elif x.tag == "br":
            parts.append(line_break)
        else:
            text = _inline(x.inside, line_break)
            command = _AROUND.get(x.tag)
            parts.append(_around(command, text, line_break) if command and text.strip() else text)
    return "".join(parts)


def _around(command: str, text: str, line_break: str) -> str:
    """A command around text, line by line; small print is a switch of size."""
    lines = text.split(line_break) if line_break.startswith("\\") else [text]
    shown = [rf"{{\small {x}}}" if command == r"\textsmaller" else rf"{command}{{{x}}}" for x in lines]
    return line_break.join(shown)


def _plain(text: str) -> str:
    """Words with LaTeX's own signs escaped, mathematics as it is."""
    pieces = text.split("$")
    for k in range(0, len(pieces), 2):
        pieces[k] = plain_latex(pieces[k])
        for sign, command in _SIGNS.items():
            pieces[k] = pieces[k].replace(sign, command)
    return "$".join(pieces)
