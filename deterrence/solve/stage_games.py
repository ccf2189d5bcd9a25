"""The equilibria of one stage of a tree: moves at the same time, with the smaller subgames already solved.

Where every player has one information set in the stage, it is a game in normal form, and the solvers for
those give every component.  Otherwise behaviour is searched by support: each player's plans that use only
supported actions must pay the same, and no other plan more, which is the definition of a Nash equilibrium and
stays so where denominators of mixed strategies would vanish.  Beyond the stated sizes only pure behaviour is
searched.  Sources: [Kuhn1953], [Nash1951], [Selten1975].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import Region, all_of
from deterrence.algebra.value import Value, number, sign_region
from deterrence.games.normal import NormalForm
from deterrence.games.normal import Player as NormalPlayer
from deterrence.games.subgames import Stage
from deterrence.games.tree import ExtensiveForm, InformationSet
from deterrence.solve.bimatrix import bimatrix_components
from deterrence.solve.branches import Branch, Names, Payoffs, expected, proved_empty
from deterrence.solve.components import Component
from deterrence.solve.frames import supports
from deterrence.solve.nash import MAX_ACTIONS, cleared
from deterrence.solve.trio import trio_components

MAX_PATTERNS = 729  # patterns of supports of a stage of up to two players
MAX_PATTERNS_MANY = 63  # and of more, where the conditions are no longer linear in each player's unknowns
MAX_PLANS = 1024
Plan = tuple[str, ...]  # an action for each information set of a player
Pattern = Mapping[str, tuple[str, ...]]  # the actions used, by information set


@dataclass(frozen=True)
class StageGame:
    """A stage with what its exits are worth in one branch of the smaller subgames."""

    tree: ExtensiveForm
    stage: Stage
    values: Mapping[str, Payoffs]

    def payoffs(self, rows: Mapping[str, Sequence[Value]]) -> Payoffs:
        """Every player's expected payoff from behaviour at the information sets of the stage."""
        worth = dict(self.values)
        for identifier in reversed(self.stage.nodes):
            node = self.tree.node(identifier)
            chances = node.probabilities if node.is_chance else rows[node.known_as]
            worth[identifier] = expected(self.tree, node, chances, worth)
        return worth[self.stage.root]


def owners(stage: Stage) -> dict[str, list[InformationSet]]:
    """The information sets of a stage by player."""
    found: dict[str, list[InformationSet]] = {}
    for h in stage.sets:
        found.setdefault(h.player, []).append(h)
    return found


def is_simultaneous(stage: Stage) -> bool:
    """Whether no player has two information sets in the stage."""
    return all(len(sets) == 1 for sets in owners(stage).values())


def plan_count(stage: Stage) -> int:
    """How many pure profiles the stage has."""
    count = 1
    for h in stage.sets:
        count *= len(h.actions)
    return count


def _has_normal_form(stage: Stage) -> bool:
    """Whether the stage is a normal form of a size that is solved with all mixtures."""
    sizes = [len(h.actions) for h in stage.sets]
    return is_simultaneous(stage) and (sizes == [2, 2, 2] or (len(sizes) == 2 and max(sizes) <= MAX_ACTIONS))


def fully_searched(stage: Stage) -> bool:
    """Whether mixed behaviour in the stage is within the sizes searched."""
    if len(stage.nodes) == 1 or _has_normal_form(stage):
        return True
    sizes = [len(h.actions) for h in stage.sets]
    count = 1
    for size in sizes:
        count *= 2**size - 1
    return count <= (MAX_PATTERNS if len(owners(stage)) <= 2 else MAX_PATTERNS_MANY)


def stage_branches(
    game: StageGame, base: Branch, names: Names | None, ask: Prover, emptied: list[Region]
) -> Iterator[Branch]:
    """The branches of a stage with several information sets; pure behaviour only where `names` is None.

    `base` has the branches of the smaller subgames and the conditions for them.
    """
    sets = game.stage.sets
    sizes = [len(h.actions) for h in sets]
    if names is None:
        yield from _by_support(game, base, None, ask, emptied)
    elif is_simultaneous(game.stage) and (
        sizes == [2, 2, 2] or (len(sizes) == 2 and max(sizes) <= MAX_ACTIONS)
    ):
        within = prover(all_of((ask.given, base.where)))
        for component in _normal_form(game, names, within, emptied):
            rows = {h.name: row for h, row in zip(sets, component.probabilities, strict=True)}
            yield Branch(
                rows,
                base.parts,
                (*base.free, *component.free),
                all_of((base.where, component.where)),
                all_of((base.closed, component.closed)),
                game.payoffs(rows),
                base.table,
            )
    else:
        yield from _by_support(game, base, names, ask, emptied)


