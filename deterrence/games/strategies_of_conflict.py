"""Strategies of the article's conflict: strikes for attacks, sanctions, support whatever happens.

Each takes the two actions that count as cooperating and defecting, for the player itself and for the other:
for a militia to halt and to attack, for a retaliator to restrain itself and to strike, for a sponsor to stop
and to support.  Made for this library.
"""

from __future__ import annotations

from deterrence.games.automata import OTHER, OWN, Automaton
from deterrence.games.strategy_parts import Actions, Way, state, whole


def halt_when_struck(a: Actions, quiet: int) -> Automaton:
    """Defects until the other defects (strikes), then cooperates, and resumes after some quiet rounds."""
    whole("quiet", quiet)
    struck: Way = ({OTHER: a.other_defect}, "halt1")
    states = [state("attack", a.defect, struck, ({}, "attack"))]
    for k in range(1, quiet + 1):
        to = "attack" if k == quiet else f"halt{k + 1}"
        states.append(state(f"halt{k}", a.cooperate, struck, ({}, to)))
    return Automaton("halt-when-struck", "attack", tuple(states))


def retaliate_and_sanction(a: Actions, sanction: str, rounds: int) -> Automaton:
    """Strikes in the round after a defection of the other, then sanctions for some rounds, then lets go.

    A further defection brings the next strike at once; `sanction` names the action.
    """
    whole("rounds", rounds)
    struck: Way = ({OTHER: a.other_defect}, "strike")
    states = [
        state("peace", a.cooperate, struck, ({}, "peace")),
        state("strike", a.defect, struck, ({}, "sanction1")),
    ]
    for k in range(1, rounds + 1):
        to = "peace" if k == rounds else f"sanction{k + 1}"
        states.append(state(f"sanction{k}", sanction, struck, ({}, to)))
    return Automaton("retaliate-and-sanction", "peace", tuple(states))


def forward_defence(a: Actions) -> Automaton:
    """Supports whatever happens: the action that counts as defecting, for ever."""
    return Automaton("forward-defence", "support", (state("support", a.defect, ({}, "support")),))


def strike_after_attack(a: Actions) -> Automaton:
    """The enforcer where attacks are answered at once: strikes whenever it may, until it once omits that.

    For a game in turns in which it moves only after an attack; once it has held back it never strikes again.
    """
    keep = state("keep", a.defect, ({OWN: a.cooperate}, "lapsed"), ({}, "keep"))
    return Automaton("strike-after-attack", "keep", (keep, state("lapsed", a.cooperate, ({}, "lapsed"))))


def halt_while_enforced(a: Actions) -> Automaton:
    """The other side of `strike_after_attack`: halts until an attack has gone unanswered, then attacks."""
    keep = state("keep", a.cooperate, ({OTHER: a.other_cooperate}, "lapsed"), ({}, "keep"))
    return Automaton("halt-while-enforced", "keep", (keep, state("lapsed", a.defect, ({}, "lapsed"))))
