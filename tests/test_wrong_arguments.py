"""Every public function says in its own words that it cannot take what it was given."""

import inspect

import pytest

import deterrence as dt

MODEL = dt.load("strike-restrain")
FUNCTIONS = sorted(
    n
    for n in dt._HOME
    if inspect.isfunction(f := getattr(dt, n)) and "=" not in str(inspect.signature(f))[:20]
)


def given(function, wrong):
    """What a call with one wrong argument says; None where it is not wrong for this function."""
    try:
        function(wrong)
    except dt.DeterrenceError as error:
        return str(error)
    except TypeError as error:  # other arguments are missing
        assert "missing" in str(error), (function, wrong)
    return None


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("wrong", [3, "no-such-thing"], ids=["number", "text"])
def test_no_attribute_error_for_a_wrong_argument(name, wrong):
    message = given(getattr(dt, name), wrong)
    assert message is None or len(message) > 20


def test_the_message_says_what_is_wanted_and_how_to_get_it():
    assert given(dt.nash, MODEL) == (
        "nash takes a NormalForm, and strike-restrain is a Model; give its 'game', as in model.game"
    )
    assert given(dt.nash, "chicken").endswith("a model's name goes to dt.load first")
    assert given(dt.select, MODEL.game).endswith("dt.solve makes one of a model or a game")
    assert given(dt.nash, MODEL.game) is None
    assert given(dt.plot_payoff_set, dt.solve(MODEL)).startswith(
        "plot_payoff_set takes a PayoffSet, and what was given is an Atlas; dt.payoff_set makes one"
    )


def test_an_empty_name_is_no_directory():
    assert given(dt.load, "").startswith("no model named ''; known: ")


@pytest.mark.parametrize(
    "call",
    [
        lambda x: dt.payoff_set(x, "1/2"),
        lambda x: dt.feasible(x, (1, 1)),
        lambda x: dt.folk_theorem(x, (1, 1)),
        lambda x: dt.reversion(x, ("a", "b"), ("c", "d")),
        lambda x: dt.individually_rational(x, "grim"),
        lambda x: dt.uninvaded(x, "grim"),
        lambda x: dt.renegotiation_proof(x, "grim"),
        lambda x: dt.compare(x, x),
        lambda x: dt.subgame(x, "root"),
    ],
)
@pytest.mark.parametrize("wrong", [MODEL, 3, "chicken"], ids=["model", "number", "text"])
def test_nor_where_the_first_of_several_arguments_is_wrong(call, wrong):
    with pytest.raises(dt.errors.GameError, match=r" takes an? "):
        call(wrong)
