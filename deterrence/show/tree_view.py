"""A tree as people write it: what text, pictures and notebooks draw, so that they all show the same.

A game with hidden types is folded: the draw of types is left out and each node stands once, as in the model
file, with payoffs by type.  An equilibrium adds marks: which moves are played on its path and which are only
planned off it, by whom.  `full=True` keeps every copy of a node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deterrence.algebra.printing import value_text
from deterrence.algebra.value import Value, number
from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.games.behaviour import reach
from deterrence.games.mixed_plans import plan_behaviour
from deterrence.games.strategic import strategic_form
from deterrence.games.tree import ExtensiveForm, Node, Outcome
from deterrence.games.types import DRAW
from deterrence.show.tree_shape import Branch, Mark, TreeView, ViewEnd, ViewNode, ViewPlayer
from deterrence.solve.atlas import Equilibrium

Texts = Mapping[str, Mapping[str, str]]  # payoffs in the words of a file, by outcome and player


def tree_of(subject: ExtensiveForm | Model) -> ExtensiveForm:
    """The tree itself, or that of a model (of its first piece); OutOfScope for models of another kind."""
    if isinstance(subject, ExtensiveForm):
        return subject
    game = subject.pieces[0][1] if subject.pieces else None
    if not isinstance(game, ExtensiveForm):
        raise OutOfScope(f"{subject.name} is no tree; only games in extensive form are drawn as trees")
    return game


def texts_of(model: Model) -> Texts:
    """The payoffs in the words of the model's file, by outcome and by player or `player[type]`."""
    found = {}
    for outcome in model.source.outcomes:
        row: dict[str, str] = {}
        for player, text in zip(model.source.players, outcome.payoff_texts, strict=True):
            if isinstance(text, str):
                row[player.name] = text
            else:
                row |= {f"{player.name}[{kind}]": own for kind, own in text.items()}
        found[outcome.id] = row
    return found


def view_of(
    subject: ExtensiveForm | Model, marks: Equilibrium | None = None, *, full: bool = False
) -> TreeView:
    """The view of a tree, or of a model that is one, in the words of its file; errors as for `tree_of`."""
    texts = texts_of(subject) if isinstance(subject, Model) else None
    return tree_view(tree_of(subject), marks, texts, full=full)


def is_typed(tree: ExtensiveForm) -> bool:
    """Whether the tree was made by `games.types.with_types`, so that it folds."""
    root = tree.root
    return root.is_chance and root.id == DRAW and all(n.types for n in tree.nodes[1:])


def tree_view(
    tree: ExtensiveForm, marks: Equilibrium | None = None, texts: Texts | None = None, *, full: bool = False
) -> TreeView:
    """The tree as it was written, or with `full` as it is solved; `marks` is an equilibrium to mark.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": ["u"], "y": [0]})
    >>> view = tree_view(tree)
    >>> view.root, [b.action for b in view.nodes["n"].branches], view.ends["x"].payoffs
    ('n', ['a', 'b'], ((('', 'u'),),))
    """
    folded = is_typed(tree) and not full
    played = _marks(tree, marks) if marks is not None else {}
    nodes: dict[str, ViewNode] = {}
    copies: dict[str, list[Node]] = {}
    for identifier in tree.order:
        node = tree.node(identifier)
        if not (folded and node.id == tree.root.id):
            copies.setdefault(_written(node.id, node, folded), []).append(node)
    for name, listed in copies.items():
        nodes[name] = _node(tree, name, listed, played, folded)
    ends: dict[str, ViewEnd] = {}
    groups: dict[str, list[Outcome]] = {}
    for outcome in tree.outcomes:
        groups.setdefault(outcome.called if folded else outcome.id, []).append(outcome)
    for name, outcomes in groups.items():
        ends[name] = _end(tree, name, outcomes, texts or {}, folded)
    players, draw = (
        _players(tree) if folded else (tuple(ViewPlayer(p.name, p.shown) for p in tree.players), ())
    )
    return TreeView(players, next(iter(nodes)), nodes, ends, draw, marks.id if marks is not None else "")


def _written(identifier: str, node: Node, folded: bool) -> str:
    return identifier.removesuffix("".join(f"/{k}" for _, k in node.types)) if folded else identifier


def _node(
    tree: ExtensiveForm,
    name: str,
    copies: Sequence[Node],
    played: Mapping[tuple[str, str], Mark],
    folded: bool,
) -> ViewNode:
    first = copies[0]
    shared, title = "", name
    if not first.is_chance:
        own = tree.information_set(first.known_as)
        members = {_written(n, tree.node(n), folded) for n in own.nodes}
        if len(members) > 1:
            shared = own.place if folded else own.name
        else:
            title = own.place if folded or len(own.nodes) == 1 else name
    branches = []
    for k, (action, to) in enumerate(first.moves):
        target = tree.outcome(to).called if folded and tree.is_end(to) else to
        target = _written(target, tree.node(to), folded) if not tree.is_end(to) else target
        if first.is_chance:
            weights = dict.fromkeys(c.probabilities[k] for c in copies)
            chance = value_text(next(iter(weights))) if len(weights) == 1 else "depends on types"
            reached = any((c.id, action) in played for c in copies)
            marks: tuple[Mark, ...] = (Mark("", True, True),) if reached else ()
        else:
            chance = ""
            found = [m for c in copies if (m := played.get((c.id, action))) is not None]
            marks = _by_kind(found)
        branches.append(Branch(action, target, chance, marks))
    return ViewNode(name, title, "" if first.is_chance else first.player, tuple(branches), shared)


