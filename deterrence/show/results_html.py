"""Short results in HTML: thresholds of patience, first passages, the folk theorem, invasions, projections."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.questions import Elimination
from deterrence.algebra.region import EVERYWHERE, NOWHERE
from deterrence.algebra.verdicts import Proved
from deterrence.show.html_parts import (
    fraction_html,
    region_html,
    table_html,
    value_html,
    where_html,
)
from deterrence.show.latex import name_latex, value_latex
from deterrence.show.payoff_plot import payoff_set_svg
from deterrence.solve.critical import Critical
from deterrence.solve.finite_horizon import FiniteOutcome
from deterrence.solve.first_passage import FirstPassage
from deterrence.solve.folk_theorem import FolkTheorem
from deterrence.solve.invasion import Invasion
from deterrence.solve.isolation import Isolated
from deterrence.solve.numeric_backward import NumericSolution
from deterrence.solve.payoff_set import PayoffSet
from deterrence.solve.renegotiation import Renegotiation
from deterrence.solve.reversion import Reversion
from deterrence.study.credibility import Credible


def critical_html(found: Critical) -> str:
    """The least discount factor, as an inequality."""
    return f"<p>{_least(found, prover(EVERYWHERE))}</p>"


def _least(found: Critical | None, ask: Prover) -> str:
    if found is None:
        return "no lower bound on its own discount factor"
    name, relation = name_latex(found.name), ">" if found.strict else r"\ge"
    bounds = ", ".join(value_latex(v, ask) for v in found.bounds)
    if not found.bounds:
        text = f"any ${name}$"
    elif len(found.bounds) == 1:
        text = f"${name} {relation} {bounds}$"
    else:
        text = rf"${name} {relation} \max\left({bounds}\right)$"
    needs = "" if found.needs == EVERYWHERE else f", where {region_html(found.needs)}"
    return text.replace(">", "&gt;") + needs


def isolated_html(found: Isolated) -> str:
    """From which discount factor on; a root that is no fraction between two."""
    name = f"${name_latex(found.name)}$"
    if found.low == found.high == 0:
        return f"<p>Any {name} between 0 and 1 will do.</p>"
    word = "From" if found.attained else "Above"
    if found.low == found.high:
        return f"<p>{word} {name} = {fraction_html(found.low)} on.</p>"
    digits = f"{int(found.low * 10**6) / 10**6:.6f}…"
    return f"<p>{word} {name} = {digits} on, a root isolated exactly.</p>"


def reversion_html(found: Reversion) -> str:
    """Where the outcome lasts, and each player's least discount factor for that."""
    rows = [[escape(player), _least(least, prover(found.given))] for player, least in found.critical]
    text = f"<p>The outcome lasts exactly where {where_html(found.region)}.</p>"
    return text + table_html(["player", "patient enough where"], rows)


def passage_html(found: FirstPassage) -> str:
    """How likely play is ever to come to a state, and how soon."""
    return table_html(_PASSAGE[1:], [_passage(found)])


def passages_html(found: Sequence[tuple[str, FirstPassage]]) -> str:
    """The same under each profile or equilibrium."""
    return table_html(_PASSAGE, [[f"<b>{escape(name)}</b>", *_passage(one)] for name, one in found])


_PASSAGE = ("under", "probability of ever coming there", "expected rounds until then")


def _passage(found: FirstPassage) -> list[str]:
    rounds = escape(found.note) if found.rounds is None else value_html(found.rounds)
    return [value_html(found.probability), rounds]


def folk_theorem_html(found: FolkTheorem) -> str:
    """What is known of the target, line by line."""
    target = ", ".join(f"{escape(p)} {value_html(v)}" for p, v in found.target)
    rows = [["feasible", where_html(found.feasible)]]
    rows += [
        [f"{escape(p)} gets more than its minmax value ({found.minmax})", where_html(r)]
        for p, r in found.rational
    ]
    rows += [
        ["reached by patient players in a subgame-perfect equilibrium", where_html(found.reached)],
        ["reached in no Nash equilibrium, however patient", where_html(found.excluded)],
    ]
    return f"<p>The payoffs {target} are</p>" + table_html(["", "exactly where"], rows)


def payoff_set_html(found: PayoffSet) -> str:
    """The picture, and the corners as exact numbers."""
    corners = ", ".join(f"({', '.join(fraction_html(x) for x in corner)})" for corner in found.outer.vertices)
    said = {
        "exact": f"Equilibrium payoffs are exactly the polygon with the corners {corners}.",
        "bounds": f"No equilibrium pays outside the polygon with the corners {corners}.",
        "empty": "No equilibrium in pure strategies exists.",
    }[found.verdict]
    svg = payoff_set_svg(found)
    picture = f'<div style="background:#fff;max-width:640px">{svg[svg.index("<svg") :]}</div>'
    return f"{picture}<p>{said} <i>{escape(found.shown)}</i></p>"


def invasions_html(found: Sequence[Invasion]) -> str:
    """Each other strategy of the list, and where it can invade."""
    rows = []
    for one in found:
        who = f"{escape(one.mutant)} (by {escape(one.player)})" if one.player else escape(one.mutant)
        rows.append([escape(one.resident), who, where_html(one.where), where_html(one.neutral)])
    return table_html(["resident", "mutant", "can invade where", "fares the same where"], rows)


def renegotiations_html(found: Sequence[Renegotiation]) -> str:
    """Where all would rather be in another joint state."""
    rows = [[_joint(one.state), _joint(one.better), where_html(one.where)] for one in found]
    return table_html(["in", "all would rather be in", "where"], rows)


def _joint(state: tuple[str, tuple[str, ...]]) -> str:
    return escape(", ".join(state[1]) if state[0] == "stage" else f"{state[0]}: {', '.join(state[1])}")


def finite_outcomes_html(found: Sequence[FiniteOutcome]) -> str:
    """What equilibria of the finite game play, round by round, and where."""
    rows = [
        ["; ".join(escape(", ".join(profile)) for profile in one.path), where_html(one.region)]
        for one in found
    ]
    return table_html(["round by round", "exactly where"], rows)


def credible_html(found: Sequence[Credible]) -> str:
    """Which equilibria in plans rest on credible threats only, and where."""
    rows = []
    for one in found:
        where = "not compared" if one.region is None else where_html(one.region)
        rows.append([escape(one.id), "nowhere: a threat is empty" if one.region == NOWHERE else where])
    return table_html(["equilibrium", "credible exactly where"], rows)


def elimination_html(found: Elimination) -> str:
    """The condition that is left, and what stands behind it."""
    how = f"checked: {found.exact.method}" if isinstance(found.exact, Proved) else "not checked independently"
    return f"<p>{where_html(found.region)} <i>({escape(how)})</i></p>"


def numeric_solution_html(found: NumericSolution) -> str:
    """What is chosen at each node, with other best choices, and what that pays."""
    ties = dict(found.ties)
    rows = []
    for node, action in found.choices.items():
        others = [a for a in ties.get(node, ()) if a != action]
        rows.append([escape(node), f"<b>{escape(action)}</b>", escape(", ".join(others)) or "none"])
    paid = ", ".join(map(fraction_html, found.payoffs))
    return table_html(["at", "chosen", "as good"], rows) + f"<p>Payoffs: {paid}</p>"
