"""Answers as plain data for `--json`: the shapes of the command-line contract, texts that parse back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous
from deterrence.catalogue.checking import Result
from deterrence.catalogue.ledger import Entry, full_name
from deterrence.games.stochastic import StochasticGame
from deterrence.games.strategic import StrategicForm
from deterrence.games.tree import ExtensiveForm
from deterrence.show.phrases import about
from deterrence.solve.atlas import Atlas, Cell, Equilibrium, Game, Path, Strategy
from deterrence.study.outcomes import outcomes, outcomes_of


def atlas_json(atlas: Atlas, name: str) -> dict[str, Any]:
    """An atlas: parameters, assumptions, completeness, equilibria and cells."""
    given = atlas.domain.given
    return {
        "model": name,
        "concept": atlas.concept,
        "parameters": list(atlas.domain.names),
        "assumptions": region_text(given),
        "complete": {
            "verdict": atlas.complete.verdict,
            "scope": atlas.complete.scope,
            "method": atlas.complete.method,
            "coverage": atlas.complete.coverage,
        },
        "equilibria": [equilibrium_json(e, given, atlas.game) for e in atlas.equilibria],
        "cells": [_cell(c) for c in atlas.cells],
    } | _tree_part(atlas)


def equilibrium_json(e: Equilibrium, given: Region, game: Game) -> dict[str, Any]:
    """One component; `where` of a free variable holds together with the others' and with the region.

    In a tree the profile is by player and information set, and beliefs, the path and refinements come along;
    in a stochastic game it is by player and state.
    """
    ask = prover(given)
    profile: dict[str, Any] = _strategies(e.profile, ask)
    more: dict[str, Any] = {}
    if isinstance(game, StochasticGame):
        profile = {p: {h.state: profile[h.name] for h in game.places if h.player == p} for p in game.names}
    if isinstance(game, ExtensiveForm):
        profile = {p: {h.name: profile[h.name] for h in game.owned_by(p)} for p in game.names}
        more = {
            "beliefs": _strategies(e.beliefs, ask),
            "path": e.path,
            "refinements": {name: region_text(region) for name, region in e.refinements},
            "projected": e.projected,
        }
        if not e.projected:
            more["where"] = region_text(e.where)
    return {
        "id": e.id,
        "profile": profile,
        "region": region_text(e.region) if e.projected else None,
        "payoffs": {p: value_text(v, ask) for p, v in e.payoffs},
        "free": [{"name": r.name, "where": region_text(about(e.where, [r.name], given))} for r in e.free],
        "generic": e.generic,
    } | more


def point_json(atlas: Atlas, point: Mapping[str, Fraction], name: str) -> dict[str, Any]:
    """The equilibria at an exact point; in a tree each with what happens in it."""
    there = atlas.game.at(point)
    listed = []
    for e in atlas.at(point):
        entry = equilibrium_json(e, EVERYWHERE, atlas.game)
        if isinstance(there, ExtensiveForm | StrategicForm):
            entry["outcomes"] = {outcome: value_text(v) for outcome, v in outcomes_of(e, there)}
        listed.append(entry)
    return {"model": name, "point": {n: str(v) for n, v in point.items()}, "equilibria": listed}


def _strategies(listed: Sequence[tuple[str, Strategy]], ask: Prover) -> dict[str, dict[str, str]]:
    return {place: {a: value_text(v, ask) for a, v in strategy} for place, strategy in listed}


def _tree_part(atlas: Atlas) -> dict[str, Any]:
    """What an atlas of a tree has besides: groups by play on the path, and what happens where."""
    if isinstance(atlas.game, StrategicForm):
        return {"outcomes": outcomes_json(atlas)}
    if not isinstance(atlas.game, ExtensiveForm):
        return {}
    return {"paths": [_path(p) for p in atlas.paths], "outcomes": outcomes_json(atlas)}


def _path(path: Path) -> dict[str, Any]:
    return {
        "id": path.id,
        "members": list(path.members),
        "some": _known(path.some),
        "every": _known(path.every),
        "refined": {name: _known(region) for name, region in path.refined},
    }


def _known(region: Region | None) -> str | None:
    """A condition, or null where it was not computed."""
    return None if region is None else region_text(region)


def outcomes_json(atlas: Atlas) -> list[dict[str, Any]]:
    """What happens where: by cell, or by equilibrium where there are no cells."""
    ask = prover(atlas.domain.given)
    return [
        {
            "region": region_text(row.region),
            "full_dimensional": row.full_dimensional,
            "happens": [
                {
                    "equilibria": list(h.equilibria),
                    "chances": {name: value_text(v, ask) for name, v in h.chances},
                    "free": list(h.free),
                }
                for h in row.happenings
            ],
        }
        for row in outcomes(atlas)
    ]


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "region": region_text(cell.region),
        "equilibria": list(cell.equilibria),
        "witness": None if cell.witness is None else {n: str(v) for n, v in cell.witness.items()},
        "full_dimensional": cell.full_dimensional,
    }


def results_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Verdicts on claims, one entry each."""
    return [_result(r) for r in results]


def ledger_json(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The readings of the article's claims, one entry each, with what proved ones rest on where asked."""
    found = []
    for entry in entries:
        for data, result in zip(results_json(entry.results), entry.results, strict=True):
            rests = entry.rests.get(full_name(result))
            if rests is not None:
                data["rests_on"] = {"assumptions": list(rests.assumptions), "all_tried": rests.whole}
            found.append(data)
    return found


def _result(result: Result) -> dict[str, Any]:
    verdict = result.verdict
    holds: Region | None = EVERYWHERE if isinstance(verdict, Proved | Vacuous) else None
    witness = None
    if isinstance(verdict, Refuted):
        holds = verdict.holds_where
        witness = None if verdict.witness is None else {n: str(v) for n, v in verdict.witness.items()}
    entry = {
        "model": result.model.name,
        "claim": result.claim.id,
        "article": result.claim.article,
        "text": result.claim.text,
        "given": result.claim.given_text,
        "verdict": verdict.word,
        "holds_where": None if holds is None else region_text(holds),
        "witness": witness,
        "expected": result.claim.expect_text,
        "as_expected": result.as_expected,
    }
    if isinstance(verdict, Undecided):
        entry["reason"] = verdict.reason
    if isinstance(verdict, Proved):
        entry["method"] = verdict.method
    return entry
