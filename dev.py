"""Set up and run the project with nothing but Python and pip.

    python3 dev.py ledger        any command of `deterrence`: list, solve strike-restrain, ...
    python3 dev.py test          every check: lint, format, types, tests, notebooks
    python3 dev.py lessons       the notebooks in examples/, opened in a browser
    python3 dev.py docs          the site, docs/_build/html/index.html; a warning counts as a failure

All make `.venv` beside this file when it is missing, and bring it up to date when `pyproject.toml` or
`constraints.txt` changed.  Messages go to standard error, so that `--json` output stays clean.  Standard
library only; works without `ensurepip` (as on Debian) and on Windows.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (the message is for whoever runs an older one)
    sys.exit(f"deterrence needs Python 3.11 or newer, and this is {sys.version.split()[0]}: use a newer one.")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / f"python{SUFFIX}"
STAMP = VENV / "deterrence-setup.json"
BASE = getattr(sys, "_base_executable", None) or sys.executable  # outside any environment

# Children write bytecode (imports are four times slower without) and install into .venv, nowhere else.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME")}
ENVIRONMENT.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0", PYTHONUTF8="1")


def say(text: str) -> None:
    """A line for the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def quietly(command: list[str], purpose: str) -> None:
    """Run a command of the set-up; show what it printed only if it fails."""
    done = subprocess.run(
        command, env=ENVIRONMENT, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        say(done.stdout.decode("utf-8", "replace").strip())
        sys.exit(f"dev.py: could not {purpose} (exit {done.returncode}); the lines above say why.")


def succeeds(command: list[str]) -> bool:
    """Whether a command can be run and exits with 0, whatever it prints."""
    try:
        done = subprocess.run(command, env=ENVIRONMENT, cwd=ROOT, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def pip() -> list[str]:
    """A pip that installs into .venv: the caller's own if it has one, else one bootstrapped there."""
    if succeeds([BASE, "-m", "pip", "--version"]):
        return [BASE, "-m", "pip", "--python", str(PYTHON)]
    inside = [str(PYTHON), "-m", "pip"]
    if succeeds([*inside, "--version"]) or succeeds([str(PYTHON), "-m", "ensurepip"]):
        return inside
    sys.exit(
        f"dev.py: {BASE} has no pip; install it (on Debian: apt install python3-pip) and run this again."
    )


def wanted_key() -> str:
    """Changes whenever the environment must be brought up to date."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def read_stamp() -> dict[str, object]:
    """What the last complete set-up installed; empty if there was none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def prepare(extra: str = "") -> None:
    """Make .venv hold the project with its dependencies and one extra, doing nothing if it does already."""
    same_python = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    usable = succeeds([str(PYTHON), "-c", same_python])
    stamp, key = read_stamp() if usable else {}, wanted_key()
    before = stamp.get("extras")
    extras = {str(e) for e in before} if isinstance(before, list) else set()
    if usable and stamp.get("key") == key and (not extra or extra in extras):
        return
    if not usable:
        if Path(sys.prefix).resolve() == VENV.resolve():
            sys.exit("dev.py: .venv is damaged and cannot repair itself; run dev.py with another Python.")
        say(f"dev.py: making .venv with Python {sys.version.split()[0]}")
        try:
            venv.EnvBuilder(clear=True, with_pip=False, symlinks=os.name != "nt").create(VENV)
        except (OSError, subprocess.CalledProcessError) as error:
            sys.exit(f"dev.py: could not make {VENV}: {error}")
    extras |= {extra} if extra else set()
    target = f".[{','.join(sorted(extras))}]" if extras else "."
    say(f"dev.py: installing deterrence{target[1:]} and what it needs (the first time takes a minute or two)")
    STAMP.unlink(missing_ok=True)
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    quietly([*pip(), "install", "-qq", *constraints, "--editable", target], "install the dependencies")
    site = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([str(PYTHON), "-c", site], capture_output=True, text=True, check=True)
    succeeds([str(PYTHON), "-m", "compileall", "-q", "-j", "0", packages.stdout.strip()])  # bytecode for all
    STAMP.write_text(json.dumps({"key": key, "extras": sorted(extras)}) + "\n", encoding="utf-8")


def notebooks() -> list[Path]:
    """The numbered lessons."""
    return sorted((ROOT / "examples").glob("*.ipynb"))


def notebooks_with_outputs() -> list[str]:
    """What must be cleared before a notebook is committed: a line for each cell that was left with output."""
    return [
        f"{path.name}, cell {number}: has outputs; clear them before committing"
        for path in notebooks()
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], start=1)
        if cell.get("outputs") or cell.get("execution_count") is not None
    ]


