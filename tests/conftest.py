"""Hypothesis profiles for the whole suite.

`steady`, the default, draws the same examples on every machine, so that a pass is a pass for everyone.
`explore` draws new ones and more of them: `pytest --hypothesis-profile=explore`.
Neither has a deadline: the first call of an engine pays for its import.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.register_profile(
    "explore",
    deadline=None,
    max_examples=1000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")
