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

    Parameters that are not given take the model's examples; its listed profiles do not matter here.  Raises
    OutOfScope for a model that is no repeated normal form of two players with one discount factor, or that
    ends, or has errors or public signals; UnknownName, InexactNumber and DomainError for bad values.

    >>> from deterrence.catalogue.models import load
    >>> model_payoff_set(load("repeated-chicken"), {"delta": "1/3"}).verdict
    'exact'
    """
    game = model.repeated
    if game is None or [s.name for s in game.game.states] != [STAGE]:
        raise OutOfScope(
            f"{model.name} is no repeated game in which all choose at once, and payoff sets need one; "
            f"try: deterrence {'solve' if game is None else 'stabilise'} {model.name}"
        )
    if game.rounds is not None or game.noise is not None:
        why = "ends after some rounds" if game.noise is None else "has errors"
        raise OutOfScope(
            f"{model.name} {why}, and payoff sets are for games without end in which nobody errs; leave out "
            f"{'rounds' if game.noise is None else 'noise'}"
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
