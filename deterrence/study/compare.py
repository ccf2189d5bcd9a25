"""Two models side by side: do they have the same equilibria, and if not, where do they part.

Under a relabelling (`relabelling`) each equilibrium of one model is looked for among those of the other, with
exact probabilities and, where a tie leaves a continuum, every member of it.  What is left over is a region of
the first model's parameters.  `equivalences` tries all relabellings of players and actions; `compare_answers`
asks where the answers to a question about the equilibria differ, which may agree where equilibria do not.

Scope: models whose players and actions can be paired; profiles are compared, not payoffs or beliefs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from math import factorial, prod
from typing import Any

from deterrence.algebra.brief import brief
from deterrence.algebra.decide import Witness, prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.grammar import names_in, parse_condition
from deterrence.algebra.region import NOWHERE, Region, all_of, any_of, complement
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import compare as compared
from deterrence.algebra.verdicts import Proved, Undecided, Vacuous, Verdict
from deterrence.algebra.witness import find_point
from deterrence.errors import GameError, OutOfScope, expect
from deterrence.solve.atlas import Atlas, Equilibrium, places
from deterrence.study.ask import known_names
from deterrence.study.claims import good_region, settle
from deterrence.study.questions import Question, scope_note
from deterrence.study.relabelling import (
    Actions,
    Relabelling,
    in_first,
    parameters_of,
    relabelling,
    renamed,
)

MAX_RELABELLINGS = 300


@dataclass(frozen=True)
class Apart:
    """An equilibrium of one model (`of` is first or second) and where the other lacks a member of it."""

    of: str
    equilibrium: str
    region: Region
    witness: Witness | None

    def __hash__(self) -> int:
        return hash((self.of, self.equilibrium, self.region))


@dataclass(frozen=True)
class Comparison:
    """Whether two models have the same equilibria under a relabelling, as a region of the first's parameters.

    `verdict` is about the points that both models allow; `same` is the region where the sets of equilibria
    are equal, and `apart` lists what one has and the other lacks.  `beyond` is where the first model's
    parameters are outside the second's assumptions.  `scope` names the class that was searched in both, and
    is empty where the lists are not shown to be complete within one class; nothing is then decided.
    """

    how: Relabelling
    verdict: Verdict
    same: Region
    apart: tuple[Apart, ...]
    beyond: Region
    scope: str

    def __repr__(self) -> str:
        return f"Comparison({self.verdict.word}: the same {brief(self.same)}; {len(self.apart)} apart)"


def compare(
    first: Atlas,
    second: Atlas,
    *,
    players: Mapping[str, str] | None = None,
    actions: Actions | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Comparison:
    """Where two models have the same equilibria, under a relabelling.

    `players` and `actions` map the first model's names to the second's, and `parameters` says what each
    parameter of the second is in those of the first; what is left out stands for itself, or goes in order.
    Raises UnknownName, GameError where the models do not fit, OutOfScope where some equilibrium was not
    projected or free variables cannot be eliminated.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.solve.nash import nash
    >>> one = nash(NormalForm.from_arrays([["a", 0], [0, 1]], [["a", 0], [0, 1]], assumptions=["a > 0"]))
    >>> two = nash(NormalForm.from_arrays([["b", 0], [0, 3]], [[2, 0], [0, 1]], assumptions=["b > 0"]))
    >>> found = compare(one, two, parameters={"b": "3*a"})
    >>> print(found.verdict.word, found.same)
    refuted a == 2
    >>> [(x.of, x.equilibrium, str(x.region)) for x in found.apart]
    [('first', 'e3', 'a != 2'), ('second', 'e3', 'a != 2')]
    """
    expect("compare", first, Atlas)
    how = relabelling(first, second, players, actions, parameters)
    given = all_of((first.domain.given, in_first(second.domain.given, how)))
    scope = _scope(first, second)
    if prover(given).satisfiable(all_of(())) is False:
        nothing = Vacuous("no parameter values satisfy the assumptions of both models")
        return Comparison(how, nothing, NOWHERE, (), first.domain.given, scope)
    apart = []
    for of, e, region in _differences(first, second, how, given):
        short = tidy(region, given)
        if short != NOWHERE:
            point = find_point(short, given, first.domain.names, first.domain.example)
            apart.append(Apart(of, e.id, short, point))
    good = complement(any_of(a.region for a in apart))
    beyond = tidy(complement(in_first(second.domain.given, how)), first.domain.given)
    verdict = _within(scope, settle(good, given, first.domain))
    return Comparison(how, verdict, tidy(good, given), tuple(apart), beyond, scope)


def equivalences(
    first: Atlas, second: Atlas, *, parameters: Mapping[str, Any] | None = None
) -> tuple[Comparison, ...]:
    """Every relabelling of players and actions under which the two models provably have the same equilibria.

    Parameters are related as for `compare`.  Raises as `compare`, and OutOfScope for more relabellings than
    `MAX_RELABELLINGS`.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.solve.nash import nash
    >>> one = nash(NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2))
    >>> two = nash(NormalForm.from_arrays([[1, 5], [0, 3]], [[1, 0], [5, 3]], actions=[["x", "y"]] * 2))
    >>> sorted({dict(dict(found.how.actions)["row"])["D"] for found in equivalences(one, two)})
    ['x']
    """
    expect("equivalences", first, Atlas)
    found = []
    for players, actions in _relabellings(first, second):
        how = relabelling(first, second, players, actions, parameters)
        given = all_of((first.domain.given, in_first(second.domain.given, how)))
        differ = any_of(region for _, _, region in _differences(first, second, how, given))
        if prover(given).satisfiable(differ) is not True:
            whole = compare(first, second, players=players, actions=actions, parameters=parameters)
            if isinstance(whole.verdict, Proved):
                found.append(whole)
    return tuple(found)


def compare_answers(
    kind: str,
    first: Atlas,
    predicate: str,
    second: Atlas,
    other: str | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
) -> Verdict:
    """Whether `every` or `some` equilibrium meets a predicate at the same parameter values in both models.

    `other` is the predicate in the second model's words where they differ.  Refuted with the region where the
    two answers agree.  Raises GameError for another kind, ExpressionError, UnknownName, OutOfScope where not
    all equilibria are known, and as `compare`.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.solve.nash import nash
    >>> one = nash(NormalForm.from_arrays([["a", 0], [0, 1]], [[0, 1], [1, 0]], assumptions=["a > 0"]))
    >>> two = nash(NormalForm.from_arrays([["a", 0], [0, 2]], [[0, 1], [1, 0]], assumptions=["a > 0"]))
    >>> print(compare_answers("every", one, "P(column = column1) > 1/2", two).holds_where)
    a >= 2 or a < 1
    """
    if kind not in ("every", "some"):
        raise GameError(f"the kind of question is {kind!r}; it is every or some")
    how = Relabelling((), (), parameters_of(first, second, parameters or {}))
    given = all_of((first.domain.given, in_first(second.domain.given, how)))
    one = _answer(kind, first, predicate)
    two = in_first(_answer(kind, second, other or predicate), how)
    agree = any_of((all_of((one, two)), all_of((complement(one), complement(two)))))
    return settle(agree, given, first.domain)


def _answer(kind: str, atlas: Atlas, predicate: str) -> Region:
    note = scope_note(kind, atlas)
    if note:
        raise OutOfScope(note)
    tree = parse_condition(predicate, play=True)
    known_names(names_in(tree), atlas.domain, {})
    return good_region(Question(kind, tree), atlas.domain.given, atlas)


def _differences(
    first: Atlas, second: Atlas, how: Relabelling, given: Region
) -> Iterator[tuple[str, Equilibrium, Region]]:
    """Each equilibrium of either atlas, with where the other lacks a member of it."""
    for atlas in (first, second):
        if not all(e.projected for e in atlas.equilibria):
            raise OutOfScope(
                "some equilibrium was not projected to the parameters, so models are not compared"
            )
    taken = {*first.domain.names, *(r.name for e in first.equilibria for r in e.free)}
    theirs = renamed(second, how, first.game, taken)
    for of, these, others in (("first", first.equilibria, theirs), ("second", theirs, first.equilibria)):
        for e in these:
            yield of, e, _lacking(e, [o for o in others if o.support == e.support], given)


def _lacking(e: Equilibrium, others: list[Equilibrium], given: Region) -> Region:
    """Where some member of the equilibrium is none of the others'; supports differ only in different ones."""
    own = e.where if e.free else e.region
    missing = []
    for other in others:
        equal = [
            compared(v, "==", w)
            for (_, mine), (_, yours) in zip(e.profile, other.profile, strict=True)
            for (_, v), (_, w) in zip(mine, yours, strict=True)
            if v != w
        ]
        there = all_of((other.where if other.free else other.region, *equal))
        within = all_of((given, own)) if e.free else given
        missing.append(complement(exists(there, [r.name for r in other.free], within)))
    return exists(all_of((own, *missing)), [r.name for r in e.free], given)


