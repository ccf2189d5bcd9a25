"""Is a profile of automata an equilibrium, and where: Nash and subgame perfect, by region.

Subgame perfect: at every joint state that any sequence of actions reaches, no mover gains by one change of
what it means to play (the one-shot deviation principle).  Nash: no player gains by any plan against the
others' automata; the best plans are stationary in their joint states, and all of those that matter are
compared, so no value function is guessed.  Where every action may be done by error, every joint state may be
reached on the path, so Nash is the same as the one-shot conditions.
Sources: [Abreu1988], [MailathSamuelson2006].
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from deterrence.algebra.decide import prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of
from deterrence.algebra.short import is_long, settled_sign, tidy_short
from deterrence.algebra.value import Value, compare, number, sign_region
from deterrence.errors import OutOfScope
from deterrence.games.automata import Automaton, AutomatonState, Rule, surely
from deterrence.solve.best_plan import best_plan, is_numeric
from deterrence.solve.discounting import discounted
from deterrence.solve.process import Joint, Process

MAX_PLANS = 5000
_ANY = "any"
_IDLE = Automaton(_ANY, _ANY, (AutomatonState(_ANY, (("", surely("")),), (Rule((), surely(_ANY)),)),))


@dataclass(frozen=True)
class Condition:
    """One thing that must hold: a player does not gain by an action at a joint state (or by a plan).

    `gain` is what the player would gain, in totals; `region` where that is not above zero.
    """

    player: str
    state: Joint
    action: str
    region: Region
    gain: Value


def one_shot(p: Process) -> list[Condition]:
    """Every one-shot deviation at every joint state: the profile is subgame perfect where all hold.

    With public monitoring: perfect public.  Raises OutOfScope for perception errors, since then players do
    not know each other's state of mind, and there are no subgames to test.
    """
    _known(p)
    ask = prover(p.game.domain.given)
    found = []
    for here in p.states:
        state = p.game.state(here[0])
        for player, actions in state.actions:
            i = p.game.names.index(player)
            values = p.values(player)
            meant = {a: v for a, v in p.intended(here)[player] if not v.is_zero}
            for action in actions:
                if list(meant) == [action]:
                    continue
                step = p.move(here, {player: action})
                gain = step.payoffs[i] - values[here]
                for joint, chance in step.to:
                    gain = gain + p.patience(here, i) * chance * values[joint]
                # what is surely meant at times must pay as much as the rest; where its probability may be
                # zero, that follows from "<=" for all actions at the points where it is not
                sure = action in meant and ask.holds(sign_region(meant[action], ">")) is True
                relation = "==" if sure else "<="
                found.append(_condition(p, player, here, action, gain, relation))
    return found


def plans(p: Process) -> list[Condition]:
    """Every stationary plan of a player against the others' automata: Nash where none of them pays.

    In a game in numbers a best plan is enough.  Raises OutOfScope for more than `MAX_PLANS` of them.
    """
    _known(p)
    if _reaches_all(p):
        return one_shot(p)
    found = []
    for i, player in enumerate(p.game.names):
        base = p.values(player)[p.start]
        alone = replace(p, automata=(*p.automata[:i], _IDLE, *p.automata[i + 1 :]))
        listed = [best_plan(alone, player)] if is_numeric(p) else _listed(alone, player)
        for plan in listed:
            steps = {s: alone.move(s, {player: a} if a else None) for s, a in plan.items()}
            values = discounted(
                {s: step.to for s, step in steps.items()},
                {s: step.payoffs[i] for s, step in steps.items()},
                {s: p.patience(s, i) for s in steps},
            )
            gain = values[alone.start] - base
            if not gain.is_zero:
                found.append(_condition(p, player, p.start, "", gain, "<="))
    return found


def _listed(alone: Process, player: str) -> list[dict[Joint, str]]:
    found = list(itertools.islice(_plans(alone, player), MAX_PLANS + 1))
    if len(found) > MAX_PLANS:
        raise OutOfScope(
            f"{player} has more than {MAX_PLANS} plans against these strategies; "
            "use automata with fewer states, or numbers for all parameters"
        )
    return found


def _condition(p: Process, player: str, here: Joint, action: str, gain: Value, relation: str) -> Condition:
    """A gain is a sum of payoffs, weighted by chances and by inverses of matrices `1 - discount * P`.

    Chances are proved to be defined and the determinants of such matrices are positive, so only payoffs that
    are fractions themselves could leave a gain undefined.
    """
    region = settled_sign(gain, relation, p.game.domain.given, defined=not p.divides_in_payoffs)
    return Condition(player, here, action, region, gain)


def _reaches_all(p: Process) -> bool:
    """Whether errors bring about every action, so that every joint state is on the path and counts.

    A chance or a discount factor that may be zero would make some of them count for nothing.
    """
    if p.error.is_zero:
        return False
    chances = [
        *(v for s in p.game.states for c in s.cases for _, v in c.to),
        *(v for a in p.automata for s in a.states for r in s.rules for _, v in r.to),
        *(v for c in (p.monitoring.cases if p.monitoring else ()) for _, v in c.signal),
    ]
    ask = prover(p.game.domain.given)
    counted = dict.fromkeys([p.error, *p.game.discounts, *(v for v in chances if not v.is_zero)])
    positive = (compare(v, ">", number(0)) for v in counted)
    return ask.holds(all_of((compare(p.error, "<", number(1)), *positive))) is True


def _known(p: Process) -> None:
    if not p.misperception.is_zero:
        raise OutOfScope(
            "with perception errors players do not know what the others have seen, so that their histories "
            "are private; only long-run behaviour is computed for them"
        )


def _plans(p: Process, player: str) -> Iterator[dict[Joint, str]]:
    """The player's stationary pure plans on what they reach; "" where it does not move."""
    options: dict[Joint, list[tuple[str, tuple[Joint, ...]]]] = {}

    def extend(plan: dict[Joint, str], todo: list[Joint]) -> Iterator[dict[Joint, str]]:
        while todo and todo[-1] in plan:
            todo = todo[:-1]
        if not todo:
            yield dict(plan)
            return
        here = todo[-1]
        if here not in options:
            options[here] = _options(p, player, here)
        for action, following in options[here]:
            plan[here] = action
            yield from extend(plan, [*todo[:-1], *following])
            del plan[here]

    yield from extend({}, [p.start])


