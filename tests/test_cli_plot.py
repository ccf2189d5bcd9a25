"""`plot`: the picture that fits each kind of model, those asked for by kind, and options that do not fit."""

from __future__ import annotations

from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner

from deterrence.cli import commands
from deterrence.errors import DeterrenceError


def run(*arguments: str) -> str:
    done = CliRunner().invoke(commands, list(arguments), standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output


def words(*arguments: str) -> list[str]:
    """The texts of the picture that `plot` writes, which must be sound SVG."""
    root = ElementTree.fromstring(run("plot", *arguments))
    assert root.tag.endswith("svg")
    return ["".join(e.itertext()) for e in root.iter() if e.tag.endswith("}text")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("repeated-chicken",), "subgame perfect"),
        (("repeated-chicken", "delta=1/2"), "equilibrium payoffs"),
        (("repeated-chicken", "--over", "delta", "T"), "reversion"),
        (("strike-restrain",), "m = c/h"),
        (("proxy-tree",), "Sponsor, militia, retaliator"),
        (("ladder-of-chance",), "peace in the end: 81/211; war in the end: 130/211"),
        (("chicken", "--kind", "best-replies"), "probability that Row plays cooperate"),
        (("chicken", "--kind", "map", "--along", "T=13/2,9"), "1  Chicken: T from 13/2 to 9"),
        (("repeated-chicken", "--kind", "bars", "delta=1/2", "--along", "T"), "contrite"),
        (("repeated-chicken", "--kind", "recovery", "--profile", "grim"), "never back on its path"),
        (
            ("repeated-chicken", "--errors", "1/10", "--profile", "tit-for-tat"),
            "tit-for-tat: 0.25 in the long run",
        ),
        (("enforcement", "--kind", "recovery", "--slip", "militia=attack"), "A: attack"),
        (("repeated-chicken", "--kind", "ladder", "--profile", "graduated"), "level2_1"),
        (("escalation-ladder-3", "--kind", "ladder"), "First mover"),
        (("escalation-ladder-3",), "Escalation ladder with 3 rungs (N = 1 to 40)"),
        (("repeated-chicken", "--kind", "payoffs"), "equilibrium payoffs"),
        (("proxy-tree", "--kind", "phase"), "at "),
    ],
)
def test_each_kind_of_picture(arguments, said):
    assert any(said in text for text in words(*arguments))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("chicken", "--kind", "tree"), "no tree"),
        (("chicken", "--kind", "bars"), "no bars"),
        (("proxy-tree", "--kind", "best-replies"), "extensive-form"),
        (("proxy-tree", "--kind", "phase", "--bare"), "--bare is for --kind tree"),
        (
            ("repeated-chicken", "--kind", "bars", "--profile", "grim"),
            "--profile is for --kind recovery or ladder",
        ),
        (("chicken", "--kind", "map", "--along", "T"), "name=value"),
        (
            ("repeated-chicken", "--kind", "ladder", "--profile", "grim", "--profile", "pavlov"),
            "one strategy",
        ),
        (("chicken", "--kind", "ladder", "--profile", "grim"), "leave out --profile"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises((DeterrenceError, click.UsageError), match=message):
        run("plot", *arguments)


def test_fields_are_of_one_population_where_the_game_is_symmetric():
    assert "share that plays cooperate" in words("chicken", "--kind", "field")
    assert "share of Militia that plays continue" in words("strike-restrain", "--kind", "field")
