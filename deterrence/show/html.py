"""HTML with LaTeX for Jupyter: matrices, atlases, regions, values, verdicts and claims.

`install` teaches a running IPython to show the library's values; the package calls it when it is imported
in a notebook, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.verdicts import Refuted, Verdict
from deterrence.catalogue.checking import Result
from deterrence.catalogue.models import Model
from deterrence.games.stochastic import StochasticGame
from deterrence.games.tree import ExtensiveForm
from deterrence.show.html_parts import profile_html, region_html, table_html, value_html
from deterrence.show.load_bearing import load_bearing_html
from deterrence.show.phrases import point_text
from deterrence.show.sentences import completeness_sentence, verdict_sentence
from deterrence.show.stability_html import profiles_html, report_html
from deterrence.show.states import states_html
from deterrence.show.statics import statics_html
from deterrence.show.study_forms import FORMS, tuple_form
from deterrence.show.tree_html import outcomes_html, tree_atlas_html, tree_html, tree_model_html
from deterrence.show.windows import window_html
from deterrence.solve.atlas import Atlas, Equilibrium, Game
from deterrence.solve.closures import closed_region
from deterrence.study.outcomes import OutcomeRow


def game_html(game: Game) -> str:
    """The payoff matrix, a table for each combination of third players' actions; a tree; or the states."""
    if isinstance(game, ExtensiveForm):
        return tree_html(game)
    if isinstance(game, StochasticGame):
        return states_html(game)
    if len(game.players) == 1:
        rows = [[escape(a), value_html(game.payoff((a,), game.names[0]))] for a in game.players[0].actions]
        return table_html([escape(game.players[0].shown), "payoff"], rows)
    tables = []
    rows_player, columns_player = game.players[0], game.players[1]
    others = sorted(
        {profile[2:] for profile in game.profiles()}, key=list({p[2:]: 0 for p in game.profiles()}).index
    )
    for rest in others:
        head = [
            f"{escape(rows_player.shown)} \\ {escape(columns_player.shown)}",
            *map(escape, columns_player.actions),
        ]
        body = [
            [f"<b>{escape(a)}</b>"]
            + [
                ",&ensp;".join(value_html(game.payoff((a, b, *rest), n)) for n in game.names)
                for b in columns_player.actions
            ]
            for a in rows_player.actions
        ]
        label = ", ".join(f"{p.shown} plays {a}" for p, a in zip(game.players[2:], rest, strict=True))
        tables.append((f"<p><i>{escape(label)}</i></p>" if label else "") + table_html(head, body))
    return "".join(tables)


def atlas_html(atlas: Atlas) -> str:
    """The equilibria with their conditions and payoffs, the cells, and completeness."""
    if isinstance(atlas.game, ExtensiveForm):
        return tree_atlas_html(atlas, atlas.game)
    ask = prover(atlas.domain.given)
    rows = []
    for e in sorted(atlas.equilibria, key=lambda e: not e.generic):
        region = closed_region(e, ask)
        where = "everywhere" if region == EVERYWHERE else region_html(region)
        rows.append([e.id, profile_html(e), where if e.generic else f"knife edge: {where}", _payoffs(e)])
    parts = [table_html(["", "equilibrium", "exactly where", "payoffs"], rows)]
    cells = [c for c in atlas.cells if c.full_dimensional]
    if cells:
        body = [
            [
                region_html(c.region),
                " ".join(c.equilibria),
                "" if c.witness is None else point_text(c.witness),
            ]
            for c in cells
        ]
        parts.append(table_html(["where", "equilibria", "for example"], body))
    parts.append(f"<p><i>{escape(completeness_sentence(atlas))}</i></p>")
    return "".join(parts)


def equilibrium_html(e: Equilibrium) -> str:
    """One equilibrium as a small table."""
    where = "everywhere" if e.region == EVERYWHERE else region_html(e.region)
    return table_html(
        ["", "equilibrium", "exactly where", "payoffs"], [[e.id, profile_html(e), where, _payoffs(e)]]
    )


def model_html(model: Model) -> str:
    """Title, summary and payoff matrix; or the tree with its parameters."""
    if model.source.kind == "extensive-form":
        return tree_model_html(model)
    head = f"<h4>{escape(model.source.title or model.name)}</h4><p>{escape(model.source.summary)}</p>"
    return head + "".join(game_html(game) for _, game in model.pieces)


def verdict_html(verdict: Verdict) -> str:
    """A verdict as a sentence, with the region typeset and the counterexample."""
    text = escape(verdict_sentence(verdict, EVERYWHERE))
    if (
        isinstance(verdict, Refuted)
        and verdict.holds_where not in (None, NOWHERE)
        and verdict.witness is not None
    ):
        where = region_html(verdict.holds_where)
        return f"<p>It holds exactly where {where}; it fails at {escape(point_text(verdict.witness))}.</p>"
    return f"<p>{text}</p>"


def results_html(results: Sequence[Result]) -> str:
    """Claims with their verdicts."""
    rows = [
        [
            escape(r.claim.id),
            escape(r.claim.text),
            verdict_html(r.verdict),
            "as expected" if r.as_expected else "NOT as expected",
        ]
        for r in results
    ]
    return table_html(["claim", "in words", "verdict", ""], rows)


def _payoffs(e: Equilibrium) -> str:
    return "<br>".join(f"{escape(p)} {value_html(v)}" for p, v in e.payoffs)


def install(shell: Any) -> None:
    """Register the HTML forms with a running IPython shell."""
    formatter = shell.display_formatter.formatters["text/html"]
    forms: dict[tuple[str, str], Callable[[Any], str]] = {
        ("deterrence.solve.atlas", "Atlas"): atlas_html,
        ("deterrence.solve.atlas", "Equilibrium"): equilibrium_html,
        ("deterrence.solve.profiles", "ProfileAtlas"): profiles_html,
        ("deterrence.study.stability", "StabilityReport"): report_html,
        ("deterrence.games.normal", "NormalForm"): game_html,
        ("deterrence.games.tree", "ExtensiveForm"): game_html,
        ("deterrence.games.stochastic", "StochasticGame"): game_html,
        ("deterrence.catalogue.models", "Model"): model_html,
        ("deterrence.algebra.value", "Value"): value_html,
        ("deterrence.study.statics", "Statics"): statics_html,
        ("deterrence.study.windows", "Window"): window_html,
        ("deterrence.study.load_bearing", "LoadBearing"): load_bearing_html,
    }
    forms |= FORMS
    for kind in ("Atom", "AllOf", "AnyOf"):
        forms["deterrence.algebra.region", kind] = region_html
    for kind in ("Proved", "Refuted", "Vacuous", "Undecided"):
        forms["deterrence.algebra.verdicts", kind] = verdict_html
    for (module, name), form in forms.items():
        formatter.for_type_by_name(module, name, form)
    formatter.for_type(tuple, _tuple_html)


def _tuple_html(items: tuple[Any, ...]) -> str | None:
    """Claims, equilibria and outcomes come in tuples; any other tuple keeps its usual form."""
    if items and all(isinstance(x, Result) for x in items):
        return results_html(items)
    if items and all(isinstance(x, Equilibrium) for x in items):
        return "".join(equilibrium_html(e) for e in items)
    if items and all(isinstance(x, OutcomeRow) for x in items):
        return outcomes_html(items)
    return tuple_form(items)
