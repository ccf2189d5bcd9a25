"""A game as the text of a model file: for games that were built in Python or read from Gambit's files.

What comes out is read back by `models.from_text`.  Names that a model file cannot hold, such as those of
the copies of nodes in a game with types, are replaced.  Source: the file-format contract.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from deterrence.algebra.parameters import Domain
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE
from deterrence.catalogue.gambit_words import MAX_NAME, RESERVED, Names
from deterrence.errors import GameError
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm

_MAX_TITLE = 4 * MAX_NAME


def model_text(game: ExtensiveForm | NormalForm, name: str, title: str = "", summary: str = "") -> str:
    """The text of a model file for a game; GameError for payoffs with roots, which the grammar lacks.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": ["u"], "y": [0]})
    >>> print(model_text(tree, "small").splitlines()[0])
    name = "small"
    """
    _only_fractions(game)
    kind = "normal-form" if isinstance(game, NormalForm) else "extensive-form"
    head = [f"name = {_text(kebab(name))}", f"title = {_text((title or name)[:_MAX_TITLE])}"]
    if summary:
        head.append(f"summary = {_text(summary)}")
    body = _table(game) if isinstance(game, NormalForm) else _tree(game)
    return "\n".join([*head, f'kind = "{kind}"', *_parameters(game.domain), *body, ""])


def kebab(text: str) -> str:
    """A text as the name of a model.

    >>> kebab("Selten's horse_2.efg")
    'selten-s-horse-2-efg'
    """
    found = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:MAX_NAME].strip("-")
    return found if found[:1].isalpha() else f"game-{found}".strip("-")


def _parameters(domain: Domain) -> list[str]:
    lines = []
    if domain.assumptions:
        lines.append(f"assumptions = [{', '.join(_text(region_text(a)) for a in domain.assumptions)}]")
    for p in domain.parameters:
        lines += ["", f"[parameters.{p.name}]", f"meaning = {_text(p.meaning)}"]
        if p.domain != EVERYWHERE:
            lines.append(f"domain = {_text(region_text(p.domain))}")
        if p.example is not None:
            lines.append(f"example = {_text(str(p.example))}")
    return lines


def _table(game: NormalForm) -> list[str]:
    lines: list[str] = []
    for p in game.players:
        actions = ", ".join(map(_text, p.actions))
        lines += ["", f"[players.{p.name}]", *_label(p.label), f"actions = [{actions}]"]
    for profile, row in zip(game.profiles(), game.payoffs, strict=True):
        when = ", ".join(f"{n} = {_text(a)}" for n, a in zip(game.names, profile, strict=True))
        lines += ["", "[[payoffs]]", f"when = {{ {when} }}"]
        lines += [f"{n} = {_text(value_text(v))}" for n, v in zip(game.names, row, strict=True)]
    return lines


def _tree(tree: ExtensiveForm) -> list[str]:
    known = Names((*RESERVED, *tree.names))
    sets = {h.name: known.give(h.name, "set", "set") for h in tree.information}
    alone = {h.nodes[0]: h.name for h in tree.information if len(h.nodes) == 1}
    ids: dict[str, str] = {}
    for node in tree.nodes:
        ids[node.id] = sets[alone[node.id]] if node.id in alone else known.give(node.id, "node", "node")
    for o in tree.outcomes:
        ids[o.id] = known.give(o.id, "end", "end")
    lines: list[str] = []
    for p in tree.players:
        lines += ["", f"[players.{p.name}]", *_label(p.label)]
    for node in tree.nodes:
        moves = {a: ids[to] for a, to in node.moves}
        lines += ["", "[[nodes]]", f"id = {_text(ids[node.id])}", f"player = {_text(node.player)}"]
        lines.append(f"moves = {_inline(moves)}")
        if node.is_chance:
            chances = zip(node.actions, map(value_text, node.probabilities), strict=True)
            lines.append(f"probabilities = {_inline(dict(chances))}")
        elif node.id not in alone:
            lines.append(f"information = {_text(sets[node.known_as])}")
    for o in tree.outcomes:
        lines += ["", f"[outcomes.{ids[o.id]}]", *_label(o.label or (o.name if o.name != o.id else ""))]
        lines += [f"{n} = {_text(value_text(v))}" for n, v in zip(tree.names, o.payoffs, strict=True)]
    return lines


def _label(label: str) -> list[str]:
    return [f"label = {_text(label[:_MAX_TITLE])}"] if label else []


def _inline(table: Mapping[str, str]) -> str:
    return f"{{ {', '.join(f'{key} = {_text(value)}' for key, value in table.items())} }}"


def _text(text: str) -> str:
    """A TOML text in quotes: JSON writes them alike, once control characters are gone."""
    return json.dumps(
        "".join(ch if ch.isprintable() or ch == "\n" else " " for ch in text), ensure_ascii=False
    )


def _only_fractions(game: ExtensiveForm | NormalForm) -> None:
    rows = game.payoffs if isinstance(game, NormalForm) else [o.payoffs for o in game.outcomes]
    for row in rows:
        for v in row:
            if not v.is_rational:
                raise GameError(f"a model file holds fractions of polynomials, and a payoff is {v}")
