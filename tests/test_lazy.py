"""What is imported when: quick starts stay quick, and public names are what they say.

Each check runs in a fresh interpreter, since this one has imported everything already.
"""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import deterrence

HEAVY = ("sympy", "z3", "flint", "matplotlib", "scipy", "nashpy", "hypothesis")


def run(code: str) -> str:
    """Standard output of `code` in a fresh interpreter that sees the same `deterrence` as this one."""
    here = str(Path(deterrence.__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": here, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


REPORT = f"import sys; print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"


def test_import_loads_no_engine() -> None:
    assert run(f"import deterrence\n{REPORT}") == "LOADED []\n"


@pytest.mark.parametrize("arguments", [["--help"], ["solve", "--help"]])
def test_help_loads_no_engine(arguments: list[str]) -> None:
    code = f"""
import sys
sys.argv = ["deterrence", *{arguments!r}]
from deterrence.cli import main
try:
    main()
except SystemExit as stop:
    assert not stop.code, stop.code
{REPORT}
"""
    *help_text, report = run(code).splitlines()
    assert any("Usage" in line for line in help_text)
    assert report == "LOADED []"


def test_public_names_are_loaded_on_demand_and_hidden_by_no_subpackage() -> None:
    code = """
import pkgutil, importlib, types
import deterrence
for module in pkgutil.walk_packages(deterrence.__path__, "deterrence."):
    importlib.import_module(module.name)
for name in deterrence._HOME:
    assert name in dir(deterrence), name
    assert not isinstance(getattr(deterrence, name), types.ModuleType), name
print("fine")
"""
    assert run(code) == "fine\n"


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(deterrence.__file__).read_text(encoding="utf-8"))
    block = next(
        node
        for node in tree.body
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    )
    seen = {
        alias.asname or alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == deterrence._HOME


def test_an_unknown_name_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
        _ = deterrence.nothing_of_the_kind  # type: ignore[attr-defined]
