"""The ledger: every claim of the article, decided by each model that formalises it.

The claims in words are in `models/ledger.toml`; which models' claims formalise them is said in those models.
Verdicts are kept between runs (`cache`), and models that are not kept are decided in several processes.
Of a proved reading that stands for the others, the assumptions that it rests on are found, too.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from deterrence.algebra.region import NOWHERE
from deterrence.algebra.verdicts import Proved, Refuted, Verdict
from deterrence.catalogue.cache import Rests, keep_rests, keep_verdicts, kept_rests, kept_verdicts
from deterrence.catalogue.checking import Result, article_order, check_claim, compared
from deterrence.catalogue.finding import LEDGER, catalogue, models_folder
from deterrence.catalogue.load_bearing import rests_on
from deterrence.catalogue.models import Model, load
from deterrence.errors import UnknownName, expect

_MAX_WORKERS = 4
_FEW = 4
_SECONDS = 40.0  # for what one claim rests on

_Decided = tuple[tuple[Verdict, ...], Mapping[str, Rests]]


@dataclass(frozen=True)
class ArticleClaim:
    """A claim of the article in our words, the exact question that it becomes, and what the answers teach.

    `headline` names the readings, as model/claim, that stand for the others where there is room for few.
    """

    id: str
    text: str
    question: str
    lesson: str
    headline: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A claim of the article with the verdicts on all its readings; empty where no model formalises it.

    `rests` says, by model/claim, what the proved ones among `headlines` rest on.
    """

    claim: ArticleClaim
    results: tuple[Result, ...]
    rests: Mapping[str, Rests] = field(default_factory=dict)

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} {word}" for word, n in self.counts.items()) or "no readings"
        return f"Entry({self.claim.id}: {self.claim.text} {counts})"

    @property
    def headlines(self) -> tuple[Result, ...]:
        """The readings that stand for the others: those named, else the first of each of a few models."""
        named = {full_name(r): r for r in self.results}
        chosen = tuple(named[n] for n in self.claim.headline if n in named)
        if chosen:
            return chosen
        first: dict[str, Result] = {}
        for r in self.results:
            first.setdefault(r.model.name, r)
        return tuple(first.values())[:_FEW]

    @property
    def models(self) -> tuple[str, ...]:
        """The models that formalise it."""
        return tuple(dict.fromkeys(r.model.name for r in self.results))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many readings are proved, true on a region only, refuted, vacuous or undecided."""
        found: dict[str, int] = {}
        for r in self.results:
            word = standing(r.verdict)
            found[word] = found.get(word, 0) + 1
        return found


def full_name(result: Result) -> str:
    """The model and the claim in it, as `headline` names them."""
    return f"{result.model.name}/{result.claim.id}"


def standing(verdict: Verdict) -> str:
    """`proved`, `partly` (true on a region only), `refuted`, `vacuous` or `undecided`."""
    if isinstance(verdict, Refuted) and verdict.holds_where not in (None, NOWHERE):
        return "partly"
    return verdict.word


@lru_cache(maxsize=1)
def article_claims() -> tuple[ArticleClaim, ...]:
    """The claims of the article, in their order."""
    text = (models_folder() / LEDGER).read_text(encoding="utf-8")
    found = [
        ArticleClaim(
            name,
            entry["text"].strip(),
            entry["question"].strip(),
            entry["lesson"].strip(),
            tuple(entry.get("headline", ())),
        )
        for name, entry in tomllib.loads(text).items()
    ]
    return tuple(sorted(found, key=lambda c: article_order(c.id)))


def ledger(
    article: str | None = None,
    progress: Callable[[str], None] | None = None,
    names: Iterable[str] | None = None,
    workers: int | None = None,
) -> tuple[Entry, ...]:
    """Every claim of the article with the verdicts on its readings, in the article's order.

    `article` (such as "A4") keeps one of them; `progress` is told each model's name as it is done; `names`
    are models to look at instead of the catalogue, `workers` how many processes decide (as many as there are
    cores, up to four).  Raises UnknownName for a claim that the article does not have.
    """
    expect("ledger", "" if article is None else article, str)
    known = article_claims()
    if article is not None and article not in {c.id for c in known}:
        raise UnknownName("claim of the article", article, (c.id for c in known))
    wanted = [name for name in names or catalogue() if _formalises(load(name), article)]
    found: dict[str, list[Result]] = {c.id: [] for c in known}
    resting: dict[str, Rests] = {}
    for name, (verdicts, rests) in _decided(wanted, workers):
        if progress is not None:
            progress(name)
        model = load(name)
        resting.update({f"{model.name}/{claim}": found_rests for claim, found_rests in rests.items()})
        for claim, verdict in zip(model.source.claims, verdicts, strict=True):
            if claim.article in found:
                found[claim.article].append(compared(model, claim, verdict))
    for results in found.values():
        results.sort(key=lambda r: (r.model.name, [c.id for c in r.model.source.claims].index(r.claim.id)))
    kept = [c for c in known if article in (None, c.id)]
    return tuple(Entry(c, (its := tuple(found[c.id])), _of(its, resting)) for c in kept)


def _of(results: Sequence[Result], resting: Mapping[str, Rests]) -> Mapping[str, Rests]:
    return {name: resting[name] for name in map(full_name, results) if name in resting}


def ledger_size(article: str | None = None) -> int:
    """How many models the ledger, or one claim of it, asks."""
    return sum(_formalises(load(name), article) for name in catalogue())


def _formalises(model: Model, article: str | None) -> bool:
    return any(c.article and article in (None, c.article) for c in model.source.claims)


def _decided(names: Sequence[str], workers: int | None) -> Iterator[tuple[str, _Decided]]:
    """What is known of all claims of each model, kept ones first, the others as they come."""
    left = []
    for name in names:
        model = load(name)
        kept = kept_verdicts(model)
        rests = None if kept is None else kept_rests(model)
        if kept is None or rests is None or any(c not in rests for c in _asked(model, kept)):
            left.append(name)
        else:
            yield name, (kept, rests)
    count = min(len(left), workers or min(_MAX_WORKERS, os.cpu_count() or 1))
    if count < 2:
        for name in left:
            yield name, decide_and_keep(name)
        return
    with ProcessPoolExecutor(count) as pool:
        waiting = {pool.submit(decide_and_keep, name): name for name in left}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def results_of(model: Model) -> tuple[Result, ...]:
    """A model's claims with their verdicts, as `checking.check`, kept ones where there are any."""
    verdicts = kept_verdicts(model)
    if verdicts is None:
        verdicts = tuple(check_claim(model, c).verdict for c in model.source.claims)
        keep_verdicts(model, verdicts)
    return tuple(compared(model, c, v) for c, v in zip(model.source.claims, verdicts, strict=True))


def decide_and_keep(name: str | Path) -> _Decided:
    """The verdicts on every claim of a model and what its headlines rest on, kept for the next time."""
    model = load(name)
    verdicts = tuple(r.verdict for r in results_of(model))
    rests = dict(kept_rests(model) or {})
    for claim in _asked(model, verdicts):
        if claim not in rests:
            needed, whole = rests_on(model, claim, _SECONDS)
            rests[claim] = Rests(tuple(a.text for a in needed), whole)
    keep_rests(model, rests)
    return verdicts, rests


def _asked(model: Model, verdicts: Sequence[Verdict]) -> list[str]:
    """The claims of a model that stand for others in the ledger and are proved."""
    names = {name for c in article_claims() for name in c.headline}
    return [
        c.id
        for c, v in zip(model.source.claims, verdicts, strict=True)
        if isinstance(v, Proved) and f"{model.name}/{c.id}" in names
    ]
