"""A plan by its path: what is played round by round, and what after somebody leaves it alone.

Each round prescribes an action for everybody.  Whoever departs alone is punished from the next round on, by
a pure profile played for ever that may depend on who it was; departures by several at once are ignored.
Such simple strategy profiles are given by a path and one punishment a player [Abreu1988].  Finite games with
several stage equilibria can sustain cooperation by such plans [BenoitKrishna1985].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deterrence.errors import GameError, UnknownName
from deterrence.games.automata import Automaton, AutomatonState, Rule, surely
from deterrence.games.normal import NormalForm, PureProfile
from deterrence.games.repeated import Profile


def path_plan(
    identifier: str,
    stage: NormalForm,
    path: Sequence[Sequence[str]],
    punishments: Mapping[str, Sequence[str]],
) -> Profile:
    """The profile that follows a path of pure profiles, the last of which is repeated for ever.

    `punishments` has, by player, the profile played for ever after that player has departed alone.  Raises
    GameError for an empty path or a missing punishment, UnknownName for players and actions not in the game.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> grim = path_plan("grim", pd, [["C", "C"]], {"row": ["D", "D"], "column": ["D", "D"]})
    >>> [s.name for s in grim.strategy("row").states]
    ['round1', 'punish_row', 'punish_column']
    """
    if not path:
        raise GameError("a plan needs a path of one or more profiles")
    for name in punishments:
        if name not in stage.names:
            raise UnknownName("player", name, stage.names, "punishments")
    missing = [n for n in stage.names if n not in punishments]
    if missing:
        raise GameError(f"say what is played after a departure of {', '.join(missing)}")
    steps = [_checked(stage, p) for p in path]
    after = {n: _checked(stage, punishments[n]) for n in stage.names}
    strategies = tuple(
        (name, _automaton(identifier, stage.names, i, steps, after)) for i, name in enumerate(stage.names)
    )
    return Profile(identifier, strategies)


def _checked(stage: NormalForm, profile: Sequence[str]) -> PureProfile:
    made = tuple(profile)
    stage.payoff(made, stage.names[0])  # raises for a profile that the stage lacks
    return made


def _automaton(
    identifier: str,
    names: Sequence[str],
    player: int,
    steps: Sequence[PureProfile],
    after: Mapping[str, PureProfile],
) -> Automaton:
    states = []
    for k, meant in enumerate(steps, start=1):
        on = surely(f"round{min(k + 1, len(steps))}")
        rules = [Rule(tuple(zip(names, meant, strict=True)), on)]
        for i, name in enumerate(names):  # the others did as prescribed, so it was this one alone
            others = tuple((n, a) for j, (n, a) in enumerate(zip(names, meant, strict=True)) if j != i)
            rules.append(Rule(others, surely(f"punish_{name}")))
        rules.append(Rule((), on))
        states.append(AutomatonState(f"round{k}", (("", surely(meant[player])),), tuple(rules)))
    for name in names:
        states.append(
            AutomatonState(
                f"punish_{name}",
                (("", surely(after[name][player])),),
                (Rule((), surely(f"punish_{name}")),),
            )
        )
    return Automaton(identifier, "round1", tuple(states))
