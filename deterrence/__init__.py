"""Exact symbolic game theory: every equilibrium, the region where it exists, and a proof.

The names below are loaded when they are first used, so that `import deterrence` stays quick: neither
SymPy, z3, python-flint nor matplotlib is imported before it is needed (PEP 562).  To publish a name, add
it to `_HOME` and, for type checkers, to the imports under `TYPE_CHECKING`; a test keeps the two equal.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deterrence.algebra.eliminate import exists as exists
    from deterrence.algebra.eliminate import for_all as for_all
    from deterrence.algebra.parameters import Domain as Domain
    from deterrence.algebra.parameters import Parameter as Parameter
    from deterrence.algebra.questions import eliminate as eliminate
    from deterrence.algebra.questions import equal as equal
    from deterrence.algebra.questions import implies as implies
    from deterrence.algebra.questions import is_empty as is_empty
    from deterrence.algebra.questions import point_in as point_in
    from deterrence.algebra.questions import solve_for as solve_for
    from deterrence.algebra.region import Region as Region
    from deterrence.algebra.tidy import tidy as tidy
    from deterrence.algebra.value import Value as Value
    from deterrence.algebra.verdicts import Proved as Proved
    from deterrence.algebra.verdicts import Refuted as Refuted
    from deterrence.algebra.verdicts import Undecided as Undecided
    from deterrence.algebra.verdicts import Vacuous as Vacuous
    from deterrence.catalogue.canon import canon as canon
    from deterrence.catalogue.checking import check as check
    from deterrence.catalogue.gambit_read import read_efg as read_efg
    from deterrence.catalogue.gambit_tables import read_nfg as read_nfg
    from deterrence.catalogue.gambit_write import write_efg as write_efg
    from deterrence.catalogue.gambit_write import write_nfg as write_nfg
    from deterrence.catalogue.ledger import ledger as ledger
    from deterrence.catalogue.load_bearing import load_bearing as load_bearing
    from deterrence.catalogue.models import Model as Model
    from deterrence.catalogue.models import catalogue as catalogue
    from deterrence.catalogue.models import from_text as from_text
    from deterrence.catalogue.models import load as load
    from deterrence.catalogue.models import solve as solve
    from deterrence.catalogue.readings import statics as statics
    from deterrence.catalogue.readings import window as window
    from deterrence.catalogue.stability import stability as stability
    from deterrence.errors import DeterrenceError as DeterrenceError
    from deterrence.errors import ModelError as ModelError
    from deterrence.games.automata import Automaton as Automaton
    from deterrence.games.automata import AutomatonState as AutomatonState
    from deterrence.games.automata import Rule as Rule
    from deterrence.games.automata import watching as watching
    from deterrence.games.monitoring import Monitoring as Monitoring
    from deterrence.games.monitoring import SignalCase as SignalCase
    from deterrence.games.normal import NormalForm as NormalForm
    from deterrence.games.normal import Player as Player
    from deterrence.games.path_plans import path_plan as path_plan
    from deterrence.games.repeated import Noise as Noise
    from deterrence.games.repeated import Profile as Profile
    from deterrence.games.repeated import RepeatedGame as RepeatedGame
    from deterrence.games.repeating import repeat as repeat
    from deterrence.games.stochastic import StochasticGame as StochasticGame
    from deterrence.games.strategic import agent_form as agent_form
    from deterrence.games.strategic import strategic_form as strategic_form
    from deterrence.games.strategies import Actions as Actions
    from deterrence.games.strategies import strategy as strategy
    from deterrence.games.subgames import subgame as subgame
    from deterrence.games.subgames import subgame_roots as subgame_roots
    from deterrence.games.tree import ExtensiveForm as ExtensiveForm
    from deterrence.games.tree import TreePlayer as TreePlayer
    from deterrence.games.typed import typed_tree as typed_tree
    from deterrence.games.unrolled import unrolled as unrolled
    from deterrence.show.best_reply_plot import plot_best_replies as plot_best_replies
    from deterrence.show.discount_bars import plot_discount_bars as plot_discount_bars
    from deterrence.show.field import plot_field as plot_field
    from deterrence.show.ladder_plot import plot_ladder as plot_ladder
    from deterrence.show.map_2x2 import plot_map_2x2 as plot_map_2x2
    from deterrence.show.papers import to_latex as to_latex
    from deterrence.show.papers import to_markdown as to_markdown
    from deterrence.show.payoff_plot import plot_payoff_set as plot_payoff_set
    from deterrence.show.phase_plot import plot_phase as plot_phase
    from deterrence.show.recovery_plot import plot_recovery as plot_recovery
    from deterrence.solve.atlas import Atlas as Atlas
    from deterrence.solve.backward import backward_induction as backward_induction
    from deterrence.solve.correlated import correlated as correlated
    from deterrence.solve.correlated import is_correlated as is_correlated
    from deterrence.solve.correlated_values import correlated_range as correlated_range
    from deterrence.solve.course import course as course
    from deterrence.solve.critical import critical_discount as critical_discount
    from deterrence.solve.evolution import ess as ess
    from deterrence.solve.feasible import feasible as feasible
    from deterrence.solve.finite_horizon import finite_outcomes as finite_outcomes
    from deterrence.solve.finite_horizon import finite_test as finite_test
    from deterrence.solve.finite_horizon import unravels as unravels
    from deterrence.solve.first_passage import first_passage as first_passage
    from deterrence.solve.first_passage import first_passages as first_passages
    from deterrence.solve.folk_theorem import folk_theorem as folk_theorem
    from deterrence.solve.individual_rationality import individually_rational as individually_rational
    from deterrence.solve.invasion import evolutionarily_stable as evolutionarily_stable
    from deterrence.solve.invasion import invasions as invasions
    from deterrence.solve.invasion import uninvaded as uninvaded
    from deterrence.solve.isolation import critical_at as critical_at
    from deterrence.solve.markov import markov_process as markov_process
    from deterrence.solve.markov_perfect import markov_perfect as markov_perfect
    from deterrence.solve.nash import nash as nash
    from deterrence.solve.nash import pure_nash as pure_nash
    from deterrence.solve.numeric_backward import (
        numeric_backward_induction as numeric_backward_induction,
    )
    from deterrence.solve.payoff_set import payoff_set as payoff_set
    from deterrence.solve.perfect_bayesian import perfect_bayesian as perfect_bayesian
    from deterrence.solve.profiles import listed_profiles as listed_profiles
    from deterrence.solve.quantal import logit as logit
    from deterrence.solve.quantal import logit_branch as logit_branch
    from deterrence.solve.renegotiation import renegotiation_proof as renegotiation_proof
    from deterrence.solve.renegotiation import renegotiations as renegotiations
    from deterrence.solve.repeated_risk import profile_risk_dominates as profile_risk_dominates
    from deterrence.solve.replicator import replicator as replicator
    from deterrence.solve.reversion import reversion as reversion
    from deterrence.solve.round_by_round import round_by_round as round_by_round
    from deterrence.solve.scores import scores as scores
    from deterrence.solve.subgame_perfect import subgame_perfect as subgame_perfect
    from deterrence.solve.tree_nash import tree_nash as tree_nash
    from deterrence.study.ask import condition as condition
    from deterrence.study.ask import every as every
    from deterrence.study.ask import holds as holds
    from deterrence.study.ask import quantity as quantity
    from deterrence.study.ask import region as region
    from deterrence.study.ask import some as some
    from deterrence.study.compare import compare as compare
    from deterrence.study.compare import compare_answers as compare_answers
    from deterrence.study.compare import equivalences as equivalences
    from deterrence.study.credibility import credible as credible
    from deterrence.study.outcomes import outcomes as outcomes
    from deterrence.study.partition import taxonomy as taxonomy
    from deterrence.study.quantal_effect import logit_effect as logit_effect
    from deterrence.study.selection import select as select

__version__ = "0.1.0"

_HOME = {
    "plot_recovery": "deterrence.show.recovery_plot",
    "plot_best_replies": "deterrence.show.best_reply_plot",
    "plot_map_2x2": "deterrence.show.map_2x2",
    "plot_field": "deterrence.show.field",
    "round_by_round": "deterrence.solve.round_by_round",
    "plot_ladder": "deterrence.show.ladder_plot",
    "plot_discount_bars": "deterrence.show.discount_bars",
    "to_latex": "deterrence.show.papers",
    "to_markdown": "deterrence.show.papers",
    "plot_payoff_set": "deterrence.show.payoff_plot",
    "plot_phase": "deterrence.show.phase_plot",
    "load_bearing": "deterrence.catalogue.load_bearing",
    "statics": "deterrence.catalogue.readings",
    "window": "deterrence.catalogue.readings",
    "repeat": "deterrence.games.repeating",
    "course": "deterrence.solve.course",
    "critical_discount": "deterrence.solve.critical",
    "critical_at": "deterrence.solve.isolation",
    "stability": "deterrence.catalogue.stability",
    "payoff_set": "deterrence.solve.payoff_set",
    "listed_profiles": "deterrence.solve.profiles",
    "strategy": "deterrence.games.strategies",
    "SignalCase": "deterrence.games.monitoring",
    "Monitoring": "deterrence.games.monitoring",
    "RepeatedGame": "deterrence.games.repeated",
    "Noise": "deterrence.games.repeated",
    "Profile": "deterrence.games.repeated",
    "Rule": "deterrence.games.automata",
    "watching": "deterrence.games.automata",
    "AutomatonState": "deterrence.games.automata",
    "Automaton": "deterrence.games.automata",
    "Actions": "deterrence.games.strategies",
    "Atlas": "deterrence.solve.atlas",
    "DeterrenceError": "deterrence.errors",
    "Domain": "deterrence.algebra.parameters",
    "Model": "deterrence.catalogue.models",
    "ModelError": "deterrence.errors",
    "NormalForm": "deterrence.games.normal",
    "Parameter": "deterrence.algebra.parameters",
    "Player": "deterrence.games.normal",
    "Proved": "deterrence.algebra.verdicts",
    "Refuted": "deterrence.algebra.verdicts",
    "Region": "deterrence.algebra.region",
    "Undecided": "deterrence.algebra.verdicts",
    "Vacuous": "deterrence.algebra.verdicts",
    "Value": "deterrence.algebra.value",
    "canon": "deterrence.catalogue.canon",
    "catalogue": "deterrence.catalogue.models",
    "check": "deterrence.catalogue.checking",
    "condition": "deterrence.study.ask",
    "every": "deterrence.study.ask",
    "eliminate": "deterrence.algebra.questions",
    "equal": "deterrence.algebra.questions",
    "implies": "deterrence.algebra.questions",
    "is_empty": "deterrence.algebra.questions",
    "point_in": "deterrence.algebra.questions",
    "solve_for": "deterrence.algebra.questions",
    "exists": "deterrence.algebra.eliminate",
    "for_all": "deterrence.algebra.eliminate",
    "from_text": "deterrence.catalogue.models",
    "holds": "deterrence.study.ask",
    "ledger": "deterrence.catalogue.ledger",
    "load": "deterrence.catalogue.models",
    "nash": "deterrence.solve.nash",
    "pure_nash": "deterrence.solve.nash",
    "quantity": "deterrence.study.ask",
    "region": "deterrence.study.ask",
    "solve": "deterrence.catalogue.models",
    "some": "deterrence.study.ask",
    "tidy": "deterrence.algebra.tidy",
    "ExtensiveForm": "deterrence.games.tree",
    "credible": "deterrence.study.credibility",
    "subgame": "deterrence.games.subgames",
    "subgame_roots": "deterrence.games.subgames",
    "TreePlayer": "deterrence.games.tree",
    "typed_tree": "deterrence.games.typed",
    "numeric_backward_induction": "deterrence.solve.numeric_backward",
    "StochasticGame": "deterrence.games.stochastic",
    "markov_perfect": "deterrence.solve.markov_perfect",
    "markov_process": "deterrence.solve.markov",
    "first_passage": "deterrence.solve.first_passage",
    "first_passages": "deterrence.solve.first_passage",
    "backward_induction": "deterrence.solve.backward",
    "perfect_bayesian": "deterrence.solve.perfect_bayesian",
    "scores": "deterrence.solve.scores",
    "subgame_perfect": "deterrence.solve.subgame_perfect",
    "outcomes": "deterrence.study.outcomes",
    "read_efg": "deterrence.catalogue.gambit_read",
    "read_nfg": "deterrence.catalogue.gambit_tables",
    "write_efg": "deterrence.catalogue.gambit_write",
    "write_nfg": "deterrence.catalogue.gambit_write",
    "tree_nash": "deterrence.solve.tree_nash",
    "strategic_form": "deterrence.games.strategic",
    "agent_form": "deterrence.games.strategic",
    "taxonomy": "deterrence.study.partition",
    "select": "deterrence.study.selection",
    "correlated": "deterrence.solve.correlated",
    "logit": "deterrence.solve.quantal",
    "ess": "deterrence.solve.evolution",
    "compare": "deterrence.study.compare",
    "compare_answers": "deterrence.study.compare",
    "equivalences": "deterrence.study.compare",
    "replicator": "deterrence.solve.replicator",
    "logit_branch": "deterrence.solve.quantal",
    "logit_effect": "deterrence.study.quantal_effect",
    "is_correlated": "deterrence.solve.correlated",
    "correlated_range": "deterrence.solve.correlated_values",
    "evolutionarily_stable": "deterrence.solve.invasion",
    "invasions": "deterrence.solve.invasion",
    "uninvaded": "deterrence.solve.invasion",
    "profile_risk_dominates": "deterrence.solve.repeated_risk",
    "renegotiation_proof": "deterrence.solve.renegotiation",
    "renegotiations": "deterrence.solve.renegotiation",
    "feasible": "deterrence.solve.feasible",
    "folk_theorem": "deterrence.solve.folk_theorem",
    "individually_rational": "deterrence.solve.individual_rationality",
    "reversion": "deterrence.solve.reversion",
    "finite_outcomes": "deterrence.solve.finite_horizon",
    "finite_test": "deterrence.solve.finite_horizon",
    "unravels": "deterrence.solve.finite_horizon",
    "path_plan": "deterrence.games.path_plans",
    "unrolled": "deterrence.games.unrolled",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    hidden = {"TYPE_CHECKING", "Any", "ModuleType", "annotations", "import_module", "sys"}
    return sorted({*globals(), *_HOME} - hidden)


class _Package(ModuleType):
    """This package as a module on which importing a subpackage hides no public name.

    `deterrence.solve` is a verb, and a subpackage has the same name; the import system would set the
    attribute to the subpackage as soon as anything is imported from it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def _show_in_notebooks() -> None:
    """In a running IPython, register the HTML forms; elsewhere do nothing and load nothing."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        import_module("deterrence.show.html").install(shell)


_show_in_notebooks()
