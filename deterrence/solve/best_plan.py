"""A best plan of one player against others' automata where everything is a number: policy iteration.

From any plan, change what pays more now together with the values so far, until nothing does; plans are
finitely many and values rise, so this ends, with a plan that no other beats from any state.
Source: [Howard1960].
"""

from __future__ import annotations

from fractions import Fraction

from deterrence.algebra.value import Value
from deterrence.solve.discounting import discounted
from deterrence.solve.process import Joint, Process, Step


def is_numeric(p: Process) -> bool:
    """Whether payoffs, chances, mixtures, rates and discount factors are numbers."""
    values: list[Value] = [p.error, p.misperception, *p.game.discounts]
    for state in p.game.states:
        for case in state.cases:
            values += [*case.payoffs, *(v for _, v in case.to)]
    for automaton in p.automata:
        for mind in automaton.states:
            values += [v for _, mixture in mind.play for _, v in mixture]
            values += [v for rule in mind.rules for _, v in rule.to]
    if p.monitoring is not None:
        values += [v for case in p.monitoring.cases for _, v in case.signal]
    return all(v.is_constant and v.is_rational for v in values)


def best_plan(p: Process, player: str) -> dict[Joint, str]:
    """What the player does best in each joint state, "" where it does not move, of a process in numbers."""
    i = p.game.names.index(player)
    options: dict[Joint, dict[str, Step]] = {}
    for here in p.states:
        actions = dict(p.game.state(here[0]).actions).get(player, ("",))
        options[here] = {a: p.move(here, {player: a} if a else None) for a in actions}
    plan = {here: next(iter(found)) for here, found in options.items()}
    while True:
        chosen = {here: options[here][a] for here, a in plan.items()}
        values = discounted(
            {here: step.to for here, step in chosen.items()},
            {here: step.payoffs[i] for here, step in chosen.items()},
            {here: p.patience(here, i) for here in chosen},
        )
        worth = {here: v.at({}) for here, v in values.items()}
        better = {
            here: _best({a: _next(p, i, here, step, worth) for a, step in found.items()}, plan[here])
            for here, found in options.items()
        }
        if better == plan:
            return plan
        plan = better


def _next(p: Process, i: int, here: Joint, step: Step, worth: dict[Joint, Fraction]) -> Fraction:
    later = sum((chance.at({}) * worth[to] for to, chance in step.to), Fraction(0))
    return step.payoffs[i].at({}) + p.patience(here, i).at({}) * later


def _best(worth: dict[str, Fraction], now: str) -> str:
    """The action that pays most, the present one if it is among the best."""
    most = max(worth.values())
    return now if worth[now] == most else next(a for a, v in worth.items() if v == most)
