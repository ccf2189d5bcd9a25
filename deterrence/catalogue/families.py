"""Families of models: a name with a number in it, and the text of the model file for each number.

`escalation-ladder-N` is an escalation ladder with N rungs above the ground [Kahn1965], [ONeill1986].  A
family is one function from a number to the text of a file, so that `show --toml` prints what is solved; a
few members of each stand in the catalogue.  Adding a family adds a function and an entry of `FAMILIES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from deterrence.errors import UnknownName


@dataclass(frozen=True)
class Family:
    """Models called `stem-N`, for N from `low` to `high`; those in `shown` stand in the catalogue."""

    stem: str
    low: int
    high: int
    shown: tuple[int, ...]
    text: Callable[[int], str]

    @property
    def members(self) -> tuple[str, ...]:
        """The names of the members that stand in the catalogue."""
        return tuple(f"{self.stem}-{n}" for n in self.shown)


def family_text(name: str) -> str | None:
    """The model file of a member of a family; None where the name belongs to no family.

    Raises UnknownName, with the numbers that there are, where the family has no such member.

    >>> family_text("escalation-ladder-3").splitlines()[1]
    'name = "escalation-ladder-3"'
    """
    for family in FAMILIES:
        match = re.fullmatch(rf"{re.escape(family.stem)}-([A-Za-z0-9]+)", name)
        if not match:
            continue
        digits = match[1]
        whole = re.fullmatch("[1-9][0-9]{0,3}", digits)
        if whole and family.low <= int(digits) <= family.high:
            return family.text(int(digits))
        numbers = f"{family.stem}-N is there for N = {family.low} to {family.high}"
        raise UnknownName("model", name[:80], family.members, where=numbers)
    return None


def escalation_ladder(rungs: int) -> str:
    """The model file of the ladder with so many rungs above the ground."""
    movers = ["first", "second"]
    nodes, outcomes = [], []
    for k in range(rungs):
        above = f"rung{k + 1}" if k + 1 < rungs else "top"
        nodes.append(
            f'[[nodes]]\nid = "rung{k}"\nplayer = "{movers[k % 2]}"\n'
            f'moves = {{ stop = "stop{k}", escalate = "{above}" }}\n'
        )
        worth = ["-L", "G"] if k % 2 == 0 else ["G", "-L"]
        outcomes.append(_outcome(f"stop{k}", f"The {movers[k % 2]} mover stops on rung {k}", worth, k))
    outcomes.append(_outcome("top", "The top of the ladder", ["-D", "-D"], rungs))
    play = " and ".join(f"rung{k} = {'escalate' if (rungs - 1 - k) % 2 else 'stop'}" for k in range(rungs))
    end, value = ("stop1", "G - eps") if rungs % 2 == 0 else ("stop0", "-L")
    return _LADDER.format(
        name=f"escalation-ladder-{rungs}",
        rungs=rungs,
        plural="" if rungs == 1 else "s",
        nodes="\n".join(nodes),
        outcomes="\n".join(outcomes),
        play=play,
        end=end,
        value=value,
        one_step=_ONE_STEP if rungs > 1 else "",
    )


def _outcome(name: str, label: str, worth: list[str], steps: int) -> str:
    """An outcome after so many steps; the first player takes steps 1, 3, 5 and so on, and pays for them."""
    taken = ((steps + 1) // 2, steps // 2)
    payoffs = [
        w + ("" if n == 0 else " - eps" if n == 1 else f" - {n}*eps")
        for w, n in zip(worth, taken, strict=True)
    ]
    return f'[outcomes.{name}]\nlabel = "{label}"\nfirst = "{payoffs[0]}"\nsecond = "{payoffs[1]}"\n'


_ONE_STEP: Final = """
[[claims]]
id = "at-most-one-step"
text = "At most one step is ever taken: a long ladder does not climb by itself."
every = "P(outcome = stop0) + P(outcome = stop1) == 1"
expect = "proved"
"""

_LADDER: Final = """\
# Built by a function, see deterrence.catalogue.families; there is one for every N from 1 to 40.
name = "{name}"
title = "Escalation ladder with {rungs} rung{plural} (N = 1 to 40)"
summary = \"\"\"
Two sides in turn either stop or go one rung higher. Who stops concedes, and the other side gains; at the \\
top both are worst off. Each step costs the side that takes it. Everybody sees everything and the top is \\
known, so the end settles the beginning: on the last rung the mover stops, one rung below it pays to \\
escalate, and so on down in turn.\"\"\"
kind = "extensive-form"
concept = "backward-induction"
sources = [
  {{ key = "Kahn1965", locus = "the ladder as a metaphor", status = "in the spirit of" }},
  {{ key = "ONeill1986", locus = "whole article", status = "compare" }},
]
assumptions = ["D > L", "eps < G + L"]

[parameters.G]
meaning = "gain when the other side stops"
domain = "G > 0"
example = "4"
range = ["0", "10"]

[parameters.L]
meaning = "loss of the side that stops"
domain = "L > 0"
example = "2"
range = ["0", "10"]

[parameters.D]
meaning = "loss of either side at the top"
domain = "D > 0"
example = "10"
range = ["0", "20"]

[parameters.eps]
meaning = "cost of a step to the side that takes it"
domain = "eps > 0"
example = "1"
range = ["0", "5"]

[players.first]
label = "First mover"

[players.second]
label = "Second mover"

{nodes}
{outcomes}
[[claims]]
id = "play"
text = "The mover on rung k escalates exactly if N - 1 - k is odd, here with N = {rungs}."
every = "{play}"
expect = "proved"

[[claims]]
id = "outcome"
text = "The ladder ends at once or after one step, as N is odd or even."
every = "P(outcome = {end}) == 1"
expect = "proved"
{one_step}
[[claims]]
id = "first-mover"
text = "The first mover concedes when N is odd, and wins at the cost of one step when N is even."
every = "payoff(first) == {value}"
expect = "proved"
"""

FAMILIES: Final = (Family("escalation-ladder", 1, 40, (2, 3, 4, 8, 12), escalation_ladder),)
