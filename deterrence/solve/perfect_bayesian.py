"""All perfect Bayesian equilibria of a tree, each with the exact region where it exists.

Sequential beliefs are the default: assessments that are sequentially rational and consistent in the sense of
Kreps and Wilson, which are their sequential equilibria.  Weak beliefs follow Bayes' rule on the path and are
free off it; they allow play that is not subgame perfect.  Beliefs off the path are unknowns of the component,
so a component is a family of assessments, and its region has them eliminated.  Every pattern of used actions
is searched, so the list is complete by construction.
Sources: [KrepsWilson1982], [FudenbergTirole1991].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from deterrence.algebra.region import AllOf, Region, all_of, complement, names_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value
from deterrence.errors import GameError, expect
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Strategy
from deterrence.solve.components import Component, assemble
from deterrence.solve.frames import Frame, frame
from deterrence.solve.offpath import Filter, Play, filters, path_groups, play, survival
from deterrence.solve.patterns import patterns
from deterrence.solve.systems import System, systems
from deterrence.solve.unknowns import Solved, solved

BELIEFS = ("sequential", "weak")
_MAX_LABELLED = 48  # patterns; with more, no ordering of the payoffs is assumed


def perfect_bayesian(tree: ExtensiveForm, *, beliefs: str = "sequential", cells: bool = True) -> Atlas:
    """Every perfect Bayesian equilibrium in behaviour strategies, with `beliefs` "sequential" or "weak".

    A game with dozens of components (no ordering of its payoffs is assumed) gets no refinement labels, and
    components whose regions would be long are kept as systems, see `Equilibrium.projected`.

    Raises DomainError for assumptions that contradict each other or chance moves that may have probability
    zero, OutOfScope where trembles couple too many information sets.

    >>> tree = ExtensiveForm.build(
    ...     ["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
    ...      "reply": {"player": "them", "moves": {"yield_": "win", "fight": "war"}}},
    ...     {"SQ": [0, 0], "win": [1, -1], "war": ["-c", "-d"]}, assumptions=["c > 0", "d > 1"])
    >>> [str(e.strategy("open")["act"]) for e in perfect_bayesian(tree)]
    ['1']
    """
    expect("perfect_bayesian", tree, ExtensiveForm)
    if beliefs not in BELIEFS:
        raise GameError(f"beliefs are {beliefs!r}; write one of {', '.join(BELIEFS)}")
    weak = beliefs == "weak"
    f = frame(tree)
    emptied: list[Region] = []
    plays: dict[tuple[tuple[str, tuple[str, ...]], ...], list[System]] = {}
    for pattern in patterns(f, {}, weak, emptied):
        for system in systems(f, pattern, weak):
            if f.ask.satisfiable(system.whole) is False:
                emptied.append(system.whole)
                continue
            key = tuple((n, used) for n, used in pattern.items() if n in system.reached)
            plays.setdefault(tuple(sorted(key)), []).append(system)
    components: list[Component] = []
    listed: list[Play] = []
    few = sum(map(len, plays.values())) <= _MAX_LABELLED
    for key, members in plays.items():
        one = (
            play(f, f"p{len(listed) + 1}", dict(key), weak)
            if few
            else Play(f"p{len(listed) + 1}", dict(key), None)
        )
        listed.append(one)
        named = filters(f, one)
        for system in members:
            components += _components(f, system, one.id, named)
    concept = "weak-perfect-bayesian" if weak else "perfect-bayesian"
    atlas = assemble(tree, components, concept, "all", emptied=emptied, with_cells=cells)
    return replace(atlas, paths=path_groups(f, atlas, listed))


def _components(f: Frame, system: System, path: str, named: Sequence[Filter]) -> list[Component]:
    where = lean(f, system.whole)
    return [_component(f, system, path, named, s) for s in solved(where, system.names, f.ask)]


def _component(f: Frame, system: System, path: str, named: Sequence[Filter], s: Solved) -> Component:
    rows = tuple(
        tuple(s.put(v) for v in f.chances(h.name, system.pattern[h.name]).values())
        for h in f.tree.information
    )
    shares: list[tuple[str, Strategy]] = [
        (h.name, tuple((n, s.put(v)) for n, v in system.shares[h.name].items()))
        for h in f.tree.information
        if len(h.nodes) > 1
    ]
    mentioned = set(names_of(s.where))
    for v in _values(rows, shares):
        mentioned |= v.names
    free = tuple(n for n in system.names if n in mentioned and n not in s.table)
    refinements = tuple(
        (one.name, tidy(s.into(survival(f, system, one)), all_of((f.ask.given, s.where)))) for one in named
    )
    return Component(rows, free, s.where, s.where, tuple(shares), path, refinements)


def _values(rows: Sequence[Sequence[Value]], shares: Sequence[tuple[str, Strategy]]) -> list[Value]:
    return [v for row in rows for v in row] + [v for _, share in shares for _, v in share]


def lean(f: Frame, where: Region) -> Region:
    """A conjunction without the conditions that the others imply, the longest looked at first."""
    parts = list(where.parts) if isinstance(where, AllOf) else [where]
    for part in sorted(parts, key=_length, reverse=True):
        rest = [p for p in parts if p is not part]
        if f.ask.satisfiable(all_of((*rest, complement(part)))) is False:
            parts = rest
    return all_of(parts)


def _length(region: Region) -> int:
    return len(str(region))
