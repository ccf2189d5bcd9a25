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
DOCS = ROOT / "docs"
MADE = (DOCS / "_build", DOCS / "generated")  # by a build of the site
PAGES = [
    ROOT / "README.md",
    *sorted(p for p in DOCS.rglob("*.md") if not any(made in p.parents for made in MADE)),
]
WALKED = DOCS / "how-to" / "write-your-own-model.md"  # read from top to bottom, as a newcomer would
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(text: str, language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(text) if found == language]


def complete_models(text: str) -> list[str]:
    return [block for block in blocks(text, "toml") if block.startswith("name = ")]


def page_blocks(language: str, without: Path | None = None) -> list[object]:
    return [
        pytest.param(page, block, id=f"{page.name}-{number}")
        for page in PAGES
        if page != without
        for number, block in enumerate(blocks(page.read_text(encoding="utf-8"), language), start=1)
    ]


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the lines shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, [line for line in shown if line.strip() not in ("", "…")]


def missing(shown: list[str], output: str) -> list[str]:
    """The lines shown that the output does not have, or not in this order; `…` at an end leaves that out."""
    lines = iter([line.rstrip() for line in output.splitlines()])
    return [line for line in shown if not any(fits(line.rstrip(), said) for said in lines)]


def fits(shown: str, said: str) -> bool:
    """Whether a line is what is shown, or begins with it where `…` stands at the end."""
    return said.startswith(shown[:-1].rstrip()) if shown.endswith("…") else said == shown


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with the complete model files of the documents."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for page in PAGES:
        for text in complete_models(page.read_text(encoding="utf-8")):
            (tmp_path / f"{tomllib.loads(text)['name']}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def run_console(block: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Run the commands of a block; what is shown must be in what they print."""
    for command, shown in commands(block):
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        try:
            cli.main()
        except SystemExit as stop:
            assert not stop.code, (command, capsys.readouterr().err)
        assert missing(shown, capsys.readouterr().out) == [], command


@pytest.mark.parametrize(("page", "block"), page_blocks("console", without=WALKED))
def test_commands_print_what_is_shown(
    page: Path,
    block: str,
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_console(block, monkeypatch, capsys)


def test_a_model_written_by_following_the_page_word_by_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    model = tmp_path / "standoff.toml"
    steps = BLOCK.findall(WALKED.read_text(encoding="utf-8"))
    assert [language for language, _ in steps][:2] == ["toml", "console"]
    for language, body in steps:
        if language == "toml":
            before = "" if not model.exists() else model.read_text(encoding="utf-8") + "\n"
            model.write_text(before + body, encoding="utf-8")
        else:
            assert language == "console"
            run_console(body, monkeypatch, capsys)
    assert (tmp_path / "standoff.html").exists()


def test_the_check_itself_sees_what_is_missing_and_what_is_out_of_order() -> None:
    assert missing(["a", "b"], "a\nx\nb  \n") == []
    assert missing(["a", "c"], "a\nb\n") == ["c"]
    assert missing(["b", "a"], "a\nb\n") == ["a"]
    assert missing(["proved, …", "b…"], "proved, all\na\n") == ["b…"]
    assert list(commands("$ deterrence list\n…\n one\n$ deterrence schema\n")) == [
        ("deterrence list", [" one"]),
        ("deterrence schema", []),
    ]


def test_every_command_is_described() -> None:
    text = (DOCS / "command-line.md").read_text(encoding="utf-8")
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
    text = (DOCS / "model-files.md").read_text(encoding="utf-8")
    [fragment] = [b for b in blocks(text, "toml") if "fragment" in b]
    claim = '\n[[claims]]\nid = "added"\ntext = "A fragment."\n' + fragment
    results = dt.check(dt.from_text(complete_models(text)[0] + claim))
    assert results[-1].claim.id == "added"
    assert results[-1].as_expected


def test_the_faults_shown_are_those_of_the_example() -> None:
    text = (DOCS / "model-files.md").read_text(encoding="utf-8")
    [shown] = [b for b in blocks(text, "text") if "faults" in b]
    wrong = complete_models(text)[0].replace('concept = "nash"', 'concept = "nash"\ncolour = "red"')
    wrong = wrong.replace('"p > 0"', '"p > 0 and z < 1"').replace('"g - loss"', '"g - nan"')
    with pytest.raises(dt.ModelError) as caught:
        dt.from_text(wrong, "truce-watch.toml")
    said = str(caught.value).splitlines()
    for line, actual in zip(shown.splitlines(), said, strict=True):
        assert actual.startswith(line.rstrip("…").rstrip())


@pytest.mark.parametrize("page", [*PAGES, *NOTEBOOKS, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = [link for link in local_links(text) if not leads(page, *link)]
    assert broken == []


def local_links(text: str) -> list[tuple[str, str]]:
    """The files that a page links to, each with the heading in it; code and other sites left out."""
    plain = re.sub(r"`[^`\n]+`", "", BLOCK.sub("", text))
    return [m for m in re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", plain) if "://" not in m[0]]


def leads(page: Path, file: str, heading: str) -> bool:
    """Whether a link has its file and its heading; what a build of the site makes is known by its writer."""
    target = (page.parent / file).resolve() if file else page
    if MADE[1] in target.parents:
        return target.relative_to(MADE[1]).as_posix() in MADE_PAGES
    if not target.exists():
        return False
    return not heading or heading in anchors(target.read_text(encoding="utf-8"))


def anchors(text: str) -> set[str]:
    """The headings of a page as they stand in links to it."""
    found = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower().replace("`", "")).replace(" ", "-") for h in found}


MADE_PAGES = {
    *(f"models/{name}.md" for name in (*dt.catalogue(), "index")),
    *(f"lessons/{path.name}" for path in NOTEBOOKS),
    *(
        f"api/{topic}.md"
        for topic in ("index", "files", "games", "equilibria", "questions", "regions", "testing")
    ),
    *("article-claims.md", "literature.md", "commands.md", "errors.md", "model-file-keys.md"),
}


def test_links_are_found_and_followed() -> None:
    text = "# A page\n\n[a](b.md#c-d) `[x](y)` [up](#a-page) [z](https://example.org)\n```text\n[q](r)\n```\n"
    assert local_links(text) == [("b.md", "c-d"), ("", "a-page")]
    here = DOCS / "command-line.md"
    assert leads(here, "model-files.md", "trees")
    assert not leads(here, "model-files.md", "no-such-heading")
    assert not leads(here, "no-such-page.md", "")
    assert not leads(here, "generated/models/no-such-model.md", "")


def test_every_page_is_reached_from_another() -> None:
    linked = {
        (page.parent / file).resolve()
        for page in PAGES
        for file, _ in local_links(page.read_text(encoding="utf-8"))
    }
    assert [p.name for p in PAGES[1:] if p not in linked and p != DOCS / "index.md"] == []


def test_works_cited_are_in_the_bibliography() -> None:
    known = set(
        re.findall(r"^@\w+\{([^,]+),", (ROOT / "models" / "references.bib").read_text(encoding="utf-8"), re.M)
    )
    cited = {
        key.strip()
        for page in PAGES
        for keys in re.findall(r"\{cite:\w+\}`([^`]+)`", page.read_text(encoding="utf-8"))
        for key in keys.split(",")
    }
    assert cited - known == set()


def test_the_two_commands_of_the_readme() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    assert [line.split("#")[0].strip() for line in blocks(text, "sh")[0].splitlines()] == [
        "python3 dev.py ledger",
        "python3 dev.py test",
    ]
