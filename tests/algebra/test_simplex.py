"""Exact linear programmes against SciPy and against what the certificate must prove."""

from fractions import Fraction as F
from random import Random

import pytest
from scipy.optimize import linprog

from deterrence.algebra.simplex import Condition, Optimum, certified, maximise


def random_problem(rng: Random):
    unknowns, rows = rng.randint(1, 5), rng.randint(1, 6)
    conditions = [
        Condition(
            tuple(F(rng.randint(-3, 4)) for _ in range(unknowns)),
            F(rng.randint(-2, 6)),
            equal=rng.random() < 0.2,
        )
        for _ in range(rows)
    ]
    return tuple(F(rng.randint(-4, 4)) for _ in range(unknowns)), conditions


def scipy_answer(objective, conditions):
    below = [c for c in conditions if not c.equal]
    level = [c for c in conditions if c.equal]

    def table(listed):
        return (
            ([[float(x) for x in c.coefficients] for c in listed], [float(c.bound) for c in listed])
            if listed
            else (None, None)
        )

    (a, b), (e, f) = table(below), table(level)
    return linprog([-float(x) for x in objective], A_ub=a, b_ub=b, A_eq=e, b_eq=f, method="highs")


def test_random_problems_agree_with_scipy():
    rng = Random(1)
    outcomes = set()
    for _ in range(250):
        objective, conditions = random_problem(rng)
        other = scipy_answer(objective, conditions)
        try:
            found = maximise(objective, conditions)
        except ValueError:
            feasible = scipy_answer((F(0),) * len(objective), conditions)
            assert feasible.status == 0
            assert other.status in (2, 3, 4)  # no bound; HiGHS may say "unbounded or infeasible"
            outcomes.add("no bound")
            continue
        if found is None:
            assert scipy_answer((F(0),) * len(objective), conditions).status == 2
            outcomes.add("empty")
            continue
        assert other.status == 0
        assert abs(float(found.value) + other.fun) < 1e-6
        assert certified(objective, conditions, found)
        outcomes.add("optimum")
    assert outcomes == {"no bound", "empty", "optimum"}


def test_redundant_and_degenerate_conditions():
    """The same equation three times, and a vertex where more conditions meet than there are unknowns."""
    one = Condition((F(1), F(1)), F(1), equal=True)
    cone = [Condition((F(1), F(-1)), F(0)), Condition((F(-1), F(1)), F(0)), Condition((F(2), F(-2)), F(0))]
    found = maximise((F(3), F(1)), [one, one, one, *cone])
    assert found is not None
    assert (found.value, found.point) == (F(2), (F(1, 2), F(1, 2)))
    assert certified((F(3), F(1)), [one, one, one, *cone], found)


def test_the_rule_that_cannot_cycle():
    """Beale's example, on which the largest-coefficient rule goes round for ever; the maximum is 1/20."""
    rows = [
        (F(1, 4), F(-60), F(-1, 25), F(9)),
        (F(1, 2), F(-90), F(-1, 50), F(3)),
        (F(0), F(0), F(1), F(0)),
    ]
    conditions = [Condition(row, bound) for row, bound in zip(rows, (F(0), F(0), F(1)), strict=True)]
    objective = (F(3, 4), F(-150), F(1, 50), F(-6))
    found = maximise(objective, conditions)
    assert found is not None and found.value == F(1, 20)
    assert certified(objective, conditions, found)


@pytest.mark.parametrize(
    "wrong",
    [
        Optimum(F(3), (F(3), F(0)), (F(1),)),  # outside
        Optimum(F(1), (F(1), F(0)), (F(1),)),  # not the largest: the multipliers prove two
        Optimum(F(2), (F(2), F(0)), (F(-1),)),  # a multiplier of the wrong sign
        Optimum(F(2), (F(2), F(0)), (F(1, 2),)),  # multipliers that do not cover the objective
    ],
)
def test_a_certificate_that_proves_nothing_is_refused(wrong):
    conditions = [Condition((F(1), F(1)), F(2))]
    good = maximise((F(1), F(0)), conditions)
    assert good is not None and certified((F(1), F(0)), conditions, good)
    assert not certified((F(1), F(0)), conditions, wrong)
