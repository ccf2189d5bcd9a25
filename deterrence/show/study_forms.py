"""The HTML forms of the study tools' results, for Jupyter: by type, and for tuples of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.show.compare_view import comparison_html
from deterrence.show.correlated_view import correlated_html, range_html
from deterrence.show.evolution_view import dynamics_html, ess_html
from deterrence.show.quantal_view import branch_html, effect_html
from deterrence.show.selection_view import selection_html
from deterrence.show.taxonomy_view import taxonomy_html
from deterrence.solve.evolution import StableStrategy
from deterrence.solve.quantal import QuantalResponse
from deterrence.study.compare import Comparison


def _branch(one: QuantalResponse) -> str:
    return branch_html((one,))


FORMS: dict[tuple[str, str], Callable[[Any], str]] = {
    ("deterrence.study.partition", "Taxonomy"): taxonomy_html,
    ("deterrence.study.selection", "Selection"): selection_html,
    ("deterrence.solve.correlated", "Correlated"): correlated_html,
    ("deterrence.solve.correlated_values", "CorrelatedRange"): range_html,
    ("deterrence.solve.quantal", "QuantalResponse"): _branch,
    ("deterrence.study.quantal_effect", "LogitEffect"): effect_html,
    ("deterrence.solve.rest_points", "Dynamics"): dynamics_html,
    ("deterrence.study.compare", "Comparison"): comparison_html,
}


def tuple_form(items: tuple[Any, ...]) -> str | None:
    """The form of a tuple of results of one type, or None for any other."""
    if not items:
        return None
    if all(isinstance(x, StableStrategy) for x in items):
        return ess_html(items)
    if all(isinstance(x, QuantalResponse) for x in items):
        return branch_html(items)
    if all(isinstance(x, Comparison) for x in items):
        return "<hr>".join(map(comparison_html, items))
    return None
