"""300 random trees and some odd files against Gambit's own answers, see gambit/README.md; Gambit is not run here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from deterrence.algebra.value import variable
from deterrence.catalogue.gambit_read import parse_efg, read_efg
from deterrence.catalogue.gambit_tables import parse_nfg
from deterrence.catalogue.gambit_words import GambitGame
from deterrence.catalogue.gambit_write import write_efg, write_nfg
from deterrence.games.normal import NormalForm
from deterrence.games.strategic import StrategicForm, strategic_form
from deterrence.games.subgames import subgame_roots
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.tree_nash import tree_nash

HERE = Path(__file__).parent / "gambit"
GAMES: list[dict[str, Any]] = json.loads((HERE / "games.json").read_text(encoding="utf-8"))["games"]
FILES: dict[str, Any] = json.loads((HERE / "written" / "answers.json").read_text(encoding="utf-8"))["files"]
CHUNKS = 10
chunk = pytest.mark.parametrize("games", [GAMES[k::CHUNKS] for k in range(CHUNKS)], ids=range(CHUNKS))

Profile = tuple[tuple[Fraction, ...], ...]


@cache
def solved(efg: str) -> Atlas:
    return tree_nash(read_efg(efg), cells=False)


def order_of(form: StrategicForm, game: dict[str, Any]) -> list[list[str]]:
    """Our action for each of Gambit's strategies, matched by what they do at every information set.

    Labels in games.json are valid names and differ, and actions come in the order of the file.
    """
    tree = form.tree
    found = []
    for player, sets, strategies in zip(form.players, game["infosets"], game["strategies"], strict=True):
        by_choice = {form.plan(player.name, a).choices: a for a in player.actions}
        names = []
        for strategy in strategies:
            chosen = {
                h: tree.information_set(h).actions[a]
                for h, a in zip(sets, strategy, strict=True)
                if a is not None
            }
            key = next(k for k in by_choice if dict(k) == chosen)
            names.append(by_choice.pop(key))
        assert not by_choice  # the reduced plans are the same
        found.append(names)
    return found


def numbers(e: Equilibrium, order: list[list[str]]) -> Profile:
    """The probabilities of an equilibrium without free variables, in Gambit's order."""
    return tuple(
        tuple(dict(strategy)[a].at({}) for a in names)
        for (_, strategy), names in zip(e.profile, order, strict=True)
    )


def member(e: Equilibrium, profile: Profile, order: list[list[str]]) -> dict[str, Fraction] | None:
    """The values of the free variables at which a component is this profile, or None.

    Every free variable is the probability of some action by itself, so it can be read off.
    """
    pairs = [
        (dict(strategy)[a], p)
        for (_, strategy), names, row in zip(e.profile, order, profile, strict=True)
        for a, p in zip(names, row, strict=True)
    ]
    free = {r.name: next(p for v, p in pairs if v == variable(r.name)) for r in e.free}
    same = all(v.at(free) == p for v, p in pairs)
    return free if same and e.where.contains(free) else None


def equilibria(found: list[dict[str, Any]]) -> Iterator[tuple[Profile, tuple[Fraction, ...]]]:
    for answer in found:
        profile = tuple(tuple(map(Fraction, row)) for row in answer["profile"])
        yield profile, tuple(map(Fraction, answer["payoffs"]))


@chunk
def test_every_extreme_equilibrium_is_in_one_component(games: list[dict[str, Any]]) -> None:
    for game in games:
        atlas = solved(game["efg"])
        if game["mixed"] is None or atlas.complete.scope != "all":
            continue
        assert isinstance(atlas.game, StrategicForm)
        order = order_of(atlas.game, game)
        for profile, payoffs in equilibria(game["mixed"]):
            homes = [(e, free) for e in atlas if (free := member(e, profile, order)) is not None]
            assert len(homes) == 1, (game["name"], profile)
            e, free = homes[0]
            assert tuple(v.at(free) for _, v in e.payoffs) == payoffs, game["name"]


@chunk
def test_isolated_equilibria_are_extreme(games: list[dict[str, Any]]) -> None:
    """An equilibrium alone with its supports is determined by which conditions bind, so it is extreme."""
    for game in games:
        atlas = solved(game["efg"])
        if game["mixed"] is None or atlas.complete.scope != "all":
            continue
        assert isinstance(atlas.game, StrategicForm)
        order = order_of(atlas.game, game)
        known = {profile for profile, _ in equilibria(game["mixed"])}
        assert {numbers(e, order) for e in atlas if not e.free} <= known, game["name"]


@chunk
def test_pure_equilibria_are_the_same(games: list[dict[str, Any]]) -> None:
    for game in games:
        atlas = solved(game["efg"])
        assert isinstance(atlas.game, StrategicForm)
        order = order_of(atlas.game, game)
        ours = {
            tuple(row.index(1) for row in numbers(e, order)): [str(v) for _, v in e.payoffs]
            for e in atlas
            if e.is_pure
        }
        assert ours == {tuple(answer["profile"]): answer["payoffs"] for answer in game["pure"]}, game["name"]


def test_most_games_are_solved_in_mixed_strategies() -> None:
    """What the tests above compare: all games with two players and up to four plans each."""
    small = [g for g in GAMES if g["mixed"] is not None and all(len(s) <= 4 for s in g["strategies"])]
    assert len(small) > 150
    assert all(solved(g["efg"]).complete.scope == "all" for g in small)


@chunk
def test_subgames_begin_at_the_same_places(games: list[dict[str, Any]]) -> None:
    for game in games:
        assert sorted(paths(read_efg(game["efg"]))) == sorted(game["subgames"]), game["name"]


def paths(tree: ExtensiveForm) -> list[list[int]]:
    """The way to each root of a subgame, as numbers of actions."""
    return [
        [tree.node(n).actions.index(a) for n, a in tree.history(identifier)]
        for identifier in subgame_roots(tree)
    ]


def parsed(name: str) -> GambitGame:
    text = (HERE / "written" / name).read_text(encoding="utf-8")
    return parse_efg(text) if name.endswith(".efg") else parse_nfg(text)


def form_of(game: ExtensiveForm | NormalForm) -> NormalForm:
    return game if isinstance(game, NormalForm) else strategic_form(game)


@pytest.mark.parametrize("name", FILES)
def test_odd_files_are_read_as_gambit_reads_them(name: str) -> None:
    found, known = parsed(name), FILES[name]
    assert (found.title, found.comment) == (known["title"], known["comment"])
    assert [p.shown for p in found.game.players] == known["players"]
    form = form_of(found.game)
    # in these files our plans come in Gambit's order, so that the tables can be compared cell by cell
    cells = list(product(*(range(len(p.actions)) for p in form.players)))
    ours = {cell: [str(v) for v in row] for cell, row in zip(cells, form.payoffs, strict=True)}
    assert ours == {tuple(cell): row for cell, row in known["payoffs"]}
    if isinstance(found.game, ExtensiveForm):
        # Gambit holds the two nodes of one chance event together like an information set; no player moves
        # there, so by Selten's definition each begins a subgame
        events = [[0], [1]] if name == "draw.efg" else []
        assert sorted(paths(found.game)) == sorted([*known["subgames"], *events])


@pytest.mark.parametrize("name", FILES)
def test_what_we_write_of_them_reads_the_same(name: str) -> None:
    game = parsed(name).game
    again: ExtensiveForm | NormalForm
    if isinstance(game, ExtensiveForm):
        again = read_efg(write_efg(game, "Again"))
    else:
        again = parse_nfg(write_nfg(game, "Again")).game
    assert form_of(again).payoffs == form_of(game).payoffs
    assert again.names == game.names
