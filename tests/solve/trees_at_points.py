"""Trees for the tests of solvers: random ones, the oracle's copy of a tree, and atlases asked at points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random

from deterrence.algebra.region import EVERYWHERE
from deterrence.algebra.witness import find_point
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, at_point
from tests.oracles.subgames import Behaviour, Move, Tree

PAYOFFS = ("0", "1", "2", "a", "b", "a + 1", "-b")
SHARES = tuple(map(Fraction, ("1/2", "1/3", "3/4", "1/5", "9/10")))


def plain(tree: ExtensiveForm, point: Mapping[str, Fraction]) -> Tree:
    """The oracle's copy of a tree at a point."""
    nodes = {}
    for n in tree.nodes:
        chances = [v.at(point) for v in n.probabilities] or [Fraction(0)] * len(n.moves)
        moves = tuple(Move(a, to, c) for (a, to), c in zip(n.moves, chances, strict=True))
        nodes[n.id] = (n.player, n.known_as, moves)
    ends = {o.id: {p: v.at(point) for p, v in zip(tree.names, o.payoffs, strict=True)} for o in tree.outcomes}
    return Tree(tree.root.id, nodes, ends)


def random_tree(
    rng: Random, depth: int, payoffs: Sequence[str] = PAYOFFS, hidden: float = 0
) -> ExtensiveForm:
    """A tree of two players and chance; with probability `hidden` a move is answered without being seen."""
    nodes: dict[str, dict[str, object]] = {}
    outcomes: dict[str, list[str]] = {}

    def end() -> str:
        name = f"o{len(outcomes)}"
        outcomes[name] = [rng.choice(payoffs), rng.choice(payoffs)]
        return name

    def fresh(**entry: object) -> str:
        name = f"n{len(nodes)}"
        nodes[name] = entry
        return name

    def grow(left: int) -> str:
        if left == 0 or (left < depth and rng.random() < 0.25):
            return end()
        kind = rng.random()
        if kind < 0.2:
            name = fresh(player="chance", probabilities={"x": "1/3", "y": "2/3"})
            nodes[name]["moves"] = {a: grow(left - 1) for a in "xy"}
        elif kind < 0.2 + hidden:
            mover, other = rng.sample(["us", "them"], 2)
            name = fresh(player=mover)
            answer = [fresh(player=other, information=f"h_{name}") for _ in "lr"]
            nodes[name]["moves"] = dict(zip("lr", answer, strict=True))
            for one in answer:
                nodes[one]["moves"] = {a: grow(max(left - 2, 0)) for a in "cd"}
        else:
            name = fresh(player=rng.choice(["us", "them"]))
            nodes[name]["moves"] = {a: grow(left - 1) for a in ("l", "m", "r")[: rng.choice([2, 2, 3])]}
        return name

    grow(depth)
    return ExtensiveForm.build(["us", "them"], nodes, outcomes)


def random_point(rng: Random, tree: ExtensiveForm) -> dict[str, Fraction]:
    """Values at which ties among the payoffs of random trees are frequent."""
    return {n: rng.choice([Fraction(k, 2) for k in range(-3, 6)]) for n in tree.domain.names}


def samples(e: Equilibrium, rng: Random) -> Iterator[dict[str, Fraction]]:
    """Values of the free variables of an equilibrium at a point that satisfy its condition."""
    names = [r.name for r in e.free]
    if not names:
        if e.where.contains({}):
            yield {}
        return
    sure = find_point(e.where, EVERYWHERE, names)
    assert sure is not None, f"no free values for {e.id}: {e.where}"
    yield sure
    for _ in range(6):
        drawn = {n: rng.choice(SHARES) for n in names}
        if e.where.contains(drawn):
            yield drawn


def behaviour(e: Equilibrium, free: Mapping[str, Fraction]) -> Behaviour:
    """The equilibrium with numbers for its free variables."""
    return {h: {a: v.at(free) for a, v in strategy} for h, strategy in e.profile}


def holding(atlas: Atlas, point: Mapping[str, Fraction], wanted: Behaviour) -> list[str]:
    """The components that hold a behaviour at a point, by id.

    A free variable is the probability of one action, so the behaviour itself says what its value must be.
    """
    found = []
    for listed in atlas.equilibria:
        if listed.projected and not listed.region.contains(point):
            continue
        e = at_point(listed, point)
        free: dict[str, Fraction] = {}
        for r in e.free:
            for h, strategy in e.profile:
                for a, v in strategy:
                    if str(v) == r.name:
                        free[r.name] = wanted[h][a]
        assert set(free) == {r.name for r in e.free}
        if e.where.contains({**point, **free}) and behaviour(e, free) == wanted:
            found.append(e.id)
    return found
