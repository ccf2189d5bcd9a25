"""All equilibria of 2x2x2 games against the definition, exact numbers with square roots included.

`tests/oracles/trio.py` enumerates points and segments support by support, and says where there may be curves or
surfaces beyond; everywhere the definition itself is asked on a grid.  As for two players: what is reported is an
equilibrium, what is one lies in exactly one component, what is none lies in none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from deterrence.algebra.value import Value
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Atlas, Equilibrium
from deterrence.solve.nash import nash
from tests.oracles.surd import Surd, square_root
from tests.oracles.trio import ACTIONS, Number, Payoffs, Triple, equilibria_trio, expected, is_nash_trio

QUARTERS = [F(n, 4) for n in range(5)]


# -- exact numbers ---------------------------------------------------------------------------------------------
Plain = tuple[F, int, F]


def plain(x: Number) -> Plain:
    """a + b*sqrt(d) as a, the sign of b and b*b*d, so that equal numbers are equal tuples."""
    if not isinstance(x, Surd):
        return F(x), 0, F(0)
    square = F(x.b) ** 2 * x.d
    root = square_root(square)
    sign = (x.b > 0) - (x.b < 0)
    return (F(x.a) + sign * root, 0, F(0)) if root is not None else (F(x.a), sign, square)


def together(numbers: Sequence[Number]) -> Triple:
    """The numbers over one square root, so that they can be added and multiplied."""
    listed = [plain(x) for x in numbers]
    d = next((square for _, sign, square in listed if sign), F(1))
    out: list[Number] = []
    for a, sign, square in listed:
        scale = square_root(square / d)
        assert scale is not None, "one square root is enough for a 2x2x2 game"
        out.append(Surd(a, sign * scale, d) if sign else a)
    p, q, r = out
    return p, q, r


GRID: list[tuple[Triple, tuple[Plain, ...]]] = [
    (p, tuple(map(plain, p))) for p in product(QUARTERS, repeat=3)
]


def number_of(v: Value, free: dict[str, F]) -> Number:
    a, b, d, c, e = (p.at(free) for p in (v.a, v.b, v.d, v.c, v.e))
    if b == 0 and e == 0:
        return a / c
    assert d >= 0
    root = Surd(F(0), F(1), d)
    return (root * b + a) / (root * e + c)


def profile_at(e: Equilibrium, free: dict[str, F]) -> Triple:
    for _, strategy in e.profile:
        one, two = (number_of(v, free) for _, v in strategy)
        assert plain(one + two) == (1, 0, 0)
    return together([number_of(strategy[0][1], free) for _, strategy in e.profile])


@dataclass(frozen=True)
class Family:
    """A component: which first probabilities are numbers, which free variables, which expressions in these."""

    component: Equilibrium
    fixed: tuple[tuple[int, Plain], ...]
    free: tuple[tuple[int, str], ...]
    other: tuple[tuple[int, Value], ...]

    def has(self, profile: Sequence[Plain]) -> bool:
        if any(profile[i] != x for i, x in self.fixed):
            return False
        if any(profile[i][1] for i, _ in self.free):
            return False  # an irrational point of a continuum cannot be asked for
        free = {name: profile[i][0] for i, name in self.free}
        if any(v.e.is_zero and v.c.at(free) == 0 for _, v in self.other):
            return False
        return self.component.where.contains(free) and all(
            plain(number_of(v, free)) == profile[i] for i, v in self.other
        )


def family(e: Equilibrium) -> Family:
    names = {r.name for r in e.free}
    firsts = list(enumerate(strategy[0][1] for _, strategy in e.profile))
    free = tuple((i, str(v)) for i, v in firsts if str(v) in names)
    assert {n for _, n in free} == names, "each free variable is the probability of a first action"
    fixed = tuple((i, plain(number_of(v, {}))) for i, v in firsts if v.is_constant)
    done = {i for i, _ in (*free, *fixed)}
    return Family(e, fixed, free, tuple((i, v) for i, v in firsts if i not in done))


# -- the two directions ----------------------------------------------------------------------------------------
STEPS = [F(n, 8) for n in range(1, 8)] + [F(1, 97), F(96, 97), F(1, 3), F(2, 3)]


def samples(e: Equilibrium, rng: Random) -> Iterator[dict[str, F]]:
    """Values of the free variables at which the component exists, from a grid and from the ranges' middles."""
    names = [r.name for r in e.free]
    tried = [dict(zip(names, values, strict=True)) for values in product(STEPS, repeat=len(names))]
    if len(tried) > 5:
        tried = rng.sample(tried, 5)
    if all(r.described and r.lower and r.upper for r in e.free):
        for weight in (F(1, 2), F(1, 11), F(10, 11)):
            free: dict[str, F] = {}
            for r in e.free:
                low, high = max(v.at(free) for v in r.lower), min(v.at(free) for v in r.upper)
                free[r.name] = low + weight * (high - low)
            tried.append(free)
    yield from (free for free in tried if e.where.contains(free))


def kinds(profile: Triple) -> tuple[str, ...]:
    return tuple("second" if x == 0 else "first" if x == 1 else "mixed" for x in profile)


def sound(payoffs: Payoffs, atlas: Atlas, rng: Random) -> int:
    seen = 0
    for e in atlas:
        supports = set()
        for free in samples(e, rng):
            profile = profile_at(e, free)
            assert is_nash_trio(payoffs, *profile), f"{e.id} at {free}: {profile} is no equilibrium"
            supports.add(kinds(profile))
            for i, (_, v) in enumerate(e.payoffs):
                assert plain(number_of(v, free)) == plain(expected(payoffs, i, profile))
            seen += 1
        assert len(supports) <= 1, "one support in the whole component"
        assert supports or e.free
    return seen


