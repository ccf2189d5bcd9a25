"""The three-player oracle, held against known games, the definition, and itself under relabelling."""

from collections.abc import Callable
from fractions import Fraction as F
from itertools import permutations
from random import Random

import pytest

from tests.oracles.surd import Surd, quadratic_roots, square_root
from tests.oracles.trio import ACTIONS, Answer, Payoffs, Triple, equilibria_trio, is_nash_trio

QUARTERS = [F(n, 4) for n in range(5)]
GRID: list[Triple] = [(p, q, r) for p in QUARTERS for q in QUARTERS for r in QUARTERS]
Entry = tuple[int, int, int]


def game(rule: Callable[[int, int, int], Entry]) -> Payoffs:
    return {actions: rule(*actions) for actions in ACTIONS}


def random_game(rng: Random, largest: int) -> Payoffs:
    def draw() -> int:
        return rng.randint(-largest, largest)

    return {actions: (draw(), draw(), draw()) for actions in ACTIONS}


def points(answer: Answer) -> list[Triple]:
    return [piece.start for piece in answer.pieces if piece.start == piece.end]


def test_everyone_has_a_dominant_action() -> None:
    answer = equilibria_trio(game(lambda i, j, k: (-i, j, -k)))
    assert points(answer) == [(1, 0, 1)]
    assert len(answer.pieces) == 1 and not answer.beyond


def test_pure_coordination() -> None:
    """Paid only if all three match: both pure profiles and the even mix."""
    answer = equilibria_trio(game(lambda i, j, k: (1, 1, 1) if i == j == k else (0, 0, 0)))
    assert set(points(answer)) == {(1, 1, 1), (0, 0, 0), (F(1, 2), F(1, 2), F(1, 2))}
    assert len(answer.pieces) == 3 and not answer.beyond


def test_volunteers_dilemma() -> None:
    """One volunteer (action 0, cost 1) gives each 2; symmetric mix: others all shirk with chance 1/2."""

    def rule(*actions: int) -> Entry:
        i, j, k = (2 * (0 in actions) - (own == 0) for own in actions)
        return i, j, k

    answer = equilibria_trio(game(rule))
    assert {p for p in points(answer) if set(p) <= {0, 1}} == set(permutations((F(1), F(0), F(0))))
    symmetric = [p for p in points(answer) if p[0] == p[1] == p[2]]
    assert len(symmetric) == 1
    shirk = 1 - symmetric[0][0]
    assert isinstance(shirk, Surd) and shirk * shirk == F(1, 2)


def test_a_player_who_decides_nothing_mixes_freely() -> None:
    """The third player's payoff is constant and its action matters to no one: segments in r only."""
    answer = equilibria_trio(game(lambda i, j, k: (-i, -j, 0)))
    segments = [(p.start, p.end) for p in answer.pieces if p.start != p.end]
    assert segments == [((1, 1, 0), (1, 1, 1))]


def test_nothing_matters_at_all() -> None:
    answer = equilibria_trio(game(lambda i, j, k: (0, 0, 0)))
    assert len(points(answer)) == 8
    assert len([p for p in answer.pieces if p.start != p.end]) == 12
    assert len(answer.beyond) == 7  # six faces and the inside of the cube


@pytest.mark.parametrize("largest", [1, 2, 100])
def test_every_piece_holds_by_definition_and_no_grid_equilibrium_is_missing(largest: int) -> None:
    rng = Random(largest)
    for _ in range(60):
        payoffs = random_game(rng, largest)
        answer = equilibria_trio(payoffs)
        assert answer.pieces or answer.beyond, "Nash's theorem"
        for piece in answer.pieces:
            assert is_nash_trio(payoffs, *piece.start)
            assert is_nash_trio(payoffs, *piece.end)
            assert is_nash_trio(payoffs, *between(piece.start, piece.end))
        for profile in GRID:
            if is_nash_trio(payoffs, *profile):
                assert support(profile) in answer.beyond or any(
                    on_segment(profile, piece.start, piece.end) for piece in answer.pieces
                )


def test_games_without_ties_have_an_odd_number_of_equilibria() -> None:
    """Wilson (1971); so a count that is even would show a root lost or invented."""
    rng = Random(7)
    counts = []
    for _ in range(80):
        answer = equilibria_trio(random_game(rng, 10**6))
        assert not answer.beyond and len(points(answer)) == len(answer.pieces)
        counts.append(len(answer.pieces))
    assert all(n % 2 for n in counts) and max(counts) >= 5


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_naming_the_players_in_another_order_changes_nothing(order: tuple[int, int, int]) -> None:
    rng = Random(3)
    for largest in (1, 50):
        for _ in range(20):
            payoffs = random_game(rng, largest)
            renamed = {
                tuple(a[order[i]] for i in range(3)): tuple(u[order[i]] for i in range(3))
                for a, u in payoffs.items()
            }
            here, there = equilibria_trio(payoffs), equilibria_trio(renamed)  # type: ignore[arg-type]
            if here.beyond or there.beyond:
                assert len(here.beyond) == len(there.beyond)
                continue
            moved = sorted(tuple(float(p[order[i]]) for i in range(3)) for p in points(here))
            direct = sorted(tuple(float(x) for x in p) for p in points(there))
            assert len(moved) == len(direct)
            for ours, theirs in zip(moved, direct, strict=True):
                assert ours == pytest.approx(theirs)


def between(start: Triple, end: Triple) -> Triple:
    p, q, r = ((a + b) * F(1, 2) for a, b in zip(start, end, strict=True))
    return p, q, r


def support(profile: Triple) -> tuple[str, ...]:
    return tuple("second" if x == 0 else "first" if x == 1 else "mixed" for x in profile)


def on_segment(point: Triple, start: Triple, end: Triple) -> bool:
    return all(min(a, b) <= x <= max(a, b) for x, a, b in zip(point, start, end, strict=True))


def test_surds_order_like_numbers() -> None:
    rng = Random(5)
    for _ in range(300):
        a, b, c = (F(rng.randint(-9, 9), rng.randint(1, 9)) for _ in range(3))
        x, y = Surd(a, b, 7), Surd(b, c, 7)
        assert (x < y) == (float(x) < float(y)) or abs(float(x) - float(y)) < 1e-12
        assert x + y - y == x and (y == 0 or x / y * y == x)
    assert Surd(F(3), F(0), 7) == 3 and hash(Surd(F(3), F(0), 7)) == hash(3)
    with pytest.raises(ValueError, match="not mixed"):
        Surd(F(1), F(1), 2) + Surd(F(1), F(1), 3)


def test_roots_of_quadratics() -> None:
    assert quadratic_roots(F(1), F(-3), F(2)) == [1, 2]
    assert quadratic_roots(F(1), F(-2), F(1)) == [1]
    assert quadratic_roots(F(1), F(0), F(1)) == []
    assert quadratic_roots(F(0), F(2), F(-1)) == [F(1, 2)]
    assert all(x * x == 2 for x in quadratic_roots(F(1), F(0), F(-2)))
    assert square_root(F(2)) is None and square_root(F(-4)) is None
