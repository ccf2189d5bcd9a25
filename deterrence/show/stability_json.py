"""Repeated and stochastic games as plain data for `--json`: listed profiles, the stability report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import Region, all_of
from deterrence.games.repeated import Profile, RepeatedGame
from deterrence.solve.critical import Critical
from deterrence.solve.profiles import ProfileAtlas, Standing
from deterrence.solve.stability import Condition
from deterrence.study.stability import Finding, Row, StabilityReport, least_patience


def profiles_json(atlas: ProfileAtlas, name: str, concept: str) -> dict[str, Any]:
    """The listed profiles of a repeated game, in the place of equilibria."""
    ask = prover(atlas.domain.given)
    c = atlas.complete
    return {
        "model": name,
        "concept": concept,
        "parameters": list(atlas.domain.names),
        "assumptions": region_text(atlas.domain.given),
        "complete": {"verdict": c.verdict, "scope": c.scope, "method": c.method, "coverage": c.coverage},
        "equilibria": [
            {
                "id": t.id,
                "profile": _strategies(t.profile),
                "nash": _condition(t.nash),
                "subgame_perfect": _condition(t.subgame_perfect),
                "critical_discount": {p: _critical(found, ask) for p, found in t.critical},
                "fails_at": _failure(t.fails_at, atlas.game),
                "payoffs": {p: value_text(v, ask) for p, v in t.payoffs},
                "notes": list(t.notes),
            }
            for t in atlas.tested
        ],
        "cells": [],
    }


def report_json(report: StabilityReport, name: str) -> dict[str, Any]:
    """The stability report: one entry a profile, each answer a condition, a quantity or null with a note."""
    ask = prover(report.domain.given)
    return {
        "model": name,
        "parameters": list(report.domain.names),
        "assumptions": region_text(report.domain.given),
        "error_rate": None if report.rate is None else value_text(report.rate, ask),
        "profiles": [_row(row, report, ask) for row in report.rows],
    }


def standings_json(found: Sequence[Standing], point: Mapping[str, Fraction], name: str) -> dict[str, Any]:
    """Which profiles are equilibria at an exact point."""
    return {
        "model": name,
        "point": {n: str(v) for n, v in point.items()},
        "profiles": [
            {
                "id": s.id,
                "nash": s.nash,
                "subgame_perfect": s.subgame_perfect,
                "payoffs": {p: str(v) for p, v in s.payoffs},
            }
            for s in found
        ],
    }


def _row(row: Row, report: StabilityReport, ask: Prover) -> dict[str, Any]:
    return {
        "id": row.id,
        "profile": _strategies(row.profile),
        "nash": _finding(row.nash, ask),
        "subgame_perfect": _finding(row.perfect, ask),
        "robust": _finding(row.robust, ask),
        "recovery": _finding(row.recovery, ask),
        "peace": _finding(row.peace, ask),
        "absorbed": {s: _finding(f, ask) for s, f in row.war},
        "absorbed_after_error": {s: _finding(f, ask) for s, f in row.war_after_error},
        "uninvaded": _finding(row.uninvaded, ask),
        "renegotiation_proof": _finding(row.renegotiation_proof, ask),
        "critical_discount": {p: _critical(found, ask) for p, found in row.critical},
        "least_patience": {
            t.name: {"low": str(t.low), "high": str(t.high), "attained": t.attained}
            for t in least_patience(row, report)
        },
        "fails_at": _failure(row.fails_at, report.game),
        "payoffs": {p: value_text(v, ask) for p, v in row.payoffs},
    }


def _strategies(profile: Profile) -> dict[str, str]:
    return {player: automaton.name for player, automaton in profile.strategies}


def _finding(f: Finding, ask: Prover) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    if f.value is not None:
        found["value"] = value_text(f.value, ask)
    else:
        found["condition"] = _condition(f.region)
    if not f.exact:
        found["ties"] = "left open"
    return found | ({"note": f.note} if f.note else {})


def _condition(region: Region | None) -> str | None:
    return None if region is None else region_text(region)


def _critical(found: Critical | None, ask: Prover) -> str | None:
    """The least discount factor where the region is an up-set in it; else null.

    What else the region asks for, without this factor, stands in the condition itself.
    """
    if found is None:
        return None
    if not found.bounds:
        return "0"
    texts = [value_text(v, prover(all_of((ask.given, found.needs)))) for v in found.bounds]
    return texts[0] if len(texts) == 1 else f"max({', '.join(texts)})"


def _failure(c: Condition | None, game: RepeatedGame) -> dict[str, Any] | None:
    if c is None:
        return None
    minds = dict(zip(game.names, c.state[1], strict=True))
    return {"player": c.player, "action": c.action, "state": c.state[0], "strategies_in": minds}
