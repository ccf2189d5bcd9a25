"""Beliefs off the path: any at all, or those that Kreps and Wilson call consistent.

An assessment is consistent when trembles of the form `c * eps**e` on the unused actions (multipliers above
zero, whole exponents of at least one) have it as their limit.  So at a set that is not reached, a node whose
way needs strictly more trembles than another's has belief zero, nodes whose ways need the same trembles stand
in the ratio of their ways' other probabilities, and what is left is decided by exponents (a linear programme
for each choice of belief supports) and multipliers (which leave every ratio free, except where exponent
vectors depend on each other: an equation between products).
Sources: [KrepsWilson1982], [PereaJansenPeters1997].
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import flint
import z3

from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import Region, all_of
from deterrence.algebra.value import Value, number, sign_region, variable
from deterrence.errors import OutOfScope
from deterrence.games.tree import ExtensiveForm, InformationSet
from deterrence.solve.frames import Frame, Pattern, Step, plain
from deterrence.solve.rationality import bayes_weights, shortened

_MAX_SUPPORTS = 2000
_ZERO, _ONE = number(0), number(1)
Trembles = tuple[tuple[Step, int], ...]  # unused steps and how often each occurs
Classes = list[tuple[Trembles, Mapping[str, Value]]]  # nodes whose ways need the same trembles, with weights


@dataclass(frozen=True)
class Beliefs:
    """Beliefs at every set: unnormalised node weights, normalised shares, and what free ones must satisfy.

    `alternatives` exclude each other and together are the consistent beliefs; each is a condition on `names`,
    the mixing probabilities and the parameters.
    """

    weights: Mapping[str, Mapping[str, Value]]
    shares: Mapping[str, Mapping[str, Value]]
    names: tuple[str, ...]
    alternatives: tuple[Region, ...]


@dataclass(frozen=True)
class _Group:
    """Sets whose beliefs move together: free shares of the classes of nodes, of the first set."""

    classes: tuple[Trembles, ...]
    members: tuple[tuple[InformationSet, tuple[Mapping[str, Value], ...]], ...]  # weights by class and node
    names: tuple[str, ...]

    @property
    def shares(self) -> tuple[Value, ...]:
        given = tuple(variable(n) for n in self.names)
        return (*given, _ONE - _sum(given))


def beliefs(f: Frame, pattern: Pattern, reached: frozenset[str], weak: bool) -> Beliefs:
    """The beliefs that go with a pattern: Bayes at the sets that are reached, off the path as the name says.

    Raises OutOfScope where trembles couple too many sets.
    """
    weights: dict[str, Mapping[str, Value]] = {}
    shares: dict[str, Mapping[str, Value]] = {}
    free: list[tuple[InformationSet, Classes]] = []
    for h in f.tree.information:
        if h.name in reached or len(h.nodes) == 1:
            found = bayes_weights(f, h, pattern) if h.name in reached else {h.nodes[0]: _ONE}
            weights[h.name], shares[h.name] = found, _normalised(h, found)
            continue
        classes: Classes = [((), {n: _ONE}) for n in h.nodes] if weak else _classes(f, h, pattern)
        if len(classes) == 1:
            weights[h.name] = classes[0][1]
            shares[h.name] = _normalised(h, classes[0][1])
        else:
            free.append((h, classes))
    groups = _groups(f, free, weak)
    for group in groups:
        for h, parts in group.members:
            weights[h.name] = _spread(group, parts)
            shares[h.name] = _normalised(h, weights[h.name])
    names = tuple(n for g in groups for n in g.names)
    if weak:
        closed = all_of(sign_region(v, ">=") for g in groups for v in g.shares)
        return Beliefs(weights, shares, names, (closed,))
    blocks = [_alternatives(block) for block in _blocks(groups)]
    joined = tuple(all_of(choice) for choice in product(*blocks))
    return Beliefs(weights, shares, names, joined)


def _classes(f: Frame, h: InformationSet, pattern: Pattern) -> Classes:
    """The nodes that may have belief above zero, by the trembles that their ways need beyond the common."""
    needs = {n: f.unused(n, pattern) for n in h.nodes}
    kept = [n for n in h.nodes if not any(needs[m] < needs[n] for m in h.nodes)]
    common = needs[kept[0]]
    for n in kept:
        common = common & needs[n]
    ways = {n: Counter(f.steps[n]) - needs[n] for n in kept}
    weights = shortened(f, ways, pattern)
    found: dict[Trembles, dict[str, Value]] = {}
    for n in kept:
        trembles = tuple(sorted((needs[n] - common).items()))
        found.setdefault(trembles, {})[n] = weights[n]
    return list(found.items())


def _groups(f: Frame, free: Sequence[tuple[InformationSet, Classes]], weak: bool) -> list[_Group]:
    """Sets whose classes need the same trembles move together; with weak beliefs each stands alone."""
    together: dict[object, list[tuple[InformationSet, Classes]]] = {}
    for h, classes in free:
        key: object = h.name if weak else frozenset(t for t, _ in classes)
        together.setdefault(key, []).append((h, classes))
    taken = set(f.taken)
    groups = []
    for members in together.values():
        first, classes = members[0]
        place = first.place if len({h.place for h, _ in members}) == 1 < len(members) else plain(first)
        names = []
        for _, nodes in classes[:-1]:
            label = node_label(f.tree, first, next(iter(nodes)))
            names.append(fresh_name(f"belief_{place}_{label}", taken))
            taken.add(names[-1])
        order = tuple(t for t, _ in classes)
        listed = []
        for h, own in members:
            parts = [w for _, w in own] if weak else [dict(own)[t] for t in order]
            listed.append((h, tuple(parts)))
        groups.append(_Group(order, tuple(listed), tuple(names)))
    return groups


def node_label(tree: ExtensiveForm, h: InformationSet, identifier: str) -> str:
    """What tells a node from the others of its set, as part of a name: the others' types, or its id."""
    node = tree.node(identifier)
    others = [kind for player, kind in node.types if player != h.player]
    distinct = {tuple(k for p, k in tree.node(n).types if p != h.player) for n in h.nodes}
    if others and len(distinct) == len(h.nodes):
        return "_".join(others)
    return re.sub(r"\W+", "_", identifier)


