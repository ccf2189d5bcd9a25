"""The bibliography, as far as a reader needs it beside a result: who, when, and the title.

Read from `models/references.bib`, in which an entry is `@type{Key, field = {text}, ...}`; a key ends in the
year under which a work is cited, and perhaps a letter.  Accents of BibTeX become letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from deterrence.catalogue.finding import models_folder
from deterrence.errors import UnknownName

_ENTRY: Final = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,(.*?)(?=^@|\Z)", re.MULTILINE | re.DOTALL)
_FIELD: Final = re.compile(r"\b(\w+)\s*=\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_ACCENTS: Final = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "v": "\u030c"}
_LETTERS: Final = {r"{\o}": "ø", r"{\ss}": "ß", r"\&": "&", "``": "“", "''": "”"}
_MANY: Final = 3


@dataclass(frozen=True)
class Work:
    """A work of the bibliography: its key, the family names of its authors, the year, the title."""

    key: str
    authors: tuple[str, ...]
    year: str
    title: str

    @property
    def short(self) -> str:
        """Who and when, as in a text: `Fearon 1995`, `Zagare & Kilgour 2000`.

        >>> work("AbreuPearceStacchetti1986").short
        'Abreu, Pearce & Stacchetti 1986'
        """
        if len(self.authors) > _MANY:
            return f"{self.authors[0]} et al. {self.year}"
        *before, last = self.authors or (self.title,)
        return f"{', '.join(before)} & {last} {self.year}" if before else f"{last} {self.year}"


def work(key: str) -> Work:
    """The work with that key; UnknownName where there is none.

    >>> work("BaligaSjostrom2004").authors
    ('Baliga', 'Sjöström')
    """
    known = bibliography()
    if key not in known:
        raise UnknownName("key of the bibliography", key, known)
    return known[key]


@lru_cache(maxsize=1)
def bibliography() -> Mapping[str, Work]:
    """Every work of the bibliography, by key."""
    text = (models_folder() / "references.bib").read_text(encoding="utf-8")
    return {key: _work(key, dict(_FIELD.findall(body))) for key, body in _ENTRY.findall(text)}


def _work(key: str, fields: Mapping[str, str]) -> Work:
    people = re.split(r"\s+and\s+", fields["author"]) if "author" in fields else []
    found = re.search(r"(\d{4})[a-z]?$", key)
    year = found[1] if found else fields.get("year", "")
    return Work(key, tuple(_family_name(p) for p in people), year, _plain(fields.get("title", key)))


def _family_name(author: str) -> str:
    """`Last, First` and `{A Group}` as they are sorted."""
    return _plain(author.split(",")[0]).strip()


def _plain(text: str) -> str:
    """BibTeX's text as letters: accents composed, braces gone."""
    for written, letter in _LETTERS.items():
        text = text.replace(written, letter)
    text = re.sub(r"\\(['\"`^v])\s*\{?([A-Za-z])\}?", lambda m: m[2] + _ACCENTS[m[1]], text)
    return unicodedata.normalize("NFC", " ".join(text.replace("{", "").replace("}", "").split()))
