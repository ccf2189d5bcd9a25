"""Every claim of the repeated and stochastic model files, decided at sampled points by definition.

The library is not imported.  At each exact point, many of them placed on borders, the file's game and strategies
are built in plain fractions: Nash by best replies, subgame perfect by one-shot deviations in every joint state,
Markov perfect by trying every profile, long runs by linear equations.  The answer is compared with what the file
expects there.  `CHECK_POINTS=200` in the environment looks harder than the default.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest

from tests.literature.files_over_time import MODELS, Reader, data_of, parameters_of
from tests.literature.independent import Sampler, parse, value

POINTS = int(os.environ.get("CHECK_POINTS", "12"))
EXTREMES = [Fraction(n, 20) for n in (1, 2, 18, 19)]
FILES = {
    path.stem: path
    for path in sorted(MODELS.rglob("*.toml"))
    if tomllib.loads(path.read_text("utf-8")).get("kind") in ("repeated", "stochastic")
}
CLAIMS = [
    pytest.param(name, claim, id=f"{name}:{claim['id']}")
    for name, path in FILES.items()
    for claim in data_of(path)["claims"]
]


def test_the_files_are_there():
    assert {
        "repeated-prisoners-dilemma",
        "repeated-chicken",
        "enforcement",
        "enforcement-war-risk",
        "imperfect-monitoring",
    } <= set(FILES)
    assert len(CLAIMS) > 200


@pytest.mark.parametrize(("name", "claim"), CLAIMS)
def test_claim_by_definition(name: str, claim: Mapping) -> None:
    data = data_of(FILES[name])
    model = parameters_of(data)
    expected = claim["expect"]
    settled = {"proved": True, "refuted": False}.get(expected)
    border = None if settled is not None else parse(expected)
    seen: Counter[bool] = Counter()
    for env in points(name, claim, data):
        wanted = settled if border is None else value(border, env, model.world)
        if border is not None and seen[wanted] >= POINTS // 2:
            continue  # as many points inside the expected region as outside it
        shown = {k: str(v) for k, v in env.items()}
        assert Reader(data, env).truth(claim) == wanted, f"{name} {claim['id']} is not {wanted} at {shown}"
        seen[wanted] += 1
        if seen.total() >= POINTS:
            break
    assert seen.total() >= min(POINTS, 2), "the premise was hardly ever met"
    if border is not None:
        assert len(seen) == 2, "the expected region, or what it leaves, was never met"


def points(name: str, claim: Mapping, data: Mapping) -> Iterator[dict[str, Fraction]]:
    """Points of the domain within the premise; parameters that the premise fixes have that value."""
    kept = {k: v for k, v in claim.items() if k in ("given", "expect")}
    model = parameters_of(data)
    sampler = Sampler(model, kept, f"{name} {claim['id']}")
    for parameter, body in data["parameters"].items():  # much patience, and little; rare errors
        limit = parse(body["domain"]) if "domain" in body else ("true",)
        sampler.own[parameter] += [x for x in EXTREMES if value(limit, {parameter: x}, model.world)]
    for parameter, number in fixed(parse(claim["given"])) if "given" in claim else ():
        sampler.own[parameter] = [number]
    yield from sampler.points(40000)


def fixed(premise: tuple) -> Iterator[tuple[str, Fraction]]:
    """Parameters that a premise sets equal to a number."""
    if premise[0] == "and":
        for part in premise[1:]:
            yield from fixed(part)
    elif premise[0] == "compare" and premise[2] in (("==",), ["=="]):
        left, right = premise[1]
        if left[0] == "name":
            try:
                yield left[1], value(right, {}, parameters_of({}).world)
            except KeyError:
                return
