"""Solutions of subgames as branches: behaviour, the exact condition for it, and what it is worth.

The solvers that go through a tree from its end keep a list of branches for each subgame.  A branch refers to
the branches of the smaller subgames inside it, so nothing is copied on the way up, and long trees need no
recursion.  Branches of one subgame exclude each other: no equilibrium is in two of them.
Sources: [Kuhn1953] for backward induction, [Selten1975] for subgame perfection.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import EVERYWHERE, NOWHERE, AllOf, Atom, Region, all_of, names_of
from deterrence.algebra.value import Value, number, sign_region, variable
from deterrence.errors import DomainError, OutOfScope
from deterrence.games.tree import ExtensiveForm, InformationSet, Node
from deterrence.solve.components import Component
from deterrence.solve.unknowns import Solved, solved

MAX_BRANCHES = 512
Payoffs = tuple[Value, ...]
Rows = Mapping[str, tuple[Value, ...]]  # the probability of each action, by information set
_ZERO, _ONE = number(0), number(1)


@dataclass(frozen=True, eq=False)
class Branch:
    """Equilibria of a subgame with one pattern of play.

    `rows` has the behaviour in its first stage, `parts` the branches of the subgames inside it, `free` the
    mixing variables of all of them together.  `where` is exact, `closed` lets supports shrink.  `table` has
    mixing variables of the parts that a tie in this stage determines.
    """

    rows: Rows
    parts: tuple[Branch, ...]
    free: tuple[str, ...]
    where: Region
    closed: Region
    payoffs: Payoffs
    table: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Names:
    """The names of the mixing probabilities, by information set and action."""

    of: Mapping[tuple[str, str], str]

    def row(self, h: InformationSet, used: Sequence[str]) -> tuple[Value, ...]:
        """The probability of every action when those in `used` are played, the last of them as the rest."""
        rest = _ONE
        found = dict.fromkeys(h.actions, _ZERO)
        for action in used[:-1]:
            found[action] = variable(self.of[h.name, action])
            rest = rest - found[action]
        found[used[-1]] = rest
        return tuple(found.values())

    def free(self, h: InformationSet, used: Sequence[str]) -> tuple[str, ...]:
        """The names of the probabilities that `row` leaves open."""
        return tuple(self.of[h.name, a] for a in used[:-1])

    def bounds(self, h: InformationSet, used: Sequence[str], relation: str) -> Region:
        """The probabilities of used actions are above zero (">") or at least zero (">=")."""
        if len(used) == 1:
            return EVERYWHERE
        row = dict(zip(h.actions, self.row(h, used), strict=True))
        return all_of(sign_region(row[a], relation) for a in used)


def mixing_names(tree: ExtensiveForm) -> Names:
    """Names for all mixing probabilities, such as `p_answer_soft_yield`, distinct from all parameters."""
    taken = set(tree.domain.names)
    found = {}
    for h in tree.information:
        place = f"{h.place}_{h.kind}" if h.kind else h.name
        for action in h.actions:
            name = fresh_name(f"p_{place}_{action}", taken)
            taken.add(name)
            found[h.name, action] = name
    return Names(found)


def consistent_tree(tree: ExtensiveForm) -> Prover:
    """The prover for the tree's assumptions.

    Raises DomainError for assumptions that contradict each other and payoffs that are not proved defined.
    """
    ask = prover(tree.domain.given)
    if ask.satisfiable(EVERYWHERE) is False:
        raise DomainError(
            "the assumptions contradict each other, so there is no parameter value to solve for; "
            "drop one of: " + "; ".join(str(a) for a in tree.domain.assumptions)
        )
    for outcome in tree.outcomes:
        for v in outcome.payoffs:
            if not v.c.is_constant and ask.holds(sign_region(v.denominator, "!=")) is not True:
                raise DomainError(
                    f"the payoff {v} at outcome {outcome.id} is not proved to be defined: its "
                    f"denominator may be zero; add an assumption such as {v.denominator} > 0"
                )
    return ask


def combined(
    options: Sequence[Sequence[Branch]], place: str, ask: Prover, emptied: list[Region]
) -> list[Branch]:
    """Every choice of one branch from each list, as branches without behaviour or payoffs of their own.

    Choices whose conditions are proved to have no common point are left out and added to `emptied`.  Raises
    OutOfScope beyond `MAX_BRANCHES`.
    """
    listed: list[tuple[tuple[Branch, ...], tuple[str, ...], Region, Region]]
    listed = [((), (), EVERYWHERE, EVERYWHERE)]
    for branches in options:
        grown = []
        for parts, free, where, closed in listed:
            for b in branches:
                both = all_of((where, b.where))
                if both not in (where, b.where) and proved_empty(both, ask, emptied):
                    continue
                grown.append(((*parts, b), (*free, *b.free), both, all_of((closed, b.closed))))
                limited(len(grown), place)
        listed = grown
    return [Branch({}, parts, free, where, closed, ()) for parts, free, where, closed in listed]


def limited(count: int, place: str) -> None:
    """Raise OutOfScope where a subgame has more than `MAX_BRANCHES` branches."""
    if count > MAX_BRANCHES:
        raise OutOfScope(
            f"the subgame at {place} has more than {MAX_BRANCHES} patterns of equilibrium play, each with "
            "its own region; assume an ordering of the payoffs, or put in numbers, to leave fewer"
        )


def proved_empty(region: Region, ask: Prover, emptied: list[Region]) -> bool:
    """Whether a condition is proved to have no solution; if so it is added to `emptied`."""
    if ask.satisfiable(region) is not False:
        return False
    if region != NOWHERE:
        emptied.append(region)
    return True


def chance_move(tree: ExtensiveForm, node: Node, base: Branch, values: Mapping[str, Payoffs]) -> Branch:
    """The branch of a chance node whose moves are worth `values`, beyond what `base` has."""
    return finished(base, {}, expected(tree, node, node.probabilities, values))


def expected(
    tree: ExtensiveForm, node: Node, chances: Sequence[Value], values: Mapping[str, Payoffs]
) -> Payoffs:
    """What the moves of a node are worth together; `values` has what each leads to, outcomes apart."""
    total = [_ZERO] * len(tree.players)
    for (_, to), chance in zip(node.moves, chances, strict=True):
        if not chance.is_zero:
            worth = tree.outcome(to).payoffs if tree.is_end(to) else values[to]
            total = [t + chance * v for t, v in zip(total, worth, strict=True)]
    return tuple(total)


def finished(base: Branch, rows: Rows, payoffs: Payoffs) -> Branch:
    """`base` with the behaviour of its first stage and what it is worth."""
    return Branch(rows, base.parts, base.free, base.where, base.closed, payoffs, base.table)


def decisions(
    tree: ExtensiveForm,
    h: InformationSet,
    base: Branch,
    values: Mapping[str, Payoffs],
    names: Names | None,
    ask: Prover,
    emptied: list[Region],
) -> Iterator[Branch]:
    """The branches of a decision alone in its information set: each best action, and mixtures with `names`.

    A choice that the assumptions settle adds no condition and no branch.
    """
    node = tree.node(h.nodes[0])
    i = tree.names.index(h.player)
    worth = {a: tree.outcome(to).payoffs if tree.is_end(to) else values[to] for a, to in node.moves}
    best: list[tuple[str, Region]] = []
    for a in h.actions:
        better = [sign_region(worth[a][i] - worth[b][i], ">=") for b in h.actions if b != a]
        whole = all_of((base.where, *better))
        if whole == base.where or not proved_empty(whole, ask, emptied):
            needed = all_of(c for c in better if c != EVERYWHERE and ask.implies(base.where, c) is not True)
            best.append((a, needed))
    for a, needed in best:
        row = tuple(number(int(b == a)) for b in h.actions)
        yield Branch({h.name: row}, base.parts, base.free, *_with(base, needed, needed), worth[a], base.table)
    if names is None or len(best) == 1:
        return
    conditions = dict(best)
    for size in range(2, len(best) + 1):
        for used in combinations(conditions, size):
            equal = all_of(sign_region(worth[used[0]][i] - worth[a][i], "==") for a in used[1:])
            tied = all_of((equal, conditions[used[0]]))
            if tied == NOWHERE or proved_empty(all_of((base.where, tied)), ask, emptied):
                continue
            row = names.row(h, used)
            payoffs = list(expected(tree, node, row, values))
            payoffs[i] = worth[used[0]][i]  # they are all equal, so no mixing probability is needed
            where, closed = _with(
                base,
                all_of((tied, names.bounds(h, used, ">"))),
                all_of((tied, names.bounds(h, used, ">="))),
            )
            free = (*base.free, *names.free(h, used))
            yield Branch({h.name: row}, base.parts, free, where, closed, tuple(payoffs), base.table)


def _with(base: Branch, exact: Region, weak: Region) -> tuple[Region, Region]:
    return all_of((base.where, exact)), all_of((base.closed, weak))


def determined(branch: Branch, ask: Prover) -> list[Branch]:
    """The branch with the free variables that its equations determine put in; several where cases arise."""
    if not branch.free or not _equations(branch):
        return [branch]
    found = []
    for s in solved(branch.where, branch.free, ask):
        if s.table or s.where != branch.where:
            branch_closed = all_of((s.into(branch.closed), *_exactly(s.where)))
            found.append(_put(branch, s, branch_closed))
        else:
            found.append(branch)
    return found


def _equations(branch: Branch) -> bool:
    parts = branch.where.parts if isinstance(branch.where, AllOf) else (branch.where,)
    free = set(branch.free)
    return any(isinstance(p, Atom) and p.relation == "==" and names_of(p) & free for p in parts)


def _exactly(where: Region) -> list[Region]:
    parts = where.parts if isinstance(where, AllOf) else (where,)
    return [p for p in parts if isinstance(p, Atom) and p.relation in ("==", "!=")]


def _put(branch: Branch, s: Solved, closed: Region) -> Branch:
    left = tuple(n for n in branch.free if n not in s.table)
    payoffs = tuple(s.put(v) for v in branch.payoffs)
    rows = {name: tuple(s.put(v) for v in row) for name, row in branch.rows.items()}
    table = {**{n: s.put(v) for n, v in branch.table.items()}, **s.table}
    return Branch(rows, branch.parts, left, s.where, closed, payoffs, table)


def behaviour(branch: Branch) -> dict[str, tuple[Value, ...]]:
    """The probability of every action at every information set of the subgame."""
    found: dict[str, tuple[Value, ...]] = {}
    todo: list[tuple[Branch, tuple[Mapping[str, Value], ...]]] = [(branch, ())]
    while todo:
        b, tables = todo.pop()
        for name, row in b.rows.items():
            for table in tables:
                row = tuple(v.substitute(dict(table)) for v in row)
            found[name] = row
        inner = (b.table, *tables) if b.table else tables
        todo += [(part, inner) for part in b.parts]
    return found


def component(tree: ExtensiveForm, branch: Branch) -> Component:
    """The branch of the whole tree as a component of its atlas."""
    found = behaviour(branch)
    return Component(tuple(found[h.name] for h in tree.information), branch.free, branch.where, branch.closed)


def pure_component(tree: ExtensiveForm, choices: Mapping[str, str]) -> Component:
    """One action at every decision node of a tree with perfect information, without conditions."""
    rows = tuple(
        tuple(_ONE if a == choices[h.nodes[0]] else _ZERO for a in h.actions) for h in tree.information
    )
    return Component(rows, (), EVERYWHERE, EVERYWHERE)
