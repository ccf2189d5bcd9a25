"""The pictures of the how-to page: below each block of `deterrence plot` commands, what they draw."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from click.testing import CliRunner

from deterrence.cli import commands

PAGE = "how-to/pictures"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def with_pictures(text: str) -> str:
    """The text of a page with the pictures put in, as SVG inside the page."""
    return _BLOCK.sub(lambda block: f"{block[0]}\n\n{''.join(_figures(block[1]))}", text)


def _figures(block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith("$ deterrence plot "):
            arguments = shlex.split(line)[2:]
            at = arguments.index("--output")
            drawn = (
                CliRunner()
                .invoke(
                    commands,
                    [*arguments[:at], *arguments[at + 2 :]],
                    catch_exceptions=False,
                    standalone_mode=False,
                )
                .output
            )
            svg = drawn[drawn.index("<svg") :]
            yield f"```{{raw}} html\n<figure class='picture'>{svg.strip()}</figure>\n```\n"
