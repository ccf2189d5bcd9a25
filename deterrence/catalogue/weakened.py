"""A model under fewer assumptions: its conditions one by one, and the model built anew without some of them.

Each comparison of a parameter's domain, of a joint assumption and of a claim's premise counts on its own; a
chain such as `0 < m < 1` is two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import prover
from deterrence.algebra.grammar import names_in
from deterrence.algebra.naming import named_text
from deterrence.algebra.reading import Cases, Reading, read_cases, read_region
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Atom, Region, all_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model, build
from deterrence.catalogue.source import ClaimSource, ModelSource
from deterrence.study.assumptions import Assumption

Part = tuple[Assumption, s.Condition]


def parts_of(model: Model, asked: ClaimSource) -> Iterator[Part]:
    """The assumptions of a model and the premise of a claim, each comparison on its own, with its tree.

    Regions are read without assuming anything, so that each says all that its text says.
    """
    source = model.source
    table: dict[str, Cases] = {}
    for name, defined in source.definitions:
        table[name] = read_cases(defined, Reading(lenient=True, definitions=table))
    reading = Reading(lenient=True, definitions=table)
    words = {name: cases[0][1] for name, cases in table.items() if len(cases) == 1}
    listed = [("domain", p.name, p.domain) for p in source.parameters if p.domain is not None]
    listed += [("joint", "", tree) for tree in source.assumptions]
    listed += [("premise", "", asked.given)] if asked.given is not None else []
    for kind, about, whole in listed:
        for tree in _conjuncts(whole):
            region = read_region(tree, reading)
            yield Assumption(kind, region, _text(region, kind, model, words), about), tree


def _text(region: Region, kind: str, model: Model, words: Mapping[str, Value]) -> str:
    """A condition in the model's words; what it says of denominators is left out where that is known."""
    known = model.domain.given if kind == "premise" else all_of(p.domain for p in model.domain.parameters)
    short = region if isinstance(region, Atom) else tidy(region, known)
    return named_text(region if short in (EVERYWHERE, NOWHERE) else short, words, prover(known))


def _conjuncts(tree: s.Condition) -> list[s.Condition]:
    """The conditions that a tree joins by and; a chain `0 < m < 1` is two."""
    match tree:
        case s.Truth(True):
            return []
        case s.And(parts):
            return [one for part in parts for one in _conjuncts(part)]
        case s.Comparison(terms, relations, position) if len(relations) > 1:
            pairs = zip(terms, relations, terms[1:], strict=False)
            return [s.Comparison((a, b), (relation,), position) for a, relation, b in pairs]
    return [tree]


def conjunction(trees: Sequence[s.Condition]) -> s.Condition | None:
    """The trees joined by and; None for no trees."""
    if not trees:
        return None
    return trees[0] if len(trees) == 1 else s.And(tuple(trees))


def weakened(model: Model, asked: ClaimSource, kept: Sequence[Part]) -> Model:
    """The model under fewer assumptions, built anew; definitions that nothing uses are left out.

    Raises ModelError where it makes no sense without the others.
    """
    source = model.source
    parameters = []
    for p in source.parameters:
        domain = conjunction([t for a, t in kept if a.about == p.name])
        parameters.append(replace(p, domain=domain, domain_text=None if domain is None else p.domain_text))
    joint = [(t, a.text) for a, t in kept if a.kind == "joint"]
    used = _used_definitions(source, asked, [t for _, t in kept])
    return build(
        replace(
            source,
            origin=f"{source.origin} under fewer assumptions",
            parameters=tuple(parameters),
            assumptions=tuple(t for t, _ in joint),
            assumption_texts=tuple(text for _, text in joint),
            definitions=tuple(d for d in source.definitions if d[0] in used),
            definition_texts=tuple(d for d in source.definition_texts if d[0] in used),
            claims=(asked,),
        )
    )


def _used_definitions(source: ModelSource, asked: ClaimSource, kept: Sequence[s.Condition]) -> set[str]:
    """The definitions that payoffs, chances, assumptions or the claim mention, and what those mention."""
    table = dict(source.definitions)
    if source.repeated is not None:
        return set(table)
    trees: list[s.Expression | s.Condition] = [t for row in source.payoffs.values() for t in row]
    trees += [t for n in source.nodes for t in n.probabilities]
    for outcome in source.outcomes:
        for paid in outcome.payoffs:
            trees += paid.values() if isinstance(paid, Mapping) else [paid]
    trees += [p.probability for p in source.prior] + [t for p in source.players for t in p.beliefs]
    trees += kept
    trees += [t for t in (asked.every, asked.some, asked.holds, asked.given) if t is not None]
    if asked.effect is not None:
        trees.append(asked.effect.on)
    used: set[str] = set()
    waiting = {n for t in trees for n in names_in(t)}
    while waiting:
        fresh = {n for n in waiting if n in table and n not in used}
        used |= fresh
        waiting = {n for name in fresh for n in names_in(table[name])}
    return used
