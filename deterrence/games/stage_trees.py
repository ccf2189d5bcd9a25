"""A tree that is played again and again, as a stochastic game: its nodes are states in which no time passes.

Each outcome is a state without movers that pays and leads back to the root; only leaving it takes a round.
Scope: perfect information and no hidden types, so that players know which state they are in.  Payoffs are
totals, as in `stochastic`.
"""

from __future__ import annotations

from deterrence.algebra.parameters import Domain
from deterrence.algebra.value import Value, number
from deterrence.errors import OutOfScope
from deterrence.games.normal import Player
from deterrence.games.stochastic import Case, GameState, StochasticGame
from deterrence.games.tree import ExtensiveForm, Node


def repeated_tree(
    tree: ExtensiveForm, discounts: tuple[Value, ...], domain: Domain | None = None
) -> StochasticGame:
    """The infinitely repeated game of a stage in which players move in turn; states are named as in the tree.

    `domain` has the assumptions on the discount factors beside those of the stage.  Raises OutOfScope for a
    stage with hidden types or with an information set of several nodes.

    >>> from deterrence.games.normal import found_domain
    >>> from deterrence.algebra.value import variable
    >>> d = variable("d")
    >>> stage = ExtensiveForm.build(["us"], {"move": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": [1], "y": [0]})
    >>> game = repeated_tree(stage, (d,), found_domain([[d]], ["0 < d", "d < 1"]))
    >>> [(s.name, s.instant) for s in game.states]
    [('move', True), ('x', False), ('y', False)]
    """
    if any(p.types for p in tree.players) or not tree.has_perfect_information:
        raise OutOfScope(
            "a tree can be repeated if everyone sees everything: this one has hidden types or an information "
            "set of several nodes; write a stage in which players choose at once as a normal form"
        )
    nothing = tuple(number(0) for _ in tree.players)
    states = [_state(n, nothing) for n in tree.nodes]
    for o in tree.outcomes:
        states.append(GameState(o.id, (), (Case((), o.payoffs, ((tree.root.known_as, number(1)),)),)))
    actions: dict[str, dict[str, None]] = {p.name: {} for p in tree.players}
    for n in tree.nodes:
        if not n.is_chance:
            actions[n.player].update(dict.fromkeys(n.actions))
    players = tuple(Player(p.name, tuple(actions[p.name]) or ("wait",), p.label) for p in tree.players)
    named = {n.id: n.known_as for n in tree.nodes}
    return StochasticGame(
        players,
        tuple(_renamed(s, named) for s in states),
        tree.root.known_as,
        discounts,
        domain or tree.domain,
    )


def _state(node: Node, nothing: tuple[Value, ...]) -> GameState:
    if node.is_chance:
        to = tuple((end, chance) for (_, end), chance in zip(node.moves, node.probabilities, strict=True))
        return GameState(node.known_as, (), (Case((), nothing, to),), instant=True)
    cases = tuple(Case(((node.player, a),), nothing, ((end, number(1)),)) for a, end in node.moves)
    return GameState(node.known_as, ((node.player, node.actions),), cases, instant=True)


def _renamed(state: GameState, named: dict[str, str]) -> GameState:
    cases = tuple(
        Case(c.when, c.payoffs, tuple((named.get(to, to), v) for to, v in c.to)) for c in state.cases
    )
    return GameState(state.name, state.actions, cases, state.instant, state.absorbing)
