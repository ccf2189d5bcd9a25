"""The strategies of the literature and of the article, as automata, under the names that people use.

Each takes the two actions that count as cooperating and defecting for the player itself and for the other
player, since in a game of retaliation these differ (restrain or strike; halt or attack).  A defection that
counts is anybody's, unless the description says whose: grim that is triggered by the other's alone is a
different strategy, and never subgame perfect.
Sources: [Axelrod1984], [Friedman1971], [KrainesKraines1989], [NowakSigmund1992], [NowakSigmund1993],
[Sugden1986], [Boyd1989], [Osgood1962].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, UnknownName
from deterrence.games.automata import OTHER, OWN, Automaton
from deterrence.games.normal import entry
from deterrence.games.strategies_of_conflict import (
    forward_defence,
    halt_when_struck,
    halt_while_enforced,
    retaliate_and_sanction,
    strike_after_attack,
)
from deterrence.games.strategy_parts import MAX_ROUNDS as MAX_ROUNDS
from deterrence.games.strategy_parts import Actions as Actions
from deterrence.games.strategy_parts import Way, both_cooperate, both_defect, state, whole


def always_cooperate(a: Actions) -> Automaton:
    """Unconditional restraint."""
    return Automaton("always-cooperate", "peace", (state("peace", a.cooperate, ({}, "peace")),))


def always_defect(a: Actions) -> Automaton:
    """Unconditional attack."""
    return Automaton("always-defect", "war", (state("war", a.defect, ({}, "war")),))


def grim(a: Actions) -> Automaton:
    """Cooperates until anybody, itself included, has defected once; then defects for ever [Friedman1971]."""
    peace = state("peace", a.cooperate, (both_cooperate(a), "peace"), ({}, "war"))
    return Automaton("grim", "peace", (peace, state("war", a.defect, ({}, "war"))))


def tit_for_tat(a: Actions) -> Automaton:
    """Begins with cooperation and then does what the other did last [Axelrod1984]."""
    return _reciprocal("tit-for-tat", "peace", a)


def suspicious_tit_for_tat(a: Actions) -> Automaton:
    """Tit-for-tat that begins with defection."""
    return _reciprocal("suspicious-tit-for-tat", "war", a)


def _reciprocal(name: str, initial: str, a: Actions) -> Automaton:
    rules: tuple[Way, ...] = (({OTHER: a.other_cooperate}, "peace"), ({}, "war"))
    return Automaton(name, initial, (state("peace", a.cooperate, *rules), state("war", a.defect, *rules)))


def generous_tit_for_tat(a: Actions, forgive: Value) -> Automaton:
    """Tit-for-tat that cooperates with probability `forgive` after a defection [NowakSigmund1992]."""
    angry = ((a.cooperate, forgive), (a.defect, number(1) - forgive))
    rules: tuple[Way, ...] = (({OTHER: a.other_cooperate}, "peace"), ({}, "war"))
    states = (state("peace", a.cooperate, *rules), state("war", angry, *rules))
    return Automaton("generous-tit-for-tat", "peace", states)


def contrite_tit_for_tat(a: Actions) -> Automaton:
    """Tit-for-tat with standing: defects only while it is in good standing and the other is not.

    Who defects when that was not called for falls into bad standing, and regains it by cooperating
    [Sugden1986], [Boyd1989].
    """
    both: tuple[Way, ...] = (
        (both_cooperate(a), "both_good"),
        ({OWN: a.cooperate, OTHER: a.other_defect}, "other_bad"),
        ({OWN: a.defect, OTHER: a.other_cooperate}, "own_bad"),
        ({}, "both_bad"),
    )
    return Automaton(
        "contrite-tit-for-tat",
        "both_good",
        (
            state("both_good", a.cooperate, *both),
            state("both_bad", a.cooperate, *both),
            state("other_bad", a.defect, ({OTHER: a.other_cooperate}, "both_good"), ({}, "other_bad")),
            state("own_bad", a.cooperate, ({OWN: a.cooperate}, "both_good"), ({}, "own_bad")),
        ),
    )


def tit_for_two_tats(a: Actions) -> Automaton:
    """Defects only after the other has defected twice in a row [Axelrod1984]."""
    calm: tuple[Way, ...] = (({OTHER: a.other_cooperate}, "calm"),)
    return Automaton(
        "tit-for-two-tats",
        "calm",
        (
            state("calm", a.cooperate, *calm, ({}, "warned")),
            state("warned", a.cooperate, *calm, ({}, "war")),
            state("war", a.defect, *calm, ({}, "war")),
        ),
    )


def two_tits_for_tat(a: Actions) -> Automaton:
    """Answers every defection of the other with two of its own (two for one)."""
    again: tuple[Way, ...] = (({OTHER: a.other_defect}, "first"),)
    return Automaton(
        "two-tits-for-tat",
        "peace",
        (
            state("peace", a.cooperate, *again, ({}, "peace")),
            state("first", a.defect, *again, ({}, "second")),
            state("second", a.defect, *again, ({}, "peace")),
        ),
    )


def win_stay_lose_shift(a: Actions) -> Automaton:
    """Pavlov: cooperates after both did the same, defects after they did not [KrainesKraines1989]."""
    rules: tuple[Way, ...] = ((both_cooperate(a), "peace"), (both_defect(a), "peace"), ({}, "war"))
    states = (state("peace", a.cooperate, *rules), state("war", a.defect, *rules))
    return Automaton("win-stay-lose-shift", "peace", states)


def limited_retaliation(a: Actions, rounds: int, restart: bool) -> Automaton:
    """Cooperates until anybody has defected, then defects for some rounds, then returns to cooperation.

    With `restart`, a round of punishment in which not both defected begins the punishment anew.
    """
    whole("rounds", rounds)
    states = [state("peace", a.cooperate, (both_cooperate(a), "peace"), ({}, "punish1"))]
    for k in range(1, rounds + 1):
        to = "peace" if k == rounds else f"punish{k + 1}"
        rules: tuple[Way, ...] = ((both_defect(a), to), ({}, "punish1")) if restart else (({}, to),)
        states.append(state(f"punish{k}", a.defect, *rules))
    return Automaton("limited-retaliation", "peace", tuple(states))


def graduated_retaliation(a: Actions, levels: int) -> Automaton:
    """Retaliation that climbs and comes down: the k-th offence in a row brings k rounds of defection.

    A round of peace brings the level down by one; the level stops at `levels`.
    """
    whole("levels", levels)
    states = []
    for level in range(levels + 1):
        up = min(level + 1, levels)
        calm = f"calm{max(level - 1, 0)}"
        states.append(state(f"calm{level}", a.cooperate, (both_cooperate(a), calm), ({}, f"level{up}_1")))
    for level in range(1, levels + 1):
        for k in range(1, level + 1):
            to = f"calm{level}" if k == level else f"level{level}_{k + 1}"
            states.append(state(f"level{level}_{k}", a.defect, ({}, to)))
    return Automaton("graduated-retaliation", "calm0", tuple(states))


def grit(a: Actions) -> Automaton:
    """From conflict, one unilateral concession; peace if it is answered [Osgood1962].

    The answer may come in the same round or the next; without one it defects for ever.
    """
    answered: Way = ({OTHER: a.other_cooperate}, "peace")
    return Automaton(
        "grit",
        "offer",
        (
            state("offer", a.cooperate, answered, ({}, "wait")),
            state("wait", a.defect, answered, ({}, "war")),
            state("peace", a.cooperate, (both_cooperate(a), "peace"), ({}, "war")),
            state("war", a.defect, ({}, "war")),
        ),
    )


def nash_reversion(a: Actions) -> Automaton:
    """Asymmetric reversion: whoever defects alone must cooperate against defection for ever.

    In chicken that is the equilibrium worst for the deviator; both deviating at once changes nothing.
    """
    return Automaton(
        "nash-reversion",
        "peace",
        (
            state(
                "peace",
                a.cooperate,
                ({OWN: a.defect, OTHER: a.other_cooperate}, "guilty"),
                ({OWN: a.cooperate, OTHER: a.other_defect}, "wronged"),
                ({}, "peace"),
            ),
            state("guilty", a.cooperate, ({}, "guilty")),
            state("wronged", a.defect, ({}, "wronged")),
        ),
    )


LIBRARY: Mapping[str, Callable[..., Automaton]] = {
    "always-cooperate": always_cooperate,
    "always-defect": always_defect,
    "grim": grim,
    "tit-for-tat": tit_for_tat,
    "suspicious-tit-for-tat": suspicious_tit_for_tat,
    "generous-tit-for-tat": generous_tit_for_tat,
    "contrite-tit-for-tat": contrite_tit_for_tat,
    "tit-for-two-tats": tit_for_two_tats,
    "two-tits-for-tat": two_tits_for_tat,
    "win-stay-lose-shift": win_stay_lose_shift,
    "limited-retaliation": limited_retaliation,
    "graduated-retaliation": graduated_retaliation,
    "grit": grit,
    "nash-reversion": nash_reversion,
    "halt-when-struck": halt_when_struck,
    "retaliate-and-sanction": retaliate_and_sanction,
    "forward-defence": forward_defence,
    "strike-after-attack": strike_after_attack,
    "halt-while-enforced": halt_while_enforced,
}
IN_TURNS = frozenset(  # the others read what both did in a round, which no state of a game in turns shows
    ("always-cooperate", "always-defect", "forward-defence", "strike-after-attack", "halt-while-enforced")
)


def options_of(name: str) -> dict[str, str]:
    """The options that a strategy of the library takes, each with its type's name; UnknownName for another.

    >>> options_of("limited-retaliation")
    {'rounds': 'int', 'restart': 'bool'}
    """
    if name not in LIBRARY:
        raise UnknownName("strategy", name, LIBRARY)
    return {n: str(t) for n, t in LIBRARY[name].__annotations__.items() if n not in ("a", "return")}


def strategy(name: str, actions: Actions, **options: object) -> Automaton:
    """A strategy of the library by name; probabilities may be given as numbers, text or SymPy expressions.

    Raises UnknownName for another name, GameError for options that it does not take, that are missing or of
    another kind, and InexactNumber for a float.

    >>> strategy("limited-retaliation", Actions("C", "D", "C", "D"), rounds=2, restart=True).initial
    'peace'
    """
    takes = options_of(name)
    if set(options) != set(takes):
        raise GameError(
            f"strategy {name} takes {', '.join(takes) or 'no options'}; got {', '.join(options) or 'none'}"
        )
    read = {
        option: _option(f"strategy {name}, {option}", takes[option], raw) for option, raw in options.items()
    }
    return LIBRARY[name](actions, **read)


def _option(where: str, kind: str, raw: object) -> object:
    """An option as its strategy takes it; whole numbers are looked at by the strategies themselves."""
    if kind == "Value":
        return raw if isinstance(raw, Value) else entry(raw)
    known = {"bool": bool, "str": str}
    if kind in known and not isinstance(raw, known[kind]):
        wanted = "True or False" if kind == "bool" else "the name of an action"
        raise GameError(f"{where} = {raw!r}; write {wanted}")
    return raw
