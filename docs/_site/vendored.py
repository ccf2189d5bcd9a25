"""MathJax from npm, copied beside the pages, so that formulas show without a network."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

PACKAGE = "mathjax@3.2.2"
SCRIPT = "tex-mml-chtml.js"
FONTS = Path("output", "chtml", "fonts", "woff-v2")


def provide_mathjax(vendor: Path) -> None:
    """Have the script and its fonts in `vendor/mathjax`; RuntimeError with the remedy where npm fails."""
    target = vendor / "mathjax"
    if (target / SCRIPT).exists():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("the formulas of this site need MathJax from npm: install Node.js and build again")
    with tempfile.TemporaryDirectory() as away:
        command = [npm, "install", "--silent", "--no-save", "--no-package-lock", "--ignore-scripts"]
        done = subprocess.run(
            [*command, "--prefix", away, PACKAGE], capture_output=True, text=True, check=False
        )
        source = Path(away, "node_modules", "mathjax", "es5")
        if done.returncode or not source.exists():
            raise RuntimeError(f"npm could not install {PACKAGE}: {done.stderr.strip() or done.returncode}")
        shutil.copytree(source / FONTS, target / FONTS, dirs_exist_ok=True)
        shutil.copyfile(source / SCRIPT, target / SCRIPT)
