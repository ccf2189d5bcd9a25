"""Exports of models: what the files say is what the model says at the point, read by the published grammar."""

from fractions import Fraction
from importlib.util import find_spec

import pytest

from deterrence.catalogue.export import exported
from deterrence.catalogue.models import catalogue, from_text, load
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.games.strategic import strategic_form
from deterrence.games.tree import ExtensiveForm
from tests.oracles.gambit_grammar import cells_of_nfg, ends_of_efg

TREES = [n for n in catalogue() if load(n).source.kind == "extensive-form"]
TABLES = [n for n in catalogue() if load(n).source.kind == "normal-form"]


def numbers(values):
    return tuple(v.at({}) for v in values)


def at_example(name):
    """The game at the example values, and its ends by the actions on the way."""
    model = load(name)
    point = model.domain.point({}, defaults=True)
    (game,) = (g for guard, g in model.pieces if guard.contains(point))
    return game.at(point)


def ends_of(tree: ExtensiveForm):
    found = {}
    for node in tree.nodes:
        way = tuple(a for _, a in tree.history(node.id))
        found |= {(*way, a): numbers(tree.outcome(to).payoffs) for a, to in node.moves if tree.is_end(to)}
    return found


@pytest.mark.parametrize("name", TREES)
def test_trees_for_gambit(name):
    tree = at_example(name)
    assert ends_of_efg(exported(load(name), "efg")) == ends_of(tree)
    form = strategic_form(tree)
    assert cells_of_nfg(exported(load(name), "nfg")) == {
        cell: numbers(form.payoff(cell, p) for p in form.names) for cell in form.profiles()
    }


@pytest.mark.parametrize("name", TABLES)
def test_tables_for_gambit(name):
    game = at_example(name)
    assert isinstance(game, NormalForm)
    assert cells_of_nfg(exported(load(name), "nfg")) == {
        cell: numbers(game.payoff(cell, p) for p in game.names) for cell in game.profiles()
    }
    with pytest.raises(GameError, match="efg files hold trees; ask for nfg"):
        exported(load(name), "efg")


if find_spec("pygambit"):  # where Gambit is at hand, it reads the same files

    @pytest.mark.parametrize("name", TREES)
    def test_gambit_reads_them(name, tmp_path):
        import pygambit

        for form, read in (("efg", pygambit.read_efg), ("nfg", pygambit.read_nfg)):
            path = tmp_path / f"{name}.{form}"
            path.write_text(exported(load(name), form), encoding="utf-8")
            game = read(str(path))
            assert game.title == load(name).source.title
            assert len(game.players) == len(load(name).source.players)


def test_values_go_where_the_parameters_were():
    """c is the cost of a strike: the retaliator gets b - c = 1/2 from it, funded or not."""
    ends = ends_of_efg(exported(load("proxy-tree"), "efg", {"b": "3", "c": "5/2"}))
    assert {way: paid[2] for way, paid in ends.items() if way[-1] == "strike"} == {
        ("fund", "attack", "strike"): Fraction(1, 2),
        ("withhold", "attack", "strike"): Fraction(1, 2),
    }
    text = exported(load("proxy-tree"), "efg", {"b": "3", "c": "5/2"})
    assert "c=5/2" in text.splitlines()[1]
    cells = cells_of_nfg(exported(load("chicken"), "nfg", {"T": "8"}))
    assert cells["defect", "cooperate"][0] == cells["cooperate", "defect"][1] == 8


def test_a_model_file_at_a_point_is_the_numeric_game():
    model = load("unilateral-deterrence")
    again = from_text(exported(model, "toml", {"cDD": "5"}))
    assert not again.domain.names
    assert ends_of(again.game) == ends_of(model.game.at(model.domain.point({"cDD": "5"}, defaults=True)))
    assert exported(model, "toml") == model.source.text


@pytest.mark.parametrize(
    ("name", "form", "values", "error", "message"),
    [
        ("who-ordered-the-halt", "efg", {}, OutOfScope, "of the kind statement"),
        ("proxy-tree", "gbt", {}, GameError, "formats: efg, nfg"),
        ("proxy-tree", "efg", {"zz": "1"}, UnknownName, "zz"),
        ("proxy-tree", "efg", {"b": "-1"}, DomainError, "b > 0"),
    ],
)
def test_what_cannot_be_exported_is_said(name, form, values, error, message):
    with pytest.raises(error, match=message):
        exported(load(name), form, values)
