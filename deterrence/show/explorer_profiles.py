"""The listed profiles of a repeated game for the explorer page: where each is subgame perfect, where Nash."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region
from deterrence.algebra.value import Value
from deterrence.catalogue.models import Model
from deterrence.errors import OutOfScope
from deterrence.games.repeated import RepeatedGame
from deterrence.show.explorer_items import Item
from deterrence.show.mathml import condition_mathml, expression_mathml
from deterrence.show.stability_sentences import failure_sentence, patience, profile_words, readable, shown
from deterrence.solve.profiles import ProfileAtlas, Tested, process_of
from deterrence.solve.rounds import peaceful, round_share
from deterrence.study.stability import MAX_SHARES

_NASH, _SHORT = "Nash equilibrium", "Nash"


def standards(atlas: ProfileAtlas) -> tuple[str, ...]:
    """What the profiles are tested for, the strictest first; Nash alone where nothing else was settled."""
    if all(t.subgame_perfect is None for t in atlas.tested):
        return (_SHORT,)
    strict = "perfect public equilibrium" if atlas.game.monitoring is not None else "subgame perfect"
    return (strict, _SHORT)


def words_of(atlas: ProfileAtlas) -> dict[str, Any]:
    """The words of the page for listed profiles."""
    names = standards(atlas)
    averaged = "average a round" if atlas.game.averaged else "in all"
    here = [f"{names[0] if len(names) > 1 else _NASH} here"] + [
        f"Nash here, not {names[0]}" for _ in names[1:]
    ]
    exist = [f"{names[0].capitalize()} here:"] + ["Nash here but no more:" for _ in names[1:]]
    return {
        "diagram": "Which profiles are equilibria where",
        "bars": "Which profiles are equilibria along one parameter",
        "none": "none of the list",
        "here": here,
        "standards": list(names),
        "others": "Profiles that are no equilibrium at this point",
        "payoffs": f"Payoffs, {averaged}:",
        "exist": exist,
        "nothing": "None of the profiles listed is an equilibrium here.",
        "weaker": f"Nash here, and not {names[0]}",
        "unsettled": "Not settled: whether these are equilibria",
        "peace": "How much peace there is in the long run",
        "note": shared_notes(atlas) if atlas.tested else "",
    }


def profiles(model: Model, atlas: ProfileAtlas) -> list[Item]:
    """The listed profiles, in their order."""
    ask, names = prover(atlas.domain.given), patience(atlas.game)
    several = len(standards(atlas)) > 1
    called = {p.name: p.label or p.name for p in model.source.players}
    found = []
    for t in atlas.tested:
        regions = (t.subgame_perfect, t.nash) if several else (t.nash,)
        found.append(
            Item(
                t.id,
                escape(profile_words(_labelled(model, t), atlas.game)),
                regions,
                _conditions(t, atlas, ask, names),
                payoffs=tuple((called.get(p, p), v) for p, v in t.payoffs),
                peace=_peace(atlas.game, t.id),
            )
        )
    return found


def _peace(game: RepeatedGame, profile: str) -> Value | None:
    """The long-run share of peaceful rounds under errors or signals; None where it is not asked or large."""
    roles = {player for player, _, _ in game.roles}
    if (
        (game.noise is None and game.monitoring is None)
        or game.rounds is not None
        or roles != set(game.names)
    ):
        return None
    process = process_of(game, profile)
    if len(process.states) > MAX_SHARES:
        return None
    try:
        return round_share(process, peaceful(game.roles))
    except OutOfScope:
        return None


def _labelled(model: Model, t: Tested) -> Any:
    """The profile with its strategies under their labels, which say more than their names."""
    source = model.source.repeated
    labels = {s.name: s.label for s in source.strategies if s.label} if source is not None else {}
    named = tuple((p, replace(a, name=labels.get(a.name, a.name))) for p, a in t.profile.strategies)
    return replace(t.profile, strategies=named)


def _conditions(t: Tested, atlas: ProfileAtlas, ask: Prover, names: tuple[str, ...]) -> tuple[str, ...]:
    nash = _condition(_NASH, t.nash, ask, names)
    notes = [_sentence(n) for n in t.notes if n not in _shared(atlas)]
    if len(standards(atlas)) == 1:
        return (nash, *notes)
    strict = _condition(standards(atlas)[0], t.subgame_perfect, ask, names)
    if t.fails_at is not None:
        strict += f". {escape(failure_sentence(t.fails_at, atlas.game)).removesuffix('.')}"
    if t.nash is not None and t.nash == t.subgame_perfect:
        nash = f"{_NASH} exactly there too"
    return (strict, nash, *notes)


def _shared(atlas: ProfileAtlas) -> tuple[str, ...]:
    """What is noted of every profile."""
    first, *rest = (t.notes for t in atlas.tested)
    return tuple(n for n in first if all(n in other for other in rest))


def shared_notes(atlas: ProfileAtlas) -> str:
    """What is noted of every profile, as HTML to be said once."""
    return " ".join(f"{_sentence(n)}." for n in _shared(atlas))


def _sentence(note: str) -> str:
    return escape(note[:1].upper() + note[1:])


def _condition(what: str, region: Region | None, ask: Prover, names: tuple[str, ...]) -> str:
    name = what[0].upper() + what[1:]
    if region is None:
        return f"{name}: not settled"
    if region == NOWHERE:
        return f"Never {what}" if what != _NASH else "Never a Nash equilibrium"
    if region == EVERYWHERE:
        return f"{name} everywhere"
    text = readable(region, ask, names)
    if text is None:
        return f"{name} exactly where {escape(shown(region, ask, names))}"
    return f"{name} exactly where {condition_mathml(text)}"


def setting_sentences(game: RepeatedGame) -> list[str]:
    """How the rounds go, in HTML: errors, signals, an end; nothing where each sees all and nobody errs."""
    found = []
    if game.noise is not None:
        what = {
            "implementation": "a player does something else than it means to, and all see what was done",
            "perception": "a player takes what was done for something else, and nobody else knows",
        }[game.noise.kind]
        found.append(f"With probability {expression_mathml(str(game.noise.rate))} {what}.")
    if game.monitoring is not None:
        found.append("Nobody sees what others do; all see a public signal, which may be wrong.")
    if game.rounds is not None:
        found.append(f"The game ends after {game.rounds} rounds.")
    return found
