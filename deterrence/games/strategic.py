"""The strategic form of a tree: every player chooses a plan before the game begins; and the agent form.

A plan says what to do at every information set of its player.  In the reduced form plans that differ only
where their own earlier choices exclude that the game comes are one plan, which says nothing there.  Payoffs
are expected over the moves of chance, exactly.  In the agent form every information set has an agent who is
paid like its player.  Source: [Kuhn1953], [Selten1975].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

from deterrence.algebra.grammar import KEYWORDS, NAME
from deterrence.algebra.value import Value, number
from deterrence.errors import OutOfScope, UnknownName, expect
from deterrence.games.normal import NormalForm, Player
from deterrence.games.tree import ExtensiveForm, InformationSet

MAX_PROFILES = 4096
MAX_NAME = 40
Move = tuple[str, str]  # an information set and an action there
_ZERO, _ONE = number(0), number(1)


@dataclass(frozen=True)
class Plan:
    """What a player does: an action at each information set, none where the plan does not say."""

    player: str
    name: str
    choices: tuple[Move, ...]

    @cached_property
    def at(self) -> Mapping[str, str]:
        """The action by information set."""
        return dict(self.choices)


@dataclass(frozen=True)
class StrategicForm(NormalForm):
    """A normal form whose actions are plans in a tree, which it remembers."""

    tree: ExtensiveForm = field(kw_only=True)
    plans: tuple[Plan, ...] = field(kw_only=True)

    __repr__ = NormalForm.__repr__  # a dataclass would write one out in full

    @cached_property
    def before(self) -> Mapping[str, Mapping[str, Move]]:
        """For every node, each player's own last move on the way there, see `last_moves`."""
        return last_moves(self.tree)

    def plan(self, player: str, action: str) -> Plan:
        """The plan behind an action of a player; UnknownName lists the players, or the player's actions."""
        for p in self.plans:
            if p.player == self.player(player).name and p.name == action:
                return p
        raise UnknownName(f"plan of {player}", action, self.player(player).actions)

    def at(self, point: Mapping[str, Fraction]) -> StrategicForm:
        """The numeric game at an exact point of the parameters, with its tree there."""
        fixed = NormalForm.at(self, point)
        return StrategicForm(fixed.players, fixed.payoffs, tree=self.tree.at(point), plans=self.plans)


def strategic_form(tree: ExtensiveForm, reduced: bool = True) -> StrategicForm:
    """The game in which plans are chosen at once, reduced or with every plan written out in full.

    Actions are named by the moves of the plan; types come before the moves they make.  Raises OutOfScope
    above 4096 profiles, with the number of plans of each player.

    >>> tree = ExtensiveForm.build(
    ...     ["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
    ...      "reply": {"player": "them", "moves": {"yield": "win", "fight": "last"}},
    ...      "last": {"player": "us", "moves": {"stop": "lose", "go_on": "war"}}},
    ...     {"SQ": [0, 0], "win": [1, -1], "lose": [-2, 1], "war": ["-c", "-d"]})
    >>> form = strategic_form(tree)
    >>> form.player("us").actions, str(form.payoff(["act_go_on", "fight"], "us"))
    (('wait', 'act_stop', 'act_go_on'), '-c')
    >>> len(strategic_form(tree, reduced=False).player("us").actions)
    4
    """
    expect("strategic_form", tree, ExtensiveForm)
    before = last_moves(tree)
    sets = {name: tree.owned_by(name) for name in tree.names}
    choices = {name: _plans(sets[name], before, reduced) for name in tree.names}
    if any(c is None for c in choices.values()) or _count(choices) > MAX_PROFILES:
        listed = ", ".join(
            f"{name}: {'more than ' + str(MAX_PROFILES) if c is None else len(c)}"
            for name, c in choices.items()
        )
        raise OutOfScope(
            f"the strategic form has too many plans ({listed}); at most {MAX_PROFILES} profiles are written "
            "out; ask for subgame-perfect or perfect-bayesian, which need no plans, or shorten the tree"
        )
    plans: list[Plan] = []
    players = []
    for player in tree.players:
        found = choices[player.name] or []
        names = _names([_plan_name(sets[player.name], c) for c in found])
        plans += [Plan(player.name, n, c) for n, c in zip(names, found, strict=True)]
        players.append(Player(player.name, tuple(names), player.label))
    payoffs = _payoffs(tree, [[p for p in plans if p.player == name] for name in tree.names])
    return StrategicForm(tuple(players), payoffs, tree.domain, tree=tree, plans=tuple(plans))


