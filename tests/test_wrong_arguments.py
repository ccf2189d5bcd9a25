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
