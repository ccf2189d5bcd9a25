"""The report on a model as PDF, made by LaTeX where it is installed, else printed by a browser.

The programs are looked for by their usual names; both work on files in a temporary folder, with no network.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from deterrence.catalogue.checking import Result
from deterrence.catalogue.models import Model, solve
from deterrence.errors import OutOfScope
from deterrence.show.explorer_data import explorable, main_axes
from deterrence.show.report import report_html
from deterrence.show.report_latex import report_latex

LATEX: Final = ("pdflatex", "tectonic", "xelatex", "lualatex")
BROWSERS: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"),
    *("msedge", "brave-browser", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
_SECONDS: Final = 180
_REMEDY: Final = (
    "install LaTeX (pdflatex or tectonic) or a browser (Chromium, Chrome or Edge), or write the report with "
    "--format html and print that page from any browser"
)


def report_pdf(model: Model, results: Sequence[Result]) -> bytes:
    """The PDF file's bytes; `results` are the model's claims with their verdicts.

    Raises OutOfScope, with the remedy, where there is neither LaTeX nor a browser, or neither makes a file.
    """
    makers = [(p, _by_latex) for p in _installed(LATEX)] + [(p, _by_browser) for p in _installed(BROWSERS)]
    if not makers:
        raise OutOfScope(f"a PDF file needs LaTeX or a browser, and neither was found; {_REMEDY}")
    for program, make in makers:
        with tempfile.TemporaryDirectory(prefix="deterrence-") as folder:
            made = make(program, Path(folder), model, results)
            if made is not None and made.exists():
                return made.read_bytes()
    tried = ", ".join(Path(program).name for program, _ in makers)
    raise OutOfScope(f"no PDF file was made by {tried}; {_REMEDY}")


def _installed(names: Sequence[str]) -> list[str]:
    return [found for name in names if (found := shutil.which(name)) is not None]


def _by_latex(program: str, folder: Path, model: Model, results: Sequence[Result]) -> Path | None:
    picture = _picture(model, folder)
    (folder / "report.tex").write_text(report_latex(model, results, picture), encoding="utf-8")
    options = [] if "tectonic" in program else ["-interaction=nonstopmode", "-halt-on-error"]
    times = 1 if "tectonic" in program else 2  # long tables learn their widths in the first run
    if all(_run([program, *options, "report.tex"], folder) for _ in range(times)):
        return folder / "report.pdf"
    return None


def _by_browser(program: str, folder: Path, model: Model, results: Sequence[Result]) -> Path | None:
    page, made = folder / "report.html", folder / "report.pdf"
    page.write_text(report_html(model, results), encoding="utf-8")
    options = ["--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
    options += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", page.as_uri()]
    # where it may not build its own sandbox (as root, in a container) a browser does not start without this
    done = _run([program, *options], folder) or _run([program, "--no-sandbox", *options], folder)
    return made if done else None


def _run(command: Sequence[str], folder: Path) -> bool:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _picture(model: Model, folder: Path) -> str | None:
    """The phase diagram as a file in the folder, where there is one."""
    names = model.domain.names
    if not explorable(model) or len(names) < 2 or len(model.domain.example) < len(names):
        return None
    from matplotlib.figure import Figure

    from deterrence.show.phase_plot import plot_phase

    figure = Figure(figsize=(8.5, 5.2), layout="constrained")
    plot_phase(solve(model, None, False), *main_axes(model), axes=figure.subplots())
    figure.savefig(folder / "phase.pdf", metadata={"CreationDate": None})
    return "phase.pdf"
