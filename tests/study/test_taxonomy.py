"""The taxonomy against the published counts, names and neighbourhoods.

Counts: Rapoport and Guyer (1966), Robinson and Goforth (2005).  Names, orders and the cycles of
neighbours: Bruns (2015).
"""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product

import pytest

from deterrence.errors import GameError
from deterrence.study.taxonomy import (
    SYMMETRIC_ORDERS,
    OrdinalGame,
    canonical,
    ordinal,
    players_with_dominant_action,
    pure_equilibria,
    strict_games,
    swap_columns,
    swap_players,
    swap_rows,
    symmetric_game,
    symmetric_name,
    unique_equilibrium_is_pareto_inferior,
    win_win,
)
from tests.oracles.bimatrix import is_nash

LABELLED = list(strict_games())
UP_TO_LABELS = sorted({canonical(game) for game in LABELLED})
UP_TO_PLAYERS = sorted({canonical(game, players=True) for game in LABELLED})
SYMMETRIC = [symmetric_game(order) for order in SYMMETRIC_ORDERS.values()]


def test_sizes() -> None:
    assert (len(set(LABELLED)), len(UP_TO_LABELS), len(UP_TO_PLAYERS)) == (576, 144, 78)


def test_twelve_classes_are_their_own_mirror_image_and_these_are_the_symmetric_games() -> None:
    mirrored = {game for game in UP_TO_LABELS if canonical(swap_players(game)) == game}
    assert mirrored == {canonical(game) for game in SYMMETRIC}
    assert len(mirrored) == 12


def counts(games: list[OrdinalGame], reading: Callable[[OrdinalGame], int]) -> dict[int, int]:
    return dict(Counter(reading(game) for game in games))


@pytest.mark.parametrize(
    ("games", "equilibria", "dominance", "no_conflict", "inferior"),
    [
        (UP_TO_LABELS, {1: 108, 0: 18, 2: 18}, {2: 36, 1: 72, 0: 36}, 36, 7),
        (UP_TO_PLAYERS, {1: 57, 0: 9, 2: 12}, {2: 21, 1: 36, 0: 21}, 21, 4),
        (SYMMETRIC, {1: 6, 2: 6}, {2: 6, 0: 6}, 6, 1),
    ],
    ids=["144", "78", "12"],
)
def test_published_counts(
    games: list[OrdinalGame],
    equilibria: dict[int, int],
    dominance: dict[int, int],
    no_conflict: int,
    inferior: int,
) -> None:
    assert counts(games, lambda game: len(pure_equilibria(game))) == equilibria
    assert counts(games, players_with_dominant_action) == dominance
    assert sum(map(win_win, games)) == no_conflict
    assert sum(map(unique_equilibrium_is_pareto_inferior, games)) == inferior


def test_pure_equilibria_agree_with_the_definition() -> None:
    pure = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
    for game in UP_TO_LABELS:
        by_definition = {
            (i, j) for i, j in product((0, 1), repeat=2) if is_nash(game.row, game.column, pure[i], pure[j])
        }
        assert set(pure_equilibria(game)) == by_definition


def test_relabelling_changes_no_reading() -> None:
    for game in LABELLED:
        for other in (swap_rows(game), swap_columns(game), swap_players(game)):
            assert canonical(other, players=True) == canonical(game, players=True)
            assert len(pure_equilibria(other)) == len(pure_equilibria(game))
            assert players_with_dominant_action(other) == players_with_dominant_action(game)
            assert win_win(other) == win_win(game)
        assert canonical(swap_rows(swap_columns(game))) == canonical(game)
        assert swap_rows(swap_rows(game)) == swap_columns(swap_columns(game)) == game


