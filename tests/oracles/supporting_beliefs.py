"""Whether some beliefs make a behaviour profile an equilibrium: brute force at numbers, decided exactly.

Defines `supporting`: beliefs that make given behaviour a weak perfect Bayesian or a sequential equilibrium, None
if there are proved to be none, or Unsupported; and `behaviours`, all profiles on a grid of probabilities.

Weak beliefs off the path bind nothing but the set itself, so each set is a linear programme.  Sequential ones are
gone through by their supports.  For given supports that have exponents (see `assessments`), the odds of two
believed nodes are a known number times a product of powers of multipliers.  Where the different products that
occur are independent, they are independent positive unknowns, in which rationality is linear; nodes with the
same product, such as those that follow from other nodes by moves that are used, share their unknown.  Where they
depend on each other, leaving that out still proves that there are none; else Unsupported is raised, not guessed.
Imports nothing of the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

from tests.oracles.assessments import ONE, Behaviour, Labels, Tree, bayes, faults, gains
from tests.oracles.feasible import Row, feasible, left_nullspace

Distribution = dict[str, Fraction]
Gains = Mapping[str, Sequence[Mapping[str, Fraction]]]
Monomial = tuple[int, ...]


class Unsupported(Exception):
    """The trembles are tied in a way that this file does not decide."""


def behaviours(tree: Tree, steps: int) -> Iterator[dict[str, Distribution]]:
    """All behaviour profiles with probabilities in steps of 1/steps; 1 gives the pure ones."""
    choices = []
    for name, actions in tree.actions.items():
        parts = [p for p in product(range(steps + 1), repeat=len(actions)) if sum(p) == steps]
        choices.append(
            [(name, {a: Fraction(k, steps) for a, k in zip(actions, p, strict=True)}) for p in parts]
        )
    for chosen in product(*choices):
        yield dict(chosen)


def supporting(tree: Tree, behaviour: Behaviour, kind: str) -> dict[str, Distribution] | None:
    """Beliefs at all information sets that make the behaviour an equilibrium, or None."""
    found = bayes(tree, behaviour)
    demands = {name: gains(tree, name, behaviour) for name in tree.sets}
    for name, nodes in tree.sets.items():
        if len(nodes) == 1:
            found[name] = {nodes[0]: ONE}
        if name in found and not all(_rational(found[name], gain) for gain in demands[name]):
            return None
    open_sets = [name for name in tree.sets if name not in found]
    for name in open_sets:
        believed = _at_set(tree.sets[name], demands[name])
        if believed is None:
            return None
        found[name] = believed
    if kind == "sequential" and open_sets:
        found = _consistent(tree, behaviour, demands, {h: found[h] for h in found if h not in open_sets})
        if found is None:
            return None
    assert not faults(tree, behaviour, found, kind)
    return found


def _rational(belief: Mapping[str, Fraction], gain: Mapping[str, Fraction]) -> bool:
    return sum(belief[x] * gain[x] for x in belief) >= 0


def _at_set(nodes: Sequence[str], demands: Sequence[Mapping[str, Fraction]]) -> Distribution | None:
    """A belief at one information set that meets all demands."""
    rows: list[Row] = [([gain[x] for x in nodes], ">=", 0) for gain in demands]
    solution = feasible([*rows, ([1] * len(nodes), "==", 1)], len(nodes))
    return None if solution is None else dict(zip(nodes, solution, strict=True))


def _consistent(
    tree: Tree, behaviour: Behaviour, demands: Gains, known: Mapping[str, Distribution]
) -> dict[str, Distribution] | None:
    labels = Labels(tree, behaviour)
    fixed = {h: tuple(x for x in belief if belief[x]) for h, belief in known.items()}
    open_sets = [h for h in tree.sets if h not in known]
    unsure = False
    for chosen in product(*(_subsets(tree.sets[h]) for h in open_sets)):
        believed = dict(zip(open_sets, chosen, strict=True))
        if not labels.exponents_exist({**fixed, **believed}):
            continue
        answer = _at_supports(labels, believed, demands)
        if isinstance(answer, dict):
            return {**known, **answer}
        unsure = unsure or answer
    if unsure:
        raise Unsupported
    return None


def _subsets(nodes: Sequence[str]) -> list[tuple[str, ...]]:
    return [s for k in range(1, len(nodes) + 1) for s in combinations(nodes, k)]


def _at_supports(
    labels: Labels, believed: Mapping[str, tuple[str, ...]], demands: Gains
) -> dict[str, Distribution] | bool:
    """Beliefs with exactly these supports; False if there are none, True if that is not known."""
    for bases in product(*believed.values()):
        odds = {
            h: {x: labels.difference(x, base) for x in nodes}
            for (h, nodes), base in zip(believed.items(), bases, strict=True)
        }
        occurring = list(dict.fromkeys(m for table in odds.values() for m in table.values() if any(m)))
        if not left_nullspace(occurring):
            return _with_unknowns(labels, odds, demands, occurring) or False
    # every choice leaves dependent products: as if each were an unknown of its own, which allows too much
    loose = _with_unknowns(labels, odds, demands, occurring)
    return loose is not None


def _with_unknowns(
    labels: Labels, odds: Mapping[str, Mapping[str, Monomial]], demands: Gains, unknowns: Sequence[Monomial]
) -> dict[str, Distribution] | None:
    """Positive numbers for the products, and one for 1: demands are homogeneous, so "at least 1" will do."""
    place = {m: i + 1 for i, m in enumerate(unknowns)}
    rows: list[Row] = []
    for h, table in odds.items():
        for gain in demands[h]:
            row = [Fraction(0)] * (len(unknowns) + 1)
            for x, m in table.items():
                row[place.get(m, 0)] += labels.known[x] * gain[x]
            rows.append((row, ">=", -sum(row)))
    solution = feasible(rows, len(unknowns) + 1)
    if solution is None:
        return None
    found = {}
    for h, table in odds.items():
        weights = {x: labels.known[x] * (1 + solution[place.get(m, 0)]) for x, m in table.items()}
        total = sum(weights.values())
        found[h] = {x: weights.get(x, Fraction(0)) / total for x in labels.tree.sets[h]}
    return found
