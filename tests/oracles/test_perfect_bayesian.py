"""Perfect Bayesian equilibria of random trees against the definition, weak and sequential, at numbers and symbols.

`assessments.py` judges an assessment, `supporting_beliefs.py` finds beliefs for given behaviour.  Three statements:
what the atlas holds is an equilibrium, wherever its free variables are sampled; behaviour on a grid that some
beliefs support lies in the atlas with these beliefs, in exactly one component, and other behaviour in none; and
with beliefs drawn at random off the path the two agree on each assessment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, Region, all_of, atom, atoms_of
from deterrence.algebra.value import Value, compare, number, variable
from deterrence.algebra.virtual import substituted
from deterrence.algebra.witness import find_point
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.perfect_bayesian import perfect_bayesian
from tests.oracles.assessments import Tree, bayes, faults, gains, tree_at, worth
from tests.oracles.random_trees import (
    FEW,
    GENERIC,
    TIES,
    Table,
    any_shape,
    chain,
    signalling,
    symbols,
    two_sided,
    watchers,
)
from tests.oracles.refinements import survives
from tests.oracles.supporting_beliefs import Unsupported, behaviours, supporting

Distributions = Mapping[str, Mapping[str, Fraction]]
Point = Mapping[str, Fraction]
CHANCES = [Fraction(n, d) for n, d in ((0, 1), (1, 1), (1, 2), (1, 3), (2, 3), (1, 4), (1, 5), (4, 5))]


def build(table: Table, assumptions: Sequence[str] = ()) -> ExtensiveForm:
    return ExtensiveForm.build(table.players, table.nodes, table.ends, assumptions=assumptions)


# -- an assessment and a component -------------------------------------------------------------------------------
def numbers(
    rows: Sequence[tuple[str, Sequence[tuple[str, Value]]]], free: Point
) -> dict[str, dict[str, Fraction]]:
    return {place: {k: v.at(free) for k, v in row} for place, row in rows}


def inside(e: Equilibrium, behaviour: Distributions, beliefs: Distributions) -> bool:
    """Whether an assessment belongs to a component at its point; beliefs that are not given may be any."""
    names = {r.name for r in e.free}
    wanted = [(v, behaviour[h][a]) for h, row in e.profile for a, v in row]
    wanted += [(v, beliefs[h][x]) for h, row in e.beliefs if h in beliefs for x, v in row]
    known: dict[str, Fraction] = {}
    for v, target in wanted:
        if v.is_constant and v.is_rational and v.at({}) != target:
            return False
        if str(v) in names and known.setdefault(str(v), target) != target:
            return False
    where: Region = e.where
    for name, target in known.items():
        where = substituted(where, name, number(target))
    fixed = {name: number(target) for name, target in known.items()}
    rest = [where]
    for v, target in wanted:
        if not v.is_constant and str(v) not in names:
            rest.append(compare(v.substitute(fixed), "==", number(target)))
    answer = prover(EVERYWHERE).satisfiable(all_of(rest), patient=True)
    assert answer is not None
    return answer


def samples(e: Equilibrium, rng: Random) -> Iterator[Point]:
    """Exact values of the free variables inside the component: plain ones, at its ends, and at random."""
    names = sorted({r.name for r in e.free})
    if not names:
        assert e.where.contains({})
        yield {}
        return
    regions = [e.where]
    for r in e.free:
        regions += [all_of((e.where, compare(variable(r.name), "==", b))) for b in (*r.lower, *r.upper)]
        regions.append(all_of((e.where, compare(variable(r.name), "==", number(rng.choice(CHANCES[2:]))))))
    found = [find_point(region, EVERYWHERE, names) for region in regions]
    if not any(found):  # three players may have to mix with irrational probabilities
        assert prover(EVERYWHERE).satisfiable(e.where) is True, f"{e.where} has no point"
    yield from filter(None, found)
    for _ in range(6):
        point = {n: rng.choice(CHANCES) for n in names}
        if e.where.contains(point):
            yield point


# -- the three statements ----------------------------------------------------------------------------------------
def sound(tree: Tree, found: Sequence[Equilibrium], kind: str, rng: Random) -> int:
    """Every sampled assessment of every component is an equilibrium, with the payoffs that are reported."""
    count = 0
    for e in found:
        for free in samples(e, rng):
            behaviour, beliefs = numbers(e.profile, free), numbers(e.beliefs, free)
            wrong = faults(tree, behaviour, beliefs, kind)
            assert not wrong, f"{e.id} at {free}: {wrong}"
            for player, v in e.payoffs:
                assert v.at(free) == worth(tree, tree.root, player, behaviour, {})
            count += 1
    return count


def complete(
    tree: Tree, found: Sequence[Equilibrium], kind: str, steps: int, rng: Random, most: int = 250
) -> Counter[str]:
    """Behaviour on the grid is in the atlas exactly if some beliefs support it, and in one component with them."""
    tally: Counter[str] = Counter()
    grid = list(behaviours(tree, steps))
    for behaviour in rng.sample(grid, most) if len(grid) > most else grid:
        try:
            beliefs = supporting(tree, behaviour, kind)
        except Unsupported:
            tally["unsupported"] += 1
            continue
        if beliefs is None:
            homes = [e.id for e in found if inside(e, behaviour, {})]
            assert not homes, f"{behaviour} is no equilibrium with any beliefs, and lies in {homes}"
            tally["none"] += 1
            continue
        _in_one(found, behaviour, beliefs)
        tally["equilibria"] += 1
        tally["pure"] += all(max(row.values()) == 1 for row in behaviour.values())
        for _ in range(4):
            drawn = beliefs_at_random(tree, behaviour, rng)
            wrong = faults(tree, behaviour, drawn, kind)
            if not wrong:
                _in_one(found, behaviour, drawn)
                tally["drawn and found"] += 1
            else:
                homes = [e.id for e in found if inside(e, behaviour, drawn)]
                assert not homes, f"{behaviour}, {drawn}: {wrong}, yet in {homes}"
                tally["drawn and refused"] += 1
    return tally


def _in_one(found: Sequence[Equilibrium], behaviour: Distributions, beliefs: Distributions) -> None:
    homes = [e.id for e in found if inside(e, behaviour, beliefs)]
    assert len(homes) == 1, f"{behaviour}, {beliefs} is an equilibrium and lies in {homes or 'no component'}"


def beliefs_at_random(tree: Tree, behaviour: Distributions, rng: Random) -> dict[str, dict[str, Fraction]]:
    """Bayes' rule on the path; off it, chances from a short list that often sit on borders."""
    drawn = bayes(tree, behaviour)
    for name, nodes in tree.sets.items():
        if name not in drawn:
            weights = [rng.choice((0, 0, 1, 1, 2)) for _ in nodes]
            if not sum(weights):
                weights[rng.randrange(len(nodes))] = 1
            drawn[name] = {x: Fraction(w, sum(weights)) for x, w in zip(nodes, weights, strict=True)}
    return drawn


