"""Positions of the 144 strict games, against the definition of a relabelling and of a swap."""

from collections import Counter
from itertools import combinations, permutations

import pytest

from deterrence.errors import GameError
from deterrence.study.positions import (
    CONFLICT,
    NO_CONFLICT,
    PAIR_NAMES,
    Position,
    cooperation,
    locate,
    neighbours,
    position,
    refinements,
)
from deterrence.study.taxonomy import (
    OrdinalGame,
    canonical,
    pure_equilibria,
    strict_games,
    swap_columns,
    swap_players,
    swap_rows,
    symmetric_game,
    win_win,
)

LABELLED = list(strict_games())
ALL = sorted({position(game) for game in LABELLED})


def exchanged(game: OrdinalGame, player: str, low: int) -> OrdinalGame:
    """The game after the outcomes that a player ranks `low` and `low + 1` have changed places."""
    other = {low: low + 1, low + 1: low}

    def change(square):
        return tuple(tuple(other.get(x, x) for x in line) for line in square)

    if player == "row":
        return OrdinalGame(change(game.row), game.column)
    return OrdinalGame(game.row, change(game.column))


def test_a_position_is_a_class_up_to_relabelling() -> None:
    pairs = {(position(game), canonical(game)) for game in LABELLED}
    assert len(pairs) == len(ALL) == len({c for _, c in pairs}) == 144
    for here in ALL:
        assert position(here.game) == here
        assert cooperation(here.game) == (0, 0)
    for game in LABELLED:
        assert position(swap_players(game)) == position(game).mirror


def test_mirrored_positions_make_the_78() -> None:
    assert len({frozenset((here, here.mirror)) for here in ALL}) == 78
    assert sum(here == here.mirror for here in ALL) == 12


@pytest.mark.parametrize("name", [*CONFLICT, *NO_CONFLICT])
def test_symmetric_games_stand_on_the_diagonal(name: str) -> None:
    from deterrence.study.taxonomy import SYMMETRIC_ORDERS

    here = position(symmetric_game(SYMMETRIC_ORDERS[name]))
    assert here == Position(name, name)
    assert (here.name, here.status) == (name, "standard")


def test_neighbours_are_what_swapping_two_ranks_in_any_labelling_gives() -> None:
    for game in LABELLED:
        expected = Counter(
            canonical(exchanged(game, player, low)) for player in ("row", "column") for low in (1, 2, 3)
        )
        found = Counter(canonical(n.position.game) for n in neighbours(position(game)))
        assert found == expected


def test_a_swap_undone_leads_back() -> None:
    for here in ALL:
        assert len(neighbours(here)) == 6
        for n in neighbours(here):
            back = {(m.player, m.swap): m.position for m in neighbours(n.position)}
            assert back[n.player, n.swap] == here


def components(swaps: set[str]) -> list[set[Position]]:
    left, found = set(ALL), []
    while left:
        waiting, seen = [left.pop()], set()
        while waiting:
            here = waiting.pop()
            seen.add(here)
            waiting += [n.position for n in neighbours(here) if n.swap in swaps and n.position not in seen]
        left -= seen
        found.append(seen)
    return found


def test_layers_are_what_low_and_middle_swaps_connect() -> None:
    found = components({"low", "middle"})
    assert sorted(map(len, found)) == [36, 36, 36, 36]
    assert all(len({here.layer for here in group}) == 1 for group in found)
    assert len(components({"low", "middle", "high"})) == 1
    assert {here for here in ALL if win_win(here.game)} == {here for here in ALL if here.layer == "RR"}


def test_a_layer_is_a_torus_in_which_places_are_next_to_each_other() -> None:
    for here in ALL:
        for n in neighbours(here):
            if n.swap == "high":
                assert n.position.layer != here.layer
                continue
            moved, kept = (0, 1) if n.player == "row" else (1, 0)
            assert n.position.place[kept] == here.place[kept]
            assert (n.position.place[moved] - here.place[moved]) % 6 in (1, 5)
    assert {here.place for here in ALL} == {(i, j) for i in range(1, 7) for j in range(1, 7)}


@pytest.mark.parametrize(
    ("row", "column", "label", "equilibria"),
    [
        ("Prisoner's Dilemma", "Chicken", "Called Bluff", ((1, 0),)),
        ("Deadlock", "Chicken", "Bully", ((1, 0),)),
        ("Compromise", "Chicken", "Big Bully", ((1, 0),)),
        ("Prisoner's Dilemma", "Stag Hunt", "Prisoner's Dilemma x Stag Hunt", ((1, 1),)),
        ("Stag Hunt", "Chicken", "Stag Hunt x Chicken", ()),
    ],
)
def test_pairs_with_published_outcomes(
    row: str, column: str, label: str, equilibria: tuple[object, ...]
) -> None:
    here = Position(row, column)
    assert here.name == label
    assert here.mirror.name == (label if here.status else f"{column} x {row}")
    assert pure_equilibria(here.game) == equilibria


def test_doubtful_names_say_so() -> None:
    assert {name for name, status in PAIR_NAMES.values() if status != "standard"} == {"Big Bully"}
    assert "not checked" in Position("Compromise", "Chicken").status
    assert Position("Hero", "Chicken").status == ""


def test_numbers() -> None:
    bully = ((2, 1), (4, 3)), ((3, 4), (2, 1))  # Deadlock against Chicken, rows and columns C, D
    assert locate(*bully).name == "Bully"
    with pytest.raises(GameError, match="indifferent"):
        locate(((1, 1), (2, 3)), ((1, 2), (3, 4)))


def test_ties_border_on_every_way_of_breaking_them() -> None:
    for row in [(1, 1, 2, 3), (1, 1, 1, 2), (0, 0, 0, 0), (4, 1, 4, 1)]:
        expected = set()
        for ranks in permutations((1, 2, 3, 4)):
            if all(ranks[i] < ranks[j] for i in range(4) for j in range(4) if row[i] < row[j]):
                expected.add(position(OrdinalGame((ranks[:2], ranks[2:]), ((3, 4), (1, 2)))))
        assert set(refinements((row[:2], row[2:]), ((3, 4), (1, 2)))) == expected
    assert len(refinements(((0, 0), (0, 0)), ((0, 0), (0, 0)))) == 144


def test_relabelling_moves_nothing() -> None:
    for game in LABELLED[::7]:
        for other in (swap_rows(game), swap_columns(game), swap_rows(swap_columns(game))):
            assert position(other) == position(game)
            assert {n.position for n in neighbours(position(other))} == {
                n.position for n in neighbours(position(game))
            }


def test_no_two_positions_are_one_game() -> None:
    assert all(one != other for one, other in combinations([canonical(here.game) for here in ALL], 2))
