"""The library's own HTML read back as a tree of elements, for other forms of the same display.

Not a reader of HTML at large: only of what `html` makes, which is balanced and uses few elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = ("br", "hr")
_PICTURES = ("svg", "style")
_BLOCKS = ("p", "div", "table", "ul", "h4", "hr", "pre", "details", "summary")


@dataclass
class Element:
    """An element with what is in it, text as plain strings."""

    tag: str
    inside: list[Element | str] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator[Element]:
        """The elements in it, however deep, that have one of the tags; none inside of another."""
        for x in self.inside:
            if isinstance(x, Element):
                if x.tag in tags:
                    yield x
                else:
                    yield from x.elements(*tags)


def read_html(text: str) -> Element:
    """The tree of a display, pictures left out.

    >>> [e.tag for e in read_html("<p>where <b>c</b></p><table><tr><td>1</td></tr></table>").inside]
    ['p', 'table']
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.open[0]


def blocks(
    parent: Element,
    block: Callable[[Element], list[str]],
    inline: Callable[[list[Element | str]], str],
) -> list[str]:
    """What is in an element as texts: blocks as `block` writes them, runs of others as `inline` does."""
    found: list[str] = []
    loose: list[Element | str] = []
    for x in [*parent.inside, None]:
        if isinstance(x, str) or (x is not None and x.tag not in _BLOCKS):
            loose.append(x)
            continue
        if loose:
            found.append(inline(loose).strip())
            loose = []
        if x is not None:
            found += block(x)
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("body")]
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _PICTURES:
            self.skipped += 1
        if self.skipped:
            return
        made = Element(tag)
        self.open[-1].inside.append(made)
        if tag not in _EMPTY:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag in _PICTURES:
            self.skipped -= 1
        elif not self.skipped and tag not in _EMPTY:
            self.open.pop()

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if not self.skipped:
            self.open[-1].inside.append(Element(tag))

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.open[-1].inside.append(data)
