"""Models, their symbols and players, points and the catalogue, in HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from pathlib import Path

from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.region import EVERYWHERE
from deterrence.catalogue.models import Model
from deterrence.games.normal import NormalForm, Player
from deterrence.games.stochastic import StochasticGame
from deterrence.games.tree import ExtensiveForm, TreePlayer
from deterrence.show.html_parts import (
    condition_html,
    fraction_html,
    point_html,
    region_html,
    table_html,
)
from deterrence.show.latex import name_latex
from deterrence.show.matrix_html import matrix_html
from deterrence.show.paragraphs import to_text
from deterrence.show.states import states_html
from deterrence.show.strategies_html import repeated_html
from deterrence.show.text import game_outline
from deterrence.show.tree_html import tree_html
from deterrence.solve.atlas import Game


def game_html(game: Game) -> str:
    """The payoff matrix, a table for each combination of third players' actions; a tree; or the states."""
    if isinstance(game, ExtensiveForm):
        return tree_html(game)
    return states_html(game) if isinstance(game, StochasticGame) else matrix_html(game)


def model_html(model: Model) -> str:
    """What a model says: title, summary, symbols, assumptions, the game, and its claims, folded."""
    s = model.source
    parts = [f"<h4>{escape(s.title or model.name)}</h4><p>{escape(s.summary)}</p>"]
    if model.domain.parameters:
        parts.append(parameters_html(model.domain.parameters))
    if s.assumption_texts:
        assumed = "; ".join(map(condition_html, s.assumption_texts))
        parts.append(f"<p>Assumed throughout: {assumed}</p>")
    if s.definition_texts:
        short = "".join(f"<li><code>{escape(n)} = {escape(t)}</code></li>" for n, t in s.definition_texts)
        parts.append(f"<p>Short for:</p><ul>{short}</ul>")
    parts.append(model_game_html(model))
    if s.claims:
        listed = "".join(f"<li><b>{escape(c.id)}</b>: {escape(c.text)}</li>" for c in s.claims)
        count = "1 claim" if len(s.claims) == 1 else f"{len(s.claims)} claims"
        parts.append(f"<details><summary>{count}; dt.check decides them</summary><ul>{listed}</ul></details>")
    return "".join(parts)


def model_game_html(model: Model) -> str:
    """The table, tree, stage, states or network of a model, without its symbols."""
    if model.repeated is not None:
        return repeated_html(model.repeated)
    if model.source.nodes:
        return tree_html(model)
    if model.source.network is not None:
        return f"<pre>{escape(to_text(game_outline(model), 100))}</pre>"
    if not model.pieces:
        return "<p>A statement about the symbols, without players.</p>"
    game = model.pieces[0][1]
    return matrix_html(game, texts=model.source.payoff_texts) if isinstance(game, NormalForm) else ""


def domain_html(domain: Domain) -> str:
    """The symbols with meanings and ranges, and the joint assumptions."""
    joint = "".join(f"<li>{region_html(r)}</li>" for r in domain.assumptions)
    assumed = f"<p>Assumed throughout:</p><ul>{joint}</ul>" if joint else ""
    return parameters_html(domain.parameters) + assumed


def parameters_html(parameters: Sequence[Parameter]) -> str:
    """A row for each symbol; columns in which nothing is said are left out."""
    rows = [
        [
            f"${name_latex(p.name)}$",
            escape(p.meaning),
            "any number" if p.domain == EVERYWHERE else region_html(p.domain),
            "" if p.example is None else fraction_html(p.example),
        ]
        for p in parameters
    ]
    head = ["symbol", "meaning", "range", "example"]
    kept = [k for k in range(4) if k in (0, 2) or any(row[k] for row in rows)]
    return table_html([head[k] for k in kept], [[row[k] for k in kept] for row in rows])


def parameter_html(parameter: Parameter) -> str:
    """One symbol."""
    return parameters_html([parameter])


def player_html(player: Player | TreePlayer) -> str:
    """A player with its actions or types."""
    name = escape(player.name)
    who = f"<b>{name}</b> ({escape(player.label)})" if player.shown != player.name else f"<b>{name}</b>"
    if isinstance(player, TreePlayer):
        kinds = f"; its type is {escape(' or '.join(player.types))}" if player.types else ""
        return f"<p>{who}{kinds}</p>"
    return f"<p>{who} can {escape(' or '.join(player.actions))}</p>"


def exact_point_html(point: Mapping[str, Fraction]) -> str:
    """An exact point."""
    return f"<p>{point_html(point)}</p>"


def catalogue_html(listed: Mapping[str, Path]) -> str:
    """The names of models by shelf, as `dt.load` takes them."""
    shelves: dict[str, list[str]] = {}
    for name, path in listed.items():
        shelf = "article" if "article" in path.parts else "canon"
        shelves.setdefault(shelf, []).append(f"<code>{escape(name)}</code>")
    rows = [[shelf, ", ".join(sorted(names))] for shelf, names in sorted(shelves.items())]
    return table_html(["shelf", "models"], rows, "th")
