"""The import order of the packages: each may use only those to its left.

Whatever the parser sees counts: imports inside functions and under TYPE_CHECKING too.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import deterrence

ORDER = ("errors", "algebra", "games", "solve", "study", "catalogue", "show", "testing", "commands", "cli")
ROOT = Path(deterrence.__file__).parent


def layer(path: Path) -> str:
    """The layer of a file, from its place below the package: `algebra/x.py` and `errors.py` alike."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def package_files() -> list[Path]:
    """Every Python file of the package but its own `__init__`, which re-exports from all layers."""
    return sorted(p for p in ROOT.rglob("*.py") if p != ROOT / "__init__.py")


def faults(source: str, here: str) -> Iterator[str]:
    """The imports in a source text that a file of layer `here` must not have."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom):
            if node.level:
                yield "a relative import"
            elif node.module is not None:
                names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] != "deterrence":
                continue
            if len(parts) == 1:
                yield "an import from the top of the package"
            elif ORDER.index(parts[1]) > ORDER.index(here):
                yield f"an import of {name}"


def test_every_file_belongs_to_a_layer() -> None:
    assert sorted({layer(p) for p in package_files()} - set(ORDER)) == []


def test_imports_point_one_way() -> None:
    found = [
        f"{path.relative_to(ROOT)} has {fault}"
        for path in package_files()
        for fault in faults(path.read_text(encoding="utf-8"), layer(path))
    ]
    assert found == []


def test_package_inits_hold_at_most_a_docstring() -> None:
    inits = [p for p in package_files() if p.name == "__init__.py"]
    trees = {str(p.relative_to(ROOT)): ast.parse(p.read_text(encoding="utf-8")) for p in inits}
    with_code = [
        name
        for name, tree in trees.items()
        if len(tree.body) > 1 or (tree.body and ast.get_docstring(tree) is None)
    ]
    assert with_code == []


@pytest.mark.parametrize(
    ("source", "here", "expected"),
    [
        ("from deterrence.solve.nash import nash", "games", ["an import of deterrence.solve.nash"]),
        ("def f():\n    import deterrence.cli", "show", ["an import of deterrence.cli"]),
        ("from . import regions", "algebra", ["a relative import"]),
        ("from deterrence import NormalForm", "cli", ["an import from the top of the package"]),
        ("from deterrence.errors import GameError\nimport sympy", "solve", []),
    ],
)
def test_the_check_itself_sees_what_it_should(source: str, here: str, expected: list[str]) -> None:
    assert list(faults(source, here)) == expected
