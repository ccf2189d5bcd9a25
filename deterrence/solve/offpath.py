"""Who supports a play from off its path, and which support survives a named refinement.

Equilibria are grouped by the actions used on the path.  A group's `every` region is found from all off-path
behaviour that is itself rational, also that which breaks the equilibrium.  D1 and the intuitive criterion
compare a type's gain from an unsent message with its equilibrium payoff, over all rational answers;
they label equilibria and drop none.  They are defined where the nodes of the receiver's set differ in which
of one sender's information sets (its types) sent the message; elsewhere there is no label.
Sources: [ChoKreps1987], [BanksSobel1987].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from deterrence.algebra.eliminate import bounded, exists
from deterrence.algebra.region import Region, all_of, any_of, complement
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import Value, number, sign_region
from deterrence.errors import OutOfScope
from deterrence.solve.atlas import Atlas, Equilibrium, Path
from deterrence.solve.frames import Frame, Step
from deterrence.solve.patterns import patterns
from deterrence.solve.rationality import bayes_weights
from deterrence.solve.systems import System, systems

REFINEMENTS = ("d1", "intuitive")
_MAX_COMPLETIONS = 60
_MAX_CASES = 400


@dataclass(frozen=True)
class Play:
    """The actions used at the sets that are reached, and every rational way to complete them off the path."""

    id: str
    used: Mapping[str, tuple[str, ...]]
    completions: tuple[System, ...] | None  # None: too many

    def __hash__(self) -> int:
        return hash(self.id)


def play(f: Frame, identifier: str, used: Mapping[str, tuple[str, ...]], weak: bool) -> Play:
    """The play with these actions, and its completions; None for these where there are too many."""
    found: list[System] = []
    for pattern in patterns(f, used, weak, []):
        for system in systems(f, pattern, weak):
            if f.ask.satisfiable(system.off_path) is not False:
                found.append(system)
        if len(found) > _MAX_COMPLETIONS:
            return Play(identifier, used, None)
    return Play(identifier, used, tuple(found))


def path_groups(f: Frame, atlas: Atlas, plays: Sequence[Play]) -> tuple[Path, ...]:
    """The groups of the atlas's equilibria with their regions, in order."""
    found = []
    for one in plays:
        members = [e for e in atlas.equilibria if e.path == one.id]
        if not members:
            continue
        whole = all(e.projected for e in members)
        some = tidy(any_of(e.region for e in members), f.ask.given) if whole else None
        refined = tuple((name, _kept(f, members, name)) for name in REFINEMENTS if _labelled(members, name))
        every = some if len(one.used) == len(f.tree.information) else _every(f, one)
        found.append(Path(one.id, tuple(e.id for e in members), some, every, refined))
    return tuple(found)


def _labelled(members: Sequence[Equilibrium], name: str) -> bool:
    return all(any(n == name for n, _ in e.refinements) for e in members)


def _kept(f: Frame, members: Sequence[Equilibrium], name: str) -> Region | None:
    """Where the refinement keeps a member; None where that cannot be projected."""
    try:
        with bounded(_MAX_CASES):
            parts = [
                exists(all_of((e.where, e.survives(name))), [r.name for r in e.free], f.ask.given)
                for e in members
            ]
    except OutOfScope:
        return None
    return tidy(any_of(tidy(part, f.ask.given) for part in parts), f.ask.given)


def _every(f: Frame, one: Play) -> Region | None:
    """Where the play is supported, and by every rational behaviour off the path; None where not computed."""
    if one.completions is None:
        return None
    names_on = one.completions[0].names_on if one.completions else ()
    try:
        with bounded(_MAX_CASES):
            supported = _some(f, one, lambda s: s.on_path)
            broken = _some(f, one, lambda s: complement(s.on_path))
            found = exists(all_of((supported, complement(broken))), names_on, f.ask.given)
    except OutOfScope:
        return None
    return tidy(found, f.ask.given)


def _some(f: Frame, one: Play, condition: Callable[[System], Region]) -> Region:
    """Where some rational completion of the play satisfies a condition; on-path unknowns stay."""
    found = []
    for system in one.completions or ():
        whole = all_of((system.off_path, condition(system)))
        if f.ask.satisfiable(whole) is not False:
            found.append(tidy(exists(whole, system.names_off, f.ask.given), f.ask.given))
    return any_of(found)


