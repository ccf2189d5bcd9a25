"""The game itself and the claims about it, for the explorer page: matrix, tree, states or network."""

from __future__ import annotations

import itertools
from html import escape
from typing import Any

from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import NOWHERE
from deterrence.algebra.value import Value, variable
from deterrence.algebra.verdicts import Refuted
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import standing
from deterrence.catalogue.models import Model
from deterrence.games.network import COUNTED
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import STAGE, StochasticGame
from deterrence.show.explorer_profiles import setting_sentences
from deterrence.show.explorer_script import value_function
from deterrence.show.ledger_text import WORDS
from deterrence.show.mathml import condition_mathml, expression_mathml, premise_mathml
from deterrence.show.phrases import point_text
from deterrence.show.sentences import verdict_sentence
from deterrence.show.states import state_rows
from deterrence.show.tree_svg import MAX_PLACES, view_svg
from deterrence.show.tree_view import view_of

MAX_CELLS = 36  # of payoff matrices on the page


def game_data(model: Model) -> dict[str, Any]:
    """The game as a picture, matrices or a table, with a sentence on what is shown and what is not.

    Keys: `svg`, `matrix`, `table` (HTML) where there are any, and always `about` (HTML).
    """
    if model.network is not None:
        return {"table": _network(model), "about": _network_words(model)}
    if model.repeated is not None:
        return _in_time(model)
    if model.source.nodes:
        view = view_of(model)
        if len(view.nodes) <= MAX_PLACES:
            return {"svg": view_svg(view, model.source.title or model.name), "about": ""}
        return {"about": f"The tree has {len(view.nodes)} places to move, too many to draw here."}
    if len(model.pieces) != 1:
        return {
            "about": f"Payoffs differ by case ({len(model.pieces)} cases), so there is no one matrix to show."
        }
    return _matrices(model.pieces[0][1])


def _in_time(model: Model) -> dict[str, Any]:
    """A repeated game by its stage, where all choose at once, and other games over time by their states."""
    assert model.repeated is not None
    repeated, game = model.repeated, model.repeated.game
    setting = " ".join(setting_sentences(repeated))
    if [s.name for s in game.states] == [STAGE]:
        rows = tuple(game.states[0].case(p).payoffs for p in game.states[0].profiles())
        shown = _matrices(NormalForm(game.players, rows, model.domain))
        return {
            **shown,
            "about": f"One round of the game, which is played again and again. {setting}".strip(),
        }
    listed = (
        "The profiles of the list were tested, and there are others that were not."
        if model.source.concept != "markov-perfect"
        else "Equilibria are in strategies that look at the state alone (Markov) and do not mix; others were "
        "not searched."
    )
    start = f"Play begins in <b>{escape(game.initial)}</b>. "
    return {"table": _states(game), "about": f"{start}{listed} {setting}".strip()}


def _typeset(v: Value) -> str:
    return expression_mathml(value_text(v))


def _states(game: StochasticGame) -> str:
    return _table(("state", "moves", "payoffs", "what follows"), state_rows(game, _typeset, escape))


def _table(head: Any, rows: Any) -> str:
    top = "".join(f"<th scope='col'>{h}</th>" for h in head)
    body = "".join(
        f"<tr><th scope='row'>{row[0]}</th>{''.join(f'<td>{c}</td>' for c in row[1:])}</tr>" for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _network(model: Model) -> str:
    """What each action pays each member, in the numbers of neighbours that do this or that."""
    assert model.network is not None
    network = model.network
    counted = {COUNTED + a: variable(f"n_{a}") for a in network.actions}
    rows = []
    for k, member in enumerate(network.members):
        around = ", ".join(network.members[j] for j in network.neighbours[k]) or "none"
        rows.append(
            [escape(member), escape(around), *(_typeset(v.substitute(counted)) for v in network.payoffs[k])]
        )
    head = ["member", "neighbours", *(f"pays if it plays {escape(a)}" for a in network.actions)]
    return _table(head, rows)


def _network_words(model: Model) -> str:
    assert model.network is not None
    counts = " and ".join(
        f"{expression_mathml(f'n_{a}')}, how many of its neighbours {escape(a)}"
        for a in model.network.actions
        if any(COUNTED + a in v.names for row in model.network.payoffs for v in row)
    )
    said = f"Payoffs count {counts}. " if counts else ""
    return f"{said}Only equilibria in which nobody mixes were searched."


def _matrices(game: object) -> dict[str, Any]:
    """The payoffs of a table: a matrix of the first two players for each choice of the others."""
    if not isinstance(game, NormalForm):
        return {"about": "This kind of game has no picture here."}
    cells = 1
    for p in game.players:
        cells *= len(p.actions)
    if len(game.players) < 2 or cells > MAX_CELLS:
        names = ", ".join(escape(p.shown) for p in game.players)
        return {"about": f"{names}: {cells} combinations of actions, too many to show as matrices here."}
    return {
        "matrix": {
            "players": [p.shown for p in game.players],
            "actions": [list(p.actions) for p in game.players],
            "cells": [
                {
                    "at": list(at),
                    "f": [value_function(game.payoff(profile, n)) for n in game.names],
                    "html": ", ".join(_typeset(game.payoff(profile, n)) for n in game.names),
                }
                for at, profile in zip(
                    itertools.product(*(range(len(p.actions)) for p in game.players)),
                    itertools.product(*(p.actions for p in game.players)),
                    strict=True,
                )
            ],
        },
        "about": "",
    }


def claim_data(r: Result) -> dict[str, object]:
    """A claim with its verdict, and the point where it fails if there is one."""
    word = standing(r.verdict)
    verdict = r.verdict
    if isinstance(verdict, Refuted) and verdict.holds_where not in (None, NOWHERE):
        html = f"holds exactly where {condition_mathml(region_text(verdict.holds_where))}"
    elif isinstance(verdict, Refuted) and verdict.holds_where == NOWHERE:
        html = "holds nowhere"
    else:
        html = escape(verdict_sentence(verdict, r.model.domain.given).removesuffix("."))
    if r.claim.given_text:
        html = f"Given {premise_mathml(r.claim.given_text)}: {html[0].lower()}{html[1:]}"
    elif html.startswith("holds"):
        html = f"It {html}"
    found: dict[str, object] = {
        "text": r.claim.text,
        "word": word,
        "label": WORDS.get(word, word),
        "html": html,
    }
    if isinstance(verdict, Refuted) and verdict.witness is not None:
        found["witness"] = {n: float(v) for n, v in verdict.witness.items()}
        found["at"] = point_text(verdict.witness)
    return found
