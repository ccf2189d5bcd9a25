"""One atlas from several: games whose payoffs have cases (min, max, abs) are solved piece by piece.

Guards exclude each other and cover the domain, so the equilibria of the whole are those of the pieces, each
within its guard, and completeness and coverage carry over.  In a tree, groups of equilibria with the same
play on the path are joined across pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain
from deterrence.algebra.region import Region, all_of, any_of
from deterrence.algebra.tidy import tidy
from deterrence.errors import OutOfScope
from deterrence.games.behaviour import reach
from deterrence.games.stochastic import StochasticGame
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Completeness, Equilibrium, Game, Path
from deterrence.solve.cells import find_cells
from deterrence.solve.components import full_dimensional

_Play = tuple[tuple[str, tuple[str, ...]], ...]


def join(parts: Sequence[tuple[Region, Atlas]], domain: Domain, *, cells: bool = True) -> Atlas:
    """The atlas over the whole domain of atlases over its pieces.

    Raises OutOfScope for trees in which more than payoffs known to all depends on the piece.
    """
    game = _whole([atlas.game for _, atlas in parts], domain)
    listed: list[Equilibrium] = []
    groups: dict[_Play, list[tuple[Region, Path, dict[str, str]]]] = {}
    ask = prover(domain.given)
    for guard, atlas in parts:
        seen: dict[str, int] = {}
        ids: dict[str, str] = {}
        for e in atlas.equilibria:
            support = str(e.support)
            seen[support] = seen.get(support, 0) + 1
            region = tidy(all_of((guard, e.region)), domain.given)
            ids[e.id] = f"e{len(listed) + 1}"
            listed.append(
                replace(
                    e,
                    id=ids[e.id],
                    family=f"{support} {seen[support]}",
                    region=region,
                    where=all_of((guard, e.where)),
                    closed=all_of((guard, e.closed)),
                    generic=full_dimensional(region, ask),
                )
            )
        for path in atlas.paths:
            if path.members:
                groups.setdefault(_play(atlas, path), []).append((guard, path, ids))
    first = parts[0][1]
    emptied = tuple(all_of((guard, r)) for guard, atlas in parts for r in atlas.emptied)

    def least(words: Sequence[str]) -> str:
        order = ("refuted", "undecided", "not claimed", "proved")
        return min(words, key=order.index)

    complete = Completeness(
        least([a.complete.verdict for _, a in parts]),
        first.complete.scope,
        f"{first.complete.method}, in each of {len(parts)} pieces",
        least([a.complete.coverage for _, a in parts]),
    )
    paths = tuple(_path(f"p{n}", group, domain) for n, group in enumerate(groups.values(), start=1))
    group_of = {member: path.id for path in paths for member in path.members}
    listed = [replace(e, path=group_of.get(e.id, "")) for e in listed]
    diagram = find_cells(listed, game) if cells else ()
    return Atlas(game, first.concept, tuple(listed), diagram, complete, emptied, paths)


def _whole(games: Sequence[Game], domain: Domain) -> Game:
    """The first piece's game with the whole domain.

    What is read off it later must be the same in every piece: the chance moves, since probabilities of moves
    and outcomes depend on them, and with hidden types the payoffs, since those of one type do.
    """
    first = games[0]
    remedy = "write the cases as models of their own, each with the condition of its case as an assumption"
    if isinstance(first, StochasticGame):
        chains = [g for g in games if isinstance(g, StochasticGame)]
        moves = [[(g.discounts, s.instant, [c.to for c in s.cases]) for s in g.states] for g in chains]
        if any(m != moves[0] for m in moves):
            raise OutOfScope(
                f"min, max or abs in a probability or a discount factor gives a game for each case; {remedy}"
            )
    if isinstance(first, ExtensiveForm):
        trees = [g for g in games if isinstance(g, ExtensiveForm)]
        if len({tuple(n.probabilities for n in tree.nodes) for tree in trees}) > 1:
            raise OutOfScope(f"min, max or abs in a probability gives a tree for each case; {remedy}")
        typed = any(p.types for p in first.players)
        if typed and len({tuple(o.payoffs for o in tree.outcomes) for tree in trees}) > 1:
            raise OutOfScope(f"min, max or abs in payoffs beside hidden types is not supported; {remedy}")
    return replace(first, domain=domain)


def _play(atlas: Atlas, path: Path) -> _Play:
    """The actions used at the information sets that a group of equilibria reaches."""
    assert isinstance(atlas.game, ExtensiveForm)
    one = atlas[path.members[0]]
    behaviour = {place: dict(strategy) for place, strategy in one.profile}
    reached = reach(atlas.game, behaviour)
    places = {n.known_as for n in atlas.game.nodes if n.id in reached and not n.is_chance}
    used = zip(one.profile, one.support, strict=True)
    return tuple(sorted((place, actions) for (place, _), actions in used if place in places))


def _path(identifier: str, group: Sequence[tuple[Region, Path, Mapping[str, str]]], domain: Domain) -> Path:
    """The groups of several pieces with the same play, as one."""

    def together(regions: Sequence[Region | None]) -> Region | None:
        known = [r for r in regions if r is not None]
        if len(known) < len(regions):
            return None
        within = (all_of((guard, r)) for (guard, _, _), r in zip(group, known, strict=True))
        return tidy(any_of(within), domain.given)

    some = together([path.some for _, path, _ in group])
    assert some is not None
    names = [name for name, _ in group[0][1].refined]
    return Path(
        identifier,
        tuple(ids[m] for _, path, ids in group for m in path.members),
        some,
        together([path.every for _, path, _ in group]),
        tuple((name, together([dict(path.refined).get(name) for _, path, _ in group])) for name in names),
    )
