"""The HTML forms of the study tools' results, for Jupyter: by type, and for tuples of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from deterrence.show.canon_view import canon_html
from deterrence.show.compare_view import comparison_html
from deterrence.show.correlated_view import correlated_html, range_html
from deterrence.show.evolution_view import dynamics_html, ess_html
from deterrence.show.quantal_view import branch_html, effect_html
from deterrence.show.scores_view import scores_html
from deterrence.show.selection_view import selection_html
from deterrence.show.taxonomy_view import taxonomy_html
from deterrence.solve.quantal import QuantalResponse
from deterrence.solve.scores import Score
from deterrence.study.compare import Comparison


def _branch(one: QuantalResponse) -> str:
    return branch_html((one,))


def _score(one: Score) -> str:
    return scores_html((one,))


def _comparisons(listed: Sequence[Comparison]) -> str:
    return "<hr>".join(map(comparison_html, listed))


FORMS: Final[dict[tuple[str, str], Callable[[Any], str]]] = {
    ("study.partition", "Taxonomy"): taxonomy_html,
    ("study.selection", "Selection"): selection_html,
    ("solve.correlated", "Correlated"): correlated_html,
    ("solve.correlated_values", "CorrelatedRange"): range_html,
    ("solve.quantal", "QuantalResponse"): _branch,
    ("study.quantal_effect", "LogitEffect"): effect_html,
    ("solve.rest_points", "Dynamics"): dynamics_html,
    ("study.compare", "Comparison"): comparison_html,
    ("solve.scores", "Score"): _score,
}
LISTS: Final[dict[tuple[str, str], Callable[[Any], str]]] = {
    ("catalogue.canon", "CanonRow"): canon_html,
    ("solve.scores", "Score"): scores_html,
    ("solve.evolution", "StableStrategy"): ess_html,
    ("solve.quantal", "QuantalResponse"): branch_html,
    ("study.compare", "Comparison"): _comparisons,
}
