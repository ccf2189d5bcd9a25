"""Answers as plain data for `--json`: the shapes of the command-line contract, texts that parse back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.algebra.decide import prover
from deterrence.algebra.printing import region_text, value_text
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.verdicts import Proved, Refuted, Undecided, Vacuous
from deterrence.catalogue.checking import Result
from deterrence.show.phrases import about
from deterrence.solve.atlas import Atlas, Cell, Equilibrium


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
        "equilibria": [equilibrium_json(e, given) for e in atlas.equilibria],
        "cells": [_cell(c) for c in atlas.cells],
    }


def equilibrium_json(e: Equilibrium, given: Region) -> dict[str, Any]:
    """One component; `where` of a free variable holds together with the others' and with the region."""
    ask = prover(given)
    return {
        "id": e.id,
        "profile": {p: {a: value_text(v, ask) for a, v in s} for p, s in e.profile},
        "region": region_text(e.region),
        "payoffs": {p: value_text(v, ask) for p, v in e.payoffs},
        "free": [{"name": r.name, "where": region_text(about(e.where, [r.name], given))} for r in e.free],
        "generic": e.generic,
    }


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