def check_outputs() -> bool:
    """Report notebooks that carry outputs."""
    faults = notebooks_with_outputs()
    print("\n".join(faults) or f"{len(notebooks())} notebooks, none with outputs", flush=True)
    return not faults


def run(command: list[str]) -> int:
    """Run a command in .venv in the foreground and give its exit code."""
    path = os.pathsep.join([str(SCRIPTS), ENVIRONMENT.get("PATH", "")])
    return subprocess.run(command, cwd=ROOT, env={**ENVIRONMENT, "PATH": path}, check=False).returncode


def test() -> int:
    """Run every check, all of them even if one fails, and sum them up."""
    prepare("test")
    python, books = [str(PYTHON), "-m"], map(str, notebooks())
    commands = {
        "ruff check": [*python, "ruff", "check", "."],
        "ruff format": [*python, "ruff", "format", "--check", "."],
        "mypy --strict": [*python, "mypy"],
        # the client may miss a reply of the kernel until the time for a cell is up, so that time is short
        "notebooks": [*python, "pytest", "--nbmake", "--nbmake-timeout=120", "-n", "2", *books],
        "tests": [*python, "pytest", "-n", "2"],
    }
    results = []
    for name, command in [("notebook outputs", None), *commands.items()]:
        print(f"\n== {name}", flush=True)
        start = time.monotonic()
        passed = check_outputs() if command is None else run(command) == 0
        results.append((name, passed, time.monotonic() - start))
    print("\n== summary", flush=True)
    for name, passed, seconds in results:
        print(f"{'passed' if passed else 'FAILED'}  {name} ({seconds:.0f} s)", flush=True)
    return 0 if all(passed for _, passed, _ in results) else 1


def lessons(options: list[str]) -> int:
    """Open the notebooks; what follows goes to JupyterLab, such as `--no-browser`."""
    prepare("notebook")
    first = notebooks()[0].relative_to(ROOT).as_posix()
    return run([str(PYTHON), "-m", "jupyterlab", *options, first])


def docs() -> int:
    """Build the site; its formulas need MathJax from npm, the rest Python alone."""
    prepare("docs")
    source, target = ROOT / "docs", ROOT / "docs" / "_build" / "html"
    failed = run(
        [str(PYTHON), "-m", "sphinx", "-n", "-W", "-E", "--keep-going", "-q", str(source), str(target)]
    )
    if not failed:
        say(f"dev.py: open {target / 'index.html'}")
    return failed


def main(arguments: list[str]) -> int:
    """Dispatch on the first word."""
    if not arguments or arguments[0] in ("-h", "--help"):
        say(__doc__ or "")
        return 0 if arguments else 2
    if arguments[0] == "lessons":
        return lessons(arguments[1:])
    if arguments[0] in ("test", "docs"):
        if len(arguments) > 1:
            hint = "; for one test use .venv/bin/pytest" if arguments[0] == "test" else ""
            sys.exit(f"dev.py: `{arguments[0]}` takes nothing after it{hint}")
        return test() if arguments[0] == "test" else docs()
    prepare()
    here = Path.cwd()
    return subprocess.run(
        [str(SCRIPTS / f"deterrence{SUFFIX}"), *arguments], cwd=here, env=ENVIRONMENT, check=False
    ).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