def _by_kind(found: Sequence[Mark]) -> tuple[Mark, ...]:
    """One mark a type: on the path where any copy is."""
    best: dict[str, Mark] = {}
    for mark in found:
        if mark.kind not in best or mark.on_path:
            best[mark.kind] = mark
    return tuple(best.values())


def _marks(tree: ExtensiveForm, e: Equilibrium) -> dict[tuple[str, str], Mark]:
    """By node and action: what is played there, on the path or off it; plans are read as behaviour."""
    behaviour = {place: dict(strategy) for place, strategy in e.profile}
    if set(behaviour) != {h.name for h in tree.information}:
        form = strategic_form(tree)
        if any(set(behaviour.get(p.name, ())) != set(p.actions) for p in form.players):
            raise OutOfScope(f"{e.id} is an equilibrium of another game; mark one of this tree")
        behaviour = plan_behaviour(form, behaviour)
    reached = reach(tree, behaviour)
    found: dict[tuple[str, str], Mark] = {}
    for node in tree.nodes:
        if node.is_chance:
            if node.id in reached:
                found |= {
                    (node.id, a): Mark("", True, True)
                    for a, v in zip(node.actions, node.probabilities, strict=True)
                    if not v.is_zero
                }
            continue
        kind = dict(node.types).get(node.player, "")
        for action, v in behaviour[node.known_as].items():
            if not v.is_zero:
                found[node.id, action] = Mark(kind, v == number(1), node.id in reached)
    return found


def _end(tree: ExtensiveForm, name: str, copies: Sequence[Outcome], texts: Texts, folded: bool) -> ViewEnd:
    first = copies[0]
    kinds = _types_of_outcomes(tree) if folded else {}
    rows = [
        _payoff(tree, at, copies, texts.get(first.called, {}), kinds) for at, _ in enumerate(tree.players)
    ]
    return ViewEnd(name, first.called, first.label, tuple(rows))


def _payoff(
    tree: ExtensiveForm,
    at: int,
    copies: Sequence[Outcome],
    written: Mapping[str, str],
    kinds: Mapping[str, tuple[tuple[str, str], ...]],
) -> tuple[tuple[str, str], ...]:
    """A player's payoff at an outcome: one text, or one for each type that it depends on."""
    player = tree.players[at]
    if len({o.payoffs[at] for o in copies}) == 1:
        return (("", written.get(player.name) or value_text(copies[0].payoffs[at])),)
    others = [p for p in tree.players if p.types and p != player]
    for whose in [player, *others] if player.types else others:
        values: dict[str, set[Value]] = {}
        for outcome in copies:
            values.setdefault(dict(kinds[outcome.id])[whose.name], set()).add(outcome.payoffs[at])
        if all(len(own) == 1 for own in values.values()):
            about = "" if whose == player else f"{whose.shown} "
            return tuple(
                (about + kind, written.get(f"{player.name}[{kind}]") or value_text(next(iter(own))))
                for kind, own in values.items()
            )
    return tuple((" ".join(k for _, k in kinds[o.id]), value_text(o.payoffs[at])) for o in copies)


def _types_of_outcomes(tree: ExtensiveForm) -> dict[str, tuple[tuple[str, str], ...]]:
    return {to: n.types for n in tree.nodes for _, to in n.moves if tree.is_end(to)}


def _players(tree: ExtensiveForm) -> tuple[tuple[ViewPlayer, ...], tuple[tuple[str, str], ...]]:
    """The players with their types' probabilities, or the joint draw where types are not independent."""
    drawn = [
        (dict(tree.node(to).types), v)
        for (_, to), v in zip(tree.root.moves, tree.root.probabilities, strict=True)
    ]
    alone = {
        (p.name, k): _sum([v for kinds, v in drawn if kinds.get(p.name) == k])
        for p in tree.players
        for k in p.types
    }
    independent = all(_product([alone[pair] for pair in kinds.items()]) == v for kinds, v in drawn)
    players = tuple(
        ViewPlayer(
            p.name,
            p.shown,
            tuple((k, value_text(alone[p.name, k]) if independent else "") for k in p.types),
        )
        for p in tree.players
    )
    joint = (
        ()
        if independent
        else tuple((", ".join(f"{p} {k}" for p, k in kinds.items()), value_text(v)) for kinds, v in drawn)
    )
    return players, joint


def _sum(values: Sequence[Value]) -> Value:
    total = number(0)
    for v in values:
        total = total + v
    return total


def _product(values: Sequence[Value]) -> Value:
    total = number(1)
    for v in values:
        total = total * v
    return total
