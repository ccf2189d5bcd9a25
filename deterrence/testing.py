"""For property tests of one's own models: exact points, random games, and claims as assertions.

`points` and `games` are Hypothesis strategies (extra `deterrence[testing]`); `assert_claim` settles a claim
for all parameter values, `assert_at` at one point.  Failures shrink to small fractions and are sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import ceil, floor, isqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.grammar import names_in, parse_condition
from deterrence.algebra.parameters import Domain
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import Reading, read_region
from deterrence.algebra.region import EVERYWHERE, Region, all_of, atoms_of, names_of, polys_of
from deterrence.algebra.syntax import Condition
from deterrence.algebra.value import Value, exact_sqrt
from deterrence.algebra.verdicts import Proved, Refuted
from deterrence.algebra.witness import find_point, fixed, simplest_between
from deterrence.catalogue.models import Model, atlas_of, load, question
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm
from deterrence.show.claims_text import counterexample
from deterrence.show.phrases import point_text
from deterrence.show.sentences import profile_sentence, verdict_sentence
from deterrence.solve.atlas import Atlas
from deterrence.study.ask import condition
from deterrence.study.claims import decide_claim, good_region
from deterrence.study.questions import Question

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Ties = Literal["many", "some", "none"]
Subject = Model | NormalForm | ExtensiveForm | str | Path  # a model, its name or file, or a game
_Point = dict[str, Fraction]
_Known = tuple[tuple[str, Fraction], ...]
_Sides = list[list[Fraction]]
_FEW = 20
_SMALL = frozenset(Fraction(n, d) for n in range(-6, 9) for d in (1, 2, 3))


def points(
    model: Subject | Domain, *, given: str | None = None, borders: bool = True
) -> SearchStrategy[dict[str, Fraction]]:
    """A strategy for exact points: a value for every parameter, all assumptions satisfied, and `given` too.

    Values are small fractions that shrink towards 1.  With `borders`, one in three of those that can lie on a
    border does: where the domain or `given` ends (`e = 0` for `e >= 0`), two actions pay a player the same
    against the same actions of the others, or, in a tree, a player gets the same from two outcomes between
    which it chooses.  Raises DomainError where there are no rational points, and as `load` and `condition`.

    >>> from hypothesis import find
    >>> point = find(points("prisoners-dilemma"), lambda p: p["P"] > 2)
    >>> " > ".join(str(point[name]) for name in "TRPS")
    '4 > 3 > 5/2 > 2'
    >>> point = find(points("inspection", given="s == 2*g"), lambda p: True)
    >>> point["s"] == 2 * point["g"]
    True
    """
    model = load(model) if isinstance(model, str | Path) else model
    domain = model if isinstance(model, Domain) else model.domain
    within, names = domain.given, domain.names
    if given is not None:
        within &= condition(domain, given, definitions=getattr(model, "definitions", None))
    if prover(within).satisfiable(EVERYWHERE) is False:
        raise DomainError(f"no point satisfies the assumptions {within}; drop one of them")
    ties, steps = _ties(model, within), _steps(within, names)
    near = {n: names_of(region).union(*(t.names for t in ties if n in t.names)) for n, region in steps}
    from hypothesis import strategies as st

    @st.composite
    def draw_point(draw: DrawFn) -> _Point:
        def pick(options: Sequence[Any]) -> Any:
            return options[draw(st.integers(0, len(options) - 1))]

        point: _Point = {}
        for name, region in steps:  # four picks each, always, since fewer counts as simpler
            known = tuple((n, v) for n, v in point.items() if n in near[name])
            plain, edges = _choices(name, region, ties, known)
            sides = pick([plain, plain, edges] if borders and plain and edges else [plain or edges])
            if not sides:  # only irrational values are left
                break
            values = pick(sides)
            below = pick(sorted({v.denominator for v in values}))
            point[name] = pick([v for v in values if v.denominator == below])
        if len(point) < len(names) or not within.contains(point):
            point = draw(st.sampled_from(_pool(within, names)))
        return {n: point[n] for n in names}

    return draw_point() if borders else draw_point().filter(lambda p: all(tie.at(p) for tie in ties))


def _ties(model: Model | NormalForm | ExtensiveForm | Domain, given: Region) -> tuple[Poly, ...]:
    """The polynomials whose zeros are borders, without those that are zero everywhere or nowhere."""
    polys = set(polys_of(given))
    alone = ((EVERYWHERE, model),) if isinstance(model, NormalForm | ExtensiveForm) else ()
    for guard, game in getattr(model, "pieces", alone):
        polys |= polys_of(guard)
        if isinstance(game, ExtensiveForm):
            polys |= {(v - w).a for v, w in _choices_of_outcomes(game)}
        elif isinstance(game, NormalForm):
            polys |= {(v - w).a for v, w in _choices_of_actions(game)}
    signs = {f: prover(given).sign(f) or frozenset() for p in polys for f, _ in p.factors()[1]}
    return tuple(sorted((f for f in signs if 0 in signs[f] and len(signs[f]) > 1), key=str))


def _choices_of_actions(game: NormalForm) -> Iterator[tuple[Value, Value]]:
    """What a player gets from two of its actions against the same actions of the others."""
    for i, player in enumerate(game.players):
        for others in product(*(p.actions for p in game.players if p is not player)):
            paid = [game.payoff((*others[:i], a, *others[i:]), player.name) for a in player.actions]
            yield from combinations(paid, 2)


def _choices_of_outcomes(tree: ExtensiveForm) -> set[tuple[Value, Value]]:
    """What a player gets from two outcomes that different moves at one node may lead to, if they are few."""
    ahead: dict[str, frozenset[tuple[Value, ...]]] = {o.id: frozenset([o.payoffs]) for o in tree.outcomes}
    found: set[tuple[Value, Value]] = set()
    for identifier in reversed(tree.order):
        node = tree.node(identifier)
        options = [ahead[to] for _, to in node.moves]
        ahead[identifier] = frozenset().union(*options)
        if not node.is_chance and len(ahead[identifier]) <= _FEW:
            i = tree.names.index(node.player)
            pairs = (pair for one, two in combinations(options, 2) for pair in product(one, two))
            found |= {(v[i], w[i]) for v, w in pairs if v[i] != w[i]}
    return found


def _steps(given: Region, names: Sequence[str]) -> list[tuple[str, Region]]:
    """Each parameter, those in equations last, with the condition on it and those before; [] out of scope."""
    last = {n for a in atoms_of(given) if a.relation == "==" for n in a.poly.names if a.poly.degree(n) == 1}
    found: list[tuple[str, Region]] = []
    try:
        for name in reversed(sorted(names, key=last.__contains__)):
            found.insert(0, (name, given))
            given = exists(given, [name], EVERYWHERE)
    except OutOfScope:
        return []
    return found


@lru_cache(maxsize=4096)
def _choices(name: str, region: Region, ties: tuple[Poly, ...], known: _Known) -> tuple[_Sides, _Sides]:
    """The values of a parameter between borders, side by side, and those on them, given those before it."""
    point = dict(known)
    polys = [*(f for p in polys_of(region) for f, _ in p.factors()[1]), *ties]
    here = {p for p in polys if name in p.names and {*point, name} >= set(p.names)}
    cuts = {cut for p in here for cut in _roots(p, name, point)}
    low_ends = [None, *sorted({value for value, _ in cuts})]
    sides: _Sides = []
    for low, high in zip(low_ends, [*low_ends[1:], None], strict=True):
        middle = _between(low, high)
        if region.contains({**point, name: middle}):  # and so is all that lies between the same two ends
            small = (v for v in _SMALL if (low is None or v > low) and (high is None or v < high))
            found = {middle, _between(low, middle), _between(middle, high), *small}
            sides.append(sorted(found, key=_plainness))
    edges = [[value] for value, exact in cuts if exact and region.contains({**point, name: value})]
    return sorted(sides, key=lambda s: _plainness(s[0])), sorted(edges, key=lambda s: _plainness(s[0]))


def _plainness(value: Fraction) -> tuple[int, bool, Fraction]:
    return value.denominator, value <= 0, abs(value)


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    """A simple fraction strictly between two ends; None stands for infinity."""
    if low is None:
        return Fraction(1 if high is None else min(ceil(high), 2) - 1)
    return simplest_between(low, Fraction(floor(low) + 2) if high is None else high)


def _roots(poly: Poly, name: str, point: _Point) -> Iterator[tuple[Fraction, bool]]:
    """The real roots in one variable, each with whether it is exact; none of what is past degree two."""
    c, b, a, *more = (*(p.at(point) for p in poly.coefficients(name)), Fraction(0), Fraction(0))
    inside = b * b - 4 * a * c
    if not a and b and not any(more):
        yield -c / b, True
    elif a and inside >= 0 and not any(more):
        root = exact_sqrt(inside)
        near = Fraction(isqrt(int(inside * 10**24)), 10**12) if root is None else root
        yield from (((sign * near - b) / (2 * a), root is not None) for sign in (1, -1))


@lru_cache(maxsize=64)
def _pool(given: Region, names: tuple[str, ...]) -> tuple[_Point, ...]:
    """Points found by the prover, for domains that cannot be projected."""
    wanted = [EVERYWHERE, *(fixed(n, Fraction(v)) for n in names for v in (1, 2, 0, 3, -1))]
    found = tuple(p for region in wanted if (p := find_point(region, given, names)) is not None)
    if not found:
        raise DomainError(f"no point with rational values was found for {given}; simplify the assumptions")
    return found


def games(
    actions: Sequence[int] = (2, 2), *, ties: Ties = "some", low: int = -3, high: int = 3
) -> SearchStrategy[NormalForm]:
    """A strategy for games with whole payoffs from `low` to `high`; `actions` has one number a player.

    A tie is two actions that pay their player the same against the same actions of the others.  With "many",
    every player has one or more; "none" makes 2x2 games generic, but not all larger ones; "some" leaves it to
    chance.  Names are those of `NormalForm.from_arrays`.  Raises GameError for what does not go together.

    >>> from hypothesis import find
    >>> game = find(games(ties="none"), lambda g: True)
    >>> [str(v) for v in game.table("row").values()]
    ['0', '0', '1', '1']
    """
    from hypothesis import strategies as st

    enough = high - low >= (max(actions, default=0) - 1 if ties == "none" else 0)
    if not enough or min(actions, default=0) < (2 if ties == "many" else 1) or ties not in get_args(Ties):
        raise GameError(f"no game has {actions=}, {ties=}, {low=} and {high=}; try (2, 2), 'some', -3 and 3")
    names = ("row", "column") if len(actions) == 2 else [f"player{i + 1}" for i in range(len(actions))]
    players = {p: [f"{p}{k + 1}" for k in range(n)] for p, n in zip(names, actions, strict=True)}

    @st.composite
    def draw_game(draw: DrawFn) -> NormalForm:
        paid, worth = {p: [0] * len(players) for p in product(*players.values())}, st.integers(low, high)
        for i, own in enumerate(players.values()):
            against = list(product(*(a for j, a in enumerate(players.values()) if j != i)))
            tied = draw(st.integers(0, len(against) - 1)) if ties == "many" else None
            payoffs = st.lists(worth, min_size=len(own), max_size=len(own), unique=ties == "none")
            for k, others in enumerate(against):
                column = draw(payoffs)
                if k == tied or (ties == "many" and draw(st.booleans())):
                    column[-1] = column[0]
                for action, payoff in zip(own, column, strict=True):
                    paid[(*others[:i], action, *others[i:])][i] = payoff
        return NormalForm.from_profiles(players, paid)

    return draw_game()


def assert_claim(
    model: Subject,
    claim: str | None = None,
    *,
    every: str | None = None,
    some: str | None = None,
    holds: str | None = None,
    given: str | None = None,
) -> None:
    """Pass silently if a claim is proved for all parameter values, else raise AssertionError with a sentence.

    The claim is one of the model's, by id, or a predicate under `every`, `some` or `holds`; `given` adds a
    premise.  The sentence has the exact region where the claim holds, a point where it fails and what is
    played there; or why it is undecided or vacuous.  Raises DeterrenceError for what cannot be read.

    >>> assert_claim("inspection", "severity-leaves-attack-rate")
    >>> assert_claim("strike-restrain", every="militia = continue", given="c >= h*m")
    """
    __tracebackhide__ = True
    model = load(model) if isinstance(model, str | Path) else model
    texts = [(k, t) for k, t in (("every", every), ("some", some), ("holds", holds)) if t is not None]
    if len(texts) + (claim is not None) != 1:
        raise GameError("name one thing to assert: the id of a claim, or every=…, some=… or holds=…")
    reading = Reading(given=model.domain.given, definitions=getattr(model, "definitions", {}))
    premise = EVERYWHERE if given is None else read_region(_read(given, "holds", model)[0], reading)
    if claim is None:
        kind, text = texts[0]
        tree, said = _read(text, kind, model)
        asked = Question(kind, tree, premise, reading.definitions)
        concept, premises = None, [given]
    else:
        listed = {c.id: c for c in model.source.claims} if isinstance(model, Model) else {}
        if not isinstance(model, Model) or claim not in listed:
            raise UnknownName("claim", claim, listed)
        own, asked = listed[claim], question(model, listed[claim])
        asked = replace(asked, premise=all_of((asked.premise, premise)))
        said = f'claim {claim} of {model.name}, "{own.text.rstrip(".")}"'
        concept, premises = own.concept, [own.given_text, given]
    atlas = None if asked.kind == "holds" else atlas_of(model, concept, cells=False)
    verdict = decide_claim(asked, model.domain.given, atlas)
    if not isinstance(verdict, Proved):
        under = "".join(f", given {t}" for t in premises if t)
        found = [f"Not proved: {said}{under}.", verdict_sentence(verdict, model.domain.given)]
        if isinstance(verdict, Refuted):
            found += counterexample(verdict)
            if asked.kind == "some" and atlas and verdict.witness is not None:
                found += [_equilibria(atlas, verdict.witness)]
        raise AssertionError(" ".join(found))


def assert_at(
    model: Subject, predicate: str, point: Mapping[str, object], *, among: Literal["every", "some"] = "every"
) -> None:
    """Pass silently if a predicate is true at one exact point, else raise AssertionError with a sentence.

    The game with these numbers is solved afresh, without the atlas.  The predicate must be true in every or
    some equilibrium; a statement's is a condition.  Raises DeterrenceError, also for points outside.

    >>> assert_at("strike-restrain", "P(us = strike) == 2/3", dict(h=4, m="1/2", c=1, k=1, g=1, d=5, r=1))
    """
    __tracebackhide__ = True
    model = load(model) if isinstance(model, str | Path) else model
    exact = model.domain.point(point)
    pieces = model.pieces if isinstance(model, Model) else ((EVERYWHERE, model),)
    concept = model.source.concept if isinstance(model, Model) else None
    game = next((g for r, g in pieces if r.contains(exact)), None)
    if not isinstance(game, NormalForm | ExtensiveForm | None):
        raise OutOfScope("assert_at solves games that are played once; assert_claim settles other claims")
    here = None if game is None else replace(game.at(exact), domain=model.domain)
    kind, atlas = (among, atlas_of(here, concept, cells=False)) if here else ("holds", None)
    tree, said = _read(predicate, kind, model)
    asked = Question(kind, tree, definitions=getattr(model, "definitions", {}))
    holds = good_region(asked, model.domain.given, atlas).contains(exact)
    partial = atlas is not None and atlas.complete.scope != "all" and holds == (kind == "every")
    if partial or not holds:
        word = "Undecided, as not all equilibria were searched," if partial else "False"
        there = f" {_equilibria(atlas, exact)}" if atlas is not None else ""
        raise AssertionError(f"{word} at {point_text(exact)}: {said}.{there}")


def _read(text: str, kind: str, model: Model | NormalForm | ExtensiveForm) -> tuple[Condition, str]:
    """The tree of a text whose names are all known, and the text with what it is about."""
    tree = parse_condition(text, play=kind != "holds")
    known = (*model.domain.names, *getattr(model, "definitions", ()))
    for name in sorted(names_in(tree) - set(known)):
        raise UnknownName("parameter", name, known)
    about = getattr(model, "name", "this game")
    return tree, f"{text}, in {about}" if kind == "holds" else f"in {kind} equilibrium of {about}, {text}"


def _equilibria(atlas: Atlas, point: Mapping[str, object]) -> str:
    listed = [profile_sentence(e, atlas.game, prover(EVERYWHERE), True) for e in atlas.at(point)]
    return f"The equilibria there: {' | '.join(listed) or 'none'}."