def _spread(group: _Group, parts: Sequence[Mapping[str, Value]]) -> dict[str, Value]:
    """Node weights at a set: the share of the class, corrected where its ways differ from the first set's."""
    lead = [_sum(tuple(w.values())) for w in group.members[0][1]]
    own = [_sum(tuple(w.values())) for w in parts]
    ratios = [o / one for o, one in zip(own, lead, strict=True)]
    same = all((r - ratios[0]).is_zero for r in ratios)
    found = {}
    for share, total, ratio, nodes in zip(group.shares, own, ratios, parts, strict=True):
        scale = share if same else share * ratio
        for n, weight in nodes.items():
            found[n] = scale if len(nodes) == 1 else scale * weight / total
    return found


def _normalised(h: InformationSet, weights: Mapping[str, Value]) -> dict[str, Value]:
    total = _sum(tuple(weights.values()))
    return {n: weights[n] / total if n in weights else _ZERO for n in h.nodes}


def _sum(values: Sequence[Value]) -> Value:
    total = _ZERO
    for v in values:
        total = total + v
    return total


# -- which supports and ratios trembles can reach -----------------------------------------------------
def _blocks(groups: Sequence[_Group]) -> list[list[_Group]]:
    """Groups that share a tremble are decided together."""
    blocks: list[tuple[set[Step], list[_Group]]] = []
    for group in groups:
        steps = {s for t in group.classes for s, _ in t}
        joined = [b for b in blocks if b[0] & steps]
        blocks = [b for b in blocks if not b[0] & steps]
        blocks.append((steps.union(*(b[0] for b in joined)), [g for b in joined for g in b[1]] + [group]))
    return [listed for _, listed in blocks]


