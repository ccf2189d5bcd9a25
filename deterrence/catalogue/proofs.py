"""Proofs as SMT-LIB 2 files: what was decided by z3, for any other solver to decide again.

Each file asserts the assumptions together with the negation of what is claimed, so `unsat` confirms it.
"""

from __future__ import annotations

from pathlib import Path

from deterrence.algebra.region import Region, all_of, complement
from deterrence.algebra.smt import smtlib, smtlib_projection
from deterrence.algebra.verdicts import Refuted, Vacuous, holds_region
from deterrence.catalogue.checking import check_claim
from deterrence.catalogue.models import Model, asks_about_play, atlas_of, play_question, question
from deterrence.errors import DeterrenceError, OutOfScope
from deterrence.solve.atlas import Atlas
from deterrence.study.claims import good_region
from deterrence.study.effects import effect_failures
from deterrence.study.play import play_region


def write_proofs(atlas: Atlas, name: str, folder: str | Path) -> int:
    """One file for each proof behind an atlas; the number of files written.

    Components: their conditions lie in the region shown, and the region shown is reached.  Completeness:
    every condition dropped is empty, and the regions cover the assumptions.  Raises DeterrenceError when
    the folder cannot be written.
    """
    given = atlas.domain.given
    files: dict[str, str] = {}
    for e in atlas.equilibria:
        free = [r.name for r in e.free]
        inside = [given, e.where, complement(e.region)]
        files[f"{e.id}-inside"] = smtlib(
            inside, f"{name} {e.id}: its conditions imply its region; expect unsat"
        )
        files[f"{e.id}-reached"] = smtlib_projection(
            [given, e.region],
            free,
            e.where,
            f"{name} {e.id}: its region satisfies its conditions; expect unsat",
        )
    for i, region in enumerate(atlas.emptied, start=1):
        files[f"empty-{i:03}"] = smtlib([given, region], f"{name}: a case dropped as empty; expect unsat")
    if atlas.complete.coverage == "proved":
        gap = [given, *(complement(e.region) for e in atlas.equilibria)]
        files["coverage"] = smtlib(gap, f"{name}: no parameter value lacks an equilibrium; expect unsat")
    return _write(files, folder)


def write_claim_proofs(model: Model, folder: str | Path) -> int:
    """Files for each settled claim: it holds on the region reported, and only there."""
    given = model.domain.given
    files: dict[str, str] = {}
    for claim in model.source.claims:
        verdict = check_claim(model, claim).verdict
        where = holds_region(verdict)
        place = f"{model.name} {claim.id}"
        if isinstance(verdict, Vacuous) or where is None:
            continue
        if model.repeated is not None and asks_about_play(model, claim):
            about = play_question(model, claim)
            premises = all_of((given, about.premise))
            files |= _both_ways(claim.id, premises, where, play_region(about, model.repeated), place)
            continue
        asked = question(model, claim)
        premises = all_of((given, asked.premise))
        atlas = None if claim.question == "holds" else atlas_of(model, claim.concept, False)
        if claim.question == "effect":
            if isinstance(verdict, Refuted) or atlas is None:
                continue  # refuted by a point, which anyone can substitute
            both, failing = effect_failures(asked, premises, atlas)
            for i, region in enumerate(failing, start=1):
                files[f"{claim.id}-{i}"] = smtlib([both, region], f"{place}: no counterexample; expect unsat")
            continue
        try:
            good = good_region(asked, given, atlas)
        except OutOfScope:
            continue
        files |= _both_ways(claim.id, premises, where, good, place)
    return _write(files, folder)


def _both_ways(name: str, premises: Region, where: Region, good: Region, place: str) -> dict[str, str]:
    """That the claim holds on the region reported, and only there."""
    return {
        f"{name}-if": _gap(premises, where, good, f"{place}: it holds on the region; expect unsat"),
        f"{name}-only-if": _gap(premises, good, where, f"{place}: it holds only there; expect unsat"),
    }


def _gap(premises: Region, part: Region, whole: Region, comment: str) -> str:
    return smtlib([premises, part, complement(whole)], comment)


def _write(files: dict[str, str], folder: str | Path) -> int:
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        for stem, text in files.items():
            (target / f"{stem}.smt2").write_text(text + "\n", encoding="utf-8")
    except OSError as fault:
        raise DeterrenceError(
            f"cannot write proofs into {target}: {fault.strerror}; name another folder"
        ) from fault
    return len(files)
