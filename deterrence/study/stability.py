"""The stability report: for each listed profile, in which sense it can last, and exactly where.

"Stable" is never one word here.  Each profile is asked: is it a Nash equilibrium; is it subgame perfect
(perfect public, under public monitoring); does it stay subgame perfect when players err; how many rounds
pass after one error until play is back; how much peace there is under rare errors; does it end in an
absorbing state such as a war; can another strategy of the list invade it; is it weakly renegotiation-proof.
Each answer is an exact condition or quantity, or says why there is none.
Source of the concepts: [MailathSamuelson2006].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from deterrence.algebra.brief import brief
from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import NOWHERE, Region, all_of, names_of
from deterrence.algebra.short import remark
from deterrence.algebra.value import Value, compare, number, sign_region, variable
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.repeated import IMPLEMENTATION, Noise, Profile, RepeatedGame
from deterrence.solve.critical import Critical
from deterrence.solve.isolation import Isolated, critical_at
from deterrence.solve.long_run import after_one_error, chain, ending, limit, on_path, recovery
from deterrence.solve.passage import reaching
from deterrence.solve.process import Process
from deterrence.solve.profiles import Tested, listed_profiles, process_of
from deterrence.solve.rounds import peaceful, round_share
from deterrence.solve.stability import Condition, one_shot, where_all
from deterrence.study.play import endless, profile_region

MAX_SYMBOLIC = 6  # joint states up to which an error rate stays a symbol
MAX_SHARES = 40  # joint states up to which long-run shares are computed with a symbolic rate
NUMERIC_RATE = Fraction(1, 20)
_RARE = "each deviation loses there, so also at every small enough error rate"


@dataclass(frozen=True)
class Finding:
    """An answer: the region where something holds, or a quantity, or neither with the reason in `note`.

    `note` also qualifies an answer, such as "with errors at the rate 1/20".  Where it is not `exact`, it
    holds in the region, and on ties at its border it is left open.
    """

    region: Region | None = None
    value: Value | None = None
    note: str = ""
    exact: bool = True

    @property
    def known(self) -> bool:
        """Whether there is an answer."""
        return self.region is not None or self.value is not None


@dataclass(frozen=True)
class Row:
    """What is found of one profile; `war` and `war_after_error` are by absorbing state."""

    profile: Profile
    nash: Finding
    perfect: Finding
    robust: Finding
    recovery: Finding
    peace: Finding
    war: tuple[tuple[str, Finding], ...]
    war_after_error: tuple[tuple[str, Finding], ...]
    uninvaded: Finding
    renegotiation_proof: Finding
    critical: tuple[tuple[str, Critical | None], ...]
    fails_at: Condition | None
    payoffs: tuple[tuple[str, Value], ...]

    def __repr__(self) -> str:
        return f"Row({self.id}: Nash {brief(self.nash.region)}, subgame perfect {brief(self.perfect.region)})"

    @property
    def id(self) -> str:
        """The profile's id."""
        return self.profile.id


@dataclass(frozen=True)
class StabilityReport:
    """One row a profile; `rate` is the error rate that answers mention, None where nobody errs."""

    game: RepeatedGame
    rows: tuple[Row, ...]
    rate: Value | None

    def __repr__(self) -> str:
        """A line for each profile."""
        perfect = "perfect public" if self.game.monitoring is not None else "subgame perfect"
        head = f"StabilityReport: {len(self.rows)} profiles of {', '.join(self.game.names)}"
        lines = [
            f"{r.id}  Nash {brief(r.nash.region)}; {perfect} {brief(r.perfect.region)}" for r in self.rows
        ]
        return "\n  ".join([head, *lines])

    @property
    def domain(self) -> Domain:
        """The parameters and assumptions."""
        return self.game.domain

    def __getitem__(self, identifier: str) -> Row:
        for r in self.rows:
            if r.id == identifier:
                return r
        raise UnknownName("profile", identifier, (r.id for r in self.rows))


def least_patience(row: Row, report: StabilityReport) -> tuple[Isolated, ...]:
    """From which discount factor on a profile is subgame perfect, each at the example values of the rest.

    Exact, or between two fractions that lie as close as one likes, whatever the degree of the condition.
    Empty without example values, without a condition on a discount factor that is a parameter, and where more
    patience breaks it.
    """
    example, region = report.domain.example, row.perfect.region
    if region is None or any(n not in example for n in report.domain.names):
        return ()
    factors = dict.fromkeys(str(v) for v in report.game.game.discounts if str(v) in names_of(region))
    found = (critical_at(region, n, {k: v for k, v in example.items() if k != n}) for n in factors)
    return tuple(f for f in found if f is not None)