def solved(tree: ExtensiveForm, kind: str) -> Atlas:
    atlas = perfect_bayesian(tree, beliefs=kind, cells=False)
    assert atlas.complete.verdict == "proved"
    assert atlas.complete.coverage == "proved", "sequential equilibria exist, and are weak ones"
    return atlas


FAMILIES: dict[str, Callable[[Random, Sequence[Fraction | int | str]], Table]] = {
    "signalling": signalling,
    "three types": lambda rng, payoffs: signalling(rng, payoffs, types=3),
    "two-sided": two_sided,
    "chain": chain,
    "watchers": watchers,
    "any shape": any_shape,
}


@pytest.mark.parametrize("kind", ["sequential", "weak"])
@pytest.mark.parametrize("part", range(2))
@pytest.mark.parametrize(
    ("family", "games", "steps"),
    [
        ("signalling", 12, 2),
        ("three types", 4, 2),
        ("two-sided", 8, 2),
        ("chain", 16, 2),
        ("any shape", 14, 2),
    ],
)
def test_numeric_trees(family: str, games: int, steps: int, part: int, kind: str) -> None:
    rng = Random(f"{family} {part}")
    tally: Counter[str] = Counter()
    for _ in range(games // 2):
        table = FAMILIES[family](rng, rng.choice([TIES, TIES, FEW, GENERIC]))
        game = build(table)
        tree = tree_at(game, {})
        try:
            found = solved(game, kind).at()
            tally["sampled"] += sound(tree, found, kind, rng)
            tally += complete(tree, found, kind, steps, rng)
        except AssertionError as problem:
            raise AssertionError(f"{table}: {problem}") from problem
    assert tally["equilibria"] > games // 3 and tally["sampled"] > games
    assert tally["unsupported"] * 10 <= tally["none"], tally


# -- with parameters ---------------------------------------------------------------------------------------------
def points(atlas: Atlas, rng: Random, count: int) -> Iterator[Point]:
    """Whole numbers that collide with other payoffs, and exact points on the borders of the regions."""
    names, given = atlas.domain.names, atlas.domain.given
    drawn = 0
    while drawn < count:
        point = {n: rng.choice(VALUES) for n in names}
        if given.contains(point):
            drawn += 1
            yield point
    polys = sorted({a.poly for e in atlas for a in atoms_of(e.region)}, key=str)
    for poly in rng.sample(polys, min(count, len(polys))):
        near = {n: rng.choice(VALUES) for n in names}
        point = find_point(atom(poly, "=="), given, names, near)
        if point is not None:
            yield point


VALUES = [Fraction(n) for n in (-2, -1, 0, 1, 2, 5)] + [Fraction(1, 2), Fraction(-3, 2), Fraction(2, 3)]


@pytest.mark.parametrize("kind", ["sequential", "weak"])
@pytest.mark.parametrize("part", range(2))
@pytest.mark.parametrize(
    ("family", "names"),
    [("signalling", "ab"), ("two-sided", "abc"), ("chain", "ab"), ("any shape", "ab")],
)
def test_symbolic_trees(family: str, names: str, part: int, kind: str) -> None:
    """Solved once with parameters, then compared at points, many of them on borders."""
    rng = Random(f"{family} {names} {part}")
    tally: Counter[str] = Counter()
    for _ in range(2):
        table = symbols(rng, FAMILIES[family](rng, TIES), names)
        game = build(table)
        atlas = solved(game, kind)
        assert all(e.projected for e in atlas)
        for point in points(atlas, rng, 3):
            tree = tree_at(game, point)
            found = atlas.at(point)
            try:
                tally["sampled"] += sound(tree, found, kind, rng)
                tally += complete(tree, found, kind, 2, rng, most=40)
            except AssertionError as problem:
                raise AssertionError(f"{table} at {point}: {problem}") from problem
    assert tally["equilibria"] and tally["sampled"]


@pytest.mark.parametrize("kind", ["sequential", "weak"])
def test_symbolic_priors(kind: str) -> None:
    """The prior as a parameter: regions in it are exact, at their borders too."""
    rng = Random(5)
    for _ in range(3):
        table = signalling(rng, TIES)
        draw = {**table.nodes["draw"], "probabilities": {"t0": "p", "t1": "1 - p"}}
        game = build(replace(table, nodes={**table.nodes, "draw": draw}), ["0 < p", "p < 1"])
        atlas = solved(game, kind)
        for point in points(atlas, rng, 4):
            tree = tree_at(game, point)
            sound(tree, atlas.at(point), kind, rng)
            complete(tree, atlas.at(point), kind, 2, rng, most=40)


# -- refinements -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("types", "messages", "games", "names"), [(2, 2, 14, ""), (2, 3, 4, ""), (3, 2, 5, ""), (2, 2, 3, "ab")]
)
def test_refinements_of_signalling_games(types: int, messages: int, games: int, names: str) -> None:
    """Each sampled assessment is labelled by D1 and the intuitive criterion as the definitions label it."""
    rng = Random(f"{types} {messages} {names}")
    tally: Counter[tuple[str, bool]] = Counter()
    for _ in range(games):
        table = symbols(rng, signalling(rng, TIES, types, messages), names)
        game = build(table)
        atlas = solved(game, "sequential")
        for point in points(atlas, rng, 3) if names else [{}]:
            tree = tree_at(game, point)
            for e in atlas.at(point):
                for free in samples(e, rng):
                    behaviour, beliefs = numbers(e.profile, free), numbers(e.beliefs, free)
                    for name in ("d1", "intuitive"):
                        label = e.survives(name).contains({**point, **free})
                        wanted = survives(tree, behaviour, beliefs, name)
                        assert label is wanted, f"{table} at {point}, {e.id} at {free}: {name} is {label}"
                        tally[name, label] += 1
    assert len(tally) == 4, "both labels of both refinements occur"


