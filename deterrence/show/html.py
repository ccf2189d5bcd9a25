"""HTML with LaTeX for Jupyter: one form for every public type, and what teaches IPython to use them.

`html_of` is the form of any value of the library; `install` registers the forms with a notebook, which the
package does when it is imported in one, and nowhere else.  Results that are small have their fields in a
table (`fields_html`); what is no value of the library has no form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any, Final

from deterrence.algebra.region import Region
from deterrence.algebra.value import Value
from deterrence.show.answers_html import (
    atlas_html,
    cells_html,
    completeness_html,
    entries_html,
    entry_html,
    equilibria_html,
    equilibrium_html,
    range_html,
    result_html,
    results_html,
    verdict_html,
)
from deterrence.show.canon_view import canon_html
from deterrence.show.html_parts import fraction_html, table_html, value_html, where_html
from deterrence.show.load_bearing import load_bearing_html
from deterrence.show.models_html import (
    catalogue_html,
    domain_html,
    exact_point_html,
    game_html,
    model_html,
    parameter_html,
    player_html,
)
from deterrence.show.results_html import (
    credible_html,
    critical_html,
    elimination_html,
    finite_outcomes_html,
    folk_theorem_html,
    invasions_html,
    isolated_html,
    numeric_solution_html,
    passage_html,
    passages_html,
    payoff_set_html,
    renegotiations_html,
    reversion_html,
)
from deterrence.show.stability_html import profiles_html, report_html
from deterrence.show.statics import statics_html
from deterrence.show.strategies_html import (
    actions_html,
    automaton_html,
    automaton_state_html,
    course_html,
    monitoring_html,
    noise_html,
    process_html,
    profile_of_strategies_html,
    repeated_html,
    rounds_html,
    rule_html,
    signal_case_html,
)
from deterrence.show.study_forms import FORMS as STUDIES
from deterrence.show.study_forms import LISTS as STUDY_LISTS
from deterrence.show.tree_html import outcomes_html
from deterrence.show.windows import window_html

Form = Callable[[Any], str]

FORMS: Final[dict[tuple[str, str], Form]] = {  # by module and name, so that none is imported for this
    ("algebra.value", "Value"): value_html,
    ("algebra.region", "Atom"): where_html,
    ("algebra.region", "AllOf"): where_html,
    ("algebra.region", "AnyOf"): where_html,
    ("algebra.verdicts", "Proved"): verdict_html,
    ("algebra.verdicts", "Refuted"): verdict_html,
    ("algebra.verdicts", "Vacuous"): verdict_html,
    ("algebra.verdicts", "Undecided"): verdict_html,
    ("algebra.questions", "Elimination"): elimination_html,
    ("algebra.parameters", "Domain"): domain_html,
    ("algebra.parameters", "Parameter"): parameter_html,
    ("games.normal", "NormalForm"): game_html,
    ("games.strategic", "StrategicForm"): game_html,
    ("games.normal", "Player"): player_html,
    ("games.tree", "ExtensiveForm"): game_html,
    ("games.tree", "TreePlayer"): player_html,
    ("games.stochastic", "StochasticGame"): game_html,
    ("games.repeated", "RepeatedGame"): repeated_html,
    ("games.repeated", "Profile"): profile_of_strategies_html,
    ("games.repeated", "Noise"): noise_html,
    ("games.monitoring", "Monitoring"): monitoring_html,
    ("games.monitoring", "SignalCase"): signal_case_html,
    ("games.automata", "Automaton"): automaton_html,
    ("games.automata", "AutomatonState"): automaton_state_html,
    ("games.automata", "Rule"): rule_html,
    ("games.strategy_parts", "Actions"): actions_html,
    ("catalogue.models", "Model"): model_html,
    ("catalogue.checking", "Result"): result_html,
    ("catalogue.ledger", "Entry"): entry_html,
    ("catalogue.canon", "CanonRow"): lambda row: canon_html([row]),
    ("solve.atlas", "Atlas"): atlas_html,
    ("solve.atlas", "Equilibrium"): equilibrium_html,
    ("solve.atlas", "Cell"): lambda cell: cells_html([cell]),
    ("solve.atlas", "Completeness"): completeness_html,
    ("solve.atlas", "Range"): range_html,
    ("solve.process", "Process"): process_html,
    ("solve.round_by_round", "Round"): lambda one: rounds_html([one]),
    ("solve.profiles", "ProfileAtlas"): profiles_html,
    ("solve.payoff_set", "PayoffSet"): payoff_set_html,
    ("solve.critical", "Critical"): critical_html,
    ("solve.isolation", "Isolated"): isolated_html,
    ("solve.reversion", "Reversion"): reversion_html,
    ("solve.first_passage", "FirstPassage"): passage_html,
    ("solve.folk_theorem", "FolkTheorem"): folk_theorem_html,
    ("solve.numeric_backward", "NumericSolution"): numeric_solution_html,
    ("study.stability", "StabilityReport"): report_html,
    ("study.statics", "Statics"): statics_html,
    ("study.windows", "Window"): window_html,
    ("study.load_bearing", "LoadBearing"): load_bearing_html,
    **STUDIES,
}
LISTS: Final[dict[tuple[str, str], Form]] = {  # tuples of one type that are read together
    ("catalogue.checking", "Result"): results_html,
    ("catalogue.ledger", "Entry"): entries_html,
    ("catalogue.canon", "CanonRow"): canon_html,
    ("solve.atlas", "Equilibrium"): equilibria_html,
    ("solve.atlas", "Cell"): cells_html,
    ("solve.finite_horizon", "FiniteOutcome"): finite_outcomes_html,
    ("solve.invasion", "Invasion"): invasions_html,
    ("solve.renegotiation", "Renegotiation"): renegotiations_html,
    ("solve.round_by_round", "Round"): rounds_html,
    ("study.credibility", "Credible"): credible_html,
    ("study.outcomes", "OutcomeRow"): outcomes_html,
    **STUDY_LISTS,
}
FIELDS: Final[dict[str, tuple[str, ...]]] = {  # parts of results, of which a table of the fields says all
    "solve.atlas": ("Path",),
    "solve.correlated": ("Obedience",),
    "solve.correlated_values": ("Extreme",),
    "solve.enclosure": ("Enclosure",),
    "solve.evolution": ("StableStrategy",),
    "solve.finite_horizon": ("FiniteOutcome",),
    "solve.invasion": ("Invasion",),
    "solve.minmax": ("ValueByCase",),
    "solve.polygon": ("Polygon",),
    "solve.profiles": ("Standing", "Tested"),
    "solve.renegotiation": ("Renegotiation",),
    "solve.rest_points": ("Conserved", "Continuum", "RestPoint"),
    "solve.stability": ("Condition",),
    "study.assumptions": ("Assumption", "Support", "Without"),
    "study.compare": ("Apart",),
    "study.credibility": ("Credible",),
    "study.movement": ("Pair", "Trend"),
    "study.never": ("Never", "Obstacle"),
    "study.outcomes": ("Happening", "OutcomeRow"),
    "study.partition": ("Border", "Part"),
    "study.positions": ("Position",),
    "study.premises": ("ExtraPremise",),
    "study.relabelling": ("Relabelling",),
    "study.selection": ("Label",),
    "study.stability": ("Finding", "Row"),
    "study.statics": ("Within",),
    "algebra.intervals": ("End", "Interval"),
    "catalogue.ledger": ("ArticleClaim",),
    "games.strategic": ("Plan",),
    "games.stochastic": ("Case", "GameState", "Place"),
    "games.tree": ("InformationSet", "Node", "Outcome"),
}


def html_of(value: object) -> str | None:
    """The HTML form of a value of the library, or None for anything else."""
    if isinstance(value, tuple):
        return tuple_html(value)
    if isinstance(value, Mapping):
        return mapping_html(value)
    for kind in type(value).__mro__:
        form = _known(kind, FORMS)
        if form is not None:
            return form(value)
        if kind.__name__ in FIELDS.get(_module(kind), ()):
            return fields_html(value)
    return None


def _module(kind: type) -> str:
    return kind.__module__.removeprefix("deterrence.")


def _known(kind: type, forms: Mapping[tuple[str, str], Form]) -> Form | None:
    return forms.get((_module(kind), kind.__name__)) if kind.__module__.startswith("deterrence.") else None


def tuple_html(items: tuple[Any, ...]) -> str | None:
    """The form of a tuple of results of one type; any other tuple keeps its usual form."""
    kinds = {type(x) for x in items}
    if len(kinds) == 1:
        (kind,) = kinds
        form = _known(kind, LISTS)
        if form is not None:
            return form(items)
        if kind is tuple and all(len(x) == 2 and _is_passage(x[1]) for x in items):
            return passages_html(items)
        if kind is dict and all(isinstance(w, str) for x in items for pair in x.items() for w in pair):
            return course_html(items)
    if not items or not all(is_dataclass(x) for x in items):
        return None
    shown = [html_of(x) for x in items]
    return None if None in shown else "".join(f"<div>{x}</div>" for x in shown)


def _is_passage(value: object) -> bool:
    return (_module(type(value)), type(value).__name__) == ("solve.first_passage", "FirstPassage")


def mapping_html(table: Mapping[Any, Any]) -> str | None:
    """A point of the parameter space, or the catalogue; any other table keeps its usual form."""
    if not table or not all(isinstance(k, str) for k in table):
        return None
    if all(isinstance(v, Fraction) for v in table.values()):
        return exact_point_html(table)
    return catalogue_html(table) if all(isinstance(v, Path) for v in table.values()) else None


def fields_html(value: Any) -> str:
    """A result's fields as a table."""
    rows = [[escape(f.name.replace("_", " ")), _piece(getattr(value, f.name))] for f in fields(value)]
    return table_html(["", escape(type(value).__name__)], rows, "th")