C, D = 0, 1
PUBLISHED = {  # name: inequality from best to worst, pure equilibria, dominant action
    "Prisoner's Dilemma": ("T>R>P>S", {(D, D)}, "D"),
    "Chicken": ("T>R>S>P", {(C, D), (D, C)}, ""),
    "Leader": ("T>S>R>P", {(C, D), (D, C)}, ""),
    "Hero": ("T>S>P>R", {(C, D), (D, C)}, ""),
    "Compromise": ("T>P>S>R", {(D, D)}, "D"),
    "Deadlock": ("T>P>R>S", {(D, D)}, "D"),
    "Stag Hunt": ("R>T>P>S", {(C, C), (D, D)}, ""),
    "Assurance": ("R>P>T>S", {(C, C), (D, D)}, ""),
    "Coordination": ("R>P>S>T", {(C, C), (D, D)}, ""),
    "Peace": ("R>S>P>T", {(C, C)}, "C"),
    "Harmony": ("R>S>T>P", {(C, C)}, "C"),
    "Concord": ("R>T>S>P", {(C, C)}, "C"),
}


def test_the_twelve_names_and_no_others() -> None:
    assert set(SYMMETRIC_ORDERS) == set(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_symmetric_games(name: str) -> None:
    inequality, equilibria, dominant = PUBLISHED[name]
    letters = inequality.split(">")
    game = symmetric_game("".join(letters))
    assert set(pure_equilibria(game)) == equilibria
    assert players_with_dominant_action(game) == (2 if dominant else 0)
    values = {letter: Fraction(10 - place, 3) for place, letter in enumerate(letters)}
    assert symmetric_name(**values) == name
    other_way_round = dict(zip("PTSR", (values[letter] for letter in "RSTP"), strict=True))
    assert symmetric_name(**other_way_round) == name


def test_every_strict_order_has_a_name_and_each_name_two_orders() -> None:
    names = Counter(symmetric_name(*values) for values in permutations((1, 2, 3, 4)))
    assert names == dict.fromkeys(PUBLISHED, 2)


@pytest.mark.parametrize("values", [(1, 1, 2, 3), (0, 0, 0, 0), (1, 2, 3, Fraction(2))])
def test_ties_have_no_name(values: tuple[int, ...]) -> None:
    assert symmetric_name(*values) is None


CONFLICT = ("Chicken", "Leader", "Hero", "Compromise", "Deadlock", "Prisoner's Dilemma")
NO_CONFLICT = ("Stag Hunt", "Assurance", "Coordination", "Peace", "Harmony", "Concord")


@pytest.mark.parametrize("cycle", [CONFLICT, NO_CONFLICT])
def test_swapping_middle_and_low_ranks_in_turn_closes_the_published_cycle(cycle: tuple[str, ...]) -> None:
    for step, (here, there) in enumerate(zip(cycle, (*cycle[1:], cycle[0]), strict=True)):
        assert neighbour(here, (2, 3) if step % 2 == 0 else (1, 2)) == there


def test_swapping_the_top_ranks_joins_the_cycles() -> None:
    assert neighbour("Prisoner's Dilemma", (3, 4)) == "Stag Hunt"
    assert neighbour("Chicken", (3, 4)) == "Concord"


def neighbour(name: str, ranks: tuple[int, int]) -> str | None:
    """The game in which the outcomes of these two ranks have changed places."""
    swap = {ranks[0]: ranks[1], ranks[1]: ranks[0]}
    values = {letter: 4 - place for place, letter in enumerate(SYMMETRIC_ORDERS[name])}
    return symmetric_name(**{letter: swap.get(rank, rank) for letter, rank in values.items()})


def test_ranking_keeps_only_the_order() -> None:
    row = ((Fraction(-1, 2), Fraction(-7)), (Fraction(1, 3), Fraction(-3)))
    column = ((Fraction(-1, 2), Fraction(1, 3)), (Fraction(-7), Fraction(-3)))
    assert ordinal(row, column) == symmetric_game("TRPS")


def test_a_tie_cannot_be_ranked() -> None:
    with pytest.raises(GameError, match=r"column player is indifferent.*no ties"):
        ordinal(((1, 2), (3, 4)), ((1, 2), (2, 4)))


def test_ranks_must_be_ranks() -> None:
    with pytest.raises(GameError, match="row player's ranks"):
        OrdinalGame(((1, 2), (3, 5)), ((1, 2), (3, 4)))
    with pytest.raises(GameError, match="four letters"):
        symmetric_game("TRP")
