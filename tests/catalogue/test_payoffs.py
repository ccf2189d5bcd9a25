"""For which models the payoffs of all equilibria can be drawn, and what is said of the others."""

from __future__ import annotations

from fractions import Fraction

import pytest

from deterrence.catalogue.models import from_text, load
from deterrence.catalogue.payoffs import model_payoff_set
from deterrence.errors import OutOfScope

TRUCE = """
name = "truce"
kind = "repeated"
stage = "prisoners-dilemma"
discount = "1/2"
"""


@pytest.mark.parametrize(
    "name, message",
    [
        ("repeated-prisoners-dilemma-noise", "has errors, .* leave out noise"),
        ("imperfect-monitoring", "has public signals"),
        (
            "enforcement",
            "no repeated game in which all choose at once, .* try: deterrence stabilise enforcement",
        ),
        ("ladder-of-chance", "no repeated game in which all choose at once"),
    ],
)
def test_models_without_payoff_sets(name: str, message: str) -> None:
    with pytest.raises(OutOfScope, match=message):
        model_payoff_set(load(name))


def test_a_game_that_ends_has_other_payoffs() -> None:
    """In two rounds of the dilemma nobody ever cooperates; without end they may from a half on."""
    with pytest.raises(OutOfScope, match=r"ends after some rounds, .* leave out rounds"):
        model_payoff_set(from_text(TRUCE + "rounds = 2\n"))
    found = model_payoff_set(from_text(TRUCE), {"T": 5, "R": 3, "P": 1, "S": 0})
    assert found.verdict == "exact" and (Fraction(3), Fraction(3)) in found.inner.vertices
