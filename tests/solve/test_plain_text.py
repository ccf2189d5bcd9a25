"""What a terminal shows of games and answers: short, and one line an equilibrium."""

from deterrence.catalogue.models import load, solve
from deterrence.games.strategic import strategic_form


def test_answers_in_a_terminal():
    model = load("unilateral-deterrence")
    atlas = solve(model)
    lines = repr(atlas).splitlines()
    assert lines[0] == "Atlas: 11 equilibria (subgame-perfect), complete: proved (scope: all)"
    assert lines[1] == "  e1  open: wait; answer: resist; press: back_down  where cCD >= cDD"
    assert len(lines) == 12 and all(line.endswith("(knife edge)") for line in lines[4:])
    assert repr(atlas["e1"]) == f"Equilibrium({lines[1].strip()})"
    assert repr(atlas["e1"].payoff("challenger")) == "Value(cSQ)"
    assert len(repr(solve(load("proxy-tree"))).splitlines()) == 22  # 20 of 99


def test_games_in_a_terminal():
    model = load("unilateral-deterrence")
    assert repr(model) == "Model(unilateral-deterrence: extensive-form)"
    assert repr(model.game) == "ExtensiveForm(challenger, defender: 3 nodes, 4 outcomes)"
    plans = "challenger: wait, challenge_back_down, challenge_go_on; defender: concede, resist"
    assert repr(strategic_form(model.game)) == f"StrategicForm({plans})"
    assert repr(load("chicken").game).startswith("NormalForm(row: cooperate, defect;")
