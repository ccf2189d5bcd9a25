"""The payoffs that equilibria of a repeated model can have, at a point of its parameters."""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import STAGE
from deterrence.solve.payoff_set import PayoffSet, payoff_set


def model_payoff_set(model: Model, values: Mapping[str, object] | None = None) -> PayoffSet:
    """What pure subgame-perfect equilibria of a repeated model can pay, with public randomisation.

    Parameters that are not given take the model's examples.  The model's noise and its listed profiles do
    not matter here.  Raises OutOfScope for a model that is no repeated normal form of two players with one
    discount factor, or has public signals; UnknownName, InexactNumber and DomainError for bad values.
    """
    game = model.repeated
    if game is None or [s.name for s in game.game.states] != [STAGE]:
        raise OutOfScope(
            f"{model.name} is no repeated game in which all choose at once; payoff sets need one"
        )
    if game.monitoring is not None:
        raise OutOfScope(f"{model.name} has public signals; payoff sets are for players who see what is done")
    point = model.domain.point(values or {}, defaults=True)
    state = game.game.states[0]
    stage = NormalForm(
        game.game.players, tuple(state.case(p).payoffs for p in state.profiles()), model.domain
    )
    factors = {p: v.at(point) for p, v in zip(game.names, game.game.discounts, strict=True)}
    return payoff_set(stage, factors, point=point)
