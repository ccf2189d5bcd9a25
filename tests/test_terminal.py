"""The terminal: 80 columns are enough, colour where it is wanted, and progress where somebody waits for it."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

import deterrence as dt
from deterrence.catalogue.models import solve
from deterrence.catalogue.stability import stability
from deterrence.show.claims_text import check_page
from deterrence.show.paragraphs import to_text
from deterrence.show.stability_text import profiles_page, report_page
from deterrence.show.text import atlas_page, model_page
from deterrence.solve.profiles import ProfileAtlas

COMMAND = [str(Path(sys.executable).parent / "deterrence")]
SLOW = "import time; from deterrence.show.terminal import progress\nbar, step = progress({total})\n"
SLOW += "with bar:\n    step('thinking'); time.sleep({seconds})"
ANSWERED = ["strike-restrain", "proxy-tree", "militia-network", "enforcement-war-risk", "proxy-trio"]
LASTING = ["repeated-chicken", "enforcement"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
COLOURS = re.compile(r"\x1b\[[0-9;]*3[0-9][0-9;]*m")


def fits(text):
    return max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("name", list(dt.catalogue()))
def test_what_show_prints_fits_into_80_columns(name):
    assert fits(to_text(model_page(dt.load(name))))


@pytest.mark.parametrize("name", [*ANSWERED, *LASTING])
def test_what_solve_and_check_print_fits_into_80_columns(name):
    answer = solve(dt.load(name), None, False)
    page = profiles_page(answer) if isinstance(answer, ProfileAtlas) else atlas_page(answer)
    assert fits(to_text(page)) and fits(to_text(check_page(name, dt.check(name)[:5])))


@pytest.mark.parametrize("name", LASTING)
def test_what_stabilise_prints_fits_into_80_columns(name):
    assert fits(to_text(report_page(stability(name))))


def on_terminal(command, columns=80, **more):
    """What a command writes to a terminal, both streams, with colours if it likes."""
    here, there = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    env |= {"TERM": "xterm-256color", "COLUMNS": str(columns), **more}
    running = subprocess.Popen(command, stdout=there, stderr=there, stdin=there, env=env)
    os.close(there)
    found = b""
    while True:
        try:
            piece = os.read(here, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        found += piece
    os.close(here)
    assert running.wait(60) == 0
    return found.decode()


def test_colour_on_a_terminal_and_none_where_it_is_not_wanted():
    command = [*COMMAND, "solve", "strike-restrain"]
    coloured = on_terminal(command)
    assert COLOURS.search(coloured)
    plain = on_terminal(command, NO_COLOR="1")
    assert not COLOURS.search(plain)
    piped = subprocess.run(command, capture_output=True, text=True, timeout=900, check=True)
    assert not ESCAPES.search(piped.stdout) and piped.stderr == ""
    assert not any(line != line.rstrip() for line in piped.stdout.splitlines())
    for text in (coloured, plain):
        lines = [re.sub(r".*\r(?!$)", "", ESCAPES.sub("", line)).rstrip() for line in text.split("\n")]
        assert "\n".join(lines).split() == piped.stdout.split() and all(len(x) <= 80 for x in lines)


@pytest.mark.parametrize("total", [1, 5])
def test_progress_is_told_to_who_waits_at_a_terminal(total):
    slow = [sys.executable, "-c", SLOW.format(total=total, seconds=1.5)]
    assert "thinking" in on_terminal(slow)
    done = subprocess.run(slow, capture_output=True, text=True, timeout=900, check=True)
    assert done.stdout == done.stderr == ""


def test_what_is_quick_says_nothing():
    assert "thinking" not in on_terminal([sys.executable, "-c", SLOW.format(total=1, seconds=0)])
