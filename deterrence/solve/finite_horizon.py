"""Games that end after a known number of rounds: plans tested, outcomes listed, and where play unravels.

`finite_test` checks one-shot deviations of a listed profile in every round and joint state, off the path too.
`finite_outcomes` finds, by backward induction, every path of pure profiles that some subgame-perfect
equilibrium in pure strategies plays, with its region.  `unravels` is where all equilibria of the stage, mixed
ones included, pay the same: then in every subgame-perfect equilibrium of every finite number of rounds, under
any discounting, each round's play is an equilibrium of the stage, whatever happened before.  Where equilibria
pay everybody differently, long enough games sustain more [BenoitKrishna1985].
"""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.algebra.eliminate import exists
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of, any_of, complement, names_of
from deterrence.algebra.short import tidy_short
from deterrence.algebra.value import Value, compare, number, variable
from deterrence.algebra.virtual import substituted
from deterrence.errors import GameError, OutOfScope, expect
from deterrence.games.normal import NormalForm, PureProfile
from deterrence.games.repeated import RepeatedGame
from deterrence.games.unrolled import unrolled
from deterrence.solve.atlas import Equilibrium
from deterrence.solve.factors import discount_factors, with_factors
from deterrence.solve.nash import consistent, nash
from deterrence.solve.profiles import process_of
from deterrence.solve.stability import one_shot, where_all

MAX_PATHS = 300


def finite_test(
    game: RepeatedGame, profile_id: str, rounds: int | None = None, *, undiscounted: bool = False
) -> Region:
    """Where a listed profile is subgame perfect in the game of so many rounds (its own if none is given).

    With `undiscounted` every round counts alike.  Raises GameError for a number of rounds that is missing or
    out of bounds, else as `one_shot`.

    >>> from deterrence.games.path_plans import path_plan
    >>> from deterrence.games.repeating import repeat
    >>> stage = NormalForm.from_arrays([["R", "S"], ["T", "P"]], [["R", "T"], ["S", "P"]],
    ...     actions=[["C", "D"]] * 2, assumptions=["T > R", "R > S", "S > P"])
    >>> game = repeat(stage, "delta", {"grim": "grim"})
    >>> path = [["C", "C"], ["C", "D"], ["D", "C"]]
    >>> plan = path_plan("plan", stage, path, {"row": ["C", "D"], "column": ["D", "C"]})
    >>> game = RepeatedGame(game.game, (plan,))
    >>> print(finite_test(game, "plan", 3))
    R >= delta**2*(S - T) + T
    """
    made = unrolled(game, rounds, undiscounted=undiscounted)
    p = process_of(made, profile_id)
    return where_all(p, one_shot(p))


@dataclass(frozen=True)
class FiniteOutcome:
    """Pure profiles round by round, and where a subgame-perfect equilibrium in pure strategies plays them."""

    path: tuple[PureProfile, ...]
    region: Region


def finite_outcomes(stage: NormalForm, rounds: int, discount: object = 1) -> tuple[FiniteOutcome, ...]:
    """Every path that some subgame-perfect equilibrium in pure strategies plays in so many rounds.

    Without public lotteries.  A path is left out only where its region is proved to be empty.  `discount` is
    an expression, or one for each player by name; plain names lie between 0 and 1.  Raises GameError for a
    number of rounds below one, DomainError for contradictory assumptions or a factor not proved to lie in
    0..1, OutOfScope beyond `MAX_PATHS` paths.

    >>> pd = NormalForm.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]], actions=[["C", "D"]] * 2)
    >>> [(o.path, str(o.region)) for o in finite_outcomes(pd, 2)]
    [((('D', 'D'), ('D', 'D')), 'true')]
    """
    if isinstance(rounds, bool) or not isinstance(rounds, int) or rounds < 1:
        raise GameError(f"rounds = {rounds!r}; write a whole number from 1 on")
    factors = discount_factors(stage, discount)
    given = with_factors(consistent(stage).given, factors, one=True)
    worth: dict[tuple[PureProfile, ...], tuple[Value, ...]] = {(): tuple(number(0) for _ in stage.names)}
    found: dict[tuple[PureProfile, ...], Region] = {(): EVERYWHERE}
    for _ in range(rounds):
        later, ahead = found, worth
        found, worth = {}, {}
        for profile, pay in zip(stage.profiles(), stage.payoffs, strict=True):
            for path, region in later.items():
                total = tuple(v + d * w for v, d, w in zip(pay, factors, ahead[path], strict=True))
                parts = [region]
                for departed, i in _departures(stage, profile):
                    base = stage.payoff(departed, stage.names[i])
                    deterred = (
                        all_of((r, compare(total[i], ">=", base + factors[i] * ahead[other][i])))
                        for other, r in later.items()
                    )
                    parts.append(any_of(deterred))
                where = tidy_short(all_of(parts), given)
                if where != NOWHERE:
                    found[(profile, *path)], worth[(profile, *path)] = where, total
        if len(found) > MAX_PATHS:
            raise OutOfScope(f"more than {MAX_PATHS} paths may be played; ask about fewer rounds")
    return tuple(FiniteOutcome(path, region) for path, region in found.items())


def _departures(stage: NormalForm, profile: PureProfile) -> list[tuple[PureProfile, int]]:
    return [
        ((*profile[:i], a, *profile[i + 1 :]), i)
        for i, p in enumerate(stage.players)
        for a in p.actions
        if a != profile[i]
    ]


def unravels(stage: NormalForm) -> Region:
    """Where every finite repetition plays equilibria of the stage throughout, by backward induction.

    That is shown where all equilibria of the stage pay the same, in particular where there is only one.
    Outside it some number of rounds may or may not sustain something else.  Raises OutOfScope for a stage
    whose equilibria are not all found, DomainError for contradictory assumptions.

    >>> print(unravels(NormalForm.from_arrays([[2, "s"], [3, 1]], [[2, 3], ["s", 1]])))
    s < 1
    """
    expect("unravels", stage, NormalForm)
    atlas = nash(stage, cells=False)
    if atlas.complete.scope != "all" or atlas.complete.verdict != "proved":
        raise OutOfScope(
            "unravelling is shown from all equilibria of the stage, mixed ones included; for this stage the "
            f"search covered: {atlas.complete.scope} ({atlas.complete.verdict})"
        )
    given = stage.domain.given
    differ = (
        _pay_differently(one, two, given)
        for k, one in enumerate(atlas.equilibria)
        for two in atlas.equilibria[k if one.free else k + 1 :]
    )
    return tidy_short(complement(tidy_short(any_of(differ), given)), given)


def _pay_differently(one: Equilibrium, two: Equilibrium, given: Region) -> Region:
    """Where some equilibrium of the first component and one of the second pay somebody differently."""
    taken = set(names_of(all_of((given, one.where, two.where))))
    where, renamed = two.where, {}
    for r in two.free:  # both may name a free variable after the same action
        name = fresh_name(f"{r.name}_other", taken)
        taken.add(name)
        where = substituted(where, r.name, variable(name))
        renamed[r.name] = variable(name)
    differ = any_of(
        compare(v, "!=", w.substitute(renamed))
        for (_, v), (_, w) in zip(one.payoffs, two.payoffs, strict=True)
    )
    free = [*(r.name for r in one.free), *(str(v) for v in renamed.values())]
    return tidy_short(exists(all_of((one.where, where, differ)), free, given), given)
