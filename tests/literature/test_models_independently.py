"""Every claim of every normal-form and statement model, decided at sampled points by definition.

The library is not imported.  At each exact point, many of them placed on ties, all equilibria are found by
brute force (`independent.py`), the claim is decided, and the answer is compared with what the file expects
at that point.  `CHECK_POINTS=500` in the environment looks harder than the default.
"""

from __future__ import annotations

import itertools
import os
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from tests.literature.independent import (
    Degenerate,
    Model,
    Sampler,
    Unsupported,
    decide,
    decide_effect,
    parse,
    read_model,
    value,
)

MODELS = Path(__file__).parents[2] / "models"
POINTS = int(os.environ.get("CHECK_POINTS", "60"))
FORMS = ("every", "some", "holds", "effect")


def is_ours(data: Mapping) -> bool:
    """Whether the model is of a kind, and asks for a concept, that is decided here."""
    return data.get("kind") in ("normal-form", "statement") and data.get("concept", "nash") == "nash"


@cache
def files() -> dict[str, dict]:
    found = {}
    for path in sorted(MODELS.rglob("*.toml")):
        data = tomllib.loads(path.read_text("utf-8"))
        if is_ours(data):
            found[path.stem] = data
    return found


@cache
def model(name: str) -> Model:
    return read_model(files()[name])


CLAIMS = [
    pytest.param(name, claim, id=f"{name}:{claim['id']}")
    for name, data in files().items()
    for claim in data["claims"]
    if any(form in claim for form in FORMS) and "concept" not in claim and "among" not in claim
]


@pytest.mark.parametrize(("name", "claim"), CLAIMS)
def test_claim_against_brute_force(name: str, claim: dict) -> None:
    try:
        seen = verify(name, claim, POINTS)
    except Unsupported as reason:
        pytest.skip(f"beyond the second opinion: {reason}")
    total = sum(seen.values())
    assert total >= min(POINTS, 20), f"only {total} points of the premise were found"
    if claim["expect"] not in ("proved", "refuted"):
        assert len(seen) == 2, "the expected region, or what it leaves, was never met"


def verify(name: str, claim: Mapping, wanted: int) -> Counter[bool]:
    """How often the claim was true and false; fails at the first point where it is not as expected."""
    game = model(name)
    sampler = Sampler(game, claim, f"{name} {claim['id']}")
    seen: Counter[bool] = Counter()
    for env in sampler.points(400 * wanted):
        expected = expected_at(game, claim, env)
        if claim["expect"] not in ("proved", "refuted") and seen[expected] >= wanted // 2:
            continue  # as many points inside the expected region as outside it
        truth = truth_at(game, claim, env, sampler)
        if truth is None:
            continue
        point = {k: str(v) for k, v in env.items()}
        assert truth == expected, f"{name} {claim['id']} is {truth} at {point}"
        seen[truth] += 1
        if seen.total() >= wanted:
            break
    return seen


def expected_at(game: Model, claim: Mapping, env: Mapping[str, Fraction]) -> bool:
    """What the file says about this point; `refuted` says that the claim is true nowhere."""
    if claim["expect"] in ("proved", "refuted"):
        return claim["expect"] == "proved"
    return value(parse(claim["expect"]), env, game.world)


def truth_at(game: Model, claim: Mapping, env: dict[str, Fraction], sampler: Sampler) -> bool | None:
    """What the definition says; None where the point says nothing."""
    if "effect" in claim:
        other = sampler.moved(env, claim["effect"]["of"])
        return None if other is None else decide_effect(game, claim["effect"], env, other)
    try:
        return decide(game, claim, env)
    except Degenerate:
        return None


@pytest.mark.parametrize("name", files())
def test_file_is_in_order(name: str) -> None:
    """Names, meanings, examples within domain and range, distinct claim ids, one form a claim."""
    data, game = files()[name], model(name)
    assert data["name"] == name
    assert data["title"] and data["summary"] and data["sources"]
    env = {p: Fraction(body["example"]) for p, body in data["parameters"].items()}
    assert game.admits(env), "the example breaks the assumptions"
    for parameter, body in data["parameters"].items():
        low, high = map(Fraction, body["range"])
        assert low <= env[parameter] <= high, parameter
        assert body["meaning"][0].islower() and not body["meaning"].endswith(".")
    ids = [claim["id"] for claim in data["claims"]]
    assert len(set(ids)) == len(ids) >= 3
    for claim in data["claims"]:
        assert sum(form in claim for form in FORMS) == 1, claim["id"]
        assert claim.get("holds") != claim["expect"]
        assert claim["text"].endswith(".")
    for claim in data["claims"]:
        for key in ("given", "holds", "every", "some", "expect"):
            if key in claim and claim[key] not in ("proved", "refuted", "undecided"):
                assert names(parse(claim[key])) <= {*data["parameters"], *data.get("definitions", {})}
    for cell in game.cells.values():
        assert set().union(*map(names, cell.values())) <= set(data["parameters"])
    used = set().union(*(names(worth) for cell in game.cells.values() for worth in cell.values()), set())
    assert not game.cells or used == set(data["parameters"]), "a parameter is in no payoff"


def names(node: object) -> set[str]:
    """The parameters that a parsed text speaks of."""
    if not isinstance(node, tuple) or not node:
        return set()
    if node[0] == "name":
        return {node[1]}
    if node[0] in ("probability", "plays", "payoff"):
        return set()
    return set().union(*map(names, itertools.chain(node)), set())


def test_every_source_is_in_the_bibliography() -> None:
    text = (MODELS / "references.bib").read_text("utf-8")
    entries = [re.split(r"[{,]", line)[1] for line in text.splitlines() if line.startswith("@")]
    assert len(set(entries)) == len(entries)
    cited = {source["key"] for data in files().values() for source in data["sources"]}
    assert cited <= set(entries)


SYMMETRIC = [name for name, data in files().items() if list(data["parameters"]) == ["R", "S", "T", "P"]]


@pytest.mark.parametrize("name", SYMMETRIC)
def test_swapping_the_players_of_a_symmetric_game_swaps_their_payoffs(name: str) -> None:
    game = model(name)
    for (own, other), worth in game.cells.items():
        assert worth["row"] == game.cells[other, own]["column"]


def test_the_twelve_symmetric_games_are_the_twelve_orders() -> None:
    """Up to swapping the two actions (R with P and S with T) every strict order occurs once."""
    orders = set()
    for name in SYMMETRIC:
        (order,) = files()[name]["assumptions"]
        orders |= {order, order.translate(str.maketrans("RSTP", "PTSR"))}
    assert len(SYMMETRIC) == 12
    assert len(orders) == 24