def _options(p: Process, player: str, here: Joint) -> list[tuple[str, tuple[Joint, ...]]]:
    """The player's actions with what may follow, without those worse now that lead to the same future."""
    i = p.game.names.index(player)
    ask = prover(p.game.domain.given)
    found: list[tuple[str, Value, dict[Joint, Value]]] = []
    for action in dict(p.game.state(here[0]).actions).get(player, ("",)):
        step = p.move(here, {player: action} if action else None)
        found.append((action, step.payoffs[i], dict(step.to)))
    kept = []
    for action, now, to in found:
        worse = any(
            other != action and then == to and ask.holds(compare(now, "<", more)) is True
            for other, more, then in found
        )
        if not worse:
            kept.append((action, tuple(to)))
    return kept


def where_all(p: Process, conditions: list[Condition]) -> Region:
    """The region where all conditions hold, tidied player by player, since their payoffs are apart.

    Long conditions, as symbolic error rates bring, stay as they come (`algebra.short.is_long` tells).
    """
    given = p.game.domain.given
    parts = []
    for player in p.game.names:
        own = [c.region for c in conditions if c.player == player]
        parts.append(tidy_short(all_of(own), given))
    return tidy_short(all_of(parts), given)


def first_failure(p: Process, conditions: list[Condition]) -> Condition | None:
    """A condition that is seen to hold nowhere under the assumptions; else one that those before it exclude.

    None where neither is seen.
    """
    ask = prover(p.game.domain.given)
    short = [c for c in conditions if not is_long(c.region)]
    for c in short:
        if ask.satisfiable(c.region) is False:
            return c
    before: Region = EVERYWHERE
    for c in short:
        before = tidy_short(all_of((before, c.region)), p.game.domain.given)
        if before == NOWHERE or is_long(before):
            return c if before == NOWHERE else None
    return None