# -- one information set a player -----------------------------------------------------------------
def _normal_form(game: StageGame, names: Names, within: Prover, emptied: list[Region]) -> list[Component]:
    sets = game.stage.sets
    at = [game.tree.names.index(h.player) for h in sets]
    table = []
    for profile in product(*(h.actions for h in sets)):
        worth = game.payoffs(_pure(sets, profile))
        table.append(tuple(worth[i] for i in at))
    form = NormalForm(tuple(NormalPlayer(h.player, h.actions) for h in sets), tuple(table))
    tables = [cleared(form, h.player, within) for h in sets]
    listed = [tuple(names.of[h.name, a] for a in h.actions) for h in sets]
    before = len(emptied)
    if len(sets) == 3:
        found = trio_components(
            (tables[0], tables[1], tables[2]), (listed[0][0], listed[1][0], listed[2][0]), within, emptied
        )
    else:
        wide = len(sets[1].actions)
        first, second = (
            tuple(tuple(t[i * wide : (i + 1) * wide]) for i in range(len(sets[0].actions))) for t in tables
        )
        found = bimatrix_components(first, second, (listed[0], listed[1]), within, emptied)
    # what was proved empty was so beside the conditions of the smaller subgames: say so
    emptied[before:] = [all_of((within.given, region)) for region in emptied[before:]]
    return found


def _pure(sets: Sequence[InformationSet], profile: Plan) -> dict[str, tuple[Value, ...]]:
    return {
        h.name: tuple(number(int(a == chosen)) for a in h.actions)
        for h, chosen in zip(sets, profile, strict=True)
    }


# -- any stage, by support ------------------------------------------------------------------------
def _by_support(
    game: StageGame, base: Branch, names: Names | None, ask: Prover, emptied: list[Region]
) -> Iterator[Branch]:
    sets = game.stage.sets
    owned = owners(game.stage)
    known: dict[tuple[str, Plan, tuple[tuple[str, ...], ...]], Value] = {}
    options = [supports(h) if names is not None else [(a,) for a in h.actions] for h in sets]
    for chosen in product(*options):
        pattern = {h.name: used for h, used in zip(sets, chosen, strict=True)}
        rows = {h.name: _row(h, pattern[h.name], names) for h in sets}
        best: list[Region] = []
        for player, own in owned.items():
            best += _best_plans(game, player, own, pattern, rows, known)
        exact, weak = list(best), list(best)
        free: list[str] = []
        for h in sets:
            if names is not None:
                exact.append(names.bounds(h, pattern[h.name], ">"))
                weak.append(names.bounds(h, pattern[h.name], ">="))
                free += names.free(h, pattern[h.name])
        where = all_of((base.where, *exact))
        if proved_empty(where, ask, emptied):
            continue
        closed = all_of((base.closed, *weak))
        yield Branch(rows, base.parts, (*base.free, *free), where, closed, game.payoffs(rows), base.table)


def _row(h: InformationSet, used: tuple[str, ...], names: Names | None) -> tuple[Value, ...]:
    if names is None or len(used) == 1:
        return tuple(number(int(a == used[0])) for a in h.actions)
    return names.row(h, used)


def _best_plans(
    game: StageGame,
    player: str,
    own: Sequence[InformationSet],
    pattern: Pattern,
    rows: Mapping[str, Sequence[Value]],
    known: dict[tuple[str, Plan, tuple[tuple[str, ...], ...]], Value],
) -> list[Region]:
    """The plans that use supported actions pay the same, and no plan pays more."""
    i = game.tree.names.index(player)
    others = tuple(used for name, used in pattern.items() if all(h.name != name for h in own))

    def worth(plan: Plan) -> Value:
        key = (player, plan, others)
        if key not in known:
            known[key] = game.payoffs({**rows, **_pure(own, plan)})[i]
        return known[key]

    supported = list(product(*(pattern[h.name] for h in own)))
    first = worth(supported[0])
    equal = dict.fromkeys(worth(plan) for plan in supported[1:])
    rest = dict.fromkeys(worth(plan) for plan in product(*(h.actions for h in own)) if plan not in supported)
    return [
        *(sign_region(first - v, "==") for v in equal),
        *(sign_region(first - v, ">=") for v in rest if v not in equal),
    ]
