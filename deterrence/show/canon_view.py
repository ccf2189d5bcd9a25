"""The canon for terminals, Jupyter and JSON: each published result, what is asked, where it is true.

A condition is shown as the model file expects it, as soon as it is proved to be the one that was found; where
it is not, what was found is shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from deterrence.algebra import syntax as s
from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.printing import region_text
from deterrence.algebra.region import NOWHERE
from deterrence.algebra.verdicts import Proved, Refuted
from deterrence.catalogue.canon import CanonRow
from deterrence.catalogue.checking import Result
from deterrence.catalogue.source import ClaimSource
from deterrence.errors import DeterrenceError
from deterrence.show.html_parts import table_html
from deterrence.show.jsonable import results_json
from deterrence.show.latex import condition_latex, expression_latex, name_latex
from deterrence.show.paragraphs import heading, indented

_EFFECTS = {"falls": "falls", "rises": "rises", "none": "stays as it is"}
_CLAIM = "margin-bottom:.4em;max-width:34em"
_SPOKEN = {
    "nash": "a Nash equilibrium",
    "subgame-perfect": "subgame perfect",
    "public-perfect": "a perfect public equilibrium",
    "markov-perfect": "Markov perfect",
    "uninvaded": "invaded by no listed strategy",
    "renegotiation-proof": "proof against renegotiation",
}


def asked(claim: ClaimSource) -> tuple[str, str, str]:
    """What a claim asks: words, the condition or predicate that they are about, and words behind it.

    >>> from deterrence.catalogue.models import load
    >>> found = {c.id: c for c in load("inspection").source.claims}
    >>> asked(found["attacks-stop"])
    ('in some equilibrium:', 'P(militia = attack) == 0', '')
    >>> asked(found["severity-spares-strikes"])
    ('as s rises,', 'P(us = strike)', 'falls')
    """
    how = f" ({claim.concept})" if claim.concept else ""
    how += f" that passes {claim.among.upper()}" if claim.among else ""
    if claim.every_text is not None:
        return f"in every equilibrium{how}:", claim.every_text, ""
    if claim.some_text is not None:
        return f"in some equilibrium{how}:", claim.some_text, ""
    if claim.is_ is not None:
        return f"{claim.profile} is {_SPOKEN.get(claim.is_, claim.is_)}", "", ""
    if claim.effect is not None:
        return f"as {claim.effect.of} rises,", claim.effect.on_text, _EFFECTS[claim.effect.change]
    before = f"under {claim.profile}:" if claim.profile else f"from {claim.start}:" if claim.start else ""
    return before, claim.holds_text or "", ""


def where(result: Result) -> tuple[str, str]:
    """Where a claim is true: words, and a condition, which is empty if it is everywhere or nowhere."""
    verdict = result.verdict
    if isinstance(verdict, Proved):
        return "everywhere", ""
    if not isinstance(verdict, Refuted):
        return verdict.word, ""
    if verdict.holds_where == NOWHERE:
        return "nowhere", ""
    if verdict.holds_where is None:
        return "somewhere: not found in closed form", ""
    said = result.claim.expect_text
    return "exactly where", said if result.as_expected and said else region_text(verdict.holds_where)


def canon_page(rows: Sequence[CanonRow]) -> RenderableType:
    """What `canon` prints: by part, each result with its source, its claims and their verdicts."""
    parts: list[RenderableType] = []
    for title, group in groupby(rows, lambda r: r.published.part):
        parts.append(heading(title))
        for row in group:
            parts += _lines(row)
    return Group(*parts, Text(""), Text(tally_sentence(rows)))


def _lines(row: CanonRow) -> Iterator[RenderableType]:
    mark = Text("ok  ", style="green") if row.as_expected else Text("NOT AS EXPECTED  ", style="bold red")
    yield Text.assemble(mark, (row.who, "bold"), f": {row.published.text}")
    yield indented(Text(row.tag, style="dim"), 4)
    for r in row.results:
        name = Text(f"{r.model.name}/{r.claim.id}: ", style="cyan")
        yield indented(Text.assemble(name, _spoken(r)), 4)
        if not r.as_expected:
            yield indented(Text(f"expected {r.claim.expect_text}; {r.remark}", style="bold red"), 6)


def _spoken(r: Result) -> str:
    words, condition, after = asked(r.claim)
    place, region = where(r)
    given = f"given {r.claim.given_text}, " if r.claim.given_text else ""
    question = " ".join(part for part in (words, condition, after) if part)
    short = "; ".join(f"{n} = {text}" for n, text in abbreviations(r))
    return f"{given}{question}; {place} {region}".rstrip() + (f" ({short})" if short else "")


def abbreviations(r: Result) -> list[tuple[str, str]]:
    """The definitions of the model that a claim uses, and those that these use, with their texts."""
    known = dict(r.model.source.definition_texts)
    told = " ".join([r.claim.given_text or "", asked(r.claim)[1], where(r)[1]])
    found: dict[str, str] = {}
    while new := {n: t for n, t in known.items() if n not in found and re.search(rf"\b{n}\b", told)}:
        found |= new
        told = " ".join(new.values())
    return list(found.items())


def tally_sentence(rows: Sequence[CanonRow]) -> str:
    """How many results there are, from how many works, and how many come out as expected."""
    works = {r.published.source for r in rows if r.published.source}
    models = {m for r in rows for m in r.published.models}
    claims = [c for r in rows for c in r.published.claims]
    good = sum(r.as_expected for r in rows)
    return (
        f"{_count(rows, 'result')} from {_count(works, 'work')}, {_count(claims, 'claim')} in "
        f"{_count(models, 'model')}; {good} of {len(rows)} as expected."
    )


def _count(things: Collection[Any], name: str) -> str:
    return f"{len(things)} {name}" if len(things) == 1 else f"{len(things)} {name}s"


def canon_html(rows: Sequence[CanonRow]) -> str:
    """The rows as tables, one a part."""
    head = ["source", "result", "verdict", "exact condition"]
    found = []
    for title, group in groupby(rows, lambda r: r.published.part):
        body = [
            [
                _wide(f"{escape(row.who)}<br><small><i>{escape(row.tag)}</i></small>", 8),
                _wide(f"{escape(row.published.text)}<br><small>{_models(row)}</small>", 15),
                "as expected" if row.as_expected else "<b>NOT as expected</b>",
                "".join(
                    f"<div style='margin-bottom:.4em;max-width:34em'>{_typeset(r)}</div>" for r in row.results
                ),
            ]
            for row in group
        ]
        found.append(f"<h4>{escape(title)}</h4>{table_html(head, body)}")
    return f"{''.join(found)}<p>{escape(tally_sentence(rows))}</p>"


def _wide(html: str, width: int) -> str:
    """A cell that long formulas beside it cannot squeeze."""
    return f"<div style='min-width:{width}em'>{html}</div>"


def _models(row: CanonRow) -> str:
    return escape(", ".join(row.published.models))


def _typeset(r: Result) -> str:
    words, condition, after = asked(r.claim)
    place, region = where(r)
    given = f"given {formula(r.claim.given_text)}," if r.claim.given_text else ""
    question = [given, escape(words), formula(condition), escape(after)]
    short = "; ".join(f"{formula(n)} = {formula(t)}" for n, t in abbreviations(r))
    said = f"{' '.join(q for q in question if q)}: <b>{place}</b> {formula(region)}"
    return said.strip() + (f" <small>(with {short})</small>" if short else "")


def formula(text: str) -> str:
    """An expression or a condition typeset, or as code where it speaks of play."""
    if not text:
        return ""
    try:
        return f"${expression_latex(parse_expression(text))}$"
    except DeterrenceError:
        pass
    try:
        return _broken(parse_condition(text))
    except DeterrenceError:
        return f"<code>{escape(text)}</code>"


def _broken(tree: s.Condition, nested: bool = False) -> str:
    """A condition typeset part by part, so that long ones break between lines."""
    if isinstance(tree, s.Quantified):
        sign = r"\exists" if tree.quantifier == "exists" else r"\forall"
        return rf"${sign}\, {', '.join(map(name_latex, tree.names))}:$ {_broken(tree.body, True)}"
    if not isinstance(tree, s.And | s.Or):
        return f"${condition_latex(tree, nested)}$"
    joined = (" and " if isinstance(tree, s.And) else " or ").join(_broken(p, True) for p in tree.parts)
    return f"({joined})" if nested else joined


def canon_json(rows: Sequence[CanonRow]) -> list[dict[str, Any]]:
    """The rows as plain data."""
    return [
        {
            "part": row.published.part,
            "source": row.published.source or None,
            "who": row.who,
            "result": row.published.text,
            "tag": row.tag,
            "as_expected": row.as_expected,
            "claims": results_json(row.results),
        }
        for row in rows
    ]
