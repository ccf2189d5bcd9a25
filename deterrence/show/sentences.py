"""Equilibria, verdicts and regions as sentences a policy reader can follow; plain strings, no layout."""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous, Verdict
from deterrence.games.normal import NormalForm, Player
from deterrence.games.stochastic import StochasticGame
from deterrence.games.tree import ExtensiveForm
from deterrence.show.markov_sentences import markov_sentence
from deterrence.show.phrases import condition_text, probability_words
from deterrence.show.tree_sentences import behaviour_sentence
from deterrence.solve.atlas import Atlas, Equilibrium, Game
from deterrence.solve.closures import closed_region


def profile_sentence(e: Equilibrium, game: Game, ask: Prover, decimals: bool = False) -> str:
    """Who plays what, in one sentence; in a tree by information set, in a stochastic game by state."""
    if isinstance(game, ExtensiveForm):
        return behaviour_sentence(e, game, ask, decimals)
    if isinstance(game, StochasticGame):
        return markov_sentence(e, game, ask, decimals)
    clauses = [_clause(p, e, ask, decimals) for p in game.players]
    return "; ".join(clauses)


def _clause(player: Player, e: Equilibrium, ask: Prover, decimals: bool) -> str:
    strategy = e.strategy(player.name)
    used = [(a, v) for a, v in strategy.items() if not v.is_zero]
    if len(used) == 1:
        return f"{player.shown} plays {used[0][0]}"
    if len(used) == 2:  # the second probability is one minus the first
        used = used[:1]
    said = {a: probability_words(v, e.free, ask, decimals).rstrip(",") for a, v in used}
    parts = [f"{a} with probability {words}" for a, words in said.items()]
    rest = [a for a in strategy if strategy[a] not in [v for _, v in used]]
    other = [a for a in rest if not strategy[a].is_zero]
    text = f"{player.shown} plays " + ", ".join(parts)
    if len(used) == 1 and other:
        return f"{text}, else {other[0]}"
    return text


def region_sentence(e: Equilibrium, ask: Prover, solve_for: str | None = None) -> str:
    """`exactly where …`, `everywhere`, or `on the knife edge …`."""
    if not e.projected:
        return "its region was not projected to the parameters"
    region = closed_region(e, ask)
    if region == EVERYWHERE:
        return "everywhere"
    text = condition_text(region, ask, solve_for)
    return f"exactly where {text}" if e.generic else f"only on the knife edge {text}"


def never_sure(atlas: Atlas) -> list[str]:
    """A sentence for each action that no equilibrium has played for sure."""
    if atlas.complete.verdict != "proved" or atlas.complete.scope != "all":
        return []
    if not isinstance(atlas.game, NormalForm):
        return []
    found = []
    for i, player in enumerate(atlas.game.players):
        for action in player.actions:
            if not any(e.support[i] == (action,) for e in atlas.equilibria):
                found.append(f"In no equilibrium does {player.shown} surely play {action}.")
    return found


def completeness_sentence(atlas: Atlas) -> str:
    """Whether the list is all there is, and what shows it."""
    c = atlas.complete
    if c.scope != "all":
        head = f"Only {c.scope} equilibria were searched; within that class the list is {_listed(c.verdict)}"
    else:
        head = f"The list is {_listed(c.verdict)}"
    tail = {
        "proved": "the regions cover every parameter value, proved (z3)",
        "refuted": "THE REGIONS LEAVE A GAP: please report this model",
        "undecided": "whether the regions cover every parameter value was not settled in time",
        "not claimed": "pure equilibria need not exist everywhere",
    }[c.coverage]
    return f"{head} ({c.method}, {len(atlas.emptied)} conditions proved empty); {tail}."


def _listed(verdict: str) -> str:
    return "complete, proved" if verdict == "proved" else "not shown to be complete"


def verdict_sentence(verdict: Verdict, given: Region, solve_for: str | Sequence[str] | None = None) -> str:
    """A verdict in plain words, with the region where the claim holds."""
    if isinstance(verdict, Proved):
        return f"Proved ({verdict.method})."
    if isinstance(verdict, Vacuous):
        return f"Vacuous: {verdict.reason}."
    if isinstance(verdict, Undecided):
        return f"Undecided: {verdict.reason}."
    assert isinstance(verdict, Refuted)
    if verdict.holds_where is None:
        return "Refuted; the region where it holds was not found in closed form."
    if verdict.holds_where == NOWHERE:
        return "Refuted: it holds nowhere."
    return f"It holds exactly where {condition_text(verdict.holds_where, prover(given), solve_for)}."


def after_label(sentence: str, word: str) -> str:
    """What stands behind a label that says a verdict's word already: ` (z3).`, or `: it holds nowhere.`

    >>> after_label("Proved (z3).", "proved"), after_label("Refuted: it holds nowhere.", "refuted")
    (' (z3).', ': it holds nowhere.')
    """
    rest = sentence.removeprefix(word.capitalize()).lstrip(":; ")
    if rest.startswith("("):
        return f" {rest}"
    return f": {rest[0].lower()}{rest[1:]}" if rest.startswith("It ") else f": {rest}"