def stability_report(game: RepeatedGame, progress: Callable[[str], None] | None = None) -> StabilityReport:
    """The report on every listed profile; `progress` is told each one's id.

    Raises GameError where a strategy does not fit the game.
    """
    quiet = game.without_noise() if game.noise and game.noise.kind == IMPLEMENTATION else game
    rows = []
    for profile in game.profiles:
        if progress is not None:
            progress(profile.id)
        tested = listed_profiles(replace(quiet, profiles=(profile,))).tested[0]
        rows.append(_row(game, quiet, tested))
    return StabilityReport(game, tuple(rows), game.noise.rate if game.noise else None)


def _row(game: RepeatedGame, quiet: RepeatedGame, tested: Tested) -> Row:
    name = tested.id
    why = "; ".join(tested.notes)
    p = process_of(quiet, name)
    absorbing = [s.name for s in game.game.states if s.absorbing]
    return Row(
        profile=tested.profile,
        nash=Finding(tested.nash, note="" if tested.nash is not None else why),
        perfect=Finding(tested.subgame_perfect, note="" if tested.subgame_perfect is not None else why),
        robust=_asked(lambda: _robust(game, p, name)),
        recovery=_asked(lambda: _recovery(game, p)),
        peace=_asked(lambda: _peace(game, name)),
        war=tuple((s, _asked(partial(_ending, p, s))) for s in absorbing),
        war_after_error=tuple((s, _asked(partial(_after_error, p, s))) for s in absorbing),
        uninvaded=_asked(
            lambda: Finding(
                profile_region(quiet, name, "uninvaded"), note="without errors" if quiet is not game else ""
            )
        ),
        renegotiation_proof=_asked(lambda: Finding(profile_region(quiet, name, "renegotiation-proof"))),
        critical=tested.critical,
        fails_at=tested.fails_at,
        payoffs=tested.payoffs,
    )


def _asked(answer: Callable[[], Finding]) -> Finding:
    try:
        return answer()
    except OutOfScope as stop:
        return Finding(note=str(stop))


# -- errors -----------------------------------------------------------------------------------------------
def _robust(game: RepeatedGame, quiet: Process, name: str) -> Finding:
    """Subgame perfection with errors: at the model's rate if it has one, else at every small enough rate."""
    if game.monitoring is not None:
        raise OutOfScope("the public signal is the only noise of this game")
    if game.noise is None:
        return _strict(quiet)
    if game.noise.kind != IMPLEMENTATION:
        raise OutOfScope(
            "with perception errors players do not know what the others have seen, so there are no subgames"
        )
    rate = game.noise.rate
    if len(quiet.states) <= MAX_SYMBOLIC or not rate.names:
        return _with_remark(process_of(game, name), f"with errors at the rate {rate}")
    fixed = number(NUMERIC_RATE)
    if prover(game.domain.given).satisfiable(compare(rate, "==", fixed)) is False:
        raise OutOfScope(f"for so many joint states the rate is {fixed}, which is excluded; give a number")
    noisy = process_of(replace(game, noise=Noise(IMPLEMENTATION, fixed)), name)
    note = f"with errors at the rate {fixed}: with {len(quiet.states)} joint states no symbol for it"
    return _with_remark(noisy, note)


def _with_remark(p: Process, note: str) -> Finding:
    """Where a profile is subgame perfect; a region too long to be tidied says so, with a point in it."""
    region = where_all(p, one_shot(p))
    said = remark(region, p.game.domain.given)
    return Finding(region, note=f"{note}; {said}" if said else note)


