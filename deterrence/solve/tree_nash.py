"""Nash equilibria of a tree through its reduced strategic form: incredible threats beside credible ones.

`tree_nash` gives mixtures of plans, not of moves: what a player would do where its own plan never comes is
left open.  Mixed equilibria are found where `solve.nash` finds them: of the players who have a choice, one
or two with at most four plans each, or three with two; else pure ones only, and the scope says so.
Source: [Nash1951], [Kuhn1953] for the form.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from deterrence.algebra.reading import fresh_name
from deterrence.algebra.value import number
from deterrence.errors import expect
from deterrence.games.normal import NormalForm, Player
from deterrence.games.strategic import StrategicForm, strategic_form
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium, Strategy
from deterrence.solve.components import payoffs
from deterrence.solve.nash import nash


def tree_nash(tree: ExtensiveForm, *, cells: bool = True) -> Atlas:
    """Every Nash equilibrium of a tree, each with its exact region; the atlas's game is the strategic form.

    Raises OutOfScope for trees with too many plans, DomainError when the assumptions contradict each other.

    >>> tree = ExtensiveForm.build(
    ...     ["us", "them"],
    ...     {"open": {"player": "us", "moves": {"wait": "SQ", "act": "reply"}},
    ...      "reply": {"player": "them", "moves": {"give_in": "win", "fight": "war"}}},
    ...     {"SQ": [0, 0], "win": [1, -1], "war": [-1, "-d"]}, assumptions=["d > 1"])
    >>> [(e.support, len(e.free)) for e in tree_nash(tree)]
    [((('wait',), ('fight',)), 0), ((('wait',), ('give_in', 'fight')), 1), ((('act',), ('give_in',)), 0)]
    """
    expect("tree_nash", tree, ExtensiveForm)
    form = strategic_form(tree)
    choosing = [p for p in form.players if len(p.actions) > 1]
    if len(choosing) == len(form.players) > 1:
        return nash(form, cells=cells)
    return _among(form, choosing, cells)


def _among(form: StrategicForm, choosing: list[Player], cells: bool) -> Atlas:
    """The atlas when only some players have a choice: the others leave the game.

    Players who choose nothing take empty places, so that ties of one player are found as in a game of two.
    """
    nobody = (Player(fresh_name(n, form.names), ("nothing",)) for n in ("nobody", "no_other"))
    listed = choosing if len(choosing) > 1 else [*choosing, *nobody][:2]
    rows = []
    for profile in product(*(p.actions for p in listed)):
        chosen = dict(zip((p.name for p in listed), profile, strict=True))
        whole = [chosen.get(p.name, p.actions[0]) for p in form.players]
        rows.append(tuple(form.payoff(whole, p.name) if p.name in form.names else number(0) for p in listed))
    found = nash(NormalForm(tuple(listed), tuple(rows), form.domain), cells=cells)
    return replace(found, game=form, equilibria=tuple(_with_everyone(e, form) for e in found))


def _with_everyone(e: Equilibrium, form: StrategicForm) -> Equilibrium:
    """An equilibrium of those who choose, with the only plan of each other player."""
    chosen = dict(e.profile)
    profile: list[tuple[str, Strategy]] = [
        (p.name, chosen.get(p.name, ((p.actions[0], number(1)),))) for p in form.players
    ]
    return replace(e, profile=tuple(profile), payoffs=payoffs(form, [[v for _, v in s] for _, s in profile]))