def agent_form(tree: ExtensiveForm) -> NormalForm:
    """The game with a player for each information set, paid like the player who moves there.

    Agents are named after their information sets, `answer[soft]` as `answer_soft`.  Raises OutOfScope above
    4096 profiles, and for a tree in which only chance moves.

    >>> tree = ExtensiveForm.build(
    ...     ["us"], {"a": {"player": "us", "moves": {"stop": "x", "go": "b"}},
    ...              "b": {"player": "us", "moves": {"stop": "y", "go": "z"}}},
    ...     {"x": [0], "y": [1], "z": [2]})
    >>> agent_form(tree).names
    ('a', 'b')
    """
    expect("agent_form", tree, ExtensiveForm)
    sets = tree.information
    if not sets:
        raise OutOfScope("only chance moves in this tree, so it has no agents")
    count = prod(len(h.actions) for h in sets)
    if count > MAX_PROFILES:
        raise OutOfScope(f"the agent form has {count} profiles; at most {MAX_PROFILES} are written out")
    names = _names([h.name.replace("[", "_").rstrip("]") for h in sets])
    at = [tree.names.index(h.player) for h in sets]
    agents = [
        Player(name, h.actions, f"{tree.player(h.player).shown} at {h.name}")
        for name, h in zip(names, sets, strict=True)
    ]
    listed = [
        [Plan(h.name, a, ((h.name, a),)) for a in h.actions]  # an agent's plan is one action
        for h in sets
    ]
    rows = _payoffs(tree, listed)
    return NormalForm(tuple(agents), tuple(tuple(row[i] for i in at) for row in rows), tree.domain)


def last_moves(tree: ExtensiveForm) -> dict[str, dict[str, Move]]:
    """For every node, each player's own last move on the way there; none for a player who has not moved.

    By perfect recall these are the same at all nodes of an information set for the player who moves there,
    and a player's last move fixes all that it did before.
    """
    found: dict[str, dict[str, Move]] = {tree.root.id: {}}
    for identifier in tree.order:
        node = tree.node(identifier)
        own = found[identifier]
        for action, to in node.moves:
            if not tree.is_end(to):
                found[to] = own if node.is_chance else {**own, node.player: (node.known_as, action)}
    return found


def _count(choices: Mapping[str, Sequence[object] | None]) -> int:
    return prod(len(c) for c in choices.values() if c is not None)


def _plans(
    sets: Sequence[InformationSet], before: Mapping[str, Mapping[str, Move]], reduced: bool
) -> list[tuple[Move, ...]] | None:
    """Every plan of a player; None where there are too many.  Sets come in the order of the tree."""
    found: list[dict[str, str]] = [{}]
    for h in sets:
        last = before[h.nodes[0]].get(h.player)
        longer: list[dict[str, str]] = []
        for plan in found:
            if reduced and last is not None and plan.get(last[0]) != last[1]:
                longer.append(plan)  # its own choice excludes that the game comes here
            else:
                longer += [{**plan, h.name: action} for action in h.actions]
        if len(longer) > MAX_PROFILES:
            return None
        found = longer
    return [tuple(plan.items()) for plan in found]


def _plan_name(sets: Sequence[InformationSet], choices: Sequence[Move]) -> str:
    """The moves joined by `_`, those of each type after the type's name."""
    kinds = {h.name: h.kind for h in sets}
    words: dict[str, list[str]] = {}
    for name, action in choices:
        words.setdefault(kinds[name], []).append(action)
    return "_".join("_".join([kind, *moves] if kind else moves) for kind, moves in words.items())


def _names(wanted: Sequence[str]) -> list[str]:
    """Valid names, each once: numbers are added where they clash, and long ones become `plan_7`."""
    found: list[str] = []
    taken = set(wanted)
    for number_, name in enumerate(wanted, 1):
        if not name:
            name = "no_move"
        if len(name) > MAX_NAME or not NAME.fullmatch(name) or name in KEYWORDS:
            name = f"plan_{number_}"
        base, k = name, 1
        while name in found or (k > 1 and name in taken):
            k += 1
            name = f"{base}_{k}"
        found.append(name)
    return found


def _payoffs(tree: ExtensiveForm, plans: Sequence[Sequence[Plan]]) -> tuple[tuple[Value, ...], ...]:
    """Everyone's expected payoffs by profile; `plans` lists what each chooser may do.

    What an end is worth is multiplied by the chances on the way once, for all profiles that lead there.
    """
    chance = {tree.root.id: _ONE}
    worth: dict[Move, tuple[Value, ...]] = {}  # by node and action
    ahead: dict[str, list[tuple[str, str]]] = {}
    for identifier in tree.order:
        node = tree.node(identifier)
        ahead[identifier] = []
        for k, (action, to) in enumerate(node.moves):
            weight = chance[identifier] * node.probabilities[k] if node.is_chance else chance[identifier]
            if tree.is_end(to):
                worth[identifier, action] = tuple(weight * v for v in tree.outcome(to).payoffs)
            else:
                chance[to] = weight
            if not (node.is_chance and node.probabilities[k].is_zero):
                ahead[identifier].append((action, to))
    rows = []
    for profile in product(*plans):
        chosen = {h: a for plan in profile for h, a in plan.choices}
        total = (_ZERO,) * len(tree.players)
        waiting = [tree.root.id]
        while waiting:
            identifier = waiting.pop()
            node = tree.node(identifier)
            for action, to in ahead[identifier]:
                if not node.is_chance and chosen[node.known_as] != action:
                    continue
                if (identifier, action) in worth:
                    pairs = zip(total, worth[identifier, action], strict=True)
                    total = tuple(t + v for t, v in pairs)
                else:
                    waiting.append(to)
        rows.append(total)
    return tuple(rows)