def _strict(p: Process) -> Finding:
    """Where every deviation loses: then it still does when errors are rare enough, by continuity.

    Where some deviation gains without errors it still gains under rare ones, so only ties are left open.
    """
    found = one_shot(p)
    weak = where_all(p, found)
    if weak == NOWHERE:
        return Finding(NOWHERE, note=_RARE)
    mixed = any(
        sum(not v.is_zero for _, v in mixture) > 1 for s in p.states for mixture in p.intended(s).values()
    )
    if mixed:
        raise OutOfScope("a strategy that mixes needs exact indifference, which errors disturb")
    if any(c.gain.is_zero for c in found):
        raise OutOfScope(
            "some deviation makes no difference without errors; what errors do then depends on rates"
        )
    region = where_all(p, [replace(c, region=sign_region(c.gain, "<")) for c in found])
    exact = prover(p.game.domain.given).implies(weak, region) is True
    return Finding(region, note=_RARE, exact=exact)


def _recovery(game: RepeatedGame, p: Process) -> Finding:
    endless(game)
    if p.monitoring is not None:
        raise OutOfScope("players see no actions here, only a signal")
    found = recovery(p)
    if found is not None:
        return Finding(value=found)
    chance = _coming_back(p)
    if chance.is_zero:
        return Finding(note="never, unless there is another error" if _errors_lead_back(p) else "never")
    return Finding(note=f"it comes back with probability {chance}, and else never")


def _errors_lead_back(p: Process) -> bool:
    """Whether after one error in the first round some further ones would bring play back on its path."""
    found = {joint for joint, _ in after_one_error(p)}
    todo = list(found)
    while todo:
        here = todo.pop()
        for actions in p.game.state(here[0]).profiles():
            ahead = {to for to, _ in p.step(here, actions).to} - found
            found |= ahead
            todo.extend(ahead)
    return not found.isdisjoint(on_path(p))


def _coming_back(p: Process) -> Value:
    """The probability that play is ever back on its path after one error in the first round."""
    total, path = number(0), on_path(p)
    for joint, chance in after_one_error(p):
        total = total + chance * reaching(chain(p, [joint]), joint, path, p.game.domain.given)
    return total


def _ending(p: Process, state: str) -> Finding:
    return Finding(value=ending(p, state))


def _after_error(p: Process, state: str) -> Finding:
    """The probability that one error in the first round, of any mover, ends in an absorbing state."""
    total = number(0)
    for joint, chance in after_one_error(p):
        total = total + chance * ending(p, state, joint)
    return Finding(value=total, note="after one error in the first round")


def _peace(game: RepeatedGame, name: str) -> Finding:
    """The long-run share of peaceful rounds as errors become rare, or at the model's own rate."""
    endless(game)
    if not game.roles:
        raise OutOfScope("the model does not say which actions cooperate; add [roles] to it")
    if len(game.roles) < len(game.names):
        rest = ", ".join(n for n in game.names if n not in {r[0] for r in game.roles})
        raise OutOfScope(f"the model does not say by what {rest} cooperates; add [roles] to it")
    kind = peaceful(game.roles)
    if game.noise is not None or game.monitoring is not None:
        p = process_of(game, name)
        _small(p)
        share = round_share(p, kind)
        return Finding(value=share, note=_vanishing(share, game))
    noisy, rate_name = _with_errors(game)
    p = process_of(noisy, name)
    _small(p)
    rare = limit(round_share(p, kind), rate_name, p.game.domain.given)
    return Finding(value=rare, note="as errors vanish")


def _vanishing(share: Value, game: RepeatedGame) -> str:
    """What a share under the game's own errors goes to as they vanish, where it is one number."""
    rate = str(game.noise.rate) if game.noise else ""
    if rate not in share.names:
        return ""
    try:
        rare = limit(share, rate, game.domain.given)
    except OutOfScope:
        return ""
    return "" if rare is None else f"{rare} as errors vanish"


def _small(p: Process) -> None:
    if len(p.states) > MAX_SHARES:
        raise OutOfScope(
            f"the profile has {len(p.states)} joint states, and shares are computed up to {MAX_SHARES}"
        )


def _with_errors(game: RepeatedGame) -> tuple[RepeatedGame, str]:
    """The game with implementation errors at a new rate between 0 and 1/2, and the name of that rate."""
    name = fresh_name("error", game.domain.names)
    rate = variable(name)
    inside = all_of((compare(rate, ">", number(0)), compare(rate, "<", number(Fraction(1, 2)))))
    domain = Domain((*game.domain.parameters, Parameter(name, "error rate", inside)), game.domain.assumptions)
    return replace(game, game=replace(game.game, domain=domain), noise=Noise(IMPLEMENTATION, rate)), name
