"""The stability report of a model: its listed profiles, each with the senses in which it can last."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from deterrence.catalogue.models import Model, load
from deterrence.errors import OutOfScope, expect
from deterrence.games.repeated import RepeatedGame
from deterrence.study.stability import StabilityReport, stability_report


def stability(
    model: Model | RepeatedGame | str | Path, progress: Callable[[str], None] | None = None
) -> StabilityReport:
    """The stability report of a repeated or stochastic model (a name, a path, a Model) or game.

    `progress` is told each profile's id.  Raises OutOfScope for a model of another kind or without profiles.

    >>> report = stability("repeated-prisoners-dilemma")
    >>> str(next(r for r in report.rows if r.id == "grim").perfect.region)
    'R >= delta*(P - T) + T'
    """
    expect("stability", model, Model, RepeatedGame, str, Path)
    if isinstance(model, str | Path):
        model = load(model)
    game = model if isinstance(model, RepeatedGame) else model.repeated
    if game is None:
        assert isinstance(model, Model)
        raise OutOfScope(
            f"{model.name} is of the kind {model.source.kind}, and stability is asked of repeated and "
            f"stochastic games; try: deterrence solve {model.name}"
        )
    if not game.names:
        raise OutOfScope(
            "nobody moves in this chain, so there are no profiles to test; ask with solve where it ends"
        )
    if not game.profiles:
        raise OutOfScope(
            "the model lists no profiles to test; add [[profiles]] with a strategy for each player"
        )
    return stability_report(game, progress)
