"""What the site is generated from is complete, without building it: names, errors, commands, keys, links."""

import inspect
import re
import sys
from pathlib import Path

import pytest

import deterrence as dt
from deterrence import cli
from deterrence import errors as library_errors
from deterrence.catalogue.schema import CONCEPTS

DOCS = Path(__file__).parent.parent.parent / "docs"
sys.path.insert(0, str(DOCS))

from _site import api, commands, docstrings, errors, format_of_files, links, literature, pictures  # noqa: E402


def test_every_public_name_has_one_entry() -> None:
    text = "\n".join([*api.pages().values(), *errors.pages().values()])
    found = re.findall(r"^`````\{py:\w+\} deterrence\.(\w+)\b(?!\.)", text, re.MULTILINE)
    assert sorted(found) == sorted([*dt._HOME])


def test_classes_that_come_back_are_described() -> None:
    pages = api.pages()
    for name in ("solve.atlas.Equilibrium", "solve.atlas.Cell", "solve.profiles.ProfileAtlas"):
        assert sum(f"{{py:class}} deterrence.{name}" in text for text in pages.values()) == 1


def test_every_error_is_shown_with_what_it_said() -> None:
    text = errors.pages()["errors.md"]
    for name, c in vars(library_errors).items():
        if inspect.isclass(c) and issubclass(c, library_errors.DeterrenceError):
            assert re.search(rf"\{{py:exception\}} deterrence\.(errors\.)?{name}\n", text)
    assert "did you mean 'strike-restrain'?" in " ".join(text.split())
    with pytest.raises(RuntimeError, match="raised nothing"):
        errors.said("1 + 1", library_errors.GameError)


def test_every_command_and_option_is_listed() -> None:
    text = commands.pages()["commands.md"]
    for name, command in cli.commands.commands.items():
        section = text.split(f"(command-{name})=")[1].split("(command-")[0]
        for option in (o for p in command.params for o in p.opts if o.startswith("--")):
            assert f"`{option}" in section, (name, option)


def test_every_kind_of_model_file_has_its_keys() -> None:
    text = format_of_files.pages()["model-file-keys.md"]
    for kind in CONCEPTS:
        assert f'## kind = "{kind}"' in text
    targets = set(re.findall(r"^\((entry-\w+)\)=$", text, re.MULTILINE))
    assert set(re.findall(r"\(#(entry-\w+)\)", text)) <= targets
    assert len(targets) > 10


def test_docstrings_keep_their_text_and_their_examples() -> None:
    made = docstrings.as_myst("Uses `nash` and x_1 * y.\n\n>>> 1 + 1\n2\n\n>>> 2 * 2\n4", ["nash"])
    assert made.splitlines()[0] == r"Uses {py:obj}`nash <deterrence.nash>` and x\_1 \* y."
    assert made.count("```pycon") == 1 and ">>> 2 * 2\n4" in made
    assert docstrings.as_myst("`nash` alone", ["nash"], own="nash") == "`nash` alone"


@pytest.mark.parametrize(
    ("page", "link", "expected"),
    [
        ("architecture.md", "decisions", "decisions/index.md"),
        ("concepts/beliefs.md", "../../models/article/inspection.toml", "../generated/models/inspection.md"),
        (
            "tutorials/index.md",
            "../../examples/01_strike_or_restrain.ipynb",
            "../generated/lessons/01_strike_or_restrain.ipynb",
        ),
        ("project/index.md", "../../CONTRIBUTING.md#tests", "../generated/contributing.md#tests"),
        ("how-to/cite.md", "../glossary.md", "../glossary.md"),
        ("how-to/cite.md", "https://example.org/a.toml", "https://example.org/a.toml"),
    ],
)
def test_links_to_files_lead_to_pages(page: str, link: str, expected: str) -> None:
    assert links.to_pages(f"[x]({link})", DOCS / page) == f"[x]({expected})"


@pytest.mark.parametrize(
    ("condition", "parts"),
    [
        ("a > 0", 1),
        ("a > 0 and b > 0", 2),
        ("a > 0 and (b > 0 or c*(a + b) > 0)", 3),
        ("(a + b)*(c + d) > 0 or (a > 0 and b > 0)", 3),
        ("exists x: x > a and x < b", 0),
    ],
)
def test_long_conditions_break_at_their_words(condition: str, parts: int) -> None:
    assert pictures.math(condition, condition=True).count("<math>") == parts


def test_the_literature_has_a_section_a_part_and_its_tags() -> None:
    text = literature.page(dt.canon("Zagare"))
    assert text.count("\n## ") == 2 and text.count("{cite:t}`ZagareKilgour2000`") == 7
    assert text.count("(payoff order as in its summaries; conditions derived anew)") == 7
    assert "NOT AS EXPECTED" not in text and "<mtext>hreshold" not in text
