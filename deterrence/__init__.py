"""Exact symbolic game theory: every equilibrium, the region where it exists, and a proof.

The names below are loaded when they are first used, so that `import deterrence` stays quick: neither
SymPy, z3, python-flint nor matplotlib is imported before it is needed (PEP 562).  To publish a name, add
it to `_HOME` and, for type checkers, to the imports under `TYPE_CHECKING`; a test keeps the two equal.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from deterrence.errors import DeterrenceError as DeterrenceError
    from deterrence.errors import ModelError as ModelError

__version__ = "0.1.0"

_HOME = {
    "DeterrenceError": "deterrence.errors",
    "ModelError": "deterrence.errors",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})


class _Package(ModuleType):
    """This package as a module on which importing a subpackage hides no public name.

    `deterrence.solve` is a verb, and a subpackage has the same name; the import system would set the
    attribute to the subpackage as soon as anything is imported from it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
