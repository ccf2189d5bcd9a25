"""The starter model that `deterrence new` writes: small, commented, and right from the first run."""

from __future__ import annotations

import re
from pathlib import Path

from deterrence.errors import DeterrenceError

_STARTER = """\
# A model of your own.  Change one thing at a time and run:  deterrence solve {path}
# Texts in quotes are expressions or conditions: + - * / ** min max abs, < <= > >= == !=, and or not.
name = "{name}"
title = "Threaten or wait"
summary = "A retaliator may strike; a group may go on attacking. Replace this by your own story."
kind = "normal-form"
concept = "nash"                       # or "pure-nash"
assumptions = ["s > g"]                # conditions on several parameters together; all hold throughout

[parameters.g]
meaning = "gain of the group from an attack"
domain = "g > 0"
example = "1"                          # a point to start from; fractions and decimals are exact
range = ["0", "4"]                     # for pictures and sliders

[parameters.s]
meaning = "damage that a strike does to an attacking group"
domain = "s > 0"
example = "3"
range = ["0", "6"]

[parameters.c]
meaning = "cost of a strike to the retaliator"
domain = "c > 0"
example = "1"
range = ["0", "4"]

[parameters.b]
meaning = "benefit of a strike that meets an attack"
domain = "b > 0"
example = "2"
range = ["0", "4"]

[players.us]
label = "Retaliator"
actions = ["strike", "wait"]

[players.militia]
label = "Armed group"
actions = ["attack", "halt"]

[[payoffs]]                            # one block for each combination of actions
when = {{ us = "strike", militia = "attack" }}
us = "b - c"
militia = "g - s"

[[payoffs]]
when = {{ us = "strike", militia = "halt" }}
us = "-c"
militia = "0"

[[payoffs]]
when = {{ us = "wait", militia = "attack" }}
us = "0"
militia = "g"

[[payoffs]]
when = {{ us = "wait", militia = "halt" }}
us = "0"
militia = "0"

[[claims]]                             # what you believe; check decides it for every parameter value
id = "strikes-end-attacks"
text = "In every equilibrium the group surely halts."
every = "militia = halt"
expect = "refuted"                     # proved, refuted, undecided, or the exact region where it holds

[[claims]]
id = "attack-rate"
text = "When striking pays, the group attacks with probability c/b."
given = "b > c"
every = "P(militia = attack) == c/b"
expect = "proved"
"""


def write_starter(path: str | Path) -> Path:
    """Write the starter model to a new file, named after it, and return the path (.toml is added if missing).

    Raises DeterrenceError when the file exists, cannot be written, or has an unsuitable name.
    """
    target = Path(path)
    if target.name and not target.suffix:
        target = target.with_suffix(".toml")
    name = target.stem
    if target.suffix != ".toml" or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise DeterrenceError(
            f"{str(path)!r} is not a suitable file name; use small letters, digits and hyphens "
            "and end in .toml, such as my-model.toml"
        )
    try:
        with target.open("x", encoding="utf-8") as out:
            out.write(_STARTER.format(name=name, path=target.as_posix()))
    except FileExistsError:
        raise DeterrenceError(f"{target} exists already; choose another name") from None
    except OSError as fault:
        raise DeterrenceError(f"cannot write {target}: {fault.strerror}; choose another folder") from fault
    return target
