"""Which path is shown unasked: the only one, the one at the example, the one that survives D1 there, or none."""

import pytest

from deterrence.catalogue.models import load, solve
from deterrence.games.tree import ExtensiveForm
from deterrence.show.tree_choice import chosen_path
from deterrence.solve.subgame_perfect import subgame_perfect
from deterrence.study.outcomes import outcomes


@pytest.mark.parametrize(
    ("name", "outcome", "note"),
    [
        ("escalation-ladder-4", "stop1", ""),
        # a strike is worth its cost and the band is the middle one: funded, carried out, struck
        ("proxy-tree", "FAS", "e2 is played at the example values; --mark ID marks another."),
        # c_t = 7/10, d_1 = 1/2, p = 3/10, q = 1/4: bluffing, and deterrence by beliefs that D1 rejects
        ("unilateral-deterrence-incomplete", "CD", "e9 survives D1 at the example values"),
    ],
)
def test_the_path_that_is_shown(name, outcome, note):
    model = load(name)
    atlas = solve(model)
    chosen, said = chosen_path(atlas)
    assert said.startswith(note)
    assert chosen.generic and atlas[chosen.id] is chosen
    happens = {h.equilibria: dict(h.chances) for row in outcomes_at_example(atlas) for h in row}
    (chances,) = (c for ids, c in happens.items() if chosen.id in ids)
    assert outcome in chances


def outcomes_at_example(atlas):
    point = atlas.domain.example
    return [row.happenings for row in outcomes(atlas) if row.region.contains(point)]


def test_no_path_is_shown_where_several_could_be():
    """Announcing and being believed or not: babbling both ways survives."""
    chosen, said = chosen_path(solve(load("announced-halt")))
    assert chosen is None and said == "--mark e1 marks its path."
    tree = ExtensiveForm.build(
        ["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}}, {"x": ["u"], "y": [0]}
    )
    chosen, said = chosen_path(subgame_perfect(tree))  # no example values
    assert chosen is None and "marks its path" in said
