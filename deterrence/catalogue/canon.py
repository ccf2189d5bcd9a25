"""The canon: published results, each decided by the models that reproduce it.

Which results there are, in words, is in `models/canon.toml`; what stands for each are claims of the models,
whose expectations say what the publication leads one to expect.  A row says how close the model is to its
source, in the words of that model (`in the spirit of`, `textbook standard`, …), and claims no more than that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from deterrence.catalogue.bibliography import work
from deterrence.catalogue.cache import kept_verdicts
from deterrence.catalogue.checking import Result, check_claim, compared
from deterrence.catalogue.finding import CANON, models_folder
from deterrence.catalogue.models import Model, load
from deterrence.errors import UnknownName, expect

COMMON = "textbook result, no single source"


@dataclass(frozen=True)
class PublishedResult:
    """A published result in our words: the part of the canon, its source, and the claims that stand for it.

    `source` is a key of the bibliography, empty for what is common knowledge; `claims` are named model/claim.
    """

    part: str
    source: str
    text: str
    claims: tuple[str, ...]

    @property
    def models(self) -> tuple[str, ...]:
        """The models that reproduce it."""
        return tuple(dict.fromkeys(name.split("/")[0] for name in self.claims))


@dataclass(frozen=True)
class CanonRow:
    """A published result with the verdicts on the claims that stand for it."""

    published: PublishedResult
    results: tuple[Result, ...]

    def __repr__(self) -> str:
        mark = "as expected" if self.as_expected else "NOT as expected"
        return f"CanonRow({self.who}: {self.published.text} {mark})"

    @property
    def who(self) -> str:
        """Author and year, or `textbook`."""
        return who(self.published)

    @property
    def tag(self) -> str:
        """How close the models are to the source, in their own words."""
        return "; ".join(tags(self.published)) or COMMON

    @property
    def as_expected(self) -> bool:
        """Whether every claim has the verdict that the publication leads one to expect."""
        return all(r.as_expected for r in self.results)


@lru_cache(maxsize=1)
def published_results() -> tuple[PublishedResult, ...]:
    """The results of the canon in their order, undecided.

    >>> published_results()[0].source
    'RapoportGuyer1966'
    """
    parts = tomllib.loads((models_folder() / CANON).read_text(encoding="utf-8"))["parts"]
    return tuple(
        PublishedResult(part["title"], row.get("source", ""), row["result"], tuple(row["claims"]))
        for part in parts
        for row in part["rows"]
    )


def tags(published: PublishedResult) -> tuple[str, ...]:
    """What the models of a result say about their relation to its source, each once."""
    said = [
        reference.status
        for name in published.models
        for reference in load(name).source.sources
        if reference.key == published.source
    ]
    return tuple(dict.fromkeys(said))


def canon(
    about: str | None = None, progress: Callable[[str], None] | None = None, anew: bool = False
) -> tuple[CanonRow, ...]:
    """Every published result of the canon with its verdicts, in the order of `models/canon.toml`.

    `about` keeps those that mention a word: an author, a year, a model, or a word of the result.  Verdicts
    that are kept from an earlier run are read, unless `anew` asks for each to be decided now; to decide all
    of them takes about half a minute.  `progress` is told each model's name as it is done.  In Jupyter the
    rows are shown as a table.  Raises UnknownName where no result mentions the word.

    >>> [row] = canon("entry-deterrence")
    >>> row.published.models, row.tag, row.as_expected
    (('entry-deterrence',), 'in symbols, one round only', True)
    """
    expect("canon", "" if about is None else about, str)
    wanted = mentioning(about)
    found: dict[str, Result] = {}
    for name in _models(wanted):
        asked = {claim for row in wanted for claim in row.claims if claim.split("/")[0] == name}
        found |= _decided(load(name), asked, anew)
        if progress is not None:
            progress(name)
    return tuple(CanonRow(row, tuple(found[claim] for claim in row.claims)) for row in wanted)


def canon_size(about: str | None = None) -> int:
    """How many models `canon` asks; errors as there."""
    return len(_models(mentioning(about)))


def mentioning(about: str | None) -> tuple[PublishedResult, ...]:
    """The results that mention a word, all for None; errors as for `canon`."""
    rows = published_results()
    if about is None:
        return rows
    word = about.casefold()
    found = tuple(r for r in rows if word in f"{who(r)} {r.part} {r.text} {' '.join(r.claims)}".casefold())
    if not found:
        raise UnknownName("published result about", about, dict.fromkeys(map(who, rows)))
    return found


def who(published: PublishedResult) -> str:
    """Author and year of a result, or `textbook`."""
    return work(published.source).short if published.source else "textbook"


def _models(rows: Iterable[PublishedResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(model for row in rows for model in row.models))


def _decided(model: Model, asked: set[str], anew: bool) -> Mapping[str, Result]:
    """The verdicts on some claims of a model, by model/claim."""
    kept = None if anew else kept_verdicts(model)
    found = {}
    for number, claim in enumerate(model.source.claims):
        name = f"{model.name}/{claim.id}"
        if name in asked:
            found[name] = check_claim(model, claim) if kept is None else compared(model, claim, kept[number])
    return found