# -- refinements ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Filter:
    """A refinement for one play: at each receiver's set, where each sender's step is excluded."""

    name: str
    excluded: Mapping[tuple[str, Step], Region]


def filters(f: Frame, one: Play) -> tuple[Filter, ...]:
    """The refinements that are defined for a play, none where a message is not one sender's."""
    receivers = _receivers(f, one)
    if receivers is None or one.completions is None:
        return ()
    found = []
    for name in REFINEMENTS:
        excluded: dict[tuple[str, Step], Region] = {}
        by_message: dict[tuple[Step, ...], dict[Step, Region]] = {}
        try:
            for place, steps in receivers.items():
                if steps not in by_message:
                    with bounded(_MAX_CASES):
                        by_message[steps] = _excluded(f, one, steps, name)
                excluded.update({(place, s): r for s, r in by_message[steps].items()})
        except OutOfScope:
            continue
        found.append(Filter(name, excluded))
    return tuple(found)


def survival(f: Frame, system: System, one: Filter) -> Region:
    """The condition on a system's unknowns under which its beliefs give excluded types no weight."""
    conditions = []
    places = dict.fromkeys(place for place, _ in one.excluded)
    for place in places:
        own = {s: r for (p, s), r in one.excluded.items() if p == place}
        everyone = all_of(own.values())
        for step, excluded in own.items():
            weight = number(0)
            for n, share in system.shares[place].items():
                if step in f.unused(n, system.pattern):
                    weight = weight + share
            conditions.append(any_of((complement(excluded), sign_region(weight, "=="), everyone)))
    return all_of(conditions)


def _receivers(f: Frame, one: Play) -> dict[str, tuple[Step, ...]] | None:
    """At each set off the path with several types behind it, their steps; None if not one sender's."""
    found: dict[str, tuple[Step, ...]] = {}
    for h in f.tree.information:
        if h.name in one.used:
            continue
        first = {n: f.unused(n, _only(f, one)) for n in h.nodes}
        kept = [n for n in h.nodes if not any(first[m] < first[n] for m in h.nodes)]
        common = first[kept[0]]
        for n in kept:
            common = common & first[n]
        apart = {tuple(sorted((first[n] - common).items())) for n in kept}
        if len(apart) == 1:
            continue
        steps = [s for way in apart for s, _ in way]
        senders = {f.tree.information_set(s[1]).player for s in steps}
        one_each = len({s[1] for s in steps}) == len(apart)
        if any(len(way) != 1 or way[0][1] != 1 for way in apart) or len(senders) != 1 or not one_each:
            return None
        found[h.name] = tuple(sorted(steps))
    return found


def _only(f: Frame, one: Play) -> dict[str, tuple[str, ...]]:
    """The play's pattern, with every action counted as used where the play says nothing."""
    return {h.name: one.used.get(h.name, h.actions) for h in f.tree.information}


def _excluded(f: Frame, one: Play, steps: Sequence[Step], name: str) -> dict[Step, Region]:
    """Where the refinement excludes each of the types that could have sent the message."""

    def some(*wanted: tuple[Step, str]) -> Region:
        def condition(system: System) -> Region:
            return all_of(sign_region(_gain(f, system, s), relation) for s, relation in wanted)

        return _some(f, one, condition)

    if name == "intuitive":
        return {s: complement(some((s, ">="))) for s in steps}
    found = {}
    for s in steps:
        others = (t for t in steps if t != s)
        cases = (all_of((some((t, ">")), complement(some((s, ">="), (t, "<="))))) for t in others)
        found[s] = tidy(any_of(cases), f.ask.given)
    return found


def _gain(f: Frame, system: System, step: Step) -> Value:
    """What the type at a set gains by an unused action, times the (positive) weight of the set."""
    _, place, action = step
    h = f.tree.information_set(place)
    at = f.tree.names.index(h.player)
    total = number(0)
    for n, weight in bayes_weights(f, h, system.pattern).items():
        moves = dict(f.tree.node(n).moves)
        after, usual = (f.values(moves[a], system.pattern)[at] for a in (action, system.pattern[place][0]))
        total = total + weight * (after - usual)
    return total