# -- who supports a play -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("types", "messages", "games", "names"), [(2, 2, 12, ""), (3, 2, 5, ""), (2, 2, 4, "ab")]
)
def test_every_rational_answer_supports_the_play(types: int, messages: int, games: int, names: str) -> None:
    """A path's `some` and `every` in signalling games, where the play on the path is pure.

    A message that nobody sends may be answered by any action that is best for some belief.  Gains are linear in
    a mixed answer, and an answer is mixed only where both actions are best for some beliefs: pure ones decide.
    """
    rng = Random(f"every {types} {messages} {names}")
    tally: Counter[tuple[bool, bool]] = Counter()
    for _ in range(games):
        table = symbols(rng, signalling(rng, TIES, types, messages), names)
        game = build(table)
        atlas = solved(game, "sequential")
        for point in points(atlas, rng, 3) if names else [{}]:
            tree = tree_at(game, point)
            here = {e.id: e for e in atlas.at(point)}
            for path in atlas.paths:
                members = [here[i] for i in path.members if i in here]
                assert path.some is not None and path.some.contains(point) is bool(members)
                assert path.every is not None
                if not members:
                    assert not path.every.contains(point)
                    continue
                shown = numbers(members[0].profile, next(samples(members[0], rng)))
                sent = {a for h in tree.sets if h.startswith("s") for a, v in shown[h].items() if v}
                on = [
                    h
                    for h in tree.sets
                    if h.startswith("s") or h.removeprefix("after") in {m[1:] for m in sent}
                ]
                if any(max(shown[h].values()) < 1 for h in on):
                    continue
                verdict = all(
                    not any(
                        min(g[x] for x in g) < 0 for h in on if h.startswith("s") for g in gains(tree, h, b)
                    )
                    for b in _completions(tree, {h: shown[h] for h in on})
                )
                assert path.every.contains(point) is verdict, f"{table} at {point}, {path}"
                tally[bool(members), verdict] += 1
    assert tally[True, True] and tally[True, False]


def _completions(
    tree: Tree, kept: Mapping[str, Mapping[str, Fraction]]
) -> Iterator[dict[str, Mapping[str, Fraction]]]:
    """The play with every pure answer, to messages that nobody sends, that is best for some belief."""
    away = [h for h in tree.sets if h not in kept]
    choices = []
    for h in away:
        first, second = tree.actions[h]
        player = tree.owner(h)
        edges = [
            tree.payoffs[tree.moves[x][first]][player] - tree.payoffs[tree.moves[x][second]][player]
            for x in tree.sets[h]
        ]
        best = [first] * (max(edges) >= 0) + [second] * (min(edges) <= 0)
        choices.append([{a: Fraction(int(a == b)) for a in (first, second)} for b in best])
    for chosen in product(*choices):
        yield {**kept, **dict(zip(away, chosen, strict=True))}
