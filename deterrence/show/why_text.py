"""What `why` prints and gives as data for a listed profile of a repeated or stochastic game."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE
from deterrence.algebra.tidy import tidy
from deterrence.games.repeated import RepeatedGame
from deterrence.show.paragraphs import heading
from deterrence.show.phrases import condition_text, value_words
from deterrence.show.stability_sentences import patience, profile_words, where_words
from deterrence.solve.process import Joint
from deterrence.solve.profiles import process_of
from deterrence.solve.stability import Condition, one_shot, where_all


def why_profile_page(
    game: RepeatedGame, identifier: str, point: Mapping[str, Fraction] | None
) -> RenderableType:
    """Every one-shot deviation of a profile: where, by whom, what it gains, and whether it pays.

    Raises UnknownName for a profile that is not listed, OutOfScope with perception errors.
    """
    ask = prover(game.domain.given)
    names = patience(game)
    p = process_of(game, identifier)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("when", "player", "plays instead", "gains, in all", "deterred where"):
        table.add_column(name, overflow="fold")
    shown = ""
    found = one_shot(p)
    for c in found:
        here = state_words(c.state, game)
        row = ["" if here == shown else here, c.player, c.action, value_words(c.gain, ask)]
        deterred = tidy(c.region, game.domain.given)
        row.append("always" if deterred == EVERYWHERE else condition_text(deterred, ask, names))
        if point is not None:
            amount = c.gain.at(point)
            row[3] += f" = {amount}"
            row[4] += ": yes" if c.region.contains(point) else ": NO, it pays"
        table.add_row(*row)
        shown = here
    region = where_all(p, found)
    concept = "a perfect public equilibrium" if game.monitoring is not None else "subgame perfect"
    return Group(
        heading(f"Leaving the profile {identifier} once: {profile_words(game.profile(identifier), game)}"),
        table,
        Text(f"The profile is {concept} {where_words(region, ask, names)}."),
    )


def why_profile_json(
    game: RepeatedGame, identifier: str, point: Mapping[str, Fraction] | None
) -> dict[str, Any]:
    """The same as data; errors as for the page."""
    ask = prover(game.domain.given)
    p = process_of(game, identifier)
    found = one_shot(p)
    return {
        "profile": identifier,
        "region": region_text(where_all(p, found)),
        "point": None if point is None else {n: str(v) for n, v in point.items()},
        "deviations": [
            _deviation(c, game)
            | {"gain": value_text(c.gain, ask)}
            | ({} if point is None else {"gain_at_point": str(c.gain.at(point))})
            for c in found
        ],
    }


def _deviation(c: Condition, game: RepeatedGame) -> dict[str, Any]:
    return {
        "state": c.state[0],
        "strategies_in": dict(zip(game.names, c.state[1], strict=True)),
        "player": c.player,
        "instead": c.action,
        "deterred_where": region_text(c.region),
    }


def state_words(state: Joint, game: RepeatedGame) -> str:
    """Where play is: the game's state if there are several, and that of each strategy that has several."""
    parts = [state[0]] if len(game.game.states) > 1 else []
    minds = list(zip(game.names, state[1], strict=True))
    same = {mind for _, mind in minds}
    if len(same) == 1 and len(minds) > 1:
        parts.append(f"all in {minds[0][1]}" if len(minds) > 2 else f"both in {minds[0][1]}")
    else:
        parts += [f"{player} in {mind}" for player, mind in minds]
    return ", ".join(parts)
