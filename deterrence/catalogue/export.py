"""A model as a file for another program: Gambit's `.efg` and `.nfg` at a point, or a model file in TOML.

Gambit needs numbers: parameters that are not given take the model's example values, and the file's comment
says which.  A tree gives either format, a normal form `.nfg` only.  Source: [GambitFormats].
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from deterrence.catalogue.gambit_write import write_efg, write_nfg
from deterrence.catalogue.model_text import kebab, model_text
from deterrence.catalogue.models import Model
from deterrence.errors import DomainError, GameError, OutOfScope
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import StochasticGame
from deterrence.games.strategic import strategic_form
from deterrence.games.tree import ExtensiveForm

FORMATS = ("efg", "nfg", "toml")


def exported(model: Model, form: str, values: Mapping[str, object] | None = None) -> str:
    """The text of a file in one of `FORMATS`, with numbers for parameters where the format needs them.

    Raises OutOfScope for a statement and for a strategic form that is too large, GameError for a format that
    the model does not have, DomainError, UnknownName and InexactNumber for values that do not fit.

    >>> from deterrence.catalogue.models import load
    >>> print(exported(load("chicken"), "nfg", {"T": "8"}).splitlines()[0])
    NFG 1 R "Chicken" { "row" "column" }
    """
    if form not in FORMATS:
        raise GameError(f"{form!r} is no format of files; formats: {', '.join(FORMATS)}")
    if form == "toml" and not values:
        return model.source.text
    point = model.domain.point(values or {}, defaults=True)
    game = game_at(model, point)
    title = model.source.title or model.name
    comment = _comment(model, point)
    if form == "toml":
        return model_text(game, kebab(f"{model.name}-at-a-point"), title, comment)
    if form == "nfg":
        table = game if isinstance(game, NormalForm) else strategic_form(game)
        return write_nfg(table, title, comment)
    if isinstance(game, NormalForm):
        raise GameError(
            f"{model.name} is of the kind {model.source.kind}, and efg files hold trees; ask for nfg"
        )
    return write_efg(game, title, comment)


def game_at(model: Model, point: Mapping[str, Fraction]) -> ExtensiveForm | NormalForm:
    """The numeric game at an exact point; OutOfScope for a model that is no game played once."""
    for guard, game in model.pieces:
        if guard.contains(point) and not isinstance(game, StochasticGame):
            return game.at(point)
    if not model.pieces:
        raise OutOfScope(
            f"{model.name} is of the kind {model.source.kind}; only games that are played once are exported"
        )
    raise DomainError(f"{model.name} has no game at this point; its pieces leave it out")


def _comment(model: Model, point: Mapping[str, Fraction]) -> str:
    labels = [f"{p.name} is {p.label}" for p in model.source.players if p.label and p.label != p.name]
    shown = " ".join(f"{n}={v}" for n, v in point.items())
    return "; ".join([f"{model.name} at {shown}" if shown else model.name, *labels])
