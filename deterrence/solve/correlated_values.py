"""The best and the worst that correlated equilibria can do, for any linear objective, exactly.

A linear programme over the polytope of correlated equilibria of a game in numbers, solved in fractions
(`algebra.simplex`).  Each end comes with a lottery that reaches it and with multipliers that prove that none
goes further: added up, the players' gains from disobeying bound the objective at every profile.
Source: [Aumann1987].

Scope: games in numbers, or in symbols at an exact point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from deterrence.algebra.parameters import exact_number
from deterrence.algebra.simplex import Condition, Optimum, Row, certified, maximise
from deterrence.errors import DomainError, GameError, OutOfScope, UnknownName, expect
from deterrence.games.normal import NormalForm, PureProfile
from deterrence.solve.correlated import shown

Objective = Mapping[str, object] | Mapping[PureProfile, object] | str


@dataclass(frozen=True)
class Extreme:
    """A largest or smallest value, a lottery that reaches it, and what proves that none goes beyond.

    `multipliers` has the weight of each way to disobey, (player, told, instead), that is above zero.  For a
    largest value: at each profile the objective is at most the value plus what these deviations gain there,
    so weighted.  For a smallest value: at least the value minus that.  In equilibrium those gains are not
    above zero on average, so the value bounds every equilibrium.
    """

    value: Fraction
    lottery: tuple[tuple[PureProfile, Fraction], ...]
    multipliers: tuple[tuple[tuple[str, str, str], Fraction], ...]


@dataclass(frozen=True)
class CorrelatedRange:
    """All values that an objective takes in correlated equilibria: everything from `worst` to `best`."""

    worst: Extreme
    best: Extreme

    def __repr__(self) -> str:
        return f"CorrelatedRange(from {self.worst.value} to {self.best.value})"


def correlated_range(
    game: NormalForm, objective: Objective, point: Mapping[str, object] | None = None
) -> CorrelatedRange:
    """The range of a linear objective over all correlated equilibria, exactly.

    `objective` is a player, whose expected payoff counts; weights on players' payoffs, by name; or what each
    profile counts for, by profile (for the probability of an event, 1 for its profiles).  `point` gives a
    value to each parameter of a game in symbols.  Raises UnknownName, GameError, DomainError for a point that
    is missing or outside the domain, OutOfScope where a payoff is irrational there.

    >>> chicken = NormalForm.from_arrays([[6, 2], [7, 0]], [[6, 7], [2, 0]],
    ...     actions=[["swerve", "drive"], ["swerve", "drive"]])
    >>> best = correlated_range(chicken, {"row": "1/2", "column": "1/2"}).best
    >>> str(best.value), {", ".join(p): str(q) for p, q in best.lottery}
    ('21/4', {'swerve, swerve': '1/2', 'swerve, drive': '1/4', 'drive, swerve': '1/4'})
    """
    expect("correlated_range", game, NormalForm)
    payoffs = _numbers(game, point)
    profiles = list(game.profiles())
    wanted = _objective(game, objective, payoffs)
    ways, conditions = _polytope(game, profiles, payoffs)
    ends = []
    for sign in (-1, 1):
        aim = tuple(sign * x for x in wanted)
        found = maximise(aim, conditions)
        assert found is not None and certified(aim, conditions, found), "no optimum: please report this game"
        ends.append(_extreme(sign, found, profiles, ways))
    return CorrelatedRange(*ends)


def _polytope(
    game: NormalForm, profiles: list[PureProfile], payoffs: Mapping[PureProfile, Row]
) -> tuple[list[tuple[str, str, str]], list[Condition]]:
    """Each way to disobey gains at most zero, in the order of the first list; the chances sum to one."""
    ways, conditions = [], []
    for i, player in enumerate(game.players):
        for told in player.actions:
            for instead in player.actions:
                if instead != told:
                    gains = tuple(
                        payoffs[(*p[:i], instead, *p[i + 1 :])][i] - payoffs[p][i]
                        if p[i] == told
                        else Fraction(0)
                        for p in profiles
                    )
                    ways.append((player.name, told, instead))
                    conditions.append(Condition(gains, Fraction(0)))
    conditions.append(Condition((Fraction(1),) * len(profiles), Fraction(1), equal=True))
    return ways, conditions


def _extreme(
    sign: int, found: Optimum, profiles: list[PureProfile], ways: list[tuple[str, str, str]]
) -> Extreme:
    return Extreme(
        sign * found.value,
        tuple((p, q) for p, q in zip(profiles, found.point, strict=True) if q),
        tuple((w, y) for w, y in zip(ways, found.multipliers, strict=False) if y),
    )


def _numbers(game: NormalForm, point: Mapping[str, object] | None) -> dict[PureProfile, Row]:
    if game.domain.names:
        game = game.at(game.domain.point(point or {}))
    elif point:
        raise UnknownName("parameter", next(iter(point)), ())
    try:
        rows = [tuple(v.at({}) for v in row) for row in game.payoffs]
    except DomainError as stop:
        raise OutOfScope(f"the best and worst need payoffs that are fractions here: {stop}") from stop
    return dict(zip(game.profiles(), rows, strict=True))


def _objective(game: NormalForm, objective: Objective, payoffs: Mapping[PureProfile, Row]) -> Row:
    if isinstance(objective, str):
        objective = {objective: 1}
    if not objective:
        raise GameError("the objective is empty; name a player, weights by player, or values by profile")
    by_player: dict[str, Fraction] = {}
    by_profile: dict[PureProfile, Fraction] = {}
    for key, raw in objective.items():
        if isinstance(key, str):
            by_player[game.player(key).name] = exact_number(raw, f"the weight of {key}")
        elif tuple(key) in payoffs:
            by_profile[tuple(key)] = exact_number(raw, f"the value of {', '.join(key)}")
        else:
            raise UnknownName("profile", shown(key), map(shown, payoffs))
    weights = [by_player.get(n, Fraction(0)) for n in game.names]
    return tuple(
        sum((w * u for w, u in zip(weights, row, strict=True)), by_profile.get(p, Fraction(0)))
        for p, row in payoffs.items()
    )
