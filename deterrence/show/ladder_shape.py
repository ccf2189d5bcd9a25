"""Games as ladders: who moves on each rung, what leads where, and what an equilibrium does there.

A ladder is a tree in which at each place one move at most leads on; a stochastic game in which players move
in turn, or a chain without players; or a strategy (see `ladder_parts`).  Source of the metaphor: [Kahn1965].
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from deterrence.catalogue.models import Model, atlas_of
from deterrence.errors import OutOfScope, UnknownName, expect
from deterrence.games.automata import Automaton
from deterrence.games.repeated import RepeatedGame
from deterrence.games.stochastic import GameState, StochasticGame
from deterrence.games.tree import ExtensiveForm, Node
from deterrence.show.ladder_parts import OPEN, PATH, PLAN, UNSAID, Ladder, Rung, Way, strategy_ladder
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.long_run import ending
from deterrence.solve.process import process

Point = Mapping[str, object] | None
Exact = Mapping[str, Fraction]
Laddered = Model | ExtensiveForm | StochasticGame | RepeatedGame | Automaton


def ladder(game: Laddered, mark: str | None = None, point: Point = None) -> Ladder:
    """The ladder of a game at an exact point, or of a strategy.

    The equilibrium `mark` is marked, the first that exists at the point if none is named; parameters that are
    not given take their example.  Raises OutOfScope for a game that is no ladder, UnknownName for an
    equilibrium that does not exist at the point, and what `Domain.point` raises.

    >>> from deterrence.catalogue.models import load
    >>> found = ladder(load("escalation-ladder-3"))
    >>> [r.name for r in found.rungs], [w.label for w in found.ways if w.taken == "path"]
    (['rung0', 'rung1', 'rung2', 'The top of the ladder'], ['stop'])
    """
    expect("plot_ladder", game, Model, ExtensiveForm, StochasticGame, RepeatedGame, Automaton)
    if isinstance(game, Automaton):
        return strategy_ladder(game)
    inner: object = game
    if isinstance(game, Model):
        inner = game.repeated if game.repeated is not None else game.game
    if isinstance(inner, RepeatedGame):
        inner = inner.game
    if isinstance(inner, ExtensiveForm):
        exact = inner.domain.point(point or {}, defaults=True)
        return _of_tree(
            inner, exact, _equilibrium(atlas_of(_solvable(game, inner), None, False), exact, mark)
        )
    if isinstance(inner, StochasticGame):
        exact = inner.domain.point(point or {}, defaults=True)
        if not inner.players:
            return _of_chain(inner, exact)
        return _of_turns(inner, exact, mark)
    what = game.name if isinstance(game, Model) else "this game"
    raise OutOfScope(f"{what} is no ladder: ladders are of trees, of games in turn, and of strategies")


def _solvable(game: Laddered, tree: ExtensiveForm) -> Model | ExtensiveForm:
    return game if isinstance(game, Model) else tree


def _equilibrium(atlas: Atlas, exact: Exact, mark: str | None) -> tuple[Equilibrium | None, int]:
    """The equilibrium to mark, with its numbers, and how many exist at the point."""
    found = atlas.at(exact)
    if mark is None:
        return (found[0] if found else None), len(found)
    for e in found:
        if e.id == mark:
            return e, len(found)
    raise UnknownName("equilibrium at this point", mark, (e.id for e in found))


def _said(found: tuple[Equilibrium | None, int]) -> str:
    e, count = found
    if e is None:
        return ""
    return f"played in {e.id}" + (f", one of {count} equilibria here" if count > 1 else "")


def _share(e: Equilibrium | None, place: str, action: str) -> Fraction | None:
    """The probability of an action; None where nothing is marked or the equilibrium leaves it open."""
    if e is None:
        return None
    v = e.strategy(place)[action]
    return None if v.names else v.at({})


def _state(share: Fraction | None, reached: bool) -> str:
    if share is None:
        return UNSAID
    return OPEN if share == 0 else PATH if reached else PLAN


def _with(action: str, share: Fraction | None) -> str:
    return action if share is None or share in (0, 1) else f"{action} with {share}"


# -- trees ------------------------------------------------------------------------------------------------
def _of_tree(tree: ExtensiveForm, exact: Exact, found: tuple[Equilibrium | None, int]) -> Ladder:
    spine = _spine(tree)
    rungs, ways = [], []
    reached, last_up = True, ""
    for k, node in enumerate(spine):
        rungs.append(Rung(node.id, "chance" if node.is_chance else tree.player(node.player).shown))
        on = False
        for i, (action, to) in enumerate(node.moves):
            if node.is_chance:
                share: Fraction | None = node.probabilities[i].at(exact)
            else:
                share = _share(found[0], node.known_as, action)
            leads = k + 1 < len(spine) and to == spine[k + 1].id
            tops = k + 1 == len(spine) and tree.is_end(to) and action == last_up
            taken = _state(share, reached) if found[0] is not None else UNSAID
            end = "" if leads or tops else _end(tree, to, exact)
            ways.append(Way(k, k + 1 if leads or tops else None, _with(action, share), end, taken))
            if leads or tops:
                on, last_up = taken == PATH, action
            if tops:
                rungs.append(Rung(tree.outcome(to).label or to, "", _paid(tree, to, exact), top=True))
        reached = on
    shown = tuple(p.shown for p in tree.players)
    return Ladder(tuple(rungs), tuple(ways), shown, _said(found), tuple(exact.items()))


def _spine(tree: ExtensiveForm) -> list[Node]:
    spine = [tree.root]
    while True:
        ahead = [(a, to) for a, to in spine[-1].moves if not tree.is_end(to)]
        if len(ahead) > 1:
            listed = " and ".join(a for a, _ in ahead)
            raise OutOfScope(
                f"the tree is no ladder: after {spine[-1].id} the game goes on by {listed}; draw it as a tree"
            )
        if not ahead:
            break
        spine.append(tree.node(ahead[0][1]))
    if len(spine) < 2:
        raise OutOfScope("the tree is no ladder: it has a single place to move; draw it as a tree")
    return spine


def _end(tree: ExtensiveForm, outcome: str, exact: Exact) -> str:
    end = tree.outcome(outcome)
    return f"{end.label or end.called} {_paid(tree, outcome, exact)}"


def _paid(tree: ExtensiveForm, outcome: str, exact: Exact) -> str:
    payoffs = (str(v.at(exact)) for v in tree.outcome(outcome).payoffs)
    return f"({', '.join(payoffs)})".replace(" ", "\N{NO-BREAK SPACE}")


# -- games in turn, and chains ----------------------------------------------------------------------------
def _of_turns(game: StochasticGame, exact: Exact, mark: str | None) -> Ladder:
    from deterrence.solve.markov_perfect import markov_perfect

    order = _turns(game)
    found = _equilibrium(markov_perfect(game, cells=False), exact, mark)
    at = {s.name: k for k, s in enumerate(order)}
    shown = {p.name: p.shown for p in game.players}
    rungs, ways, reached = [], [], {0}
    for k, s in enumerate(order):
        ((player, actions),) = s.actions
        rungs.append(Rung(s.name, shown[player]))
        for action in actions:
            share = _share(found[0], game.place(s.name).name, action)
            taken = _state(share, k in reached)
            for to, chance in s.case({player: action}).to:
                likely = chance.at(exact)
                if not likely:
                    continue
                label = _with(action, share) + ("" if likely == 1 else f" ({likely})")
                if to in at:
                    ways.append(Way(k, at[to], label, taken=taken))
                    reached |= {at[to]} if taken == PATH else set()
                else:
                    ways.append(Way(k, None, label, to, taken))
    players = tuple(p.shown for p in game.players)
    return Ladder(tuple(rungs), tuple(ways), players, _said(found), tuple(exact.items()))


def _turns(game: StochasticGame) -> list[GameState]:
    """The states where one player moves, in the order in which play comes to them."""
    order: list[GameState] = []
    todo = [game.initial]
    while todo:
        s = game.state(todo.pop(0))
        if s in order or s.absorbing:
            continue
        if len(s.movers) != 1:
            raise OutOfScope(
                f"the game is no ladder: in {s.name} there move {' and '.join(s.movers) or 'none'}, and on a "
                "ladder players move in turn"
            )
        order.append(s)
        todo += dict.fromkeys(to for c in s.cases for to, _ in c.to)
    if len(order) < 2:
        raise OutOfScope("the game is no ladder: there is one state in which anybody moves")
    return order


def _of_chain(game: StochasticGame, exact: Exact) -> Ladder:
    """Rungs in the order of the file, with the probability of each end from each."""
    inner = [s for s in game.states if not s.absorbing]
    at = {s.name: k for k, s in enumerate(inner)}
    p = process(game, {})
    rungs, ways = [], []
    for k, s in enumerate(inner):
        chances = []
        for end in (e.name for e in game.states if e.absorbing):
            share = ending(p, end, (s.name, ())).at(exact)
            chances.append(f"{end} in the end: {_number(share)}")
        rungs.append(Rung(s.name, "", "; ".join(chances)))
        for to, chance in s.case({}).to:
            likely = chance.at(exact)
            if likely and at.get(to, 0) > k + 1:
                raise OutOfScope(f"the chain is no ladder: from {s.name} it may skip a rung, to {to}")
            if likely:
                ways.append(Way(k, at.get(to), str(likely), "" if to in at else to))
    return Ladder(tuple(rungs), tuple(ways), (), "", tuple(exact.items()))


def _number(share: Fraction) -> str:
    return str(share) if len(str(share)) <= 7 else f"{float(share):.3f}"
