"""Stochastic games as tables: each state with who moves, what the actions pay, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from rich import box
from rich.table import Table

from deterrence.algebra.printing import value_text
from deterrence.algebra.value import Value
from deterrence.games.stochastic import Case, GameState, StochasticGame
from deterrence.show.html_parts import table_html, value_html

_HEAD = ("state", "moves", "payoffs", "what follows")


def states_table(game: StochasticGame) -> Table:
    """A row for each case of each state; the initial state first."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in _HEAD:
        table.add_column(name, overflow="fold")
    for row in state_rows(game, value_text, str):
        table.add_row(*row)
    return table


def states_html(game: StochasticGame) -> str:
    """The same table as HTML, expressions typeset."""
    return table_html(_HEAD, list(state_rows(game, value_html, escape)))


def state_rows(
    game: StochasticGame, shown: Callable[[Value], str], plain: Callable[[str], str]
) -> Iterator[tuple[str, str, str, str]]:
    """A row for each case of each state, as text; `shown` prints values and `plain` names."""
    for state in sorted(game.states, key=lambda s: s.name != game.initial):
        for case in state.cases:
            paid = "; ".join(
                f"{plain(p)} {shown(v)}"
                for p, v in zip(game.names, case.payoffs, strict=True)
                if not v.is_zero
            )
            yield (
                plain(_title(state)),
                plain(_moves(state, case)),
                paid or "-",
                _after(state, case, shown, plain),
            )


def _title(state: GameState) -> str:
    return f"{state.name} (no time passes)" if state.instant and not state.absorbing else state.name


def _moves(state: GameState, case: Case) -> str:
    if not state.actions:
        return "nobody moves"
    if case.when:
        return ", ".join(f"{player} {action}" for player, action in case.when)
    return "otherwise" if len(state.cases) > 1 else f"whatever {' and '.join(state.movers)} do"


def _after(state: GameState, case: Case, shown: Callable[[Value], str], plain: Callable[[str], str]) -> str:
    if state.absorbing:
        return "the end"
    if len(case.to) == 1:
        return plain(case.to[0][0])
    return ", ".join(f"{plain(to)} with probability {shown(v)}" for to, v in case.to)