def _alternatives(block: Sequence[_Group]) -> list[Region]:
    count = 1
    for group in block:
        count *= 2 ** len(group.classes) - 1
    if count > _MAX_SUPPORTS:
        raise OutOfScope(
            f"trembles couple the beliefs at {', '.join(h.name for g in block for h, _ in g.members)}: "
            f"{count} belief supports, more than {_MAX_SUPPORTS}; ask for weak beliefs instead"
        )
    everything = tuple(tuple(range(len(g.classes))) for g in block)
    choices = [c for c in product(*(_subsets(k) for k in everything)) if _reachable(block, c)]
    if len(choices) == count and not _ties(block, everything):
        return [all_of(sign_region(v, ">=") for g in block for v in g.shares)]
    found = []
    for choice in choices:
        parts: list[Region] = [
            sign_region(v, ">" if k in used else "==")
            for g, used in zip(block, choice, strict=True)
            for k, v in enumerate(g.shares)
        ]
        found.append(all_of((*parts, *_ties(block, choice))))
    return found


def _subsets(items: Sequence[int]) -> list[tuple[int, ...]]:
    return [
        tuple(k for k, chosen in zip(items, bits, strict=True) if chosen)
        for bits in product((True, False), repeat=len(items))
        if any(bits)
    ]


def _reachable(block: Sequence[_Group], choice: Sequence[Sequence[int]]) -> bool:
    """Whether some exponents give exactly these classes of each group the least total exponent."""
    solver = z3.SolverFor("QF_LRA")
    exponents: dict[Step, z3.ArithRef] = {}

    def total(trembles: Trembles) -> z3.ArithRef:
        terms = [times * exponents.setdefault(s, z3.Real(str(s))) for s, times in trembles]
        return z3.Sum(*terms) if terms else z3.RealVal(0)

    for group, used in zip(block, choice, strict=True):
        least = total(group.classes[used[0]])
        for k, trembles in enumerate(group.classes):
            if k in used:
                solver.add(total(trembles) == least)
            else:
                solver.add(total(trembles) > least)
    solver.add(*(e >= 1 for e in exponents.values()))
    return bool(solver.check() == z3.sat)


def _ties(block: Sequence[_Group], choice: Sequence[Sequence[int]]) -> list[Region]:
    """The equations between products of shares that multipliers cannot undo."""
    rows: list[Counter[Step]] = []
    ratios: list[tuple[Value, Value]] = []  # (share times the first's weight, the first's share times weight)
    for group, used in zip(block, choice, strict=True):
        lead = [_sum(tuple(w.values())) for w in group.members[0][1]]
        first = used[0]
        for k in used[1:]:
            row: Counter[Step] = Counter(dict(group.classes[k]))
            row.subtract(dict(group.classes[first]))
            rows.append(row)
            ratios.append((group.shares[k] * lead[first], group.shares[first] * lead[k]))
    steps = sorted({s for row in rows for s in row})
    found = []
    for powers in _null_vectors([[row[s] for s in steps] for row in rows]):
        left = right = _ONE
        for power, (top, below) in zip(powers, ratios, strict=True):
            if power > 0:
                left, right = left * top**power, right * below**power
            elif power < 0:
                left, right = left * below**-power, right * top**-power
        found.append(sign_region(left - right, "=="))
    return found


def _null_vectors(rows: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Whole vectors that span the combinations of rows that vanish."""
    if not rows:
        return
    if not rows[0]:
        for k in range(len(rows)):
            yield tuple(int(i == k) for i in range(len(rows)))
        return
    basis, count = flint.fmpz_mat([list(r) for r in rows]).transpose().nullspace()
    for column in range(count):
        yield tuple(int(basis[i, column]) for i in range(len(rows)))
