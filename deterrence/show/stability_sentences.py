"""Profiles of repeated games and what is found of them, in plain sentences; no layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, polys_of
from deterrence.algebra.value import Value, number, sign_region
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.games.stochastic import STAGE
from deterrence.games.unrolled import endless
from deterrence.show.phrases import condition_text, labels, value_words
from deterrence.solve.contests import is_shared
from deterrence.solve.stability import Condition
from deterrence.study.stability import Finding, Row, StabilityReport, least_patience

AT_TIES: Final = "; at ties it depends"
MAX_SHOWN: Final = 800  # characters of a condition
MAX_TERMS: Final = 150  # beyond that its text would take long to make, and be longer


def patience(game: RepeatedGame) -> tuple[str, ...]:
    """The parameters that are discount factors, for which conditions are solved first."""
    return tuple(dict.fromkeys(str(v) for v in game.game.discounts if str(v) in game.domain.names))


def shown(region: Region, ask: Prover, names: Sequence[str] = ()) -> str:
    """A condition as text; one that nobody would read to its end is described, and `--json` prints it."""
    text = readable(region, ask, names)
    if text is not None:
        return text
    count = sum(p.size for p in polys_of(region))
    return f"an exact condition of {count} terms holds (too long to print here; --json prints it)"


def readable(region: Region, ask: Prover, names: Sequence[str] = ()) -> str | None:
    """A condition in the model-file grammar, solved for names where possible; None where it is too long."""
    if sum(p.size for p in polys_of(region)) > MAX_TERMS:
        return None
    text = condition_text(region, ask, names)
    return text if len(text) <= MAX_SHOWN else None


def where_words(region: Region, ask: Prover, names: Sequence[str] = (), exact: bool = True) -> str:
    """`everywhere`, `nowhere` or `exactly where …`."""
    if region == EVERYWHERE:
        return "everywhere"
    if region == NOWHERE:
        return "nowhere" if exact else "nowhere but perhaps at ties"
    return f"{'exactly ' if exact else ''}where {shown(region, ask, names)}"


def profile_words(profile: Profile, game: RepeatedGame) -> str:
    """Who plays which strategy; a label of the profile's own comes first."""
    used = [(game.game.players[i].shown, a.name) for i, (_, a) in enumerate(profile.strategies)]
    names = {name for _, name in used}
    if len(names) == 1 and len(used) > 1:
        text = f"{'both' if len(used) == 2 else 'all'} play {used[0][1]}"
    else:
        text = "; ".join(f"{player} plays {name}" for player, name in used)
    return f"{profile.label}: {text}" if profile.label else text


def failure_sentence(c: Condition, game: RepeatedGame) -> str:
    """Which player gains where, whatever the parameters."""
    called = labels(game)
    who = called[c.player]
    minds = "; ".join(
        f"{_of(called[player])} strategy is in {state}"
        for player, state in zip(game.names, c.state[1], strict=True)
    )
    place = f"when {minds}" if c.state[0] == STAGE else f"in {c.state[0]}, when {minds}"
    ask = prover(game.domain.given)
    if ask.satisfiable(c.region) is not False:
        mixes = ask.implies(c.region, sign_region(c.gain, "==")) is True
        does = f"is not indifferent to {c.action}, which it mixes," if mixes else f"gains by {c.action}"
        return f"It fails at every parameter value: where no deviation before it gains, {who} {does} {place}."
    if ask.satisfiable(sign_region(c.gain, ">")) is False:
        return (
            f"It fails at every parameter value: {who} loses by {c.action}, which it is to play with "
            f"some probability, {place}."
        )
    return f"It fails at every parameter value: {who} gains by {c.action} {place}."


