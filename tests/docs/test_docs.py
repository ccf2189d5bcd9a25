"""What the documents say is true: their commands give the output shown, and their code and models run.

- `console` blocks: each line after `$` is run, and the lines below it must occur in its output in this order;
  `…` stands for lines left out.
- `python` blocks run as they stand, those of a notebook's exercises too.
- `toml` blocks with a name are complete models: they must load, and every claim must be as expected.
"""

import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

import deterrence as dt
from deterrence import cli

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(text) if found == language]


def complete_models(text: str) -> list[str]:
    return [block for block in blocks(text, "toml") if block.startswith("name = ")]


def page_blocks(language: str) -> list[object]:
    return [
        pytest.param(page, block, id=f"{page.name}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks(page.read_text(encoding="utf-8"), language), start=1)
    ]


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, [line for line in shown if line.strip() not in ("", "…")]


def missing(shown: list[str], output: str) -> list[str]:
    """The lines shown that the output does not have, or not in this order."""
    lines = iter([line.rstrip() for line in output.splitlines()])
    return [line for line in shown if line.rstrip() not in lines]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the complete model files of the documents."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for page in PAGES:
        for text in complete_models(page.read_text(encoding="utf-8")):
            (tmp_path / f"{tomllib.loads(text)['name']}.toml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("page", "block"), page_blocks("console"))
def test_commands_print_what_is_shown(
    page: Path,
    block: str,
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command, shown in commands(block):
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        try:
            cli.main()
        except SystemExit as stop:
            assert not stop.code, (command, capsys.readouterr().err)
        assert missing(shown, capsys.readouterr().out) == [], command


def test_the_check_itself_sees_what_is_missing_and_what_is_out_of_order() -> None:
    assert missing(["a", "b"], "a\nx\nb  \n") == []
    assert missing(["a", "c"], "a\nb\n") == ["c"]
    assert missing(["b", "a"], "a\nb\n") == ["a"]
    assert list(commands("$ deterrence list\n…\n one\n$ deterrence schema\n")) == [
        ("deterrence list", [" one"]),
        ("deterrence schema", []),
    ]


def test_every_command_is_described() -> None:
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert [name for name in cli.commands.commands if f"`{name}`" not in text] == []


def test_the_tour_of_the_readme_runs(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tour = re.findall(r"^\| `(deterrence [^`]*)` \|", PAGES[0].read_text(encoding="utf-8"), re.MULTILINE)
    assert len(tour) >= len(cli.commands.commands)
    for command in tour:
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        try:
            cli.main()
        except SystemExit as stop:
            assert not stop.code, (command, capsys.readouterr().err)
        assert capsys.readouterr().out.strip(), command


@pytest.mark.parametrize(("page", "block"), page_blocks("python"))
def test_python_of_the_documents_runs(page: Path, block: str, desk: Path) -> None:
    exec(compile(block, page.name, "exec"), {"__name__": "a_document"})


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_solutions_of_the_exercises_run(notebook: Path, desk: Path) -> None:
    cells = nbformat.read(notebook, as_version=4).cells
    solutions = [b for c in cells if c.cell_type == "markdown" for b in blocks(c.source, "python")]
    assert len(solutions) >= 3
    for solution in solutions:
        exec(compile(solution, notebook.name, "exec"), {"__name__": "a_solution"})


@pytest.mark.parametrize(("page", "block"), page_blocks("toml"))
def test_toml_of_the_documents(page: Path, block: str) -> None:
    if block not in complete_models(page.read_text(encoding="utf-8")):
        assert "fragment" in block
        assert tomllib.loads(block)
        return
    results = dt.check(dt.from_text(block))
    assert results
    assert [(r.claim.id, r.remark) for r in results if not r.as_expected] == []


def test_the_fragment_is_a_claim_of_the_complete_example() -> None:
    text = (ROOT / "docs" / "model-files.md").read_text(encoding="utf-8")
    [fragment] = [b for b in blocks(text, "toml") if "fragment" in b]
    claim = '\n[[claims]]\nid = "added"\ntext = "A fragment."\n' + fragment
    results = dt.check(dt.from_text(complete_models(text)[0] + claim))
    assert results[-1].claim.id == "added"
    assert results[-1].as_expected


def test_the_faults_shown_are_those_of_the_example() -> None:
    text = (ROOT / "docs" / "model-files.md").read_text(encoding="utf-8")
    [shown] = [b for b in blocks(text, "text") if "faults" in b]
    wrong = complete_models(text)[0].replace('concept = "nash"', 'concept = "nash"\ncolour = "red"')
    wrong = wrong.replace('"p > 0"', '"p > 0 and z < 1"').replace('"g - loss"', '"g - nan"')
    with pytest.raises(dt.ModelError) as caught:
        dt.from_text(wrong, "truce-watch.toml")
    said = str(caught.value).splitlines()
    for line, actual in zip(shown.splitlines(), said, strict=True):
        assert actual.startswith(line.rstrip("…").rstrip())


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS], ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert broken == []


def test_the_two_commands_of_the_readme() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    assert [line.split("#")[0].strip() for line in blocks(text, "sh")[0].splitlines()] == [
        "python3 dev.py ledger",
        "python3 dev.py test",
    ]
