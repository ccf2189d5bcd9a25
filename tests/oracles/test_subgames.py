"""The oracle for subgame perfection, on games whose answers are known."""

from fractions import Fraction as F

from tests.oracles.subgames import Move, Tree, pure

ENTRY = Tree(  # an entrant is fought or accommodated: fighting is an empty threat
    "enter",
    {
        "enter": ("entrant", "enter", (Move("out", "o"), Move("in", "answer"))),
        "answer": ("incumbent", "answer", (Move("fight", "f"), Move("yield", "y"))),
    },
    {
        "o": {"entrant": F(0), "incumbent": F(2)},
        "f": {"entrant": F(-1), "incumbent": F(-1)},
        "y": {"entrant": F(1), "incumbent": F(1)},
    },
)
PENNIES = Tree(
    "one",
    {
        "one": ("a", "one", (Move("h", "hh"), Move("t", "tt"))),
        "hh": ("b", "two", (Move("h", "same"), Move("t", "other"))),
        "tt": ("b", "two", (Move("h", "other"), Move("t", "same"))),
    },
    {"same": {"a": F(1), "b": F(-1)}, "other": {"a": F(-1), "b": F(1)}},
)


def test_empty_threats_are_nash_but_not_subgame_perfect() -> None:
    deterred = {"enter": pure(("out", "in"), "out"), "answer": pure(("fight", "yield"), "fight")}
    entered = {"enter": pure(("out", "in"), "in"), "answer": pure(("fight", "yield"), "yield")}
    assert ENTRY.is_nash("enter", deterred)
    assert not ENTRY.is_subgame_perfect(deterred)
    assert [p for p in ENTRY.pure_profiles() if ENTRY.is_subgame_perfect(p)] == [entered]


def test_matching_pennies_has_one_subgame_and_one_equilibrium() -> None:
    even = {"h": F(1, 2), "t": F(1, 2)}
    assert PENNIES.roots() == {"one"}
    assert PENNIES.is_subgame_perfect({"one": even, "two": even})
    assert not PENNIES.is_subgame_perfect({"one": even, "two": {"h": F(1, 3), "t": F(2, 3)}})
    assert not any(PENNIES.is_subgame_perfect(p) for p in PENNIES.pure_profiles())
    assert not PENNIES.is_subgame_perfect({"one": even, "two": {"h": F(2), "t": F(-1)}})