def _piece(value: object) -> str:
    """A field's value: its own form, or plain words."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return fraction_html(value)
        case Value():
            return value_html(value)
        case Region():
            return where_html(value)
        case Mapping() if not value or mapping_html(value) is None:
            return "<br>".join(f"{escape(str(k))}: {_piece(v)}" for k, v in value.items()) or "none"
        case tuple() if tuple_html(value) is None:
            return _listed(value)
    return html_of(value) or escape(str(value))


def _listed(items: Sequence[object]) -> str:
    """A tuple in a field: pairs by name, else one after the other."""
    if not items:
        return "none"
    if all(isinstance(x, tuple) and len(x) == 2 and isinstance(x[0], str) for x in items):
        return "<br>".join(f"{escape(x[0])}: {_piece(x[1])}" for x in items if isinstance(x, tuple))
    return ", ".join(map(_piece, items))


def install(shell: Any) -> None:
    """Register the HTML forms with a running IPython shell."""
    formatter = shell.display_formatter.formatters["text/html"]
    for (module, name), form in FORMS.items():
        formatter.for_type_by_name(f"deterrence.{module}", name, form)
    for module, names in FIELDS.items():
        for name in names:
            formatter.for_type_by_name(f"deterrence.{module}", name, fields_html)
    formatter.for_type(tuple, tuple_html)
    formatter.for_type(dict, mapping_html)