def no_gain(payoffs: Payoffs, profile: Triple) -> bool:
    """Equilibrium on the grid of quarters by definition, multiplied through by 16: whole numbers are quick."""
    weight = [(int(4 * x), 4 - int(4 * x)) for x in profile]  # type: ignore[arg-type]
    for i in range(3):
        j, k = (n for n in range(3) if n != i)
        earned: list[F | int] = [0, 0]
        for actions, u in payoffs.items():
            w = weight[j][actions[j]] * weight[k][actions[k]]
            if w:
                earned[actions[i]] += w * u[i]
        if (weight[i][0] and earned[0] < earned[1]) or (weight[i][1] and earned[1] < earned[0]):
            return False
    return True


def complete(payoffs: Payoffs, atlas: Atlas) -> int:
    families = [family(e) for e in atlas]
    known: dict[tuple[Plain, ...], Triple] = {}
    answer = equilibria_trio(payoffs)
    for piece in answer.pieces:
        middle = tuple((a + b) * F(1, 2) for a, b in zip(piece.start, piece.end, strict=True))
        for found in (piece.start, piece.end, middle):
            profile = together(found)
            assert is_nash_trio(payoffs, *profile)
            known[tuple(map(plain, found))] = profile
    others = []
    for profile, short in GRID:
        if no_gain(payoffs, profile):
            known[short] = profile
        else:
            others.append(short)
    for short, profile in known.items():
        homes = [f.component.id for f in families if f.has(short)]
        if not homes and any(sign for _, sign, _ in short) and any(f.free for f in families):
            continue
        assert len(homes) == 1, f"{profile} is an equilibrium and lies in {homes or 'no component'}"
    for short in others:
        assert not any(f.has(short) for f in families), f"{short} is no equilibrium, but reported"
    if not answer.beyond and not any(e.free for e in atlas):
        assert len(answer.pieces) == len(atlas.equilibria), "isolated equilibria, each listed once"
    return len(known)


def solved(payoffs: Payoffs) -> Atlas:
    tables = [[[[payoffs[i, j, k][n] for k in (0, 1)] for j in (0, 1)] for i in (0, 1)] for n in range(3)]
    atlas = nash(NormalForm.from_arrays(*tables), cells=False)
    assert atlas.equilibria, "Nash's theorem"
    assert atlas.complete.verdict == "proved" and atlas.complete.scope == "all"
    assert atlas.complete.coverage == "proved"
    return atlas


def check(payoffs: Payoffs, rng: Random) -> Atlas:
    try:
        atlas = solved(payoffs)
        sound(payoffs, atlas, rng)
        complete(payoffs, atlas)
    except Exception as problem:
        raise AssertionError(f"{payoffs}: {problem!r}") from problem
    return atlas


def random_game(rng: Random, choices: list[F | int]) -> Payoffs:
    payoffs = {actions: tuple(rng.choice(choices) for _ in range(3)) for actions in ACTIONS}
    kind = rng.randrange(5)
    if kind == 0:  # one player's payoff does not depend on its own action
        n = rng.randrange(3)
        for actions in ACTIONS:
            base = tuple(0 if i == n else a for i, a in enumerate(actions))
            payoffs[actions] = tuple(
                payoffs[base][i] if i == n else u for i, u in enumerate(payoffs[actions])
            )
    elif kind == 1:  # nor on one of the others'
        n = rng.randrange(3)
        for i, j, k in ACTIONS:
            here = [i, j, k]
            here[n] = 0
            payoffs[i, j, k] = payoffs[here[0], here[1], here[2]]
    return payoffs  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("choices", "games"),
    [([0, 1], 70), ([0, 0, 1], 30), ([0, 1, 2], 70), ([-1, 0, 1, F(1, 2)], 40), (list(range(-9, 10)), 70)],
    ids=["zeros and ones", "mostly zeros", "three values", "halves", "many values"],
)
def test_random_games(choices: list[F | int], games: int) -> None:
    rng = Random(str(choices))
    for _ in range(games):
        check(random_game(rng, choices), rng)


def test_generic_games_with_irrational_equilibria() -> None:
    """Payoffs of many digits: isolated equilibria, an odd number (Wilson 1971), fully mixed ones with roots."""
    rng = Random(5)
    roots = 0
    for _ in range(60):
        payoffs = {actions: tuple(rng.randint(-999, 999) for _ in range(3)) for actions in ACTIONS}
        atlas = check(payoffs, rng)  # type: ignore[arg-type]
        assert len(atlas.equilibria) % 2 == 1 and not any(e.free for e in atlas)
        roots += any("sqrt" in str(v) for e in atlas for _, s in e.profile for _, v in s)
    assert roots >= 3


def test_nash_s_three_player_example_with_roots() -> None:
    """Each wants to be matched in a ring of disagreement: matching pennies of three, one even mixture."""
    ring = {a: (int(a[0] == a[1]), int(a[1] == a[2]), int(a[2] != a[0])) for a in ACTIONS}
    (only,) = check(ring, Random(0))
    assert all(str(v) == "1/2" for _, s in only.profile for _, v in s)


def test_everyone_indifferent_to_everything() -> None:
    atlas = check(dict.fromkeys(ACTIONS, (0, 0, 0)), Random(0))
    assert len(atlas.equilibria) == 27, "one component a support"


def test_volunteers() -> None:
    """One volunteer (cost 1) gives each 2: alone it is shirked with chance sqrt(1/2) in the symmetric mixture."""
    payoffs = {a: tuple(2 * (0 in a) - (own == 0) for own in a) for a in ACTIONS}
    atlas = check(payoffs, Random(0))  # type: ignore[arg-type]
    assert "sqrt(2)" in " ".join(str(v) for e in atlas for _, s in e.profile for _, v in s)
