"""Families of models: every member is a sound file, and the ladders play as published for every length."""

from __future__ import annotations

from fractions import Fraction

import pytest

from deterrence.catalogue.checking import check
from deterrence.catalogue.families import FAMILIES, family_text
from deterrence.catalogue.models import catalogue, from_text, load, solve
from deterrence.errors import UnknownName
from deterrence.games.tree import ExtensiveForm


def played_by_hand(rungs: int, gain: Fraction, loss: Fraction, top: Fraction, step: Fraction) -> list[str]:
    """What the mover does on each rung, worked backwards in numbers; costs already paid are left out."""
    mover, other = -top, -top  # what follows for whoever moves on this rung, and for the other side
    play = []
    for _ in range(rungs):
        go, stay = other - step, -loss  # after a step the other side moves
        play.append("escalate" if go > stay else "stop")
        mover, other = (go, mover) if go > stay else (stay, gain)
    return play[::-1]


def test_the_hand_calculation_on_ladders_that_are_easily_done_in_the_head():
    numbers = (Fraction(4), Fraction(2), Fraction(10), Fraction(1))
    assert played_by_hand(1, *numbers) == ["stop"]
    assert played_by_hand(2, *numbers) == ["escalate", "stop"]
    assert played_by_hand(5, *numbers) == ["stop", "escalate", "stop", "escalate", "stop"]


@pytest.mark.parametrize("rungs", range(1, 41))
def test_every_ladder_is_a_sound_file_with_its_name(rungs):
    model = load(f"escalation-ladder-{rungs}")
    assert (model.name, model.source.concept) == (f"escalation-ladder-{rungs}", "backward-induction")
    tree = model.game
    assert isinstance(tree, ExtensiveForm)
    assert (len(tree.nodes), len(tree.outcomes)) == (rungs, rungs + 1)
    assert [n.player for n in tree.nodes] == [("first", "second")[k % 2] for k in range(rungs)]
    steps = {"first": 0, "second": 0}
    for k, node in enumerate(tree.nodes):  # the payoffs, from the costs that have been paid by then
        point = {"G": Fraction(4), "L": Fraction(2), "D": Fraction(10), "eps": Fraction(1, 3)}
        paid = {p: -Fraction(1, 3) * n for p, n in steps.items()}
        gets = [paid[p] + (-2 if p == node.player else 4) for p in ("first", "second")]
        assert [v.at(point) for v in tree.outcome(f"stop{k}").payoffs] == gets
        steps[node.player] += 1
    assert [v.at(point) for v in tree.outcome("top").payoffs] == [
        -10 - Fraction(n, 3) for n in steps.values()
    ]


@pytest.mark.parametrize("rungs", [1, 2, 3, 4, 5, 8, 12, 40])
def test_ladders_play_as_published(rungs):
    model = load(f"escalation-ladder-{rungs}")
    assert [(r.claim.id, r.remark) for r in check(model) if not r.as_expected] == []
    numbers = (Fraction(4), Fraction(2), Fraction(10), Fraction(1))
    play = played_by_hand(rungs, *numbers)
    assert play == ["escalate" if (rungs - 1 - k) % 2 else "stop" for k in range(rungs)]
    (equilibrium,) = solve(model).at(dict(zip(("G", "L", "D", "eps"), numbers, strict=True)))
    assert [used for (used,) in equilibrium.support] == play


def test_a_wrong_ladder_would_be_noticed():
    text = family_text("escalation-ladder-4")
    assert text is not None
    wrong = from_text(text.replace("rung3 = stop", "rung3 = escalate"))
    assert [r.claim.id for r in check(wrong) if not r.as_expected] == ["play"]


def test_some_members_stand_in_the_catalogue():
    for family in FAMILIES:
        assert family.members
        assert set(family.members) <= set(catalogue())
        assert all(family.low <= n <= family.high for n in family.shown)
        assert len({family.text(n) for n in range(family.low, family.high + 1)}) == family.high


@pytest.mark.parametrize("ending", ["0", "41", "99", "04", "x", "N", "1000000", "-1"])
def test_numbers_that_a_family_lacks(ending):
    if ending == "-1":
        with pytest.raises(UnknownName, match="no model named"):
            load("escalation-ladder--1")
        return
    with pytest.raises(UnknownName, match="escalation-ladder-N is there for N = 1 to 40: no model named"):
        load(f"escalation-ladder-{ending}")


def test_other_names_belong_to_no_family():
    assert family_text("inspection") is None
    assert family_text("escalation-ladder") is None
    assert family_text("models/escalation-ladder-3.toml") is None
