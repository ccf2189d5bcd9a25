"""Scores of a profile over so many rounds, for Jupyter: exact where that is short, else in decimals."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape

from deterrence.show.html_parts import table_html
from deterrence.solve.scores import Score

_LONG = 12


def scores_html(listed: Sequence[Score]) -> str:
    """A row a player: the mean of its total and how far from it a total usually lies."""
    rows = [[escape(s.player), _number(s.mean), f"{s.deviation:.2f}"] for s in listed]
    return table_html(["player", "mean of the total", "standard deviation"], rows)


def _number(exact: Fraction) -> str:
    """A fraction as it is if it is short, with a decimal beside it."""
    if exact.denominator == 1:
        return str(exact)
    text = str(exact)
    return f"{text} (about {float(exact):.2f})" if len(text) <= _LONG else f"about {float(exact):.2f}"