def _of(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def patience_sentence(row: Row, report: StabilityReport) -> str:
    """From which discount factors on it is subgame perfect, the rest as in the example; may be empty."""
    found = []
    for threshold in least_patience(row, report):
        word = "from" if threshold.attained else "above"
        if threshold.low == threshold.high:
            found.append(f"{word} {threshold.name} = {threshold.low} on")
        else:
            digits = f"{int(threshold.low * 10**6) / 10**6:.6f}…"
            found.append(f"{word} {threshold.name} = {digits} on, a root isolated exactly")
    return "; ".join(found)


def row_sentences(row: Row, report: StabilityReport, ask: Prover) -> str:
    """What is found of a profile, as one paragraph."""
    names = patience(report.game)
    perfect = "a perfect public equilibrium" if report.game.monitoring is not None else "subgame perfect"
    found = [f"In words: {_equilibrium(row, perfect, ask, names)}"]
    found += _under_errors(row, ask, names)
    if row.uninvaded.region is not None:
        found.append(_within_the_list(row, report, ask, names))
    if row.renegotiation_proof.region is not None:
        where = row.renegotiation_proof.region
        if where == NOWHERE and row.perfect.region not in (None, NOWHERE):
            who = "both" if len(report.game.names) == 2 else "all"
            found.append(
                f"After some histories {who} would rather go on as after others, so it is not "
                "renegotiation-proof."
            )
        elif where not in (NOWHERE,):
            found.append(f"It is weakly renegotiation-proof {_only(where, ask, names)}.")
    return " ".join(found)


def invasion_label(row: Row, report: StabilityReport) -> str:
    """What is asked of the other strategies of the list.

    In one population a rival that fares the same does no harm unless it fares better among its own; where
    roles or strategies differ, a player who loses nothing by it may take it up, so each has to fare worse.
    """
    one = is_shared(endless(report.game), row.id)
    return "no other listed strategy can invade" if one else "every other listed strategy fares worse"


def _within_the_list(row: Row, report: StabilityReport, ask: Prover, names: Sequence[str]) -> str:
    where = row.uninvaded.region
    assert where is not None
    if is_shared(endless(report.game), row.id):
        if where == NOWHERE:
            return "Some other strategy of the list can always invade it."
        tail = "" if where == EVERYWHERE else f" {_only(where, ask, names)}"
        return f"No other strategy of the list can invade it{tail}."
    if where == NOWHERE:
        return "A player always has some other strategy of the list that does at least as well."
    tail = "" if where == EVERYWHERE else f" {_only(where, ask, names)}"
    return f"Whoever changes to another strategy of the list does worse{tail}."


def _only(region: Region, ask: Prover, names: Sequence[str]) -> str:
    return "everywhere" if region == EVERYWHERE else f"exactly where {shown(region, ask, names)}"


def _equilibrium(row: Row, perfect: str, ask: Prover, names: Sequence[str]) -> str:
    nash, sure = row.nash.region, row.perfect.region
    if nash is None or sure is None:
        return f"whether it is an equilibrium was not settled: {row.nash.note or row.perfect.note}."
    if nash == NOWHERE:
        return "it is no equilibrium at any parameter value."
    first = f"it is a Nash equilibrium {where_words(nash, ask, names)}"
    if sure == NOWHERE:
        return f"{first}, but never {perfect}: somewhere off the path a player would not do what it says."
    if sure == nash:
        return f"{first}, and there {perfect} too."
    return f"{first}, and {perfect} only {where_words(sure, ask, names).removeprefix('exactly ')}."


def _under_errors(row: Row, ask: Prover, names: Sequence[str]) -> list[str]:
    found = []
    if row.recovery.value is not None:
        if row.recovery.value == number(0):
            found.append("After one error it is back on its path at once.")
        else:
            rounds = value_words(row.recovery.value, ask)
            word = "round" if rounds == "1" else "rounds"
            found.append(f"After one error it is back on its path in {rounds} {word}.")
    elif row.recovery.note.startswith("never"):
        found.append("One error is never made good.")
    elif row.recovery.note.startswith("it comes back"):
        found.append(f"After one error {row.recovery.note}.")
    if row.peace.value is not None and row.peace.note == "as errors vanish":
        found.append(f"If errors are rare, {_part(row.peace, ask)} rounds are peaceful.")
    for state, finding in row.war_after_error:
        if finding.value is not None:
            found.append(f"One error leads to {state} with probability {value_words(finding.value, ask)}.")
    return found


def _part(finding: Finding, ask: Prover) -> str:
    v: Value | None = finding.value
    assert v is not None
    if v == number(1):
        return "nearly all"
    if v.is_zero:
        return "hardly any"
    return f"a share of {value_words(v, ask)} of"
