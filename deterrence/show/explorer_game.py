"""The game itself and the claims about it, for the explorer page: matrix or tree, verdicts and witnesses."""

from __future__ import annotations

from html import escape

from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import NOWHERE
from deterrence.algebra.verdicts import Refuted
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import standing
from deterrence.catalogue.models import Model
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import STAGE
from deterrence.show.explorer_script import value_function
from deterrence.show.ledger_text import WORDS
from deterrence.show.mathml import condition_mathml, expression_mathml
from deterrence.show.sentences import verdict_sentence
from deterrence.show.tree_svg import MAX_PLACES, view_svg
from deterrence.show.tree_view import view_of


def game_data(model: Model) -> dict[str, object]:
    """The picture of the tree or the payoff matrix, where the model has one that fits a page."""
    if model.source.nodes and model.repeated is None:
        view = view_of(model)
        if len(view.nodes) <= MAX_PLACES:
            return {"svg": view_svg(view, model.source.title or model.name)}
        return {}
    game = _stage(model) or (model.pieces[0][1] if len(model.pieces) == 1 else None)
    if isinstance(game, NormalForm) and len(game.players) == 2:
        return {"matrix": _matrix(game)}
    return {}


def _stage(model: Model) -> NormalForm | None:
    """The stage of a repeated game in which all choose at once."""
    if model.repeated is None or [s.name for s in model.repeated.game.states] != [STAGE]:
        return None
    state = model.repeated.game.states[0]
    rows = tuple(state.case(p).payoffs for p in state.profiles())
    return NormalForm(model.repeated.game.players, rows, model.domain)


def _matrix(game: NormalForm) -> dict[str, object]:
    rows, columns = game.players
    return {
        "players": [rows.shown, columns.shown],
        "rows": list(rows.actions),
        "columns": list(columns.actions),
        "payoffs": [
            [
                {
                    "f": [value_function(game.payoff((a, b), n)) for n in game.names],
                    "html": ", ".join(
                        expression_mathml(value_text(game.payoff((a, b), n))) for n in game.names
                    ),
                }
                for b in columns.actions
            ]
            for a in rows.actions
        ],
    }


def claim_data(r: Result) -> dict[str, object]:
    """A claim with its verdict, and the point where it fails if there is one."""
    word = standing(r.verdict)
    verdict = r.verdict
    premise = ""
    if r.claim.given_text:
        premise = f"Given <code>{escape(r.claim.given_text)}</code>: "
    if isinstance(verdict, Refuted) and verdict.holds_where not in (None, NOWHERE):
        start = "it" if premise else "It"
        html = f"{premise}{start} holds exactly where {condition_mathml(region_text(verdict.holds_where))}"
    else:
        html = premise + escape(verdict_sentence(verdict, r.model.domain.given))
    witness = None
    if isinstance(verdict, Refuted) and verdict.witness is not None:
        witness = {n: float(v) for n, v in verdict.witness.items()}
    return {
        "text": r.claim.text,
        "word": word,
        "label": WORDS.get(word, word),
        "html": html,
        "witness": witness,
    }