def _scope(first: Atlas, second: Atlas) -> str:
    """The class of equilibria searched in both; empty where that differs or is not shown complete."""
    scopes = {a.complete.scope for a in (first, second)}
    proved = all(a.complete.verdict == "proved" for a in (first, second))
    return scopes.pop() if proved and len(scopes) == 1 else ""


def _within(scope: str, verdict: Verdict) -> Verdict:
    if not scope:
        return Undecided("the two lists of equilibria are not shown to be complete within one class")
    if scope != "all" and isinstance(verdict, Proved):
        return Proved(f"{verdict.method}, among {scope} equilibria")
    return verdict


def _relabellings(first: Atlas, second: Atlas) -> Iterator[tuple[dict[str, str], dict[str, dict[str, str]]]]:
    here, there = places(first.game), places(second.game)
    sizes = [len(actions) for _, actions in here]
    if sorted(sizes) != sorted(len(actions) for _, actions in there):
        raise GameError("the models have different numbers of players or actions, so no relabelling fits")
    count = factorial(len(here)) * prod(map(factorial, sizes))
    if count > MAX_RELABELLINGS:
        raise OutOfScope(
            f"there are {count} relabellings to try, more than {MAX_RELABELLINGS}; compare under one of them"
        )
    for order in permutations(there):
        if [len(a) for _, a in order] != sizes:
            continue
        players = {one: two for (one, _), (two, _) in zip(here, order, strict=True)}
        ways = (
            [dict(zip(own, other, strict=True)) for other in permutations(theirs)]
            for (_, own), (_, theirs) in zip(here, order, strict=True)
        )
        for chosen in product(*ways):
            yield players, {one: pairs for (one, _), pairs in zip(here, chosen, strict=True)}
