"""Explorer pages in a real browser: they work by keyboard, load nothing, and agree with the library.

Needs chromium with its driver, the `browser` extra and axe-core from npm.  `dev.py test` leaves these out and CI
runs them: pytest tests/browser.
"""

from __future__ import annotations

import json
import random
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from deterrence.catalogue.ledger import ledger, results_of
from deterrence.catalogue.models import catalogue, load, solve
from deterrence.errors import OutOfScope
from deterrence.show.explorer import explorer_page, ledger_explorer_page
from deterrence.show.explorer_data import explorable
from deterrence.solve.profiles import ProfileAtlas

POINTS = 5000
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
PAGES = [n for n in sorted(catalogue()) if explorable(load(n))]


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={tempfile.mkdtemp()}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    found.set_window_size(1280, 900)
    yield found
    found.quit()


def opened(browser, tmp_path: Path, text: str, name: str = "page") -> None:
    path = tmp_path / f"{name}.html"
    path.write_text(text, encoding="utf-8")
    browser.get_log("performance")
    browser.get(path.as_uri())


def requests(browser) -> list[str]:
    """The addresses that the page asked for since it was opened, its own left out."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(message["params"]["request"]["url"])
    return [url for url in found if not url.startswith(("file:", "data:"))]


def test_a_slider_moved_by_keyboard_changes_the_readout(browser, tmp_path):
    opened(browser, tmp_path, explorer_page(load("strike-restrain")))
    before = browser.find_element("id", "strike-restrain-status").text
    slider = browser.find_element("id", "strike-restrain-m")
    value = browser.find_element("id", "strike-restrain-m-value").text
    for _ in range(80):
        slider.send_keys(Keys.ARROW_LEFT)
    browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert browser.find_element("id", "strike-restrain-m-value").text != value
    after = browser.find_element("id", "strike-restrain-status").text
    assert before != after and "exist here" in after


def test_a_click_on_a_witness_goes_there(browser, tmp_path):
    model = load("strike-restrain")
    results = results_of(model)
    opened(browser, tmp_path, explorer_page(model, results))
    first = next(r for r in results if getattr(r.verdict, "witness", None))
    browser.find_element("css selector", "ul.claims button").click()
    point = browser.execute_script("return explorer.point")
    assert all(abs(point[n] - float(v)) < 1e-12 for n, v in first.verdict.witness.items())


@pytest.mark.parametrize("name", PAGES)
def test_pages_agree_with_the_library(browser, tmp_path, name):
    """Which equilibria exist, at random exact points within the assumptions and outside them."""
    model = load(name)
    try:
        page = explorer_page(model)
    except OutOfScope as stop:
        assert "components" in str(stop)  # said plainly, where there are too many to show
        return
    opened(browser, tmp_path, page, name)
    shown = {c.get_attribute("data-item") for c in browser.find_elements("css selector", "article.card")}
    regions = {i: r for i, r in library_regions(model).items() if i in shown}
    assert set(regions) == shown
    points = random_points(model)
    floats = [{n: float(v) for n, v in p.items()} for p in points]
    answers = browser.execute_script("return arguments[0].map((q) => explorer.existing(q))", floats)
    for point, answer in zip(points, answers, strict=True):
        inside = model.domain.given.contains(point)
        expected = sorted(i for i, r in regions.items() if r.contains(point)) if inside else None
        assert (None if answer is None else sorted(answer)) == expected, point
    redraw = float(browser.execute_script("return document.getElementById('explorer').dataset.redraw"))
    assert redraw > 0
    severe = [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert severe == [] and requests(browser) == []


def library_regions(model):
    found = solve(model, None, False)
    if isinstance(found, ProfileAtlas):
        return {t.id: t.subgame_perfect for t in found.tested if t.subgame_perfect is not None}
    return {e.id: e.region for e in found.equilibria if e.projected}


def random_points(model):
    """Exact points whose floats are exact too; half of them near the example, so that many are inside."""
    rng = random.Random(7)
    example = model.domain.example
    points = []
    for k in range(POINTS):
        point = {}
        for p in model.domain.parameters:
            low, high = p.range or (Fraction(0), Fraction(2))
            free = low + (high - low) * Fraction(rng.randint(1, 1023), 1024)
            near = example.get(p.name, free)
            point[p.name] = free if k % 2 or rng.random() < 0.4 else near
            point[p.name] = Fraction(round(point[p.name] * 2**20), 2**20)
        points.append(point)
    return points


@pytest.mark.parametrize("name", ["strike-restrain", "proxy-tree", "repeated-prisoners-dilemma"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_overflows_and_nothing_hinders(browser, tmp_path, name, width):
    """No sideways scrolling, and axe-core (from npm) finds no serious fault."""
    browser.set_window_size(width, 900)
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    try:
        model = load(name)
        opened(browser, tmp_path, explorer_page(model, results_of(model)), name)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        assert AXE.is_file(), "axe-core is missing: npm install --prefix tests/browser axe-core"
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        faults = browser.execute_async_script("axe.run().then((r) => arguments[0](r.violations))")
        serious = [
            (f["id"], [n["html"][:120] for n in f["nodes"]])
            for f in faults
            if f["impact"] in ("serious", "critical")
        ]
        assert serious == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.set_window_size(1280, 900)


def test_the_ledgers_page_opens_its_explorers(browser, tmp_path):
    names = ["strike-restrain", "inspection", "enforcement"]
    opened(browser, tmp_path, ledger_explorer_page(ledger(None, None, names)), "ledger")
    folds = browser.find_elements("css selector", "details.fold")
    assert folds
    for fold in folds:
        fold.find_element("css selector", "summary").click()
        browser.execute_async_script("setTimeout(arguments[0], 50)")
        assert fold.find_elements("css selector", "article.card")
    severe = [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert severe == [] and requests(browser) == []
